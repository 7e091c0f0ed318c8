//! Files that people open or drop.

use gloo::file::callbacks::{FileReader, read_as_text};
use web_sys::FileList;

/// Larger files are not read: no scenario is.
pub const MAX_BYTES: f64 = 4e6;

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// Too large.
    TooLarge,
    /// The browser could not.
    Failed,
}

/// Reads the first file of a list; hold the reader until it has called back.
pub fn read_first(
    list: Option<FileList>,
    done: impl FnOnce(String, Result<String, Unread>) + 'static,
) -> Option<FileReader> {
    let file = list?.get(0)?;
    let name = file.name();
    if file.size() > MAX_BYTES {
        done(name, Err(Unread::TooLarge));
        return None;
    }
    let file = gloo::file::File::from(file);
    Some(read_as_text(&file, move |result| done(name, result.map_err(|_| Unread::Failed))))
}
