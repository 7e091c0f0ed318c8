//! Buildings that somebody else runs: who calls when, who lets whom in, whose hands work on the servers, and who pays them.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use bridge_engine::report::{Ledger, ledger};
use bridge_engine::trace::{Change, CrewId, SiteState, Subject, TaskKind, Trace};
use bridge_engine::why::{Blocker, why};
use bridge_engine::world::SiteId;
use bridge_engine::{Span, Time, World};
use common::{close, first, hours, play, service, site, world};

/// A building of a hall with a store beside it that burns at two. Water puts the fire out, the hall keeps its power, and people go in at
/// once. Half an hour into the fire everything that runs in the hall stops; whatever fails is known at once, and work takes
/// exactly as long as it takes: 10 min a server.
fn hall(how: &str, more: &str) -> World {
    let mut world = world(&format!(
        "schema: bridge/1\nmeta: {{id: x, horizon: 20d}}\ndemand: {{users: 1}}\nregions: {{r: {{}}}}\n\
         sites:\n  s:\n    region: r\n    {how}\n    rooms: {{h: {{kind: hall}}, b: {{kind: cable}}}}\n    \
         fire: {{gas: {{fitted: false}}, detect: 0s, clear: 0s, burn: 9d, water: {{decide: 0s, cut: zone, time: 8h}}}}\n    \
         power: {{utility: {{u: {{}}}}, panels: {{p: {{room: h}}}}, restore: {{reclose: 1h}}}}\n\
         services: {{a: {{users: 1, shed: true, place: [[s/p, 12]]}}}}\n\
         people: {{teams: {{us: {{hands: 6}}}}, sigma: 0, drill: {{slow: 1, error: 0}}}}\n\
         controls: {{boot: {{manual: 10m/server}}}}\ncost: {{revenue: 0/d, hour: 10}}\n{more}\n\
         script: [{{at: 2h, ignite: s/b}}, {{at: 150m, crash: a@s}}]\n"
    ));
    world.controls.detect.report_gap = Span(1);
    world
}

/// When the building's own people could go in, and from when to when servers were started, by whom.
fn started(trace: &Trace) -> (f64, f64, f64, CrewId) {
    let cleared = first(trace, |_, c| c == Change::Cleared).expect("a fire").at;
    let boot = trace.work.iter().filter(|s| matches!(s.task.kind, TaskKind::Boot(_)));
    let crew = boot.clone().next().expect("started").crew;
    let from = boot.clone().map(|s| s.from).min().expect("started");
    let to = boot.map(|s| s.to).max().expect("started");
    (hours(cleared), hours(from), hours(to), crew)
}

fn work(world: &World, trace: &Trace) -> f64 {
    let Ledger { entries } = ledger(world, trace, trace.horizon).expect("costs");
    entries.iter().sum()
}

#[test]
fn a_tenants_people_are_let_in_after_the_landlords() {
    let own = play(&hall("operator: own", ""), 1);
    let let_in = play(&hall("operator: colocation\n    landlord: {entry: 3h}", ""), 1);
    for (trace, wait) in [(&own, 0.0), (&let_in, 3.0)] {
        let (cleared, from, to, crew) = started(trace);
        close(from, cleared + wait, 1e-12);
        // Twelve servers, six hands.
        close(to - from, 12.0 / 6.0 / 6.0, 1e-9);
        assert!(matches!(crew, CrewId::Team(_)));
    }
    let states = |trace: &Trace| trace.sites[0].points().iter().map(|p| p.1).collect::<Vec<SiteState>>();
    assert!(!states(&own).contains(&SiteState::Permit) && states(&let_in).contains(&SiteState::Permit));
}

#[test]
fn the_landlords_own_people_wait_for_nobodys_permit() {
    // The feed was opened before: a breaker to close, which is the landlord's.
    let text = "operator: colocation\n    landlord: {entry: 3h}";
    let mut world = hall(text, "");
    let trip = bridge_engine::world::Action::Trip(bridge_engine::world::ElementId::at(0));
    let mut incident = world.script[0];
    (incident.at, incident.action) = (Time(3_600_000_000), trip);
    world.script.insert(0, incident);
    world.script[1].at = Time(3_660_000_000);
    let trace = play(&world, 1);
    let cleared = first(&trace, |_, c| c == Change::Cleared).expect("a fire").at;
    let on = trace.work.iter().find(|s| matches!(s.task.kind, TaskKind::Inspect(_)) && s.from >= cleared);
    close(hours(on.expect("inspected").from), hours(cleared), 1e-12);
}

#[test]
fn a_fire_that_breaks_out_again_takes_the_permit() {
    let text = "operator: colocation\n    landlord: {entry: 3h}";
    let mut world = hall(text, "");
    let once = started(&play(&world, 1)).0;
    let mut again = world.script[0];
    again.at = Time(((once + 1.0) * 3.6e9) as u64);
    world.script.push(again);
    let trace = play(&world, 1);
    let cleared: Vec<f64> =
        trace.events.iter().filter(|e| e.change == Change::Cleared).map(|e| hours(e.at)).collect();
    let [_, last] = cleared[..] else { panic!("two fires") };
    close(started(&trace).1, last + 3.0, 1e-12);
}

#[test]
fn a_landlords_hands_start_servers_in_our_peoples_place() {
    let colocation = "operator: colocation\n    landlord: {entry: 3h, hands: 3, hour: 25}";
    let (managed, dearer) = ("operator: managed", "operator: managed\n    landlord: {hour: 40}");
    for (how, hands, hour) in [(colocation, 3.0, 25.0), (managed, 2.0, 10.0), (dearer, 2.0, 40.0)] {
        let world = hall(how, "");
        let trace = play(&world, 1);
        let (cleared, from, to, crew) = started(&trace);
        assert_eq!(crew, CrewId::Landlord(SiteId(0)));
        close(from, cleared, 1e-12);
        close(to - from, 12.0 / 6.0 / hands, 1e-9);
        // Two hours of a hand, and nothing of ours.
        close(work(&world, &trace), 2.0 * hour, 1e-9);
        assert!(trace.hands[0].points().iter().all(|p| p.1 <= 0.0));
    }
    // Ours cost what ours cost.
    let world = hall("operator: own", "");
    close(work(&world, &play(&world, 1)), 2.0 * 10.0, 1e-9);
}

#[test]
fn a_provider_calls_sooner_than_a_landlord() {
    let known = |how: &str| {
        // The servers stop with the fire, and no user says so.
        let mut world = hall(how, "");
        world.controls.detect.report_gap = Span::from_hours(100);
        world.script[1].at = world.script[0].at;
        let trace = play(&world, 1);
        let known = first(&trace, |_, c| matches!(c, Change::Detected { .. })).expect("known").at;
        hours(known) - 2.0
    };
    for (how, wait) in [
        ("operator: own", 0.0),
        ("operator: colocation", 20.0),
        ("operator: managed", 5.0),
        ("operator: managed\n    notice: 7m", 7.0),
    ] {
        assert!((known(how) - wait / 60.0).abs() < 1e-9, "{how}: {}", known(how));
    }
}

#[test]
fn chillers_that_start_by_hand_are_the_landlords_to_start() {
    let crew = |how: &str, team: &str| {
        let text = format!(
            "schema: bridge/1\nmeta: {{id: x, horizon: 2d}}\ndemand: {{users: 1}}\nregions: {{r: {{}}}}\n\
             sites:\n  s:\n    region: r\n    operator: {how}\n    rooms: {{h: {{kind: hall}}}}\n    \
             power: {{utility: {{u: {{}}}}, chillers: {{c: {{n: 2, need: 1, restart: {{manual: 30m{team}}}}}}}, panels: {{p: {{room: h}}}}}}\n\
             services: {{a: {{users: 1, place: [[s/p, 4]]}}}}\n\
             people: {{teams: {{us: {{hands: 6}}}}, sigma: 0}}\nscript: [{{at: 1h, fail: s/u, lasts: 1m}}]\n"
        );
        let world = world(&text);
        let trace = play(&world, 1);
        let on = trace.work.iter().find(|s| matches!(s.task.kind, TaskKind::Chiller { .. }));
        on.expect("started by hand").crew
    };
    assert!(matches!(crew("own", ""), CrewId::Team(_)));
    assert_eq!(crew("colocation", ""), CrewId::Electricians(SiteId(0)));
    assert!(matches!(crew("colocation", ", team: us"), CrewId::Team(_)));
}

#[test]
fn what_keeps_our_people_out_does_not_keep_the_landlords() {
    let asked = |how: &str, wanted: Blocker| {
        let world = hall(how, "");
        let trace = play(&world, 1);
        let cleared = first(&trace, |_, c| c == Change::Cleared).expect("a fire").at;
        let soon = cleared + Span::from_mins(1);
        why(&world, &trace, Subject::Service(service(&world, "a")), soon).blockers.contains(&wanted)
    };
    let access = Blocker::Access(SiteId(0));
    assert!(asked("operator: colocation\n    landlord: {entry: 3h}", access));
    assert!(!asked("operator: colocation\n    landlord: {entry: 3h, hands: 2}", access));
    assert!(!asked("operator: colocation", access));
}

#[test]
fn doors_that_ask_our_sign_in_do_not_stop_a_landlords_hands() {
    let from = |how: &str| {
        let text = format!(
            "schema: bridge/1\nmeta: {{id: x, horizon: 20d}}\ndemand: {{users: 1}}\nregions: {{r: {{}}}}\n\
             sites:\n  s: {{region: r, operator: colocation, doors: admin{how}, power: {{utility: {{u: {{}}}}, panels: {{p: {{}}}}}}}}\n\
             services: {{a: {{users: 1, place: [[s/p, 12]]}}, door: {{role: admin, place: [[s/p, 1]]}}}}\n\
             controls: {{admin: {{doors: 5h}}}}\npeople: {{sigma: 0, drill: {{slow: 1, error: 0}}}}\n\
             script: [{{at: 1h, crash: a@s}}, {{at: 1h, crash: door@s}}]\n"
        );
        let mut world = world(&text);
        world.controls.detect.report_gap = Span(1);
        let trace = play(&world, 1);
        let boot = trace.work.iter().find(|s| matches!(s.task.kind, TaskKind::Boot(_)));
        hours(boot.expect("started").from)
    };
    close(from(""), 6.0, 1e-3);
    close(from(", landlord: {hands: 1}"), 1.0, 1e-3);
}

#[test]
fn one_who_waits_for_the_landlords_hands_is_told_so() {
    // Two services, one hand: the second waits for it.
    let text = "schema: bridge/1\nmeta: {id: x, horizon: 20d}\ndemand: {users: 1}\nregions: {r: {}}\n\
         sites:\n  s: {region: r, operator: managed, landlord: {hands: 1}, power: {utility: {u: {}}, panels: {p: {}}}}\n\
         services: {a: {users: 1, place: [[s/p, 12]]}, b: {users: 1, place: [[s/p, 12]]}}\n\
         controls: {boot: {manual: 10m/server}}\npeople: {sigma: 0}\nscript: [{at: 1h, crash: a@s}, {at: 90m, crash: b@s}]\n";
    let mut world = world(text);
    world.controls.detect.report_gap = Span(1);
    let trace = play(&world, 1);
    let at = Time(2 * 3_600_000_000);
    let found = why(&world, &trace, Subject::Service(service(&world, "b")), at).blockers;
    assert!(found.contains(&Blocker::RemoteHands(site(&world, "s"))), "{found:?}");
}
