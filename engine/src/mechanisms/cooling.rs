//! Cooling: chillers that stop with their power and start again by themselves or by hand, and halls that warm without them.
//!
//! ```text
//!  °C        ┌ shut down: panels of the hall are switched off on purpose
//!  shutdown ─┤
//!            │ throttled: servers slow themselves down
//!  throttle ─┤
//!  supply  ──┴── as built ── again at `resume`, once enough chillers run
//! ```
//!
//! A hall tends to `supply + rise · max(0, load − cooling)`, load being its servers' draw as a share of their peak and
//! cooling the chillers that run as a share of those needed, with time constant τ: `τ T' = T∞ − T`. The next limit is
//! reached after `τ ln((T∞ − T) / (T∞ − limit))`, so one alarm a hall is enough; it moves when load or cooling changes.

use super::capacity::{stands, takes};
use super::{Mechanism, Timer};
use crate::kernel::math;
use crate::kernel::queue::Slot;
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, RoomState, SiteState, Subject, Task, TaskKind};
use crate::world::{ElementId, ElementKind, PoolId, Restart, RoomId, RoomKind, SiteId, World};
use crate::{Span, Time};

/// The cooling's memory. Buildings without chillers of their own have no part in it.
pub(crate) struct Cooling {
    plants: Vec<Plant>,
    halls: Vec<Hall>,
}

/// Chillers of one kind at one place.
struct Plant {
    id: ElementId,
    running: u32,
    /// Power arrives.
    powered: bool,
    /// Units that somebody is asked to start.
    asked: Vec<u32>,
    slot: Slot,
    /// What brought it into this state.
    because: Option<EventId>,
}

struct Hall {
    id: RoomId,
    /// Its pools, and the share of their servers that stands in it.
    pools: Vec<(PoolId, f64)>,
    /// kW of its servers at their peak.
    peak: f64,
    /// °C at `since`, on the way to `target`.
    temperature: f64,
    target: f64,
    since: Time,
    slot: Slot,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Alarm {
    /// A hall's next limit, in °C.
    Limit(u32, f64),
    Restarted(u32),
}

impl Mechanism for Cooling {
    type Timer = Alarm;
    const CLASS: u8 = 3;

    fn new(world: &World, cx: &mut Cx) -> Self {
        let ids = (0..world.elements.len()).map(ElementId::at);
        let plants: Vec<Plant> = ids
            .filter_map(|id| match world[id].kind {
                ElementKind::Chillers { n, .. } => Some(Plant {
                    id,
                    running: n,
                    powered: true,
                    asked: Vec::new(),
                    slot: cx.slot(),
                    because: None,
                }),
                _ => None,
            })
            .collect();
        let cooled = |site| plants.iter().any(|p| world[p.id].site == site);
        let halls = (0..world.rooms.len()).map(RoomId::at);
        let halls = halls.filter(|&r| world[r].kind == RoomKind::Hall && cooled(world[r].site));
        let halls = halls.map(|id| Hall::new(id, world, cx)).collect();
        Self { plants, halls }
    }

    fn ring(&mut self, alarm: Alarm, cx: &mut Cx) {
        match alarm {
            Alarm::Limit(hall, limit) => {
                let hall = &mut self.halls[hall as usize];
                (hall.temperature, hall.since) = (limit, cx.now());
                hall.target = f64::NAN;
            }
            Alarm::Restarted(index) => {
                let plant = &mut self.plants[index as usize];
                let causes: Vec<EventId> = plant.because.into_iter().collect();
                plant.runs(size(plant.id, cx.world).0, &causes, cx);
            }
        }
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        match (heard.subject, heard.change) {
            (Subject::Element(id), Change::Element(state)) => {
                if let Some(at) = self.plants.iter().position(|p| p.id == id) {
                    self.power(at, state.gives(), heard.id, cx);
                }
            }
            (_, Change::Done(Task { kind: TaskKind::Chiller { of, unit }, .. })) => {
                let Some(plant) = self.plants.iter_mut().find(|p| p.id == of) else { return };
                plant.asked.retain(|&asked| asked != unit);
                plant.runs(plant.running + 1, &[heard.id], cx);
            }
            (Subject::Site(site), Change::Site(state)) => {
                for at in 0..self.plants.len() {
                    if cx.world[self.plants[at].id].site == site {
                        match state {
                            SiteState::Burning => self.plants[at].forget(heard.id, cx),
                            _ => self.start(at, heard.id, cx),
                        }
                    }
                }
            }
            _ => {}
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        for at in 0..self.halls.len() {
            self.look_at(at, cx);
        }
    }
}

impl Plant {
    /// So many units run from now on.
    fn runs(&mut self, units: u32, causes: &[EventId], cx: &mut Cx) {
        if self.running != units {
            self.running = units;
            self.because = Some(cx.board.record(Subject::Element(self.id), Change::Chillers(units), causes));
        }
    }

    /// Whoever was asked to start units need not.
    fn forget(&mut self, because: EventId, cx: &mut Cx) {
        cx.cancel(self.slot);
        for unit in std::mem::take(&mut self.asked) {
            let task = Task { kind: TaskKind::Chiller { of: self.id, unit }, by_hand: true };
            cx.board.record(Subject::Element(self.id), Change::Dropped(task), &[because]);
        }
    }
}

impl Hall {
    fn new(id: RoomId, world: &World, cx: &mut Cx) -> Self {
        let pools = (0..world.pools.len()).map(PoolId::at);
        let pools = pools.map(|p| (p, stands(p, world, |room| room == id)));
        let pools: Vec<(PoolId, f64)> = pools.filter(|of| of.1 > 0.0).collect();
        let peak = |&(p, share): &(PoolId, f64)| f64::from(world[p].servers) * world.server_kw.peak * share;
        let peak = pools.iter().map(peak).sum();
        let supply = world.heat.supply;
        Self { id, pools, peak, temperature: supply, target: supply, since: Time::ZERO, slot: cx.slot() }
    }

    /// What its servers draw, as a share of their peak.
    fn load(&self, cx: &Cx) -> f64 {
        let power = &cx.world.server_kw;
        let draw = |&(p, share): &(PoolId, f64)| {
            let used = if takes(p, cx) { cx.board.used(cx.world[p].service) } else { 0.0 };
            cx.board.servers(p) * (power.idle + (power.peak - power.idle) * used) * share
        };
        self.pools.iter().map(draw).sum::<f64>() / self.peak.max(1e-9)
    }

    /// °C at a moment.
    fn now(&self, now: Time, tau: f64) -> f64 {
        let left = math::exp(-now.since(self.since).secs() / tau);
        self.target + (self.temperature - self.target) * left
    }
}

impl Cooling {
    fn power(&mut self, at: usize, powered: bool, by: EventId, cx: &mut Cx) {
        let plant = &mut self.plants[at];
        if std::mem::replace(&mut plant.powered, powered) == powered {
            return;
        }
        if powered {
            plant.because = Some(by);
            self.start(at, by, cx);
        } else {
            plant.forget(by, cx);
            plant.runs(0, &[by], cx);
        }
    }

    /// Has every unit started that neither runs nor is about to, if there is power and people may be there.
    fn start(&mut self, at: usize, by: EventId, cx: &mut Cx) {
        let plant = &mut self.plants[at];
        let (n, restart) = size(plant.id, cx.world);
        let site = cx.world[plant.id].site;
        if !plant.powered || plant.running >= n {
            return;
        }
        match restart {
            Restart::Automatic(wait) => cx.set(plant.slot, wait, Timer::Cooling(Alarm::Restarted(at as u32))),
            Restart::ByHand(..) if cx.board.site(site).lets_in() => {
                for unit in plant.running..n {
                    if !plant.asked.contains(&unit) {
                        plant.asked.push(unit);
                        let task = Task { kind: TaskKind::Chiller { of: plant.id, unit }, by_hand: true };
                        cx.board.record(Subject::Element(plant.id), Change::Queued(task), &[by]);
                    }
                }
            }
            Restart::ByHand(..) => {}
        }
    }

    /// Chillers that run, as a share of those needed, and the latest change of them.
    fn share(&self, site: SiteId, world: &World) -> (f64, Option<EventId>) {
        let (mut run, mut need, mut because) = (0.0, 0.0, None);
        for plant in self.plants.iter().filter(|p| world[p.id].site == site) {
            let ElementKind::Chillers { need: wanted, .. } = world[plant.id].kind else { continue };
            run += f64::from(plant.running);
            need += f64::from(wanted);
            because = because.max(plant.because);
        }
        (if run >= need { 1.0 } else { run / need }, because)
    }

    /// Follows one hall: what it tends to, what it has reached, which limit is next.
    fn look_at(&mut self, at: usize, cx: &mut Cx) {
        let heat = cx.world.heat;
        let tau = heat.time.secs().max(1e-6);
        let site = cx.world[self.halls[at].id].site;
        let (cooling, because) = self.share(site, cx.world);
        let hall = &mut self.halls[at];
        let state = cx.board.room(hall.id);
        if !matches!(state, RoomState::Ok | RoomState::Warm | RoomState::Hot) {
            return cx.cancel(hall.slot);
        }
        let at_rest = hall.temperature <= heat.supply && hall.target <= heat.supply;
        if at_rest && cooling >= 1.0 && state == RoomState::Ok {
            return;
        }
        let target = heat.supply + heat.rise * (hall.load(cx) - cooling).max(0.0);
        if target.to_bits() != hall.target.to_bits() {
            if !hall.target.is_nan() {
                hall.temperature = hall.now(cx.now(), tau);
            }
            (hall.since, hall.target) = (cx.now(), target);
            next_limit(at, hall, state, off(site, cx.world), cx);
        }
        let now = hall.now(cx.now(), tau);
        let reached = match state {
            RoomState::Hot if now <= heat.resume && cooling >= 1.0 && cx.board.site(site).lets_in() => {
                RoomState::Ok
            }
            RoomState::Hot => RoomState::Hot,
            _ if now >= off(site, cx.world) => RoomState::Hot,
            RoomState::Warm if now <= heat.resume => RoomState::Ok,
            RoomState::Warm => RoomState::Warm,
            _ if now >= heat.throttle => RoomState::Warm,
            _ => state,
        };
        if reached != state {
            let causes: Vec<EventId> = because.into_iter().collect();
            cx.board.set_room(hall.id, reached, &causes);
            // Its servers are about to draw something else.
            hall.temperature = now;
            (hall.since, hall.target) = (cx.now(), f64::NAN);
            cx.cancel(hall.slot);
            cx.board.touch();
        }
    }
}

/// Sets the alarm for the limit that a hall reaches next, if it reaches one.
fn next_limit(at: usize, hall: &Hall, state: RoomState, off: f64, cx: &mut Cx) {
    let heat = cx.world.heat;
    let (from, to) = (hall.temperature, hall.target);
    let ahead =
        |limit: &f64| if to > from { *limit > from && *limit < to } else { *limit < from && *limit > to };
    let limits = match state {
        RoomState::Ok => [heat.throttle, off],
        RoomState::Warm if to > from => [off; 2],
        _ => [heat.resume; 2],
    };
    let Some(&limit) = limits.iter().find(|limit| ahead(limit)) else { return cx.cancel(hall.slot) };
    let wait = heat.time.secs() * math::ln((to - from) / (to - limit));
    cx.set(hall.slot, Span::from_secs_f64(wait), Timer::Cooling(Alarm::Limit(at as u32, limit)));
}

/// At which temperature a hall goes dark: on purpose, or because servers break.
fn off(site: SiteId, world: &World) -> f64 {
    if world[site].shutdown { world.heat.shutdown } else { world.heat.breaks }
}

/// Units of chillers, and how they start again.
fn size(id: ElementId, world: &World) -> (u32, Restart) {
    match world[id].kind {
        ElementKind::Chillers { n, restart, .. } => (n, restart),
        _ => (0, Restart::Automatic(Span::ZERO)),
    }
}
