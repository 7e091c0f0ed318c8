//! Names to positions: a typed document becomes a world.
//!
//! Everything is looked at even where something is wrong; whether the world may be used is decided by whether anything
//! was reported.

mod money;
mod network;
mod people;
mod power;
mod script;
mod service;
mod shock;
mod site;

use super::diagnostic::{Limit, Problem, Thing};
use super::document::{DayShape, Document};
use super::order::Index;
use super::read::{Cx, Name, clip};
use super::tree::At;
use crate::Time;
use crate::kernel::order::sorted;
use crate::world::{
    Demand, ElementId, Heat, Meta, Overcurrent, Overload, Region, ServerPower, Shape, SiteId, Text, World,
};

/// Most sites.
const MAX_SITES: usize = 1000;
/// Most services.
const MAX_SERVICES: usize = 10_000;
/// Most pools.
const MAX_POOLS: usize = 100_000;
/// Most dependencies of all services together.
const MAX_DEPENDENCIES: usize = 200_000;
/// Most rooms, and most power elements.
const MAX_PARTS: usize = 100_000;
/// Most connections between power elements.
const MAX_FEEDS: usize = 200_000;
/// Most cords of a server.
const MAX_CORDS: usize = 8;
/// Most lines.
const MAX_LINKS: usize = 10_000;
/// Most incidents, a crash of several pools being several.
const MAX_INCIDENTS: usize = 10_000;
/// Most names listed in a suggestion.
pub const MAX_LISTED: usize = 12;

/// Where the entities of a world stand. Positions are ids, except for elements, which are not in the order of names.
#[derive(Debug, Default)]
struct Names<'d> {
    regions: Index<'d>,
    sites: Index<'d>,
    rooms: Index<'d>,
    elements: Index<'d>,
    element_ids: Vec<ElementId>,
    services: Index<'d>,
    teams: Index<'d>,
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
    limit(cx, doc.network.links.as_ref().map_or(0, Vec::len), MAX_LINKS, Limit::Links);
    let rooms = doc.sites.0.iter().map(|entry| entry.value.rooms.0.len()).sum();
    limit(cx, rooms, MAX_PARTS, Limit::Rooms);

    let mut names = Names::default();
    let mut spots = Spots::default();
    let regions = regions(doc, &mut names);
    sort_names(doc, &mut names);
    let site = site::sites(cx, doc, &mut names, &mut spots);
    let mut elements = power::elements(cx, doc, &mut names, &mut spots);
    let service = service::services(cx, doc, &names, &elements, &mut spots);
    power::rate(doc, &mut elements, &service.pools);
    let (controls, bypasses) = people::controls(cx, doc, &names, &mut spots);
    let network = network::network(cx, doc, &names, &service.services);
    let shocks = shock::shocks(cx, doc, &names, &site.sites);
    let world = World {
        shocks,
        meta: meta(doc),
        demand: demand(cx, doc, &names),
        regions,
        sites: site.sites,
        rooms: site.rooms,
        spreads: site.spreads,
        elements,
        services: service.services,
        pools: service.pools,
        bypasses,
        network,
        controls,
        people: people::people(cx, doc, &names),
        overload: Overload {
            kappa: doc.defaults.kappa.0,
            crash_at: doc.defaults.crash_at.0,
            crash_after: doc.defaults.crash_after.span(),
        },
        overcurrent: Overcurrent {
            breaker: doc.defaults.overcurrent.breaker.span(),
            ups: doc.defaults.overcurrent.ups.span(),
        },
        server_kw: ServerPower {
            idle: doc.defaults.server_power.idle.0,
            peak: doc.defaults.server_power.peak.0.max(doc.defaults.server_power.idle.0),
        },
        heat: heat(doc),
        cost: doc.cost.as_ref().map(money::cost),
        third_parties: money::third_parties(cx, doc, &names),
        script: Vec::new(),
    };
    let script = script::script(cx, doc, &names, &world);
    (World { script, ..world }, spots)
}

fn heat(doc: &Document) -> Heat {
    let heat = &doc.defaults.heat;
    Heat {
        supply: heat.supply.0,
        rise: heat.rise.0,
        time: heat.time.span(),
        throttle: heat.throttle.0,
        throttled: heat.throttled.0,
        shutdown: heat.shutdown.0,
        breaks: heat.breaks.0,
        broken: heat.broken.0,
        resume: heat.resume.0,
    }
}

fn limit(cx: &mut Cx<'_>, count: usize, limit: usize, what: Limit) {
    if count > limit {
        cx.add(At::default(), Problem::TooLarge { what, limit });
    }
}

/// What other parts refer to before it is built.
fn sort_names<'d>(doc: &'d Document, names: &mut Names<'d>) {
    names.sites = Index::of(doc.sites.0.iter().map(|entry| entry.key.as_str()));
    names.services = Index::of(doc.services.0.iter().map(|entry| entry.key.as_str()));
    names.teams = Index::of(doc.people.teams.0.iter().map(|entry| entry.key.as_str()));
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

fn demand(cx: &mut Cx<'_>, doc: &Document, names: &Names<'_>) -> Demand {
    let demand = &doc.demand;
    let shape = match demand.shape {
        DayShape::Flat => Shape::Flat,
        DayShape::Diurnal => Shape::Diurnal { trough: demand.trough.0, peak_hour: demand.peak_hour.0 },
    };
    let churn = demand.churn.as_ref().map(|churn| money::churn(cx, churn, names));
    Demand { users: demand.users.0, shape, churn }
}

/// The region of sites that name none, when the document names none at all.
const ONLY_REGION: &str = "region";

fn regions<'d>(doc: &'d Document, names: &mut Names<'d>) -> Vec<Region> {
    let region = |key: &str, name| Region { key: key.to_owned(), name };
    let mut regions: Vec<Region> = Vec::new();
    for entry in &doc.regions.0 {
        regions.push(region(&entry.key, named(entry.value.name.as_ref(), &entry.key)));
    }
    let mentioned = doc.sites.0.iter().filter_map(|site| site.value.region.as_ref());
    names.regions = if doc.regions.0.is_empty() {
        Index::of(mentioned.map(|name| name.text.as_str()))
    } else {
        Index::of(doc.regions.0.iter().map(|entry| entry.key.as_str()))
    };
    if regions.is_empty() {
        regions = names.regions.at(SiteId(0)).map(|key| region(key, named(None, key))).collect();
    }
    if regions.is_empty() {
        names.regions = Index::of([ONLY_REGION].into_iter());
        regions.push(region(ONLY_REGION, Text { en: "Region".to_owned(), ko: "지역".to_owned() }));
    }
    sorted(regions, &|a, b| a.key.cmp(&b.key))
}

/// A name, or the key for want of one.
fn named(name: Option<&Text>, key: &str) -> Text {
    name.cloned().unwrap_or_else(|| Text { en: key.to_owned(), ko: key.to_owned() })
}

/// Finds what a name stands for, or says that it stands for nothing.
fn find(cx: &mut Cx<'_>, name: &Name, thing: Thing, known: &Index<'_>) -> Option<usize> {
    find_at(cx, name, thing, SiteId(0), known)
}

/// The same among what belongs to one site.
fn find_at(cx: &mut Cx<'_>, name: &Name, thing: Thing, site: SiteId, known: &Index<'_>) -> Option<usize> {
    let found = known.get_at(site, &name.text);
    if found.is_none() {
        dangling(
            cx,
            name.spot,
            thing,
            &name.text,
            &mut known.at(site),
            &known.at(site).take(MAX_LISTED).collect::<Vec<_>>(),
        );
    }
    found
}

/// Says that a name stands for nothing. A name that could not be read has been reported as that.
fn dangling(
    cx: &mut Cx<'_>,
    spot: At,
    thing: Thing,
    name: &str,
    known: &mut dyn Iterator<Item = &str>,
    listed: &[&str],
) {
    if spot == At::NOWHERE || cx.sink.is_tainted(spot) {
        return;
    }
    let nearest = cx.sink.guess(name, known);
    cx.add(spot, Problem::Dangling { thing, name: clip(name), nearest, known: listed.join(", ") });
}

/// Says that a name stands for the wrong kind of thing.
fn bad_target(cx: &mut Cx<'_>, target: &Name, wanted: &'static str) {
    if !cx.sink.is_tainted(target.spot) {
        cx.add(target.spot, Problem::BadTarget { text: clip(&target.text), wanted });
    }
}
