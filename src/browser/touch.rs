//! Fingers that drag.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, window};

/// As long as this is held, a finger on something movable moves it and not the page. The stylesheet's `touch-action` says
/// the same, but Chromium does not hear it from parts of a picture.
#[must_use]
pub fn hold() -> Option<EventListener> {
    let document = window()?.document()?;
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(&document, "touchmove", options, |event| {
        let touched = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if touched.is_some_and(|touched| matches!(touched.closest(".movable"), Ok(Some(_)))) {
            event.prevent_default();
        }
    }))
}
