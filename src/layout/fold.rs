//! Many services in one picture. Those on the same layer that have their home at the same site stand as one, until somebody
//! unfolds them; layers are rows, sites are columns, and the tools on which everything stands are the last row. Who belongs
//! together does not change with what happens, so that nothing moves while time passes.

use super::Rect;
use super::graph::depths;
use bridge_engine::World;
use bridge_engine::kernel::order::sorted_by_key;
use bridge_engine::world::{PoolRole, ServiceId, SiteId};

/// More services than this have no room for each.
pub const ROOM_FOR: usize = 48;
/// A service on which more others lean leaves them where they stand when they would be shown beside it.
const NEAR: usize = 8;
const GAP: f64 = 8.0;
const CELL_GAP: f64 = 3.0;
/// Height of the sites' names above their columns.
const HEAD: f64 = 18.0;
const LINE: (f64, f64) = (25.0, 46.0);
const HEIGHT: f64 = 20.0;

/// Services on one layer with their home at one site.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// How many layers are below it.
    pub layer: usize,
    /// Where they stand; none if nowhere.
    pub site: Option<SiteId>,
    /// They, in order of display.
    pub members: Vec<ServiceId>,
}

/// Every service, in a group or among the tools.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Groups {
    /// The groups, the lowest layer first, in a layer by site.
    pub all: Vec<Group>,
    /// Services with a job for the others, in order of display.
    pub tools: Vec<ServiceId>,
}

/// What stands in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// A service.
    Service(ServiceId),
    /// A group, folded or not.
    Group(usize),
}

/// Where it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// What stands in it.
    pub nodes: Vec<Node>,
    /// Where.
    pub places: Vec<Rect>,
    /// What stands for each service, by id.
    pub of: Vec<usize>,
    /// Sites that have a column each, with its middle.
    pub heads: Vec<(Option<SiteId>, f64)>,
    /// Size it takes; may be taller than asked for.
    pub size: (f64, f64),
}

/// Services by layer and home.
#[must_use]
pub fn groups(world: &World, ranked: &[ServiceId]) -> Groups {
    let is_tool = |s: ServiceId| world[s].role.is_some();
    let edges: Vec<(usize, usize)> = (0..world.services.len())
        .map(ServiceId::at)
        .filter(|s| !is_tool(*s))
        .flat_map(|s| leans_on(world, s).filter(|on| !is_tool(*on)).map(move |on| (s.index(), on.index())))
        .collect();
    let depth = depths(world.services.len(), &edges);
    let mut found = Groups::default();
    for &service in ranked {
        if is_tool(service) {
            found.tools.push(service);
            continue;
        }
        let (layer, site) = (depth[service.index()], home(world, service));
        match found.all.iter_mut().find(|g| g.layer == layer && g.site == site) {
            Some(group) => group.members.push(service),
            None => found.all.push(Group { layer, site, members: vec![service] }),
        }
    }
    found.all = sorted_by_key(found.all, |g| (g.layer, g.site));
    found
}

/// What a service leans on while it serves and when it starts.
pub fn leans_on(world: &World, service: ServiceId) -> impl Iterator<Item = ServiceId> {
    let service = &world[service];
    service.needs.iter().map(|n| n.on).chain(service.boots.iter().copied())
}

/// Where most of the servers that serve on an ordinary day stand.
fn home(world: &World, service: ServiceId) -> Option<SiteId> {
    let mut at: Option<(u32, SiteId)> = None;
    for pool in world[service].pools.iter().map(|p| &world[*p]) {
        let servers = if pool.role == PoolRole::Active { pool.servers } else { 0 };
        if at.is_none_or(|best| servers > best.0) {
            at = Some((servers, pool.site));
        }
    }
    at.map(|best| best.1)
}

/// The service, what it leans on, and who leans on it if they are few.
#[must_use]
pub fn near(world: &World, service: ServiceId) -> Vec<ServiceId> {
    let mut out: Vec<ServiceId> = leans_on(world, service).chain([service]).collect();
    let leans = |other: &ServiceId| world[*other].needs.iter().any(|n| n.on == service);
    let above: Vec<ServiceId> = (0..world.services.len()).map(ServiceId::at).filter(leans).collect();
    if above.len() <= NEAR {
        out.extend(above);
    }
    out
}

impl Groups {
    /// Rows of the picture from above, each first what is folded and then what is not; and what stands for each service.
    fn rows(&self, shown: &[ServiceId], open: &[usize]) -> Vec<(Vec<usize>, Vec<Node>)> {
        let layers = self.all.last().map_or(0, |g| g.layer + 1);
        let mut rows = vec![(Vec::new(), Vec::new()); layers];
        for (i, group) in self.all.iter().enumerate() {
            let row = &mut rows[layers - 1 - group.layer];
            let (out, inside): (Vec<ServiceId>, Vec<ServiceId>) =
                group.members.iter().partition(|s| open.contains(&i) || shown.contains(*s));
            // A group of one is that one.
            let single = inside.len() == 1;
            if inside.len() > 1 || open.contains(&i) {
                row.0.push(i);
            }
            row.1.extend(out.into_iter().chain(inside.into_iter().filter(|_| single)).map(Node::Service));
        }
        rows.push((Vec::new(), self.tools.iter().map(|s| Node::Service(*s)).collect()));
        rows.retain(|row| !row.0.is_empty() || !row.1.is_empty());
        rows
    }

    /// Places everything: `shown` stand by themselves wherever they belong, `open` are unfolded. A group needs less room
    /// below its site's name than with the name in it: `cells`.
    #[must_use]
    pub fn picture(
        &self,
        (shown, open): (&[ServiceId], &[usize]),
        wide: impl Fn(ServiceId) -> f64,
        cells: (f64, f64),
        (width, height): (f64, f64),
    ) -> Picture {
        let sites = self.sites();
        let wide = |node: Node| match node {
            Node::Service(service) => wide(service).min(width),
            Node::Group(_) => cells.1,
        };
        let fit = |cell: f64| ((width + CELL_GAP) / (cell + CELL_GAP)).floor().max(1.0) as usize;
        // Where every site has a column, an absent group leaves its place empty.
        let headed = fit(cells.0) >= sites.len();
        let (columns, cell) =
            if headed { (sites.len().max(1), cells.0) } else { (fit(cells.1), cells.1.min(width)) };
        let pitch = width / columns as f64;
        let column = |at: usize, group: usize| match sites.iter().position(|s| *s == self.all[group].site) {
            Some(column) if headed => column,
            _ => at,
        };
        let (mut lines, mut line) = (Vec::new(), 0);
        for (folded, single) in self.rows(shown, open) {
            for (i, group) in folded.iter().enumerate() {
                let at = column(i, *group);
                let x = (at % columns) as f64 * pitch + (pitch - cell) / 2.0;
                lines.push((Node::Group(*group), x, cell, line + at / columns));
            }
            if !folded.is_empty() {
                line = lines.last().map_or(0, |last| last.3) + 1;
            }
            for part in wrapped(&single, &wide, width) {
                let taken: f64 = part.iter().map(|n| wide(*n) + GAP).sum::<f64>() - GAP;
                let mut x = ((width - taken) / 2.0).max(0.0);
                for node in part {
                    let w = wide(node);
                    lines.push((node, x, w, line));
                    x += w + GAP;
                }
                line += 1;
            }
        }
        let heads = sites.iter().enumerate().filter(|_| headed);
        let heads = heads.map(|(i, site)| (*site, (i as f64 + 0.5) * pitch)).collect();
        self.placed(&lines, heads, (width, height))
    }

    /// Sites that are somebody's home.
    fn sites(&self) -> Vec<Option<SiteId>> {
        let mut sites: Vec<Option<SiteId>> = Vec::new();
        for group in &self.all {
            if !sites.contains(&group.site) {
                sites.push(group.site);
            }
        }
        sorted_by_key(sites, |site| *site)
    }

    fn placed(
        &self,
        lines: &[(Node, f64, f64, usize)],
        heads: Vec<(Option<SiteId>, f64)>,
        (width, height): (f64, f64),
    ) -> Picture {
        let last = lines.iter().map(|l| l.3).max().unwrap_or(0) as f64;
        let top = if heads.is_empty() { 3.0 } else { HEAD };
        let pitch = ((height - HEIGHT - top) / last.max(1.0)).clamp(LINE.0, LINE.1);
        let count = self.tools.len() + self.all.iter().map(|g| g.members.len()).sum::<usize>();
        let mut of = vec![usize::MAX; count];
        for (i, line) in lines.iter().enumerate() {
            if let Node::Group(group) = line.0 {
                for member in &self.all[group].members {
                    of[member.index()] = i;
                }
            }
        }
        for (i, line) in lines.iter().enumerate() {
            if let Node::Service(service) = line.0 {
                of[service.index()] = i;
            }
        }
        Picture {
            nodes: lines.iter().map(|l| l.0).collect(),
            places: lines.iter().map(|l| Rect::new(l.1, top + l.3 as f64 * pitch, l.2, HEIGHT)).collect(),
            of,
            heads,
            size: (width, (top + last * pitch + HEIGHT).max(height)),
        }
    }
}

/// As many in a line as fit.
fn wrapped(nodes: &[Node], wide: &impl Fn(Node) -> f64, width: f64) -> Vec<Vec<Node>> {
    let mut out: Vec<Vec<Node>> = Vec::new();
    let mut left = 0.0;
    for &node in nodes {
        let w = wide(node);
        match out.last_mut() {
            Some(line) if w <= left => line.push(node),
            _ => {
                out.push(vec![node]);
                left = width;
            }
        }
        left -= w + GAP;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn company() -> World {
        bridge_engine::scenario::open(&bridge_sizes::company(300)).unwrap().world
    }

    fn drawn(world: &World, shown: &[ServiceId], open: &[usize], width: f64) -> Picture {
        let ranked = crate::state::run::ranked(world);
        groups(world, &ranked).picture((shown, open), |_| 118.0, (50.0, 90.0), (width, 200.0))
    }

    fn holds(world: &World, picture: &Picture, width: f64) {
        assert_eq!(picture.of.len(), world.services.len());
        assert!(
            picture.of.iter().all(|node| *node < picture.nodes.len()),
            "a service that nothing stands for"
        );
        for (i, a) in picture.places.iter().enumerate() {
            assert!(
                a.x >= -0.01 && a.right() <= width + 0.01 && a.bottom() <= picture.size.1 + 0.01,
                "{a:?}"
            );
            for b in &picture.places[i + 1..] {
                let apart = a.right() <= b.x + 0.01
                    || b.right() <= a.x + 0.01
                    || a.bottom() <= b.y
                    || b.bottom() <= a.y;
                assert!(apart, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn every_service_is_in_one_place() {
        let world = company();
        let groups = groups(&world, &crate::state::run::ranked(&world));
        let mut all: Vec<ServiceId> =
            groups.all.iter().flat_map(|g| g.members.clone()).chain(groups.tools).collect();
        all.sort();
        assert_eq!(all, (0..world.services.len()).map(ServiceId::at).collect::<Vec<_>>());
        let kinds: BTreeSet<_> = groups.all.iter().map(|g| (g.layer, g.site)).collect();
        assert_eq!(kinds.len(), groups.all.len());
    }

    #[test]
    fn nothing_overlaps_whatever_is_unfolded() {
        let world = company();
        let count = groups(&world, &crate::state::run::ranked(&world)).all.len();
        for width in [280.0, 310.0, 478.0, 900.0] {
            for service in [0, 40, 200, 299].map(ServiceId::at) {
                let shown = near(&world, service);
                for open in [Vec::new(), vec![1, count - 1], (0..count).collect()] {
                    let picture = drawn(&world, &shown, &open, width);
                    holds(&world, &picture, width);
                    assert_eq!(picture.nodes[picture.of[service.index()]], Node::Service(service));
                    let by_itself = |s: &ServiceId| picture.nodes[picture.of[s.index()]] == Node::Service(*s);
                    assert!(open.len() < count || (0..300).map(ServiceId::at).all(|s| by_itself(&s)));
                }
            }
        }
    }

    #[test]
    fn what_is_left_of_a_group_still_stands_somewhere() {
        let world = company();
        let members = groups(&world, &crate::state::run::ranked(&world)).all[3].members.clone();
        for left in 0..4 {
            let (inside, shown) = members.split_at(left);
            let picture = drawn(&world, shown, &[], 478.0);
            holds(&world, &picture, 478.0);
            for service in inside {
                let node = picture.nodes[picture.of[service.index()]];
                assert_eq!(node, if left == 1 { Node::Service(*service) } else { Node::Group(3) });
            }
        }
    }

    #[test]
    fn folded_it_is_a_picture_that_can_be_taken_in() {
        let world = company();
        let picture = drawn(&world, &[], &[], 478.0);
        assert!(picture.nodes.len() <= ROOM_FOR, "{}", picture.nodes.len());
    }

    #[test]
    fn who_leans_stands_above() {
        let world = company();
        let picture = drawn(&world, &[], &[], 478.0);
        let high = |s: ServiceId| picture.places[picture.of[s.index()]].y;
        for service in (0..300).map(ServiceId::at).filter(|s| world[*s].role.is_none()) {
            assert!(leans_on(&world, service).all(|on| high(on) > high(service)));
        }
    }
}
