//! The engine as the app sees it: the shipped scenarios, and opening one.

use super::{Open, Origin, Source};
use bridge_engine::scenario::{self, Diagnostic};
use std::rc::Rc;

/// A scenario that comes with the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shipped {
    /// Name of its file, without `.yaml`.
    pub id: &'static str,
    /// Its text.
    pub text: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/scenarios.rs"));

/// Position of a shipped scenario by its name.
#[must_use]
pub fn shipped(id: &str) -> Option<usize> {
    SHIPPED.iter().position(|s| s.id == id)
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
    let scenario = scenario::open(source.text())?;
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
        }
    }
}
