//! The wheel with Control held, which is also what a trackpad's pinch comes as.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::WheelEvent;
use yew::prelude::*;

/// Calls back with how far the wheel was turned, in pixels, down being more than nothing. Without Control the wheel is the page's.
#[hook]
pub fn use_zoom(node: &NodeRef, turned: Callback<f64>) {
    let (node, latest) = (node.clone(), use_mut_ref(|| None::<Callback<f64>>));
    *latest.borrow_mut() = Some(turned);
    use_effect_with((), move |()| {
        let options = EventListenerOptions::enable_prevent_default();
        let listener = node.cast::<web_sys::Element>().map(|element| {
            EventListener::new_with_options(&element, "wheel", options, move |event| {
                let Some(wheel) = event.dyn_ref::<WheelEvent>().filter(|wheel| wheel.ctrl_key()) else {
                    return;
                };
                event.prevent_default();
                // Lines and pages, as some mice count.
                let unit = if wheel.delta_mode() == WheelEvent::DOM_DELTA_PIXEL { 1.0 } else { 33.0 };
                if let Some(turned) = &*latest.borrow() {
                    turned.emit(wheel.delta_y() * unit);
                }
            })
        });
        move || drop(listener)
    });
}
