//! Reading texts of scenarios. In a browser a module of its own does it, which is fetched before the first text is read:
//! see [`super::Action::reads`]. Natively the engine does.

use bridge_engine::scenario::packed::{Drafted, Opened};

#[cfg(target_arch = "wasm32")]
mod by {
    use super::{Drafted, Opened};
    use crate::browser::reader;
    use bridge_engine::scenario::packed::unpack;

    pub fn open(text: &str) -> Opened {
        // Nothing is asked for before the reader is there; if it were, nothing would change.
        reader::open(text).and_then(|bytes| unpack(&bytes)).unwrap_or(Err(Vec::new()))
    }

    pub fn draft(text: &str, presets: bool) -> Drafted {
        reader::draft(text, presets).and_then(|bytes| unpack(&bytes)).unwrap_or(Err(Vec::new()))
    }

    pub fn shipped(id: &str) -> Option<String> {
        reader::shipped(id)
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod by {
    use super::{Drafted, Opened};
    use bridge_engine::scenario::draft::Draft;

    pub fn open(text: &str) -> Opened {
        bridge_engine::scenario::open(text)
    }

    pub fn draft(text: &str, presets: bool) -> Drafted {
        if presets { Draft::with_presets(text) } else { Draft::read(text) }
    }

    pub fn shipped(id: &str) -> Option<String> {
        let read = |folder| {
            let root = env!("CARGO_MANIFEST_DIR");
            std::fs::read_to_string(format!("{root}/assets/{folder}/{id}.yaml")).ok()
        };
        read("scenarios").or_else(|| read("templates"))
    }
}

/// Opens a scenario.
///
/// # Errors
/// Everything that is wrong with it.
pub fn open(text: &str) -> Opened {
    by::open(text)
}

/// Its values, as they are written.
///
/// # Errors
/// Why they cannot be read.
pub fn draft(text: &str) -> Drafted {
    by::draft(text, false)
}

/// Its values, with what its presets bring.
///
/// # Errors
/// Why they cannot be read.
pub fn whole(text: &str) -> Drafted {
    by::draft(text, true)
}

/// The text of a shipped design.
#[must_use]
pub fn shipped(id: &str) -> Option<String> {
    by::shipped(id)
}
