//! The ways back of one service at a moment: which conditions each of its pools waits for, and what would then serve.

use super::{Blocker, lines, tools};
use crate::Time;
use crate::report::Stage;
use crate::report::view::{Switching, View, distance};
use crate::trace::{ElementState, NetState, Phase, PoolState, RoomState, Subject, TaskKind};
use crate::world::{ElementId, PoolId, PoolRole, Role, RoomId, ServiceId, SiteId};

/// One way in which more of a service's servers would serve.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Way {
    /// How far it is from done: the nearest is taken.
    pub rank: u8,
    /// Conditions that are not met now, in the order in which they can be.
    pub conditions: Vec<Blocker>,
    /// What the service boots from must serve, too.
    pub boots: bool,
    /// Servers that then serve more.
    pub servers: f64,
}

/// The nearest first.
pub(super) fn ways(view: View<'_>, s: ServiceId, t: Time) -> Vec<Way> {
    let mut found: Vec<Way> = view.switching(s, t).map_or_else(Vec::new, |how| promotions(view, s, how, t));
    for &p in &view.world[s].pools {
        if let Some(parted) = lines::parted(view, p, t) {
            let rank = 2 * distance(PoolState::Standby);
            found.push(Way { rank, conditions: parted, boots: false, servers: running(view, p, t) });
            if view.pool(p, t) == PoolState::Up {
                continue;
            }
        }
        let role = view.world[p].role;
        let there = if idle(view, p, t) { found.first().cloned() } else { None };
        let way = there.unwrap_or_else(|| restart(view, p, t));
        if role == PoolRole::Pilot && view.servers(p, t) < f64::from(view.world[p].servers) {
            found.push(grow(view, p, t, &way));
        }
        if view.pool(p, t) == PoolState::Up && view.world[s].wear.is_some() {
            // Some of its servers are broken.
            let missing = f64::from(view.world[p].startable()) - view.servers(p, t);
            let (rank, conditions) = (2 * distance(PoolState::Up), vec![Blocker::Servers(p)]);
            found.extend((missing > 0.0).then_some(Way { rank, conditions, boots: false, servers: missing }));
        }
        if role == PoolRole::Backup || idle(view, p, t) || view.pool(p, t) == PoolState::Up {
            continue;
        }
        // What was started comes up, even where nobody may go on starting the rest; but none serves data that are made fit
        // only when all are up.
        let waits =
            matches!(view.pool(p, t), PoolState::WaitHands | PoolState::WaitBoot | PoolState::WaitAccess);
        let serves = waits && view.active(p, t) && view.fit(p, t);
        let coming = if serves { view.coming(p, t) } else { 0.0 };
        if coming > 0.0 {
            let rank = 2 * distance(PoolState::Restarting);
            found.push(Way { rank, conditions: vec![Blocker::Servers(p)], boots: false, servers: coming });
        }
        found.push(Way { servers: way.servers - coming, ..way });
    }
    crate::kernel::order::sorted_by_key(found, |way| way.rank)
}

/// What can be promoted is, or a quorum re-formed from voters that users reach. What is not promoted at once is later, if that
/// was too little.
fn promotions(view: View<'_>, s: ServiceId, waits_for: Switching, t: Time) -> Vec<Way> {
    let pools = &view.world[s].pools;
    if view.world[s].quorum.is_some() {
        let mut way = switch(view, s, t, waits_for, 0.0);
        let voters = || pools.iter().filter(|&&p| view.servers(p, t) > 0.0).map(|&p| view.world[p].site);
        let cut_off = |site: SiteId| lines::state(view, site, t) == NetState::Unreachable;
        way.conditions.extend(voters().next().filter(|_| voters().all(cut_off)).map(Blocker::Network));
        return vec![way];
    }
    let (targets, joined) = targets(view, s, t);
    let away = |p: &PoolId| tools::routes(view, *p, t);
    let way = |p: PoolId, lines: Vec<Blocker>, away: bool, later: u8| {
        let mut way = switch(view, s, t, waits_for, view.servers(p, t));
        way.conditions.extend(lines);
        way.conditions.extend(away.then_some(Blocker::Routes(s)));
        Way { rank: way.rank + later, ..way }
    };
    let first = targets.iter().map(|&p| way(p, joined.clone(), away(&p), 0));
    let rest = pools.iter().copied().filter(|p| idle(view, *p, t) && !targets.contains(p));
    let rest = rest.map(|p| {
        let mut lines = joined.clone();
        lines.extend(lines::needed(view, p, t).into_iter().filter(|line| !joined.contains(line)));
        way(p, lines, away(&p) || targets.iter().all(away), 1)
    });
    first.chain(rest).collect()
}

/// Whether a pool stands by, and could be promoted.
fn idle(view: View<'_>, p: PoolId, t: Time) -> bool {
    matches!(view.pool(p, t), PoolState::Standby | PoolState::Promoting)
}

/// Which standbys would be promoted, and which sites have to be on the network again for that: those that users reach, best
/// those on the rest of the network, and of them those that are active on an ordinary day.
fn targets(view: View<'_>, s: ServiceId, t: Time) -> (Vec<PoolId>, Vec<Blocker>) {
    let mut found: Vec<PoolId> = view.world[s].pools.iter().copied().filter(|&p| idle(view, p, t)).collect();
    let lines = |p: &PoolId| lines::needed(view, *p, t);
    // Any standby that is reached can be promoted.
    let joined = found.iter().map(lines).min_by_key(Vec::len).unwrap_or_default();
    found.retain(|p| lines(p).len() <= joined.len());
    let whole = |p: &PoolId| lines::state(view, view.world[*p].site, t) == NetState::Whole;
    let home = |p: &PoolId| view.world[*p].role == PoolRole::Active;
    for better in [&whole as &dyn Fn(&PoolId) -> bool, &home] {
        if found.iter().any(better) {
            found.retain(better);
        }
    }
    (found, joined)
}

/// A standby is promoted, or a quorum re-formed from its survivors.
fn switch(view: View<'_>, s: ServiceId, t: Time, waits_for: Switching, servers: f64) -> Way {
    let asked = matches!(waits_for, Switching::UnderWay | Switching::Hands);
    let mut conditions = unseen(view, s, asked, t);
    match waits_for {
        Switching::Decision => {
            conditions.push(Blocker::Decision);
            conditions.extend(tools::settings(view, s, t).pop());
        }
        Switching::Hands => {
            conditions.extend(tools::hands(view, TaskKind::Promote(s), t));
        }
        Switching::Needs => conditions.extend(tools::settings(view, s, t)),
        Switching::Held => conditions.push(Blocker::HoldDown(s)),
        Switching::UnderWay => {}
    }
    let quorum = view.world[s].quorum;
    conditions.push(if quorum.is_some() { Blocker::Quorum(s) } else { Blocker::Promotion(s) });
    let at = if waits_for == Switching::UnderWay { PoolState::Promoting } else { PoolState::Standby };
    // A re-formed quorum counts its survivors alone: they are enough.
    Way { rank: 2 * distance(at), conditions, boots: false, servers: quorum.map_or(servers, f64::from) }
}

/// A pool's servers come back where they stand.
pub(super) fn restart(view: View<'_>, p: PoolId, t: Time) -> Way {
    let (world, state) = (view.world, view.pool(p, t));
    let pool = &world[p];
    let empty = pool.role == PoolRole::Cold && !view.index.done(TaskKind::Provision(p), t);
    let asked = view.index.open(TaskKind::Boot(p), t).is_some()
        || pool.role == PoolRole::Backup
        || matches!(state, PoolState::Restarting | PoolState::Checking);
    let mut conditions = unseen(view, pool.service, asked, t);
    let mut boots = false;
    match state {
        PoolState::Up | PoolState::Standby | PoolState::Promoting | PoolState::Stored => {}
        PoolState::WaitData | PoolState::Restoring => {
            let waits = state == PoolState::WaitData && view.index.open(TaskKind::Fetch(p), t).is_none();
            conditions.extend(waits.then_some(Blocker::NoCopy(pool.service)));
            conditions.extend(tools::hands(view, TaskKind::Fetch(p), t));
        }
        PoolState::Routing => conditions.push(Blocker::Routes(pool.service)),
        PoolState::Checking => conditions.push(Blocker::Check(p)),
        PoolState::Restarting | PoolState::WaitParts | PoolState::Destroyed => {
            conditions.push(Blocker::Servers(p));
        }
        PoolState::WaitHands
        | PoolState::WaitBoot
        | PoolState::WaitAccess
        | PoolState::NoPower
        | PoolState::Off
        | PoolState::Provisioning => {
            if empty {
                conditions.extend(go(view, t));
            }
            boots = !asked;
            let tools = tools::start(view, t);
            let dark: Vec<ElementId> =
                if state == PoolState::NoPower { pool.panels.clone() } else { Vec::new() };
            if !tools || dark.iter().any(|&e| needs_people(view, e, t)) {
                conditions.extend(entry(view, pool.site, !tools, t));
            }
            // Any one of them is enough.
            let nearest = dark.iter().min_by_key(|e| damage(view.trace.elements[e.index()].at(t)));
            conditions.extend(nearest.map(|&panel| Blocker::Power(panel)));
            if pool.role == PoolRole::Backup {
                return Way { rank: u8::MAX, conditions, boots: false, servers: 0.0 };
            }
            let kind = if empty { TaskKind::Provision(p) } else { TaskKind::Boot(p) };
            let led = || world[pool.service].boots.iter().any(|&d| world[d].role == Some(Role::Config));
            if !tools && !asked && !led() {
                conditions.extend(tools::settings(view, pool.service, t));
            }
            conditions.extend(tools::hands(view, kind, t));
            conditions.extend(empty.then_some(Blocker::Provisioning(p)));
            conditions.push(Blocker::Servers(p));
        }
    }
    if view.empty(p, t) && pool.role != PoolRole::Backup && state != PoolState::Destroyed {
        conditions.push(Blocker::Restore(p));
        if view.servers(p, t) <= 0.0 && !conditions.contains(&Blocker::Servers(p)) {
            // Filled before it is started.
            boots = true;
            conditions.push(Blocker::Servers(p));
        }
    }
    conditions.extend(lines::needed(view, p, t));
    if is_made_fit(view, p, t)
        && !matches!(state, PoolState::Checking | PoolState::Destroyed | PoolState::Routing)
    {
        conditions.push(Blocker::Check(p));
    }
    let asleep = state != PoolState::Routing && !view.active(p, t);
    if asleep {
        conditions.extend(go(view, t).filter(|_| !empty));
        conditions.push(Blocker::Promotion(pool.service));
        conditions.extend(tools::routes(view, p, t).then_some(Blocker::Routes(pool.service)));
    }
    // What would have to be promoted as well is farther away than what serves when it runs.
    let rank = 2 * distance(state) + u8::from(asleep);
    Way { rank, conditions, boots, servers: f64::from(pool.startable()) - running(view, p, t) }
}

/// Servers of a pool that take requests as soon as they are reached: all of one that is up, and of one that is started in
/// parts those that came up, whatever became of the rest. None before its data are fit.
pub(super) fn running(view: View<'_>, p: PoolId, t: Time) -> f64 {
    // Voters vote whatever their pool is for, if they hold anything.
    let votes = view.world[view.world[p].service].quorum.is_some();
    let takes = match view.pool(p, t) {
        PoolState::Up => true,
        PoolState::Standby | PoolState::Promoting | PoolState::Routing => votes,
        PoolState::Restarting | PoolState::WaitHands | PoolState::WaitBoot | PoolState::WaitAccess => {
            votes || view.active(p, t)
        }
        _ => false,
    };
    if takes && view.fit(p, t) { view.servers(p, t) } else { 0.0 }
}

/// Whether a pool's data are read through, or brought up to date, before it serves again. What is filled first is fit then.
fn is_made_fit(view: View<'_>, p: PoolId, t: Time) -> bool {
    let data = view.world[view.world[p].service].data;
    let filled = matches!(view.pool(p, t), PoolState::WaitData | PoolState::Restoring);
    let behind = || !view.fit(p, t) && !view.empty(p, t) && !filled;
    data.is_some_and(|d| d.check_rate.is_some() || behind())
}

/// The other servers of a pilot are installed once the first serve, which is a way of its own.
fn grow(view: View<'_>, p: PoolId, t: Time, first: &Way) -> Way {
    let pool = &view.world[p];
    let (mut conditions, mut boots) = (first.conditions.clone(), first.boots);
    let state = view.pool(p, t);
    if matches!(state, PoolState::Up | PoolState::Routing) {
        (conditions, boots) = (unseen(view, pool.service, false, t), false);
        conditions.extend((state == PoolState::Routing).then_some(Blocker::Routes(pool.service)));
        if !tools::start(view, t) {
            conditions.extend(entry(view, pool.site, true, t));
        }
    }
    conditions.extend(tools::hands(view, TaskKind::Provision(p), t));
    conditions.push(Blocker::Provisioning(p));
    let there = view.servers(p, t).max(f64::from(pool.running));
    Way { rank: first.rank + 1, conditions, boots, servers: f64::from(pool.servers) - there }
}

/// Somebody must say go, unless the controller acts on what its monitor says.
fn go(view: View<'_>, t: Time) -> Option<Blocker> {
    (!tools::switch(view, t) && !view.decided(t)).then_some(Blocker::Decision)
}

/// Somebody must notice before anybody is asked for anything.
fn unseen(view: View<'_>, s: ServiceId, asked: bool, t: Time) -> Vec<Blocker> {
    let unseen = !asked && view.phase(s, t) == Phase::Undetected;
    unseen.then_some(Blocker::Detection).into_iter().collect()
}

/// Whether a service has servers with power that somebody can get at.
pub(super) fn startable(view: View<'_>, s: ServiceId, t: Time) -> bool {
    let tools = tools::start(view, t);
    let ready = |&p: &PoolId| {
        let waits =
            matches!(view.pool(p, t), PoolState::WaitBoot | PoolState::WaitHands | PoolState::WaitAccess);
        waits && (tools || entry(view, view.world[p].site, true, t).is_empty())
    };
    view.world[s].pools.iter().any(ready)
}

/// What keeps people out of a building: those who put hands to servers, or those of the building itself, who have keys.
fn entry(view: View<'_>, site: SiteId, to_servers: bool, t: Time) -> Vec<Blocker> {
    let burns =
        |i: &usize| view.world.rooms[*i].site == site && view.trace.rooms[*i].at(t) == RoomState::Burning;
    let state = view.trace.sites[site.index()].at(t);
    let shut = || view.index.open(TaskKind::OpenDoors(site), t).is_some();
    let open = if to_servers {
        state.lets_to_servers(&view.world[site].landlord) && !shut()
    } else {
        state.lets_in()
    };
    if open {
        return Vec::new();
    }
    let fires = (0..view.world.rooms.len()).filter(burns).map(|i| Blocker::Fire(RoomId::at(i)));
    fires.chain([Blocker::Access(site)]).collect()
}

/// Whether an element stays without power until people have been there.
fn needs_people(view: View<'_>, e: ElementId, t: Time) -> bool {
    match view.trace.elements[e.index()].at(t) {
        ElementState::Live | ElementState::OnBattery | ElementState::Bypass | ElementState::Ready => false,
        ElementState::Dead => {
            let inputs = &view.world[e].inputs;
            !inputs.is_empty() && inputs.iter().all(|&i| needs_people(view, i, t))
        }
        ElementState::Tripped
        | ElementState::Cut
        | ElementState::Destroyed
        | ElementState::Repair
        | ElementState::Failed => true,
    }
}

/// How far an element is from giving power again.
const fn damage(state: ElementState) -> u8 {
    match state {
        ElementState::Live | ElementState::OnBattery | ElementState::Bypass | ElementState::Ready => 0,
        ElementState::Dead => 1,
        ElementState::Repair => 2,
        ElementState::Tripped => 3,
        ElementState::Cut => 4,
        ElementState::Failed => 5,
        ElementState::Destroyed => 6,
    }
}

/// What stands in the way of something that is no service.
pub(super) fn elsewhere(view: View<'_>, subject: Subject, t: Time) -> Vec<Blocker> {
    match subject {
        Subject::Room(r) => {
            let burns = view.trace.rooms[r.index()].at(t) == RoomState::Burning;
            burns.then_some(Blocker::Fire(r)).into_iter().collect()
        }
        Subject::Site(s) => {
            let cut_off = lines::state(view, s, t) != NetState::Whole;
            entry(view, s, true, t).into_iter().chain(cut_off.then_some(Blocker::Network(s))).collect()
        }
        Subject::Element(e) => power(view, e, t),
        Subject::Team(team) => {
            let waits = view.index.jobs.iter().any(|job| {
                job.stage(t) == Stage::Queued && crate::mechanisms::team(job.task, view.world) == Some(team)
            });
            waits.then_some(Blocker::Hands(team)).into_iter().collect()
        }
        Subject::Org => {
            let any = |phase| view.trace.phases.iter().any(|track| track.at(t) == phase);
            let unseen = any(Phase::Undetected).then_some(Blocker::Detection);
            let unsaid = (any(Phase::Deciding) && !view.decided(t)).then_some(Blocker::Decision);
            unseen.into_iter().chain(unsaid).collect()
        }
        Subject::Service(_) | Subject::Pool(_) => Vec::new(),
    }
}

/// What an element waits for: people where they are needed, and itself or the first of what feeds it that has a fault of
/// its own.
fn power(view: View<'_>, e: ElementId, t: Time) -> Vec<Blocker> {
    let state = |e: ElementId| view.trace.elements[e.index()].at(t);
    let mut root = e;
    while state(root) == ElementState::Dead
        && let Some(&input) = view.world[root].inputs.first()
    {
        root = input;
    }
    if matches!(
        state(e),
        ElementState::Live | ElementState::OnBattery | ElementState::Bypass | ElementState::Ready
    ) {
        return Vec::new();
    }
    let mut found =
        if needs_people(view, e, t) { entry(view, view.world[e].site, false, t) } else { Vec::new() };
    found.push(Blocker::Power(root));
    found
}
