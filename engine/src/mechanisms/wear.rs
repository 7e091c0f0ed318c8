//! Wear: servers break by themselves, one at a time, and hands repair them: the machine-repair model.
//!
//! Each server that runs breaks after an exponential time, so a pool of n breaks with the hazard n/`mtbf`: an exponential
//! amount of exposure that is used up at the rate of the servers up. It is noticed at once, as what every operator watches for,
//! and repaired by the hands of whoever starts the service, where people may be. The repair is exponential too: what broke
//! and whether it is in stock is not known beforehand. Off unless a service says how its servers wear.

use std::collections::BTreeMap;

use super::{Mechanism, Timer};
use crate::kernel::queue::Slot;
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, PoolState, Subject, Task, TaskKind};
use crate::world::{PoolId, World};
use crate::{Span, Time};

/// Pools that wear.
pub(crate) struct Wear {
    pools: BTreeMap<PoolId, Servers>,
}

struct Servers {
    slot: Slot,
    /// Exposure until the next one breaks, in units of one server's mean life.
    left: f64,
    rate: f64,
    since: Time,
    /// How many broke so far: each has luck of its own.
    lives: u32,
    /// Those broken, by number, and whether their repair was asked for.
    broken: BTreeMap<u32, bool>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Broke(PoolId);

impl Mechanism for Wear {
    type Timer = Broke;
    const CLASS: u8 = 15;

    fn new(world: &World, cx: &mut Cx) -> Self {
        let ids = (0..world.pools.len()).map(PoolId::at).filter(|&p| world[world[p].service].wear.is_some());
        let ids: Vec<PoolId> = ids.collect();
        let servers = |id: PoolId| Servers {
            slot: cx.slot(),
            left: exposure(id, 0, cx),
            rate: 0.0,
            since: Time::ZERO,
            lives: 0,
            broken: BTreeMap::new(),
        };
        Self { pools: ids.iter().copied().zip(ids.iter().copied().map(servers)).collect() }
    }

    fn begin(&mut self, cx: &mut Cx) {
        for (&pool, servers) in &mut self.pools {
            servers.expose(pool, cx);
        }
    }

    fn ring(&mut self, Broke(pool): Broke, cx: &mut Cx) {
        let Some(servers) = self.pools.get_mut(&pool) else { return };
        servers.lives += 1;
        (servers.left, servers.rate, servers.since) = (exposure(pool, servers.lives, cx), 0.0, cx.now());
        let broke = cx.board.record(Subject::Pool(pool), Change::Broke, &[]);
        let unit = (0..).find(|unit| !servers.broken.contains_key(unit)).unwrap_or(0);
        servers.broken.insert(unit, false);
        servers.count(pool, broke, cx);
        servers.ask(pool, broke, cx);
        servers.expose(pool, cx);
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        if self.pools.is_empty() {
            return;
        }
        match (heard.subject, heard.change) {
            (Subject::Pool(pool), Change::Servers(_)) => {
                if let Some(servers) = self.pools.get_mut(&pool) {
                    servers.expose(pool, cx);
                }
            }
            (_, Change::Done(Task { kind: TaskKind::Repair { of, unit }, .. })) => {
                if let Some(servers) = self.pools.get_mut(&of) {
                    servers.broken.remove(&unit);
                    servers.count(of, heard.id, cx);
                }
            }
            (Subject::Pool(pool), Change::Pool(PoolState::Destroyed)) => {
                if let Some(servers) = self.pools.get_mut(&pool) {
                    servers.drop(pool, heard.id, cx);
                    servers.broken.clear();
                    cx.board.broken[pool.index()] = 0;
                }
            }
            (Subject::Site(site), Change::Site(state)) => {
                for (&pool, servers) in self.pools.iter_mut().filter(|(p, _)| cx.world[**p].site == site) {
                    if state.lets_to_servers(&cx.world[site].landlord) {
                        servers.ask(pool, heard.id, cx);
                    } else {
                        servers.drop(pool, heard.id, cx);
                    }
                }
            }
            _ => {}
        }
    }
}

impl Servers {
    /// Goes on using up exposure at the rate of the servers that run now.
    fn expose(&mut self, pool: PoolId, cx: &mut Cx) {
        let Some(wear) = cx.world[cx.world[pool].service].wear else { return };
        let used = self.rate * cx.now().since(self.since).secs();
        self.left = (self.left - used).max(0.0);
        self.since = cx.now();
        self.rate = cx.board.servers(pool) / wear.mtbf.secs().max(1e-6);
        if self.rate > 0.0 {
            cx.set(self.slot, Span::from_secs_f64(self.left / self.rate), Timer::Wear(Broke(pool)));
        } else {
            cx.cancel(self.slot);
        }
    }

    /// All that are not broken run, if the pool does.
    fn count(&self, pool: PoolId, by: EventId, cx: &mut Cx) {
        let broken = self.broken.len() as u32;
        cx.board.broken[pool.index()] = broken;
        let runs = matches!(
            cx.board.pool(pool),
            PoolState::Up
                | PoolState::Routing
                | PoolState::Standby
                | PoolState::Promoting
                | PoolState::Checking
        );
        if runs {
            cx.board.set_servers(pool, cx.board.sound(pool, cx.world), &[by]);
        }
    }

    /// Asks for every repair that was not asked for, where people may be.
    fn ask(&mut self, pool: PoolId, by: EventId, cx: &mut Cx) {
        let site = cx.world[pool].site;
        if !cx.board.site(site).lets_to_servers(&cx.world[site].landlord) {
            return;
        }
        for (&unit, asked) in self.broken.iter_mut().filter(|b| !*b.1) {
            *asked = true;
            cx.board.record(Subject::Pool(pool), Change::Queued(repair(pool, unit)), &[by]);
        }
    }

    /// Takes back what was asked for.
    fn drop(&mut self, pool: PoolId, because: EventId, cx: &mut Cx) {
        for (&unit, asked) in self.broken.iter_mut().filter(|b| *b.1) {
            *asked = false;
            cx.board.record(Subject::Pool(pool), Change::Dropped(repair(pool, unit)), &[because]);
        }
    }
}

const fn repair(of: PoolId, unit: u32) -> Task {
    Task { kind: TaskKind::Repair { of, unit }, by_hand: true }
}

/// Exposure that a pool's next break takes, with mean one.
fn exposure(pool: PoolId, lives: u32, cx: &Cx) -> f64 {
    cx.luck(&super::tasks::pool_name(pool, cx.world), &format!("life {lives}")).exponential()
}
