//! A sweep for people: a table of shares, then a table a figure.

use std::fmt::Write;

use bridge_cli::sweep::figures::{Figure, Kind, SERVICE, SITE, TOTAL};
use bridge_cli::sweep::statistics::Share;
use bridge_cli::sweep::summary::{Spread, Subject};
use bridge_cli::sweep::{Named, Plan, Summary};

use crate::language::Language;
use crate::numbers::{duration, grouped};
use crate::table::{Align, table};

/// Everything.
pub fn result(plan: &Plan, summary: &Summary, language: Language) -> String {
    let mut text = head(plan, summary, language);
    text.push_str(&shares(plan, summary, language));
    for (index, figure) in SERVICE.iter().enumerate() {
        let mut lines = Vec::new();
        for (of, subject) in plan.services.iter().zip(&summary.services) {
            lines.push((name(of, language), &subject.figures[index]));
        }
        if let Some(whole) = TOTAL.iter().position(|total| total.key == figure.key) {
            lines.push((all(language), &summary.total.figures[whole]));
        }
        text.push_str(&spreads(plan, figure, &lines, language));
    }
    for (index, figure) in SITE.iter().enumerate() {
        let of = plan.sites.iter().zip(&summary.sites);
        let lines: Vec<_> = of.map(|(site, spreads)| (name(site, language), &spreads[index])).collect();
        text.push_str(&spreads(plan, figure, &lines, language));
    }
    for (figure, spread) in TOTAL.iter().zip(&summary.total.figures) {
        if SERVICE.iter().all(|service| service.key != figure.key) {
            text.push_str(&spreads(plan, figure, &[(all(language), spread)], language));
        }
    }
    text
}

fn head(plan: &Plan, summary: &Summary, language: Language) -> String {
    let title = language.pick(&plan.title.0, &plan.title.1);
    let (hours, seeds) = (plan.horizon().hours(), plan.seeds);
    let count = grouped(seeds.count() as f64);
    let mut text = language.pick(
        format!("{title}\n  {hours:.0} h, seeds {seeds}, runs: {count}\n"),
        format!("{title}\n  {hours:.0}시간, 시드 {seeds}, 실행 {count}회\n"),
    );
    let cut = summary.cut_short;
    if cut > 0 {
        text.push_str(&language.pick(
            format!("  Cut short because more happened than a run may hold: {cut}\n"),
            format!("  사건 수 한도를 넘어 중간에 끝난 실행: {cut}회\n"),
        ));
    }
    text
}

fn shares(plan: &Plan, summary: &Summary, language: Language) -> String {
    let heads = language.pick(
        ["Service", "lost", "then whole again", "met its objective"],
        ["서비스", "장애 발생", "그중 완전 복구", "목표 달성"],
    );
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    let row = |name: &str, of: &Subject| {
        vec![name.to_owned(), percent(of.lost), percent(of.recovered), percent(of.met)]
    };
    for (of, subject) in plan.services.iter().zip(&summary.services) {
        rows.push(row(name(of, language), subject));
    }
    rows.push(row(all(language), &summary.total));
    let title = language.pick("Share of seeds (95 % Wilson interval)", "시드 비율 (95 % Wilson 신뢰구간)");
    format!("\n{title}\n{}", table(&[Align::Left, Align::Right, Align::Right, Align::Right], &rows))
}

/// `98.7 % (96.6–99.5)`.
fn percent(share: Option<Share>) -> String {
    share.map_or("–".to_owned(), |of| {
        format!("{:.1} % ({:.1}–{:.1})", of.share() * 100.0, of.low * 100.0, of.high * 100.0)
    })
}

/// A table of one figure; what was never due, or nothing at every seed, has no line, and a figure without lines no table.
fn spreads<T>(plan: &Plan, figure: &Figure<T>, lines: &[(&str, &Spread)], language: Language) -> String {
    let nothing = |spread: &Spread| figure.kind != Kind::Moment && spread.quantiles[4] == Some(0.0);
    let due: Vec<_> = lines.iter().filter(|(_, spread)| spread.due > 0 && !nothing(spread)).collect();
    if due.is_empty() {
        return String::new();
    }
    let title = language.pick(figure.name[0], figure.name[1]);
    let unit = match (&plan.currency, figure.key) {
        (Some(currency), "money_lost") => format!(", {currency}"),
        _ => String::new(),
    };
    let quantiles = language.pick(
        ["seeds", "least", "5 %", "median", "95 %", "most"],
        ["시드", "최소", "5 %", "중앙값", "95 %", "최대"],
    );
    let mut rows = vec![vec![format!("{title}{unit}")]];
    rows[0].extend(quantiles.map(str::to_owned));
    for (name, spread) in due {
        let mut row = vec![(*name).to_owned(), spread.due.to_string()];
        row.extend(spread.quantiles.map(|value| said(value, figure.kind, plan)));
        rows.push(row);
    }
    let mut align = [Align::Right; 7];
    align[0] = Align::Left;
    let mut text = String::new();
    let _ = write!(text, "\n{}", table(&align, &rows));
    text
}

/// A value; `> 160:00` for what did not come within the run.
fn said(value: Option<f64>, kind: Kind, plan: &Plan) -> String {
    match (value, kind) {
        (None, _) => format!("> {}", duration(plan.horizon().secs())),
        (Some(value), Kind::Moment | Kind::Length) => duration(value),
        (Some(value), Kind::Share) => format!("{:.3} %", value * 100.0),
        (Some(value), Kind::Amount) => grouped(value),
    }
}

fn name(of: &Named, language: Language) -> &str {
    language.pick(&of.name.0, &of.name.1)
}

const fn all(language: Language) -> &'static str {
    match language {
        Language::En => "All together",
        Language::Ko => "전체",
    }
}
