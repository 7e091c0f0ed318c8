//! What is to be learnt from a run: pure questions of its world, trace and report.
//!
//! ```text
//!  Run ──┬─▶ scores   the figures that people compare
//!        ├─▶ bridges  what was broken, its mends, where to look
//!        ├─▶ chart    where each service's time went, drawn
//!        ├─▶ work     what the hands did
//!        ├─▶ beside   another design on the same luck
//!        └─▶ text     all of it as Markdown; data   csv, json
//! ```

pub mod beside;
pub mod bridges;
pub mod chart;
pub mod data;
pub mod scores;
pub mod story;
#[cfg(test)]
mod tests;
pub mod text;
pub mod work;

use super::State;
use super::run::Run;
use beside::{Beside, Other};
use bridge_engine::report::Counting;
use std::rc::Rc;

/// What was worked out for a run, piece by piece; worked out anew for another.
#[derive(Clone, Debug, Default)]
pub struct Debrief {
    /// The run it belongs to.
    run: Option<Rc<Run>>,
    /// What each mend would have saved, as far as it is known.
    counting: Option<Rc<Counting>>,
    /// What is to be seen beside it.
    pub other: Option<Other>,
    /// And that, once it ran; none too if it cannot be opened.
    beside: Option<Rc<Beside>>,
}

impl Debrief {
    /// For another scenario nothing is known yet; what it is to be compared with stays.
    #[must_use]
    pub fn for_another(&self) -> Self {
        Self { other: self.other, ..Self::default() }
    }
}

impl State {
    /// What the mends would have saved, as far as it is known.
    #[must_use]
    pub fn counting(&self) -> Option<&Rc<Counting>> {
        self.debrief.counting.as_ref().filter(|_| self.is_debriefed())
    }

    /// The other design.
    #[must_use]
    pub fn beside(&self) -> Option<&Rc<Beside>> {
        self.debrief.beside.as_ref().filter(|_| self.is_debriefed())
    }

    /// What was worked out belongs to the run that is shown.
    fn is_debriefed(&self) -> bool {
        self.debrief.run.as_ref().is_some_and(|run| Rc::ptr_eq(run, &self.run))
    }

    /// Something is still to be worked out.
    #[must_use]
    pub fn has_to_count(&self) -> bool {
        self.counting().is_none_or(|c| c.progress().0 < c.progress().1)
    }
}

/// Works out the next piece, no more than one run of the simulation; none if nothing is left.
#[must_use]
pub fn worked(state: &State) -> Option<State> {
    if !state.has_to_count() {
        return None;
    }
    let (run, mut debrief) = (&state.run, state.debrief.clone());
    if !state.is_debriefed() {
        debrief = set_beside(state, debrief.other);
    }
    let mut counting = match &debrief.counting {
        Some(counting) => Counting::clone(counting),
        None => Counting::new(&run.world, &run.trace, run.report()),
    };
    counting.step(&run.world, &run.script, run.report());
    debrief.counting = Some(Rc::new(counting));
    Some(State { debrief, ..state.clone() })
}

/// Puts another design beside the run, or takes it away.
#[must_use]
pub fn set_beside(state: &State, other: Option<Other>) -> Debrief {
    Debrief {
        run: Some(Rc::clone(&state.run)),
        counting: state.counting().cloned(),
        other,
        beside: other.and_then(|other| Beside::of(state, other)).map(Rc::new),
    }
}
