//! Data: copies that stood where the original stood, and that were older than promised.

use super::{Code, Evidence, Finding};
use crate::Time;
use crate::trace::{PoolState, Subject};
use crate::world::{PoolId, PoolRole, ServiceId, SiteId, World};

fn finding(code: Code, id: ServiceId, site: Option<SiteId>, figure: f64) -> Finding {
    Finding { code, subject: Subject::Service(id), with: Vec::new(), hit: vec![id], site, figure }
}

/// Where data of a service are on an ordinary day, each place once: beside servers, and on their own. Nothing is said of a
/// vault, which is somewhere else.
pub(in crate::report) fn places(world: &World, id: ServiceId) -> [Vec<SiteId>; 2] {
    let mut places = [Vec::new(), Vec::new()];
    for &p in &world[id].pools {
        let alone = world[p].role == PoolRole::Backup;
        let there = &mut places[usize::from(alone)];
        if !crate::run::begins_empty(&world[p], world) && !there.contains(&world[p].site) {
            there.push(world[p].site);
        }
    }
    places
}

/// Every copy stood where the original stood, and was lost with it or could not be got at. A backup there is a guard that
/// shares the fate of what it guards; without one there was no copy at all.
pub(super) fn beside(e: &Evidence<'_>, id: ServiceId) -> Option<Finding> {
    let world = e.world();
    let data = world[id].data?;
    let [servers, backups] = places(world, id);
    let &[site] = servers.as_slice() else { return None };
    let vault = data.backup.is_some() && backups.is_empty();
    if vault || backups.iter().any(|&backup| backup != site) {
        return None;
    }
    let lost = e.trace().vanished[id.index()].points().iter().any(|p| p.1 == f64::INFINITY);
    let out = |t: Time| e.trace().own[id.index()].at(t) <= 0.0;
    let waited = |&p: &PoolId| {
        let points = e.trace().pools[p.index()].points();
        world[p].site != site && points.iter().any(|&(t, state, _)| state == PoolState::WaitData && out(t))
    };
    let hurt = lost || world[id].pools.iter().any(waited);
    let code = if backups.is_empty() { Code::NoCopyElsewhere } else { Code::BackupBeside };
    hurt.then(|| finding(code, id, Some(site), e.out_s(id)))
}

/// More was lost than promised, and the copies were never made often enough to promise it.
pub(super) fn too_old(e: &Evidence<'_>, id: ServiceId) -> Option<Finding> {
    let world = e.world();
    let rpo = world[id].objective?.rpo?.secs();
    let copied = |s: ServiceId| places(world, s)[0].len() > 1;
    let weak = |&s: &ServiceId| {
        let age = world[s].data.and_then(|data| data.oldest_copy(copied(s)));
        age.is_some_and(|age| age.secs() > rpo)
    };
    let losses = stores(world, id).into_iter().filter(weak).filter_map(|s| Some((lost_writes(e, s)?, s)));
    let (lost, store) = losses.reduce(|a, b| if b.0 > a.0 { b } else { a })?;
    let with = if store == id { Vec::new() } else { vec![store] };
    (lost > rpo).then(|| Finding { with, ..finding(Code::RpoBelowCopies, id, None, lost) })
}

/// The service, and what it cannot serve without, as far as they store anything.
fn stores(world: &World, id: ServiceId) -> Vec<ServiceId> {
    let mut all = vec![id];
    let mut next = 0;
    while let Some(&at) = all.get(next) {
        next += 1;
        for need in world[at].needs.iter().filter(|n| n.soft.is_none()) {
            if !all.contains(&need.on) {
                all.push(need.on);
            }
        }
    }
    all.retain(|&s| world[s].data.is_some());
    all
}

/// More of what was written was missing than promised.
pub(super) fn promise(e: &Evidence<'_>, id: ServiceId) -> Option<Finding> {
    let over = e.services[id.index()].rpo_over_s?;
    (over > 0.0 && over.is_finite()).then(|| finding(Code::RpoMissed, id, None, over))
}

/// The longest stretch of its own writes that was missing, in seconds; none if it lost everything.
fn lost_writes(e: &Evidence<'_>, id: ServiceId) -> Option<f64> {
    let points = e.trace().vanished[id.index()].points();
    Some(points.iter().map(|p| p.1).fold(0.0, f64::max)).filter(|secs| secs.is_finite())
}
