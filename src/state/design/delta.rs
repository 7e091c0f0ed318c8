//! What a design comes to in the figures that people compare, and how two of them differ.

use super::super::run::Run;
use bridge_engine::Time;
use bridge_engine::world::ServiceId;

/// When something was whole again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// It was never lost.
    NotLost,
    /// Then.
    At(Time),
    /// Not within the run.
    Never,
}

impl Back {
    const fn of(lost: bool, back: Option<Time>) -> Self {
        match back {
            _ if !lost => Self::NotLost,
            Some(at) => Self::At(at),
            None => Self::Never,
        }
    }

    /// In seconds, as something to subtract: endless, if never.
    fn seconds(self) -> f64 {
        match self {
            Self::NotLost => 0.0,
            Self::At(at) => at.since_start().secs(),
            Self::Never => f64::INFINITY,
        }
    }
}

/// The figures of a design under its incidents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// The most important service serves again.
    pub service: Back,
    /// Everything is whole again.
    pub all: Back,
    /// User-minutes lost.
    pub user_minutes: f64,
    /// What the outage cost.
    pub money: Option<f64>,
    /// What the design costs in a year.
    pub yearly: Option<f64>,
}

/// By how much a figure differs: less is better. Endless: it came back within the run and now does not, or the reverse.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change(pub f64);

impl Change {
    fn between(from: f64, to: f64) -> Self {
        // Two that never come back are the same.
        let by = to - from;
        Self(if by.is_nan() { 0.0 } else { by })
    }

    /// Nothing that would be shown.
    #[must_use]
    pub fn is_none(self, least: f64) -> bool {
        self.0.abs() < least
    }
}

impl Figures {
    /// Those of a run; the service is told by its name, which another design may share.
    #[must_use]
    pub fn of(run: &Run, service: &str) -> Self {
        let (scores, total) = (&run.scores, &run.scores.total);
        let id = run.world.services.iter().position(|s| s.key == service).map(ServiceId::at);
        let service = id.map_or(Back::NotLost, |id| {
            let report = &scores.services[id.index()];
            Back::of(report.first_loss.is_some(), report.serving_again.or(report.restored))
        });
        Self {
            service,
            all: Back::of(total.first_loss.is_some(), total.restored),
            user_minutes: total.user_minutes_lost,
            money: total.money_lost,
            yearly: scores.yearly.map(|yearly| yearly.total()),
        }
    }

    /// What changed from others to these, in the order of the figures; none where one of the two has no such figure.
    #[must_use]
    pub fn since(&self, from: &Self) -> [Option<Change>; 5] {
        let both = |a: Option<f64>, b: Option<f64>| Some(Change::between(a?, b?));
        [
            both(Some(from.service.seconds()), Some(self.service.seconds())),
            both(Some(from.all.seconds()), Some(self.all.seconds())),
            both(Some(from.user_minutes), Some(self.user_minutes)),
            both(from.money, self.money),
            both(from.yearly, self.yearly),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(service: Back, user_minutes: f64, money: Option<f64>) -> Figures {
        Figures { service, all: Back::Never, user_minutes, money, yearly: None }
    }

    #[test]
    fn never_and_not_lost_can_be_compared() {
        let hour = Back::At(Time(3_600_000_000));
        let (a, b) = (figures(hour, 10.0, Some(5.0)), figures(Back::NotLost, 4.0, None));
        let changes = b.since(&a);
        assert_eq!(changes, [Some(Change(-3600.0)), Some(Change(0.0)), Some(Change(-6.0)), None, None]);
        let never = figures(Back::Never, 10.0, Some(5.0));
        assert_eq!(never.since(&a)[0], Some(Change(f64::INFINITY)));
        assert_eq!(a.since(&never)[0], Some(Change(f64::NEG_INFINITY)));
        assert!(a.since(&a).iter().flatten().all(|c| c.is_none(1e-9)));
    }
}
