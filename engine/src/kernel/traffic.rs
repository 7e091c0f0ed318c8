//! Requests: how many arrive when failures are tried again, and how many of them servers can answer.

use super::math;

/// Fractions looked at on the way down.
const STEPS: u32 = 32;

/// Attempts made for one request when a fraction `p` of attempts fails and each request is tried again at most `max`
/// times: `Σ p^i` for `i ≤ max`. A budget allows at most so many retries for each first attempt.
#[must_use]
pub fn attempts(p: f64, max: u32, budget: Option<f64>) -> f64 {
    // Horner's rule: at most a hundred steps.
    let all = (0..max).fold(1.0, |sum, _| 1.0 + p * sum);
    budget.map_or(all, |budget| all.min(1.0 + budget))
}

/// Good answers per unit of time from servers that can give `capacity` of them when `arriving` attempts reach them.
///
/// Below capacity all are answered. Above it an attempt that fails has still cost `kappa` of a good one: what is left for
/// good ones is `G = (C − κx) / (1 − κ)`, nothing at worst. Servers that reject what is too much for next to nothing
/// (`shed`) answer `C`.
#[must_use]
pub fn goodput(arriving: f64, capacity: f64, kappa: f64, shed: bool) -> f64 {
    if arriving <= capacity {
        arriving
    } else if shed {
        capacity
    } else if kappa < 1.0 {
        ((capacity - kappa * arriving) / (1.0 - kappa)).max(0.0)
    } else {
        0.0
    }
}

/// Servers needed for each server's worth of demand so that retries die down from a fraction `p` that fails: the load at
/// which as much is answered as would keep that fraction where it is, `(1 − (1 − κ) p) Σ p^i`, must be in reach at every
/// fraction on the way. At `p = 1` and without a budget, `κ (r + 1)`.
#[must_use]
pub fn enough(p: f64, max: u32, budget: Option<f64>, kappa: f64) -> f64 {
    let holds = |p: f64| (1.0 - (1.0 - kappa) * p) * attempts(p, max, budget);
    (0..=STEPS).map(|i| holds(p * f64::from(i) / f64::from(STEPS))).fold(1.0, f64::max)
}

/// Time constants until what relaxes exponentially from `from` towards `to` has come to `level`; none if it never does.
#[must_use]
pub fn relaxing(from: f64, to: f64, level: f64) -> Option<f64> {
    let (gap, left) = (to - from, to - level);
    (left != 0.0 && gap / left >= 1.0).then(|| math::ln(gap / left))
}

/// Expected time, in mean lives of one, until `n` of `of` equal things with exponential lives are gone:
/// `H(of) − H(of − n) ≈ ln ((of + ½) / (of − n + ½))`.
#[must_use]
pub fn gone(n: f64, of: f64) -> f64 {
    math::ln((of + 0.5) / (of - n + 0.5))
}

/// Probability that an arriving request has to wait for one of `servers` when the work offered keeps `load` of them busy:
/// Erlang's C formula (1917).
///
/// The recursion for the blocking probability, `1/B_k = 1 + (k / a) / B_{k−1}`, forgets where it began: it starts so far
/// below the load that nothing of that is left, and ends when nobody waits any more. It costs some tens of √load steps.
#[must_use]
pub fn erlang_c(servers: f64, load: f64) -> f64 {
    if load <= 0.0 || servers <= 0.0 {
        return f64::from(u8::from(load > 0.0));
    }
    if load >= servers {
        return 1.0;
    }
    let spread = load.sqrt();
    let mut k = (load - 40.0 * spread).floor().max(0.0);
    let mut inverse = if k > 0.0 { 1.0 / (1.0 - k / load) } else { 1.0 };
    while k < servers && inverse < 1e300 {
        k += 1.0;
        inverse = 1.0 + k / load * inverse;
    }
    let blocked = 1.0 / inverse;
    blocked / (1.0 - load / servers * (1.0 - blocked))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64, relative: f64) {
        assert!((found - expected).abs() <= relative * expected.abs(), "{found}, not {expected}");
    }

    #[test]
    fn attempts_add_up() {
        close(attempts(0.5, 3, None), 1.875, 1e-15);
        close(attempts(1.0, 3, None), 4.0, 1e-15);
        close(attempts(1.0, 3, Some(0.1)), 1.1, 1e-15);
        close(attempts(0.01, 3, Some(0.1)), 1.010_101, 1e-15);
        close(attempts(0.7, 0, None), 1.0, 1e-15);
    }

    #[test]
    fn goodput_falls_by_what_failures_cost() {
        close(goodput(80.0, 100.0, 0.5, false), 80.0, 1e-15);
        close(goodput(120.0, 100.0, 0.5, false), 80.0, 1e-15);
        close(goodput(120.0, 100.0, 0.5, true), 100.0, 1e-15);
        close(goodput(120.0, 100.0, 0.0, false), 100.0, 1e-15);
        assert!(goodput(200.0, 100.0, 0.5, false) <= 0.0 && goodput(101.0, 100.0, 1.0, false) <= 0.0);
    }

    #[test]
    fn retries_need_servers_of_their_own_to_die_down() {
        close(enough(0.0, 3, None, 0.5), 1.0, 1e-15);
        close(enough(1.0, 3, None, 0.5), 2.0, 1e-15);
        // A tenth more attempts, half of which fail at half the cost: nothing to hold on to.
        close(enough(1.0, 3, Some(0.1), 0.5), 1.0 + 0.1 * 0.5, 0.02);
        close(enough(1.0, 0, None, 0.5), 1.0, 1e-15);
    }

    #[test]
    fn a_relaxation_reaches_every_level_before_its_end_and_none_beyond() {
        close(relaxing(0.0, 1.0, 0.5).unwrap(), std::f64::consts::LN_2, 1e-15);
        close(relaxing(1.0, 0.2, 0.6).unwrap(), std::f64::consts::LN_2, 1e-15);
        assert_eq!([relaxing(0.0, 1.0, 1.0), relaxing(0.5, 1.0, 0.4), relaxing(0.0, 1.0, 1.5)], [None; 3]);
    }

    #[test]
    fn half_of_many_are_gone_after_the_half_life() {
        close(gone(500.0, 1000.0), std::f64::consts::LN_2, 1e-3);
        // The last of one: a mean life is 1, the approximation a tenth off.
        close(gone(1.0, 1.0), 1.0, 0.1);
    }

    #[test]
    fn waiting_by_erlang() {
        close(erlang_c(10.0, 8.0), 0.409_180_150_8, 1e-9);
        close(erlang_c(100.0, 60.0), 1.5325e-6, 1e-4);
        close(erlang_c(70.0, 60.0), 0.145_484_2, 1e-6);
        close(erlang_c(1.0, 0.3), 0.3, 1e-12);
        assert!(erlang_c(5.0, 5.0) >= 1.0 && erlang_c(5.0, 0.0) <= 0.0 && erlang_c(0.0, 1.0) >= 1.0);
    }

    #[test]
    fn many_servers_cost_few_steps_and_no_digits() {
        // The plain recursion from nothing, all 32,000 steps of it.
        let (servers, load) = (32_000.0, 31_800.0);
        let mut inverse = 1.0;
        let mut k = 0.0;
        while k < servers {
            k += 1.0;
            inverse = 1.0 + k / load * inverse;
        }
        let blocked = 1.0 / inverse;
        close(erlang_c(servers, load), blocked / (1.0 - load / servers * (1.0 - blocked)), 1e-9);
        assert!(erlang_c(1e9, 0.999_99e9) < 1.0);
        assert!(erlang_c(1e9, 10.0) < 1e-200);
    }
}
