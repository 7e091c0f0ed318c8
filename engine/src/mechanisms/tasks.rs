//! Tasks: what each kind of work is, in one table. Who does it, whose priority it has, how long it takes and how it can
//! go wrong follow from here alone; a new kind of work is an arm of [`spec`] and of [`name`].

use crate::Span;
use crate::run::Cx;
pub(super) use crate::trace::CrewId;
use crate::trace::{Subject, Task, TaskKind};
use crate::world::{ElementId, ElementKind, Operator, PoolId, Restart, ServiceId, TeamId, World};

/// What makes work longer than planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Habit {
    /// One job under pressure: practice and a way to talk tell, and a mistake shows only when the result is tried.
    Expert,
    /// The same small job many times over: practice and a way to talk tell; mistakes are put right as they are made.
    Routine,
    /// Follows a plan of many small steps: half the spread, no practice needed, no talk.
    Planned,
    /// To find out what broke and replace it: exponential, since nothing but the mean is known. An everyday job, with no
    /// practice and no talk.
    Fault,
    /// A machine's: exactly as long as it takes.
    Machine,
}

/// A task's properties.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spec {
    /// What it is done to.
    pub subject: Subject,
    /// Who does it.
    pub crew: CrewId,
    /// Whose place in the declared priority it has; none comes before everything.
    pub service: Option<ServiceId>,
    /// Hand-seconds, for each server of a batch; for the deployment tool, servers.
    pub effort: f64,
    /// Servers, or keys, in a batch; none: one job that one hand does.
    pub servers: Option<u32>,
    /// What makes it longer.
    pub habit: Habit,
}

/// What a task is.
pub(super) fn spec(task: Task, world: &World) -> Spec {
    match task.kind {
        TaskKind::Promote(s) => {
            let controls = &world.controls;
            of_service(s, controls.promote_team, controls.promote_manual, world)
        }
        TaskKind::Throttle(s) => {
            let controls = &world.controls;
            of_service(s, controls.throttle_team, controls.throttle_manual, world)
        }
        TaskKind::Bypass { of, on } => {
            let effort = super::bypass::effort(world, (of, on)).unwrap_or(Span::ZERO);
            of_service(of, world.controls.bypass_team, effort, world)
        }
        TaskKind::Boot(p) | TaskKind::Check(p) => {
            batch(p, task.by_hand, world, world[p].startable(), world.controls.boot_manual)
        }
        TaskKind::Provision(p) => {
            batch(p, task.by_hand, world, world[p].to_install(), world.controls.boot_install)
        }
        TaskKind::Fetch(p) => {
            let service = world[p].service;
            let fetch = world[service].data.and_then(|data| data.backup).map_or(Span::ZERO, |b| b.fetch);
            Spec {
                habit: Habit::Planned,
                ..expert(Subject::Pool(p), Some(service), world.boot_team(service), fetch)
            }
        }
        TaskKind::Inspect(e) => of_building(e, world, |r| r.inspect),
        TaskKind::Recable(e) => of_building(e, world, |r| r.recable),
        TaskKind::Reclose(e) => of_building(e, world, |r| r.reclose),
        TaskKind::Clean(e) => of_building(e, world, |r| r.clean),
        TaskKind::Replace(p) => batch(p, true, world, world[p].servers, world[world[p].site].hardware.effort),
        TaskKind::Redirect(s) => of_service(s, world.controls.dns.team, world.controls.dns.manual, world),
        TaskKind::Configure(s) => {
            of_service(s, world.controls.config_team, world.controls.config_manual, world)
        }
        TaskKind::BreakGlass(team) => {
            planned(Subject::Team(team), CrewId::Team(team), world.controls.break_glass)
        }
        TaskKind::OpenDoors(site) => {
            let team = CrewId::Team(world.controls.boot_team);
            planned(Subject::Site(site), team, world.controls.doors)
        }
        TaskKind::Relink(line) => {
            expert(Subject::Site(line.site()), None, world.network.team, world.network.repair)
        }
        TaskKind::Chiller { of, .. } => of_plant(of, world),
        TaskKind::Notice => notice(world),
        TaskKind::Reconcile(s) => {
            let effort = world[s].data.and_then(|d| d.conflicts).map_or(Span::ZERO, |c| c.effort);
            let after = &world.controls.after;
            Spec { habit: Habit::Routine, ..of_service(s, after.team, effort, world) }
        }
        TaskKind::Verify(s) => afterwards(s, world.controls.after.integrity, world),
        TaskKind::Secure(s) => afterwards(s, world.controls.after.security, world),
        TaskKind::Repair { of, .. } => of_server(of, world),
    }
}

/// The same, for as many servers, or keys, as there are to be put in now.
pub(super) fn spec_now(task: Task, cx: &Cx) -> Spec {
    let spec = spec(task, cx.world);
    match task.kind {
        TaskKind::Replace(p) => Spec { servers: Some(cx.board.parts[p.index()]), ..spec },
        TaskKind::Reconcile(s) => Spec { servers: Some(cx.board.conflicts[s.index()]), ..spec },
        _ => spec,
    }
}

/// The team whose hands do a task; none for a tool's work and the electricians'.
#[must_use]
pub fn team(task: Task, world: &World) -> Option<TeamId> {
    match spec(task, world).crew {
        CrewId::Team(team) => Some(team),
        CrewId::Electricians(_) | CrewId::Landlord(_) | CrewId::Deploy => None,
    }
}

/// Who does a task.
pub(crate) fn crew(task: Task, world: &World) -> CrewId {
    spec(task, world).crew
}

/// The service whose work it is; none for the building's.
pub(crate) fn for_service(task: Task, world: &World) -> Option<ServiceId> {
    spec(task, world).service
}

/// Names a task's luck, whatever the positions of what it is about.
pub(super) fn name(kind: TaskKind, world: &World) -> String {
    let element = |e: ElementId| format!("{}/{}", world[world[e].site].key, world[e].key);
    match kind {
        TaskKind::Promote(s) => format!("promote {}", world[s].key),
        TaskKind::Throttle(s) => format!("throttle {}", world[s].key),
        TaskKind::Bypass { of, on } => format!("bypass {}>{}", world[of].key, world[on].key),
        TaskKind::Boot(p) | TaskKind::Check(p) => format!("boot {}", pool_name(p, world)),
        TaskKind::Provision(p) => format!("install {}", pool_name(p, world)),
        TaskKind::Fetch(p) => format!("fetch {}", pool_name(p, world)),
        TaskKind::Inspect(e) => format!("inspect {}", element(e)),
        TaskKind::Recable(e) => format!("recable {}", element(e)),
        TaskKind::Reclose(e) => format!("reclose {}", element(e)),
        TaskKind::Clean(e) => format!("clean {}", element(e)),
        TaskKind::Replace(p) => format!("replace {}", pool_name(p, world)),
        TaskKind::Relink(line) => super::network::name(line, world),
        TaskKind::Chiller { of, unit } => format!("chiller {} {unit}", element(of)),
        TaskKind::Notice => "notice".to_owned(),
        TaskKind::Reconcile(s) => format!("reconcile {}", world[s].key),
        TaskKind::Verify(s) => format!("verify {}", world[s].key),
        TaskKind::Secure(s) => format!("secure {}", world[s].key),
        TaskKind::Repair { of, unit } => format!("repair {} {unit}", pool_name(of, world)),
        TaskKind::Redirect(s) => format!("redirect {}", world[s].key),
        TaskKind::Configure(s) => format!("configure {}", world[s].key),
        TaskKind::BreakGlass(team) => format!("glass {}", world.people.teams[team.index()].key),
        TaskKind::OpenDoors(site) => format!("doors {}", world[site].key),
    }
}

/// Names a pool by its service and all its panels. Several on the same panels are told apart by what they are, and those
/// that are alike in everything by a number: they are interchangeable.
pub(super) fn pool_name(id: PoolId, world: &World) -> String {
    let pool = &world[id];
    let panels = pool.panels.iter().map(|&e| world[e].key.as_str()).collect();
    let panels = crate::kernel::order::sorted(panels, &Ord::cmp);
    let mut name = format!("{}@{}/{}", world[pool.service].key, world[pool.site].key, panels.join("+"));
    let others = || world[pool.service].pools.iter().filter(|&&p| p != id && world[p].panels == pool.panels);
    if others().next().is_some() {
        let alike = others().filter(|&&p| p < id && world[p] == *pool).count();
        name.push_str(&format!(" {:?} {} {alike}", pool.role, pool.servers));
    }
    name
}

/// A service's own team does its work, if it has one; otherwise those whom the controls name.
fn of_service(service: ServiceId, team: TeamId, effort: Span, world: &World) -> Spec {
    expert(Subject::Service(service), Some(service), world[service].team.unwrap_or(team), effort)
}

/// Looked through once everything serves again.
fn afterwards(service: ServiceId, effort: Option<Span>, world: &World) -> Spec {
    of_service(service, world.controls.after.team, effort.unwrap_or(Span::ZERO), world)
}

fn expert(subject: Subject, service: Option<ServiceId>, team: TeamId, effort: Span) -> Spec {
    Spec {
        subject,
        crew: CrewId::Team(team),
        service,
        effort: effort.secs(),
        servers: None,
        habit: Habit::Expert,
    }
}

/// So many servers of a pool, each an effort by hand.
fn batch(pool: PoolId, by_hand: bool, world: &World, servers: u32, each: Span) -> Spec {
    let service = world[pool].service;
    let (crew, effort, habit) = if by_hand {
        let crew = at_servers(pool, world);
        // Whoever works by a written order follows a plan.
        let ours = matches!(crew, CrewId::Team(_));
        (crew, each.secs(), if ours { Habit::Routine } else { Habit::Planned })
    } else {
        (CrewId::Deploy, 1.0, Habit::Machine)
    };
    Spec { subject: Subject::Pool(pool), crew, service: Some(service), effort, servers: Some(servers), habit }
}

/// Who puts hands to a pool's servers: the landlord's people where we pay for them, else ours.
fn at_servers(pool: PoolId, world: &World) -> CrewId {
    let site = world[pool].site;
    if world[site].landlord.hands > 0 {
        CrewId::Landlord(site)
    } else {
        CrewId::Team(world.boot_team(world[pool].service))
    }
}

/// Whoever starts a service's servers repairs them too.
fn of_server(pool: PoolId, world: &World) -> Spec {
    let service = world[pool].service;
    let effort = world[service].wear.map_or(Span::ZERO, |wear| wear.repair);
    Spec {
        crew: at_servers(pool, world),
        habit: Habit::Fault,
        ..expert(Subject::Pool(pool), Some(service), world.boot_team(service), effort)
    }
}

fn of_plant(plant: ElementId, world: &World) -> Spec {
    let site = world[plant].site;
    let starters = (world[site].operator == Operator::Own).then_some(world.controls.boot_team);
    let (effort, team) = match world[plant].kind {
        ElementKind::Chillers { restart: Restart::ByHand(effort, team), .. } => (effort, team.or(starters)),
        _ => (Span::ZERO, None),
    };
    let subject = Subject::Element(plant);
    match team {
        Some(team) => Spec { habit: Habit::Routine, ..expert(subject, None, team, effort) },
        None => planned(subject, CrewId::Electricians(site), effort),
    }
}

/// Writing to users is nobody's service in particular.
fn notice(world: &World) -> Spec {
    let (team, write) = match &world.people.notice {
        Some(notice) => (notice.team, notice.write),
        None => (world.controls.boot_team, Span::ZERO),
    };
    expert(Subject::Org, None, team, write)
}

fn of_building(element: ElementId, world: &World, effort: fn(&crate::world::Restore) -> Span) -> Spec {
    let site = world[element].site;
    planned(Subject::Element(element), CrewId::Electricians(site), effort(&world[site].restore))
}

fn planned(subject: Subject, crew: CrewId, effort: Span) -> Spec {
    Spec { subject, crew, service: None, effort: effort.secs(), servers: None, habit: Habit::Planned }
}
