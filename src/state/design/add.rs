//! New things, each the smallest that can stand, and copies of things that are there.

use bridge_engine::World;
use bridge_engine::scenario::draft::{Draft, Node, Path, Step};
use bridge_engine::world::{RoomKind, ServiceId, SiteId};

/// What can be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Add {
    /// A building, with the usual rooms and power.
    Site,
    /// A room, in a building.
    Room(SiteId),
    /// A power element, in a building; the section it is written in.
    Power(SiteId, &'static str),
    /// A service, with servers in a building.
    Service(SiteId),
    /// More servers of a service, standing by in a building.
    Servers(ServiceId, SiteId),
    /// A service leans on another while it serves.
    Need(ServiceId, ServiceId),
    /// A team.
    Team,
}

/// Adds a thing and says where; none if there is no place for it.
pub fn add(draft: &mut Draft, world: &World, what: Add) -> Option<Path> {
    let site = |id: SiteId| world[id].key.as_str();
    match what {
        Add::Site => {
            let mut site = vec![("preset".to_owned(), scalar("tier2"))];
            if let Some(region) = world.regions.first().filter(|_| world.regions.len() > 1) {
                site.insert(0, ("region".to_owned(), scalar(&region.key)));
            }
            put(draft, &Path::keys(["sites"]), "site", Node::Map(site))
        }
        Add::Room(id) => {
            let room = Node::Map(vec![("kind".to_owned(), scalar("hall"))]);
            put(draft, &Path::keys(["sites", site(id), "rooms"]), "room", room)
        }
        Add::Power(id, section) => {
            let hall = world.rooms.iter().find(|r| r.site == id && r.kind == RoomKind::Hall);
            let element = match hall {
                Some(hall) if section == "panels" => Node::Map(vec![("room".to_owned(), scalar(&hall.key))]),
                _ => Node::Map(Vec::new()),
            };
            let stem = section.trim_end_matches('s');
            let stem = if section == "ups" { section } else { stem };
            put(draft, &Path::keys(["sites", site(id), "power", section]), stem, element)
        }
        Add::Service(id) => {
            let place = Node::List(vec![Node::List(vec![scalar(site(id)), scalar("10"), scalar("active")])]);
            put(draft, &Path::keys(["services"]), "service", Node::Map(vec![("place".to_owned(), place)]))
        }
        Add::Servers(service, id) => {
            let list = Path::keys(["services", &world[service].key, "place"]);
            append(draft, &list, Node::List(vec![scalar(site(id)), scalar("10"), scalar("standby")]))
        }
        Add::Need(from, to) => {
            let list = Path::keys(["services", &world[from].key, "needs"]);
            append(draft, &list, scalar(&world[to].key))
        }
        Add::Team => {
            let team = Node::Map(vec![("hands".to_owned(), scalar("5"))]);
            put(draft, &Path::keys(["people", "teams"]), "team", team)
        }
    }
}

/// Puts a value at the end of a list, which may not be there yet.
fn append(draft: &mut Draft, list: &Path, value: Node) -> Option<Path> {
    let next = match draft.get(list) {
        Some(Node::List(items)) => items.len(),
        _ => 0,
    };
    let place = list.index(next);
    draft.set(&place, value).then_some(place)
}

/// A copy of what stands at a place, beside it.
pub fn copy(draft: &mut Draft, place: &Path) -> Option<Path> {
    let value = draft.get(place)?.clone();
    let (last, way) = place.0.split_last()?;
    let into = Path(way.to_vec());
    match last {
        Step::Key(key) => {
            let stem = key.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
            put(draft, &into, stem, value)
        }
        Step::Index(_) => {
            matches!(draft.get(&into), Some(Node::List(_))).then(|| append(draft, &into, value)).flatten()
        }
    }
}

/// Puts a value under a key that is free: in the whole document, so that nothing else is called so.
fn put(draft: &mut Draft, into: &Path, stem: &str, value: Node) -> Option<Path> {
    let free = |n: &usize| {
        let key = format!("{stem}-{n}");
        let taken = |at: &Path| matches!(draft.get(at), Some(Node::Map(entries)) if entries.iter().any(|e| e.0 == key));
        // Power elements of all kinds share their names.
        let beside = Path(into.0.split_last().map_or(&[][..], |split| split.1).to_vec());
        let around =
            ["utility", "generators", "ups", "chillers", "panels"].map(|section| beside.key(section));
        !taken(into) && !around.iter().any(taken)
    };
    let n = (2..10_000).find(free)?;
    let place = into.key(&format!("{stem}-{n}"));
    draft.set(&place, value).then_some(place)
}

pub(super) fn scalar(text: &str) -> Node {
    Node::Scalar(text.to_owned())
}
