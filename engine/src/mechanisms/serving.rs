//! Serving: what share of its demand each service serves, as the *greatest* fixed point of its dependencies.
//!
//! A service by itself can serve `own = min(1, capacity / load)`, nothing without a majority of its voters. What it
//! serves is the product of the own share of every member of its hard closure, each counted once, where each member's
//! own share is first lowered by its soft dependencies: `own' = own · Π (1 − w (1 − a_d))`. Soft dependencies may form
//! cycles, so the product is iterated from 1 downwards, which ends at the greatest fixed point.

use super::{Mechanism, Never};
use crate::kernel::order::{sorted, sorted_by_key};
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, PoolState, ServiceState, Subject, WHOLE};
use crate::world::{PoolId, ServiceId, World};

/// Shares closer than this are the same.
const EPSILON: f64 = 1e-12;
/// Rounds for soft cycles. Each round multiplies the distance from the fixed point by at most the weight.
const ROUNDS: usize = 64;

/// Memory: the closures, and what changed since the last evaluation.
pub(crate) struct Serving {
    /// Hard closure of each service, itself included.
    closure: Vec<Vec<ServiceId>>,
    /// Services, those that others lean on first.
    order: Vec<ServiceId>,
    /// Soft dependencies by service: on what, and the share lost without it.
    soft: Vec<Vec<(ServiceId, f64)>>,
    has_soft: bool,
    /// Services whose own servers changed, and whether any did.
    dirty: Vec<bool>,
    any_dirty: bool,
    demand: f64,
    /// Kept between evaluations: each service's own share, the same lowered, and what it serves.
    own: Vec<f64>,
    lowered: Vec<f64>,
    share: Vec<f64>,
}

impl Mechanism for Serving {
    type Timer = Never;
    const CLASS: u8 = 5;

    fn new(world: &World, _cx: &mut Cx) -> Self {
        let closure = closures(world);
        let order = (0..world.services.len()).map(ServiceId::at).collect();
        let order = sorted_by_key(order, |s| closure[s.index()].len());
        let soft: Vec<Vec<(ServiceId, f64)>> = world
            .services
            .iter()
            .map(|s| s.needs.iter().filter_map(|n| n.soft.map(|w| (n.on, w))).collect())
            .collect();
        let n = world.services.len();
        Self {
            closure,
            order,
            has_soft: soft.iter().any(|s| !s.is_empty()),
            soft,
            dirty: vec![true; n],
            any_dirty: true,
            demand: f64::NAN,
            own: vec![1.0; n],
            lowered: vec![1.0; n],
            share: vec![1.0; n],
        }
    }

    fn ring(&mut self, timer: Never, _cx: &mut Cx) {
        match timer {}
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        let service = match (heard.subject, heard.change) {
            (Subject::Pool(pool), Change::Servers(_) | Change::Pool(_)) => cx.world[pool].service,
            (Subject::Service(service), Change::Promoted) => service,
            _ => return,
        };
        self.dirty[service.index()] = true;
        self.any_dirty = true;
    }

    fn settle(&mut self, cx: &mut Cx) {
        let new_hour = self.demand.to_bits() != cx.board.demand.to_bits();
        self.demand = cx.board.demand;
        if (new_hour || std::mem::take(&mut self.any_dirty)) && self.look_at_own(new_hour, cx) {
            self.evaluate(cx);
            cx.board.look_at_jobs(cx.world);
        }
    }
}

impl Serving {
    /// Recomputes the own share of what changed; true if any did.
    fn look_at_own(&mut self, all: bool, cx: &Cx) -> bool {
        let mut changed = false;
        for i in 0..self.own.len() {
            if std::mem::take(&mut self.dirty[i]) || all {
                let now = own(ServiceId::at(i), cx);
                changed |= now.to_bits() != self.own[i].to_bits();
                self.own[i] = now;
            }
        }
        changed
    }

    fn evaluate(&mut self, cx: &mut Cx) {
        self.greatest();
        let mut changed = false;
        for &service in &self.order {
            let (own, share) = (self.own[service.index()], self.share[service.index()]);
            let before = cx.board.share(service);
            if share.to_bits() == before.to_bits() && own.to_bits() == cx.board.own(service).to_bits() {
                continue;
            }
            changed |= (before - share).abs() > EPSILON;
            let state = match share {
                a if a >= WHOLE => ServiceState::Up,
                a if a > 0.0 => ServiceState::Degraded,
                _ => ServiceState::Down,
            };
            let was_down = !matches!(cx.board.service(service), ServiceState::Up | ServiceState::Degraded);
            let news = state != cx.board.service(service) && !(was_down && state == ServiceState::Down);
            let causes = if news { self.causes(service, own, share, cx) } else { Vec::new() };
            cx.board.set_share(service, own, share);
            if news {
                cx.board.set_service(service, state, &causes);
            }
        }
        if changed {
            cx.board.set_affected(affected(cx.world, &self.share));
        }
    }

    /// Iterates from 1 downwards: each round lowers every own share by the soft dependencies as they stood before.
    fn greatest(&mut self) {
        self.share.fill(1.0);
        for _ in 0..ROUNDS {
            for (i, soft) in self.soft.iter().enumerate() {
                let kept: f64 = soft.iter().map(|&(d, w)| 1.0 - w * (1.0 - self.share[d.index()])).product();
                self.lowered[i] = self.own[i] * kept;
            }
            let mut still = true;
            for (share, members) in self.share.iter_mut().zip(&self.closure) {
                let next: f64 = members.iter().map(|m| self.lowered[m.index()]).product();
                still &= (next - *share).abs() <= EPSILON;
                *share = next;
            }
            if still || !self.has_soft {
                break;
            }
        }
    }

    /// Why a share changed: its own pools if its own share did, else the dependencies whose state did.
    fn causes(&self, service: ServiceId, own: f64, share: f64, cx: &Cx) -> Vec<EventId> {
        let world = cx.world;
        let pools = || world[service].pools.iter().filter_map(|&p| cx.board.pool_event(p));
        if (own - cx.board.own(service)).abs() > EPSILON {
            return newest(pools());
        }
        let worse = share < cx.board.share(service);
        let touched = |d: &ServiceId| cx.board.service(*d) != ServiceState::Up || !worse;
        let needs = world[service].needs.iter().map(|n| n.on).filter(touched);
        let causes = newest(needs.filter_map(|d| cx.board.service_event(d)));
        if causes.is_empty() { newest(pools()) } else { causes }
    }
}

/// The latest of some events; the earlier ones enabled nothing new.
fn newest(events: impl Iterator<Item = EventId>) -> Vec<EventId> {
    events.max().into_iter().collect()
}

/// What a service can serve by itself.
fn own(service: ServiceId, cx: &Cx) -> f64 {
    let world = cx.world;
    let entry = &world[service];
    if entry.quorum.is_some() {
        let checked = |p: &&PoolId| !cx.board.unchecked[p.index()];
        let up: f64 = entry.pools.iter().filter(checked).map(|&p| cx.board.servers(p)).sum();
        let majority = f64::from(cx.board.voters[service.index()] / 2 + 1);
        return if up >= majority { 1.0 } else { 0.0 };
    }
    let capacity: f64 = entry.pools.iter().map(|&p| serving(p, cx)).sum();
    let load = entry.load * cx.board.demand;
    if load <= 0.0 { f64::from(u8::from(capacity > 0.0)) } else { (capacity / load).min(1.0) }
}

/// Servers of a pool that take requests.
fn serving(pool: PoolId, cx: &Cx) -> f64 {
    let takes = cx.board.active[pool.index()] && !cx.board.unchecked[pool.index()];
    let up = !matches!(cx.board.pool(pool), PoolState::NoPower | PoolState::Destroyed | PoolState::Promoting);
    if takes && up { cx.board.servers(pool) } else { 0.0 }
}

/// People who find at least one of the services they use broken, if uses are independent:
/// `users · (1 − Π (1 − u_s (1 − a_s)))`.
fn affected(world: &World, share: &[f64]) -> f64 {
    let spared: f64 = world.services.iter().zip(share).map(|(s, a)| 1.0 - s.users * (1.0 - a)).product();
    world.demand.users * (1.0 - spared)
}

/// Hard closures of all services.
pub(crate) fn closures(world: &World) -> Vec<Vec<ServiceId>> {
    (0..world.services.len()).map(|i| hard_closure(world, ServiceId::at(i))).collect()
}

/// A service and everything it cannot serve without.
fn hard_closure(world: &World, of: ServiceId) -> Vec<ServiceId> {
    let mut seen = vec![false; world.services.len()];
    let mut open = vec![of];
    let mut members = Vec::new();
    while let Some(service) = open.pop() {
        if !std::mem::replace(&mut seen[service.index()], true) {
            members.push(service);
            open.extend(world[service].needs.iter().filter(|n| n.soft.is_none()).map(|n| n.on));
        }
    }
    sorted(members, &Ord::cmp)
}

#[cfg(test)]
mod tests {
    use super::newest;
    use crate::trace::EventId;

    #[test]
    fn the_latest_cause_counts() {
        assert_eq!(newest([EventId(3), EventId(7), EventId(1)].into_iter()), vec![EventId(7)]);
        assert_eq!(newest(std::iter::empty()), vec![]);
    }
}
