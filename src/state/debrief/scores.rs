//! The figures that people compare, in one order for every design.

use super::super::run::ranked;
use crate::words::numbers::{count, duration, grouped, money};
use crate::words::{Locale, Msg};
use bridge_engine::report::{Report, nines};
use bridge_engine::world::ServiceId;
use bridge_engine::{Span, Time, World};

/// What a figure is a number of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds, as people plan with: hours and minutes.
    Length,
    /// Seconds of writes, which may be few.
    Writes,
    /// Things counted in millions.
    Count,
    /// −log₁₀ of the share of a year not served: more is better.
    Nines,
    /// The scenario's currency.
    Money,
}

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// Its name.
    pub name: Msg,
    /// What it means, in plain words.
    pub tip: Msg,
    /// What it is a number of.
    pub unit: Unit,
    /// How much. None if it never came to that, or nothing was lost.
    pub value: Option<f64>,
    /// What was promised.
    pub promise: Option<f64>,
    /// The promise was broken.
    pub missed: bool,
}

impl Score {
    fn new(name: Msg, tip: Msg, unit: Unit, value: Option<f64>) -> Self {
        Self { name, tip, unit, value, promise: None, missed: false }
    }
}

/// The service that is asked about: the one that people would miss first, or the one of a name.
#[must_use]
pub fn lead(world: &World, key: Option<&str>) -> Option<ServiceId> {
    let named = key.and_then(|key| world.services.iter().position(|s| s.key == key)).map(ServiceId::at);
    named.or_else(|| ranked(world).first().copied())
}

/// The scoreboard of a run as seen from one service.
#[must_use]
pub fn scores(world: &World, report: &Report, lead: ServiceId) -> Vec<Score> {
    let (service, of, total) = (&world[lead], &report.services[lead.index()], &report.total);
    let between = |from: Option<Time>, to: Option<Time>| Some(to?.since(from?).secs());
    let known = of.detected;
    let go = of.decided.max(known);
    let objective = service.objective;
    // What was never lost was back at once.
    let back = |first: Option<Time>, back: Option<Time>| match first {
        None => Some(0.0),
        Some(first) => between(Some(first), back),
    };
    let mut scores = vec![
        Score::new(Msg::ScoreDetect, Msg::TipDetect, Unit::Length, between(of.first_loss, known)),
        Score::new(Msg::ScoreDecide, Msg::TipDecide, Unit::Length, between(known, of.decided)),
        Score::new(Msg::ScoreSwitch, Msg::TipSwitch, Unit::Length, between(go, of.switched)),
        Score::new(Msg::ScoreServe, Msg::TipServe, Unit::Length, back(of.first_loss, of.serving_again)),
        Score {
            promise: objective.map(|o| o.rto.secs()),
            missed: of.rto_over_s.is_some_and(|over| over > 0.0),
            ..Score::new(Msg::ScoreRto, Msg::TipRto, Unit::Length, Some(of.longest_loss.secs()))
        },
        Score {
            promise: objective.and_then(|o| o.rpo).map(Span::secs),
            missed: of.rpo_over_s.is_some_and(|over| over > 0.0),
            ..Score::new(Msg::ScoreRpo, Msg::TipRpo, Unit::Writes, Some(of.rpo_s))
        },
        Score {
            promise: objective.and_then(|o| o.slo).and_then(nines),
            missed: of.budget_burnt.is_some_and(|burnt| burnt > 1.0),
            ..Score::new(Msg::ScoreNines, Msg::TipNines, Unit::Nines, nines(of.availability_year))
        },
        Score::new(
            Msg::ScoreAllBack,
            Msg::TipAllBackScore,
            Unit::Length,
            back(total.first_loss, total.restored),
        ),
        Score::new(
            Msg::ScoreUserMinutes,
            Msg::TipUserMinutesScore,
            Unit::Count,
            Some(total.user_minutes_lost),
        ),
    ];
    if world.cost.is_some() {
        // Nothing that a scenario gives a price costs nothing.
        let yearly = report.yearly.map(|y| y.total()).filter(|y| *y > 0.0);
        scores.push(Score::new(Msg::ScoreMoney, Msg::TipMoneyScore, Unit::Money, total.money_lost));
        let yearly = yearly.map(|y| Score::new(Msg::ScoreYearly, Msg::TipYearly, Unit::Money, Some(y)));
        scores.extend(yearly);
    }
    scores
}

/// A figure as it is said.
#[must_use]
pub fn said(locale: Locale, world: &World, unit: Unit, value: f64) -> String {
    match unit {
        _ if value.is_infinite() => locale.say(Msg::ScoreAll),
        // Less than two minutes is told in seconds.
        Unit::Length | Unit::Writes if value.abs() < 120.0 => {
            locale.with(Msg::UnitSeconds, &[("n", &grouped(value))])
        }
        Unit::Length | Unit::Writes => duration(value),
        Unit::Count => signed(value, &count(locale, value.abs())),
        Unit::Nines => format!("{value:.2}"),
        Unit::Money => {
            let currency = world.cost.as_ref().map_or("", |cost| cost.currency.as_str());
            signed(value, &money(locale, currency, value.abs()))
        }
    }
}

fn signed(value: f64, said: &str) -> String {
    if value < 0.0 { format!("−{said}") } else { said.to_owned() }
}

/// How much another figure is above this one, with its sign, and whether that is better.
#[must_use]
pub fn difference(locale: Locale, world: &World, here: &Score, there: &Score) -> Option<(String, bool)> {
    let more = there.value? - here.value?;
    if !more.is_finite() || more == 0.0 {
        return None;
    }
    let size = said(locale, world, here.unit, more.abs());
    let sign = if more > 0.0 { '+' } else { '−' };
    Some((format!("{sign}{size}"), (more > 0.0) == (here.unit == Unit::Nines)))
}
