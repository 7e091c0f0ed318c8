//! Jobs that are done for the others: each by itself in its own time while whoever does it is reached, by hand when not.

#![allow(clippy::expect_used, reason = "what does not happen has failed")]

mod common;

use bridge_engine::trace::{Change, PoolState, Subject, Task, TaskKind};
use bridge_engine::why::{Blocker, why};
use bridge_engine::world::{ServiceId, TeamId};
use bridge_engine::{Time, Trace, World};
use common::{close, done, first, mean, play, queued, service, site, world};

const HOUR: u64 = 3_600_000_000;

/// A company in some bare buildings; people take exactly as long as they take, and know at once.
fn company(sites: &str, services: &str, more: &str) -> World {
    let sites: String = sites.split(' ').map(|s| format!("  {s}: {{region: r, preset: tier1}}\n")).collect();
    world(&format!(
        "schema: bridge/1\nmeta: {{id: case, t0: \"2022-10-15T00:00+00:00\", horizon: 100h, seed: 1}}\n\
         demand: {{users: 1M}}\ndefaults: {{shed: true}}\nregions: {{r: {{}}}}\nsites:\n{sites}services:\n{services}\
         people: {{sigma: 0, drill: {{slow: 1, error: 0}}, teams: {{ops: {{hands: 50}}}}}}\n{more}"
    ))
}

const PAIR: &str = "  db: {users: 1, place: [[a, 10], [b, 10, standby]]}\n";
const TOOLS: &str = "  eye: {role: monitor, place: [[m, 1]]}\n  arm: {role: controller, place: [[m, 1]]}\n";

fn seconds(trace: &Trace, wanted: impl Fn(Change) -> bool) -> f64 {
    first(trace, |_, c| wanted(c)).map_or(f64::INFINITY, |e| e.at.secs())
}

fn promoted(trace: &Trace) -> f64 {
    seconds(trace, |c| c == Change::Promoted)
}

/// When a service first served all of its demand after it had served nothing.
fn back(world: &World, trace: &Trace, key: &str) -> f64 {
    let points = trace.shares[service(world, key).index()].points();
    let lost = points.iter().position(|p| p.1 <= 0.0).expect("it is lost");
    points[lost..].iter().find(|p| p.1 >= 1.0).map_or(f64::INFINITY, |p| p.0.secs())
}

#[test]
fn names_lead_users_to_another_site_in_150_seconds() {
    let dns = "  names: {role: dns, place: [[m, 1]]}\n";
    for (names, place, after) in [
        (dns, "[a, 10], [b, 10, standby]", 150.0),
        // Somebody outside does it at once; nobody has to be led where users are already; and machines need no names.
        ("", "[a, 10], [b, 10, standby]", 0.0),
        (dns, "[a, 10], [a, 10, standby]", 0.0),
    ] {
        let services = format!("  db: {{users: 1, place: [{place}]}}\n{TOOLS}{names}");
        let mut world = company("a b m", &services, "script: [{at: 1h, crash: db@a}]\n");
        // Only the first of two pools at one site.
        world.script.truncate(1);
        let trace = play(&world, 1);
        close(back(&world, &trace, "db") - promoted(&trace), after, 1e-9);
    }
    let world = company("a b m", &format!("{PAIR}{TOOLS}{dns}"), "script: [{at: 1h, crash: db@a}]\n");
    let trace = play(&world, 1);
    let t = Time(Time::ZERO.0 + (promoted(&trace) * 1e6) as u64 + 60_000_000);
    assert_eq!(trace.pools[world[service(&world, "db")].pools[1].index()].at(t), PoolState::Routing);
    let answer = why(&world, &trace, Subject::Service(service(&world, "db")), t);
    assert_eq!(answer.blockers, [Blocker::Routes(service(&world, "db"))]);
}

#[test]
fn without_name_servers_users_are_led_by_hand() {
    let dns = "  names: {role: dns, place: [[a, 1]]}\n";
    let world = company(
        "a b m",
        &format!("{PAIR}{TOOLS}{dns}"),
        "controls: {dns: {manual: 2h}}\nscript: [{at: 1h, cut: a, lasts: 50h}]\n",
    );
    let trace = play(&world, 1);
    let asked = queued(&trace, |kind| matches!(kind, TaskKind::Redirect(_))).expect("asked for").secs();
    assert!(asked >= promoted(&trace) && asked >= seconds(&trace, |c| c == Change::Decided));
    close(back(&world, &trace, "db") - asked, 7200.0, 1e-9);
}

#[test]
fn names_that_come_back_take_over_from_people() {
    let dns = "  names: {role: dns, place: [[a, 1]]}\n";
    let world = company(
        "a b m",
        &format!("{PAIR}{TOOLS}{dns}"),
        "controls: {dns: {manual: 90h}, boot: {time: 2h}}\nscript: [{at: 1h, crash: db@a}, {at: 1h, crash: names@a}]\n",
    );
    let trace = play(&world, 1);
    let dns = &trace.shares[service(&world, "names").index()];
    let served = dns.points().iter().rfind(|p| p.1 >= 1.0).expect("it comes back").0.secs();
    close(seconds(&trace, |c| c == Change::Routed) - served, 150.0, 1e-9);
}

#[test]
fn without_the_store_of_settings_no_machine_switches_and_people_write_them_first() {
    let store = |at: &str| {
        company(
            "a b m",
            &format!("{PAIR}{TOOLS}  store: {{role: config, place: [[{at}, 1]]}}\n"),
            "controls: {config: {manual: 20m}, promote: {manual: 1h}}\nscript: [{at: 1h, cut: a, lasts: 50h}]\n",
        )
    };
    let world = store("m");
    assert!(promoted(&play(&world, 1)) < 3600.0 + 300.0, "the controller does it");
    let world = store("a");
    let trace = play(&world, 1);
    let said = seconds(&trace, |c| c == Change::Decided);
    close(promoted(&trace) - said, 1200.0 + 3600.0, 1e-9);
    let answer =
        why(&world, &trace, Subject::Service(service(&world, "db")), Time((said * 1e6) as u64 + 60_000_000));
    assert!(answer.blockers.contains(&Blocker::Settings(service(&world, "db"))), "{:?}", answer.blockers);
}

#[test]
fn without_the_store_of_settings_servers_are_started_by_hand_once_they_are_written() {
    let started = |cut: &str, boots: &str, bypass: &str| {
        let world = company(
            "a m x",
            &format!(
                "  web: {{users: 1, boots: [{boots}], place: [[a, 10]]}}\n  tool: {{role: deploy, place: [[m, 1]]}}\n  \
                 eye: {{role: monitor, place: [[m, 1]]}}\n  store: {{role: config, place: [[x, 1]]}}\n"
            ),
            &format!(
                "controls: {{config: {{manual: 20m}}, bypass: {{edges: {{{bypass}}}}}}}\n\
                 script: [{{at: 30m, {cut}}}, {{at: 1h, crash: web@a}}]\n"
            ),
        );
        let trace = play(&world, 1);
        let web = service(&world, "web");
        let kind = TaskKind::Boot(world[web].pools[0]);
        let event = first(&trace, |_, c| matches!(c, Change::Started(t) if t.kind == kind)).expect("started");
        let by_hand = matches!(event.change, Change::Started(Task { by_hand: true, .. }));
        let written = done(&trace, |t| t.kind == TaskKind::Configure(web)).map(Time::secs);
        (by_hand, event.at.secs(), written, seconds(&trace, |c| c == Change::Decided))
    };
    let (by_hand, at, written, _) = started("heal: x", "", "");
    assert!(!by_hand && at < 3700.0 && written.is_none());
    let (by_hand, at, written, said) = started("cut: x, lasts: 90h", "", "");
    // It was decided on when the store was lost.
    assert!(by_hand && said < at);
    close(at, written.expect("written"), 1e-12);
    close(at - said.max(3600.0), 1200.0, 1e-9);
    // What boots from the store is led round it like round anything else, and that is all.
    let (by_hand, at, written, said) = started("cut: x, lasts: 90h", "store", "web>store: 3h");
    assert!(by_hand);
    close(at - said.max(3600.0), 10_800.0, 1e-9);
    assert!(written.is_some_and(|w| w < at), "it may be written, and nobody waits for it");
}

#[test]
fn experts_wait_once_for_each_team_to_be_let_in() {
    let run = |admin: &str| {
        let services = format!(
            "{}{}  gate: {{role: admin, place: [[{admin}, 1]]}}\n",
            PAIR, "  two: {users: 1, place: [[a, 10], [b, 10, standby]]}\n"
        );
        let world = company(
            "a b",
            &services,
            "controls: {admin: {break_glass: 90m}, promote: {manual: 1h}, detect: {report_gap: 1ms}}\n\
             script: [{at: 1h, cut: a, lasts: 50h}]\n",
        );
        let trace = play(&world, 1);
        (world, trace)
    };
    let (_, trace) = run("b");
    let said = seconds(&trace, |c| c == Change::Decided);
    close(promoted(&trace) - said, 3600.0, 1e-9);
    let (world, trace) = run("a");
    let said = seconds(&trace, |c| c == Change::Decided);
    let both: Vec<f64> =
        trace.events.iter().filter(|e| e.change == Change::Promoted).map(|e| e.at.secs()).collect();
    assert_eq!(both.len(), 2);
    // The line that was cut ends by itself, so that the first expert's work is asked for when it is decided.
    both.iter().for_each(|at| close(at - said, 5400.0 + 3600.0, 1e-9));
    let glass = trace
        .events
        .iter()
        .filter(|e| matches!(e.change, Change::Queued(t) if matches!(t.kind, TaskKind::BreakGlass(_))));
    assert_eq!(glass.count(), 1, "once for the team");
    let t = Time((said * 1e6) as u64 + 60_000_000);
    let answer = why(&world, &trace, Subject::Service(service(&world, "db")), t);
    assert!(answer.blockers.contains(&Blocker::BreakGlass(TeamId(0))), "{:?}", answer.blockers);
}

#[test]
fn a_sign_in_that_comes_back_lets_everybody_in() {
    let world = company(
        "a b",
        &format!("{PAIR}  gate: {{role: admin, place: [[a, 1]]}}\n"),
        "controls: {admin: {break_glass: 80h}, promote: {manual: 1h}, detect: {report_gap: 1ms}}\n\
         script: [{at: 1h, crash: db@a}, {at: 1h, cut: a, lasts: 8h}]\n",
    );
    let trace = play(&world, 1);
    let dropped =
        first(&trace, |_, c| matches!(c, Change::Dropped(t) if t.kind == TaskKind::BreakGlass(TeamId(0))));
    assert_eq!(dropped.expect("nobody needs it any more").at, Time(9 * HOUR));
}

#[test]
fn doors_that_ask_the_sign_in_stay_shut_until_somebody_has_opened_them() {
    let run = |doors: &str| {
        let world = world(&format!(
            "schema: bridge/1\nmeta: {{id: case, horizon: 40h}}\ndemand: {{users: 1M}}\nsites:\n  \
             a: {{preset: tier1{doors}}}\n  b: {{preset: tier1{doors}}}\nservices:\n  \
             net: {{role: network, place: [[a, 10], [b, 10]]}}\n  gate: {{role: admin, place: [[b, 1]]}}\n  \
             web: {{users: 1, place: [[a, 10], [b, 10]]}}\ncontrols: {{admin: {{doors: 3h}}}}\n\
             people: {{sigma: 0, drill: {{slow: 1, error: 0}}, teams: {{ops: {{hands: 50}}}}}}\n\
             script: [{{at: 1h, crash: net@b, mistake: true}}, {{at: 1h, crash: net@a, mistake: true}}]\n"
        ));
        let trace = play(&world, 1);
        let pool = world[service(&world, "net")].pools[0];
        let boot = first(&trace, |_, c| matches!(c, Change::Started(t) if t.kind == TaskKind::Boot(pool)));
        let at = boot.expect("somebody gets in").at.secs() - 3600.0;
        let answer = why(&world, &trace, Subject::Pool(pool), Time(HOUR + HOUR / 2));
        (at, answer.blockers.contains(&Blocker::Access(site(&world, "a"))))
    };
    assert_eq!(run(""), (0.0, false));
    let (at, shut) = run(", doors: admin");
    // The half of the spread that building work has is none here.
    close(at, 10_800.0, 1e-9);
    assert!(shut);
}

/// A database with a standby, a monitor and a controller beside the standby, and the line between them cut.
fn parted(more: &str, cut: &str) -> (World, Trace) {
    let services = "  db: {users: 1, place: [[a, 10], [b, 10, standby]]}\n  eye: {role: monitor, place: [[b, 1]]}\n  \
                    arm: {role: controller, place: [[b, 1]]}\n  near: {users: 1, place: [[m, 1]]}\n";
    let world = company("a b m", services, &format!("{more}script: [{cut}]\n"));
    let trace = play(&world, 1);
    (world, trace)
}

const APART: &str = "{at: 1h, cut: [a, b], lasts: 5h}, {at: 1h, cut: [a, m], lasts: 5h}";

fn states(world: &World, trace: &Trace, t: u64) -> Vec<PoolState> {
    world[ServiceId(service(world, "db").0)]
        .pools
        .iter()
        .map(|p| trace.pools[p.index()].at(Time(t)))
        .collect()
}

#[test]
fn across_a_cut_both_sides_think_themselves_active() {
    let (world, trace) = parted("", APART);
    let (up, standby) = (PoolState::Up, PoolState::Standby);
    // Nothing is lost; the monitor in b takes a for down, as it would a burnt one.
    assert!(trace.shares[service(&world, "db").index()].points().iter().all(|p| p.1 >= 1.0));
    let seen = seconds(&trace, |c| c == Change::Suspected(true)) - 3600.0;
    assert!((65.0..=95.0).contains(&seen), "{seen}");
    close(promoted(&trace) - 3600.0 - seen, 120.0, 1e-9);
    close(seconds(&trace, |c| c == Change::Split(true)), promoted(&trace), 1e-12);
    assert_eq!(states(&world, &trace, 2 * HOUR), [up, up]);
    // When they find each other again, the one that was promoted last goes on.
    close(seconds(&trace, |c| c == Change::Split(false)), 6.0 * 3600.0, 1e-12);
    assert_eq!(states(&world, &trace, 6 * HOUR), [standby, up]);
}

#[test]
fn a_site_that_users_do_not_reach_splits_nothing() {
    let (world, trace) = parted("", "{at: 1h, cut: a, lasts: 5h}");
    assert!(first(&trace, |_, c| matches!(c, Change::Split(_) | Change::Suspected(_))).is_none());
    assert!(
        trace.shares[service(&world, "db").index()].at(Time(2 * HOUR)) >= 1.0,
        "a switch that was needed"
    );
}

#[test]
fn fencing_a_witness_and_more_than_one_observer_prevent_a_split() {
    let split = |more: &str| {
        let (world, trace) = parted(more, APART);
        let split = first(&trace, |_, c| c == Change::Split(true)).is_some();
        (split, states(&world, &trace, 2 * HOUR))
    };
    let (up, standby) = (PoolState::Up, PoolState::Standby);
    assert_eq!(split("controls: {promote: {guard: fence}}\n"), (false, vec![up, standby]));
    // The side without the witness steps down before the other is promoted.
    assert_eq!(split("controls: {promote: {guard: witness, witness: m}}\n"), (false, vec![standby, up]));
    assert_eq!(split("controls: {promote: {guard: witness, witness: a}}\n"), (false, vec![up, standby]));
    assert_eq!(split("controls: {detect: {observers: 2}}\n"), (false, vec![up, standby]));
}

#[test]
fn two_observers_see_a_loss_that_each_of_them_sees() {
    let detected = |observers: u32, cut: &str| {
        let world = company(
            "a m n",
            "  db: {users: 1, place: [[a, 10]]}\n  eye: {role: monitor, place: [[m, 1], [n, 1]]}\n",
            &format!(
                "controls: {{detect: {{observers: {observers}}}}}\nscript: [{{at: 1h, crash: db@a}}, {{at: 30m, {cut}}}]\n"
            ),
        );
        let trace = play(&world, 1);
        let seen =
            first(&trace, |_, c| matches!(c, Change::Detected { .. })).expect("somebody sees it").clone();
        (matches!(seen.change, Change::Detected { by_monitor: true }), seen.at.secs() - 3600.0)
    };
    assert!(detected(2, "heal: a").0);
    assert!(detected(1, "cut: n").0);
    assert!(!detected(2, "cut: n").0, "one alone may be wrong, and says nothing");
}

#[test]
fn a_fence_that_cannot_be_reached_leaves_a_burnt_out_site_to_people() {
    // The dilemma of two sites: a dead one looks like one that is cut off.
    let at = |guard: &str| {
        let (_, trace) = parted(
            &format!("controls: {{promote: {{guard: {guard}, manual: 1h}}}}\n"),
            "{at: 1h, cut: a, lasts: 50h}",
        );
        promoted(&trace) - 3600.0
    };
    assert!(at("none") < 300.0 && at("fence") > 3600.0);
}

#[test]
fn a_split_takes_as_long_to_begin_as_polls_and_a_promotion() {
    let begun: Vec<f64> = (0..200)
        .map(|seed| {
            let (world, _) = parted("", APART);
            seconds(&play(&world, seed), |c| c == Change::Split(true)) - 3600.0
        })
        .collect();
    let (average, error) = mean(&begun);
    assert!((average - 200.0).abs() < 4.0 * error, "{average} ± {error}");
}
