//! Anything with a name, found by part of it in either language.

use bridge_engine::World;
use bridge_engine::kernel::order::sorted_by_key;
use bridge_engine::trace::Subject;
use bridge_engine::world::{ElementId, PoolId, RoomId, ServiceId, SiteId, Text};

/// What a query finds: every word of it is in a name, a key or the name of the place; what begins with it stands first,
/// services before buildings, those before what is in them, and short names before longer ones.
#[must_use]
pub fn find(world: &World, query: &str) -> Vec<Subject> {
    let query = query.trim().to_lowercase();
    if query.is_empty() {
        return Vec::new();
    }
    let words: Vec<&str> = query.split_whitespace().collect();
    let mut found: Vec<((usize, usize, usize), Subject)> = Vec::new();
    let mut add = |kind: usize, subject: Subject, key: &str, name: &Text, place: Option<SiteId>| {
        let (en, ko) = (name.en.to_lowercase(), name.ko.to_lowercase());
        let mut all = format!("{en} {ko} {}", key.to_lowercase());
        if let Some(site) = place.map(|s| &world[s]) {
            all =
                format!("{all} {} {} {}", site.name.en.to_lowercase(), site.name.ko.to_lowercase(), site.key);
        }
        if words.iter().all(|word| all.contains(word)) {
            let begins = en.starts_with(&query) || ko.starts_with(&query);
            let inside = en.contains(&query) || ko.contains(&query);
            let rank = if begins { 0 } else { 2 - usize::from(inside) };
            found.push(((rank, kind, en.len()), subject));
        }
    };
    for (i, service) in world.services.iter().enumerate() {
        add(0, Subject::Service(ServiceId::at(i)), &service.key, &service.name, None);
    }
    for (i, site) in world.sites.iter().enumerate() {
        add(1, Subject::Site(SiteId::at(i)), &site.key, &site.name, None);
    }
    for (i, room) in world.rooms.iter().enumerate() {
        add(2, Subject::Room(RoomId::at(i)), &room.key, &room.name, Some(room.site));
    }
    for (i, element) in world.elements.iter().enumerate() {
        add(3, Subject::Element(ElementId::at(i)), &element.key, &element.name, Some(element.site));
    }
    for (i, pool) in world.pools.iter().enumerate() {
        let service = &world[pool.service];
        add(4, Subject::Pool(PoolId::at(i)), &service.key, &service.name, Some(pool.site));
    }
    sorted_by_key(found, |f| f.0).into_iter().map(|f| f.1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(query: &str) -> Vec<String> {
        let world = bridge_engine::scenario::open(&bridge_sizes::company(300)).unwrap().world;
        let words = |s: &Subject| crate::words::events::place(crate::words::Locale::En, &world, *s);
        find(&world, query).iter().map(words).collect()
    }

    #[test]
    fn what_begins_with_it_is_first() {
        assert_eq!(names("taxi ap")[..2], ["Taxi API", "Taxi app"]);
        assert_eq!(names("택시 앱")[0], "Taxi app");
        assert_eq!(names("a240")[0], "Shop app");
    }

    #[test]
    fn rooms_and_pools_are_found_by_their_place_too() {
        assert!(names("batteries")[0].contains("Batteries"));
        assert!(names("hall 3 north").iter().all(|n| n.contains("North") && n.contains("Hall 3")));
        assert!(names("shop app south").iter().any(|n| n.contains("South 1")));
        assert!(names("").is_empty() && names("no such thing").is_empty());
    }
}
