//! The browser's small memory. In a sandboxed frame it throws; then nothing is kept.

use web_sys::{Storage, window};

/// Language.
pub const LOCALE: &str = "bridge.locale";
/// Theme.
pub const THEME: &str = "bridge.theme";
/// The guided round was begun, or declined.
pub const GUIDED: &str = "bridge.guided";

/// How long something is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lasting {
    /// Until somebody clears it.
    Always,
    /// As long as the window is open.
    Window,
}

fn storage(lasting: Lasting) -> Option<Storage> {
    let window = window()?;
    let storage = match lasting {
        Lasting::Always => window.local_storage(),
        Lasting::Window => window.session_storage(),
    };
    storage.ok().flatten()
}

/// What is remembered under a name.
#[must_use]
pub fn get(key: &str) -> Option<String> {
    get_in(Lasting::Always, key)
}

/// The same, of what lasts so long.
#[must_use]
pub fn get_in(lasting: Lasting, key: &str) -> Option<String> {
    storage(lasting)?.get_item(key).ok().flatten()
}

/// Remembers something; false if that is not possible.
pub fn set(key: &str, value: &str) -> bool {
    set_in(Lasting::Always, key, value)
}

/// The same, for so long.
pub fn set_in(lasting: Lasting, key: &str, value: &str) -> bool {
    storage(lasting).is_some_and(|s| s.set_item(key, value).is_ok())
}

/// Forgets something.
pub fn forget(key: &str) {
    if let Some(s) = storage(Lasting::Always) {
        // Failing to forget what cannot be kept changes nothing.
        let _ = s.remove_item(key);
    }
}

/// All names under which something is remembered.
#[must_use]
pub fn keys() -> Vec<String> {
    let Some(storage) = storage(Lasting::Always) else { return Vec::new() };
    let length = storage.length().unwrap_or(0);
    (0..length).filter_map(|index| storage.key(index).ok().flatten()).collect()
}
