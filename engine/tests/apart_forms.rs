//! Copies that are sent too slowly, acknowledged by a neighbour or written apart, and what is looked through afterwards.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod common;

use bridge_engine::kernel::math::exp;
use bridge_engine::report::{Report, report};
use bridge_engine::trace::{Change, PoolState, TaskKind};
use bridge_engine::{Time, Trace, World};
use common::{close, done, first, hours, play, queued, world};

/// Three buildings, people who do everything as planned.
fn company(services: &str, script: &str, more: &str) -> String {
    let site = |key: &str, region: &str| {
        format!(
            "  {key}: {{region: {region}, power: {{utility: {{u: {{}}}}, panels: {{p: {{}}}}, \
             restore: {{reclose: 366d}}}}}}\n"
        )
    };
    format!(
        "schema: bridge/1\nmeta: {{id: case, t0: \"2022-10-15T00:00+00:00\", horizon: 200h, seed: 1}}\n\
         demand: {{users: 1M}}\nregions: {{r: {{}}, z: {{}}}}\nsites:\n{}{}{}\
         people: {{teams: {{ops: {{hands: 50}}}}, sigma: 0, drill: {{slow: 1, error: 0}}}}\n\
         services:\n{services}script: [{script}]\n{more}",
        site("s", "r"),
        site("t", "r"),
        site("w", "z")
    )
}

fn outcome(text: &str) -> (World, Trace, Report) {
    let world = world(text);
    let trace = play(&world, 1);
    let report = report(&world, &trace);
    (world, trace, report)
}

#[test]
fn a_copy_begins_anew_when_what_it_is_made_from_stops_or_is_cut_off() {
    // 144 TB at 4 GB/s are ten hours; the cold servers are installed long before the fifth hour after the loss.
    let ready = |more: &str| {
        let line = "  a: {users: 1, data: {size: 144 TB, backup: {every: 1h}}, place: [[s, 100], [t, 100, cold], [w, backup]]}\n";
        let world = world(&company(line, &format!("{{at: 1h, trip: s/p}}{more}"), ""));
        let trace = play(&world, 1);
        let points = trace.pools[1].points();
        let begun: Vec<f64> =
            points.iter().filter(|p| p.1 == PoolState::Restoring).map(|p| hours(p.0)).collect();
        let filled = hours(first(&trace, |_, c| c == Change::Restored).expect("filled").at);
        (begun, filled)
    };
    let (begun, filled) = ready("");
    assert!(begun[0] < 6.0);
    close(filled - begun[0], 10.0, 1e-9);
    for stops in ["fail: w/u", "cut: w"] {
        let (begun, filled) = ready(&format!(", {{at: 8h, {stops}, lasts: 90m}}"));
        assert_eq!(begun.len(), 2, "{stops}");
        close(begun[1], 9.5, 1e-9);
        close(filled, 19.5, 1e-9);
    }
}

/// Seconds of writes that the first service by key lacked at worst.
fn missing(text: &str) -> f64 {
    outcome(text).2.services[0].rpo_s
}

#[test]
fn what_comes_faster_than_it_is_sent_falls_behind_all_the_time() {
    for (rate, expected) in [("20MB/s", 3600.0 * 0.5 + 5.0), ("30MB/s", 3600.0 * 0.25 + 5.0), ("40MB/s", 5.0)]
    {
        let services = format!(
            "  a: {{users: 1, data: {{replication: {{async: 5s}}, send: {{writes: 40MB/s, rate: {rate}}}}}, \
             place: [[s, 10], [t, 10, standby]]}}\n"
        );
        close(missing(&company(&services, "{at: 1h, trip: s/p}", "")), expected, 1e-6);
    }
}

#[test]
fn a_neighbour_that_acknowledges_is_lost_with_the_one_it_answers() {
    let a = |place: &str| {
        format!("  a: {{users: 1, data: {{replication: {{semi_sync: 30s}}}}, place: [[s, 10]{place}]}}\n")
    };
    let (t, w) = (", [t, 10, standby]", ", [w, 10, standby]");
    let trip = "{at: 1h, trip: s/p}";
    let both = "{at: 1h, trip: s/p}, {at: 1h, trip: t/p}";
    close(missing(&company(&a(t), trip, "")), 0.0, 1e-9);
    close(missing(&company(&a(&format!("{t}{w}")), trip, "")), 0.0, 1e-9);
    // The nearest of the two holds every write; the other is where people go when it is lost as well.
    close(missing(&company(&a(&format!("{t}{w}")), both, "")), 30.0, 1e-9);
    close(missing(&company(&a(&format!(", [s, 10, standby]{w}")), trip, "")), 30.0, 1e-9);
    // Acknowledged by all, nothing is.
    let all = a(&format!("{t}{w}")).replace("{semi_sync: 30s}", "sync");
    close(missing(&company(&all, both, "")), 0.0, 1e-9);
}

const TWO: &str = "  a: {users: 1, load: 40, data: {replication: {async: 5s}, \
                   conflicts: {writes: 100/s, keys: 1M, effort: 6m}}, place: [[s, 100], [t, 50]]}\n";

/// Keys of a million that two sides both write: of a hundred writes a second two thirds and one third.
fn both(secs: f64) -> f64 {
    let touched = |share: f64| 1.0 - exp(-share * secs * 100.0 / 1e6);
    1e6 * touched(2.0 / 3.0) * touched(1.0 / 3.0)
}

const APART: &str = "{at: 1h, cut: [s, t], lasts: 2h}, {at: 1h, cut: [s, w], lasts: 2h}";

#[test]
fn two_sides_written_apart_have_as_many_keys_to_put_right_as_both_wrote() {
    let (_, trace, report) = outcome(&company(TWO, APART, ""));
    let of = &report.services[0];
    // What was on the way when the line was cut is apart, too.
    close(of.diverged_s, 7205.0, 1e-9);
    close(f64::from(of.conflicts), both(7200.0).round(), 1e-12);
    assert!(of.rpo_s <= 0.0 && trace.shares[0].last() >= 1.0, "nothing is lost, and both served");
    let reconciles = |kind| matches!(kind, TaskKind::Reconcile(_));
    let asked = queued(&trace, reconciles).expect("asked for");
    assert_eq!(asked, Time(3 * 3_600_000_000), "as soon as they are joined");
    let took = done(&trace, |t| reconciles(t.kind)).expect("done").since(asked).secs();
    close(took, f64::from(of.conflicts) * 360.0 / 50.0, 1e-6);
}

#[test]
fn a_standby_promoted_across_a_cut_is_written_beside_the_old_side_unless_that_is_fenced() {
    // Monitor and controller are with the standby; the old side goes on, and steps down when they find each other.
    let services = format!(
        "{}  eye: {{role: monitor, place: [[w, 1]]}}\n  hand: {{role: controller, place: [[w, 1]]}}\n",
        TWO.replace("[s, 100], [t, 50]", "[s, 100], [t, 100, standby]")
    );
    let cut = "{at: 1h, cut: [s, t], lasts: 2h}, {at: 1h, cut: [s, w], lasts: 2h}";
    let (_, trace, report) = outcome(&company(&services, cut, ""));
    let split = first(&trace, |_, c| c == Change::Split(true)).expect("split").at;
    assert_eq!(first(&trace, |_, c| c == Change::Diverging).expect("written apart").at, split);
    let of = &report.services[0];
    // The standby opened with what had reached it when the line was cut.
    close(of.diverged_s, 7205.0, 1e-9);
    let secs = 3.0 * 3600.0 - split.secs();
    let touched = 1.0 - exp(-0.5 * secs * 100.0 / 1e6);
    close(f64::from(of.conflicts), (1e6 * touched * touched).round(), 1e-12);
    assert!(of.rpo_s <= 0.0 && trace.vanished[0].last() <= 0.0, "both sides are there in the end");
    let fenced = company(&services, cut, "controls: {promote: {guard: fence}}\n");
    assert!(first(&outcome(&fenced).1, |_, c| c == Change::Diverging).is_none());
}

#[test]
fn who_is_one_or_votes_is_not_written_apart() {
    let diverges = |text: &str| first(&outcome(text).1, |_, c| matches!(c, Change::Diverging)).is_some();
    assert!(diverges(&company(TWO, APART, "")));
    let voters = "  a: {users: 1, load: 2, quorum: 5, data: {replication: sync}, place: [[s, 3], [t, 2]]}\n";
    assert!(!diverges(&company(voters, APART, "")));
    let single = TWO.replace("[t, 50]", "[t, 50, standby]");
    assert!(!diverges(&company(&single, APART, "")));
    let alone = TWO.replace("{async: 5s}", "none");
    assert!(!diverges(&company(&alone, APART, "")));
    // Users reach one side only.
    assert!(!diverges(&company(TWO, "{at: 1h, cut: s, lasts: 2h}", "")));
}

#[test]
fn a_side_that_is_lost_while_apart_takes_its_writes_with_it_until_it_is_back() {
    // Apart from one to five; power is lost at two and back after two hours' work.
    let script = "{at: 1h, cut: [s, t], lasts: 14h}, {at: 1h, cut: [s, w], lasts: 14h}, {at: 2h, trip: s/p}";
    let gone = company(TWO, script, "");
    let back = gone.replace("reclose: 366d", "reclose: 2h");
    let (_, trace, report) = outcome(&back);
    close(report.services[0].rpo_s, 3605.0, 1e-9);
    assert!(trace.vanished[0].last() <= 1e-6, "back when it is back: {:?}", trace.vanished[0].points());
    close(f64::from(report.services[0].conflicts), both(3600.0).round(), 1e-12);
    let (_, trace, report) = outcome(&gone);
    assert_eq!(report.services[0].conflicts, 0);
    close(trace.vanished[0].last(), 3605.0, 1e-9);
}

#[test]
fn writes_that_several_copies_of_a_lost_side_hold_are_back_once() {
    // Two pools took in the same hour of writes; they start one after the other on fifty hands.
    let services = TWO.replace("[s, 100]", "[s, 60], [s, 40]");
    let script = "{at: 1h, cut: [s, t], lasts: 14h}, {at: 1h, cut: [s, w], lasts: 14h}, {at: 2h, trip: s/p}";
    let back = company(&services, script, "").replace("reclose: 366d", "reclose: 2h");
    let (_, trace, report) = outcome(&back);
    close(report.services[0].rpo_s, 3605.0, 1e-9);
    let points = trace.vanished[0].points();
    assert!(points.last().is_some_and(|p| p.1.abs() <= 1e-6), "all of it is back, and no more: {points:?}");
}

#[test]
fn a_lost_copy_that_opens_in_place_of_its_successors_lacks_what_they_wrote_and_no_less() {
    // s and w are one side; w stops ten minutes before s, and opens again after t, which was left alone, has stopped too.
    let services = TWO.replace("[t, 50]", "[t, 50], [w, 100]");
    let script = "{at: 1h, cut: [s, t], lasts: 14h}, {at: 1h, cut: [t, w], lasts: 14h}, \
                  {at: 110m, trip: w/p}, {at: 2h, trip: s/p}, {at: 3h, trip: t/p}";
    let text = company(&services, script, "");
    let at = text.find("  w: {").expect("a building");
    let back = format!("{}{}", &text[..at], text[at..].replace("reclose: 366d", "reclose: 2h"));
    let (_, trace, _) = outcome(&back);
    assert!(trace.shares[0].last() > 0.0, "w serves again");
    // All that was written from five seconds before it stopped to when t did.
    close(trace.vanished[0].last(), 4205.0, 1e-9);
}

const CIRCLE: &str = "  eye: {role: monitor, place: [[t, 1]]}\n  a: {users: 1, boots: [b], place: [[s, 10]]}\n  \
                      b: {users: 1, boots: [a], place: [[s, 10]]}\n";

#[test]
fn controls_are_gone_without_until_it_is_over_or_somebody_has_looked_it_over() {
    let exposed = |after: &str| {
        let more = format!("controls: {{bypass: {{edges: {{\"a>b\": 4h}}}}, after: {{{after}}}}}\n");
        let (world, trace, report) =
            outcome(&company(CIRCLE, "{at: 1h, trip: s/p}", &more).replace("366d", "2h"));
        let at = |wanted: fn(Change) -> bool| first(&trace, |_, c| wanted(c)).expect("it happened").at;
        let lasted = at(|c| c == Change::Closed).since(at(|c| matches!(c, Change::Bypassed { .. }))).secs();
        close(
            report.total.exposure_s,
            report.services[common::service(&world, "a").index()].exposure_s,
            1e-12,
        );
        (report.total.exposure_s - lasted, queued(&trace, |kind| matches!(kind, TaskKind::Secure(_))))
    };
    let (over, asked) = exposed("");
    close(over, 0.0, 1e-9);
    assert_eq!(asked, None);
    let (over, asked) = exposed("security: 5h");
    close(over, 5.0 * 3600.0, 1e-6);
    assert!(asked.is_some());
}

#[test]
fn data_are_compared_afterwards_where_there_is_reason_to_doubt_them() {
    let verified = |services: &str, after: &str, back: &str| {
        let more = format!("controls: {{after: {{{after}}}}}\n");
        let (_, trace, _) = outcome(&company(services, "{at: 1h, trip: s/p}", &more).replace("366d", back));
        let over = first(&trace, |_, c| c == Change::Closed).map(|e| e.at);
        let asked = queued(&trace, |kind| matches!(kind, TaskKind::Verify(_)));
        assert!(asked.is_none() || asked == over, "once everything serves again");
        done(&trace, |t| matches!(t.kind, TaskKind::Verify(_)))
            .map(|at| at.since(asked.expect("asked")).secs())
    };
    let kept =
        |data: &str| format!("  a: {{users: 1, data: {{{data}}}, place: [[s, 10], [t, 10, standby]]}}\n");
    let lagging = kept("replication: {async: 5s}");
    close(verified(&lagging, "integrity: 3h", "366d").expect("five seconds are missing"), 3.0 * 3600.0, 1e-6);
    assert_eq!(verified(&lagging, "", "366d"), None);
    assert_eq!(verified(&kept("replication: sync"), "integrity: 3h", "366d"), None, "nothing is missing");
    let read = "  a: {users: 1, data: {size: 1TB, check_rate: 1GB/s}, place: [[s, 10]]}\n";
    assert!(verified(read, "integrity: 3h", "2h").is_some(), "read through after an unclean stop");
    let none = "  a: {users: 1, place: [[s, 10]]}\n";
    assert_eq!(verified(none, "integrity: 3h", "2h"), None);
}
