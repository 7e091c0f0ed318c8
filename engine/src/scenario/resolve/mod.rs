//! Names to positions: a typed document becomes a world.
//!
//! Everything is looked at even where something is wrong; whether the world may be used is decided by whether anything
//! was reported.

mod people;
mod power;
mod script;
mod service;
mod site;

use std::collections::BTreeMap;

use super::diagnostic::{Limit, Problem, Thing};
use super::document::{DayShape, Document};
use super::read::{Cx, Name, clip};
use super::tree::At;
use crate::Time;
use crate::world::{
    Cost, Demand, ElementId, Meta, Region, RegionId, RoomId, ServerPower, ServiceId, Shape, SiteId, TeamId,
    Text, World,
};

/// Most sites.
const MAX_SITES: usize = 1000;
/// Most services.
const MAX_SERVICES: usize = 10_000;
/// Most pools.
const MAX_POOLS: usize = 100_000;
/// Most dependencies of all services together.
const MAX_DEPENDENCIES: usize = 200_000;
/// Most incidents, a crash of several pools being several.
const MAX_INCIDENTS: usize = 10_000;
/// Most names listed in a suggestion.
const MAX_LISTED: usize = 12;

/// Where the entities of a world stand.
#[derive(Debug, Default)]
pub struct Names<'d> {
    regions: BTreeMap<&'d str, RegionId>,
    sites: BTreeMap<&'d str, SiteId>,
    rooms: BTreeMap<(SiteId, &'d str), RoomId>,
    elements: BTreeMap<(SiteId, &'d str), ElementId>,
    services: BTreeMap<&'d str, ServiceId>,
    teams: BTreeMap<&'d str, TeamId>,
}

/// Where the entities of a world are written, by position.
#[derive(Debug, Default)]
pub struct Spots {
    /// Sites.
    pub sites: Vec<At>,
    /// Services.
    pub services: Vec<At>,
    /// Elements.
    pub elements: Vec<At>,
    /// Ratings the author gave, by element.
    pub rated: Vec<bool>,
    /// Ways round a boot dependency.
    pub bypasses: Vec<At>,
}

/// Turns a document into a world.
pub fn resolve(cx: &mut Cx<'_>, doc: &Document) -> (World, Spots) {
    limit(cx, doc.sites.0.len(), MAX_SITES, Limit::Sites);
    limit(cx, doc.services.0.len(), MAX_SERVICES, Limit::Services);
    let edges = doc.services.0.iter().map(|entry| entry.value.needs.len() + entry.value.boots.len()).sum();
    limit(cx, edges, MAX_DEPENDENCIES, Limit::Dependencies);
    limit(cx, doc.script.len(), MAX_INCIDENTS, Limit::Incidents);

    let mut names = Names::default();
    let mut spots = Spots::default();
    let regions = regions(doc, &mut names);
    sort_names(doc, &mut names);
    let site = site::sites(cx, doc, &mut names, &mut spots);
    let mut elements = power::elements(cx, doc, &mut names, &mut spots);
    let service = service::services(cx, doc, &names, &mut spots);
    power::rate(doc, &mut elements, &service.pools);
    let (controls, bypasses) = people::controls(cx, doc, &names, &mut spots);
    let world = World {
        meta: meta(doc),
        demand: demand(doc),
        regions,
        sites: site.sites,
        rooms: site.rooms,
        spreads: site.spreads,
        elements,
        services: service.services,
        pools: service.pools,
        bypasses,
        controls,
        people: people::people(cx, doc, &names),
        server_kw: ServerPower {
            idle: doc.defaults.server_power.idle.0,
            peak: doc.defaults.server_power.peak.0.max(doc.defaults.server_power.idle.0),
        },
        cost: doc.cost.as_ref().map(|cost| Cost {
            currency: cost.currency.clone(),
            revenue_per_day: cost.revenue.0,
            fixed: cost.fixed.0,
        }),
        script: Vec::new(),
    };
    let script = script::script(cx, doc, &names, &world);
    (World { script, ..world }, spots)
}

fn limit(cx: &mut Cx<'_>, count: usize, limit: usize, what: Limit) {
    if count > limit {
        cx.add(At::default(), Problem::TooLarge { what, limit });
    }
}

/// Ids of what other parts refer to before it is built, in the order of keys.
fn sort_names<'d>(doc: &'d Document, names: &mut Names<'d>) {
    names.sites = doc.sites.0.iter().map(|entry| (entry.key.as_str(), SiteId(0))).collect();
    number(&mut names.sites, SiteId::at);
    names.services = doc.services.0.iter().map(|entry| (entry.key.as_str(), ServiceId(0))).collect();
    number(&mut names.services, ServiceId::at);
    names.teams = doc.people.teams.0.iter().map(|entry| (entry.key.as_str(), TeamId(0))).collect();
    number(&mut names.teams, |index| TeamId(index as u32));
}

fn number<K, Id>(map: &mut BTreeMap<K, Id>, id: impl Fn(usize) -> Id) {
    for (index, value) in map.values_mut().enumerate() {
        *value = id(index);
    }
}

fn meta(doc: &Document) -> Meta {
    let meta = &doc.meta;
    Meta {
        id: meta.id.clone(),
        title: named(meta.title.as_ref(), &meta.id),
        summary: meta.summary.clone(),
        t0_unix: meta.t0.unix,
        offset_minutes: meta.t0.offset_minutes,
        horizon: Time(meta.horizon.span().0),
        seed: meta.seed.0 as u64,
    }
}

fn demand(doc: &Document) -> Demand {
    let demand = &doc.demand;
    let shape = match demand.shape {
        DayShape::Flat => Shape::Flat,
        DayShape::Diurnal => Shape::Diurnal { trough: demand.trough.0, peak_hour: demand.peak_hour.0 },
    };
    Demand { users: demand.users.0, shape }
}

/// The region of sites that name none, when the document names none at all.
const ONLY_REGION: &str = "region";

fn regions<'d>(doc: &'d Document, names: &mut Names<'d>) -> Vec<Region> {
    let mut regions: BTreeMap<&str, Text> = BTreeMap::new();
    for entry in &doc.regions.0 {
        regions.insert(&entry.key, named(entry.value.name.as_ref(), &entry.key));
    }
    if regions.is_empty() {
        for site in &doc.sites.0 {
            if let Some(region) = &site.value.region {
                regions.insert(&region.text, named(None, &region.text));
            }
        }
    }
    if regions.is_empty() {
        let name = Text { en: "Region".to_owned(), ko: "지역".to_owned() };
        regions.insert(ONLY_REGION, name);
    }
    names.regions = regions.keys().map(|key| (*key, RegionId(0))).collect();
    number(&mut names.regions, RegionId::at);
    regions.into_iter().map(|(key, name)| Region { key: key.to_owned(), name }).collect()
}

/// A name, or the key for want of one.
fn named(name: Option<&Text>, key: &str) -> Text {
    name.cloned().unwrap_or_else(|| Text { en: key.to_owned(), ko: key.to_owned() })
}

/// Finds what a name stands for, or says that it stands for nothing.
fn find<Id: Copy>(cx: &mut Cx<'_>, name: &Name, thing: Thing, known: &BTreeMap<&str, Id>) -> Option<Id> {
    let found = known.get(name.text.as_str()).copied();
    if found.is_none() {
        dangling(cx, name.spot, thing, &name.text, known.keys().copied());
    }
    found
}

/// The same among what belongs to one site.
fn find_at<Id: Copy>(
    cx: &mut Cx<'_>,
    name: &Name,
    thing: Thing,
    site: SiteId,
    known: &BTreeMap<(SiteId, &str), Id>,
) -> Option<Id> {
    let found = known.get(&(site, name.text.as_str())).copied();
    if found.is_none() {
        let here = known.range((site, "")..).take_while(|((of, _), _)| *of == site).map(|((_, key), _)| *key);
        dangling(cx, name.spot, thing, &name.text, here);
    }
    found
}

/// Says that a name stands for nothing. A name that could not be read has been reported as that.
fn dangling<'n>(
    cx: &mut Cx<'_>,
    spot: At,
    thing: Thing,
    name: &str,
    known: impl Iterator<Item = &'n str> + Clone,
) {
    if cx.sink.is_tainted(spot) {
        return;
    }
    let nearest = cx.sink.guess(name, known.clone());
    let listed = known.take(MAX_LISTED).collect::<Vec<_>>().join(", ");
    cx.add(spot, Problem::Dangling { thing, name: clip(name), nearest, known: listed });
}
