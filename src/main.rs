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
use browser::shelf::Shelf;
use browser::{page, panic, storage};
use state::saved;
use state::{Action, Theme, later, update};
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
    let shelf = Rc::new(Shelf::new());
    let kept = shelf.here();
    let first = match &kept {
        None => saved::first(&shelf.tab, locale, theme),
        Some(kept) => {
            let here = views::later::fetch().await;
            // To start on something else would be to forget the work.
            let Some(later) = later::here().filter(|_| here) else { return page::lacking() };
            (later.restore)(kept, &shelf.tab, locale, theme)
        }
    };
    // Whoever comes for the first time is led round, unless the page they came for is another one.
    let is_new = kept.is_none() && storage::get(storage::GUIDED).is_none() && !page::is_framed();
    let first = first.map(|state| match update(&state, Action::Tour { to: Some(0), jump: true }) {
        Some(led) if is_new => led,
        _ => state,
    });
    let seconds = page::query("t").and_then(|t| t.parse().ok());
    let first = first.map(|state| match seconds {
        Some(seconds) => update(&state, Action::Seek(Time::ZERO + Span::from_secs(seconds))).unwrap_or(state),
        None => state,
    });
    if let (Some(root), Some(first)) = (page::mount_point(), first) {
        yew::Renderer::<App>::with_root_and_props(root, AppProps { first: Shared(Rc::new(first)), shelf })
            .render();
    }
}
