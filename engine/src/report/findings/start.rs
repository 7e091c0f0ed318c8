//! Starting: circles, and what takes longer than was promised.

use std::collections::BTreeMap;

use super::place::seconds;
use super::{Code, Evidence, Finding};
use crate::kernel::graph;
use crate::report::Lost;
use crate::trace::{PoolState, Subject, TaskKind};
use crate::world::ServiceId;

/// Circles that had to be opened by hand, or never were: services that wait for a boot dependency which waits for them.
pub(super) fn circles(e: &Evidence<'_>) -> Vec<Finding> {
    let world = e.world();
    let edges: Vec<Vec<usize>> =
        world.services.iter().map(|s| s.boots.iter().map(|d| d.index()).collect()).collect();
    let component = graph::components(&edges);
    let mut members: BTreeMap<usize, Vec<ServiceId>> = BTreeMap::new();
    for (i, &circle) in component.iter().enumerate() {
        members.entry(circle).or_default().push(ServiceId::at(i));
    }
    members.retain(|_, services| services.len() > 1);
    let mut opened: BTreeMap<usize, ServiceId> = BTreeMap::new();
    for job in &e.view.index.jobs {
        if let TaskKind::Bypass { of, on } = job.task.kind
            && component[of.index()] == component[on.index()]
        {
            opened.entry(component[of.index()]).or_insert(of);
        }
    }
    let waits = |s: &ServiceId| {
        let state = |p: &crate::world::PoolId| e.view.pool(*p, e.trace().horizon);
        world[*s].pools.iter().any(|p| state(p) == PoolState::WaitBoot)
    };
    let circle = |(circle, services): (usize, Vec<ServiceId>)| {
        let stuck = services.iter().all(waits);
        let subject = opened.remove(&circle).or(services.first().copied().filter(|_| stuck))?;
        let waited = services.iter().map(|&s| seconds(e, s, Lost::Dependency)).fold(0.0, f64::max);
        Some(Finding {
            code: Code::BootCycle,
            subject: Subject::Service(subject),
            with: services.iter().copied().filter(|&s| s != subject).collect(),
            hit: e.plain(services.into_iter()),
            site: None,
            figure: waited,
        })
    };
    members.into_iter().filter_map(circle).collect()
}

/// What it took to install and start servers, and to restore and read data, and nothing else, was longer than the loss promised.
pub(super) fn slower_than_promised(e: &Evidence<'_>, id: ServiceId) -> Option<Finding> {
    let rto = e.world()[id].objective?.rto.secs();
    let starting = [Lost::Installing, Lost::Restarting, Lost::Restoring, Lost::Checking];
    let starting: f64 = starting.into_iter().map(|lost| seconds(e, id, lost)).sum();
    (starting > rto).then(|| Finding {
        code: Code::RtoBelowRestore,
        subject: Subject::Service(id),
        with: Vec::new(),
        hit: vec![id],
        site: e.only_site(id),
        figure: starting,
    })
}

/// The longest loss was longer than promised.
pub(super) fn promise(e: &Evidence<'_>, id: ServiceId) -> Option<Finding> {
    let over = e.services[id.index()].rto_over_s?;
    (over > 0.0).then(|| Finding {
        code: Code::ObjectiveMissed,
        subject: Subject::Service(id),
        with: Vec::new(),
        hit: vec![id],
        site: None,
        figure: over,
    })
}
