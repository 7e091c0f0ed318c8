//! Priority: what comes first once somebody commands.
//!
//! Declared, by tier, or by value: most people helped for an hour of work first. That is the order with the least Σ weight × time of
//! completion on one machine (Smith 1956), each job's weight being the people who are without what waits for it.

use super::drills::Practice;
use super::effort;
use super::tasks::Spec;
use crate::kernel::order::sorted;
use crate::run::Cx;
use crate::world::{Priority, ServiceId, World};

/// Before anybody commands, everything has the same rank: first in, first out.
pub(super) const UNRANKED: u64 = u64::MAX;

/// What a commander goes by.
pub(super) enum Ranks {
    /// Rank of each service, by declaration or by its tier.
    Declared(Vec<u64>),
    /// People helped.
    Value(Value),
}

/// Who is helped by what.
pub(super) struct Value {
    /// What leans on each service.
    dependents: Vec<Vec<ServiceId>>,
    /// The last question in which each was seen.
    seen: Vec<u32>,
    asked: u32,
}

impl Ranks {
    pub fn new(world: &World) -> Self {
        match &world.people.command.priority {
            Priority::Declared(services) => {
                Self::Declared(declared((0..).zip(services.iter().copied()), world))
            }
            Priority::Tier => {
                let all = (0..world.services.len()).map(ServiceId::at);
                let tiers = all.map(|s| (u64::from(world[s].tier), s)).collect();
                Self::Declared(declared(sorted(tiers, &Ord::cmp).into_iter(), world))
            }
            Priority::Value => {
                let mut dependents = vec![Vec::new(); world.services.len()];
                for id in (0..world.services.len()).map(ServiceId::at) {
                    leans_on(world, id).for_each(|on| dependents[on.index()].push(id));
                }
                Self::Value(Value { seen: vec![0; dependents.len()], dependents, asked: 0 })
            }
        }
    }

    /// Rank of work of which this share is left to do, lowest first. What is nobody's service in particular comes before
    /// everything.
    pub fn of(&mut self, spec: &Spec, share: f64, practice: &Practice, cx: &Cx) -> u64 {
        match (self, spec.service) {
            (_, None) => 0,
            (Self::Declared(ranks), Some(service)) => ranks[service.index()],
            (Self::Value(people), Some(service)) => {
                let work = effort::planned(spec, practice, cx) * share;
                let value = people.helped(service, cx) / work.max(1e-6);
                // The bits of a positive number are in its order.
                UNRANKED - value.max(0.0).to_bits()
            }
        }
    }
}

impl Value {
    /// People who find something broken that waits for a service, the service included.
    fn helped(&mut self, service: ServiceId, cx: &Cx) -> f64 {
        self.asked += 1;
        let mut open = vec![service];
        let mut spared = 1.0;
        while let Some(id) = open.pop() {
            if std::mem::replace(&mut self.seen[id.index()], self.asked) != self.asked {
                spared *= 1.0 - cx.world[id].users * (1.0 - cx.board.share(id));
                open.extend(&self.dependents[id.index()]);
            }
        }
        cx.world.demand.users * (1.0 - spared)
    }
}

/// Rank of each service: its own, or that of the first prior service that leans on it. Ranks come in their order.
fn declared(priority: impl Iterator<Item = (u64, ServiceId)>, world: &World) -> Vec<u64> {
    let mut ranks = vec![UNRANKED; world.services.len()];
    for (rank, prior) in priority {
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
