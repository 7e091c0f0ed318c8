//! Closed forms about money, users who leave and outside companies, reached through scenarios.
#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and may use any exp"
)]

mod common;

use bridge_engine::report::{Entry, Gone, ledger, report, yearly};
use bridge_engine::trace::{Change, Subject, TaskKind};
use bridge_engine::{Time, Trace, World};
use common::{close, first, hours, play, service, world};

/// A company whose service a is crashed after an hour, known at once, and started within an exactly known time by a hundred
/// hands; b has a team of its own.
fn company(more: &str, script: &str) -> World {
    world(&format!(
        "schema: bridge/1\nmeta: {{id: case, horizon: 100h, seed: 1}}\nsites: {{s: {{}}, t: {{}}}}\nservices:\n  \
         a: {{users: 1, shed: true, load: 3000, place: [[s, 3000]]}}\n  b: {{users: 50%, shed: true, team: other, load: 60, place: [[t, 60]]}}\n\
         controls: {{boot: {{manual: 10m/server, time: 0s}}, detect: {{report_gap: 1ms}}}}\n{more}\nscript: [{script}]\n"
    ))
}

const PEOPLE: &str = "sigma: 0, drill: {slow: 1, error: 0}, teams: {ops: {hands: 100}, other: {hands: 1}}";

fn plain(demand: &str, more: &str) -> World {
    let script = "{at: 1h, crash: a@s}, {at: 30h, crash: b@t}";
    company(&format!("demand: {{users: 1M{demand}}}\npeople: {{{PEOPLE}}}\n{more}"), script)
}

/// ∫ people affected dt in hours until a moment, by hand from the events: a comes back in twenty steps.
fn affected_hours(trace: &Trace, until: Time) -> f64 {
    trace.affected.integral(Time::ZERO, until, |people| people) / 3600.0
}

#[test]
fn the_ledger_sums_to_what_was_lost_and_each_entry_is_its_own_formula() {
    let cost = "cost: {revenue: 24M/d, fixed: 5k, hour: 50, \
                compensation: {after: 3h, paying: 20%, each: 3, claims: 0.5%, claim: 100}}\n\
                third_parties: {shop: {needs: [a], users: 1k, revenue: 2.4M/d, free: 1h, penalty: 240k/d}}";
    let world = plain(", churn: {leave: 80h, back: 10h}", cost);
    let trace = play(&world, 1);
    let figures = report(&world, &trace);
    let ledger = figures.ledger.expect("a cost is named");
    let of = |entry| ledger.entries[Entry::ALL.iter().position(|e| *e == entry).expect("it is there")];
    let sum: f64 = ledger.entries.iter().sum();
    assert_eq!(figures.total.money_lost.map(f64::to_bits), Some(sum.to_bits()), "exactly the sum");
    // A million an hour, in proportion to the people affected out of a million.
    close(of(Entry::Sales), affected_hours(&trace, trace.horizon), 1e-12);
    close(of(Entry::Fixed), 5000.0, 1e-12);
    // 3,000 and 60 servers of ten minutes each.
    close(of(Entry::Work), 510.0 * 50.0, 1e-6);
    // Twenty steps of a quarter of an hour: after three hours on end a fifth to two fifths of a were back.
    let peak = trace.affected.at(Time(4 * 3_600_000_000 - 1));
    close(of(Entry::Paying), peak * 0.2 * 3.0, 1e-9);
    close(of(Entry::Claims), peak * 0.005 * 100.0, 1e-9);
    // A lost share of a for so long: 5 h falling in twenty steps.
    let lost =
        trace.shares[service(&world, "a").index()].integral(Time::ZERO, trace.horizon, |a| 1.0 - a) / 3600.0;
    close(lost, 5.0 * 21.0 / 40.0, 1e-5);
    close(of(Entry::Penalties), (lost - 1.0) * 10_000.0, 1e-9);
    let shop = figures.parties[0];
    close(shop.money_lost, lost * 100_000.0, 1e-9);
    close(shop.user_minutes_lost, lost * 60_000.0, 1e-9);
    assert_eq!(shop.first_loss, Some(Time(3_600_000_000)));
    assert!(of(Entry::Churn) > 0.0);
}

#[test]
fn what_is_not_named_costs_nothing() {
    let trace = |world: &World| play(world, 1);
    let none = plain("", "");
    assert_eq!(report(&none, &trace(&none)).total.money_lost, None);
    let bare = plain("", "cost: {revenue: 24M/d}");
    let figures = report(&bare, &trace(&bare));
    let ledger = figures.ledger.expect("a cost is named");
    assert!(ledger.entries[1..].iter().all(|e| e.to_bits() == 0), "sales alone");
    assert!(figures.users.is_none() && figures.parties.is_empty());
}

#[test]
fn a_ledger_only_grows() {
    let world = plain(
        ", churn: {}",
        "cost: {revenue: 24M/d, fixed: 5k, hour: 50, compensation: {paying: 20%, each: 3}}",
    );
    let trace = play(&world, 1);
    let at = |hour: u64| ledger(&world, &trace, Time(hour * 3_600_000_000)).expect("named").total();
    assert!(at(0) <= 0.0 && at(1) <= 0.0);
    assert!((1..100).all(|hour| at(hour) <= at(hour + 1)));
    assert!(at(35) > at(29));
}

/// A company whose only service is gone for exactly ten hours: tools start it that long after the crash.
fn dark(churn: &str, people: &str, more: &str) -> World {
    world(&format!(
        "schema: bridge/1\nmeta: {{id: case, horizon: 100h, seed: 1}}\ndemand: {{users: 1M, churn: {{leave: 80h, back: 10h{churn}}}}}\n\
         sites: {{s: {{}}, t: {{}}}}\nservices:\n  a: {{users: 1, place: [[s, 1]]}}\n  c: {{users: 50%, place: [[s, 1]]}}\n  \
         page: {{place: [[t, 1]]}}\n\
         controls: {{boot: {{manual: 600m/server, time: 0s}}, detect: {{report_gap: 1ms}}}}\n\
         people: {{sigma: 0, drill: {{slow: 1, error: 0}}, {people} teams: {{ops: {{hands: 11}}, pr: {{hands: 1}}}}}}\n\
         {more}\n"
    ))
}

#[test]
fn users_leave_and_come_back_exponentially() {
    let world = dark("", "", "script: [{at: 1h, crash: a@s}]");
    let trace = play(&world, 1);
    let gone = Gone::of(&world, &trace).expect("they may leave");
    let at = |hour: f64| gone.at(Time((hour * 3.6e9) as u64)) / 1e6;
    assert!(at(1.0) <= 0.0);
    for hour in [2.0, 5.5, 11.0] {
        close(at(hour), 1.0 - f64::exp(-(hour - 1.0) / 80.0), 1e-6);
    }
    for hour in [12.0, 21.0, 90.0] {
        close(at(hour), (1.0 - f64::exp(-10.0 / 80.0)) * f64::exp(-(hour - 11.0) / 10.0), 1e-6);
    }
    let users = report(&world, &trace).users.expect("they may leave");
    close(hours(users.most_at), 11.0, 1e-6);
    close(users.most, 1e6 * (1.0 - f64::exp(-0.125)), 1e-6);
}

#[test]
fn only_the_loss_of_what_they_came_for_makes_them_leave() {
    let of = |churn: &str| {
        let world = dark(churn, "", "script: [{at: 1h, crash: c@s}]");
        let trace = play(&world, 1);
        Gone::of(&world, &trace).expect("they may leave").most(trace.horizon).1
    };
    assert!(of(", of: [a]") <= 0.0);
    // Half of all use c: of those who are left half are affected, and as many come back as it works for.
    let (a, b) = (0.5 / 80.0, 0.5 / 10.0);
    let limit = a / (a + b);
    close(of(", of: [c]"), 1e6 * limit * (1.0 - f64::exp(-(a + b) * 10.0)), 1e-6);
    close(of(""), of(", of: [c]"), 1e-12);
}

#[test]
fn sales_to_those_who_left_are_lost_as_far_as_it_would_have_worked() {
    let world = dark("", "", "cost: {revenue: 24M/d}\nscript: [{at: 1h, crash: a@s}]");
    let trace = play(&world, 1);
    let ledger = ledger(&world, &trace, trace.horizon).expect("named");
    // After the outage alone, when everything works: ∫ x₀ e^(−t/10) dt over the 89 hours left.
    let expected = 1e6 * (1.0 - f64::exp(-0.125)) * 10.0 * (1.0 - f64::exp(-8.9));
    close(ledger.entries[1], expected, 1e-5);
}

#[test]
fn an_early_and_honest_notice_keeps_users() {
    let most = |people: &str| {
        let world = dark("", people, "script: [{at: 1h, crash: a@s}]");
        let trace = play(&world, 1);
        let told = first(&trace, |_, c| c == Change::Noticed).map(|e| hours(e.at));
        (Gone::of(&world, &trace).expect("they may leave").most(trace.horizon).1, told)
    };
    let quick = "command: {ack: 0s, escalate: 0s, decide: 0s},";
    let (silent, none) = most(quick);
    assert_eq!(none, None);
    let (early, told) = most(&format!("{quick} notice: {{team: pr, write: 30m}},"));
    close(told.expect("they are told"), 1.5, 1e-5);
    // Half an hour at full hazard, nine and a half at half of it.
    close(early, 1e6 * (1.0 - f64::exp(-(0.5 + 9.5 / 2.0) / 80.0)), 1e-5);
    let (late, told) = most(&format!("{quick} notice: {{team: pr, write: 5h}},"));
    close(told.expect("they are told"), 6.0, 1e-5);
    close(late, 1e6 * (1.0 - f64::exp(-(5.0 + 5.0 / 2.0) / 80.0)), 1e-5);
    let (false_one, _) = most(&format!("{quick} notice: {{team: pr, write: 30m, honest: false}},"));
    close(false_one, silent, 1e-12);
}

#[test]
fn a_page_that_is_down_with_the_rest_says_nothing() {
    let told = |notice: &str| {
        let quick = "command: {ack: 0s, escalate: 0s, decide: 0s},";
        let people = format!("{quick} notice: {{team: pr, write: 30m, {notice}}},");
        let world = dark("", &people, "script: [{at: 1h, crash: a@s}, {at: 1h, crash: page@t}]");
        let trace = play(&world, 1);
        let event = first(&trace, |_, c| c == Change::Noticed).cloned();
        (event.as_ref().map(|e| hours(e.at)), event, trace)
    };
    let (outside, _, _) = told("");
    close(outside.expect("told"), 1.5, 1e-5);
    // The page is one server, started by hand in ten hours like a: both are back before anybody is told, or at once.
    let (waits, event, trace) = told("via: page");
    close(waits.expect("told"), 11.0, 1e-5);
    let causes = event.expect("told").causes;
    let page = |id: &bridge_engine::trace::EventId| {
        matches!(trace.events[id.0 as usize].subject, Subject::Service(_))
    };
    assert!(causes.iter().any(page), "because the page is back");
    let (elsewhere, _, _) = told("via: page, elsewhere: 2h");
    close(elsewhere.expect("told"), 3.5, 1e-5);
}

#[test]
fn who_writes_it_may_have_other_work() {
    // The team that starts servers is busy with that until it is over: first in, first out.
    let people = "command: {ack: 0s, escalate: 0s, decide: 0s}, notice: {team: pr, write: 30m},";
    let world = dark("", people, "script: [{at: 1h, crash: a@s}]");
    let trace = play(&world, 1);
    let crew: Vec<_> = trace.work.iter().filter(|s| s.task.kind == TaskKind::Notice).collect();
    assert_eq!(crew.len(), 1);
    assert_eq!(crew[0].hands.to_bits(), 1.0_f64.to_bits());
    let own = people.replace("team: pr", "team: ops");
    let mut crowded =
        dark("", &own, "script: [{at: 1h, crash: c@s}, {at: 1h, crash: a@s}, {at: 1h, crash: page@t}]");
    crowded.people.teams[0].hands = 1;
    let late = first(&play(&crowded, 1), |_, c| c == Change::Noticed).map(|e| hours(e.at));
    assert!(late.is_none_or(|at| at > 10.0), "{late:?}");
}

#[test]
fn a_design_has_its_price_in_a_year_without_an_outage() {
    let drills = "drills: {gorilla: {every: 146h, hours: 40h}},";
    let world = dark("", drills, "cost: {revenue: 1/d, hour: 10, server_year: 1k, site_year: 1M}");
    let yearly = yearly(&world).expect("named");
    close(yearly.servers, 3000.0, 1e-12);
    close(yearly.sites, 2e6, 1e-12);
    // 365 d hold 60 of them.
    close(yearly.drill_hours, 60.0 * 40.0, 1e-12);
    close(yearly.drills, 24_000.0, 1e-12);
    close(yearly.total(), 2_027_000.0, 1e-12);
}
