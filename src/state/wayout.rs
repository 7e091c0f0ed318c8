//! The dependencies on the way from a service to what has to come back first.

use super::moment::Moment;
use bridge_engine::World;
use bridge_engine::trace::ServiceState;
use bridge_engine::why::Blocker;
use bridge_engine::world::ServiceId;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Edges (who leans, on whom) along which a service is blocked: every hard dependency that does not serve, theirs in turn,
/// and a shortest way to each service that has to come back first.
#[must_use]
pub fn blocking_edges(
    world: &World,
    moment: &Moment,
    from: ServiceId,
    blockers: &[Blocker],
) -> BTreeSet<(ServiceId, ServiceId)> {
    let goals: BTreeSet<ServiceId> = blockers.iter().filter_map(|b| service_of(world, *b)).collect();
    let mut came: BTreeMap<ServiceId, ServiceId> = BTreeMap::new();
    let mut queue = VecDeque::from([from]);
    while let Some(at) = queue.pop_front() {
        for next in leans_on(world, at) {
            let whole = moment.service(next).state == ServiceState::Up;
            if whole || next == from || came.contains_key(&next) {
                continue;
            }
            came.insert(next, at);
            queue.push_back(next);
        }
    }
    let mut edges = unserved(world, moment, from);
    for goal in goals {
        let mut at = goal;
        while let Some(before) = came.get(&at) {
            if !edges.insert((*before, at)) {
                break;
            }
            at = *before;
        }
    }
    edges
}

/// Hard dependencies that serve nothing, of the service and of those in turn.
fn unserved(world: &World, moment: &Moment, from: ServiceId) -> BTreeSet<(ServiceId, ServiceId)> {
    let mut edges = BTreeSet::new();
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        let serves = matches!(moment.service(at).state, ServiceState::Up | ServiceState::Degraded);
        if serves {
            continue;
        }
        for need in world[at].needs.iter().filter(|n| n.soft.is_none()) {
            let missing = !matches!(moment.service(need.on).state, ServiceState::Up | ServiceState::Degraded);
            if missing && edges.insert((at, need.on)) {
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
        Blocker::Service(s) | Blocker::BootCycle(s) | Blocker::Quorum(s) | Blocker::Promotion(s) => Some(s),
        Blocker::Servers(p) | Blocker::Check(p) => Some(world[p].service),
        Blocker::Detection
        | Blocker::Decision
        | Blocker::Fire(_)
        | Blocker::Access(_)
        | Blocker::Power(_)
        | Blocker::Hands(_) => None,
    }
}
