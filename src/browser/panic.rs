//! When the app breaks, the start script, which still works, shows what happened.

use std::panic;
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit, window};

/// Tells the page about a panic, once the panic's own unwinding can no longer run anything else.
pub fn install() {
    panic::set_hook(Box::new(|info| {
        let init = CustomEventInit::new();
        init.set_detail(&JsValue::from_str(&info.to_string()));
        let event = CustomEvent::new_with_event_init_dict("bridge-panic", &init);
        if let (Some(window), Ok(event)) = (window(), event) {
            // Nobody listening is not worth a second panic.
            let _ = window.dispatch_event(&event);
        }
    }));
}
