//! Simulated time: whole microseconds since the scenario's `t0`.

use std::fmt;
use std::ops::{Add, Sub};

/// A length of time in microseconds. Whole numbers, so that sums are exact and the same everywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(pub u64);

/// A moment: microseconds after the scenario's `t0`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub u64);

const MICROS: f64 = 1e6;

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// Longer than any run: "never".
    pub const MAX: Self = Self(u64::MAX);

    /// Whole seconds.
    #[must_use]
    pub const fn from_secs(secs: u64) -> Self {
        Self(secs.saturating_mul(1_000_000))
    }

    /// Whole minutes.
    #[must_use]
    pub const fn from_mins(mins: u64) -> Self {
        Self::from_secs(mins.saturating_mul(60))
    }

    /// Whole hours.
    #[must_use]
    pub const fn from_hours(hours: u64) -> Self {
        Self::from_mins(hours.saturating_mul(60))
    }

    /// Seconds with a fraction, rounded to the microsecond. Negative and NaN become zero, what does not fit becomes
    /// [`Span::MAX`].
    #[must_use]
    pub fn from_secs_f64(secs: f64) -> Self {
        // A float-to-integer cast saturates and sends NaN to zero, which is what is wanted here.
        Self((secs * MICROS).round() as u64)
    }

    /// Length in seconds.
    #[must_use]
    pub fn secs(self) -> f64 {
        self.0 as f64 / MICROS
    }

    /// Length in hours.
    #[must_use]
    pub fn hours(self) -> f64 {
        self.secs() / 3600.0
    }

    /// This length times a factor, saturating.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Self((self.0 as f64 * factor).round() as u64)
    }
}

impl Time {
    /// The scenario's `t0`.
    pub const ZERO: Self = Self(0);
    /// After everything.
    pub const NEVER: Self = Self(u64::MAX);

    /// Time since `t0`.
    #[must_use]
    pub const fn since_start(self) -> Span {
        Span(self.0)
    }

    /// Seconds since `t0`.
    #[must_use]
    pub fn secs(self) -> f64 {
        Span(self.0).secs()
    }

    /// Time from `earlier` to this moment; zero if `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Span> for Time {
    type Output = Self;
    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Add for Span {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Span {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// `T+127:41`, hours and minutes as people say them in an incident.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = self.0 / 60_000_000;
        write!(f, "T+{}:{:02}", minutes / 60, minutes % 60)
    }
}
