//! Keys pressed anywhere on the page.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, MouseEvent, MouseEventInit, window};
use yew::{Callback, NodeRef, hook, use_effect_with};

/// A key press that is not text being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Press {
    /// Its name as the browser calls it.
    pub key: String,
    /// With Shift.
    pub shift: bool,
    /// With Control or Command.
    pub command: bool,
    /// The focus is on something that Space and Enter already work.
    pub on_control: bool,
}

/// Listens until dropped. The function says whether it used the key; the page then leaves it alone.
pub fn listen(used: impl Fn(&Press) -> bool + 'static) -> Option<EventListener> {
    let window = window()?;
    let options = EventListenerOptions::enable_prevent_default();
    let listener = EventListener::new_with_options(&window, "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        if event.default_prevented() || event.alt_key() || target.as_ref().is_some_and(is_text) {
            return;
        }
        let press = Press {
            key: event.key(),
            shift: event.shift_key(),
            command: event.ctrl_key() || event.meta_key(),
            on_control: target.as_ref().is_some_and(is_control),
        };
        if used(&press) {
            event.prevent_default();
        }
    });
    Some(listener)
}

fn is_text(element: &Element) -> bool {
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

fn is_control(element: &Element) -> bool {
    matches!(element.tag_name().as_str(), "BUTTON" | "A" | "SUMMARY")
        || element.get_attribute("role").is_some_and(|r| r == "button" || r == "menuitem")
}

/// Moves the focus from the focused element to a neighbour in its group, by direction, as arrow keys do.
///
/// The group is the nearest ancestor with `data-roving`; its members carry `data-stop`. True if the focus moved.
#[must_use]
pub fn rove(dx: f64, dy: f64) -> bool {
    fn inner(dx: f64, dy: f64) -> Option<bool> {
        let active = window()?.document()?.active_element()?;
        active.get_attribute("data-stop")?;
        let group = active.closest("[data-roving]").ok().flatten()?;
        let stops = group.query_selector_all("[data-stop]").ok()?;
        let centre = |e: &Element| {
            let r = e.get_bounding_client_rect();
            (r.x() + r.width() / 2.0, r.y() + r.height() / 2.0)
        };
        let (x0, y0) = centre(&active);
        let mut best: Option<(f64, Element)> = None;
        for i in 0..stops.length() {
            let Some(element) = stops.item(i).and_then(|n| n.dyn_into::<Element>().ok()) else { continue };
            let (x, y) = centre(&element);
            let along = (x - x0) * dx + (y - y0) * dy;
            let aside = ((x - x0) * dy - (y - y0) * dx).abs();
            if along < 2.0 || element.is_same_node(Some(&active)) {
                continue;
            }
            let cost = along + aside * 2.5;
            if best.as_ref().is_none_or(|b| cost < b.0) {
                best = Some((cost, element));
            }
        }
        focus(&best?.1);
        Some(true)
    }
    inner(dx, dy).unwrap_or(false)
}

/// Clicks on what has the focus as if Shift were held: that chooses it, too.
#[must_use]
pub fn click_too() -> bool {
    let init = MouseEventInit::new();
    init.set_bubbles(true);
    init.set_shift_key(true);
    let event = MouseEvent::new_with_mouse_event_init_dict("click", &init);
    if let (Some(element), Ok(event)) = (focused(), event) {
        // Nobody listening is nothing chosen.
        let _ = element.dispatch_event(&event);
    }
    true
}

/// What has the focus.
#[must_use]
pub fn focused() -> Option<Element> {
    window()?.document()?.active_element()
}

/// Gives the focus to what a selector finds, as soon as that is drawn; else to something that is there.
pub fn focus_found(selector: String, otherwise: Option<Element>) {
    const TRIES: u32 = 12;
    const EACH_MS: u32 = 25;
    fn again(selector: String, otherwise: Option<Element>, left: u32) {
        Timeout::new(EACH_MS, move || {
            let found =
                window().and_then(|w| w.document()).and_then(|d| d.query_selector(&selector).ok().flatten());
            match (found, left) {
                (Some(found), _) => {
                    found.scroll_into_view_with_bool(false);
                    focus(&found);
                }
                (None, 0) => {
                    if let Some(otherwise) = otherwise {
                        focus(&otherwise);
                    }
                }
                (None, _) => again(selector, otherwise, left - 1),
            }
        })
        .forget();
    }
    again(selector, otherwise, TRIES);
}

/// Gives an element the focus.
pub fn focus(element: &Element) {
    let outcome = match (element.dyn_ref::<web_sys::HtmlElement>(), element.dyn_ref::<web_sys::SvgElement>())
    {
        (Some(html), _) => html.focus(),
        (_, Some(svg)) => svg.focus(),
        _ => Ok(()),
    };
    // An element that left the page in the meantime cannot be focused; the focus stays where it was.
    drop(outcome);
}

/// Calls back when something unfolded is to be folded again: Escape, or a press outside it.
#[hook]
pub fn use_dismissed(node: &NodeRef, open: bool, fold: Callback<()>) {
    let node = node.clone();
    use_effect_with(open, move |open| {
        let listeners = window().filter(|_| *open).map(|window| {
            let (inside, pressed) = (node, fold.clone());
            let press = EventListener::new(&window, "pointerdown", move |event| {
                let target = event.target().and_then(|t| t.dyn_into::<web_sys::Node>().ok());
                let element = inside.cast::<Element>();
                if !element.is_some_and(|e| e.contains(target.as_ref())) {
                    pressed.emit(());
                }
            });
            let escape = EventListener::new(&window, "keydown", move |event| {
                if event.dyn_ref::<KeyboardEvent>().is_some_and(|e| e.key() == "Escape") {
                    fold.emit(());
                }
            });
            (press, escape)
        });
        move || drop(listeners)
    });
}
