//! Priority: what comes first once somebody commands.

use crate::world::{ServiceId, World};

/// Before anybody commands, everything has the same rank: first in, first out.
pub(super) const UNRANKED: u64 = u64::MAX;

/// Rank of each service once there is a commander: its place in the declared priority, or that of the first prior service
/// that leans on it.
pub(super) fn ranks(world: &World) -> Vec<u64> {
    let mut ranks = vec![UNRANKED; world.services.len()];
    for (rank, &prior) in (0..).zip(&world.people.command.priority) {
        let mut open = vec![prior];
        while let Some(service) = open.pop() {
            if ranks[service.index()] > rank {
                ranks[service.index()] = rank;
                open.extend(leans_on(world, service));
            }
        }
    }
    ranks
}

fn leans_on(world: &World, service: ServiceId) -> impl Iterator<Item = ServiceId> + '_ {
    let needs = world[service].needs.iter().filter(|n| n.soft.is_none()).map(|n| n.on);
    needs.chain(world[service].boots.iter().copied())
}
