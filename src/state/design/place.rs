//! Where in the document a thing of the world is written.

use super::super::Open;
use bridge_engine::World;
use bridge_engine::scenario::draft::{Node, Path, Step};
use bridge_engine::trace::Subject;
use bridge_engine::world::{ElementKind, PoolId, ServiceId};

/// Where a thing is written.
#[must_use]
pub fn place_of(open: &Open, subject: Subject) -> Option<Path> {
    let world = &open.world;
    Some(match subject {
        Subject::Org => return None,
        Subject::Site(id) => Path::keys(["sites", &world[id].key]),
        Subject::Room(id) => Path::keys(["sites", &world[world[id].site].key, "rooms", &world[id].key]),
        Subject::Element(id) => {
            let element = &world[id];
            Path::keys(["sites", &world[element.site].key, "power", kind_key(&element.kind), &element.key])
        }
        Subject::Pool(id) => pool_place(open, id)?,
        Subject::Service(id) => Path::keys(["services", &world[id].key]),
        Subject::Team(id) => Path::keys(["people", "teams", &world.people.teams.get(id.index())?.key]),
    })
}

/// The section of a site's power in which a kind of element is written.
pub const fn kind_key(kind: &ElementKind) -> &'static str {
    match kind {
        ElementKind::Utility => "utility",
        ElementKind::Generators { .. } => "generators",
        ElementKind::Ups { .. } => "ups",
        ElementKind::Chillers { .. } => "chillers",
        ElementKind::Panel { .. } => "panels",
    }
}

/// The service that is written at a place, or that the place is in.
#[must_use]
pub fn service_at(place: &Path, world: &World) -> Option<ServiceId> {
    let [Step::Key(section), Step::Key(key), ..] = place.0.as_slice() else { return None };
    let found = world.services.iter().position(|s| section == "services" && s.key == *key);
    found.map(ServiceId::at)
}

/// The entry of its service's places that a pool comes from: the one that names its panels, else one that names its site.
fn pool_place(open: &Open, id: PoolId) -> Option<Path> {
    let (world, pool) = (&open.world, &open.world[id]);
    let list = Path::keys(["services", &world[pool.service].key, "place"]);
    let draft = open.draft().ok()?;
    let Some(Node::List(items)) = draft.get(&list) else { return None };
    let site = world[pool.site].key.as_str();
    let on: Vec<&str> = pool.panels.iter().map(|panel| world[*panel].key.as_str()).collect();
    let fits = |at: &str| match at.split_once('/') {
        Some((of, panels)) => {
            let named = || panels.split('+');
            of == site && named().count() == on.len() && named().all(|panel| on.contains(&panel))
        }
        None => at == site,
    };
    let at = items.iter().position(|item| at_of(item).is_some_and(fits))?;
    Some(list.index(at))
}

/// Where the servers of an entry stand.
pub fn at_of(item: &Node) -> Option<&str> {
    match item {
        Node::List(parts) => text(parts.first()?),
        Node::Map(parts) => text(&parts.iter().find(|part| part.0 == "at")?.1),
        Node::Null | Node::Scalar(_) => None,
    }
}

fn text(node: &Node) -> Option<&str> {
    match node {
        Node::Scalar(text) => Some(text),
        _ => None,
    }
}
