//! Switching: standbys are promoted, by the controller if it lives and its monitor sees, otherwise by hand.
//!
//! A controller acts on what its monitor says; without either the work is a person's, needs somebody who said go, and is
//! verified against the live system, hence comes after what the service needs. A quorum that lost its majority is
//! re-formed from the surviving voters, which no tool may do by itself: it cannot tell a dead site from a cut cable.

use std::collections::BTreeMap;

use super::{Mechanism, Timer};
use crate::kernel::queue::Slot;
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, Phase, PoolState, Subject, Task, TaskKind, WHOLE};
use crate::world::{PoolId, Role, ServiceId, World};

/// Switching's memory.
pub(crate) struct Switch {
    services: Vec<Progress>,
    epoch: Option<u64>,
    reach: u64,
}

struct Progress {
    slot: Slot,
    automatic: bool,
    by_hand: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Promote(ServiceId);

impl Mechanism for Switch {
    type Timer = Promote;
    const CLASS: u8 = 9;

    fn new(world: &World, cx: &mut Cx) -> Self {
        let progress = |_| Progress { slot: cx.slot(), automatic: false, by_hand: false };
        Self { services: world.services.iter().map(progress).collect(), epoch: None, reach: 0 }
    }

    fn ring(&mut self, Promote(service): Promote, cx: &mut Cx) {
        self.services[service.index()].automatic = false;
        let causes = tools(cx).into_iter().flatten().flatten();
        let causes: Vec<EventId> = causes.chain(cx.board.service_event(service)).collect();
        self.promote(service, &causes, cx);
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        match heard.change {
            Change::Done(Task { kind: TaskKind::Promote(service), .. }) => {
                self.services[service.index()].by_hand = false;
                self.promote(service, &[heard.id], cx);
            }
            Change::Started(Task { kind: TaskKind::Promote(service), .. }) => {
                for pool in standbys(service, cx) {
                    cx.board.set_pool(pool, PoolState::Promoting, &[heard.id]);
                }
            }
            Change::Servers(_) => {
                let Subject::Pool(pool) = heard.subject else { return };
                rejoin(cx.world[pool].service, cx);
            }
            _ => {}
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        if self.epoch == Some(cx.board.epoch()) {
            return;
        }
        self.epoch = Some(cx.board.epoch());
        if std::mem::replace(&mut self.reach, cx.board.reach.version) != cx.board.reach.version {
            (0..cx.world.services.len()).for_each(|i| rejoin(ServiceId::at(i), cx));
        }
        let automatic = tools(cx).is_some();
        for i in 0..cx.world.services.len() {
            self.consider(ServiceId::at(i), automatic, cx);
        }
    }
}

impl Switch {
    fn consider(&mut self, service: ServiceId, automatic: bool, cx: &mut Cx) {
        let known = !matches!(cx.board.phase(service), Phase::Normal | Phase::Undetected);
        let reform = reformable(service, cx);
        let wanted = known && cx.board.own(service) < WHOLE && (reform || !standbys(service, cx).is_empty());
        let progress = &mut self.services[service.index()];
        let machine = wanted && automatic && !reform && in_hand(service, cx);
        if machine != progress.automatic {
            progress.automatic = machine;
            if machine {
                cx.set(progress.slot, cx.world.controls.promote_auto, Timer::Switch(Promote(service)));
            } else {
                cx.cancel(progress.slot);
            }
        }
        if wanted && !machine && !progress.by_hand {
            self.ask(service, cx);
        } else if !wanted && progress.by_hand {
            progress.by_hand = false;
            abandon(service, cx);
        }
        let progress = &self.services[service.index()];
        let switching = progress.automatic || progress.by_hand;
        if std::mem::replace(&mut cx.board.switching[service.index()], switching) != switching {
            cx.board.touch();
        }
    }

    /// Puts the work in the team's queue, if somebody said go and what the service needs serves.
    fn ask(&mut self, service: ServiceId, cx: &mut Cx) {
        let Some(go) = cx.board.decided else { return };
        let world = cx.world;
        let hard = || world[service].needs.iter().filter(|n| n.soft.is_none()).map(|n| n.on);
        let circular = |d: ServiceId| cx.web.tied(d, service);
        if !hard().all(|d| cx.board.share(d) > 0.0 || circular(d)) {
            return;
        }
        self.services[service.index()].by_hand = true;
        let mut causes = vec![go];
        causes.extend(hard().filter_map(|d| cx.board.service_event(d)));
        causes.extend(cx.board.service_event(service));
        let task = Task { kind: TaskKind::Promote(service), by_hand: true };
        cx.board.record(Subject::Service(service), Change::Queued(task), &causes);
    }

    fn promote(&mut self, service: ServiceId, causes: &[EventId], cx: &mut Cx) {
        let reform = reformable(service, cx);
        let promoted = cx.board.record(Subject::Service(service), Change::Promoted, causes);
        if reform {
            cx.board.voters[service.index()] = survivors(service, cx);
        }
        for pool in standbys(service, cx) {
            cx.board.active[pool.index()] = true;
            cx.board.set_pool(pool, PoolState::Up, &[promoted]);
        }
    }
}

/// The latest events of monitor and controller, if both do their jobs.
fn tools(cx: &Cx) -> Option<[Option<EventId>; 2]> {
    let does = |role| cx.board.does(role) == Some(true);
    let event = |role| {
        let holder = cx.world.services.iter().position(|s| s.role == Some(role))?;
        cx.board.service_event(ServiceId::at(holder))
    };
    (does(Role::Monitor) && does(Role::Controller)).then(|| [event(Role::Monitor), event(Role::Controller)])
}

/// Whether monitor and controller reach each other and a standby.
fn in_hand(service: ServiceId, cx: &Cx) -> bool {
    cx.board.reach.whole
        || standbys(service, cx).iter().any(|&p| {
            let reached = |role| cx.board.does_at(role, cx.world[p].site, cx.world) == Some(true);
            reached(Role::Monitor) && reached(Role::Controller)
        })
}

/// Pools that run and could serve if somebody told them to: they can be told, and users would reach them.
fn standbys(service: ServiceId, cx: &Cx) -> Vec<PoolId> {
    let idle = |p: &PoolId| {
        cx.board.reach.users(cx.world[*p].site)
            && !cx.board.active[p.index()]
            && matches!(cx.board.pool(*p), PoolState::Standby | PoolState::Promoting)
    };
    cx.world[service].pools.iter().copied().filter(idle).collect()
}

/// Voters that are up, know what they voted, reach each other, and are reached by users: all of a quorum's servers are
/// voters. Where several islands have some, those of the island with most.
fn survivors(service: ServiceId, cx: &Cx) -> u32 {
    let world = cx.world;
    let reach = &cx.board.reach;
    let mut by_island: BTreeMap<usize, u32> = BTreeMap::new();
    for &pool in &world[service].pools {
        if !cx.board.unchecked[pool.index()] && reach.users(world[pool].site) {
            *by_island.entry(reach.island(world[pool].site)).or_default() += cx.board.servers(pool) as u32;
        }
    }
    by_island.into_values().max().unwrap_or(0)
}

/// Voters that come back count again in a quorum that was re-formed without them.
fn rejoin(service: ServiceId, cx: &mut Cx) {
    if let Some(built) = cx.world[service].quorum {
        let up = survivors(service, cx).min(built);
        let voters = &mut cx.board.voters[service.index()];
        *voters = up.max(*voters);
    }
}

/// Whether a quorum is lost and some of its voters are left.
fn reformable(service: ServiceId, cx: &Cx) -> bool {
    if cx.world[service].quorum.is_none() {
        return false;
    }
    let up = survivors(service, cx);
    up > 0 && up < cx.board.voters[service.index()] / 2 + 1
}

/// The service came back another way.
fn abandon(service: ServiceId, cx: &mut Cx) {
    let task = Task { kind: TaskKind::Promote(service), by_hand: true };
    let causes: Vec<EventId> = cx.board.service_event(service).into_iter().collect();
    let dropped = cx.board.record(Subject::Service(service), Change::Dropped(task), &causes);
    for pool in standbys(service, cx) {
        if cx.board.pool(pool) == PoolState::Promoting {
            cx.board.set_pool(pool, PoolState::Standby, &[dropped]);
        }
    }
}
