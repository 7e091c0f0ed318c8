//! The dependencies on the way from a service to what has to come back first.

use super::moment::Moment;
use bridge_engine::World;
use bridge_engine::trace::ServiceState;
use bridge_engine::why::Blocker;
use bridge_engine::world::ServiceId;

/// Who leans, on whom.
pub type Edge = (ServiceId, ServiceId);

/// Edges along which a service is blocked: every hard dependency that does not serve, theirs in turn, and a shortest way
/// to each service that has to come back first.
#[must_use]
pub fn blocking_edges(world: &World, moment: &Moment, from: ServiceId, blockers: &[Blocker]) -> Vec<Edge> {
    let mut edges = unserved(world, moment, from);
    let came = ways(world, moment, from);
    for goal in blockers.iter().filter_map(|b| service_of(world, *b)) {
        let mut at = goal;
        while let Some(before) = came[at.index()] {
            if edges.contains(&(before, at)) {
                break;
            }
            edges.push((before, at));
            at = before;
        }
    }
    edges
}

/// From whom each service is first reached, breadth first, along what is not whole.
fn ways(world: &World, moment: &Moment, from: ServiceId) -> Vec<Option<ServiceId>> {
    let mut came = vec![None; world.services.len()];
    let mut reached = vec![from];
    let mut next = 0;
    while let Some(&at) = reached.get(next) {
        next += 1;
        for on in leans_on(world, at) {
            let whole = moment.service(on).state == ServiceState::Up;
            if whole || on == from || came[on.index()].is_some() {
                continue;
            }
            came[on.index()] = Some(at);
            reached.push(on);
        }
    }
    came
}

/// Hard dependencies that serve nothing, of the service and of those in turn.
fn unserved(world: &World, moment: &Moment, from: ServiceId) -> Vec<Edge> {
    let serves = |s: ServiceId| matches!(moment.service(s).state, ServiceState::Up | ServiceState::Degraded);
    let mut edges = Vec::new();
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if serves(at) {
            continue;
        }
        for need in world[at].needs.iter().filter(|n| n.soft.is_none()) {
            let edge = (at, need.on);
            if !serves(need.on) && !edges.contains(&edge) {
                edges.push(edge);
                open.push(need.on);
            }
        }
    }
    edges
}

/// Everything a service leans on to serve or to start, softly too.
#[must_use]
pub fn leans_on(world: &World, service: ServiceId) -> Vec<ServiceId> {
    let s = &world[service];
    s.needs.iter().map(|n| n.on).chain(s.boots.iter().copied()).collect()
}

/// The service that a blocker is about.
fn service_of(world: &World, blocker: Blocker) -> Option<ServiceId> {
    match blocker {
        Blocker::NoCopy(s)
        | Blocker::BootCycle(s)
        | Blocker::Quorum(s)
        | Blocker::Promotion(s)
        | Blocker::Warm(s)
        | Blocker::Capacity(s, _) => Some(s),
        Blocker::Servers(p) | Blocker::Check(p) | Blocker::Provisioning(p) | Blocker::Restore(p) => {
            Some(world[p].service)
        }
        Blocker::Routes(s) | Blocker::Settings(s) | Blocker::HoldDown(s) => Some(s),
        Blocker::Detection
        | Blocker::Decision
        | Blocker::Fire(_)
        | Blocker::Access(_)
        | Blocker::Power(_)
        | Blocker::Network(_)
        | Blocker::BreakGlass(_)
        | Blocker::Hands(_)
        | Blocker::RemoteHands(_) => None,
    }
}
