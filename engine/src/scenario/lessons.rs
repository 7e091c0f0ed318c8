//! Warnings: designs that can be run and are worth a second look. Each is a broken bridge the run may show.

use std::collections::{BTreeMap, BTreeSet};

use super::diagnostic::Problem;
use super::graph;
use super::read::Cx;
use super::resolve::Spots;
use super::tree::At;
use crate::world::{ElementKind, PoolRole, Role, Service, ServiceId, SiteId, World};

/// Looks at a world that has no errors.
pub fn lessons(cx: &mut Cx<'_>, world: &World, spots: &Spots) {
    boot_cycles(cx, world, spots);
    unused_bypasses(cx, world, spots);
    for (index, service) in world.services.iter().enumerate() {
        let Some(&spot) = spots.services.get(index) else { continue };
        quorum(cx, world, service, spot);
        standby(cx, world, service, spot);
        objective(cx, world, service, spot);
        guard(cx, world, ServiceId::at(index), spot);
    }
    regions(cx, world, spots);
    thin_panels(cx, world, spots);
}

fn boot_cycles(cx: &mut Cx<'_>, world: &World, spots: &Spots) {
    let edges: Vec<Vec<usize>> =
        world.services.iter().map(|service| service.boots.iter().map(|on| on.index()).collect()).collect();
    let known: BTreeSet<(usize, usize)> =
        world.bypasses.iter().map(|bypass| (bypass.of.index(), bypass.on.index())).collect();
    for knot in graph::knots(&edges) {
        let round = graph::round(&edges, &knot);
        let key = |index: usize| world.services[index].key.as_str();
        let path = round.iter().map(|&index| key(index)).collect::<Vec<_>>().join(" → ");
        let has_way = world.controls.bypass_default.is_some()
            || round.windows(2).any(|edge| known.contains(&(edge[0], edge[1])));
        let open = match round.get(..2) {
            Some(edge) if !has_way => vec![format!("{}>{}: 4h", key(edge[0]), key(edge[1]))],
            _ => Vec::new(),
        };
        if let Some(&spot) = knot.first().and_then(|&first| spots.services.get(first)) {
            let at = cx.tree.get(spot, "boots").unwrap_or(spot);
            cx.add(at, Problem::BootCycle { path, open });
        }
    }
}

fn unused_bypasses(cx: &mut Cx<'_>, world: &World, spots: &Spots) {
    for (bypass, &spot) in world.bypasses.iter().zip(&spots.bypasses) {
        if !world[bypass.of].boots.contains(&bypass.on) {
            let (of, on) = (world[bypass.of].key.clone(), world[bypass.on].key.clone());
            cx.add(spot, Problem::UnusedBypass { of, on });
        }
    }
}

/// Servers of a service by site.
fn by_site(world: &World, service: &Service) -> BTreeMap<SiteId, u64> {
    let mut sites = BTreeMap::new();
    for &pool in &service.pools {
        *sites.entry(world[pool].site).or_default() += u64::from(world[pool].servers);
    }
    sites
}

fn quorum(cx: &mut Cx<'_>, world: &World, service: &Service, spot: At) {
    let Some(voters) = service.quorum else { return };
    let at = cx.tree.get(spot, "quorum").unwrap_or(spot);
    if voters % 2 == 0 {
        cx.add(at, Problem::EvenQuorum { voters });
    }
    // Without this many, the rest is no majority.
    let too_many = u64::from(voters - voters / 2);
    for (site, here) in by_site(world, service) {
        if here >= too_many {
            cx.add(at, Problem::QuorumInOneSite { site: world[site].key.clone(), voters: here, of: voters });
        }
    }
}

fn standby(cx: &mut Cx<'_>, world: &World, service: &Service, spot: At) {
    let standby =
        service.pools.iter().map(|&pool| &world[pool]).filter(|pool| pool.role == PoolRole::Standby);
    let servers: u64 = standby.map(|pool| u64::from(pool.servers)).sum();
    if servers > 0 && (servers as f64) < service.load {
        let at = cx.tree.get(spot, "place").unwrap_or(spot);
        cx.add(at, Problem::SmallStandby { service: service.key.clone(), servers, load: service.load });
    }
}

/// Promises that the design cannot keep, whatever happens.
fn objective(cx: &mut Cx<'_>, world: &World, service: &Service, spot: At) {
    let Some(promised) = service.objective else { return };
    let sites = by_site(world, service);
    if let (Some((&site, _)), 1) = (sites.first_key_value(), sites.len()) {
        let (service, site) = (service.key.clone(), world[site].key.clone());
        cx.add(spot, Problem::NoStandby { service, site });
        return;
    }
    let active = |site: SiteId| {
        let here = service.pools.iter().map(|&pool| &world[pool]);
        here.filter(|pool| pool.site == site).any(|pool| pool.role == PoolRole::Active)
    };
    // Two sites that serve at once need no switch.
    if sites.keys().filter(|&&site| active(site)).count() > 1 {
        return;
    }
    let detect = &world.controls.detect;
    let best_s = detect.poll.secs() * f64::from(detect.fails)
        + detect.timeout.secs()
        + world.controls.promote_auto.secs();
    let rto_s = promised.rto.secs();
    if rto_s < best_s {
        cx.add(spot, Problem::TightObjective { service: service.key.clone(), rto_s, best_s });
    }
}

/// A monitor or controller that stands only where what it guards stands.
fn guard(cx: &mut Cx<'_>, world: &World, id: ServiceId, spot: At) {
    let service = &world[id];
    if !matches!(service.role, Some(Role::Monitor | Role::Controller)) {
        return;
    }
    let sites = by_site(world, service);
    let (Some((&site, _)), 1) = (sites.first_key_value(), sites.len()) else { return };
    let others = world.services.iter().enumerate().filter(|(index, _)| *index != id.index());
    let same_job = others.clone().any(|(_, other)| {
        other.role == service.role && by_site(world, other).keys().any(|&elsewhere| elsewhere != site)
    });
    let guarded = others.filter(|(_, other)| by_site(world, other).contains_key(&site)).count();
    if guarded > 0 && !same_job {
        let (guard, site) = (service.key.clone(), world[site].key.clone());
        cx.add(spot, Problem::SharedFate { guard, site, guarded });
    }
}

fn regions(cx: &mut Cx<'_>, world: &World, spots: &Spots) {
    let used: BTreeSet<_> = world.sites.iter().map(|site| site.region).collect();
    if let (Some(&region), 1) = (used.first(), used.len())
        && world.sites.len() > 1
        && let Some(&spot) = spots.sites.first()
    {
        let at = cx.tree.parent(spot);
        cx.add(at, Problem::OneRegion { region: world[region].key.clone() });
    }
}

/// Panels that fail when what they share servers with fails.
fn thin_panels(cx: &mut Cx<'_>, world: &World, spots: &Spots) {
    let mut load = vec![0.0; world.elements.len()];
    for pool in &world.pools {
        for panel in &pool.panels {
            load[panel.index()] += f64::from(pool.servers) * world.server_kw.peak;
        }
    }
    for (index, element) in world.elements.iter().enumerate() {
        let ElementKind::Panel { kw } = element.kind else { continue };
        if load[index] > kw
            && spots.rated.get(index) == Some(&true)
            && let Some(&spot) = spots.elements.get(index)
        {
            let at = cx.tree.get(spot, "kw").unwrap_or(spot);
            cx.add(at, Problem::ThinPanel { panel: element.key.clone(), load_kw: load[index], kw });
        }
    }
}
