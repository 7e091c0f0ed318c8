//! Why is it like this, and what would have to come back first?

mod common;

use bridge_engine::trace::{Change, Subject, TaskKind};
use bridge_engine::why::{Blocker, Why, why};
use bridge_engine::{Time, Trace, World};
use common::{KAKAO, play, service, site, world};

fn ask(world: &World, trace: &Trace, key: &str, minutes: u64) -> Why {
    why(world, trace, Subject::Service(service(world, key)), Time(minutes * 60_000_000))
}

#[test]
fn every_chain_begins_with_what_somebody_did() {
    let world = world(KAKAO);
    let trace = play(&world, 1);
    for entry in &world.services {
        for hour in [0, 1, 4, 12, 30, 80, 150] {
            let answer = ask(&world, &trace, &entry.key, hour * 60);
            let Some(first) = answer.chain.first() else { continue };
            let event = &trace.events[first.0 as usize];
            assert!(
                matches!(event.change, Change::Incident(_)),
                "{} at {hour} h begins with {event:?}",
                entry.key
            );
            assert!(answer.chain.windows(2).all(|w| trace.events[w[1].0 as usize].causes.contains(&w[0])));
        }
    }
}

#[test]
fn what_is_well_is_blocked_by_nothing() {
    let world = world(KAKAO);
    let trace = play(&world, 1);
    for entry in &world.services {
        assert_eq!(ask(&world, &trace, &entry.key, 0).blockers, [], "{} at the start", entry.key);
        assert_eq!(ask(&world, &trace, &entry.key, 155 * 60).blockers, [], "{} at the end", entry.key);
    }
}

#[test]
fn the_messenger_waits_for_what_it_needs_first() {
    let world = world(KAKAO);
    let trace = play(&world, 1);
    let (kv, auth) = (service(&world, "kv"), service(&world, "auth"));
    // Minutes after the fire nobody knows; before the decision it is a decision; then promotions in their order.
    assert!(ask(&world, &trace, "messenger", 10).blockers.contains(&Blocker::Detection));
    assert!(ask(&world, &trace, "messenger", 60).blockers.contains(&Blocker::Decision));
    let blockers = ask(&world, &trace, "messenger", 150).blockers;
    let place = |wanted| {
        blockers.iter().position(|b| *b == wanted).unwrap_or_else(|| panic!("{wanted:?} in {blockers:?}"))
    };
    assert!(place(Blocker::Promotion(kv)) < place(Blocker::Promotion(auth)), "{blockers:?}");
    assert!(!blockers.contains(&Blocker::Decision));
}

#[test]
fn a_service_in_the_burning_building_waits_for_the_fire() {
    let world = world(KAKAO);
    let trace = play(&world, 1);
    let blockers = ask(&world, &trace, "photo", 180).blockers;
    assert!(blockers.iter().any(|b| matches!(b, Blocker::Power(_))), "{blockers:?}");
    assert!(blockers.contains(&Blocker::Access(site(&world, "pangyo"))), "{blockers:?}");
}

#[test]
fn work_that_waited_for_hands_says_whose_work_it_waited_for() {
    let world = world(KAKAO);
    let trace = play(&world, 1);
    let waited = trace.events.iter().any(|e| {
        matches!(e.change, Change::Started(task) if matches!(task.kind, TaskKind::Boot(_)))
            && e.causes.iter().any(|c| matches!(trace.events[c.0 as usize].change, Change::Done(_)))
    });
    assert!(waited, "110 hands and 32,000 servers: somebody waits");
}
