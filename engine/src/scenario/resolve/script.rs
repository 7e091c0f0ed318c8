//! What goes wrong: targets found, in the order of time.

use super::network::{self, line};
use super::{MAX_INCIDENTS, Names, bad_target, find, find_at, limit, shock};
use crate::Time;
use crate::kernel::order::sorted;
use crate::scenario::diagnostic::{Limit, Problem, Thing};
use crate::scenario::document::{Document, IncidentDoc, LineDoc};
use crate::scenario::quantity::Duration;
use crate::scenario::read::{Cx, Name};
use crate::world::{
    Action, ElementId, ElementKind, Incident, Line, Origin, PoolId, RegionId, RoomId, Scope, Script, SiteId,
    World,
};

const EXAMPLE: &str =
    "{at: 0s, ignite: pangyo/battery}, {at: 0s, crash: auth@pangyo}, {at: 0s, cut: [pangyo, anyang]}";
const DETAILS: &str = "{cut: pangyo, lasts: 2h}, {gorilla: pangyo, announced: true}, {crash: auth@pangyo, mistake: true, noticed: false}";

pub fn script(cx: &mut Cx<'_>, doc: &Document, names: &Names<'_>, world: &World) -> Script {
    let mut script = Script::new();
    for incident in &doc.script {
        let at = Time(incident.at.span().0);
        if at > world.meta.horizon && !cx.sink.is_tainted(doc.meta.spot) {
            cx.add(incident.spot, Problem::AfterHorizon);
        }
        let origin = origin(cx, incident);
        let actions = actions(cx, names, world, incident);
        script.extend(actions.into_iter().map(|action| Incident { at, action, origin }));
        if script.len() > MAX_INCIDENTS {
            limit(cx, script.len(), MAX_INCIDENTS, Limit::Incidents);
            break;
        }
    }
    // Stable: what happens at one time happens as written.
    sorted(script, &|a, b| a.at.cmp(&b.at))
}

/// What an incident does: one action, or one for each of the parts of what it names.
fn actions(cx: &mut Cx<'_>, names: &Names<'_>, world: &World, incident: &IncidentDoc) -> Vec<Action> {
    let lasts = incident.lasts.map(Duration::span);
    let drilled = Some(lasts.unwrap_or(Action::DRILL));
    let on = |doc: &LineDoc, cx: &mut Cx<'_>| {
        let line = line(cx, names, &doc.from, doc.to.as_ref())?;
        if !network::exists(world, line) {
            bad_target(cx, doc.to.as_ref().unwrap_or(&doc.from), "[pangyo, anyang]");
        }
        Some(line)
    };
    let mut said = 0;
    let mut found = Vec::new();
    let mut each = |cx: &mut Cx<'_>, name: &Option<Name>, of: &dyn Fn(&mut Cx<'_>, &Name) -> Vec<Action>| {
        if let Some(name) = name {
            said += 1;
            found.extend(of(cx, name));
        }
    };
    each(cx, &incident.ignite, &|cx, name| ignite(cx, names, name).into_iter().collect());
    each(cx, &incident.trip, &|cx, name| trip(cx, names, world, name).into_iter().collect());
    each(cx, &incident.fail, &|cx, name| {
        element(cx, names, name).map(|element| Action::Fail(element, lasts)).into_iter().collect()
    });
    each(cx, &incident.shock, &|cx, name| shock::action(cx, world, name).into_iter().collect());
    each(cx, &incident.crash, &|cx, name| {
        pools(cx, names, world, name).into_iter().map(Action::Crash).collect()
    });
    for name in [&incident.kill, &incident.monkey] {
        each(cx, name, &|cx, name| {
            pools(cx, names, world, name).into_iter().take(1).map(Action::Kill).collect()
        });
    }
    let off = |site| Action::Cut(Line::All(site), drilled);
    each(cx, &incident.gorilla, &|cx, name| {
        find(cx, name, Thing::Site, &names.sites).map(|site| off(SiteId::at(site))).into_iter().collect()
    });
    each(cx, &incident.kong, &|cx, name| {
        let region = find(cx, name, Thing::Region, &names.regions).map(RegionId::at);
        let sites = (0..world.sites.len()).map(SiteId::at);
        sites.filter(|&site| Some(world[site].region) == region).map(off).collect()
    });
    if let Some(doc) = &incident.cut {
        said += 1;
        found.extend(on(doc, cx).map(|line| Action::Cut(line, lasts)));
    }
    if let Some(doc) = &incident.heal {
        said += 1;
        found.extend(on(doc, cx).map(Action::Heal));
    }
    if said != 1 {
        cx.wrong_parts(incident.spot, EXAMPLE);
    }
    found
}

/// How an incident came about, and whether what it says of itself goes together.
fn origin(cx: &mut Cx<'_>, incident: &IncidentDoc) -> Origin {
    let drills = [
        (&incident.monkey, Scope::Instance),
        (&incident.gorilla, Scope::Site),
        (&incident.kong, Scope::Region),
    ];
    let drill = drills.into_iter().find(|(name, _)| name.is_some()).map(|(_, scope)| scope);
    let ends = incident.cut.is_some()
        || incident.fail.is_some()
        || matches!(drill, Some(Scope::Site | Scope::Region));
    if incident.lasts.is_some() && !ends
        || incident.announced && drill.is_none()
        || incident.mistake && drill.is_some()
        || !incident.noticed && !incident.mistake
    {
        cx.wrong_parts(incident.spot, DETAILS);
    }
    match drill {
        Some(scope) => Origin::Drill { scope, announced: incident.announced },
        None if incident.mistake => Origin::Mistake { noticed: incident.noticed },
        None => Origin::Chance,
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

fn ignite(cx: &mut Cx<'_>, names: &Names<'_>, target: &Name) -> Option<Action> {
    let (site, room) = at_site(cx, names, target, "pangyo/battery")?;
    find_at(cx, &room, Thing::Room, site, &names.rooms).map(|index| Action::Ignite(RoomId::at(index)))
}

const ELEMENT: &str = "pangyo/pa";

fn element(cx: &mut Cx<'_>, names: &Names<'_>, target: &Name) -> Option<ElementId> {
    let (site, key) = at_site(cx, names, target, ELEMENT)?;
    names.element_ids.get(find_at(cx, &key, Thing::Element, site, &names.elements)?).copied()
}

fn trip(cx: &mut Cx<'_>, names: &Names<'_>, world: &World, target: &Name) -> Option<Action> {
    let element = element(cx, names, target)?;
    match world[element].kind {
        ElementKind::Utility | ElementKind::Panel { .. } | ElementKind::Chillers { .. } => {
            Some(Action::Trip(element))
        }
        ElementKind::Generators { .. } | ElementKind::Ups { .. } => {
            bad_target(cx, target, ELEMENT);
            None
        }
    }
}

/// A service's pools at a site: all, or the one of the number behind it.
fn pools(cx: &mut Cx<'_>, names: &Names<'_>, world: &World, target: &Name) -> Vec<PoolId> {
    let Some((service, site)) = target.text.split_once('@') else {
        bad_target(cx, target, "auth@pangyo");
        return Vec::new();
    };
    let (site, nth) = match site.split_once('/') {
        Some((site, nth)) => (site, Some(nth)),
        None => (site, None),
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
    let Some(nth) = nth else { return here };
    let one = nth.parse::<usize>().ok().and_then(|nth| here.get(nth.checked_sub(1)?).copied());
    if one.is_none() && !here.is_empty() {
        bad_target(cx, target, "auth@pangyo, auth@pangyo/2");
    }
    one.into_iter().collect()
}
