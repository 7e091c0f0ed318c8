//! Broken Bridge in a browser: a thin shell over the engine.
//!
//! ```text
//!  views ──Action──▶ state::update ──▶ State ──▶ views
//!    │                   │
//!  layout, words      bridge_engine          browser: the only place that touches the page
//! ```

mod browser;
#[cfg(test)]
mod contrast;
mod layout;
mod state;
mod views;

use bridge_engine::{Span, Time};
use bridge_words as words;
use browser::{page, panic, reader, storage};
use state::saved::{self, Kept};
use state::{Action, Theme, update};
use std::rc::Rc;
use views::Shared;
use views::app::{App, AppProps};
use wasm_bindgen_futures::spawn_local;
use words::Locale;

fn main() {
    panic::install();
    spawn_local(start());
}

async fn start() {
    let locale = page::query("locale")
        .and_then(|tag| Locale::from_tag(&tag))
        .or_else(|| storage::get(storage::LOCALE).and_then(|tag| Locale::from_tag(&tag)))
        .or_else(page::preferred_locale)
        .unwrap_or_default();
    let theme = page::query("theme")
        .and_then(|tag| Theme::from_tag(&tag))
        .or_else(|| storage::get(storage::THEME).and_then(|tag| Theme::from_tag(&tag)))
        .unwrap_or_default();
    let file = storage::get(storage::FILE_NAME).zip(storage::get(storage::FILE_TEXT));
    let file = file.as_ref().map(|(name, text)| (name.as_str(), text.as_str()));
    let (lines, edited) = (storage::get(storage::WORK), storage::get(storage::EDITED));
    let kept = Kept { lines: lines.as_deref(), file, edited: edited.as_deref() };
    // To start on something else would be to forget the work.
    if lines.as_deref().is_some_and(saved::reads) && !reader::fetch().await {
        return page::lacking();
    }
    let first = saved::restore(kept, locale, theme);
    let seconds = page::query("t").and_then(|t| t.parse().ok());
    let first = first.map(|state| match seconds {
        Some(seconds) => update(&state, Action::Seek(Time::ZERO + Span::from_secs(seconds))).unwrap_or(state),
        None => state,
    });
    if let (Some(root), Some(first)) = (page::mount_point(), first) {
        yew::Renderer::<App>::with_root_and_props(root, AppProps { first: Shared(Rc::new(first)) }).render();
    }
}
