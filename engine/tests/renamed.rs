//! Names are names: under others, in another order and with luck of their own, a company fares as it did on average.
//!
//! What happens in the same instant has no order, but something has to be taken up first. If that went by the alphabet, a service
//! called `auth` would have the first hands whenever everything falls at once, and the distributions compared here would be apart:
//! they were, before luck decided. With the luck they had, runs are the same to the bit: `src/renamed.rs`.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use bridge_engine::kernel::random::Stream;
use bridge_engine::report::report;
use bridge_engine::{Time, World, scenario};
use common::rewrite::{names, read, renamed};
use common::{KAKAO, play, world};

/// Runs of each company.
const SEEDS: u64 = 200;
/// How far apart two samples of that size from one distribution are at most, but in one of a thousand (Smirnov 1939):
/// `√(½ ln (2 / 0.001)) · √(2 / n)`.
const APART: f64 = 1.949 * 0.1;

/// The same company under other names, in an order that has nothing to do with the old one.
fn under_other_names(text: &str, turn: u64) -> World {
    let (document, shape) = (read(text), scenario::shape());
    let mut found = BTreeSet::new();
    names(&document, &shape, &mut found);
    let mut luck = Stream::new(turn, "names", "renamed");
    let mut order: Vec<(u64, String)> =
        found.into_iter().map(|name| (luck.uniform().to_bits(), name)).collect();
    order.sort();
    let to: BTreeMap<String, String> =
        order.into_iter().enumerate().map(|(i, (_, name))| (name, format!("n{i:03}"))).collect();
    world(&renamed(&document, &shape, &to).text())
}

/// Largest distance of two empirical distributions (Kolmogorov and Smirnov).
fn distance(mut a: Vec<f64>, mut b: Vec<f64>) -> f64 {
    a.sort_by(f64::total_cmp);
    b.sort_by(f64::total_cmp);
    let below = |of: &[f64], x: f64| of.partition_point(|&y| y <= x) as f64 / of.len() as f64;
    a.iter().chain(&b).map(|&x| (below(&a, x) - below(&b, x)).abs()).fold(0.0, f64::max)
}

/// Figures that name nobody: people's loss, how long services were without, how long anything was not whole, what hands did,
/// and how much happened; and the loss of each service, by size.
fn figures(world: &World, seed: u64) -> Vec<f64> {
    let trace = play(world, seed);
    let report = report(world, &trace);
    let mut lost: Vec<f64> = report.services.iter().map(|s| s.lost.secs()).collect();
    lost.sort_by(f64::total_cmp);
    let whole = report.services.iter().filter_map(|s| s.restored).max().map_or(0.0, Time::secs);
    let hands = trace.hands.iter().map(|h| h.integral(Time::ZERO, trace.horizon, |busy| busy)).sum();
    lost.extend([report.total.user_minutes_lost, lost.iter().sum(), whole, hands, trace.events.len() as f64]);
    lost
}

fn sample(world: &World) -> Vec<Vec<f64>> {
    (1..=SEEDS).map(|seed| figures(world, seed)).collect()
}

#[test]
fn companies_fare_alike_under_any_names() {
    // Those whose services fall together and wait for the same hands.
    for (name, text) in [
        ("kakao-2022", KAKAO),
        ("kakaotalk-2012", include_str!("../../assets/scenarios/kakaotalk-2012.yaml")),
        ("ovh-2021", include_str!("../../assets/scenarios/ovh-2021.yaml")),
    ] {
        let mine = sample(&world(text));
        let theirs = sample(&under_other_names(text, 2));
        let of = |runs: &[Vec<f64>], figure: usize| runs.iter().map(|run| run[figure]).collect();
        for figure in 0..mine[0].len() {
            let apart = distance(of(&mine, figure), of(&theirs, figure));
            assert!(apart <= APART, "{name}: figure {figure} of {} is {apart} apart", mine[0].len());
        }
    }
}

#[test]
fn samples_of_different_distributions_are_apart() {
    let uniform = |scale: f64| -> Vec<f64> {
        let mut luck = Stream::new(1, "a", "b");
        (0..SEEDS).map(|_| scale * luck.uniform()).collect()
    };
    assert!(distance(uniform(1.0), uniform(1.0)) <= 0.0);
    // U(0, 1) and U(0, 1.5) are a third apart at 1.
    assert!((distance(uniform(1.0), uniform(1.5)) - 1.0 / 3.0).abs() < APART);
    assert!(distance(uniform(1.0), uniform(1.5)) > APART);
}
