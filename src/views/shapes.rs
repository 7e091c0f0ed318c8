//! The few shapes that pictures are made of. Written once, they are also downloaded once.

use super::rooms::Target;
use super::{Send, choose, choose_by_key};
use crate::layout::Rect;
use crate::state::{Action, Arm};
use bridge_engine::trace::Subject;
use yew::prelude::*;

/// A coordinate, as exact as a screen.
pub fn px(value: f64) -> String {
    format!("{value:.1}")
}

/// The space of a picture that is drawn larger or smaller than its own measure.
pub fn view_box(size: (f64, f64)) -> String {
    format!("0 0 {} {}", px(size.0), px(size.1))
}

/// A box.
pub fn rect(class: &'static str, at: Rect, round: f64) -> Html {
    html! {
        <rect {class} x={px(at.x)} y={px(at.y)} width={px(at.w.max(0.0))} height={px(at.h.max(0.0))} rx={px(round)} />
    }
}

/// Words in a picture; what is pictured has a label that says them aloud.
pub fn text(class: &'static str, at: (f64, f64), size: f64, words: String) -> Html {
    html! { <text aria-hidden="true" {class} x={px(at.0)} y={px(at.1)} font-size={px(size)}>{ words }</text> }
}

/// Words that end at a point.
pub fn text_end(class: &'static str, at: (f64, f64), size: f64, words: String) -> Html {
    html! {
        <text aria-hidden="true" {class} x={px(at.0)} y={px(at.1)} font-size={px(size)} text-anchor="end">{ words }</text>
    }
}

/// A line.
pub fn path(class: &'static str, d: String) -> Html {
    html! { <path {class} {d} /> }
}

/// Something in a picture that can be pointed at.
pub struct Part {
    /// Its look.
    pub class: Classes,
    /// Its name for tests.
    pub id: String,
    /// What pointing at it selects.
    pub select: Subject,
    /// It is where the Tab key enters the picture.
    pub stop: bool,
    /// More than its label to say under a pointer.
    pub tip: Option<String>,
    /// What moving it away with the pointer takes in hand.
    pub drag: Option<Arm>,
    /// What is written on it, cut to its space. It stands over the button, not in it: a button that shows words has to
    /// have them in its label exactly as they are shown.
    pub words: Html,
}

/// Draws such a thing: a button for pointer, keyboard and voice, and a place to drop what is in hand.
pub fn button(part: Part, target: &Target, send: &Send, inside: Html) -> Html {
    let Part { class, id, select, stop, tip, drag, words } = part;
    let label = target.label.clone();
    let action = target.action(select);
    html! {
        <g class={classes!(class, target.class(), drag.map(|_| "movable"))} onpointerdown={drag.map(|_| let_go())} onpointerleave={drag.map(|arm| dragged(send, arm))}>
            <g role="button" tabindex={if stop { "0" } else { "-1" }} data-stop="" aria-label={label.clone()} data-testid={id}
                ondragover={target.over()} ondrop={target.dropped(send)} onpointerup={target.released(send)}
                onclick={choose(send, action.clone())} onkeydown={choose_by_key(send, action)}>
                <title>{ tip.unwrap_or(label) }</title>
                { inside }
            </g>
            { words }
        </g>
    }
}

/// A finger holds on to what it touched; the things under it are to hear it instead.
fn let_go() -> Callback<PointerEvent> {
    Callback::from(|event: PointerEvent| {
        if let Some(element) = event.target_dyn_into::<web_sys::Element>() {
            // It fails where nothing is held, as with a mouse.
            let _ = element.release_pointer_capture(event.pointer_id());
        }
    })
}

/// Leaving a thing with the button down is the beginning of a drag.
fn dragged(send: &Send, arm: Arm) -> Callback<PointerEvent> {
    let send = send.clone();
    Callback::from(move |event: PointerEvent| {
        if event.buttons() & 1 == 1 {
            send.emit(Action::Arm(arm));
        }
    })
}
