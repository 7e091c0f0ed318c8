//! Who can reach whom: islands of sites, and which pools users and dependants can get at.

use std::collections::BTreeSet;

use crate::Time;
use crate::trace::{EventId, Series};
use crate::world::{Line, PoolId, ServiceId, SiteId, World};

/// A carrier that can carry less than this share of its load carries nothing: what is left drowns.
pub(crate) const CARRIES: f64 = 0.5;

/// The state of the network. While everything is connected it is `whole`, and nothing of it needs to be looked at.
pub(crate) struct Reach {
    /// Every site is connected with every other and with the users.
    pub whole: bool,
    /// Counts what changed, so that whoever depends on it knows when to look again.
    pub version: u64,
    /// The same of sites alone: how often some were parted or joined.
    pub parted: u64,
    /// What parted or joined sites in the last change; none if servers came or went on one side of a cut.
    pub because: Option<EventId>,
    islands: Islands,
    /// Pools that take requests, if they could serve at all: 1 or 0, over time.
    takes: Vec<Series>,
    /// Pools that began to or ceased to since somebody asked.
    changed: Vec<PoolId>,
}

/// Sites that are connected with each other, directly or through others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Islands {
    /// Island of each site, named by the lowest site in it.
    pub of: Vec<usize>,
    /// Whether users reach it, by name.
    pub users: Vec<bool>,
}

impl Reach {
    pub fn new(world: &World) -> Self {
        let n = world.sites.len();
        Self {
            whole: true,
            version: 0,
            parted: 0,
            because: None,
            islands: Islands { of: vec![0; n], users: vec![true; n] },
            takes: vec![Series::new(1.0); world.pools.len()],
            changed: Vec::new(),
        }
    }

    pub const fn islands(&self) -> &Islands {
        &self.islands
    }

    /// Sites have been parted or joined.
    pub fn set_islands(&mut self, islands: Islands) {
        self.whole = islands.of.iter().all(|&island| island == 0) && islands.users.first() != Some(&false);
        self.islands = islands;
        self.parted += 1;
    }

    /// What takes requests may have changed, because of this.
    pub fn renew(&mut self, because: Option<EventId>) {
        self.because = because;
        self.version += 1;
    }

    /// A pool takes requests or does not; true if that is new.
    pub fn set_takes(&mut self, pool: PoolId, takes: bool, now: Time) -> bool {
        let new = takes != self.takes(pool);
        if new {
            self.takes[pool.index()].push(now, f64::from(u8::from(takes)));
            self.changed.push(pool);
        }
        new
    }

    /// Pools that began or ceased to take requests since the last time.
    pub fn changed(&mut self) -> Vec<PoolId> {
        std::mem::take(&mut self.changed)
    }

    /// Whether a pool takes requests: users reach its site, and there it reaches everything it cannot serve without.
    pub fn takes(&self, pool: PoolId) -> bool {
        self.takes[pool.index()].last() > 0.0
    }

    /// What the trace keeps of it.
    pub fn into_series(self) -> Vec<Series> {
        self.takes
    }

    /// The island a site is on.
    pub fn island(&self, site: SiteId) -> usize {
        self.islands.of[site.index()]
    }

    /// Whether two sites are connected.
    pub fn together(&self, a: SiteId, b: SiteId) -> bool {
        self.island(a) == self.island(b)
    }

    /// Whether users, and with them our own people, reach a site.
    pub fn users(&self, site: SiteId) -> bool {
        self.islands.users[self.island(site)]
    }
}

impl Islands {
    /// The largest island that users reach, the first of equals; the first island without any.
    pub fn main(&self) -> usize {
        let mut sizes = vec![0_usize; self.of.len()];
        for &island in &self.of {
            sizes[island] += 1;
        }
        let served = (0..self.of.len()).filter(|&i| self.users[i] && sizes[i] > 0);
        served.max_by_key(|&i| (sizes[i], usize::MAX - i)).unwrap_or(0)
    }

    /// Finds the islands. `carries(service, site)`: the lines of a carrier work at a site; `None` asks of somebody outside.
    pub fn find(
        world: &World,
        cut: &BTreeSet<Line>,
        carries: &dyn Fn(Option<ServiceId>, SiteId) -> bool,
    ) -> Self {
        let n = world.sites.len();
        let mut join = Join { parent: (0..n).collect() };
        let mut users = vec![false; n];
        let network = &world.network;
        let outside = [None];
        let inside: Vec<Option<ServiceId>> = network.carriers.iter().copied().map(Some).collect();
        let carriers: &[Option<ServiceId>] = if inside.is_empty() { &outside } else { &inside };
        let alone = |site| cut.contains(&Line::All(site));
        let open = |via, site| !alone(site) && carries(via, site);
        let served = |via, site| open(via, site) && !cut.contains(&Line::Users(site));
        for &via in carriers {
            if network.links.is_none() {
                let sites = (0..n).map(SiteId::at).filter(|&s| open(via, s)).collect();
                join.mesh(sites, cut);
            }
            if network.users_everywhere {
                for (i, users) in users.iter_mut().enumerate() {
                    *users |= served(via, SiteId::at(i));
                }
            }
        }
        for link in network.links.iter().flatten() {
            let named = [link.via];
            for &via in if link.via.is_some() { &named[..] } else { carriers } {
                match link.to {
                    None => users[link.from.index()] |= served(via, link.from),
                    Some(to)
                        if open(via, link.from)
                            && open(via, to)
                            && !cut.contains(&between(link.from, to)) =>
                    {
                        join.join(link.from.index(), to.index());
                    }
                    Some(_) => {}
                }
            }
        }
        let of: Vec<usize> = (0..n).map(|i| join.root(i)).collect();
        let mut reached = vec![false; n];
        for (island, users) in of.iter().zip(users) {
            reached[*island] |= users;
        }
        Self { of, users: reached }
    }
}

/// The lines between two sites, however they are named.
pub(crate) fn between(a: SiteId, b: SiteId) -> Line {
    Line::Between(a.min(b), a.max(b))
}

/// Disjoint sets, each named by its lowest member.
struct Join {
    parent: Vec<usize>,
}

impl Join {
    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }

    /// Joins sites each of which has a line to every other, but for those cut. What a visited site cannot reach is looked
    /// at again only for each line cut, so that a thousand sites cost no million lines.
    fn mesh(&mut self, mut left: Vec<SiteId>, cut: &BTreeSet<Line>) {
        while let Some(first) = left.pop() {
            let mut open = vec![first];
            while let Some(site) = open.pop() {
                left.retain(|&other| {
                    let apart = cut.contains(&between(site, other));
                    if !apart {
                        self.join(site.index(), other.index());
                        open.push(other);
                    }
                    apart
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Join;
    use crate::world::{Line, SiteId};
    use std::collections::BTreeSet;

    fn roots(n: usize, cut: &[(u32, u32)]) -> Vec<usize> {
        let cut: BTreeSet<Line> = cut.iter().map(|&(a, b)| Line::Between(SiteId(a), SiteId(b))).collect();
        let mut join = Join { parent: (0..n).collect() };
        join.mesh((0..n).map(SiteId::at).collect(), &cut);
        (0..n).map(|i| join.root(i)).collect()
    }

    #[test]
    fn a_mesh_goes_round_a_line_that_is_cut() {
        assert_eq!(roots(3, &[(0, 1)]), [0, 0, 0]);
        assert_eq!(roots(2, &[(0, 1)]), [0, 1]);
        assert_eq!(roots(4, &[(0, 2), (0, 3), (1, 2), (1, 3)]), [0, 0, 2, 2]);
    }
}
