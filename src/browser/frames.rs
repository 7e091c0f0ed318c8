//! A function called once a frame while it is held.

use gloo::render::{AnimationFrame, request_animation_frame};
use std::cell::RefCell;
use std::rc::Rc;

/// Calls a function once a frame until it is dropped.
pub struct Frames {
    held: Rc<RefCell<Option<AnimationFrame>>>,
}

impl Frames {
    /// Starts calling, with the milliseconds since the frame before (zero at first).
    pub fn start(mut each: impl FnMut(f64) + 'static) -> Self {
        let held = Rc::new(RefCell::new(None));
        let mut last = None;
        let step: Rc<RefCell<dyn FnMut(f64)>> = Rc::new(RefCell::new(move |now: f64| {
            each(now - last.unwrap_or(now));
            last = Some(now);
        }));
        request(&held, step);
        Self { held }
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        self.held.borrow_mut().take();
    }
}

fn request(held: &Rc<RefCell<Option<AnimationFrame>>>, step: Rc<RefCell<dyn FnMut(f64)>>) {
    let weak = Rc::downgrade(held);
    let frame = request_animation_frame(move |now| {
        let Some(held) = weak.upgrade() else { return };
        // Dropped while this frame was under way: the slot is empty and nothing more is asked for.
        if held.borrow().is_none() {
            return;
        }
        (step.borrow_mut())(now);
        if held.borrow().is_some() {
            request(&held, step);
        }
    });
    *held.borrow_mut() = Some(frame);
}
