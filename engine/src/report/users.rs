//! Users who go elsewhere, and come back.
//!
//! Of those who are left, a share f finds broken what they would leave for; each of these goes with the hazard 1/`leave`,
//! divided by `calm` while an honest notice is out. Each of those who went comes back with the hazard 1/`back` as far as it
//! works again. The share gone therefore follows x' = f/(leave · calm) · (1 − x) − (1 − f)/back · x, whose solution between
//! two changes of f is an exponential: x(t) = x∞ + (x₀ − x∞) e^(−(a + b) t) with a, b the two rates and x∞ = a/(a + b).

use crate::Time;
use crate::kernel::math;
use crate::kernel::order::sorted;
use crate::trace::{Change, Trace};
use crate::world::{ServiceId, World};

/// People who are with somebody else, over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Gone {
    users: f64,
    pieces: Vec<Piece>,
}

/// A stretch without a change.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Piece {
    from: Time,
    /// Share gone at its beginning.
    gone: f64,
    /// What it tends to.
    limit: f64,
    /// How fast, per second.
    rate: f64,
    /// Share of all users who find anything broken.
    broken: f64,
}

impl Piece {
    fn at(&self, t: Time) -> f64 {
        self.limit + (self.gone - self.limit) * math::exp(-self.rate * t.since(self.from).secs())
    }

    /// ∫ share gone dt until a moment, in seconds.
    fn integral(&self, until: Time) -> f64 {
        let length = until.since(self.from).secs();
        let extra = if self.rate > 0.0 {
            (self.gone - self.limit) * (1.0 - math::exp(-self.rate * length)) / self.rate
        } else {
            (self.gone - self.limit) * length
        };
        self.limit * length + extra
    }
}

impl Gone {
    /// None if the scenario says nothing of users who leave.
    #[must_use]
    pub fn of(world: &World, trace: &Trace) -> Option<Self> {
        let churn = world.demand.churn.as_ref()?;
        let users = world.demand.users;
        let notices = notices(world, trace);
        let mut times: Vec<Time> = trace.affected.points().iter().map(|p| p.0).collect();
        times.extend(notices.iter().map(|n| n.0));
        for s in &churn.of {
            times.extend(trace.shares[s.index()].points().iter().map(|p| p.0));
        }
        times = sorted(times, &Time::cmp);
        times.dedup();
        let mut pieces: Vec<Piece> = Vec::with_capacity(times.len());
        let mut gone = 0.0;
        for from in times {
            if let Some(before) = pieces.last() {
                gone = before.at(from);
            }
            let broken = trace.affected.at(from) / users.max(1.0);
            let hit = if churn.of.is_empty() { broken } else { hit(world, trace, &churn.of, from) };
            let told = notices.iter().rev().find(|n| n.0 <= from).is_some_and(|n| n.1);
            let leave = churn.leave.secs() * if told { churn.calm } else { 1.0 };
            let (a, b) = (hit / leave.max(1e-6), (1.0 - hit) / churn.back.secs().max(1e-6));
            pieces.push(Piece { from, gone, limit: a / (a + b), rate: a + b, broken });
        }
        Some(Self { users, pieces })
    }

    /// People gone at a moment.
    #[must_use]
    pub fn at(&self, t: Time) -> f64 {
        let index = self.pieces.partition_point(|p| p.from <= t).saturating_sub(1);
        self.pieces.get(index).map_or(0.0, |piece| piece.at(t) * self.users)
    }

    /// The most at once until a moment, and when. Between two changes it only grows or only falls.
    #[must_use]
    pub fn most(&self, until: Time) -> (Time, f64) {
        let times = self.pieces.iter().map(|p| p.from).take_while(|&t| t <= until).chain([until]);
        times
            .map(|t| (t, self.at(t)))
            .fold((Time::ZERO, 0.0), |most, next| if next.1 > most.1 { next } else { most })
    }

    /// ∫ share of those gone whom nothing would have kept from using it dt until a moment, in seconds.
    pub(super) fn missed(&self, until: Time) -> f64 {
        let ends = self.pieces.iter().skip(1).map(|p| p.from).chain([Time::NEVER]);
        let pieces = self.pieces.iter().zip(ends).take_while(|(p, _)| p.from < until);
        pieces.map(|(p, end)| (1.0 - p.broken) * p.integral(end.min(until))).sum()
    }
}

/// Share of users who find any of some services broken, uses being independent.
fn hit(world: &World, trace: &Trace, of: &[ServiceId], t: Time) -> f64 {
    1.0 - of.iter().map(|s| 1.0 - world[*s].users * (1.0 - trace.shares[s.index()].at(t))).product::<f64>()
}

/// When users began to be told honestly, and when that no longer counted.
fn notices(world: &World, trace: &Trace) -> Vec<(Time, bool)> {
    let honest = world.people.notice.as_ref().is_some_and(|n| n.honest);
    let told = trace.events.iter().filter_map(|e| match e.change {
        Change::Noticed => Some((e.at, honest)),
        Change::Closed => Some((e.at, false)),
        _ => None,
    });
    told.collect()
}

/// Who left, and what they were told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UserReport {
    /// Most people gone at once.
    pub most: f64,
    /// When that was.
    pub most_at: Time,
    /// People still gone at the end of the run.
    pub at_end: f64,
    /// Users were first told. None if they never were.
    pub told: Option<Time>,
}

pub(super) fn report(world: &World, trace: &Trace) -> Option<UserReport> {
    let gone = Gone::of(world, trace)?;
    let (most_at, most) = gone.most(trace.horizon);
    let told = trace.events.iter().find(|e| e.change == Change::Noticed).map(|e| e.at);
    Some(UserReport { most, most_at, at_end: gone.at(trace.horizon), told })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_the_solution_of_its_equation() {
        let piece = Piece { from: Time::ZERO, gone: 0.3, limit: 0.1, rate: 1e-4, broken: 0.0 };
        let (t, h) = (Time(5_000_000_000), 1.0);
        let slope = (piece.at(Time(t.0 + 1_000_000)) - piece.at(Time(t.0 - 1_000_000))) / (2.0 * h);
        assert!((slope - piece.rate * (piece.limit - piece.at(t))).abs() < 1e-12);
        let growth = (piece.integral(Time(t.0 + 1_000_000)) - piece.integral(t)) / h;
        assert!((growth - piece.at(t)).abs() < 1e-4);
    }
}
