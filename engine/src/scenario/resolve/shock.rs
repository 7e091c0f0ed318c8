//! Shocks.

use super::{Names, bad_target, find, named};
use crate::Span;
use crate::kernel::order::sorted;
use crate::scenario::diagnostic::{Problem, Thing};
use crate::scenario::document::{Document, ShockDoc};
use crate::scenario::quantity::Duration;
use crate::scenario::read::{Cx, Name};
use crate::world::{Action, RegionId, Shock, ShockId, Site, SiteId, World};

/// Shortest mean time between two of a kind.
const LEAST: Span = Span::from_hours(24);

/// Shocks of all regions, in the order of their keys.
pub fn shocks(cx: &mut Cx<'_>, doc: &Document, names: &Names<'_>, sites: &[Site]) -> Vec<Shock> {
    let mut found = Vec::new();
    for region in &doc.regions.0 {
        let Some(id) = names.regions.get(&region.key).map(RegionId::at) else { continue };
        for entry in &region.value.shocks.0 {
            let key = format!("{}/{}", region.key, entry.key);
            let shock = shock(cx, names, sites, id, &entry.value);
            found.push(Shock { key, name: named(entry.value.name.as_ref(), &entry.key), ..shock });
        }
    }
    sorted(found, &|a, b| a.key.cmp(&b.key))
}

fn shock(cx: &mut Cx<'_>, names: &Names<'_>, sites: &[Site], region: RegionId, from: &ShockDoc) -> Shock {
    let mut own = Vec::new();
    for entry in &from.sites.0 {
        let name = Name { spot: entry.spot, text: entry.key.clone() };
        let Some(site) = find(cx, &name, Thing::Site, &names.sites).map(SiteId::at) else { continue };
        if sites.get(site.index()).is_some_and(|s| s.region != region) {
            bad_target(cx, &name, "pangyo: 50%");
        }
        own.push((site, entry.value.0));
    }
    let every = from.every.map(|every| every.span());
    let at = cx.tree.get(from.spot, "every").unwrap_or(from.spot);
    if every.is_some_and(|every| every < LEAST) && !cx.sink.is_tainted(at) {
        let text = cx.tree.text(at).unwrap_or_default().to_owned();
        cx.add(at, Problem::OutOfRange { text, least: "1d", most: "36500d" });
    }
    Shock {
        key: String::new(),
        name: named(None, ""),
        region,
        every,
        hits: from.hits.0,
        sites: sorted(own, &|a: &(SiteId, f64), b| a.0.cmp(&b.0)),
        kind: from.does,
        lasts: from.lasts.map(Duration::span),
    }
}

/// The shock that a script names, `region/shock`.
pub fn action(cx: &mut Cx<'_>, world: &World, target: &Name) -> Option<Action> {
    let found = world.shocks.binary_search_by(|shock| shock.key.as_str().cmp(&target.text));
    if found.is_err() {
        bad_target(cx, target, "capital/quake");
    }
    found.ok().map(|at| Action::Shock(ShockId::at(at)))
}
