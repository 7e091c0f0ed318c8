//! Another design on the same luck.

use super::super::names::carried;
use super::super::{Source, State, engine};
use bridge_engine::report::{Report, report};
use bridge_engine::world::Script;
use bridge_engine::{Trace, World};
use std::rc::Rc;

/// Which design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Other {
    /// The open one as its author wrote it.
    AsWritten,
    /// One that comes with the app.
    Shipped(usize),
}

/// It, having run.
#[derive(Debug)]
pub struct Beside {
    /// The design.
    pub world: Rc<World>,
    /// What happened to it.
    pub trace: Trace,
    /// What that comes to.
    pub report: Report,
    /// The same was done to it as to the open design; otherwise what its author wrote.
    pub same_script: bool,
}

impl Beside {
    /// Runs another design with the seed of the run that is shown. None if it cannot be opened.
    ///
    /// The same incidents happen to it by the names of what they happen to, if all of that is there; not where the design
    /// is the very same, because nothing would be compared.
    pub(super) fn of(state: &State, other: Other) -> Option<Self> {
        let open = match other {
            Other::Shipped(index) => engine::open_shipped(index).ok()?,
            Other::AsWritten => engine::open(Source::unchanged(state.open.source.origin.clone())).ok()?,
        };
        let (here, there) = (state.world(), open.world);
        let same = carried(here, &state.run.script, &there);
        let script = (*there != *here && same.len() == state.run.script.len()).then_some(same);
        let same_script = script.is_some();
        let script: Script = script.unwrap_or_else(|| there.script.clone());
        let trace = bridge_engine::run(&there, &script, state.run.trace.seed);
        Some(Self { report: report(&there, &trace), world: there, trace, same_script })
    }
}
