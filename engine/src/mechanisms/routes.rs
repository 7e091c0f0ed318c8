//! Routes: a standby in another site serves nobody until users are led to it. The name servers do that by themselves
//! once their checks have failed and answers that were kept have run out; without them it is work.

use std::collections::BTreeMap;

use super::{Mechanism, Timer};
use crate::kernel::marks::Marks;
use crate::kernel::queue::Slot;
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, PoolState, Subject, Task, TaskKind};
use crate::world::{PoolId, Role, ServiceId, World};

/// Services whose users are on their way.
pub(crate) struct Routes {
    waiting: BTreeMap<ServiceId, Wait>,
    /// Those of them to look at, and the place in the journal.
    due: Marks,
    place: usize,
    /// Whether the name servers led users, and the decision, when last looked at: all who wait go by them.
    facts: (bool, bool),
}

struct Wait {
    slot: Slot,
    automatic: bool,
    by_hand: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrived(ServiceId);

impl Mechanism for Routes {
    type Timer = Arrived;
    const CLASS: u8 = 17;

    fn new(world: &World, _cx: &mut Cx) -> Self {
        let due = Marks::none(world.services.len());
        Self { waiting: BTreeMap::new(), due, place: 0, facts: (false, false) }
    }

    fn ring(&mut self, Arrived(service): Arrived, cx: &mut Cx) {
        let names = cx.board.holders(Role::Dns).filter_map(|s| cx.board.service_event(s)).max();
        let promoted = waiting(service, cx).filter_map(|p| cx.board.pool_event(p)).max();
        let causes: Vec<EventId> = names.into_iter().chain(promoted).collect();
        self.arrive(service, &causes, cx);
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        match (heard.subject, heard.change) {
            (Subject::Pool(pool), Change::Pool(PoolState::Routing)) => {
                let slot = cx.slot();
                let wait = || Wait { slot, automatic: false, by_hand: false };
                let service = cx.world[pool].service;
                self.waiting.entry(service).or_insert_with(wait);
                self.due.insert(service.index());
            }
            (_, Change::Done(Task { kind: TaskKind::Redirect(service), .. })) => {
                if let Some(wait) = self.waiting.get_mut(&service) {
                    wait.by_hand = false;
                }
                self.arrive(service, &[heard.id], cx);
            }
            _ => {}
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        let automatic = cx.board.does(Role::Dns) == Some(true);
        let facts = (automatic, cx.board.decided.is_some());
        let all = std::mem::replace(&mut self.facts, facts) != facts;
        let changed = cx.board.changes(&mut self.place);
        if self.waiting.is_empty() {
            return;
        }
        if all {
            self.waiting.keys().for_each(|s| self.due.insert(s.index()));
        }
        changed.iter().filter(|s| self.waiting.contains_key(s)).for_each(|s| self.due.insert(s.index()));
        while let Some(i) = self.due.take_first() {
            let service = ServiceId::at(i);
            if waiting(service, cx).next().is_none() {
                self.forget(service, cx);
                continue;
            }
            let Some(wait) = self.waiting.get_mut(&service) else { continue };
            if automatic != wait.automatic {
                wait.automatic = automatic;
                if automatic {
                    cx.set(wait.slot, cx.world.controls.dns.auto, Timer::Routes(Arrived(service)));
                } else {
                    cx.cancel(wait.slot);
                }
            }
            let task = Task { kind: TaskKind::Redirect(service), by_hand: true };
            let promoted = waiting(service, cx).filter_map(|p| cx.board.pool_event(p)).max();
            if !automatic && !wait.by_hand && cx.board.decided.is_some() {
                wait.by_hand = true;
                let causes: Vec<EventId> = cx.board.decided.into_iter().chain(promoted).collect();
                cx.board.record(Subject::Service(service), Change::Queued(task), &causes);
            } else if automatic && std::mem::take(&mut wait.by_hand) {
                let causes: Vec<EventId> = promoted.into_iter().collect();
                cx.board.record(Subject::Service(service), Change::Dropped(task), &causes);
            }
        }
    }
}

impl Routes {
    fn arrive(&mut self, service: ServiceId, causes: &[EventId], cx: &mut Cx) {
        let arrived = cx.board.record(Subject::Service(service), Change::Routed, causes);
        let world = cx.world;
        let here: Vec<PoolId> = waiting(service, cx).collect();
        for &pool in &world[service].pools {
            cx.board.set_routed(pool, cx.board.routed(pool) && cx.board.active[pool.index()]);
        }
        for pool in here {
            cx.board.set_routed(pool, true);
            cx.board.set_pool(pool, PoolState::Up, &[arrived]);
        }
        self.forget(service, cx);
    }

    /// Nobody is on the way any more.
    fn forget(&mut self, service: ServiceId, cx: &mut Cx) {
        let Some(wait) = self.waiting.remove(&service) else { return };
        cx.cancel(wait.slot);
        if wait.by_hand {
            let task = Task { kind: TaskKind::Redirect(service), by_hand: true };
            let last = cx.world[service].pools.iter().filter_map(|&p| cx.board.pool_event(p)).max();
            let causes: Vec<EventId> = last.into_iter().collect();
            cx.board.record(Subject::Service(service), Change::Dropped(task), &causes);
        }
    }
}

/// Pools of a service to which users are on their way.
fn waiting<'a>(service: ServiceId, cx: &'a Cx<'_>) -> impl Iterator<Item = PoolId> + use<'a> {
    cx.world[service].pools.iter().copied().filter(|&p| cx.board.pool(p) == PoolState::Routing)
}

/// What an active pool whose servers run becomes: serving, or waiting for its users. Where nobody placed name servers,
/// somebody outside leads users at once; machines find each other without.
pub(super) fn state(pool: PoolId, cx: &Cx) -> PoolState {
    let used = cx.world[cx.world[pool].service].users > 0.0;
    let led = cx.board.routed(pool) || !used || cx.board.does(Role::Dns).is_none();
    if led { PoolState::Up } else { PoolState::Routing }
}
