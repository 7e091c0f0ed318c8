//! Machine repair through the same crews that any incident keeps busy: servers that break by themselves.
#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and may use any exp"
)]

mod common;

use bridge_engine::trace::{Change, PoolState, SiteState, Subject, TaskKind};
use bridge_engine::why::Blocker;
use bridge_engine::world::{Action, Incident, PoolId, ServiceId};
use bridge_engine::{Time, World};
use common::{first, mean, play, world};

/// So many servers, and hands to repair them, for a year. Its users need none of them in particular.
fn machines(servers: u32, hands: u32, mtbf: &str, repair: &str) -> World {
    world(&format!(
        "schema: bridge/1\nmeta: {{id: case, horizon: 366d, seed: 1}}\ndemand: {{users: 1}}\nsites: {{s: {{}}}}\n\
         services: {{a: {{load: 0, wear: {{mtbf: {mtbf}, repair: {repair}}}, place: [[s, {servers}]]}}}}\n\
         people: {{teams: {{ops: {{hands: {hands}}}}}}}\n"
    ))
}

/// Share of a year, without its first days, in which something holds, or the mean of something: by seed.
fn years(world: &World, seeds: u64, what: impl Fn(&bridge_engine::Trace, Time, Time) -> f64) -> (f64, f64) {
    let warm = Time(20 * 86_400_000_000);
    let found: Vec<f64> = (0..seeds)
        .map(|seed| {
            let trace = play(world, seed);
            what(&trace, warm, trace.horizon) / trace.horizon.since(warm).secs()
        })
        .collect();
    mean(&found)
}

fn agrees((average, error): (f64, f64), expected: f64) {
    assert!(error < 0.02 * expected + 0.001, "{error} is too coarse to tell");
    assert!((average - expected).abs() < 4.0 * error, "{average} ± {error}, expected {expected}");
}

#[test]
fn three_machines_and_two_repairmen() {
    let world = machines(3, 2, "10h", "8h");
    agrees(years(&world, 30, |t, a, b| t.servers_up[0].integral(a, b, |up| 3.0 - up)), 1.403_416_6);
    let both = |hands: f64| f64::from(u8::from(hands >= 2.0));
    agrees(years(&world, 30, |t, a, b| t.hands[0].integral(a, b, both)), 0.441_524_3);
}

#[test]
fn two_hundred_machines_and_five_repairmen() {
    let world = machines(200, 5, "1000h", "20h");
    agrees(years(&world, 40, |t, a, b| t.servers_up[0].integral(a, b, |up| up / 200.0)), 0.972_658_0);
}

#[test]
fn more_hands_than_machines_leave_each_its_own_availability() {
    // 10 / (10 + 8), whatever the others do.
    let world = machines(20, 20, "10h", "8h");
    agrees(years(&world, 10, |t, a, b| t.servers_up[0].integral(a, b, |up| up / 20.0)), 10.0 / 18.0);
}

#[test]
fn what_does_not_wear_never_breaks() {
    let text = "schema: bridge/1\nmeta: {id: case, horizon: 366d}\ndemand: {users: 1}\nsites: {s: {}}\n\
                services: {a: {place: [[s, 1e6]]}}\n";
    assert!(play(&world(text), 1).events.is_empty());
}

#[test]
fn repairs_wait_for_entry_and_begin_when_people_may_enter() {
    let text = "schema: bridge/1\nmeta: {id: case, horizon: 30d}\ndemand: {users: 1}\nsites:\n  s:\n    \
                rooms: {h: {kind: hall}, b: {kind: battery}}\n    \
                fire: {spread: [], gas: {works: 0, works_lithium: 0}, water: {decide: 1m, cut: zone, time: 20h}, clear: 0s}\n    \
                power: {utility: {u: {}}, panels: {p: {room: h}}}\n\
                services: {a: {load: 0, wear: {mtbf: 200h, repair: 10m}, place: [[s, 100]]}}\n\
                script: [{at: 100h, ignite: s/b}]\n";
    let world = world(text);
    let mut extra = Vec::new();
    for seed in 0..60 {
        let trace = play(&world, seed);
        let site = &trace.sites[0];
        for stint in trace.work.iter().filter(|s| matches!(s.task.kind, TaskKind::Repair { .. })) {
            use bridge_engine::trace::SiteState::{Ok, Recovering};
            assert!(matches!(site.at(stint.from), Ok | Recovering), "nobody repairs where nobody may be");
        }
        let fire = Time(100 * 3_600_000_000);
        let again = site.points().iter().find(|p| p.1 == SiteState::Recovering).expect("people may enter").0;
        let broken = |t: Time| 100.0 - trace.servers_up[0].at(t);
        // Each of those that ran has broken by then with probability 1 − e^(−t/200 h).
        let at_first = broken(fire);
        let chance = 1.0 - f64::exp(-again.since(fire).hours() / 200.0);
        extra.push(broken(Time(again.0 - 1)) - at_first - (100.0 - at_first) * chance);
        assert!(broken(Time(again.0 + 6 * 3_600_000_000)) < 5.0, "soon repaired");
    }
    let (average, error) = mean(&extra);
    assert!(error < 0.5 && average.abs() < 4.0 * error, "{average} ± {error} more than expected");
}

#[test]
fn a_restart_leaves_what_is_broken_broken() {
    let mut world = machines(100, 1, "500h", "400h");
    world.controls.boot_manual = bridge_engine::Span::from_secs(1);
    world.people.teams[0].hands = 200;
    // Somebody has to miss it.
    world.services[0].users = 1.0;
    world.script = vec![Incident::new(Time(1000 * 3_600_000_000), Action::Crash(PoolId(0)))];
    let trace = play(&world, 1);
    let before = trace.servers_up[0].at(Time(1000 * 3_600_000_000 - 1));
    assert!(before < 80.0, "{before}");
    let back = trace.pools[0].points().iter().rev().find(|p| p.1 == PoolState::Up).expect("it comes back").0;
    let after = trace.servers_up[0].at(back);
    assert!(after < 85.0, "{before} before, {after} when it was started again");
    let broke = first(&trace, |_, c| c == Change::Broke).expect("one breaks");
    assert!(broke.causes.is_empty(), "by itself");
}

#[test]
fn a_service_whose_servers_are_broken_waits_for_servers() {
    let mut world = machines(2, 1, "50h", "400h");
    world.services[0].users = 1.0;
    let trace = play(&world, 1);
    let out = trace.shares[0].points().iter().find(|p| p.1 <= 0.0).expect("both break").0;
    let at = Time(out.0 + 3_600_000_000);
    let why = bridge_engine::why::why(&world, &trace, Subject::Service(ServiceId(0)), at);
    assert!(why.blockers.contains(&Blocker::Servers(PoolId(0))), "{:?}", why.blockers);
    let first = why.chain.first().expect("it has a cause");
    assert_eq!(trace.events[first.0 as usize].change, Change::Broke);
}
