//! Throttling: people turn users away from what is overloaded, so that what still runs can serve somebody.
//!
//! A service that does not shed by itself can be made to by hand: an expert's work of `throttle.manual`, wanted once the
//! overload is known and somebody has said go, for nobody turns users away unasked. It holds until the incident is over and
//! everybody who wants in can be served.

use std::collections::BTreeMap;

use super::{Mechanism, Never};
use crate::kernel::marks::Marks;
use crate::kernel::order::sorted_by_key;
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, Phase, Subject, Task, TaskKind};
use crate::world::{ServiceId, World};

/// Throttling's memory.
pub(crate) struct Throttle {
    /// Services for which the work has been asked for, each with how many were before.
    asked: BTreeMap<ServiceId, u32>,
    count: u32,
    /// Services that shed because people saw to it, each with the event that says so.
    throttled: Vec<(ServiceId, EventId)>,
    /// When it last looked, and its place in the journal.
    looked: Option<(u64, u64)>,
    place: usize,
    /// Services to look at, and the decision that the last look went by.
    due: Marks,
    decided: Option<EventId>,
}

impl Mechanism for Throttle {
    type Timer = Never;
    const CLASS: u8 = 10;

    fn new(world: &World, _cx: &mut Cx) -> Self {
        let due = Marks::none(world.services.len());
        Self {
            asked: BTreeMap::new(),
            count: 0,
            throttled: Vec::new(),
            looked: None,
            place: 0,
            due,
            decided: None,
        }
    }

    fn ring(&mut self, timer: Never, _cx: &mut Cx) {
        match timer {}
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        if let Change::Done(Task { kind: TaskKind::Throttle(service), .. }) = heard.change {
            self.asked.remove(&service);
            cx.board.set_sheds(service, true);
            let throttled = cx.board.record(Subject::Service(service), Change::Throttled, &[heard.id]);
            self.throttled.push((service, throttled));
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        let now = Some((cx.board.epoch(), cx.board.overloads));
        if self.looked == now {
            return;
        }
        self.looked = now;
        self.release(cx);
        cx.board.changes(&mut self.place).iter().for_each(|s| self.due.insert(s.index()));
        self.give_up(cx);
        self.ask(cx);
    }
}

impl Throttle {
    /// The incident is over, and everybody who wants in can be served.
    fn release(&mut self, cx: &mut Cx) {
        if cx.board.alarm.is_some() {
            return;
        }
        self.throttled.retain(|&(service, throttled)| {
            let held = cx.board.overloaded.has(service.index());
            if !held {
                cx.board.set_sheds(service, cx.world[service].shed);
                cx.board.record(Subject::Service(service), Change::Admitted, &[throttled]);
            }
            held
        });
    }

    fn ask(&mut self, cx: &mut Cx) {
        if std::mem::replace(&mut self.decided, cx.board.decided) != cx.board.decided {
            cx.board.overloaded.each(|i| self.due.insert(i));
        }
        let mut wanted: Vec<ServiceId> = Vec::new();
        while let Some(i) = self.due.take_first() {
            let service = ServiceId::at(i);
            let known = !matches!(cx.board.phase(service), Phase::Normal | Phase::Undetected);
            let called = cx.world[service].users > 0.0 || !cx.web.callers(service).is_empty();
            let asked = || self.asked.contains_key(&service);
            if cx.board.overloaded.has(i) && !cx.board.sheds(service) && known && called && !asked() {
                wanted.push(service);
            }
        }
        let Some(go) = cx.board.decided else { return };
        for service in wanted {
            self.asked.insert(service, self.count);
            self.count += 1;
            let causes: Vec<EventId> = cx.board.service_event(service).into_iter().chain([go]).collect();
            cx.board.record(Subject::Service(service), Change::Queued(task(service)), &causes);
        }
    }

    /// What is no longer too much need not be turned away.
    fn give_up(&mut self, cx: &mut Cx) {
        let mut given_up: Vec<(u32, ServiceId)> = Vec::new();
        self.due.each(|i| {
            let number = self.asked.get(&ServiceId::at(i)).filter(|_| !cx.board.overloaded.has(i));
            given_up.extend(number.map(|&number| (number, ServiceId::at(i))));
        });
        for (_, service) in sorted_by_key(given_up, |of| of.0) {
            self.asked.remove(&service);
            let causes: Vec<EventId> = cx.board.service_event(service).into_iter().collect();
            cx.board.record(Subject::Service(service), Change::Dropped(task(service)), &causes);
        }
    }
}

fn task(service: ServiceId) -> Task {
    Task { kind: TaskKind::Throttle(service), by_hand: true }
}
