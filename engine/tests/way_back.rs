//! The way back into a building: who goes in, in which order power returns, and what keeps what is dark dark.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use bridge_engine::trace::{Change, ElementState, SiteState, TaskKind, Trace};
use bridge_engine::world::ElementId;
use bridge_engine::{Time, World};
use common::{close, done, first, hours, play, world};

/// A building of two halls with a store beside them that catches fire. Water is decided on at once, puts it out in an hour on average
/// and needs nothing dark but the store; people go in at once. Electricians take exactly as long as they take.
fn building(restore: &str, script: &str) -> World {
    world(&format!(
        "schema: bridge/1\nmeta: {{id: x, horizon: 20d}}\ndemand: {{users: 1}}\nregions: {{r: {{}}}}\n\
         sites:\n  s:\n    region: r\n    rooms: {{h: {{kind: hall}}, i: {{kind: hall}}, b: {{kind: cable}}}}\n    \
         fire: {{gas: {{fitted: false}}, detect: 0s, clear: 0s, burn: 9d, water: {{decide: 0s, cut: zone, time: 1h}}}}\n    \
         power: {{utility: {{u: {{}}}}, panels: {{p: {{room: h}}, q: {{room: i}}}}, restore: {{inspect: 10h, stage_max: 100%, stage_gap: 0s, {restore}}}}}\n\
         services: {{a: {{users: 1, place: [[s/p, 4]]}}, c: {{place: [[s/q, 4]]}}}}\n\
         people: {{sigma: 0, drill: {{slow: 1, error: 0}}}}\nscript: [{script}]\n"
    ))
}

fn element(world: &World, key: &str) -> ElementId {
    ElementId::at(world.elements.iter().position(|e| e.key == key).expect(key))
}

/// When an element first gave power again after it had given none, in hours.
fn live_again(world: &World, trace: &Trace, key: &str) -> f64 {
    let points = trace.elements[element(world, key).index()].points();
    let dark = points.iter().position(|p| !p.1.gives()).expect("it was dark");
    points[dark..].iter().find(|p| p.1.gives()).map_or(f64::INFINITY, |p| hours(p.0))
}

/// When people were let in, each time, in hours.
fn cleared(trace: &Trace) -> Vec<f64> {
    trace.events.iter().filter(|e| e.change == Change::Cleared).map(|e| hours(e.at)).collect()
}

#[test]
fn a_panel_that_waits_to_be_inspected_stays_dark_when_its_feed_is_back() {
    // One crew, ten hours a panel; the street comes back while it is at the first of them.
    let world = building("crews: 1", "{at: 1h, fail: s/u, lasts: 10h}, {at: 2h, ignite: s/b}");
    let trace = play(&world, 1);
    let [entry] = cleared(&trace)[..] else { panic!("one fire") };
    assert!((2.0..11.0).contains(&entry));
    let mut back = ["p", "q"].map(|key| live_again(&world, &trace, key));
    back.sort_by(f64::total_cmp);
    close(live_again(&world, &trace, "u"), 11.0, 1e-9);
    close(back[0] - entry, 10.0, 1e-9);
    close(back[1] - entry, 20.0, 1e-9);
}

#[test]
fn a_feed_that_was_opened_is_work_of_its_own_however_many_panels_are_switched_on_behind_it() {
    let world = building("crews: 3, reclose: 100h", "{at: 1h, trip: s/u}, {at: 2h, ignite: s/b}");
    let trace = play(&world, 1);
    let [entry] = cleared(&trace)[..] else { panic!("one fire") };
    let on = first(&trace, |_, c| c == Change::Energise).expect("switched on");
    close(hours(on.at) - entry, 10.0, 1e-9);
    for key in ["u", "p", "q"] {
        close(live_again(&world, &trace, key) - entry, 100.0, 1e-9);
    }
}

#[test]
fn a_feed_that_was_open_before_the_building_was_cut_is_open_when_the_cut_is_undone() {
    // Ten hours until the first panel is safe, with which the cut is undone; then the feed's own breaker is closed.
    let mut world = building("crews: 3, reclose: 100h", "{at: 1h, trip: s/u}, {at: 2h, ignite: s/b}");
    world.sites[0].fire.cut = bridge_engine::world::CutScope::Building;
    let trace = play(&world, 1);
    let [entry] = cleared(&trace)[..] else { panic!("one fire") };
    let states: Vec<ElementState> =
        trace.elements[element(&world, "u").index()].points().iter().map(|p| p.1).collect();
    use ElementState::{Cut, Live, Tripped};
    assert_eq!(states, [Live, Tripped, Cut, Tripped, Live]);
    for key in ["u", "p", "q"] {
        close(live_again(&world, &trace, key) - entry, 110.0, 1e-9);
    }
    // One that the street took away is back when the street is, whatever was cut meanwhile.
    let mut world = building("crews: 3", "{at: 1h, fail: s/u, lasts: 200h}, {at: 2h, ignite: s/b}");
    world.sites[0].fire.cut = bridge_engine::world::CutScope::Building;
    close(live_again(&world, &play(&world, 1), "p"), 201.0, 1e-9);
}

#[test]
fn what_hangs_in_a_hall_in_which_it_burned_is_cleaned_before_its_cables_are_laid() {
    let world = building("crews: 3, clean: 7h, recable: 20h", "{at: 2h, ignite: s/h}");
    let trace = play(&world, 1);
    let [entry] = cleared(&trace)[..] else { panic!("one fire") };
    close(live_again(&world, &trace, "p") - entry, 10.0 + 7.0 + 20.0, 1e-9);
    assert_eq!(trace.elements[element(&world, "q").index()].points().len(), 1);
}

#[test]
fn when_it_burns_again_people_leave_and_begin_anew() {
    // Five hours into the inspection the store burns again.
    let once = building("crews: 2", "{at: 1h, fail: s/u, lasts: 2h}, {at: 2h, ignite: s/b}");
    let [entry] = cleared(&play(&once, 1))[..] else { panic!("one fire") };
    let again = (entry + 5.0) * 60.0;
    let world = building(
        "crews: 2",
        &format!(
            "{{at: 1h, fail: s/u, lasts: 2h}}, {{at: 2h, ignite: s/b}}, {{at: {again:.0}m, ignite: s/b}}"
        ),
    );
    let trace = play(&world, 1);
    let [_, entry] = cleared(&trace)[..] else { panic!("two fires") };
    for key in ["p", "q"] {
        close(live_again(&world, &trace, key) - entry, 10.0, 1e-9);
    }
    let burns = |t: Time| matches!(trace.sites[0].at(t), SiteState::Burning | SiteState::Flooding);
    let inside = trace.work.iter().filter(|s| matches!(s.task.kind, TaskKind::Inspect(_)));
    assert!(inside.clone().count() == 4 && inside.clone().all(|s| !burns(s.from)));
    assert!(inside.clone().all(|s| !burns(Time(s.to.0 - 1))), "nobody works in a burning building");
    assert!(done(&trace, |t| matches!(t.kind, TaskKind::Inspect(_))).is_some_and(|at| hours(at) > entry));
    assert_eq!(trace.elements[element(&world, "p").index()].last().1, ElementState::Live);
}

#[test]
fn servers_that_have_power_wait_for_people_who_are_let_in() {
    // The hall of a keeps its power, its servers crash with the fire, and whatever fails is known at once.
    let text = |script: &str| {
        let mut world = building("crews: 1", script);
        world.controls.detect.report_gap = bridge_engine::Span(1);
        world
    };
    let world = text("{at: 2h, ignite: s/b}, {at: 121m, crash: a@s}");
    let trace = play(&world, 1);
    let [entry] = cleared(&trace)[..] else { panic!("one fire") };
    let boot = |c: Change| matches!(c, Change::Started(t) if matches!(t.kind, TaskKind::Boot(_)));
    assert!(trace.elements[element(&world, "p").index()].points().len() == 1 && entry > 2.1);
    close(hours(first(&trace, |_, c| boot(c)).expect("started").at), entry, 1e-12);
    // Without a fire they begin at once.
    let trace = play(&text("{at: 121m, crash: a@s}"), 1);
    close(hours(first(&trace, |_, c| boot(c)).expect("started").at), 121.0 / 60.0, 1e-3);
}
