//! Documents that can be run.

use bridge_engine::scenario::open;
use bridge_engine::world::{Action, ElementKind, PoolRole};
use bridge_engine::{Span, Time};

#[test]
fn a_small_company_fits_in_a_dozen_lines() {
    let scenario = open(include_str!("scenarios/small.yaml")).unwrap();
    let world = &scenario.world;
    let keys = |keys: Vec<&str>| keys.join(" ");
    assert_eq!(keys(world.sites.iter().map(|site| &*site.key).collect()), "main spare");
    assert_eq!(keys(world.services.iter().map(|service| &*service.key).collect()), "db shop watch");
    assert_eq!(world.meta.horizon, Time(Span::from_hours(72).0));
    assert_eq!(world.people.teams.len(), 1);

    // Two panels: two cords. One panel: one.
    let shop = &world.services[1];
    assert_eq!(shop.load, 7.0);
    let pools: Vec<_> = shop.pools.iter().map(|&pool| &world[pool]).collect();
    assert_eq!((pools[0].panels.len(), pools[0].role), (2, PoolRole::Active));
    assert_eq!((pools[1].panels.len(), pools[1].role), (1, PoolRole::Standby));

    // Inputs come first.
    for (index, element) in world.elements.iter().enumerate() {
        assert!(element.inputs.iter().all(|input| input.index() < index), "{}", element.key);
        if let ElementKind::Ups { battery, .. } = element.kind {
            assert_eq!(world[battery.unwrap()].key, "bat");
        }
    }
    let Action::Ignite(room) = world.script[0].action else { panic!("not a fire") };
    assert_eq!((&*world[room].key, &*world[world[room].site].key), ("bat", "main"));
}

/// The lines of a block of a document, each entity being one line.
fn reversed(text: &str, head: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let Some(first) = lines.iter().position(|line| *line == head).map(|at| at + 1) else {
        return String::new();
    };
    let length = lines[first..].iter().take_while(|line| line.starts_with(' ')).count();
    lines[first..first + length].reverse();
    lines.join("\n")
}

#[test]
fn the_order_of_writing_means_nothing() {
    let text = include_str!("../../assets/scenarios/kakao-2022.yaml");
    let mut one = open(text).unwrap().world;
    let mut other = open(&reversed(text, "services:")).unwrap().world;
    assert_ne!(one, other, "the order of display is kept");
    for world in [&mut one, &mut other] {
        world.services.iter_mut().for_each(|service| service.order = 0);
    }
    assert_eq!(one, other);
}

#[test]
fn json_is_read_as_well() {
    let text = r#"{
        "schema": "bridge/1",
        "meta": {"id": "json"},
        "demand": {"users": 1000},
        "sites": {"main": null},
        "services": {"shop": {"users": 1, "place": [["main", 4]]}},
        "script": [{"at": "1h", "trip": "main/street"}, {"crash": "shop@main"}]
    }"#;
    let scenario = open(text).unwrap();
    assert_eq!(scenario.world.script.len(), 2);
    assert!(matches!(scenario.world.script[0].action, Action::Crash(_)), "in the order of time");
    assert!(scenario.warnings.is_empty(), "{:?}", scenario.warnings);
}

#[test]
fn every_preset_can_be_run() {
    for preset in ["tier1", "tier2", "tier3"] {
        let text = format!(
            "schema: bridge/1\nmeta: {{id: x}}\ndemand: {{users: 1}}\nsites: {{a: {{preset: {preset}}}}}\n\
             services: {{s: {{place: [[a, 10]]}}}}"
        );
        let world = open(&text).unwrap().world;
        let panels =
            world.elements.iter().filter(|element| matches!(element.kind, ElementKind::Panel { .. }));
        assert_eq!(panels.count(), if preset == "tier1" { 1 } else { 2 });
        // Ratings left out are enough for what hangs there.
        for element in &world.elements {
            if let ElementKind::Ups { kw, .. } | ElementKind::Panel { kw } = element.kind {
                assert!(kw >= 4.0, "{} has {kw}", element.key);
            }
        }
    }
}

#[test]
fn servers_spread_over_many_panels() {
    let text = include_str!("scenarios/large.yaml");
    let world = open(text).unwrap().world;
    let cache = world.services.iter().find(|service| service.key == "cache").unwrap();
    let pools: Vec<_> =
        cache.pools.iter().map(|&pool| (world[pool].servers, world[pool].panels.len())).collect();
    assert_eq!(pools, [(450, 1); 4]);
    assert_eq!(world.script.len(), 6, "a crash of four pools is four");
    assert_eq!(open(text).unwrap().facts[0].at, Span::from_mins(93));
}
