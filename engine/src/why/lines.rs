//! What keeps servers that run from taking requests: lines that are cut.

use std::collections::BTreeSet;

use super::Blocker;
use crate::Time;
use crate::report::view::View;
use crate::trace::{NetState, PoolState};
use crate::world::{PoolId, ServiceId, SiteId};

/// Sites that have to be on the network again for a running pool to take requests. None if it does, or if it does not run.
pub(super) fn parted(view: View<'_>, p: PoolId, t: Time) -> Vec<Blocker> {
    if runs(view, p, t) && !serves(view, p, t) { needed(view, p, t) } else { Vec::new() }
}

/// Sites that have to be on the network again for a pool's servers to take requests when they run: its own, and where the
/// only running servers of something that it cannot serve without stand.
pub(super) fn needed(view: View<'_>, p: PoolId, t: Time) -> Vec<Blocker> {
    let (world, here) = (view.world, view.world[p].site);
    let id = world[p].service;
    // What carries the lines is not reached by them.
    if whole(view, t) || world.network.carries(id) {
        return Vec::new();
    }
    if world[id].quorum.is_some() {
        // Votes add up on the network alone.
        let apart = view.own(id, t) <= 0.0 && state(view, here, t) != NetState::Whole;
        return apart.then_some(Blocker::Network(here)).into_iter().collect();
    }
    let members = hard_closure(view, id);
    let reaches = |&m: &ServiceId| m == id || world.network.carries(m) || works_near(view, m, here, t);
    if state(view, here, t) != NetState::Unreachable && members.iter().all(reaches) {
        return Vec::new();
    }
    let mut sites = BTreeSet::from([here]);
    for &member in &members {
        sites.extend(elsewhere(view, member, t));
    }
    blockers(view, sites, t)
}

/// The same for a service that serves, to reach all that it would rather have.
pub(super) fn missed(view: View<'_>, id: ServiceId, t: Time) -> Vec<Blocker> {
    if whole(view, t) {
        return Vec::new();
    }
    let world = view.world;
    let mut sites = BTreeSet::new();
    let pools = |s: ServiceId| world[s].pools.iter().copied();
    let wanted = world[id].needs.iter().filter(|n| n.soft.is_some_and(|w| w > 0.0)).map(|n| n.on);
    for on in wanted.filter(|&on| !view.takes_in(on, t)) {
        let mut there: Vec<SiteId> =
            pools(on).filter(|&q| serves(view, q, t)).map(|q| world[q].site).collect();
        if there.is_empty() {
            // Wherever it comes up again.
            there.extend(pools(on).map(|q| world[q].site));
        }
        let near = |site: SiteId| there.iter().any(|&s| together(view, s, site, t));
        let alone = pools(id).filter(|&p| serves(view, p, t)).map(|p| world[p].site).filter(|&s| !near(s));
        for site in alone {
            sites.insert(site);
            if !there.iter().any(|&s| state(view, s, t) == NetState::Whole) {
                sites.extend(there.first());
            }
        }
    }
    blockers(view, sites, t)
}

fn blockers(view: View<'_>, sites: BTreeSet<SiteId>, t: Time) -> Vec<Blocker> {
    sites.into_iter().filter(|&s| state(view, s, t) != NetState::Whole).map(Blocker::Network).collect()
}

/// Where a service runs, if it runs nowhere on the rest of the network.
fn elsewhere(view: View<'_>, id: ServiceId, t: Time) -> Option<SiteId> {
    let on = |s: SiteId| state(view, s, t) == NetState::Whole;
    if running(view, id, t).any(on) { None } else { running(view, id, t).next() }
}

/// Whether a service runs where a site reaches it; if it runs nowhere, whether it stands where it will be reached.
fn works_near(view: View<'_>, id: ServiceId, site: SiteId, t: Time) -> bool {
    let near = |s: SiteId| together(view, s, site, t);
    if running(view, id, t).next().is_some() {
        return running(view, id, t).any(near);
    }
    view.world[id].pools.iter().any(|&p| near(view.world[p].site))
}

fn running(view: View<'_>, id: ServiceId, t: Time) -> impl Iterator<Item = SiteId> + '_ {
    view.world[id].pools.iter().filter(move |&&p| runs(view, p, t)).map(|&p| view.world[p].site)
}

fn runs(view: View<'_>, p: PoolId, t: Time) -> bool {
    let votes = view.world[view.world[p].service].quorum.is_some() && view.pool(p, t) == PoolState::Standby;
    super::ways::running(view, p, t) > 0.0 || (votes && view.servers(p, t) > 0.0)
}

/// Whether a pool's servers take requests.
fn serves(view: View<'_>, p: PoolId, t: Time) -> bool {
    runs(view, p, t) && view.trace.reached[p.index()].at(t) > 0.0
}

/// Whether two sites reach each other, where users reach them.
fn together(view: View<'_>, a: SiteId, b: SiteId, t: Time) -> bool {
    a == b || (state(view, a, t) != NetState::Unreachable && state(view, a, t) == state(view, b, t))
}

pub(super) fn state(view: View<'_>, site: SiteId, t: Time) -> NetState {
    view.trace.networks[site.index()].at(t)
}

fn whole(view: View<'_>, t: Time) -> bool {
    view.trace.networks.iter().all(|n| n.at(t) == NetState::Whole)
}

fn hard_closure(view: View<'_>, id: ServiceId) -> BTreeSet<ServiceId> {
    let (mut open, mut seen) = (vec![id], BTreeSet::new());
    while let Some(s) = open.pop() {
        if seen.insert(s) {
            open.extend(view.world[s].needs.iter().filter(|n| n.soft.is_none()).map(|n| n.on));
        }
    }
    seen
}
