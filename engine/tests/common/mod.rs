//! What the engine's tests share.
#![allow(
    dead_code,
    clippy::panic,
    clippy::expect_used,
    reason = "each test uses its own part, and fails by panicking"
)]

pub mod broken;
pub mod company;
pub mod rewrite;

use bridge_engine::report::{Report, ServiceReport, report};
use bridge_engine::trace::{Change, Event, Subject, Task, TaskKind};
use bridge_engine::world::{Script, ServiceId, SiteId};
use bridge_engine::{Time, Trace, World, run, scenario};

/// The Kakao scenario as it is shipped.
pub const KAKAO: &str = include_str!("../../../assets/scenarios/kakao-2022.yaml");

/// A world from a document that must be right.
pub fn world(text: &str) -> World {
    match scenario::open(text) {
        Ok(scenario) => scenario.world,
        Err(found) => panic!("{found:#?}"),
    }
}

/// A run of the world's own script.
pub fn play(world: &World, seed: u64) -> Trace {
    run(world, &world.script, seed)
}

/// A run under no incident at all.
pub fn quiet(world: &World, seed: u64) -> Trace {
    run(world, &Script::new(), seed)
}

/// Run and report.
pub fn outcome(world: &World, seed: u64) -> (Trace, Report) {
    let trace = play(world, seed);
    let report = report(world, &trace);
    (trace, report)
}

/// A service by key.
pub fn service(world: &World, key: &str) -> ServiceId {
    ServiceId::at(world.services.iter().position(|s| s.key == key).expect(key))
}

/// A service's figures by key.
pub fn figures(world: &World, report: &Report, key: &str) -> ServiceReport {
    report.services[service(world, key).index()]
}

/// A site by key.
pub fn site(world: &World, key: &str) -> SiteId {
    SiteId::at(world.sites.iter().position(|s| s.key == key).expect(key))
}

/// Hours since the start.
pub fn hours(t: Time) -> f64 {
    t.secs() / 3600.0
}

/// The first event that matches.
pub fn first(trace: &Trace, wanted: impl Fn(Subject, Change) -> bool) -> Option<&Event> {
    trace.events.iter().find(|e| wanted(e.subject, e.change))
}

/// When a kind of task was first done.
pub fn done(trace: &Trace, wanted: impl Fn(Task) -> bool) -> Option<Time> {
    first(trace, |_, change| matches!(change, Change::Done(task) if wanted(task))).map(|e| e.at)
}

/// When a kind of task was first asked for.
pub fn queued(trace: &Trace, wanted: impl Fn(TaskKind) -> bool) -> Option<Time> {
    first(trace, |_, change| matches!(change, Change::Queued(task) if wanted(task.kind))).map(|e| e.at)
}

/// Asserts that two numbers agree to a relative distance.
pub fn close(found: f64, expected: f64, relative: f64) {
    assert!((found - expected).abs() <= relative * expected.abs(), "found {found}, expected {expected}");
}

/// The mean of some numbers, and the standard error of that mean.
pub fn mean(xs: &[f64]) -> (f64, f64) {
    let n = xs.len() as f64;
    let mean = xs.iter().sum::<f64>() / n;
    let variance = xs.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}
