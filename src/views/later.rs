//! The rooms that the first picture does without. In a browser they come with [`crate::state::later`], in one part.

use super::debrief::{Debrief, DebriefProps};
use super::design::{DesignProps, design};
use super::gallery::{Gallery, GalleryProps};
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::*;

/// What draws them.
#[derive(Clone, Copy)]
pub struct Rooms {
    /// What is built.
    pub design: fn(&DesignProps) -> Html,
    /// What is to be learnt.
    pub debrief: fn(DebriefProps) -> Html,
    /// What to start with.
    pub gallery: fn(GalleryProps) -> Html,
}

const ROOMS: Rooms = Rooms {
    design,
    debrief: |props| html! { <Debrief ..props /> },
    gallery: |props| html! { <Gallery ..props /> },
};

#[wasm_split(later, fallible)]
fn arriving() -> Result<Rooms, SplitLoaderError> {
    Ok(ROOMS)
}

#[cfg(target_family = "wasm")]
mod kept {
    use super::Rooms;
    use crate::state::later;
    use std::sync::OnceLock;

    static ARRIVED: OnceLock<Rooms> = OnceLock::new();

    /// What has arrived.
    pub fn here() -> Option<Rooms> {
        ARRIVED.get().copied()
    }

    /// Fetches all that comes later; false if it did not arrive.
    pub async fn fetch() -> bool {
        let Ok(rooms) = super::arriving().await else { return false };
        ARRIVED.get_or_init(|| rooms);
        later::fetch().await
    }
}

#[cfg(not(target_family = "wasm"))]
mod kept {
    /// What has arrived.
    pub const fn here() -> Option<super::Rooms> {
        Some(super::ROOMS)
    }

    /// Nothing has to be fetched.
    #[expect(clippy::unused_async, reason = "in a browser it waits")]
    pub async fn fetch() -> bool {
        true
    }
}

pub use kept::*;
