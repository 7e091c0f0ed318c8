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

/// Seconds of writes that the first service by key lacked at worst.
fn missing(world: &World, trace: &Trace) -> f64 {
    bridge_engine::report::report(world, trace).services[0].rpo_s
}

/// A company with cold servers and tools elsewhere; how its data are kept is the case.
fn stored(data: &str, more: &str) -> World {
    world(&company(
        &format!("  a: {{users: 1, data: {data}, place: [[s, 100], [t, 100, cold]]}}\n{TOOLS}{more}"),
        "",
    ))
}

#[test]
fn snapshots_lose_the_delay_and_up_to_an_interval() {
    let world = stored("{size: 1GB, backup: {every: 60m, delay: 10m}}", "");
    let minutes: Vec<f64> = (0..400).map(|seed| missing(&world, &play(&world, seed)) / 60.0).collect();
    assert!(minutes.iter().all(|m| (10.0..=70.0).contains(m)), "{minutes:?}");
    let (average, error) = common::mean(&minutes);
    assert!((average - 40.0).abs() < 4.0 * error, "{average} ± {error}");
    // Uniform: σ of a quantile is √(p q / n) over the density.
    let mut sorted = minutes;
    sorted.sort_by(f64::total_cmp);
    let sigma = (0.95 * 0.05 / 400.0_f64).sqrt() * 60.0;
    assert!((sorted[380] - 67.0).abs() < 4.0 * sigma, "{}", sorted[380]);
    assert!(sorted[399] > 69.0, "at most {}", sorted[399]);
}

/// From the first moment in a state to the first in another after it.
fn between(trace: &Trace, pool: PoolId, from: PoolState, to: PoolState) -> f64 {
    let mut points = trace.pools[pool.index()].points().iter().skip_while(|p| p.1 != from);
    let start = points.next().expect("it begins").0;
    points.find(|p| p.1 == to).expect("it ends").0.since(start).hours()
}

#[test]
fn a_restore_takes_its_fetch_its_bytes_and_its_verification() {
    let hours = |more: &str| {
        let world = stored(&format!("{{size: 858 TB, backup: {{every: 1h{more}}}}}"), "");
        let trace = play(&world, 1);
        assert!(trace.shares[0].last() >= 1.0, "it serves in the end");
        let from = if more.is_empty() { PoolState::Restoring } else { PoolState::WaitData };
        between(&trace, pool(&world, PoolRole::Cold), from, PoolState::WaitHands)
    };
    // 858 TB by ten streams of 400 MB/s; from a vault four hours away, verified at 2 GB/s.
    close(hours(""), 59.583, 1e-5);
    close(hours(", fetch: 4h, verify: 2GB/s"), 182.75, 1e-9);
}

#[test]
fn while_data_are_restored_it_is_the_restore_that_is_waited_for() {
    let world = stored("{size: 858 TB, backup: {every: 1h}}", "");
    let trace = play(&world, 1);
    let (cold, a) = (pool(&world, PoolRole::Cold), service(&world, "a"));
    let since = trace.pools[cold.index()].points().iter().find(|p| p.1 == PoolState::Restoring);
    let blockers = why(&world, &trace, Subject::Service(a), since.expect("restored").0).blockers;
    let first = [Blocker::Restore(cold), Blocker::Servers(cold), Blocker::Promotion(a)];
    assert!(blockers.starts_with(&first), "{blockers:?}");
}

#[test]
fn an_asynchronous_copy_lacks_its_lag_and_a_synchronous_one_nothing() {
    for (replication, expected) in [("{async: 5s}", 5.0), ("sync", 0.0)] {
        let line = format!(
            "  a: {{users: 1, data: {{replication: {replication}, size: 1TB}}, place: [[s, 100], [t, 100, standby]]}}\n"
        );
        let world = world(&company(&line, ""));
        let trace = play(&world, 1);
        assert!(trace.shares[0].last() >= 1.0);
        close(missing(&world, &trace), expected, 1e-9);
    }
}

#[test]
fn lag_grows_while_the_copy_is_cut_off_and_shrinks_at_the_rate_of_catching_up() {
    // Cut off for two hours from the first; back at three, it takes in three seconds of writes in a second.
    let line = "  a: {users: 1, data: {replication: {async: 5s}, size: 1TB, catch_up: 3}, place: [[s, 100], [t, 100, standby]]}\n";
    for (lost_at, expected) in [(2.0, 3600.0 + 5.0), (3.5, 7200.0 + 5.0 - 3600.0), (4.5, 5.0)] {
        let script = format!("script: [{{at: 1h, cut: [s, t], lasts: 2h}}, {{at: {lost_at}h, trip: s/p}}]");
        let text = company(line, "").replace("script: [{at: 1h, trip: s/p}]", &script);
        let world = world(&text);
        let trace = play(&world, 1);
        close(missing(&world, &trace), expected, 1e-6);
    }
}

/// A service in two buildings that are parted for two hours from the first, beside another whose servers crash then.
fn parted(crashes: &[&str]) -> World {
    let crashes: String = crashes.iter().map(|at| format!(", {{at: {at}, crash: b@t}}")).collect();
    let lines = "  a: {users: 1, shed: true, data: {replication: {async: 5s}, size: 1TB, catch_up: 3}, place: [[s, 100], [t, 50]]}\n  \
                 b: {users: 1, shed: true, place: [[t, 10], [s, 1]]}\n";
    let script = format!(
        "script: [{{at: 1h, cut: [s, t], lasts: 2h}}, {{at: 1h, cut: [t, users], lasts: 4h}}{crashes}]"
    );
    world(&company(lines, "").replace("script: [{at: 1h, trip: s/p}]", &script))
}

/// What became of pools of the first service, and when.
fn course(world: &World, trace: &Trace) -> Vec<(Time, PoolId, Change)> {
    let own = |pool: PoolId| world[pool].service.index() == 0;
    let of = |e: &bridge_engine::trace::Event| match e.subject {
        Subject::Pool(pool) if own(pool) => Some((e.at, pool, e.change)),
        _ => None,
    };
    trace.events.iter().filter_map(of).collect()
}

#[test]
fn what_is_cut_off_from_those_who_write_is_too_old_at_once_and_catches_up_when_it_is_back() {
    let world = parted(&[]);
    let course = course(&world, &play(&world, 1));
    let far = PoolId::at(1);
    let at =
        |state| course.iter().find(|c| c.1 == far && c.2 == Change::Pool(state)).expect("reached").0.secs();
    // It took writes itself: it lacks what is written from then on, but for the tenth of a millisecond that counts as nothing.
    close(at(PoolState::WaitData), 3600.0001, 1e-9);
    // Two hours of writes less the lag that it may have, at three seconds in a second while one is written.
    close(at(PoolState::Checking), 10_800.0, 1e-8);
    close(at(PoolState::Up), 10_800.0 + (7_200.0 - 5.0) / 2.0, 1e-7);
}

#[test]
fn how_old_a_copy_is_has_nothing_to_do_with_what_happens_elsewhere() {
    let quiet = parted(&[]);
    let alone = course(&quiet, &play(&quiet, 1));
    for crashes in [&["3602s"][..], &["100m"], &["3h"], &["3h", "200m", "220m"]] {
        let busy = parted(crashes);
        let trace = play(&busy, 1);
        assert!(trace.events.len() > play(&quiet, 1).events.len());
        assert_eq!(course(&busy, &trace), alone, "{crashes:?}");
    }
}

#[test]
fn nothing_written_grows_no_older() {
    // The service writes nothing from one o'clock on; its only copy is restored a day later from a snapshot.
    let world = stored("{size: 1GB, backup: {every: 60m}}", "");
    let trace = play(&world, 3);
    let late = company(
        &format!("  a: {{users: 1, data: {{size: 1GB, backup: {{every: 60m}}}}, place: [[s, 100], [t, 100, cold]]}}\n{TOOLS}"),
        "",
    )
    .replace("sigma: 0", "sigma: 0, command: {decide: 100h}");
    let late = common::world(&late);
    let later = play(&late, 3);
    assert!(whole(&later) > whole(&trace));
    close(missing(&late, &later), missing(&world, &trace), 1e-9);
}

#[test]
fn data_kept_only_where_they_were_written_come_back_with_their_servers_and_not_elsewhere() {
    let line = "  a: {users: 1, data: {size: 1TB}, place: [[s, 100], [t, 100, standby]]}\n";
    let text = company(line, "");
    let world = world(&text);
    let trace = play(&world, 1);
    let standby = pool(&world, PoolRole::Standby);
    assert!(trace.shares[0].last() <= 0.0 && trace.pools[standby.index()].last().1 == PoolState::WaitData);
    let a = service(&world, "a");
    let wanted = why(&world, &trace, Subject::Service(a), trace.horizon).blockers;
    assert!(wanted.contains(&Blocker::NoCopy(a)) || wanted.iter().any(|b| matches!(b, Blocker::Power(_))));
    assert!(wrong(line).contains(&"empty-standby services.a.data".to_owned()));

    let back = common::world(&text.replace("reclose: 366d", "reclose: 2h"));
    let trace = play(&back, 1);
    assert!(trace.shares[0].last() >= 1.0 && missing(&back, &trace) <= 0.0);
}

/// The hall of the first building burns out.
fn burnt(services: &str) -> String {
    company(services, "")
        .replace("power: {utility: {u: {}}, panels: {p: {}}, restore", "rooms: {h: {kind: hall}}, fire: {gas: {works: 0}, burn: 1h, water: {decide: 20h}}, power: {utility: {u: {}}, panels: {p: {room: h}}, restore")
        .replace("trip: s/p", "ignite: s/h")
}

#[test]
fn the_only_copy_burnt_is_lost_for_good_and_people_may_start_without() {
    let line = |more: &str| {
        format!("  a: {{users: 1, data: {{size: 1TB{more}}}, place: [[s, 100], [t, 100, cold]]}}\n{TOOLS}")
    };
    let kept = |text: &str| {
        let world = world(&burnt(text));
        let trace = play(&world, 1);
        let report = bridge_engine::report::report(&world, &trace);
        let lost = first(&trace, |_, c| c == Change::DataLost).is_some();
        assert_eq!(lost, report.services[0].data_lost);
        (lost, trace.shares[0].last() >= 1.0, report.services[0].rpo_s, trace.services[0].last().1)
    };
    use bridge_engine::trace::ServiceState::{Lost, Up};
    assert_eq!(kept(&line("")), (true, false, f64::INFINITY, Lost));
    assert_eq!(kept(&line(", start_empty: 1h")), (true, true, f64::INFINITY, Up));
    let (lost, serves, missing, _) = kept(&line(", backup: {every: 1h}"));
    assert!(!lost && serves && missing <= 3600.0, "a vault keeps it");
    // Beside its original it burns with it.
    let beside = line(", backup: {at: s}");
    assert!(kept(&beside).0);
    assert!(wrong(&beside).contains(&"backup-beside services.a.data".to_owned()));
    assert!(!kept(&line(", backup: {at: t}")).0);
}

#[test]
fn what_was_stopped_while_others_wrote_catches_up_before_it_serves() {
    // Both serve; s is away from one to seven, then takes in four seconds of writes while one is written.
    let line = "  a: {users: 1, load: 90, data: {replication: sync, size: 1TB, catch_up: 4}, place: [[s, 100], [t, 100]]}\n";
    let text = company(line, "controls: {boot: {manual: 1s/server, time: 0s}}\n")
        .replace("reclose: 366d", "reclose: 6h");
    let world = world(&text);
    let trace = play(&world, 1);
    let there = PoolId::at(world.pools.iter().position(|p| world[p.site].key == "s").expect("a pool"));
    let away =
        trace.pools[there.index()].points().iter().find(|p| p.1 == PoolState::NoPower).expect("lost").0;
    // The first servers that run take it in.
    let up = trace.servers_up[there.index()].points().iter().find(|p| p.0 > away && p.1 > 0.0).expect("up").0;
    let serves = trace.pools[there.index()]
        .points()
        .iter()
        .find(|p| p.0 > up && p.1 == PoolState::Up)
        .expect("serves")
        .0;
    close(serves.since(up).secs(), up.since(away).secs() / 3.0, 1e-6);
    assert!(missing(&world, &trace) <= 0.0);
}

/// What a line of services is said to be wrong with, and where.
fn wrong(line: &str) -> Vec<String> {
    match bridge_engine::scenario::open(&company(line, "")) {
        Ok(scenario) => scenario.warnings,
        Err(errors) => errors,
    }
    .iter()
    .map(|found| format!("{} {}", found.code, found.path))
    .collect()
}

#[test]
fn what_keeps_no_data_and_what_keeps_them_too_slowly_is_told() {
    assert_eq!(wrong("  a: {place: [[s, 3], [t, backup]]}\n"), ["no-data services.a.place[1]"]);
    let promised = |rpo: &str| {
        format!(
            "  a: {{objective: {{rto: 9h, rpo: {rpo}}}, data: {{replication: {{async: 5s}}}}, place: [[s, 3], [t, 3, standby]]}}\n"
        )
    };
    assert!(wrong(&promised("4s")).contains(&"slow-copies services.a".to_owned()));
    assert!(!wrong(&promised("5s")).contains(&"slow-copies services.a".to_owned()));
    let line = |more: &str| {
        format!(
            "  a: {{objective: {{rto: 1h}}, data: {{size: 858 TB, backup: {{every: 1h{more}}}}}, place: [[s, 3], [t, 3, cold]]}}\n"
        )
    };
    assert!(wrong(&line("")).contains(&"slow-restore services.a".to_owned()));
    assert!(!wrong(&line(", size: 1 TB")).contains(&"slow-restore services.a".to_owned()));
}
