//! Overload: a breaker with a thermal memory, and how long a UPS carries more than it is rated for.
//!
//! Both are solved in closed form for a load that is constant until the next event, so each needs one alarm, moved
//! whenever the load changes.

use crate::kernel::math;
use crate::{Span, Time};

/// A breaker holds this many times its rating for ever (k of IEC 60255-149).
const K: f64 = 1.13;
/// From this many times the rating on its magnetic release opens it at once.
const MAGNETIC: f64 = 10.0;

/// A thermal replica as in IEC 60255-149: `τ θ' = i² − θ` for a load of i times the rating; it trips at `θ ≥ k²`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Thermal {
    theta: f64,
    load: f64,
    since: Time,
    /// Time constant, in seconds.
    tau: f64,
}

impl Thermal {
    /// That of a breaker which has carried a load for long.
    pub fn settled(now: Time, load: f64, tau: Span) -> Self {
        Self { theta: (load * load).min(1.0), load, since: now, tau: tau.secs() }
    }

    /// θ at a moment: `i² + (θ₀ − i²) e^(−t/τ)`.
    fn now(&self, now: Time) -> f64 {
        let end = self.load * self.load;
        end + (self.theta - end) * math::exp(-now.since(self.since).secs() / self.tau)
    }

    /// The load is another from now on.
    pub fn change(&mut self, now: Time, load: f64) {
        (self.theta, self.load, self.since) = (self.now(now), load, now);
    }

    /// The load, as a share of the rating.
    pub const fn load(&self) -> f64 {
        self.load
    }

    /// Time from the last change of load until it trips: `τ ln((i² − θ) / (i² − k²))`; none if it holds for ever.
    pub fn trips(&self) -> Option<Span> {
        let end = self.load * self.load;
        if self.load >= MAGNETIC || (end > K * K && self.theta >= K * K) {
            return Some(Span::ZERO);
        }
        (end > K * K).then(|| Span::from_secs_f64(self.tau * math::ln((end - self.theta) / (end - K * K))))
    }
}

/// A UPS carries 150 % of its rating for a tenth of the time that it carries 125 %: the time falls with this power of the
/// excess, log₂ 10.
const STEEP: f64 = std::f64::consts::LN_10 / std::f64::consts::LN_2;

/// What is left of the overload a UPS stands: the share used up grows by `dt / t(i)` with
/// `t(i) = T · (0.25 / (i − 1))^log₂10`, with T = 10 min through the usual data sheet's 125 % for 10 min and 150 % for 1 min;
/// at or below its rating it recovers in T.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tolerance {
    spent: f64,
    load: f64,
    since: Time,
    /// How long it carries 125 %, in seconds.
    carries: f64,
}

impl Tolerance {
    /// That of a UPS which was never overloaded.
    pub fn rested(now: Time, carries: Span) -> Self {
        Self { spent: 0.0, load: 0.0, since: now, carries: carries.secs() }
    }

    /// Share used up in a second.
    fn rate(&self) -> f64 {
        let excess = self.load - 1.0;
        let used = if excess > 0.0 { math::pow(excess / 0.25, STEEP) } else { -1.0 };
        used / self.carries
    }

    /// The load is another from now on.
    pub fn change(&mut self, now: Time, load: f64) {
        self.spent = (self.spent + self.rate() * now.since(self.since).secs()).clamp(0.0, 1.0);
        (self.load, self.since) = (load, now);
    }

    /// The load, as a share of the rating.
    pub const fn load(&self) -> f64 {
        self.load
    }

    /// Time from the last change of load until it gives up; none if it does not.
    pub fn ends(&self) -> Option<Span> {
        (self.load > 1.0).then(|| Span::from_secs_f64((1.0 - self.spent) / self.rate()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Thermal, Tolerance};
    use crate::{Span, Time};

    const TAU: Span = Span::from_secs(270);
    const CARRIES: Span = Span::from_mins(10);

    fn after(secs: f64) -> Time {
        Time::ZERO + Span::from_secs_f64(secs)
    }

    #[test]
    fn a_breaker_remembers_what_it_carried() {
        let mut cold = Thermal::settled(Time::ZERO, 0.0, TAU);
        assert_eq!(cold.trips(), None);
        cold.change(after(1.0), 1.12);
        assert_eq!(cold.trips(), None, "k times the rating for ever");
        cold.change(after(1e7), 10.0);
        assert_eq!(cold.trips(), Some(Span::ZERO), "magnetic");
        // An overload in two halves trips when the whole would have.
        let mut whole = Thermal::settled(Time::ZERO, 0.9, TAU);
        whole.change(Time::ZERO, 1.5);
        let at = whole.trips().map_or(0.0, Span::secs);
        let mut halves = whole;
        halves.change(after(at / 2.0), 1.5);
        assert!((halves.trips().map_or(0.0, Span::secs) - at / 2.0).abs() < 1e-5);
    }

    #[test]
    fn a_ups_carries_125_percent_for_10_minutes_and_150_for_one() {
        for (load, minutes) in [(1.25, 10.0), (1.5, 1.0)] {
            let mut ups = Tolerance::rested(Time::ZERO, CARRIES);
            ups.change(Time::ZERO, load);
            let ends = ups.ends().map_or(0.0, Span::secs);
            assert!((ends - minutes * 60.0).abs() < 1e-6, "{load}: {ends} s");
        }
        let mut ups = Tolerance::rested(Time::ZERO, CARRIES);
        ups.change(Time::ZERO, 1.25);
        ups.change(after(300.0), 1.0);
        assert_eq!(ups.ends(), None);
        ups.change(after(450.0), 1.25);
        assert_eq!(ups.ends(), Some(Span::from_secs(450)), "a quarter is still used up");
    }
}
