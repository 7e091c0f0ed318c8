//! Capacity: which servers take requests.

use crate::run::Cx;
use crate::trace::{PoolState, RoomState};
use crate::world::{PoolId, RoomId, RoomKind, ServiceId, World};

/// Servers of a service that take requests, and how much they can answer: as many servers' worth, or, where a majority
/// of voters is what counts, everything or nothing.
pub(super) fn capacity(service: ServiceId, cx: &Cx) -> (f64, f64) {
    let entry = &cx.world[service];
    if entry.quorum.is_some() {
        let up = entry.pools.iter().filter(|&&p| votes(p, cx)).fold(0.0, |sum, &p| sum + cx.board.servers(p));
        let majority = f64::from(cx.board.voters(service) / 2 + 1);
        return (up, if up >= majority { f64::INFINITY } else { 0.0 });
    }
    let servers = entry
        .pools
        .iter()
        .filter(|&&p| takes(p, cx))
        .fold(0.0, |sum, &p| sum + cx.board.servers(p) * pace(p, cx));
    (servers, servers)
}

/// Share of a service's servers taking requests that reach one of another's. All of them while nothing is parted.
pub(super) fn reached(service: ServiceId, on: ServiceId, cx: &Cx) -> f64 {
    let reach = &cx.board.reach;
    if reach.whole {
        return 1.0;
    }
    let up = |of: ServiceId| {
        let answers = move |p| if cx.world[of].quorum.is_some() { votes(p, cx) } else { takes(p, cx) };
        cx.world[of].pools.iter().copied().filter(move |&p| answers(p) && cx.board.servers(p) > 0.0)
    };
    let (mut all, mut near) = (0.0, 0.0);
    for pool in up(service) {
        all += cx.board.servers(pool);
        if up(on).any(|p| reach.together(cx.world[p].site, cx.world[pool].site)) {
            near += cx.board.servers(pool);
        }
    }
    if all > 0.0 { near / all } else { 1.0 }
}

/// Whether what runs of a pool votes in its service's quorum, whatever the pool's role.
fn votes(pool: PoolId, cx: &Cx) -> bool {
    !cx.board.unchecked(pool) && cx.board.reach.takes(pool)
}

/// How much of its work a server of a pool does: less as far as it stands in halls that are too warm.
fn pace(pool: PoolId, cx: &Cx) -> f64 {
    let warm = stands(pool, cx.world, |room| cx.board.room(room) == RoomState::Warm);
    cx.world.heat.throttled * warm + (1.0 - warm)
}

/// Share of a pool's servers that stands in some of the halls: as many as of its panels do.
pub(super) fn stands(pool: PoolId, world: &World, within: impl Fn(RoomId) -> bool) -> f64 {
    let halls = world[pool].panels.iter().filter_map(|&panel| world[panel].room);
    let halls = halls.filter(|&room| world[room].kind == RoomKind::Hall);
    let (all, here) =
        halls.fold((0.0, 0.0), |(all, here), room| (all + 1.0, if within(room) { here + 1.0 } else { here }));
    if all > 0.0 { here / all } else { 0.0 }
}

/// Whether what runs of a pool takes requests. The one place that says so.
pub(super) fn takes(pool: PoolId, cx: &Cx) -> bool {
    cx.board.reach.takes(pool)
        && cx.board.active[pool.index()]
        && !cx.board.unchecked(pool)
        && !matches!(
            cx.board.pool(pool),
            PoolState::NoPower | PoolState::Destroyed | PoolState::Promoting | PoolState::Routing
        )
}
