//! Who draws what: servers by how busy they are, and the power that flows through each element to them.
//!
//! A pool draws `servers up · (idle + (peak − idle) · utilisation)`, in equal parts from each of its live panels; when one
//! goes the others take its part at once. Panels, UPS and whatever feeds them share what they carry equally among their
//! live inputs, up to the sources. Only what changed is looked at again, and only buildings where an element could carry
//! more than it is rated for, or a battery is being used up, are followed element by element.

use super::capacity::takes;
use crate::kernel::product::Sum;
use crate::run::Cx;
use crate::world::{ElementId, ElementKind, Pool, PoolId, SiteId, World};

/// The flows, and what about them is out of date.
pub(super) struct Draw {
    /// Pools and elements of each site, in their order.
    pools: Vec<Vec<PoolId>>,
    elements: Vec<Vec<ElementId>>,
    /// Sites with an element that could be overloaded.
    watched: Vec<bool>,
    /// UPS that live on their batteries, by site.
    pub on_battery: Vec<usize>,
    /// kW of the pools of each site, in their order.
    kw: Vec<Sum>,
    servers: Vec<Servers>,
    /// Pools and sites to look at again.
    stale: Vec<PoolId>,
    sites: Vec<bool>,
}

/// What is known of a pool's servers.
struct Servers {
    site: usize,
    /// Place among the pools of its site.
    place: usize,
    up: f64,
    /// They take requests.
    busy: bool,
}

impl Draw {
    pub fn new(world: &World) -> Self {
        let sites = world.sites.len();
        let mut pools = vec![Vec::new(); sites];
        let mut servers = Vec::with_capacity(world.pools.len());
        for (i, pool) in world.pools.iter().enumerate() {
            let here = &mut pools[pool.site.index()];
            servers.push(Servers { site: pool.site.index(), place: here.len(), up: 0.0, busy: false });
            here.push(PoolId::at(i));
        }
        let mut elements = vec![Vec::new(); sites];
        for (i, element) in world.elements.iter().enumerate() {
            elements[element.site.index()].push(ElementId::at(i));
        }
        Self {
            kw: pools.iter().map(|pools| Sum::zeros(pools.len())).collect(),
            servers,
            stale: (0..world.pools.len()).map(PoolId::at).collect(),
            pools,
            elements,
            watched: watched(world),
            on_battery: vec![0; sites],
            sites: vec![true; sites],
        }
    }

    /// Servers of a pool changed.
    pub fn pool(&mut self, pool: PoolId) {
        self.stale.push(pool);
    }

    /// Elements of a site changed.
    pub fn site(&mut self, site: SiteId) {
        self.sites[site.index()] = true;
    }

    /// Brings what servers draw up to date. A server that does not run draws nothing; one that takes no requests is idle.
    pub fn servers(&mut self, cx: &mut Cx) {
        while let Some(pool) = self.stale.pop() {
            let servers = &mut self.servers[pool.index()];
            (servers.up, servers.busy) = (cx.board.servers(pool), takes(pool, cx));
            let used = if servers.busy { cx.board.used(cx.world[pool].service) } else { 0.0 };
            self.set(pool, used, cx.world);
        }
        while let Some(service) = cx.board.used_changed.pop() {
            let used = cx.board.used(service);
            for &pool in &cx.world[service].pools {
                if self.servers[pool.index()].busy {
                    self.set(pool, used, cx.world);
                }
            }
        }
    }

    fn set(&mut self, pool: PoolId, used: f64, world: &World) {
        let Servers { site, place, up, .. } = self.servers[pool.index()];
        let kw = up * (world.server_kw.idle + (world.server_kw.peak - world.server_kw.idle) * used);
        self.sites[site] |= self.kw[site].set(place, kw);
    }

    /// Takes the next site whose flows are out of date.
    pub fn next_site(&mut self) -> Option<SiteId> {
        let site = self.sites.iter().position(|&stale| stale)?;
        self.sites[site] = false;
        Some(SiteId::at(site))
    }

    /// Whether the loads of a site's elements matter now.
    pub fn is_followed(&self, site: SiteId) -> bool {
        self.watched[site.index()] || self.on_battery[site.index()] > 0
    }

    /// Elements of a site, what feeds before what it feeds.
    pub fn elements(&self, site: SiteId) -> &[ElementId] {
        &self.elements[site.index()]
    }

    /// kW that servers of a site draw: those without power do not run.
    pub fn energised(&mut self, site: SiteId) -> f64 {
        self.kw[site.index()].all()
    }

    /// kW through each element of a site, in their order, given what feeds one at this moment.
    pub fn flows(&self, site: SiteId, inputs: &dyn Fn(ElementId) -> Vec<ElementId>, cx: &Cx) -> Vec<f64> {
        let elements = self.elements(site);
        let mut loads = vec![0.0; elements.len()];
        for (&pool, &kw) in self.pools[site.index()].iter().zip(self.kw[site.index()].terms()) {
            share(&cx.world[pool].panels, kw, elements, &mut loads, cx);
        }
        // Against the current: what is fed comes later in the order.
        for (at, &e) in elements.iter().enumerate().rev() {
            let kw = loads[at];
            if kw > 0.0 {
                share(&inputs(e), kw, elements, &mut loads, cx);
            }
        }
        loads
    }
}

/// Loads the live ones of some elements equally.
fn share(among: &[ElementId], kw: f64, elements: &[ElementId], loads: &mut [f64], cx: &Cx) {
    let live = || among.iter().filter(|&&e| cx.board.live(e));
    let each = kw / live().count().max(1) as f64;
    for e in live() {
        if let Ok(at) = elements.binary_search(e) {
            loads[at] += each;
        }
    }
}

/// Sites where some element could carry more than it is rated for, were all that hangs on it at its peak.
fn watched(world: &World) -> Vec<bool> {
    let mut most = vec![0.0; world.elements.len()];
    for Pool { panels, servers, .. } in &world.pools {
        for panel in panels {
            most[panel.index()] += f64::from(*servers) * world.server_kw.peak;
        }
    }
    let mut watched = vec![false; world.sites.len()];
    for (i, element) in world.elements.iter().enumerate().rev() {
        for input in &element.inputs {
            most[input.index()] += most[i];
        }
        watched[element.site.index()] |= match element.kind {
            ElementKind::Utility | ElementKind::Chillers { .. } => false,
            ElementKind::Generators { kw, .. } => kw.is_some(),
            ElementKind::Ups { kw, .. } | ElementKind::Panel { kw } => most[i] > kw,
        };
    }
    watched
}
