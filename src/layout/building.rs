//! A building as a cut-away: halls above the street, technical rooms below it, the street's cables at the bottom.
//!
//! ```text
//!   ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁  roof
//!  ┌ hall A ──ϟ┐│┌ hall B ──ϟ┐│   zones: what hangs on the same panel; a gutter │ right of each column
//!  │ ▭ ▭ ▭     ││ ▭ ▭       ││   tiles: pools
//!  └───────────┘│└───────────┘│
//!  ═══════ bus ═╧═════════════╧  street
//!  ┌bat┐┌ups┐┌riser┐┌gen┐        technical rooms
//!  ϟ── feeds ───────────────
//! ```

use super::Rect;
use bridge_engine::World;
use bridge_engine::kernel::order::sorted_by_key;
use bridge_engine::world::{
    Element, ElementId, ElementKind, Pool, PoolId, Room, RoomId, RoomKind, Service, SiteId,
};

/// What hangs on the same panels.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    /// The panels.
    pub panels: Vec<ElementId>,
    /// The pools.
    pub pools: Vec<PoolId>,
}

/// A hall and its zones.
#[derive(Clone, Debug, PartialEq)]
pub struct Hall {
    /// The room; none where panels stand in no hall.
    pub room: Option<RoomId>,
    /// The zones.
    pub zones: Vec<Zone>,
}

/// A hall's place.
#[derive(Clone, Debug, PartialEq)]
pub struct HallBox {
    /// The room, if it is one.
    pub room: Option<RoomId>,
    /// Its outline.
    pub rect: Rect,
    /// Zones have titles of their own: the hall is a frame around them.
    pub frame: bool,
}

/// A zone's place.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneBox {
    /// The hall it is in.
    pub room: Option<RoomId>,
    /// Its panels, each with the place of its breaker.
    pub panels: Vec<(ElementId, (f64, f64))>,
    /// Its outline.
    pub rect: Rect,
    /// The vertical cable way beside it.
    pub gutter: f64,
    /// The hall's only zone: it carries the hall's name.
    pub alone: bool,
}

/// A whole building's geometry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// Width and height.
    pub size: (f64, f64),
    /// Small: short names, no words in the technical rooms.
    pub compact: bool,
    /// Halls.
    pub halls: Vec<HallBox>,
    /// Zones.
    pub zones: Vec<ZoneBox>,
    /// Pools.
    pub tiles: Vec<(PoolId, Rect)>,
    /// Technical rooms.
    pub rooms: Vec<(RoomId, Rect)>,
    /// Height of the street.
    pub street: f64,
    /// Height of the first of the street's cables.
    pub feed: f64,
}

const PAD: f64 = 7.0;
const GUTTER: f64 = 14.0;
const TITLE: f64 = 21.0;
const TILE_GAP: f64 = 4.0;
const TILE_MAX: (f64, f64) = (88.0, 34.0);
/// A smaller tile has no name on it: there is no room for it beside the bar.
pub const NAMED: (f64, f64) = (30.0, 18.0);
/// Space for the feeds beside the rooms of a small building.
pub const FEEDS: f64 = 22.0;

/// Halls and zones of a site, in the author's order.
#[must_use]
pub fn halls(world: &World, site: SiteId) -> Vec<Hall> {
    let panels =
        elements_of(world, site).filter(|e| matches!(world[*e].kind, ElementKind::Panel { .. })).collect();
    let panels = sorted_by_key(panels, |e| world[*e].order);
    let pools = (0..world.pools.len()).map(PoolId::at).filter(|p| world[*p].site == site).collect();
    let pools = sorted_by_key(pools, |p| (world[world[*p].service].order, p.index()));
    let zones = zones(world, panels, &pools);

    let rooms = rooms_of(world, site).filter(|r| world[*r].kind == RoomKind::Hall).collect();
    let rooms = sorted_by_key(rooms, |r| world[*r].order);
    let mut halls: Vec<Hall> = rooms.iter().map(|r| Hall { room: Some(*r), zones: Vec::new() }).collect();
    let mut homeless = Vec::new();
    for zone in zones {
        let room = zone.panels.first().and_then(|p| world[*p].room);
        match halls.iter_mut().find(|h| h.room.is_some() && h.room == room) {
            Some(hall) => hall.zones.push(zone),
            // A switch room feeds racks elsewhere: in the hall, if there is but one.
            None if rooms.len() == 1 => halls[0].zones.push(zone),
            None => homeless.push(zone),
        }
    }
    halls.extend(homeless.into_iter().map(|zone| Hall { room: None, zones: vec![zone] }));
    halls
}

/// One zone for all if every pool hangs on the same panels, else one a panel; two-corded pools stand at their first.
fn zones(world: &World, panels: Vec<ElementId>, pools: &[PoolId]) -> Vec<Zone> {
    let same = pools.iter().all(|p| world[*p].panels.len() == panels.len());
    if same && panels.len() > 1 && !pools.is_empty() {
        return vec![Zone { panels, pools: pools.to_vec() }];
    }
    let of =
        |panel: ElementId| pools.iter().copied().filter(move |p| world[*p].panels.first() == Some(&panel));
    panels.iter().map(|panel| Zone { panels: vec![*panel], pools: of(*panel).collect() }).collect()
}

/// Rooms of a site that are not halls, in the author's order.
#[must_use]
pub fn technical_rooms(world: &World, site: SiteId) -> Vec<RoomId> {
    let rooms = rooms_of(world, site).filter(|r| world[*r].kind != RoomKind::Hall).collect();
    sorted_by_key(rooms, |r| world[*r].order)
}

/// Power elements of a site.
pub fn elements_of(world: &World, site: SiteId) -> impl Iterator<Item = ElementId> {
    (0..world.elements.len()).map(ElementId::at).filter(move |e| world[*e].site == site)
}

fn rooms_of(world: &World, site: SiteId) -> impl Iterator<Item = RoomId> {
    (0..world.rooms.len()).map(RoomId::at).filter(move |r| world[*r].site == site)
}

/// A building looks the same in two worlds, and the same can be dropped on it: what stands in it, and what that is called,
/// numbered and leans on, is the same in both.
#[must_use]
pub fn alike(a: &World, b: &World, site: SiteId) -> bool {
    let called = |(a, b): (&Service, &Service)| {
        (&a.key, &a.name, a.role, &a.needs) == (&b.key, &b.name, b.role, &b.needs)
    };
    // What stands elsewhere has the same number, nothing more.
    let stands = |(a, b): (&Pool, &Pool)| match a.site == site {
        true => a == b,
        false => (a.site, a.service) == (b.site, b.service),
    };
    let built = |(a, b): (&Room, &Room)| match a.site == site {
        true => a == b,
        false => (a.site, &a.key) == (b.site, &b.key),
    };
    let carries = |(a, b): (&Element, &Element)| match a.site == site {
        true => a == b,
        false => (a.site, &a.key) == (b.site, &b.key),
    };
    let counts = |w: &World| [w.services.len(), w.pools.len(), w.rooms.len(), w.elements.len()];
    counts(a) == counts(b)
        && a.sites == b.sites
        && a.shocks == b.shocks
        && a.rooms.iter().zip(&b.rooms).all(built)
        && a.elements.iter().zip(&b.elements).all(carries)
        && a.services.iter().zip(&b.services).all(called)
        && a.pools.iter().zip(&b.pools).all(stands)
}

/// Lays a site out in an area.
#[must_use]
pub fn plan(world: &World, site: SiteId, width: f64, height: f64) -> Plan {
    if width < 80.0 || height < 60.0 {
        return Plan::default();
    }
    let compact = width < 290.0 || height < 250.0;
    let feeds = elements_of(world, site).filter(|e| world[*e].kind == ElementKind::Utility).count().max(1);
    let (roof, band, between) = if compact { (5.0, 24.0, 11.0) } else { (11.0, 48.0, 20.0) };
    // A small building has its feeds beside the rooms instead of below them.
    let feed_height = if compact { 5.0 } else { 13.0 + 7.0 * feeds.min(3) as f64 };
    let technical = technical_rooms(world, site);
    let band = if technical.is_empty() { 6.0 } else { band };
    let street = height - feed_height - band - between * 0.45;
    let mut plan = Plan {
        size: (width, height),
        compact,
        street,
        feed: height - if compact { 2.0 } else { feed_height - 9.0 },
        ..Plan::default()
    };
    let area = Rect::new(0.0, roof, width, street - between * 0.55 - roof);
    place_halls(&mut plan, &halls(world, site), area);
    let count = technical.len().max(1) as f64;
    let gap = if compact { 4.0 } else { 8.0 };
    let left = if compact { FEEDS } else { 0.0 };
    let room_width = ((width - left - GUTTER + gap) / count - gap).min(190.0);
    let top = street + between * 0.45;
    plan.rooms = technical
        .into_iter()
        .enumerate()
        .map(|(i, r)| (r, Rect::new(left + i as f64 * (room_width + gap), top, room_width, band)))
        .collect();
    plan
}

fn place_halls(plan: &mut Plan, halls: &[Hall], area: Rect) {
    // One hall with many zones is a frame around a grid of them; else the halls are the grid.
    if let [hall] = halls
        && hall.zones.len() > 1
    {
        let frame = Rect::new(area.x, area.y, area.w, area.h);
        plan.halls.push(HallBox { room: hall.room, rect: frame, frame: true });
        let title = if plan.compact { 14.0 } else { 17.0 };
        let inner = Rect::new(frame.x + 5.0, frame.y + title, frame.w - 5.0, frame.h - title - 5.0);
        let weights: Vec<Vec<usize>> = hall.zones.iter().map(|z| vec![z.pools.len()]).collect();
        for (zone, (rect, gutter)) in hall.zones.iter().zip(grid(&weights, inner, plan.compact)) {
            place_zone(plan, hall.room, zone, rect, gutter, false);
        }
        return;
    }
    let zones = |hall: &Hall| hall.zones.iter().map(|z| z.pools.len()).collect::<Vec<_>>();
    let weights: Vec<Vec<usize>> = halls.iter().map(zones).collect();
    for (hall, (rect, gutter)) in halls.iter().zip(grid(&weights, area, plan.compact)) {
        plan.halls.push(HallBox { room: hall.room, rect, frame: false });
        let per_row = per_row(rect.w);
        let total: f64 = hall.zones.iter().map(|z| need(z.pools.len(), per_row)).sum();
        let mut y = rect.y;
        for zone in &hall.zones {
            let h = rect.h * need(zone.pools.len(), per_row) / total;
            place_zone(plan, hall.room, zone, Rect::new(rect.x, y, rect.w, h), gutter, hall.zones.len() == 1);
            y += h;
        }
    }
}

/// Tiles in a row of a cell.
fn per_row(cell: f64) -> usize {
    ((cell - PAD) / 64.0).floor().max(1.0) as usize
}

/// Height that a zone with so many pools wants.
fn need(pools: usize, per_row: usize) -> f64 {
    TITLE + 28.0 * pools.div_ceil(per_row).max(1) as f64
}

/// Cells in one to three columns, with the cable way of each; rows as high as their fullest cell needs. A cell is given
/// by the pools of each of its zones.
fn grid(weights: &[Vec<usize>], area: Rect, compact: bool) -> Vec<(Rect, f64)> {
    let count = weights.len().max(1);
    let columns = match count {
        1 => 1,
        2..=4 => 2,
        _ if area.w > 300.0 => 3,
        _ => 2,
    };
    let rows = count.div_ceil(columns);
    let gap = if compact { 4.0 } else { 7.0 };
    let cell = (area.w - GUTTER * columns as f64) / columns as f64;
    let per_row = per_row(cell);
    let cell_need = |zones: &Vec<usize>| zones.iter().map(|n| need(*n, per_row)).sum::<f64>();
    let needs: Vec<f64> = (0..rows)
        .map(|r| weights.iter().skip(r * columns).take(columns).map(cell_need).fold(TITLE, f64::max))
        .collect();
    let total: f64 = needs.iter().sum();
    let space = area.h - gap * (rows - 1) as f64;
    let mut out = Vec::with_capacity(count);
    let mut y = area.y;
    for (r, need) in needs.iter().enumerate() {
        let h = space * need / total;
        for c in 0..columns.min(count - r * columns) {
            let x = area.x + c as f64 * (cell + GUTTER);
            out.push((Rect::new(x, y, cell, h), x + cell + GUTTER / 2.0));
        }
        y += h + gap;
    }
    out
}

fn place_zone(plan: &mut Plan, room: Option<RoomId>, zone: &Zone, rect: Rect, gutter: f64, alone: bool) {
    let title = if plan.compact { 18.0 } else { TITLE };
    let breaker = |i: usize| (rect.right() - 12.0 - 17.0 * i as f64, rect.y + title / 2.0 + 0.5);
    plan.zones.push(ZoneBox {
        room,
        panels: zone.panels.iter().rev().enumerate().map(|(i, p)| (*p, breaker(i))).collect(),
        rect,
        gutter,
        alone,
    });
    let inside = Rect::new(
        rect.x + PAD,
        rect.y + title,
        (rect.w - 2.0 * PAD).max(8.0),
        (rect.h - title - PAD + 1.0).max(8.0),
    );
    let (columns, size) = tiles(zone.pools.len(), inside);
    for (i, pool) in zone.pools.iter().enumerate() {
        let x = inside.x + (i % columns) as f64 * (size.0 + TILE_GAP);
        let y = inside.y + (i / columns) as f64 * (size.1 + TILE_GAP);
        plan.tiles.push((*pool, Rect::new(x, y, size.0, size.1)));
    }
}

/// Columns and size of tiles: those that leave names the most room; without room for names, the most nearly square.
fn tiles(count: usize, inside: Rect) -> (usize, (f64, f64)) {
    let count = count.max(1);
    let size = |columns: usize| {
        let w = (inside.w + TILE_GAP) / columns as f64 - TILE_GAP;
        let h = (inside.h + TILE_GAP) / count.div_ceil(columns) as f64 - TILE_GAP;
        (w.clamp(3.0, TILE_MAX.0), h.clamp(3.0, TILE_MAX.1))
    };
    let worth = |columns: usize| {
        let (w, h) = size(columns);
        if h >= NAMED.1 && w >= NAMED.0 { 100.0 + w + h * 0.5 } else { w.min(h * 2.0) }
    };
    let first = ((inside.w + TILE_GAP) / (TILE_MAX.0 + TILE_GAP)).ceil().max(1.0) as usize;
    let columns = (first..=count.max(first)).max_by(|a, b| worth(*a).total_cmp(&worth(*b)).then(b.cmp(a)));
    let columns = columns.unwrap_or(first);
    (columns, size(columns))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_fit_their_zone() {
        for count in 1..200 {
            for (w, h) in [(200.0, 80.0), (120.0, 40.0), (400.0, 200.0), (60.0, 300.0)] {
                let (columns, size) = tiles(count, Rect::new(0.0, 0.0, w, h));
                let rows = count.div_ceil(columns);
                assert!(
                    columns as f64 * (size.0 + TILE_GAP) - TILE_GAP <= w + 0.01 || size.0 <= 3.0,
                    "{count} {w}x{h}"
                );
                assert!(
                    rows as f64 * (size.1 + TILE_GAP) - TILE_GAP <= h + 0.01 || size.1 <= 3.0,
                    "{count} {w}x{h}"
                );
            }
        }
    }

    #[test]
    fn cells_stay_inside_and_apart() {
        for count in 1..9 {
            let area = Rect::new(0.0, 10.0, 450.0, 240.0);
            let cells = grid(&vec![vec![5]; count], area, false);
            assert_eq!(cells.len(), count);
            for (i, (a, gutter)) in cells.iter().enumerate() {
                assert!(
                    a.right() <= area.right() && a.bottom() <= area.bottom() + 0.01 && *gutter > a.right()
                );
                for (b, _) in &cells[i + 1..] {
                    assert!(a.right() <= b.x || b.right() <= a.x || a.bottom() <= b.y || b.bottom() <= a.y);
                }
            }
        }
    }
}
