//! Mends: each takes its finding away, alone, on the same luck; what it saves is said, also where it is less than nothing.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use bridge_engine::report::{Code, Finding, MOST_RUNS, Mend, Mends, mends, report, what_if};
use bridge_engine::trace::Subject;
use bridge_engine::world::{PoolId, ServiceId};
use bridge_engine::{World, run};
use common::broken::{CASES, text};
use common::{KAKAO, service, site, world};

fn mended(world: &World) -> Mends {
    mends(world, &world.script, world.meta.seed)
}

/// Whether a world still has a finding like this one.
fn bites(world: &World, finding: &Finding) -> bool {
    let trace = run(world, &world.script, world.meta.seed);
    let found = report(world, &trace).findings;
    found.iter().any(|f| f.code == finding.code && f.subject == finding.subject)
}

#[test]
fn each_mend_takes_its_finding_away() {
    for case in CASES.iter().filter(|case| !matches!(case.code, Code::ObjectiveMissed | Code::RpoMissed)) {
        let world = world(&text(case));
        let answer = mended(&world);
        let name = case.code.name();
        // Fewer hands than take every wait away may do.
        let bites_on = case.code == Code::HandsShort;
        let all = answer.each.iter().chain(&answer.idle);
        let of_case = all.filter(|m| m.finding.code == case.code);
        let found: Vec<_> = of_case.collect();
        assert!(!found.is_empty(), "{name} has a mend");
        for one in found {
            assert!(bites(&world, &one.finding), "{name}");
            let mut after = world.clone();
            for mend in &one.mends {
                after = mend.apply(&after);
            }
            assert!(bites_on || !bites(&after, &one.finding), "{name} still bites after {:?}", one.mends);
        }
    }
}

#[test]
fn the_guards_of_kakao_elsewhere_save_hours_of_the_messenger() {
    let world = world(KAKAO);
    let answer = mended(&world);
    let messenger = service(&world, "messenger");
    let guards =
        answer.each.iter().find(|m| m.finding.code == Code::GuardSharesFate).expect("its guards burnt");
    let moved: Vec<ServiceId> = guards
        .mends
        .iter()
        .filter_map(|m| if let Mend::Place { service, .. } = m { Some(*service) } else { None })
        .collect();
    assert_eq!(moved, ["failover", "monitor", "config"].map(|key| service(&world, key)));
    let saved = guards.gain.saved.of(messenger);
    assert!(saved.down_s > 4.0 * 3600.0, "{saved:?}");
    // One of the three saves little: a controller that hears nothing or has no settings, or a monitor that nobody acts on.
    for one in &guards.mends {
        let alone = what_if(&world, &world.script, 1, &[*one]).saved.of(messenger).down_s;
        assert!(alone < 0.5 * saved.down_s, "{one:?} alone saves {alone} of {}", saved.down_s);
    }
    assert!(answer.together.expect("all of them").saved.user_minutes > guards.gain.saved.user_minutes);
}

#[test]
fn what_has_nothing_to_do_with_it_saves_exactly_nothing() {
    // A service that nobody uses or needs gets more servers in a building where nothing happens.
    let text = KAKAO.replace("services:\n", "services:\n  alone: {place: [[gasan, 10]]}\n");
    let world = world(&text);
    let alone = service(&world, "alone");
    let more = Mend::Place { service: alone, site: site(&world, "gasan"), servers: 50, standby: false };
    for seed in 1..6 {
        let gain = what_if(&world, &world.script, seed, &[more]);
        assert_eq!(gain.saved.restored_s.to_bits(), 0.0_f64.to_bits());
        assert_eq!(gain.saved.user_minutes.to_bits(), 0.0_f64.to_bits());
        assert_eq!(gain.saved.money.map(f64::to_bits), Some(0.0_f64.to_bits()));
        assert_eq!(gain.saved.services, []);
    }
    assert_eq!(what_if(&world, &world.script, 1, &[]).saved.services, [], "nothing changed");
}

#[test]
fn what_makes_it_worse_is_said_to() {
    // Twice as many servers in the hall that burns are twice as many to start by hand.
    let world = world(KAKAO);
    let cache = world[service(&world, "cache")].pools[0];
    let more = Mend::Grow { pool: cache, servers: 4 * world[cache].servers };
    let gain = what_if(&world, &world.script, 1, &[more]);
    assert!(
        gain.saved.of(service(&world, "cache")).down_s < 0.0 || gain.saved.user_minutes < 0.0,
        "{gain:?}"
    );
}

#[test]
fn the_answer_is_ranked_bounded_and_always_the_same() {
    let world = world(KAKAO);
    let answer = mended(&world);
    assert_eq!(answer, mended(&world));
    assert!(answer.runs <= MOST_RUNS && answer.untried == 0 && answer.each.len() > 10, "{}", answer.runs);
    let worth: Vec<f64> = answer.each.iter().map(|m| m.gain.saved.worth()).collect();
    assert!(worth.windows(2).all(|w| w[0] >= w[1]), "{worth:?}");
    assert!(answer.each.iter().all(|m| !m.mends.is_empty()));
    // What each is said to save is what it saves.
    for one in answer.each.iter().step_by(5) {
        assert_eq!(one.gain, what_if(&world, &world.script, world.meta.seed, &one.mends));
    }
}

#[test]
fn what_would_not_help_is_told_apart_from_what_would() {
    let world = world(KAKAO);
    let answer = mended(&world);
    assert!(answer.each.iter().all(|m| m.gain.helps) && !answer.idle.iter().any(|m| m.gain.helps));
    assert!(!answer.idle.is_empty());
    for one in &answer.idle {
        let saved = &one.gain.saved;
        assert!(
            saved.worth() <= 1e-6 * report(&world, &play(&world)).total.money_lost.unwrap_or(0.0),
            "{saved:?}"
        );
    }
    // All together are those that help, and no others.
    let mut all: Vec<Mend> = Vec::new();
    for mend in answer.each.iter().flat_map(|m| &m.mends) {
        if !all.contains(mend) {
            all.push(*mend);
        }
    }
    let together = answer.together.expect("something helps");
    assert_eq!(together.saved, what_if(&world, &world.script, world.meta.seed, &all).saved);
}

fn play(world: &World) -> bridge_engine::Trace {
    run(world, &world.script, world.meta.seed)
}

#[test]
fn the_fewest_hands_are_asked_for_that_save_half_of_what_the_most_would() {
    let world = world(KAKAO);
    let answer = mended(&world);
    let short = answer.each.iter().find(|m| m.finding.code == Code::HandsShort).expect("too few hands");
    let [Mend::Hands { team, hands }] = short.mends[..] else { panic!("{:?}", short.mends) };
    let has = world.people.teams[team.index()].hands;
    // No company can have a team many times as large from one day to the next.
    assert!(hands > has && hands <= 4 * has, "{hands} for {has}");
    let saved =
        |hands| what_if(&world, &world.script, world.meta.seed, &[Mend::Hands { team, hands }]).saved.worth();
    let most = saved(4 * has);
    assert!(short.gain.saved.worth() >= most / 2.0);
    // A step of a twelfth fewer do not.
    assert!(saved(hands - (4 * has - has).div_ceil(12)) < most / 2.0);
}

#[test]
fn where_hands_are_not_what_is_missing_that_is_said() {
    // Nobody uses what waits for the one hand; what people use is started by others, who are as fast as they can be.
    let world = world(
        "schema: bridge/1\nmeta: {id: x, horizon: 40h}\ndemand: {users: 1M}\nsites: {s: {}}\nservices:\n  \
         a: {users: 1, team: many, place: [[s, 60000]]}\n  b: {place: [[s, 60]]}\n  c: {place: [[s, 60]]}\n\
         controls: {detect: {report_gap: 1ms}}\npeople: {teams: {one: {hands: 1}, many: {hands: 400}}, sigma: 0}\n\
         script: [{at: 0s, crash: a@s}, {at: 0s, crash: b@s}, {at: 0s, crash: c@s}]\n",
    );
    let answer = mended(&world);
    let short: Vec<_> = answer.idle.iter().filter(|m| m.finding.code == Code::HandsShort).collect();
    assert_eq!(short.len(), 1, "{answer:?}");
    assert!(matches!(short[0].mends[..], [Mend::Hands { hands: 4, .. }]), "{:?}", short[0].mends);
    assert!(answer.each.iter().all(|m| m.finding.code != Code::HandsShort));
}

#[test]
fn a_landlord_who_has_too_few_hands_for_us_is_asked_for_more() {
    // Two pools, an hour and a half of a hand each; by four hands nothing that people use waits.
    let text = "schema: bridge/1\nmeta: {id: x, horizon: 40h}\ndemand: {users: 1M}\n\
         sites: {s: {operator: managed, landlord: {hands: 1}}}\nservices:\n  \
         a: {users: 1, place: [[s, 60]]}\n  b: {users: 1, place: [[s, 60]]}\n\
         controls: {detect: {report_gap: 1ms}}\npeople: {sigma: 0}\nscript: [{at: 0s, crash: a@s}, {at: 0s, crash: b@s}]\n";
    let world = world(text);
    let answer = mended(&world);
    let short = answer.each.iter().find(|m| m.finding.code == Code::HandsShort).expect("one hand");
    assert_eq!(short.finding.subject, Subject::Site(site(&world, "s")));
    let [Mend::RemoteHands { hands, .. }] = short.mends[..] else { panic!("{:?}", short.mends) };
    assert!((2..=4).contains(&hands) && short.gain.saved.user_minutes > 0.0);
}

#[test]
fn a_mend_leaves_every_id_what_it_was() {
    let world = world(KAKAO);
    for one in mended(&world).each {
        let mut after = world.clone();
        for mend in &one.mends {
            after = mend.apply(&after);
        }
        for (i, pool) in world.pools.iter().enumerate() {
            let there = &after[PoolId::at(i)];
            assert_eq!((pool.service, pool.site, pool.role), (there.service, there.site, there.role));
        }
        let keys = |w: &World| w.services.iter().map(|s| s.key.clone()).collect::<Vec<_>>();
        assert_eq!(keys(&world), keys(&after));
        assert!(after.elements.len() == world.elements.len() && after.rooms.len() >= world.rooms.len());
    }
}

#[test]
fn a_mend_costs_its_servers_its_hands_or_nobody_knows_what() {
    let mut world = world(KAKAO);
    let Some(cost) = &mut world.cost else { panic!("it names a cost") };
    (cost.server_year, cost.hour) = (1e6, 1e4);
    let failover = service(&world, "failover");
    let yearly = |mend| what_if(&world, &world.script, 1, &[mend]).yearly;
    let place = Mend::Place { service: failover, site: site(&world, "anyang"), servers: 20, standby: false };
    common::close(yearly(place).expect("servers have a price"), 20.0 * 1e6, 1e-9);
    let team = bridge_engine::world::TeamId(0);
    let hands = Mend::Hands { team, hands: world.people.teams[0].hands + 3 };
    common::close(yearly(hands).expect("so have hands"), 3.0 * 1900.0 * 1e4, 1e-9);
    assert_eq!(yearly(Mend::Authority), Some(0.0), "what is only written down costs nothing");
    let anyang = site(&world, "anyang");
    assert_eq!(yearly(Mend::ZoneSwitch(anyang)), None, "nobody says what building work costs");
    let gain = what_if(&world, &world.script, 1, &[place]);
    common::close(gain.per_cost().expect("it has a price"), gain.saved.worth() / 20e6, 1e-9);
}
