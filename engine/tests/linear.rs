//! What a run costs grows with the company, not with its square.

#![cfg(debug_assertions)]

#[path = "../../benches/sizes/src/company.rs"]
mod company;

use bridge_engine::{looks, scenario};

#[test]
fn what_a_service_costs_does_not_grow_with_the_company() {
    // Looks at the state of anything, for each service.
    let cost = |services: usize| {
        let world = scenario::open(&company::company(services)).unwrap().world;
        looks(&world, &world.script, 1) as f64 / services as f64
    };
    let (small, large) = (cost(300), cost(3_000));
    // One mechanism that looks at all of them in each instant would make it more than ten times as much.
    assert!(large < 1.25 * small, "{small} a service of 300, {large} of 3,000");
}
