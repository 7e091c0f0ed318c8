//! Power elements: in one order for every document that says the same, inputs before what they feed.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{MAX_FEEDS, MAX_PARTS, Names, Spots, find, find_at, limit, named};
use crate::Span;
use crate::kernel::order::sorted;
use crate::scenario::diagnostic::{Limit, Problem, Thing};
use crate::scenario::document::{Document, PowerDoc};
use crate::scenario::graph;
use crate::scenario::order::Index;
use crate::scenario::read::{Cx, Name};
use crate::scenario::tree::At;
use crate::world::{Element, ElementId, ElementKind, Pool, Restart, RoomId, SiteId, TeamId, Text};

/// An element before its place in the order is known.
struct Draft<'d> {
    spot: At,
    key: &'d str,
    name: Text,
    site: SiteId,
    room: Option<&'d Name>,
    via: &'d [Name],
    feeds: Feeds<'d>,
    battery: Option<&'d Name>,
    /// Work to start a unit, and whose.
    by_hand: Option<(Span, Option<&'d Name>)>,
    kind: ElementKind,
    rated: bool,
    order: u32,
}

/// What an author says feeds an element.
#[derive(Clone, Copy)]
enum Feeds<'d> {
    /// It is a source.
    Source,
    /// These.
    Named(&'d [Name]),
    /// Every utility feed and generator set.
    Street,
    /// Every UPS; without any, as above.
    Ups,
}

pub fn elements<'d>(
    cx: &mut Cx<'_>,
    doc: &'d Document,
    names: &mut Names<'d>,
    spots: &mut Spots,
) -> Vec<Element> {
    let drafts = drafts(cx, doc, names);
    names.elements = Index::new(drafts.iter().map(|draft| (draft.site, draft.key)).collect());
    let inputs = inputs(cx, &drafts, names);
    report_cycles(cx, &drafts, &inputs);
    let order = order(&inputs);
    let mut position = vec![ElementId(0); order.len()];
    for (index, &draft) in order.iter().enumerate() {
        position[draft] = ElementId::at(index);
    }
    let mut built = Vec::with_capacity(order.len());
    for &index in &order {
        let draft = &drafts[index];
        let mut feeds: Vec<ElementId> = inputs[index].iter().map(|&input| position[input]).collect();
        feeds = sorted(feeds, &ElementId::cmp);
        feeds.dedup();
        spots.elements.push(draft.spot);
        spots.rated.push(draft.rated);
        built.push(finish(cx, names, draft, feeds));
    }
    names.element_ids = position;
    built
}

/// Every element of every site, by site and key; a key used twice is reported.
fn drafts<'d>(cx: &mut Cx<'_>, doc: &'d Document, names: &Names<'_>) -> Vec<Draft<'d>> {
    let mut drafts: Vec<Draft<'d>> = Vec::new();
    for entry in &doc.sites.0 {
        if let Some(site) = names.sites.get(&entry.key) {
            drafts.append(&mut site_drafts(SiteId::at(site), &entry.value.power));
        }
    }
    limit(cx, drafts.len(), MAX_PARTS, Limit::Elements);
    let drafts = sorted(drafts, &|a, b| (a.site, a.key).cmp(&(b.site, b.key)));
    let mut kept: Vec<Draft<'d>> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        match kept.last() {
            Some(last) if (last.site, last.key) == (draft.site, draft.key) => {
                cx.add(draft.spot, Problem::DuplicateId { name: draft.key.to_owned(), first: last.spot });
            }
            _ => kept.push(draft),
        }
    }
    kept
}

fn site_drafts(site: SiteId, power: &PowerDoc) -> Vec<Draft<'_>> {
    let mut drafts = Vec::new();
    for entry in &power.utility.0 {
        let doc = &entry.value;
        let draft = Draft {
            via: &doc.via,
            ..draft(site, &entry.key, entry.spot, doc.name.as_ref(), doc.room.as_ref())
        };
        drafts.push(draft);
    }
    for entry in &power.generators.0 {
        let doc = &entry.value;
        let kind = ElementKind::Generators {
            n: doc.n.whole(),
            need: doc.need.whole(),
            p_start: doc.p_start.0,
            start: doc.start.span(),
            p_transfer: doc.p_transfer.0,
            fuel: doc.fuel.span(),
            kw: doc.kw.map(|kw| kw.0),
        };
        drafts.push(Draft {
            kind,
            ..draft(site, &entry.key, entry.spot, doc.name.as_ref(), doc.room.as_ref())
        });
    }
    for entry in &power.ups.0 {
        let doc = &entry.value;
        drafts.push(Draft {
            via: &doc.via,
            feeds: doc.from.as_deref().map_or(Feeds::Street, Feeds::Named),
            battery: doc.battery.as_ref(),
            kind: ElementKind::Ups {
                battery: None,
                kw: doc.kw.map_or(0.0, |kw| kw.0),
                full: doc.full.span(),
            },
            rated: doc.kw.is_some(),
            ..draft(site, &entry.key, entry.spot, doc.name.as_ref(), doc.room.as_ref())
        });
    }
    for entry in &power.chillers.0 {
        let doc = &entry.value;
        let kind = ElementKind::Chillers {
            n: doc.n.whole(),
            need: doc.need.whole(),
            restart: Restart::Automatic(doc.restart.auto.span()),
        };
        drafts.push(Draft {
            via: &doc.via,
            feeds: doc.from.as_deref().map_or(Feeds::Street, Feeds::Named),
            by_hand: doc.restart.manual.map(|work| (work.span(), doc.restart.team.as_ref())),
            kind,
            ..draft(site, &entry.key, entry.spot, doc.name.as_ref(), doc.room.as_ref())
        });
    }
    for entry in &power.panels.0 {
        let doc = &entry.value;
        drafts.push(Draft {
            via: &doc.via,
            feeds: doc.from.as_deref().map_or(Feeds::Ups, Feeds::Named),
            kind: ElementKind::Panel { kw: doc.kw.map_or(0.0, |kw| kw.0) },
            rated: doc.kw.is_some(),
            ..draft(site, &entry.key, entry.spot, doc.name.as_ref(), doc.room.as_ref())
        });
    }
    for (order, draft) in drafts.iter_mut().enumerate() {
        draft.order = order as u32;
    }
    drafts
}

/// What all kinds share; a utility feed needs no more.
fn draft<'d>(site: SiteId, key: &'d str, spot: At, name: Option<&Text>, room: Option<&'d Name>) -> Draft<'d> {
    Draft {
        spot,
        key,
        name: named(name, key),
        site,
        room,
        via: &[],
        feeds: Feeds::Source,
        battery: None,
        by_hand: None,
        kind: ElementKind::Utility,
        rated: false,
        order: 0,
    }
}

/// For each draft the drafts that can feed it.
fn inputs(cx: &mut Cx<'_>, drafts: &[Draft<'_>], names: &Names<'_>) -> Vec<Vec<usize>> {
    let mut street: Vec<Vec<usize>> = vec![Vec::new(); names.sites.len()];
    let mut ups: Vec<Vec<usize>> = vec![Vec::new(); names.sites.len()];
    for (at, draft) in drafts.iter().enumerate() {
        match draft.kind {
            ElementKind::Utility | ElementKind::Generators { .. } => street[draft.site.index()].push(at),
            ElementKind::Ups { .. } => ups[draft.site.index()].push(at),
            ElementKind::Panel { .. } | ElementKind::Chillers { .. } => {}
        }
    }
    let mut inputs = Vec::with_capacity(drafts.len());
    let mut feeds = 0;
    for draft in drafts {
        let (street, ups) = (&street[draft.site.index()], &ups[draft.site.index()]);
        let found = match draft.feeds {
            Feeds::Source => Vec::new(),
            Feeds::Ups if !ups.is_empty() => ups.clone(),
            Feeds::Street | Feeds::Ups => street.clone(),
            Feeds::Named(feeds) => {
                let find = |name| find_at(cx, name, Thing::Element, draft.site, &names.elements);
                feeds.iter().filter_map(find).collect()
            }
        };
        if found.is_empty() && !matches!(draft.feeds, Feeds::Source) && !cx.sink.is_tainted(draft.spot) {
            cx.add(draft.spot, Problem::OrphanPanel { panel: draft.key.to_owned() });
        }
        feeds += found.len();
        if feeds > MAX_FEEDS {
            limit(cx, feeds, MAX_FEEDS, Limit::Feeds);
            break;
        }
        inputs.push(found);
    }
    inputs.resize(drafts.len(), Vec::new());
    inputs
}

fn report_cycles(cx: &mut Cx<'_>, drafts: &[Draft<'_>], inputs: &[Vec<usize>]) {
    for knot in graph::knots(inputs) {
        let mut round = graph::round(inputs, &knot);
        // Inputs point against the current.
        round.reverse();
        let path = round.iter().map(|&index| drafts[index].key).collect::<Vec<_>>().join(" → ");
        if let Some(&first) = knot.first() {
            cx.add(drafts[first].spot, Problem::PowerCycle { path });
        }
    }
}

/// Inputs first, else by site and key. What hangs in a cycle comes last.
fn order(inputs: &[Vec<usize>]) -> Vec<usize> {
    let mut missing: Vec<usize> = inputs.iter().map(Vec::len).collect();
    let mut feeds: Vec<Vec<usize>> = vec![Vec::new(); inputs.len()];
    for (index, from) in inputs.iter().enumerate() {
        for &input in from {
            feeds[input].push(index);
        }
    }
    let sources = (0..inputs.len()).filter(|&index| missing[index] == 0);
    let mut ready: BinaryHeap<Reverse<usize>> = sources.map(Reverse).collect();
    let mut order = Vec::with_capacity(inputs.len());
    while let Some(Reverse(index)) = ready.pop() {
        order.push(index);
        for &fed in &feeds[index] {
            missing[fed] -= 1;
            if missing[fed] == 0 {
                ready.push(Reverse(fed));
            }
        }
    }
    order.extend((0..inputs.len()).filter(|&index| missing[index] > 0));
    order
}

fn finish(cx: &mut Cx<'_>, names: &Names<'_>, draft: &Draft<'_>, inputs: Vec<ElementId>) -> Element {
    let team =
        |cx: &mut Cx<'_>, name: &Name| find(cx, name, Thing::Team, &names.teams).map(|i| TeamId(i as u32));
    let by_hand =
        draft.by_hand.map(|(effort, name)| Restart::ByHand(effort, name.and_then(|name| team(cx, name))));
    let mut find = |name: &Name| find_at(cx, name, Thing::Room, draft.site, &names.rooms).map(RoomId::at);
    let room = draft.room.and_then(&mut find);
    let kind = match draft.kind {
        ElementKind::Ups { kw, full, .. } => {
            ElementKind::Ups { battery: draft.battery.map_or(room, &mut find), kw, full }
        }
        ElementKind::Chillers { n, need, restart } => {
            ElementKind::Chillers { n, need: need.min(n), restart: by_hand.unwrap_or(restart) }
        }
        ref other => other.clone(),
    };
    Element {
        key: draft.key.to_owned(),
        name: draft.name.clone(),
        site: draft.site,
        room,
        via: draft.via.iter().filter_map(find).collect(),
        inputs,
        kind,
        order: draft.order,
    }
}

/// Gives what has no rating one that is enough for everything it may have to carry.
pub fn rate(doc: &Document, elements: &mut [Element], pools: &[Pool]) {
    let mut load = vec![0.0; elements.len()];
    for pool in pools {
        for panel in &pool.panels {
            if let Some(load) = load.get_mut(panel.index()) {
                *load += f64::from(pool.servers) * doc.defaults.server_power.peak.0;
            }
        }
    }
    // Against the current: what is fed comes later in the order.
    for index in (0..elements.len()).rev() {
        let carried = load[index];
        for input in &elements[index].inputs {
            load[input.index()] += carried;
        }
        match &mut elements[index].kind {
            ElementKind::Ups { kw, .. } | ElementKind::Panel { kw } if *kw == 0.0 => *kw = carried.max(1.0),
            _ => {}
        }
    }
}
