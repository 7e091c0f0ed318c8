//! Capacity: which servers take requests, and what share of its demand a service can serve with them by itself.

use crate::run::Cx;
use crate::trace::PoolState;
use crate::world::{PoolId, ServiceId};

/// What a service can serve by itself, whatever it leans on, and how busy that keeps the servers that take requests.
pub(super) fn alone(service: ServiceId, cx: &Cx) -> (f64, f64) {
    let entry = &cx.world[service];
    let capacity: f64 = entry.pools.iter().filter(|&&p| takes(p, cx)).map(|&p| cx.board.servers(p)).sum();
    let load = entry.load * cx.board.demand;
    let used = if capacity > 0.0 { (load / capacity).min(1.0) } else { 0.0 };
    (own(service, capacity, load, cx), used)
}

fn own(service: ServiceId, capacity: f64, load: f64, cx: &Cx) -> f64 {
    let entry = &cx.world[service];
    if entry.quorum.is_some() {
        let checked = |p: &&PoolId| !cx.board.unchecked[p.index()];
        let up: f64 = entry.pools.iter().filter(checked).map(|&p| cx.board.servers(p)).sum();
        let majority = f64::from(cx.board.voters[service.index()] / 2 + 1);
        return if up >= majority { 1.0 } else { 0.0 };
    }
    if load <= 0.0 { f64::from(u8::from(capacity > 0.0)) } else { (capacity / load).min(1.0) }
}

/// Whether what runs of a pool takes requests. The one place that says so.
pub(super) fn takes(pool: PoolId, cx: &Cx) -> bool {
    cx.board.active[pool.index()]
        && !cx.board.unchecked[pool.index()]
        && !matches!(cx.board.pool(pool), PoolState::NoPower | PoolState::Destroyed | PoolState::Promoting)
}
