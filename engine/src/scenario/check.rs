//! What no single reference can show to be wrong: numbers that contradict each other.

use super::diagnostic::Problem;
use super::read::Cx;
use super::resolve::Spots;
use super::tree::At;
use crate::world::{ElementKind, PoolRole, Service, World};

/// Power on each panel at the daily peak, what hangs on a panel behind it included. On an ordinary day a server with two
/// cords draws half from each and a standby is idle; at worst the one cord that is left carries all, and standbys are as
/// busy as the rest.
pub fn panel_loads(world: &World, at_worst: bool) -> Vec<f64> {
    let power = world.server_kw;
    let active = |service: &Service| {
        let active = service.pools.iter().map(|&p| &world[p]).filter(|p| p.role == PoolRole::Active);
        active.map(|p| f64::from(p.servers)).sum::<f64>()
    };
    let used: Vec<f64> = world.services.iter().map(|s| (s.load / active(s).max(1e-9)).min(1.0)).collect();
    let mut loads = vec![0.0; world.elements.len()];
    for pool in &world.pools {
        let busy = pool.role == PoolRole::Active || at_worst;
        let used = if busy { used[pool.service.index()] } else { 0.0 };
        let each = power.idle + (power.peak - power.idle) * used;
        let share = if at_worst { 1.0 } else { pool.panels.len() as f64 };
        for panel in &pool.panels {
            if let Some(load) = loads.get_mut(panel.index()) {
                *load += f64::from(pool.servers) * each / share;
            }
        }
    }
    // Against the current: what is fed comes later in the order.
    for (index, element) in world.elements.iter().enumerate().rev() {
        let share = if at_worst { 1.0 } else { element.inputs.len().max(1) as f64 };
        let carried = loads[index] / share;
        for input in &element.inputs {
            loads[input.index()] += carried;
        }
    }
    loads
}

/// Panels and UPS whose rating the author gave and the load exceeds: position, rating, load, where it is written.
pub fn exceeded(cx: &Cx<'_>, world: &World, spots: &Spots, loads: &[f64]) -> Vec<(usize, f64, f64, At)> {
    let mut found = Vec::new();
    for (index, element) in world.elements.iter().enumerate() {
        let (Some(&spot), Some(true), Some(&load)) =
            (spots.elements.get(index), spots.rated.get(index), loads.get(index))
        else {
            continue;
        };
        if let ElementKind::Panel { kw } | ElementKind::Ups { kw, .. } = element.kind
            && load > kw
            && !cx.sink.is_tainted(spot)
        {
            found.push((index, kw, load, cx.tree.get(spot, "kw").unwrap_or(spot)));
        }
    }
    found
}

/// Looks for contradictions in a world, except where something is wrong already.
pub fn check(cx: &mut Cx<'_>, world: &World, spots: &Spots) {
    let loads = panel_loads(world, false);
    for (index, kw, load_kw, at) in exceeded(cx, world, spots, &loads) {
        let element = world.elements[index].key.clone();
        cx.add(at, Problem::Overloaded { element, load_kw, kw });
    }
}
