//! A sweep for spreadsheets. Keys are letters, digits, `-` and `_`, so nothing needs quotes.

use std::fmt::Write as _;
use std::io::{self, Write};

use bridge_cli::sweep::figures::{Cell, Fate, Figure, SERVICE, SITE, TOTAL};
use bridge_cli::sweep::statistics::Share;
use bridge_cli::sweep::summary::{QUANTILES, Spread, Subject};
use bridge_cli::sweep::{Plan, Rows, Summary};

/// A line a share and a line a figure, of every service, every site and the whole.
pub fn summary(plan: &Plan, summary: &Summary) -> String {
    let mut text = format!("subject,key,figure,seeds,of,share,low,high,never,{}\n", QUANTILES.join(","));
    let all = plan.seeds.count();
    for (of, subject) in plan.services.iter().zip(&summary.services) {
        let start = format!("service,{}", of.key);
        shares(&mut text, &start, subject);
        spreads(&mut text, &start, &subject.figures, &SERVICE, all);
    }
    for (of, figures) in plan.sites.iter().zip(&summary.sites) {
        spreads(&mut text, &format!("site,{}", of.key), figures, &SITE, all);
    }
    shares(&mut text, "total,", &summary.total);
    spreads(&mut text, "total,", &summary.total.figures, &TOTAL, all);
    text
}

fn shares(text: &mut String, start: &str, subject: &Subject) {
    let named = [("lost", subject.lost), ("recovered", subject.recovered), ("met_objective", subject.met)];
    for (name, share) in named {
        let Some(share) = share else { continue };
        let Share { seeds, of, low, high } = share;
        let _ = writeln!(text, "{start},{name},{seeds},{of},{},{low},{high},,,,,,", share.share());
    }
}

fn spreads<T>(text: &mut String, start: &str, spreads: &[Spread], table: &[Figure<T>], all: u64) {
    for (figure, spread) in table.iter().zip(spreads) {
        let _ = write!(text, "{start},{},{},{all},,,,{}", figure.key, spread.due, spread.never);
        for value in spread.quantiles {
            let _ = write!(text, ",{}", value.map_or(String::new(), |value| value.to_string()));
        }
        text.push('\n');
    }
}

/// A line a run and subject. An empty field: nothing called for it. `never`: it was called for and did not come.
pub fn each(plan: &Plan, rows: &Rows, to: &mut dyn Write) -> io::Result<()> {
    let mut keys: Vec<&str> = Vec::new();
    let all =
        SERVICE.iter().map(|f| f.key).chain(SITE.iter().map(|f| f.key)).chain(TOTAL.iter().map(|f| f.key));
    for key in all {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let figures = keys.join(",");
    writeln!(to, "seed,trace_hash,events,cut_short,subject,key,lost,recovered,met_objective,{figures}")?;
    for (index, row) in rows.iter().enumerate() {
        let (hash, events, cut) = (row.hash(), row.events(), row.cut_short());
        let run = format!("{},{hash:016x},{events},{cut}", plan.seeds.at(index));
        for (index, of) in plan.services.iter().enumerate() {
            let (fate, words) = row.service(index);
            let figures = line(&keys, &SERVICE, words);
            writeln!(to, "{run},service,{},{},{figures}", of.key, fated(fate, of.objective))?;
        }
        for (index, of) in plan.sites.iter().enumerate() {
            writeln!(to, "{run},site,{},,,,{}", of.key, line(&keys, &SITE, row.site(index)))?;
        }
        let (fate, words) = row.total();
        let figures = line(&keys, &TOTAL, words);
        writeln!(to, "{run},total,,{},{figures}", fated(fate, plan.has_objective()))?;
    }
    Ok(())
}

fn fated(fate: Fate, objective: bool) -> String {
    let met = if objective { fate.met.to_string() } else { String::new() };
    format!("{},{},{met}", fate.lost, fate.recovered)
}

fn line<T>(keys: &[&str], table: &[Figure<T>], words: &[u64]) -> String {
    let field = |key: &&str| {
        let at = table.iter().position(|figure| figure.key == *key)?;
        match Cell(words[at]) {
            Cell::NEVER => Some("never".to_owned()),
            cell => cell.value(table[at].kind).map(|value| value.to_string()),
        }
    };
    let fields: Vec<String> = keys.iter().map(|key| field(key).unwrap_or_default()).collect();
    fields.join(",")
}
