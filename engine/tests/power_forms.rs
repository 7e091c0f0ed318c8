//! Power in closed form: breakers, UPS, batteries and generators, reached through scenarios.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod common;

use bridge_engine::kernel::math;
use bridge_engine::trace::{Change, ElementState, PoolState, Subject, TaskKind, Trace};
use bridge_engine::world::ElementId;
use bridge_engine::{Time, World};
use common::{close, hours, play, site, world};
use proptest::prelude::*;

/// A company whose servers draw a gigawatt when busy and next to nothing when idle, so that load is utilisation.
fn company(horizon: &str, rest: &str) -> String {
    format!(
        "schema: bridge/1\nmeta: {{id: case, horizon: {horizon}, seed: 1}}\ndemand: {{users: 1M}}\n\
         defaults: {{server_power: {{idle: 1W, peak: 1GW}}}}\nregions: {{r: {{}}}}\n{rest}"
    )
}

fn element(world: &World, key: &str) -> ElementId {
    ElementId::at(world.elements.iter().position(|e| e.key == key).expect(key))
}

/// When an element first came into a state.
fn when(world: &World, trace: &Trace, key: &str, state: ElementState) -> Option<f64> {
    let points = trace.elements[element(world, key).index()].points();
    points.iter().skip(1).find(|p| p.1 == state).map(|p| p.0.secs())
}

/// One panel of a gigawatt with a pool of its own, whose other half stands elsewhere and crashes after an hour.
fn pushed(here: &str, elsewhere: &str, load: &str, kw: &str) -> String {
    company(
        "9h",
        &format!(
            "sites:\n  s: {{region: r, rooms: {{h: {{kind: hall}}}}, power: {{utility: {{u: {{}}}}, panels: {{p: {{room: h, kw: {kw}}}}}}}}}\n  \
             t: {{region: r, power: {{utility: {{u: {{}}}}, panels: {{q: {{}}}}}}}}\n\
             services: {{a: {{load: {load}, place: [[s, {here}], [t, {elsewhere}]]}}}}\ncontrols: {{boot: {{manual: 1d/server}}}}\n\
             script: [{{at: 1h, crash: a@t}}]\n"
        ),
    )
}

#[test]
fn a_cold_breaker_trips_at_1_45_after_252_388_s_and_at_2_55_after_59_027() {
    // One server takes over from a million: from a millionth of its rating to all of it.
    for (load, expected) in [("1.45", 252.388), ("2.55", 59.027)] {
        let text = pushed("1", "1000k", "1", "1 GW").replace("peak: 1GW", &format!("peak: {load} GW"));
        let world = world(&text);
        let trace = play(&world, 1);
        let tripped = when(&world, &trace, "p", ElementState::Tripped).expect("it trips");
        close(tripped - 3600.0, expected, 0.0005 / expected);
    }
}

#[test]
fn a_breaker_preloaded_at_0_9_trips_at_1_2_after_364_866_s() {
    // 3.6 on eight servers is 0.45 each; on the six that stay, 0.6: 0.9 and 1.2 of the panel's 3 GW.
    let world = world(&pushed("6", "2", "3.6", "3 GW"));
    let trace = play(&world, 1);
    let tripped = when(&world, &trace, "p", ElementState::Tripped).expect("it trips");
    close(tripped - 3600.0, 364.866, 0.0005 / 364.866);
}

#[test]
fn a_breaker_carries_13_percent_too_much_for_ever() {
    for (load, trips) in [("3.38", false), ("3.40", true)] {
        let world = world(&pushed("6", "2", load, "3 GW"));
        let trace = play(&world, 1);
        assert_eq!(when(&world, &trace, "p", ElementState::Tripped).is_some(), trips, "{load} of 3 GW");
    }
}

#[test]
fn a_breaker_opens_at_once_at_ten_times_its_rating() {
    let text = pushed("1", "1000k", "1", "1 GW").replace("peak: 1GW", "peak: 10 GW");
    let world = world(&text);
    let tripped = when(&world, &play(&world, 1), "p", ElementState::Tripped);
    close(tripped.expect("it trips"), 3600.0, 1e-12);
}

#[test]
fn a_load_that_goes_in_time_leaves_the_breaker_closed() {
    // 1.45 for 200 s, which would have tripped after 252; then half of the servers crash... and nothing is left to trip.
    let text = pushed("1", "1000k", "1", "1 GW").replace("peak: 1GW", "peak: 1.45 GW");
    let text = text.replace("crash: a@t}", "crash: a@t}, {at: 1h200s, crash: a@s}");
    let world = world(&text);
    assert_eq!(when(&world, &play(&world, 1), "p", ElementState::Tripped), None);
}

/// Equal panels that share one pool; the first of them is opened after an hour.
fn shared(panels: usize, preload: f64) -> String {
    let keys: Vec<String> = (1..=panels).map(|i| format!("p{i}")).collect();
    let built: Vec<String> = keys.iter().map(|k| format!("{k}: {{room: h, kw: 1 GW}}")).collect();
    company(
        "12h",
        &format!(
            "sites: {{s: {{region: r, rooms: {{h: {{kind: hall}}}}, power: {{utility: {{u: {{}}}}, panels: {{{}}}, restore: {{reclose: 100h}}}}}}}}\n\
             services: {{a: {{users: 1, load: {}, place: [[s/{}, {panels}]]}}}}\nscript: [{{at: 1h, trip: s/p1}}]\n",
            built.join(", "),
            preload * panels as f64,
            keys.join("+"),
        ),
    )
}

#[test]
fn equal_panels_survive_the_loss_of_one_of_four_below_0_8475_and_of_one_of_two_below_0_565() {
    for (panels, preload, survives) in
        [(4, 0.8474, true), (4, 0.8476, false), (2, 0.5649, true), (2, 0.5651, false)]
    {
        let world = world(&shared(panels, preload));
        let trace = play(&world, 1);
        let dark = trace.pools[0].last().1 == PoolState::NoPower;
        assert_eq!(!dark, survives, "{panels} panels at {preload}");
        let tripped = trace.elements.iter().filter(|e| e.last().1 == ElementState::Tripped).count();
        assert_eq!(tripped, if survives { 1 } else { panels });
    }
}

#[test]
fn one_panel_pulls_the_other_after_it_and_the_trace_says_why() {
    let world = world(&shared(2, 0.7));
    let trace = play(&world, 1);
    let second = when(&world, &trace, "p2", ElementState::Tripped).expect("the cascade");
    // 1.4 times the rating after long at 0.7: 270 ln((1.96 − 0.49) / (1.96 − 1.2769)).
    close(second - 3600.0, 270.0 * math::ln(1.47 / 0.6831), 1e-6);
    let why = bridge_engine::why::why(
        &world,
        &trace,
        Subject::Element(element(&world, "p2")),
        Time((second * 1e6) as u64 + 1),
    );
    let chain: Vec<Subject> = why.chain.iter().map(|e| trace.events[e.0 as usize].subject).collect();
    let (first, second) = (Subject::Element(element(&world, "p1")), Subject::Element(element(&world, "p2")));
    assert_eq!(chain, [first, first, second]);
}

#[test]
fn a_breaker_that_the_daily_peak_opens_has_the_hour_to_blame() {
    let text = company(
        "30h",
        "sites: {s: {region: r, rooms: {h: {kind: hall}}, power: {utility: {u: {}}, panels: {p: {room: h, kw: 1 GW}}}}}\n\
         services: {a: {load: 0.9, place: [[s, 1], [s, 9]]}, b: {load: 1, place: [[s, 1]]}}\n",
    )
    .replace("demand: {users: 1M}", "demand: {users: 1M, shape: diurnal, trough: 0.1, peak_hour: 21}");
    let world = world(&text.replace("kw: 1 GW", "kw: 1.91 GW"));
    assert!(play(&world, 1).events.is_empty(), "it carries its daily peak");
    let mut small = world;
    let panel = element(&small, "p").index();
    small.elements[panel].kind = bridge_engine::world::ElementKind::Panel { kw: 1.6e6 };
    let trace = play(&small, 1);
    let event = trace.events.first().expect("it trips at the peak");
    assert_eq!(event.change, Change::Element(ElementState::Tripped));
    assert!(event.causes.is_empty() && hours(event.at) > 9.0, "{event:?}");
}

/// A UPS of 1 GW between street and panel, its pool pushed to `load` after an hour; more script.
fn behind_a_ups(load: &str, script: &str) -> World {
    world(&company(
        "9h",
        &format!(
            "sites:\n  s:\n    region: r\n    rooms: {{h: {{kind: hall}}, b: {{kind: battery}}}}\n    power:\n      utility: {{u: {{}}}}\n      \
             ups: {{x: {{room: b, battery: b, kw: 1 GW, full: 10m}}}}\n      panels: {{p: {{room: h, kw: 5 GW}}}}\n      restore: {{reclose: 100h}}\n  \
             t: {{region: r, power: {{utility: {{u: {{}}}}, panels: {{q: {{}}}}}}}}\n\
             services: {{a: {{load: 1, place: [[s, 1], [t, 1000k]]}}}}\nscript: [{{at: 1h, crash: a@t}}{script}]\n"
        ),
    )
    .replace("peak: 1GW", &format!("peak: {load} GW")))
}

#[test]
fn an_overloaded_ups_passes_its_load_to_its_bypass_and_the_bypass_opens() {
    for (load, minutes) in [(1.25, 10.0), (1.5, 1.0)] {
        let world = behind_a_ups(&load.to_string(), "");
        let trace = play(&world, 1);
        let bypass = when(&world, &trace, "x", ElementState::Bypass).expect("bypass");
        close(bypass - 3600.0, minutes * 60.0, 1e-6);
        let tripped = when(&world, &trace, "x", ElementState::Tripped).expect("trip");
        // The bypass was cold.
        let square: f64 = load * load;
        close(tripped - bypass, 270.0 * math::ln(square / (square - 1.13 * 1.13)), 1e-6);
        assert_eq!(
            when(&world, &trace, "p", ElementState::Dead),
            Some(tripped),
            "after the UPS nothing helps"
        );
    }
}

#[test]
fn a_ups_on_bypass_protects_nothing() {
    let world = behind_a_ups("1.1", ", {at: 6h, trip: s/u}");
    let trace = play(&world, 1);
    let bypass = when(&world, &trace, "x", ElementState::Bypass).expect("bypass");
    // 10 min · (0.25 / 0.1)^log₂10; the bypass holds 1.1 for ever.
    close(bypass - 3600.0, 600.0 * math::pow(2.5, math::ln(10.0) / math::ln(2.0)), 1e-6);
    assert_eq!(when(&world, &trace, "p", ElementState::Dead), Some(6.0 * 3600.0));
    assert_eq!(when(&world, &trace, "x", ElementState::OnBattery), None);
}

#[test]
fn a_ups_goes_back_to_its_inverter_when_the_load_is_gone() {
    let world = behind_a_ups("1.25", ", {at: 1h11m, crash: a@s}, {at: 2h, trip: s/u}");
    let trace = play(&world, 1);
    let states: Vec<ElementState> =
        trace.elements[element(&world, "x").index()].points().iter().map(|p| p.1).collect();
    use ElementState::{Bypass, Live, OnBattery};
    assert_eq!(states[..4], [Live, Bypass, Live, OnBattery]);
}

/// Minutes a battery of 10 min at 1 GW lasts under what a script makes of its load.
fn battery_minutes(load: &str, script: &str) -> f64 {
    let world = behind_a_ups(load, script);
    let trace = play(&world, 1);
    let at = |state| when(&world, &trace, "x", state).expect("it happens");
    (at(ElementState::Dead) - at(ElementState::OnBattery)) / 60.0
}

#[test]
fn a_battery_follows_peukert() {
    // 10 minutes at 1 GW: 22.19139 min at half load, 7.73666 at 1.25 times.
    for (load, expected) in [("0.5", 22.191_39), ("1", 10.0), ("1.25", 7.736_66)] {
        close(battery_minutes(load, ", {at: 1h, trip: s/u}"), expected, 1e-6);
    }
}

#[test]
fn a_battery_whose_load_is_halved_after_5_of_10_minutes_lasts_16_09569() {
    let text = company(
        "9h",
        "sites:\n  s:\n    region: r\n    rooms: {h: {kind: hall}, b: {kind: battery}}\n    power:\n      utility: {u: {}}\n      \
         ups: {x: {room: b, battery: b, kw: 1 GW, full: 10m}}\n      panels: {p: {room: h, kw: 5 GW}}\n      restore: {reclose: 100h}\n\
         services: {a: {load: 1, place: [[s, 1]]}, b: {load: 1, place: [[s, 1]]}}\n\
         script: [{at: 1h, trip: s/u}, {at: 1h5m, crash: b@s}]\n",
    )
    .replace("peak: 1GW", "peak: 500MW");
    let world = world(&text);
    let trace = play(&world, 1);
    let at = |state| when(&world, &trace, "x", state).expect("it happens");
    close((at(ElementState::Dead) - at(ElementState::OnBattery)) / 60.0, 16.095_69, 1e-6);
}

#[test]
fn a_battery_recharges_in_ten_times_its_full_time() {
    // Half empty after 5 of its 10 minutes at full load; 25 minutes are a quarter of a charge, and six hours no more than all of it.
    for (again, minutes) in [(90, 7.5), (430, 10.0)] {
        let world =
            behind_a_ups("1", &format!(", {{at: 1h, fail: s/u, lasts: 5m}}, {{at: {again}m, fail: s/u}}"));
        let dark = when(&world, &play(&world, 1), "x", ElementState::Dead).expect("dark");
        close(dark / 60.0 - f64::from(again), minutes, 1e-9);
    }
}

#[test]
fn what_hangs_on_a_panel_behind_a_panel_empties_the_battery_too() {
    // a and b draw half a gigawatt each; b hangs on a board behind the first.
    let text = company(
        "9h",
        "sites:\n  s:\n    region: r\n    rooms: {h: {kind: hall}, b: {kind: battery}}\n    power:\n      utility: {u: {}}\n      \
         ups: {x: {room: b, battery: b, kw: 1 GW, full: 10m}}\n      panels: {p: {room: h, from: [x]}, q: {room: h, from: [p]}}\n      restore: {reclose: 100h}\n\
         services: {a: {load: 1, place: [[s/p, 1]]}, b: {load: 1, place: [[s/q, 1]]}}\nscript: [{at: 1h, trip: s/u}]\n",
    )
    .replace("peak: 1GW", "peak: 500MW");
    let world = world(&text);
    let trace = play(&world, 1);
    let at = |state| when(&world, &trace, "x", state).expect("it happens");
    close((at(ElementState::Dead) - at(ElementState::OnBattery)) / 60.0, 10.0, 1e-6);
}

#[test]
fn what_servers_draw_follows_how_busy_they_are() {
    // 1.2 on eight servers of 250 to 400 W, four here: 4 (250 + 150 · 0.15); alone, 4 (250 + 150 · 0.3).
    let text = pushed("4", "4", "1.2", "2 kW").replace("{idle: 1W, peak: 1GW}", "{}");
    let world = world(&text);
    let trace = play(&world, 1);
    let here = &trace.energised[site(&world, "s").index()];
    let there = &trace.energised[site(&world, "t").index()];
    close(here.at(Time::ZERO), 1.09, 1e-12);
    close(here.at(Time(3_600_000_001)), 1.18, 1e-12);
    close(there.at(Time::ZERO), 1.09, 1e-12);
    assert!(there.at(Time(3_600_000_001)) <= 0.0, "a crashed server is not counted");
}

/// A street feed that fails after an hour, and a generator set.
fn generators(set: &str, load: f64) -> String {
    company(
        "2h",
        &format!(
            "sites:\n  s:\n    region: r\n    rooms: {{h: {{kind: hall}}}}\n    power:\n      utility: {{u: {{}}}}\n      \
             generators: {{g: {{{set}}}}}\n      panels: {{p: {{room: h}}}}\n\
             services: {{a: {{load: {load}, place: [[s/p, 4]]}}}}\nscript: [{{at: 1h, trip: s/u}}]\n"
        ),
    )
    .replace("panels: {p", "restore: {reclose: 100h}\n      panels: {p")
}

#[test]
fn generators_start_k_of_n() {
    for (n, need, expected) in [(2, 2, 0.9801), (3, 2, 0.999_702), (4, 3, 0.999_407_97)] {
        let world = world(&generators(&format!("n: {n}, need: {need}, p_start: 0.99"), 1.0));
        let runs = if expected < 0.99 { 20_000 } else { 100_000 };
        let live = |seed| when(&world, &play(&world, seed), "g", ElementState::Live).is_some();
        let refused = (0..runs).filter(|&seed| !live(seed)).count() as f64 / runs as f64;
        let sigma = (expected * (1.0_f64 - expected) / runs as f64).sqrt();
        assert!((1.0 - refused - expected).abs() < 4.0 * sigma, "{need} of {n}: {refused} refused");
    }
}

#[test]
fn a_transfer_switch_that_never_moves_makes_generators_worthless() {
    let world = world(&generators("n: 3, need: 1, p_start: 1, p_transfer: 0", 1.0));
    let trace = play(&world, 1);
    assert_eq!(when(&world, &trace, "g", ElementState::Failed), Some(3630.0));
}

#[test]
fn generators_run_as_long_as_their_fuel_lasts_and_each_start_finds_full_tanks() {
    let text = generators("n: 1, need: 1, p_start: 1, fuel: 20m", 1.0);
    let world = world(&text.replace("trip: s/u}", "fail: s/u, lasts: 30m}, {at: 95m, fail: s/u}"));
    let trace = play(&world, 1);
    let points = trace.elements[element(&world, "g").index()].points();
    let seconds: Vec<(f64, ElementState)> = points.iter().map(|p| (p.0.secs(), p.1)).collect();
    use ElementState::{Failed, Live, Ready};
    // Dry after 20 minutes, ready when the street is back, and not tried again before.
    let once = [(0.0, Ready), (3630.0, Live), (4830.0, Failed), (5400.0, Ready)];
    assert_eq!(seconds, [&once[..], &[(5730.0, Live), (6930.0, Failed)]].concat());
}

/// The same with a UPS that carries the servers until the set runs.
fn carried(set: &str, load: f64) -> World {
    let text = generators(set, load)
        .replace("panels: {p: {room: h}}", "ups: {x: {room: h}}\n      panels: {p: {room: h}}");
    world(&text)
}

#[test]
fn generators_that_are_asked_for_more_than_they_have_stop() {
    for (load, stops) in [(1.99, None), (2.1, Some(3630.0))] {
        let world = carried("n: 2, need: 2, p_start: 1, kw: 1 GW", load);
        let trace = play(&world, 1);
        assert_eq!(when(&world, &trace, "g", ElementState::Live), Some(3630.0));
        assert_eq!(when(&world, &trace, "g", ElementState::Failed), stops, "{load} of 2 GW");
        assert_eq!(when(&world, &trace, "p", ElementState::Dead).is_some(), stops.is_some());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn what_servers_draw_is_never_more_than_the_generators_have(
        (n, need, kw) in (1..5_u32, 1..4_u32, 1..30_u32),
        (load, crash, other) in (1..40_u32, 0..90_u32, 0..90_u32),
        (through, direct, seed) in (1..5_u32, 1..5_u32, 0..1000_u64),
    ) {
        let text = company("6h", &format!(
            "sites:\n  s:\n    region: r\n    rooms: {{h: {{kind: hall}}}}\n    power:\n      utility: {{u: {{}}}}\n      \
             generators: {{g: {{n: {n}, need: {need}, p_start: 1, kw: {}MW}}}}\n      ups: {{x: {{room: h}}}}\n      \
             panels: {{p: {{room: h, from: [x]}}, q: {{room: h, from: [u, g]}}}}\n      restore: {{reclose: 100h}}\n\
             services: {{a: {{users: 1, load: {}, place: [[s/p, {through}], [s/q, {direct}], [s/p+q, 2]]}}, b: {{load: 1, place: [[s/p, 1]]}}}}\n\
             script: [{{at: 1h, trip: s/u}}, {{at: {crash}m, crash: b@s}}, {{at: {other}m, trip: s/q}}]\n",
            kw * 100, f64::from(load) / 10.0,
        ));
        let world = world(&text);
        let trace = play(&world, seed);
        let state = |key: &str, at| trace.elements[element(&world, key).index()].at(at);
        for &(at, drawn) in trace.energised[0].points() {
            if !state("u", at).gives() && state("x", at) != ElementState::OnBattery {
                let most = if state("g", at).gives() { f64::from(n * kw) * 1e5 } else { 0.0 };
                prop_assert!(drawn <= most * (1.0 + 1e-12), "{drawn} of {most} kW at {at}");
            }
        }
    }
}

#[test]
fn a_ups_that_was_cut_beside_a_live_one_is_switched_back() {
    let text = company(
        "90h",
        "sites:\n  s:\n    region: r\n    rooms: {h: {kind: hall}, b: {kind: battery}, c: {kind: ups}}\n    fire:\n      \
         gas: {works: 0}\n      water: {decide: 1m, cut: zone, time: 1h}\n    power:\n      utility: {u: {}}\n      \
         ups: {x: {battery: b}, y: {room: c}}\n      panels: {p: {room: h}}\n\
         services: {a: {users: 1, place: [[s/p, 1]]}}\nscript: [{at: 0s, ignite: s/b}]\n",
    );
    let world = world(&text);
    let trace = play(&world, 1);
    let states: Vec<ElementState> =
        trace.elements[element(&world, "x").index()].points().iter().map(|p| p.1).collect();
    assert_eq!(states, [ElementState::Live, ElementState::Cut, ElementState::Live]);
    assert_eq!(when(&world, &trace, "p", ElementState::Dead), None);
}

#[test]
fn pools_that_differ_in_one_panel_have_luck_of_their_own() {
    let text = company(
        "90h",
        "sites: {s: {region: r, rooms: {h: {kind: hall}}, power: {utility: {u: {}}, panels: {p: {room: h}, q: {room: h}}}}}\n\
         services: {a: {users: 1, place: [[s/p, 10], [s/p+q, 10], [s/q, 10], [s/q, 10]]}}\npeople: {teams: {t: {hands: 40}}}\n\
         script: [{at: 0s, crash: a@s}]\n",
    );
    let world = world(&text);
    let trace = play(&world, 1);
    let mut took: Vec<u64> = (0..4)
        .map(|pool| {
            let of = Subject::Pool(bridge_engine::world::PoolId(pool));
            let boots = |e: &&bridge_engine::trace::Event| e.subject == of;
            let at = |wanted: fn(Change) -> bool| {
                trace.events.iter().filter(boots).find(|e| wanted(e.change)).expect("it happens").at
            };
            at(|c| matches!(c, Change::Done(t) if matches!(t.kind, TaskKind::Boot(_))))
                .since(at(|c| matches!(c, Change::Started(_))))
                .0
        })
        .collect();
    took.sort_unstable();
    took.dedup();
    assert_eq!(took.len(), 4);
}

#[test]
fn a_feed_that_fails_for_a_while_comes_back_by_itself_and_nobody_is_asked() {
    let world = carried("n: 2, need: 1, p_start: 1", 1.0);
    let mut world = World { script: Vec::new(), ..world };
    let (feed, set) = (element(&world, "u"), element(&world, "g"));
    let at = |minutes: u64| Time(minutes * 60_000_000);
    let fail = |minutes, element, lasts| {
        bridge_engine::world::Incident::new(at(minutes), bridge_engine::world::Action::Fail(element, lasts))
    };
    let hour = bridge_engine::Span::from_hours(1);
    world.script = vec![fail(10, feed, Some(hour))];
    let trace = play(&world, 1);
    let points: Vec<(f64, ElementState)> =
        trace.elements[feed.index()].points().iter().map(|p| (p.0.secs(), p.1)).collect();
    assert_eq!(
        points,
        [(0.0, ElementState::Live), (600.0, ElementState::Failed), (4200.0, ElementState::Live)]
    );
    assert!(!trace.events.iter().any(|e| matches!(e.change, Change::Queued(_))));
    assert_eq!(trace.shares[0].points().len(), 1, "the generators carried it");
    // Without the generators the battery is all there is.
    world.script = vec![fail(5, set, None), fail(10, feed, Some(hour))];
    let trace = play(&world, 1);
    assert_eq!(trace.elements[set.index()].last().1, ElementState::Failed);
    let dark = when(&world, &trace, "p", ElementState::Dead).expect("dark");
    // Its rating is four times the load: 10 min · 4^1.15.
    close(dark - 600.0, 600.0 * math::pow(4.0, 1.15), 1e-6);
}

#[test]
fn a_feed_that_failed_outside_stays_gone_when_the_building_is_cut_and_switched_on_again() {
    let text = "schema: bridge/1\nmeta: {id: x, horizon: 5d}\ndemand: {users: 1}\nregions: {r: {}}\n\
         sites: {s: {region: r, rooms: {h: {kind: hall}, o: {kind: battery}}, fire: {gas: {fitted: false}, burn: 2d}, \
         power: {utility: {u: {}}, panels: {p: {room: h}}}}}\n\
         services: {a: {users: 1, place: [[s, 4]]}}\n\
         script: [{at: 1h, fail: s/u}, {at: 2h, ignite: s/o}]\n";
    let world = world(text);
    let trace = play(&world, 1);
    assert!(trace.events.iter().any(|e| e.change == Change::Energise), "switched on after the fire");
    let feed = element(&world, "u");
    let later = Time(3_600_000_000);
    let points = trace.elements[feed.index()].points();
    assert!(points.iter().all(|p| p.0 <= later || p.1 != ElementState::Live), "{points:?}");
    assert!(trace.shares[0].last() <= 0.0);
}
