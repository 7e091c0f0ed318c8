//! `bridge validate`: what is known of real outages beside what many seeds of their scenarios say.

mod figure;
mod measure;
mod page;
mod table;

use std::path::{Path, PathBuf};

use bridge_engine::report::report;
use bridge_engine::scenario::open;
use bridge_engine::world::World;
use rayon::prelude::*;

use crate::{Outcome, input, output};
use figure::Kind;
use measure::{Measure, Run};
use table::{Check, Incident, Table};

/// Runs every check of a table, and prints the page, writes it, or compares it with one written before.
pub fn validate(table: &Path, seeds: u32, into: Option<&Path>, against: Option<&Path>) -> Outcome {
    match results(table, seeds) {
        Err(why) => Outcome::Unusable(why),
        Ok(results) => match (into, against) {
            (Some(page), _) => written(page, &page::print(&results, seeds)),
            (None, Some(page)) => compared(page, &results),
            (None, None) => output::text(&page::print(&results, seeds)),
        },
    }
}

/// One incident, run.
pub struct Done {
    /// Its table entry.
    pub incident: Incident,
    /// Its scenario.
    pub world: World,
    /// Fingerprint of the scenario's text.
    pub fingerprint: u64,
    /// Seeds that count.
    pub counted: usize,
    /// Figures, by check.
    pub rows: Vec<Row>,
}

/// What came out for one check.
pub struct Row {
    /// What its figures are.
    pub kind: Kind,
    /// From and to; for an order, 1.
    pub window: [f64; 2],
    /// Figures of the seeds that count, in order of size.
    pub figures: Vec<f64>,
}

impl Row {
    /// A quantile of the figures.
    pub fn quantile(&self, q: f64) -> f64 {
        let last = self.figures.len().saturating_sub(1);
        self.figures.get((q * last as f64).round() as usize).copied().unwrap_or(f64::NAN)
    }

    /// Share of the seeds inside the window.
    pub fn inside(&self) -> f64 {
        let [from, to] = self.window;
        let inside = self.figures.iter().filter(|&&x| from <= x && x <= to).count();
        inside as f64 / self.figures.len().max(1) as f64
    }

    /// Whether the median is inside; for an order, whether most seeds hold it.
    pub fn agrees(&self) -> bool {
        let [from, to] = self.window;
        let median = self.quantile(0.5);
        if self.kind == Kind::Order { self.inside() >= 0.5 } else { from <= median && median <= to }
    }
}

fn results(path: &Path, seeds: u32) -> Result<Vec<Done>, String> {
    let text = input::read(path)?;
    let table: Table = toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let folder = path.parent().unwrap_or(Path::new(".")).join("scenarios");
    table.incident.into_iter().map(|incident| done(incident, &folder, seeds)).collect()
}

fn done(incident: Incident, folder: &Path, seeds: u32) -> Result<Done, String> {
    let path = folder.join(format!("{}.yaml", incident.scenario));
    let text = input::read(&path)?;
    let world = match open(&text) {
        Ok(scenario) => scenario.world,
        Err(errors) => {
            let first = errors.first().map_or("", |error| error.message.en.as_str());
            return Err(format!("{}: {first}", path.display()));
        }
    };
    let given = incident.given.as_deref().map(|given| Measure::read(given, &world)).transpose()?;
    let plans =
        incident.check.iter().map(|check| Plan::read(check, &world)).collect::<Result<Vec<_>, _>>()?;
    let seen: Vec<Vec<f64>> = (1..=seeds)
        .into_par_iter()
        .filter_map(|seed| {
            let trace = bridge_engine::run(&world, &world.script, u64::from(seed));
            let report = report(&world, &trace);
            let run = Run { world: &world, trace: &trace, report: &report };
            let counts = given.is_none_or(|given| given.of(&run).is_finite());
            counts.then(|| plans.iter().map(|plan| plan.of(&run)).collect())
        })
        .collect();
    let row = |(index, plan): (usize, &Plan)| {
        let mut figures: Vec<f64> = seen.iter().map(|figures| figures[index]).collect();
        figures.sort_by(f64::total_cmp);
        Row { kind: plan.kind, window: plan.window, figures }
    };
    let rows = plans.iter().enumerate().map(row).collect();
    Ok(Done { incident, fingerprint: page::fingerprint(&text), counted: seen.len(), rows, world })
}

/// A check with its names found and its window read.
struct Plan {
    measure: Measure,
    since: Option<Measure>,
    before: Option<Measure>,
    kind: Kind,
    window: [f64; 2],
}

impl Plan {
    fn read(check: &Check, world: &World) -> Result<Self, String> {
        let other =
            |text: &Option<String>| text.as_deref().map(|text| Measure::read(text, world)).transpose();
        let measure = Measure::read(&check.measure, world)?;
        let (since, before) = (other(&check.since)?, other(&check.before)?);
        let wrong = |why| Err(format!("`{}`: {why}", check.what));
        let (kind, window) = match (&check.window, before) {
            (None, Some(_)) => (Kind::Order, [1.0, 1.0]),
            (Some([from, to]), None) => match (figure::read(from), figure::read(to)) {
                (Some(from), Some(to)) if from <= to => (measure.kind(), [from, to]),
                _ => return wrong("its window cannot be read"),
            },
            _ => return wrong("it has either a `window` or a `before`"),
        };
        Ok(Self { measure, since, before, kind, window })
    }

    fn of(&self, run: &Run<'_>) -> f64 {
        let value = self.measure.of(run);
        match (self.before, self.since) {
            (Some(before), _) => f64::from(u8::from(value < before.of(run))),
            (None, Some(since)) if value.is_finite() => value - since.of(run),
            _ => value,
        }
    }
}

fn written(path: &Path, part: &str) -> Outcome {
    let page = match input::read(path).map(|before| page::with(&before, part)) {
        Ok(Some(page)) => page,
        Ok(None) => {
            return Outcome::Unusable(format!("{} lacks the marks of the written part", path.display()));
        }
        Err(why) => return Outcome::Unusable(why),
    };
    match std::fs::write(path, page) {
        Ok(()) => Outcome::Done,
        Err(error) => Outcome::Unusable(format!("cannot write {}: {error}", path.display())),
    }
}

fn compared(path: &Path, results: &[Done]) -> Outcome {
    match input::read(path).map(|page| page::stale(&page, results)) {
        Ok(stale) if stale.is_empty() => Outcome::Done,
        Ok(stale) => {
            let list: PathBuf = path.into();
            Outcome::Unusable(format!("{} is not current:\n  {}", list.display(), stale.join("\n  ")))
        }
        Err(why) => Outcome::Unusable(why),
    }
}
