//! Booting: who may start, in which order, and how a circle is broken.
//!
//! What can start is a *least* fixed point: a service runs if it serves already, or if it has servers with power that
//! people or tools can reach and everything it boots from can serve. What lies outside is deadlocked and never starts by
//! itself. Strongly connected components of the boot graph outside the fixed point are circles; each is opened at its
//! cheapest known bypass. A dependency that is merely dead (no power, burnt) is bypassed where somebody knows how.

use std::collections::BTreeSet;

use super::{Mechanism, Never};
use crate::Span;
use crate::kernel::graph;
use crate::kernel::marks::Marks;
use crate::kernel::order::sorted;
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, Phase, PoolState, SiteState, Subject, Task, TaskKind};
use crate::world::{Action, PoolId, Role, ServiceId, SiteId, World};

/// Booting's memory.
pub(crate) struct Boot {
    /// Work asked for, by pool: by hand or not.
    asked: Vec<Option<bool>>,
    bypassed: BTreeSet<(ServiceId, ServiceId)>,
    bypassing: BTreeSet<(ServiceId, ServiceId)>,
    epoch: Option<u64>,
}

impl Mechanism for Boot {
    type Timer = Never;
    const CLASS: u8 = 10;

    fn new(world: &World, _cx: &mut Cx) -> Self {
        Self {
            asked: vec![None; world.pools.len()],
            bypassed: BTreeSet::new(),
            bypassing: BTreeSet::new(),
            epoch: None,
        }
    }

    fn ring(&mut self, timer: Never, _cx: &mut Cx) {
        match timer {}
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        match (heard.subject, heard.change) {
            (Subject::Pool(pool), Change::Pool(PoolState::NoPower | PoolState::Destroyed))
            | (Subject::Pool(pool), Change::Incident(Action::Crash(_)) | Change::Mistake) => {
                self.forget(pool, heard.id, cx);
            }
            (_, Change::Started(Task { kind: TaskKind::Boot(pool), .. })) => {
                cx.board.set_pool(pool, PoolState::Restarting, &[heard.id]);
            }
            (_, Change::Done(Task { kind: TaskKind::Boot(pool), .. })) => self.asked[pool.index()] = None,
            (_, Change::Done(Task { kind: TaskKind::Bypass { of, on }, .. })) => {
                self.bypassing.remove(&(of, on));
                self.bypassed.insert((of, on));
                cx.board.record(Subject::Service(of), Change::Bypassed { on }, &[heard.id]);
            }
            _ => {}
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        if self.epoch == Some(cx.board.epoch()) {
            return;
        }
        self.epoch = Some(cx.board.epoch());
        if cx.board.alarm.is_none() && !self.bypassed.is_empty() {
            self.bypassed.clear();
        }
        let tools = Tools::new(cx);
        let tools = &tools;
        let mut blocked = false;
        for i in 0..cx.world.pools.len() {
            blocked |= self.consider(PoolId::at(i), tools, cx);
        }
        if blocked && cx.board.decided.is_some() {
            self.find_ways_round(tools, cx);
        }
    }
}

impl Boot {
    /// Moves one stopped pool on; true if it waits for a boot dependency.
    fn consider(&mut self, pool: PoolId, tools: &Tools, cx: &mut Cx) -> bool {
        let stopped = matches!(
            cx.board.pool(pool),
            PoolState::WaitAccess | PoolState::WaitBoot | PoolState::WaitHands | PoolState::Restarting
        );
        let service = cx.world[pool].service;
        let tools = tools.at(cx.world[pool].site);
        let known = !matches!(cx.board.phase(service), Phase::Undetected);
        if !stopped
            || !known
            || (cx.board.pool(pool) == PoolState::Restarting && self.asked[pool.index()].is_none())
        {
            return false;
        }
        if let Some(by_hand) = self.asked[pool.index()] {
            if by_hand == tools || (by_hand && !enterable(pool, cx)) {
                self.forget(pool, last(pool, cx), cx);
            } else {
                return false;
            }
        }
        if !tools && !enterable(pool, cx) {
            let by = cx.board.site_event(cx.world[pool].site);
            wait(pool, PoolState::WaitAccess, by, cx);
            return false;
        }
        let missing = self.missing(service, cx).next();
        if let Some(on) = missing {
            let by = cx.board.service_event(on);
            wait(pool, PoolState::WaitBoot, by, cx);
            return true;
        }
        self.ask(pool, !tools, cx);
        false
    }

    fn ask(&mut self, pool: PoolId, by_hand: bool, cx: &mut Cx) {
        let world = cx.world;
        let service = world[pool].service;
        let mut causes: Vec<EventId> = cx.board.pool_event(pool).into_iter().collect();
        causes.extend(world[service].boots.iter().filter_map(|&d| cx.board.service_event(d)));
        self.asked[pool.index()] = Some(by_hand);
        let task = Task { kind: TaskKind::Boot(pool), by_hand };
        let queued = cx.board.record(Subject::Pool(pool), Change::Queued(task), &causes);
        wait(pool, PoolState::WaitHands, Some(queued), cx);
    }

    /// Takes the work back: the pool died again, or somebody else goes on with it.
    fn forget(&mut self, pool: PoolId, because: EventId, cx: &mut Cx) {
        if let Some(by_hand) = self.asked[pool.index()].take() {
            let task = Task { kind: TaskKind::Boot(pool), by_hand };
            cx.board.record(Subject::Pool(pool), Change::Dropped(task), &[because]);
        }
    }

    /// Runs, or its start has been asked for.
    fn coming(&self, service: ServiceId, cx: &Cx) -> bool {
        runs(service, cx) || cx.world[service].pools.iter().any(|p| self.asked[p.index()].is_some())
    }

    /// Boot dependencies that neither serve nor have been bypassed.
    fn missing<'a>(&'a self, service: ServiceId, cx: &'a Cx) -> impl Iterator<Item = ServiceId> + 'a {
        let lacks = move |d: &ServiceId| cx.board.share(*d) <= 0.0 && !self.bypassed.contains(&(service, *d));
        cx.world[service].boots.iter().copied().filter(lacks)
    }

    fn find_ways_round(&mut self, tools: &Tools, cx: &mut Cx) {
        let world = cx.world;
        let (can_run, can_serve) = self.least(tools, cx);
        // Edges along which a start waits for something that will not come by itself, or that people know how to do
        // without: nobody who can help it waits for hours on a promise.
        let edges: Vec<Vec<usize>> = (0..world.services.len())
            .map(|i| {
                let s = ServiceId::at(i);
                let waits = |d: &ServiceId| {
                    let by_itself = can_run.has(i) || can_serve[d.index()];
                    !by_itself || (known(world, (s, *d)).is_some() && !self.coming(*d, cx))
                };
                if startable(s, tools, cx) {
                    self.missing(s, cx).filter(waits).map(ServiceId::index).collect()
                } else {
                    vec![]
                }
            })
            .collect();
        let component = graph::components(&edges);
        let mut wanted: Vec<(usize, Span, (ServiceId, ServiceId))> = Vec::new();
        for (i, targets) in edges.iter().enumerate() {
            for &d in targets {
                let edge = (ServiceId::at(i), ServiceId::at(d));
                let Some(effort) = effort(world, edge) else { continue };
                // A circle is opened once, at its cheapest place; every other dead dependency by itself.
                let circle = if component[i] == component[d] { component[i] } else { usize::MAX };
                wanted.push((circle, effort, edge));
            }
        }
        let wanted = sorted(wanted, &Ord::cmp);
        let circular = |(of, on): &&(ServiceId, ServiceId)| component[of.index()] == component[on.index()];
        let mut opened: BTreeSet<usize> =
            self.bypassing.iter().filter(circular).map(|(of, _)| component[of.index()]).collect();
        for (circle, _, edge) in wanted {
            if (circle == usize::MAX || opened.insert(circle)) && self.bypassing.insert(edge) {
                let (of, on) = edge;
                let causes = [cx.board.decided, cx.board.service_event(of), cx.board.service_event(on)];
                let task = Task { kind: TaskKind::Bypass { of, on }, by_hand: true };
                let causes: Vec<EventId> = causes.into_iter().flatten().collect();
                cx.board.record(Subject::Service(of), Change::Queued(task), &causes);
            }
        }
    }

    /// The least fixed point: who can run by themselves, and who can then serve.
    fn least(&self, tools: &Tools, cx: &Cx) -> (Marks, Vec<bool>) {
        let world = cx.world;
        let n = world.services.len();
        let able: Vec<bool> = (0..n).map(|i| startable(ServiceId::at(i), tools, cx)).collect();
        let mut run = Marks::none(n);
        (0..n).filter(|&i| runs(ServiceId::at(i), cx)).for_each(|i| run.insert(i));
        let mut serve = vec![false; n];
        loop {
            let mut grew = false;
            for i in 0..n {
                let service = ServiceId::at(i);
                if !serve[i] && cx.web.closure_within(service, &run) {
                    serve[i] = true;
                    grew = true;
                }
                if !run.has(i) && able[i] && self.missing(service, cx).all(|d| serve[d.index()]) {
                    run.insert(i);
                    grew = true;
                }
            }
            if !grew {
                return (run, serve);
            }
        }
    }
}

/// Where the deployment tool starts servers, by site.
struct Tools(Vec<bool>);

impl Tools {
    /// It serves, and so does the registry it installs from, if there is one; both for what they can reach.
    fn new(cx: &Cx) -> Self {
        let n = cx.world.sites.len();
        let deploys = |site| {
            cx.board.does_at(Role::Deploy, site, cx.world) == Some(true)
                && cx.board.does_at(Role::Registry, site, cx.world) != Some(false)
        };
        if cx.board.reach.whole {
            return Self(vec![n > 0 && deploys(SiteId(0)); n]);
        }
        Self((0..n).map(|i| deploys(SiteId::at(i))).collect())
    }

    fn at(&self, site: SiteId) -> bool {
        self.0[site.index()]
    }
}

/// Whether people may be where the pool stands.
fn enterable(pool: PoolId, cx: &Cx) -> bool {
    matches!(cx.board.site(cx.world[pool].site), SiteState::Ok | SiteState::Recovering)
}

/// Serves by itself already, or is about to: a standby runs, or servers come up.
fn runs(service: ServiceId, cx: &Cx) -> bool {
    let near = |p: &PoolId| {
        matches!(
            cx.board.pool(*p),
            PoolState::Standby | PoolState::Promoting | PoolState::Restarting | PoolState::Checking
        )
    };
    cx.board.own(service) > 0.0 || cx.world[service].pools.iter().any(near)
}

/// Has servers with power that somebody can get at.
fn startable(service: ServiceId, tools: &Tools, cx: &Cx) -> bool {
    let ready = |p: &PoolId| {
        matches!(cx.board.pool(*p), PoolState::WaitBoot | PoolState::WaitHands | PoolState::WaitAccess)
            && (tools.at(cx.world[*p].site) || enterable(*p, cx))
    };
    cx.world[service].pools.iter().any(ready)
}

/// An expert's work to do without a boot dependency; none if nobody knows how.
pub(crate) fn effort(world: &World, edge: (ServiceId, ServiceId)) -> Option<Span> {
    known(world, edge).or(world.controls.bypass_default)
}

/// The same where the scenario names it.
fn known(world: &World, (of, on): (ServiceId, ServiceId)) -> Option<Span> {
    world.bypasses.iter().find(|b| (b.of, b.on) == (of, on)).map(|b| b.effort)
}

fn wait(pool: PoolId, state: PoolState, by: Option<EventId>, cx: &mut Cx) {
    if cx.board.pool(pool) != state {
        let causes: Vec<EventId> = by.into_iter().chain(cx.board.pool_event(pool)).collect();
        cx.board.set_pool(pool, state, &causes);
    }
}

fn last(pool: PoolId, cx: &Cx) -> EventId {
    cx.board.pool_event(pool).unwrap_or(EventId(0))
}
