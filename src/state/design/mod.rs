//! Changing a design: its document is edited by path, read again and run again; what cannot be read changes nothing.
//!
//! ```text
//!  map, form, palette ──Edit──▶ edit ──▶ text ──▶ engine ──▶ Open ──▶ Run
//!                                 │        ▲          │
//!                                 └─ sweep ┘◀─ what now names nothing goes too
//! ```

mod add;
mod delta;
mod edit;
mod form;
mod place;
mod sweep;
#[cfg(test)]
mod tests;

use super::run::Run;
use super::{Open, Source, State, engine, names};
use bridge_engine::scenario::Diagnostic;
use bridge_engine::scenario::draft::Path;
use std::rc::Rc;

pub use add::Add;
pub use delta::{Back, Change, Figures};
pub use edit::{Edit, can_move, edited, titled};
pub use form::{Field, Form, Item, Of, Row, unflow};
pub use place::{place_of, service_at};

/// An edit that could not be made.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// Where the form says so.
    pub place: Path,
    /// Why.
    pub why: Vec<Diagnostic>,
}

/// What is being done to the design.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// What the form shows.
    pub place: Path,
    /// The last edit, if it could not be made.
    pub refused: Option<Rc<Refused>>,
    /// What the last edit took with it, because it named nothing any more.
    pub swept: Rc<Vec<String>>,
    /// The run before the last edit.
    pub before: Option<Rc<Run>>,
    /// The run of the design as it came, with the same incidents; none while it is as it came.
    pub original: Option<Rc<Run>>,
}

impl Desk {
    /// A fresh desk that shows what is selected.
    #[must_use]
    pub fn at(state: &State) -> Self {
        let place = state.selected.and_then(|s| place_of(&state.open, s)).unwrap_or_default();
        Self { place, ..Self::default() }
    }

    /// The same, showing what is selected if it shows nothing yet.
    #[must_use]
    pub fn shown(&self, state: &State) -> Self {
        if self.place == Path::default() {
            Self { place: Self::at(state).place, ..self.clone() }
        } else {
            self.clone()
        }
    }

    /// After a change from a state to another design or other incidents.
    #[must_use]
    pub fn after(&self, state: &State, open: &Open, run: &Run) -> Self {
        let redesigned = !Rc::ptr_eq(&state.open.world, &open.world);
        Self {
            place: self.place.clone(),
            refused: None,
            swept: Rc::default(),
            before: redesigned.then(|| Rc::clone(&state.run)),
            original: original(state, open, run),
        }
    }
}

/// The run of a design as it came, with the incidents of a run; none if it is as it came.
fn original(state: &State, open: &Open, run: &Run) -> Option<Rc<Run>> {
    open.source.edited.as_ref()?;
    let from_same = state.open.source.origin == open.source.origin;
    let known = match &state.design.original {
        Some(original) if from_same => Some(original),
        None if from_same && state.open.source.edited.is_none() => Some(&state.run),
        _ => None,
    };
    let world = match known {
        Some(known) => Rc::clone(&known.world),
        None => engine::open(Source::unchanged(open.source.origin.clone())).ok()?.world,
    };
    let script = if *run.script == open.world.script {
        world.script.clone()
    } else {
        names::carried(&open.world, &run.script, &world)
    };
    match known {
        Some(known) if *known.script == script => Some(Rc::clone(known)),
        _ => Some(Rc::new(Run::new(world, Rc::new(script)))),
    }
}
