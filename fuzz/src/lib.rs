//! What is held of every text given to the scenario reader, and of every run.

mod run;

pub use run::any_run;

use bridge_engine::scenario::draft::Draft;
use bridge_engine::scenario::{Severity, open};
use bridge_engine::world::PoolRole;

/// Opens a text: it ends in a scenario, or in errors that say where and what.
///
/// # Panics
/// When it does not, which is what the search looks for.
pub fn scenario(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Ok(draft) = Draft::read(text) {
        assert_eq!(Draft::read(&draft.text()).as_ref(), Ok(&draft), "written again, it says something else");
    }
    match open(text) {
        Ok(scenario) => {
            assert!(scenario.warnings.iter().all(|found| found.severity == Severity::Warning));
            let world = &scenario.world;
            for (index, element) in world.elements.iter().enumerate() {
                assert!(
                    element.inputs.iter().all(|input| input.index() < index),
                    "an input comes after what it feeds"
                );
            }
            for pool in &world.pools {
                // A backup keeps data and has no servers.
                let is_sound = pool.role == PoolRole::Backup || (pool.servers > 0 && !pool.panels.is_empty());
                assert!(is_sound, "a pool of nothing or nowhere");
            }
        }
        Err(errors) => {
            assert!(!errors.is_empty(), "refused without a reason");
            for error in &errors {
                assert!(error.line > 0 && error.column > 0, "an error nowhere");
                assert!(
                    !error.message.en.is_empty() && !error.message.ko.is_empty(),
                    "an error without words"
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn the_corpus_holds() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut tried = 0;
        for folder in ["corpus/scenario", "../assets/scenarios", "../engine/tests/scenarios"] {
            for entry in std::fs::read_dir(root.join(folder)).unwrap() {
                let data = std::fs::read(entry.unwrap().path()).unwrap();
                super::scenario(&data);
                // And every beginning of it, as it is while it is typed.
                for end in (0..data.len()).step_by(data.len() / 64 + 1) {
                    super::scenario(&data[..end]);
                }
                tried += 1;
            }
        }
        assert!(tried >= 3, "{tried}");
    }

    /// A stream of bytes that is the same every time: as good a beginning as any for a search that is guided later.
    #[test]
    fn runs_of_any_bytes_hold() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..300 {
            let data: Vec<u8> = (0..64)
                .map(|_| {
                    state =
                        state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    (state >> 56) as u8
                })
                .collect();
            super::any_run(&data);
        }
    }
}
