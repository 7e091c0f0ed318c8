//! Services, what they lean on, and where they stand.

use crate::scenario::quantity::{ByteRate, Bytes, Duration, Load, Ratio, Servers, Tier, Voters};
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
        /// 0: the tools; 1: what the company is; 2, 3: the rest. Left out, 0 with a role, else 2.
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
        /// What was promised.
        objective: ObjectiveDoc = optional;
        /// What it is built on: people who do not know that take `people.unknown_stack` times as long. Left out, what
        /// everybody knows.
        stack: Name = optional;
        /// Who does the work on it. Left out, the teams that `controls` names.
        team: Name = optional;
    }

    /// What a service stores.
    DataDoc {
        /// How copies are kept.
        replication: Replication = default "none";
        /// How much.
        size: Bytes = default "0B";
        /// What a check after an unclean stop reads. Left out, no check is needed.
        check_rate: ByteRate = optional;
    }

    /// What was promised.
    ObjectiveDoc {
        /// Longest loss accepted.
        rto: Duration = required "1h";
        /// Longest stretch of writes that may vanish.
        rpo: Duration = default "0s";
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
    }

    /// Servers at a place, in full.
    PlaceParts {
        /// Where: `site`, `site/panel`, or `site/panel+panel` for servers with two cords.
        at: Name = required "main";
        /// How many.
        servers: Servers = required "10";
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
        "chat" => Self::Chat, "What the teams talk on.";
    }
    PoolRole, "PoolRole", {
        "active" => Self::Active, "Serve.";
        "standby" => Self::Standby, "Run, ready to be promoted.";
    }
}

/// A serving dependency: `auth`, `~cache`, or `{on: cache, soft: 0.3}`.
#[derive(Clone, Debug, PartialEq)]
pub struct NeedDoc {
    /// What is leant on.
    pub on: Name,
    /// How much.
    pub weight: Weight,
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
            return Self { on: parts.on, weight };
        }
        let name = Name::read(cx, at);
        match name.text.strip_prefix('~') {
            Some(soft) => {
                let on = Name { spot: at, text: soft.trim_start().to_owned() };
                Self { on, weight: Weight::SoftDefault }
            }
            None => Self { on: name, weight: Weight::Hard },
        }
    }
    fn shape() -> Shape {
        let short = plain(
            "Need",
            ("a service, with ~ in front for a soft dependency", "서비스 이름, 약한 의존이면 앞에 ~"),
            "auth, ~cache",
        );
        Shape::OneOf("NeedWays", vec![short, NeedParts::shape()])
    }
}

/// Servers at a place: `[site/panel, 40, active]` or the same as keys.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceDoc {
    /// Where it is written.
    pub spot: At,
    /// Site and panels.
    pub at: Name,
    /// How many.
    pub servers: Servers,
    /// What they do on an ordinary day.
    pub role: PoolRole,
}

impl Read for PlaceDoc {
    fn read(cx: &mut Cx<'_>, at: At) -> Self {
        if matches!(cx.tree.value(at), Value::Map(_)) {
            let parts = PlaceParts::read(cx, at);
            return Self { spot: at, at: parts.at, servers: parts.servers, role: parts.role };
        }
        let items = cx.items(at);
        if !(2..=3).contains(&items.len()) {
            cx.wrong_parts(at, "[site/panel, 40, active]");
        }
        let [place, servers, role] = [0, 1, 2].map(|part| items.get(part).copied().unwrap_or(At::NOWHERE));
        Self {
            spot: at,
            at: Name::read(cx, place),
            servers: Servers::read(cx, servers),
            role: PoolRole::read_or(cx, role, "active"),
        }
    }
    fn shape() -> Shape {
        let site = plain(
            "Place",
            ("a site, or panels of one", "사이트 또는 그 배전반"),
            "pangyo, pangyo/pa, pangyo/pa+pb",
        );
        let parts =
            vec![("where", site), ("how many", Servers::shape()), ("what they do", PoolRole::shape())];
        Shape::OneOf("PlaceWays", vec![Shape::Tuple(parts, true), PlaceParts::shape()])
    }
}

impl Read for Replication {
    fn read(cx: &mut Cx<'_>, at: At) -> Self {
        Self::read_or(cx, at, "none")
    }
    fn shape() -> Shape {
        let words: &[(&str, &str)] =
            &[("none", "Only where it was written."), ("sync", "Elsewhere before it is acknowledged.")];
        let about = "Elsewhere, this much later.";
        let fields =
            vec![FieldShape { key: "async", about, shape: Duration::shape(), presence: Presence::Required }];
        let later = Shape::Record(RecordShape { name: "LaterParts", about, fields });
        Shape::OneOf("Replication", vec![Shape::Choice("Copies", words), later])
    }
}

impl Preset for Replication {
    fn read_or(cx: &mut Cx<'_>, at: At, default: &'static str) -> Self {
        if matches!(cx.tree.value(at), Value::Map(_)) {
            cx.keys(at, &["async"]);
            let lag = cx.required(at, "async", "5s");
            return Self::Async { lag: Duration::read(cx, lag).span() };
        }
        [Self::None, Self::Sync][cx.choice(at, default, &["none", "sync"])]
    }
}
