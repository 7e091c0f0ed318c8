//! Automation is not magic: what acts on a monitor acts on its errors too.

#![allow(clippy::expect_used, reason = "what does not happen has failed")]

mod common;

use bridge_engine::trace::{Change, Subject};
use bridge_engine::why::{Blocker, why};
use bridge_engine::world::ServiceId;
use bridge_engine::{Span, Time, Trace, World};
use common::{close, play, service, world};

const PAIR: &str = "  db: {users: 1, place: [[a, 10], [b, 10, standby]]}\n";
const TOOLS: &str = "  eye: {role: monitor, place: [[m, 1]]}\n  arm: {role: controller, place: [[m, 1]]}\n";

/// A company in three bare buildings; people take exactly as long as they take.
fn company(services: &str, controls: &str, more: &str) -> World {
    world(&format!(
        "schema: bridge/1\nmeta: {{id: case, t0: \"2022-10-15T00:00+00:00\", horizon: 2000h, seed: 1}}\n\
         demand: {{users: 1M}}\ndefaults: {{shed: true}}\nregions: {{r: {{}}}}\nsites:\n  a: {{region: r, preset: tier1}}\n  \
         b: {{region: r, preset: tier1}}\n  m: {{region: r, preset: tier1}}\nservices:\n{services}\
         controls: {{{controls}}}\npeople: {{sigma: 0, drill: {{slow: 1, error: 0}}, teams: {{ops: {{hands: 50}}}}}}\n{more}"
    ))
}

/// From when to when a service was taken for down though it served.
fn alarms(trace: &Trace, id: ServiceId) -> Vec<(Time, Time)> {
    let of = |wanted: bool| {
        trace
            .events
            .iter()
            .filter(move |e| (e.subject, e.change) == (Subject::Service(id), Change::Suspected(wanted)))
            .map(|e| e.at)
    };
    of(true).zip(of(false)).collect()
}

fn count(trace: &Trace, wanted: Change, from: Time, to: Time) -> usize {
    trace.events.iter().filter(|e| e.at > from && e.at <= to && e.change == wanted).count()
}

/// Seconds of a service lost in the two hours after a moment.
fn lost(trace: &Trace, id: ServiceId, from: Time) -> f64 {
    trace.shares[id.index()].integral(from, from + Span::from_hours(2), |share| 1.0 - share)
}

#[test]
fn false_alarms_come_at_their_rate_and_last_as_long_as_they_last() {
    let world = company(&format!("{PAIR}{TOOLS}"), "detect: {false_alarms: 1000, false_lasts: 3m}", "");
    let db = service(&world, "db");
    let mut all = 0.0;
    for seed in 1..=4 {
        let trace = play(&world, seed);
        let alarms = alarms(&trace, db);
        all += alarms.len() as f64;
        assert!(alarms.iter().all(|&(from, to)| to.since(from) == Span::from_mins(3)));
    }
    // One that comes while it is being switched, or during another, is none.
    let expected = 4.0 * 1000.0 * 2000.0 / 8760.0;
    assert!((all - expected).abs() < 4.0 * expected.sqrt(), "{all} of {expected}");
}

#[test]
fn a_flapping_failover_is_bounded_by_its_hold_down() {
    for (hold, switches) in [("0s", 6), ("1m", 4), ("5m", 2), ("10m", 1), ("1h", 1)] {
        let controls = format!(
            "detect: {{false_alarms: 20, false_lasts: 605s}}, promote: {{auto: 2m, hold_down: {hold}}}"
        );
        let world = company(&format!("{PAIR}{TOOLS}"), &controls, "");
        let db = service(&world, "db");
        let trace = play(&world, 1);
        let (from, to) = *alarms(&trace, db).first().expect("one in three weeks");
        let until = to + Span::from_mins(2);
        // 1 + ⌊L / (auto + hold)⌋, each as long as a switch takes.
        assert_eq!(count(&trace, Change::Promoted, from, until), switches, "{hold}");
        close(lost(&trace, db, from), 120.0 * switches as f64, 1e-9);
    }
}

#[test]
fn nobody_errs_unless_a_scenario_says_so_and_two_observers_never_together() {
    for controls in ["", "detect: {false_alarms: 1000, observers: 2}"] {
        let two = TOOLS.replace("[[m, 1]]", "[[m, 1], [b, 1]]");
        let trace = play(&company(&format!("{PAIR}{two}"), controls, ""), 1);
        assert!(trace.events.is_empty(), "{:?}", trace.events.first());
    }
    // Where there is no monitor nobody errs.
    let arm = TOOLS.lines().last().expect("the controller");
    let world = company(&format!("{PAIR}{arm}\n"), "detect: {false_alarms: 1000}", "");
    assert!(play(&world, 1).events.is_empty());
}

#[test]
fn another_service_leaves_the_alarms_of_this_one_where_they_were() {
    let times = |more: &str| {
        let world = company(&format!("{PAIR}{TOOLS}{more}"), "detect: {false_alarms: 50}", "");
        alarms(&play(&world, 1), service(&world, "db"))
    };
    assert_eq!(times(""), times("  zz: {place: [[a, 10], [b, 10, standby]]}\n"));
}

#[test]
fn what_a_false_alarm_stopped_waits_for_its_promotion_alone() {
    let world = company(&format!("{PAIR}{TOOLS}"), "detect: {false_alarms: 20}", "");
    let db = service(&world, "db");
    let trace = play(&world, 1);
    let (from, _) = *alarms(&trace, db).first().expect("one");
    let answer = why(&world, &trace, Subject::Service(db), from + Span::from_mins(1));
    assert_eq!(answer.blockers, [Blocker::Promotion(db)]);
    let first = answer.chain.first().expect("a chain");
    assert_eq!(
        trace.events[first.0 as usize].change,
        Change::Suspected(true),
        "it begins with the monitor's error"
    );
}

#[test]
fn a_hold_down_holds_when_it_is_needed_too() {
    let controls = "detect: {false_alarms: 20, false_lasts: 1m}, promote: {auto: 2m, hold_down: 1h}";
    let quiet = company(&format!("{PAIR}{TOOLS}"), controls, "");
    let db = service(&quiet, "db");
    let (from, _) = *alarms(&play(&quiet, 1), db).first().expect("one");
    // Ten minutes after the needless switch the side it was switched to is lost, for longer than the hold-down.
    let minute = (from.secs() / 60.0).ceil() as u64 + 10;
    let script = format!("script: [{{at: {minute}m, cut: b, lasts: 50h}}]\n");
    let world = company(&format!("{PAIR}{TOOLS}"), controls, &script);
    let trace = play(&world, 1);
    let switched: Vec<Time> =
        trace.events.iter().filter(|e| e.change == Change::Promoted).map(|e| e.at).take(2).collect();
    close(switched[0].since(from).secs(), 120.0, 1e-9);
    close(switched[1].since(switched[0]).secs(), 3600.0 + 120.0, 1e-9);
    let answer = why(&world, &trace, Subject::Service(db), from + Span::from_mins(20));
    assert!(answer.blockers.contains(&Blocker::HoldDown(db)), "{:?}", answer.blockers);
}

#[test]
fn a_watchdog_stops_everything_that_leans_on_what_it_restarts() {
    let services = format!(
        "  shared: {{watchdog: 1m, place: [[a, 10]]}}\n  front: {{users: 1, needs: [shared], place: [[b, 10]]}}\n  \
         apart: {{users: 1, place: [[b, 10]]}}\n{TOOLS}"
    );
    let controls = "detect: {false_alarms: 20, false_lasts: 605s}, boot: {time: 5m}";
    let world = company(&services, controls, "");
    let trace = play(&world, 1);
    let shared = service(&world, "shared");
    let (from, to) = *alarms(&trace, shared).first().expect("one");
    // After a minute, and again a minute after it came up: 1 + ⌊(L − wait) / (boot + wait)⌋.
    assert_eq!(count(&trace, Change::Restarted, from, to), 2);
    for key in ["shared", "front"] {
        close(lost(&trace, service(&world, key), from), 600.0, 1e-9);
    }
    close(lost(&trace, service(&world, "apart"), from), 0.0, 1e-12);
    let without = company(&services.replace("watchdog: 1m, ", ""), controls, "");
    assert!(play(&without, 1).events.is_empty(), "without a watchdog nobody acts on it");
}

/// Not automation, but what is left without it.
#[test]
fn what_our_own_people_use_they_notice_themselves() {
    let noticed = |staff: &str, seed: u64| {
        let services = format!("  wiki: {{{staff}place: [[a, 10]]}}\n  hidden: {{place: [[a, 10]]}}\n");
        let world = company(
            &services,
            "boot: {manual: 1000h/server}",
            "script: [{at: 1h, crash: wiki@a}, {at: 1h, crash: hidden@a}]\n",
        );
        let trace = play(&world, seed);
        let known = |key| {
            let of = Subject::Service(service(&world, key));
            let seen = |e: &&bridge_engine::trace::Event| {
                e.subject == of && e.change == (Change::Detected { by_monitor: false })
            };
            trace.events.iter().find(seen).map(|e| e.at.secs() - 3600.0)
        };
        (known("wiki"), known("hidden"))
    };
    // Nobody uses either, and there is no monitor: nobody ever knows.
    assert_eq!(noticed("", 1), (None, None));
    let (mut sum, n) = (0.0, 400);
    for seed in 1..=n {
        let (wiki, hidden) = noticed("staff: 20m, ", seed);
        assert_eq!(wiki, hidden, "whoever knows of one looks at the other");
        sum += wiki.expect("somebody notices");
    }
    let mean = sum / n as f64;
    assert!((mean - 1200.0).abs() < 4.0 * 1200.0 / (n as f64).sqrt(), "{mean}");
}
