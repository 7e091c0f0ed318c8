//! One program in two forms: a native one, and wasm for Node. Both are asked the same questions, and their answers are
//! compared: `cargo xtask test` compares results, `cargo xtask bench` speed.

use bridge_engine::scenario::{self, Diagnostic};
use bridge_engine::world::World;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::*;

/// A scenario, opened and ready to be run.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub struct Probe {
    world: World,
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
impl Probe {
    /// Opens a scenario document.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the document.
    pub fn open(text: &str) -> Result<Self, String> {
        match scenario::open(text) {
            Ok(opened) => Ok(Self { world: opened.world }),
            Err(wrong) => Err(wrong.iter().map(sentence).collect::<Vec<_>>().join("\n")),
        }
    }

    /// The fingerprint of one run.
    #[must_use]
    pub fn hash(&self, seed: u32) -> String {
        format!("{:016x}", self.run(seed).hash())
    }

    /// Runs once and returns how much happened, so that nobody can say the run was not needed.
    #[must_use]
    pub fn events(&self, seed: u32) -> usize {
        self.run(seed).events.len()
    }
}

impl Probe {
    fn run(&self, seed: u32) -> bridge_engine::Trace {
        bridge_engine::run(&self.world, &self.world.script, u64::from(seed))
    }
}

fn sentence(wrong: &Diagnostic) -> String {
    format!("line {}, column {}: {}", wrong.line, wrong.column, wrong.message.en)
}
