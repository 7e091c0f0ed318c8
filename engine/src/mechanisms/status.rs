//! Status: what a service that serves nothing is waiting for, and what the organisation is doing about each.

use super::{Mechanism, Never};
use crate::kernel::marks::Marks;
use crate::run::Cx;
use crate::trace::{EventId, Phase, PoolState, ServiceState, WHOLE};
use crate::world::{PoolId, ServiceId, World};

/// Derived from the board alone: it remembers only what it has to look at again.
pub(crate) struct Status {
    /// Place in the journal.
    place: usize,
    /// Services to look at.
    due: Marks,
    /// Services about which somebody does something or has to.
    open: Marks,
    /// The decision when it last looked: every open service waits for it.
    decided: Option<EventId>,
}

impl Mechanism for Status {
    type Timer = Never;
    const CLASS: u8 = 12;

    fn new(world: &World, _cx: &mut Cx) -> Self {
        let none = Marks::none(world.services.len());
        Self { place: 0, due: none.clone(), open: none, decided: None }
    }

    fn ring(&mut self, timer: Never, _cx: &mut Cx) {
        match timer {}
    }

    fn settle(&mut self, cx: &mut Cx) {
        cx.board.changes(&mut self.place).iter().for_each(|s| self.due.insert(s.index()));
        if std::mem::replace(&mut self.decided, cx.board.decided) != cx.board.decided {
            self.open.each(|i| self.due.insert(i));
        }
        while let Some(i) = self.due.take_first() {
            let service = ServiceId::at(i);
            refine(service, cx);
            phase(service, cx);
            self.open.put(i, !matches!(cx.board.phase(service), Phase::Normal | Phase::Undetected));
        }
    }
}

/// Tells apart the ways of serving nothing.
fn refine(service: ServiceId, cx: &mut Cx) {
    if matches!(cx.board.service(service), ServiceState::Up | ServiceState::Degraded) {
        return;
    }
    let lost =
        cx.board.data_lost(service) && cx.board.own(service) <= 0.0 && find(service, cx, at_work).is_none();
    let (state, by) = if lost {
        (ServiceState::Lost, None)
    } else if cx.board.own(service) > 0.0 {
        (ServiceState::Waiting, missing_need(service, cx))
    } else if let Some(pool) = find(service, cx, at_work) {
        (ServiceState::Restarting, cx.board.pool_event(pool))
    } else if matches!(cx.board.phase(service), Phase::Undetected | Phase::Deciding) {
        (ServiceState::Down, None)
    } else if let Some(pool) = find(service, cx, waits) {
        (ServiceState::Waiting, cx.board.pool_event(pool))
    } else if find(service, cx, dark).is_some() {
        (ServiceState::NoPower, None)
    } else {
        // Its servers burnt.
        (ServiceState::Down, None)
    };
    if state != cx.board.service(service) {
        let before = cx.board.service_event(service);
        let causes: Vec<EventId> = by.or(before).into_iter().collect();
        cx.board.set_service(service, state, &causes);
    }
}

fn phase(service: ServiceId, cx: &mut Cx) {
    let now = cx.board.phase(service);
    if matches!(now, Phase::Normal | Phase::Undetected) || cx.board.share(service) >= WHOLE {
        return;
    }
    let (phase, by) = if let Some(pool) = find(service, cx, restarts) {
        (Phase::Restarting, cx.board.pool_event(pool))
    } else if let Some(pool) = find(service, cx, led) {
        (Phase::Switching, cx.board.pool_event(pool))
    } else if cx.board.switching(service) {
        (Phase::Switching, cx.board.decided)
    } else if let Some(go) = cx.board.decided {
        (Phase::Waiting, Some(go))
    } else {
        (Phase::Deciding, cx.board.alarm)
    };
    if phase != now {
        let causes: Vec<EventId> = by.into_iter().collect();
        cx.board.set_phase(service, phase, &causes);
    }
}

fn find(service: ServiceId, cx: &Cx, wanted: fn(PoolState) -> bool) -> Option<PoolId> {
    cx.world[service].pools.iter().copied().find(|&p| wanted(cx.board.pool(p)))
}

const fn at_work(state: PoolState) -> bool {
    matches!(state, PoolState::Promoting | PoolState::Routing) || restarts(state)
}

const fn dark(state: PoolState) -> bool {
    matches!(state, PoolState::NoPower)
}

const fn led(state: PoolState) -> bool {
    matches!(state, PoolState::Routing)
}

const fn restarts(state: PoolState) -> bool {
    matches!(
        state,
        PoolState::Restarting | PoolState::Checking | PoolState::Provisioning | PoolState::Restoring
    )
}

const fn waits(state: PoolState) -> bool {
    matches!(
        state,
        PoolState::WaitAccess
            | PoolState::WaitBoot
            | PoolState::WaitHands
            | PoolState::WaitData
            | PoolState::WaitParts
            | PoolState::Standby
            | PoolState::Up
    )
}

/// The latest event of a hard dependency that does not serve.
fn missing_need(service: ServiceId, cx: &Cx) -> Option<EventId> {
    let needs = cx.world[service].needs.iter().filter(|n| n.soft.is_none());
    needs.filter(|n| cx.board.share(n.on) <= 0.0).filter_map(|n| cx.board.service_event(n.on)).max()
}
