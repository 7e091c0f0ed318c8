//! The scoreboard: the figures that people compare, and the same by service.

use super::DebriefProps;
use super::tables::{Row, table};
use crate::state::Action;
use crate::state::debrief::scores::{Score, Unit, difference, lead, said, scores};
use crate::views::click;
use crate::words::numbers::{clock, count};
use crate::words::{Locale, Msg};
use bridge_engine::report::nines;
use bridge_engine::trace::Subject;
use bridge_engine::world::ServiceId;
use bridge_engine::{Time, World};
use yew::prelude::*;

/// Figures as cards, then the table.
pub fn scoreboard(props: &DebriefProps) -> Html {
    let (run, locale) = (&props.run, props.locale);
    let Some(of) = lead(&run.world, None) else { return Html::default() };
    let here = scores(&run.world, run.report(), of);
    let there = props.beside.as_ref().and_then(|other| {
        let same = lead(&other.world, Some(&run.world[of].key))?;
        Some(scores(&other.world, &other.report, same))
    });
    let beside = |score: &Score| there.iter().flatten().find(|other| other.name == score.name).cloned();
    html! {
        <>
            <p class="lead">
                { locale.with(Msg::ScoreOf, &[("name", locale.name(&run.world[of].name))]) }
                { for props.beside.as_ref().map(|other| {
                    let title = locale.name(&other.world.meta.title);
                    html! { <span>{ locale.with(Msg::ScoreBelow, &[("title", title)]) }</span> }
                }) }
            </p>
            { for run.scores.services[of.index()].first_loss.map(|at| html! {
                <p class="note" data-testid="score-zero">{ locale.with(Msg::ScoreZero, &[("at", &at.to_string())]) }</p>
            }) }
            <dl class="scores" data-testid="scores">
                { for here.iter().map(|score| tile(locale, &run.world, score, beside(score))) }
            </dl>
            { services(props) }
        </>
    }
}

fn tile(locale: Locale, world: &World, score: &Score, beside: Option<Score>) -> Html {
    let told = |score: &Score| match score.value {
        Some(value) => said(locale, world, score.unit, value),
        None => "–".to_owned(),
    };
    let note = match (score.promise, score.value) {
        (Some(promise), _) => {
            let message = if score.missed { Msg::ScoreMissed } else { Msg::ScorePromised };
            locale.with(message, &[("value", &said(locale, world, score.unit, promise))])
        }
        (None, None) if score.unit != Unit::Nines => locale.say(Msg::ScoreNever),
        (None, _) if matches!(score.name, Msg::ScoreRto | Msg::ScoreRpo | Msg::ScoreNines) => {
            locale.say(Msg::ScoreNone)
        }
        _ => String::new(),
    };
    let other = beside.map(|other| {
        let more = difference(locale, world, score, &other);
        let look = more.as_ref().map(|(_, better)| if *better { "s-up" } else { "s-down" });
        html! { <dd class={classes!("other", look)}>{ told(&other) }{ for more.map(|(more, _)| format!(" ({more})")) }</dd> }
    });
    html! {
        <div class="score" title={locale.say(score.tip)}>
            <dt>{ locale.say(score.name) }</dt>
            <dd class={classes!("value", score.missed.then_some("s-down"))}>{ told(score) }</dd>
            { for other }
            <dd class="note">{ note }</dd>
        </div>
    }
}

/// Every service, those first that people would miss first.
fn services(props: &DebriefProps) -> Html {
    let (run, locale) = (&props.run, props.locale);
    let heads = [
        Msg::TableService,
        Msg::ColumnLost,
        Msg::ColumnKnown,
        Msg::ColumnDecided,
        Msg::ColumnSwitched,
        Msg::ColumnServing,
        Msg::ColumnWhole,
        Msg::ColumnNines,
        Msg::ColumnUserMinutes,
    ];
    let at = |time: Option<Time>| time.map_or("–".to_owned(), clock);
    let row = |id: &ServiceId| {
        let of = &run.report().services[id.index()];
        let cells = vec![
            at(of.first_loss),
            at(of.detected),
            at(of.decided),
            at(of.switched),
            at(of.serving_again),
            at(of.restored),
            nines(of.availability_year).map_or("–".to_owned(), |nines| format!("{nines:.2}")),
            count(locale, of.user_minutes_lost),
        ];
        Row { name: service(props, *id, of.first_loss), cells }
    };
    let rows = run.ranked.iter().map(row).collect();
    let heads = heads.map(|head| locale.say(head)).to_vec();
    html! {
        <details>
            <summary>{ locale.say(Msg::TableScores) }</summary>
            { table(locale, "table-scores", Msg::TableScores, heads, rows) }
        </details>
    }
}

/// A service's name, which leads to where it was first lost.
pub fn service(props: &DebriefProps, id: ServiceId, at: Option<Time>) -> Html {
    let name = props.locale.name(&props.run.world[id].name).to_owned();
    let visit = Action::Visit(Subject::Service(id), at.unwrap_or(Time::ZERO));
    html! { <button class="plain" onclick={click(&props.send, visit)}>{ name }</button> }
}
