//! Money: what the outage cost by entry, what the design costs a year, and whom else it hit.

use super::DebriefProps;
use super::tables::{Row, table};
use crate::state::debrief::scores::{Unit, said};
use crate::words::Msg;
use crate::words::numbers::{clock, count, duration};
use crate::words::states::Named;
use bridge_engine::report::Entry;
use yew::prelude::*;

/// Its tables; a sentence where the scenario names no money.
pub fn money(props: &DebriefProps) -> Html {
    let (run, locale) = (&props.run, props.locale);
    let (world, report) = (&run.world, run.report());
    let amount = |value: f64| said(locale, world, Unit::Money, value);
    let row = |name: String, value: f64, all: f64| {
        let share = format!("{:.1}%", value / all.max(1e-9) * 100.0);
        Row { name: html! { { name } }, cells: vec![amount(value), share] }
    };
    let heads = |name: Msg| [name, Msg::MoneyAmount, Msg::MoneyShare].map(|m| locale.say(m)).to_vec();
    let lost = report.ledger.as_ref().map(|ledger| {
        let all = ledger.total();
        let entries = Entry::ALL.iter().zip(ledger.entries).filter(|(_, value)| *value > 0.0);
        let rows = entries.map(|(entry, value)| row(entry.said(locale), value, all));
        let total = row(locale.say(Msg::MoneyTotal), all, all);
        table(locale, "table-ledger", Msg::ScoreMoney, heads(Msg::ScoreMoney), rows.chain([total]).collect())
    });
    let yearly = report.yearly.filter(|yearly| yearly.total() > 0.0).map(|yearly| {
        let all = yearly.total();
        let parts = [
            (Msg::MoneyServers, yearly.servers),
            (Msg::MoneySites, yearly.sites),
            (Msg::MoneyDrills, yearly.drills),
            (Msg::MoneyTotal, all),
        ];
        let rows = parts.map(|(name, value)| row(locale.say(name), value, all)).into_iter().collect();
        table(locale, "table-yearly", Msg::ScoreYearly, heads(Msg::ScoreYearly), rows)
    });
    let none = lost.is_none().then(|| html! { <p class="lead">{ locale.say(Msg::MoneyNone) }</p> });
    html! { <>{ for none }{ for lost }{ for yearly }{ for parties(props) }{ for left(props) }</> }
}

/// Outside companies.
fn parties(props: &DebriefProps) -> Option<Html> {
    let (run, locale) = (&props.run, props.locale);
    let amount = |value: f64| said(locale, &run.world, Unit::Money, value);
    let heads = [Msg::MoneyParty, Msg::ColumnTotal, Msg::ColumnUserMinutes, Msg::MoneyTheirs, Msg::MoneyOwed];
    let row = |(party, of): (&bridge_engine::world::ThirdParty, &bridge_engine::report::PartyReport)| {
        let minutes = count(locale, of.user_minutes_lost);
        let cells = vec![duration(of.lost_s), minutes, amount(of.money_lost), amount(of.penalty)];
        Row { name: html! { { locale.name(&party.name) } }, cells }
    };
    let rows: Vec<Row> = run.world.third_parties.iter().zip(&run.report().parties).map(row).collect();
    let heads = heads.map(|m| locale.say(m)).to_vec();
    (!rows.is_empty()).then(|| table(locale, "table-parties", Msg::MoneyParty, heads, rows))
}

/// Users who went elsewhere.
fn left(props: &DebriefProps) -> Option<Html> {
    let (locale, users) = (props.locale, props.run.report().users?);
    let (most, end) = (count(locale, users.most), count(locale, users.at_end));
    let mut said = locale.with(Msg::MoneyLeft, &[("n", &most), ("at", &clock(users.most_at)), ("end", &end)]);
    if let Some(told) = users.told {
        said = format!("{said} {}", locale.with(Msg::MoneyTold, &[("at", &clock(told))]));
    }
    Some(html! { <p class="lead">{ said }</p> })
}
