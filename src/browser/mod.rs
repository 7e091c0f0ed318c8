//! Everything that touches the browser. Whatever may be missing or forbidden there (storage in a sandboxed frame, an old
//! engine) is an `Option` here, never a panic.

pub mod dialogs;
pub mod files;
pub mod frames;
pub mod keys;
pub mod page;
pub mod panic;
pub mod save;
pub mod shelf;
pub mod signs;
pub mod size;
pub mod storage;
pub mod touch;
pub mod wheel;
