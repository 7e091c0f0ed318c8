//! Luck: one stream of draws for each (seed, entity, purpose).
//!
//! Changing one entity therefore leaves every other entity's draws as they were, and two designs are compared on the
//! same luck (common random numbers). The generator is named, because its bits are part of the product.

use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng, SeedableRng};

use super::hash::Fnv;
use super::math;
use crate::Span;

/// Draws for one purpose of one entity.
#[derive(Clone, Debug)]
pub struct Stream(Xoshiro256PlusPlus);

impl Stream {
    /// The stream of an entity, named by a text that does not depend on its position, for a purpose.
    #[must_use]
    pub fn new(seed: u64, entity: &str, purpose: &str) -> Self {
        #[cfg(test)]
        let entity = &crate::renamed::known_as(entity);
        let name = Fnv::default().word(seed).text(entity).text(purpose).finish();
        Self(Xoshiro256PlusPlus::seed_from_u64(name))
    }

    /// Uniform in [0, 1), 53 bits.
    pub fn uniform(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// True with probability `p`.
    pub fn chance(&mut self, p: f64) -> bool {
        self.uniform() < p
    }

    /// Exponential with mean 1, by inversion.
    pub fn exponential(&mut self) -> f64 {
        -math::ln(1.0 - self.uniform())
    }

    /// Exponential with a mean.
    pub fn wait(&mut self, mean: Span) -> Span {
        mean.scaled(self.exponential())
    }

    /// Sum of `k` exponentials of mean 1: Gamma(k, 1).
    pub fn gamma(&mut self, k: u32) -> f64 {
        (0..k).map(|_| self.exponential()).sum()
    }

    /// Erlang-`k` with a mean; its standard deviation is mean / √k.
    pub fn erlang(&mut self, k: u32, mean: Span) -> Span {
        mean.scaled(self.gamma(k) / f64::from(k))
    }

    /// Standard normal, by Box and Muller (1958).
    pub fn normal(&mut self) -> f64 {
        let radius = (2.0 * self.exponential()).sqrt();
        radius * math::cos(std::f64::consts::TAU * self.uniform())
    }

    /// Lognormal with mean 1 and σ of the logarithm.
    pub fn lognormal(&mut self, sigma: f64) -> f64 {
        math::exp(sigma * self.normal() - sigma * sigma / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Stream;

    /// Mean and variance of `n` draws.
    fn moments(n: u32, mut draw: impl FnMut() -> f64) -> (f64, f64) {
        let xs: Vec<f64> = (0..n).map(|_| draw()).collect();
        let mean = xs.iter().sum::<f64>() / f64::from(n);
        let variance = xs.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / f64::from(n);
        (mean, variance)
    }

    #[test]
    fn exponential_and_lognormal_have_mean_one() {
        let mut stream = Stream::new(7, "a", "b");
        let (mean, variance) = moments(40_000, || stream.exponential());
        assert!((mean - 1.0).abs() < 4.0 / 200.0, "{mean}");
        assert!((variance - 1.0).abs() < 0.1, "{variance}");
        let (mean, _) = moments(40_000, || stream.lognormal(0.3));
        assert!((mean - 1.0).abs() < 4.0 * 0.31 / 200.0, "{mean}");
    }

    #[test]
    fn streams_differ_by_seed_entity_and_purpose() {
        let first = |seed, entity, purpose| Stream::new(seed, entity, purpose).uniform().to_bits();
        let base = first(1, "ab", "c");
        assert_ne!(base, first(2, "ab", "c"));
        assert_ne!(base, first(1, "a", "bc"));
        assert_ne!(base, first(1, "ab", "d"));
        assert_eq!(base, first(1, "ab", "c"));
    }

    #[test]
    fn first_draws_are_pinned() {
        // Portable bits are a promise: a change here changes every published run.
        let mut stream = Stream::new(1, "pangyo/bat>ups", "spread");
        let drawn = [stream.uniform(), stream.exponential(), stream.normal()].map(f64::to_bits);
        assert_eq!(drawn, [4_607_023_685_542_606_779, 4_593_282_486_319_936_158, 13_833_417_672_684_809_656]);
    }
}
