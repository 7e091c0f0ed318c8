//! What the first picture does without: everything that changes what happens. In a browser it is a part of its own, fetched
//! before it is first asked for; natively it is always here.

use super::saved::Kept;
use super::{Action, State, Theme, change, saved};
use crate::words::Locale;
use bridge_engine::trace::Subject;
use bridge_engine::why::Why;
use bridge_engine::{Time, Trace, World};
use std::rc::Rc;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// What it can do.
#[derive(Clone, Copy, Debug)]
pub struct Later {
    /// The next state, as in [`super::update`].
    pub update: fn(&State, Action) -> Option<State>,
    /// What an answer to *why* is made of, as [`bridge_engine::why::why`] says.
    pub why: fn(&World, &Trace, Subject, Time) -> Why,
    /// The work as text, as [`saved::work`] says.
    pub work: fn(&State) -> String,
    /// The state that was kept, as [`saved::restored`] says.
    pub restore: fn(&Kept, &Rc<str>, Locale, Theme) -> Option<State>,
}

const LATER: Later = Later {
    update: change::update,
    why: bridge_engine::why::why,
    work: saved::work,
    restore: saved::restored,
};

#[wasm_split(later, fallible)]
fn arriving() -> Result<Later, SplitLoaderError> {
    crate::words::arrive();
    Ok(LATER)
}

#[cfg(target_family = "wasm")]
mod kept {
    use super::Later;
    use std::sync::OnceLock;

    static ARRIVED: OnceLock<Later> = OnceLock::new();

    /// What has arrived.
    pub fn here() -> Option<Later> {
        ARRIVED.get().copied()
    }

    /// Fetches it; false if it did not arrive.
    pub async fn fetch() -> bool {
        let Ok(later) = super::arriving().await else { return false };
        ARRIVED.get_or_init(|| later);
        true
    }
}

#[cfg(not(target_family = "wasm"))]
mod kept {
    /// What has arrived.
    pub const fn here() -> Option<super::Later> {
        Some(super::LATER)
    }
}

pub use kept::*;
