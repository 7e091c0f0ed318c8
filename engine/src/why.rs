//! Why is it like this, and what would have to come back first?

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::Time;
use crate::trace::{
    Change, ElementState, EventId, Phase, PoolState, RoomState, SiteState, Subject, Trace, WHOLE,
};
use crate::world::{ElementId, PoolId, PoolRole, RoomId, ServiceId, SiteId, TeamId, World};

/// The answer to "why?" about a subject at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// The shortest causal chain, from the trigger to the subject's present state. Empty if nothing ever happened to it.
    pub chain: Vec<EventId>,
    /// The smallest set of things that would have to come back, in the order in which they can.
    pub blockers: Vec<Blocker>,
}

/// Something that has to change before a service can serve again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Blocker {
    /// Nobody knows yet.
    Detection,
    /// Nobody has said go.
    Decision,
    /// A room burns.
    Fire(RoomId),
    /// Nobody may enter a building.
    Access(SiteId),
    /// A panel has no power.
    Power(ElementId),
    /// Another service has to serve first.
    Service(ServiceId),
    /// A start waits for a service that waits for it.
    BootCycle(ServiceId),
    /// Too few voters are up.
    Quorum(ServiceId),
    /// Too few servers are up.
    Servers(PoolId),
    /// A standby has to be promoted.
    Promotion(ServiceId),
    /// A team has no free hand.
    Hands(TeamId),
    /// Data have to be read through.
    Check(PoolId),
}

/// Why the subject is as it is at a moment.
#[must_use]
pub fn why(world: &World, trace: &Trace, subject: Subject, t: Time) -> Why {
    let blockers = match subject {
        Subject::Service(id) => Blocking::new(world, trace, t).of_service(id),
        Subject::Pool(id) => Blocking::new(world, trace, t).of_service(world[id].service),
        _ => Vec::new(),
    };
    Why { chain: chain(trace, present(trace, subject, t)), blockers }
}

/// The event that brought a subject into its state.
fn present(trace: &Trace, subject: Subject, t: Time) -> Option<EventId> {
    match subject {
        Subject::Site(id) => trace.sites[id.index()].entry(t).2,
        Subject::Room(id) => trace.rooms[id.index()].entry(t).2,
        Subject::Element(id) => trace.elements[id.index()].entry(t).2,
        Subject::Pool(id) => trace.pools[id.index()].entry(t).2,
        Subject::Service(id) => trace.services[id.index()].entry(t).2,
        Subject::Org | Subject::Team(_) => None,
    }
}

/// Breadth first from the event back to one without a cause: the shortest chain, the earliest of equals.
fn chain(trace: &Trace, from: Option<EventId>) -> Vec<EventId> {
    let Some(from) = from else { return Vec::new() };
    let mut towards: BTreeMap<EventId, Option<EventId>> = BTreeMap::from([(from, None)]);
    let mut open = VecDeque::from([from]);
    while let Some(event) = open.pop_front() {
        let causes = &trace.events[event.0 as usize].causes;
        if causes.is_empty() {
            return std::iter::successors(Some(event), |e| towards.get(e).copied().flatten()).collect();
        }
        for &cause in causes {
            towards.entry(cause).or_insert_with(|| {
                open.push_back(cause);
                Some(event)
            });
        }
    }
    Vec::new()
}

/// Collects what a service waits for, dependencies before dependants.
struct Blocking<'a> {
    world: &'a World,
    trace: &'a Trace,
    t: Time,
    bypassed: BTreeSet<(ServiceId, ServiceId)>,
    path: Vec<ServiceId>,
    seen: BTreeSet<ServiceId>,
    found: Vec<Blocker>,
}

impl<'a> Blocking<'a> {
    fn new(world: &'a World, trace: &'a Trace, t: Time) -> Self {
        let bypassed =
            trace.events.iter().take_while(|e| e.at <= t).filter_map(|e| match (e.subject, e.change) {
                (Subject::Service(of), Change::Bypassed { on }) => Some((of, on)),
                _ => None,
            });
        let bypassed = bypassed.collect();
        Self { world, trace, t, bypassed, path: Vec::new(), seen: BTreeSet::new(), found: Vec::new() }
    }

    fn of_service(mut self, id: ServiceId) -> Vec<Blocker> {
        self.service(id);
        self.found.retain(|&b| b != Blocker::Service(id));
        self.found
    }

    fn add(&mut self, blocker: Blocker) {
        if !self.found.contains(&blocker) {
            self.found.push(blocker);
        }
    }

    fn share(&self, id: ServiceId) -> f64 {
        self.trace.shares[id.index()].at(self.t)
    }

    fn service(&mut self, id: ServiceId) {
        if self.share(id) >= WHOLE || !self.seen.insert(id) {
            return;
        }
        self.path.push(id);
        let own = self.trace.own[id.index()].at(self.t);
        for need in self.world[id].needs.iter().filter(|n| n.soft.is_none()) {
            if self.share(need.on) < WHOLE {
                self.service(need.on);
            }
        }
        if own < WHOLE {
            self.itself(id);
        }
        self.path.pop();
        self.add(Blocker::Service(id));
    }

    /// What keeps a service's own servers from serving.
    fn itself(&mut self, id: ServiceId) {
        let phase = self.trace.phases[id.index()].at(self.t);
        if phase == Phase::Undetected {
            return self.add(Blocker::Detection);
        }
        let states = self.world[id].pools.iter().map(|&p| (p, self.trace.pools[p.index()].at(self.t)));
        let idle = |s: PoolState| matches!(s, PoolState::Standby | PoolState::Promoting);
        let waits_for_promotion =
            states.clone().any(|(p, s)| idle(s) && self.world[p].role == PoolRole::Standby);
        let nearest = states.filter(|&(_, s)| !matches!(s, PoolState::Up)).min_by_key(|&(_, s)| distance(s));
        if waits_for_promotion || self.reformable(id) {
            if phase == Phase::Deciding {
                self.add(Blocker::Decision);
            }
            let lost = self.world[id].quorum.is_some();
            return self.add(if lost { Blocker::Quorum(id) } else { Blocker::Promotion(id) });
        }
        if let Some((pool, state)) = nearest {
            self.pool(pool, state);
        }
    }

    fn reformable(&self, id: ServiceId) -> bool {
        self.world[id].quorum.is_some()
            && self.world[id].pools.iter().any(|p| self.trace.servers_up[p.index()].at(self.t) > 0.0)
    }

    fn pool(&mut self, pool: PoolId, state: PoolState) {
        let site = self.world[pool].site;
        match state {
            PoolState::Up | PoolState::Standby | PoolState::Promoting => {}
            PoolState::Restarting => self.add(Blocker::Servers(pool)),
            PoolState::Checking => self.add(Blocker::Check(pool)),
            PoolState::WaitHands => self.add(Blocker::Hands(self.world.boot_team(self.world[pool].service))),
            PoolState::WaitBoot => self.boot(self.world[pool].service),
            PoolState::WaitAccess => self.access(site),
            PoolState::NoPower | PoolState::Destroyed => {
                self.access(site);
                for &panel in &self.world[pool].panels {
                    if !matches!(
                        self.trace.elements[panel.index()].at(self.t),
                        ElementState::Live | ElementState::OnBattery
                    ) {
                        self.add(Blocker::Power(panel));
                    }
                }
            }
        }
    }

    fn access(&mut self, site: SiteId) {
        for (i, room) in self.world.rooms.iter().enumerate() {
            if room.site == site && self.trace.rooms[i].at(self.t) == RoomState::Burning {
                self.add(Blocker::Fire(RoomId::at(i)));
            }
        }
        if !matches!(self.trace.sites[site.index()].at(self.t), SiteState::Ok | SiteState::Recovering) {
            self.add(Blocker::Access(site));
        }
    }

    fn boot(&mut self, id: ServiceId) {
        for &on in &self.world[id].boots {
            if self.share(on) > 0.0 || self.bypassed.contains(&(id, on)) {
                continue;
            }
            if self.path.contains(&on) {
                self.add(Blocker::BootCycle(on));
            } else {
                self.service(on);
            }
        }
    }
}

/// How far a pool is from serving.
const fn distance(state: PoolState) -> u8 {
    match state {
        PoolState::Up | PoolState::Standby => 0,
        PoolState::Promoting => 1,
        PoolState::Checking => 2,
        PoolState::Restarting => 3,
        PoolState::WaitHands => 4,
        PoolState::WaitBoot => 5,
        PoolState::WaitAccess => 6,
        PoolState::NoPower => 7,
        PoolState::Destroyed => 8,
    }
}
