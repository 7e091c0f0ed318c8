//! Signs that somebody is there.

use gloo::events::EventListener;
use std::rc::Rc;
use web_sys::window;

/// What people do first.
const SIGNS: [&str; 5] = ["pointermove", "pointerdown", "keydown", "wheel", "focusin"];

/// Does something at the first of them; and at others, which are not told apart. Until dropped.
pub fn first_sign(does: impl Fn() + 'static) -> Vec<EventListener> {
    let Some(window) = window() else { return Vec::new() };
    let does = Rc::new(does);
    let listen = |sign| {
        let does = Rc::clone(&does);
        EventListener::once(&window, sign, move |_| does())
    };
    SIGNS.into_iter().map(listen).collect()
}
