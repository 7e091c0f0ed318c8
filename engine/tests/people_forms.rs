//! Closed forms about people, reached through scenarios: who is there, who knows what, and how long it then takes.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking"
)]

mod common;

use bridge_engine::trace::{Change, CrewId, Stint, Subject, TaskKind};
use bridge_engine::world::{PoolId, TeamId};
use bridge_engine::{Time, Trace, World};
use common::{close, done, first, hours, mean, play, world};
use proptest::collection::vec;
use proptest::prelude::*;

/// A company in one building at two in the morning of a Wednesday, to which a case adds what it is about. Whatever fails
/// is known at once, nothing takes longer for want of practice, and a server serves as soon as it is started.
fn company(people: &str, services: &str, script: &str) -> World {
    world(&format!(
        "schema: bridge/1\nmeta: {{id: case, t0: \"2026-01-07T02:00+09:00\", horizon: 400h, seed: 1}}\n\
         demand: {{users: 1M}}\nsites:\n  s:\n    rooms: {{h: {{kind: hall}}}}\n    \
         power: {{utility: {{u: {{}}}}, panels: {{p: {{room: h}}}}}}\nservices: {{{services}}}\n\
         controls: {{boot: {{manual: 10m/server, time: 0s}}, detect: {{report_gap: 1ms}}}}\n\
         people: {{sigma: 0, drill: {{slow: 1, error: 0}}, {people}}}\nscript: [{script}]\n"
    ))
}

const CRASH: &str = "{at: 0s, crash: a@s}";

fn team(world: &World, key: &str) -> TeamId {
    TeamId(world.people.teams.iter().position(|t| t.key == key).expect(key) as u32)
}

fn boot(trace: &Trace) -> Vec<Stint> {
    trace.work.iter().copied().filter(|s| matches!(s.task.kind, TaskKind::Boot(_))).collect()
}

/// Hours after the start at which the last server of the first pool was started.
fn started(trace: &Trace) -> f64 {
    hours(done(trace, |t| matches!(t.kind, TaskKind::Boot(_))).expect("started"))
}

#[test]
fn a_stack_that_the_team_does_not_know_takes_so_many_times_as_long() {
    let length = |stacks: &str, factor: &str| {
        let people = format!("{factor} teams: {{t: {{hands: 10, stacks: [{stacks}]}}}}");
        let world = company(&people, "a: {users: 1, stack: java, place: [[s, 600]]}", CRASH);
        let trace = play(&world, 1);
        let rows = boot(&trace);
        rows[rows.len() - 1].to.since(rows[0].from).hours()
    };
    close(length("java", ""), 10.0, 1e-9);
    close(length("", ""), 10.0, 1e-9);
    close(length("cobol", ""), 20.0, 1e-9);
    close(length("cobol", "unknown_stack: 3.5,"), 35.0, 1e-9);
}

#[test]
fn the_work_on_a_service_is_its_own_teams() {
    let people = "teams: {ops: {hands: 10}, app: {hands: 5}}";
    let services = "a: {users: 1, team: app, place: [[s, 300]]}, b: {users: 1, place: [[s, 300]]}";
    let world = company(people, services, "{at: 0s, crash: a@s}, {at: 0s, crash: b@s}");
    let trace = play(&world, 1);
    let crews: Vec<CrewId> = boot(&trace).iter().map(|s| s.crew).collect();
    assert_eq!(crews, [CrewId::Team(team(&world, "app")), CrewId::Team(team(&world, "ops"))]);
    // Nobody lends a hand: five people need twice as long as ten.
    let lengths: Vec<f64> = boot(&trace).iter().map(|s| s.to.since(s.from).hours()).collect();
    close(lengths[0], 10.0, 1e-9);
    close(lengths[1], 5.0, 1e-9);
}

#[test]
fn what_waits_for_hands_waits_for_those_of_its_own_team() {
    let people = "teams: {ops: {hands: 10}, app: {hands: 1}}";
    let services = "a: {users: 1, team: app, place: [[s, 300]]}, b: {users: 1, team: app, place: [[s, 300]]}";
    let world = company(people, services, "{at: 0s, crash: a@s}, {at: 0s, crash: b@s}");
    let trace = play(&world, 1);
    let why = bridge_engine::why::why(
        &world,
        &trace,
        Subject::Service(common::service(&world, "b")),
        Time(3_600_000_000),
    );
    assert_eq!(why.blockers[0], bridge_engine::why::Blocker::Hands(team(&world, "app")));
}

#[test]
fn the_night_shift_does_what_three_can_until_the_others_come_at_seven() {
    // 100 hand-hours from two o'clock: 5 h × 3, then 85 h by seven.
    let services = "a: {users: 1, place: [[s, 600]]}";
    let night = "teams: {t: {hands: 7, shifts: [{from: 22, to: 7, hands: 3}]}}";
    let trace = play(&company(night, services, CRASH), 1);
    close(started(&trace), 5.0 + 85.0 / 7.0, 1e-6);
    let hands: Vec<f64> = boot(&trace).iter().map(|s| s.hands).collect();
    assert_eq!(hands, [3.0, 7.0]);
    // The same on a day on which nobody works at night; Wednesday is no weekend.
    for (days, expected) in [("work", 5.0 + 85.0 / 7.0), ("weekend", 100.0 / 7.0)] {
        let night =
            format!("teams: {{t: {{hands: 7, shifts: [{{from: 22, to: 7, hands: 3, days: {days}}}]}}}}");
        close(started(&play(&company(&night, services, CRASH), 1)), expected, 1e-6);
    }
    // Nobody at all until seven.
    let empty = "teams: {t: {hands: 7, shifts: [{from: 22, to: 7, hands: 0}]}}";
    close(started(&play(&company(empty, services, CRASH), 1)), 5.0 + 100.0 / 7.0, 1e-6);
}

#[test]
fn those_who_are_called_come_in_after_the_call_out_time_and_go_home_afterwards() {
    let people =
        "command: {ack: 10m}, teams: {t: {hands: 7, call_out: 2h, shifts: [{from: 0, to: 24, hands: 3}]}}";
    // Its users need every one of its servers: otherwise the incident, and the call, is over when it serves them all.
    let world = company(people, "a: {users: 1, load: 600, place: [[s, 600]]}", CRASH);
    for seed in 0..20 {
        let trace = play(&world, seed);
        let taken = first(&trace, |_, c| c == Change::Acknowledged).expect("taken").at;
        let came = first(&trace, |_, c| matches!(c, Change::CameIn(_))).expect("they come");
        assert_eq!(came.change, Change::CameIn(4));
        close(came.at.since(taken).hours(), 2.0, 1e-9);
        let from = boot(&trace)[0].from;
        let before = 3.0 * came.at.since(from).hours();
        close(started(&trace) - hours(came.at), (100.0 - before) / 7.0, 1e-6);
        assert_eq!(trace.staff[0].last().to_bits(), 3.0_f64.to_bits(), "home again");
    }
}

#[test]
fn a_change_of_shift_on_an_ordinary_day_is_no_event() {
    let night = "teams: {t: {hands: 7, shifts: [{from: 22, to: 7, hands: 3}]}}";
    let world = company(night, "a: {users: 1, place: [[s, 600]]}", "");
    let trace = play(&world, 1);
    assert!(trace.events.is_empty());
    assert!(trace.staff[0].points().len() > 30, "a night and a day for two weeks");
}

/// How many times as long it took for want of practice, and when it began.
fn clumsiness(world: &World, seed: u64) -> f64 {
    let trace = play(world, seed);
    let did = trace.work.iter().filter(|s| matches!(s.task.kind, TaskKind::Boot(PoolId(0))));
    did.map(|s| s.hands * s.to.since(s.from).hours()).sum::<f64>() / (f64::from(world.pools[0].servers) / 6.0)
}

/// A company in two sites of one region and one of another; people who never practised are 1.8 times as slow.
fn drilled(people: &str, crashes: &[&str], at: &str) -> World {
    let crashes: Vec<String> = crashes.iter().map(|c| format!("{{at: {at}, crash: {c}}}")).collect();
    let panel = "rooms: {h: {kind: hall}}, power: {utility: {u: {}}, panels: {p: {room: h}}}";
    world(&format!(
        "schema: bridge/1\nmeta: {{id: case, horizon: 366d, seed: 1}}\ndemand: {{users: 1M}}\nsites:\n  \
         s: {{region: q, {panel}}}\n  t: {{region: q, {panel}}}\n  u: {{region: r, {panel}}}\nservices:\n  \
         a: {{users: 1, load: 200, place: [[s, 60], [s, 60], [t, 70], [u, 10]]}}\n\
         controls: {{boot: {{manual: 10m/server, time: 0s}}, detect: {{report_gap: 1ms}}}}\n\
         people: {{sigma: 0, drill: {{slow: 1.8, error: 0, decay: 180d}}, {people}}}\nscript: [{}]\n",
        crashes.join(", ")
    ))
}

#[test]
fn skill_decays_from_the_last_drill_of_a_loss_as_large_as_this_one() {
    let slow = |days: f64| 1.8 - 0.8 * (-days / 180.0).exp();
    let (server, site, region) = (&["a@u"][..], &["a@s"][..], &["a@s", "a@t"][..]);
    let drill = |kind: &str| format!("drills: {{{kind}: {{every: 90d, last: 30d, hours: 100h}}}}");
    for (kind, hit, expected) in [
        ("monkey", site, 1.8),
        ("gorilla", site, slow(30.0)),
        ("kong", site, slow(30.0)),
        ("monkey", region, 1.8),
        ("gorilla", region, 1.8),
        ("kong", region, slow(30.0)),
    ] {
        close(clumsiness(&drilled(&drill(kind), hit, "0s"), 1), expected, 1e-6);
    }
    // Losing the only servers of a site is losing the site, however few they are.
    let alone = drilled(&drill("monkey"), server, "0s");
    let trace = play(&alone, 1);
    let hours: f64 = boot(&trace).iter().map(|s| s.hands * s.to.since(s.from).hours()).sum();
    close(hours, 10.0 / 6.0 * 1.8, 1e-6);
    // The calendar goes round: 30 days and 100 more are 40 after the last one.
    close(clumsiness(&drilled(&drill("gorilla"), site, "100d"), 1), slow(40.0), 1e-6);
    // The best of what was practised counts, and only for those who took part.
    let both =
        "teams: {ops: {hands: 10, drilled: 20d}}, drills: {gorilla: {every: 90d, last: 30d, hours: 1h}}";
    close(clumsiness(&drilled(both, site, "0s"), 1), slow(20.0), 1e-6);
    let others = "teams: {ops: {hands: 10}, app: {hands: 1}}, \
                  drills: {gorilla: {every: 90d, last: 30d, hours: 1h, teams: [app]}}";
    close(clumsiness(&drilled(others, site, "0s"), 1), 1.8, 1e-6);
}

#[test]
fn a_drill_of_the_script_is_remembered_from_when_it_is_over() {
    let after = |drill: &str| {
        let mut company = drilled("", &["a@s"], "100d");
        company.script =
            world(&DRILLED.replace("SCRIPT", &format!("{drill}, {{at: 100d, crash: a@s}}"))).script;
        let over = play(&company, 1).events.iter().find(|e| e.change == Change::Closed).map(|e| hours(e.at));
        (clumsiness(&company, 1), 100.0 - over.expect("over") / 24.0)
    };
    let slow = |days: f64| 1.8 - 0.8 * (-days / 180.0).exp();
    // Ten days before, for an hour, and until all is as it was.
    for drill in ["{at: 90d, gorilla: s}", "{at: 90d, gorilla: s, announced: true}"] {
        let (found, days) = after(drill);
        assert!((9.9..10.0).contains(&days));
        close(found, slow(days), 1e-6);
    }
    // One of a server teaches nothing about a site, and one that is still on nothing at all.
    close(after("{at: 90d, monkey: a@u, announced: true}").0, 1.8, 1e-9);
    close(after("{at: 2399h, gorilla: s, lasts: 9d}").0, 1.8, 1e-9);
}

/// The same company, for its script alone.
const DRILLED: &str = "schema: bridge/1\nmeta: {id: case, horizon: 366d}\ndemand: {users: 1}\nsites:\n  \
     s: {region: q, preset: tier1}\n  t: {region: q, preset: tier1}\n  u: {region: r, preset: tier1}\nservices:\n  \
     a: {users: 1, load: 200, place: [[s, 60], [s, 60], [t, 70], [u, 10]]}\nscript: [SCRIPT]\n";

#[test]
fn an_incident_comes_at_any_time_of_a_round_that_nobody_dates() {
    let world = drilled("drills: {gorilla: {every: 90d, hours: 1h}}", &["a@s"], "0s");
    let found: Vec<f64> = (0..400).map(|seed| clumsiness(&world, seed)).collect();
    assert!(found.iter().all(|f| (1.0..1.8 - 0.8 * (-0.5_f64).exp() + 1e-9).contains(f)));
    // e^(−t/180) averages 2 (1 − e^(−1/2)) over 90 days.
    let expected = 1.8 - 0.8 * 2.0 * (1.0 - (-0.5_f64).exp());
    let (average, error) = mean(&found);
    assert!((average - expected).abs() < 4.0 * error, "{average} ± {error}, expected {expected}");
}

#[test]
fn a_bridge_with_too_few_seats_slows_the_rest() {
    // 100 hours of work for 99 people, at half speed until they have moved; the hundredth starts the channel for ever.
    let services = "a: {users: 1, load: 59400, place: [[s, 59400]]}, \
                    chat: {role: chat, team: other, place: [[s, 100000]]}";
    let length = |channel: &str| {
        let people = format!(
            "channel: {{via: chat, slow: 2, {channel}}}, teams: {{t: {{hands: 99}}, other: {{hands: 1}}}}"
        );
        let world = company(&people, services, "{at: 0s, crash: chat@s}, {at: 0s, crash: a@s}");
        let trace = play(&world, 1);
        let rows: Vec<Stint> = boot(&trace).into_iter().filter(|s| s.hands > 1.0).collect();
        rows[rows.len() - 1].to.since(rows[0].from).hours()
    };
    let rate = |seats: f64| seats / 1.5 + (1.0 - seats) / 2.0;
    close(length("switch: 30m"), 0.5 + 99.75 / rate(1.0), 1e-6);
    close(length("switch: 30m, seats: 40"), 0.5 + 99.75 / rate(0.4), 1e-6);
    close(length("switch: 30m, seats: 400"), 0.5 + 99.75 / rate(1.0), 1e-6);
    close(length("switch: 30m, tried: 6m"), 0.1 + 99.95 / rate(1.0), 1e-6);
}

#[test]
fn authority_written_down_beforehand_saves_reaching_somebody() {
    let wait = |authority: &str| {
        let people = format!("command: {{ack: 5m, escalate: 20m, decide: 10m{authority}}}");
        let world = company(&people, "a: {users: 1, place: [[s, 60000]]}", CRASH);
        let waits: Vec<f64> = (0..400)
            .map(|seed| {
                let trace = play(&world, seed);
                let at = |what: Change| first(&trace, |_, c| c == what).map(|e| e.at.secs() / 60.0);
                assert_eq!(at(Change::Escalated).is_none(), !authority.is_empty());
                at(Change::Decided).expect("decided") - at(Change::Acknowledged).expect("taken")
            })
            .collect();
        mean(&waits)
    };
    for (authority, expected) in [("", 30.0), (", authority: delegated", 10.0)] {
        let (average, error) = wait(authority);
        assert!((average - expected).abs() < 4.0 * error, "{average} ± {error}, expected {expected}");
    }
}

#[test]
fn by_value_those_come_first_who_help_most_people_for_an_hour_of_work() {
    // A tenth of the users for 100 hours of work, six tenths for 100, three tenths for 10; and what c cannot start without.
    let services = "a: {users: 10%, shed: true, load: 600, place: [[s, 600]]}, b: {users: 60%, shed: true, load: 600, place: [[s, 600]]}, \
                    c: {users: 30%, shed: true, boots: [d], load: 60, place: [[s, 60]]}, d: {load: 6, place: [[s, 6]]}";
    let crashes = ["a", "b", "c", "d"].map(|s| format!("{{at: 0s, crash: {s}@s}}")).join(", ");
    let back = |priority: &str| {
        let people = format!(
            "command: {{ack: 0s, escalate: 0s, decide: 0s, commander_after: 0s{priority}}}, teams: {{t: {{hands: 10}}}}"
        );
        let world = company(&people, services, &crashes);
        let trace = play(&world, 1);
        let whole =
            |i: usize| hours(trace.shares[i].points().iter().rev().find(|p| p.1 >= 1.0).expect("whole").0);
        ([whole(0), whole(1), whole(2)], bridge_engine::report::user_minutes_lost(&trace, trace.horizon))
    };
    let (in_order, lost_in_order) = back("");
    let (by_value, lost_by_value) = back(", priority: value");
    for (found, expected) in in_order.iter().zip([10.0, 20.0, 21.1]) {
        assert!((found - expected).abs() < 0.15, "{in_order:?}");
    }
    for (found, expected) in by_value.iter().zip([21.1, 11.1, 1.1]) {
        assert!((found - expected).abs() < 0.15, "{by_value:?}");
    }
    assert!(lost_by_value < 0.7 * lost_in_order, "{lost_by_value} by value, {lost_in_order} in order");
}

#[test]
fn those_who_are_declared_come_first_in_that_order_and_with_them_what_they_start_from() {
    // Ten hours, twenty and, with half an hour for what it starts from, ten again: one after the other in the order declared.
    let servers = [("a", 600.0, ""), ("b", 1200.0, ""), ("c", 570.0, "boots: [d], "), ("d", 30.0, "")];
    let services: Vec<String> = servers
        .iter()
        .map(|(key, n, boots)| {
            format!("{key}: {{users: 10%, shed: true, {boots}load: {n}, place: [[s, {n}]]}}")
        })
        .collect();
    let crashes = servers.map(|of| format!("{{at: 0s, crash: {}@s}}", of.0)).join(", ");
    for order in [["a", "b", "c"], ["b", "c", "a"], ["c", "a", "b"], ["c", "b", "a"]] {
        let people = format!(
            "command: {{ack: 0s, escalate: 0s, decide: 0s, commander_after: 0s, priority: [{}]}}, teams: {{t: {{hands: 10}}}}",
            order.join(", ")
        );
        let world = company(&people, &services.join(", "), &crashes);
        let trace = play(&world, 1);
        let mut expected = 0.0;
        for key in order {
            let (hours, pool) = match key {
                "a" => (10.0, 0),
                "b" => (20.0, 1),
                _ => (10.0, 2),
            };
            expected += hours;
            let whole = done(&trace, |t| t.kind == TaskKind::Boot(PoolId(pool))).expect("started");
            // It takes seconds until somebody commands.
            assert!((common::hours(whole) - expected).abs() < 0.02, "{order:?}: {key} after {whole}");
        }
    }
}

#[test]
fn where_nothing_is_declared_the_lower_tier_comes_first_and_with_it_what_it_starts_from() {
    // Ten hours, twenty and, with half an hour for what it starts from, ten again: one after the other by tier.
    let back = |tiers: [u8; 3]| {
        let [a, b, c] = tiers;
        let services = format!(
            "a: {{users: 10%, shed: true, tier: {a}, load: 600, place: [[s, 600]]}}, \
             b: {{users: 10%, shed: true, tier: {b}, load: 1200, place: [[s, 1200]]}}, \
             c: {{users: 10%, shed: true, tier: {c}, boots: [d], load: 570, place: [[s, 570]]}}, \
             d: {{users: 10%, shed: true, tier: 3, load: 30, place: [[s, 30]]}}"
        );
        let crashes = ["a", "b", "c", "d"].map(|s| format!("{{at: 0s, crash: {s}@s}}")).join(", ");
        let people =
            "command: {ack: 0s, escalate: 0s, decide: 0s, commander_after: 0s}, teams: {t: {hands: 10}}";
        let trace = play(&company(people, &services, &crashes), 1);
        [0, 1, 2].map(|p| hours(done(&trace, |t| t.kind == TaskKind::Boot(PoolId(p))).expect("started")))
    };
    for (tiers, expected) in [
        ([1, 2, 3], [10.0, 30.0, 40.0]),
        ([3, 2, 1], [40.0, 30.0, 10.0]),
        ([2, 1, 3], [30.0, 20.0, 40.0]),
        ([2, 3, 0], [20.0, 40.0, 10.0]),
    ] {
        let found = back(tiers);
        assert!(found.iter().zip(expected).all(|(f, e)| (f - e).abs() < 0.02), "{tiers:?}: {found:?}");
    }
}

#[test]
fn a_chat_that_is_placed_is_what_the_teams_talk_on() {
    // 100 hours of work for 99 people, who talk on something that is down for ever, unless another carries it too.
    let length = |channel: &str, chats: &str| {
        let services = format!("a: {{users: 1, load: 59400, place: [[s, 59400]]}}, {chats}");
        let people = format!("channel: {{{channel}}}, teams: {{t: {{hands: 99}}, other: {{hands: 1}}}}");
        let world = company(&people, &services, "{at: 0s, crash: chat@s}, {at: 0s, crash: a@s}");
        let rows: Vec<Stint> = boot(&play(&world, 1)).into_iter().filter(|s| s.hands > 1.0).collect();
        rows[rows.len() - 1].to.since(rows[0].from).hours()
    };
    let down = "chat: {role: chat, team: other, place: [[s, 100000]]}";
    let other = "spare: {role: chat, place: [[s, 10]]}";
    let slow = 0.5 + 99.75 * 1.5;
    close(length("switch: 30m, slow: 2", down), slow, 1e-6);
    close(length("via: chat, switch: 30m, slow: 2", &format!("{down}, {other}")), slow, 1e-6);
    close(length("switch: 30m, slow: 2", &format!("{down}, {other}")), 100.0, 1e-6);
    close(length("switch: 30m, slow: 2", &down.replace("role: chat, ", "")), 100.0, 1e-6);
}

#[test]
fn a_mistake_may_stop_what_was_up() {
    let text = |harm: &str| {
        format!(
            "schema: bridge/1\nmeta: {{id: case, horizon: 400h}}\ndemand: {{users: 1M}}\nsites: {{s: {{}}, t: {{}}}}\nservices:\n  \
         a: {{users: 1, needs: [kv], place: [[s, 60000], [t, 60000, standby]]}}\n  kv: {{place: [[t, 10]]}}\n\
         controls: {{detect: {{report_gap: 1ms}}, promote: {{team: app}}}}\n\
         people: {{teams: {{ops: {{hands: 10}}, app: {{hands: 2}}}}, drill: {{error: 1{harm}}}}}\nscript: [{{at: 0s, crash: a@s}}]\n"
        )
    };
    let careful = play(&world(&text("")), 1);
    assert!(first(&careful, |_, c| matches!(c, Change::Redone(_))).is_some());
    assert!(first(&careful, |_, c| c == Change::Mistake).is_none());
    let world = world(&text(", harm: 1"));
    let trace = play(&world, 1);
    let mistake = first(&trace, |_, c| c == Change::Mistake).expect("it happens");
    let cause = &trace.events[mistake.causes[0].0 as usize];
    assert!(matches!(cause.change, Change::Redone(_)), "{cause:?}");
    let Subject::Pool(pool) = mistake.subject else { panic!("{mistake:?}") };
    assert!(trace.servers_up[pool.index()].at(mistake.at) < 1.0, "and it stops");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// Hands are conserved: no more at work than are there, each doing one thing, and what they did is what was asked.
    #[test]
    fn hands_are_conserved(
        teams in vec((1..40_u32, 0..40_u32, 0..24_u32, 0..24_u32), 1..4),
        services in vec((1..400_u32, 0..4_usize, prop::bool::ANY), 1..12),
        commander in prop::bool::ANY,
        seed in any::<u64>(),
    ) {
        let of = |i: usize| format!("t{}", i % teams.len());
        let crews: Vec<String> = teams.iter().enumerate().map(|(i, (hands, shift, from, to))| {
            let shift = shift.min(hands);
            format!("t{i}: {{hands: {hands}, stacks: [known], shifts: [{{from: {from}, to: {to}, hands: {shift}}}]}}")
        }).collect();
        let placed: Vec<String> = services.iter().enumerate().map(|(i, (servers, team, known))| {
            let stack = if *known { "known" } else { "other" };
            format!("a{i}: {{users: 1, stack: {stack}, team: {}, place: [[s, {servers}]]}}", of(*team))
        }).collect();
        let crashes: Vec<String> = (0..services.len()).map(|i| format!("{{at: {i}h, crash: a{i}@s}}")).collect();
        let command = if commander { "command: {commander_after: 1h, priority: [a0]}," } else { "" };
        let people = format!("{command} teams: {{{}}}", crews.join(", "));
        let world = company(&people, &placed.join(", "), &crashes.join(", "));
        let trace = play(&world, seed);
        for (i, (busy, there)) in trace.hands.iter().zip(&trace.staff).enumerate() {
            for at in busy.points().iter().chain(there.points()).map(|p| p.0) {
                prop_assert!(busy.at(at) <= there.at(at), "no more at work than are there");
                let own = trace.work.iter().filter(|s| s.crew == CrewId::Team(TeamId(i as u32)));
                let at_work: f64 = own.filter(|s| s.from <= at && at < s.to).map(|s| s.hands).sum();
                prop_assert!((at_work - busy.at(at)).abs() < 1e-9 || at >= trace.horizon, "each on one thing");
            }
        }
        for event in &trace.events {
            let Change::Done(task) = event.change else { continue };
            let TaskKind::Boot(pool) = task.kind else { continue };
            let did = trace.work.iter().filter(|s| s.task == task);
            let hand_hours: f64 = did.map(|s| s.hands * s.to.since(s.from).hours()).sum();
            let service = &world[world[pool].service];
            let factor = if service.stack.as_deref() == Some("known") { 1.0 } else { 2.0 };
            let asked = f64::from(world[pool].servers) / 6.0 * factor;
            prop_assert!((hand_hours - asked).abs() < 1e-6 * asked + 1e-6, "{hand_hours} done, {asked} asked");
        }
    }
}
