//! Controls and people.

use super::{Names, Spots, find, named};
use crate::Span;
use crate::kernel::order::sorted;
use crate::scenario::diagnostic::{Problem, Thing};
use crate::scenario::document::{Document, GuardKind, PriorityDoc, TeamDoc};
use crate::scenario::quantity::{Ago, Hour};
use crate::scenario::read::{Cx, Entry, Name};
use crate::world::{
    After, Bypass, Channel, Command, Controls, Detect, Dns, Drill, Exercise, Guard, People, Priority, Role,
    Scope, ServiceId, Shift, SiteId, Team, TeamId, Text,
};

/// Hands of the team a document without teams has.
const ONLY_TEAM_HANDS: u32 = 10;

pub fn controls(
    cx: &mut Cx<'_>,
    doc: &Document,
    names: &Names<'_>,
    spots: &mut Spots,
) -> (Controls, Vec<Bypass>) {
    let from = &doc.controls;
    let first = first_team(doc, names);
    let guard = guard(cx, names, doc);
    let mut team = |name: &Option<Name>| team(cx, names, name.as_ref(), first);
    let controls = Controls {
        detect: Detect {
            poll: from.detect.poll.span(),
            fails: from.detect.fails.whole(),
            timeout: from.detect.timeout.span(),
            reports: from.detect.reports.whole(),
            report_gap: from.detect.report_gap.span(),
            observers: from.detect.observers.whole(),
            false_alarms: from.detect.false_alarms.whole(),
            false_lasts: from.detect.false_lasts.span(),
        },
        promote_auto: from.promote.auto.span(),
        hold_down: from.promote.hold_down.span(),
        guard,
        dns: Dns {
            auto: from.dns.every.span().scaled(f64::from(from.dns.polls.whole())) + from.dns.ttl.span(),
            manual: from.dns.manual.span(),
            team: team(&from.dns.team),
        },
        config_manual: from.config.manual.span(),
        config_team: team(&from.config.team),
        break_glass: from.admin.break_glass.span(),
        doors: from.admin.doors.span(),
        promote_manual: from.promote.manual.span(),
        promote_team: team(&from.promote.team),
        throttle_manual: from.throttle.manual.span(),
        throttle_team: team(&from.throttle.team),
        boot_auto: from.boot.auto.0,
        boot_manual: from.boot.manual.span(),
        boot_install: from.boot.install.span(),
        boot_team: team(&from.boot.team),
        boot_time: from.boot.time.span(),
        bypass_default: from.bypass.default.map(|work| work.span()),
        bypass_team: team(&from.bypass.team),
        after: After {
            integrity: from.after.integrity.map(|work| work.span()),
            security: from.after.security.map(|work| work.span()),
            team: team(&from.after.team),
        },
    };
    let mut bypasses = Vec::new();
    for edge in &from.bypass.edges.0 {
        let mut service = |key: &str| {
            let name = Name { spot: edge.spot, text: key.to_owned() };
            find(cx, &name, Thing::Service, &names.services).map(ServiceId::at)
        };
        let (of, on) = (service(&edge.of), service(&edge.on));
        if let (Some(of), Some(on)) = (of, on) {
            bypasses.push((Bypass { of, on, effort: edge.effort.span() }, edge.spot));
        }
    }
    let mut bypasses = sorted(bypasses, &|a, b| (a.0.of, a.0.on).cmp(&(b.0.of, b.0.on)));
    bypasses.dedup_by_key(|(bypass, _)| (bypass.of, bypass.on));
    spots.bypasses = bypasses.iter().map(|(_, spot)| *spot).collect();
    (controls, bypasses.into_iter().map(|(bypass, _)| bypass).collect())
}

fn guard(cx: &mut Cx<'_>, names: &Names<'_>, doc: &Document) -> Guard {
    let from = &doc.controls.promote;
    let witness = from.witness.as_ref().and_then(|name| find(cx, name, Thing::Site, &names.sites));
    match (from.guard, &from.witness) {
        (GuardKind::Witness, None) => {
            let example = names.sites.at(SiteId(0)).last().unwrap_or_default().to_owned();
            cx.add(from.spot, Problem::MissingKey { key: "witness", example });
            Guard::None
        }
        (GuardKind::Witness, Some(_)) => witness.map_or(Guard::None, |site| Guard::Witness(SiteId::at(site))),
        (GuardKind::Fence, _) => Guard::Fence,
        (GuardKind::None, _) => Guard::None,
    }
}

/// Who does what nobody is named for.
pub fn first_team(doc: &Document, names: &Names<'_>) -> TeamId {
    doc.people.teams.0.first().and_then(|entry| names.teams.get(&entry.key)).map_or(TeamId(0), team_id)
}

/// The team of that name, or the first.
pub fn team(cx: &mut Cx<'_>, names: &Names<'_>, name: Option<&Name>, first: TeamId) -> TeamId {
    name.and_then(|name| find(cx, name, Thing::Team, &names.teams)).map_or(first, team_id)
}

/// Services that teams talk on, in their own order.
fn chats(doc: &Document, names: &Names<'_>) -> Vec<ServiceId> {
    let chats = doc.services.0.iter().filter(|entry| entry.value.role == Some(Role::Chat));
    let found = chats.filter_map(|entry| names.services.get(&entry.key)).map(ServiceId::at);
    sorted(found.collect(), &Ord::cmp)
}

pub fn people(cx: &mut Cx<'_>, doc: &Document, names: &Names<'_>) -> People {
    let from = &doc.people;
    let via = match &from.channel.via {
        Some(name) => service(cx, names, name).into_iter().collect(),
        None => chats(doc, names),
    };
    let priority = match &from.command.priority {
        PriorityDoc::Value => Priority::Value,
        PriorityDoc::Declared(prior) if prior.is_empty() => Priority::Tier,
        PriorityDoc::Declared(prior) => {
            Priority::Declared(prior.iter().filter_map(|name| service(cx, names, name)).collect())
        }
    };
    let teams = teams(cx, doc);
    People {
        channel: Channel {
            via,
            switch: from.channel.switch.span(),
            tried: from.channel.tried.map(|tried| tried.span()),
            seats: from.channel.seats.map(|seats| seats.whole()),
            slow: from.channel.slow.0,
        },
        command: Command {
            ack: from.command.ack.span(),
            authority: from.command.authority,
            escalate: from.command.escalate.span(),
            decide: from.command.decide.span(),
            commander_after: from.command.commander_after.map(|after| after.span()),
            priority,
        },
        drill: Drill {
            decay: from.drill.decay.span(),
            slow: from.drill.slow.0,
            error: from.drill.error.0,
            harm: from.drill.harm.0,
        },
        drills: drills(cx, doc, names, teams.len()),
        teams,
        notice: from
            .notice
            .as_ref()
            .map(|notice| super::money::notice(cx, notice, names, first_team(doc, names))),
        unknown_stack: from.unknown_stack.0,
        sigma: from.sigma.0,
    }
}

fn drills(cx: &mut Cx<'_>, doc: &Document, names: &Names<'_>, teams: usize) -> Vec<Exercise> {
    let from = &doc.people.drills;
    let kinds = [(Scope::Instance, &from.monkey), (Scope::Site, &from.gorilla), (Scope::Region, &from.kong)];
    let mut drills = Vec::new();
    for (scope, from) in kinds {
        let Some(from) = from else { continue };
        let part = |name| find(cx, name, Thing::Team, &names.teams).map(team_id);
        let part: Vec<TeamId> = from.teams.iter().filter_map(part).collect();
        let teams = if part.is_empty() { (0..teams).map(team_id).collect() } else { part };
        let last = from.last.map(|last| last.span());
        drills.push(Exercise { scope, every: from.every.span(), last, hours: from.hours.0 / 3600.0, teams });
    }
    drills
}

/// Nothing for never.
fn ago(since: Ago) -> Option<Span> {
    Some(since.span()).filter(|since| *since < Span::MAX)
}

fn teams(cx: &mut Cx<'_>, doc: &Document) -> Vec<Team> {
    let mut teams: Vec<Team> = Vec::new();
    for (order, entry) in doc.people.teams.0.iter().enumerate() {
        let from = &entry.value;
        teams.push(Team {
            key: entry.key.clone(),
            name: named(from.name.as_ref(), &entry.key),
            hands: from.hands.whole(),
            stacks: sorted(from.stacks.iter().map(|stack| stack.text.clone()).collect(), &String::cmp),
            shifts: shifts(cx, entry),
            call_out: from.call_out.map(|after| after.span()),
            drilled: ago(from.drilled.unwrap_or(doc.people.drill.last)),
            order: order as u32,
        });
    }
    let mut teams = sorted(teams, &|a, b| a.key.cmp(&b.key));
    if teams.is_empty() {
        let name = Text { en: "Operations".to_owned(), ko: "운영팀".to_owned() };
        teams.push(Team {
            key: "ops".to_owned(),
            name,
            hands: ONLY_TEAM_HANDS,
            stacks: Vec::new(),
            shifts: Vec::new(),
            call_out: None,
            drilled: ago(doc.people.drill.last),
            order: 0,
        });
    }
    teams
}

fn shifts(cx: &mut Cx<'_>, team: &Entry<TeamDoc>) -> Vec<Shift> {
    let all = team.value.hands.whole();
    let time = |hour: Hour| Span::from_secs_f64(hour.0 * 3600.0);
    let mut shifts = Vec::with_capacity(team.value.shifts.len());
    for from in &team.value.shifts {
        let hands = from.hands.whole();
        if hands > all && !cx.sink.is_tainted(team.spot) {
            cx.add(from.spot, Problem::LargeShift { team: team.key.clone(), hands: all });
        }
        shifts.push(Shift { from: time(from.from), to: time(from.to), days: from.days, hands });
    }
    shifts
}

pub fn team_id(index: usize) -> TeamId {
    TeamId(index as u32)
}

fn service(cx: &mut Cx<'_>, names: &Names<'_>, name: &Name) -> Option<ServiceId> {
    find(cx, name, Thing::Service, &names.services).map(ServiceId::at)
}
