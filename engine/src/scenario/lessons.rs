//! Warnings: designs that can be run and are worth a second look. Each is a broken bridge the run may show.

use super::check;
use super::diagnostic::Problem;
use super::graph;
use super::read::{Cx, clip};
use super::resolve::{MAX_LISTED, Spots};
use super::tree::At;
use crate::world::{Pool, PoolRole, Replication, Role, Service, ServiceId, SiteId, World};

/// Looks at a world that has no errors.
pub fn lessons(cx: &mut Cx<'_>, world: &World, spots: &Spots) {
    boot_cycles(cx, world, spots);
    unused_bypasses(cx, world, spots);
    for (index, service) in world.services.iter().enumerate() {
        let Some(&spot) = spots.services.get(index) else { continue };
        quorum(cx, world, service, spot);
        standby(cx, world, service, spot);
        objective(cx, world, service, spot);
        stack(cx, world, service, spot);
        data(cx, world, service, spot);
    }
    guards(cx, world, spots);
    regions(cx, world, spots);
    thin_panels(cx, world, spots);
}

fn boot_cycles(cx: &mut Cx<'_>, world: &World, spots: &Spots) {
    let edges: Vec<Vec<usize>> =
        world.services.iter().map(|service| service.boots.iter().map(|on| on.index()).collect()).collect();
    // Sorted, as everything in a world is.
    let known = |of: usize, on: usize| {
        let edge = (ServiceId::at(of), ServiceId::at(on));
        world.bypasses.binary_search_by(|bypass| (bypass.of, bypass.on).cmp(&edge)).is_ok()
    };
    // What is still tied together when everything people know how to do without is taken away.
    let mut left = edges.clone();
    for (of, boots) in left.iter_mut().enumerate() {
        boots.retain(|&on| world.controls.bypass_default.is_none() && !known(of, on));
    }
    let open = graph::knots(&left);
    for knot in &open {
        boot_cycle(cx, world, spots, &graph::round(&left, knot), true);
    }
    for knot in graph::knots(&edges) {
        let told = open.iter().flatten().any(|node| knot.binary_search(node).is_ok());
        if !told {
            boot_cycle(cx, world, spots, &graph::round(&edges, &knot), false);
        }
    }
}

fn boot_cycle(cx: &mut Cx<'_>, world: &World, spots: &Spots, round: &[usize], is_open: bool) {
    let key = |index: usize| world.services[index].key.as_str();
    let path = round.iter().map(|&index| key(index)).collect::<Vec<_>>().join(" → ");
    let open = match round {
        [of, on, ..] if is_open => Some(format!("{}>{}: 4h", key(*of), key(*on))),
        _ => None,
    };
    if let Some(&spot) = round.first().and_then(|&first| spots.services.get(first)) {
        let at = cx.tree.get(spot, "boots").unwrap_or(spot);
        cx.add(at, Problem::BootCycle { path, open });
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

/// Servers of a service by site. Its pools stand in the order of sites.
fn by_site(world: &World, service: &Service) -> Vec<(SiteId, u64)> {
    let mut sites: Vec<(SiteId, u64)> = Vec::new();
    for &pool in &service.pools {
        let (site, servers) = (world[pool].site, u64::from(world[pool].servers));
        match sites.last_mut() {
            Some((last, sum)) if *last == site => *sum += servers,
            _ => sites.push((site, servers)),
        }
    }
    sites
}

/// The site of a service that stands in only one.
fn only_site(world: &World, service: &Service) -> Option<SiteId> {
    match by_site(world, service)[..] {
        [(site, _)] => Some(site),
        _ => None,
    }
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
    if let Some(site) = only_site(world, service) {
        let (service, site) = (service.key.clone(), world[site].key.clone());
        cx.add(spot, Problem::NoStandby { service, site });
        return;
    }
    let active = |site: SiteId| {
        let here = service.pools.iter().map(|&pool| &world[pool]);
        here.filter(|pool| pool.site == site).any(|pool| pool.role == PoolRole::Active)
    };
    // Two sites that serve at once need no switch.
    if by_site(world, service).iter().filter(|(site, _)| active(*site)).count() > 1 {
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

fn stack(cx: &mut Cx<'_>, world: &World, service: &Service, spot: At) {
    let Some(stack) = &service.stack else { return };
    let teams = &world.people.teams;
    if !teams.iter().any(|team| team.knows(stack)) {
        let mut known: Vec<&str> = teams.iter().flat_map(|team| &team.stacks).map(String::as_str).collect();
        known.sort_unstable();
        known.dedup();
        known.truncate(MAX_LISTED);
        let at = cx.tree.get(spot, "stack").unwrap_or(spot);
        let (service, stack, known) = (service.key.clone(), clip(stack), known.join(", "));
        cx.add(at, Problem::UnknownStack { service, stack, known });
    }
}

/// Copies of data that are not where they are needed, or come too late.
fn data(cx: &mut Cx<'_>, world: &World, service: &Service, spot: At) {
    let Some(data) = service.data else { return };
    let pools = || service.pools.iter().map(|&pool| &world[pool]);
    let at = cx.tree.get(spot, "data").unwrap_or(spot);
    let alone = data.replication == Replication::None;
    if alone && pools().any(|pool| matches!(pool.role, PoolRole::Standby | PoolRole::Pilot)) {
        cx.add(at, Problem::EmptyStandby { service: service.key.clone() });
    }
    old_copies(cx, world, service, spot);
    let Some(backup) = data.backup else { return };
    let holds = |pool: &&Pool| match pool.role {
        PoolRole::Active | PoolRole::Backup => true,
        PoolRole::Standby | PoolRole::Pilot => !alone,
        PoolRole::Cold => false,
    };
    let mut sites = pools().filter(holds).map(|pool| pool.site);
    let first = sites.next();
    let kept = pools().any(|pool| pool.role == PoolRole::Backup);
    if let Some(site) = first.filter(|&first| kept && sites.all(|site| site == first)) {
        let (service, site) = (service.key.clone(), world[site].key.clone());
        cx.add(at, Problem::BackupBeside { service, site });
    }
    let restored = |pool: &Pool| pool.role == PoolRole::Cold || (alone && pool.role.stands_in());
    // What stands by with data in it needs no restore.
    let spare = pools().any(|pool| pool.role.stands_in() && !restored(pool));
    let Some(promised) = service.objective.filter(|_| !spare && pools().any(restored)) else { return };
    let fetch_s = if kept { 0.0 } else { backup.fetch.secs() };
    let verify_s = backup.verify_rate.map_or(0.0, |rate| backup.size / rate);
    let restore_s = fetch_s + backup.size / data.copy_rate + verify_s;
    let rto_s = promised.rto.secs();
    if rto_s < restore_s {
        cx.add(spot, Problem::SlowRestore { service: service.key.clone(), rto_s, restore_s });
    }
}

/// Copies that are made less often than was promised.
fn old_copies(cx: &mut Cx<'_>, world: &World, service: &Service, spot: At) {
    let Some(data) = service.data else { return };
    let Some(rpo) = service.objective.and_then(|promised| promised.rpo) else { return };
    let mut sites = service.pools.iter().map(|&pool| &world[pool]).filter(|p| p.running > 0).map(|p| p.site);
    let first = sites.next();
    let copied = sites.any(|site| Some(site) != first);
    if let Some(age) = data.oldest_copy(copied).filter(|age| *age > rpo) {
        let (rpo_s, age_s) = (rpo.secs(), age.secs());
        cx.add(spot, Problem::SlowCopies { service: service.key.clone(), rpo_s, age_s });
    }
}

/// Monitors and controllers that stand only where what they guard stands.
fn guards(cx: &mut Cx<'_>, world: &World, spots: &Spots) {
    let sites: Vec<Vec<(SiteId, u64)>> =
        world.services.iter().map(|service| by_site(world, service)).collect();
    let mut standing = vec![0_usize; world.sites.len()];
    for (site, _) in sites.iter().flatten() {
        standing[site.index()] += 1;
    }
    for job in [Role::Monitor, Role::Controller] {
        let does = |service: &Service| service.role == Some(job);
        let Some(first) = world.services.iter().find(|service| does(service)) else { continue };
        let Some(site) = only_site(world, first) else { continue };
        let mut all = world.services.iter().zip(&sites).filter(|(service, _)| does(service));
        let together = all.all(|(_, sites)| sites.iter().all(|(other, _)| *other == site));
        let guarded = standing[site.index()] - 1;
        if !together || guarded == 0 {
            continue;
        }
        for (service, &spot) in
            world.services.iter().zip(&spots.services).filter(|(service, _)| does(service))
        {
            let (guard, site) = (service.key.clone(), world[site].key.clone());
            cx.add(spot, Problem::SharedFate { guard, site, guarded });
        }
    }
}

fn regions(cx: &mut Cx<'_>, world: &World, spots: &Spots) {
    let Some(region) = world.sites.first().map(|site| site.region) else { return };
    if world.sites.iter().all(|site| site.region == region)
        && world.sites.len() > 1
        && let Some(&spot) = spots.sites.first()
        // A document that names no regions says nothing about them.
        && cx.tree.get(spot, "region").is_some()
    {
        let at = cx.tree.parent(spot);
        cx.add(at, Problem::OneRegion { region: world[region].key.clone() });
    }
}

/// Panels that fail when what they share servers with fails.
fn thin_panels(cx: &mut Cx<'_>, world: &World, spots: &Spots) {
    let loads = check::panel_loads(world, true);
    for (index, kw, load_kw, at) in check::exceeded(cx, world, spots, &loads) {
        let panel = world.elements[index].key.clone();
        cx.add(at, Problem::ThinPanel { panel, load_kw, kw });
    }
}
