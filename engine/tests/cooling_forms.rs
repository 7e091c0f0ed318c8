//! Cooling in textbook numbers, through scenarios: when a hall warms, what that costs, and what brings the chillers back.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod common;

use bridge_engine::kernel::math;
use bridge_engine::trace::{Change, ElementState, RoomState, TaskKind};
use bridge_engine::{Time, Trace, World};
use common::{close, done, play, quiet, service, world};

/// A hall of a hundred servers, all busy, with panels on a UPS and chillers on the street. The street fails after an hour
/// and is back 20 minutes later, or never within the run.
fn company(chillers: &str, reclose: &str, more: &str) -> World {
    world(&format!(
        "schema: bridge/1\nmeta: {{id: case, t0: \"2022-10-15T00:00+00:00\", horizon: 40h, seed: 1}}\n\
         demand: {{users: 1M}}\nsites:\n  s:\n    rooms: {{h: {{kind: hall}}, b: {{kind: battery}}}}\n    power:\n      \
         utility: {{u: {{}}}}\n      ups: {{x: {{room: b, full: 30h, kw: 10 MW}}}}\n      panels: {{p: {{room: h}}}}\n      \
         chillers: {{c: {{{chillers}}}}}\n      restore: {{reclose: {reclose}}}\n\
         services: {{a: {{users: 1, load: 100, shed: true, place: [[s/p, 100]]}}}}\n\
         people: {{teams: {{day: {{hands: 7}}, night: {{hands: 3}}}}, sigma: 0, drill: {{slow: 1, error: 0}}}}\n\
         script: [{{at: 1h, trip: s/u}}]\n{more}"
    ))
}

fn hall(world: &World) -> usize {
    world.rooms.iter().position(|r| r.key == "h").expect("hall")
}

/// Minutes after the street failed at which the hall first came into a state.
fn reached(world: &World, trace: &Trace, state: RoomState) -> Option<f64> {
    let points = trace.rooms[hall(world)].points();
    points.iter().find(|p| p.1 == state).map(|p| p.0.secs() / 60.0 - 60.0)
}

/// Minutes of `τ ln((T∞ − T) / (T∞ − limit))`, from the format's defaults: 24 °C, 60 more at full load, τ = 30 min.
fn warming(from: f64, end: f64, limit: f64) -> f64 {
    30.0 * math::ln((end - from) / (end - limit))
}

#[test]
fn a_busy_hall_without_cooling_is_throttled_and_then_switched_off() {
    let world = company("n: 3, need: 2, restart: {auto: 5m}", "30h", "");
    let trace = play(&world, 1);
    let throttled = reached(&world, &trace, RoomState::Warm).expect("throttled");
    close(throttled, warming(24.0, 84.0, 38.0), 1e-7);
    let share = |minutes: f64| trace.shares[0].at(Time(((60.0 + minutes) * 60e6) as u64));
    close(share(throttled + 0.01), 0.6, 1e-12);
    let off = reached(&world, &trace, RoomState::Hot).expect("switched off");
    // Slowed down, it still draws as a busy hall does.
    close(off, warming(24.0, 84.0, 45.0), 1e-7);
    assert!(share(off + 0.01) <= 0.0);
    assert_eq!(trace.elements[panel(&world)].at(Time(7_200_000_000)), ElementState::Cut);
}

#[test]
fn servers_with_cords_in_two_halls_warm_both_and_slow_down_with_either() {
    // 100 servers on cords in two halls; in the first of them 50 more that nobody needs, which draw what idle ones draw.
    let text = |keys: [&str; 2]| {
        let [h, i] = keys;
        format!(
            "schema: bridge/1\nmeta: {{id: case, horizon: 40h}}\ndemand: {{users: 1M}}\nsites:\n  s:\n    \
             rooms: {{{h}: {{kind: hall}}, {i}: {{kind: hall}}, b: {{kind: battery}}}}\n    power:\n      \
             utility: {{u: {{}}}}\n      ups: {{x: {{room: b, full: 30h, kw: 10 MW}}}}\n      \
             panels: {{p{h}: {{room: {h}}}, p{i}: {{room: {i}}}}}\n      chillers: {{c: {{}}}}\n      restore: {{reclose: 30h}}\n\
             defaults: {{server_power: {{idle: 250W, peak: 500W}}}}\nservices:\n  \
             a: {{users: 1, load: 100, shed: true, place: [[s/p{h}+p{i}, 100]]}}\n  z: {{load: 0, place: [[s/p{h}, 50]]}}\n\
             people: {{sigma: 0}}\nscript: [{{at: 1h, trip: s/u}}]\n"
        )
    };
    for keys in [["h", "i"], ["i", "h"]] {
        let world = world(&text(keys));
        let trace = play(&world, 1);
        let warm = |key: &str| {
            let room = world.rooms.iter().position(|r| r.key == key).expect("hall");
            let points = trace.rooms[room].points();
            points.iter().find(|p| p.1 == RoomState::Warm).map(|p| p.0.secs() / 60.0 - 60.0).expect("warm")
        };
        // Half of a's 50 kW in each; beside it in the one half of the 25 kW that z could draw.
        let (both, alone) = ((25.0 + 12.5) / 50.0, 1.0);
        close(warm(keys[0]), warming(24.0, 24.0 + 60.0 * both, 38.0), 1e-6);
        close(warm(keys[1]), warming(24.0, 24.0 + 60.0 * alone, 38.0), 1e-6);
        let share = |minutes: f64| trace.shares[0].at(Time(((60.0 + minutes) * 60e6) as u64));
        close(share(warm(keys[1]) + 0.01), 0.8, 1e-12);
    }
}

fn panel(world: &World) -> usize {
    world.elements.iter().position(|e| e.key == "p").expect("panel")
}

#[test]
fn units_start_one_by_one_by_hand() {
    let world = company("n: 1, need: 2, restart: {auto: 0s}", "0s", "");
    assert!(quiet(&world, 1).events.is_empty(), "as many as are needed run until something happens");
    let whole = company("n: 2, need: 2, restart: {manual: 3m, team: night}", "0s", "");
    let trace = play(&whole, 1);
    let running: Vec<u32> = trace
        .events
        .iter()
        .filter_map(|e| match e.change {
            Change::Chillers(n) => Some(n),
            _ => None,
        })
        .collect();
    assert_eq!(running, [0, 1, 2]);
}

#[test]
fn chillers_that_start_by_themselves_in_time_cost_nothing() {
    let world = company("n: 3, need: 2, restart: {auto: 5m}", "1m", "");
    let trace = play(&world, 1);
    assert!(reached(&world, &trace, RoomState::Warm).is_none());
    assert!(trace.shares[0].points().iter().all(|p| p.1 >= 1.0));
}

#[test]
fn seven_people_restart_what_three_cannot_in_time() {
    // 21 units of 5 minutes: 3 hands need 35 minutes, 7 need 15.
    let trace = |team: &str| {
        let world = company(&format!("n: 21, need: 21, restart: {{manual: 5m, team: {team}}}"), "0s", "");
        let trace = play(&world, 1);
        (world, trace)
    };
    let last = |trace: &Trace| {
        let ends = trace
            .events
            .iter()
            .filter(|e| matches!(e.change, Change::Done(t) if matches!(t.kind, TaskKind::Chiller { .. })));
        ends.map(|e| e.at.secs() / 60.0 - 60.0).fold(0.0, f64::max)
    };
    let ((night_world, night), (day_world, day)) = (trace("night"), trace("day"));
    close(last(&night), 35.0, 1e-9);
    close(last(&day), 15.0, 1e-9);
    assert!(reached(&night_world, &night, RoomState::Hot).is_some(), "three are too few");
    assert!(reached(&day_world, &day, RoomState::Hot).is_none(), "seven keep it running");
    let lost = |trace: &Trace| trace.shares[0].integral(Time::ZERO, trace.horizon, |a| 1.0 - a);
    assert!(lost(&night) > lost(&day));
}

#[test]
fn a_hall_comes_back_when_it_is_cool_and_cooled() {
    let world = company("n: 2, need: 2, restart: {manual: 1h, team: night}", "0s", "");
    let trace = play(&world, 1);
    let off = reached(&world, &trace, RoomState::Hot).expect("switched off");
    let back =
        trace.rooms[hall(&world)].points().iter().rev().find(|p| p.1 == RoomState::Ok).expect("back").0;
    let cooled = done(&trace, |t| matches!(t.kind, TaskKind::Chiller { .. })).expect("restarted");
    assert!(back >= cooled && back.secs() / 60.0 - 60.0 > off);
    assert!(trace.elements[panel(&world)].at(back) == ElementState::Live);
    assert!(trace.shares[service(&world, "a").index()].last() >= 1.0, "and its servers are started again");
}

#[test]
fn a_building_that_mentions_no_chillers_is_never_too_warm() {
    let world = world(
        "schema: bridge/1\nmeta: {id: case, horizon: 40h}\ndemand: {users: 1M}\nsites: {s: {preset: tier2}}\n\
         services: {a: {users: 1, place: [[s, 100]]}}\nscript: [{at: 1h, trip: s/street}]\n",
    );
    let trace = play(&world, 1);
    assert!(trace.rooms.iter().all(|room| room.points().len() == 1));
}

#[test]
fn a_hall_that_nobody_switches_off_runs_on_until_servers_break() {
    let mut world = company("n: 3, need: 2, restart: {auto: 5m}", "30h", "");
    world.sites[0].shutdown = false;
    world.sites[0].hardware.lead = bridge_engine::Span::from_hours(1);
    let trace = play(&world, 1);
    let off = reached(&world, &trace, RoomState::Hot).expect("dark in the end");
    close(off, warming(24.0, 84.0, 60.0), 1e-7);
    let broken: Vec<Change> =
        trace.events.iter().map(|e| e.change).filter(|c| matches!(c, Change::Damaged(_))).collect();
    assert_eq!(broken, [Change::Damaged(5)]);
    assert!(trace.shares[0].last() >= 1.0, "replaced, when it is cool");
}

#[test]
fn chillers_that_trip_warm_a_hall_whose_power_never_failed() {
    let mut world = company("n: 3, need: 2, restart: {auto: 5m}", "10m", "");
    let of = |key: &str| {
        bridge_engine::world::ElementId::at(world.elements.iter().position(|e| e.key == key).expect(key))
    };
    let (chillers, utility) = (of("c"), of("u"));
    let at = Time(3_600_000_000);
    let incident = |action| bridge_engine::world::Incident::new(at, action);
    world.script =
        vec![incident(bridge_engine::world::Action::Fail(chillers, Some(bridge_engine::Span::from_mins(9))))];
    let trace = play(&world, 1);
    assert_eq!(trace.elements[utility.index()].points().len(), 1);
    close(reached(&world, &trace, RoomState::Warm).expect("warm"), warming(24.0, 84.0, 38.0), 1e-7);
    // Nine minutes and five of their start: 84 − 60 e^(−14/30) = 46.4 °C would be too hot, 45 comes first.
    close(reached(&world, &trace, RoomState::Hot).expect("hot"), warming(24.0, 84.0, 45.0), 1e-7);
}
