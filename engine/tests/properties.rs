//! What must hold for every company and every incident.

mod common;

use std::fmt::Write;

use bridge_engine::trace::{Change, SiteState, Subject, Task, TaskKind};
use bridge_engine::world::{Action, ElementId, Incident, PoolId, RoomId, ServiceId};
use bridge_engine::{Time, Trace, World, run};
use common::{KAKAO, play, world};
use proptest::collection::vec;
use proptest::prelude::*;

/// A company of any shape: sites, services that lean on each other in any way, circles included, and any incidents.
#[derive(Clone, Debug)]
struct Company {
    sites: usize,
    services: Vec<Member>,
    incidents: Vec<(u32, u8, u32)>,
    seed: u64,
}

#[derive(Clone, Debug)]
struct Member {
    needs: Vec<(usize, bool)>,
    boots: Vec<usize>,
    pools: Vec<(usize, u32, bool)>,
    role: usize,
    quorum: bool,
    users: u8,
    data: bool,
}

const ROLES: [&str; 8] = ["", "", "", "monitor", "controller", "deploy", "registry", "chat"];
const PRESETS: [&str; 3] = ["tier1", "tier2", "tier3"];

fn member() -> impl Strategy<Value = Member> {
    (
        vec((any::<usize>(), any::<bool>()), 0..3),
        vec(any::<usize>(), 0..3),
        vec((any::<usize>(), 1..2000_u32, any::<bool>()), 1..4),
        0..ROLES.len(),
        prop::bool::weighted(0.1),
        0..=100_u8,
        prop::bool::weighted(0.2),
    )
        .prop_map(|(needs, boots, pools, role, quorum, users, data)| Member {
            needs,
            boots,
            pools,
            role,
            quorum,
            users,
            data,
        })
}

fn company() -> impl Strategy<Value = Company> {
    (1..4_usize, vec(member(), 1..9), vec((0..48 * 60_u32, any::<u8>(), any::<u32>()), 0..4), any::<u64>())
        .prop_map(|(sites, services, incidents, seed)| Company { sites, services, incidents, seed })
}

impl Company {
    /// The document; services in the order given.
    fn text(&self, order: &[usize]) -> String {
        let mut text = String::from(
            "schema: bridge/1\nmeta: {id: any, t0: \"2022-10-15T15:00+09:00\", horizon: 96h, seed: 1}\n\
             demand: {users: 1M, shape: diurnal, trough: 0.4}\nregions: {r: {}}\nsites:\n",
        );
        for site in 0..self.sites {
            let _ = writeln!(text, "  site{site}: {{region: r, preset: {}}}", PRESETS[site % 3]);
        }
        text.push_str("services:\n");
        for &i in order {
            self.service(&mut text, i);
        }
        text.push_str("controls: {bypass: {default: 6h}}\npeople: {teams: {ops: {hands: 12}}}\n");
        text
    }

    fn service(&self, text: &mut String, i: usize) {
        let member = &self.services[i];
        let n = self.services.len();
        let other = |k: usize| k % n;
        let mut needs: Vec<String> = Vec::new();
        for &(k, soft) in member.needs.iter().filter(|(k, _)| other(*k) != i) {
            let key = format!("s{}", other(k));
            if !needs.iter().any(|n| n.trim_start_matches('~') == key) {
                needs.push(if soft { format!("~{key}") } else { key });
            }
        }
        let needs: Vec<String> = needs.into_iter().map(|n| format!("\"{n}\"")).collect();
        let mut boots: Vec<String> =
            member.boots.iter().map(|&k| other(k)).filter(|&k| k != i).map(|k| format!("s{k}")).collect();
        boots.sort();
        boots.dedup();
        let place: Vec<String> = member
            .pools
            .iter()
            .enumerate()
            .map(|(p, &(site, servers, standby))| {
                let role = if standby && p > 0 { "standby" } else { "active" };
                format!("[site{}, {servers}, {role}]", site % self.sites)
            })
            .collect();
        let _ = write!(
            text,
            "  s{i}: {{users: {}%, needs: [{}], boots: [{}]",
            member.users,
            needs.join(", "),
            boots.join(", ")
        );
        let _ = write!(text, ", place: [{}]", place.join(", "));
        if !ROLES[member.role].is_empty() {
            let _ = write!(text, ", role: {}", ROLES[member.role]);
        }
        if member.quorum {
            let voters: u32 = member.pools.iter().map(|p| p.1).sum();
            let _ = write!(text, ", quorum: {voters}");
        }
        if member.data {
            text.push_str(", data: {size: 10 TB, check_rate: 1 GB/s}");
        }
        text.push_str("}\n");
    }

    fn in_order(&self) -> Vec<usize> {
        (0..self.services.len()).collect()
    }

    /// Incidents on things that exist.
    fn afflict(&self, world: &mut World) {
        let mut script: Vec<Incident> = self
            .incidents
            .iter()
            .map(|&(minute, kind, target)| {
                let pick = |n: usize| target as usize % n;
                let action = match kind % 3 {
                    0 => Action::Ignite(RoomId::at(pick(world.rooms.len()))),
                    1 => Action::Trip(ElementId::at(pick(world.elements.len()))),
                    _ => Action::Crash(PoolId::at(pick(world.pools.len()))),
                };
                Incident { at: Time(u64::from(minute) * 60_000_000), action }
            })
            .collect();
        script.sort();
        world.script = script;
    }
}

/// What holds in every trace.
fn sound(world: &World, trace: &Trace) {
    let mut before = Time::ZERO;
    for (i, event) in trace.events.iter().enumerate() {
        assert!(event.at >= before, "time goes forwards");
        before = event.at;
        assert!(event.causes.iter().all(|c| (c.0 as usize) < i), "causes come first");
        if event.causes.is_empty() && !matches!(event.change, Change::Incident(_)) {
            // Only the calendar: a service that cannot carry the hour's load, and what follows from noticing it.
            assert!(matches!(event.subject, Subject::Service(_)), "{event:?} has no cause");
        }
        if let Change::Started(Task { kind: TaskKind::Boot(pool), by_hand: true }) = event.change {
            let site = trace.sites[world[pool].site.index()].at(event.at);
            assert!(
                matches!(site, SiteState::Ok | SiteState::Recovering),
                "hands in a building that is {site:?}"
            );
        }
    }
    for series in trace.shares.iter().chain(&trace.own) {
        assert!(series.points().iter().all(|p| (0.0..=1.0).contains(&p.1)));
    }
    for (pool, series) in world.pools.iter().zip(&trace.servers_up) {
        assert!(series.points().iter().all(|p| (0.0..=f64::from(pool.servers)).contains(&p.1)));
    }
    for (share, own) in trace.shares.iter().zip(&trace.own) {
        assert!(
            share.points().iter().all(|p| p.1 <= own.at(p.0) + 1e-9),
            "served at most what it could serve"
        );
    }
    for (team, busy) in world.people.teams.iter().zip(&trace.hands) {
        assert!(
            busy.points().iter().all(|p| p.1 <= f64::from(team.hands) + 1e-9),
            "no more hands than people"
        );
    }
    assert!(trace.affected.points().iter().all(|p| (0.0..=world.demand.users).contains(&p.1)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn any_company_under_any_incident_is_sound(company in company()) {
        let mut world = world(&company.text(&company.in_order()));
        company.afflict(&mut world);
        let trace = play(&world, company.seed);
        sound(&world, &trace);
        prop_assert_eq!(trace.hash(), play(&world, company.seed).hash());
        let report = bridge_engine::report::report(&world, &trace);
        for (i, figures) in report.services.iter().enumerate() {
            prop_assert!((0.0..=1.0 + 1e-9).contains(&figures.availability));
            let subject = Subject::Service(ServiceId::at(i));
            for t in [Time::ZERO, Time(trace.horizon.0 / 7), Time(trace.horizon.0 / 2), trace.horizon] {
                let why = bridge_engine::why::why(&world, &trace, subject, t);
                prop_assert!(why.chain.windows(2).all(|w| w[0] < w[1]), "a chain goes forwards");
            }
        }
    }

    #[test]
    fn the_order_of_a_document_changes_nothing(company in company(), turn in 0..8_usize) {
        let mut turned = company.in_order();
        turned.rotate_left(turn % company.services.len());
        let mut a = world(&company.text(&company.in_order()));
        let mut b = world(&company.text(&turned));
        company.afflict(&mut a);
        company.afflict(&mut b);
        prop_assert_eq!(play(&a, company.seed).hash(), play(&b, company.seed).hash());
    }

    #[test]
    fn an_isolated_service_leaves_every_other_as_it_was(company in company()) {
        let text = company.text(&company.in_order());
        let mut alone = world(&text);
        // Sorts last, so that every other id stays what it was; hit by nothing that the others are hit by.
        let more = text.replace("regions: {r: {}}\n", "regions: {r: {}, z: {}}\n").replace(
            "services:\n",
            "  zz: {region: z, preset: tier1}\nservices:\n  zz: {users: 0%, place: [[zz, 10]]}\n",
        );
        let mut joined = world(&more);
        company.afflict(&mut alone);
        joined.script = alone.script.clone();
        let (a, b) = (play(&alone, company.seed), play(&joined, company.seed));
        for i in 0..alone.services.len() {
            prop_assert_eq!(&a.shares[i], &b.shares[i]);
        }
    }
}

#[test]
fn a_fork_keeps_the_past() {
    let mut world = world(KAKAO);
    let before = play(&world, 1);
    let at = Time(6 * 3_600_000_000);
    world.script.push(Incident { at, action: Action::Crash(PoolId(0)) });
    let after = play(&world, 1);
    let past = |trace: &Trace| trace.events.iter().take_while(|e| e.at < at).cloned().collect::<Vec<_>>();
    assert_eq!(past(&before), past(&after));
    assert_ne!(before.hash(), after.hash());
}

#[test]
fn the_seed_is_the_only_luck() {
    let world = world(KAKAO);
    assert_eq!(run(&world, &world.script, 7).hash(), run(&world, &world.script, 7).hash());
    assert_ne!(run(&world, &world.script, 7).hash(), run(&world, &world.script, 8).hash());
}
