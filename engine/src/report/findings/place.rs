//! Where servers stood: too few elsewhere, none elsewhere, all in one region, on one panel, in one site's vote.

use super::{Code, Evidence, Finding};
use crate::Time;
use crate::report::{Lost, lost_to};
use crate::trace::{PoolState, SiteState, Subject, WHOLE};
use crate::world::{PoolId, PoolRole, ServiceId, SiteId};

fn finding(code: Code, id: ServiceId, site: Option<SiteId>, figure: f64) -> Finding {
    Finding { code, subject: Subject::Service(id), with: Vec::new(), hit: vec![id], site, figure }
}

/// Standbys were promoted and are fewer than the daily peak needs, and the service was not whole with them.
pub(super) fn too_small(e: &Evidence<'_>, id: ServiceId) -> Option<Finding> {
    let (world, trace) = (e.world(), e.trace());
    let served = |p: PoolId| trace.pools[p.index()].points().iter().any(|p| p.1 == PoolState::Up);
    let standbys = || world[id].pools.iter().copied().filter(|&p| world[p].role.stands_in() && served(p));
    let servers: f64 = standbys().map(|p| f64::from(world[p].servers)).sum();
    let carries = servers / world[id].load.max(1e-9);
    let since = e.view.index.promoted[id.index()].first().copied()?;
    let short = |p: &&(Time, f64)| p.0 >= since && p.1 > 0.0 && p.1 < WHOLE;
    let bit = trace.own[id.index()].points().iter().any(|p| short(&p));
    let site = standbys().next().map(|p| world[p].site);
    (servers > 0.0 && carries < WHOLE && bit).then(|| finding(Code::StandbyTooSmall, id, site, carries))
}

/// Some of its active servers were lost, all others served, and they were too few.
pub(super) fn elsewhere(e: &Evidence<'_>, id: ServiceId) -> Option<Finding> {
    let (world, trace) = (e.world(), e.trace());
    let pools = &world[id].pools;
    if world[id].quorum.is_some() || pools.iter().any(|&p| world[p].role.stands_in()) {
        return None;
    }
    let whole_sites = |t: Time| {
        let left = |&&p: &&PoolId| e.view.pool(p, t) == PoolState::Up;
        let left: f64 = pools.iter().filter(left).map(|&p| f64::from(world[p].servers)).sum();
        let gone =
            pools.iter().any(|&p| matches!(e.view.pool(p, t), PoolState::NoPower | PoolState::Destroyed));
        (gone && left > 0.0).then_some(left)
    };
    let short = trace.own[id.index()].points().iter().filter(|p| p.1 < WHOLE);
    let left = short.filter_map(|p| whole_sites(p.0)).reduce(f64::min)?;
    let carries = left / world[id].load.max(1e-9);
    (carries < WHOLE).then(|| finding(Code::CapacityElsewhere, id, None, carries))
}

/// It stood in one site, its servers were lost there, and people or other services waited for it.
pub(super) fn no_standby(e: &Evidence<'_>, id: ServiceId, waiting: &[ServiceId]) -> Option<Finding> {
    let world = e.world();
    let site = e.only_site(id)?;
    let out = e.out(id)?;
    let another = e.sites.iter().any(|s| !s.hit);
    let gone = |&p: &PoolId| matches!(e.view.pool(p, out), PoolState::NoPower | PoolState::Destroyed);
    if world[id].role.is_some() || !another || !world[id].pools.iter().any(gone) {
        return None;
    }
    let mut hit = waiting.to_vec();
    hit.dedup();
    if world[id].users <= 0.0 && hit.is_empty() {
        return None;
    }
    hit.insert(0, id);
    Some(Finding { hit, ..finding(Code::NoStandby, id, Some(site), e.out_s(id)) })
}

/// It stood at several sites, all in one region of several, and at one moment none of them served it.
pub(super) fn one_region(e: &Evidence<'_>, id: ServiceId) -> Option<Finding> {
    let world = e.world();
    let pools = &world[id].pools;
    let region = world[world[*pools.first()?].site].region;
    let together = pools.iter().all(|&p| world[world[p].site].region == region);
    let out = e.out(id)?;
    let gone = |&p: &PoolId| matches!(e.view.pool(p, out), PoolState::NoPower | PoolState::Destroyed);
    let all_gone = e.only_site(id).is_none() && together && pools.iter().all(gone);
    all_gone.then(|| finding(Code::OneRegion, id, None, e.out_s(id)))
}

/// All its active servers hung on one panel of a site with others, and went with it while the building was well.
pub(super) fn single_panel(e: &Evidence<'_>, id: ServiceId) -> Option<Finding> {
    let world = e.world();
    let mut active = world[id].pools.iter().filter(|&&p| world[p].role == PoolRole::Active);
    let &[panel] = world[*active.next()?].panels.as_slice() else { return None };
    if !active.all(|&p| world[p].panels == [panel]) {
        return None;
    }
    let out = e.out(id)?;
    let site = world[panel].site;
    let live = |t: Time, i: usize| e.trace().elements[i].at(t).gives();
    let well = e.trace().sites[site.index()].at(out) == SiteState::Ok;
    let others = || super::panels_of(world, site).any(|p| p != panel && live(out, p.index()));
    let hit = well && !live(out, panel.index()) && others();
    hit.then(|| Finding {
        subject: Subject::Service(id),
        ..finding(Code::SinglePanel, id, Some(site), e.out_s(id))
    })
}

/// A quorum was lost while voters outside the site that held the most were up, and without that site no majority is left.
pub(super) fn quorum(e: &Evidence<'_>, id: ServiceId) -> Option<Finding> {
    let world = e.world();
    let voters = world[id].quorum?;
    let out = e.out(id)?;
    let (site, most) = super::largest_share(world, id)?;
    let up = |inside: bool| -> f64 {
        let there = world[id].pools.iter().filter(|&&p| (world[p].site == site) == inside);
        there.map(|&p| e.up(p, out)).sum()
    };
    let bit = most >= voters.div_ceil(2) && up(true) < f64::from(most) && up(false) > 0.0;
    let share = f64::from(most) / f64::from(voters);
    bit.then(|| finding(Code::QuorumInOneSite, id, Some(site), share))
}

/// Time lost to one thing, in seconds.
pub(super) fn seconds(e: &Evidence<'_>, id: ServiceId, what: Lost) -> f64 {
    lost_to(&e.waterfalls[id.index()], what).secs()
}
