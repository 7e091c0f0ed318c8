//! The timeline's axis, warped so that minutes matter where much happens and days where little does.
//!
//! Position u ∈ [0, 1] is a mixture of three rising functions of time: how much has happened so far, how long ago the last
//! incident was (as a logarithm), and plain time. Playing at constant speed along u is what paces playback.

use super::window::Window;
use bridge_engine::Time;
use bridge_engine::kernel::order::{sorted, sorted_by_key};

const SHARE_EVENTS: f64 = 0.46;
const SHARE_LOG: f64 = 0.44;
const SHARE_PLAIN: f64 = 0.10;
/// What happens within this time counts as one happening.
const CLUSTER_SECS: f64 = 45.0;
/// Below this the logarithm is straight.
const LOG_SECS: f64 = 900.0;

/// A monotone map between time and position.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Seconds and position, both strictly rising, from (0, 0) to (horizon, 1).
    knots: Vec<(f64, f64)>,
}

impl Axis {
    /// Time as it is.
    #[must_use]
    pub fn plain(horizon: Time) -> Self {
        Self { knots: vec![(0.0, 0.0), (horizon.secs().max(1.0), 1.0)] }
    }

    /// An axis for a run with these happenings and these incidents, in any order.
    #[must_use]
    pub fn warped(horizon: Time, happenings: &[Time], incidents: &[Time]) -> Self {
        let end = horizon.secs().max(1.0);
        let marks = clustered(happenings, end);
        let starts = clustered(incidents, end);
        let mut times = vec![0.0, end];
        times.extend(&marks);
        for start in starts.iter().copied().chain([0.0]) {
            let mut step = 60.0;
            while start + step < end {
                times.push(start + step);
                step *= 1.5;
            }
        }
        times = sorted(times, &f64::total_cmp);
        times.dedup_by(|b, a| *b - *a < 1.0);
        if let Some(last) = times.last_mut() {
            *last = end;
        }
        let raw: Vec<f64> = times.iter().map(|&t| position(t, end, &marks, &starts)).collect();
        let (low, high) = (raw[0], raw[raw.len() - 1]);
        let scale = if high > low { 1.0 / (high - low) } else { 1.0 };
        Self { knots: times.into_iter().zip(raw).map(|(t, u)| (t, (u - low) * scale)).collect() }
    }

    /// Where a moment stands.
    #[must_use]
    pub fn position(&self, at: Time) -> f64 {
        interpolate(&self.knots, at.secs(), |k| k.0, |k| k.1)
    }

    /// Which moment stands there.
    #[must_use]
    pub fn time(&self, position: f64) -> Time {
        let secs = interpolate(&self.knots, position.clamp(0.0, 1.0), |k| k.1, |k| k.0);
        Time((secs * 1e6) as u64)
    }

    /// Round moments to write on a window of a width, with at least `gap` pixels from one to the next.
    #[must_use]
    pub fn ticks(&self, window: Window, width: f64, gap: f64) -> Vec<Time> {
        let wanted = if window.is_whole() { self.round() } else { self.round_in(window) };
        let mut kept: Vec<(f64, Time)> = Vec::new();
        for at in wanted {
            let x = window.share(self.position(at)) * width;
            if kept.iter().all(|k| (k.0 - x).abs() >= gap) && (0.0..=width - gap * 0.4).contains(&x) {
                kept.push((x, at));
            }
        }
        sorted_by_key(kept, |k| k.1).into_iter().map(|k| k.1).collect()
    }

    /// Those of the whole axis, most wanted first.
    fn round(&self) -> Vec<Time> {
        let end = self.knots.last().map_or(0.0, |k| k.0);
        let weeks = (1..=52).map(|week| week * 10_080);
        let minutes = [0].into_iter().chain(ROUND_MINUTES).chain(weeks);
        minutes.map(|minutes| Time(minutes * 60_000_000)).filter(|at| at.secs() <= end).collect()
    }

    /// Those of a part of it, the roundest first.
    fn round_in(&self, window: Window) -> Vec<Time> {
        let (from, to) = window.ends();
        let (from, to) = (self.time(from).0, self.time(to).0);
        let mut out = Vec::new();
        for step in ROUND_SECONDS.map(|seconds| seconds * 1_000_000) {
            let (first, last) = (from.div_ceil(step), to / step);
            if last > first + MOST_OF_A_STEP {
                break;
            }
            out.extend((first..=last).map(|n| Time(n * step)));
        }
        // Where days follow on minutes, there is room for these.
        out.extend(self.round());
        out
    }
}

/// Steps between round moments, the roundest first.
const ROUND_SECONDS: [u64; 17] =
    [604_800, 86_400, 43_200, 21_600, 7_200, 3_600, 1_800, 900, 600, 300, 120, 60, 30, 10, 5, 2, 1];
/// Of finer steps than these there is no room for all.
const MOST_OF_A_STEP: u64 = 400;

/// Moments to write, most wanted first.
const ROUND_MINUTES: [u64; 29] = [
    60, 1_440, 120, 240, 480, 2_880, 720, 960, 30, 4_320, 5_760, 7_200, 8_640, 10, 90, 1_200, 180, 360, 600,
    2_160, 3_600, 5, 15, 20, 45, 5_040, 6_480, 300, 840,
];

/// Sorted moments in seconds, those too close to the one before dropped.
fn clustered(times: &[Time], end: f64) -> Vec<f64> {
    let seconds = times.iter().map(|t| t.secs()).filter(|t| *t < end).collect();
    let seconds = sorted(seconds, &f64::total_cmp);
    let mut kept: Vec<f64> = Vec::with_capacity(seconds.len());
    for t in seconds {
        if kept.last().is_none_or(|last| t - last >= CLUSTER_SECS) {
            kept.push(t);
        }
    }
    kept
}

fn position(t: f64, end: f64, marks: &[f64], starts: &[f64]) -> f64 {
    SHARE_EVENTS * happened(t, end, marks) + SHARE_LOG * logarithm(t, end, starts) + SHARE_PLAIN * t / end
}

/// How many of the marks have passed, straight between one and the next, as a share.
fn happened(t: f64, end: f64, marks: &[f64]) -> f64 {
    let passed = marks.partition_point(|m| *m <= t);
    let before = if passed == 0 { 0.0 } else { marks[passed - 1] };
    let after = marks.get(passed).copied().unwrap_or(end);
    let part = if after > before { (t - before) / (after - before) } else { 0.0 };
    (passed as f64 + part) / (marks.len() + 1) as f64
}

/// Time since each incident on a logarithmic scale, as a share.
fn logarithm(t: f64, end: f64, starts: &[f64]) -> f64 {
    let first = [0.0];
    let starts = if starts.is_empty() { &first[..] } else { starts };
    let scale = |t: f64| bridge_engine::kernel::math::ln(1.0 + (t / LOG_SECS).max(0.0));
    let sum: f64 = starts.iter().map(|s| scale(t - s) / scale(end - s).max(1e-9)).sum();
    sum / starts.len() as f64
}

fn interpolate(
    knots: &[(f64, f64)],
    x: f64,
    from: fn(&(f64, f64)) -> f64,
    to: fn(&(f64, f64)) -> f64,
) -> f64 {
    let next = knots.partition_point(|k| from(k) <= x);
    if next == 0 {
        return knots.first().map_or(0.0, to);
    }
    let a = &knots[next - 1];
    let Some(b) = knots.get(next) else { return to(a) };
    let part = (x - from(a)) / (from(b) - from(a));
    to(a) + part * (to(b) - to(a))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bridge_engine::Span;

    fn hours(h: f64) -> Time {
        Time::ZERO + Span::from_secs_f64(h * 3600.0)
    }

    fn busy() -> Axis {
        let marks: Vec<Time> =
            [0.0, 0.01, 0.5, 1.5, 1.55, 1.6, 3.0, 8.0, 9.0, 12.0, 60.0, 127.0].map(hours).to_vec();
        Axis::warped(hours(140.0), &marks, &[Time::ZERO])
    }

    #[test]
    fn goes_from_end_to_end_and_rises() {
        let axis = busy();
        assert_eq!(axis.position(Time::ZERO), 0.0);
        assert!((axis.position(hours(140.0)) - 1.0).abs() < 1e-12);
        let positions: Vec<f64> = (0..=1400).map(|i| axis.position(hours(f64::from(i) / 10.0))).collect();
        assert!(positions.windows(2).all(|w| w[0] < w[1]));
    }

    #[test]
    fn there_and_back() {
        for axis in [busy(), Axis::plain(hours(140.0)), Axis::warped(hours(1.0), &[], &[])] {
            for i in 0..=100 {
                let u = f64::from(i) / 100.0;
                assert!((axis.position(axis.time(u)) - u).abs() < 1e-4);
            }
        }
    }

    #[test]
    fn minutes_matter_at_the_start() {
        let axis = busy();
        assert!(axis.position(hours(4.0)) > 0.3, "{}", axis.position(hours(4.0)));
        assert!(axis.position(hours(24.0)) < 0.9);
    }

    #[test]
    fn ticks_keep_their_distance() {
        let axis = busy();
        let ticks = axis.ticks(Window::WHOLE, 1000.0, 50.0);
        let xs: Vec<f64> = ticks.iter().map(|t| axis.position(*t) * 1000.0).collect();
        assert!(ticks.len() > 5);
        for (i, a) in xs.iter().enumerate() {
            assert!(xs[i + 1..].iter().all(|b| (a - b).abs() >= 50.0));
        }
    }
}
