//! Shares: the *greatest* fixed point of what services serve.
//!
//! A service serves the product of the own share of every member of its hard closure, each counted once, where each
//! member's own share is first lowered by its soft dependencies: `own' = own · Π (1 − w (1 − a_d))`. Soft dependencies may
//! form circles; the members of one are iterated from 1 downwards, which ends at the greatest fixed point.

use std::ops::Range;

use super::load::Load;
use super::{Reason, ServiceId};
use crate::kernel::marks::Marks;
use crate::kernel::product::Product;
use crate::mechanisms::capacity::reached;
use crate::run::Cx;
use crate::trace::{EventId, ServiceState, WHOLE};
use crate::world::{Need, Service, World};

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

/// What services serve.
pub(super) struct Shares {
    /// Soft dependencies by service.
    soft: Vec<Vec<Soft>>,
    /// Services to be evaluated, by position in the order of evaluation.
    due: Marks,
    /// Why each may serve less, and why more, since it was last evaluated.
    reasons: Vec<[Reason; 2]>,
    /// Kept between evaluations: each service's own share, the same lowered, and what it serves.
    own: Vec<f64>,
    lowered: Vec<f64>,
    share: Vec<f64>,
    /// Services whose lowered share is not 1.
    impaired: Marks,
    /// Services that take work in at the moment without doing it at once: for whoever hands it over they serve.
    open: Vec<bool>,
    /// Chance that somebody is spared by each service.
    spared: Product,
}

/// Which of a service's two reasons counts for a change.
fn direction(from: f64, to: f64) -> usize {
    usize::from(to > from)
}

impl Shares {
    pub fn new(world: &World) -> Self {
        let n = world.services.len();
        let soft = |s: &Service| {
            let wish = |need: &Need| need.soft.map(|weight| Soft { on: need.on, weight, reached: 1.0 });
            s.needs.iter().filter_map(wish).collect()
        };
        Self {
            soft: world.services.iter().map(soft).collect(),
            due: Marks::none(n),
            reasons: vec![[Reason::None; 2]; n],
            own: vec![1.0; n],
            lowered: vec![1.0; n],
            share: vec![1.0; n],
            impaired: Marks::none(n),
            open: world.services.iter().map(|s| s.backlog.is_some()).collect(),
            spared: Product::ones(n),
        }
    }

    /// A service can serve more or less by itself, for what became of its servers.
    pub fn own_changed(&mut self, service: ServiceId, own: f64, why: Reason, cx: &Cx) {
        let i = service.index();
        self.reasons[i][direction(self.own[i], own)] = why;
        self.own[i] = own;
        self.due.insert(cx.web.place(service));
    }

    /// The same for what arrives; that is no reason where its servers are one already.
    pub fn own_changed_by_calls(&mut self, service: ServiceId, own: f64, why: Reason, cx: &Cx) {
        let i = service.index();
        let reason = &mut self.reasons[i][direction(self.own[i], own)];
        if *reason == Reason::None {
            *reason = why;
        }
        self.own[i] = own;
        self.due.insert(cx.web.place(service));
    }

    /// A service begins or ceases to take in work that it cannot do at once.
    pub fn takes_in(&mut self, service: ServiceId, open: bool, by: EventId, cx: &Cx) {
        if std::mem::replace(&mut self.open[service.index()], open) != open {
            for &caller in cx.web.callers(service) {
                self.due.insert(cx.web.place(caller));
                let reason = &mut self.reasons[caller.index()][usize::from(open)];
                *reason = Reason::Event(by).max(*reason);
            }
        }
    }

    /// Works out again how much of a service reaches what it would rather have.
    pub fn look_at_reach(&mut self, service: ServiceId, parted: Reason, load: &Load, cx: &Cx) {
        let i = service.index();
        for wish in &mut self.soft[i] {
            let now = reached(service, wish.on, cx);
            if now.to_bits() != wish.reached.to_bits() {
                let servers = load.servers(service).max(load.servers(wish.on));
                let theirs = &mut self.reasons[i][direction(wish.reached, now)];
                *theirs = if parted == Reason::None { servers } else { parted }.max(*theirs);
                wish.reached = now;
                self.due.insert(cx.web.place(service));
            }
        }
    }

    /// Carries what changed on to whatever leans on it; true if anybody serves more or less than before.
    pub fn evaluate(&mut self, cx: &mut Cx) -> bool {
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
        if changed {
            cx.board.set_affected(cx.world.demand.users * (1.0 - self.spared.all()));
        }
        changed
    }

    /// Lowers a service's own share by what it would rather have.
    fn lower(&mut self, service: ServiceId) {
        let i = service.index();
        let holds =
            |s: &Soft| if self.open[s.on.index()] { 1.0 } else { s.reached * self.share[s.on.index()] };
        let kept = self.soft[i].iter().map(|s| 1.0 - s.weight * (1.0 - holds(s)));
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
    fn go_round(&mut self, circle: Range<usize>, cx: &Cx) {
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
    fn tell_circle(&mut self, circle: Range<usize>, cx: &mut Cx) -> bool {
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
