//! A run for programs. Times are seconds after the scenario's `t0`, null where something did not happen.

use std::collections::BTreeMap;

use bridge_engine::Time;
use bridge_engine::report::{Finding, Report};
use bridge_engine::trace::{End, Trace};
use bridge_engine::world::{ServiceId, SiteId, World};
use serde::Serialize;

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
    services: BTreeMap<&'a str, Service>,
    sites: BTreeMap<&'a str, Site>,
    total: Total<'a>,
    findings: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Service {
    first_loss_s: Option<f64>,
    detected_s: Option<f64>,
    decided_s: Option<f64>,
    serving_again_s: Option<f64>,
    restored_s: Option<f64>,
    longest_loss_s: f64,
    availability: f64,
    user_minutes_lost: f64,
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
    peak_affected: f64,
    user_minutes_lost: f64,
    money_lost: Option<f64>,
    currency: Option<&'a str>,
}

#[derive(Serialize)]
struct Found<'a> {
    code: &'static str,
    service: &'a str,
    with: Vec<&'a str>,
    site: Option<&'a str>,
    figure: Option<f64>,
}

/// The report of a run, by names.
pub fn result<'a>(world: &'a World, trace: &Trace, report: &Report) -> Result<'a> {
    let services = world.services.iter().zip(&report.services).map(|(service, of)| {
        let figures = Service {
            first_loss_s: seconds(of.first_loss),
            detected_s: seconds(of.detected),
            decided_s: seconds(of.decided),
            serving_again_s: seconds(of.serving_again),
            restored_s: seconds(of.restored),
            longest_loss_s: of.longest_loss_s,
            availability: of.availability,
            user_minutes_lost: of.user_minutes_lost,
        };
        (service.key.as_str(), figures)
    });
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
        total: total(world, report),
        findings: report.findings.iter().map(|finding| found(world, finding)).collect(),
    }
}

fn total<'a>(world: &'a World, report: &Report) -> Total<'a> {
    let total = &report.total;
    Total {
        first_loss_s: seconds(total.first_loss),
        restored_s: seconds(total.restored),
        services_hit: total.services_hit,
        peak_affected: total.peak_affected,
        user_minutes_lost: total.user_minutes_lost,
        money_lost: total.money_lost,
        currency: world.cost.as_ref().map(|cost| cost.currency.as_str()),
    }
}

fn found<'a>(world: &'a World, finding: &Finding) -> Found<'a> {
    let service = |id: ServiceId| world[id].key.as_str();
    Found {
        code: finding.code.name(),
        service: service(finding.service),
        with: finding.with.iter().map(|&id| service(id)).collect(),
        site: finding.site.map(|id: SiteId| world[id].key.as_str()),
        figure: finding.figure,
    }
}

fn seconds(time: Option<Time>) -> Option<f64> {
    time.map(Time::secs)
}
