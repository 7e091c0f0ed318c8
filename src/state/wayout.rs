//! The dependencies on the way from a service to what has to come back first.

use super::moment::Moment;
use bridge_engine::World;
use bridge_engine::trace::ServiceState;
use bridge_engine::why::Blocker;
use bridge_engine::world::ServiceId;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Edges (who leans, on whom) of a shortest way from a service to each service that blocks it, along what does not serve.
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
    let mut edges = BTreeSet::new();
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
