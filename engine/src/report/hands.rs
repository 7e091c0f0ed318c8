//! What hands did, and when.

use super::index::{Index, Job};
use crate::trace::Trace;
use crate::world::{TeamId, World};
use crate::{Span, Time};

/// One team.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TeamReport {
    /// First moment a hand was at work.
    pub first: Option<Time>,
    /// The last hand was put down. None if work went on when the run ended.
    pub last: Option<Time>,
    /// Most hands busy at once.
    pub peak: f64,
    /// ∫ hands busy dt, in hours.
    pub hand_hours: f64,
    /// Jobs done.
    pub done: usize,
    /// Jobs that went wrong at least once.
    pub redone: usize,
    /// Longest time that a job waited for a free hand.
    pub longest_wait: Span,
}

pub(super) fn report(world: &World, trace: &Trace, index: &Index) -> Vec<TeamReport> {
    let mut teams: Vec<TeamReport> = trace.hands.iter().map(|busy| team(trace, busy)).collect();
    for job in &index.jobs {
        let Some(team) = crate::mechanisms::team(job.task, world) else { continue };
        let of = &mut teams[TeamId::index(team)];
        of.done += usize::from(job.done);
        of.redone += usize::from(job.redone > 0);
        of.longest_wait = of.longest_wait.max(waited(job, trace.horizon));
    }
    teams
}

fn team(trace: &Trace, busy: &crate::trace::Series) -> TeamReport {
    let points = busy.points();
    let first = points.iter().find(|p| p.1 > 0.0).map(|p| p.0);
    TeamReport {
        first,
        last: points.last().filter(|p| p.1 <= 0.0 && first.is_some()).map(|p| p.0),
        peak: points.iter().map(|p| p.1).fold(0.0, f64::max),
        hand_hours: busy.integral(Time::ZERO, trace.horizon, |hands| hands) / 3600.0,
        done: 0,
        redone: 0,
        longest_wait: Span::ZERO,
    }
}

/// How long a job waited for a free hand.
pub(super) fn waited(job: &Job, horizon: Time) -> Span {
    job.started.or(job.ended).unwrap_or(horizon).since(job.queued)
}
