//! The engine as the app sees it: the shipped designs, and opening one.

use super::reading;
use super::run::Run;
use super::{Open, Origin, Source, Values};
use crate::words::Locale;
use bridge_engine::scenario::packed::{Ran, unpack};
use bridge_engine::scenario::{Diagnostic, Scenario};
use std::rc::Rc;

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

/// The text of a shipped scenario.
#[must_use]
pub fn text(index: usize) -> &'static str {
    SHIPPED.get(index).and_then(|shipped| reading::shipped(shipped.id)).unwrap_or_default()
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

/// What opens first, with its run, both made when this was built. Tests say that they are what reading and running come to.
#[must_use]
pub fn first() -> Option<(Open, Run)> {
    let open = opened(Source::unchanged(Origin::Shipped(0)), unpack::<Scenario>(FIRST)?, Values::default());
    let script = Rc::new(open.world.script.clone());
    let run = Run::seen(Rc::clone(&open.world), script, unpack::<Ran>(FIRST_RUN)?);
    Some((open, run))
}

fn opened(source: Source, scenario: Scenario, values: Values) -> Open {
    Open {
        source,
        world: Rc::new(scenario.world),
        facts: Rc::new(scenario.facts),
        warnings: Rc::new(scenario.warnings),
        values,
    }
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
    let (scenario, whole) = reading::open(source.text())?;
    Ok(opened(source, scenario, Values::of(whole)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bridge_engine::trace::EventId;

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
        let (first, read) = (first().unwrap().0, open_shipped(0).unwrap());
        assert_eq!(
            (&*first.world, &*first.facts, &*first.warnings),
            (&*read.world, &*read.facts, &*read.warnings)
        );
    }

    #[test]
    fn what_was_run_is_what_a_run_comes_to() {
        let (open, run) = first().unwrap();
        let again = Run::new(Rc::clone(&open.world), Rc::clone(&run.script));
        assert_eq!((&run.trace, &run.scores, run.hash), (&again.trace.seen(), &again.scores, again.hash));
        // Whoever watches is told the same.
        let told =
            |run: &Run, ids: &[EventId]| ids.iter().map(|id| run.event(*id).change).collect::<Vec<_>>();
        assert_eq!(told(&run, &run.key), told(&again, &again.key));
        assert_eq!((&run.moments, told(&run, &run.turns)), (&again.moments, told(&again, &again.turns)));
        let report = again.report();
        assert_eq!((&run.scores.services, &run.scores.total), (&report.services, &report.total));
    }
}
