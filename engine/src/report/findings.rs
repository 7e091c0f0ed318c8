//! Broken bridges: redundancy that was there and did not reach across, found in the run.

use super::ServiceReport;
use crate::kernel::order::sorted_by_key;
use crate::trace::{Change, PoolState, ServiceState, TaskKind, Trace, WHOLE};
use crate::world::{PoolId, PoolRole, Role, ServiceId, SiteId, World};

/// Kinds of broken bridge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A service with a job for the others was lost together with what it was there to help.
    GuardSharesFate,
    /// A promoted standby could not carry the load.
    StandbyTooSmall,
    /// Services waited for each other to start.
    BootCycle,
    /// A quorum lost its majority with one site.
    QuorumInOneSite,
    /// Nothing outside the lost site could serve it.
    NoStandby,
    /// The channel the teams talk on was lost.
    ChannelLost,
    /// The objective was missed.
    ObjectiveMissed,
}

impl Code {
    /// The code as it is written in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::GuardSharesFate => "guard-shares-fate",
            Self::StandbyTooSmall => "standby-too-small",
            Self::BootCycle => "boot-cycle",
            Self::QuorumInOneSite => "quorum-in-one-site",
            Self::NoStandby => "no-standby",
            Self::ChannelLost => "channel-lost",
            Self::ObjectiveMissed => "objective-missed",
        }
    }
}

/// One broken bridge.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What kind.
    pub code: Code,
    /// Whose.
    pub service: ServiceId,
    /// Other services in it: what was guarded, who waited in the circle.
    pub with: Vec<ServiceId>,
    /// Where it stood, if it stood in one place.
    pub site: Option<SiteId>,
    /// How bad, between 0 and 1 where it is a share; seconds over the objective for a missed one.
    pub figure: Option<f64>,
}

pub(super) fn find(world: &World, trace: &Trace, services: &[ServiceReport]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (i, report) in services.iter().enumerate() {
        let id = ServiceId::at(i);
        if report.first_loss.is_some() {
            found.extend(guard(world, trace, id));
            found.extend(quorum(world, trace, id));
            found.extend(no_standby(world, trace, id));
            found.extend(channel(world, id));
            found.extend(objective(report, id));
        }
        found.extend(too_small(world, trace, id));
    }
    found.extend(boot_cycles(world, trace));
    sorted_by_key(found, |f| (f.code, f.service))
}

/// Site of all of a service's pools, if it is one.
fn only_site(world: &World, id: ServiceId) -> Option<SiteId> {
    let mut sites = world[id].pools.iter().map(|&p| world[p].site);
    let first = sites.next()?;
    sites.all(|s| s == first).then_some(first)
}

/// A guard that was down while others were down with it.
fn guard(world: &World, trace: &Trace, id: ServiceId) -> Option<Finding> {
    let guards = matches!(
        world[id].role,
        Some(Role::Monitor | Role::Controller | Role::Deploy | Role::Registry | Role::Admin)
    );
    let site = only_site(world, id)?;
    let lost_at = first_out(trace, id)?;
    let with: Vec<ServiceId> = (0..world.services.len())
        .map(ServiceId::at)
        .filter(|&s| s != id && world[s].role.is_none() && first_out(trace, s).is_some())
        .collect();
    let figure = Some(trace.shares[id.index()].at(lost_at));
    (guards && !with.is_empty()).then_some(Finding {
        code: Code::GuardSharesFate,
        service: id,
        with,
        site: Some(site),
        figure,
    })
}

/// When the service first served nothing.
fn first_out(trace: &Trace, id: ServiceId) -> Option<crate::Time> {
    trace.shares[id.index()].points().iter().find(|p| p.1 <= 0.0).map(|p| p.0)
}

fn quorum(world: &World, trace: &Trace, id: ServiceId) -> Option<Finding> {
    let voters = world[id].quorum?;
    trace.own[id.index()].points().iter().find(|p| p.1 <= 0.0)?;
    let mut by_site = vec![0; world.sites.len()];
    for &pool in &world[id].pools {
        by_site[world[pool].site.index()] += world[pool].servers;
    }
    let (site, most) = by_site.iter().enumerate().max_by_key(|&(i, n)| (*n, usize::MAX - i))?;
    // Without that site no majority is left.
    (*most >= voters.div_ceil(2)).then(|| Finding {
        code: Code::QuorumInOneSite,
        service: id,
        with: Vec::new(),
        site: Some(SiteId::at(site)),
        figure: Some(f64::from(*most) / f64::from(voters)),
    })
}

fn no_standby(world: &World, trace: &Trace, id: ServiceId) -> Option<Finding> {
    let site = only_site(world, id)?;
    first_out(trace, id)?;
    let two_sites = world.sites.len() > 1;
    let lost = trace.own[id.index()].points().iter().any(|p| p.1 <= 0.0);
    (two_sites && lost && world[id].users > 0.0).then_some(Finding {
        code: Code::NoStandby,
        service: id,
        with: Vec::new(),
        site: Some(site),
        figure: None,
    })
}

fn channel(world: &World, id: ServiceId) -> Option<Finding> {
    (world.people.channel.via == Some(id)).then(|| Finding {
        code: Code::ChannelLost,
        service: id,
        with: Vec::new(),
        site: only_site(world, id),
        figure: None,
    })
}

fn objective(report: &ServiceReport, id: ServiceId) -> Option<Finding> {
    let over = report.rto_over_s?;
    (over > 0.0).then(|| Finding {
        code: Code::ObjectiveMissed,
        service: id,
        with: Vec::new(),
        site: None,
        figure: Some(over),
    })
}

/// The least share served while the promoted standby stood alone.
fn too_small(world: &World, trace: &Trace, id: ServiceId) -> Option<Finding> {
    let standby: f64 = world[id]
        .pools
        .iter()
        .filter(|&&p| world[p].role == PoolRole::Standby && served(trace, p))
        .map(|&p| f64::from(world[p].servers))
        .sum();
    let carries = standby / world[id].load.max(1e-9);
    (standby > 0.0 && carries < WHOLE).then(|| Finding {
        code: Code::StandbyTooSmall,
        service: id,
        with: Vec::new(),
        site: None,
        figure: Some(carries),
    })
}

fn served(trace: &Trace, pool: PoolId) -> bool {
    trace.pools[pool.index()].points().iter().any(|p| p.1 == PoolState::Up)
}

/// Circles that had to be opened by hand, or never were: services that wait for a boot dependency which waits for them.
fn boot_cycles(world: &World, trace: &Trace) -> Vec<Finding> {
    let edges: Vec<Vec<usize>> =
        world.services.iter().map(|s| s.boots.iter().map(|d| d.index()).collect()).collect();
    let component = crate::kernel::graph::components(&edges);
    let mut found: Vec<Finding> = Vec::new();
    for event in &trace.events {
        let Change::Queued(task) = event.change else { continue };
        let TaskKind::Bypass { of, on } = task.kind else { continue };
        let circle = component[of.index()];
        let seen = found.iter().any(|f| component[f.service.index()] == circle);
        if circle == component[on.index()] && !seen {
            let with = (0..world.services.len())
                .map(ServiceId::at)
                .filter(|s| component[s.index()] == circle)
                .collect();
            found.push(Finding { code: Code::BootCycle, service: of, with, site: None, figure: None });
        }
    }
    let waits = |s: ServiceId| trace.services[s.index()].at(trace.horizon) == ServiceState::Waiting;
    for (i, &circle) in component.iter().enumerate() {
        let with: Vec<ServiceId> =
            (0..component.len()).filter(|&j| component[j] == circle).map(ServiceId::at).collect();
        let new = !found.iter().any(|f| component[f.service.index()] == circle);
        if with.len() > 1 && new && with.iter().all(|&s| waits(s)) {
            found.push(Finding {
                code: Code::BootCycle,
                service: ServiceId::at(i),
                with,
                site: None,
                figure: None,
            });
        }
    }
    found
}
