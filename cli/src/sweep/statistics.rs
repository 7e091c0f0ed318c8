//! The statistics of a sweep: quantiles by nearest rank, and Wilson's interval for a share.

/// The 97.5 % quantile of the standard normal distribution: 95 % lie within ± this.
const Z: f64 = 1.959_963_984_540_054;

/// The quantile at `percent` of values in ascending order: the least value that at least so many per cent of all are not
/// above. None of no values.
///
/// This is the inverse of the empirical distribution function (type 1 of Hyndman and Fan, 1996; "nearest rank"). It is
/// always one of the values, so whole numbers stay whole, and a value "never" can stand above all others.
pub fn quantile<T: Copy>(ascending: &[T], percent: u8) -> Option<T> {
    let rank = (ascending.len() as u128 * u128::from(percent.min(100))).div_ceil(100).max(1);
    ascending.get(rank as usize - 1).copied()
}

/// So many of so many, with the interval that holds the true share 95 times in 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// How many.
    pub seeds: u64,
    /// Of how many; not zero.
    pub of: u64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Share {
    /// The share itself.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.seeds as f64 / self.of as f64
    }
}

/// The 95 % score interval of Wilson (1927), without continuity correction. None of nothing.
///
/// With p = k / n and z = 1.96: (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n). Unlike p ± z √(p(1 − p)/n) it
/// stays between 0 and 1, and says something when k is 0 or n.
#[must_use]
pub fn wilson(seeds: u64, of: u64) -> Option<Share> {
    if of == 0 {
        return None;
    }
    let (n, p) = (of as f64, seeds as f64 / of as f64);
    let z2n = Z * Z / n;
    let middle = (p + z2n / 2.0) / (1.0 + z2n);
    let half = Z * (p * (1.0 - p) / n + z2n / (4.0 * n)).sqrt() / (1.0 + z2n);
    let low = if seeds == 0 { 0.0 } else { (middle - half).max(0.0) };
    let high = if seeds == of { 1.0 } else { (middle + half).min(1.0) };
    Some(Share { seeds, of, low, high })
}

#[cfg(test)]
mod tests {
    use super::{quantile, wilson};

    #[test]
    fn a_quantile_is_the_nearest_rank() {
        // The ordinary example of the nearest-rank method: 15, 20, 35, 40, 50.
        let five = [15, 20, 35, 40, 50];
        let at = |percent| quantile(&five, percent);
        assert_eq!(
            [at(0), at(5), at(30), at(40), at(50), at(95), at(100)].map(Option::unwrap),
            [15, 15, 20, 20, 35, 50, 50]
        );
        // Of 1..=n it is ⌈n · percent / 100⌉, exactly.
        for n in 1..=400_u64 {
            let values: Vec<u64> = (1..=n).collect();
            for percent in [5, 50, 95] {
                assert_eq!(quantile(&values, percent), Some((n * u64::from(percent)).div_ceil(100)));
            }
        }
        assert_eq!(quantile::<u64>(&[], 50), None);
    }

    #[test]
    fn wilson_as_newcombe_published_it() {
        // Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3.
        for (k, n, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let share = wilson(k, n).unwrap();
            assert!((share.low - low).abs() < 5e-5 && (share.high - high).abs() < 5e-5, "{share:?}");
        }
        assert_eq!(wilson(0, 0), None);
    }

    #[test]
    fn wilson_at_its_ends_and_mirrored() {
        // With k = n the lower end is n / (n + z²) in closed form.
        let z2 = super::Z * super::Z;
        for n in [1, 20, 1000] {
            let all = wilson(n, n).unwrap();
            assert!((all.low - n as f64 / (n as f64 + z2)).abs() < 1e-12 && all.high == 1.0, "{all:?}");
            for k in 0..=n {
                let (this, mirrored) = (wilson(k, n).unwrap(), wilson(n - k, n).unwrap());
                assert!((this.low - (1.0 - mirrored.high)).abs() < 1e-12);
                assert!(this.low <= this.share() && this.share() <= this.high);
            }
        }
    }
}
