//! Fire: first passage over the paths between rooms; alarm, gas, water, and the closed door.
//!
//! ```text
//!  ignite ─▶ alarm ─▶ gas ──works──────────────────────▶ out ─▶ cleared
//!                 │     └─fails─▶ decide ─▶ cut + water ─▶ out ─▶ cleared
//!                 └─none there─────▲
//! ```
//!
//! While it burns each room passes the fire on along its paths after a time drawn once: an exponential for an open way,
//! a fixed time for a barrier. The earliest arrival wins, so the fire front is first-passage percolation.

use std::collections::BTreeMap;

use super::{Mechanism, Timer};
use crate::kernel::queue::Slot;
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, RoomState, SiteState, Subject};
use crate::world::{Action, RoomId, SiteId, SpreadKind, World};

/// Shapes of the two waiting times that are sums of many small ones: a decision, and a fire fought for hours.
const DECIDE_SHAPE: u32 = 9;
const WATER_SHAPE: u32 = 36;

/// One fire in one building.
struct Blaze {
    /// The event that carries it on: what comes next is caused by it.
    cause: EventId,
}

/// The fire's memory.
pub(crate) struct Fire {
    blazes: BTreeMap<SiteId, Blaze>,
    /// One alarm a building: alarm, gas, water, out, cleared follow each other.
    stage: Vec<Slot>,
    /// One alarm a path, and the event of the room that burns at its start.
    paths: Vec<Slot>,
    /// One alarm a room: burnt out.
    rooms: Vec<Slot>,
    /// Fires so far, by building, so that a second fire has luck of its own.
    episode: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    Spread(u32, EventId),
    Consumed(RoomId, EventId),
    Alarm(SiteId),
    Gas(SiteId),
    Water(SiteId),
    Out(SiteId),
    Clear(SiteId),
}

impl Mechanism for Fire {
    type Timer = Step;
    const CLASS: u8 = 1;

    fn new(world: &World, cx: &mut Cx) -> Self {
        Self {
            blazes: BTreeMap::new(),
            stage: world.sites.iter().map(|_| cx.slot()).collect(),
            paths: world.spreads.iter().map(|_| cx.slot()).collect(),
            rooms: world.rooms.iter().map(|_| cx.slot()).collect(),
            episode: vec![0; world.sites.len()],
        }
    }

    fn ring(&mut self, step: Step, cx: &mut Cx) {
        match step {
            Step::Spread(path, cause) => {
                let to = cx.world.spreads[path as usize].to;
                self.ignite(to, cause, cx);
            }
            Step::Consumed(room, cause) => {
                cx.board.set_room(room, RoomState::Burnt, &[cause]);
            }
            Step::Alarm(site) => self.alarm(site, cx),
            Step::Gas(site) => self.gas(site, cx),
            Step::Water(site) => self.water(site, cx),
            Step::Out(site) => self.out(site, cx),
            Step::Clear(site) => self.clear(site, cx),
        }
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        if let Change::Incident(Action::Ignite(room)) = heard.change {
            self.ignite(room, heard.id, cx);
        }
    }
}

impl Fire {
    fn ignite(&mut self, room: RoomId, cause: EventId, cx: &mut Cx) {
        if matches!(cx.board.room(room), RoomState::Burning | RoomState::Burnt) {
            return;
        }
        let site = cx.world[room].site;
        let burning = cx.board.set_room(room, RoomState::Burning, &[cause]);
        cx.set(
            self.rooms[room.index()],
            cx.world[site].fire.burn,
            Timer::Fire(Step::Consumed(room, burning)),
        );
        // A fire in a building whose last one is out is a new one, even if nobody was let in yet.
        let fresh = !self.blazes.contains_key(&site) || cx.board.site(site) == SiteState::Barred;
        self.episode[site.index()] += u32::from(fresh);
        self.pass_on(room, burning, cx);
        if fresh {
            self.blazes.insert(site, Blaze { cause: burning });
            cx.board.set_site(site, SiteState::Burning, &[burning]);
            let wait = cx.world[site].fire.detect;
            cx.set(self.stage[site.index()], wait, Timer::Fire(Step::Alarm(site)));
        }
    }

    /// Draws when the fire in a room reaches each neighbour.
    fn pass_on(&self, room: RoomId, burning: EventId, cx: &mut Cx) {
        let world = cx.world;
        for (i, path) in world.spreads.iter().enumerate().filter(|(_, p)| p.from == room) {
            let wait = match path.kind {
                SpreadKind::Barrier(holds) => holds,
                SpreadKind::Mean(mean) => {
                    let name = format!("{}>{}", place(world, path.from), place(world, path.to));
                    self.luck(world[room].site, &name, "spread", cx).wait(mean)
                }
            };
            cx.set(self.paths[i], wait, Timer::Fire(Step::Spread(i as u32, burning)));
        }
    }

    fn luck(&self, site: SiteId, name: &str, what: &str, cx: &Cx) -> crate::kernel::random::Stream {
        cx.luck(name, &format!("{what} {}", self.episode[site.index()].max(1)))
    }

    fn alarm(&mut self, site: SiteId, cx: &mut Cx) {
        let Some(blaze) = self.blazes.get_mut(&site) else { return };
        blaze.cause = cx.board.record(Subject::Site(site), Change::FireAlarm, &[blaze.cause]);
        let rules = &cx.world[site].fire;
        if rules.gas_fitted {
            cx.set(self.stage[site.index()], rules.gas_delay, Timer::Fire(Step::Gas(site)));
        } else {
            self.decide_on_water(site, cx);
        }
    }

    fn decide_on_water(&self, site: SiteId, cx: &mut Cx) {
        let world = cx.world;
        let mut luck = self.luck(site, &world[site].key, "water decision", cx);
        let wait = luck.erlang(DECIDE_SHAPE, world[site].fire.water_decide);
        cx.set(self.stage[site.index()], wait, Timer::Fire(Step::Water(site)));
    }

    fn gas(&mut self, site: SiteId, cx: &mut Cx) {
        let world = cx.world;
        let rules = &world[site].fire;
        let lithium = burning(world, site, cx).any(|r| world[r].lithium);
        let p = if lithium { rules.gas_works_lithium } else { rules.gas_works };
        let worked = self.luck(site, &world[site].key, "gas", cx).chance(p);
        let Some(blaze) = self.blazes.get_mut(&site) else { return };
        blaze.cause = cx.board.record(Subject::Site(site), Change::Gas { worked }, &[blaze.cause]);
        if worked {
            self.out(site, cx);
        } else {
            self.decide_on_water(site, cx);
        }
    }

    fn water(&mut self, site: SiteId, cx: &mut Cx) {
        let wait = self
            .luck(site, &cx.world[site].key, "water", cx)
            .erlang(WATER_SHAPE, cx.world[site].fire.water_time);
        let Some(blaze) = self.blazes.get_mut(&site) else { return };
        let ordered = cx.board.record(Subject::Site(site), Change::CutOrdered, &[blaze.cause]);
        blaze.cause = cx.board.set_site(site, SiteState::Flooding, &[ordered]);
        cx.set(self.stage[site.index()], wait, Timer::Fire(Step::Out(site)));
    }

    fn out(&mut self, site: SiteId, cx: &mut Cx) {
        let Some(blaze) = self.blazes.get_mut(&site) else { return };
        let cause = blaze.cause;
        let rooms: Vec<RoomId> = burning(cx.world, site, cx).collect();
        for room in rooms {
            cx.cancel(self.rooms[room.index()]);
            cx.board.set_room(room, RoomState::Damaged, &[cause]);
        }
        for (i, path) in cx.world.spreads.iter().enumerate() {
            if cx.world[path.from].site == site {
                cx.cancel(self.paths[i]);
            }
        }
        blaze.cause = cx.board.set_site(site, SiteState::Barred, &[cause]);
        let wait = cx.world[site].fire.clear;
        cx.set(self.stage[site.index()], wait, Timer::Fire(Step::Clear(site)));
    }

    fn clear(&mut self, site: SiteId, cx: &mut Cx) {
        let Some(blaze) = self.blazes.remove(&site) else { return };
        let cleared = cx.board.record(Subject::Site(site), Change::Cleared, &[blaze.cause]);
        cx.board.set_site(site, SiteState::Recovering, &[cleared]);
    }
}

fn burning<'a>(world: &'a World, site: SiteId, cx: &'a Cx) -> impl Iterator<Item = RoomId> + 'a {
    (0..world.rooms.len())
        .map(RoomId::at)
        .filter(move |&r| world[r].site == site && cx.board.room(r) == RoomState::Burning)
}

/// `site/room`, which names a room's luck whatever its position.
fn place(world: &World, room: RoomId) -> String {
    let room = &world[room];
    format!("{}/{}", world[room.site].key, room.key)
}
