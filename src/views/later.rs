//! The rooms, and the views of the drill, that the first picture does without. In a browser they come with
//! [`crate::state::later`], in one part.

use super::Send;
use super::debrief::{Debrief, DebriefProps};
use super::design::{DesignProps, design};
use super::dialogs::overlay;
use super::find::{Search, search};
use super::gallery::{Gallery, GalleryProps};
use super::incidents::{Listed, ListedProps};
use super::log::{LogProps, log};
use super::table::{TableProps, table};
use crate::browser::page;
use crate::state::Overlay;
use crate::words::Locale;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::*;

/// What draws them.
#[derive(Clone, Copy)]
pub struct Rooms {
    /// What is built.
    pub design: fn(&DesignProps) -> Html,
    /// What is to be learnt.
    pub debrief: fn(DebriefProps) -> Html,
    /// The drill in rows.
    pub table: fn(&TableProps) -> Html,
    /// The script, to be changed.
    pub script: fn(ListedProps) -> Html,
    /// What has happened.
    pub log: fn(&LogProps) -> Html,
    /// The search, while it is open.
    pub search: Search,
    /// What covers the stage: keys and signs, or what is wrong with a file.
    pub overlay: fn(&Overlay, Locale, &Send) -> Html,
    /// What to start with.
    pub gallery: fn(GalleryProps) -> Html,
}

const ROOMS: Rooms = Rooms {
    design,
    table,
    script: |props| html! { <Listed ..props /> },
    log,
    search,
    overlay,
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

    /// Fetches the code; false if it did not arrive.
    pub async fn arrival() -> bool {
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
    pub async fn arrival() -> bool {
        true
    }
}

pub use kept::here;

/// Fetches all that comes later; false if it did not arrive.
pub async fn fetch() -> bool {
    page::dress_later();
    kept::arrival().await
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    /// Messages whose texts come later begin with one of these, as a variant is written.
    fn beginnings() -> Vec<String> {
        let build = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/words/build.rs")).unwrap();
        let list = build.split_once("const LATER:").unwrap().1.split_once("];").unwrap().0;
        let words = list.split('"').skip(1).step_by(2);
        words.map(|word| format!("Msg::{}{}", word[..1].to_uppercase(), &word[1..])).collect()
    }

    #[test]
    fn nothing_that_is_seen_first_says_what_comes_later() {
        let views = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/views");
        let later = ["gallery.rs", "table.rs", "log.rs", "dialogs.rs", "later.rs"];
        let beginnings = beginnings();
        assert!(beginnings.len() > 10 && beginnings.contains(&"Msg::Debrief".to_owned()));
        let files = fs::read_dir(views).unwrap().map(|entry| entry.unwrap().path());
        for path in files.filter(|path| path.is_file() && !later.iter().any(|name| path.ends_with(name))) {
            let text = fs::read_to_string(&path).unwrap();
            for start in &beginnings {
                let found = text.match_indices(start.as_str()).find(|(at, _)| {
                    // A longer word is another one.
                    text[at + start.len()..].chars().next().is_none_or(|next| !next.is_lowercase())
                });
                assert!(found.is_none(), "{} says {start}…, whose text comes later", path.display());
            }
        }
    }
}
