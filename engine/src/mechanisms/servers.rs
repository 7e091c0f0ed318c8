//! Servers: pools lose power, crash, burn; what was started comes up after its boot time, and what was stopped
//! uncleanly reads its data through before it serves.

use super::{Mechanism, Timer};
use crate::Span;
use crate::kernel::queue::Slot;
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, PoolState, RoomState, Subject, TaskKind};
use crate::world::{Action, PoolId, World};

/// The servers' memory: one alarm a pool for its data check, and the losses so far, so that a start which a new loss
/// overtook comes to nothing.
pub(crate) struct Servers {
    check: Vec<Slot>,
    losses: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Alarm {
    Booted { pool: PoolId, up: u32, losses: u32, by: EventId },
    Checked(PoolId),
    Revived { pool: PoolId, losses: u32, by: EventId },
}

impl Mechanism for Servers {
    type Timer = Alarm;
    const CLASS: u8 = 4;

    fn new(world: &World, cx: &mut Cx) -> Self {
        Self { check: world.pools.iter().map(|_| cx.slot()).collect(), losses: vec![0; world.pools.len()] }
    }

    fn ring(&mut self, alarm: Alarm, cx: &mut Cx) {
        match alarm {
            Alarm::Booted { pool, up, losses, by } => {
                if losses == self.losses[pool.index()] {
                    self.booted(pool, up, by, cx);
                }
            }
            Alarm::Checked(pool) => {
                cx.board.unchecked[pool.index()] = false;
                let by = cx.board.pool_event(pool);
                up(pool, by, cx);
            }
            Alarm::Revived { pool, losses, by } => {
                let up = (cx.board.servers(pool) as u32 + 1).min(cx.world[pool].servers);
                if losses == self.losses[pool.index()] {
                    cx.board.set_servers(pool, up, &[by]);
                }
            }
        }
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        match (heard.subject, heard.change) {
            (Subject::Element(_), Change::Element(_)) => self.power(heard, cx),
            // A burning hall has lost its panels already; burnt, it has lost its servers for good.
            (Subject::Room(room), Change::Room(RoomState::Burnt)) => {
                let world = cx.world;
                for (i, pool) in world.pools.iter().enumerate() {
                    if pool.panels.iter().any(|&p| world[p].room == Some(room)) {
                        self.lose(PoolId::at(i), PoolState::Destroyed, &[heard.id], cx);
                    }
                }
            }
            // What has no power cannot crash.
            (Subject::Pool(pool), Change::Incident(Action::Crash(_)) | Change::Mistake)
                if cx.board.pool(pool) != PoolState::NoPower =>
            {
                self.lose(pool, PoolState::WaitHands, &[heard.id], cx);
            }
            // One server of many: whatever watches over it starts it again, and its fellows hold its data.
            (Subject::Pool(pool), Change::Incident(Action::Kill(_)))
                if matches!(cx.board.pool(pool), PoolState::Up | PoolState::Standby) =>
            {
                let left = (cx.board.servers(pool) as u32).saturating_sub(1);
                let by = cx.board.set_servers(pool, left, &[heard.id]);
                let alarm = Alarm::Revived { pool, losses: self.losses[pool.index()], by };
                cx.after(cx.world.controls.boot_time, Timer::Servers(alarm));
            }
            (Subject::Pool(pool), Change::Progress(task, up)) if task.kind == TaskKind::Boot(pool) => {
                let alarm = Alarm::Booted { pool, up, losses: self.losses[pool.index()], by: heard.id };
                cx.after(cx.world.controls.boot_time, Timer::Servers(alarm));
            }
            _ => {}
        }
    }
}

impl Servers {
    fn power(&mut self, heard: Heard, cx: &mut Cx) {
        let Subject::Element(panel) = heard.subject else { return };
        let world = cx.world;
        for (i, pool) in world.pools.iter().enumerate().filter(|(_, p)| p.panels.contains(&panel)) {
            let id = PoolId::at(i);
            let live = pool.panels.iter().any(|&p| cx.board.live(p));
            match (live, cx.board.pool(id)) {
                (_, PoolState::Destroyed) | (true, PoolState::Up | PoolState::Standby) => {}
                (false, PoolState::NoPower) => {}
                (false, _) => {
                    let causes: Vec<EventId> =
                        pool.panels.iter().filter_map(|&p| cx.board.element_event(p)).collect();
                    self.lose(id, PoolState::NoPower, &causes, cx);
                }
                (true, PoolState::NoPower) => {
                    cx.board.set_pool(id, PoolState::WaitHands, &[heard.id]);
                }
                (true, _) => {}
            }
        }
    }

    fn lose(&mut self, pool: PoolId, to: PoolState, causes: &[EventId], cx: &mut Cx) {
        if cx.board.pool(pool) == PoolState::Destroyed {
            return;
        }
        self.losses[pool.index()] += 1;
        cx.cancel(self.check[pool.index()]);
        let checked = |data: crate::world::Data| data.check_rate.is_some();
        cx.board.unchecked[pool.index()] = cx.world[cx.world[pool].service].data.is_some_and(checked);
        let lost = cx.board.set_pool(pool, to, causes);
        if cx.board.servers(pool) > 0.0 {
            cx.board.set_servers(pool, 0, &[lost]);
        }
    }

    fn booted(&self, pool: PoolId, up_now: u32, by: EventId, cx: &mut Cx) {
        let world = cx.world;
        cx.board.set_servers(pool, up_now, &[by]);
        if up_now < world[pool].servers {
            return;
        }
        if !cx.board.unchecked[pool.index()] {
            up(pool, Some(by), cx);
            return;
        }
        let data = world[world[pool].service].data;
        let wait = data.and_then(|d| d.check_rate.map(|rate| Span::from_secs_f64(d.size / rate)));
        cx.board.set_pool(pool, PoolState::Checking, &[by]);
        cx.set(self.check[pool.index()], wait.unwrap_or(Span::ZERO), Timer::Servers(Alarm::Checked(pool)));
    }
}

fn up(pool: PoolId, by: Option<EventId>, cx: &mut Cx) {
    let state = if cx.board.active[pool.index()] { PoolState::Up } else { PoolState::Standby };
    let causes: Vec<EventId> = by.into_iter().collect();
    cx.board.set_pool(pool, state, &causes);
}
