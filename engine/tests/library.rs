//! The library of scenarios: each opens, runs, speaks both languages, and shows what its incident teaches. Orders, not minutes:
//! those are in docs/validation.md.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a library that cannot be read has failed")]

mod common;

use std::path::Path;

use bridge_engine::scenario::{self, Scenario};
use bridge_engine::trace::{Change, End};
use bridge_engine::world::{Element, World};
use bridge_engine::{Span, Time, run};
use common::{KAKAO, figures, hours, outcome, site};

const NAVER: &str = include_str!("../../assets/scenarios/naver-2022.yaml");
const AFTER: &str = include_str!("../../assets/scenarios/kakao-after.yaml");
const AZURE: &str = include_str!("../../assets/scenarios/azure-2023.yaml");
const BA: &str = include_str!("../../assets/scenarios/ba-2017.yaml");
const DELTA: &str = include_str!("../../assets/scenarios/delta-2016.yaml");
const GOOGLE: &str = include_str!("../../assets/scenarios/google-2023.yaml");
const META: &str = include_str!("../../assets/scenarios/meta-2021.yaml");
const NIRS: &str = include_str!("../../assets/scenarios/nirs-2025.yaml");
const ROBLOX: &str = include_str!("../../assets/scenarios/roblox-2021.yaml");
const OVH: &str = include_str!("../../assets/scenarios/ovh-2021.yaml");
const SAMSUNG: &str = include_str!("../../assets/scenarios/samsung-2014.yaml");
const KAKAOTALK: &str = include_str!("../../assets/scenarios/kakaotalk-2012.yaml");

/// Seeds for a lesson that must show in nearly every run.
const SEEDS: std::ops::RangeInclusive<u64> = 1..=30;

fn library() -> Vec<(String, Scenario)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/scenarios");
    let mut library = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        match scenario::open(&std::fs::read_to_string(&path).unwrap()) {
            Ok(scenario) => library.push((name, scenario)),
            Err(errors) => panic!("{name}: {errors:#?}"),
        }
    }
    library.sort_by(|a, b| a.0.cmp(&b.0));
    library
}

/// Asserts that something holds at all of [`SEEDS`] but a few.
fn mostly(text: &str, but: usize, holds: impl Fn(&World, u64) -> bool) {
    let world = common::world(text);
    let failed: Vec<u64> = SEEDS.filter(|&seed| !holds(&world, seed)).collect();
    assert!(failed.len() <= but, "not at seeds {failed:?}");
}

#[test]
fn every_scenario_runs_to_its_end() {
    for (name, scenario) in library() {
        let world = &scenario.world;
        assert_eq!(world.meta.id, name);
        assert!(!world.script.is_empty(), "{name}: nothing goes wrong");
        let trace = run(world, &world.script, world.meta.seed);
        assert_eq!(trace.end, End::Horizon, "{name}");
        assert!(trace.events.len() > 20, "{name}: {} events", trace.events.len());
        assert_eq!(trace.hash(), run(world, &world.script, world.meta.seed).hash(), "{name}");
    }
}

#[test]
fn every_scenario_speaks_both_languages_and_says_what_is_known() {
    let hangul = |text: &str| text.chars().any(|c| ('가'..='힣').contains(&c));
    for (name, scenario) in library() {
        let meta = &scenario.world.meta;
        for text in
            [&meta.title, &meta.summary].into_iter().chain(scenario.facts.iter().map(|fact| &fact.text))
        {
            assert!(hangul(&text.ko) && !hangul(&text.en) && !text.en.is_empty(), "{name}: {text:?}");
        }
        for text in scenario.world.services.iter().map(|service| &service.name) {
            assert!(!hangul(&text.en) && !text.en.is_empty() && !text.ko.is_empty(), "{name}: {text:?}");
        }
        assert!(scenario.facts.len() >= 2, "{name}: too few facts");
        for fact in &scenario.facts {
            assert!(fact.source.is_some(), "{name}: who says “{}”?", fact.text.en);
            assert!(Time(fact.at.0) <= meta.horizon, "{name}: “{}” is after the run", fact.text.en);
        }
    }
}

/// Everything about the building in Pangyo that the sources speak of.
fn building(text: &str) -> impl PartialEq + std::fmt::Debug + use<> {
    let world = common::world(text);
    let id = site(&world, "pangyo");
    let rooms = world.rooms.iter().filter(|room| room.site == id);
    let rooms: Vec<_> = rooms.map(|room| (room.key.clone(), room.kind, room.lithium)).collect();
    let elements = world.elements.iter().filter(|element| element.site == id);
    let elements: Vec<_> =
        elements.map(|Element { key, room, via, .. }| (key.clone(), room.is_some(), via.len())).collect();
    let site = world[id].clone();
    (rooms, elements, site.fire, site.restore, site.notice, site.operator)
}

#[test]
fn naver_and_kakao_share_one_building() {
    assert_eq!(building(KAKAO), building(NAVER));
}

#[test]
fn naver_kakao_the_running_copy_is_what_saves() {
    let kakao = common::world(KAKAO);
    mostly(NAVER, 2, |world, seed| {
        let (trace, report) = outcome(world, seed);
        let portal = &trace.shares[common::service(world, "portal").index()];
        let least = portal.points().iter().map(|point| point.1).fold(1.0, f64::min);
        let (_, there) = outcome(&kakao, seed);
        let messenger = figures(&kakao, &there, "messenger").restored;
        least > 0.5 && report.total.restored < messenger
    });
}

#[test]
fn kakaotalk_2012_was_restart_not_power() {
    mostly(KAKAOTALK, 0, |world, seed| {
        let (_, report) = outcome(world, seed);
        let power = hours(report.sites[site(world, "gasan").index()].power_full.expect("power is back"));
        let messenger = hours(figures(world, &report, "messenger").restored.expect("the messenger is back"));
        power < 0.7 && messenger > 4.0 * power
    });
}

#[test]
fn kakaotalk_2012_practised_would_have_been_shorter() {
    let practised = common::world(&KAKAOTALK.replace("drill: {last: never}", "drill: {last: 7d}"));
    // Once nobody says go for hours, and until then nobody turns users away, practised or not.
    mostly(KAKAOTALK, 1, |world, seed| {
        let (_, report) = outcome(world, seed);
        let (_, better) = outcome(&practised, seed);
        let gain = |report| figures(world, report, "messenger").restored.expect("the messenger is back");
        gain(&report).since(gain(&better)) > Span::from_mins(60)
    });
}

#[test]
fn kakao_after_nobody_notices_the_same_fire() {
    let before = common::world(KAKAO);
    mostly(AFTER, 0, |world, seed| {
        let (_, report) = outcome(world, seed);
        let (_, then) = outcome(&before, seed);
        // At the seeds at which the gas works neither company has much of a story.
        let none = report.total.user_minutes_lost;
        figures(world, &report, "messenger").first_loss.is_none()
            && none <= 0.001 * then.total.user_minutes_lost
    });
    assert_eq!(building(KAKAO), building(AFTER));
}

#[test]
fn delta_a_twentieth_without_reserve_stops_the_whole() {
    mostly(DELTA, 0, |world, seed| {
        let (trace, report) = outcome(world, seed);
        let servers: f64 = world.pools.iter().map(|pool| f64::from(pool.servers)).sum();
        let down: f64 = trace.servers_up.iter().map(|up| up.points()[0].1 - up.at(Time(60_000_000))).sum();
        let dispatch = figures(world, &report, "dispatch");
        down < 0.05 * servers && dispatch.serving_again > Some(Time(3 * 3_600_000_000))
    });
    // The same servers behind the generators: a day like any other.
    mostly(&DELTA.replace("atlanta/raw", "atlanta/a+b"), 1, |world, seed| {
        outcome(world, seed).1.total.services_hit == 0
    });
}

#[test]
fn google_2023_a_zone_takes_its_region_when_the_majority_stands_in_it() {
    let shares_fate = |world: &World, seed| {
        let (_, report) = outcome(world, seed);
        let storage = figures(world, &report, "storage");
        storage.first_loss.is_some()
            && storage.restored < figures(world, &report, "vm-a").serving_again.or(Some(Time::NEVER))
    };
    mostly(GOOGLE, 3, shares_fate);
    // One voter a zone less in the building: the fire costs its own zone and nothing else.
    let spread = GOOGLE.replace("[clichy/c, 1, active], [zone-b, 1, active]", "[zone-b, 2, active]");
    mostly(&spread, 0, |world, seed| !shares_fate(world, seed));
}

#[test]
fn meta_2021_nothing_broke_and_the_way_to_it_was_the_way_lost() {
    let elsewhere =
        common::world(&META.replace("channel: {via: workplace}", "channel: {}").replace("role: chat, ", ""));
    mostly(META, 0, |world, seed| {
        let (trace, report) = outcome(world, seed);
        let up = trace.servers_up.iter().all(|up| up.points().len() == 1);
        let dark = report.sites.iter().any(|site| site.power_lost.is_some());
        let facebook = figures(world, &report, "facebook").restored.expect("it comes back");
        let (_, better) = outcome(&elsewhere, seed);
        let with_a_telephone = figures(world, &better, "facebook").restored.expect("it comes back");
        up && !dark && with_a_telephone < facebook && hours(facebook) > 3.0
    });
    // A second way in, that the command does not reach: the users of every data centre notice nothing for long.
    let beside = META.replace("[edge, users]]", "[edge, users], [altoona, users]]");
    let beside = beside.replace("  - {at: 0s, cut: altoona, mistake: true}\n", "");
    mostly(&beside, 0, |world, seed| {
        let share =
            outcome(world, seed).0.shares[common::service(world, "facebook").index()].at(Time(3_600_000_000));
        share > 0.0
    });
}

#[test]
fn azure_2023_a_dip_too_short_for_servers_is_long_enough_for_chillers() {
    let [by_themselves, more_hands] = [
        ("restart: {manual: 45m, team: site}", "restart: {auto: 5m}"),
        ("{from: 18, to: 7, hands: 3}", "{from: 18, to: 7, hands: 7}"),
    ]
    .map(|(from, to)| {
        assert!(AZURE.contains(from), "{from}");
        common::world(&AZURE.replace(from, to))
    });
    mostly(AZURE, 1, |world, seed| {
        let zone = |report: &bridge_engine::report::Report| report.sites[site(world, "zone1").index()];
        let [(_, was), (_, auto), (_, seven)] =
            [world, &by_themselves, &more_hands].map(|world| outcome(world, seed));
        let back = |report| figures(world, report, "storage").restored.expect("storage comes back");
        // Dark because of the heat, not of the dip; the start from cold takes far longer than the cooling did.
        zone(&was).power_lost > Some(Time(300_000_000))
            && zone(&was).power_full.is_some_and(|cooled| hours(back(&was)) > 3.0 * hours(cooled))
            && figures(world, &was, "redundant").first_loss.is_none()
            && zone(&auto).power_lost.is_none()
            && zone(&seven).power_full < zone(&was).power_full
    });
}

#[test]
fn ovh_2021_neighbours_that_did_not_burn_are_dark_for_days() {
    mostly(OVH, 1, |world, seed| {
        let (_, report) = outcome(world, seed);
        let of = |key| figures(world, &report, key);
        let soon = of("copied").restored.is_some_and(|at| hours(at) < 1.0);
        let days = of("third").serving_again.is_some_and(|at| hours(at) > 120.0);
        soon && days && of("alone").first_loss.is_some() && of("alone").restored.is_none()
    });
    // With gas in its rooms, which puts most fires of lead batteries out, a night like any other in most runs.
    let fitted = common::world(&OVH.replace("gas: {fitted: false}", "gas: {fitted: true}"));
    let spared = SEEDS
        .filter(|&seed| figures(&fitted, &outcome(&fitted, seed).1, "third").first_loss.is_none())
        .count();
    assert!(spared >= 20, "{spared} of 30");
}

#[test]
fn samsung_2014_what_has_a_recovery_site_is_back_in_hours_and_what_has_none_in_days() {
    mostly(SAMSUNG, 1, |world, seed| {
        let (_, report) = outcome(world, seed);
        let back = |key| figures(world, &report, key).serving_again.map(hours);
        back("counter").is_some_and(|h| h < 12.0) && back("online").is_some_and(|h| h > 36.0)
    });
    // A recovery site for payment on the net as well, and its data there.
    let with = SAMSUNG
        .replace("data: {size: 60 TB}", "data: {replication: {async: 5s}, size: 60 TB}")
        .replace("[[gwacheon/a+b, 260, active]]", "[[gwacheon/a+b, 260, active], [suwon, 260, standby]]");
    mostly(&with, 1, |world, seed| {
        figures(world, &outcome(world, seed).1, "online").serving_again.is_some_and(|at| hours(at) < 12.0)
    });
}

#[test]
fn ba_2017_five_minutes_without_power_are_a_day_without_check_in() {
    let [in_turn, many] = [("sequenced: false", "sequenced: true"), ("ops: {hands: 20", "ops: {hands: 80")]
        .map(|(from, to)| {
            assert!(BA.contains(from), "{from}");
            common::world(&BA.replace(from, to))
        });
    mostly(BA, 0, |world, seed| {
        let surge =
            |world| common::first(&outcome(world, seed).0, |_, change| change == Change::Surge).is_some();
        let broken = |world| {
            let trace = outcome(world, seed).0;
            trace.events.iter().filter(|e| matches!(e.change, Change::Damaged(_))).count()
        };
        let back = |world| hours(figures(world, &outcome(world, seed).1, "checkin").serving_again.unwrap());
        let power = outcome(world, seed).1.sites[site(world, "boadicea").index()].power_full;
        let lost = (0..world.services.len()).any(|i| outcome(world, seed).1.services[i].data_lost);
        power.is_some_and(|at| hours(at) < 0.1)
            && back(world) > 10.0
            && surge(world)
            && broken(world) > 5
            && !surge(&in_turn)
            && broken(&in_turn) == 0
            && back(&many) < 0.7 * back(world)
            && !lost
    });
}

#[test]
fn nirs_2025_a_backup_without_servers_takes_days_and_data_without_a_backup_are_gone() {
    let from = "data: {size: 858 TB}, place: [[daejeon/p71, 60, active], [daegu, 60, cold]]";
    let to = "data: {size: 858 TB, backup: {every: 1d}}, place: [[daejeon/p71, 60, active], [daegu, 60, cold], [gwangju, backup]]";
    assert!(NIRS.contains(from));
    let kept = common::world(&NIRS.replace(from, to));
    mostly(NIRS, 1, |world, seed| {
        let (_, report) = outcome(world, seed);
        let of = |key| figures(world, &report, key);
        let again = |key| of(key).serving_again.unwrap_or(Time::NEVER);
        let days = figures(&kept, &outcome(&kept, seed).1, "gdrive");
        of("gdrive").data_lost
            && of("gdrive").restored.is_none()
            && !of("burnt").data_lost
            && again("first") < again("burnt")
            && again("first") < again("beside")
            && !days.data_lost
            && days.restored.is_some_and(|at| hours(at) > 59.0 && hours(at) < 120.0)
    });
}

#[test]
fn roblox_2021_the_directory_is_back_in_an_hour_and_cold_caches_keep_players_out_for_the_night() {
    let with = |from: &str, to: &str| {
        assert!(ROBLOX.contains(from), "{from}");
        common::world(&ROBLOX.replace(from, to))
    };
    let seen =
        with("role: monitor, tier: 0, needs: [discovery], boots: [discovery]", "role: monitor, tier: 0");
    let warm = with("  - {at: 0s, crash: cache@main, mistake: true, noticed: false}\n", "");
    let shedding = with("tier: 1,", "tier: 1, shed: true,");
    mostly(ROBLOX, 1, |world, seed| {
        let of = |world, key| figures(world, &outcome(world, seed).1, key);
        let back = |world, key| hours(of(world, key).restored.unwrap_or(Time::NEVER));
        let known = |world| hours(of(world, "games").detected.unwrap_or(Time::NEVER));
        let games = |world| of(world, "games").serving_again.map(hours);
        back(world, "discovery") < 2.5
            && back(world, "games") > 5.0
            && back(&warm, "games") < 0.5 * back(world, "games")
            && games(&shedding) < games(world).map(|h| 0.5 * h)
            && known(&seen) < 0.1
            && known(world) > 5.0 * known(&seen)
    });
}

/// Every number that docs/closed-forms.md promises has the test that it names.
#[test]
fn known_answers_are_tested_under_the_names_given() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = std::fs::read_to_string(here.join("../docs/closed-forms.md")).unwrap();
    let tests: String = std::fs::read_dir(here.join("tests"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .chain([here.join("src/renamed.rs")])
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let named = document.lines().filter_map(|line| line.strip_prefix("| ")?.rsplit('`').nth(1));
    let names: Vec<&str> = named.filter(|name| name.contains('_')).collect();
    assert!(names.len() >= 40, "{} rows", names.len());
    for name in names {
        assert!(tests.contains(&format!("fn {name}(")), "no test is called {name}");
    }
}
