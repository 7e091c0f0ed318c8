//! Fire: first passage over the paths between rooms; alarm, gas, water, and the closed door.
//!
//! ```text
//!  ignite ─▶ alarm ─▶ gas ──works──────────────────────▶ out ─▶ cleared
//!                 │     └─fails─▶ decide ─▶ cut + water ─▶ out ─▶ cleared
//!                 └─none there─────▲
//! ```
//!
//! While it burns each room passes the fire on along its paths after a time drawn once: an exponential for an open way,
//! a fixed time for a barrier. The earliest arrival wins, so the fire front is first-passage percolation. Smoke runs ahead
//! along paths of its own in the same way, and water, once it is used, on to rooms below and beside.

use std::collections::BTreeMap;

use super::{Mechanism, Timer};
use crate::Span;
use crate::kernel::queue::Slot;
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, RoomState, SiteState, Subject};
use crate::trace::{Task, TaskKind};
use crate::world::{Action, Medium, RoomId, RoomKind, SiteId, Spread, SpreadKind, World};

/// Shape of the time a decision takes: the sum of many small ones.
const DECIDE_SHAPE: u32 = 9;

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
    LetIn(SiteId, EventId),
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
                let Spread { medium, to, .. } = cx.world.spreads[path as usize];
                let there = cx.board.room(to);
                let clean = matches!(there, RoomState::Ok | RoomState::Warm | RoomState::Hot);
                match medium {
                    Medium::Fire => self.ignite(to, cause, cx),
                    Medium::Smoke if clean => {
                        cx.board.set_room(to, RoomState::Smoky, &[cause]);
                    }
                    Medium::Water if clean || there == RoomState::Smoky => {
                        let flooded = cx.board.set_room(to, RoomState::Flooded, &[cause]);
                        self.pass_on(to, Medium::Water, flooded, cx);
                    }
                    Medium::Smoke | Medium::Water => {}
                }
            }
            Step::Consumed(room, cause) => {
                cx.board.set_room(room, RoomState::Burnt, &[cause]);
            }
            Step::Alarm(site) => self.alarm(site, cx),
            Step::Gas(site) => self.gas(site, cx),
            Step::Water(site) => self.water(site, cx),
            Step::Out(site) => self.out(site, cx),
            Step::Clear(site) => self.clear(site, cx),
            Step::LetIn(site, by) => {
                cx.board.set_site(site, SiteState::Recovering, &[by]);
            }
        }
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        match heard.change {
            Change::Incident(Action::Ignite(room)) => self.incident(room, heard.id, cx),
            Change::Done(Task { kind: TaskKind::Clean(panel), .. }) => {
                let room = cx.world[panel].room;
                let foul = |r: &RoomId| matches!(cx.board.room(*r), RoomState::Smoky | RoomState::Flooded);
                if let Some(room) = room.filter(foul) {
                    cx.board.set_room(room, RoomState::Ok, &[heard.id]);
                }
            }
            _ => {}
        }
    }
}

impl Fire {
    /// What would burn burns, unless it is a battery whose monitoring was ahead of it.
    fn incident(&mut self, room: RoomId, cause: EventId, cx: &mut Cx) {
        let world = cx.world;
        let (site, fresh) = (world[room].site, !self.blazes.contains_key(&world[room].site));
        let early = world[site].fire.early.filter(|_| world[room].kind == RoomKind::Battery && fresh);
        let Some(early) = early else { return self.ignite(room, cause, cx) };
        let mut luck = cx.luck(&place(world, room), &format!("early {}", self.episode[site.index()] + 1));
        let seen = luck.chance(early.works);
        if seen && luck.wait(early.lead) >= early.isolate {
            cx.board.record(Subject::Room(room), Change::Isolated, &[cause]);
            return;
        }
        self.ignite(room, cause, cx);
        if seen {
            self.alarm(site, cx);
        }
    }

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
        self.pass_on(room, Medium::Fire, burning, cx);
        self.pass_on(room, Medium::Smoke, burning, cx);
        if cx.board.site(site) == SiteState::Flooding {
            self.pass_on(room, Medium::Water, burning, cx);
        }
        if fresh {
            self.blazes.insert(site, Blaze { cause: burning });
            cx.board.set_site(site, SiteState::Burning, &[burning]);
            let wait = cx.world[site].fire.detect;
            cx.set(self.stage[site.index()], wait, Timer::Fire(Step::Alarm(site)));
        }
    }

    /// Draws when what is in a room reaches each neighbour.
    fn pass_on(&self, room: RoomId, medium: Medium, by: EventId, cx: &mut Cx) {
        let world = cx.world;
        let what = match medium {
            Medium::Fire => "spread",
            Medium::Smoke => "smoke",
            Medium::Water => "leak",
        };
        for (i, path) in world.spreads.iter().enumerate() {
            if path.from != room || path.medium != medium {
                continue;
            }
            let wait = match path.kind {
                SpreadKind::Barrier(holds) => holds,
                SpreadKind::Mean(mean) => {
                    let name = format!("{}>{}", place(world, path.from), place(world, path.to));
                    self.luck(world[room].site, &name, what, cx).wait(mean)
                }
            };
            cx.set(self.paths[i], wait, Timer::Fire(Step::Spread(i as u32, by)));
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
        let rules = &cx.world[site].fire;
        let mut luck = self.luck(site, &cx.world[site].key, "water", cx);
        let wait = luck.erlang(rules.water_shape, rules.water_time);
        let Some(blaze) = self.blazes.get_mut(&site) else { return };
        let ordered = cx.board.record(Subject::Site(site), Change::CutOrdered, &[blaze.cause]);
        let flooding = cx.board.set_site(site, SiteState::Flooding, &[ordered]);
        blaze.cause = flooding;
        cx.set(self.stage[site.index()], wait, Timer::Fire(Step::Out(site)));
        let fought: Vec<RoomId> = burning(cx.world, site, cx).collect();
        for room in fought {
            self.pass_on(room, Medium::Water, flooding, cx);
        }
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
        let entry = cx.world[site].landlord.entry;
        if entry > Span::ZERO {
            // A fire that breaks out meanwhile takes the alarm, and with it the permit.
            let permit = cx.board.set_site(site, SiteState::Permit, &[cleared]);
            cx.set(self.stage[site.index()], entry, Timer::Fire(Step::LetIn(site, permit)));
        } else {
            cx.board.set_site(site, SiteState::Recovering, &[cleared]);
        }
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
