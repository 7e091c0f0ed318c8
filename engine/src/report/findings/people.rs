//! People: who could say go, who said what comes first, whether there were enough of them, and what they talked on.

use std::collections::{BTreeMap, BTreeSet};

use super::place::seconds;
use super::{Code, Evidence, Finding};
use crate::mechanisms::for_service;
use crate::report::{Job, Lost};
use crate::trace::{CrewId, Subject, Task};
use crate::world::{Priority, ServiceId, TeamId, World};
use crate::{Span, Time};

/// A decision that takes less is no broken bridge.
const SLOW: Span = Span::from_mins(10);
/// Nor is losing no more than this share of the hands' time for want of practice.
const PRACTISED: f64 = 0.2;
/// Waiting for a free hand for less is none either.
pub(in crate::report) const SHORT: Span = Span::from_hours(1);

fn finding(code: Code, subject: Subject, hit: Vec<ServiceId>, figure: f64) -> Finding {
    Finding { code, subject, with: Vec::new(), hit, site: None, figure }
}

/// Switches waited for somebody to say go.
pub(super) fn decision(e: &Evidence<'_>) -> Option<Finding> {
    let waited = |s: ServiceId| seconds(e, s, Lost::Deciding);
    let all = (0..e.services.len()).map(ServiceId::at);
    let hit = e.plain(all.filter(|&s| waited(s) > SLOW.secs()));
    let longest = hit.iter().map(|&s| waited(s)).reduce(f64::max)?;
    Some(finding(Code::SlowDecision, Subject::Org, hit, longest))
}

/// Before anybody commanded, work that mattered more waited for hands that were on work that mattered less.
pub(super) fn command(e: &Evidence<'_>) -> Option<Finding> {
    let worth = worth(e.world());
    let commanded = e.view.index.commander.first().copied().unwrap_or(Time::NEVER);
    let mut longest: BTreeMap<ServiceId, f64> = BTreeMap::new();
    for team in 0..e.world().people.teams.len() {
        for (s, waited) in overtaken(e, TeamId(team as u32), &worth, commanded) {
            let of = longest.entry(s).or_default();
            *of = of.max(waited.secs());
        }
    }
    longest.retain(|_, waited| *waited > SHORT.secs());
    let figure = longest.values().copied().reduce(f64::max)?;
    Some(finding(Code::NobodyInCommand, Subject::Org, longest.into_keys().collect(), figure))
}

/// What happens to a team's hands and queue: work begins, ends, is asked for, is begun.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Waits,
    Begun,
    On,
    Off,
}

/// Jobs of a team that waited while its hands were on something worth less: whose, and for how long.
fn overtaken(e: &Evidence<'_>, team: TeamId, worth: &[u64], until: Time) -> Vec<(ServiceId, Span)> {
    let world = e.world();
    let value = |task: Task| for_service(task, world).map_or(u64::MAX, |s| worth[s.index()]);
    let mut steps: Vec<(Time, Step, u64, usize)> = Vec::new();
    let jobs: Vec<&Job> = e.view.index.jobs.iter().collect();
    for (i, job) in jobs.iter().enumerate() {
        let end = job.started.or(job.ended).unwrap_or(e.trace().horizon).min(until);
        if crate::mechanisms::team(job.task, world) == Some(team) && end > job.queued {
            steps.push((job.queued, Step::Waits, value(job.task), i));
            steps.push((end, Step::Begun, value(job.task), i));
        }
    }
    for (i, stint) in e.trace().work.iter().enumerate() {
        if stint.crew == CrewId::Team(team) {
            steps.push((stint.from, Step::On, value(stint.task), i));
            steps.push((stint.to, Step::Off, value(stint.task), i));
        }
    }
    let (mut busy, mut waiting) = (BTreeSet::new(), BTreeSet::new());
    let mut found = Vec::new();
    for (_, step, value, i) in crate::kernel::order::sorted(steps, &Ord::cmp) {
        match step {
            Step::Waits => waiting.insert((value, i)),
            Step::Begun => waiting.remove(&(value, i)),
            Step::On => busy.insert((value, i)),
            Step::Off => busy.remove(&(value, i)),
        };
        // The most valuable that waits against the least valuable that is worked on.
        while let (Some(&(least, _)), Some(&(most, job))) = (busy.first(), waiting.last()) {
            if most <= least {
                break;
            }
            waiting.remove(&(most, job));
            let job = jobs[job];
            let end = job.started.or(job.ended).unwrap_or(e.trace().horizon).min(until);
            found.extend(for_service(job.task, world).map(|s| (s, end.since(job.queued))));
        }
    }
    found
}

/// How much each service matters: by the declared priority, else by the people who use it, or what leans on it.
fn worth(world: &World) -> Vec<u64> {
    let declared = match &world.people.command.priority {
        Priority::Declared(services) => services.as_slice(),
        Priority::Tier | Priority::Value => &[],
    };
    let by_users = |s: &crate::world::Service| if declared.is_empty() { (s.users * 1e6) as u64 } else { 0 };
    let mut worth: Vec<u64> = world.services.iter().map(by_users).collect();
    for (place, s) in (0..).zip(declared) {
        worth[s.index()] = u64::MAX - 1 - place;
    }
    let mut open: Vec<usize> = (0..worth.len()).filter(|&i| worth[i] > 0).collect();
    while let Some(i) = open.pop() {
        let s = &world.services[i];
        let on = s.needs.iter().filter(|n| n.soft.is_none()).map(|n| n.on).chain(s.boots.iter().copied());
        for d in on {
            if worth[d.index()] < worth[i] {
                worth[d.index()] = worth[i];
                open.push(d.index());
            }
        }
    }
    worth
}

/// A service lost time to waiting for hands, and a team, or the landlord's people, kept work waiting for as long.
pub(super) fn hands(e: &Evidence<'_>) -> Vec<Finding> {
    let mut hit: BTreeMap<Subject, (BTreeSet<ServiceId>, f64)> = BTreeMap::new();
    for job in &e.view.index.jobs {
        let waited = crate::report::hands::waited(job, e.trace().horizon);
        let whose = match crate::mechanisms::crew(job.task, e.world()) {
            CrewId::Team(team) => Subject::Team(team),
            CrewId::Landlord(site) => Subject::Site(site),
            CrewId::Electricians(_) | CrewId::Deploy => continue,
        };
        let Some(s) = for_service(job.task, e.world()) else { continue };
        if waited > SHORT && seconds(e, s, Lost::Hands) > SHORT.secs() {
            let of = hit.entry(whose).or_default();
            of.0.insert(s);
            of.1 = of.1.max(waited.secs());
        }
    }
    hit.into_iter()
        .map(|(whose, (hit, longest))| finding(Code::HandsShort, whose, hit.into_iter().collect(), longest))
        .collect()
}

/// What the teams talk on was lost while they worked.
pub(super) fn channel(e: &Evidence<'_>) -> Option<Finding> {
    let (&via, others) = e.world().people.channel.via.split_first()?;
    let horizon = e.trace().horizon;
    let stretches = e.view.index.channel_lost.iter().map(|&(from, to)| (from, to.unwrap_or(horizon)));
    let by_teams = |from: Time, to: Time| {
        let stints = e.trace().work.iter().filter(|s| matches!(s.crew, CrewId::Team(_)));
        stints.clone().any(|s| s.from < to && s.to > from)
    };
    let lost: f64 = stretches.filter(|&(a, b)| by_teams(a, b)).map(|(a, b)| b.since(a).secs()).sum();
    let site = e.only_site(via);
    (lost > 0.0).then(|| {
        let with = others.to_vec();
        Finding { site, with, ..finding(Code::ChannelLost, Subject::Service(via), Vec::new(), lost) }
    })
}

/// Hands took longer than those of people who had practised a loss of this size just before would have.
pub(super) fn practice(e: &Evidence<'_>) -> Option<Finding> {
    let world = e.world();
    let (mut spent, mut saved) = (0.0, 0.0);
    let mut hit = BTreeSet::new();
    for (stint, skill) in e.trace().work.iter().zip(crate::mechanisms::skills(world, e.trace())) {
        let CrewId::Team(_) = stint.crew else { continue };
        let hours = stint.hands * stint.to.since(stint.from).hours();
        let slower = 1.0 + (world.people.drill.slow - 1.0) * (1.0 - skill);
        spent += hours;
        saved += hours * (1.0 - 1.0 / slower);
        hit.extend(for_service(stint.task, world));
    }
    let hit = e.plain(hit.into_iter());
    (saved > PRACTISED * spent).then(|| finding(Code::NotPractised, Subject::Org, hit, saved / spent))
}
