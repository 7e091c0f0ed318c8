//! Outside companies: what they lost because they need us, and what we owe them for it.

use crate::Time;
use crate::kernel::order::sorted;
use crate::trace::{Trace, WHOLE};
use crate::world::{ThirdParty, World};

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PartyReport {
    /// First moment at which it could not do all it does.
    pub first_loss: Option<Time>,
    /// ∫ share lost dt, in seconds.
    pub lost_s: f64,
    /// Of its own users.
    pub user_minutes_lost: f64,
    /// Of its own sales, in our currency. Not ours.
    pub money_lost: f64,
    /// What we owe it. Part of what we lose.
    pub penalty: f64,
}

pub(super) fn report(world: &World, trace: &Trace) -> Vec<PartyReport> {
    world.third_parties.iter().map(|party| one(party, trace, trace.horizon)).collect()
}

/// What is owed to all of them by a moment.
pub(super) fn penalties(world: &World, trace: &Trace, until: Time) -> f64 {
    world.third_parties.iter().fold(0.0, |sum, party| sum + one(party, trace, until).penalty)
}

fn one(party: &ThirdParty, trace: &Trace, until: Time) -> PartyReport {
    let mut times: Vec<Time> = vec![Time::ZERO];
    for need in &party.needs {
        times.extend(trace.shares[need.index()].points().iter().map(|p| p.0).filter(|&t| t < until));
    }
    times = sorted(times, &Time::cmp);
    times.dedup();
    let ends = times.iter().skip(1).copied().chain([until]);
    let (mut lost_s, mut first_loss) = (0.0, None);
    for (&from, to) in times.iter().zip(ends) {
        // The least of what it needs.
        let share = party.needs.iter().map(|n| trace.shares[n.index()].at(from)).fold(1.0, f64::min);
        lost_s += (1.0 - share) * to.since(from).secs();
        if share < WHOLE && first_loss.is_none() {
            first_loss = Some(from);
        }
    }
    let owed_s = (lost_s - party.free.secs()).max(0.0);
    PartyReport {
        first_loss,
        lost_s,
        user_minutes_lost: party.users * lost_s / 60.0,
        money_lost: party.revenue_per_day * lost_s / 86_400.0,
        penalty: party.penalty_per_day * owed_s / 86_400.0,
    }
}
