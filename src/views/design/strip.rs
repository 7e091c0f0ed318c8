//! What the design comes to under its incidents, and what the last change and all changes did to that.

use crate::state::design::{Back, Change, Figures};
use crate::state::run::Run;
use crate::state::{Action, State};
use crate::views::icons::icon;
use crate::views::{Send, click};
use crate::words::numbers::{count, money, span};
use crate::words::{Locale, Msg, events};
use bridge_engine::Span;
use yew::prelude::*;

/// One figure.
struct Shown {
    id: &'static str,
    /// Its position among the changes.
    of: usize,
    title: String,
    value: String,
    /// How a change of it is written, without its sign.
    by: Box<dyn Fn(f64) -> String>,
    /// Smaller changes are not shown.
    least: f64,
}

/// The strip.
pub fn strip(state: &State, send: &Send) -> Html {
    let (locale, run) = (state.locale, &state.run);
    let service = run.most_important().map(|id| run.world[id].key.clone()).unwrap_or_default();
    let now = Figures::of(run, &service);
    let against = |run: &Run| now.since(&Figures::of(run, &service));
    let last = state.design.before.as_deref().map(against);
    let all = state.design.original.as_deref().map(against);
    let figures = figures(state, &now).into_iter().map(|figure| {
        let change = |changes: &Option<[Option<Change>; 5]>| changes.and_then(|changes| changes[figure.of]);
        figure_with(locale, &figure, change(&last), change(&all))
    });
    html! {
        <section class="figures design-figures" tabindex="0" aria-label={locale.say(Msg::Figures)} aria-live="polite" data-testid="design-figures">
            <div class="attached">
                <span class="title">{ locale.say(Msg::DesignUnder) }</span>
                <strong>{ incident(state) }</strong>
                <span class="note">{ said(state) }</span>
            </div>
            { for figures }
            { history(state, send) }
        </section>
    }
}

/// The first thing that happens.
fn incident(state: &State) -> String {
    let (world, locale, script) = (&state.run.world, state.locale, state.script());
    let Some(first) = script.first() else { return locale.say(Msg::IncidentsNone) };
    let what = events::action(locale, world, first.action);
    let place = events::place(locale, world, first.action.into());
    let more = script.len() - 1;
    if more == 0 { format!("{what} · {place}") } else { format!("{what} · {place} +{more}") }
}

/// What the last edit took with it; or where the changes stand.
fn said(state: &State) -> String {
    let (locale, desk) = (state.locale, &state.design);
    match desk.swept.len() {
        0 if desk.before.is_some() => locale.say(Msg::DesignLast),
        0 if desk.original.is_some() => locale.say(Msg::DesignSince),
        0 => locale.say(Msg::DesignUnchanged),
        n => locale.with(Msg::DesignSwept, &[("n", &n.to_string()), ("what", &desk.swept.join(", "))]),
    }
}

fn history(state: &State, send: &Send) -> Html {
    let locale = state.locale;
    html! {
        <div class="history">
            <button class="quiet" data-testid="design-undo" disabled={!state.work.can_undo()} aria-label={locale.say(Msg::Undo)}
                title={locale.say(Msg::Undo)} onclick={click(send, Action::Undo)}>{ icon("i-undo") }</button>
            <button class="quiet" data-testid="design-redo" disabled={!state.work.can_redo()} aria-label={locale.say(Msg::Redo)}
                title={locale.say(Msg::Redo)} onclick={click(send, Action::Redo)}>{ icon("i-redo") }</button>
        </div>
    }
}

fn figures(state: &State, now: &Figures) -> Vec<Shown> {
    let (locale, run) = (state.locale, &state.run);
    let time = move |seconds: f64| span(locale, Span::from_secs_f64(seconds));
    let when = |back: Back| match back {
        Back::NotLost => locale.say(Msg::NotLost),
        Back::At(at) => at.to_string(),
        Back::Never => {
            locale.with(Msg::NeverInRun, &[("time", &span(locale, run.trace.horizon.since_start()))])
        }
    };
    let timed = move |id, of, title, value| Shown { id, of, title, value, by: Box::new(time), least: 1.0 };
    let name = run.most_important().map(|id| locale.name(&run.world[id].name)).unwrap_or_default();
    let mut out = vec![
        timed("design-back", 0, locale.with(Msg::FigureBack, &[("name", name)]), when(now.service)),
        timed("design-all-back", 1, locale.say(Msg::FigureAllBack), when(now.all)),
        Shown {
            id: "design-minutes",
            of: 2,
            title: locale.say(Msg::FigureUserMinutes),
            value: count(locale, now.user_minutes),
            by: Box::new(move |by| count(locale, by)),
            least: 0.5,
        },
    ];
    let currency = run.world.cost.as_ref().map(|cost| cost.currency.clone()).unwrap_or_default();
    let costs = [
        ("design-money", 3, Msg::DesignMoney, now.money),
        ("design-yearly", 4, Msg::DesignYearly, now.yearly),
    ];
    for (id, of, title, value) in costs {
        // Nothing was said of what a design costs in a year.
        let Some(value) = value.filter(|value| *value > 0.0 || id != "design-yearly") else { continue };
        let in_currency = currency.clone();
        out.push(Shown {
            id,
            of,
            title: locale.say(title),
            value: money(locale, &currency, value),
            by: Box::new(move |by| money(locale, &in_currency, by)),
            least: 0.5,
        });
    }
    out
}

/// A figure; below it the last change, and all of them together where that is something else.
fn figure_with(locale: Locale, figure: &Shown, last: Option<Change>, all: Option<Change>) -> Html {
    let shown = |change: Option<Change>| change.filter(|change| !change.is_none(figure.least));
    let (last, all) = (shown(last), shown(all));
    let change = |of: Option<Change>, id: &'static str| {
        let change = of?;
        let text = by(locale, figure, change);
        let text = if id == "all" { format!("({text})") } else { text };
        let (look, sign) = if change.0 < 0.0 { ("better", "▼") } else { ("worse", "▲") };
        Some(html! {
            <span class={classes!("change", look)} data-testid={format!("{}-{id}", figure.id)}><span aria-hidden="true">{ sign }</span>{ text }</span>
        })
    };
    html! {
        <div key={figure.id} class="figure">
            <span class="title">{ &figure.title }</span>
            <strong data-testid={figure.id}>{ &figure.value }</strong>
            <span class="note changes">
                { change(last, "last").unwrap_or_default() }
                { change(all.filter(|all| Some(*all) != last), "all").unwrap_or_default() }
            </span>
        </div>
    }
}

fn by(locale: Locale, figure: &Shown, change: Change) -> String {
    match change.0 {
        f64::INFINITY => locale.say(Msg::DesignNowNever),
        f64::NEG_INFINITY => locale.say(Msg::DesignNowBack),
        by => format!("{}{}", if by < 0.0 { "−" } else { "+" }, (figure.by)(by.abs())),
    }
}
