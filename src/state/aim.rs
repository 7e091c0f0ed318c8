//! What something in hand does to something pointed at.

use super::design::{Add, Edit, can_move};
use super::{Action, Arm};
use bridge_engine::World;
use bridge_engine::trace::Subject;
use bridge_engine::world::{Action as Do, Element, ElementId, ElementKind, Line, Origin, Scope, SiteId};

/// What it would do; none if it cannot be done to it.
#[must_use]
pub fn aim(world: &World, arm: Arm, at: Subject) -> Option<Action> {
    if let Arm::Move(pool) = arm {
        return can_move(world, pool, at).then_some(Action::Edit(Edit::Move(pool, at)));
    }
    if let Arm::Need(from) = arm {
        let to = match at {
            Subject::Service(id) => id,
            Subject::Pool(id) => world[id].service,
            _ => return None,
        };
        let new = to != from && world[from].needs.iter().all(|need| need.on != to);
        return new.then_some(Action::Edit(Edit::Add(Add::Need(from, to))));
    }
    let (actions, origin) = incident(world, arm, at)?;
    (!actions.is_empty()).then_some(Action::Drop(actions, origin))
}

fn incident(world: &World, arm: Arm, at: Subject) -> Option<(Vec<Do>, Origin)> {
    let drill = |scope| Origin::Drill { scope, announced: false };
    let off = |site| Do::Cut(Line::All(site), Some(Do::DRILL));
    let by_chance = |action| Some((vec![action], Origin::Chance));
    match (arm, at) {
        (Arm::Fire, Subject::Room(room)) => by_chance(Do::Ignite(room)),
        (Arm::Trip, Subject::Element(e))
            if matches!(world[e].kind, ElementKind::Panel { .. } | ElementKind::Utility) =>
        {
            by_chance(Do::Trip(e))
        }
        (Arm::Trip, Subject::Element(e)) if matches!(world[e].kind, ElementKind::Generators { .. }) => {
            by_chance(Do::Fail(e, None))
        }
        (Arm::Fail, Subject::Element(e)) => by_chance(Do::Fail(e, None)),
        (Arm::Fail, Subject::Room(room)) => {
            let here = |e: &Element| e.room == Some(room) && !matches!(e.kind, ElementKind::Panel { .. });
            let ids = (0..world.elements.len()).map(ElementId::at).filter(|e| here(&world[*e]));
            Some((ids.map(|e| Do::Fail(e, None)).collect(), Origin::Chance))
        }
        (Arm::Crash, Subject::Pool(pool)) => by_chance(Do::Crash(pool)),
        (Arm::Mistake, Subject::Pool(pool)) => {
            Some((vec![Do::Crash(pool)], Origin::Mistake { noticed: true }))
        }
        (Arm::Monkey, Subject::Pool(pool)) => Some((vec![Do::Kill(pool)], drill(Scope::Instance))),
        (Arm::Cut, Subject::Site(site)) => by_chance(Do::Cut(Line::All(site), None)),
        (Arm::Gorilla, Subject::Site(site)) => Some((vec![off(site)], drill(Scope::Site))),
        (Arm::Kong, Subject::Site(site)) => {
            let beside = |other: &SiteId| world[*other].region == world[site].region;
            let sites = (0..world.sites.len()).map(SiteId::at).filter(beside);
            Some((sites.map(off).collect(), drill(Scope::Region)))
        }
        (Arm::Shock(shock), Subject::Site(site)) if world[shock].region == world[site].region => {
            by_chance(Do::Shock(shock))
        }
        _ => None,
    }
}
