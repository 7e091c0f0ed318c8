//! What became of work that had to wait.

use crate::Time;
use crate::trace::{BacklogState, Trace};
use crate::world::{ServiceId, World};

/// A service's backlog. Work is counted as time of the daily peak's load.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BacklogReport {
    /// First work that waited.
    pub began: Time,
    /// Everything that waited was done, for good. None if some still waits.
    pub drained: Option<Time>,
    /// From the last time that it did not serve all that arrives until then, or until the end: how long what waited was
    /// late though everything ran.
    pub late_s: f64,
    /// Most that waited, in seconds.
    pub most_s: f64,
    /// Turned away for want of room, in seconds.
    pub refused_s: f64,
}

pub(super) fn report(world: &World, trace: &Trace, id: ServiceId) -> Option<BacklogReport> {
    let levels = trace.backlogs[id.index()].levels();
    let (first, last) = levels.first().zip(levels.last())?;
    let load = world[id].load.max(1e-9);
    let mut most = last.work_at(trace.horizon);
    let mut refused = 0.0;
    for (i, level) in levels.iter().enumerate() {
        let end = levels.get(i + 1).map_or(trace.horizon, |next| next.at);
        most = most.max(level.work);
        refused += level.refused * end.since(level.at).secs();
    }
    let drained = (last.state == BacklogState::Empty).then_some(last.at);
    let whole = levels.iter().rfind(|l| l.state != BacklogState::Empty && l.rate >= 0.0);
    let grew = whole.map_or(first.at, |of| {
        let next = levels.iter().find(|l| l.at > of.at);
        next.map_or(trace.horizon, |l| l.at)
    });
    let late_s = drained.unwrap_or(trace.horizon).since(grew).secs();
    Some(BacklogReport { began: first.at, drained, late_s, most_s: most / load, refused_s: refused / load })
}
