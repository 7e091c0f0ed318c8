//! Sites, rooms and the paths of fire.

use std::cmp::Ordering;

use super::{Names, Spots, find, find_at, named};
use crate::Span;
use crate::kernel::order::sorted;
use crate::scenario::diagnostic::{Problem, Thing};
use crate::scenario::document::{Document, FireDoc, RestoreDoc, SiteDoc};
use crate::scenario::order::Index;
use crate::scenario::read::{Cx, Entry};
use crate::world::{
    Early, FireRules, Hardware, Landlord, Medium, Operator, RegionId, Restore, Room, RoomId, Site, SiteId,
    Spread,
};

/// Hands of a provider's where nobody says how many: those of a night shift.
const PROVIDED: u32 = 2;
/// When a provider calls, who is bound to by contract, and a landlord, who has other things to do.
const CALLS: [Span; 2] = [Span::from_mins(5), Span::from_mins(20)];

/// What stands where.
pub struct Built {
    pub sites: Vec<Site>,
    pub rooms: Vec<Room>,
    pub spreads: Vec<Spread>,
}

pub fn sites<'d>(cx: &mut Cx<'_>, doc: &'d Document, names: &mut Names<'d>, spots: &mut Spots) -> Built {
    let entries = sorted(doc.sites.0.iter().enumerate().collect(), &by_key);
    spots.sites = entries.iter().map(|(_, entry)| entry.spot).collect();

    let mut rooms = Vec::new();
    for (index, (_, entry)) in entries.iter().enumerate() {
        for (order, room) in entry.value.rooms.0.iter().enumerate() {
            rooms.push(Room {
                key: room.key.clone(),
                name: named(room.value.name.as_ref(), &room.key),
                site: SiteId::at(index),
                kind: room.value.kind,
                lithium: room.value.lithium,
                order: order as u32,
            });
        }
    }
    let rooms = sorted(rooms, &|a, b| (a.site, &a.key).cmp(&(b.site, &b.key)));
    let keys = entries.iter().enumerate().flat_map(|(index, (_, entry))| {
        entry.value.rooms.0.iter().map(move |room| (SiteId::at(index), room.key.as_str()))
    });
    names.rooms = Index::new(keys.collect());

    let mut spreads = Vec::new();
    for (index, (_, entry)) in entries.iter().enumerate() {
        let site = SiteId::at(index);
        let fire = &entry.value.fire;
        let of = [(Medium::Fire, &fire.spread), (Medium::Smoke, &fire.smoke), (Medium::Water, &fire.leaks)];
        for (medium, spread) in
            of.into_iter().flat_map(|(medium, paths)| paths.iter().map(move |p| (medium, p)))
        {
            let from = find_at(cx, &spread.from, Thing::Room, site, &names.rooms);
            let to = find_at(cx, &spread.to, Thing::Room, site, &names.rooms);
            if let (Some(from), Some(to)) = (from, to) {
                let (from, to) = (RoomId::at(from), RoomId::at(to));
                spreads.push(Spread { medium, from, to, kind: spread.kind });
            }
        }
    }
    let spreads = sorted(spreads, &|a, b| (a.from, a.to, a.medium).cmp(&(b.from, b.to, b.medium)));
    let build = |(order, entry): &(usize, &Entry<SiteDoc>)| site(cx, names, *order, entry);
    Built { sites: entries.iter().map(build).collect(), rooms, spreads }
}

fn by_key(a: &(usize, &Entry<SiteDoc>), b: &(usize, &Entry<SiteDoc>)) -> Ordering {
    a.1.key.cmp(&b.1.key)
}

fn site(cx: &mut Cx<'_>, names: &Names<'_>, order: usize, entry: &Entry<SiteDoc>) -> Site {
    let doc = &entry.value;
    let region = match &doc.region {
        Some(name) => find(cx, name, Thing::Region, &names.regions).map_or(RegionId(0), RegionId::at),
        None => {
            if names.regions.len() > 1 {
                let known = names.regions.at(SiteId(0)).collect::<Vec<_>>().join(" | ");
                cx.add(entry.spot, Problem::MissingKey { key: "region", example: known });
            }
            RegionId(0)
        }
    };
    Site {
        key: entry.key.clone(),
        name: named(doc.name.as_ref(), &entry.key),
        region,
        operator: doc.operator,
        notice: doc.notice.map_or(CALLS[usize::from(doc.operator != Operator::Managed)], |n| n.span()),
        landlord: landlord(cx, entry),
        doors: doc.doors,
        fire: fire(&doc.fire),
        restore: restore(&doc.power.restore),
        shutdown: doc.shutdown,
        hardware: Hardware {
            spares: doc.hardware.spares.whole(),
            lead: doc.hardware.lead.span(),
            effort: doc.hardware.effort.span(),
        },
        order: order as u32,
    }
}

/// What whoever runs a building does for us: nothing, where that is us.
fn landlord(cx: &mut Cx<'_>, entry: &Entry<SiteDoc>) -> Landlord {
    let doc = &entry.value;
    let managed = doc.operator == Operator::Managed;
    let hands = doc.landlord.as_ref().and_then(|l| l.hands).map(|hands| hands.whole());
    let said = |key| cx.tree.get(entry.spot, key);
    if doc.operator == Operator::Own
        && let Some(at) = said("landlord").or(said("notice"))
    {
        cx.add(at, Problem::NoLandlord { site: entry.key.clone() });
    }
    if managed && hands == Some(0) {
        let at = cx.tree.get(entry.spot, "landlord").unwrap_or(entry.spot);
        cx.add(at, Problem::NoHands { site: entry.key.clone() });
    }
    match (&doc.landlord, doc.operator) {
        (_, Operator::Own) => Landlord::default(),
        (None, _) => Landlord { hands: if managed { PROVIDED } else { 0 }, ..Landlord::default() },
        (Some(from), _) => Landlord {
            entry: from.entry.span(),
            hands: hands.unwrap_or(if managed { PROVIDED } else { 0 }),
            hour: from.hour.map(|hour| hour.0),
        },
    }
}

fn fire(doc: &FireDoc) -> FireRules {
    FireRules {
        detect: doc.detect.span(),
        gas_fitted: doc.gas.fitted,
        gas_delay: doc.gas.delay.span(),
        gas_works: doc.gas.works.0,
        gas_works_lithium: doc.gas.works_lithium.0,
        ups_trip: doc.ups_trip.span(),
        water_decide: doc.water.decide.span(),
        cut: doc.water.cut,
        zone_known: doc.water.known,
        water_time: doc.water.time.span(),
        water_shape: doc.water.shape.whole(),
        water_damage: doc.water.damage.0,
        early: doc.early.as_ref().map(|early| Early {
            works: early.works.0,
            lead: early.lead.span(),
            isolate: early.isolate.span(),
        }),
        clear: doc.clear.span(),
        burn: doc.burn.span(),
    }
}

fn restore(doc: &RestoreDoc) -> Restore {
    Restore {
        crews: doc.crews.whole(),
        inspect: doc.inspect.span(),
        recable: doc.recable.span(),
        clean: doc.clean.span(),
        sequenced: doc.sequenced,
        surge: doc.surge.0,
        stage_max: doc.stage_max.0,
        stage_gap: doc.stage_gap.span(),
        reclose: doc.reclose.span(),
    }
}
