//! Services, what they lean on, and where their servers stand.

use std::collections::BTreeMap;

use super::{MAX_POOLS, Names, Spots, dangling, find, limit, named};
use crate::scenario::diagnostic::{Limit, Problem, Thing};
use crate::scenario::document::{Document, NeedDoc, ObjectiveDoc, PlaceDoc, ServiceDoc, Weight};
use crate::scenario::read::{Cx, Entry, Name};
use crate::world::{Data, ElementId, Need, Objective, Pool, PoolId, PoolRole, Service, ServiceId, SiteId};

/// Services with their pools.
pub struct Placed {
    pub services: Vec<Service>,
    pub pools: Vec<Pool>,
}

pub fn services(cx: &mut Cx<'_>, doc: &Document, names: &Names<'_>, spots: &mut Spots) -> Placed {
    let mut sorted: Vec<(usize, &Entry<ServiceDoc>)> = doc.services.0.iter().enumerate().collect();
    sorted.sort_by(|a, b| a.1.key.cmp(&b.1.key));
    spots.services = sorted.iter().map(|(_, entry)| entry.spot).collect();
    let promised = objectives(cx, doc, names);
    let panels = panels(doc, names);

    let mut placed = Placed { services: Vec::with_capacity(sorted.len()), pools: Vec::new() };
    for (index, (order, entry)) in sorted.iter().enumerate() {
        let id = ServiceId::at(index);
        let first = placed.pools.len();
        let mut own = pools(cx, names, &panels, id, entry);
        // By site; two at one site as written.
        own.sort_by_key(|pool| pool.site);
        placed.pools.append(&mut own);
        let pools = &placed.pools[first..];
        let ids = (first..placed.pools.len()).map(PoolId::at).collect();
        let mut service = service(cx, doc, names, id, entry, active(pools));
        service.pools = ids;
        service.objective = service.objective.or_else(|| promised.get(&id).copied());
        service.order = *order as u32;
        placed.services.push(service);
        if placed.pools.len() > MAX_POOLS {
            limit(cx, placed.pools.len(), MAX_POOLS, Limit::Pools);
            break;
        }
    }
    placed
}

fn active(pools: &[Pool]) -> f64 {
    pools.iter().filter(|pool| pool.role == PoolRole::Active).map(|pool| f64::from(pool.servers)).sum()
}

fn service(
    cx: &mut Cx<'_>,
    doc: &Document,
    names: &Names<'_>,
    id: ServiceId,
    entry: &Entry<ServiceDoc>,
    active: f64,
) -> Service {
    let from = &entry.value;
    if active == 0.0 && !cx.sink.is_tainted(entry.spot) {
        cx.add(entry.spot, Problem::NoActive { service: entry.key.clone() });
    }
    if let Some(quorum) = from.quorum {
        let servers: f64 = from.place.iter().map(|place| place.servers.0).sum();
        if servers != quorum.0 && !cx.sink.is_tainted(entry.spot) {
            let at = cx.tree.get(entry.spot, "quorum").unwrap_or(entry.spot);
            cx.add(at, Problem::QuorumMismatch { quorum: quorum.whole(), servers: servers as u64 });
        }
    }
    Service {
        key: entry.key.clone(),
        name: named(from.name.as_ref(), &entry.key),
        role: from.role,
        tier: from.tier.map_or(if from.role.is_some() { 0 } else { 2 }, |tier| tier.whole() as u8),
        users: from.users.0,
        needs: needs(cx, doc, names, id, entry),
        boots: boots(cx, names, entry),
        quorum: from.quorum.map(|quorum| quorum.whole()),
        data: from.data.as_ref().map(|data| Data {
            replication: data.replication,
            size: data.size.0,
            check_rate: data.check_rate.map(|rate| rate.0),
        }),
        load: from.load.map_or(active * doc.defaults.util_peak.0, |load| load.0),
        objective: from.objective.as_ref().map(objective),
        pools: Vec::new(),
        order: 0,
    }
}

fn objective(doc: &ObjectiveDoc) -> Objective {
    Objective { rto: doc.rto.span(), rpo: doc.rpo.span() }
}

fn objectives(cx: &mut Cx<'_>, doc: &Document, names: &Names<'_>) -> BTreeMap<ServiceId, Objective> {
    let mut promised = BTreeMap::new();
    for entry in &doc.objectives.0 {
        let name = Name { spot: entry.spot, text: entry.key.clone() };
        let Some(id) = find(cx, &name, Thing::Service, &names.services) else { continue };
        let own = doc.services.0.iter().find(|service| service.key == entry.key);
        if let Some(own) = own.and_then(|service| service.value.objective.as_ref()) {
            cx.add(entry.spot, Problem::DuplicateId { name: entry.key.clone(), first: own.spot });
        }
        promised.insert(id, objective(&entry.value));
    }
    promised
}

/// Dependencies in the order of what is leant on, so that their order in the document means nothing.
fn needs(
    cx: &mut Cx<'_>,
    doc: &Document,
    names: &Names<'_>,
    id: ServiceId,
    entry: &Entry<ServiceDoc>,
) -> Vec<Need> {
    let mut found: BTreeMap<ServiceId, (Need, &NeedDoc)> = BTreeMap::new();
    for need in &entry.value.needs {
        let Some(on) = find(cx, &need.on, Thing::Service, &names.services) else { continue };
        if on == id {
            cx.add(need.on.spot, Problem::SelfNeed { service: entry.key.clone() });
            continue;
        }
        let soft = match need.weight {
            Weight::Hard => None,
            Weight::SoftDefault => Some(doc.defaults.soft.0),
            Weight::Soft(share) => Some(share),
        };
        if let Some((_, first)) = found.get(&on) {
            let first = first.on.spot;
            cx.add(need.on.spot, Problem::DuplicateId { name: need.on.text.clone(), first });
        } else {
            found.insert(on, (Need { on, soft }, need));
        }
    }
    found.into_values().map(|(need, _)| need).collect()
}

fn boots(cx: &mut Cx<'_>, names: &Names<'_>, entry: &Entry<ServiceDoc>) -> Vec<ServiceId> {
    let mut found: BTreeMap<ServiceId, &Name> = BTreeMap::new();
    for name in &entry.value.boots {
        let Some(on) = find(cx, name, Thing::Service, &names.services) else { continue };
        match found.get(&on) {
            Some(first) => {
                cx.add(name.spot, Problem::DuplicateId { name: name.text.clone(), first: first.spot });
            }
            None => {
                found.insert(on, name);
            }
        }
    }
    found.into_keys().collect()
}

/// Panels of each site in the order of the document.
fn panels(doc: &Document, names: &Names<'_>) -> Panels {
    let mut panels: Panels = BTreeMap::new();
    for entry in &doc.sites.0 {
        let Some(&site) = names.sites.get(entry.key.as_str()) else { continue };
        let own = panels.entry(site).or_default();
        for (order, panel) in entry.value.power.panels.0.iter().enumerate() {
            if let Some(&id) = names.elements.get(&(site, panel.key.as_str())) {
                own.insert(order, (panel.key.clone(), id));
            }
        }
    }
    panels
}

type Panels = BTreeMap<SiteId, BTreeMap<usize, (String, ElementId)>>;

fn pools(
    cx: &mut Cx<'_>,
    names: &Names<'_>,
    panels: &Panels,
    service: ServiceId,
    entry: &Entry<ServiceDoc>,
) -> Vec<Pool> {
    let mut pools = Vec::new();
    for place in &entry.value.place {
        let (site_name, panel_names) = match place.at.text.split_once('/') {
            Some((site, panels)) => (site, Some(panels)),
            None => (place.at.text.as_str(), None),
        };
        let name = Name { spot: place.at.spot, text: site_name.to_owned() };
        let Some(site) = find(cx, &name, Thing::Site, &names.sites) else { continue };
        let empty = BTreeMap::new();
        let here = panels.get(&site).unwrap_or(&empty);
        let hung = match panel_names {
            Some(panels) => on_named(cx, place, here, panels),
            None => spread_out(cx, place, here, site_name),
        };
        for (panels, servers) in hung {
            pools.push(Pool { service, site, panels, servers, role: place.role });
        }
    }
    pools
}

/// Servers on the panels an author names.
fn on_named(
    cx: &mut Cx<'_>,
    place: &PlaceDoc,
    here: &BTreeMap<usize, (String, ElementId)>,
    names: &str,
) -> Vec<(Vec<ElementId>, u32)> {
    let mut cords = Vec::new();
    for name in names.split('+') {
        match here.values().find(|(key, _)| key == name) {
            Some((_, id)) if !cords.contains(id) => cords.push(*id),
            Some(_) => {
                let first = place.at.spot;
                cx.add(first, Problem::DuplicateId { name: name.to_owned(), first });
            }
            None => {
                dangling(cx, place.at.spot, Thing::Panel, name, here.values().map(|(key, _)| key.as_str()));
            }
        }
    }
    cords.sort_unstable();
    vec![(cords, place.servers.whole())]
}

/// Servers on all panels of a site: with two cords where there are two, else evenly.
fn spread_out(
    cx: &mut Cx<'_>,
    place: &PlaceDoc,
    here: &BTreeMap<usize, (String, ElementId)>,
    site: &str,
) -> Vec<(Vec<ElementId>, u32)> {
    let servers = place.servers.whole();
    let mut panels: Vec<ElementId> = here.values().map(|(_, id)| *id).collect();
    let count = panels.len() as u32;
    match count {
        0 => {
            if !cx.sink.is_tainted(place.at.spot) {
                cx.add(place.at.spot, Problem::NoPanel { site: site.to_owned() });
            }
            Vec::new()
        }
        1 | 2 => {
            panels.sort_unstable();
            vec![(panels, servers)]
        }
        _ => {
            let share = |index: u32| servers / count + u32::from(index < servers % count);
            let shares = panels.iter().zip(0..count).map(|(panel, index)| (vec![*panel], share(index)));
            shares.filter(|(_, servers)| *servers > 0).collect()
        }
    }
}
