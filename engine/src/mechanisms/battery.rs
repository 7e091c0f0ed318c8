//! A UPS battery: how long it lasts under a changing load.

use crate::kernel::math;
use crate::{Span, Time};

/// Peukert's exponent of a lead-acid or lithium UPS string at high rates.
const PEUKERT: f64 = 1.15;
/// A battery charges this many times as long as it lasts at rated load.
const RECHARGE: f64 = 10.0;
/// No load empties a battery more slowly than this share of its rating: the UPS needs some itself.
const LEAST: f64 = 1e-3;

/// Charge of a battery: `charge`, 0 to 1, held at `since` and changing by `rate` a second.
#[derive(Clone, Copy, Debug)]
pub(super) struct Battery {
    charge: f64,
    rate: f64,
    since: Time,
}

impl Battery {
    pub const fn full() -> Self {
        Self { charge: 1.0, rate: 0.0, since: Time::ZERO }
    }

    /// One that holds nothing.
    pub const fn empty(now: Time) -> Self {
        Self { charge: 0.0, rate: 0.0, since: now }
    }

    pub fn charge(&self, now: Time) -> f64 {
        (self.charge + self.rate * now.since(self.since).secs()).clamp(0.0, 1.0)
    }

    /// Nothing goes in or out.
    pub fn rest(&mut self, now: Time) {
        self.change(now, 0.0);
    }

    /// It is charged, in ten times its time at rated load.
    pub fn recharge(&mut self, now: Time, full: Span) {
        self.change(now, 1.0 / (RECHARGE * full.secs().max(1e-6)));
    }

    /// It carries a load, as a share of the rating for which it lasts `full`: `t = full · charge · load^−1.15` (Peukert's
    /// law). Returns that time if the load is another than before.
    pub fn discharge(&mut self, now: Time, full: Span, load: f64) -> Option<Span> {
        let lasts = full.scaled(math::pow(load.max(LEAST), -PEUKERT));
        let changed = self.change(now, -1.0 / lasts.secs().max(1e-6));
        changed.then(|| lasts.scaled(self.charge))
    }

    /// Only a rate that differs is a change, so that what happens elsewhere leaves no trace in the last digit.
    fn change(&mut self, now: Time, rate: f64) -> bool {
        let changed = self.rate.to_bits() != rate.to_bits();
        if changed {
            (self.charge, self.since, self.rate) = (self.charge(now), now, rate);
        }
        changed
    }
}
