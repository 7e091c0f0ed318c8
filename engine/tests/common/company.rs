//! Companies of any shape, for what must hold for all of them.

use std::fmt::Write;

use bridge_engine::world::{
    Action, ElementId, Incident, Line, Origin, PoolId, RoomId, Scope, ShockId, SiteId,
};
use bridge_engine::{Span, Time, World};
use proptest::collection::vec;
use proptest::prelude::*;

/// A company of any shape: sites, services that lean on each other in any way, circles included, and any incidents.
#[derive(Clone, Debug)]
pub struct Company {
    pub sites: usize,
    pub services: Vec<Member>,
    pub incidents: Vec<(u32, u8, u32)>,
    pub seed: u64,
    /// Buildings in which smoke, water, heat and returning power reach the servers.
    pub hazards: bool,
}

/// What every kind of building can have beside what it has.
const HAZARDS: &str = ", fire: {smoke: [[BATTERY, hall, {mean: 20m}]], leaks: [[BATTERY, hall, {mean: 1h}]], early: {works: 0.2}, water: {cut: zone, known: false, shape: 2}}, \
    power: {chillers: {cold: {n: 3, need: 2, restart: {manual: 10m}}}, restore: {sequenced: false, surge: 10%}}, shutdown: false, hardware: {spares: 5, lead: 6h}";

/// Who runs a building, and whose hands work in it.
const LANDLORDS: [&str; 4] = [
    "",
    ", operator: colocation, landlord: {entry: 2h}",
    ", operator: colocation, landlord: {entry: 3h, hands: 1}",
    ", operator: managed",
];

#[derive(Clone, Debug)]
pub struct Member {
    needs: Vec<(usize, bool)>,
    boots: Vec<usize>,
    pools: Vec<(usize, u32, usize)>,
    role: usize,
    quorum: bool,
    users: u8,
    data: bool,
    shed: bool,
    retries: u32,
    backlog: u8,
}

const ROLES: [&str; 12] =
    ["", "", "", "monitor", "controller", "deploy", "registry", "chat", "network", "dns", "config", "admin"];
const PRESETS: [&str; 3] = ["tier1", "tier2", "tier3"];

fn member() -> impl Strategy<Value = Member> {
    (
        vec((any::<usize>(), any::<bool>()), 0..3),
        vec(any::<usize>(), 0..3),
        vec((any::<usize>(), 1..2000_u32, 0..9_usize), 1..4),
        0..ROLES.len(),
        prop::bool::weighted(0.1),
        0..=100_u8,
        prop::bool::weighted(0.2),
        (any::<bool>(), 0..6_u32, 0..12_u8),
    )
        .prop_map(|(needs, boots, pools, role, quorum, users, data, (shed, retries, backlog))| Member {
            needs,
            boots,
            pools,
            role,
            quorum,
            users,
            data,
            shed,
            retries,
            backlog,
        })
}

pub fn company() -> impl Strategy<Value = Company> {
    (1..4_usize, vec(member(), 1..9), vec((0..48 * 60_u32, any::<u8>(), any::<u32>()), 0..4), any::<u64>())
        .prop_map(|(sites, services, incidents, seed)| Company {
            sites,
            services,
            incidents,
            seed,
            hazards: false,
        })
}

impl Member {
    /// It carries no packets.
    pub fn carries_nothing(&mut self) {
        if ROLES[self.role] == "network" {
            self.role = 0;
        }
    }

    /// One pool, no job for the others, nothing that retries could overrun: there is one way back.
    pub fn only_way(&mut self) {
        self.pools.truncate(1);
        self.role = 0;
        self.quorum = false;
        self.shed = true;
        self.backlog = 9;
    }
}

impl Company {
    /// The document; services in the order given.
    pub fn text(&self, order: &[usize]) -> String {
        let mut text = String::from(
            "schema: bridge/1\nmeta: {id: any, t0: \"2022-10-15T15:00+09:00\", horizon: 96h, seed: 1}\n\
             demand: {users: 1M, shape: diurnal, trough: 0.4}\nregions: {r: {shocks: {q: {hits: 50%, does: site, lasts: 90m}}}}\nsites:\n",
        );
        for site in 0..self.sites {
            let doors = if (self.seed >> site).is_multiple_of(3) { ", doors: admin" } else { "" };
            let landlord = LANDLORDS[(self.seed >> (20 + 2 * site)) as usize % LANDLORDS.len()];
            let battery = if site % 3 == 2 { "bat-a" } else { "bat" };
            let hazards = if self.hazards { HAZARDS.replace("BATTERY", battery) } else { String::new() };
            let _ = writeln!(
                text,
                "  site{site}: {{region: r, preset: {}{doors}{landlord}{hazards}}}",
                PRESETS[site % 3]
            );
        }
        text.push_str("services:\n");
        for &i in order {
            self.service(&mut text, i);
        }
        let guard = match self.seed / 8 % 4 {
            0 => "fence".to_owned(),
            1 => format!("witness, witness: site{}", self.sites - 1),
            _ => "none".to_owned(),
        };
        let _ = writeln!(
            text,
            "controls: {{bypass: {{default: 6h}}, detect: {{observers: {}, false_alarms: {}}}, \
             promote: {{guard: {guard}, hold_down: {}h}}, after: {{integrity: 3h, security: 5h}}}}\npeople: {{teams: {{ops: {{hands: 12}}}}}}",
            self.seed / 32 % 2 + 1,
            self.seed / 64 % 3 * 300,
            self.seed / 256 % 3,
        );
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
            .map(|(p, &(site, servers, role))| {
                let site = site % self.sites;
                match (role, p) {
                    (0..4, _) | (_, 0) => format!("[site{site}, {servers}, active]"),
                    (6, _) if !member.quorum => format!("[site{site}, {servers}, pilot]"),
                    (7, _) if !member.quorum => format!("[site{site}, {servers}, cold]"),
                    (8, _) if !member.quorum => format!("[site{site}, backup]"),
                    _ => format!("[site{site}, {servers}, standby]"),
                }
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
        text.push_str(if member.users % 7 == 3 { ", staff: 10m" } else { "" });
        let watched = member.users.is_multiple_of(5) && self.seed.is_multiple_of(2);
        text.push_str(if watched { ", watchdog: 90s" } else { "" });
        if member.quorum {
            let voters: u32 = member.pools.iter().map(|p| p.1).sum();
            let _ = write!(text, ", quorum: {voters}");
        }
        let _ = write!(text, ", shed: {}, retry: {{max: {}}}", member.shed, member.retries);
        let cached = needs.first().filter(|_| member.backlog % 3 == 2);
        if let Some(of) = cached {
            let of = of.trim_matches('"').trim_start_matches('~');
            let _ = write!(text, ", cache: {{of: {of}, hit: 80%, warm: 20m}}");
        }
        match member.backlog {
            0 if !member.quorum => text.push_str(", backlog: {}"),
            1 if !member.quorum => text.push_str(", backlog: {limit: 1h}"),
            _ => {}
        }
        let kept = place.iter().any(|place| place.ends_with("backup]"));
        if member.data || kept {
            let data = match member.users % 7 {
                0 => "size: 10 TB, check_rate: 1 GB/s",
                1 => "size: 1 TB, replication: {async: 30s}, catch_up: 3",
                4 => "size: 1 TB, replication: {semi_sync: 10s}, conflicts: {writes: 10/s, keys: 1M}",
                5 => {
                    "size: 1 TB, replication: {async: 1s}, send: {writes: 30MB/s, rate: 20MB/s}, \
                     conflicts: {writes: 5/s, keys: 10k, effort: 2m}"
                }
                6 => {
                    "size: 1 TB, replication: {async: 2s}, check_rate: 1 GB/s, send: {writes: 10MB/s, rate: 25MB/s}"
                }
                2 => "size: 1 TB, replication: sync, check_rate: 1 GB/s, backup: {every: 2h}",
                _ => "size: 1 TB, backup: {every: 1h, delay: 5m, fetch: 2h, verify: 1 GB/s}, start_empty: 3h",
            };
            let _ = write!(text, ", data: {{{data}}}");
        }
        text.push_str("}\n");
    }

    pub fn in_order(&self) -> Vec<usize> {
        (0..self.services.len()).collect()
    }

    /// Incidents on things that exist.
    pub fn afflict(&self, world: &mut World) {
        let mut script: Vec<Incident> = self
            .incidents
            .iter()
            .map(|&(minute, kind, target)| {
                let pick = |n: usize| target as usize % n.max(1);
                let (site, next) = (pick(world.sites.len()), pick(world.sites.len() - 1) + 1);
                let line = match target / 7 % 3 {
                    0 if site < next && next < world.sites.len() => {
                        Line::Between(SiteId::at(site), SiteId::at(next))
                    }
                    1 => Line::Users(SiteId::at(site)),
                    _ => Line::All(SiteId::at(site)),
                };
                let lasts = (target / 3 % 2 == 0).then(|| Span::from_mins(u64::from(target % 500)));
                let action = match kind % 8 {
                    0 => Action::Ignite(RoomId::at(pick(world.rooms.len()))),
                    1 => Action::Trip(ElementId::at(pick(world.elements.len()))),
                    2 => Action::Crash(PoolId::at(pick(world.pools.len()))),
                    3 => Action::Kill(PoolId::at(pick(world.pools.len()))),
                    4 => Action::Cut(line, lasts),
                    5 => Action::Fail(ElementId::at(pick(world.elements.len())), lasts),
                    6 => Action::Shock(ShockId(0)),
                    _ => Action::Heal(line),
                };
                let origin = match target / 11 % 5 {
                    0 => Origin::Mistake { noticed: true },
                    1 => Origin::Drill { scope: Scope::Site, announced: true },
                    _ => Origin::Chance,
                };
                Incident { at: Time(u64::from(minute) * 60_000_000), action, origin }
            })
            .collect();
        script.sort();
        world.script = script;
    }
}
