//! The engine as the app sees it: the shipped designs, and opening one.

use super::reading;
use super::{Open, Origin, Source};
use crate::words::Locale;
use bridge_engine::scenario::Diagnostic;
use bridge_engine::scenario::packed::{Opened, unpack};
use std::rc::Rc;
use std::sync::OnceLock;

/// What a design that comes with the app is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// To watch what happened.
    Incident,
    /// To begin a design of one's own with.
    Template,
}

/// A design that comes with the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shipped {
    /// Name of its file, without `.yaml`.
    pub id: &'static str,
    /// What it is for.
    pub kind: Kind,
    /// What it is called, in English and Korean.
    pub title: (&'static str, &'static str),
    /// What it is about.
    pub summary: (&'static str, &'static str),
    /// How many sites it has.
    pub sites: usize,
    /// How many services.
    pub services: usize,
    /// When everything is whole again, with its own incidents and seed.
    pub back: Back,
}

/// When everything is whole again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// Nothing is lost.
    Unhurt,
    /// After so many full hours.
    Hours(u64),
    /// Not before the run ends, after so many days.
    NeverInDays(u64),
}

/// What is said in a language, of both.
#[must_use]
pub fn said(locale: Locale, (en, ko): (&'static str, &'static str)) -> &'static str {
    if locale == Locale::Ko { ko } else { en }
}

include!(concat!(env!("OUT_DIR"), "/scenarios.rs"));

/// The text of a shipped scenario; nothing until there is a reader.
#[must_use]
pub fn text(index: usize) -> &'static str {
    static TEXTS: [OnceLock<String>; SHIPPED.len()] = [const { OnceLock::new() }; SHIPPED.len()];
    let (Some(shipped), Some(text)) = (SHIPPED.get(index), TEXTS.get(index)) else { return "" };
    if text.get().is_none()
        && let Some(read) = reading::shipped(shipped.id)
    {
        // It is set once: nothing else runs meanwhile.
        let _ = text.set(read);
    }
    text.get().map_or("", String::as_str)
}

/// Position of a shipped scenario by its name.
#[must_use]
pub fn shipped(id: &str) -> Option<usize> {
    SHIPPED.iter().position(|s| s.id == id)
}

/// What a design that is shipped is for.
#[must_use]
pub fn kind(origin: &Origin) -> Option<Kind> {
    match origin {
        Origin::Shipped(index) => SHIPPED.get(*index).map(|shipped| shipped.kind),
        Origin::File { .. } => None,
    }
}

/// Opens a shipped scenario.
///
/// # Errors
/// Everything that is wrong with it.
pub fn open_shipped(index: usize) -> Result<Open, Vec<Diagnostic>> {
    open(Source::unchanged(Origin::Shipped(index)))
}

/// Opens the text of a file.
///
/// # Errors
/// Everything that is wrong with it.
pub fn open_text(name: &str, text: &str) -> Result<Open, Vec<Diagnostic>> {
    open(Source::unchanged(Origin::File { name: name.into(), text: text.into() }))
}

/// Opens a text.
///
/// # Errors
/// Everything that is wrong with it.
pub fn open(source: Source) -> Result<Open, Vec<Diagnostic>> {
    let opened = if source == Source::unchanged(Origin::Shipped(0)) { unpack::<Opened>(FIRST) } else { None };
    let scenario = opened.unwrap_or_else(|| reading::open(source.text()))?;
    Ok(Open {
        source,
        world: Rc::new(scenario.world),
        facts: Rc::new(scenario.facts),
        warnings: Rc::new(scenario.warnings),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_scenario_opens() {
        for (i, s) in SHIPPED.iter().enumerate() {
            let open = open_shipped(i).unwrap_or_else(|d| panic!("{}: {d:?}", s.id));
            assert_eq!(open.world.meta.id, s.id);
            assert_eq!(shipped(s.id), Some(i));
            assert_eq!((&*open.world.meta.title.en, &*open.world.meta.title.ko), s.title);
            assert_eq!((&*open.world.meta.summary.en, &*open.world.meta.summary.ko), s.summary);
            assert_eq!((open.world.sites.len(), open.world.services.len()), (s.sites, s.services));
        }
    }

    #[test]
    fn what_was_packed_is_what_the_text_says() {
        let (first, read) = (open_shipped(0).unwrap(), reading::open(text(0)).unwrap());
        assert_eq!(
            (&*first.world, &*first.facts, &*first.warnings),
            (&read.world, &read.facts, &read.warnings)
        );
    }
}
