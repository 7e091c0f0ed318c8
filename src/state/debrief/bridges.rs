//! Broken bridges: each with its mend, what that alone would have saved, and where to look.

use super::super::run::Run;
use super::scores::{Unit, said};
use crate::words::events::about;
use crate::words::numbers::{count, duration};
use crate::words::{Locale, Msg};
use bridge_engine::kernel::order::sorted;
use bridge_engine::report::{Code, Counting, Finding, Gain, Mend, yearly};
use bridge_engine::trace::{Change, Event, Subject};
use bridge_engine::world::ServiceId;
use bridge_engine::{Time, World};
use std::cmp::Ordering;

/// A finding as it is listed.
#[derive(Clone, Debug, PartialEq)]
pub struct Bridge<'a> {
    /// What was broken.
    pub finding: &'a Finding,
    /// The smallest change that mends it; empty if no rule knows one.
    pub mends: &'a [Mend],
    /// What that saves.
    pub gain: Worth<'a>,
}

/// What a mend is known to save.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Worth<'a> {
    /// So much.
    Known(&'a Gain),
    /// It has not run yet.
    Pending,
    /// It will not run: others cost people more.
    Untried,
    /// There is nothing to run.
    NoMend,
}

/// Every finding: those that save most first, once all are known; until then in the order in which they are tried.
#[must_use]
pub fn bridges<'a>(run: &'a Run, counting: Option<&'a Counting>) -> Vec<Bridge<'a>> {
    let worth = |finding: &Finding| counting.is_some_and(|c| c.tries(finding));
    let of = |found: (&'a Finding, &'a [Mend], Option<&'a Gain>)| {
        let (finding, mends, gain) = found;
        let gain = gain.map_or(if worth(finding) { Worth::Pending } else { Worth::Untried }, Worth::Known);
        Bridge { finding, mends, gain }
    };
    let known: Vec<Bridge<'a>> = counting.into_iter().flat_map(Counting::found).map(of).collect();
    let rest = run.report().findings.iter().filter(|f| known.iter().all(|b| b.finding != *f));
    // Until the first mend was tried, nobody knows which findings have one.
    let gain = if counting.is_some() { Worth::NoMend } else { Worth::Pending };
    let rest: Vec<Bridge<'a>> = rest.map(|finding| Bridge { finding, mends: &[], gain }).collect();
    let done = counting.is_some_and(|c| c.progress().0 == c.progress().1);
    let size = |b: &Bridge<'_>| match b.gain {
        Worth::Known(gain) => gain.saved.worth(),
        _ => f64::NEG_INFINITY,
    };
    let known = if done { sorted(known, &|a, b| size(b).total_cmp(&size(a))) } else { known };
    known.into_iter().chain(rest).collect()
}

/// Where and when it hurt: what to look at, and the moment.
#[must_use]
pub fn place(run: &Run, finding: &Finding) -> (Subject, Time) {
    let first = |wanted: &dyn Fn(&Event) -> bool| {
        run.trace.events.iter().find(|e| e.at > Time::ZERO && wanted(e)).map(|e| e.at)
    };
    let lost = |s: ServiceId| run.report().services[s.index()].first_loss;
    let hit = finding.hit.iter().copied().filter(|s| lost(*s).is_some());
    let worst = hit.reduce(|a, b| if run.world[b].users > run.world[a].users { b } else { a });
    let at = match (finding.code, finding.subject) {
        (Code::ChannelLost, _) => first(&|e| e.change == Change::ChannelLost),
        (Code::SlowDecision, _) => first(&|e| matches!(e.change, Change::Detected { .. })),
        (_, Subject::Service(s)) => lost(s),
        (_, Subject::Team(t)) => run.report().teams[t.index()].first,
        (_, Subject::Org) => worst.and_then(lost),
        (_, of) => first(&|e| about(e) == of),
    };
    let subject = match (finding.subject, worst) {
        // Neither the organisation nor a team stands anywhere.
        (Subject::Org | Subject::Team(_), Some(s)) => Subject::Service(s),
        (of, _) => of,
    };
    (subject, at.or(run.report().total.first_loss).unwrap_or(Time::ZERO))
}

/// What a change saves, in words: whether it helps, how much, and what else there is to say.
#[must_use]
pub fn saves(locale: Locale, world: &World, gain: &Gain) -> (Ordering, String, Vec<String>) {
    let saved = &gain.saved;
    let minutes = |n: f64| locale.with(Msg::BridgeMinutes, &[("n", &count(locale, n.abs()))]);
    let worth = match saved.money {
        Some(money) => said(locale, world, Unit::Money, money.abs()),
        None => minutes(saved.user_minutes),
    };
    let order = saved.worth().total_cmp(&0.0);
    let message = match order {
        Ordering::Greater => Msg::BridgeSaves,
        Ordering::Less => Msg::BridgeWorse,
        Ordering::Equal => Msg::BridgeNothing,
    };
    let mut notes: Vec<String> = Vec::new();
    notes.extend((saved.money.is_some() && saved.user_minutes != 0.0).then(|| minutes(saved.user_minutes)));
    let time = duration(saved.restored_s.abs());
    let sooner = if saved.restored_s > 0.0 { Msg::BridgeSooner } else { Msg::BridgeLater };
    notes.extend((saved.restored_s.abs() >= 60.0).then(|| locale.with(sooner, &[("time", &time)])));
    // Where the scenario gives no prices, nobody knows.
    let priced = yearly(world).is_some_and(|y| y.total() > 0.0);
    let cost = gain.yearly.filter(|_| priced).map(|cost| said(locale, world, Unit::Money, cost));
    notes.extend(cost.map(|cost| locale.with(Msg::BridgeCosts, &[("what", &cost)])));
    (order, locale.with(message, &[("what", &worth)]), notes)
}
