//! Where the lost time went: every moment that a service was not whole is laid at one door.

use super::service::stretches;
use super::view::{Switching, View};
use crate::kernel::order::sorted;
use crate::trace::{Phase, PoolState, ServiceState, TaskKind, WHOLE};
use crate::world::{PoolId, ServiceId};
use crate::{Span, Time};

/// What a moment was lost to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lost {
    /// Nobody knew.
    Undetected,
    /// A switch waited for somebody to say go.
    Deciding,
    /// A standby was being promoted, or a quorum re-formed.
    Switching,
    /// Another service had to serve first.
    Dependency,
    /// Nobody and nothing was free to do the work.
    Hands,
    /// No power, or nobody let in.
    Power,
    /// Servers were damaged, and others not there yet.
    Hardware,
    /// Empty servers were being installed.
    Installing,
    /// Servers were being started.
    Restarting,
    /// Data were being restored.
    Restoring,
    /// No copy of its data was within reach, or none was left.
    NoData,
    /// Servers ran; stored data were being read through.
    Checking,
    /// All servers ran and were too few for the hour.
    Capacity,
}

impl Lost {
    /// All of them, in the order in which they usually come.
    pub const ALL: [Self; 13] = [
        Self::Undetected,
        Self::Deciding,
        Self::Power,
        Self::Dependency,
        Self::Hands,
        Self::Hardware,
        Self::Switching,
        Self::Installing,
        Self::Restarting,
        Self::Restoring,
        Self::NoData,
        Self::Checking,
        Self::Capacity,
    ];

    /// The name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Undetected => "undetected",
            Self::Deciding => "deciding",
            Self::Switching => "switching",
            Self::Dependency => "dependency",
            Self::Hands => "hands",
            Self::Power => "power",
            Self::Hardware => "hardware",
            Self::Installing => "installing",
            Self::Restarting => "restarting",
            Self::Restoring => "restoring",
            Self::NoData => "no-data",
            Self::Checking => "checking",
            Self::Capacity => "capacity",
        }
    }
}

/// A stretch of time lost to one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// From.
    pub from: Time,
    /// To.
    pub to: Time,
    /// To what.
    pub lost: Lost,
    /// The service waited for, where it was one.
    pub on: Option<ServiceId>,
}

/// How much of some pieces was lost to one thing.
#[must_use]
pub fn lost_to(pieces: &[Piece], what: Lost) -> Span {
    let those = pieces.iter().filter(|p| p.lost == what);
    those.fold(Span::ZERO, |sum, p| sum + p.to.since(p.from))
}

/// The lost time of a service, without gap or overlap: it adds up to [`super::ServiceReport::lost`].
pub(super) fn waterfall(view: View<'_>, s: ServiceId) -> Vec<Piece> {
    let losses = stretches(&view.trace.shares[s.index()], view.trace.horizon, |a| a < WHOLE);
    let mut pieces: Vec<Piece> = Vec::new();
    if losses.is_empty() {
        return pieces;
    }
    let changes = changes(view, s);
    for (from, to) in losses {
        let first = changes.partition_point(|&t| t <= from);
        let inside = changes[first..].iter().copied().take_while(|&t| t < to);
        let mut start = from;
        for end in inside.chain([to]) {
            let (lost, on) = door(view, s, start);
            match pieces.last_mut() {
                Some(last) if last.to == start && (last.lost, last.on) == (lost, on) => last.to = end,
                _ => pieces.push(Piece { from: start, to: end, lost, on }),
            }
            start = end;
        }
    }
    pieces
}

/// Every moment at which the door may change.
fn changes(view: View<'_>, s: ServiceId) -> Vec<Time> {
    let (trace, entry) = (view.trace, &view.world[s]);
    let mut times: Vec<Time> = Vec::new();
    times.extend(trace.phases[s.index()].points().iter().map(|p| p.0));
    for &pool in &entry.pools {
        times.extend(trace.pools[pool.index()].points().iter().map(|p| p.0));
    }
    let on = entry.needs.iter().map(|n| n.on).chain(entry.boots.iter().copied());
    for service in on.chain([s]) {
        times.extend(trace.services[service.index()].points().iter().map(|p| p.0));
    }
    times.extend(trace.own[s.index()].points().iter().map(|p| p.0));
    times.extend(view.index.promoting[s.index()].iter().map(|p| p.0));
    times.extend(view.index.bypassed[s.index()].iter().map(|p| p.0));
    times.extend(view.index.decided.iter().chain(&view.index.closed));
    let mut times = sorted(times, &Ord::cmp);
    times.dedup();
    times
}

/// What the service is lost to at a moment, and on whom it waits.
fn door(view: View<'_>, s: ServiceId, t: Time) -> (Lost, Option<ServiceId>) {
    if matches!(view.phase(s, t), Phase::Undetected | Phase::Normal) {
        return (Lost::Undetected, None);
    }
    let (share, own) = (view.share(s, t), view.own(s, t));
    // What its own servers lose against what it leans on loses.
    if own * own > share || own >= WHOLE {
        return (Lost::Dependency, weakest(view, s, t));
    }
    if view.trace.services[s.index()].at(t) == ServiceState::Lost {
        return (Lost::NoData, None);
    }
    let nearest = view.nearest(s, t);
    let switch = view.switching(s, t);
    match nearest.map(|n| n.1) {
        _ if matches!(switch, Some(Switching::UnderWay | Switching::Held)) => (Lost::Switching, None),
        Some(PoolState::Checking) => (Lost::Checking, None),
        Some(PoolState::Restarting) => (Lost::Restarting, None),
        _ if switch == Some(Switching::Hands) => (Lost::Hands, None),
        _ if switch == Some(Switching::Decision) => (Lost::Deciding, None),
        _ if switch == Some(Switching::Needs) => (Lost::Dependency, weakest(view, s, t)),
        Some(PoolState::Promoting | PoolState::Routing | PoolState::Standby) => (Lost::Switching, None),
        Some(PoolState::WaitHands) => (Lost::Hands, None),
        // Nobody replaces what burnt: its data and its work have to live elsewhere.
        Some(PoolState::WaitParts | PoolState::Destroyed) => (Lost::Hardware, None),
        Some(PoolState::Restoring) => (Lost::Restoring, None),
        Some(PoolState::WaitData) => (fetching(view, nearest.map(|n| n.0), t), None),
        Some(PoolState::Provisioning) => (Lost::Installing, None),
        Some(PoolState::Off) => (Lost::Deciding, None),
        Some(PoolState::WaitBoot) => (Lost::Dependency, view.missing_boots(s, t).next()),
        Some(PoolState::WaitAccess | PoolState::NoPower | PoolState::Stored) => (Lost::Power, None),
        Some(PoolState::Up) | None => (Lost::Capacity, None),
    }
}

/// Tapes are on their way to a pool, or nobody has anything to bring.
fn fetching(view: View<'_>, pool: Option<PoolId>, t: Time) -> Lost {
    let asked = pool.and_then(|p| view.index.open(TaskKind::Fetch(p), t));
    if asked.is_some() { Lost::Restoring } else { Lost::NoData }
}

/// The dependency through which most is lost; of equals, the first.
fn weakest(view: View<'_>, s: ServiceId, t: Time) -> Option<ServiceId> {
    let kept = |n: &crate::world::Need| {
        let lost = 1.0 - view.holds(n.on, t);
        (1.0 - n.soft.unwrap_or(1.0) * lost, n.on)
    };
    let worse = |a: (f64, ServiceId), b: (f64, ServiceId)| if b.0 < a.0 { b } else { a };
    view.world[s].needs.iter().map(kept).reduce(worse).filter(|n| n.0 < 1.0).map(|n| n.1)
}
