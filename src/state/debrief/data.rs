//! The figures of a run for programs: CSV for spreadsheets, JSON for everything else. Figures have
//! the names that they have in `bridge run --format json`; times are in seconds.

use super::super::run::Run;
use super::bridges::bridges;
use crate::words::Locale;
use crate::words::bridges as words;
use bridge_engine::Time;
use bridge_engine::report::{Counting, ServiceReport, nines};
use bridge_engine::world::ServiceId;
use std::fmt::Write as _;

type Figure = (&'static str, Option<f64>);

/// A service's figures; none where there is no such figure.
fn figures(of: &ServiceReport) -> [Figure; 18] {
    let at = |time: Option<Time>| time.map(Time::secs);
    [
        ("first_loss_s", at(of.first_loss)),
        ("detected_s", at(of.detected)),
        ("acknowledged_s", at(of.acknowledged)),
        ("decided_s", at(of.decided)),
        ("switched_s", at(of.switched)),
        ("serving_again_s", at(of.serving_again)),
        ("restored_s", at(of.restored)),
        ("lost_s", Some(of.lost.secs())),
        ("down_s", Some(of.down.secs())),
        ("longest_loss_s", Some(of.longest_loss.secs())),
        ("writes_lost_s", Some(of.rpo_s).filter(|s| s.is_finite())),
        ("availability", Some(of.availability)),
        ("availability_year", Some(of.availability_year)),
        ("user_minutes_lost", Some(of.user_minutes_lost)),
        ("rto_over_s", of.rto_over_s),
        ("rpo_over_s", of.rpo_over_s.filter(|s| s.is_finite())),
        ("budget_burnt", of.budget_burnt),
        ("nines", nines(of.availability_year)),
    ]
}

/// Services and their figures for a spreadsheet; nothing where there is no figure.
#[must_use]
pub fn csv(run: &Run, locale: Locale) -> String {
    let mut out = String::from("service,name");
    let row = |id: ServiceId| figures(&run.report().services[id.index()]);
    if let Some(first) = run.ranked.first() {
        row(*first).into_iter().for_each(|(name, _)| out.extend([",", name]));
    }
    out.push_str("\r\n");
    for id in &run.ranked {
        let service = &run.world[*id];
        let _ = write!(out, "{},{}", cell(&service.key), cell(locale.name(&service.name)));
        for (_, figure) in row(*id) {
            out.push_str(&figure.map_or(",".to_owned(), |figure| format!(",{figure}")));
        }
        out.push_str("\r\n");
    }
    out
}

/// A cell as RFC 4180 has it. What a spreadsheet would take for a formula begins with a quote.
fn cell(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// The run as JSON: what it comes to, service by service, and the broken bridges in the page's language.
#[must_use]
pub fn json(run: &Run, counting: Option<&Counting>, locale: Locale) -> String {
    let (world, total) = (&run.world, &run.report().total);
    let services = run.ranked.iter().map(|id| {
        let of = &run.report().services[id.index()];
        (world[*id].key.clone(), object(2, fields(&figures(of))))
    });
    let number = |figure: f64| (figure.is_finite()).then_some(figure);
    let totals = [
        ("first_loss_s", total.first_loss.map(Time::secs)),
        ("restored_s", total.restored.map(Time::secs)),
        ("services_hit", Some(total.services_hit as f64)),
        ("sites_hit", Some(total.sites_hit as f64)),
        ("peak_affected", number(total.peak_affected)),
        ("peak_share", number(total.peak_share)),
        ("user_minutes_lost", number(total.user_minutes_lost)),
        ("exposure_s", number(total.exposure_s)),
        ("money_lost", total.money_lost),
    ];
    let mut total = fields(&totals);
    if let Some(cost) = &world.cost {
        total.push(("currency".to_owned(), string(&cost.currency)));
    }
    let found = bridges(run, counting).into_iter().map(|bridge| {
        let mends: Vec<String> =
            bridge.mends.iter().map(|mend| string(&words::mend(locale, world, *mend))).collect();
        object(
            2,
            vec![
                ("says".to_owned(), string(&words::finding(locale, world, bridge.finding))),
                ("figure".to_owned(), value(number(bridge.finding.figure))),
                ("mends".to_owned(), format!("[{}]", mends.join(", "))),
            ],
        )
    });
    let found: Vec<String> = found.collect();
    let mut out = object(
        0,
        vec![
            ("scenario".to_owned(), string(&world.meta.id)),
            ("seed".to_owned(), run.trace.seed.to_string()),
            ("horizon_s".to_owned(), value(Some(run.trace.horizon.secs()))),
            ("trace_hash".to_owned(), string(&format!("{:016x}", run.hash))),
            ("total".to_owned(), object(1, total)),
            ("services".to_owned(), object(1, services.collect())),
            ("findings".to_owned(), format!("[{}]", found.join(", "))),
        ],
    );
    out.push('\n');
    out
}

fn fields(figures: &[Figure]) -> Vec<(String, String)> {
    figures.iter().map(|(name, figure)| ((*name).to_owned(), value(*figure))).collect()
}

fn value(figure: Option<f64>) -> String {
    figure.map_or_else(|| "null".to_owned(), |figure| figure.to_string())
}

/// An object with its fields on lines of their own, so deep.
fn object(depth: usize, fields: Vec<(String, String)>) -> String {
    let (inner, outer) = ("  ".repeat(depth + 1), "  ".repeat(depth));
    let fields: Vec<String> =
        fields.into_iter().map(|(name, value)| format!("\n{inner}{}: {value}", string(&name))).collect();
    format!("{{{}\n{outer}}}", fields.join(","))
}

/// A string as RFC 8259 has it.
fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
