//! Jobs that somebody does for the others, as conditions: settings, names, the administrators' sign-in.

use super::Blocker;
use crate::Time;
use crate::report::Stage;
use crate::report::view::View;
use crate::trace::{CrewId, TaskKind};
use crate::world::{PoolId, Role, ServiceId, TeamId};

/// Whether anybody does a job for the others.
pub(super) fn works(view: View<'_>, role: Role, t: Time) -> bool {
    view.holders(role).any(|s| view.does(s, t))
}

/// Whether a job was given to somebody of ours, and nobody does it.
fn lost(view: View<'_>, role: Role, t: Time) -> bool {
    view.holders(role).next().is_some() && !works(view, role, t)
}

/// Whether the deployment tool starts servers, so that nobody need be where they stand.
pub(super) fn start(view: View<'_>, t: Time) -> bool {
    works(view, Role::Deploy, t) && !lost(view, Role::Registry, t) && !lost(view, Role::Config, t)
}

/// Whether monitor and controller switch without being told.
pub(super) fn switch(view: View<'_>, t: Time) -> bool {
    view.acts(t)
}

/// Settings that somebody has to write before people can start or switch a service, which they do once it is decided.
pub(super) fn settings(view: View<'_>, s: ServiceId, t: Time) -> Vec<Blocker> {
    let (from, _) = view.index.incident(t);
    let written = view.index.jobs.iter().any(|job| {
        job.task.kind == TaskKind::Configure(s)
            && job.done
            && job.ended.is_some_and(|at| (from..=t).contains(&at))
    });
    if written || !lost(view, Role::Config, t) || view.world[s].role == Some(Role::Config) {
        return Vec::new();
    }
    let unsaid = (!view.decided(t)).then_some(Blocker::Decision);
    unsaid.into_iter().chain([Blocker::Settings(s)]).collect()
}

/// Whether users have still to be led to a pool when it serves.
pub(super) fn routes(view: View<'_>, p: PoolId, t: Time) -> bool {
    let used = view.world[view.world[p].service].users > 0.0;
    used && view.holders(Role::Dns).next().is_some() && view.trace.routed[p.index()].at(t) <= 0.0
}

/// What a job of some kind waits for, if it was asked for and nobody is at it: its team's hands, or to be let in.
pub(super) fn hands(view: View<'_>, kind: TaskKind, t: Time) -> Option<Blocker> {
    let job = view.index.open(kind, t).filter(|job| job.stage(t) == Stage::Queued)?;
    let team = match crate::mechanisms::crew(job.task, view.world) {
        CrewId::Team(team) => team,
        CrewId::Landlord(site) => return Some(Blocker::RemoteHands(site)),
        CrewId::Electricians(_) | CrewId::Deploy => return None,
    };
    let routine =
        matches!(kind, TaskKind::Boot(_) | TaskKind::Provision(_) | TaskKind::Check(_) | TaskKind::Fetch(_));
    Some(if !routine && barred(view, team, t) { Blocker::BreakGlass(team) } else { Blocker::Hands(team) })
}

/// Whether a team's experts wait to be let in.
pub(super) fn barred(view: View<'_>, team: TeamId, t: Time) -> bool {
    view.index.open(TaskKind::BreakGlass(team), t).is_some()
}
