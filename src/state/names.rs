//! Incidents and things by their names instead of their positions: what is said of one design is said of another.

use bridge_engine::trace::Subject;
use bridge_engine::world::{
    Action, ElementId, Incident, Line, Origin, PoolId, RoomId, Scope, Script, ServiceId, ShockId, SiteId,
    TeamId,
};
use bridge_engine::{Span, World};

/// The users' end of a line; no site can be called that.
const USERS: &str = "*";

/// An incident as its way of coming about, what is done, and to what.
pub fn written(world: &World, incident: &Incident) -> (String, String) {
    let (word, target) = words(world, incident.action);
    let origin = ORIGINS.iter().find(|o| o.1 == incident.origin).map_or("", |o| o.0);
    (format!("{origin}{word}"), target)
}

/// What was written so, if there is such a thing in this world.
pub fn read(world: &World, word: &str, target: &str) -> Option<(Origin, Action)> {
    let split = word.find(':').map_or(0, |at| at + 1);
    let origin = ORIGINS.iter().find(|o| o.0 == &word[..split])?.1;
    Some((origin, action(world, &word[split..], target)?))
}

/// The same incidents in another world; those whose targets are not there are left out.
pub fn carried(from: &World, script: &Script, to: &World) -> Script {
    let carry = |incident: &Incident| {
        let (word, target) = words(from, incident.action);
        Some(Incident { action: action(to, word, &target)?, ..*incident })
    };
    script.iter().filter_map(carry).collect()
}

/// The same thing in another world, if it is there.
pub fn found(from: &World, subject: Subject, to: &World) -> Option<Subject> {
    let site = |id: SiteId| to.sites.iter().position(|s| s.key == from[id].key).map(SiteId::at);
    match subject {
        Subject::Org => Some(Subject::Org),
        Subject::Site(id) => site(id).map(Subject::Site),
        Subject::Room(id) => {
            let at = site(from[id].site)?;
            let room = to.rooms.iter().position(|r| r.site == at && r.key == from[id].key)?;
            Some(Subject::Room(RoomId::at(room)))
        }
        Subject::Element(id) => {
            let at = site(from[id].site)?;
            let element = to.elements.iter().position(|e| e.site == at && e.key == from[id].key)?;
            Some(Subject::Element(ElementId::at(element)))
        }
        Subject::Pool(id) => pool(to, &pool_key(from, id)).map(Subject::Pool),
        Subject::Service(id) => {
            let service = to.services.iter().position(|s| s.key == from[id].key)?;
            Some(Subject::Service(ServiceId::at(service)))
        }
        Subject::Team(id) => {
            let key = &from.people.teams.get(id.index())?.key;
            to.people.teams.iter().position(|t| t.key == *key).map(|i| Subject::Team(TeamId(i as u32)))
        }
    }
}

/// A pool by site, service, and which of the service's pools there.
fn pool(world: &World, target: &str) -> Option<PoolId> {
    let mut parts = target.split('/');
    let (site, key, nth) = (parts.next()?, parts.next()?, parts.next()?.parse::<usize>().ok()?);
    let here = |p: &PoolId| world[world[*p].site].key == site && world[world[*p].service].key == key;
    (0..world.pools.len()).map(PoolId::at).filter(here).nth(nth)
}

fn action(world: &World, word: &str, target: &str) -> Option<Action> {
    if word == "shock" {
        let found = world.shocks.iter().position(|shock| shock.key == target);
        return found.map(|at| Action::Shock(ShockId::at(at)));
    }
    let (target, lasts) = match target.split_once('+') {
        Some((target, micros)) => (target, Some(Span(micros.parse().ok()?))),
        None => (target, None),
    };
    let mut parts = target.split('/');
    let (site, key) = (parts.next()?, parts.next().unwrap_or_default());
    let named = |key: &str| world.sites.iter().position(|s| s.key == key).map(SiteId::at);
    let site = named(site)?;
    let line = || match key {
        "" => Some(Line::All(site)),
        USERS => Some(Line::Users(site)),
        other => named(other).map(|other| Line::Between(site.min(other), site.max(other))),
    };
    let element = || {
        let element = world.elements.iter().position(|e| e.site == site && e.key == key);
        element.map(ElementId::at)
    };
    match word {
        "ignite" => {
            let room = world.rooms.iter().position(|r| r.site == site && r.key == key)?;
            Some(Action::Ignite(RoomId::at(room)))
        }
        "trip" => element().map(Action::Trip),
        "fail" => element().map(|e| Action::Fail(e, lasts)),
        "crash" => pool(world, target).map(Action::Crash),
        "kill" => pool(world, target).map(Action::Kill),
        "cut" => Some(Action::Cut(line()?, lasts)),
        "heal" => line().map(Action::Heal),
        _ => None,
    }
}

/// What a line of text says an action is, and what it is done to.
fn words(world: &World, action: Action) -> (&'static str, String) {
    let site = |id: SiteId| world[id].key.as_str();
    let ends = |line: Line| match line {
        Line::All(a) => site(a).to_owned(),
        Line::Users(a) => format!("{}/{USERS}", site(a)),
        Line::Between(a, b) => format!("{}/{}", site(a), site(b)),
    };
    match action {
        Action::Ignite(r) => ("ignite", format!("{}/{}", site(world[r].site), world[r].key)),
        Action::Trip(e) => ("trip", format!("{}/{}", site(world[e].site), world[e].key)),
        Action::Fail(e, lasts) => {
            let lasts = lasts.map(|lasts| format!("+{}", lasts.0)).unwrap_or_default();
            ("fail", format!("{}/{}{lasts}", site(world[e].site), world[e].key))
        }
        Action::Crash(p) => ("crash", pool_key(world, p)),
        Action::Kill(p) => ("kill", pool_key(world, p)),
        Action::Cut(line, Some(lasts)) => ("cut", format!("{}+{}", ends(line), lasts.0)),
        Action::Cut(line, None) => ("cut", ends(line)),
        Action::Heal(line) => ("heal", ends(line)),
        Action::Shock(shock) => ("shock", world[shock].key.clone()),
    }
}

/// How an incident came about, as the beginning of its line.
const ORIGINS: [(&str, Origin); 9] = [
    ("", Origin::Chance),
    ("mistake:", Origin::Mistake { noticed: true }),
    ("slip:", Origin::Mistake { noticed: false }),
    ("monkey:", Origin::Drill { scope: Scope::Instance, announced: false }),
    ("monkey!:", Origin::Drill { scope: Scope::Instance, announced: true }),
    ("gorilla:", Origin::Drill { scope: Scope::Site, announced: false }),
    ("gorilla!:", Origin::Drill { scope: Scope::Site, announced: true }),
    ("kong:", Origin::Drill { scope: Scope::Region, announced: false }),
    ("kong!:", Origin::Drill { scope: Scope::Region, announced: true }),
];

/// Site, service, and which of the service's pools there.
fn pool_key(world: &World, id: PoolId) -> String {
    let pool = &world[id];
    let nth =
        world.pools[..id.index()].iter().filter(|p| p.site == pool.site && p.service == pool.service).count();
    format!("{}/{}/{nth}", world[pool.site].key, world[pool.service].key)
}

#[cfg(test)]
mod tests {
    use super::super::engine;
    use super::*;
    use bridge_engine::Time;

    #[test]
    fn every_action_and_every_way_it_came_about_comes_back() {
        let world = engine::open_shipped(0).unwrap().world;
        let (a, b, pool) = (SiteId(0), SiteId(1), PoolId::at(world.pools.len() - 1));
        let actions = [
            Action::Ignite(RoomId(0)),
            Action::Trip(ElementId(0)),
            Action::Fail(ElementId(0), Some(Span(3))),
            Action::Crash(pool),
            Action::Kill(pool),
            Action::Cut(Line::All(a), None),
            Action::Cut(Line::Between(a, b), Some(Span(5))),
            Action::Cut(Line::Users(b), Some(Span(7))),
            Action::Heal(Line::All(a)),
        ];
        for (action, (_, origin)) in actions.into_iter().zip(ORIGINS) {
            let incident = Incident { at: Time(3), action, origin };
            let (word, target) = written(&world, &incident);
            assert_eq!(read(&world, &word, &target), Some((origin, action)));
            assert_eq!(carried(&world, &vec![incident], &world), [incident]);
        }
    }

    #[test]
    fn what_is_not_there_is_left_out() {
        let (kakao, other) = (engine::open_shipped(0).unwrap().world, engine::open_shipped(1).unwrap().world);
        assert!(!kakao.script.is_empty() && carried(&kakao, &kakao.script, &other).is_empty());
        for subject in [Subject::Site(SiteId(0)), Subject::Room(RoomId(1)), Subject::Pool(PoolId(2))] {
            assert_eq!(found(&kakao, subject, &kakao), Some(subject));
            assert_eq!(found(&kakao, subject, &other), None);
        }
    }
}
