//! A service's figures.

use super::exposure::exposure;
use super::index::Index;
use super::view::View;
use crate::kernel::math;
use crate::trace::{Change, Series, Subject, Trace, WHOLE};
use crate::world::{ServiceId, World};
use crate::{Span, Time};

/// A year of 365 days, over which availability is compared.
pub const YEAR: Span = Span::from_hours(8760);

/// One service.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServiceReport {
    /// First moment at which less than all of its demand was served.
    pub first_loss: Option<Time>,
    /// First moment at which somebody knew of a loss that lasted.
    pub detected: Option<Time>,
    /// Somebody had taken the alarm, and this loss was known. None if nobody did before the incident was over.
    pub acknowledged: Option<Time>,
    /// Somebody said go, and this loss was known. None if nobody had to.
    pub decided: Option<Time>,
    /// A standby was promoted and users were led to it, or a quorum re-formed. None if nobody and nothing did.
    pub switched: Option<Time>,
    /// End of its longest complete outage: the first share served again. None if it was never completely lost, or never
    /// came back.
    pub serving_again: Option<Time>,
    /// All of its demand served, for good. None if it never lost any, or did not get there.
    pub restored: Option<Time>,
    /// Time with less than all of its demand served.
    pub lost: Span,
    /// Time with nothing served.
    pub down: Span,
    /// Its longest stretch with less than all of its demand served.
    pub longest_loss: Span,
    /// Seconds by which that stretch missed the recovery time promised; negative if it was kept, with so much to spare.
    /// None if nothing was promised.
    pub rto_over_s: Option<f64>,
    /// The longest stretch of acknowledged writes that was missing from its data, or from those of anything it cannot
    /// serve without, in seconds; infinite: all they ever stored.
    pub rpo_s: f64,
    /// Seconds by which that missed the recovery point promised; negative if it was kept. None if nothing was promised.
    pub rpo_over_s: Option<f64>,
    /// No copy was left of its own data, or of a part of them.
    pub data_lost: bool,
    /// Writes taken in while sides of it did not reach each other, in seconds.
    pub diverged_s: f64,
    /// Keys that more than one side then wrote, as far as both sides are left.
    pub conflicts: u32,
    /// ∫ ways round what it boots from in use dt, in seconds: controls that were bypassed.
    pub exposure_s: f64,
    /// ∫ share dt / length of the run.
    pub availability: f64,
    /// The same over a year in which nothing else happens.
    pub availability_year: f64,
    /// Share of a year's error budget used up in this run; more than 1 is overdrawn. None if no availability was promised.
    pub budget_burnt: Option<f64>,
    /// Work that waited; none if none did.
    pub backlog: Option<super::BacklogReport>,
    /// ∫ users · (1 − share) dt, in minutes.
    pub user_minutes_lost: f64,
}

/// How many nines an availability is: −log₁₀(1 − a). None for one without any loss.
#[must_use]
pub fn nines(availability: f64) -> Option<f64> {
    (availability < 1.0).then(|| -math::log10(1.0 - availability))
}

pub(super) fn report(
    world: &World,
    trace: &Trace,
    index: &Index,
    writes: Writes,
    id: ServiceId,
) -> ServiceReport {
    let all_lost = trace.vanished[id.index()].points().iter().any(|p| p.1 == f64::INFINITY);
    let share = &trace.shares[id.index()];
    let length = trace.horizon.secs().max(1e-6);
    let losses = stretches(share, trace.horizon, |a| a < WHOLE);
    let outages = stretches(share, trace.horizon, |a| a <= 0.0);
    let first_loss = losses.first().map(|s| s.0);
    let served = if losses.is_empty() { length } else { share.integral(Time::ZERO, trace.horizon, |a| a) };
    let lost = length - served;
    let objective = world[id].objective;
    let longest_loss = longest(&losses).map_or(Span::ZERO, |s| s.1.since(s.0));
    let detected = View { world, trace, index }.detected(id).filter(|_| first_loss.is_some()).map(|d| d.0);
    // What was said before this loss was known holds for it too, in the same incident.
    let answered = |moments| Some(detected?.max(index.within(moments, first_loss?)?));
    let year = YEAR.secs().max(length);
    ServiceReport {
        first_loss,
        detected,
        acknowledged: answered(&index.acknowledged),
        decided: answered(&index.decided),
        switched: first_loss.and_then(|t| index.promoted[id.index()].iter().copied().find(|&p| p >= t)),
        serving_again: longest(&outages).map(|s| s.1).filter(|&end| end < trace.horizon),
        restored: losses.last().map(|s| s.1).filter(|&end| end < trace.horizon),
        lost: sum(&losses),
        down: sum(&outages),
        longest_loss,
        rto_over_s: objective.map(|o| longest_loss.secs() - o.rto.secs()),
        rpo_s: writes.missing_s,
        rpo_over_s: objective.and_then(|o| o.rpo).map(|rpo| writes.missing_s - rpo.secs()),
        data_lost: all_lost,
        diverged_s: writes.apart_s,
        conflicts: writes.conflicts,
        exposure_s: exposure(world, trace, index, id),
        availability: served / length,
        availability_year: 1.0 - lost / year,
        budget_burnt: objective.and_then(|o| o.slo).map(|slo| burnt(lost, (1.0 - slo) * year)),
        backlog: super::backlog::report(world, trace, id),
        user_minutes_lost: world.demand.users * world[id].users * lost / 60.0,
    }
}

/// The longest stretch of writes that each service ever lacked, in its own data or in those of anything it cannot serve
/// without.
fn missing(world: &World, trace: &Trace) -> Vec<f64> {
    let most = |series: &Series| series.points().iter().map(|p| p.1).fold(0.0, f64::max);
    let mut missing: Vec<f64> = trace.vanished.iter().map(most).collect();
    let mut callers = vec![Vec::new(); world.services.len()];
    for (i, service) in world.services.iter().enumerate() {
        for need in service.needs.iter().filter(|need| need.soft.is_none()) {
            callers[need.on.index()].push(i);
        }
    }
    let mut open: Vec<usize> = (0..missing.len()).filter(|&i| missing[i] > 0.0).collect();
    while let Some(on) = open.pop() {
        for &caller in &callers[on] {
            if missing[caller] < missing[on] {
                missing[caller] = missing[on];
                open.push(caller);
            }
        }
    }
    missing
}

/// What became of the writes that a service acknowledged.
#[derive(Clone, Copy, Default)]
pub(super) struct Writes {
    missing_s: f64,
    apart_s: f64,
    conflicts: u32,
}

/// The same of every service.
pub(super) fn writes(world: &World, trace: &Trace) -> Vec<Writes> {
    let mut found: Vec<Writes> = missing(world, trace)
        .into_iter()
        .map(|missing_s| Writes { missing_s, ..Writes::default() })
        .collect();
    let mut apart = vec![None; found.len()];
    for event in &trace.events {
        let Subject::Service(id) = event.subject else { continue };
        let of = &mut found[id.index()];
        match event.change {
            Change::Diverging => apart[id.index()] = Some(event.at),
            Change::Diverged { lasted, conflicts } => {
                apart[id.index()] = None;
                of.apart_s += lasted.secs();
                of.conflicts += conflicts;
            }
            _ => {}
        }
    }
    for (of, since) in found.iter_mut().zip(apart) {
        of.apart_s += since.map_or(0.0, |since| trace.horizon.since(since).secs());
    }
    found
}

/// Share of a budget used; a budget of nothing is overdrawn without measure by the first loss.
fn burnt(lost: f64, budget: f64) -> f64 {
    if lost > 0.0 { lost / budget } else { 0.0 }
}

/// Stretches of time in which a series is as wanted; the last may end with the run.
pub(crate) fn stretches(series: &Series, horizon: Time, wanted: impl Fn(f64) -> bool) -> Vec<(Time, Time)> {
    let mut found = Vec::new();
    let mut open = None;
    for &(at, value) in series.points() {
        match (open, wanted(value)) {
            (None, true) => open = Some(at),
            (Some(start), false) => {
                found.push((start, at));
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.filter(|&start| start < horizon).map(|start| (start, horizon)));
    found
}

fn sum(stretches: &[(Time, Time)]) -> Span {
    stretches.iter().fold(Span::ZERO, |sum, s| sum + s.1.since(s.0))
}

/// The longest stretch, the earliest of equals.
fn longest(stretches: &[(Time, Time)]) -> Option<(Time, Time)> {
    stretches.iter().copied().reduce(|a, b| if b.1.since(b.0) > a.1.since(a.0) { b } else { a })
}
