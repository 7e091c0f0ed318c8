//! What keeps servers that run from taking requests: lines that are cut.

use std::collections::BTreeSet;

use super::Blocker;
use super::ground::Level;
use crate::Time;
use crate::report::view::View;
use crate::trace::NetState;
use crate::world::{Need, PoolId, ServiceId, SiteId};

/// Servers of a service at a site.
type Here = (SiteId, f64);

/// Sites that have to be on the network again for a running pool to take requests: none of them where it only waits for
/// what it leans on to work on its side. Nothing if it takes some, or if it does not run.
pub(super) fn parted(view: View<'_>, p: PoolId, t: Time) -> Option<Vec<Blocker>> {
    let runs = super::ways::running(view, p, t) > 0.0;
    (runs && !serves(view, p, t)).then(|| needed(view, p, t))
}

/// Sites that have to be on the network again for a pool's servers to take requests when they run: its own, and where the
/// only running servers of something that it serves nothing without stand.
pub(super) fn needed(view: View<'_>, p: PoolId, t: Time) -> Vec<Blocker> {
    let (world, here) = (view.world, view.world[p].site);
    let id = world[p].service;
    // What carries the lines is not reached by them; what it hands work over to is.
    let carries = world.network.carries(id);
    let votes = world[id].quorum.is_some();
    if whole(view, t) || (votes && (carries || view.own(id, t) > 0.0)) {
        return Vec::new();
    }
    let mut members: BTreeSet<ServiceId> =
        if carries { handed_over(view, id, t).collect() } else { closure(view, id, t) };
    if !votes {
        members.remove(&id);
    }
    let reached = carries || state(view, here, t) != NetState::Unreachable;
    if reached && members.iter().all(|&m| works_near(view, m, here, t)) {
        return Vec::new();
    }
    let mut sites = BTreeSet::from([here]);
    for &member in members.iter().filter(|&&m| m != id) {
        sites.extend(elsewhere(view, member, t));
    }
    blockers(view, sites, t)
}

/// The same for a service whose servers take requests: for one of them to reach what it serves nothing without, or for all
/// to reach all that it would rather have.
pub(super) fn missed(view: View<'_>, id: ServiceId, level: Level, t: Time) -> Vec<Blocker> {
    if whole(view, t) {
        return Vec::new();
    }
    let world = view.world;
    let mut sites = BTreeSet::new();
    let pools = |s: ServiceId| world[s].pools.iter().copied();
    let least = if level == Level::Any { 1.0 } else { f64::MIN_POSITIVE };
    for on in softly(view, id, least, t) {
        let mut there: Vec<SiteId> =
            pools(on).filter(|&q| serves(view, q, t)).map(|q| world[q].site).collect();
        if there.is_empty() {
            // Wherever it comes up again.
            there.extend(pools(on).map(|q| world[q].site));
        }
        let near = |site: SiteId| there.iter().any(|&s| together(view, s, site, t));
        let here = || pools(id).filter(|&p| serves(view, p, t)).map(|p| world[p].site);
        let mut alone: Vec<SiteId> = here().filter(|&s| !near(s)).collect();
        if level == Level::Any && alone.len() < here().count() {
            continue;
        }
        if level == Level::Any {
            // One is enough, best where the rest of the network is.
            let best = alone.iter().position(|&s| state(view, s, t) == NetState::Whole);
            alone = alone.get(best.unwrap_or(0)).copied().into_iter().collect();
        }
        for site in alone {
            sites.insert(site);
            if !there.iter().any(|&s| state(view, s, t) == NetState::Whole) {
                sites.extend(there.first());
            }
        }
    }
    blockers(view, sites, t)
}

/// What a service would rather have, by at least a weight, and that does not take in work to be done later.
fn softly(view: View<'_>, id: ServiceId, least: f64, t: Time) -> impl Iterator<Item = ServiceId> + '_ {
    let wished = move |n: &&Need| n.soft.is_some_and(|w| w >= least) && !view.takes_in(n.on, t);
    view.world[id].needs.iter().filter(wished).map(|n| n.on)
}

/// What a service hands all of its work over to.
fn handed_over(view: View<'_>, id: ServiceId, t: Time) -> impl Iterator<Item = ServiceId> + '_ {
    softly(view, id, 1.0, t)
}

fn blockers(view: View<'_>, sites: BTreeSet<SiteId>, t: Time) -> Vec<Blocker> {
    sites.into_iter().filter(|&s| state(view, s, t) != NetState::Whole).map(Blocker::Network).collect()
}

/// Servers that a service has to have on one side of a cut to work there.
fn least(view: View<'_>, id: ServiceId, t: Time) -> f64 {
    view.majority(id, t).unwrap_or(f64::MIN_POSITIVE)
}

/// Where more of a service has to be joined to the rest of the network for it to work there; if too little of it runs,
/// where it stands.
fn elsewhere(view: View<'_>, id: ServiceId, t: Time) -> Vec<SiteId> {
    let least = least(view, id, t);
    let mut all: Vec<Here> = running(view, id, t).collect();
    if servers(&all) < least && !view.world.network.carries(id) {
        all = standing(view, id).collect();
    }
    let (on, off): (Vec<Here>, Vec<Here>) =
        all.into_iter().partition(|of| state(view, of.0, t) == NetState::Whole);
    let mut sum = servers(&on);
    let mut sites = Vec::new();
    for (site, more) in off {
        if sum < least {
            sites.push(site);
            sum += more;
        }
    }
    sites
}

/// Whether a service works where a site reaches it, as far as lines matter; if it runs nowhere, whether it stands where it
/// will be reached. What carries lines is no obstacle where it does not stand.
fn works_near(view: View<'_>, id: ServiceId, site: SiteId, t: Time) -> bool {
    let least = least(view, id, t);
    let near = |of: &Here| together(view, of.0, site, t);
    let all: Vec<Here> = running(view, id, t).collect();
    let here: Vec<Here> = all.iter().copied().filter(near).collect();
    if here.is_empty() && view.world.network.carries(id) {
        return true;
    }
    if servers(&all) >= least {
        return servers(&here) >= least;
    }
    let there: Vec<Here> = standing(view, id).filter(near).collect();
    servers(&there) >= least
}

/// Where servers of a service stand, and how many.
fn standing(view: View<'_>, id: ServiceId) -> impl Iterator<Item = Here> + '_ {
    view.world[id].pools.iter().map(move |&p| (view.world[p].site, f64::from(view.world[p].servers)))
}

fn servers(of: &[Here]) -> f64 {
    of.iter().map(|of| of.1).sum()
}

/// Where servers of a service run, and how many.
fn running(view: View<'_>, id: ServiceId, t: Time) -> impl Iterator<Item = Here> + '_ {
    let pools = view.world[id].pools.iter();
    let here = move |&p: &PoolId| (view.world[p].site, super::ways::running(view, p, t));
    pools.map(here).filter(|of| of.1 > 0.0)
}

/// Whether a pool's servers take requests.
fn serves(view: View<'_>, p: PoolId, t: Time) -> bool {
    super::ways::running(view, p, t) > 0.0 && view.trace.reached[p.index()].at(t) > 0.0
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

/// Everything that a service serves nothing without, itself included.
fn closure(view: View<'_>, id: ServiceId, t: Time) -> BTreeSet<ServiceId> {
    let (mut open, mut seen) = (vec![id], BTreeSet::new());
    while let Some(s) = open.pop() {
        if seen.insert(s) {
            open.extend(view.world[s].needs.iter().filter(|n| n.soft.is_none()).map(|n| n.on));
            open.extend(handed_over(view, s, t));
        }
    }
    seen
}
