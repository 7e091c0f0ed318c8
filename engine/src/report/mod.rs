//! The report: the figures of a run that people compare.
//!
//! ```text
//!  Trace ──index──▶ events by service ──┬─▶ service    times, availability, budget
//!                                       ├─▶ waterfall  where the lost time went
//!                                       ├─▶ hands      who did what, when
//!                                       └─▶ findings   which bridges were broken
//!  Trace ──▶ users, parties ──▶ money     who left, whom else it hit, what it cost
//! ```

mod backlog;
mod bytes;
mod counterfactual;
mod exposure;
mod findings;
mod hands;
mod index;
mod mend;
mod money;
mod parties;
mod service;
mod traffic;
mod users;
pub(crate) mod view;
mod waterfall;

pub use crate::mechanisms::team;
pub use backlog::BacklogReport;
pub(crate) use bytes::STAMP;
pub use counterfactual::{Counting, Gain, MOST_RUNS, Mended, Mends, Saved, ServiceSaved, mends, what_if};
pub use findings::{Code, Finding, Unit};
pub use hands::TeamReport;
pub use index::Job;
pub(crate) use index::{Index, Stage};
pub use mend::Mend;
pub use money::{Entry, Ledger, Yearly, ledger, money_lost, yearly};
pub use parties::PartyReport;
pub use service::{ServiceReport, YEAR, nines};
pub use traffic::{Queueing, Traffic, queueing, traffic};
pub use users::{Gone, UserReport};
pub use waterfall::{Lost, Piece, lost_to};

use crate::Time;
use crate::trace::{RoomState, Trace};
use crate::world::{ElementKind, ServiceId, World};
use findings::Evidence;
use view::View;

/// One run in figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// By service, in the world's order.
    pub services: Vec<ServiceReport>,
    /// Where each service's lost time went, by service.
    pub waterfalls: Vec<Vec<Piece>>,
    /// By site, in the world's order.
    pub sites: Vec<SiteReport>,
    /// By team, in the world's order.
    pub teams: Vec<TeamReport>,
    /// Everything that people or tools were asked for, in that order.
    pub jobs: Vec<Job>,
    /// Outside companies, in the world's order.
    pub parties: Vec<PartyReport>,
    /// Who left; none if the scenario says nothing of users who leave.
    pub users: Option<UserReport>,
    /// What the outage cost; none if the scenario names no cost.
    pub ledger: Option<Ledger>,
    /// What the design costs in a year; none if the scenario names no cost.
    pub yearly: Option<Yearly>,
    /// Everything together.
    pub total: Total,
    /// Broken bridges: what in the design made it worse.
    pub findings: Vec<Finding>,
}

/// One site.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SiteReport {
    /// First panel without power.
    pub power_lost: Option<Time>,
    /// First panel with power again.
    pub power_restored: Option<Time>,
    /// All panels with power again, for good.
    pub power_full: Option<Time>,
    /// Something in it burnt, lost power or stopped.
    pub hit: bool,
}

/// The whole run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Total {
    /// First loss of any service.
    pub first_loss: Option<Time>,
    /// Everything that was lost is whole again. None if something is not.
    pub restored: Option<Time>,
    /// Services that lost some of their demand.
    pub services_hit: usize,
    /// Sites in which something burnt, lost power or stopped.
    pub sites_hit: usize,
    /// Most people affected at once.
    pub peak_affected: f64,
    /// The same as a share of all.
    pub peak_share: f64,
    /// ∫ people affected dt, in minutes. Less than the sum over services: a person is counted once.
    pub user_minutes_lost: f64,
    /// ∫ services' ways round a boot dependency in use dt, in seconds: controls that were bypassed.
    pub exposure_s: f64,
    /// What the outage cost in the scenario's currency: the sum of the ledger; none if it names no cost.
    pub money_lost: Option<f64>,
}

/// What is told of a run while it is watched; everything else that a report says is about what to learn from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// By service.
    pub services: Vec<ServiceReport>,
    /// Of the whole company.
    pub total: Total,
    /// What the design costs a year. None if the scenario has no cost.
    pub yearly: Option<Yearly>,
}

/// The scores alone: the same figures as in [`report`], for less.
#[must_use]
pub fn scores(world: &World, trace: &Trace) -> Scores {
    let index = Index::new(world, trace);
    let services = services(View { world, trace, index: &index });
    let total = total(world, trace, &services, &sites(world, trace));
    Scores { services, total, yearly: yearly(world) }
}

/// The figures of a run.
#[must_use]
pub fn report(world: &World, trace: &Trace) -> Report {
    let index = Index::new(world, trace);
    let view = View { world, trace, index: &index };
    let services = services(view);
    let waterfalls: Vec<Vec<Piece>> =
        (0..world.services.len()).map(|s| waterfall::waterfall(view, ServiceId::at(s))).collect();
    let sites = sites(world, trace);
    let total = total(world, trace, &services, &sites);
    let evidence = Evidence { view, services: &services, waterfalls: &waterfalls, sites: &sites };
    let findings = findings::find(evidence);
    let teams = hands::report(world, trace, &index);
    Report {
        services,
        waterfalls,
        sites,
        teams,
        jobs: index.jobs,
        parties: parties::report(world, trace),
        users: users::report(world, trace),
        ledger: ledger(world, trace, trace.horizon),
        yearly: yearly(world),
        total,
        findings,
    }
}

fn services(view: View<'_>) -> Vec<ServiceReport> {
    let (world, trace) = (view.world, view.trace);
    let writes = service::writes(world, trace);
    let one = |id: ServiceId| service::report(world, trace, view.index, writes[id.index()], id);
    (0..world.services.len()).map(ServiceId::at).map(one).collect()
}

/// People affected times minutes until a moment.
#[must_use]
pub fn user_minutes_lost(trace: &Trace, until: Time) -> f64 {
    trace.affected.integral(Time::ZERO, until, |people| people) / 60.0
}

fn sites(world: &World, trace: &Trace) -> Vec<SiteReport> {
    let mut sites = vec![SiteReport::default(); world.sites.len()];
    let mut dark_for_good = vec![false; world.sites.len()];
    for (element, track) in world.elements.iter().zip(&trace.elements) {
        if !matches!(element.kind, ElementKind::Panel { .. }) {
            continue;
        }
        let of = &mut sites[element.site.index()];
        let mut dark = false;
        for &(at, state, _) in track.points() {
            let live = state.gives();
            if !live && !dark {
                of.power_lost = Some(of.power_lost.map_or(at, |t| t.min(at)));
            } else if live && dark {
                of.power_restored = Some(of.power_restored.map_or(at, |t| t.min(at)));
                of.power_full = of.power_full.max(Some(at));
            }
            dark = !live;
        }
        dark_for_good[element.site.index()] |= dark;
    }
    for (of, dark) in sites.iter_mut().zip(dark_for_good) {
        of.power_full = of.power_full.filter(|_| !dark);
        of.hit = of.power_lost.is_some();
    }
    for (room, track) in world.rooms.iter().zip(&trace.rooms) {
        sites[room.site.index()].hit |= track.points().iter().any(|p| p.1 != RoomState::Ok);
    }
    for (pool, up) in world.pools.iter().zip(&trace.servers_up) {
        sites[pool.site.index()].hit |= up.points().len() > 1;
    }
    sites
}

fn total(world: &World, trace: &Trace, services: &[ServiceReport], sites: &[SiteReport]) -> Total {
    let hit = || services.iter().filter(|s| s.first_loss.is_some());
    let whole_again = hit().all(|s| s.restored.is_some());
    let peak_affected = trace.affected.points().iter().map(|p| p.1).fold(0.0, f64::max);
    Total {
        first_loss: hit().filter_map(|s| s.first_loss).min(),
        restored: if whole_again { hit().filter_map(|s| s.restored).max() } else { None },
        services_hit: hit().count(),
        sites_hit: sites.iter().filter(|s| s.hit).count(),
        peak_affected,
        peak_share: peak_affected / world.demand.users.max(1.0),
        user_minutes_lost: user_minutes_lost(trace, trace.horizon),
        exposure_s: services.iter().map(|s| s.exposure_s).sum(),
        money_lost: ledger(world, trace, trace.horizon).map(|ledger| ledger.total()),
    }
}
