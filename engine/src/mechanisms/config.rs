//! Settings: no machine switches or starts anything without the store that holds them. While it is lost people write the
//! settings of each service by hand, once for an incident, before they switch or start it. What boots from the store is
//! another matter: it waits for it, or is led round it, like any boot dependency.

use super::{Mechanism, Never};
use crate::kernel::marks::Marks;
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, Phase, PoolState, Subject, Task, TaskKind, WHOLE};
use crate::world::{PoolId, Role, ServiceId, World};

/// What was written, and asked for.
pub(crate) struct Config {
    lost: bool,
    decided: bool,
    asked: Vec<bool>,
    /// Services to look at.
    due: Marks,
    place: usize,
}

impl Mechanism for Config {
    type Timer = Never;
    const CLASS: u8 = 16;

    fn new(world: &World, _cx: &mut Cx) -> Self {
        let n = world.services.len();
        Self { lost: false, decided: false, asked: vec![false; n], due: Marks::none(n), place: 0 }
    }

    fn ring(&mut self, timer: Never, _cx: &mut Cx) {
        match timer {}
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        if let Change::Done(Task { kind: TaskKind::Configure(service), .. }) = heard.change {
            self.asked[service.index()] = false;
            cx.board.configured[service.index()] = true;
            cx.board.note(service);
            cx.board.touch();
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        if cx.board.does(Role::Config).is_none() {
            return;
        }
        let lost = lost(cx);
        let decided = cx.board.decided.is_some();
        if (lost, decided) != (self.lost, self.decided) {
            (self.lost, self.decided) = (lost, decided);
            self.due = Marks::all(self.asked.len());
            if !decided {
                cx.board.configured.fill(false);
            }
        }
        let mut place = self.place;
        cx.board.changes(&mut place).iter().for_each(|s| self.due.insert(s.index()));
        self.place = place;
        while let Some(i) = self.due.take_first() {
            self.consider(ServiceId::at(i), cx);
        }
    }
}

impl Config {
    fn consider(&mut self, service: ServiceId, cx: &mut Cx) {
        let i = service.index();
        let known = !matches!(cx.board.phase(service), Phase::Normal | Phase::Undetected);
        let its_own = cx.world[service].role == Some(Role::Config);
        let lost = known && cx.board.own(service) < WHOLE && movable(service, cx);
        let wanted = self.lost && self.decided && lost && !its_own;
        let task = Task { kind: TaskKind::Configure(service), by_hand: true };
        if wanted && !self.asked[i] && !cx.board.configured[i] {
            self.asked[i] = true;
            let causes: Vec<EventId> =
                cx.board.decided.into_iter().chain(cx.board.service_event(service)).chain(last(cx)).collect();
            cx.board.record(Subject::Service(service), Change::Queued(task), &causes);
        } else if !wanted && self.asked[i] {
            self.asked[i] = false;
            let causes: Vec<EventId> = last(cx).max(cx.board.service_event(service)).into_iter().collect();
            cx.board.record(Subject::Service(service), Change::Dropped(task), &causes);
        }
    }
}

/// Whether there is anything of a service that could be started or switched.
fn movable(service: ServiceId, cx: &Cx) -> bool {
    let still = |&p: &PoolId| {
        use PoolState::{Destroyed, Routing, Stored, Up};
        !matches!(cx.board.pool(p), Up | Routing | Stored | Destroyed)
    };
    cx.world[service].quorum.is_some() || cx.world[service].pools.iter().any(still)
}

/// Whether the store of settings is placed and lost.
pub(super) fn lost(cx: &Cx) -> bool {
    cx.board.does(Role::Config) == Some(false)
}

/// Whether somebody has still to write a service's settings before people can start or switch it.
pub(super) fn missing(service: ServiceId, cx: &Cx) -> bool {
    lost(cx) && !cx.board.configured[service.index()] && cx.world[service].role != Some(Role::Config)
}

/// The latest event of the store.
pub(super) fn last(cx: &Cx) -> Option<EventId> {
    cx.board.holders(Role::Config).filter_map(|s| cx.board.service_event(s)).max()
}
