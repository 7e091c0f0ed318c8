//! Buildings: what burnt under one ceiling, and what was switched off with what burnt.

use std::collections::BTreeMap;

use super::{Code, Evidence, Finding};
use crate::Time;
use crate::trace::{Change, ElementState, RoomState, Subject};
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
        let live = |state| matches!(state, ElementState::Live | ElementState::OnBattery);
        let ordered = states.find(|w| live(w[0].1) && w[1].1 == ElementState::Cut);
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
