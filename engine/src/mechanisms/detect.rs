//! Detection: the monitor's polls, the users' reports, the landlord's call.
//!
//! With a monitor a loss is seen after `U(0, poll) + (fails − 1) · poll + timeout`. Without one it takes the n-th user
//! report; reports arrive at a rate in proportion to the people affected, so the wait is a Gamma(n) amount of exposure
//! used up at a changing rate. What a company's own people use they notice themselves, in an exponential time of its own. Once anybody has raised the alarm people look, and what fails later is seen at once.

use std::collections::BTreeSet;

use super::{Mechanism, Timer};
use crate::kernel::marks::Marks;
use crate::kernel::queue::Slot;
use crate::kernel::random::Stream;
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, Phase, Subject, WHOLE};
use crate::world::{Detect as Rules, Operator, Origin, Role, Service, ServiceId, SiteId, World};
use crate::{Span, Time};

/// Detection's memory.
pub(crate) struct Detect {
    services: Vec<Watch>,
    /// User reports still needed before the first alarm, in units of expected reports.
    reports: Reports,
    /// Services that are not whole, and those of them of which nobody knows.
    lost: BTreeSet<ServiceId>,
    unseen: BTreeSet<ServiceId>,
    /// Services to look at.
    due: Marks,
    place: usize,
    monitor: bool,
    alarm: Option<EventId>,
    episode: u32,
}

struct Watch {
    slot: Slot,
    /// Its own people's alarm, where they use it.
    staff: Option<Slot>,
    losses: u32,
}

/// An amount of exposure that is used up at a rate: the hybrid of one draw and a changing rate.
struct Reports {
    slot: Slot,
    left: Option<f64>,
    rate: f64,
    since: Time,
}

impl Reports {
    /// The next incident starts counting anew.
    fn forget(&mut self, now: Time) {
        (self.left, self.rate, self.since) = (None, 0.0, now);
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Alarm {
    Poll(ServiceId),
    Staff(ServiceId),
    Reports,
    Call(SiteId, EventId),
}

impl Mechanism for Detect {
    type Timer = Alarm;
    const CLASS: u8 = 6;

    fn new(world: &World, cx: &mut Cx) -> Self {
        let mut watch = |s: &Service| Watch { slot: cx.slot(), staff: s.staff.map(|_| cx.slot()), losses: 0 };
        Self {
            services: world.services.iter().map(&mut watch).collect(),
            reports: Reports { slot: cx.slot(), left: None, rate: 0.0, since: Time::ZERO },
            lost: BTreeSet::new(),
            unseen: BTreeSet::new(),
            due: Marks::none(world.services.len()),
            place: 0,
            monitor: true,
            alarm: None,
            episode: 0,
        }
    }

    fn ring(&mut self, alarm: Alarm, cx: &mut Cx) {
        match alarm {
            Alarm::Poll(service) => self.detected(service, true, None, cx),
            Alarm::Staff(service) => self.detected(service, false, None, cx),
            Alarm::Reports => {
                self.reports.forget(cx.now());
                // Reports are about what people use; whoever reads them looks at the rest.
                self.raise(false, None, cx);
            }
            Alarm::Call(site, fire) => {
                let call = cx.board.record(Subject::Site(site), Change::Notified, &[fire]);
                self.learnt(call, cx);
            }
        }
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        match (heard.subject, heard.change) {
            (Subject::Service(_), Change::Detected { .. }) if cx.board.alarm.is_none() => {
                cx.board.alarm = Some(heard.id);
            }
            // Whoever did it knows of it.
            (_, Change::Began(Origin::Mistake { noticed: true } | Origin::Drill { announced: true, .. })) => {
                self.learnt(heard.id, cx);
            }
            (Subject::Site(site), Change::FireAlarm) => {
                let wait = match cx.world[site].operator {
                    Operator::Own => Span::ZERO,
                    Operator::Colocation | Operator::Managed => cx.world[site].notice,
                };
                cx.after(wait, Timer::Detect(Alarm::Call(site, heard.id)));
            }
            _ => {}
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        let monitor = sees(cx);
        let monitor_changed = std::mem::replace(&mut self.monitor, monitor) != monitor;
        if monitor_changed || std::mem::replace(&mut self.alarm, cx.board.alarm) != cx.board.alarm {
            self.unseen.iter().for_each(|s| self.due.insert(s.index()));
        }
        cx.board.changes(&mut self.place).iter().for_each(|s| self.due.insert(s.index()));
        while let Some(i) = self.due.take_first() {
            self.watch(ServiceId::at(i), monitor_changed, cx);
        }
        if self.lost.is_empty()
            && let Some(alarm) = cx.board.alarm
            && no_fire(cx)
        {
            self.close(alarm, cx);
        }
        self.listen(cx);
    }
}

impl Detect {
    /// Follows one service from its loss to its detection, or back.
    fn watch(&mut self, service: ServiceId, monitor_changed: bool, cx: &mut Cx) {
        let lost = cx.board.share(service) < WHOLE;
        let phase = cx.board.phase(service);
        let watch = &mut self.services[service.index()];
        if !lost {
            if phase != Phase::Normal {
                self.lost.remove(&service);
                self.unseen.remove(&service);
                cx.cancel(watch.slot);
                watch.staff.into_iter().for_each(|slot| cx.cancel(slot));
                let by: Vec<EventId> = cx.board.service_event(service).into_iter().collect();
                cx.board.set_phase(service, Phase::Normal, &by);
            }
            return;
        }
        let first = phase == Phase::Normal;
        if first {
            watch.losses += 1;
            self.lost.insert(service);
            self.unseen.insert(service);
            let by: Vec<EventId> = cx.board.service_event(service).into_iter().collect();
            cx.board.set_phase(service, Phase::Undetected, &by);
            if let (Some(slot), Some(mean)) = (watch.staff, cx.world[service].staff) {
                let mut luck = cx.luck(&cx.world[service].key, &format!("staff {}", watch.losses));
                cx.set(slot, luck.wait(mean), Timer::Detect(Alarm::Staff(service)));
            }
        }
        if cx.board.phase(service) != Phase::Undetected
            || !(first || monitor_changed || cx.board.alarm.is_some())
        {
            return;
        }
        let rules = &cx.world.controls.detect;
        if let Some(alarm) = cx.board.alarm {
            self.detected(service, self.monitor, Some(alarm), cx);
        } else if self.monitor {
            let mut luck = cx.luck(&cx.world[service].key, &format!("poll {}", watch.losses));
            let wait = polls(&mut luck, rules);
            cx.set(watch.slot, wait, Timer::Detect(Alarm::Poll(service)));
        } else {
            cx.cancel(watch.slot);
        }
    }

    /// Lets user reports add up while nobody else has raised the alarm.
    fn listen(&mut self, cx: &mut Cx) {
        let world = cx.world;
        let rules = &world.controls.detect;
        let share = cx.board.affected() / world.demand.users.max(1.0);
        let wanted = cx.board.alarm.is_none() && !self.monitor && share > 0.0 && !self.unseen.is_empty();
        let rate = if wanted { share / rules.report_gap.secs().max(1e-6) } else { 0.0 };
        let reports = &mut self.reports;
        if rate.to_bits() == reports.rate.to_bits() {
            return;
        }
        let used = reports.rate * cx.now().since(reports.since).secs();
        let episode = self.episode;
        let left = reports
            .left
            .unwrap_or_else(|| cx.luck("users", &format!("reports {episode}")).gamma(rules.reports.max(1)));
        let left = (left - used).max(0.0);
        (reports.left, reports.rate, reports.since) = (Some(left), rate, cx.now());
        if rate > 0.0 {
            cx.set(reports.slot, Span::from_secs_f64(left / rate), Timer::Detect(Alarm::Reports));
        } else {
            cx.cancel(reports.slot);
        }
    }

    fn learnt(&mut self, call: EventId, cx: &mut Cx) {
        if cx.board.alarm.is_none() {
            cx.board.alarm = Some(call);
        }
        self.raise(self.monitor, Some(call), cx);
    }

    /// Every loss nobody knew of is known now.
    fn raise(&mut self, by_monitor: bool, because: Option<EventId>, cx: &mut Cx) {
        for service in self.unseen.clone() {
            self.detected(service, by_monitor, because, cx);
        }
    }

    fn detected(&mut self, service: ServiceId, by_monitor: bool, because: Option<EventId>, cx: &mut Cx) {
        if self.unseen.remove(&service) {
            let causes: Vec<EventId> = cx.board.service_event(service).into_iter().chain(because).collect();
            let seen = cx.board.record(Subject::Service(service), Change::Detected { by_monitor }, &causes);
            cx.board.set_phase(service, Phase::Deciding, &[seen]);
        }
    }

    /// Everything serves and nothing burns.
    fn close(&mut self, alarm: EventId, cx: &mut Cx) {
        let back = (0..cx.world.services.len()).filter_map(|i| cx.board.service_event(ServiceId::at(i)));
        let cleared = (0..cx.world.sites.len()).filter_map(|i| cx.board.site_event(SiteId::at(i)));
        let last: Vec<EventId> = [Some(alarm), back.chain(cleared).max()].into_iter().flatten().collect();
        cx.board.record(Subject::Org, Change::Closed, &last);
        cx.board.alarm = None;
        cx.board.decided = None;
        cx.board.touch();
        self.alarm = None;
        self.episode += 1;
        cx.cancel(self.reports.slot);
        self.reports.forget(cx.now());
    }
}

fn no_fire(cx: &Cx) -> bool {
    (0..cx.world.sites.len()).all(|i| cx.board.site(SiteId::at(i)).lets_in())
}

/// Whether the monitor sees what is lost: it does its job, and stands at as many sites as must agree.
fn sees(cx: &Cx) -> bool {
    let needed = cx.world.controls.detect.observers;
    cx.board.does(Role::Monitor) == Some(true)
        && (needed <= 1 || super::observers::standing(cx).count() >= needed as usize)
}

/// From a loss to a monitor's alarm: `U(0, poll) + (fails − 1) · poll + timeout`.
pub(super) fn polls(luck: &mut Stream, rules: &Rules) -> Span {
    rules.poll.scaled(luck.uniform() + f64::from(rules.fails.saturating_sub(1))) + rules.timeout
}
