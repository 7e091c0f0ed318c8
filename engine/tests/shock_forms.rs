//! What reaches several sites at once, in closed form, through scenarios and their luck.

mod common;

use bridge_engine::kernel::math;
use bridge_engine::trace::{Change, ElementState, Subject};
use bridge_engine::world::{Action, ShockId, SiteId};
use bridge_engine::{Time, World, run};
use common::{close, play, world};

/// Two sites of a region for ten days, each lost by itself with one probability and both together with another.
fn two_sites(together: f64, alone: f64) -> World {
    let every = |q: f64| match q {
        0.0 => "does: servers".to_owned(),
        _ => format!("every: {:.0}s, does: servers", 864_000.0 / -math::ln(1.0 - q)),
    };
    world(&format!(
        "schema: bridge/1\nmeta: {{id: case, t0: \"2022-10-15T00:00+00:00\", horizon: 10d, seed: 1}}\n\
         demand: {{users: 1M}}\nregions:\n  r:\n    shocks:\n      quake: {{{}}}\n      \
         one: {{{}, hits: 0, sites: {{a: 1}}}}\n      two: {{{}, hits: 0, sites: {{b: 1}}}}\n\
         sites: {{a: {{region: r}}, b: {{region: r}}}}\n\
         services:\n  x: {{place: [[a, 1]]}}\n  y: {{place: [[b, 1]]}}\n",
        every(together),
        every(alone),
        every(alone)
    ))
}

/// Probability that a site is lost by itself, and that both are lost together, as the sampler has it: the first of
/// exponential times comes within the run.
fn chances(world: &World) -> [f64; 3] {
    let within = |i: usize| {
        let every = world.shocks[i].every.map_or(f64::INFINITY, |every| every.secs());
        1.0 - math::exp(-world.meta.horizon.secs() / every)
    };
    let hits = |i: usize, site: u32| world[ShockId::at(i)].hits(SiteId(site));
    assert_eq!(
        [hits(0, 0), hits(0, 1), hits(1, 0), hits(1, 1), hits(2, 0), hits(2, 1)],
        [1., 0., 1., 1., 0., 1.]
    );
    [within(1), within(0), within(2)]
}

/// How many of so many runs lose both sites.
fn both(world: &World, runs: u64) -> f64 {
    let lost = |seed: u64| {
        let trace = run(world, &world.script, seed);
        trace.servers_up.iter().all(|up| up.points().iter().any(|p| p.1 <= 0.0))
    };
    (1..=runs).filter(|&seed| lost(seed)).count() as f64
}

#[test]
fn two_sites_that_share_a_tenth_of_their_causes_are_lost_together_ten_times_as_often() {
    // q = .01, β = .1: together βq, alone (1 − β) q.
    let of = |world: &World| {
        let [together, one, two] = chances(world);
        together + (1.0 - together) * one * two
    };
    let shared = two_sites(0.001, 0.009);
    let [together, one, two] = chances(&shared);
    // Rare events add up.
    close(together + one * two, 0.001_081, 1e-6);
    close(of(&shared), 0.001_081, 1e-4);
    let apart = two_sites(0.0, 0.01);
    close(of(&apart), 1e-4, 1e-6);
    // Through the sampler, within four standard errors.
    for (world, runs) in [(shared, 20_000), (two_sites(0.15, 0.15), 2_000), (two_sites(0.0, 0.3), 2_000)] {
        let (p, n) = (of(&world), runs as f64);
        let (found, slack) = (both(&world, runs), 4.0 * (n * p * (1.0 - p)).sqrt());
        assert!((found - n * p).abs() <= slack, "{found} of {n} runs, expected {} ± {slack}", n * p);
    }
}

/// Three sites of a region and one elsewhere.
fn region(shock: &str, script: &str) -> World {
    world(&format!(
        "schema: bridge/1\nmeta: {{id: case, t0: \"2022-10-15T00:00+00:00\", horizon: 10d, seed: 1}}\n\
         demand: {{users: 1M}}\nregions: {{r: {{shocks: {{quake: {{{shock}}}}}}}, z: {{}}}}\n\
         sites: {{a: {{region: r}}, b: {{region: r}}, c: {{region: r}}, w: {{region: z}}}}\n\
         services: {{x: {{place: [[a, 1], [b, 1], [c, 1], [w, 1]]}}}}\nscript: [{script}]\n"
    ))
}

#[test]
fn a_shock_of_the_script_hits_each_site_of_its_region_with_its_probability() {
    let world = region("hits: 50%, sites: {b: 1, c: 0}, does: lines, lasts: 2h", "{at: 1h, shock: r/quake}");
    let mut hits = [0; 4];
    for seed in 1..=1000 {
        let trace = play(&world, seed);
        for event in &trace.events {
            let Change::Incident(action) = event.change else { continue };
            if action == Action::Shock(ShockId(0)) {
                assert_eq!((event.at, event.subject), (Time(3_600_000_000), Subject::Org));
            } else if let (Action::Cut(..), Subject::Site(site)) = (action, event.subject) {
                assert_eq!(event.causes.len(), 1, "the shock did it");
                hits[site.index()] += 1;
            }
        }
    }
    assert!((437..=563).contains(&hits[0]), "four standard errors around 500: {hits:?}");
    assert_eq!(hits[1..], [1000, 0, 0]);
}

#[test]
fn without_a_mean_time_nothing_comes_by_luck() {
    for seed in 1..50 {
        assert_eq!(play(&region("does: site", ""), seed).events, []);
    }
    let mut struck = 0;
    for seed in 1..=200 {
        let trace = play(&region("every: 2d, hits: 0", ""), seed);
        struck += trace.events.len();
        assert!(trace.events.iter().all(|e| e.change == Change::Incident(Action::Shock(ShockId(0)))));
    }
    // Five in ten days: a Poisson stream.
    assert!((struck as f64 - 1000.0).abs() <= 4.0 * 1000.0_f64.sqrt(), "{struck}");
}

#[test]
fn each_kind_does_what_it_says() {
    let grid = region("does: grid, lasts: 1h", "{at: 1h, shock: r/quake}");
    let trace = play(&grid, 1);
    let mut feeds = 0;
    for (element, track) in grid.elements.iter().zip(&trace.elements) {
        if element.kind == bridge_engine::world::ElementKind::Utility {
            let down = !track.at(Time(3_600_000_001)).gives();
            assert_eq!(down, grid[element.site].key != "w", "{}", grid[element.site].key);
            assert!(track.at(Time(2 * 3_600_000_000)) == ElementState::Live, "an hour later it is back");
            feeds += u32::from(down);
        }
    }
    assert!(feeds >= 3);
    let down = |kind: &str| {
        let world = region(&format!("does: {kind}, lasts: 1h"), "{at: 1h, shock: r/quake}");
        let trace = play(&world, 1);
        let stopped = trace.servers_up.iter().filter(|up| up.at(Time(3_600_000_001)) <= 0.0).count();
        let parted = trace.reached.iter().filter(|r| r.at(Time(3_600_000_001)) <= 0.0).count();
        (stopped, parted)
    };
    assert_eq!([down("lines"), down("servers"), down("site")], [(0, 3), (3, 0), (3, 3)]);
}
