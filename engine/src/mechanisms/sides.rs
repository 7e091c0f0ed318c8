//! The sides of a cut: who works on each island of sites, and with that, which pools take requests.
//!
//! On an island that users reach, a service works if it could serve there by itself and everything that it cannot serve
//! without works there too: the greatest fixed point. It is kept from one change to the next. Where something changed, whoever
//! leans on it and did not work is taken to work on trial, and what does not hold is taken away again; the rest is not looked
//! at.

use std::collections::{BTreeMap, BTreeSet};

use crate::run::Cx;
use crate::trace::{EventId, PoolState};
use crate::world::{PoolId, ServiceId};

/// A service on an island.
type Node = (ServiceId, usize);

/// What a service has on an island.
#[derive(Clone, Copy)]
struct Here {
    /// Servers that could serve whoever reaches them.
    servers: f64,
    works: bool,
}

/// Who works where, while not everything is connected.
pub(super) struct Sides {
    /// Services that carry lines. They carry for those who are cut off, too; what they do is looked at line by line.
    carriers: Vec<ServiceId>,
    /// Services where they have servers.
    here: BTreeMap<Node, Here>,
    /// Place in the journal.
    place: usize,
    /// What worked, or did not, before the last change.
    before: BTreeMap<Node, bool>,
}

impl Sides {
    pub const fn new(carriers: Vec<ServiceId>) -> Self {
        Self { carriers, here: BTreeMap::new(), place: 0, before: BTreeMap::new() }
    }

    /// Sites were parted or joined: everything is looked at.
    pub fn look(&mut self, because: Option<EventId>, cx: &mut Cx) {
        cx.board.changes(&mut self.place);
        self.here.clear();
        if !cx.board.reach.whole {
            self.renew((0..cx.world.services.len()).map(ServiceId::at).collect(), cx);
        }
        self.before.clear();
        cx.board.reach.renew(because);
        for (i, pool) in cx.world.pools.iter().enumerate() {
            let works = || self.here.get(&(pool.service, cx.board.reach.island(pool.site)));
            let takes =
                cx.board.reach.whole || self.carries(pool.service) || works().is_some_and(|h| h.works);
            cx.board.set_takes(PoolId::at(i), takes);
        }
    }

    /// Servers came or went on one side: what that has a bearing on is looked at.
    pub fn look_again(&mut self, cx: &mut Cx) {
        let changed = cx.board.changes(&mut self.place).iter().copied().collect();
        self.renew(changed, cx);
        cx.board.reach.renew(None);
        let mut takes: BTreeMap<PoolId, bool> = BTreeMap::new();
        for (node, before) in std::mem::take(&mut self.before) {
            let works = self.here.get(&node).is_some_and(|h| h.works);
            if works != before && !self.carries(node.0) {
                let pools = cx.world[node.0].pools.iter();
                let there = |p: &&PoolId| cx.board.reach.island(cx.world[**p].site) == node.1;
                takes.extend(pools.filter(there).map(|&p| (p, works)));
            }
        }
        for (pool, takes) in takes {
            cx.board.set_takes(pool, takes);
        }
    }

    fn carries(&self, service: ServiceId) -> bool {
        self.carriers.contains(&service)
    }

    /// Brings up to date what follows from changes of some services.
    fn renew(&mut self, changed: BTreeSet<ServiceId>, cx: &Cx) {
        let mut touched: Vec<Node> = Vec::new();
        for service in changed {
            self.count(service, &mut touched, cx);
        }
        let mut check = Vec::new();
        for &node in &touched {
            if !self.here.get(&node).is_some_and(|h| h.works) {
                check.extend(callers(node, cx));
            }
        }
        self.try_out(touched, &mut check, cx);
        while let Some(node) = check.pop() {
            if self.here.get(&node).is_some_and(|h| h.works) && !self.holds(node, cx) {
                self.set(node, false);
                check.extend(callers(node, cx));
            }
        }
    }

    /// Counts anew what a service has where.
    fn count(&mut self, service: ServiceId, touched: &mut Vec<Node>, cx: &Cx) {
        let reach = &cx.board.reach;
        let mut servers: BTreeMap<usize, f64> = BTreeMap::new();
        for &pool in &cx.world[service].pools {
            let site = cx.world[pool].site;
            if reach.users(site) {
                *servers.entry(reach.island(site)).or_default() += able(pool, cx);
            }
        }
        for (island, servers) in servers {
            let node = (service, island);
            touched.push(node);
            if servers > 0.0 {
                self.here.entry(node).or_insert(Here { servers, works: false }).servers = servers;
            } else if let Some(gone) = self.here.remove(&node) {
                self.before.entry(node).or_insert(gone.works);
            }
        }
    }

    /// Whoever changed is taken to work if it could by itself, and so is whoever leans on it.
    fn try_out(&mut self, touched: Vec<Node>, check: &mut Vec<Node>, cx: &Cx) {
        let mut open = touched;
        let mut absent = BTreeSet::new();
        while let Some(node) = open.pop() {
            match self.here.get(&node) {
                Some(here) if here.works => {}
                Some(_) if !self.enough(node, cx) => continue,
                Some(_) => {
                    self.set(node, true);
                    open.extend(callers(node, cx));
                }
                // Carriers that lean on each other in a circle are passed through once.
                None if self.carries(node.0) && absent.insert(node) => open.extend(callers(node, cx)),
                None => continue,
            }
            check.push(node);
        }
    }

    fn set(&mut self, node: Node, works: bool) {
        if let Some(here) = self.here.get_mut(&node) {
            self.before.entry(node).or_insert(here.works);
            here.works = works;
        }
    }

    /// Whether a service could serve there by itself: voters of a quorum need a majority.
    fn enough(&self, node: Node, cx: &Cx) -> bool {
        let majority = f64::from(cx.board.voters(node.0) / 2 + 1);
        self.here.get(&node).is_some_and(|h| cx.world[node.0].quorum.is_none() || h.servers >= majority)
    }

    /// Whether a service could serve there, given what works there now. A carrier without servers there is no obstacle.
    fn holds(&self, node: Node, cx: &Cx) -> bool {
        let there = |on| self.here.get(&(on, node.1)).map_or_else(|| self.carries(on), |h| h.works);
        let mut needs = cx.world[node.0].needs.iter().filter(|n| n.soft.is_none());
        self.enough(node, cx) && needs.all(|n| there(n.on))
    }
}

/// Who cannot serve without a service, on the same island.
fn callers<'a>(node: Node, cx: &'a Cx<'_>) -> impl Iterator<Item = Node> + use<'a> {
    let hard = move |s: &ServiceId| cx.world[*s].needs.iter().any(|n| n.on == node.0 && n.soft.is_none());
    cx.web.callers(node.0).iter().copied().filter(hard).map(move |s| (s, node.1))
}

/// Servers of a pool that could serve whoever reaches them; voters of a quorum vote whatever their pool's role.
fn able(pool: PoolId, cx: &Cx) -> f64 {
    let votes = cx.world[cx.world[pool].service].quorum.is_some();
    let on_the_way = matches!(cx.board.pool(pool), PoolState::Promoting | PoolState::Routing);
    let idle = !votes && (!cx.board.active[pool.index()] || on_the_way);
    if idle || cx.board.unchecked(pool) { 0.0 } else { cx.board.servers(pool) }
}
