//! Numbers as people read them.

pub use bridge_words::numbers::{duration, grouped};
