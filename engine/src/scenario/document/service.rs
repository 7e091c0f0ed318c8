//! Services, what they lean on, and where they stand.

use crate::scenario::diagnostic::Problem;
use crate::scenario::quantity::{
    ByteRate, Bytes, Duration, Factor, Interval, Keys, Lifetime, Load, Number, Rate, Ratio, Retries, Servers,
    Tier, Voters,
};
use crate::scenario::read::{Cx, Name, Preset, Read};
use crate::scenario::record::{choices, records};
use crate::scenario::shape::{FieldShape, Presence, RecordShape, Shape, plain};
use crate::scenario::tree::{At, Value};
use crate::world::{PoolRole, Replication, Role, Text};

records! {
    /// Something people use, or what that stands on.
    ServiceDoc {
        /// Name. Left out, the key.
        name: Text = optional;
        /// Its job for the others, if it has one.
        role: Role = optional;
        /// 0: the tools; 1: what the company is; 2, 3: the rest. What comes first where the command declares no priority. Left
        /// out, 0 with a role, else 2.
        tier: Tier = optional;
        /// Share of all users who use it.
        users: Ratio = default "0";
        /// What it leans on while it serves.
        needs: Vec<NeedDoc> = empty;
        /// What must serve before it can start.
        boots: Vec<Name> = empty;
        /// Where its servers stand.
        place: Vec<PlaceDoc> = required "[[main, 10]]";
        /// Voters, if it needs a majority of them to serve: its servers are the voters.
        quorum: Voters = optional;
        /// What it stores.
        data: DataDoc = optional;
        /// Servers' worth of work at the daily peak. Left out, its active servers times `defaults.util_peak`.
        load: Load = optional;
        /// Whether it rejects what is too much for it, for next to nothing, and goes on serving what it can. Left out,
        /// `defaults.shed`.
        shed: bool = optional;
        /// How often whoever calls it and gets no answer asks again.
        retry: RetryParts = empty;
        /// Work that cannot be done at once waits instead of failing: messages, mail, batches. Whoever hands it over goes on
        /// without waiting for it. Left out, it fails.
        backlog: BacklogDoc = optional;
        /// Answers of another service that its servers keep by them. Left out, none.
        cache: CacheDoc = optional;
        /// What was promised.
        objective: ObjectiveDoc = optional;
        /// How its servers break by themselves. Left out, only when something happens to them.
        wear: WearDoc = optional;
        /// The company's own people use it, and notice its loss after so long on average, monitor or not. Left out, they do not.
        staff: Interval = optional;
        /// A watchdog stops all its servers and starts them again whenever the monitor has taken it for down for so long. Left
        /// out, there is none.
        watchdog: Duration = optional;
        /// What it is built on: people who do not know that take `people.unknown_stack` times as long. Left out, what
        /// everybody knows.
        stack: Name = optional;
        /// Who does the work on it. Left out, the teams that `controls` names.
        team: Name = optional;
    }

    /// How often whoever calls a service and gets no answer asks again. What is left out is as in `defaults.retry`.
    RetryParts {
        /// Retries of one request at most.
        max: Retries = optional;
        /// Wait before the first retry.
        backoff: Interval = optional;
        /// Retries at most for each first attempt, all callers together.
        budget: Ratio = optional;
    }

    /// Answers of another service that servers keep by them. Servers that start have none, and call it more often until they
    /// do. The load on it is stated for warm caches.
    CacheDoc {
        /// Whose answers: one of what the service needs.
        of: Name = required "db";
        /// Share of what is looked up that is in a warm one.
        hit: Ratio = default "0.9";
        /// Time constant of filling it while the service serves its daily peak; less served, longer.
        warm: Interval = default "30m";
    }

    /// Work that waits for a service.
    BacklogDoc {
        /// Room for so much of the daily peak's work; the rest is turned away. Left out, there is always room.
        limit: Interval = optional;
        /// Whoever does it looks this often whether any is left: a backlog lasts at least so long.
        look: Interval = default "1s";
    }

    /// How a service's servers break by themselves, one at a time, and are repaired. Both times are exponential.
    WearDoc {
        /// Mean time between failures of one server that runs.
        mtbf: Lifetime = required "4y";
        /// Mean work of one hand to repair one, done by whoever starts the service's servers.
        repair: Duration = required "2h";
    }

    /// What a service stores.
    DataDoc {
        /// How copies are kept.
        replication: Replication = default "none";
        /// How much.
        size: Bytes = default "0B";
        /// What a check after an unclean stop reads. Left out, no check is needed.
        check_rate: ByteRate = optional;
        /// A copy that fell behind takes in so many seconds of writes in a second.
        catch_up: Factor = default "8";
        /// How fast writes are sent to other copies, and how fast they come: a copy takes in `rate / writes` seconds of
        /// writes in a second. Left out, `catch_up`.
        send: SendDoc = optional;
        /// What it takes to put together what two sides wrote apart. Left out, nobody counts.
        conflicts: ConflictsDoc = optional;
        /// Snapshots, and how a copy is restored.
        backup: BackupDoc = empty;
        /// Mean time from the go until people start without data once no copy is left. Left out, they never do.
        start_empty: Duration = optional;
    }

    /// How fast writes are sent to other copies. Where they come faster than that, copies fall behind all the time.
    SendDoc {
        /// What is written, while the service serves anything.
        writes: ByteRate = required "40MB/s";
        /// What can be sent.
        rate: ByteRate = required "100MB/s";
    }

    /// Keys that two sides both write while they do not reach each other. Each key is written as often as any other.
    ConflictsDoc {
        /// Writes, of all sides together.
        writes: Rate = required "200/s";
        /// Keys.
        keys: Keys = required "10M";
        /// A person's work to put one right.
        effort: Duration = default "1m";
    }

    /// Snapshots of what a service stores, and how an empty pool is filled from one or from another copy.
    BackupDoc {
        /// From one to the next. Left out, none are taken, unless somewhere is named to keep them: then one a day.
        every: Interval = optional;
        /// From the moment of one until it is whole and safe where it is kept.
        delay: Duration = default "0s";
        /// The site that keeps them, as `[site, backup]` under `place`. Left out, such a place, else a vault elsewhere.
        at: Name = optional;
        /// What a restore moves. Left out, all of it.
        size: Bytes = optional;
        /// What one stream copies.
        rate: ByteRate = default "400MB/s";
        /// Streams at once.
        streams: Number = default "10";
        /// A person's work until tapes from a vault are where the servers stand.
        fetch: Duration = default "0s";
        /// What is read back before a restored copy is trusted. Left out, nobody does.
        verify: ByteRate = optional;
    }

    /// What was promised.
    ObjectiveDoc {
        /// Longest loss accepted.
        rto: Duration = required "1h";
        /// Longest stretch of writes that may vanish. Left out, nothing is promised of it.
        rpo: Duration = optional;
        /// Share of a year's demand that is to be served; what may be lost is the error budget. Left out, no budget is
        /// counted.
        slo: Ratio = optional;
    }

    /// A serving dependency, in full.
    NeedParts {
        /// What is leant on.
        on: Name = required "cache";
        /// Share lost without it. Left out, everything: the dependency is hard.
        soft: Ratio = optional;
        /// Share of the load on it that comes from here. Left out, by the number of users behind each caller.
        calls: Ratio = optional;
    }

    /// Servers at a place, in full.
    PlaceParts {
        /// Where: `site`, `site/panel`, or `site/panel+panel` for servers with two cords.
        at: Name = required "main";
        /// How many. Left out only for `backup`, which has none.
        servers: Servers = optional;
        /// How many of a pilot run on an ordinary day. Left out, one in ten.
        running: Servers = optional;
        /// What they do on an ordinary day.
        role: PoolRole = default "active";
    }
}

choices! {
    Role, "Role", {
        "network" => Self::Network, "Carries packets.";
        "dns" => Self::Dns, "Answers names.";
        "config" => Self::Config, "Holds settings.";
        "monitor" => Self::Monitor, "Sees that something is down.";
        "controller" => Self::Controller, "Wakes standbys.";
        "deploy" => Self::Deploy, "Starts servers.";
        "registry" => Self::Registry, "Holds the images servers start from.";
        "admin" => Self::Admin, "Lets administrators in.";
        "chat" => Self::Chat, "What the teams talk on, unless `people.channel.via` names something else.";
    }
    PoolRole, "PoolRole", {
        "active" => Self::Active, "Serve.";
        "standby" => Self::Standby, "Run, ready to be promoted.";
        "pilot" => Self::Pilot, "A few run, ready to be promoted; the rest is installed once needed.";
        "cold" => Self::Cold, "Stand empty, off: installed, loaded with data and started once needed.";
        "backup" => Self::Backup, "No servers: a copy of the data.";
    }
}

/// A serving dependency: `auth`, `~cache`, or `{on: cache, soft: 0.3}`.
#[derive(Clone, Debug, PartialEq)]
pub struct NeedDoc {
    /// What is leant on.
    pub on: Name,
    /// How much.
    pub weight: Weight,
    /// Share of the load on it that comes from here.
    pub calls: Option<f64>,
}

/// How much a service leans on another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Weight {
    /// Nothing works without it.
    Hard,
    /// The document's default share is lost without it.
    SoftDefault,
    /// This share is lost without it.
    Soft(f64),
}

impl Read for NeedDoc {
    fn read(cx: &mut Cx<'_>, at: At) -> Self {
        if matches!(cx.tree.value(at), Value::Map(_)) {
            let parts = NeedParts::read(cx, at);
            let weight = parts.soft.map_or(Weight::Hard, |share| Weight::Soft(share.0));
            return Self { on: parts.on, weight, calls: parts.calls.map(|share| share.0) };
        }
        let name = Name::read(cx, at);
        match name.text.strip_prefix('~') {
            Some(soft) => {
                let on = Name { spot: at, text: soft.trim_start().to_owned() };
                Self { on, weight: Weight::SoftDefault, calls: None }
            }
            None => Self { on: name, weight: Weight::Hard, calls: None },
        }
    }
    fn shape() -> Shape {
        let short = plain(
            "Need",
            ("a service, with ~ in front for a soft dependency", "서비스 이름, 선택 의존이면 앞에 ~"),
            "auth, ~cache",
        );
        Shape::OneOf("NeedWays", vec![short, NeedParts::shape()])
    }
}

/// Servers at a place: `[site/panel, 40, active]` or the same as keys; `[site, backup]` for data alone.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceDoc {
    /// Where it is written.
    pub spot: At,
    /// Site and panels.
    pub at: Name,
    /// How many.
    pub servers: u32,
    /// How many of them run on an ordinary day.
    pub running: u32,
    /// What they do on an ordinary day.
    pub role: PoolRole,
}

impl PlaceDoc {
    /// Data alone, kept at a site.
    pub fn backup(at: &Name) -> Self {
        Self { spot: at.spot, at: at.clone(), servers: 0, running: 0, role: PoolRole::Backup }
    }

    fn new(cx: &mut Cx<'_>, spot: At, parts: PlaceParts) -> Self {
        let role = parts.role;
        if parts.servers.is_none() && role != PoolRole::Backup && !cx.sink.is_tainted(spot) {
            cx.add(spot, Problem::MissingKey { key: "servers", example: "10".to_owned() });
        }
        let servers = parts.servers.filter(|_| role != PoolRole::Backup).map_or(0, Servers::whole);
        let running = match role {
            PoolRole::Active | PoolRole::Standby => servers,
            PoolRole::Pilot => parts.running.map_or(servers.div_ceil(PILOT), Servers::whole),
            PoolRole::Cold | PoolRole::Backup => 0,
        };
        if running > servers || (parts.running.is_some() && role != PoolRole::Pilot) {
            cx.add(spot, Problem::BadRunning { servers });
        }
        Self { spot, at: parts.at, servers, running: running.min(servers), role }
    }
}

/// One in so many servers of a pilot runs when its author does not say how many.
const PILOT: u32 = 10;

impl Read for PlaceDoc {
    fn read(cx: &mut Cx<'_>, at: At) -> Self {
        if matches!(cx.tree.value(at), Value::Map(_)) {
            let parts = PlaceParts::read(cx, at);
            return Self::new(cx, at, parts);
        }
        let items = cx.items(at);
        if !(2..=3).contains(&items.len()) {
            cx.wrong_parts(at, "[site/panel, 40, active]");
        }
        let [place, servers, role] = [0, 1, 2].map(|part| items.get(part).copied().unwrap_or(At::NOWHERE));
        let name = Name::read(cx, place);
        let parts = if cx.tree.text(servers) == Some(DATA_ALONE) {
            PlaceParts { spot: at, at: name, servers: None, running: None, role: PoolRole::Backup }
        } else {
            let servers = Some(Servers::read(cx, servers));
            PlaceParts {
                spot: at,
                at: name,
                servers,
                running: None,
                role: PoolRole::read_or(cx, role, "active"),
            }
        };
        Self::new(cx, at, parts)
    }
    fn shape() -> Shape {
        let site = plain(
            "Place",
            ("a site, or panels of one", "사이트 또는 그 배전반"),
            "pangyo, pangyo/pa, pangyo/pa+pb",
        );
        let parts = vec![
            ("where", site.clone()),
            ("how many", Servers::shape()),
            ("what they do", PoolRole::shape()),
        ];
        let alone = Shape::Choice("DataAlone", &[(DATA_ALONE, "No servers: a copy of the data.")]);
        let alone = Shape::Tuple(vec![("where", site), ("data alone", alone)], false);
        Shape::OneOf("PlaceWays", vec![Shape::Tuple(parts, true), alone, PlaceParts::shape()])
    }
}

/// Stands for the number of servers where there are none.
const DATA_ALONE: &str = "backup";

impl Read for Replication {
    fn read(cx: &mut Cx<'_>, at: At) -> Self {
        Self::read_or(cx, at, "none")
    }
    fn shape() -> Shape {
        let words: &[(&str, &str)] =
            &[("none", "Only where it was written."), ("sync", "Elsewhere before it is acknowledged.")];
        let record = |name, key, about| {
            let fields =
                vec![FieldShape { key, about, shape: Duration::shape(), presence: Presence::Required }];
            Shape::Record(RecordShape { name, about, fields })
        };
        let later = record("LaterParts", "async", "Elsewhere, this much later.");
        let nearest =
            "At the nearest other copy before it is acknowledged, and at all others this much later.";
        let nearest = record("NearestParts", "semi_sync", nearest);
        Shape::OneOf("Replication", vec![Shape::Choice("Copies", words), later, nearest])
    }
}

impl Preset for Replication {
    fn read_or(cx: &mut Cx<'_>, at: At, default: &'static str) -> Self {
        if matches!(cx.tree.value(at), Value::Map(_)) {
            cx.keys(at, &["async", "semi_sync"]);
            if let Some(lag) = cx.tree.get(at, "semi_sync") {
                return Self::SemiSync { lag: Duration::read(cx, lag).span() };
            }
            let lag = cx.required(at, "async", "5s");
            return Self::Async { lag: Duration::read(cx, lag).span() };
        }
        [Self::None, Self::Sync][cx.choice(at, default, &["none", "sync"])]
    }
}
