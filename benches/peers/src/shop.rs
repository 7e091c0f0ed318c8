//! The model: N machines that fail and are repaired by R repairers, first come, first served. What it does is written once;
//! a peer brings the clock and the queue.

use std::collections::VecDeque;

use bridge_engine::kernel::random::Stream;

pub const MACHINES: u32 = 200;
pub const REPAIRERS: u32 = 5;
/// Mean hours until a machine fails.
pub const RUNS: f64 = 1000.0;
/// Mean hours of a repair.
pub const REPAIR: f64 = 20.0;

const BATCHES: u64 = 50;

/// A wait, in hours.
pub type Hours = f64;

/// The shop: machines, repairers, luck and the record of it.
pub struct Shop {
    idle: u32,
    waiting: VecDeque<u32>,
    failing: Stream,
    repairing: Stream,
    pub tally: Tally,
}

impl Shop {
    /// All machines run.
    pub fn new(seed: u64, events: u64) -> Self {
        Self {
            idle: REPAIRERS,
            waiting: VecDeque::new(),
            failing: Stream::new(seed, "machines", "fail"),
            repairing: Stream::new(seed, "machines", "repair"),
            tally: Tally::new(events),
        }
    }

    /// How long a machine that runs will run.
    pub fn run(&mut self) -> Hours {
        RUNS * self.failing.exponential()
    }

    /// A machine fails. Returns how long its repair takes if a repairer is free.
    pub fn fails(&mut self, now: Hours, machine: u32) -> Option<Hours> {
        self.tally.changes(now, -1);
        if self.idle > 0 {
            self.idle -= 1;
            Some(REPAIR * self.repairing.exponential())
        } else {
            self.waiting.push_back(machine);
            None
        }
    }

    /// A machine is repaired. Returns the machine whose turn it is, and how long its repair takes.
    pub fn repaired(&mut self, now: Hours) -> Option<(u32, Hours)> {
        self.tally.changes(now, 1);
        match self.waiting.pop_front() {
            Some(machine) => Some((machine, REPAIR * self.repairing.exponential())),
            None => {
                self.idle += 1;
                None
            }
        }
    }
}

/// Machines up over time, in batches of as many events.
#[derive(Clone)]
pub struct Tally {
    up: i32,
    left: u64,
    batch: u64,
    left_in_batch: u64,
    since: Hours,
    began: Hours,
    area: f64,
    /// Machine-hours up, and hours, of each batch.
    batches: Vec<(f64, f64)>,
}

impl Tally {
    fn new(events: u64) -> Self {
        let batch = events / BATCHES;
        let batches = Vec::with_capacity(BATCHES as usize);
        let up = MACHINES as i32;
        Self {
            up,
            left: batch * BATCHES,
            batch,
            left_in_batch: batch,
            since: 0.0,
            began: 0.0,
            area: 0.0,
            batches,
        }
    }

    /// Enough has happened.
    pub const fn is_full(&self) -> bool {
        self.left == 0
    }

    fn changes(&mut self, now: Hours, by: i32) {
        self.area += f64::from(self.up) * (now - self.since);
        self.since = now;
        self.up += by;
        self.left -= 1;
        self.left_in_batch -= 1;
        if self.left_in_batch == 0 {
            self.batches.push((self.area, now - self.began));
            (self.area, self.began, self.left_in_batch) = (0.0, now, self.batch);
        }
    }

    /// Availability and its standard error.
    pub fn availability(&self) -> Estimate {
        estimate(&self.batches)
    }
}

/// A mean with its standard error.
#[derive(Clone, Copy, Debug)]
pub struct Estimate {
    pub mean: f64,
    pub error: f64,
}

impl Estimate {
    /// Distance from the exact value, in standard errors.
    pub fn sigmas(self) -> f64 {
        (self.mean - exact()).abs() / self.error
    }
}

/// Ratio of sums with the standard error of a ratio estimator: √(Σ (a − r t)² / (n (n − 1))) / mean t.
pub fn estimate(batches: &[(f64, f64)]) -> Estimate {
    let n = batches.len() as f64;
    let area: f64 = batches.iter().map(|batch| batch.0).sum();
    let time: f64 = batches.iter().map(|batch| batch.1).sum();
    let ratio = area / time;
    let square = |off: f64| off * off;
    let squares: f64 = batches.iter().map(|(area, time)| square(area - ratio * time)).sum();
    let error = (squares / (n * (n - 1.0))).sqrt() / (time / n);
    Estimate { mean: ratio / f64::from(MACHINES), error: error / f64::from(MACHINES) }
}

/// The exact availability, from the birth-and-death process of the number of machines down: p(k + 1) / p(k) is the
/// rate of failures of N − k machines over the rate of repairs by min(k + 1, R) repairers.
pub fn exact() -> f64 {
    let (mut p, mut all, mut down) = (1.0, 0.0, 0.0);
    for k in 0..=MACHINES {
        all += p;
        down += p * f64::from(k);
        p *= f64::from(MACHINES - k) / RUNS * REPAIR / f64::from((k + 1).min(REPAIRERS));
    }
    1.0 - down / all / f64::from(MACHINES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exact_availability_is_the_published_one() {
        assert!((exact() - 0.972_658_0).abs() < 5e-8, "{}", exact());
    }

    #[test]
    fn a_constant_ratio_has_no_error() {
        let found = estimate(&[(400.0, 2.0), (200.0, 1.0), (600.0, 3.0)]);
        assert!((found.mean - 1.0).abs() < 1e-12 && found.error < 1e-12);
    }
}
