//! Money, users who left and outside companies.

use std::collections::BTreeMap;

use bridge_engine::Time;
use bridge_engine::report::{Entry, Gone, Report, money_lost};
use bridge_engine::trace::Trace;
use bridge_engine::world::World;
use bridge_words::states::Named;
use serde::Serialize;

use super::json::seconds;
use crate::language::Language;
use crate::numbers::{duration, grouped};
use crate::table::{Align, table};

/// Even steps into which a run is divided for what grows over time.
const STEPS: u64 = 100;

/// What the design costs in a year without an outage.
#[derive(Serialize)]
pub struct Yearly {
    servers: f64,
    sites: f64,
    drills: f64,
    drill_hours: f64,
    total: f64,
}

/// Who left.
#[derive(Serialize)]
pub struct Users {
    most_gone: f64,
    most_gone_s: f64,
    gone_at_end: f64,
    told_s: Option<f64>,
}

/// An outside company.
#[derive(Serialize)]
pub struct Party {
    first_loss_s: Option<f64>,
    lost_s: f64,
    user_minutes_lost: f64,
    /// Theirs, not ours.
    money_lost: f64,
    /// Ours, owed to them.
    penalty: f64,
}

/// What has come together by a moment.
#[derive(Serialize)]
pub struct SoFar {
    at_s: f64,
    users_gone: Option<f64>,
    money_lost: Option<f64>,
}

/// Amounts by what money was lost to; they sum to the total.
pub fn ledger(report: &Report) -> Option<BTreeMap<&'static str, f64>> {
    let ledger = report.ledger.as_ref()?;
    Some(Entry::ALL.iter().zip(ledger.entries).map(|(entry, amount)| (entry.name(), amount)).collect())
}

/// In figures.
pub fn yearly(report: &Report) -> Option<Yearly> {
    report.yearly.map(|of| Yearly {
        servers: of.servers,
        sites: of.sites,
        drills: of.drills,
        drill_hours: of.drill_hours,
        total: of.total(),
    })
}

/// In figures.
pub fn users(report: &Report) -> Option<Users> {
    report.users.map(|of| Users {
        most_gone: of.most,
        most_gone_s: of.most_at.secs(),
        gone_at_end: of.at_end,
        told_s: seconds(of.told),
    })
}

/// By name.
pub fn parties<'a>(world: &'a World, report: &Report) -> BTreeMap<&'a str, Party> {
    let parties = world.third_parties.iter().zip(&report.parties);
    let figures = parties.map(|(party, of)| {
        let figures = Party {
            first_loss_s: seconds(of.first_loss),
            lost_s: of.lost_s,
            user_minutes_lost: of.user_minutes_lost,
            money_lost: of.money_lost,
            penalty: of.penalty,
        };
        (party.key.as_str(), figures)
    });
    figures.collect()
}

/// What grows over time, at even steps; nothing for a scenario that counts neither.
pub fn over_time(world: &World, trace: &Trace) -> Vec<SoFar> {
    let gone = Gone::of(world, trace);
    if gone.is_none() && world.cost.is_none() {
        return Vec::new();
    }
    let moment = |step: u64| {
        let at = Time((u128::from(trace.horizon.0) * u128::from(step) / u128::from(STEPS)) as u64);
        SoFar {
            at_s: at.secs(),
            users_gone: gone.as_ref().map(|gone| gone.at(at)),
            money_lost: money_lost(world, trace, at),
        }
    };
    (0..=STEPS).map(moment).collect()
}

/// For people: the ledger, and whom else it hit. Nothing where there is nothing to say.
pub fn text(world: &World, report: &Report, language: Language) -> String {
    let mut text = String::new();
    if let (Some(ledger), Some(cost)) = (&report.ledger, &world.cost) {
        let lost = language.pick("Money lost to", "손실 내역").to_owned();
        let mut rows = vec![vec![lost, cost.currency.clone()]];
        let amounts = Entry::ALL.iter().zip(ledger.entries).filter(|(_, amount)| *amount > 0.0);
        rows.extend(amounts.map(|(&e, amount)| vec![e.said(language.locale()), grouped(amount)]));
        if rows.len() > 1 {
            text.push('\n');
            text.push_str(&table(&[Align::Left, Align::Right], &rows));
        }
    }
    if !world.third_parties.is_empty() {
        let names = language.pick(
            ["Outside companies", "lost", "user-min lost", "their sales", "we owe"],
            ["외부 업체", "장애 시간", "잃은 이용자·분", "업체 매출 손실", "위약금"],
        );
        let mut rows = vec![names.map(str::to_owned).to_vec()];
        for (party, of) in world.third_parties.iter().zip(&report.parties) {
            let amounts = [of.user_minutes_lost, of.money_lost, of.penalty].map(grouped);
            let mut row = vec![language.of(&party.name).to_owned(), duration(of.lost_s)];
            row.extend(amounts);
            rows.push(row);
        }
        let mut align = [Align::Right; 5];
        align[0] = Align::Left;
        text.push('\n');
        text.push_str(&table(&align, &rows));
    }
    text
}
