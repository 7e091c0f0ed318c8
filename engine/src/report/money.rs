//! Money: a ledger of what the outage cost, whose entries are all there is, and what the design costs in a year without one.

use super::parties;
use super::service::YEAR;
use super::users::Gone;
use crate::trace::{CrewId, Series, Trace};
use crate::world::World;
use crate::{Span, Time};

/// What money is lost to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entry {
    /// Sales, in proportion to the people who found something broken.
    Sales,
    /// Sales to people who had left, as far as it would have worked for them.
    Churn,
    /// Compensation of users who pay.
    Paying,
    /// Damages that users claimed.
    Claims,
    /// What is owed to outside companies.
    Penalties,
    /// Hours of work.
    Work,
    /// The fixed part.
    Fixed,
}

impl Entry {
    /// All of them, in the order of a ledger.
    pub const ALL: [Self; 7] =
        [Self::Sales, Self::Churn, Self::Paying, Self::Claims, Self::Penalties, Self::Work, Self::Fixed];

    /// As it is written in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sales => "sales",
            Self::Churn => "churn",
            Self::Paying => "paying",
            Self::Claims => "claims",
            Self::Penalties => "penalties",
            Self::Work => "work",
            Self::Fixed => "fixed",
        }
    }
}

/// What an outage cost until a moment, in the scenario's currency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ledger {
    /// An amount for each of [`Entry::ALL`].
    pub entries: [f64; 7],
}

impl Ledger {
    /// The sum of its entries, and nothing else.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.entries.iter().sum()
    }
}

/// What an outage cost until a moment; none if the scenario names no cost.
#[must_use]
pub fn ledger(world: &World, trace: &Trace, until: Time) -> Option<Ledger> {
    let cost = world.cost.as_ref()?;
    let per_second = cost.revenue_per_day / 86_400.0;
    let lost_s = trace.affected.integral(Time::ZERO, until, |people| people) / world.demand.users.max(1.0);
    let missed_s = Gone::of(world, trace).map_or(0.0, |gone| gone.missed(until));
    let paid = &cost.compensation;
    let paying = paid.paying * paid.each;
    let claims = paid.claims * paid.claim;
    let hit = if paying + claims > 0.0 { kept_waiting(&trace.affected, paid.after, until) } else { 0.0 };
    let hours: f64 = trace.hands.iter().map(|busy| busy.integral(Time::ZERO, until, |hands| hands)).sum();
    let bought = remote_hands(world, trace, cost.hour, until);
    let amount = |entry| match entry {
        Entry::Sales => per_second * lost_s,
        Entry::Churn => per_second * missed_s,
        Entry::Paying => paying * hit,
        Entry::Claims => claims * hit,
        Entry::Penalties => parties::penalties(world, trace, until),
        Entry::Work => cost.hour * hours / 3600.0 + bought,
        Entry::Fixed if lost_s > 0.0 => cost.fixed,
        Entry::Fixed => 0.0,
    };
    Some(Ledger { entries: Entry::ALL.map(amount) })
}

/// What landlords' hands on our servers cost until a moment.
fn remote_hands(world: &World, trace: &Trace, hour: f64, until: Time) -> f64 {
    if world.sites.iter().all(|site| site.landlord.hands == 0) {
        return 0.0;
    }
    let paid = trace.work.iter().filter(|stint| stint.from < until).map(|stint| match stint.crew {
        CrewId::Landlord(site) => {
            world[site].landlord.hour.unwrap_or(hour)
                * stint.hands
                * stint.to.min(until).since(stint.from).hours()
        }
        _ => 0.0,
    });
    paid.sum()
}

/// Money lost until a moment.
#[must_use]
pub fn money_lost(world: &World, trace: &Trace, until: Time) -> Option<f64> {
    ledger(world, trace, until).map(|ledger| ledger.total())
}

/// The most people who were affected for so long on end by a moment: the highest step of the series that, taken with its
/// higher neighbours, is as long as that. Found in one pass over a stack of rising steps.
fn kept_waiting(affected: &Series, after: Span, until: Time) -> f64 {
    let steps = affected.points().iter().copied().take_while(|p| p.0 < until);
    let mut rising: Vec<(Time, f64)> = Vec::new();
    let mut most: f64 = 0.0;
    for (at, people) in steps.chain([(until, f64::NEG_INFINITY)]) {
        let mut from = at;
        while let Some(&(begun, higher)) = rising.last()
            && higher >= people
        {
            rising.pop();
            from = begun;
            if at.since(begun) >= after {
                most = most.max(higher);
            }
        }
        rising.push((from, people));
    }
    most
}

/// What the design costs in a year without an outage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Yearly {
    /// Servers, those that stand by included.
    pub servers: f64,
    /// Buildings.
    pub sites: f64,
    /// Drills.
    pub drills: f64,
    /// Working hours that drills take.
    pub drill_hours: f64,
}

impl Yearly {
    /// All of it.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.servers + self.sites + self.drills
    }
}

/// What the design costs in a year; none if the scenario names no cost.
#[must_use]
pub fn yearly(world: &World) -> Option<Yearly> {
    let cost = world.cost.as_ref()?;
    let servers: f64 = world.pools.iter().map(|pool| f64::from(pool.servers)).sum();
    let rounds = |every: Span| YEAR.secs() / every.secs().max(1e-6);
    let drills = world.people.drills.iter();
    let drill_hours = drills.fold(0.0, |sum, drill| sum + drill.hours * rounds(drill.every));
    Some(Yearly {
        servers: servers * cost.server_year,
        sites: world.sites.len() as f64 * cost.site_year,
        drills: drill_hours * cost.hour,
        drill_hours,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_people_kept_waiting_are_the_highest_step_that_is_long_enough() {
        let mut affected = Series::new(0.0);
        for (hour, people) in [(1, 5.0), (2, 9.0), (3, 7.0), (5, 2.0), (8, 8.0), (9, 0.0)] {
            affected.push(Time(hour * 3_600_000_000), people);
        }
        let found = |hours: u64, until: u64| {
            kept_waiting(&affected, Span::from_hours(hours), Time(until * 3_600_000_000))
        };
        // By hand: 9 for one hour, 7 for three, 5 for four, 2 for eight.
        let expected = [(1, 9.0), (2, 7.0), (3, 7.0), (4, 5.0), (5, 2.0), (8, 2.0)];
        assert_eq!(expected.map(|(hours, _)| found(hours, 20)), expected.map(|e| e.1));
        assert_eq!([found(1, 2), found(1, 3), found(3, 4), found(9, 20)], [5.0, 9.0, 5.0, 0.0]);
    }
}
