//! Work that waits for a service, in closed form, reached through scenarios.

mod common;

use bridge_engine::report::{report, traffic};
use bridge_engine::trace::{BacklogState, Change, Subject};
use bridge_engine::{Time, Trace, World};
use common::{close, play, service, world};

/// A company whose demand stands still; servers at `t` are cut off for 26 minutes after an hour.
fn company(services: &str, script: &str) -> String {
    format!(
        "schema: bridge/1\nmeta: {{id: case, t0: \"2022-10-15T00:00+00:00\", horizon: 10h, seed: 1}}\n\
         demand: {{users: 1M}}\nsites: {{s: {{}}, t: {{}}}}\nservices:\n{services}\nscript: [{script}]\n"
    )
}

const OFF: &str = "{at: 1h, cut: t, lasts: 26m}";
const HOUR: f64 = 3600.0;
const OUT: f64 = 26.0 * 60.0;

fn run(services: &str) -> (World, Trace) {
    let world = world(&company(services, OFF));
    let trace = play(&world, 1);
    (world, trace)
}

fn at(seconds: f64) -> Time {
    Time((seconds * 1e6) as u64)
}

/// When a backlog came into a state, in seconds.
fn when(world: &World, trace: &Trace, key: &str, state: BacklogState) -> Option<f64> {
    let subject = Subject::Service(service(world, key));
    let found = trace.events.iter().find(|e| e.subject == subject && e.change == Change::Backlog(state));
    found.map(|e| e.at.secs())
}

#[test]
fn twenty_six_minutes_at_three_quarters_are_drained_seventy_eight_minutes_after_the_return() {
    let (world, trace) = run("  a: {users: 1, backlog: {}, load: 75, place: [[t, 100]]}");
    let a = service(&world, "a");
    close(when(&world, &trace, "a", BacklogState::Empty).expect("drained"), HOUR + OUT + 78.0 * 60.0, 1e-9);
    let found = report(&world, &trace).services[a.index()].backlog.expect("a backlog");
    close(found.most_s, OUT, 1e-9);
    close(found.late_s, 78.0 * 60.0, 1e-9);
    close(found.drained.expect("drained").secs(), HOUR + OUT + 78.0 * 60.0, 1e-9);
    // Half of the way: 75 servers' work for half of the time, and a quarter of a hundred for half of the way back.
    close(trace.backlogs[a.index()].work(at(HOUR + OUT / 2.0)), 75.0 * OUT / 2.0, 1e-9);
    close(trace.backlogs[a.index()].work(at(HOUR + OUT + 39.0 * 60.0)), 75.0 * OUT / 2.0, 1e-9);
    // Nothing failed that would have been tried again.
    assert!(trace.failing[a.index()].points().iter().all(|p| p.1 <= 0.0));
    let during = traffic(&world, &trace, a, at(HOUR + OUT / 2.0));
    assert!(during.served <= 0.0 && during.queued >= 75.0, "{during:?}");
    let after = traffic(&world, &trace, a, at(HOUR + OUT + 60.0));
    close(after.served + after.caught_up, 100.0, 1e-12);
}

#[test]
fn too_few_servers_let_a_backlog_grow_and_a_full_one_turns_the_rest_away() {
    // Room for ten minutes of the peak: after that 75 servers' work is lost each second.
    let (world, trace) = run("  a: {users: 1, backlog: {limit: 10m}, load: 75, place: [[t, 100]]}");
    let a = service(&world, "a");
    close(when(&world, &trace, "a", BacklogState::Full).expect("full"), HOUR + 600.0, 1e-9);
    let found = report(&world, &trace).services[a.index()].backlog.expect("a backlog");
    close(found.most_s, 600.0, 1e-9);
    // The last retries come when there is room again.
    close(found.late_s, 600.0 * 3.0, 0.01);
    // Callers try again for what is turned away: four attempts of each request in the end, no fewer than one.
    assert!((OUT - 600.0..4.01 * (OUT - 600.0)).contains(&found.refused_s), "{found:?}");
    // Nobody tries again for ever: once it has room, nothing fails any more.
    assert!(trace.failing[a.index()].points().iter().any(|p| p.1 > 0.9));
    assert!(trace.failing[a.index()].last() <= 0.0);
    // Without retries what is lost is what arrived.
    let (world, trace) =
        run("  a: {users: 1, retry: {max: 0}, backlog: {limit: 10m}, load: 75, place: [[t, 100]]}");
    let found = report(&world, &trace).services[service(&world, "a").index()].backlog.expect("a backlog");
    close(found.refused_s, OUT - 600.0, 1e-9);
}

#[test]
fn whoever_hands_work_over_goes_on_as_long_as_there_is_room() {
    for (backlog, lost_from) in
        [("backlog: {}, ", None), ("backlog: {limit: 10m}, ", Some(600.0)), ("", Some(0.0))]
    {
        let services = format!(
            "  shop: {{users: 1, needs: [mail], place: [[s, 10]]}}\n  mail: {{{backlog}shed: true, load: 75, place: [[t, 100]]}}\n"
        );
        let (world, trace) = run(&services);
        let (shop, mail) = (service(&world, "shop"), service(&world, "mail"));
        let lost = trace.shares[shop.index()].points().iter().find(|p| p.1 < 1.0).map(|p| p.0.secs() - HOUR);
        match (lost, lost_from) {
            (Some(found), Some(expected)) => assert!((found - expected).abs() < 1e-6, "{found}"),
            (found, expected) => assert_eq!(found, expected),
        }
        assert!(trace.shares[shop.index()].last() >= 1.0, "it is whole again");
        assert!(trace.shares[mail.index()].at(at(HOUR + 60.0)) <= 0.0, "mail itself is down");
    }
}

#[test]
fn a_backlog_is_no_faster_than_what_it_leans_on() {
    // Workers for twice the demand write to a database that rejects what is more than 120 % of its own.
    let services = "  a: {users: 1, backlog: {}, needs: [db], retry: {max: 0}, load: 50, place: [[t, 100]]}\n  \
                    db: {shed: true, retry: {max: 0}, load: 100, place: [[s, 120]]}\n";
    let (world, trace) = run(services);
    let (a, db) = (service(&world, "a"), service(&world, "db"));
    close(trace.amplification[db.index()].at(at(HOUR + OUT + 600.0)), 2.0, 1e-12);
    let after = traffic(&world, &trace, a, at(HOUR + OUT + 600.0));
    close(after.served + after.caught_up, 60.0, 1e-6);
    let drained = when(&world, &trace, "a", BacklogState::Empty).expect("drained");
    // A fifth of 50 is to spare, not all of it: 5 times as long as the outage, but for the minute in which callers notice.
    assert!((drained - HOUR - OUT - 5.0 * OUT).abs() < 60.0, "{drained}");
}

#[test]
fn what_waits_is_what_arrived_less_what_was_done() {
    let (world, trace) = run("  a: {users: 1, backlog: {limit: 20m}, load: 75, place: [[s, 60], [t, 60]]}");
    let a = service(&world, "a");
    let backlog = &trace.backlogs[a.index()];
    let mut sum = 0.0;
    let mut t = Time::ZERO;
    for level in backlog.levels() {
        // Between levels nothing changes.
        let of = traffic(&world, &trace, a, t);
        sum += (of.queued - of.caught_up) * level.at.since(t).secs();
        assert!((sum - level.work).abs() <= 1e-6 * (1.0 + sum), "{sum} at {level:?}");
        t = level.at;
    }
    close(
        report(&world, &trace).services[a.index()].backlog.expect("a backlog").most_s,
        OUT * 15.0 / 75.0,
        1e-9,
    );
}
