//! The page: tables of what is known beside what comes out, between two marks that leave the rest to people.

use std::fmt::Write;

use bridge_engine::kernel::hash::Fnv;

use super::figure::{self, Kind, print as figure};
use super::{Done, Row};

const BEGIN: &str =
    "<!-- From here on written by `cargo xtask validate`; a test checks that it is current. -->";
const END: &str = "<!-- Up to here written by `cargo xtask validate`. -->";

/// A fingerprint of a text.
pub fn fingerprint(text: &str) -> u64 {
    Fnv::default().text(text).finish()
}

/// The written part.
pub fn print(results: &[Done], seeds: u32) -> String {
    let mut text = summary(results, seeds);
    for done in results {
        let _ = write!(text, "## {}\n\n", done.world.meta.title.en);
        let _ = write!(text, "`assets/scenarios/{}.yaml`", done.incident.scenario);
        if let Some(given) = &done.incident.given {
            let _ = write!(text, "; {} of {seeds} seeds count, those with `{given}`", done.counted);
        }
        text.push_str(".\n\n| | known | source | window | median | 5 – 95 % | inside | |\n|---|--:|:-:|--:|--:|--:|--:|---|\n");
        for cells in rows(done) {
            let _ = writeln!(text, "| {} |", cells.join(" | "));
        }
        text.push('\n');
    }
    text.push_str("## Fingerprints\n\nOf the scenarios' texts at the time of writing.\n\n| scenario | text |\n|---|---|\n");
    for done in results {
        let _ = writeln!(text, "| {} | {:016x} |", done.incident.scenario, done.fingerprint);
    }
    text
}

fn summary(results: &[Done], seeds: u32) -> String {
    let all: usize = results.iter().map(|done| done.rows.len()).sum();
    let mut outside = String::new();
    let mut misses = 0;
    for done in results {
        for (check, row) in done.incident.check.iter().zip(&done.rows) {
            if !row.agrees() {
                misses += 1;
                let _ = writeln!(outside, "- {}: {}", done.world.meta.title.en, check.what);
            }
        }
    }
    let mut text = format!(
        "{} incidents, {all} checks, {seeds} seeds each: {} medians are inside their window, {misses} outside.\n\n",
        results.len(),
        all - misses
    );
    if misses > 0 {
        let _ = write!(text, "Outside:\n\n{outside}\n");
    }
    text
}

/// The cells of an incident's table.
fn rows(done: &Done) -> impl Iterator<Item = [String; 8]> + '_ {
    done.incident.check.iter().zip(&done.rows).map(|(check, row)| {
        let figure = |value| figure(row.kind, value);
        let order = row.kind == Kind::Order;
        let [from, to] = row.window;
        let window = match to {
            _ if order => "order".to_owned(),
            to if to.is_infinite() && from.is_infinite() => "never".to_owned(),
            to if to.is_infinite() => format!("≥ {}", figure(from)),
            to => format!("{} – {}", figure(from), figure(to)),
        };
        let spread = format!("{} – {}", figure(row.quantile(0.05)), figure(row.quantile(0.95)));
        [
            check.what.clone(),
            check.published.clone(),
            check.source.to_string(),
            window,
            if order { "–".to_owned() } else { figure(row.quantile(0.5)) },
            if order { "–".to_owned() } else { spread },
            figure::print(Kind::Share, row.inside()),
            if row.agrees() { "inside" } else { "**outside**" }.to_owned(),
        ]
    })
}

/// The page with its written part replaced. None: it lacks the marks.
pub fn with(page: &str, part: &str) -> Option<String> {
    let (head, rest) = page.split_once(BEGIN)?;
    let (_, tail) = rest.split_once(END)?;
    Some(format!("{head}{BEGIN}\n\n{part}\n{END}{tail}"))
}

/// What on a page written before contradicts these results, which may come from fewer seeds.
pub fn stale(page: &str, results: &[Done]) -> Vec<String> {
    let part = page.split_once(BEGIN).and_then(|(_, rest)| rest.split_once(END)).map_or("", |(part, _)| part);
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    let lines: Vec<Vec<String>> = part.lines().filter(|line| line.starts_with('|')).map(cells).collect();
    let mut checks = lines.iter().filter(|cells| cells.len() == 8 && !is_head(cells));
    let mut stale = Vec::new();
    for done in results {
        let name = &done.incident.scenario;
        let print = format!("{:016x}", done.fingerprint);
        if !lines.iter().any(|cells| cells.len() == 2 && cells[0] == *name && cells[1] == print) {
            stale.push(format!("{name}: the scenario has changed"));
        }
        for (new, row) in rows(done).zip(&done.rows) {
            match checks.next() {
                Some(old) if old[..4] != new[..4] => stale.push(format!("{name}: “{}” has changed", new[0])),
                Some(old) if !plausible(old, row) => {
                    stale.push(format!(
                        "{name}: “{}” was {} ({} inside), now {} ({})",
                        new[0], old[4], old[6], new[4], new[6]
                    ));
                }
                Some(_) => {}
                None => stale.push(format!("{name}: “{}” is missing", new[0])),
            }
        }
    }
    if checks.next().is_some() {
        stale.push("it has checks that the table has not".to_owned());
    }
    stale
}

fn is_head(cells: &[String]) -> bool {
    cells[0].is_empty() || cells[0].starts_with("--")
}

/// Whether the figures on the page can be those of the run that gave this row, by chance of the seeds.
fn plausible(old: &[String], row: &Row) -> bool {
    // Figures are printed to the minute and the percent.
    let slack = if row.kind == Kind::Time { 60.0 } else { 0.01 };
    let median = match figure::printed(&old[4]) {
        Some(median) => row.quantile(0.05) - slack <= median && median <= row.quantile(0.95) + slack,
        None => row.kind == Kind::Order,
    };
    let inside = figure::printed(&old[6]).is_some_and(|share| {
        let deviation = (share * (1.0 - share) / row.figures.len().max(1) as f64).sqrt();
        (share - row.inside()).abs() <= 4.0 * deviation + 0.03
    });
    median && inside
}
