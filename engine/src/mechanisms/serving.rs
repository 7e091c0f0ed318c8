//! Serving: what share of its demand each service serves, as the *greatest* fixed point of its dependencies.
//!
//! A service by itself can serve `own = min(1, capacity / load)`, nothing without a majority of its voters. What it
//! serves is the product of the own share of every member of its hard closure, each counted once, where each member's
//! own share is first lowered by its soft dependencies: `own' = own · Π (1 − w (1 − a_d))`. Soft dependencies may form
//! circles; the members of one are iterated from 1 downwards, which ends at the greatest fixed point.
//!
//! Nothing is looked at again unless something it follows from has changed: marks run along the condensed graph of
//! needs, from what changed to what leans on it. The reason of a change runs along with its mark.

use super::capacity::{alone, reached};
use super::{Mechanism, Never};
use crate::kernel::marks::Marks;
use crate::kernel::product::Product;
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, RoomState, ServiceState, Subject, WHOLE};
use crate::world::{Need, RoomId, ServiceId, World};

/// Shares closer than this are the same.
const EPSILON: f64 = 1e-12;
/// Rounds for soft circles. Each round multiplies the distance from the fixed point by at most the weight.
const ROUNDS: usize = 64;

/// A soft dependency.
struct Soft {
    on: ServiceId,
    /// Share lost without it.
    weight: f64,
    /// Share of the service's servers that reach it.
    reached: f64,
}

/// Serving's memory.
pub(crate) struct Serving {
    /// Soft dependencies by service.
    soft: Vec<Vec<Soft>>,
    /// Services whose own share may have changed.
    changed: Marks,
    /// The latest event about each service's own servers: it enables what an hour of the day brings about.
    news: Vec<Reason>,
    /// Services to be evaluated, by position in the order of evaluation.
    due: Marks,
    /// Why each may serve less, and why more, since it was last evaluated.
    reasons: Vec<[Reason; 2]>,
    demand: f64,
    /// Version of the network that was last looked at.
    reach: u64,
    /// Kept between evaluations: each service's own share, the same lowered, and what it serves.
    own: Vec<f64>,
    lowered: Vec<f64>,
    share: Vec<f64>,
    /// Services whose lowered share is not 1.
    impaired: Marks,
    /// Chance that somebody is spared by each service.
    spared: Product,
}

/// Why something changed: unknown, the hour of the day, or an event; of several, the latest counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    #[default]
    None,
    Calendar,
    Event(EventId),
}

impl Reason {
    fn causes(self) -> Vec<EventId> {
        if let Self::Event(id) = self { vec![id] } else { Vec::new() }
    }
}

/// Which of a service's two reasons counts for a change.
fn direction(from: f64, to: f64) -> usize {
    usize::from(to > from)
}

impl Mechanism for Serving {
    type Timer = Never;
    const CLASS: u8 = 5;

    fn new(world: &World, _cx: &mut Cx) -> Self {
        let n = world.services.len();
        let soft = |s: &crate::world::Service| {
            let wish = |need: &Need| need.soft.map(|weight| Soft { on: need.on, weight, reached: 1.0 });
            s.needs.iter().filter_map(wish).collect()
        };
        Self {
            soft: world.services.iter().map(soft).collect(),
            changed: Marks::none(n),
            news: vec![Reason::Calendar; n],
            due: Marks::none(n),
            reasons: vec![[Reason::None; 2]; n],
            demand: f64::NAN,
            reach: 0,
            own: vec![1.0; n],
            lowered: vec![1.0; n],
            share: vec![1.0; n],
            impaired: Marks::none(n),
            spared: Product::ones(n),
        }
    }

    fn ring(&mut self, timer: Never, _cx: &mut Cx) {
        match timer {}
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        if let (Subject::Room(room), Change::Room(RoomState::Warm | RoomState::Ok)) =
            (heard.subject, heard.change)
        {
            return self.pace(room, heard.id, cx);
        }
        let service = match (heard.subject, heard.change) {
            (Subject::Pool(pool), Change::Servers(_) | Change::Pool(_)) => cx.world[pool].service,
            (Subject::Service(service), Change::Promoted) => service,
            _ => return,
        };
        self.changed.insert(service.index());
        self.news[service.index()] = Reason::Event(heard.id);
    }

    fn settle(&mut self, cx: &mut Cx) {
        if self.demand.to_bits() != cx.board.demand.to_bits() {
            self.demand = cx.board.demand;
            (0..cx.web.len()).for_each(|i| self.changed.insert(i));
        }
        if std::mem::replace(&mut self.reach, cx.board.reach.version) != cx.board.reach.version {
            self.look_at_reach(cx);
        }
        self.look_at_own(cx);
        if self.evaluate(cx) {
            cx.board.set_affected(cx.world.demand.users * (1.0 - self.spared.all()));
            cx.board.look_at_jobs();
        }
    }
}

impl Serving {
    /// Servers of a hall do more or less of their work than before.
    fn pace(&mut self, hall: RoomId, because: EventId, cx: &Cx) {
        for pool in &cx.world.pools {
            if pool.panels.iter().any(|&panel| cx.world[panel].room == Some(hall)) {
                self.changed.insert(pool.service.index());
                self.news[pool.service.index()] = Reason::Event(because);
            }
        }
    }

    /// Recomputes the own share of what changed.
    fn look_at_own(&mut self, cx: &mut Cx) {
        while let Some(i) = self.changed.take_first() {
            let (now, used) = alone(ServiceId::at(i), cx);
            cx.board.set_used(ServiceId::at(i), used);
            if now.to_bits() != self.own[i].to_bits() {
                let reason = &mut self.reasons[i][direction(self.own[i], now)];
                *reason = self.news[i].max(*reason);
                self.own[i] = now;
                self.due.insert(cx.web.place(ServiceId::at(i)));
            }
        }
    }

    /// Marks services whose servers began or ceased to take requests, and recomputes who reaches what it would rather have.
    fn look_at_reach(&mut self, cx: &mut Cx) {
        let everything = Marks::all(cx.web.len());
        let parted = cx.board.reach.because.map_or(Reason::None, Reason::Event);
        for pool in cx.board.reach.changed() {
            let service = cx.world[pool].service;
            let mut last = parted;
            if parted == Reason::None {
                cx.web.closure_among(service, &everything, |on| last = self.news[on].max(last));
            }
            self.changed.insert(service.index());
            self.news[service.index()] = self.news[service.index()].max(last);
        }
        for (i, soft) in self.soft.iter_mut().enumerate() {
            for wish in soft {
                let now = reached(ServiceId::at(i), wish.on, cx);
                if now.to_bits() != wish.reached.to_bits() {
                    let servers = self.news[i].max(self.news[wish.on.index()]);
                    let theirs = &mut self.reasons[i][direction(wish.reached, now)];
                    *theirs = if parted == Reason::None { servers } else { parted }.max(*theirs);
                    wish.reached = now;
                    self.due.insert(cx.web.place(ServiceId::at(i)));
                }
            }
        }
    }

    /// Carries what changed on to whatever leans on it; true if anybody serves more or less than before.
    fn evaluate(&mut self, cx: &mut Cx) -> bool {
        let mut changed = false;
        while let Some(place) = self.due.take_first() {
            let circle = cx.web.circle(place);
            if circle.len() == 1 {
                let service = cx.web.at(place);
                self.lower(service);
                self.share[service.index()] = self.product(service, cx);
                changed |= self.tell(service, cx);
            } else {
                circle.clone().for_each(|member| self.due.remove(member));
                self.go_round(circle.clone(), cx);
                changed |= self.tell_circle(circle, cx);
            }
        }
        changed
    }

    /// Lowers a service's own share by what it would rather have.
    fn lower(&mut self, service: ServiceId) {
        let i = service.index();
        let kept = self.soft[i].iter().map(|s| 1.0 - s.weight * (1.0 - s.reached * self.share[s.on.index()]));
        self.lowered[i] = self.own[i] * kept.product::<f64>();
        if self.lowered[i].to_bits() == 1.0_f64.to_bits() {
            self.impaired.remove(i);
        } else {
            self.impaired.insert(i);
        }
    }

    /// The lowered shares of everything it cannot serve without, multiplied.
    fn product(&self, service: ServiceId, cx: &Cx) -> f64 {
        let mut product = 1.0;
        cx.web.closure_among(service, &self.impaired, |member| product *= self.lowered[member]);
        product
    }

    /// The greatest fixed point of a circle, what lies outside it being what it is.
    fn go_round(&mut self, circle: std::ops::Range<usize>, cx: &Cx) {
        let members: Vec<ServiceId> = circle.map(|place| cx.web.at(place)).collect();
        members.iter().for_each(|m| self.share[m.index()] = 1.0);
        for _ in 0..ROUNDS {
            members.iter().for_each(|&m| self.lower(m));
            let mut still = true;
            for &member in &members {
                let next = self.product(member, cx);
                still &= (next - self.share[member.index()]).abs() <= EPSILON;
                self.share[member.index()] = next;
            }
            if still {
                break;
            }
        }
    }

    /// Members that changed for a reason of their own first; they are the reason of the others.
    fn tell_circle(&mut self, circle: std::ops::Range<usize>, cx: &mut Cx) -> bool {
        let mut changed = false;
        let mut common = [Reason::None; 2];
        let mut rest = Vec::new();
        for place in circle.clone() {
            let member = cx.web.at(place);
            let which = direction(cx.board.share(member), self.share[member.index()]);
            let reason = self.reasons[member.index()][which];
            if reason == Reason::None {
                rest.push(member);
                continue;
            }
            changed |= self.tell(member, cx);
            let told = cx.board.service_event(member).map_or(reason, Reason::Event).max(reason);
            common[which] = told.max(common[which]);
        }
        for member in rest {
            self.reasons[member.index()] = common;
            changed |= self.tell(member, cx);
        }
        for place in circle {
            self.due.remove(place);
            self.reasons[cx.web.at(place).index()] = [Reason::None; 2];
        }
        changed
    }

    /// Writes what a service serves on the board, records a new state with its cause, and marks whoever leans on it.
    fn tell(&mut self, service: ServiceId, cx: &mut Cx) -> bool {
        let i = service.index();
        let reasons = std::mem::take(&mut self.reasons[i]);
        let (own, share) = (self.own[i], self.share[i]);
        let before = cx.board.share(service);
        let changed = share.to_bits() != before.to_bits();
        if !changed && own.to_bits() == cx.board.own(service).to_bits() {
            return false;
        }
        cx.board.set_share(service, own, share);
        if !changed {
            return false;
        }
        let which = direction(before, share);
        let state = match share {
            a if a >= WHOLE => ServiceState::Up,
            a if a > 0.0 => ServiceState::Degraded,
            _ => ServiceState::Down,
        };
        let old = cx.board.service(service);
        let was_down = !matches!(old, ServiceState::Up | ServiceState::Degraded);
        let mut reason = reasons[which];
        if state != old && !(was_down && state == ServiceState::Down) {
            reason = Reason::Event(cx.board.set_service(service, state, &reason.causes()));
        }
        self.spared.set(i, 1.0 - cx.world[service].users * (1.0 - share));
        for &caller in cx.web.callers(service) {
            self.due.insert(cx.web.place(caller));
            let theirs = &mut self.reasons[caller.index()][which];
            *theirs = reason.max(*theirs);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::Reason;
    use crate::trace::EventId;

    #[test]
    fn the_latest_event_counts_and_any_event_before_the_calendar() {
        let event = |id| Reason::Event(EventId(id));
        assert_eq!(event(3).max(event(7)).max(event(1)).causes(), [EventId(7)]);
        assert_eq!(event(0).max(Reason::Calendar), event(0));
        assert_eq!(Reason::Calendar.max(Reason::None).causes(), []);
    }
}
