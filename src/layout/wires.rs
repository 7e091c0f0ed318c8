//! Where the cables of a building run: from the street through the rooms they really pass to the breakers.

use super::building::{self, Plan};
use bridge_engine::World;
use bridge_engine::world::{ElementId, ElementKind, RoomId, SiteId};

/// One cable.
#[derive(Clone, Debug, PartialEq)]
pub struct Wire {
    /// What feeds.
    pub from: ElementId,
    /// What is fed.
    pub to: ElementId,
    /// Corners.
    pub points: Vec<(f64, f64)>,
    /// Rooms it really passes; anywhere else it runs out of sight.
    pub through: Vec<RoomId>,
}

/// A power element's place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Anchor {
    /// On the street's level, where a feed enters.
    Street(f64, f64),
    /// In a technical room.
    Room(f64, f64),
    /// Above the street, beside a cable way.
    Upper {
        /// Across.
        x: f64,
        /// Down.
        y: f64,
        /// The cable way.
        gutter: f64,
    },
}

impl Anchor {
    /// The point itself.
    #[must_use]
    pub const fn point(self) -> (f64, f64) {
        match self {
            Self::Street(x, y) | Self::Room(x, y) | Self::Upper { x, y, .. } => (x, y),
        }
    }
}

/// Distance between cables that run side by side.
const LANE: f64 = 3.0;

/// Every power element's place in a plan.
#[must_use]
pub fn anchors(world: &World, site: SiteId, plan: &Plan) -> Vec<(ElementId, Anchor)> {
    let all: Vec<ElementId> = building::elements_of(world, site).collect();
    let mut streets = 0;
    let mut out = Vec::with_capacity(all.len());
    for &e in &all {
        let anchor = match (&world[e].kind, world[e].room) {
            (ElementKind::Panel { .. }, _) => panel(plan, e),
            (ElementKind::Utility, _) | (_, None) => {
                streets += 1;
                street(plan, streets - 1)
            }
            (_, Some(room)) => in_room(world, plan, &all, e, room),
        };
        out.push((e, anchor));
    }
    out
}

/// Where the so-manieth feed enters.
fn street(plan: &Plan, index: i32) -> Anchor {
    let band = plan.rooms.first().map_or(plan.size.1 - 20.0, |r| r.1.y);
    if plan.compact {
        Anchor::Street(8.0, band + 5.0 + 14.0 * f64::from(index % 2))
    } else {
        Anchor::Street(11.0 + 30.0 * f64::from(index), plan.feed + 7.0 * f64::from(index % 3))
    }
}

fn panel(plan: &Plan, e: ElementId) -> Anchor {
    plan.zones
        .iter()
        .find_map(|zone| {
            let (_, (x, y)) = zone.panels.iter().find(|p| p.0 == e)?;
            Some(Anchor::Upper { x: *x, y: *y, gutter: zone.gutter })
        })
        .unwrap_or(Anchor::Street(0.0, plan.feed))
}

fn in_room(world: &World, plan: &Plan, all: &[ElementId], e: ElementId, room: RoomId) -> Anchor {
    let fellows: Vec<ElementId> = all
        .iter()
        .copied()
        .filter(|o| world[*o].room == Some(room) && !matches!(world[*o].kind, ElementKind::Panel { .. }))
        .collect();
    let index = fellows.iter().position(|o| *o == e).unwrap_or(0) as f64;
    let share = (index + 1.0) / (fellows.len() as f64 + 1.0);
    if let Some((_, rect)) = plan.rooms.iter().find(|r| r.0 == room) {
        return Anchor::Room(rect.x + rect.w * share, level(plan, rect.y, rect.h));
    }
    match plan.halls.iter().find(|h| h.room == Some(room)) {
        Some(hall) => {
            let gutter =
                plan.zones.iter().find(|z| z.room == Some(room)).map_or(hall.rect.right(), |z| z.gutter);
            Anchor::Upper { x: hall.rect.right() - 10.0 - 14.0 * index, y: hall.rect.bottom() - 8.0, gutter }
        }
        None => Anchor::Street(11.0, plan.feed),
    }
}

/// Height at which cables cross technical rooms.
fn level(plan: &Plan, y: f64, h: f64) -> f64 {
    y + h * if plan.compact { 0.70 } else { 0.56 }
}

/// All cables of a building.
#[must_use]
pub fn wires(world: &World, plan: &Plan, anchors: &[(ElementId, Anchor)]) -> Vec<Wire> {
    let place = |e: ElementId| anchors.iter().find(|a| a.0 == e).map(|a| a.1);
    let mut out = Vec::new();
    for (lane, (to, end)) in anchors.iter().enumerate() {
        let element = &world[*to];
        for from in &element.inputs {
            let Some(start) = place(*from) else { continue };
            let mut stops: Vec<(f64, f64)> = Vec::new();
            let mut through: Vec<RoomId> = world[*from].room.into_iter().chain(element.room).collect();
            let own = matches!(element.kind, ElementKind::Panel { .. }).then_some(element.room).flatten();
            for room in element.via.iter().copied().chain(own) {
                if let Some((_, rect)) = plan.rooms.iter().find(|r| r.0 == room) {
                    let offset = LANE * ((lane % 5) as f64 - 2.0);
                    stops.push((rect.cx() + offset, level(plan, rect.y, rect.h)));
                    through.push(room);
                }
            }
            let points = route(plan, start, &stops, *end, LANE * (lane % 4) as f64);
            out.push(Wire { from: *from, to: *to, points, through });
        }
    }
    out
}

/// Right angles only: along the street's cables, up into a room, along the rooms, up to the bus, along a cable way.
fn route(plan: &Plan, start: Anchor, stops: &[(f64, f64)], end: Anchor, lane: f64) -> Vec<(f64, f64)> {
    let mut points = vec![start.point()];
    let mut at = start;
    let rooms = stops.iter().map(|s| Anchor::Room(s.0, s.1));
    for next in rooms.chain([end]) {
        let (x0, y0) = at.point();
        let (x1, y1) = next.point();
        match (at, next) {
            (Anchor::Street(..), Anchor::Room(..) | Anchor::Street(..)) => points.push((x1, y0)),
            (Anchor::Street(..), Anchor::Upper { gutter, .. }) => {
                points.extend([(gutter + lane - LANE, y0), (gutter + lane - LANE, y1)]);
            }
            // A generator set feeds through the street's level, as the street does.
            (Anchor::Room(..), Anchor::Room(..)) if at == start && stops.is_empty() => {
                let under = if plan.compact { plan.feed } else { plan.feed - 5.0 };
                points.extend([(x0, under), (x1 + LANE, under), (x1 + LANE, y1)]);
            }
            (Anchor::Room(..), Anchor::Room(..) | Anchor::Street(..)) => points.extend([(x0, y0), (x1, y0)]),
            (Anchor::Room(..), Anchor::Upper { gutter, .. }) => {
                let bus = plan.street - 2.0 - lane;
                points.extend([(x0, bus), (gutter + lane - LANE, bus), (gutter + lane - LANE, y1)]);
            }
            (Anchor::Upper { gutter, .. }, Anchor::Upper { gutter: other, .. }) => {
                let bus = plan.street - 2.0 - lane;
                points.push((gutter + lane - LANE, y0));
                if (gutter - other).abs() > 0.5 {
                    points.extend([(gutter + lane - LANE, bus), (other + lane - LANE, bus)]);
                }
                points.push((other + lane - LANE, y1));
            }
            (Anchor::Upper { gutter, .. }, _) => {
                points.extend([
                    (gutter + lane - LANE, y0),
                    (gutter + lane - LANE, plan.feed),
                    (x1, plan.feed),
                ]);
            }
        }
        points.push((x1, y1));
        at = next;
    }
    points.dedup_by(|b, a| (a.0 - b.0).abs() < 0.01 && (a.1 - b.1).abs() < 0.01);
    points
}

/// Corners as an SVG path with rounded bends.
#[must_use]
pub fn path(points: &[(f64, f64)]) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    let Some(first) = points.first() else { return out };
    let _ = write!(out, "M{:.1} {:.1}", first.0, first.1);
    for i in 1..points.len() {
        let (here, before) = (points[i], points[i - 1]);
        let Some(after) = points.get(i + 1) else {
            let _ = write!(out, "L{:.1} {:.1}", here.0, here.1);
            break;
        };
        let (a, b) = (towards(here, before), towards(here, *after));
        let _ = write!(out, "L{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}", a.0, a.1, here.0, here.1, b.0, b.1);
    }
    out
}

/// A point a little way from a corner.
fn towards(corner: (f64, f64), other: (f64, f64)) -> (f64, f64) {
    let (dx, dy) = (other.0 - corner.0, other.1 - corner.1);
    let length = (dx * dx + dy * dy).sqrt().max(1e-6);
    let part = (4.0_f64.min(length / 2.0)) / length;
    (corner.0 + dx * part, corner.1 + dy * part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_has_only_right_angles() {
        let plan = Plan { street: 200.0, feed: 300.0, ..Plan::default() };
        let places = [
            Anchor::Street(10.0, 300.0),
            Anchor::Room(80.0, 250.0),
            Anchor::Upper { x: 150.0, y: 40.0, gutter: 170.0 },
            Anchor::Upper { x: 350.0, y: 60.0, gutter: 370.0 },
        ];
        for start in places {
            for end in places {
                for stops in [&[][..], &[(120.0, 250.0)][..]] {
                    let points = route(&plan, start, stops, end, 3.0);
                    for pair in points.windows(2) {
                        let straight =
                            (pair[0].0 - pair[1].0).abs() < 0.01 || (pair[0].1 - pair[1].1).abs() < 0.01;
                        assert!(straight, "{start:?} {end:?} {points:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn paths_round_their_corners() {
        assert_eq!(
            path(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)]),
            "M0.0 0.0L6.0 0.0Q10.0 0.0 10.0 4.0L10.0 10.0"
        );
        assert_eq!(path(&[]), "");
    }
}
