//! Name, calendar, users, objectives.

use super::Churn;
use crate::{Span, Time};

/// Words for people, in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: String,
    /// Korean.
    pub ko: String,
}

/// What the scenario is called, when it starts and how long it runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Meta {
    /// Short name, unique in a library of scenarios.
    pub id: String,
    /// Title.
    pub title: Text,
    /// One or two sentences: what happened, what to look for.
    pub summary: Text,
    /// Unix time of `t0` in seconds.
    pub t0_unix: i64,
    /// Local time's offset from UTC in minutes.
    pub offset_minutes: i32,
    /// Where the run ends.
    pub horizon: Time,
    /// The seed used when nobody names one.
    pub seed: u64,
}

impl Meta {
    /// Local time of day at a moment, and the days since 1 January 1970, a Thursday.
    #[must_use]
    pub fn local(&self, t: Time) -> (Span, i64) {
        const DAY: i64 = 86_400;
        let start = self.t0_unix + i64::from(self.offset_minutes) * 60;
        let (day, of_day) = (start.div_euclid(DAY), start.rem_euclid(DAY));
        let micros = of_day as u64 * 1_000_000 + t.0 % DAY_MICROS;
        let days = day + (t.0 / DAY_MICROS) as i64 + (micros / DAY_MICROS) as i64;
        (Span(micros % DAY_MICROS), days)
    }
}

const DAY_MICROS: u64 = 86_400_000_000;

/// Who uses the system.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    /// People who use any of the services.
    pub users: f64,
    /// How their activity changes over a day.
    pub shape: Shape,
    /// How they leave and come back; none: nobody leaves.
    pub churn: Option<Churn>,
}

/// Activity over a day, as a share of its peak.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Always at its peak.
    Flat,
    /// A cosine over 24 hours, changed in hourly steps.
    Diurnal {
        /// Lowest share, 0 to 1.
        trough: f64,
        /// Local hour of the peak, 0 to 24.
        peak_hour: f64,
    },
}

/// What was promised for a service.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Objective {
    /// Recovery time objective: longest loss accepted.
    pub rto: Span,
    /// Recovery point objective: longest stretch of writes that may vanish, if anybody said.
    pub rpo: Option<Span>,
    /// Share of a year's demand that is to be served, if anybody said.
    pub slo: Option<f64>,
}

/// How a hall warms without cooling, in °C.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heat {
    /// What cooled halls are at.
    pub supply: f64,
    /// Above that, where a fully busy hall would end without any cooling.
    pub rise: f64,
    /// Time constant of the way there.
    pub time: Span,
    /// From here on servers slow themselves down.
    pub throttle: f64,
    /// To this share of what they can do.
    pub throttled: f64,
    /// From here on they are switched off, before they break.
    pub shutdown: f64,
    /// Where nobody switches them off: at which they break, and the share of them that does.
    pub breaks: f64,
    /// See above.
    pub broken: f64,
    /// Below this they are let do all their work again.
    pub resume: f64,
}

/// How long what carries electricity stands more than it is rated for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overcurrent {
    /// Time constant of a breaker's thermal replica.
    pub breaker: Span,
    /// How long a UPS carries 125 % of its rating.
    pub ups: Span,
}

/// Electrical power of one server in kW; between the two it is linear in its utilisation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServerPower {
    /// Doing nothing.
    pub idle: f64,
    /// At full utilisation.
    pub peak: f64,
}
