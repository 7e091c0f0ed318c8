//! Servers: pools lose power, crash, burn, are damaged; what was started comes up after its boot time. Whether its data are
//! then fit to be served is the data's business.

use super::{Mechanism, Timer};
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, PoolState, RoomState, Subject, TaskKind};
use crate::world::{Action, ElementId, PoolId, PoolRole, Role, RoomId, ServiceId, World};

/// The servers' memory: the losses so far, so that a start which a new loss overtook comes to nothing.
pub(crate) struct Servers {
    losses: Vec<u32>,
    /// The pools on each element, and those in each room.
    on: Vec<Vec<PoolId>>,
    within: Vec<Vec<PoolId>>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Alarm {
    Booted { pool: PoolId, up: u32, losses: u32, by: EventId },
    Added { pool: PoolId, more: u32, losses: u32, by: EventId },
}

impl Mechanism for Servers {
    type Timer = Alarm;
    const CLASS: u8 = 4;

    fn new(world: &World, _cx: &mut Cx) -> Self {
        let mut on = vec![Vec::new(); world.elements.len()];
        let mut within = vec![Vec::new(); world.rooms.len()];
        for (i, pool) in world.pools.iter().enumerate() {
            for &panel in &pool.panels {
                on[panel.index()].push(PoolId::at(i));
                if let Some(room) = world[panel].room {
                    within[room.index()].push(PoolId::at(i));
                }
            }
        }
        Self { losses: vec![0; world.pools.len()], on, within }
    }

    fn ring(&mut self, alarm: Alarm, cx: &mut Cx) {
        match alarm {
            Alarm::Booted { pool, up, losses, by } => {
                if losses == self.losses[pool.index()] {
                    self.booted(pool, up, by, cx);
                }
            }
            Alarm::Added { pool, more, losses, by } => {
                if losses == self.losses[pool.index()] {
                    let up = (cx.board.servers(pool) as u32 + more).min(cx.board.sound(pool, cx.world));
                    cx.board.set_servers(pool, up, &[by]);
                }
            }
        }
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        match (heard.subject, heard.change) {
            (Subject::Element(panel), Change::Element(_)) => self.power(panel, heard.id, cx),
            (Subject::Room(room), Change::Room(RoomState::Burnt)) => self.burn(room, heard.id, cx),
            (Subject::Pool(pool), Change::Incident(Action::Crash(_)) | Change::Mistake)
                if runs(cx.board.pool(pool)) =>
            {
                self.lose(pool, PoolState::WaitHands, &[heard.id], cx);
            }
            // One server of many: whatever watches over it starts it again, and its fellows hold its data.
            (Subject::Pool(pool), Change::Incident(Action::Kill(_)))
                if matches!(cx.board.pool(pool), PoolState::Up | PoolState::Routing | PoolState::Standby)
                    && cx.board.servers(pool) > 0.0 =>
            {
                let left = (cx.board.servers(pool) as u32).saturating_sub(1);
                let by = cx.board.set_servers(pool, left, &[heard.id]);
                self.add(pool, 1, by, cx);
            }
            (Subject::Service(service), Change::Restarted) => self.restart(service, heard.id, cx),
            (Subject::Pool(pool), Change::Damaged(_)) => self.damaged(pool, heard.id, cx),
            // What is put in the place of damaged servers starts at once where the rest run, else with the rest.
            (Subject::Pool(pool), Change::Replaced(more)) => match cx.board.pool(pool) {
                PoolState::Up
                | PoolState::Routing
                | PoolState::Standby
                | PoolState::Promoting
                | PoolState::Checking => {
                    self.add(pool, more, heard.id, cx);
                }
                PoolState::WaitParts => {
                    cx.board.set_pool(pool, at_rest(pool, cx), &[heard.id]);
                }
                _ => {}
            },
            (Subject::Pool(pool), Change::Progress(task, done)) => {
                let before = match (task.kind, cx.world[pool].role) {
                    (TaskKind::Boot(_), _) => 0,
                    // What is installed beside a pilot's running servers starts and joins them.
                    (TaskKind::Provision(_), PoolRole::Pilot) => cx.world[pool].running,
                    _ => return,
                };
                let losses = self.losses[pool.index()];
                let alarm = Alarm::Booted { pool, up: before + done, losses, by: heard.id };
                cx.after(cx.world.controls.boot_time, Timer::Servers(alarm));
            }
            _ => {}
        }
    }
}

impl Servers {
    fn power(&mut self, panel: ElementId, by: EventId, cx: &mut Cx) {
        let world = cx.world;
        for i in 0..self.on[panel.index()].len() {
            let id = self.on[panel.index()][i];
            let panels = &world[id].panels;
            let live = panels.iter().any(|&p| cx.board.live(p));
            match (live, cx.board.pool(id)) {
                (_, PoolState::Destroyed) | (false, PoolState::NoPower) => {}
                (false, _) => {
                    let causes: Vec<EventId> =
                        panels.iter().filter_map(|&p| cx.board.element_event(p)).collect();
                    self.lose(id, PoolState::NoPower, &causes, cx);
                }
                (true, PoolState::NoPower) => {
                    cx.board.set_pool(id, at_rest(id, cx), &[by]);
                }
                (true, _) => {}
            }
        }
    }

    /// A burning hall has lost its panels already; burnt, it has lost its servers for good.
    fn burn(&mut self, room: RoomId, by: EventId, cx: &mut Cx) {
        for i in 0..self.within[room.index()].len() {
            self.lose(self.within[room.index()][i], PoolState::Destroyed, &[by], cx);
        }
    }

    /// A watchdog stops and starts what serves of a service, as far as the monitor it listens to reaches.
    fn restart(&mut self, service: ServiceId, by: EventId, cx: &mut Cx) {
        for &pool in &cx.world[service].pools {
            let reached = cx.board.does_at(Role::Monitor, cx.world[pool].site, cx.world) == Some(true);
            if reached && cx.board.pool(pool) == PoolState::Up {
                let up = (cx.board.servers(pool) as u32).max(cx.world[pool].startable());
                self.lose(pool, PoolState::Restarting, &[by], cx);
                let alarm = Alarm::Booted { pool, up, losses: self.losses[pool.index()], by };
                cx.after(cx.world.controls.boot_time, Timer::Servers(alarm));
            }
        }
    }

    /// More servers of a pool come up in a while.
    fn add(&self, pool: PoolId, more: u32, by: EventId, cx: &mut Cx) {
        let alarm = Alarm::Added { pool, more, losses: self.losses[pool.index()], by };
        cx.after(cx.world.controls.boot_time, Timer::Servers(alarm));
    }

    /// Damaged servers do not run, and where none is sound nothing can be started.
    fn damaged(&mut self, pool: PoolId, by: EventId, cx: &mut Cx) {
        let sound = cx.board.sound(pool, cx.world);
        if sound == 0 && runs(cx.board.pool(pool)) {
            self.lose(pool, PoolState::WaitParts, &[by], cx);
        } else if cx.board.servers(pool) > f64::from(sound) {
            cx.board.set_servers(pool, sound, &[by]);
        }
    }

    fn lose(&mut self, pool: PoolId, to: PoolState, causes: &[EventId], cx: &mut Cx) {
        if cx.board.pool(pool) == PoolState::Destroyed {
            return;
        }
        self.losses[pool.index()] += 1;
        cx.board.crashed[pool.index()] = 0;
        let lost = cx.board.set_pool(pool, to, causes);
        if cx.board.servers(pool) > 0.0 {
            cx.board.set_servers(pool, 0, &[lost]);
        }
    }

    fn booted(&self, pool: PoolId, up_now: u32, by: EventId, cx: &mut Cx) {
        let world = cx.world;
        let whole = up_now.min(cx.board.sound(pool, world));
        cx.board.set_servers(pool, whole.saturating_sub(cx.board.crashed[pool.index()]), &[by]);
        if up_now < world[pool].startable() || cx.board.pool(pool) != PoolState::Restarting {
            return;
        }
        let state = match (cx.board.unchecked(pool), cx.board.active[pool.index()]) {
            (true, _) => PoolState::Checking,
            (false, true) => super::routes::state(pool, cx),
            (false, false) => PoolState::Standby,
        };
        cx.board.set_pool(pool, state, &[by]);
    }
}

/// Whether there is anything in it that a crash could stop.
const fn runs(state: PoolState) -> bool {
    use PoolState::{Destroyed, NoPower, Off, Stored, WaitParts};
    !matches!(state, NoPower | Off | Stored | WaitParts | Destroyed)
}

/// What a pool is when it has power and nothing has been done about it.
fn at_rest(pool: PoolId, cx: &Cx) -> PoolState {
    match cx.world[pool].role {
        PoolRole::Backup => PoolState::Stored,
        PoolRole::Cold if !cx.board.installed[pool.index()] => PoolState::Off,
        _ if cx.board.sound(pool, cx.world) == 0 => PoolState::WaitParts,
        PoolRole::Cold if cx.board.empty[pool.index()] => PoolState::WaitData,
        _ => PoolState::WaitHands,
    }
}
