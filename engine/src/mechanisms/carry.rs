//! What a load does to what carries it: batteries run down, breakers remember and open, an overloaded UPS passes its load
//! to its static bypass, and generators that are asked for more than they have stop.
//!
//! ```text
//!             load > rating, t(i) over                 bypass breaker
//!  inverter ──────────────────────────▶ static bypass ────────────────▶ tripped
//!     ▲  └──── the same on battery ──────────┼───────────────────────────▲
//!     └────────── load ≤ rating ─────────────┘ └──── street gone ────────┘
//! ```

use super::Timer;
use super::breaker::Thermal;
use super::power::{Alarm, Generator, Power};
use crate::Span;
use crate::run::Cx;
use crate::trace::{Change, ElementState, EventId, Subject};
use crate::world::{ElementId, ElementKind, ServiceId};

impl Power {
    /// Brings what flows up to date, and with it every alarm that depends on a load.
    pub(super) fn carry(&mut self, cx: &mut Cx) {
        self.draw.servers(cx);
        loop {
            let Some(site) = self.draw.next_site() else { return };
            let kw = self.draw.energised(site);
            cx.board.set_energised(site, kw);
            if self.draw.is_followed(site) {
                let flows = self.draw.flows(site, &|id| self.inputs(id, cx.world), cx);
                for (i, kw) in flows.into_iter().enumerate() {
                    self.load(self.draw.elements(site)[i], kw, cx);
                }
            }
        }
    }

    /// An element carries what it now carries.
    fn load(&mut self, id: ElementId, kw: f64, cx: &mut Cx) {
        match cx.world[id].kind {
            ElementKind::Utility | ElementKind::Chillers { .. } => {}
            ElementKind::Generators { kw: each, .. } => {
                let most =
                    each.map_or(f64::INFINITY, |each| each * f64::from(self.memory[id.index()].running));
                if kw > most && self.memory[id.index()].generator == Generator::Running {
                    self.memory[id.index()].because = latest(id, cx);
                    self.give_up(id, cx);
                }
            }
            ElementKind::Ups { kw: rating, full, .. } => self.load_ups(id, kw / rating, full, cx),
            ElementKind::Panel { kw: rating } => self.load_breaker(id, kw / rating, cx),
        }
    }

    fn load_ups(&mut self, id: ElementId, load: f64, full: Span, cx: &mut Cx) {
        let memory = &mut self.memory[id.index()];
        if cx.board.element(id) == ElementState::OnBattery
            && let Some(left) = memory.battery.discharge(cx.now(), full, load)
        {
            cx.set(memory.slot, left, Timer::Power(Alarm::Empty(id)));
        }
        if memory.on_bypass {
            if load > 1.0 {
                return self.load_breaker(id, load, cx);
            }
            memory.on_bypass = false;
            memory.because = latest(id, cx);
            cx.cancel(memory.overload);
            self.look_at(cx.world[id].site);
        }
        let memory = &mut self.memory[id.index()];
        if memory.tolerance.load().to_bits() == load.to_bits() {
            return;
        }
        let was_well = memory.tolerance.load() <= 1.0;
        memory.tolerance.change(cx.now(), load);
        match memory.tolerance.ends() {
            Some(wait) => {
                cx.set(memory.overload, wait, Timer::Power(Alarm::Overload(id)));
                if was_well {
                    memory.because = latest(id, cx);
                }
            }
            None if !was_well => cx.cancel(memory.overload),
            None => {}
        }
    }

    fn load_breaker(&mut self, id: ElementId, load: f64, cx: &mut Cx) {
        let now = cx.now();
        let memory = &mut self.memory[id.index()];
        let Some(thermal) = &mut memory.thermal else {
            memory.thermal = Some(Thermal::settled(now, load, cx.world.overcurrent.breaker));
            return self.watch(id, true, cx);
        };
        if thermal.load().to_bits() != load.to_bits() {
            let was_well = thermal.trips().is_none();
            thermal.change(now, load);
            self.watch(id, was_well, cx);
        }
    }

    /// Sets or takes back the alarm of a breaker whose load changed.
    fn watch(&mut self, id: ElementId, was_well: bool, cx: &mut Cx) {
        let memory = &mut self.memory[id.index()];
        match memory.thermal.and_then(|t| t.trips()) {
            Some(wait) => {
                cx.set(memory.overload, wait, Timer::Power(Alarm::Overload(id)));
                if was_well {
                    memory.because = latest(id, cx);
                }
            }
            None if !was_well => cx.cancel(memory.overload),
            None => {}
        }
    }

    /// What carried too much for too long gives up.
    pub(super) fn give_up(&mut self, id: ElementId, cx: &mut Cx) {
        let memory = &mut self.memory[id.index()];
        match cx.world[id].kind {
            ElementKind::Generators { .. } => {
                memory.generator = Generator::Failed;
                cx.cancel(memory.slot);
                self.look_at(cx.world[id].site);
            }
            ElementKind::Ups { .. } if !memory.on_bypass && cx.board.element(id) == ElementState::Live => {
                memory.on_bypass = true;
                memory.tolerance.change(cx.now(), 0.0);
                memory.thermal = Some(Thermal::settled(cx.now(), 0.0, cx.world.overcurrent.breaker));
                self.look_at(cx.world[id].site);
                self.draw.site(cx.world[id].site);
            }
            _ => {
                let because = memory.because;
                self.fault(id, ElementState::Tripped, because, cx.world);
            }
        }
    }
}

/// The last event of this instant that moved load in the element's building; none: the hour did.
fn latest(id: ElementId, cx: &Cx) -> Option<EventId> {
    let (world, site) = (cx.world, cx.world[id].site);
    let here = |service: ServiceId| world[service].pools.iter().any(|&p| world[p].site == site);
    let events = cx.board.events();
    let this_instant = (0..events.len()).rev().take_while(|&i| events[i].at == cx.now());
    let mut moved = this_instant.filter(|&i| match (events[i].subject, events[i].change) {
        (Subject::Element(e), Change::Element(_)) => world[e].site == site,
        (Subject::Pool(p), Change::Servers(_) | Change::Pool(_)) => here(world[p].service),
        (Subject::Service(s), Change::Promoted) => here(s),
        _ => false,
    });
    moved.next().map(|i| EventId(i as u32))
}
