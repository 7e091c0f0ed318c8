//! Power: which elements give it now, from the street to the panels.
//!
//! An element is live if nothing holds it back and at least one of its inputs is live. What holds it back is one *fault*
//! at a time: tripped, cut by order, destroyed with its room or cable, or under repair. A UPS without input lives on its
//! battery for `t = full · charge · (rating / load)^1.15` (Peukert's law). Generators start when the street is gone.

use super::{Mechanism, Timer};
use crate::kernel::math;
use crate::kernel::queue::Slot;
use crate::run::{Cx, Heard};
use crate::trace::{Change, ElementState, EventId, RoomState, SiteState, Subject, Task, TaskKind};
use crate::world::{Action, CutScope, ElementId, ElementKind, RoomId, SiteId, SpreadKind, World};
use crate::{Span, Time};

/// Peukert's exponent of a lead-acid or lithium UPS string at high rates.
const PEUKERT: f64 = 1.15;
/// A battery charges this many times as long as it lasts at rated load.
const RECHARGE: f64 = 10.0;

/// What is remembered of an element.
struct Memory {
    fault: Option<(ElementState, EventId)>,
    /// Fed straight from the street or the generators, past a UPS that is no more.
    bypassed: bool,
    battery: Battery,
    /// Battery empty, generator running, generator out of fuel: one at a time.
    slot: Slot,
    /// Heat switches it off.
    heat: Slot,
    generator: Generator,
    /// Heat is at work on it already.
    heating: bool,
    /// What took the last fault away.
    released: Option<EventId>,
    /// Starts so far, each with luck of its own.
    starts: u32,
}

/// Charge of a UPS battery: `charge` held at `since`, changing by `rate` a second.
struct Battery {
    charge: f64,
    rate: f64,
    since: Time,
    lost: Option<EventId>,
}

impl Battery {
    fn now(&self, now: Time) -> f64 {
        (self.charge + self.rate * now.since(self.since).secs()).clamp(0.0, 1.0)
    }

    fn change(&mut self, now: Time, rate: f64) {
        (self.charge, self.since, self.rate) = (self.now(now), now, rate);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Generator {
    Off,
    Starting,
    Running,
    Failed,
}

/// The power mechanism's memory.
pub(crate) struct Power {
    memory: Vec<Memory>,
    dirty: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Alarm {
    Heat(ElementId, EventId),
    Empty(ElementId),
    Started(ElementId),
    OutOfFuel(ElementId),
}

impl Mechanism for Power {
    type Timer = Alarm;
    const CLASS: u8 = 2;

    fn new(world: &World, cx: &mut Cx) -> Self {
        let memory = |_| Memory {
            fault: None,
            bypassed: false,
            battery: Battery { charge: 1.0, rate: 0.0, since: Time::ZERO, lost: None },
            slot: cx.slot(),
            heat: cx.slot(),
            generator: Generator::Off,
            heating: false,
            released: None,
            starts: 0,
        };
        Self { memory: world.elements.iter().map(memory).collect(), dirty: false }
    }

    fn ring(&mut self, alarm: Alarm, cx: &mut Cx) {
        self.dirty = true;
        match alarm {
            Alarm::Heat(ups, cause) => self.fault(ups, ElementState::Tripped, cause),
            Alarm::Empty(ups) => {
                let battery = &mut self.memory[ups.index()].battery;
                (battery.charge, battery.rate, battery.since) = (0.0, 0.0, cx.now());
            }
            Alarm::Started(set) => self.start(set, cx),
            Alarm::OutOfFuel(set) => self.memory[set.index()].generator = Generator::Failed,
        }
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        match (heard.subject, heard.change) {
            (Subject::Room(room), Change::Room(RoomState::Burning)) => self.room_burns(room, heard.id, cx),
            (Subject::Site(site), Change::CutOrdered) => self.cut(site, heard.id, cx),
            (Subject::Site(site), Change::Site(SiteState::Barred)) => self.cool(site, cx),
            (_, Change::Servers(_)) => self.dirty |= self.memory.iter().any(|m| m.battery.rate < 0.0),
            (_, Change::Queued(Task { kind: TaskKind::Inspect(panel), .. })) => {
                // Whatever feeds it may live again before somebody has looked at it.
                self.fault(panel, ElementState::Repair, heard.id);
            }
            (_, Change::Incident(Action::Trip(element))) => {
                self.fault(element, ElementState::Tripped, heard.id);
            }
            (_, Change::Started(task)) => {
                if let TaskKind::Inspect(panel) | TaskKind::Recable(panel) = task.kind {
                    self.memory[panel.index()].fault = Some((ElementState::Repair, heard.id));
                    self.dirty = true;
                }
            }
            (_, Change::Done(task)) => {
                if let TaskKind::Reclose(element) = task.kind {
                    self.clear(element, heard.id, &[ElementState::Tripped]);
                }
            }
            (Subject::Element(panel), Change::Energise) => self.energise(panel, heard.id, cx),
            _ => {}
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        if std::mem::take(&mut self.dirty) {
            for i in 0..cx.world.elements.len() {
                self.update(ElementId::at(i), cx);
            }
        }
    }
}

impl Power {
    /// Holds an element back, unless something worse already does.
    fn fault(&mut self, id: ElementId, state: ElementState, cause: EventId) {
        let worst = |s: ElementState| match s {
            ElementState::Destroyed => 3,
            ElementState::Cut => 2,
            _ => 1,
        };
        let memory = &mut self.memory[id.index()];
        if memory.fault.is_none_or(|(old, _)| worst(state) > worst(old)) {
            memory.fault = Some((state, cause));
            memory.bypassed &= state != ElementState::Destroyed;
            self.dirty = true;
        }
    }

    /// Removes a fault of one of these kinds, and remembers by what.
    fn clear(&mut self, id: ElementId, by: EventId, kinds: &[ElementState]) {
        let memory = &mut self.memory[id.index()];
        if memory.fault.is_some_and(|(state, _)| kinds.contains(&state)) {
            memory.fault = None;
            memory.released = Some(by);
            self.dirty = true;
        }
    }

    fn room_burns(&mut self, room: RoomId, burning: EventId, cx: &mut Cx) {
        let world = cx.world;
        for (i, element) in world.elements.iter().enumerate() {
            let id = ElementId::at(i);
            if element.room == Some(room) || element.via.contains(&room) {
                self.fault(id, ElementState::Destroyed, burning);
            }
            let ElementKind::Ups { battery, .. } = element.kind else { continue };
            if battery == Some(room) {
                self.memory[i].battery =
                    Battery { charge: 0.0, rate: 0.0, since: cx.now(), lost: Some(burning) };
                self.dirty = true;
            }
            let open = element.room.is_some_and(|ups| open_way(world, room, ups));
            if open && !std::mem::replace(&mut self.memory[i].heating, true) {
                let name = format!("{}/{}", world[element.site].key, element.key);
                let wait = cx.luck(&name, "heat trip").wait(world[element.site].fire.ups_trip);
                cx.set(self.memory[i].heat, wait, Timer::Power(Alarm::Heat(id, burning)));
            }
        }
    }

    /// The fire is out: nothing more trips of its heat.
    fn cool(&mut self, site: SiteId, cx: &mut Cx) {
        for (memory, element) in self.memory.iter_mut().zip(&cx.world.elements) {
            if element.site == site && std::mem::take(&mut memory.heating) {
                cx.cancel(memory.heat);
            }
        }
    }

    fn cut(&mut self, site: SiteId, ordered: EventId, cx: &mut Cx) {
        let world = cx.world;
        for (i, element) in world.elements.iter().enumerate().filter(|(_, e)| e.site == site) {
            let burns = |room: RoomId| cx.board.room(room) != RoomState::Ok;
            let near = element.room.is_some_and(burns)
                || element.via.iter().any(|&r| burns(r))
                || matches!(element.kind, ElementKind::Ups { battery: Some(b), .. } if burns(b));
            if near || world[site].fire.cut == CutScope::Building {
                self.fault(ElementId::at(i), ElementState::Cut, ordered);
            }
        }
    }

    /// A panel that was made safe is switched on, and with it what feeds it. What burnt above it is passed by.
    fn energise(&mut self, panel: ElementId, by: EventId, cx: &Cx) {
        let all = [ElementState::Tripped, ElementState::Cut, ElementState::Destroyed, ElementState::Repair];
        self.clear(panel, by, &all);
        let world = cx.world;
        let mut above = world[panel].inputs.clone();
        while let Some(input) = above.pop() {
            self.clear(input, by, &[ElementState::Tripped, ElementState::Cut]);
            above.extend(&world[input].inputs);
        }
        let site = world[panel].site;
        for (i, _) in sources(world, site) {
            self.clear(ElementId::at(i), by, &[ElementState::Cut]);
        }
        let dead = |input: &ElementId| self.memory[input.index()].fault.is_some();
        self.memory[panel.index()].bypassed = world[panel].inputs.iter().all(dead);
        self.dirty = true;
    }

    fn update(&mut self, id: ElementId, cx: &mut Cx) {
        let (state, causes) = match self.memory[id.index()].fault {
            Some((state, cause)) => {
                cx.cancel(self.memory[id.index()].slot);
                self.memory[id.index()].generator = Generator::Off;
                self.memory[id.index()].battery.change(cx.now(), 0.0);
                (state, vec![cause])
            }
            None => match cx.world[id].kind {
                ElementKind::Utility => (ElementState::Live, Vec::new()),
                ElementKind::Generators { start, .. } => self.generators(id, start, cx),
                ElementKind::Ups { kw, full, .. } => self.ups(id, kw, full, cx),
                ElementKind::Panel { .. } => self.panel(id, cx),
            },
        };
        if state != cx.board.element(id) {
            // What was let go of changes because of who let go; everything else because of what feeds it.
            let released = self.memory[id.index()].released.take();
            let causes = released.map_or(causes, |by| vec![by]);
            cx.board.set_element(id, state, &causes);
            // Generators watch feeds that may stand behind them in the order: look again.
            self.dirty = true;
        }
    }

    fn generators(&mut self, id: ElementId, start: Span, cx: &mut Cx) -> (ElementState, Vec<EventId>) {
        let world = cx.world;
        let street: Vec<ElementId> = sources(world, world[id].site)
            .filter(|(_, e)| e.kind == ElementKind::Utility)
            .map(|(i, _)| ElementId::at(i))
            .collect();
        let causes: Vec<EventId> = street.iter().filter_map(|&u| cx.board.element_event(u)).collect();
        let memory = &mut self.memory[id.index()];
        if street.iter().any(|&u| cx.board.live(u)) {
            memory.generator = Generator::Off;
            cx.cancel(memory.slot);
            return (ElementState::Ready, causes);
        }
        if memory.generator == Generator::Off {
            memory.generator = Generator::Starting;
            cx.set(memory.slot, start, Timer::Power(Alarm::Started(id)));
        }
        let state = match memory.generator {
            Generator::Running => ElementState::Live,
            Generator::Failed => ElementState::Failed,
            Generator::Off | Generator::Starting => ElementState::Ready,
        };
        (state, causes)
    }

    /// Each machine starts with its own luck; the set carries the building if enough of them do.
    fn start(&mut self, id: ElementId, cx: &mut Cx) {
        let world = cx.world;
        let element = &world[id];
        let ElementKind::Generators { n, need, p_start, fuel, .. } = element.kind else { return };
        self.memory[id.index()].starts += 1;
        let name = format!("{}/{}", world[element.site].key, element.key);
        let mut luck = cx.luck(&name, &format!("start {}", self.memory[id.index()].starts));
        let started = (0..n).filter(|_| luck.chance(p_start)).count();
        let memory = &mut self.memory[id.index()];
        if started >= need as usize {
            memory.generator = Generator::Running;
            cx.set(memory.slot, fuel, Timer::Power(Alarm::OutOfFuel(id)));
        } else {
            memory.generator = Generator::Failed;
        }
    }

    fn ups(&mut self, id: ElementId, kw: f64, full: Span, cx: &mut Cx) -> (ElementState, Vec<EventId>) {
        let inputs = &cx.world[id].inputs;
        let mut causes: Vec<EventId> = inputs.iter().filter_map(|&e| cx.board.element_event(e)).collect();
        let fed = inputs.iter().any(|&e| cx.board.live(e));
        let load = if fed { 0.0 } else { load_kw(id, cx) };
        let memory = &mut self.memory[id.index()];
        causes.extend(memory.battery.lost);
        if fed {
            cx.cancel(memory.slot);
            let rate =
                if memory.battery.lost.is_some() { 0.0 } else { 1.0 / (RECHARGE * full.secs().max(1e-6)) };
            memory.battery.change(cx.now(), rate);
            return (ElementState::Live, causes);
        }
        if memory.battery.now(cx.now()) <= 0.0 {
            return (ElementState::Dead, causes);
        }
        let lasts = full.scaled(math::pow(kw / load.max(kw * 1e-3), PEUKERT));
        memory.battery.change(cx.now(), -1.0 / lasts.secs().max(1e-6));
        let left = lasts.scaled(memory.battery.charge);
        cx.set(memory.slot, left, Timer::Power(Alarm::Empty(id)));
        (ElementState::OnBattery, causes)
    }

    fn panel(&self, id: ElementId, cx: &Cx) -> (ElementState, Vec<EventId>) {
        let world = cx.world;
        let mut inputs = world[id].inputs.clone();
        if self.memory[id.index()].bypassed {
            inputs.extend(sources(world, world[id].site).map(|(i, _)| ElementId::at(i)));
        }
        let causes = inputs.iter().filter_map(|&e| cx.board.element_event(e)).collect();
        let live = inputs.iter().any(|&e| cx.board.live(e));
        (if live { ElementState::Live } else { ElementState::Dead }, causes)
    }
}

/// Feeds and generator sets of a building.
fn sources(world: &World, site: SiteId) -> impl Iterator<Item = (usize, &crate::world::Element)> {
    let is_source =
        |kind: &ElementKind| matches!(kind, ElementKind::Utility | ElementKind::Generators { .. });
    world.elements.iter().enumerate().filter(move |(_, e)| e.site == site && is_source(&e.kind))
}

/// Whether heat passes from one room to another without a barrier.
fn open_way(world: &World, from: RoomId, to: RoomId) -> bool {
    from == to
        || world.spreads.iter().any(|p| p.from == from && p.to == to && matches!(p.kind, SpreadKind::Mean(_)))
}

/// What servers draw through a UPS: a pool's load is shared by its live panels, a panel's by its live inputs.
fn load_kw(ups: ElementId, cx: &Cx) -> f64 {
    let world = cx.world;
    let mut sum = 0.0;
    for (i, pool) in world.pools.iter().enumerate() {
        let share = pool.panels.iter().filter(|&&p| world[p].inputs.contains(&ups)).count() as f64;
        if share > 0.0 {
            let up = cx.board.servers(crate::world::PoolId::at(i));
            let used =
                (world[pool.service].load * cx.board.demand / capacity(world, pool.service)).clamp(0.0, 1.0);
            let each = world.server_kw.idle + (world.server_kw.peak - world.server_kw.idle) * used;
            let live = |ids: &[ElementId]| ids.iter().filter(|&&e| cx.board.live(e)).count().max(1) as f64;
            let panels = live(&pool.panels);
            let inputs = live(&world[pool.panels[0]].inputs);
            sum += up * each * share / panels / inputs;
        }
    }
    sum
}

fn capacity(world: &World, service: crate::world::ServiceId) -> f64 {
    world[service].pools.iter().map(|&p| f64::from(world[p].servers)).sum::<f64>().max(1.0)
}
