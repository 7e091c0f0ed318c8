//! A run for programs. Times are seconds after the scenario's `t0`, null where something did not happen.

use std::collections::BTreeMap;

use bridge_engine::report::{Finding, Lost, Piece, Report, ServiceReport, Unit, lost_to, nines};
use bridge_engine::trace::{End, Subject, Trace};
use bridge_engine::world::{Objective, ServiceId, SiteId, World};
use bridge_engine::{Span, Time};
use serde::Serialize;

use super::mends::Answer;
use super::money::{self, Party, SoFar, Users, Yearly};
use super::work::{self, Job, Team};

/// Everything that is printed.
#[derive(Serialize)]
pub struct Result<'a> {
    scenario: &'a str,
    seed: u64,
    horizon_s: f64,
    /// Sixteen hexadecimal digits: the same on every machine for the same scenario and seed.
    trace_hash: String,
    events: usize,
    /// `horizon`, or `event-budget` for a run that was cut short.
    ended_by: &'static str,
    services: BTreeMap<&'a str, Service<'a>>,
    sites: BTreeMap<&'a str, Site>,
    teams: BTreeMap<&'a str, Team>,
    jobs: Vec<Job<'a>>,
    /// Outside companies.
    third_parties: BTreeMap<&'a str, Party>,
    /// Null for a scenario that says nothing of users who leave.
    users: Option<Users>,
    /// Null for a scenario that names no cost.
    ledger: Option<BTreeMap<&'static str, f64>>,
    yearly: Option<Yearly>,
    /// Users gone and money lost at even steps.
    so_far: Vec<SoFar>,
    total: Total<'a>,
    findings: Vec<Found<'a>>,
    /// Only where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    mends: Option<Answer<'a>>,
}

#[derive(Serialize)]
struct Service<'a> {
    first_loss_s: Option<f64>,
    detected_s: Option<f64>,
    acknowledged_s: Option<f64>,
    decided_s: Option<f64>,
    switched_s: Option<f64>,
    serving_again_s: Option<f64>,
    restored_s: Option<f64>,
    lost_s: f64,
    down_s: f64,
    longest_loss_s: f64,
    /// What was promised, and whether it was kept.
    objective: Option<Promise>,
    /// The longest stretch of acknowledged writes that was missing; null: all there ever were.
    writes_lost_s: Option<f64>,
    /// No copy was left of the data, or of a part of them.
    data_lost: bool,
    /// Writes taken in while sides did not reach each other, and keys that more than one of them wrote.
    diverged_s: f64,
    conflicts: u32,
    /// For how long it ran without something it boots from, each such control counted.
    exposure_s: f64,
    availability: f64,
    availability_year: f64,
    /// Of the year; null for one without any loss.
    nines: Option<f64>,
    user_minutes_lost: f64,
    /// Work that waited; null if none did.
    backlog: Option<Backlog>,
    /// Seconds of `lost_s` by what they were lost to; what nothing was lost to is left out.
    lost_to_s: BTreeMap<&'static str, f64>,
    waterfall: Vec<Stretch<'a>>,
}

/// Amounts of work are seconds of the daily peak's.
#[derive(Serialize)]
struct Backlog {
    began_s: f64,
    /// Null if some still waits at the end.
    drained_s: Option<f64>,
    /// How long what waited was late though as much was done as arrived.
    late_s: f64,
    most_s: f64,
    refused_s: f64,
}

#[derive(Serialize)]
struct Promise {
    rto_s: f64,
    /// By how much the longest loss went over it; negative if it was kept.
    rto_over_s: f64,
    rto_met: bool,
    /// Null: nothing was promised of it.
    rpo_s: Option<f64>,
    /// By how much the writes that were missing went over it; null: without measure.
    rpo_over_s: Option<f64>,
    rpo_met: Option<bool>,
    slo: Option<f64>,
    budget_burnt: Option<f64>,
}

#[derive(Serialize)]
struct Stretch<'a> {
    from_s: f64,
    to_s: f64,
    lost_to: &'static str,
    on: Option<&'a str>,
}

#[derive(Serialize)]
struct Site {
    power_lost_s: Option<f64>,
    power_restored_s: Option<f64>,
    power_full_s: Option<f64>,
}

#[derive(Serialize)]
struct Total<'a> {
    first_loss_s: Option<f64>,
    restored_s: Option<f64>,
    services_hit: usize,
    sites_hit: usize,
    peak_affected: f64,
    peak_share: f64,
    user_minutes_lost: f64,
    /// Controls gone without, all services together.
    exposure_s: f64,
    money_lost: Option<f64>,
    currency: Option<&'a str>,
}

#[derive(Serialize)]
struct Found<'a> {
    code: &'static str,
    /// What it is about: `service:pay`, `element:pangyo/ua`, `site:pangyo`, `team:infra`, `organisation`.
    subject: String,
    with: Vec<&'a str>,
    hit: Vec<&'a str>,
    site: Option<&'a str>,
    figure: f64,
    /// `share`, `seconds` or `servers`.
    unit: &'static str,
}

/// The report of a run, by names.
pub fn result<'a>(world: &'a World, trace: &Trace, report: &Report, mends: Option<Answer<'a>>) -> Result<'a> {
    let of = world.services.iter().zip(report.services.iter().zip(&report.waterfalls));
    let services = of.map(|(s, (of, pieces))| (s.key.as_str(), service(world, s.objective, of, pieces)));
    let sites = world.sites.iter().zip(&report.sites).map(|(site, of)| {
        let figures = Site {
            power_lost_s: seconds(of.power_lost),
            power_restored_s: seconds(of.power_restored),
            power_full_s: seconds(of.power_full),
        };
        (site.key.as_str(), figures)
    });
    Result {
        scenario: &world.meta.id,
        seed: trace.seed,
        horizon_s: trace.horizon.secs(),
        trace_hash: format!("{:016x}", trace.hash()),
        events: trace.events.len(),
        ended_by: match trace.end {
            End::Horizon => "horizon",
            End::EventBudget => "event-budget",
        },
        services: services.collect(),
        sites: sites.collect(),
        teams: work::teams(world, report),
        jobs: report.jobs.iter().map(|job| work::job(world, job)).collect(),
        third_parties: money::parties(world, report),
        users: money::users(report),
        ledger: money::ledger(report),
        yearly: money::yearly(report),
        so_far: money::over_time(world, trace),
        total: total(world, report),
        findings: report.findings.iter().map(|finding| found(world, finding)).collect(),
        mends,
    }
}

fn service<'a>(
    world: &'a World,
    objective: Option<Objective>,
    of: &ServiceReport,
    pieces: &[Piece],
) -> Service<'a> {
    let promise = |o: Objective| Promise {
        rto_s: o.rto.secs(),
        rto_over_s: of.rto_over_s.unwrap_or_default(),
        rto_met: of.rto_over_s.is_none_or(|over| over <= 0.0),
        rpo_s: o.rpo.map(Span::secs),
        rpo_over_s: of.rpo_over_s.filter(|over| over.is_finite()),
        rpo_met: of.rpo_over_s.map(|over| over <= 0.0),
        slo: o.slo,
        budget_burnt: of.budget_burnt.filter(|burnt| burnt.is_finite()),
    };
    let lost = Lost::ALL.map(|what| (what.name(), lost_to(pieces, what)));
    Service {
        first_loss_s: seconds(of.first_loss),
        detected_s: seconds(of.detected),
        acknowledged_s: seconds(of.acknowledged),
        decided_s: seconds(of.decided),
        switched_s: seconds(of.switched),
        serving_again_s: seconds(of.serving_again),
        restored_s: seconds(of.restored),
        lost_s: of.lost.secs(),
        down_s: of.down.secs(),
        longest_loss_s: of.longest_loss.secs(),
        objective: objective.map(promise),
        writes_lost_s: Some(of.rpo_s).filter(|secs| secs.is_finite()),
        data_lost: of.data_lost,
        diverged_s: of.diverged_s,
        conflicts: of.conflicts,
        exposure_s: of.exposure_s,
        availability: of.availability,
        availability_year: of.availability_year,
        nines: nines(of.availability_year),
        user_minutes_lost: of.user_minutes_lost,
        backlog: of.backlog.map(|b| Backlog {
            began_s: b.began.secs(),
            drained_s: seconds(b.drained),
            late_s: b.late_s,
            most_s: b.most_s,
            refused_s: b.refused_s,
        }),
        lost_to_s: lost.into_iter().filter(|l| l.1 > Span::ZERO).map(|l| (l.0, l.1.secs())).collect(),
        waterfall: pieces.iter().map(|piece| stretch(world, piece)).collect(),
    }
}

fn stretch<'a>(world: &'a World, piece: &Piece) -> Stretch<'a> {
    Stretch {
        from_s: piece.from.secs(),
        to_s: piece.to.secs(),
        lost_to: piece.lost.name(),
        on: piece.on.map(|on| world[on].key.as_str()),
    }
}

fn total<'a>(world: &'a World, report: &Report) -> Total<'a> {
    let total = &report.total;
    Total {
        first_loss_s: seconds(total.first_loss),
        restored_s: seconds(total.restored),
        services_hit: total.services_hit,
        sites_hit: total.sites_hit,
        peak_affected: total.peak_affected,
        peak_share: total.peak_share,
        user_minutes_lost: total.user_minutes_lost,
        exposure_s: total.exposure_s,
        money_lost: total.money_lost,
        currency: world.cost.as_ref().map(|cost| cost.currency.as_str()),
    }
}

fn found<'a>(world: &'a World, finding: &Finding) -> Found<'a> {
    let key = |id: &ServiceId| world[*id].key.as_str();
    Found {
        code: finding.code.name(),
        subject: subject(world, finding.subject),
        with: finding.with.iter().map(key).collect(),
        hit: finding.hit.iter().map(key).collect(),
        site: finding.site.map(|id: SiteId| world[id].key.as_str()),
        figure: finding.figure,
        unit: match finding.code.unit() {
            Unit::Share => "share",
            Unit::Seconds => "seconds",
            Unit::Servers => "servers",
        },
    }
}

/// A subject by kind and key.
pub fn subject(world: &World, of: Subject) -> String {
    match of {
        Subject::Org => "organisation".to_owned(),
        Subject::Site(s) => format!("site:{}", world[s].key),
        Subject::Room(r) => format!("room:{}/{}", world[world[r].site].key, world[r].key),
        Subject::Element(e) => format!("element:{}/{}", world[world[e].site].key, world[e].key),
        Subject::Pool(p) => format!("pool:{}@{}", world[world[p].service].key, world[world[p].site].key),
        Subject::Service(s) => format!("service:{}", world[s].key),
        Subject::Team(t) => format!("team:{}", world.people.teams[t.index()].key),
    }
}

pub fn seconds(time: Option<Time>) -> Option<f64> {
    time.map(Time::secs)
}
