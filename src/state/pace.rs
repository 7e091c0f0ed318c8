//! Playback: the playhead moves at constant speed along the warped axis, so that a run of any length takes about a
//! minute and slows down where much happens.

use bridge_engine::Time;

/// How long a whole run takes at normal speed.
pub const RUN_SECS: f64 = 60.0;

/// How fast time passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Speed {
    /// Half.
    Half,
    /// Normal.
    #[default]
    One,
    /// Twice.
    Two,
    /// Four times.
    Four,
}

impl Speed {
    /// All, slowest first.
    pub const ALL: [Self; 4] = [Self::Half, Self::One, Self::Two, Self::Four];

    /// As a factor.
    #[must_use]
    pub const fn factor(self) -> f64 {
        match self {
            Self::Half => 0.5,
            Self::One => 1.0,
            Self::Two => 2.0,
            Self::Four => 4.0,
        }
    }

    /// As people write it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Half => "×½",
            Self::One => "×1",
            Self::Two => "×2",
            Self::Four => "×4",
        }
    }
}

/// The moment reached after `elapsed` seconds of playback from `from`, and whether the run has ended there.
///
/// A long pause between two frames (a hidden tab) counts as a short one: nothing is skipped that nobody saw.
#[must_use]
pub fn advance(from: f64, elapsed: f64, speed: Speed) -> (f64, bool) {
    let step = elapsed.clamp(0.0, 0.25) * speed.factor() / RUN_SECS;
    let to = (from + step).min(1.0);
    (to, to >= 1.0)
}

/// The first of the sorted moments after (or the last before) the playhead; from a moment itself to its neighbour.
#[must_use]
pub fn neighbour(moments: &[Time], at: Time, forwards: bool) -> Option<Time> {
    if forwards {
        moments.get(moments.partition_point(|m| *m <= at)).copied()
    } else {
        moments[..moments.partition_point(|m| *m < at)].last().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_takes_a_minute() {
        let (mut u, mut frames, mut ended) = (0.0, 0, false);
        while !ended {
            (u, ended) = advance(u, 1.0 / 60.0, Speed::One);
            frames += 1;
        }
        assert!((f64::from(frames) / 60.0 - RUN_SECS).abs() < 0.1);
    }

    #[test]
    fn a_hidden_tab_skips_nothing() {
        assert!(advance(0.0, 3600.0, Speed::One).0 < 0.01);
    }

    #[test]
    fn neighbours() {
        let moments = [Time(0), Time(5), Time(9)];
        assert_eq!(neighbour(&moments, Time(0), true), Some(Time(5)));
        assert_eq!(neighbour(&moments, Time(7), true), Some(Time(9)));
        assert_eq!(neighbour(&moments, Time(9), true), None);
        assert_eq!(neighbour(&moments, Time(5), false), Some(Time(0)));
        assert_eq!(neighbour(&moments, Time(0), false), None);
    }
}
