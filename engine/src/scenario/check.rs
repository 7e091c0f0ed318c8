//! What no single reference can show to be wrong: numbers that contradict each other.

use super::diagnostic::Problem;
use super::read::Cx;
use super::resolve::Spots;
use crate::world::{ElementKind, World};

/// Looks for contradictions in a world, except where something is wrong already.
pub fn check(cx: &mut Cx<'_>, world: &World, spots: &Spots, util_peak: f64) {
    let power = world.server_kw;
    let busy_kw = power.idle + (power.peak - power.idle) * util_peak;
    let mut load = vec![0.0; world.elements.len()];
    for pool in &world.pools {
        for panel in &pool.panels {
            if let Some(load) = load.get_mut(panel.index()) {
                *load += f64::from(pool.servers) * busy_kw / pool.panels.len() as f64;
            }
        }
    }
    for (index, element) in world.elements.iter().enumerate() {
        let (Some(&spot), Some(&rated)) = (spots.elements.get(index), spots.rated.get(index)) else {
            continue;
        };
        if let ElementKind::Panel { kw } = element.kind
            && rated
            && load[index] > kw
            && !cx.sink.is_tainted(spot)
        {
            let at = cx.tree.get(spot, "kw").unwrap_or(spot);
            cx.add(at, Problem::Overloaded { element: element.key.clone(), load_kw: load[index], kw });
        }
    }
}
