//! What goes wrong: targets found, in the order of time.

use super::{MAX_INCIDENTS, Names, find, find_at, limit};
use crate::Time;
use crate::scenario::diagnostic::{Limit, Problem, Thing};
use crate::scenario::document::{Document, IncidentDoc};
use crate::scenario::order::sorted;
use crate::scenario::read::{Cx, Name, clip};
use crate::world::{Action, ElementKind, Incident, PoolId, RoomId, Script, SiteId, World};

const EXAMPLE: &str =
    "{at: 0s, ignite: pangyo/battery}, {at: 0s, trip: pangyo/pa}, {at: 0s, crash: auth@pangyo}";

pub fn script(cx: &mut Cx<'_>, doc: &Document, names: &Names<'_>, world: &World) -> Script {
    let mut script = Script::new();
    for incident in &doc.script {
        let at = Time(incident.at.span().0);
        if at > world.meta.horizon && !cx.sink.is_tainted(doc.meta.spot) {
            cx.add(incident.spot, Problem::AfterHorizon);
        }
        let actions = actions(cx, names, world, incident);
        script.extend(actions.into_iter().map(|action| Incident { at, action }));
        if script.len() > MAX_INCIDENTS {
            limit(cx, script.len(), MAX_INCIDENTS, Limit::Incidents);
            break;
        }
    }
    // Stable: what happens at one time happens as written.
    sorted(script, &|a, b| a.at.cmp(&b.at))
}

fn actions(cx: &mut Cx<'_>, names: &Names<'_>, world: &World, incident: &IncidentDoc) -> Vec<Action> {
    match (&incident.ignite, &incident.trip, &incident.crash) {
        (Some(target), None, None) => ignite(cx, names, target).into_iter().collect(),
        (None, Some(target), None) => trip(cx, names, world, target).into_iter().collect(),
        (None, None, Some(target)) => crash(cx, names, world, target),
        _ => {
            cx.wrong_parts(incident.spot, EXAMPLE);
            Vec::new()
        }
    }
}

/// The parts of `site/thing`.
fn at_site(
    cx: &mut Cx<'_>,
    names: &Names<'_>,
    target: &Name,
    wanted: &'static str,
) -> Option<(SiteId, Name)> {
    let Some((site, rest)) = target.text.split_once('/') else {
        bad_target(cx, target, wanted);
        return None;
    };
    let site = find(cx, &Name { spot: target.spot, text: site.to_owned() }, Thing::Site, &names.sites)?;
    Some((SiteId::at(site), Name { spot: target.spot, text: rest.to_owned() }))
}

fn bad_target(cx: &mut Cx<'_>, target: &Name, wanted: &'static str) {
    if !cx.sink.is_tainted(target.spot) {
        cx.add(target.spot, Problem::BadTarget { text: clip(&target.text), wanted });
    }
}

fn ignite(cx: &mut Cx<'_>, names: &Names<'_>, target: &Name) -> Option<Action> {
    let (site, room) = at_site(cx, names, target, "pangyo/battery")?;
    find_at(cx, &room, Thing::Room, site, &names.rooms).map(|index| Action::Ignite(RoomId::at(index)))
}

fn trip(cx: &mut Cx<'_>, names: &Names<'_>, world: &World, target: &Name) -> Option<Action> {
    let wanted = "pangyo/pa";
    let (site, key) = at_site(cx, names, target, wanted)?;
    let element = *names.element_ids.get(find_at(cx, &key, Thing::Element, site, &names.elements)?)?;
    match world[element].kind {
        ElementKind::Utility | ElementKind::Panel { .. } => Some(Action::Trip(element)),
        ElementKind::Generators { .. } | ElementKind::Ups { .. } => {
            bad_target(cx, target, wanted);
            None
        }
    }
}

fn crash(cx: &mut Cx<'_>, names: &Names<'_>, world: &World, target: &Name) -> Vec<Action> {
    let Some((service, site)) = target.text.split_once('@') else {
        bad_target(cx, target, "auth@pangyo");
        return Vec::new();
    };
    let name = |text: &str| Name { spot: target.spot, text: text.to_owned() };
    let service = find(cx, &name(service), Thing::Service, &names.services);
    let site_id = find(cx, &name(site), Thing::Site, &names.sites).map(SiteId::at);
    let (Some(service), Some(site_id)) = (service, site_id) else { return Vec::new() };
    // A document with too many pools has services that were never built.
    let Some(built) = world.services.get(service) else { return Vec::new() };
    // A service's pools stand in the order of sites.
    let first = built.pools.partition_point(|&pool| world[pool].site < site_id);
    let here = built.pools[first..].iter().copied().take_while(|&pool| world[pool].site == site_id);
    let here: Vec<PoolId> = here.collect();
    if here.is_empty() && !cx.sink.is_tainted(target.spot) {
        cx.add(target.spot, Problem::NoPool { service: built.key.clone(), site: site.to_owned() });
    }
    here.into_iter().map(Action::Crash).collect()
}
