//! Rates × 1/k with times × k give the same run, stretched by k.
//!
//! The document is rewritten along the table that reads it, so that a field which is added tomorrow is covered today: one
//! whose unit is a time or something per time and that reaches the run in any other way than as that time turns this red.
//! k is two, so that numbers scale to the bit; what does not is a moment that was solved and rounded to the microsecond.
//! Events, their causes, and what is served, up, powered and at work are compared; not money, of which the price of an hour
//! of work is written without a unit of time.
//!
//! Some times belong to the world and not to a company, and cannot be stretched: the hours of the day, at which demand and
//! shifts change. The companies compared here are used alike at all hours, and everybody is always there. A backup kept
//! somewhere is taken once a day where nobody says how often, and a landlord calls after a time that hangs on the contract; here
//! somebody says.
#![allow(clippy::panic, clippy::expect_used, reason = "a test fails by panicking")]

mod common;

use std::cell::Cell;
use std::collections::BTreeMap;

use bridge_engine::trace::{Change, End, EventId, Series, Subject};
use bridge_engine::world::{Action, Incident};
use bridge_engine::{Span, Time, Trace, World, scenario};
use common::company::{Company, company};
use common::rewrite::{Value, read, stretched};
use common::{play, world};
use proptest::prelude::*;
use proptest::test_runner::{TestRunner, contextualize_config};

/// How many times as long everything takes.
const K: u64 = 2;

/// How far a moment may be from where it belongs, in microseconds. Each moment that is solved is rounded by up to half a
/// microsecond, in both runs; such errors add up along a chain of causes, and what goes on slowly magnifies them: a report
/// that comes at a thousandth of the rate is late by a thousand times as much.
const SLACK: u64 = 10_000;

/// Share of the runs that must be the same from end to end. In the others fractions of failed attempts took another way:
/// they follow each other in steps, services that step in the same microsecond do so in turn, and which comes first is then
/// up to the rounding. Those are compared until that happens. Most of them are runs of companies whose cold caches hold their
/// databases at the verge for hours (Roblox).
const WHOLE_RUNS: f64 = 0.85;

/// The document as one whose days have no hours.
fn timeless(text: &str) -> Value {
    let mut document = read(text);
    if let Some(demand) = document.get_mut("demand") {
        demand.set("shape", Value::Scalar("flat".to_owned()));
    }
    // Whole, and half of it must be too.
    let detect = document.get_mut("controls").and_then(|controls| controls.get_mut("detect"));
    if let Some(alarms) = detect.and_then(|detect| detect.get_mut("false_alarms"))
        && let Value::Scalar(text) = alarms
    {
        *text = format!("{}", K * text.parse::<u64>().expect("a number"));
    }
    let teams = document.get_mut("people").and_then(|people| people.get_mut("teams"));
    teams.map_or(Vec::new(), Value::values_mut).into_iter().for_each(|team| team.set("shifts", Value::Null));
    for site in document.get_mut("sites").map_or(Vec::new(), Value::values_mut) {
        let operator = site.get("operator").cloned();
        if site.get("notice").is_none() && operator.is_some() {
            let managed = operator == Some(Value::Scalar("managed".to_owned()));
            site.set("notice", Value::Scalar(if managed { "5m" } else { "20m" }.to_owned()));
        }
    }
    for service in document.get_mut("services").map_or(Vec::new(), Value::values_mut) {
        if let Some(data) = service.get_mut("data") {
            let mut backup = data.get("backup").cloned().unwrap_or(Value::Map(Vec::new()));
            if backup.get("every").is_none() {
                backup.set("every", Value::Scalar("24h".to_owned()));
                data.set("backup", backup);
            }
        }
    }
    document
}

/// The company as it is, and stretched.
fn pair(text: &str) -> [World; 2] {
    let document = timeless(text);
    [1, K].map(|k| world(&stretched(&document, &scenario::shape(), k as f64).text()))
}

fn stretch(incident: &Incident) -> Incident {
    let times = |span: Option<Span>| span.map(|span| Span(span.0 * K));
    let action = match incident.action {
        Action::Cut(line, lasts) => Action::Cut(line, times(lasts)),
        Action::Fail(element, lasts) => Action::Fail(element, times(lasts)),
        other => other,
    };
    Incident { at: Time(incident.at.0 * K), action, ..*incident }
}

/// A change without the times in it, and those.
fn timeless_change(change: Change) -> (Change, Span) {
    match change {
        Change::WritesLost(span) => (Change::WritesLost(Span::ZERO), span),
        Change::Diverged { lasted, conflicts } => {
            (Change::Diverged { lasted: Span::ZERO, conflicts }, lasted)
        }
        Change::Incident(Action::Cut(line, Some(lasts))) => {
            (Change::Incident(Action::Cut(line, Some(Span::ZERO))), lasts)
        }
        Change::Incident(Action::Fail(element, Some(lasts))) => {
            (Change::Incident(Action::Fail(element, Some(Span::ZERO))), lasts)
        }
        other => (other, Span::ZERO),
    }
}

/// An event by its subject and its place among that subject's own.
type Name = (Subject, usize);

fn names(trace: &Trace) -> Vec<Name> {
    let mut seen: BTreeMap<Subject, usize> = BTreeMap::new();
    let mut name = |subject| {
        let count = seen.entry(subject).or_default();
        *count += 1;
        (subject, *count)
    };
    trace.events.iter().map(|e| name(e.subject)).collect()
}

/// From when on failures take another way.
fn parted(base: &Trace, slow: &Trace) -> u64 {
    let mut first = base.horizon.0;
    for (a, b) in base.failing.iter().zip(&slow.failing) {
        let same = |(a, b): &(&(Time, f64), &(Time, f64))| near(a.0.0, b.0.0) && (a.1 - b.1).abs() < 1e-4;
        let n = a.points().iter().zip(b.points()).take_while(same).count();
        let next = [a.points().get(n).map(|p| p.0.0), b.points().get(n).map(|p| p.0.0 / K)];
        first = next.into_iter().flatten().fold(first, u64::min);
    }
    first
}

fn near(a: u64, b: u64) -> bool {
    (a * K).abs_diff(b) <= SLACK
}

/// Where two runs are not the same but for their pace, before a moment.
fn difference(base: &Trace, slow: &Trace, until: u64) -> Option<String> {
    let (a, b) = (names(base), names(slow));
    let place = |names: &[Name]| -> BTreeMap<Name, usize> {
        names.iter().enumerate().map(|(i, &name)| (name, i)).collect()
    };
    let (in_base, in_slow) = (place(&a), place(&b));
    let before = |at: u64, k: u64| at + SLACK < until * k;
    if let Some(i) = (0..b.len()).find(|&i| before(slow.events[i].at.0, K) && !in_base.contains_key(&b[i])) {
        return Some(format!("{:?} happened", slow.events[i]));
    }
    for (event, name) in base.events.iter().zip(&a).filter(|(event, _)| before(event.at.0, 1)) {
        let Some(other) = in_slow.get(name).map(|&i| &slow.events[i]) else {
            return Some(format!("{event:?} did not happen"));
        };
        let ((change, time), (other_change, other_time)) =
            (timeless_change(event.change), timeless_change(other.change));
        if change != other_change || !near(event.at.0, other.at.0) || !near(time.0, other_time.0) {
            return Some(format!("{event:?} became {other:?}"));
        }
        let causes = |ids: &[EventId], names: &[Name]| {
            let mut causes: Vec<Name> = ids.iter().map(|id| names[id.0 as usize]).collect();
            causes.sort();
            causes
        };
        if causes(&event.causes, &a) != causes(&other.causes, &b) {
            return Some(format!("{event:?} came about by something else: {other:?}"));
        }
    }
    states(base, slow, until)
}

/// The series that are compared.
fn series(trace: &Trace) -> impl Iterator<Item = &Series> {
    let all = [&trace.shares, &trace.own, &trace.servers_up, &trace.hands, &trace.energised];
    all.into_iter().flatten()
}

/// Compares what series hold halfway between the moments at which any of them changes.
fn states(base: &Trace, slow: &Trace, until: u64) -> Option<String> {
    let changes = |trace: &Trace, k: u64| -> Vec<u64> {
        series(trace).flat_map(Series::points).map(|point| point.0.0 / k).collect()
    };
    let mut moments = changes(base, 1);
    moments.extend(changes(slow, K));
    moments.retain(|&at| at < until);
    moments.push(until);
    moments.sort_unstable();
    for pair in moments.windows(2).filter(|pair| pair[1] - pair[0] > SLACK) {
        let t = pair[0].midpoint(pair[1]);
        let apart = |(a, b): &(f64, f64)| (a - b).abs() > 1e-4 * (1.0 + a.abs());
        let at = series(base).zip(series(slow)).map(|(a, b)| (a.at(Time(t)), b.at(Time(t * K))));
        if let Some((i, (a, b))) = at.enumerate().find(|(_, pair)| apart(pair)) {
            return Some(format!("series {i} at {t}: {a} became {b}"));
        }
    }
    None
}

/// Compares two runs as far as they can be; true if that is to the end.
fn compared(base: &Trace, slow: &Trace) -> Result<bool, String> {
    if base.end != End::Horizon || slow.end != End::Horizon {
        return Ok(false);
    }
    let until = parted(base, slow);
    difference(base, slow, until).map_or(Ok(until == base.horizon.0), Err)
}

/// Runs and runs that were compared from end to end.
#[derive(Default)]
struct Count {
    all: Cell<u32>,
    whole: Cell<u32>,
}

impl Count {
    fn add(&self, whole: bool) {
        self.all.set(self.all.get() + 1);
        self.whole.set(self.whole.get() + u32::from(whole));
    }
}

impl Drop for Count {
    fn drop(&mut self) {
        let (all, whole) = (f64::from(self.all.get()), f64::from(self.whole.get()));
        assert!(std::thread::panicking() || whole >= WHOLE_RUNS * all, "{whole} of {all} to the end");
    }
}

#[test]
fn any_company_is_the_same_at_half_the_pace() {
    let mut runner =
        TestRunner::new(contextualize_config(ProptestConfig { cases: 150, ..ProptestConfig::default() }));
    let count = Count::default();
    let run = runner.run(&(company(), any::<bool>()), |(company, hazards)| {
        let company = Company { hazards, ..company };
        let [mut base, mut slow] = pair(&company.text(&company.in_order()));
        company.afflict(&mut base);
        slow.script = base.script.iter().map(stretch).collect();
        let whole = compared(&play(&base, company.seed), &play(&slow, company.seed));
        count.add(whole.map_err(TestCaseError::fail)?);
        Ok(())
    });
    assert!(run.is_ok(), "{}", run.expect_err("a failure"));
}

#[test]
fn every_scenario_of_the_library_is_the_same_at_half_the_pace() {
    let count = Count::default();
    for (path, text) in library() {
        let [base, slow] = pair(&text);
        for seed in 1..=10 {
            match compared(&play(&base, seed), &play(&slow, seed)) {
                Ok(whole) => count.add(whole),
                Err(found) => panic!("{path} at seed {seed}: {found}"),
            }
        }
    }
}

#[test]
fn a_document_written_out_with_its_defaults_means_the_same() {
    for (path, text) in library() {
        let written = stretched(&read(&text), &scenario::shape(), 1.0).text();
        assert_eq!(world(&text), world(&written), "{path}");
    }
}

fn library() -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/scenarios");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the library") {
        let path = entry.expect("a file").path();
        found.push((path.display().to_string(), std::fs::read_to_string(&path).expect("a text")));
    }
    assert!(found.len() > 5);
    found
}
