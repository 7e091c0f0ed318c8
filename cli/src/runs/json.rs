//! A sweep for programs. Moments are seconds after the scenario's `t0`.

use std::io::{self, Write};

use bridge_cli::sweep::figures::{Cell, Fate, Figure, SERVICE, SITE, TOTAL};
use bridge_cli::sweep::rows::Row;
use bridge_cli::sweep::statistics::Share;
use bridge_cli::sweep::summary::{self, QUANTILES, Spread};
use bridge_cli::sweep::{Plan, Rows, Summary};
use serde::{Serialize, Serializer};

#[derive(Serialize)]
struct Sweep<'a> {
    /// Version of this document.
    sweep: &'static str,
    scenario: &'a str,
    /// Of the scenario as it was understood.
    fingerprint: &'a str,
    /// Trace hash of the run with the scenario's own seed.
    rules: &'a str,
    horizon_s: f64,
    seeds: Seeds,
    cut_short: u64,
    currency: Option<&'a str>,
    services: Pairs<'a, Subject>,
    sites: Pairs<'a, Pairs<'static, Quantiles>>,
    total: Subject,
    #[serde(skip_serializing_if = "Option::is_none")]
    each: Option<Each<'a>>,
}

#[derive(Serialize)]
struct Seeds {
    first: u64,
    last: u64,
    count: u64,
}

#[derive(Serialize)]
struct Subject {
    lost: Option<Counted>,
    /// Of the seeds at which it was lost; null if at none.
    recovered: Option<Counted>,
    /// Null without an objective.
    met_objective: Option<Counted>,
    figures: Pairs<'static, Quantiles>,
}

#[derive(Serialize)]
struct Counted {
    seeds: u64,
    of: u64,
    share: f64,
    low: f64,
    high: f64,
}

/// A null quantile is due and not reached within the run; if nothing was due, all are null.
#[derive(Serialize)]
struct Quantiles {
    due: u64,
    never: u64,
    #[serde(flatten)]
    quantiles: Pairs<'static, Option<f64>>,
}

/// A map in the order given.
struct Pairs<'a, T>(Vec<(&'a str, T)>);

impl<T: Serialize> Serialize for Pairs<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// Every run, written one after the other.
struct Each<'a> {
    plan: &'a Plan,
    rows: &'a Rows,
}

#[derive(Serialize)]
struct Run<'a> {
    seed: u64,
    trace_hash: String,
    events: u64,
    cut_short: bool,
    services: Pairs<'a, One>,
    sites: Pairs<'a, Pairs<'static, Value>>,
    total: One,
}

#[derive(Serialize)]
struct One {
    lost: bool,
    recovered: bool,
    met_objective: Option<bool>,
    figures: Pairs<'static, Value>,
}

/// Null if nothing called for it.
#[derive(Serialize)]
#[serde(untagged)]
enum Value {
    Number(Option<f64>),
    Never(&'static str),
}

/// The summary, and every run's own figures if its rows are given.
pub fn write(plan: &Plan, summary: &Summary, each: Option<&Rows>, to: &mut dyn Write) -> io::Result<()> {
    let services = plan.services.iter().zip(&summary.services);
    let sites = plan.sites.iter().zip(&summary.sites);
    let sweep = Sweep {
        sweep: "bridge-sweep/1",
        scenario: &plan.scenario,
        fingerprint: &plan.fingerprint,
        rules: &plan.rules,
        horizon_s: plan.horizon().secs(),
        seeds: Seeds { first: plan.seeds.first, last: plan.seeds.last, count: plan.seeds.count() },
        cut_short: summary.cut_short,
        currency: plan.currency.as_deref(),
        services: Pairs(services.map(|(of, s)| (of.key.as_str(), subject(s, &SERVICE))).collect()),
        sites: Pairs(sites.map(|(of, s)| (of.key.as_str(), spreads(s, &SITE))).collect()),
        total: subject(&summary.total, &TOTAL),
        each: each.map(|rows| Each { plan, rows }),
    };
    serde_json::to_writer_pretty(&mut *to, &sweep)?;
    writeln!(to)
}

fn subject<T>(of: &summary::Subject, table: &[Figure<T>]) -> Subject {
    Subject {
        lost: of.lost.map(counted),
        recovered: of.recovered.map(counted),
        met_objective: of.met.map(counted),
        figures: spreads(&of.figures, table),
    }
}

fn counted(share: Share) -> Counted {
    Counted { seeds: share.seeds, of: share.of, share: share.share(), low: share.low, high: share.high }
}

fn spreads<T>(spreads: &[Spread], table: &[Figure<T>]) -> Pairs<'static, Quantiles> {
    let quantiles = |spread: &Spread| Pairs(QUANTILES.into_iter().zip(spread.quantiles).collect());
    let of =
        |spread: &Spread| Quantiles { due: spread.due, never: spread.never, quantiles: quantiles(spread) };
    Pairs(table.iter().zip(spreads).map(|(figure, spread)| (figure.key, of(spread))).collect())
}

impl Serialize for Each<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.rows.iter().enumerate().map(|(index, row)| run(self.plan, index, row)))
    }
}

fn run<'a>(plan: &'a Plan, index: usize, row: Row<'_>) -> Run<'a> {
    let services = plan.services.iter().enumerate();
    let sites = plan.sites.iter().enumerate();
    Run {
        seed: plan.seeds.at(index),
        trace_hash: format!("{:016x}", row.hash()),
        events: row.events(),
        cut_short: row.cut_short(),
        services: Pairs(
            services.map(|(i, of)| (of.key.as_str(), one(row.service(i), of.objective, &SERVICE))).collect(),
        ),
        sites: Pairs(sites.map(|(i, of)| (of.key.as_str(), values(row.site(i), &SITE))).collect()),
        total: one(row.total(), plan.has_objective(), &TOTAL),
    }
}

fn one<T>((fate, words): (Fate, &[u64]), objective: bool, table: &[Figure<T>]) -> One {
    One {
        lost: fate.lost,
        recovered: fate.recovered,
        met_objective: objective.then_some(fate.met),
        figures: values(words, table),
    }
}

fn values<T>(words: &[u64], table: &[Figure<T>]) -> Pairs<'static, Value> {
    let value = |figure: &Figure<T>, cell: Cell| match cell {
        Cell::NEVER => Value::Never("never"),
        cell => Value::Number(cell.value(figure.kind)),
    };
    Pairs(table.iter().zip(words).map(|(figure, &word)| (figure.key, value(figure, Cell(word)))).collect())
}
