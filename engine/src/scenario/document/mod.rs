//! The document, typed: one table a record is its reader, its defaults and its reference.
//!
//! References are still names here; `resolve` turns them into positions.

mod calendar;
mod money;
mod network;
mod people;
mod script;
mod service;
mod site;

pub use calendar::Moment;
pub use money::{ChurnDoc, CostDoc, NoticeDoc, ThirdPartyDoc};
pub use network::{LinkDoc, NetworkDoc};
pub use people::{ControlsDoc, GuardKind, PeopleDoc, PriorityDoc, TeamDoc};
pub use script::{IncidentDoc, LineDoc};
pub use service::{DataDoc, ObjectiveDoc, PlaceDoc, ServiceDoc, Weight};
pub use site::{FireDoc, PowerDoc, RestoreDoc, SiteDoc};

use super::diagnostic::Problem;
use super::quantity::{
    Celsius, Duration, Factor, Horizon, Hour, Interval, Lifetime, Persons, Ratio, Retries, Seed, Watts,
};
use super::read::{Cx, Entries, Read, clip};
use super::record::{choices, records};
use super::shape::{Shape, plain};
use super::tree::At;
use crate::world::{ShockKind, Text};

/// The version of the format this program reads.
pub const SCHEMA: &str = "bridge/1";

records! {
    /// A scenario: what stands where, what leans on what, who does the work, and what goes wrong.
    Document {
        /// Version of the format.
        schema: Schema = required "bridge/1";
        /// Name, calendar and length of the run.
        meta: MetaDoc = required "{id: my-company}";
        /// Who uses the system.
        demand: DemandDoc = required "{users: 50k}";
        /// Groups of sites that one event could reach. Left out, every region named by a site exists.
        regions: Entries<RegionDoc> = empty;
        /// Buildings.
        sites: Entries<SiteDoc> = required "{main: {}}";
        /// Numbers used where an entity does not give its own.
        defaults: Defaults = empty;
        /// What people use, and what that stands on.
        services: Entries<ServiceDoc> = required "{shop: {place: [[main, 10]]}}";
        /// Lines between sites, and from users to sites.
        network: NetworkDoc = empty;
        /// How loss is noticed, services are switched and servers are started.
        controls: ControlsDoc = empty;
        /// Who does the work.
        people: PeopleDoc = empty;
        /// What an outage costs. Left out, money is not counted.
        cost: CostDoc = optional;
        /// Outside companies that need some of our services.
        third_parties: Entries<ThirdPartyDoc> = empty;
        /// What was promised, by service: the same as each service's own `objective`.
        objectives: Entries<ObjectiveDoc> = empty;
        /// What goes wrong, and when.
        script: Vec<IncidentDoc> = empty;
        /// What is known to have happened. Shown beside the run, never read by it.
        facts: Vec<FactDoc> = empty;
    }

    /// Name, calendar and length of the run.
    MetaDoc {
        /// Short name, unique in a library of scenarios.
        id: String = required "my-company";
        /// Title. Left out, the short name.
        title: Text = optional;
        /// One or two sentences: what happened, what to look for.
        summary: Text = empty;
        /// The moment the run begins, with its offset from UTC.
        t0: Moment = default "2026-01-05T09:00+09:00";
        /// How long the run is.
        horizon: Horizon = default "7d";
        /// The seed used when nobody names one.
        seed: Seed = default "1";
    }

    /// Who uses the system, and when in the day.
    DemandDoc {
        /// People who use any of the services.
        users: Persons = required "50k";
        /// How their activity changes over a day.
        shape: DayShape = default "flat";
        /// The quietest hour's share of the peak, for `diurnal`.
        trough: Ratio = default "0.35";
        /// The busiest local hour, for `diurnal`.
        peak_hour: Hour = default "21";
        /// How they leave during an outage and come back. Left out, nobody leaves.
        churn: ChurnDoc = optional;
    }

    /// A group of sites that one event could reach.
    RegionDoc {
        /// Name. Left out, the key.
        name: Text = optional;
        /// What can hit several of its sites at once.
        shocks: Entries<ShockDoc> = empty;
    }

    /// Something that hits sites of a region together: an earthquake, a failure of the regional grid.
    ShockDoc {
        /// Name. Left out, the key.
        name: Text = optional;
        /// Mean time between two of them, at least a day: it then comes by luck. Left out, only the script brings it about.
        every: Lifetime = optional;
        /// Probability that it hits a site, of each by itself.
        hits: Ratio = default "1";
        /// Sites of the region for which that is another.
        sites: Entries<Ratio> = empty;
        /// What it does to a site that it hits.
        does: ShockKind = default "grid";
        /// For how long feeds and lines are gone. Left out, feeds for the rest of the run, lines until somebody repairs them.
        lasts: Duration = optional;
    }

    /// Numbers used where an entity does not give its own.
    Defaults {
        /// Share of a service's active servers that its daily peak keeps busy.
        util_peak: Ratio = default "0.7";
        /// Share of a service lost without a soft dependency.
        soft: Ratio = default "0.3";
        /// How often whoever gets no answer asks again.
        retry: RetryDoc = empty;
        /// What a request that fails for want of capacity has cost, as a share of what a good answer costs.
        kappa: Ratio = default "0.5";
        /// Whether services reject what is too much for them, for next to nothing.
        shed: bool = default "false";
        /// Servers crash when what arrives at them is this many times what they can answer.
        crash_at: Factor = default "1.5";
        /// Mean time until a server that is so overloaded crashes.
        crash_after: Interval = default "2m";
        /// How long what carries electricity stands more than it is rated for.
        overcurrent: OvercurrentDoc = empty;
        /// Power of one server.
        server_power: ServerPowerDoc = empty;
        /// How a hall warms where chillers stand and too few of them run.
        heat: HeatDoc = empty;
    }

    /// How often whoever gets no answer asks again.
    RetryDoc {
        /// Retries of one request at most.
        max: Retries = default "3";
        /// Wait before the first retry; each further one waits twice as long as the one before.
        backoff: Interval = default "2s";
        /// Retries at most for each first attempt, all callers together. Left out, no such limit.
        budget: Ratio = optional;
    }

    /// How long what carries electricity stands more than it is rated for.
    OvercurrentDoc {
        /// Time constant of a breaker's thermal replica.
        breaker: Interval = default "270s";
        /// How long a UPS carries 125 % of its rating; 150 % for a tenth of that.
        ups: Interval = default "10m";
    }

    /// Power of one server; between the two it is linear in how busy it is.
    ServerPowerDoc {
        /// Doing nothing.
        idle: Watts = default "250W";
        /// Fully busy.
        peak: Watts = default "400W";
    }

    /// How a hall warms where chillers stand and too few of them run: exponentially, towards `supply + rise · (load − cooling)`.
    HeatDoc {
        /// Temperature of a cooled hall, °C.
        supply: Celsius = default "24";
        /// Degrees above that at which a fully busy hall would end without cooling.
        rise: Celsius = default "60";
        /// Time constant of the way there.
        time: Interval = default "30m";
        /// From here on servers slow themselves down, °C.
        throttle: Celsius = default "38";
        /// To this share of what they can do.
        throttled: Ratio = default "0.6";
        /// From here on the hall is switched off before its servers break, °C.
        shutdown: Celsius = default "45";
        /// Where nobody switches it off: at which servers break, °C.
        breaks: Celsius = default "60";
        /// Share of them that do.
        broken: Ratio = default "0.05";
        /// Below this, and with enough chillers running, everything may run again, °C.
        resume: Celsius = default "30";
    }

    /// Something known to have happened.
    FactDoc {
        /// When, after the beginning of the run.
        at: Duration = required "10h12m";
        /// What.
        text: Text = required "{en: Power cut, ko: 전원 차단}";
        /// Who says so.
        source: String = optional;
    }
}

/// How activity changes over a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayShape {
    /// Not at all.
    Flat,
    /// A cosine.
    Diurnal,
}

choices! {
    ShockKind, "ShockKind", {
        "grid" => Self::Grid, "Its feeds from the street fail.";
        "lines" => Self::Lines, "Its lines are cut.";
        "servers" => Self::Servers, "Its servers stop.";
        "site" => Self::Site, "All of that.";
    }
    DayShape, "DayShape", {
        "flat" => Self::Flat, "Always at its peak.";
        "diurnal" => Self::Diurnal, "A cosine over 24 hours.";
    }
}

/// The version of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schema;

impl Read for Schema {
    fn read(cx: &mut Cx<'_>, at: At) -> Self {
        if let Some(text) = cx.scalar(at).filter(|text| *text != SCHEMA) {
            cx.add(at, Problem::Schema { text: clip(text) });
        }
        Self
    }
    fn shape() -> Shape {
        plain("Schema", ("the format's version", "형식의 버전"), SCHEMA)
    }
}
