//! Who starts servers, what a start waits for, and what is kept of one that changes hands.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod common;

use bridge_engine::trace::{Change, TaskKind, Trace};
use bridge_engine::world::PoolId;
use bridge_engine::{Time, World};
use common::{close, done, first, hours, play, service, world};

/// A company in three bare buildings; ten people who take exactly as long as they take, and know at once.
fn company(services: &str, controls: &str, script: &str) -> World {
    let sites = ["a", "m", "x"].map(|s| format!("  {s}: {{region: r, preset: tier1}}\n")).concat();
    world(&format!(
        "schema: bridge/1\nmeta: {{id: case, t0: \"2022-10-15T00:00+00:00\", horizon: 200h, seed: 1}}\n\
         demand: {{users: 1M}}\ndefaults: {{shed: true}}\nregions: {{r: {{}}}}\nsites:\n{sites}services:\n{services}\
         controls: {{boot: {{manual: 10m/server, time: 0s}}, detect: {{report_gap: 1ms}}, {controls}}}\n\
         people: {{sigma: 0, drill: {{slow: 1, error: 0}}, command: {{ack: 0s, escalate: 0s, decide: 0s}}, teams: {{ops: {{hands: 10}}, app: {{hands: 10}}}}}}\n\
         script: [{script}]\n"
    ))
}

fn pool(world: &World, key: &str) -> PoolId {
    world[service(world, key)].pools[0]
}

/// When a service's servers were first begun to be started, in hours, and whether by hand.
fn begun(world: &World, trace: &Trace, key: &str) -> (f64, bool) {
    let kind = TaskKind::Boot(pool(world, key));
    let event = first(trace, |_, c| matches!(c, Change::Started(t) if t.kind == kind)).expect("started");
    (hours(event.at), matches!(event.change, Change::Started(t) if t.by_hand))
}

/// When all of them were started, in hours.
fn ended(world: &World, trace: &Trace, key: &str) -> f64 {
    hours(done(trace, |t| t.kind == TaskKind::Boot(pool(world, key))).expect("all started"))
}

#[test]
fn a_tool_without_its_registry_starts_nothing() {
    let by_hand = |script: &str| {
        let world = company(
            "  web: {users: 1, place: [[a, 10]]}\n  tool: {role: deploy, place: [[m, 1]]}\n  \
             images: {role: registry, place: [[x, 1]]}\n",
            "",
            &format!("{script}, {{at: 1h, crash: web@a}}"),
        );
        let trace = play(&world, 1);
        begun(&world, &trace, "web").1
    };
    assert!(!by_hand("{at: 30m, heal: x}"));
    assert!(by_hand("{at: 30m, cut: x, lasts: 90h}"));
    assert!(by_hand("{at: 30m, cut: m, lasts: 90h}"), "as without the tool itself");
}

#[test]
fn a_start_that_changes_hands_keeps_the_servers_that_were_done() {
    // Ten people, 600 servers at ten minutes each: ten hours; after 5.1 the tool can be reached and takes 1.2 s for each that is left.
    let world = company(
        "  web: {users: 1, place: [[a, 600]]}\n  tool: {role: deploy, place: [[m, 1]]}\n",
        "",
        "{at: 30m, cut: m, lasts: 5h36m}, {at: 1h, crash: web@a}",
    );
    let trace = play(&world, 1);
    let (from, by_hand) = begun(&world, &trace, "web");
    assert!(by_hand);
    close(from, 1.0, 1e-3);
    // Those who are in hand when they are taken over, less than the next thirty, are begun anew.
    close(ended(&world, &trace, "web"), 6.1 + 300.0 * 1.2 / 3600.0, 1e-9);
    let up = &trace.servers_up[pool(&world, "web").index()];
    let least = |from: f64| {
        let later = up.points().iter().filter(move |p| hours(p.0) > from);
        later.map(|p| p.1).fold(f64::INFINITY, f64::min)
    };
    assert!(least(6.05) >= 300.0, "what was started stays up");
    // Had nobody taken over it would have been ten hours, and by the tool alone twelve minutes.
    assert!(up.at(Time(3_600_000_000 * 7)) >= 600.0);
}

#[test]
fn who_knows_a_way_round_does_not_wait_for_a_chain_and_who_sees_it_come_does() {
    // c has its first servers after half an hour; b starts from them, and a from b, which will come by itself. Nobody has begun with it.
    let services = "  a: {users: 1, boots: [b], team: app, place: [[a, 6]]}\n  b: {boots: [c], team: app, place: [[a, 6]]}\n  \
                    c: {place: [[a, 600]]}\n";
    let crash = "{at: 1h, crash: a@a}, {at: 1h, crash: b@a}, {at: 1h, crash: c@a}";
    let run = |edges: &str| {
        let world = company(services, &format!("bypass: {{edges: {{{edges}}}}}"), crash);
        let trace = play(&world, 1);
        let round = trace.events.iter().filter(|e| matches!(e.change, Change::Bypassed { .. })).count();
        (begun(&world, &trace, "a").0 - 1.0, begun(&world, &trace, "b").0 - 1.0, round)
    };
    let near =
        |found: f64, expected: f64| assert!((found - expected).abs() < 0.01, "{found}, not {expected}");
    let (a, b, round) = run("");
    near(b, 0.5);
    near(a, 0.5 + 100.0 / 3600.0);
    assert_eq!(round, 0);
    let (a, b, round) = run("\"a>b\": 15m");
    near(a, 0.25);
    near(b, 0.5);
    assert_eq!(round, 1);
    // c is being started: whoever starts from it waits, way round or not.
    let (_, b, round) = run("\"b>c\": 15m");
    near(b, 0.5);
    assert_eq!(round, 0);
}
