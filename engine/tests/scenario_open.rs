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
