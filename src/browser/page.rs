//! The page around the app: its address, language, theme, title.

use crate::state::Theme;
use crate::words::Locale;
use web_sys::{UrlSearchParams, window};

/// A value of the address's query.
#[must_use]
pub fn query(name: &str) -> Option<String> {
    let search = window()?.location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(name)
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

/// Takes the first paint away once there is a better one.
pub fn remove_boot() {
    if let Some(boot) = window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id("boot")) {
        boot.remove();
    }
}

/// The element the app is drawn into.
#[must_use]
pub fn mount_point() -> Option<web_sys::Element> {
    let document = window()?.document()?;
    if let Some(mount) = document.get_element_by_id("mount") {
        return Some(mount);
    }
    let mount = document.create_element("div").ok()?;
    mount.set_id("mount");
    document.body()?.append_child(&mount).ok()?;
    Some(mount)
}
