//! The scenario reader: a module that the start script fetches when somebody is about to open a text, and that answers at
//! once from then on.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = bridgeReader, js_name = fetch, catch)]
    fn js_fetch() -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = bridgeReader, js_name = read, catch)]
    fn js_read(text: &str) -> Result<Uint8Array, JsValue>;
    #[wasm_bindgen(js_namespace = bridgeReader, js_name = draft, catch)]
    fn js_draft(text: &str, presets: bool) -> Result<Uint8Array, JsValue>;
    #[wasm_bindgen(js_namespace = bridgeReader, js_name = shipped, catch)]
    fn js_shipped(id: &str) -> Result<String, JsValue>;
}

/// Fetches it, unless it is here; false if it did not arrive.
pub async fn fetch() -> bool {
    match js_fetch() {
        Ok(coming) => JsFuture::from(coming).await.is_ok(),
        Err(_) => false,
    }
}

/// What opening a text comes to, in bytes.
#[must_use]
#[cfg_attr(not(target_arch = "wasm32"), expect(dead_code, reason = "natively the engine reads"))]
pub fn open(text: &str) -> Option<Vec<u8>> {
    Some(js_read(text).ok()?.to_vec())
}

/// A text's values, in bytes.
#[must_use]
#[cfg_attr(not(target_arch = "wasm32"), expect(dead_code, reason = "natively the engine reads"))]
pub fn draft(text: &str, presets: bool) -> Option<Vec<u8>> {
    Some(js_draft(text, presets).ok()?.to_vec())
}

/// The text of a shipped scenario.
#[must_use]
#[cfg_attr(not(target_arch = "wasm32"), expect(dead_code, reason = "natively the engine reads"))]
pub fn shipped(id: &str) -> Option<String> {
    js_shipped(id).ok()
}
