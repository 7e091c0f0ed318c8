//! The size of an element, as it changes.

use gloo::render::{AnimationFrame, request_animation_frame};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, ResizeObserver, window};
use yew::prelude::*;

/// How much larger than on a small laptop (1280 × 720) pictures are drawn, on a window that has the space.
#[must_use]
pub fn zoom() -> f64 {
    let length = |value: Result<JsValue, JsValue>| value.ok().and_then(|v| v.as_f64()).unwrap_or(0.0);
    let Some(window) = window() else { return 1.0 };
    let (w, h) = (length(window.inner_width()), length(window.inner_height()));
    ((w / 1280.0).min(h / 720.0) * 20.0).floor().clamp(20.0, 32.0) / 20.0
}

/// Width and height of the content of the element that a reference points to, in CSS pixels, in whole numbers.
#[hook]
pub fn use_size(node: &NodeRef) -> (f64, f64) {
    let size = use_state_eq(|| (0.0, 0.0));
    let (target, set) = (node.clone(), size.setter());
    use_effect_with((), move |()| {
        let measured = target.clone();
        let frame = Rc::new(RefCell::new(None::<AnimationFrame>));
        let coming = Rc::clone(&frame);
        let measure = Closure::<dyn FnMut()>::new(move || {
            let Some(element) = measured.cast::<Element>() else { return };
            let set = set.clone();
            let take = move || {
                let rect = element.get_bounding_client_rect();
                set.set((rect.width().floor(), rect.height().floor()));
            };
            let is_first = coming.borrow().is_none();
            if is_first {
                take();
            }
            // What is drawn anew in the very frame in which it was measured is measured again, without end.
            *coming.borrow_mut() = Some(request_animation_frame(move |_| {
                if !is_first {
                    take();
                }
            }));
        });
        let observer = ResizeObserver::new(measure.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(element)) = (&observer, target.cast::<Element>()) {
            observer.observe(&element);
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop((measure, frame));
        }
    });
    *size
}
