//! What a person on a terminal asks about.

use bridge_engine::trace::Subject;
use bridge_engine::world::{ElementId, PoolId, RoomId, ServiceId, SiteId, TeamId, World};

/// Finds it: by the name that reports give it, or without the kind in front.
pub fn find(world: &World, text: &str) -> Result<Subject, String> {
    let (kind, name) = text.split_once(':').map_or((None, text), |(kind, name)| (Some(kind), name));
    let wanted = |of: &str| kind.is_none_or(|kind| kind == of);
    let found = None
        .or_else(|| (wanted("organisation") && name == "organisation").then_some(Subject::Org))
        .or_else(|| service(world, name).filter(|_| wanted("service")).map(Subject::Service))
        .or_else(|| site(world, name).filter(|_| wanted("site")).map(Subject::Site))
        .or_else(|| team(world, name).filter(|_| wanted("team")).map(Subject::Team))
        .or_else(|| room(world, name).filter(|_| wanted("room")).map(Subject::Room))
        .or_else(|| element(world, name).filter(|_| wanted("element")).map(Subject::Element))
        .or_else(|| pool(world, name).filter(|_| wanted("pool")).map(Subject::Pool));
    found.ok_or_else(|| {
        let services: Vec<&str> = world.services.iter().map(|s| s.key.as_str()).collect();
        format!("there is nothing called ‘{text}’; the services are {}", services.join(", "))
    })
}

fn service(world: &World, key: &str) -> Option<ServiceId> {
    world.services.iter().position(|s| s.key == key).map(ServiceId::at)
}

fn site(world: &World, key: &str) -> Option<SiteId> {
    world.sites.iter().position(|s| s.key == key).map(SiteId::at)
}

fn team(world: &World, key: &str) -> Option<TeamId> {
    world.people.teams.iter().position(|t| t.key == key).map(|i| TeamId(i as u32))
}

fn room(world: &World, name: &str) -> Option<RoomId> {
    let (at, key) = name.split_once('/')?;
    let at = site(world, at)?;
    world.rooms.iter().position(|r| r.site == at && r.key == key).map(RoomId::at)
}

fn element(world: &World, name: &str) -> Option<ElementId> {
    let (at, key) = name.split_once('/')?;
    let at = site(world, at)?;
    world.elements.iter().position(|e| e.site == at && e.key == key).map(ElementId::at)
}

fn pool(world: &World, name: &str) -> Option<PoolId> {
    let (of, at) = name.split_once('@')?;
    let (of, at) = (service(world, of)?, site(world, at)?);
    world.pools.iter().position(|p| p.service == of && p.site == at).map(PoolId::at)
}
