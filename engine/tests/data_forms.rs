//! What stands in reserve, and what happens to data: textbook numbers, reached through scenarios.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod common;

use bridge_engine::trace::{Change, PoolState, Subject, TaskKind};
use bridge_engine::why::{Blocker, why};
use bridge_engine::world::{PoolId, PoolRole};
use bridge_engine::{Time, Trace, World};
use common::{close, done, first, hours, play, queued, service, world};

/// Two buildings, the first of which loses its power at one o'clock for good; people who do everything as planned.
fn company(services: &str, more: &str) -> String {
    format!(
        "schema: bridge/1\nmeta: {{id: case, t0: \"2022-10-15T00:00+00:00\", horizon: 400h, seed: 1}}\n\
         demand: {{users: 1M}}\nregions: {{r: {{}}}}\nsites:\n  \
         s: {{region: r, power: {{utility: {{u: {{}}}}, panels: {{p: {{}}}}, restore: {{reclose: 366d}}}}}}\n  \
         t: {{region: r, power: {{utility: {{u: {{}}}}, panels: {{p: {{}}}}}}}}\n\
         people: {{teams: {{ops: {{hands: 50}}}}, sigma: 0, drill: {{slow: 1, error: 0}}}}\n\
         services:\n{services}\nscript: [{{at: 1h, trip: s/p}}]\n{more}"
    )
}

/// The deployment tool, out of harm's way.
const TOOLS: &str = "  deploy: {role: deploy, place: [[t, 1]]}\n";
/// Monitor and controller, out of harm's way.
const GUARDS: &str = "  eye: {role: monitor, place: [[t, 1]]}\n  hand: {role: controller, place: [[t, 1]]}\n";

fn pool(world: &World, role: PoolRole) -> PoolId {
    PoolId::at(world.pools.iter().position(|p| p.role == role).expect("a pool with that role"))
}

/// From the beginning of a kind of work to its end.
fn took(trace: &Trace, wanted: fn(TaskKind) -> bool) -> f64 {
    let started = first(trace, |_, c| matches!(c, Change::Started(t) if wanted(t.kind))).expect("begun").at;
    done(trace, |t| wanted(t.kind)).expect("done").since(started).secs()
}

fn installs(kind: TaskKind) -> bool {
    matches!(kind, TaskKind::Provision(_))
}

fn boots(kind: TaskKind) -> bool {
    matches!(kind, TaskKind::Boot(_))
}

/// When the first service by key first served everything again.
fn whole(trace: &Trace) -> Time {
    let points = trace.shares[0].points();
    points.iter().skip_while(|p| p.1 >= 1.0).find(|p| p.1 >= 1.0).expect("whole again").0
}

#[test]
fn cold_servers_are_installed_started_and_promoted_by_tools_at_their_rate() {
    let line = "  a: {users: 1, place: [[s, 100], [t, 600, cold]]}\n";
    let world = world(&company(&format!("{line}{TOOLS}"), ""));
    let trace = play(&world, 1);
    // 600 servers at 500 in ten minutes, twice: installed, then started.
    close(took(&trace, installs), 720.0, 1e-9);
    close(took(&trace, boots), 720.0, 1e-9);
    let cold = pool(&world, PoolRole::Cold);
    let states: Vec<PoolState> = trace.pools[cold.index()].points().iter().map(|p| p.1).collect();
    use PoolState::{Off, Promoting, Provisioning, Restarting, Standby, Up, WaitHands};
    assert_eq!(states, [Off, WaitHands, Provisioning, WaitHands, Restarting, Standby, Promoting, Up]);
    assert!(trace.shares[0].last() >= 1.0);
    assert!(trace.servers_up[cold.index()].points()[0].1 <= 0.0, "cold servers draw nothing");
}

#[test]
fn by_hand_a_server_takes_its_effort_to_install() {
    let world = world(&company("  a: {users: 1, shed: true, place: [[s, 100], [t, 600, cold]]}\n", ""));
    let trace = play(&world, 1);
    close(took(&trace, installs), 600.0 * 1800.0 / 50.0, 1e-9);
    close(took(&trace, boots), 600.0 * 180.0 / 50.0, 1e-9);
    assert!(trace.shares[0].last() >= 1.0);
}

#[test]
fn nothing_is_installed_before_somebody_says_go_or_the_controller_acts() {
    let line = "  a: {users: 1, place: [[s, 100], [t, 600, cold]]}\n";
    let undecided = world(
        &company(&format!("{line}{TOOLS}"), "controls: {}\n")
            .replace("sigma: 0", "sigma: 0, command: {decide: 366d}"),
    );
    // At seed 1 the decision does not come within the run.
    let trace = play(&undecided, 1);
    assert!(first(&trace, |_, c| matches!(c, Change::Detected { .. })).is_some());
    assert_eq!(queued(&trace, installs), None);
    let (cold, a) = (pool(&undecided, PoolRole::Cold), service(&undecided, "a"));
    let way = [Blocker::Decision, Blocker::Provisioning(cold), Blocker::Servers(cold), Blocker::Promotion(a)];
    assert_eq!(why(&undecided, &trace, Subject::Service(a), Time(3 * 3_600_000_000)).blockers, way);

    let acted = world(
        &company(&format!("{line}{TOOLS}{GUARDS}"), "")
            .replace("sigma: 0", "sigma: 0, command: {decide: 366d}"),
    );
    let trace = play(&acted, 1);
    let seen = first(&trace, |_, c| matches!(c, Change::Detected { .. })).expect("seen").at;
    assert_eq!(queued(&trace, installs), Some(seen), "the controller acts on what its monitor says");
    assert!(trace.shares[0].last() >= 1.0);
}

#[test]
fn what_can_carry_the_peak_leaves_cold_servers_alone() {
    let world = world(&company("  a: {users: 1, place: [[s, 100], [t, 80, standby], [t, 600, cold]]}\n", ""));
    let trace = play(&world, 1);
    assert!(trace.shares[0].last() >= 1.0);
    assert_eq!(queued(&trace, installs), None);
}

#[test]
fn a_pilot_serves_with_what_it_has_and_grows_as_servers_are_installed() {
    let place = "{at: t, servers: 100, running: 10, role: pilot}";
    let line = format!("  a: {{users: 1, place: [[s, 100], {place}]}}\n");
    for (tools, expected) in [(TOOLS, 90.0 * 1.2), ("", 90.0 * 1800.0 / 50.0)] {
        let world = world(&company(&format!("{line}{tools}"), ""));
        let trace = play(&world, 1);
        let promoted = first(&trace, |_, c| c == Change::Promoted).expect("promoted").at;
        close(trace.shares[0].at(promoted), 10.0 / 70.0, 1e-12);
        close(took(&trace, installs), expected, 1e-9);
        assert!(done(&trace, |t| boots(t.kind)).is_none(), "what is installed starts by itself");
        // 60 of the 90 are enough for the peak: the batch reports in steps of five.
        close(whole(&trace).since(promoted).secs(), expected * 60.0 / 90.0 + 300.0, 1e-6);
        let up = &trace.servers_up[pool(&world, PoolRole::Pilot).index()];
        assert_eq!((up.points()[0].1, up.last()), (10.0, 100.0));
    }
}

#[test]
fn one_in_ten_of_a_pilot_runs_when_nobody_says_how_many() {
    let world = world(&company("  a: {users: 1, place: [[s, 100], [t, 95, pilot]]}\n", ""));
    let pilot = &world[pool(&world, PoolRole::Pilot)];
    assert_eq!((pilot.servers, pilot.running), (95, 10));
}

#[test]
fn a_backup_serves_nobody() {
    let world = world(&company("  a: {users: 1, data: {size: 1TB}, place: [[s, 100], [t, backup]]}\n", ""));
    let trace = play(&world, 1);
    let points = trace.pools[pool(&world, PoolRole::Backup).index()].points();
    assert_eq!(points.iter().map(|p| p.1).collect::<Vec<_>>(), [PoolState::Stored]);
    assert!(hours(trace.shares[0].points()[1].0) >= 1.0 && trace.shares[0].last() <= 0.0);
}
