//! Switching: standbys are promoted, by the controller if it lives and its monitor sees, otherwise by hand.
//!
//! A controller acts on what its monitor says; without either the work is a person's, needs somebody who said go, and is
//! verified against the live system, hence comes after what the service needs. A quorum that lost its majority is
//! re-formed from the surviving voters, which no tool may do by itself: it cannot tell a dead site from a cut cable.
//!
//! A monitor that takes a service for down because of a cut makes the controller promote its standby. What it reaches of
//! the other side it stops first; what it does not reach goes on: the service is *split*, unless a guard forbids.
//!
//! While the monitor goes on calling a service down the controller goes on switching it, from side to side: each switch stops
//! what serves and takes `promote.auto`. `promote.hold_down` after a switch it makes no other: an alarm that lasts `L` makes
//! it switch at most `1 + L / (auto + hold_down)` times.

use std::collections::{BTreeMap, BTreeSet};

use super::{Mechanism, Timer, config, routes};
use crate::Span;
use crate::kernel::marks::Marks;
use crate::kernel::queue::Slot;
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, NetState, Phase, PoolState, Subject, Task, TaskKind, WHOLE};
use crate::world::{Guard, PoolId, PoolRole, Role, ServiceId, SiteId, World};

/// Switching's memory.
pub(crate) struct Switch {
    services: Vec<Progress>,
    /// Services to look at, and those to look at when the network is next looked at.
    due: Marks,
    across: Marks,
    place: usize,
    /// Services that were not as they should be when last looked at.
    open: BTreeSet<ServiceId>,
    facts: Option<Facts>,
    reach: u64,
    /// Services with a standby, for which a witness decides.
    guarded: Vec<ServiceId>,
}

struct Progress {
    slot: Slot,
    automatic: bool,
    by_hand: bool,
    /// The controller has switched it lately, and waits.
    held: bool,
    /// Pools that are being promoted, or were last.
    target: Vec<PoolId>,
}

/// What every switch depends on.
#[derive(PartialEq, Eq)]
struct Facts {
    tools: [Option<bool>; 3],
    decided: Option<EventId>,
    /// How often sites were parted or joined, and which of them monitor and controller reach while some are.
    parted: u64,
    near: Vec<bool>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Alarm {
    /// The controller has done it.
    Promote(ServiceId),
    /// It may switch again.
    Free(ServiceId),
}

impl Mechanism for Switch {
    type Timer = Alarm;
    const CLASS: u8 = 9;

    fn new(world: &World, cx: &mut Cx) -> Self {
        let progress = |_| Progress {
            slot: cx.slot(),
            automatic: false,
            by_hand: false,
            held: false,
            target: Vec::new(),
        };
        let standby = world.pools.iter().filter(|p| p.role.stands_in()).map(|p| p.service);
        let guarded: BTreeSet<ServiceId> = standby.collect();
        Self {
            services: world.services.iter().map(progress).collect(),
            due: Marks::none(world.services.len()),
            across: Marks::none(world.services.len()),
            place: 0,
            open: BTreeSet::new(),
            facts: None,
            reach: 0,
            guarded: guarded.into_iter().collect(),
        }
    }

    fn ring(&mut self, alarm: Alarm, cx: &mut Cx) {
        let service = match alarm {
            Alarm::Promote(service) => service,
            Alarm::Free(service) => {
                self.services[service.index()].held = false;
                self.due.insert(service.index());
                return;
            }
        };
        let hold = cx.world.controls.hold_down;
        let progress = &mut self.services[service.index()];
        progress.automatic = false;
        if hold > Span::ZERO {
            progress.held = true;
            cx.after(hold, Timer::Switch(Alarm::Free(service)));
        }
        let target = progress.target.clone();
        let tools = [Role::Monitor, Role::Controller].into_iter().flat_map(|role| cx.board.holders(role));
        let tools: Vec<EventId> = tools.filter_map(|s| cx.board.service_event(s)).collect();
        let why = cx.board.suspected[service.index()].or_else(|| cx.board.service_event(service));
        let causes: Vec<EventId> = tools.into_iter().chain(why).collect();
        self.promote(service, &target, &causes, cx);
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        match heard.change {
            Change::Done(Task { kind: TaskKind::Promote(service), .. }) => {
                self.services[service.index()].by_hand = false;
                self.promote(service, &target(service, false, cx), &[heard.id], cx);
            }
            Change::Started(Task { kind: TaskKind::Promote(service), .. }) => {
                for pool in target(service, false, cx) {
                    cx.board.set_pool(pool, PoolState::Promoting, &[heard.id]);
                }
            }
            Change::Servers(_) => {
                let Subject::Pool(pool) = heard.subject else { return };
                rejoin(cx.world[pool].service, cx);
            }
            _ => {}
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        let tools = [Role::Monitor, Role::Controller, Role::Config].map(|role| cx.board.does(role));
        let sites = if cx.board.reach.whole { 0 } else { cx.world.sites.len() };
        let near = (0..sites).map(|i| tools_reach(SiteId::at(i), cx)).collect();
        let facts = Facts { tools, decided: cx.board.decided, parted: cx.board.reach.parted, near };
        self.note_changes(cx);
        if std::mem::replace(&mut self.reach, cx.board.reach.version) != cx.board.reach.version {
            let parted = self.facts.as_ref().is_none_or(|f| f.parted != facts.parted);
            self.look_across(parted, cx);
            self.note_changes(cx);
        }
        if self.facts.as_ref() != Some(&facts) {
            self.open.iter().for_each(|s| self.due.insert(s.index()));
        }
        self.facts = Some(facts);
        let automatic = tools[..2] == [Some(true); 2] && !config::lost(cx);
        while let Some(i) = self.due.take_first() {
            self.consider(ServiceId::at(i), automatic, cx);
        }
    }
}

impl Switch {
    /// Marks what has changed, and who would be switched once it serves.
    fn note_changes(&mut self, cx: &Cx) {
        for &service in cx.board.changes(&mut self.place) {
            self.due.insert(service.index());
            self.across.insert(service.index());
            let callers = cx.web.callers(service).iter().filter(|s| self.open.contains(s));
            callers.for_each(|s| self.due.insert(s.index()));
        }
    }

    fn consider(&mut self, service: ServiceId, automatic: bool, cx: &mut Cx) {
        let i = service.index();
        let known = !matches!(cx.board.phase(service), Phase::Normal | Phase::Undetected);
        let reform = reformable(service, cx);
        let lost = known && cx.board.own(service) < WHOLE;
        let wanted = lost && (reform || !target(service, false, cx).is_empty());
        let doubted = cx.board.suspected[i].is_some();
        let reached =
            if automatic && !reform && (lost || doubted) { target(service, true, cx) } else { Vec::new() };
        let progress = &mut self.services[i];
        let machine = if progress.automatic {
            automatic && (lost || doubted || stopped(&progress.target, cx))
        } else {
            !reached.is_empty() && !progress.held
        };
        if machine != progress.automatic {
            progress.automatic = machine;
            if machine {
                progress.target = reached;
                self.across.insert(i);
                cx.set(progress.slot, cx.world.controls.promote_auto, Timer::Switch(Alarm::Promote(service)));
                if !lost {
                    stop(service, &progress.target, cx);
                }
            } else {
                cx.cancel(progress.slot);
            }
        }
        let progress = &mut self.services[i];
        if wanted && !machine && !progress.by_hand {
            self.ask(service, cx);
        } else if !wanted && progress.by_hand {
            progress.by_hand = false;
            abandon(service, cx);
        }
        let progress = &self.services[i];
        let switching = progress.automatic || progress.by_hand;
        cx.board.set_switching(service, switching);
        if known || switching || doubted {
            self.open.insert(service);
        } else {
            self.open.remove(&service);
        }
    }

    /// Puts the work in the team's queue, if somebody said go, and what the service needs serves and has its settings.
    fn ask(&mut self, service: ServiceId, cx: &mut Cx) {
        let Some(go) = cx.board.decided else { return };
        let world = cx.world;
        let hard = || world[service].needs.iter().filter(|n| n.soft.is_none()).map(|n| n.on);
        let circular = |d: ServiceId| cx.web.tied(d, service);
        if config::missing(service, cx) || !hard().all(|d| cx.board.share(d) > 0.0 || circular(d)) {
            return;
        }
        self.services[service.index()].by_hand = true;
        let mut causes = vec![go];
        causes.extend(hard().filter_map(|d| cx.board.service_event(d)));
        causes.extend(cx.board.service_event(service));
        let task = Task { kind: TaskKind::Promote(service), by_hand: true };
        cx.board.record(Subject::Service(service), Change::Queued(task), &causes);
    }

    fn promote(&mut self, service: ServiceId, target: &[PoolId], causes: &[EventId], cx: &mut Cx) {
        let reform = reformable(service, cx);
        let promoted = cx.board.record(Subject::Service(service), Change::Promoted, causes);
        if reform {
            cx.board.set_voters(service, survivors(service, cx));
        }
        for &pool in target {
            if !idle(pool, cx) {
                continue;
            }
            cx.board.set_active(pool, true);
            let state = routes::state(pool, cx);
            cx.board.set_pool(pool, state, &[promoted]);
        }
        self.services[service.index()].target = target.to_vec();
        self.across.insert(service.index());
        if cx.board.split[service.index()].is_none() && across(service, target, cx) {
            let event = cx.board.record(Subject::Service(service), Change::Split(true), &[promoted]);
            cx.board.split[service.index()] = Some(event);
        }
    }

    /// Sites were parted or joined, or servers came or went on one side: voters find each other, sides of a split too, and who
    /// lost the witness steps down.
    fn look_across(&mut self, parted: bool, cx: &mut Cx) {
        let because: Vec<EventId> = cx.board.reach.because.into_iter().collect();
        if parted {
            self.across = Marks::all(cx.world.services.len());
        }
        while let Some(i) = self.across.take_first() {
            let service = ServiceId::at(i);
            rejoin(service, cx);
            let target = std::mem::take(&mut self.services[service.index()].target);
            if let Some(split) = cx.board.split[service.index()]
                && !across(service, &target, cx)
            {
                let causes: Vec<EventId> = because.iter().copied().chain([split]).collect();
                let joined = cx.board.record(Subject::Service(service), Change::Split(false), &causes);
                cx.board.split[service.index()] = None;
                let older = cx.world[service].pools.iter().copied().filter(|p| !target.contains(p)).collect();
                step_down(older, joined, cx);
            }
            self.services[service.index()].target = target;
        }
        if let (Guard::Witness(witness), Some(&because)) = (cx.world.controls.guard, because.first()) {
            for &service in &self.guarded {
                let near = |p: &PoolId| cx.board.reach.together(cx.world[*p].site, witness);
                let (there, away): (Vec<PoolId>, Vec<PoolId>) =
                    cx.world[service].pools.iter().copied().partition(near);
                if !there.is_empty() {
                    step_down(away, because, cx);
                }
            }
        }
    }
}

/// Stops what is active and in reach, so that only one side is: an unneeded switch is an outage of its own.
fn stop(service: ServiceId, target: &[PoolId], cx: &mut Cx) {
    let (Some(&first), Some(because)) = (target.first(), cx.board.suspected[service.index()]) else { return };
    let near = |p: &PoolId| cx.board.reach.together(cx.world[*p].site, cx.world[first].site);
    let reached = cx.world[service].pools.iter().copied().filter(near).collect();
    step_down(reached, because, cx);
}

/// Pools that no longer think themselves active.
fn step_down(pools: Vec<PoolId>, because: EventId, cx: &mut Cx) {
    for pool in pools {
        if cx.board.set_active(pool, false)
            && matches!(cx.board.pool(pool), PoolState::Up | PoolState::Routing)
        {
            cx.board.set_pool(pool, PoolState::Standby, &[because]);
        }
    }
}

/// Whether a service whose old side was stopped waits for its new one.
fn stopped(target: &[PoolId], cx: &Cx) -> bool {
    let service = target.first().map(|&p| cx.world[p].service);
    service.is_some_and(|s| cx.world[s].pools.iter().all(|p| !cx.board.active[p.index()]))
}

/// Whether some pool of a service is active that does not reach what was promoted, and has users.
fn across(service: ServiceId, target: &[PoolId], cx: &Cx) -> bool {
    let serves = |p: PoolId| {
        cx.board.active[p.index()] && cx.board.servers(p) > 0.0 && cx.board.reach.users(cx.world[p].site)
    };
    let Some(&new) = target.iter().find(|&&p| serves(p)) else { return false };
    let mut pools = cx.world[service].pools.iter().copied();
    pools.any(|p| serves(p) && !cx.board.reach.together(cx.world[p].site, cx.world[new].site))
}

fn idle(pool: PoolId, cx: &Cx) -> bool {
    !cx.board.active[pool.index()] && matches!(cx.board.pool(pool), PoolState::Standby | PoolState::Promoting)
}

/// Pools that run and could serve if somebody told them to, and that users would reach; for the controller, those that it
/// and its monitor reach. Of several, those that reach most others, and those that are active on an ordinary day. None where
/// a guard forbids it.
fn target(service: ServiceId, machine: bool, cx: &Cx) -> Vec<PoolId> {
    let site = |p: &PoolId| cx.world[*p].site;
    let ready = |p: &PoolId| {
        idle(*p, cx)
            && cx.board.reach.users(site(p))
            && (!machine || tools_reach(site(p), cx))
            && !matches!(cx.world.controls.guard, Guard::Witness(w) if !cx.board.reach.together(site(p), w))
    };
    let mut found: Vec<PoolId> = cx.world[service].pools.iter().copied().filter(ready).collect();
    let whole = |p: &PoolId| cx.board.network(site(p)) == NetState::Whole;
    let home = |p: &PoolId| cx.world[*p].role == PoolRole::Active;
    for better in [&whole as &dyn Fn(&PoolId) -> bool, &home] {
        if found.iter().any(better) {
            found.retain(better);
        }
    }
    let first = found.first().map(site);
    if machine && cx.world.controls.guard == Guard::Fence && first.is_some_and(|s| !fenced(service, s, cx)) {
        found.clear();
    }
    found
}

/// Whether monitor and controller reach a site.
fn tools_reach(site: SiteId, cx: &Cx) -> bool {
    [Role::Monitor, Role::Controller].iter().all(|&role| cx.board.does_at(role, site, cx.world) == Some(true))
}

/// Whether every pool that thinks itself active can be stopped from a site.
fn fenced(service: ServiceId, site: SiteId, cx: &Cx) -> bool {
    let mut pools = cx.world[service].pools.iter();
    pools.all(|&p| !cx.board.active[p.index()] || cx.board.reach.together(cx.world[p].site, site))
}

/// Voters that are up, know what they voted, reach each other, and are reached by users: all of a quorum's servers are
/// voters. Where several islands have some, those of the island with most.
fn survivors(service: ServiceId, cx: &Cx) -> u32 {
    let world = cx.world;
    let reach = &cx.board.reach;
    let mut by_island: BTreeMap<usize, u32> = BTreeMap::new();
    for &pool in &world[service].pools {
        if !cx.board.unchecked(pool) && reach.users(world[pool].site) {
            *by_island.entry(reach.island(world[pool].site)).or_default() += cx.board.servers(pool) as u32;
        }
    }
    by_island.into_values().max().unwrap_or(0)
}

/// Voters that come back count again in a quorum that was re-formed without them.
fn rejoin(service: ServiceId, cx: &mut Cx) {
    if let Some(built) = cx.world[service].quorum {
        let up = survivors(service, cx).min(built);
        cx.board.set_voters(service, up.max(cx.board.voters(service)));
    }
}

/// Whether a quorum is lost and some of its voters are left.
fn reformable(service: ServiceId, cx: &Cx) -> bool {
    if cx.world[service].quorum.is_none() {
        return false;
    }
    let up = survivors(service, cx);
    up > 0 && up < cx.board.voters(service) / 2 + 1
}

/// The service came back another way.
fn abandon(service: ServiceId, cx: &mut Cx) {
    let task = Task { kind: TaskKind::Promote(service), by_hand: true };
    let causes: Vec<EventId> = cx.board.service_event(service).into_iter().collect();
    let dropped = cx.board.record(Subject::Service(service), Change::Dropped(task), &causes);
    for &pool in &cx.world[service].pools {
        if !cx.board.active[pool.index()] && cx.board.pool(pool) == PoolState::Promoting {
            cx.board.set_pool(pool, PoolState::Standby, &[dropped]);
        }
    }
}
