//! Everything that could matter to a service at a moment: who leans on whom, what each waits for, and who would serve if
//! some of it were met.

use std::collections::{BTreeMap, BTreeSet};

use super::ways::{self, Way};
use super::{Blocker, lines, tools};
use crate::kernel::graph;
use crate::kernel::order::sorted_by_key;
use crate::kernel::traffic;
use crate::report::view::View;
use crate::trace::{PoolState, Series, TaskKind, WHOLE};
use crate::world::{Need, PoolId, ServiceId};
use crate::{Span, Time};

/// How much is asked of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// That it serves anything.
    Any,
    /// That it serves all of its demand.
    All,
}

/// A share this close to 1 is all of it.
const EPSILON: f64 = 1e-9;

/// Every service that could matter, with its ways back.
pub(super) struct Ground<'a> {
    pub view: View<'a>,
    pub t: Time,
    ways: BTreeMap<ServiceId, Vec<Way>>,
    /// Who could run, and who serve, without anybody going without anything.
    alone: (BTreeSet<ServiceId>, BTreeSet<ServiceId>),
    /// What is gone without rather than waited for: who, on whom.
    pub without: BTreeSet<(ServiceId, ServiceId)>,
}

impl<'a> Ground<'a> {
    pub fn new(view: View<'a>, t: Time) -> Self {
        let none = BTreeSet::new;
        Self { view, t, ways: BTreeMap::new(), alone: (none(), none()), without: BTreeSet::new() }
    }

    /// Finds the ways of everything that the service leans on or starts from and that does not serve.
    pub fn survey(&mut self, id: ServiceId, level: Level) {
        let mut open = vec![(id, level)];
        let mut seen = BTreeSet::from([(id, level)]);
        while let Some((s, level)) = open.pop() {
            let (view, t) = (self.view, self.t);
            let ways = self.ways.entry(s).or_insert_with(|| ways::ways(view, s, t));
            let boots = ways.iter().any(|way| way.boots);
            let leant = self.leans(s, level).into_iter().map(|d| (d, level));
            let booted = view.missing_boots(s, t).filter(|_| boots).map(|d| (d, Level::Any));
            open.extend(leant.chain(booted).filter(|&next| seen.insert(next)));
        }
        self.look_alone();
        self.look_for_ways_round();
    }

    pub fn ways_of(&self, s: ServiceId) -> Vec<Way> {
        self.ways.get(&s).cloned().unwrap_or_default()
    }

    /// What the service leans on that does not serve as much as is asked of it.
    pub fn leans(&self, s: ServiceId, level: Level) -> Vec<ServiceId> {
        let lacks = |n: &&Need| {
            let share = self.view.holds(n.on, self.t);
            match (level, n.soft) {
                (Level::Any, soft) => soft.is_none_or(|w| w >= 1.0) && share <= 0.0,
                (Level::All, soft) => soft.is_none_or(|w| w > 0.0) && share < 1.0 - EPSILON,
            }
        };
        self.view.world[s].needs.iter().filter(lacks).map(|n| n.on).collect()
    }

    /// Whether a service's own servers do as much as is asked of them.
    pub fn by_itself(&self, s: ServiceId, level: Level) -> bool {
        let own = self.view.own(s, self.t);
        match level {
            Level::Any => own > 0.0,
            Level::All => own >= 1.0 - EPSILON,
        }
    }

    /// Whose caches have to be warm for the service to be asked for no more than on an ordinary day.
    pub fn chill(&self, s: ServiceId) -> Vec<Blocker> {
        let (view, t) = (self.view, self.t);
        if view.trace.asked[s.index()].at(t) <= 1.0 {
            return Vec::new();
        }
        let cold = |&c: &ServiceId| {
            view.world[c].cache.is_some_and(|of| of.of == s) && view.trace.misses[c.index()].at(t) > 1.0
        };
        (0..view.world.services.len()).map(ServiceId::at).filter(cold).map(Blocker::Warm).collect()
    }

    /// Servers that are needed for that if everybody asked once; with caches in front of it warm, or as they are.
    pub fn enough(&self, s: ServiceId, level: Level, warm: bool) -> f64 {
        match (self.view.majority(s, self.t), level) {
            (Some(majority), _) => majority,
            (None, Level::Any) => f64::MIN_POSITIVE,
            (None, Level::All) => WHOLE * self.demand(s, warm),
        }
    }

    /// Servers that are needed for that as things are. Where nothing sheds, retries have to be carried too: some of them
    /// before anything is served, more before they die down.
    pub fn required(&self, s: ServiceId, level: Level, warm: bool) -> f64 {
        let entry = &self.view.world[s];
        let at = |series: &[Series]| series[s.index()].at(self.t);
        let (trace, kappa) = (self.view.trace, self.view.world.overload.kappa);
        if entry.quorum.is_some() || at(&trace.shedding) > 0.0 {
            return self.enough(s, level, warm);
        }
        let retried = match level {
            // Callers that are down do not make it whole.
            Level::Any => kappa * (at(&trace.amplification) / at(&trace.asked)).max(1.0),
            Level::All => traffic::enough(at(&trace.failing), entry.retry.max, entry.retry.budget, kappa),
        };
        if level == Level::All && retried <= 1.0 {
            return self.enough(s, level, warm);
        }
        self.enough(s, level, warm).max(self.demand(s, warm) * retried)
    }

    fn demand(&self, s: ServiceId, warm: bool) -> f64 {
        let asked = if warm { 1.0 } else { self.view.trace.asked[s.index()].at(self.t) };
        self.view.world[s].load * crate::mechanisms::demand(self.view.world, self.t) * asked
    }

    /// Servers that run and serve, or would if less arrived.
    pub fn base(&self, s: ServiceId) -> f64 {
        let parted = |p: PoolId| lines::parted(self.view, p, self.t).is_some();
        let pools = self.view.world[s].pools.iter().filter(|&&p| !parted(p));
        pools.map(|&p| ways::running(self.view, p, self.t)).sum()
    }

    /// Servers that serve when everything that can come back has.
    pub fn all(&self, s: ServiceId) -> f64 {
        let ways = self.ways.get(&s).map_or(&[][..], Vec::as_slice);
        self.base(s) + ways.iter().map(|way| way.servers).sum::<f64>()
    }

    /// Servers that are missing even then for everything to be served, at least one.
    pub fn short(&self, s: ServiceId) -> u32 {
        (self.required(s, Level::All, false) - self.all(s)).ceil().max(1.0) as u32
    }

    /// Somebody has to say go, if nobody has.
    pub fn decision(&self) -> Vec<Blocker> {
        if self.view.decided(self.t) { Vec::new() } else { vec![Blocker::Decision] }
    }

    /// What doing without a boot dependency takes.
    pub fn bypass(&self, of: ServiceId, on: ServiceId) -> Vec<Blocker> {
        let mut conditions = self.decision();
        conditions.extend(tools::hands(self.view, TaskKind::Bypass { of, on }, self.t));
        conditions.push(Blocker::BootCycle(on));
        conditions
    }

    /// Finds the boot dependencies that people do without rather than wait for them: they know how and it is not on its
    /// way, or it will not come by itself and they find out. Of a circle one is enough, where it is least work.
    fn look_for_ways_round(&mut self) {
        for now in [true, false] {
            let of: Vec<ServiceId> = self.ways.keys().copied().collect();
            let waits = |&(of, on): &(ServiceId, ServiceId)| self.would_rather_not_wait(of, on, now);
            let of_service =
                |&s: &ServiceId| self.view.missing_boots(s, self.t).map(move |d| (s, d)).filter(waits);
            let edges: Vec<(ServiceId, ServiceId)> = of
                .iter()
                .filter(|&&s| ways::startable(self.view, s, self.t) == now)
                .flat_map(of_service)
                .collect();
            let at = |s: ServiceId| of.binary_search(&s).unwrap_or(0);
            let mut graph = vec![Vec::new(); of.len()];
            for &(s, d) in &edges {
                graph[at(s)].push(at(d));
            }
            let circle = graph::components(&graph);
            let mut opened = BTreeSet::new();
            for edge in sorted_by_key(edges, |&edge| (self.effort(edge), edge)) {
                let (of, on) = (circle[at(edge.0)], circle[at(edge.1)]);
                if of != on || opened.insert(of) {
                    self.without.insert(edge);
                }
            }
        }
    }

    /// How much work it is to do without, people who are at it having done most of it.
    pub fn effort(&self, (of, on): (ServiceId, ServiceId)) -> Span {
        let at_it = self.view.index.open(TaskKind::Bypass { of, on }, self.t).is_some();
        if at_it {
            return Span::ZERO;
        }
        crate::mechanisms::effort(self.view.world, (of, on)).unwrap_or(Span::MAX)
    }

    fn would_rather_not_wait(&self, of: ServiceId, on: ServiceId, startable: bool) -> bool {
        let (view, t) = (self.view, self.t);
        let known = view.world.bypasses.iter().any(|b| (b.of, b.on) == (of, on));
        let asked = |p: &PoolId| view.index.open(TaskKind::Boot(*p), t).is_some();
        let coming = || self.runs(on) || view.world[on].pools.iter().any(asked);
        let stuck = || startable && !self.alone.0.contains(&of) && !self.alone.1.contains(&on);
        view.index.open(TaskKind::Bypass { of, on }, t).is_some()
            || (known && !coming())
            || (view.world.controls.bypass_default.is_some() && stuck())
    }

    /// Whether a service's own servers run or come up.
    fn runs(&self, s: ServiceId) -> bool {
        let near = |p: &PoolId| {
            matches!(
                self.view.pool(*p, self.t),
                PoolState::Standby
                    | PoolState::Promoting
                    | PoolState::Routing
                    | PoolState::Restarting
                    | PoolState::Checking
            )
        };
        self.view.own(s, self.t) > 0.0 || self.view.world[s].pools.iter().any(near)
    }

    /// Who could run by themselves as things stand, and who could then serve: the least fixed point of starting.
    fn look_alone(&mut self) {
        let (mut run, mut serve) = (BTreeSet::new(), BTreeSet::new());
        loop {
            let starts = |s: ServiceId| {
                let mut boots = self.view.missing_boots(s, self.t);
                self.runs(s) || (ways::startable(self.view, s, self.t) && boots.all(|d| serve.contains(&d)))
            };
            let more: Vec<ServiceId> =
                self.ways.keys().copied().filter(|&s| !run.contains(&s) && starts(s)).collect();
            run.extend(more.iter().copied());
            let now = self.serving(&run);
            if more.is_empty() && now == serve {
                self.alone = (run, serve);
                return;
            }
            serve = now;
        }
    }

    /// Of those that run, who serves: the greatest fixed point of leaning.
    fn serving(&self, run: &BTreeSet<ServiceId>) -> BTreeSet<ServiceId> {
        let mut serve = run.clone();
        loop {
            let leans = |s: &ServiceId| self.leans(*s, Level::Any).iter().all(|d| serve.contains(d));
            let still: BTreeSet<ServiceId> = serve.iter().copied().filter(leans).collect();
            if still.len() == serve.len() {
                return serve;
            }
            serve = still;
        }
    }

    /// Whether a service's own servers would do, with some conditions met and some services serving.
    fn own_would(&self, s: ServiceId, level: Level, met: &[Blocker], serve: &BTreeSet<ServiceId>) -> bool {
        if !lines::missed(self.view, s, level, self.t).iter().all(|c| met.contains(c)) {
            return false;
        }
        if self.by_itself(s, level) {
            return true;
        }
        let started = |d: ServiceId| serve.contains(&d) || self.bypass(s, d).iter().all(|c| met.contains(c));
        let holds = |way: &&Way| {
            way.conditions.iter().all(|c| met.contains(c))
                && (!way.boots || self.view.missing_boots(s, self.t).all(started))
        };
        let ways = self.ways.get(&s).map_or(&[][..], Vec::as_slice);
        let won: Vec<f64> = ways.iter().filter(holds).map(|way| way.servers).collect();
        let sum = self.base(s) + won.iter().sum::<f64>();
        let less = met.contains(&Blocker::Capacity(s, self.short(s)));
        let would = |warm: bool| {
            let enough = self.enough(s, level, warm);
            ((warm || !won.is_empty()) && sum >= self.required(s, level, warm))
                || (less && (sum >= enough || self.all(s) < enough))
        };
        let chill = self.chill(s);
        would(false) || (!chill.is_empty() && chill.iter().all(|c| met.contains(c)) && would(true))
    }

    /// Who would serve anything: the least fixed point of starting around the greatest of serving.
    fn would_serve_any(&self, met: &[Blocker]) -> BTreeSet<ServiceId> {
        let mut own: BTreeSet<ServiceId> = BTreeSet::new();
        loop {
            let serve = self.serving(&own);
            let more = |s: &&ServiceId| !own.contains(s) && self.own_would(**s, Level::Any, met, &serve);
            let grown: Vec<ServiceId> = self.ways.keys().filter(more).copied().collect();
            if grown.is_empty() {
                return serve;
            }
            own.extend(grown);
        }
    }

    /// Whether a service would serve as much as is asked of it.
    pub fn serves(&self, id: ServiceId, level: Level, met: &[Blocker]) -> bool {
        let any = self.would_serve_any(met);
        if level == Level::Any {
            return any.contains(&id);
        }
        let mut open = vec![id];
        let mut seen = BTreeSet::from([id]);
        while let Some(s) = open.pop() {
            if !self.own_would(s, Level::All, met, &any) {
                return false;
            }
            open.extend(self.leans(s, Level::All).into_iter().filter(|&d| seen.insert(d)));
        }
        true
    }

    /// A boot dependency that some service still waits for, and would.
    pub fn stuck(&self, met: &[Blocker]) -> Option<(ServiceId, ServiceId)> {
        let serve = self.would_serve_any(met);
        let edges = |&s: &ServiceId| self.view.missing_boots(s, self.t).map(move |d| (s, d));
        let waits = |&(of, on): &(ServiceId, ServiceId)| {
            !serve.contains(&on) && self.bypass(of, on).iter().any(|c| !met.contains(c))
        };
        self.ways.keys().flat_map(edges).find(waits)
    }
}
