//! Textbook numbers, reached through scenarios: the same code paths that any run takes.

mod common;

use bridge_engine::trace::{Change, PoolState, Subject, TaskKind};
use bridge_engine::world::{ElementId, PoolId, RoomId};
use common::{close, done, first, hours, mean, play, quiet, service, world};

/// A company in one building with one panel, to which a case adds what it is about.
fn company(extra: &str) -> String {
    format!(
        "schema: bridge/1\nmeta: {{id: case, t0: \"2022-10-15T00:00+00:00\", horizon: 400h, seed: 1}}\n\
         demand: {{users: 1M}}\nregions: {{r: {{}}}}\n{extra}"
    )
}

const ONE_PANEL: &str = "sites:\n  s:\n    region: r\n    rooms: {h: {kind: hall}}\n    \
    power: {utility: {u: {}}, panels: {p: {room: h}}, restore: {reclose: 26m}}\n";

/// Shares by service key once the pools named are gone.
fn share_after(text: &str, key: &str) -> f64 {
    let world = world(text);
    let trace = play(&world, 1);
    trace.shares[service(&world, key).index()].points()[1].1
}

#[test]
fn a_series_is_a_product_with_each_member_counted_once() {
    // a needs b and c, both need d: d counts once.  .999 · .9995 · .9999, d whole.
    let text = company(&format!(
        "{ONE_PANEL}services:\n  \
         a: {{needs: [b, c], shed: true, load: 1000, place: [[s, 999], [s, 1]]}}\n  \
         b: {{needs: [d], shed: true, load: 10000, place: [[s, 9995], [s, 5]]}}\n  \
         c: {{needs: [d], shed: true, load: 10000, place: [[s, 9999], [s, 1]]}}\n  \
         d: {{load: 10, place: [[s, 10]]}}\n"
    ));
    let mut world = world(&text);
    world.script = world
        .pools
        .iter()
        .enumerate()
        .filter(|(_, p)| p.servers <= 5)
        .map(|(i, _)| {
            let crash = bridge_engine::world::Action::Crash(PoolId::at(i));
            bridge_engine::world::Incident::new(bridge_engine::Time::ZERO, crash)
        })
        .collect();
    let trace = play(&world, 1);
    let share = trace.shares[service(&world, "a").index()].at(bridge_engine::Time::ZERO);
    close(share, 0.998_400_649_95, 1e-9);
}

#[test]
fn a_hard_cycle_serves_and_the_same_pair_booted_cold_is_deadlocked() {
    let text = |link: &str| {
        company(&format!(
            "{ONE_PANEL}services:\n  a: {{users: 1, {link}: [b], load: 100, place: [[s, 100]]}}\n  \
             b: {{{link}: [a], load: 100, place: [[s, 100]]}}\nscript: [{{at: 1h, trip: s/p}}]\n"
        ))
    };
    let serving = world(&text("needs"));
    let trace = play(&serving, 1);
    assert_eq!(
        trace.shares[0].at(bridge_engine::Time(1)).to_bits(),
        1.0_f64.to_bits(),
        "the greatest fixed point"
    );
    assert!(trace.shares[0].last() >= 1.0, "each starts by itself");
    let booting = world(&text("boots"));
    let trace = play(&booting, 1);
    assert!(trace.shares[0].last() <= 0.0, "the least fixed point");
    assert_eq!(trace.pools[0].last().1, PoolState::WaitBoot);
}

#[test]
fn a_known_bypass_opens_the_circle_at_its_cheapest_place() {
    let text = company(&format!(
        "{ONE_PANEL}services:\n  a: {{users: 1, boots: [b], place: [[s, 10]]}}\n  b: {{boots: [a], place: [[s, 10]]}}\n\
         controls: {{bypass: {{edges: {{\"a>b\": 3h, \"b>a\": 1h}}}}}}\nscript: [{{at: 1h, trip: s/p}}]\n"
    ));
    let world = world(&text);
    let trace = play(&world, 1);
    let bypassed: Vec<Subject> = trace
        .events
        .iter()
        .filter(|e| matches!(e.change, Change::Bypassed { .. }))
        .map(|e| e.subject)
        .collect();
    assert_eq!(bypassed, [Subject::Service(service(&world, "b"))]);
    assert!(trace.shares.iter().all(|s| s.last() >= 1.0));
}

#[test]
fn soft_dependencies_lower_and_do_not_stop() {
    let text = company(&format!(
        "{ONE_PANEL}services:\n  a: {{needs: [{{on: b, soft: 0.3}}], place: [[s, 10]]}}\n  \
         b: {{place: [[s, 10]]}}\nscript: [{{at: 1h, crash: b@s}}]\n"
    ));
    close(share_after(&text, "a"), 0.7, 1e-12);
}

#[test]
fn a_quorum_needs_its_majority() {
    for (survivors, expected) in [(3, 1.0), (2, 0.0)] {
        let text = company(&format!(
            "sites:\n  s: {{region: r}}\n  t: {{region: r}}\nservices:\n  \
             q: {{quorum: 5, place: [[s, {}], [t, {survivors}]]}}\nscript: [{{at: 1h, crash: q@s}}]\n",
            5 - survivors
        ));
        let world = world(&text);
        let trace = play(&world, 1);
        let share = trace.shares[0].at(bridge_engine::Time(3_600_000_000));
        assert_eq!(share.to_bits(), f64::to_bits(expected), "{survivors} of 5");
    }
}

#[test]
fn half_the_servers_carry_half_the_peak() {
    let text = company(
        "sites:\n  s: {region: r}\n  t: {region: r}\nservices:\n  \
         a: {load: 100, shed: true, place: [[s, 50], [t, 50]]}\nscript: [{at: 1h, crash: a@s}]\n",
    );
    close(share_after(&text, "a"), 0.5, 1e-12);
}

#[test]
fn the_monitor_sees_within_65_to_95_seconds_80_on_average() {
    let text = company(
        "sites:\n  s: {region: r}\n  t: {region: r}\nservices:\n  \
         eye: {role: monitor, place: [[t, 1]]}\n  a: {users: 1, place: [[s, 10]]}\n\
         controls: {detect: {poll: 30s, fails: 3, timeout: 5s}}\nscript: [{at: 1h, crash: a@s}]\n",
    );
    let world = world(&text);
    let seen: Vec<f64> = (0..400)
        .map(|seed| {
            let trace = play(&world, seed);
            let event =
                first(&trace, |_, c| matches!(c, Change::Detected { by_monitor: true })).expect("seen");
            event.at.secs() - 3600.0
        })
        .collect();
    assert!(seen.iter().all(|s| (65.0..=95.0).contains(s)));
    let (average, error) = mean(&seen);
    assert!((average - 80.0).abs() < 4.0 * error, "{average} ± {error}");
}

#[test]
fn twenty_reports_at_one_in_two_minutes_take_40_minutes_and_8_944_of_spread() {
    let text = company(
        "sites:\n  s: {region: r}\nservices:\n  a: {users: 1, place: [[s, 1000]]}\n\
         controls: {detect: {reports: 20, report_gap: 2m}}\nscript: [{at: 0s, crash: a@s}]\n",
    );
    let world = world(&text);
    let seen: Vec<f64> = (0..400)
        .map(|seed| {
            let trace = play(&world, seed);
            first(&trace, |_, c| matches!(c, Change::Detected { by_monitor: false })).expect("seen").at.secs()
                / 60.0
        })
        .collect();
    let (average, error) = mean(&seen);
    assert!((average - 40.0).abs() < 4.0 * error, "{average} ± {error}");
    let spread = error * 20.0;
    assert!((spread - 8.944).abs() < 4.0 * 8.944 / (2.0_f64 * 400.0).sqrt(), "{spread}");
}

#[test]
fn manual_boots_take_servers_times_effort_over_hands() {
    for (hands, expected) in [(50, 106.667), (100, 53.333)] {
        let text = company(&format!(
            "{ONE_PANEL}services:\n  a: {{users: 1, place: [[s, 32000]]}}\n\
             controls: {{boot: {{manual: 10m/server, time: 0s}}, detect: {{report_gap: 1ms}}}}\n\
             people: {{teams: {{t: {{hands: {hands}}}}}, sigma: 0, drill: {{slow: 1, error: 0}}}}\n\
             script: [{{at: 0s, crash: a@s}}]\n"
        ));
        let world = world(&text);
        let trace = play(&world, 1);
        let task = |kind| matches!(kind, TaskKind::Boot(_));
        let started =
            first(&trace, |_, c| matches!(c, Change::Started(t) if task(t.kind))).expect("started").at;
        let ended = done(&trace, |t| task(t.kind)).expect("done");
        close(ended.since(started).hours(), expected, 1e-5);
    }
}

#[test]
fn fire_reaches_the_third_room_before_gas_once_in_eleven() {
    // Two steps of spread (mean 20 min) against gas that always works after a fixed 10 min: P(T1 + T2 < 10 min).
    let text = company(
        "sites:\n  s:\n    region: r\n    rooms: {a: {kind: battery}, b: {kind: ups}, c: {kind: hall}}\n    fire:\n      \
         detect: 10m\n      gas: {delay: 0s, works: 1, works_lithium: 1}\n      \
         spread: [[a, b, {mean: 20m}], [b, c, {mean: 20m}]]\n    power: {utility: {u: {}}, panels: {p: {room: c}}}\n\
         services: {x: {place: [[s/p, 1]]}}\nscript: [{at: 0s, ignite: s/a}]\n",
    );
    let world = world(&text);
    let third = RoomId::at(world.rooms.iter().position(|r| r.key == "c").expect("room"));
    let runs = 4000;
    let reached =
        (0..runs).filter(|&seed| play(&world, seed).rooms[third.index()].points().len() > 1).count();
    // Erlang-2 with rate 1/20 per minute before 10 minutes: 1 − e^(−½)(1 + ½).
    let expected = 0.090_204_010_431;
    let sigma = (expected * (1.0_f64 - expected) / f64::from(runs as u32)).sqrt();
    let found = reached as f64 / f64::from(runs as u32);
    assert!((found - expected).abs() < 4.0 * sigma, "{found} against {expected}");
}

#[test]
fn power_returns_in_stages_of_a_quarter() {
    let text = company(
        "sites:\n  s:\n    region: r\n    rooms: {h: {kind: hall}, b: {kind: battery}}\n    fire:\n      \
         spread: []\n      gas: {works: 0, works_lithium: 0}\n      water: {decide: 1m, cut: building, time: 1h}\n      clear: 0s\n    \
         power:\n      utility: {u: {}}\n      panels: {p1: {room: h, kw: 100 kW}, p2: {room: h, kw: 100 kW}, p3: {room: h, kw: 100 kW}, p4: {room: h, kw: 100 kW}}\n      \
         restore: {crews: 4, inspect: 1h, stage_max: 25%, stage_gap: 2h}\n\
         services: {x: {place: [[s/p1, 10], [s/p2, 10], [s/p3, 10], [s/p4, 10]]}}\n\
         people: {sigma: 0}\nscript: [{at: 0s, ignite: s/b}]\n",
    );
    let world = world(&text);
    let trace = play(&world, 1);
    let back: Vec<f64> =
        trace.events.iter().filter(|e| e.change == Change::Energise).map(|e| hours(e.at)).collect();
    assert_eq!(back.len(), 4);
    for pair in back.windows(2) {
        close(pair[1] - pair[0], 2.0, 1e-9);
    }
}

#[test]
fn a_panel_trip_after_the_ups_is_a_blackout_and_minutes_of_power_cost_hours_of_restart() {
    let text = company(&format!(
        "{ONE_PANEL}services:\n  a: {{users: 1, place: [[s, 1000]]}}\npeople: {{teams: {{t: {{hands: 50}}}}, sigma: 0}}\n\
         script: [{{at: 1h, trip: s/p}}]\n"
    ));
    let world = world(&text);
    let trace = play(&world, 1);
    let panel = ElementId::at(world.elements.iter().position(|e| e.key == "p").expect("panel"));
    let dark: Vec<_> = trace.elements[panel.index()].points().to_vec();
    close(dark[2].0.since(dark[1].0).secs(), 26.0 * 60.0, 1e-9);
    let lost = trace.shares[0].integral(bridge_engine::Time::ZERO, trace.horizon, |a| 1.0 - a) / 3600.0;
    assert!(lost > 1.0, "{lost} h lost for 26 minutes without power");
}

#[test]
fn nothing_happens_to_a_company_that_nothing_happens_to() {
    let world = world(common::KAKAO);
    let trace = quiet(&world, 1);
    assert!(trace.events.is_empty(), "{:?}", &trace.events[..trace.events.len().min(5)]);
}

#[test]
fn a_second_incident_is_noticed_as_slowly_as_the_first() {
    let text = company(
        "sites:\n  s: {region: r}\nservices:\n  a: {users: 1, place: [[s, 10]]}\n\
         controls: {detect: {reports: 20, report_gap: 2m}}\npeople: {sigma: 0}\n\
         script: [{at: 0s, crash: a@s}, {at: 40h, crash: a@s}]\n",
    );
    let world = world(&text);
    let trace = play(&world, 1);
    let seen: Vec<f64> = trace
        .events
        .iter()
        .filter(|e| matches!(e.change, Change::Detected { .. }))
        .map(|e| e.at.secs() / 60.0)
        .collect();
    assert_eq!(seen.len(), 2, "{seen:?}");
    assert!(seen[1] - 40.0 * 60.0 > 10.0, "noticed {} minutes after the second crash", seen[1] - 2400.0);
}

#[test]
fn a_crash_undoes_the_starts_so_far() {
    let text = |script: &str| {
        company(&format!(
            "{ONE_PANEL}services:\n  a: {{users: 1, shed: true, place: [[s/p, 200]]}}\n\
             controls: {{boot: {{manual: 10m/server, time: 0s}}, detect: {{report_gap: 1ms}}}}\n\
             people: {{teams: {{t: {{hands: 1}}}}, sigma: 0, drill: {{slow: 1, error: 0}}}}\nscript: [{script}]\n"
        ))
    };
    let whole = |script: &str| {
        let world = world(&text(script));
        let trace = play(&world, 1);
        let points = trace.shares[0].points().to_vec();
        points.iter().rev().find(|p| p.1 >= 1.0).map(|p| hours(p.0)).expect("whole again")
    };
    let (once, twice) = (whole("{at: 0s, crash: a@s}"), whole("{at: 0s, crash: a@s}, {at: 10h, crash: a@s}"));
    assert!(twice - once > 9.0, "{once} h once, {twice} h after a second crash at 10 h");
}

#[test]
fn what_has_no_power_cannot_be_crashed_into_life() {
    let text = company(&format!(
        "{ONE_PANEL}services:\n  a: {{users: 1, place: [[s/p, 10]]}}\n\
         script: [{{at: 1h, trip: s/p}}, {{at: 1h10m, crash: a@s}}]\n"
    ));
    let world = world(&text);
    let trace = play(&world, 1);
    let dark = trace.pools[0].at(bridge_engine::Time(4_500 * 1_000_000));
    assert_eq!(dark, PoolState::NoPower);
}

#[test]
fn voters_that_come_back_count_again() {
    let text = company(
        "sites:\n  s: {region: r}\n  t: {region: r}\nservices:\n  \
         q: {users: 1, quorum: 5, place: [[s, 3], [t, 2]]}\n\
         controls: {detect: {report_gap: 1ms}}\npeople: {sigma: 0}\n\
         script: [{at: 1h, crash: q@s}, {at: 90h, crash: q@s}]\n",
    );
    let world = world(&text);
    let trace = play(&world, 1);
    let at = |hour: u64| trace.shares[0].at(bridge_engine::Time(hour * 3_600_000_000));
    assert!(at(80) >= 1.0, "whole again after the first crash");
    assert!(at(90) <= 0.0, "two of five are no majority, whatever was agreed on the last time");
}

#[test]
fn a_billion_servers_five_times_over_are_only_numbers() {
    let text = company(
        "sites:\n  s: {region: r}\nservices:\n  \
         a: {users: 1, place: [[s, 1e9], [s, 1e9], [s, 1e9], [s, 1e9], [s, 1e9]]}\nscript: [{at: 1h, crash: a@s}]\n",
    );
    if let Ok(scenario) = bridge_engine::scenario::open(&text) {
        let _ = play(&scenario.world, 1);
    }
}
