//! Buildings: what burnt under one ceiling, and what was switched off with what burnt.

use std::collections::BTreeMap;

use super::{Code, Evidence, Finding};
use crate::Time;
use crate::trace::{Change, ElementState, EventId, RoomState, Subject};
use crate::world::{ElementId, ElementKind, RoomId, ServiceId, SiteId};

/// UPS that the heat of burning batteries switched off.
pub(super) fn ceilings(e: &Evidence<'_>) -> Vec<Finding> {
    let world = e.world();
    let ups = |(i, element): (usize, &crate::world::Element)| {
        let ElementKind::Ups { battery: Some(battery), .. } = element.kind else { return None };
        let (at, burning) = heated(e, ElementId::at(i), battery)?;
        Some(Finding {
            code: Code::UpsUnderOneCeiling,
            subject: Subject::Element(ElementId::at(i)),
            with: Vec::new(),
            hit: behind(e, ElementId::at(i)),
            site: Some(element.site),
            figure: at.since(burning).secs(),
        })
    };
    world.elements.iter().enumerate().filter_map(ups).collect()
}

/// When a UPS tripped because its battery's room burnt, and since when that burnt.
fn heated(e: &Evidence<'_>, ups: ElementId, battery: RoomId) -> Option<(Time, Time)> {
    let events = &e.trace().events;
    let trips = e.trace().elements[ups.index()].points().iter().filter(|p| p.1 == ElementState::Tripped);
    let by = trips.filter_map(|p| Some((p.0, p.2?)));
    by.flat_map(|(at, by)| events[by.0 as usize].causes.iter().map(move |c| (at, &events[c.0 as usize])))
        .find(|(_, cause)| {
            cause.subject == Subject::Room(battery) && cause.change == Change::Room(RoomState::Burning)
        })
        .map(|(at, cause)| (at, cause.at))
}

/// Services with servers behind an element.
fn behind(e: &Evidence<'_>, element: ElementId) -> Vec<ServiceId> {
    let world = e.world();
    let fed = |p: &ElementId| world[*p].inputs.contains(&element);
    let pools = world.pools.iter().filter(|pool| pool.panels.iter().any(fed));
    e.plain(pools.map(|pool| pool.service))
}

/// Buildings in which panels were switched off by order although neither they nor their cables were near the fire.
pub(super) fn zones(e: &Evidence<'_>) -> Vec<Finding> {
    let (world, trace) = (e.world(), e.trace());
    let mut cut: BTreeMap<SiteId, Vec<ElementId>> = BTreeMap::new();
    for panel in (0..world.elements.len()).map(ElementId::at) {
        let element = &world[panel];
        let ElementKind::Panel { .. } = element.kind else { continue };
        let mut states = trace.elements[panel.index()].points().windows(2);
        let ordered = states.find(|w| w[0].1.gives() && w[1].1 == ElementState::Cut);
        let Some(at) = ordered.map(|w| w[1].0) else { continue };
        let near = |r: RoomId| trace.rooms[r.index()].at(at) != RoomState::Ok;
        if !element.room.is_some_and(near) && !element.via.iter().any(|&r| near(r)) {
            cut.entry(element.site).or_default().push(panel);
        }
    }
    let site = |(site, panels): (SiteId, Vec<ElementId>)| {
        // Panels stand in their order.
        let cut = |p: &ElementId| panels.binary_search(p).is_ok();
        let hung = |pool: &&crate::world::Pool| pool.panels.iter().all(cut);
        let pools = || world.pools.iter().filter(hung);
        let hit = e.plain(pools().map(|pool| pool.service));
        let figure = pools().map(|pool| f64::from(pool.servers)).sum();
        (!hit.is_empty()).then_some(Finding {
            code: Code::NoZoneSwitch,
            subject: Subject::Site(site),
            with: Vec::new(),
            hit,
            site: Some(site),
            figure,
        })
    };
    cut.into_iter().filter_map(site).collect()
}

/// Panels and UPS that gave up under load: neither by hand nor of heat.
pub(super) fn overloads(e: &Evidence<'_>) -> Vec<Finding> {
    let world = e.world();
    let tripped = |(i, element): (usize, &crate::world::Element)| {
        let id = ElementId::at(i);
        let carries = matches!(element.kind, ElementKind::Panel { .. } | ElementKind::Ups { .. });
        let mut trips = e.trace().elements[i].points().iter().filter(|p| p.1 == ElementState::Tripped);
        if !carries || !trips.any(|p| p.2.is_some_and(|by| of_load(e, id, by))) {
            return None;
        }
        let hung = world
            .pools
            .iter()
            .filter(|pool| pool.panels.iter().any(|&p| p == id || world[p].inputs.contains(&id)));
        Some(Finding {
            code: Code::OverloadTrip,
            subject: Subject::Element(id),
            with: Vec::new(),
            hit: e.plain(hung.clone().map(|pool| pool.service)),
            site: Some(element.site),
            figure: hung.map(|pool| f64::from(pool.servers)).sum(),
        })
    };
    world.elements.iter().enumerate().filter_map(tripped).collect()
}

/// Whether what tripped an element was neither done to it nor a fire.
fn of_load(e: &Evidence<'_>, id: ElementId, by: EventId) -> bool {
    let events = &e.trace().events;
    events[by.0 as usize].causes.iter().map(|c| &events[c.0 as usize]).all(|cause| {
        let done = cause.subject == Subject::Element(id) && matches!(cause.change, Change::Incident(_));
        !done && !matches!(cause.change, Change::Room(_))
    })
}

/// Generator sets that failed, or ran out, while panels of their building were dark.
pub(super) fn generators(e: &Evidence<'_>) -> Vec<Finding> {
    let world = e.world();
    let failed = |(i, element): (usize, &crate::world::Element)| {
        let ElementKind::Generators { .. } = element.kind else { return None };
        let points = e.trace().elements[i].points();
        let at = points.iter().position(|p| p.1 == ElementState::Failed)?;
        let end = points.get(at + 1).map_or(e.trace().horizon, |p| p.0);
        let dark = |p: ElementId| {
            let dark = e.trace().elements[p.index()].points().iter();
            dark.clone().any(|point| (points[at].0..=end).contains(&point.0) && !point.1.gives())
        };
        let panels: Vec<ElementId> = super::panels_of(world, element.site).filter(|&p| dark(p)).collect();
        let hung =
            world.pools.iter().filter(|pool| pool.panels.iter().any(|p| panels.binary_search(p).is_ok()));
        let hit = e.plain(hung.map(|pool| pool.service));
        (!hit.is_empty()).then(|| Finding {
            code: Code::GeneratorFailed,
            subject: Subject::Element(ElementId::at(i)),
            with: Vec::new(),
            hit,
            site: Some(element.site),
            figure: end.since(points[at].0).secs(),
        })
    };
    world.elements.iter().enumerate().filter_map(failed).collect()
}

/// Halls that were too warm while servers stood in them.
pub(super) fn halls(e: &Evidence<'_>) -> Vec<Finding> {
    let world = e.world();
    let warm = |(i, room): (usize, &crate::world::Room)| {
        let points = e.trace().rooms[i].points();
        let ends = points.iter().skip(1).map(|p| p.0).chain([e.trace().horizon]);
        let too_warm =
            points.iter().zip(ends).filter(|(p, _)| matches!(p.1, RoomState::Warm | RoomState::Hot));
        let figure: f64 = too_warm.map(|(p, end)| end.since(p.0).secs()).sum();
        let inside = |p: &ElementId| world[*p].room == Some(RoomId::at(i));
        let pools = || world.pools.iter().filter(|pool| pool.panels.iter().any(inside));
        (figure > 0.0).then(|| Finding {
            code: Code::TooHot,
            subject: Subject::Room(RoomId::at(i)),
            with: Vec::new(),
            hit: e.plain(pools().map(|pool| pool.service)),
            site: Some(room.site),
            figure,
        })
    };
    world.rooms.iter().enumerate().filter_map(warm).collect()
}
