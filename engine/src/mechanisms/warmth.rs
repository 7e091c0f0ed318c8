//! Warmth: what servers that have just started do not have in their caches yet is fetched from behind.
//!
//! A cache answers the share `h` of what is looked up, on an ordinary day `hit`. Servers that begin to run, or that have
//! never served, have nothing in it, and call what is behind `m = (1 − h) / (1 − hit)` times as often. What is answered
//! fills it: `h' = (hit − h) · s / warm`, s being what is served now over the daily peak. While s stands still, h relaxes
//! exponentially; what acts follows in steps of an eighth of what is missing, each solved in closed form.

use super::capacity::takes;
use super::{Mechanism, Timer};
use crate::kernel::marks::Marks;
use crate::kernel::math;
use crate::kernel::queue::Slot;
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, Subject};
use crate::world::{PoolRole, ServiceId, World};
use crate::{Span, Time};

/// What is missing after a step, of what was missing before.
const STEP: f64 = 7.0 / 8.0;
/// So many more calls than on an ordinary day are none.
const LEAST: f64 = 1.0 / 64.0;

/// Warmth's memory.
pub(crate) struct Warmth {
    caches: Vec<Cache>,
    /// Place of each service's among them, if it has one.
    of: Vec<Option<usize>>,
    /// Those that were filled in this instant.
    filled: Marks,
    /// The hour's demand when they were last looked at.
    demand: f64,
}

struct Cache {
    service: ServiceId,
    /// By pool of the service: servers that run, and what they miss, as a share of what a warm one holds.
    pools: Vec<(f64, f64)>,
    /// When that was, and how fast it is filled: what is served over the daily peak.
    since: Time,
    rate: f64,
    /// More calls than on an ordinary day with nothing in it.
    empty: f64,
    /// Time constant in seconds.
    warm: f64,
    /// What made it cold.
    cold: Option<EventId>,
    slot: Slot,
}

/// A cache has come to the next step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Warmer(usize);

impl Mechanism for Warmth {
    type Timer = Warmer;
    const CLASS: u8 = 6;

    fn new(world: &World, cx: &mut Cx) -> Self {
        let mut caches = Vec::new();
        for (i, service) in world.services.iter().enumerate() {
            let Some(cache) = service.cache else { continue };
            let pool = |&p: &crate::world::PoolId| {
                (f64::from(world[p].running), f64::from(u8::from(world[p].role != PoolRole::Active)))
            };
            caches.push(Cache {
                service: ServiceId::at(i),
                pools: service.pools.iter().map(pool).collect(),
                since: Time::ZERO,
                rate: 0.0,
                empty: cache.hit / (1.0 - cache.hit),
                warm: cache.warm.secs(),
                cold: None,
                slot: cx.slot(),
            });
        }
        let mut of = vec![None; world.services.len()];
        caches.iter().enumerate().for_each(|(at, cache)| of[cache.service.index()] = Some(at));
        let filled = Marks::all(caches.len());
        Self { caches, of, filled, demand: f64::NAN }
    }

    fn ring(&mut self, Warmer(at): Warmer, cx: &mut Cx) {
        let Some(cache) = self.caches.get_mut(at) else { return };
        cache.fill(cx);
        cache.act(None, cx);
        cache.wait(at, cx);
        self.filled.insert(at);
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        if self.caches.is_empty() {
            return;
        }
        let of = match (heard.subject, heard.change) {
            (Subject::Pool(pool), Change::Servers(_) | Change::Pool(_)) => Some(cx.world[pool].service),
            (Subject::Service(service), Change::Promoted) => Some(service),
            (_, Change::Network(_)) => None,
            _ => return,
        };
        let all = 0..self.caches.len();
        let concerned = match of {
            Some(service) => self.of[service.index()].map_or(0..0, |at| at..at + 1),
            None => all,
        };
        for at in concerned {
            let cache = &mut self.caches[at];
            cache.fill(cx);
            cache.count(cx);
            cache.act(Some(heard.id), cx);
            self.filled.insert(at);
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        if self.demand.to_bits() != cx.board.demand.to_bits() {
            self.demand = cx.board.demand;
            (0..self.caches.len()).for_each(|at| self.filled.insert(at));
        }
        while let Some(i) = cx.board.asking.take_first() {
            self.of[i].into_iter().for_each(|at| self.filled.insert(at));
        }
        while let Some(at) = self.filled.take_first() {
            let cache = &mut self.caches[at];
            let rate = cx.board.share(cache.service) * cx.board.demand;
            if rate.to_bits() != cache.rate.to_bits() || cache.since == cx.now() {
                cache.fill(cx);
                cache.rate = rate;
                cache.wait(at, cx);
            }
        }
    }
}

impl Cache {
    /// What was served since then has filled the caches of those who served.
    fn fill(&mut self, cx: &Cx) {
        let left = math::exp(-self.rate * cx.now().since(self.since).secs() / self.warm);
        for (pool, &id) in self.pools.iter_mut().zip(&cx.world[self.service].pools) {
            if takes(id, cx) {
                pool.1 *= left;
            }
        }
        self.since = cx.now();
    }

    /// Servers that are new have nothing in theirs.
    fn count(&mut self, cx: &Cx) {
        for (pool, &id) in self.pools.iter_mut().zip(&cx.world[self.service].pools) {
            let up = cx.board.servers(id);
            if up > pool.0 {
                pool.1 = (pool.0 * pool.1 + up - pool.0) / up;
            }
            pool.0 = up;
        }
    }

    /// More calls than on an ordinary day; none where no server runs. Whether users reach them makes no difference: what
    /// overruns the lines would otherwise take itself back in the same instant, for ever.
    fn more(&self, cx: &Cx) -> f64 {
        let (mut all, mut missing) = (0.0, 0.0);
        for (&(up, gap), &id) in self.pools.iter().zip(&cx.world[self.service].pools) {
            if cx.board.active[id.index()] {
                all += up;
                missing += up * gap;
            }
        }
        if all > 0.0 { self.empty * missing / all } else { 0.0 }
    }

    /// Lets the present state act, and says when it becomes cold or warm.
    fn act(&mut self, by: Option<EventId>, cx: &mut Cx) {
        let more = self.more(cx);
        let more = if more < LEAST { 0.0 } else { more };
        let subject = Subject::Service(self.service);
        if more > 0.0 && self.cold.is_none() {
            self.cold = by.map(|by| cx.board.record(subject, Change::CacheCold, &[by]));
        }
        let Some(cold) = self.cold else { return };
        cx.board.set_misses(self.service, 1.0 + more, cold);
        if more <= 0.0 {
            self.cold = None;
            // Nobody says of a cache that is gone that it is warm.
            if cx.board.capacity(self.service) > 0.0 {
                cx.board.record(subject, Change::CacheWarm, &[cold]);
            }
        }
    }

    /// Sets the alarm for the next step.
    fn wait(&mut self, at: usize, cx: &mut Cx) {
        if self.cold.is_none() || self.rate <= 0.0 {
            return cx.cancel(self.slot);
        }
        let secs = -math::ln(STEP) * self.warm / self.rate;
        cx.set(self.slot, Span::from_secs_f64(secs), Timer::Warmth(Warmer(at)));
    }
}
