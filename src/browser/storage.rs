//! The browser's small memory. In a sandboxed frame it throws; then nothing is kept.

use web_sys::{Storage, window};

/// The work: scenario, script, playhead.
pub const WORK: &str = "bridge.work";
/// Name of the file that is open.
pub const FILE_NAME: &str = "bridge.file.name";
/// Its text.
pub const FILE_TEXT: &str = "bridge.file.text";
/// The text of a design that was changed.
pub const EDITED: &str = "bridge.edited";
/// Language.
pub const LOCALE: &str = "bridge.locale";
/// Theme.
pub const THEME: &str = "bridge.theme";

fn storage() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
}

/// What is remembered under a name.
#[must_use]
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Remembers something; false if that is not possible.
pub fn set(key: &str, value: &str) -> bool {
    storage().is_some_and(|s| s.set_item(key, value).is_ok())
}

/// Forgets something.
pub fn forget(key: &str) {
    if let Some(s) = storage() {
        // Failing to forget what cannot be kept changes nothing.
        let _ = s.remove_item(key);
    }
}
