//! The scenario reader in a browser: a module of its own, so that who only looks at what is shipped need not fetch it. It
//! brings the texts that are shipped.
//!
//! ```text
//!  app ──text──▶ start.js, which has fetched this ──text──▶ read ──bytes──▶ app: unpack
//! ```

use bridge_engine::scenario::draft::Draft;
use bridge_engine::scenario::{open, packed::pack};
use wasm_bindgen::prelude::wasm_bindgen;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// Opens a scenario document; what that came to, packed in bytes.
#[wasm_bindgen]
#[must_use]
pub fn read(text: &str) -> Vec<u8> {
    pack(&open(text))
}

/// A document's values, as written or with what presets bring, packed in bytes.
#[wasm_bindgen]
#[must_use]
pub fn draft(text: &str, presets: bool) -> Vec<u8> {
    pack(&if presets { Draft::with_presets(text) } else { Draft::read(text) })
}

/// The text of a shipped scenario; nothing if there is none of that name.
#[wasm_bindgen]
#[must_use]
pub fn shipped(id: &str) -> String {
    TEXTS.iter().find(|text| text.0 == id).map(|text| text.1.to_owned()).unwrap_or_default()
}
