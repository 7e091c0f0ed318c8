//! Booting: who may start, in which order, and how a circle is broken.
//!
//! What can start is a *least* fixed point: a service runs if it serves already, or if it has servers with power that
//! people or tools can reach and everything it boots from can serve. What lies outside is deadlocked and never starts by
//! itself. Strongly connected components of the boot graph outside the fixed point are circles; each is opened at its
//! cheapest known bypass. A dependency that is merely dead (no power, burnt) is bypassed where somebody knows how.
//!
//! Servers that are not there yet (all of a cold pool, the rest of a pilot) are installed first, by the same tool or the
//! same hands, once somebody said go or the controller acts.
//!
//! An event wakes the pools it can move, and only they are looked at again; ways round are sought only after something
//! that can make one necessary, and only for what stands still and what it waits for (`bypass.rs`).

use std::collections::BTreeSet;

use super::fixed::Fixed;
use super::{Mechanism, Never, admin, config};
use crate::kernel::marks::Marks;
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, Phase, PoolState, ServiceState, Subject, Task, TaskKind, WHOLE};
use crate::world::{Action, PoolId, PoolRole, Role, ServiceId, SiteId, World};

/// A boot dependency: what waits, and for what.
pub(super) type Edge = (ServiceId, ServiceId);

/// Booting's memory.
pub(crate) struct Boot {
    /// Work asked for, by pool.
    asked: Vec<Option<Task>>,
    /// Pilots whose other servers have been installed.
    scaled: Vec<bool>,
    /// Pools that stand still and that a start, an installation or a dependency could move.
    stopped: Vec<bool>,
    /// Pools that wait for a boot dependency, and how many.
    blocked: Marks,
    waiting: usize,
    /// Pools to be looked at again.
    woken: Marks,
    /// A way round may have become necessary.
    look: bool,
    means: Means,
    bypassed: BTreeSet<Edge>,
    pub(super) bypassing: BTreeSet<Edge>,
    /// Services of which a pool stands still, as of a place in the journal.
    pub(super) halted: Marks,
    pub(super) place: usize,
    places: Places,
    pub(super) fixed: Fixed,
    epoch: Option<u64>,
}

/// What starts servers without people, and what lets cold servers be started.
#[derive(Default)]
struct Means {
    /// By site: the deployment tool serves, and so do the registry it installs from and the store of settings, if there
    /// are any; all for what they can reach.
    tools: Vec<bool>,
    /// By site: its doors wait for the administrators' sign-in.
    shut: Vec<bool>,
    /// The store of settings is lost.
    unset: bool,
    /// Somebody said go, or the controller acts on what its monitor says.
    go: bool,
}

/// Who is where, so that an event finds the pools it can move.
struct Places {
    by_site: Vec<Vec<PoolId>>,
    /// Pools of a service that stand empty.
    cold: Vec<Vec<PoolId>>,
    /// Services that boot from a service.
    waiting: Vec<Vec<ServiceId>>,
}

impl Places {
    fn new(world: &World) -> Self {
        let mut by_site = vec![Vec::new(); world.sites.len()];
        let mut cold = vec![Vec::new(); world.services.len()];
        let mut waiting = vec![Vec::new(); world.services.len()];
        for (i, pool) in world.pools.iter().enumerate() {
            by_site[pool.site.index()].push(PoolId::at(i));
            if pool.role == PoolRole::Cold {
                cold[pool.service.index()].push(PoolId::at(i));
            }
        }
        for (i, service) in world.services.iter().enumerate() {
            for &on in &service.boots {
                waiting[on.index()].push(ServiceId::at(i));
            }
        }
        Self { by_site, cold, waiting }
    }
}

impl Mechanism for Boot {
    type Timer = Never;
    const CLASS: u8 = 10;

    fn new(world: &World, _cx: &mut Cx) -> Self {
        let pools = world.pools.len();
        Self {
            asked: vec![None; pools],
            scaled: vec![false; pools],
            stopped: vec![false; pools],
            blocked: Marks::none(pools),
            waiting: 0,
            woken: Marks::none(pools),
            look: false,
            means: Means { shut: vec![false; world.sites.len()], ..Means::default() },
            bypassed: BTreeSet::new(),
            bypassing: BTreeSet::new(),
            halted: Marks::none(world.services.len()),
            place: 0,
            places: Places::new(world),
            fixed: Fixed::new(world),
            epoch: None,
        }
    }

    fn ring(&mut self, timer: Never, _cx: &mut Cx) {
        match timer {}
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        match (heard.subject, heard.change) {
            (Subject::Pool(pool), Change::Pool(state)) => {
                if matches!(state, PoolState::NoPower | PoolState::WaitParts | PoolState::Destroyed) {
                    self.forget(pool, heard.id, cx);
                }
                self.moved(pool, state, cx.world);
            }
            (Subject::Pool(pool), Change::Incident(Action::Crash(_)) | Change::Mistake) => {
                self.forget(pool, heard.id, cx);
                self.woken.insert(pool.index());
            }
            (Subject::Service(service), Change::Phase(_)) => self.wake(service, cx.world),
            (Subject::Service(service), Change::Service(state)) => {
                self.look |= state == ServiceState::Down;
                for i in 0..self.places.waiting[service.index()].len() {
                    self.wake(self.places.waiting[service.index()][i], cx.world);
                }
            }
            (Subject::Site(site), Change::Site(_)) => {
                self.look = true;
                self.places.by_site[site.index()].iter().for_each(|p| self.woken.insert(p.index()));
            }
            (_, Change::Decided) => self.look = true,
            (_, Change::Started(task)) => started(task, heard.id, cx),
            (_, Change::Done(task)) => self.done(task, heard.id, cx),
            _ => {}
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        if self.epoch != Some(cx.board.epoch()) {
            self.epoch = Some(cx.board.epoch());
            if cx.board.alarm.is_none() && !self.bypassed.is_empty() {
                self.bypassed.clear();
            }
            self.look_at_means(cx);
        }
        while let Some(pool) = self.woken.take_first() {
            self.consider(PoolId::at(pool), cx);
        }
        if self.waiting > 0 && cx.board.decided.is_some() && std::mem::take(&mut self.look) {
            self.find_ways_round(cx);
        }
    }
}

impl Boot {
    /// A pool came into a state: it and the cold servers that may have to stand in for it are looked at again.
    fn moved(&mut self, pool: PoolId, state: PoolState, world: &World) {
        let stopped = halts(state);
        self.stopped[pool.index()] =
            stopped || matches!(state, PoolState::Restarting | PoolState::Provisioning);
        let lost = matches!(state, PoolState::NoPower | PoolState::WaitParts | PoolState::Destroyed);
        self.look |= lost || (stopped && self.asked[pool.index()].is_none());
        self.scaled[pool.index()] &= !(lost || stopped);
        self.woken.insert(pool.index());
        self.places.cold[world[pool].service.index()].iter().for_each(|p| self.woken.insert(p.index()));
    }

    /// What stands still of a service is looked at again.
    fn wake(&mut self, service: ServiceId, world: &World) {
        let stopped = world[service].pools.iter().filter(|p| self.stopped[p.index()]);
        let cold = &self.places.cold[service.index()];
        stopped.chain(cold).for_each(|p| self.woken.insert(p.index()));
    }

    fn look_at_means(&mut self, cx: &Cx) {
        let does = |role| cx.board.does(role) == Some(true);
        let unset = config::lost(cx);
        let acts = does(Role::Controller) && does(Role::Monitor) && !unset;
        let go = acts || cx.board.decided.is_some();
        if std::mem::replace(&mut self.means.unset, unset) != unset {
            let stopped = self.stopped.iter().enumerate().filter(|of| *of.1);
            stopped.for_each(|(pool, _)| self.woken.insert(pool));
        }
        for (site, &shut) in cx.board.shut.iter().enumerate() {
            if std::mem::replace(&mut self.means.shut[site], shut) != shut {
                self.look = true;
                self.places.by_site[site].iter().for_each(|p| self.woken.insert(p.index()));
            }
        }
        if std::mem::replace(&mut self.means.go, go) != go {
            self.places.cold.iter().flatten().for_each(|p| self.woken.insert(p.index()));
        }
        let sites = cx.world.sites.len();
        let everywhere = cx.board.reach.whole && sites > 0;
        let alike = everywhere && deploys(SiteId(0), cx);
        self.means.tools.resize(sites, false);
        for site in 0..sites {
            let now = alike || (!everywhere && deploys(SiteId::at(site), cx));
            if std::mem::replace(&mut self.means.tools[site], now) != now {
                self.look = true;
                self.places.by_site[site].iter().for_each(|p| self.woken.insert(p.index()));
            }
        }
    }

    fn done(&mut self, task: Task, by: EventId, cx: &mut Cx) {
        match task.kind {
            TaskKind::Boot(pool) => self.asked[pool.index()] = None,
            TaskKind::Configure(service) => self.wake(service, cx.world),
            TaskKind::Provision(pool) => {
                self.asked[pool.index()] = None;
                if cx.world[pool].role == PoolRole::Cold {
                    cx.board.installed[pool.index()] = true;
                    let empty = cx.board.empty[pool.index()];
                    let next = if empty { PoolState::WaitData } else { PoolState::WaitHands };
                    cx.board.set_pool(pool, next, &[by]);
                } else {
                    self.scaled[pool.index()] = true;
                }
            }
            TaskKind::Bypass { of, on } => {
                self.bypassing.remove(&(of, on));
                self.bypassed.insert((of, on));
                self.look = true;
                self.wake(of, cx.world);
                cx.board.record(Subject::Service(of), Change::Bypassed { on }, &[by]);
            }
            _ => {}
        }
    }

    /// What a pool would need done now: a start, or servers installed.
    fn job(&self, pool: PoolId, cx: &Cx) -> Option<TaskKind> {
        let entry = &cx.world[pool];
        match cx.board.pool(pool) {
            PoolState::WaitAccess | PoolState::WaitBoot | PoolState::WaitHands => {
                let there = cx.board.installed[pool.index()];
                Some(if there { TaskKind::Boot(pool) } else { TaskKind::Provision(pool) })
            }
            PoolState::Restarting | PoolState::Provisioning => self.asked[pool.index()].map(|task| task.kind),
            PoolState::Off if self.means.go && self.wanted(pool, cx) => Some(TaskKind::Provision(pool)),
            PoolState::Up | PoolState::Routing if entry.to_install() > 0 && entry.role == PoolRole::Pilot => {
                (!self.scaled[pool.index()]).then_some(TaskKind::Provision(pool))
            }
            _ => None,
        }
    }

    /// Whether empty servers are needed: what runs or is on its way cannot carry the peak.
    fn wanted(&self, pool: PoolId, cx: &Cx) -> bool {
        let service = cx.world[pool].service;
        let comes = |p: &&PoolId| {
            let state = cx.board.pool(**p);
            near(state)
                || matches!(state, PoolState::WaitData | PoolState::Restoring)
                || self.asked[p.index()].is_some()
        };
        let carried: f64 =
            cx.world[service].pools.iter().filter(comes).map(|&p| f64::from(cx.world[p].servers)).sum();
        cx.board.own(service) < WHOLE && carried < cx.world[service].load
    }

    /// Moves one pool on, if it can be.
    fn consider(&mut self, pool: PoolId, cx: &mut Cx) {
        let service = cx.world[pool].service;
        if self.blocked.has(pool.index()) {
            self.blocked.remove(pool.index());
            self.waiting -= 1;
        }
        let known = !matches!(cx.board.phase(service), Phase::Undetected);
        let Some(kind) = self.job(pool, cx).filter(|_| known) else { return };
        let tools = self.tools_at(pool, cx);
        if let Some(task) = self.asked[pool.index()] {
            if task.by_hand != tools && (!task.by_hand || enterable(pool, cx)) {
                return;
            }
            self.forget(pool, last(pool, cx), cx);
        }
        if !tools && !enterable(pool, cx) {
            let site = cx.world[pool].site;
            let doors = if cx.board.shut[site.index()] { admin::last(cx) } else { None };
            wait(pool, PoolState::WaitAccess, doors.or_else(|| cx.board.site_event(site)), cx);
            return;
        }
        let missing = self.missing(service, cx).next();
        if let (TaskKind::Boot(_), Some(on)) = (kind, missing) {
            let by = cx.board.service_event(on);
            wait(pool, PoolState::WaitBoot, by, cx);
            self.blocked.insert(pool.index());
            self.waiting += 1;
            return;
        }
        // What boots from the store of settings was led round it.
        let led = || cx.world[service].boots.iter().any(|&d| cx.world[d].role == Some(Role::Config));
        let starts = matches!(kind, TaskKind::Boot(_));
        if starts && !tools && config::missing(service, cx) && !led() {
            wait(pool, PoolState::WaitBoot, config::last(cx), cx);
            return;
        }
        self.ask(pool, kind, cx);
    }

    fn ask(&mut self, pool: PoolId, kind: TaskKind, cx: &mut Cx) {
        let world = cx.world;
        let mut causes: Vec<EventId> = cx.board.pool_event(pool).into_iter().collect();
        if let TaskKind::Boot(_) = kind {
            let boots = &world[world[pool].service].boots;
            causes.extend(boots.iter().filter_map(|&d| cx.board.service_event(d)));
        } else {
            causes.extend(cx.board.decided);
            causes.extend(cx.board.service_event(world[pool].service));
        }
        let task = Task { kind, by_hand: !self.tools_at(pool, cx) };
        self.asked[pool.index()] = Some(task);
        let queued = cx.board.record(Subject::Pool(pool), Change::Queued(task), &causes);
        wait(pool, PoolState::WaitHands, Some(queued), cx);
    }

    /// Takes the work back: the pool died again, or somebody else goes on with it.
    fn forget(&mut self, pool: PoolId, because: EventId, cx: &mut Cx) {
        if let Some(task) = self.asked[pool.index()].take() {
            self.look = true;
            cx.board.record(Subject::Pool(pool), Change::Dropped(task), &[because]);
        }
    }

    fn tools_at(&self, pool: PoolId, cx: &Cx) -> bool {
        self.means.tools[cx.world[pool].site.index()]
    }

    /// Has servers with power that somebody can get at.
    pub(super) fn startable(&self, service: ServiceId, cx: &Cx) -> bool {
        let ready = |p: &PoolId| halts(cx.board.pool(*p)) && (self.tools_at(*p, cx) || enterable(*p, cx));
        cx.world[service].pools.iter().any(ready)
    }

    /// Runs, or its start has been asked for.
    pub(super) fn coming(&self, service: ServiceId, cx: &Cx) -> bool {
        runs(service, cx) || cx.world[service].pools.iter().any(|p| self.asked[p.index()].is_some())
    }

    /// Boot dependencies that neither serve nor have been bypassed.
    pub(super) fn missing<'a>(
        &'a self,
        service: ServiceId,
        cx: &'a Cx,
    ) -> impl Iterator<Item = ServiceId> + 'a {
        let lacks = move |d: &ServiceId| cx.board.share(*d) <= 0.0 && !self.bypassed.contains(&(service, *d));
        cx.world[service].boots.iter().copied().filter(lacks)
    }
}

fn started(task: Task, by: EventId, cx: &mut Cx) {
    match task.kind {
        TaskKind::Boot(pool) => {
            cx.board.set_pool(pool, PoolState::Restarting, &[by]);
        }
        TaskKind::Provision(pool) if cx.world[pool].role == PoolRole::Cold => {
            cx.board.set_pool(pool, PoolState::Provisioning, &[by]);
        }
        _ => {}
    }
}

/// Whether a pool stands still and could be started.
pub(super) const fn halts(state: PoolState) -> bool {
    matches!(state, PoolState::WaitAccess | PoolState::WaitBoot | PoolState::WaitHands)
}

/// Whether people may be where the pool stands.
fn enterable(pool: PoolId, cx: &Cx) -> bool {
    cx.board.lets_to_servers(cx.world[pool].site, cx.world)
}

/// Serves, or is about to: it runs, or its servers come up.
const fn near(state: PoolState) -> bool {
    matches!(
        state,
        PoolState::Up
            | PoolState::Routing
            | PoolState::Standby
            | PoolState::Promoting
            | PoolState::Restarting
            | PoolState::Checking
    )
}

/// Serves by itself already, or is about to.
pub(super) fn runs(service: ServiceId, cx: &Cx) -> bool {
    let about = |p: &PoolId| cx.board.pool(*p) != PoolState::Up && near(cx.board.pool(*p));
    cx.board.own(service) > 0.0 || cx.world[service].pools.iter().any(about)
}

/// Whether the deployment tool works for a site, and so do the registry and the store of settings if there are any.
fn deploys(site: SiteId, cx: &Cx) -> bool {
    let does = |role| cx.board.does_at(role, site, cx.world);
    does(Role::Deploy) == Some(true)
        && does(Role::Registry) != Some(false)
        && does(Role::Config) != Some(false)
}

/// Sets a pool that serves nothing waiting. What serves already goes on serving.
fn wait(pool: PoolId, state: PoolState, by: Option<EventId>, cx: &mut Cx) {
    let now = cx.board.pool(pool);
    if now != state && !matches!(now, PoolState::Up | PoolState::Routing) {
        let causes: Vec<EventId> = by.into_iter().chain(cx.board.pool_event(pool)).collect();
        cx.board.set_pool(pool, state, &causes);
    }
}

fn last(pool: PoolId, cx: &Cx) -> EventId {
    cx.board.pool_event(pool).unwrap_or(EventId(0))
}
