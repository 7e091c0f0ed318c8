//! The page around the app: its address, language, theme, title.

use crate::state::Theme;
use crate::words::Locale;
use web_sys::{Event, UrlSearchParams, window};

/// A value of the address's query.
#[must_use]
pub fn query(name: &str) -> Option<String> {
    let search = window()?.location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(name)
}

/// The style sheet shows one thing at a time: the same width as there.
#[must_use]
pub fn is_narrow() -> bool {
    asks("(max-width: 900px)")
}

/// Whoever looks has asked for pictures that do not move.
#[must_use]
pub fn is_still() -> bool {
    asks("(prefers-reduced-motion: reduce)")
}

/// The page is a part of another page.
#[must_use]
pub fn is_framed() -> bool {
    window().is_some_and(|window| window.parent().ok().flatten().is_none_or(|parent| parent != window))
}

fn asks(query: &str) -> bool {
    let query = window().and_then(|window| window.match_media(query).ok().flatten());
    query.is_some_and(|query| query.matches())
}

/// The language the browser asks for.
#[must_use]
pub fn preferred_locale() -> Option<Locale> {
    Locale::from_tag(&window()?.navigator().language()?)
}

/// Writes language and theme where the stylesheet and a screen reader look for them.
pub fn dress(locale: Locale, theme: Theme, title: &str) {
    let Some(document) = window().and_then(|w| w.document()) else { return };
    document.set_title(title);
    if let Some(root) = document.document_element() {
        // The root always takes an attribute; there is nothing to do if it does not.
        let _ = root.set_attribute("lang", locale.tag());
        let _ = root.set_attribute("data-theme", theme.tag());
    }
}

/// The element the app is drawn into, in place of the first paint.
#[must_use]
pub fn mount_point() -> Option<web_sys::Element> {
    window()?.document()?.get_element_by_id("app")
}

/// Says, in the first picture, that a part of the app did not arrive.
pub fn lacking() {
    if let (Some(window), Ok(event)) = (window(), Event::new("bridge-lacking")) {
        // Nobody listening is nobody to tell.
        let _ = window.dispatch_event(&event);
    }
}

/// Marks the app's root with the fingerprint of the run on screen, whether this browser made it, and whether time passes.
pub fn mark(hash: u64, is_made: bool, playing: bool) {
    let Some(root) = mount_point() else { return };
    let _ = root.set_attribute("data-testid", "app");
    let _ = root.set_attribute("data-trace-hash", &format!("{hash:016x}"));
    let _ = root.set_attribute("data-made", if is_made { "here" } else { "before" });
    let _ = root.set_attribute("class", if playing { "playing" } else { "still" });
}

/// Asks for the styles of what comes later, once.
pub fn dress_later() {
    const ID: &str = "later-styles";
    let Some(document) = window().and_then(|w| w.document()) else { return };
    let app = document.get_element_by_id("start").and_then(|start| start.get_attribute("data-app"));
    let (Some(app), None) = (app, document.get_element_by_id(ID)) else { return };
    let Some((link, head)) =
        document.create_element("link").ok().zip(document.query_selector("head").ok().flatten())
    else {
        return;
    };
    // Where these cannot be set, what comes later is plain, and works.
    for (name, value) in [("id", ID), ("rel", "stylesheet"), ("href", &format!("{app}/later.css"))] {
        let _ = link.set_attribute(name, value);
    }
    let _ = head.append_child(&link);
}

/// Brings a part of the page into view and puts the focus there.
pub fn show(id: &str) {
    let part = window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id(id));
    if let Some(part) = part {
        part.scroll_into_view();
        super::keys::focus(&part);
    }
}
