//! Services, their pools, and what they lean on.

use super::{ElementId, Objective, PoolId, ServiceId, SiteId, TeamId, Text};
use crate::Span;

/// Jobs that keep other services running. Each is done by an ordinary placed service that can burn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Carries packets.
    Network,
    /// Answers names.
    Dns,
    /// Holds settings.
    Config,
    /// Sees that something is down.
    Monitor,
    /// Wakes standbys.
    Controller,
    /// Starts servers.
    Deploy,
    /// Holds the images servers start from.
    Registry,
    /// Lets administrators in.
    Admin,
    /// What the teams talk on.
    Chat,
}

/// A service.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Key in the document.
    pub key: String,
    /// Name.
    pub name: Text,
    /// Job for the others, if it has one.
    pub role: Option<Role>,
    /// 0: the tools; 1: what the company is; 2, 3: the rest. Only for display and default priority.
    pub tier: u8,
    /// Share of all users who use it, 0 to 1.
    pub users: f64,
    /// What it leans on while it serves.
    pub needs: Vec<Need>,
    /// What must serve before it can start.
    pub boots: Vec<ServiceId>,
    /// Voters, if it needs a majority of them to serve: its servers are the voters.
    pub quorum: Option<u32>,
    /// What it stores.
    pub data: Option<Data>,
    /// Servers' worth of work at the daily peak.
    pub load: f64,
    /// It rejects what is too much for it, for next to nothing.
    pub shed: bool,
    /// How often whoever calls it and gets no answer asks again.
    pub retry: Retry,
    /// How much work it takes in while it cannot do it; none: what it cannot do at once fails.
    pub backlog: Option<Backlog>,
    /// What it keeps by it of what it calls; none: nothing.
    pub cache: Option<Cache>,
    /// What was promised.
    pub objective: Option<Objective>,
    /// How its servers break; none: only when something happens to them.
    pub wear: Option<Wear>,
    /// Mean time in which the company's own people notice its loss; none: they do not use it.
    pub staff: Option<Span>,
    /// What a watchdog waits for before it restarts what the monitor takes for down; none: there is no watchdog.
    pub watchdog: Option<Span>,
    /// What it is built on, as those who know it call it; none: what everybody knows.
    pub stack: Option<String>,
    /// Who does the work on it; none: whom the controls name.
    pub team: Option<TeamId>,
    /// Its pools.
    pub pools: Vec<PoolId>,
    /// Position in the document.
    pub order: u32,
}

/// How servers break by themselves, and what it takes to repair one. Both exponential.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wear {
    /// Mean time between failures of one server that runs.
    pub mtbf: Span,
    /// Mean work of one hand to repair one.
    pub repair: Span,
}

/// A serving dependency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Need {
    /// What is leant on.
    pub on: ServiceId,
    /// None: hard, nothing works without it. Some(w): without it the share w is lost.
    pub soft: Option<f64>,
    /// Share of the load on it that comes from here; none: by the number of users behind each caller.
    pub calls: Option<f64>,
}

/// How often whoever gets no answer asks again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Retry {
    /// Retries of one request at most.
    pub max: u32,
    /// Wait before the first; each further one waits twice as long as the one before.
    pub backoff: Span,
    /// Retries at most for each first attempt; none: no such limit.
    pub budget: Option<f64>,
}

/// What too much work does to servers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overload {
    /// Cost of a request that fails for want of capacity, relative to that of a good answer, 0 to 1.
    pub kappa: f64,
    /// Servers crash when what arrives is this many times what they can answer.
    pub crash_at: f64,
    /// Mean time until a server that is so overloaded crashes.
    pub crash_after: Span,
}

/// Work that waits for a service instead of failing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Backlog {
    /// Room for so much of the daily peak's work; none: without end.
    pub limit: Option<Span>,
    /// It lasts at least this long.
    pub look: Span,
}

/// Answers of another service that servers keep by them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cache {
    /// Whose answers.
    pub of: ServiceId,
    /// Share of what is looked up that is in a warm one, less than 1.
    pub hit: f64,
    /// Time constant of filling it under the daily peak.
    pub warm: Span,
}

impl Service {
    /// Most work that waits for it, in seconds of one server's work.
    #[must_use]
    pub fn room(&self) -> f64 {
        self.backlog.map_or(0.0, |of| of.limit.map_or(f64::INFINITY, |limit| limit.secs() * self.load))
    }
}

/// How copies are kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Replication {
    /// Only where it was written.
    None,
    /// Elsewhere, this much later.
    Async {
        /// Age of the oldest unsent write.
        lag: Span,
    },
    /// At the nearest other copy before it is acknowledged, and at all others this much later.
    SemiSync {
        /// Age of the oldest write that these have not got.
        lag: Span,
    },
    /// Elsewhere before it is acknowledged.
    Sync,
}

/// Snapshots of what a service stores.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Backup {
    /// From one to the next.
    pub every: Span,
    /// From the moment of one until it is whole and safe where it is kept.
    pub delay: Span,
    /// Bytes that a restore moves.
    pub size: f64,
    /// A person's work until the tapes of a vault are where the servers stand.
    pub fetch: Span,
    /// Bytes a second that are read back before a restored copy is trusted; none: nobody does.
    pub verify_rate: Option<f64>,
}

/// Keys that two sides of a service both write while they do not reach each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conflicts {
    /// Writes a second, of all sides together.
    pub writes: f64,
    /// Keys that are written, each as often as any other.
    pub keys: f64,
    /// A person's work to put one right.
    pub effort: Span,
}

/// What a service stores.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Data {
    /// How copies are kept.
    pub replication: Replication,
    /// Bytes.
    pub size: f64,
    /// Bytes a second that a check after an unclean stop reads; none: no check needed.
    pub check_rate: Option<f64>,
    /// Bytes a second at which an empty pool is filled.
    pub copy_rate: f64,
    /// A copy that fell behind takes in so many seconds of writes in a second.
    pub catch_up: f64,
    /// Snapshots, kept at the service's backup pools, or in a vault if it has none.
    pub backup: Option<Backup>,
    /// What it takes to put together what two sides wrote apart; none: nobody counts.
    pub conflicts: Option<Conflicts>,
    /// Mean time from the go until people start without data once no copy is left; none: never.
    pub start_empty: Option<Span>,
}

impl Data {
    /// How old the newest copy elsewhere can be at worst on an ordinary day; `copied`: servers elsewhere hold one. None
    /// without a copy.
    #[must_use]
    pub fn oldest_copy(&self, copied: bool) -> Option<Span> {
        let live = match self.replication {
            Replication::Async { lag } => Some(lag),
            Replication::SemiSync { .. } | Replication::Sync => Some(Span::ZERO),
            Replication::None => None,
        };
        live.filter(|_| copied).or(self.backup.map(|backup| backup.delay + backup.every))
    }
}

/// What a pool's servers do on an ordinary day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoolRole {
    /// Serve.
    Active,
    /// Run, ready to be promoted.
    Standby,
    /// A few of them run, ready to be promoted; the others are installed once they are needed.
    Pilot,
    /// Stand empty and switched off: installed, loaded with data and started once somebody said go.
    Cold,
    /// None: only a copy of the data.
    Backup,
}

impl PoolRole {
    /// Whether its servers serve only after a promotion.
    #[must_use]
    pub const fn stands_in(self) -> bool {
        matches!(self, Self::Standby | Self::Pilot | Self::Cold)
    }
}

/// Servers of one service at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// Whose servers.
    pub service: ServiceId,
    /// Where.
    pub site: SiteId,
    /// Panels they hang on; two for dual-corded servers, any live one is enough.
    pub panels: Vec<ElementId>,
    /// How many, when all of them run.
    pub servers: u32,
    /// How many of them run on an ordinary day.
    pub running: u32,
    /// What they do on an ordinary day.
    pub role: PoolRole,
}

impl Pool {
    /// How many a start brings up: all, but of a pilot only those that run on an ordinary day. The others are not there
    /// until they are installed.
    #[must_use]
    pub const fn startable(&self) -> u32 {
        if matches!(self.role, PoolRole::Pilot) { self.running } else { self.servers }
    }

    /// How many have to be installed before they can serve.
    #[must_use]
    pub const fn to_install(&self) -> u32 {
        match self.role {
            PoolRole::Pilot => self.servers - self.running,
            PoolRole::Cold => self.servers,
            _ => 0,
        }
    }
}

/// A boot dependency that people know how to do without: a hand-written configuration, a copy on a laptop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bypass {
    /// What waits.
    pub of: ServiceId,
    /// What it waits for.
    pub on: ServiceId,
    /// An expert's work.
    pub effort: Span,
}
