//! Failing: the fraction `p` of attempts that callers see fail, and what they make of it.
//!
//! `τ p' = (1 − G/x) − p`: callers notice over the time that the retries of one request take. Of a request's attempts a
//! fraction `1 − p` succeeds, so that all of them fail for a share `p^(r+1)` of requests; that much fails again one layer
//! further up. What is overloaded thus brings more load on itself, which can last when its cause has gone.
//!
//! No ticks: between events `p` relaxes exponentially towards its target. What acts on the rest of the world is a
//! quantised `p` that follows in steps (a quantised state system, Zeigler 1998); when the next step is due is solved in
//! closed form. Near its target it goes to where its own loop rests, found by Steffensen's iteration, unless that is a
//! point from which it would run away.

use super::load::{Load, Loop};
use super::{Noticed, ServiceId};
use crate::kernel::marks::Marks;
use crate::kernel::queue::Slot;
use crate::kernel::{math, traffic};
use crate::mechanisms::Timer;
use crate::run::Cx;
use crate::world::{Retry, World};
use crate::{Span, Time};

/// Largest and smallest step of what acts: each turn back halves it, so that services that swing against each other come
/// to rest.
const STEP: f64 = 0.25;
const LEAST_STEP: f64 = 1.0 / 64.0;
/// So near to its target it goes to its rest. A little more than the sixteenth that halving the way leads to, or the
/// microsecond to which an alarm is rounded would decide whether it is there.
const NEAR: f64 = 1.0 / 16.0 + 1e-6;
/// What fails less than this more or less is not followed.
const LEAST: f64 = 1.0 / 2048.0;
/// So near to its next step it takes it: services that step at the same moment do so together, however their alarms were
/// rounded and whichever rings first.
const REACHED: f64 = 1e-5;
/// Fractions closer than this are the same.
const EPSILON: f64 = 1e-9;
/// Iterations of the search for rest.
const SEARCH: usize = 8;
/// Moves of one service in one instant.
const MOVES: u32 = 8;

/// What callers see of failures.
pub(super) struct Failing {
    views: Vec<View>,
    due: Marks,
}

/// Callers' view of one service.
struct View {
    /// The fraction that acts, and the attempts it makes of one request.
    acts: f64,
    attempts: f64,
    /// The fraction itself: `from` at `since`, on its way to `target`; what acts next is `next`, none
    /// (NaN) while no step is due.
    from: f64,
    since: Time,
    target: f64,
    next: f64,
    /// Largest step for now, downwards if negative.
    step: f64,
    /// Moves at once at `since`.
    moves: u32,
    /// Time constant in seconds.
    tau: f64,
    slot: Slot,
}

impl View {
    fn now(&self, now: Time) -> f64 {
        if self.from.to_bits() == self.target.to_bits() {
            return self.from;
        }
        let left = math::exp(-now.since(self.since).secs() / self.tau);
        self.target + (self.from - self.target) * left
    }

    /// No step is due.
    fn stay(&mut self, cx: &mut Cx) {
        self.next = f64::NAN;
        cx.cancel(self.slot);
    }

    /// Chance that a request succeeds in the end.
    fn answered(&self) -> f64 {
        (self.attempts * (1.0 - self.acts)).min(1.0)
    }
}

impl Failing {
    pub fn new(world: &World, cx: &mut Cx) -> Self {
        let view = |s: &crate::world::Service| View {
            acts: 0.0,
            attempts: 1.0,
            from: 0.0,
            since: Time::ZERO,
            target: 0.0,
            next: f64::NAN,
            step: STEP,
            moves: 0,
            tau: span(s.retry),
            slot: cx.slot(),
        };
        Self { views: world.services.iter().map(view).collect(), due: Marks::none(world.services.len()) }
    }

    /// Attempts made for one request.
    pub fn attempts(&self, service: ServiceId) -> f64 {
        self.views[service.index()].attempts
    }

    /// What callers see is to be worked out again.
    pub fn mark(&mut self, service: ServiceId) {
        self.due.insert(service.index());
    }

    /// The next step is due.
    pub fn reach(&mut self, service: ServiceId, load: &mut Load, cx: &mut Cx) {
        let view = &mut self.views[service.index()];
        let next = std::mem::replace(&mut view.next, f64::NAN);
        (view.from, view.since) = (next, cx.now());
        self.act(service, next, load, cx);
        self.mark(service);
    }

    /// Aims at what now fails; true if anything acts differently at once.
    pub fn aim(&mut self, load: &mut Load, cx: &mut Cx) -> bool {
        let mut acted = false;
        while let Some(i) = self.due.take_first() {
            let service = ServiceId::at(i);
            let good = self.good(service, cx);
            load.weigh(service, self.views[i].attempts, good, cx);
            if load.has_clients(service) {
                acted |= self.follow(service, good, load, cx);
            }
        }
        acted
    }

    /// Chance that everything else an attempt needs is answered.
    fn good(&self, service: ServiceId, cx: &Cx) -> f64 {
        let kept = |need: &crate::world::Need| {
            1.0 - need.soft.unwrap_or(1.0) * (1.0 - self.views[need.on.index()].answered())
        };
        cx.world[service].needs.iter().map(kept).product()
    }

    fn follow(&mut self, service: ServiceId, good: f64, load: &mut Load, cx: &mut Cx) -> bool {
        let now = cx.now();
        let view = &self.views[service.index()];
        let (p, acts) = (view.now(now), view.acts);
        if (view.next - p).abs() <= REACHED {
            cx.cancel(view.slot);
            self.reach(service, load, cx);
            return true;
        }
        let around = load.around(service, cx.world[service].retry, good);
        let target = around.fails(acts);
        if (target - p).abs() <= NEAR
            && let Some(rest) = rest(&around, target)
            && (rest - p).abs() <= 2.0 * NEAR
        {
            return self.come_to_rest(service, rest, load, cx);
        }
        let view = &mut self.views[service.index()];
        (view.from, view.since, view.target) = (p, now, target);
        let gap = target - p;
        let turns = (gap > 0.0) != (view.step > 0.0);
        let size = view.step.abs();
        view.step = if turns { size / 2.0 } else { size }.copysign(gap);
        if view.step.abs() < LEAST_STEP && gap.abs() <= NEAR {
            view.stay(cx);
            return false;
        }
        let step = view.step.abs().max(LEAST_STEP);
        view.next = p + (gap / 2.0).clamp(-step, step);
        match traffic::relaxing(p, target, view.next) {
            Some(constants) if gap.abs() > LEAST => {
                cx.set(
                    view.slot,
                    Span::from_secs_f64(constants * view.tau),
                    Timer::Serving(Noticed(service)),
                );
            }
            _ => view.stay(cx),
        }
        false
    }

    /// Goes to where its loop rests. Services that drive each other out of their rest stop doing so after a few moves in
    /// one instant.
    fn come_to_rest(&mut self, service: ServiceId, rest: f64, load: &mut Load, cx: &mut Cx) -> bool {
        let now = cx.now();
        let view = &mut self.views[service.index()];
        view.moves = if view.since == now { view.moves + 1 } else { 0 };
        view.step = STEP.copysign(view.step);
        let acts = view.acts;
        let enough = if view.moves < MOVES { EPSILON } else { NEAR };
        (view.from, view.since, view.target) = (rest, now, rest);
        view.stay(cx);
        (rest - acts).abs() > enough && self.act(service, rest, load, cx)
    }

    fn act(&mut self, service: ServiceId, p: f64, load: &mut Load, cx: &mut Cx) -> bool {
        let view = &mut self.views[service.index()];
        (view.acts, view.attempts) = (p, attempts(cx.world[service].retry, p));
        cx.board.set_failing(service, p);
        load.mark(service, &cx.web);
        let news = load.news(service);
        for &caller in cx.web.callers(service) {
            load.tell(caller, news);
            self.due.insert(caller.index());
        }
        true
    }
}

/// Where a loop of failures and retries rests, near a fraction; none if it would not stay there.
fn rest(around: &Loop<'_>, near: f64) -> Option<f64> {
    let mut p = near;
    for _ in 0..SEARCH {
        let once = around.fails(p);
        let step = once - p;
        if step.abs() <= f64::EPSILON {
            return Some(once);
        }
        let slope = (around.fails(once) - once) / step;
        if slope >= 1.0 {
            return None;
        }
        p = (p + step / (1.0 - slope)).clamp(0.0, 1.0);
    }
    ((around.fails(p) - p).abs() <= EPSILON).then_some(p)
}

fn attempts(retry: Retry, p: f64) -> f64 {
    traffic::attempts(p, retry.max, retry.budget)
}

/// Time that the retries of one request take, each waiting twice as long as the one before, in seconds.
fn span(retry: Retry) -> f64 {
    retry.backoff.secs() * (math::pow(2.0, f64::from(retry.max)) - 1.0).max(1.0)
}
