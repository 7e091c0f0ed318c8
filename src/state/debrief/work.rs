//! What the hands did: by team and kind of work.

use super::super::run::Run;
use crate::words::{Locale, events};
use bridge_engine::kernel::order::sorted;
use bridge_engine::report::{Job, team};
use bridge_engine::world::TeamId;
use bridge_engine::{Span, Time};

/// Work of one kind by one team.
#[derive(Clone, Debug, PartialEq)]
pub struct Kind {
    /// Who. None: tools, and people who are of no team.
    pub team: Option<TeamId>,
    /// What.
    pub name: String,
    /// Jobs asked for.
    pub jobs: usize,
    /// Of them, those done.
    pub done: usize,
    /// Of them, those that went wrong at least once.
    pub redone: usize,
    /// All of them together waited so long for a free hand.
    pub waited: Span,
    /// All of them together were under way so long.
    pub worked: Span,
}

/// All work by team, and within a team the kind that was longest under way first; tools come last.
#[must_use]
pub fn kinds(run: &Run, locale: Locale) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = Vec::new();
    for job in &run.report().jobs {
        let (team, name) = (team(job.task, &run.world), events::task(locale, &run.world, job.task));
        let known = kinds.iter().position(|kind| kind.team == team && kind.name == name);
        let at = known.unwrap_or_else(|| {
            let nothing = Span::ZERO;
            kinds.push(Kind { team, name, jobs: 0, done: 0, redone: 0, waited: nothing, worked: nothing });
            kinds.len() - 1
        });
        add(&mut kinds[at], job, run.trace.horizon);
    }
    let order = |kind: &Kind| kind.team.map_or(u32::MAX, |team| team.0);
    sorted(kinds, &|a, b| order(a).cmp(&order(b)).then(b.worked.cmp(&a.worked)))
}

fn add(kind: &mut Kind, job: &Job, horizon: Time) {
    let end = job.ended.unwrap_or(horizon);
    let begun = job.started.unwrap_or(end);
    kind.jobs += 1;
    kind.done += usize::from(job.done);
    kind.redone += usize::from(job.redone > 0);
    kind.waited = kind.waited + begun.since(job.queued);
    kind.worked = kind.worked + end.since(begun);
}
