//! The report: the figures of a run that people compare.

mod findings;

pub use findings::{Code, Finding};

use crate::Time;
use crate::trace::{Change, EventId, Series, Subject, Trace, WHOLE};
use crate::world::{ElementId, ElementKind, ServiceId, SiteId, World};

/// One run in figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// By service, in the world's order.
    pub services: Vec<ServiceReport>,
    /// By site, in the world's order.
    pub sites: Vec<SiteReport>,
    /// Everything together.
    pub total: Total,
    /// Broken bridges: what in the design made it worse.
    pub findings: Vec<Finding>,
}

/// One service.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServiceReport {
    /// First moment at which less than all of its demand was served.
    pub first_loss: Option<Time>,
    /// First moment at which somebody knew.
    pub detected: Option<Time>,
    /// Somebody said go, and this loss was known. None if nobody had to.
    pub decided: Option<Time>,
    /// End of its longest complete outage: the first share served again. None if it was never completely lost, or never
    /// came back.
    pub serving_again: Option<Time>,
    /// All of its demand served, for good. None if it never lost any, or did not get there.
    pub restored: Option<Time>,
    /// ∫ share dt / length of the run.
    pub availability: f64,
    /// ∫ users · (1 − share) dt, in minutes.
    pub user_minutes_lost: f64,
    /// Length of its longest stretch with less than all of its demand served, in seconds.
    pub longest_loss_s: f64,
}

/// One site.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SiteReport {
    /// First panel without power.
    pub power_lost: Option<Time>,
    /// First panel with power again.
    pub power_restored: Option<Time>,
    /// All panels with power again, for good.
    pub power_full: Option<Time>,
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
    /// Most people affected at once.
    pub peak_affected: f64,
    /// ∫ people affected dt, in minutes. Less than the sum over services: a person is counted once.
    pub user_minutes_lost: f64,
    /// Sales lost and fixed cost, in the scenario's currency; none if it names no cost.
    pub money_lost: Option<f64>,
}

/// The figures of a run.
#[must_use]
pub fn report(world: &World, trace: &Trace) -> Report {
    let services: Vec<ServiceReport> =
        (0..world.services.len()).map(|i| service(world, trace, ServiceId::at(i))).collect();
    let sites = (0..world.sites.len()).map(|i| site(world, trace, SiteId::at(i))).collect();
    let total = total(world, trace, &services);
    let findings = findings::find(world, trace, &services);
    Report { services, sites, total, findings }
}

/// Money lost until a moment: sales lost in proportion to the people affected, and the fixed part once anybody was.
#[must_use]
pub fn money_lost(world: &World, trace: &Trace, until: Time) -> Option<f64> {
    let cost = world.cost.as_ref()?;
    let lost = trace.affected.integral(Time::ZERO, until, |people| people) / world.demand.users.max(1.0);
    let fixed = if lost > 0.0 { cost.fixed } else { 0.0 };
    Some(fixed + cost.revenue_per_day * lost / 86_400.0)
}

/// People affected times minutes until a moment.
#[must_use]
pub fn user_minutes_lost(trace: &Trace, until: Time) -> f64 {
    trace.affected.integral(Time::ZERO, until, |people| people) / 60.0
}

fn service(world: &World, trace: &Trace, id: ServiceId) -> ServiceReport {
    let share = &trace.shares[id.index()];
    let length = trace.horizon.secs().max(1e-6);
    let served = share.integral(Time::ZERO, trace.horizon, |a| a);
    let lost = length - served;
    let losses = stretches(share, trace.horizon, |a| a < WHOLE);
    let outages = stretches(share, trace.horizon, |a| a <= 0.0);
    let longest = longest(&outages);
    let detected = first(trace, |subject, change| {
        subject == Subject::Service(id) && matches!(change, Change::Detected { .. })
    });
    let first_loss = losses.first().map_or(Time::NEVER, |s| s.0);
    let said = || trace.events.iter().filter(|e| e.change == Change::Decided).map(|e| e.at);
    // The go after this loss; or one given before it, in the same trouble.
    let go = said().find(|&at| at >= first_loss).or_else(|| said().next_back());
    ServiceReport {
        first_loss: losses.first().map(|s| s.0),
        detected,
        decided: detected.zip(go).map(|(d, g)| d.max(g)),
        serving_again: longest.map(|s| s.1).filter(|&end| end < trace.horizon),
        restored: losses.last().map(|s| s.1).filter(|&end| end < trace.horizon),
        availability: served / length,
        user_minutes_lost: world.demand.users * world[id].users * lost / 60.0,
        longest_loss_s: losses.iter().map(|s| s.1.since(s.0).secs()).fold(0.0, f64::max),
    }
}

fn site(world: &World, trace: &Trace, id: SiteId) -> SiteReport {
    use crate::trace::ElementState::{Live, OnBattery};
    let panels = (0..world.elements.len())
        .map(ElementId::at)
        .filter(|&e| world[e].site == id && matches!(world[e].kind, ElementKind::Panel { .. }));
    let (mut lost, mut back, mut full) = (None::<Time>, None::<Time>, Some(Time::ZERO));
    for panel in panels {
        let mut dark = false;
        for &(at, state, _) in trace.elements[panel.index()].points() {
            let live = matches!(state, Live | OnBattery);
            if !live && !dark {
                lost = Some(lost.map_or(at, |t| t.min(at)));
            } else if live && dark {
                back = Some(back.map_or(at, |t| t.min(at)));
                full = full.map(|t| t.max(at));
            }
            dark = !live;
        }
        full = full.filter(|_| !dark);
    }
    SiteReport { power_lost: lost, power_restored: back, power_full: full.filter(|_| lost.is_some()) }
}

fn total(world: &World, trace: &Trace, services: &[ServiceReport]) -> Total {
    let hit = || services.iter().filter(|s| s.first_loss.is_some());
    let whole_again = hit().all(|s| s.restored.is_some());
    Total {
        first_loss: hit().filter_map(|s| s.first_loss).min(),
        restored: if whole_again { hit().filter_map(|s| s.restored).max() } else { None },
        services_hit: hit().count(),
        peak_affected: trace.affected.points().iter().map(|p| p.1).fold(0.0, f64::max),
        user_minutes_lost: user_minutes_lost(trace, trace.horizon),
        money_lost: money_lost(world, trace, trace.horizon),
    }
}

fn first(trace: &Trace, wanted: impl Fn(Subject, Change) -> bool) -> Option<Time> {
    trace.events.iter().find(|e| wanted(e.subject, e.change)).map(|e| e.at)
}

/// The stretches of time in which a series holds a condition; the last one ends at the horizon if it still holds there.
#[must_use]
pub fn stretches(series: &Series, horizon: Time, holds: impl Fn(f64) -> bool) -> Vec<(Time, Time)> {
    let mut found: Vec<(Time, Time)> = Vec::new();
    let mut open = None;
    for &(at, value) in series.points() {
        match (holds(value), open) {
            (true, None) => open = Some(at),
            (false, Some(start)) => {
                found.push((start, at));
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.map(|start| (start, horizon)));
    found
}

/// The longest stretch, the earliest of equals.
fn longest(stretches: &[(Time, Time)]) -> Option<(Time, Time)> {
    stretches.iter().copied().reduce(|a, b| if b.1.since(b.0) > a.1.since(a.0) { b } else { a })
}

/// The event that brought a service into its present state.
#[must_use]
pub fn event_of(trace: &Trace, id: ServiceId, t: Time) -> Option<EventId> {
    trace.services[id.index()].entry(t).2
}
