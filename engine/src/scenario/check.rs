//! What no single reference can show to be wrong: numbers that contradict each other.

use super::diagnostic::Problem;
use super::read::Cx;
use super::resolve::Spots;
use super::tree::At;
use crate::world::{ElementKind, World};

/// Servers' power on each panel at the daily peak. A server with two cords draws half from each, or all from the one
/// that is left.
pub fn panel_loads(world: &World, util_peak: f64, one_left: bool) -> Vec<f64> {
    let power = world.server_kw;
    let busy_kw = power.idle + (power.peak - power.idle) * util_peak;
    let mut loads = vec![0.0; world.elements.len()];
    for pool in &world.pools {
        let share = if one_left { 1.0 } else { pool.panels.len() as f64 };
        for panel in &pool.panels {
            if let Some(load) = loads.get_mut(panel.index()) {
                *load += f64::from(pool.servers) * busy_kw / share;
            }
        }
    }
    loads
}

/// Panels whose rating the author gave and the load exceeds: position, rating, load, where it is written.
pub fn exceeded(cx: &Cx<'_>, world: &World, spots: &Spots, loads: &[f64]) -> Vec<(usize, f64, f64, At)> {
    let mut found = Vec::new();
    for (index, element) in world.elements.iter().enumerate() {
        let (Some(&spot), Some(true), Some(&load)) =
            (spots.elements.get(index), spots.rated.get(index), loads.get(index))
        else {
            continue;
        };
        if let ElementKind::Panel { kw } = element.kind
            && load > kw
            && !cx.sink.is_tainted(spot)
        {
            found.push((index, kw, load, cx.tree.get(spot, "kw").unwrap_or(spot)));
        }
    }
    found
}

/// Looks for contradictions in a world, except where something is wrong already.
pub fn check(cx: &mut Cx<'_>, world: &World, spots: &Spots, util_peak: f64) {
    let loads = panel_loads(world, util_peak, false);
    for (index, kw, load_kw, at) in exceeded(cx, world, spots, &loads) {
        let element = world.elements[index].key.clone();
        cx.add(at, Problem::Overloaded { element, load_kw, kw });
    }
}
