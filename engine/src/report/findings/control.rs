//! What is there to help, and was lost itself: monitors, controllers, the settings they need, the tools that start servers.

use super::{Code, Evidence, Finding};
use crate::Time;
use crate::kernel::order::sorted;
use crate::report::Job;
use crate::trace::{Subject, TaskKind};
use crate::world::{Role, ServiceId, SiteId};

/// A moment at which a service would have been helped.
type Missed = (ServiceId, Time);

/// Monitors and controllers whose help was missed, and the settings without which they switch nothing, by the site they
/// stood in.
pub(super) fn guards(e: &Evidence<'_>) -> Vec<Finding> {
    let (seen_late, switched) = (seen_by_users(e), switched_by_hand(e));
    let missing = |role: Role, missed: &[Missed]| {
        let lost = |t: Time| !e.view.holders(role).any(|s| e.view.does(s, t));
        missed.iter().copied().filter(|m| lost(m.1)).collect::<Vec<Missed>>()
    };
    let unseen = missing(Role::Monitor, &[seen_late.as_slice(), &switched].concat());
    let unswitched = missing(Role::Controller, &switched);
    let unset = missing(Role::Config, &switched);
    let mut lost: Vec<((Option<SiteId>, bool), ServiceId)> = Vec::new();
    let roles = [(Role::Controller, &unswitched), (Role::Monitor, &unseen), (Role::Config, &unset)];
    for (role, missed) in roles {
        let Some(first) = missed.first() else { continue };
        lost.extend(e.view.holders(role).map(|s| ((fate(e, s, first.1), cut_off(e, s, first.1)), s)));
    }
    let mut found = Vec::new();
    let lost = sorted(lost, &|a, b| a.0.cmp(&b.0));
    for group in lost.chunk_by(|a, b| a.0 == b.0) {
        let mut guards = group.iter().map(|g| g.1);
        let Some(first) = guards.next() else { continue };
        let all = unseen.iter().chain(&unswitched).chain(&unset).map(|m| m.0);
        let deaf = group
            .iter()
            .all(|g| e.world()[g.1].role == Some(Role::Monitor))
            .then(|| listens(e, &switched))
            .flatten();
        found.push(Finding {
            code: match (deaf, group[0].0.1) {
                (Some(_), _) => Code::ControllerDeaf,
                (None, true) => Code::GuardUnreachable,
                (None, false) => Code::GuardSharesFate,
            },
            subject: Subject::Service(deaf.unwrap_or(first)),
            with: deaf.map(|_| first).into_iter().chain(guards).collect(),
            hit: e.plain(all),
            site: group[0].0.0,
            figure: off_duty(e, first),
        });
    }
    found
}

/// The site a guard was lost with, if its own servers were and stood in one site.
fn fate(e: &Evidence<'_>, guard: ServiceId, t: Time) -> Option<SiteId> {
    let itself = e.view.own(guard, t) < 0.5;
    e.only_site(guard).filter(|_| itself)
}

/// Whether a guard's servers ran where nobody reached them.
fn cut_off(e: &Evidence<'_>, guard: ServiceId, t: Time) -> bool {
    let mut pools = e.world()[guard].pools.iter();
    pools.any(|&p| e.up(p, t) > 0.0 && e.trace().reached[p.index()].at(t) <= 0.0)
}

/// A controller that did its job while a switch was made by hand.
fn listens(e: &Evidence<'_>, switched: &[Missed]) -> Option<ServiceId> {
    e.view.holders(Role::Controller).find(|&c| switched.iter().any(|m| e.view.does(c, m.1)))
}

/// Losses that users told of.
fn seen_by_users(e: &Evidence<'_>) -> Vec<Missed> {
    let services = (0..e.world().services.len()).map(ServiceId::at);
    let by_users = |s| e.view.detected(s).filter(|seen| !seen.1).map(|seen| (s, seen.0));
    services.filter_map(by_users).collect()
}

/// Promotions by hand that a controller would have made.
fn switched_by_hand(e: &Evidence<'_>) -> Vec<Missed> {
    let jobs = e.view.index.jobs.iter().filter(|job| job.task.by_hand);
    let of = |kind| if let TaskKind::Promote(s) = kind { Some(s) } else { None };
    jobs.filter_map(|job| Some((of(job.task.kind)?, job.queued)))
        .filter(|m| e.world()[m.0].quorum.is_none())
        .collect()
}

/// How long a service did not do its job, in seconds.
fn off_duty(e: &Evidence<'_>, guard: ServiceId) -> f64 {
    let off = |share: f64| if share < 0.5 { 1.0 } else { 0.0 };
    e.trace().shares[guard.index()].integral(Time::ZERO, e.trace().horizon, off)
}

/// Servers started by hand for want of the tools that were there to do it.
pub(super) fn tools(e: &Evidence<'_>) -> Option<Finding> {
    let deploy = e.view.holders(Role::Deploy).next()?;
    let works = |role, t| e.view.holders(role).any(|s| e.view.does(s, t));
    let placed = |role| e.view.holders(role).next().is_some();
    let gone = |role, t| placed(role) && !works(role, t);
    let lost = |t| [Role::Deploy, Role::Registry, Role::Config].iter().any(|&role| gone(role, t));
    let by_hand = e.view.index.jobs.iter().filter(|job| job.task.by_hand && lost(job.queued));
    let pool = |kind| if let TaskKind::Boot(p) = kind { Some(p) } else { None };
    let started: Vec<_> = by_hand.filter_map(|job| Some((pool(job.task.kind)?, job.queued))).collect();
    let first = started.first()?.1;
    let tools =
        [Role::Deploy, Role::Registry, Role::Config].into_iter().flat_map(|role| e.view.holders(role));
    let idle = |s: &ServiceId| *s != deploy && !e.view.does(*s, first);
    Some(Finding {
        code: Code::ToolsLost,
        subject: Subject::Service(deploy),
        with: tools.filter(idle).collect(),
        hit: e.plain(started.iter().map(|s| e.world()[s.0].service)),
        site: e.only_site(deploy),
        figure: started.iter().map(|s| f64::from(e.world()[s.0].servers)).sum(),
    })
}

/// Work that people did because a job for the others was not done: letting teams in, leading users elsewhere.
pub(super) fn by_hand(e: &Evidence<'_>, role: Role) -> Option<Finding> {
    let holder = e.view.holders(role).next()?;
    let world = e.world();
    let of = |job: &&Job| match job.task.kind {
        TaskKind::BreakGlass(_) => role == Role::Admin,
        TaskKind::Redirect(_) => role == Role::Dns,
        _ => false,
    };
    let jobs: Vec<&Job> = e.view.index.jobs.iter().filter(of).filter(|job| job.done).collect();
    let waited = |job: &&Job| job.ended.map_or(0.0, |end| end.since(job.queued).secs());
    let services = |job: &&Job| match job.task.kind {
        TaskKind::Redirect(s) => vec![s],
        // Those whose work waited for the same key.
        _ => {
            let team = crate::mechanisms::team(job.task, world);
            let kept = |other: &&Job| {
                crate::mechanisms::team(other.task, world) == team
                    && other.queued >= job.queued
                    && job.ended.is_some_and(|end| other.queued <= end)
            };
            let others = e.view.index.jobs.iter().filter(kept);
            others.filter_map(|other| crate::mechanisms::for_service(other.task, world)).collect()
        }
    };
    jobs.first()?;
    Some(Finding {
        code: if role == Role::Admin { Code::SignInLost } else { Code::NamesLost },
        subject: Subject::Service(holder),
        with: e.view.holders(role).skip(1).collect(),
        hit: e.plain(jobs.iter().flat_map(services)),
        site: e.only_site(holder),
        figure: jobs.iter().map(waited).sum(),
    })
}

/// Services that one false alarm made the controller switch more than once.
pub(super) fn flaps(e: &Evidence<'_>) -> Vec<Finding> {
    let auto = e.world().controls.promote_auto;
    let mut found = Vec::new();
    for (i, alarms) in e.view.index.suspected.iter().enumerate() {
        let switches = &e.view.index.automatic[i];
        let of = |&&(from, to): &&(Time, Time)| {
            let end = if to == Time::NEVER { to } else { to + auto };
            switches.iter().filter(|&&at| at > from && at <= end).count() > 1
        };
        let lost = |share: f64| 1.0 - share.min(1.0);
        let own = &e.trace().own[i];
        let horizon = e.trace().horizon;
        let figure: f64 =
            alarms.iter().filter(of).map(|&(from, to)| own.integral(from, to.min(horizon), lost)).sum();
        if figure > 0.0 {
            found.push(Finding {
                code: Code::FailoverFlaps,
                subject: Subject::Service(ServiceId::at(i)),
                with: Vec::new(),
                hit: e.plain([ServiceId::at(i)].into_iter()),
                site: None,
                figure,
            });
        }
    }
    found
}
