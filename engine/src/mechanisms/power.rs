//! Power: which elements give it now, from the street to the panels.
//!
//! An element is live if nothing holds it back and at least one of its inputs is live. What holds it back is one *fault*
//! at a time: tripped, cut by order, destroyed with its room or cable, or under repair. A UPS without input lives on its
//! battery (`battery.rs`). Generators start when the street is gone. What flows is in `draw.rs`; what a load does to what
//! carries it is in `carry.rs`: batteries run down, breakers open, a UPS passes its load to its bypass.

use super::battery::Battery;
use super::breaker::{Thermal, Tolerance};
use super::draw::Draw;
use super::{Mechanism, Timer};
use crate::Span;
use crate::kernel::queue::Slot;
use crate::run::{Cx, Heard};
use crate::trace::{Change, ElementState, EventId, RoomState, SiteState, Subject, Task, TaskKind};
use crate::world::{Action, CutScope, ElementId, ElementKind, Medium, RoomId, SiteId, SpreadKind, World};

/// Rounds in which loads and states follow each other in one instant. Each adds a fault, so there are never many.
const ROUNDS: usize = 64;

/// What is remembered of an element.
pub(super) struct Memory {
    fault: Option<(ElementState, Option<EventId>)>,
    /// Its breaker had opened before it was cut, and is open still when the cut is undone.
    open: Option<EventId>,
    /// An incident took it away, whatever else holds it back: nobody in the building can give it back.
    failed: Option<EventId>,
    /// Fed straight from the street or the generators, past a UPS that is no more.
    bypassed: bool,
    pub battery: Battery,
    /// The fire that took its battery.
    battery_lost: Option<EventId>,
    /// Battery empty, generator running, generator out of fuel: one at a time.
    pub slot: Slot,
    /// Heat switches it off.
    heat: Slot,
    /// It works again after an incident.
    over: Slot,
    pub generator: Generator,
    /// Machines of a set that run.
    pub running: u32,
    /// Heat is at work on it already.
    heating: bool,
    /// What took the last fault away.
    released: Option<EventId>,
    /// Starts so far, each with luck of its own.
    starts: u32,
    /// Its breaker, or that of a UPS's bypass; its overload would open it.
    pub thermal: Option<Thermal>,
    pub tolerance: Tolerance,
    pub overload: Slot,
    /// What brought the load that it cannot carry.
    pub because: Option<EventId>,
    /// A UPS whose load runs past it.
    pub on_bypass: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Generator {
    Off,
    Starting,
    Running,
    Failed,
}

/// The power mechanism's memory.
pub(crate) struct Power {
    pub(super) memory: Vec<Memory>,
    pub(super) draw: Draw,
    /// Feeds and generator sets of each site.
    sources: Vec<Vec<ElementId>>,
    /// Sites whose elements may give or not give power otherwise than before.
    dirty: Vec<bool>,
    any_dirty: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Alarm {
    Heat(ElementId, EventId),
    Empty(ElementId),
    Started(ElementId),
    OutOfFuel(ElementId),
    Overload(ElementId),
    Over(ElementId, EventId),
}

impl Mechanism for Power {
    type Timer = Alarm;
    const CLASS: u8 = 2;

    fn new(world: &World, cx: &mut Cx) -> Self {
        let memory = |_| Memory {
            fault: None,
            open: None,
            failed: None,
            bypassed: false,
            battery: Battery::full(),
            battery_lost: None,
            slot: cx.slot(),
            heat: cx.slot(),
            over: cx.slot(),
            generator: Generator::Off,
            running: 0,
            heating: false,
            released: None,
            starts: 0,
            thermal: None,
            tolerance: Tolerance::rested(cx.now(), world.overcurrent.ups),
            overload: cx.slot(),
            because: None,
            on_bypass: false,
        };
        let mut sources = vec![Vec::new(); world.sites.len()];
        for (i, element) in world.elements.iter().enumerate() {
            if matches!(element.kind, ElementKind::Utility | ElementKind::Generators { .. }) {
                sources[element.site.index()].push(ElementId::at(i));
            }
        }
        Self {
            memory: world.elements.iter().map(memory).collect(),
            draw: Draw::new(world),
            sources,
            dirty: vec![false; world.sites.len()],
            any_dirty: false,
        }
    }

    fn ring(&mut self, alarm: Alarm, cx: &mut Cx) {
        let (Alarm::Heat(id, _)
        | Alarm::Empty(id)
        | Alarm::Started(id)
        | Alarm::OutOfFuel(id)
        | Alarm::Overload(id)
        | Alarm::Over(id, _)) = alarm;
        self.look_at(cx.world[id].site);
        match alarm {
            Alarm::Heat(ups, cause) => self.fault(ups, ElementState::Tripped, Some(cause), cx.world),
            Alarm::Empty(ups) => self.memory[ups.index()].battery = Battery::empty(cx.now()),
            Alarm::Started(set) => self.start(set, cx),
            Alarm::OutOfFuel(set) => self.memory[set.index()].generator = Generator::Failed,
            Alarm::Overload(id) => self.give_up(id, cx),
            Alarm::Over(id, by) => self.over(id, by, cx.world),
        }
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        match (heard.subject, heard.change) {
            (Subject::Room(room), Change::Room(state)) => self.room(room, state, heard.id, cx),
            (Subject::Room(room), Change::Isolated) => self.lose_battery(room, heard.id, cx),
            (Subject::Site(site), Change::CutOrdered) => self.cut(site, heard.id, cx),
            (Subject::Site(site), Change::Site(SiteState::Barred)) => self.cool(site, cx),
            (Subject::Pool(pool), Change::Servers(_) | Change::Pool(_)) => self.draw.pool(pool),
            (_, Change::Queued(Task { kind: TaskKind::Inspect(panel), .. })) => {
                // Whatever feeds it may live again before somebody has looked at it.
                self.fault(panel, ElementState::Repair, Some(heard.id), cx.world);
            }
            (_, Change::Incident(Action::Trip(element))) => {
                self.fault(element, ElementState::Tripped, Some(heard.id), cx.world);
            }
            (_, Change::Incident(Action::Fail(element, lasts))) => {
                let memory = &mut self.memory[element.index()];
                memory.failed = Some(heard.id);
                match lasts {
                    Some(lasts) => cx.set(memory.over, lasts, Timer::Power(Alarm::Over(element, heard.id))),
                    None => cx.cancel(memory.over),
                }
                self.look_at(cx.world[element].site);
            }
            (_, Change::Started(task)) => {
                if let TaskKind::Inspect(panel) | TaskKind::Clean(panel) | TaskKind::Recable(panel) =
                    task.kind
                {
                    self.memory[panel.index()].fault = Some((ElementState::Repair, Some(heard.id)));
                    self.look_at(cx.world[panel].site);
                }
            }
            (_, Change::Done(task)) => {
                if let TaskKind::Reclose(element) = task.kind {
                    self.clear(element, heard.id, &[ElementState::Tripped, ElementState::Cut], cx.world);
                }
            }
            (Subject::Element(panel), Change::Energise) => self.energise(panel, heard.id, cx),
            _ => {}
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        for _ in 0..ROUNDS {
            for site in (0..self.dirty.len()).map(SiteId::at) {
                if std::mem::take(&mut self.dirty[site.index()]) {
                    for i in 0..self.draw.elements(site).len() {
                        self.update(self.draw.elements(site)[i], cx);
                    }
                }
            }
            self.carry(cx);
            if !std::mem::take(&mut self.any_dirty) {
                return;
            }
        }
    }
}

impl Power {
    /// The elements of a site are to be looked at again.
    pub(super) fn look_at(&mut self, site: SiteId) {
        self.dirty[site.index()] = true;
        self.any_dirty = true;
    }

    /// Holds an element back, unless something worse already does.
    pub(super) fn fault(
        &mut self,
        id: ElementId,
        state: ElementState,
        cause: Option<EventId>,
        world: &World,
    ) {
        let worst = |s: ElementState| match s {
            ElementState::Destroyed => 3,
            ElementState::Cut => 2,
            _ => 1,
        };
        let memory = &mut self.memory[id.index()];
        if memory.fault.is_none_or(|(old, _)| worst(state) > worst(old)) {
            if let (Some((ElementState::Tripped, tripped)), ElementState::Cut) = (memory.fault, state) {
                memory.open = tripped;
            }
            memory.fault = Some((state, cause));
            memory.bypassed &= state != ElementState::Destroyed;
            self.look_at(world[id].site);
        }
    }

    /// Removes a fault of one of these kinds, and remembers by what.
    fn clear(&mut self, id: ElementId, by: EventId, kinds: &[ElementState], world: &World) {
        let memory = &mut self.memory[id.index()];
        if memory.fault.is_some_and(|(state, _)| kinds.contains(&state)) {
            let open = memory.open.take().filter(|_| !kinds.contains(&ElementState::Tripped));
            memory.fault = open.map(|tripped| (ElementState::Tripped, Some(tripped)));
            memory.released = Some(by);
            self.look_at(world[id].site);
        }
    }

    /// What an incident took away is there again, for whatever else does not hold it back.
    fn over(&mut self, id: ElementId, by: EventId, world: &World) {
        let memory = &mut self.memory[id.index()];
        memory.failed = None;
        if memory.fault.is_none() {
            memory.released = Some(by);
        }
        self.look_at(world[id].site);
    }

    /// What burns or is flooded gives no power any more; where smoke is or no cooling, panels are opened on purpose.
    fn room(&mut self, room: RoomId, state: RoomState, by: EventId, cx: &mut Cx) {
        let world = cx.world;
        let fault = match state {
            RoomState::Burning | RoomState::Flooded => ElementState::Destroyed,
            RoomState::Smoky | RoomState::Hot => ElementState::Cut,
            RoomState::Ok => return self.switch_on(room, by, cx),
            RoomState::Burnt | RoomState::Damaged | RoomState::Warm => return,
        };
        let on_purpose = fault == ElementState::Cut;
        for (i, element) in world.elements.iter().enumerate() {
            let here = element.room == Some(room);
            let hit = if on_purpose {
                here && matches!(element.kind, ElementKind::Panel { .. })
            } else {
                here || element.via.contains(&room)
            };
            if hit {
                self.fault(ElementId::at(i), fault, Some(by), world);
            }
        }
        if !on_purpose {
            self.lose_battery(room, by, cx);
        }
        if state == RoomState::Burning {
            self.heat(room, by, cx);
        }
    }

    /// Batteries in a room hold nothing any more.
    fn lose_battery(&mut self, room: RoomId, by: EventId, cx: &Cx) {
        for (memory, element) in self.memory.iter_mut().zip(&cx.world.elements) {
            if matches!(element.kind, ElementKind::Ups { battery: Some(battery), .. } if battery == room) {
                memory.battery = Battery::empty(cx.now());
                memory.battery_lost = Some(by);
                self.dirty[element.site.index()] = true;
                self.any_dirty = true;
            }
        }
    }

    /// UPS that share the air of a burning room will switch off, sooner or later.
    fn heat(&mut self, room: RoomId, burning: EventId, cx: &mut Cx) {
        let world = cx.world;
        for (i, element) in world.elements.iter().enumerate() {
            let open = element.room.is_some_and(|ups| open_way(world, room, ups));
            let ups = matches!(element.kind, ElementKind::Ups { .. });
            if ups && open && !std::mem::replace(&mut self.memory[i].heating, true) {
                let name = format!("{}/{}", world[element.site].key, element.key);
                let wait = cx.luck(&name, "heat trip").wait(world[element.site].fire.ups_trip);
                cx.set(self.memory[i].heat, wait, Timer::Power(Alarm::Heat(ElementId::at(i), burning)));
            }
        }
    }

    /// It has cooled down: what was opened for its heat is closed again.
    fn switch_on(&mut self, room: RoomId, cool: EventId, cx: &Cx) {
        let hot = (Subject::Room(room), Change::Room(RoomState::Hot));
        for i in 0..self.memory.len() {
            let Some((ElementState::Cut, Some(because))) = self.memory[i].fault else { continue };
            let event = &cx.board.events()[because.0 as usize];
            if (event.subject, event.change) == hot {
                self.clear(ElementId::at(i), cool, &[ElementState::Cut], cx.world);
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
            let burns = |room: RoomId| {
                use RoomState::{Burning, Burnt, Damaged, Flooded};
                matches!(cx.board.room(room), Burning | Burnt | Damaged | Flooded)
            };
            let near = element.room.is_some_and(burns)
                || element.via.iter().any(|&r| burns(r))
                || matches!(element.kind, ElementKind::Ups { battery: Some(b), .. } if burns(b));
            let rules = &world[site].fire;
            if near || rules.cut == CutScope::Building || !rules.zone_known {
                self.fault(ElementId::at(i), ElementState::Cut, Some(ordered), world);
            }
        }
    }

    /// A panel that was made safe is switched on, and with it what feeds it. What burnt above it is passed by.
    fn energise(&mut self, panel: ElementId, by: EventId, cx: &Cx) {
        let world = cx.world;
        let all = [ElementState::Tripped, ElementState::Cut, ElementState::Destroyed, ElementState::Repair];
        self.clear(panel, by, &all, world);
        let mut above = world[panel].inputs.clone();
        while let Some(input) = above.pop() {
            // A street feed that was opened is closed where it comes in, as work of its own.
            let outside = world[input].kind == ElementKind::Utility;
            let kinds = [ElementState::Cut, ElementState::Tripped];
            self.clear(input, by, if outside { &kinds[..1] } else { &kinds }, world);
            above.extend(&world[input].inputs);
        }
        let site = world[panel].site;
        for i in 0..self.sources[site.index()].len() {
            self.clear(self.sources[site.index()][i], by, &[ElementState::Cut], world);
        }
        let burnt = |input: &ElementId| {
            self.memory[input.index()].fault.is_some_and(|(state, _)| state == ElementState::Destroyed)
        };
        self.memory[panel.index()].bypassed = world[panel].inputs.iter().all(burnt);
        self.look_at(site);
    }

    fn update(&mut self, id: ElementId, cx: &mut Cx) {
        if let ElementKind::Ups { .. } = cx.world[id].kind {
            self.drop_bypass(id, cx);
        }
        let memory = &self.memory[id.index()];
        let failed = memory.failed.map(|by| (ElementState::Failed, Some(by)));
        let (state, causes) = match memory.fault.or(failed) {
            Some((state, cause)) => {
                self.stop(id, cx);
                (state, cause.into_iter().collect())
            }
            None => match cx.world[id].kind {
                ElementKind::Utility => (ElementState::Live, Vec::new()),
                ElementKind::Generators { start, .. } => self.generators(id, start, cx),
                ElementKind::Ups { full, .. } => self.ups(id, full, cx),
                ElementKind::Panel { .. } | ElementKind::Chillers { .. } => self.panel(id, cx),
            },
        };
        let before = cx.board.element(id);
        if state != before {
            // What was let go of changes because of who let go; everything else because of what feeds it.
            let released = self.memory[id.index()].released.take();
            let causes = released.map_or(causes, |by| vec![by]);
            cx.board.set_element(id, state, &causes);
            // Generators watch feeds that may stand behind them in the order: look again.
            self.look_at(cx.world[id].site);
            let site = cx.world[id].site;
            self.draw.site(site);
            let count = &mut self.draw.on_battery[site.index()];
            *count += usize::from(state == ElementState::OnBattery);
            *count -= usize::from(before == ElementState::OnBattery);
        }
    }

    /// A UPS whose load runs past it drops it when what is past it fails: its inverter could not carry it either.
    fn drop_bypass(&mut self, id: ElementId, cx: &Cx) {
        let inputs = &cx.world[id].inputs;
        if self.memory[id.index()].on_bypass && !inputs.iter().any(|&e| cx.board.live(e)) {
            let lost = inputs.iter().filter_map(|&e| cx.board.element_event(e)).max();
            self.fault(id, ElementState::Tripped, lost, cx.world);
        }
    }

    /// What is held back does nothing.
    fn stop(&mut self, id: ElementId, cx: &mut Cx) {
        let memory = &mut self.memory[id.index()];
        cx.cancel(memory.slot);
        memory.generator = Generator::Off;
        memory.battery.rest(cx.now());
        memory.on_bypass = false;
    }

    fn generators(&mut self, id: ElementId, start: Span, cx: &mut Cx) -> (ElementState, Vec<EventId>) {
        let world = cx.world;
        let street = || {
            let sources = self.sources[world[id].site.index()].iter();
            sources.copied().filter(|&e| world[e].kind == ElementKind::Utility)
        };
        let mut causes: Vec<EventId> = street().filter_map(|u| cx.board.element_event(u)).collect();
        let lit = street().any(|u| cx.board.live(u));
        let memory = &mut self.memory[id.index()];
        if lit {
            memory.generator = Generator::Off;
            cx.cancel(memory.slot);
            return (ElementState::Ready, causes);
        }
        if memory.generator == Generator::Off {
            memory.generator = Generator::Starting;
            memory.because = None;
            cx.set(memory.slot, start, Timer::Power(Alarm::Started(id)));
        }
        causes.extend(memory.because);
        let state = match memory.generator {
            Generator::Running => ElementState::Live,
            Generator::Failed => ElementState::Failed,
            Generator::Off | Generator::Starting => ElementState::Ready,
        };
        (state, causes)
    }

    /// Each machine starts with its own luck; the set carries the building if enough of them do, and the transfer switch
    /// moves.
    fn start(&mut self, id: ElementId, cx: &mut Cx) {
        let world = cx.world;
        let element = &world[id];
        let ElementKind::Generators { n, need, p_start, p_transfer, fuel, .. } = element.kind else { return };
        let name = format!("{}/{}", world[element.site].key, element.key);
        let memory = &mut self.memory[id.index()];
        memory.starts += 1;
        let mut luck = cx.luck(&name, &format!("start {}", memory.starts));
        memory.running = (0..n).map(|_| u32::from(luck.chance(p_start))).sum();
        if memory.running >= need && luck.chance(p_transfer) {
            memory.generator = Generator::Running;
            cx.set(memory.slot, fuel, Timer::Power(Alarm::OutOfFuel(id)));
        } else {
            memory.generator = Generator::Failed;
        }
    }

    fn ups(&mut self, id: ElementId, full: Span, cx: &mut Cx) -> (ElementState, Vec<EventId>) {
        let inputs = &cx.world[id].inputs;
        let mut causes: Vec<EventId> = inputs.iter().filter_map(|&e| cx.board.element_event(e)).collect();
        let memory = &mut self.memory[id.index()];
        causes.extend(memory.battery_lost);
        if inputs.iter().any(|&e| cx.board.live(e)) {
            cx.cancel(memory.slot);
            if memory.battery_lost.is_none() {
                memory.battery.recharge(cx.now(), full);
            }
            if memory.on_bypass {
                return (ElementState::Bypass, memory.because.into_iter().collect());
            }
            return (ElementState::Live, causes);
        }
        let charged = memory.battery.charge(cx.now()) > 0.0;
        (if charged { ElementState::OnBattery } else { ElementState::Dead }, causes)
    }

    fn panel(&self, id: ElementId, cx: &Cx) -> (ElementState, Vec<EventId>) {
        let inputs = self.inputs(id, cx.world);
        let causes = inputs.iter().filter_map(|&e| cx.board.element_event(e)).collect();
        let live = inputs.iter().any(|&e| cx.board.live(e));
        (if live { ElementState::Live } else { ElementState::Dead }, causes)
    }

    /// What feeds an element at this moment.
    pub(super) fn inputs(&self, id: ElementId, world: &World) -> Vec<ElementId> {
        let mut inputs = world[id].inputs.clone();
        if self.memory[id.index()].bypassed {
            inputs.extend(&self.sources[world[id].site.index()]);
        }
        inputs
    }
}

/// Whether heat passes from one room to another without a barrier.
fn open_way(world: &World, from: RoomId, to: RoomId) -> bool {
    from == to
        || world.spreads.iter().any(|p| {
            p.medium == Medium::Fire && p.from == from && p.to == to && matches!(p.kind, SpreadKind::Mean(_))
        })
}
