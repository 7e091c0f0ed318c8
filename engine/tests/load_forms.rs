//! Serving under load, in closed form, reached through scenarios.

mod common;

use bridge_engine::trace::{Change, PoolState, Subject};
use bridge_engine::{Time, Trace, World};
use common::{close, play, service, world};

/// A company without a clock of its own: demand stands still, everything that is asked for is where it is put.
fn company(services: &str, script: &str) -> String {
    format!(
        "schema: bridge/1\nmeta: {{id: case, t0: \"2022-10-15T00:00+00:00\", horizon: 100h, seed: 1}}\n\
         demand: {{users: 1M}}\nsites: {{s: {{}}, t: {{}}}}\nservices:\n{services}\nscript: [{script}]\n"
    )
}

fn run(services: &str, script: &str) -> (World, Trace) {
    let world = world(&company(services, script));
    let trace = play(&world, 1);
    (world, trace)
}

fn share(world: &World, trace: &Trace, key: &str, second: u64) -> f64 {
    trace.shares[service(world, key).index()].at(Time(second * 1_000_000))
}

/// Everything of these services that stands at `t` crashes after an hour.
fn lose(services: &[&str]) -> String {
    services.iter().map(|s| format!("{{at: 1h, crash: {s}@t}}")).collect::<Vec<_>>().join(", ")
}

#[test]
fn five_hard_dependencies_of_five_nines_cost_a_service_half_a_nine() {
    let mut services =
        String::from("  a: {needs: [d1, d2, d3, d4, d5], load: 100000, place: [[s, 99995], [t, 5]]}\n");
    for d in 1..=5 {
        services += &format!("  d{d}: {{load: 100000, place: [[s, 99999], [t, 1]]}}\n");
    }
    let (world, trace) = run(&services, &lose(&["a", "d1", "d2", "d3", "d4", "d5"]));
    close(share(&world, &trace, "a", 3600), 0.999_900_003_5, 1e-10);
}

#[test]
fn a_hard_circle_serves_the_product_of_its_members_each_counted_once() {
    let (world, trace) = run(
        "  a: {needs: [b], load: 100, place: [[s, 99], [t, 1]]}\n  b: {needs: [a], load: 100, place: [[s, 98], [t, 2]]}\n",
        &lose(&["a", "b"]),
    );
    for key in ["a", "b"] {
        close(share(&world, &trace, key, 3600), 0.9702, 1e-12);
    }
}

#[test]
fn a_site_of_n_must_carry_one_part_in_n_less_f_of_the_peak() {
    // (n, f): servers at each site for a peak of 600; one server fewer at each and some is lost.
    for (n, f, each) in [(2, 1, 600), (3, 1, 300), (3, 2, 600), (4, 1, 200)] {
        for (servers, whole) in [(each, true), (each - 1, false)] {
            let sites: Vec<String> = (0..n).map(|i| format!("x{i}: {{}}")).collect();
            let places: Vec<String> = (0..n).map(|i| format!("[x{i}, {servers}]")).collect();
            let lost: Vec<String> = (0..f).map(|i| format!("{{at: 1h, crash: a@x{i}}}")).collect();
            let text =
                company(&format!("  a: {{load: 600, place: [{}]}}", places.join(", ")), &lost.join(", "))
                    .replace("{s: {}, t: {}}", &format!("{{{}}}", sites.join(", ")));
            let world = world(&text);
            let share = share(&world, &play(&world, 1), "a", 3600);
            assert_eq!(share >= 1.0, whole, "{n} sites, {f} lost, {servers} servers each: {share}");
        }
    }
}

#[test]
fn a_loss_is_caused_by_what_was_lost_however_far_away() {
    // `a` leans softly on `b`, whose own closure is the larger one.
    let (world, trace) = run(
        "  a: {needs: [~b], place: [[s, 10]]}\n  b: {needs: [c], place: [[s, 10]]}\n  \
         c: {needs: [d], place: [[s, 10]]}\n  d: {place: [[t, 10]]}\n",
        &lose(&["d"]),
    );
    let mut subject = Subject::Service(service(&world, "a"));
    for key in ["b", "c", "d"] {
        let event = trace
            .events
            .iter()
            .find(|e| e.subject == subject && matches!(e.change, Change::Service(_)))
            .expect("it is hit");
        let [cause] = event.causes[..] else { panic!("{event:?} has one cause") };
        subject = Subject::Service(service(&world, key));
        assert_eq!(trace.events[cause.0 as usize].subject, subject);
    }
    let pool = world[service(&world, "d")].pools[0];
    let down = trace.events.iter().find(|e| e.subject == subject).expect("it is lost");
    assert_eq!(trace.events[down.causes[0].0 as usize].subject, Subject::Pool(pool));
    assert_eq!(trace.pools[pool.index()].at(Time(3_600_000_000)), PoolState::WaitHands);
}
