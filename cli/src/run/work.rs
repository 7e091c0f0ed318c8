//! What teams and tools did, for programs.

use std::collections::BTreeMap;

use bridge_engine::report::{self, Report};
use bridge_engine::trace::TaskKind;
use bridge_engine::world::{ElementId, Line, PoolId, SiteId, World};
use serde::Serialize;

use super::json::seconds;

/// One team.
#[derive(Serialize)]
pub struct Team {
    first_s: Option<f64>,
    last_s: Option<f64>,
    peak: f64,
    hand_hours: f64,
    done: usize,
    redone: usize,
    longest_wait_s: f64,
}

/// One job.
#[derive(Serialize)]
pub struct Job<'a> {
    task: &'static str,
    of: String,
    by_hand: bool,
    /// Null for a tool's work and for the electricians'.
    team: Option<&'a str>,
    queued_s: f64,
    started_s: Option<f64>,
    ended_s: Option<f64>,
    done: bool,
    redone: u32,
}

/// By name.
pub fn teams<'a>(world: &'a World, report: &Report) -> BTreeMap<&'a str, Team> {
    let teams = world.people.teams.iter().zip(&report.teams);
    teams
        .map(|(team, of)| {
            let figures = Team {
                first_s: seconds(of.first),
                last_s: seconds(of.last),
                peak: of.peak,
                hand_hours: of.hand_hours,
                done: of.done,
                redone: of.redone,
                longest_wait_s: of.longest_wait.secs(),
            };
            (team.key.as_str(), figures)
        })
        .collect()
}

/// By names.
pub fn job<'a>(world: &'a World, job: &report::Job) -> Job<'a> {
    let (task, of) = name(world, job.task.kind);
    Job {
        task,
        of,
        by_hand: job.task.by_hand,
        team: report::team(job.task, world).map(|t| world.people.teams[t.index()].key.as_str()),
        queued_s: job.queued.secs(),
        started_s: seconds(job.started),
        ended_s: seconds(job.ended),
        done: job.done,
        redone: job.redone,
    }
}

/// A line by its ends, as a script writes it.
fn ends(world: &World, line: Line) -> String {
    let site = |id: SiteId| world[id].key.as_str();
    match line {
        Line::All(a) => site(a).to_owned(),
        Line::Users(a) => format!("{}-users", site(a)),
        Line::Between(a, b) => format!("{}-{}", site(a), site(b)),
    }
}

/// A kind of work, and what it is done to.
fn name(world: &World, kind: TaskKind) -> (&'static str, String) {
    let element = |e: ElementId| format!("{}/{}", world[world[e].site].key, world[e].key);
    let pool = |p: PoolId| {
        let panels: Vec<&str> = world[p].panels.iter().map(|&e| world[e].key.as_str()).collect();
        let (service, site) = (&world[world[p].service].key, &world[world[p].site].key);
        format!("{service}@{site}/{}", panels.join("+"))
    };
    match kind {
        TaskKind::Promote(s) => ("promote", world[s].key.clone()),
        TaskKind::Throttle(s) => ("throttle", world[s].key.clone()),
        TaskKind::Boot(p) => ("boot", pool(p)),
        TaskKind::Provision(p) => ("install", pool(p)),
        TaskKind::Reconcile(s) => ("reconcile", world[s].key.clone()),
        TaskKind::Verify(s) => ("verify", world[s].key.clone()),
        TaskKind::Secure(s) => ("secure", world[s].key.clone()),
        TaskKind::Fetch(p) => ("fetch", pool(p)),
        TaskKind::Bypass { of, on } => ("bypass", format!("{}>{}", world[of].key, world[on].key)),
        TaskKind::Check(p) => ("check", pool(p)),
        TaskKind::Inspect(e) => ("inspect", element(e)),
        TaskKind::Recable(e) => ("recable", element(e)),
        TaskKind::Reclose(e) => ("reclose", element(e)),
        TaskKind::Relink(line) => ("relink", ends(world, line)),
        TaskKind::Chiller { of, .. } => ("chiller", element(of)),
        TaskKind::Notice => ("notice", String::new()),
        TaskKind::Repair { of, .. } => ("repair", pool(of)),
        TaskKind::Clean(e) => ("clean", element(e)),
        TaskKind::Replace(p) => ("replace", pool(p)),
        TaskKind::Redirect(s) => ("redirect", world[s].key.clone()),
        TaskKind::Configure(s) => ("configure", world[s].key.clone()),
        TaskKind::BreakGlass(team) => ("break-glass", world.people.teams[team.index()].key.clone()),
        TaskKind::OpenDoors(site) => ("open-doors", world[site].key.clone()),
    }
}
