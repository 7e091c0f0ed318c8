//! Services, what they lean on, and where their servers stand.

use super::people::team_id;
use super::{MAX_CORDS, MAX_LISTED, MAX_POOLS, Names, Spots, dangling, find, limit, named};
use crate::Span;
use crate::kernel::order::sorted;
use crate::scenario::diagnostic::{Limit, Problem, Thing};
use crate::scenario::document::{DataDoc, Document, ObjectiveDoc, PlaceDoc, ServiceDoc, Weight};
use crate::scenario::read::{Cx, Entry, Name};
use crate::scenario::tree::At;
use crate::world::{
    Backlog, Backup, Cache, Conflicts, Data, Element, ElementId, ElementKind, Need, Objective, Pool, PoolId,
    PoolRole, Retry, Service, ServiceId, SiteId, Wear,
};

/// Services with their pools.
pub struct Placed {
    pub services: Vec<Service>,
    pub pools: Vec<Pool>,
}

pub fn services(
    cx: &mut Cx<'_>,
    doc: &Document,
    names: &Names<'_>,
    elements: &[Element],
    spots: &mut Spots,
) -> Placed {
    let entries: Vec<(usize, &Entry<ServiceDoc>)> = doc.services.0.iter().enumerate().collect();
    let entries = sorted(entries, &|a, b| a.1.key.cmp(&b.1.key));
    spots.services = entries.iter().map(|(_, entry)| entry.spot).collect();
    let promised = objectives(cx, doc, names);
    let ground = Ground { names, elements, panels: panels(doc, names) };

    let mut placed = Placed { services: Vec::with_capacity(entries.len()), pools: Vec::new() };
    for (index, (order, entry)) in entries.iter().enumerate() {
        let id = ServiceId::at(index);
        let first = placed.pools.len();
        // By site; two at one site as written.
        let mut own = sorted(pools(cx, &ground, id, entry), &|a, b| a.site.cmp(&b.site));
        placed.pools.append(&mut own);
        let pools = &placed.pools[first..];
        let ids = (first..placed.pools.len()).map(PoolId::at).collect();
        let mut service = service(cx, doc, names, id, entry, active(pools));
        service.pools = ids;
        if let Some((objective, spot)) = promised[index] {
            if service.objective.is_some() {
                cx.add(spot, Problem::DuplicateId { name: entry.key.clone(), first: entry.spot });
            }
            service.objective = Some(objective);
        }
        service.order = *order as u32;
        placed.services.push(service);
        if placed.pools.len() > MAX_POOLS {
            limit(cx, placed.pools.len(), MAX_POOLS, Limit::Pools);
            break;
        }
    }
    hand_over(&mut placed.services);
    shares_of_load(cx, &placed.services, spots);
    placed
}

/// Whoever hands work over to a backlog leans on its being taken in, not on whatever does it.
fn hand_over(services: &mut [Service]) {
    let waits: Vec<bool> = services.iter().map(|s| s.backlog.is_some()).collect();
    for need in services.iter_mut().flat_map(|service| &mut service.needs) {
        if waits.get(need.on.index()) == Some(&true) {
            need.soft = need.soft.or(Some(1.0));
        }
    }
}

/// Callers may declare all of the load on a service, and no more.
fn shares_of_load(cx: &mut Cx<'_>, services: &[Service], spots: &Spots) {
    let mut sums = vec![0.0; services.len()];
    for need in services.iter().flat_map(|service| &service.needs) {
        if let Some(sum) = sums.get_mut(need.on.index()) {
            *sum += need.calls.unwrap_or(0.0);
        }
    }
    for ((service, &spot), sum) in services.iter().zip(&spots.services).zip(sums) {
        if sum > 1.0 + 1e-9 {
            cx.add(spot, Problem::CallsOverOne { service: service.key.clone(), percent: sum * 100.0 });
        }
    }
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
        let servers: u64 = from.place.iter().map(|place| u64::from(place.servers)).sum();
        if servers != u64::from(quorum.whole()) && !cx.sink.is_tainted(entry.spot) {
            let at = cx.tree.get(entry.spot, "quorum").unwrap_or(entry.spot);
            cx.add(at, Problem::QuorumMismatch { quorum: quorum.whole(), servers });
        }
    }
    if from.quorum.is_some() && from.backlog.is_some() {
        let at = cx.tree.get(entry.spot, "backlog").unwrap_or(entry.spot);
        cx.add(at, Problem::QuorumBacklog { service: entry.key.clone() });
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
        data: from.data.as_ref().map(|data| stored(data, from)),
        shed: from.shed.unwrap_or(doc.defaults.shed),
        retry: retry(doc, from),
        backlog: from
            .backlog
            .as_ref()
            .map(|of| Backlog { limit: of.limit.map(|limit| limit.span()), look: of.look.span() }),
        load: from.load.map_or(active * doc.defaults.util_peak.0, |load| load.0),
        cache: cache(cx, names, entry),
        objective: from.objective.as_ref().map(objective),
        staff: from.staff.map(|mean| mean.span()),
        watchdog: from.watchdog.map(|wait| wait.span()),
        wear: from.wear.as_ref().map(|wear| Wear { mtbf: wear.mtbf.span(), repair: wear.repair.span() }),
        stack: from.stack.as_ref().map(|stack| stack.text.clone()),
        team: from.team.as_ref().and_then(|team| find(cx, team, Thing::Team, &names.teams)).map(team_id),
        pools: Vec::new(),
        order: 0,
    }
}

/// A cache of something that the service calls, and not of everything.
fn cache(cx: &mut Cx<'_>, names: &Names<'_>, entry: &Entry<ServiceDoc>) -> Option<Cache> {
    let from = entry.value.cache.as_ref()?;
    let of = ServiceId::at(find(cx, &from.of, Thing::Service, &names.services)?);
    let hit = from.hit.0;
    if !entry.value.needs.iter().any(|need| need.on.text == from.of.text) {
        cx.add(from.of.spot, Problem::CacheOfNoNeed { service: entry.key.clone(), of: from.of.text.clone() });
    }
    if hit > MOST_HITS && !cx.sink.is_tainted(from.spot) {
        let at = cx.tree.get(from.spot, "hit").unwrap_or(from.spot);
        cx.add(at, Problem::OutOfRange { text: format!("{hit}"), least: "0", most: "0.999" });
    }
    Some(Cache { of, hit: hit.min(MOST_HITS), warm: from.warm.span() })
}

/// Most of what is looked up that can be in a cache.
const MOST_HITS: f64 = 0.999;

fn retry(doc: &Document, from: &ServiceDoc) -> Retry {
    let (own, all) = (&from.retry, &doc.defaults.retry);
    Retry {
        max: own.max.unwrap_or(all.max).whole(),
        backoff: own.backoff.unwrap_or(all.backoff).span(),
        budget: own.budget.or(all.budget).map(|share| share.0),
    }
}

/// Between snapshots, where somebody keeps them and nobody says how often they are taken.
const DAILY: Span = Span::from_hours(24);

fn stored(data: &DataDoc, service: &ServiceDoc) -> Data {
    let from = &data.backup;
    let kept = from.at.is_some() || service.place.iter().any(|place| place.role == PoolRole::Backup);
    let every = from.every.map(|every| every.span()).or(kept.then_some(DAILY));
    Data {
        replication: data.replication,
        size: data.size.0,
        check_rate: data.check_rate.map(|rate| rate.0),
        copy_rate: from.rate.0 * f64::from(from.streams.whole()),
        catch_up: data.send.as_ref().map_or(data.catch_up.0, |send| send.rate.0 / send.writes.0),
        conflicts: data.conflicts.as_ref().map(|c| Conflicts {
            writes: c.writes.0,
            keys: c.keys.0,
            effort: c.effort.span(),
        }),
        backup: every.map(|every| Backup {
            every,
            delay: from.delay.span(),
            size: from.size.map_or(data.size.0, |size| size.0),
            fetch: from.fetch.span(),
            verify_rate: from.verify.map(|rate| rate.0),
        }),
        start_empty: data.start_empty.map(|mean| mean.span()),
    }
}

fn objective(doc: &ObjectiveDoc) -> Objective {
    Objective { rto: doc.rto.span(), rpo: doc.rpo.map(|rpo| rpo.span()), slo: doc.slo.map(|slo| slo.0) }
}

/// What the document promises in its own section, by service, and where.
fn objectives(cx: &mut Cx<'_>, doc: &Document, names: &Names<'_>) -> Vec<Option<(Objective, At)>> {
    let mut promised = vec![None; names.services.len()];
    for entry in &doc.objectives.0 {
        let name = Name { spot: entry.spot, text: entry.key.clone() };
        if let Some(index) = find(cx, &name, Thing::Service, &names.services) {
            promised[index] = Some((objective(&entry.value), entry.spot));
        }
    }
    promised
}

/// Names of services as ids, in their order, so that their order in the document means nothing; one named twice is
/// reported.
fn each_once(
    cx: &mut Cx<'_>,
    names: &Names<'_>,
    list: &mut dyn Iterator<Item = &Name>,
) -> Vec<(ServiceId, usize)> {
    let mut found = Vec::new();
    for (at, name) in list.enumerate() {
        if let Some(index) = find(cx, name, Thing::Service, &names.services) {
            found.push((ServiceId::at(index), at, name));
        }
    }
    let mut kept: Vec<(ServiceId, usize)> = Vec::with_capacity(found.len());
    let mut first = None;
    for (id, at, name) in sorted(found, &|a, b| a.0.cmp(&b.0)) {
        match first {
            Some((same, first)) if same == id => {
                cx.add(name.spot, Problem::DuplicateId { name: name.text.clone(), first });
            }
            _ => {
                first = Some((id, name.spot));
                kept.push((id, at));
            }
        }
    }
    kept
}

fn needs(
    cx: &mut Cx<'_>,
    doc: &Document,
    names: &Names<'_>,
    id: ServiceId,
    entry: &Entry<ServiceDoc>,
) -> Vec<Need> {
    let from = &entry.value.needs;
    let mut needs = Vec::with_capacity(from.len());
    for (on, at) in each_once(cx, names, &mut from.iter().map(|need| &need.on)) {
        if on == id {
            cx.add(from[at].on.spot, Problem::SelfNeed { service: entry.key.clone() });
        }
        let soft = match from[at].weight {
            Weight::Hard => None,
            Weight::SoftDefault => Some(doc.defaults.soft.0),
            Weight::Soft(share) => Some(share),
        };
        needs.push(Need { on, soft, calls: from[at].calls });
    }
    needs
}

fn boots(cx: &mut Cx<'_>, names: &Names<'_>, entry: &Entry<ServiceDoc>) -> Vec<ServiceId> {
    each_once(cx, names, &mut entry.value.boots.iter()).into_iter().map(|(id, _)| id).collect()
}

/// The panels of a pool; its servers, and those of them that run on an ordinary day.
type Hung = (Vec<ElementId>, [u32; 2]);

/// Where servers can stand.
struct Ground<'d> {
    names: &'d Names<'d>,
    elements: &'d [Element],
    /// Panels of each site in the order of the document.
    panels: Vec<Vec<ElementId>>,
}

impl Ground<'_> {
    fn panel(&self, site: SiteId, key: &str) -> Option<ElementId> {
        let id = *self.names.element_ids.get(self.names.elements.get_at(site, key)?)?;
        matches!(self.elements.get(id.index())?.kind, ElementKind::Panel { .. }).then_some(id)
    }
}

fn panels(doc: &Document, names: &Names<'_>) -> Vec<Vec<ElementId>> {
    let mut panels = vec![Vec::new(); names.sites.len()];
    for entry in &doc.sites.0 {
        let Some(site) = names.sites.get(&entry.key) else { continue };
        for panel in &entry.value.power.panels.0 {
            let found = names.elements.get_at(SiteId::at(site), &panel.key);
            panels[site].extend(found.and_then(|index| names.element_ids.get(index)));
        }
    }
    panels
}

fn pools(cx: &mut Cx<'_>, ground: &Ground<'_>, service: ServiceId, entry: &Entry<ServiceDoc>) -> Vec<Pool> {
    let mut pools = Vec::new();
    let kept = entry.value.data.as_ref().and_then(|data| data.backup.at.as_ref()).map(PlaceDoc::backup);
    for place in entry.value.place.iter().chain(&kept) {
        if place.role == PoolRole::Backup && entry.value.data.is_none() {
            cx.add(place.spot, Problem::NoData { service: entry.key.clone() });
        }
        let (site_name, panel_names) = match place.at.text.split_once('/') {
            Some((site, panels)) => (site, Some(panels)),
            None => (place.at.text.as_str(), None),
        };
        let name = Name { spot: place.at.spot, text: site_name.to_owned() };
        let Some(site) = find(cx, &name, Thing::Site, &ground.names.sites) else { continue };
        let hung = match panel_names {
            Some(panels) => on_named(cx, place, ground, SiteId::at(site), panels),
            None => spread_out(cx, place, &ground.panels[site], site_name),
        };
        for (panels, [servers, running]) in hung {
            pools.push(Pool { service, site: SiteId::at(site), panels, servers, running, role: place.role });
        }
        if pools.len() > MAX_POOLS {
            break;
        }
    }
    pools
}

/// Servers on the panels an author names.
fn on_named(cx: &mut Cx<'_>, place: &PlaceDoc, ground: &Ground<'_>, site: SiteId, names: &str) -> Vec<Hung> {
    let mut cords = Vec::new();
    let spot = place.at.spot;
    for (index, name) in names.split('+').enumerate() {
        if index >= MAX_CORDS {
            cx.add(spot, Problem::TooLarge { what: Limit::Cords, limit: MAX_CORDS });
            break;
        }
        match ground.panel(site, name) {
            Some(id) if !cords.contains(&id) => cords.push(id),
            Some(_) => cx.add(spot, Problem::DuplicateId { name: name.to_owned(), first: spot }),
            None => {
                let known = || ground.names.elements.at(site).filter(|key| ground.panel(site, key).is_some());
                dangling(
                    cx,
                    spot,
                    Thing::Panel,
                    name,
                    &mut known(),
                    &known().take(MAX_LISTED).collect::<Vec<_>>(),
                );
            }
        }
    }
    vec![(sorted(cords, &ElementId::cmp), [place.servers, place.running])]
}

/// Servers on all panels of a site: with two cords where there are two, else evenly. Data without servers hang on two.
fn spread_out(cx: &mut Cx<'_>, place: &PlaceDoc, panels: &[ElementId], site: &str) -> Vec<Hung> {
    let parts = [place.servers, place.running];
    let panels = if place.role == PoolRole::Backup { &panels[..panels.len().min(2)] } else { panels };
    match panels.len() as u32 {
        0 => {
            if !cx.sink.is_tainted(place.at.spot) {
                cx.add(place.at.spot, Problem::NoPanel { site: site.to_owned() });
            }
            Vec::new()
        }
        1 | 2 => vec![(sorted(panels.to_vec(), &ElementId::cmp), parts)],
        count => {
            // A pilot runs on no more panels than it has servers running.
            let least = if place.role == PoolRole::Pilot { place.running } else { place.servers };
            let count = count.min(least).max(1);
            let share = |all: u32, index: u32| all / count + u32::from(index < all % count);
            let some = panels.iter().zip(0..count);
            some.map(|(panel, index)| (vec![*panel], parts.map(|all| share(all, index)))).collect()
        }
    }
}
