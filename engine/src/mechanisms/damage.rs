//! Damage: servers are damaged by water, by heat and by power that comes back all at once, and others are put in their place.
//!
//! ```text
//!  damaged ─▶ spares in the building ─────────▶ replace (a batch of work) ─▶ started with, or after, the rest
//!     └────▶ ordered ─ lead time ─▶ arrived ──────▲
//! ```
//!
//! A damaged server does not start. Nothing is replaced before people may enter.

use std::collections::BTreeMap;

use super::tasks::pool_name;
use super::{Mechanism, Timer};
use crate::kernel::order::sorted;
use crate::run::{Cx, Heard};
use crate::trace::{Change, ElementState, EventId, PoolState, RoomState, SiteState, Subject, Task, TaskKind};
use crate::world::{ElementId, ElementKind, PoolId, RoomId, SiteId, World};

/// What is under way for a pool's damaged servers: ordered, here, and being installed; of these so many are done.
#[derive(Clone, Copy, Default)]
struct Repair {
    ordered: u32,
    here: u32,
    asked: u32,
    done: u32,
}

impl Repair {
    const fn covered(self) -> u32 {
        self.ordered + self.here + (self.asked - self.done)
    }
}

/// Power that came back to a building in this instant, and not because people switched it on.
#[derive(Default)]
struct Back {
    kw: f64,
    events: Vec<EventId>,
    /// Pools that had been dark.
    pools: Vec<PoolId>,
}

/// The memory of what was damaged.
pub(crate) struct Damage {
    /// Spare servers left, by site.
    spares: Vec<u32>,
    repairs: Vec<Repair>,
    /// How often something damaged servers of each pool: every time has luck of its own.
    times: Vec<u32>,
    /// Elements that gave power when last heard of.
    lit: Vec<bool>,
    back: BTreeMap<SiteId, Back>,
}

/// Ordered servers arrive.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrive(PoolId, u32, EventId);

impl Mechanism for Damage {
    type Timer = Arrive;
    const CLASS: u8 = 17;

    fn new(world: &World, _cx: &mut Cx) -> Self {
        Self {
            spares: world.sites.iter().map(|s| s.hardware.spares).collect(),
            repairs: vec![Repair::default(); world.pools.len()],
            times: vec![0; world.pools.len()],
            lit: vec![true; world.elements.len()],
            back: BTreeMap::new(),
        }
    }

    fn ring(&mut self, Arrive(pool, count, order): Arrive, cx: &mut Cx) {
        let repair = &mut self.repairs[pool.index()];
        repair.ordered -= count;
        repair.here += count;
        self.install(pool, order, cx);
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        match (heard.subject, heard.change) {
            (Subject::Room(room), Change::Room(RoomState::Flooded)) => {
                let share = cx.world[cx.world[room].site].fire.water_damage;
                for pool in standing(room, cx.world) {
                    self.damage_share(pool, share, &[heard.id], cx);
                }
            }
            (Subject::Room(room), Change::Room(RoomState::Hot))
                if !cx.world[cx.world[room].site].shutdown =>
            {
                for pool in standing(room, cx.world) {
                    self.damage_share(pool, cx.world.heat.broken, &[heard.id], cx);
                }
            }
            (Subject::Element(element), Change::Element(state)) => {
                self.switched(element, state, heard.id, cx);
            }
            (Subject::Pool(pool), Change::Damaged(_)) => self.provide(pool, heard.id, cx),
            // Our people come in later where a landlord has to let them in.
            (Subject::Site(site), Change::Cleared | Change::Site(SiteState::Recovering)) => {
                for pool in of_site(site, cx.world) {
                    self.provide(pool, heard.id, cx);
                }
            }
            (Subject::Site(site), Change::Site(SiteState::Burning)) => self.flee(site, heard.id, cx),
            (_, Change::Progress(Task { kind: TaskKind::Replace(pool), .. }, done)) => {
                let repair = &mut self.repairs[pool.index()];
                let fresh = done - std::mem::replace(&mut repair.done, done);
                cx.board.replace_servers(pool, fresh, &[heard.id]);
            }
            (_, Change::Done(Task { kind: TaskKind::Replace(pool), .. })) => {
                let repair = &mut self.repairs[pool.index()];
                (repair.asked, repair.done) = (0, 0);
                self.install(pool, heard.id, cx);
            }
            _ => {}
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        while let Some((site, back)) = self.back.pop_first() {
            let rules = &cx.world[site].restore;
            let all: f64 = panels(site, cx.world).map(|panel| panel.1).sum();
            if back.kw > rules.stage_max * all && !back.pools.is_empty() {
                let surge = cx.board.record(Subject::Site(site), Change::Surge, &back.events);
                for pool in sorted(back.pools, &Ord::cmp) {
                    self.damage_share(pool, rules.surge, &[surge], cx);
                }
            }
        }
    }
}

impl Damage {
    /// A share of a pool's servers is damaged, of those that are sound. What is left of a server is luck: of ten of which a
    /// fiftieth breaks, one does in a fifth of the cases.
    fn damage_share(&mut self, pool: PoolId, share: f64, causes: &[EventId], cx: &mut Cx) {
        let times = &mut self.times[pool.index()];
        *times += 1;
        let luck = cx.luck(&pool_name(pool, cx.world), &format!("damage {times}")).uniform();
        let sound = cx.board.sound(pool, cx.world);
        let harmed = ((f64::from(cx.world[pool].servers) * share + luck) as u32).min(sound);
        if harmed > 0 && cx.board.pool(pool) != PoolState::Destroyed {
            cx.board.damage_servers(pool, harmed, causes);
        }
    }

    /// Remembers power that comes back by itself where nothing holds it apart.
    fn switched(&mut self, element: ElementId, state: ElementState, event: EventId, cx: &Cx) {
        let world = cx.world;
        let was_lit = std::mem::replace(&mut self.lit[element.index()], state.gives());
        let (site, ElementKind::Panel { kw }) = (world[element].site, &world[element].kind) else { return };
        let by_people = || {
            let mut causes = cx.board.events()[event.0 as usize].causes.iter();
            let switched = |change| {
                matches!(change, Change::Energise | Change::Done(Task { kind: TaskKind::Reclose(_), .. }))
            };
            causes.any(|c| switched(cx.board.events()[c.0 as usize].change))
        };
        if was_lit || !state.gives() || world[site].restore.sequenced || by_people() {
            return;
        }
        let back = self.back.entry(site).or_default();
        back.kw += kw;
        back.events.push(event);
        for pool in of_site(site, world) {
            let dark = cx.board.pool(pool) == PoolState::NoPower && world[pool].panels.contains(&element);
            if dark && !back.pools.contains(&pool) {
                back.pools.push(pool);
            }
        }
    }

    /// Finds servers for those damaged for which there are none yet: spares first, the rest is ordered.
    fn provide(&mut self, pool: PoolId, cause: EventId, cx: &mut Cx) {
        let site = cx.world[pool].site;
        if !cx.board.site(site).lets_in() || cx.board.pool(pool) == PoolState::Destroyed {
            return;
        }
        let repair = &mut self.repairs[pool.index()];
        let wanted = cx.board.damaged(pool).saturating_sub(repair.covered());
        let spares = &mut self.spares[site.index()];
        let taken = wanted.min(*spares);
        *spares -= taken;
        repair.here += taken;
        let ordered = wanted - taken;
        if ordered > 0 {
            repair.ordered += ordered;
            let order = cx.board.record(Subject::Pool(pool), Change::Ordered(ordered), &[cause]);
            cx.after(cx.world[site].hardware.lead, Timer::Damage(Arrive(pool, ordered, order)));
        }
        self.install(pool, cause, cx);
    }

    /// Asks for the work, one batch a pool at a time.
    fn install(&mut self, pool: PoolId, cause: EventId, cx: &mut Cx) {
        let repair = &mut self.repairs[pool.index()];
        let site = cx.world[pool].site;
        let may = cx.board.site(site).lets_to_servers(&cx.world[site].landlord);
        if repair.asked == 0 && repair.here > 0 && may {
            repair.asked = std::mem::take(&mut repair.here);
            cx.board.parts[pool.index()] = repair.asked;
            cx.board.record(Subject::Pool(pool), Change::Queued(replacing(pool)), &[cause]);
        }
    }

    /// It burns again: everybody out.
    fn flee(&mut self, site: SiteId, fire: EventId, cx: &mut Cx) {
        for pool in of_site(site, cx.world) {
            let repair = &mut self.repairs[pool.index()];
            if repair.asked > 0 {
                repair.here += repair.asked - repair.done;
                (repair.asked, repair.done) = (0, 0);
                cx.board.record(Subject::Pool(pool), Change::Dropped(replacing(pool)), &[fire]);
            }
        }
    }
}

const fn replacing(pool: PoolId) -> Task {
    Task { kind: TaskKind::Replace(pool), by_hand: true }
}

/// Pools whose servers stand in a room: their panels do.
fn standing(room: RoomId, world: &World) -> Vec<PoolId> {
    let here = |p: &PoolId| world[*p].panels.iter().any(|&e| world[e].room == Some(room));
    (0..world.pools.len()).map(PoolId::at).filter(here).collect()
}

fn of_site(site: SiteId, world: &World) -> impl Iterator<Item = PoolId> + '_ {
    (0..world.pools.len()).map(PoolId::at).filter(move |&p| world[p].site == site)
}

/// Panels of a building with their ratings.
fn panels(site: SiteId, world: &World) -> impl Iterator<Item = (ElementId, f64)> + '_ {
    world.elements.iter().enumerate().filter(move |(_, e)| e.site == site).filter_map(|(i, e)| match e.kind {
        ElementKind::Panel { kw } => Some((ElementId::at(i), kw)),
        _ => None,
    })
}
