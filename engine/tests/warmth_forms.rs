//! Caches that have to be filled before they help, in closed form, reached through scenarios.

mod common;

use bridge_engine::kernel::math;
use bridge_engine::trace::{Change, Subject};
use bridge_engine::why::{Blocker, why};
use bridge_engine::{Time, Trace, World};
use common::{close, first, play, service, world};

const HOUR: u64 = 3600;
const NOBODY: &str = "people: {command: {ack: 366d}}\n";

/// A front with one server, which is killed after an hour and comes up again, before a database of so many servers.
fn run(db: &str, servers: u32, demand: &str, more: &str) -> (World, Trace) {
    let text = format!(
        "schema: bridge/1\nmeta: {{id: case, t0: \"2022-10-15T00:00+00:00\", horizon: 100h, seed: 1}}\n\
         demand: {{users: 1M{demand}}}\nsites: {{s: {{}}, t: {{}}}}\nservices:\n  \
         a: {{users: 1, needs: [db], cache: {{of: db, hit: 90%, warm: 30m}}, retry: {{max: 0}}, load: 0.5, place: [[t, 1]]}}\n  \
         db: {{{db}retry: {{max: 0}}, load: 10, place: [[s, {servers}]]}}\n\
         defaults: {{crash_at: 1000}}\nscript: [{{at: 1h, kill: a@t}}]\n{more}"
    );
    let world = world(&text);
    let trace = play(&world, 1);
    (world, trace)
}

fn share(world: &World, trace: &Trace, key: &str, secs: u64) -> f64 {
    trace.shares[service(world, key).index()].at(Time(secs * 1_000_000))
}

fn when(trace: &Trace, wanted: Change) -> f64 {
    first(trace, |_, c| c == wanted).map_or(f64::NAN, |e| e.at.secs())
}

#[test]
fn a_cold_cache_warms_with_its_time_constant() {
    let (world, trace) = run("", 1000, "", NOBODY);
    let a = service(&world, "a");
    let cold = when(&trace, Change::CacheCold);
    // It serves everything: h' = (hit − h) / warm, and 1 − hit of what is looked up is called for on an ordinary day.
    let steps: Vec<(Time, f64)> = trace.misses[a.index()].points().iter().copied().skip(1).collect();
    assert!(steps.len() > 20, "{steps:?}");
    let (last, rest) = steps.split_last().expect("steps");
    for &(at, misses) in rest {
        close(misses, 1.0 + 9.0 * math::exp(-(at.secs() - cold) / 1800.0), 1e-6);
    }
    close(last.1, 1.0, 1e-12);
    close(when(&trace, Change::CacheWarm), last.0.secs(), 1e-12);
    // As many calls reach the database, and no more than it can answer.
    let db = service(&world, "db");
    close(trace.amplification[db.index()].at(Time((cold * 1e6) as u64 + 1)), 10.0, 1e-9);
    assert!(trace.shares[a.index()].last() >= 1.0);
}

#[test]
fn behind_a_cold_cache_a_database_that_sheds_carries_its_capacity_over_the_misses() {
    let (world, trace) = run("shed: true, ", 15, "", NOBODY);
    let (a, cold) = (service(&world, "a"), when(&trace, Change::CacheCold));
    // C_db / (1 − h), over the demand: 15 of 100.
    close(share(&world, &trace, "a", cold as u64 + 1), 0.15, 1e-9);
    let whole = trace.shares[a.index()].points().iter().rfind(|p| p.1 < 1.0).expect("it was lost").0;
    let back = trace.shares[a.index()].points().iter().find(|p| p.0 > whole).expect("it is whole").0;
    // g' = −g s / τ at s = 1.5 / (1 + 9 g), from 1 to where 1 + 9 g is 1.5.
    let g: f64 = 0.5 / 9.0;
    let expected = 1800.0 / 1.5 * (-math::ln(g) + 9.0 * (1.0 - g));
    let took = back.secs() - cold;
    assert!((expected..1.15 * expected).contains(&took), "{took} s, exactly {expected}");
}

#[test]
fn a_cold_cache_keeps_its_database_down_until_load_is_shed_throttled_or_gone() {
    let whole = |db: &str, servers: u32, demand: &str, more: &str| {
        let (world, trace) = run(db, servers, demand, more);
        assert!(share(&world, &trace, "a", HOUR - 1) >= 1.0, "the same load is carried while it is warm");
        share(&world, &trace, "a", 99 * HOUR) >= 1.0
    };
    assert!(!whole("", 15, "", NOBODY), "it lasts");
    assert!(!whole("", 49, "", NOBODY), "κ m λ = 50: nothing is answered, so nothing is kept");
    assert!(whole("", 60, "", NOBODY), "more than that lets it warm");
    assert!(whole("shed: true, ", 15, "", NOBODY), "shedding");
    assert!(whole("", 15, "", ""), "people turn users away");
    assert!(whole("", 15, ", shape: diurnal, trough: 0.1, peak_hour: 2", NOBODY), "a quiet hour");
}

#[test]
fn a_cold_cache_is_what_has_to_come_first_and_where_it_began() {
    let (world, trace) = run("", 15, "", NOBODY);
    let (a, db) = (service(&world, "a"), service(&world, "db"));
    for subject in [a, db] {
        let found = why(&world, &trace, Subject::Service(subject), Time(50 * HOUR * 1_000_000));
        assert_eq!(found.blockers.last(), Some(&Blocker::Warm(a)), "{subject:?}");
        let changes: Vec<Change> = found.chain.iter().map(|id| trace.events[id.0 as usize].change).collect();
        assert!(
            changes.contains(&Change::CacheCold) && matches!(changes[0], Change::Incident(_)),
            "{changes:?}"
        );
    }
}

#[test]
fn servers_that_never_served_are_cold_and_a_cut_line_leaves_them_warm() {
    let company = |role: &str, script: &str| {
        let world = world(&format!(
            "schema: bridge/1\nmeta: {{id: case, t0: \"2022-10-15T00:00+00:00\", horizon: 100h, seed: 1}}\n\
             demand: {{users: 1M}}\nsites: {{s: {{}}, t: {{}}, w: {{}}}}\nservices:\n  \
             a: {{users: 1, needs: [db], cache: {{of: db}}, load: 10, place: [[s, 10], [t, 10{role}]]}}\n  \
             db: {{load: 10, place: [[w, 1000]]}}\n  eye: {{role: monitor, place: [[w, 1]]}}\n  \
             arm: {{role: controller, place: [[w, 1]]}}\nscript: [{script}]\n"
        ));
        let trace = play(&world, 1);
        (world, trace)
    };
    let (world, trace) = company(", standby", "{at: 1h, crash: a@s}");
    let promoted = when(&trace, Change::Promoted);
    close(when(&trace, Change::CacheCold), promoted, 1e-12);
    close(trace.misses[service(&world, "a").index()].at(Time((promoted * 1e6) as u64)), 10.0, 1e-9);
    let (_, trace) = company("", "{at: 1h, cut: s, lasts: 1m}");
    assert!(first(&trace, |_, c| c == Change::CacheCold).is_none());
}

#[test]
fn lines_that_cold_caches_overrun_do_not_come_and_go_in_one_instant() {
    let world = world(
        "schema: bridge/1\nmeta: {id: case, t0: \"2022-10-15T00:00+00:00\", horizon: 100h, seed: 1}\n\
         demand: {users: 1M}\nsites: {s: {}}\nservices:\n  \
         a: {users: 1, needs: [net], cache: {of: net}, load: 0.5, place: [[s, 1]]}\n  \
         net: {role: network, load: 10, place: [[s, 12]]}\nscript: [{at: 1h, kill: a@s}]\n",
    );
    let trace = play(&world, 1);
    assert_eq!(trace.end, bridge_engine::trace::End::Horizon);
    assert!(trace.events.len() < 1000, "{}", trace.events.len());
}
