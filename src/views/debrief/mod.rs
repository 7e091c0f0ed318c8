//! What is to be learnt from the run: one column of cards, each about one question.

mod bridges;
mod compare;
mod scoreboard;
mod tables;
mod waterfall;

use super::{Send, Shared};
use crate::browser::page;
use crate::state::debrief::beside::{Beside, Other};
use crate::state::debrief::chart;
use crate::state::debrief::scores::lead;
use crate::state::run::Run;
use crate::state::{Action, State};
use crate::words::numbers::hours;
use crate::words::states::Named;
use crate::words::{Locale, Msg};
use bridge_engine::Span;
use bridge_engine::report::{Counting, Lost, lost_to};
use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// What the room shows.
#[derive(Clone, Properties, PartialEq)]
pub struct DebriefProps {
    /// The run.
    pub run: Shared<Run>,
    /// What the mends would have saved, as far as it is known.
    pub counting: Option<Shared<Counting>>,
    /// Something is still to be worked out.
    pub pending: bool,
    /// Which other design is wanted.
    pub other: Option<Other>,
    /// The other design.
    pub beside: Option<Shared<Beside>>,
    /// The axis shows time as it is.
    pub true_scale: bool,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

impl DebriefProps {
    /// What the room shows of a state.
    #[must_use]
    pub fn of(state: &State, run: &Shared<Run>, send: &Send) -> Self {
        Self {
            run: run.clone(),
            counting: state.counting().cloned().map(Shared),
            pending: state.has_to_count(),
            other: state.debrief.other,
            beside: state.beside().cloned().map(Shared),
            true_scale: state.true_scale,
            locale: state.locale,
            send: send.clone(),
        }
    }
}

/// The cards, with the names they have in the table of contents.
const CARDS: [(&str, Msg); 4] = [
    ("scores", Msg::DebriefScores),
    ("bridges", Msg::DebriefBridges),
    ("waterfall", Msg::DebriefWaterfall),
    ("beside", Msg::DebriefCompare),
];

/// The room.
#[component]
pub fn Debrief(props: &DebriefProps) -> Html {
    let locale = props.locale;
    use_work(props);
    let link = |(id, name): (&'static str, Msg)| {
        let onclick = Callback::from(move |_: MouseEvent| page::show(id));
        html! { <li key={id}><button class="plain" data-testid={format!("to-{id}")} {onclick}>{ locale.say(name) }</button></li> }
    };
    html! {
        <div class="debrief" data-testid="debrief">
            <nav class="contents" aria-label={locale.say(Msg::DebriefContents)}><ol>{ for CARDS.into_iter().map(link) }</ol></nav>
            <div class="cards">
                { headline(props) }
                { card("scores", locale, scoreboard::scoreboard(props)) }
                { card("bridges", locale, bridges::list(props)) }
                { card("waterfall", locale, html! { <waterfall::Waterfall run={props.run.clone()} true_scale={props.true_scale}
                    {locale} send={props.send.clone()} /> }) }
                { card("beside", locale, html! { <compare::Compare ..props.clone() /> }) }
            </div>
        </div>
    }
}

/// Works out the next piece as soon as the browser has nothing better to do.
#[hook]
fn use_work(props: &DebriefProps) {
    let key = (props.pending, props.run.clone(), props.counting.clone());
    let send = props.send.clone();
    use_effect_with(key, move |(pending, ..)| {
        let timer = pending.then(|| Timeout::new(0, move || send.emit(Action::Work)));
        move || drop(timer)
    });
}

/// A card with its heading, which the table of contents leads to.
fn card(id: &'static str, locale: Locale, body: Html) -> Html {
    let name = CARDS.into_iter().find(|card| card.0 == id).map(|card| locale.say(card.1));
    html! {
        <section key={id} class="card" id={id} tabindex="-1" aria-label={name.clone()}>
            <h2>{ name }</h2>
            { body }
        </section>
    }
}

/// What happened, in one line and two sentences.
fn headline(props: &DebriefProps) -> Html {
    let (run, locale) = (&props.run, props.locale);
    let total = &run.report.total;
    let length = |length: Span| hours(locale, length);
    let (title, notes) = match (total.first_loss, total.restored) {
        (None, _) => (locale.say(Msg::DebriefQuiet), locale.say(Msg::DebriefQuietNote)),
        (Some(from), Some(to)) => {
            (locale.with(Msg::DebriefHeadline, &[("time", &length(to.since(from)))]), sentences(run, locale))
        }
        (Some(from), None) => {
            let time = length(run.trace.horizon.since(from));
            (locale.with(Msg::DebriefNotBack, &[("time", &time)]), sentences(run, locale))
        }
    };
    html! {
        <header class="headline">
            <h2>{ title }</h2>
            <p>{ notes }</p>
        </header>
    }
}

fn sentences(run: &Run, locale: Locale) -> String {
    let Some(id) = lead(&run.world, None) else { return String::new() };
    let of = &run.report.services[id.index()];
    let name = locale.name(&run.world[id].name);
    let since = |at: Option<bridge_engine::Time>| {
        at.zip(of.first_loss).map(|(to, from)| hours(locale, to.since(from)))
    };
    let first = match (of.first_loss, since(of.serving_again), since(of.restored)) {
        (None, ..) => locale.with(Msg::DebriefLeadFine, &[("name", name)]),
        (_, Some(again), Some(whole)) => {
            locale.with(Msg::DebriefLead, &[("name", name), ("again", &again), ("whole", &whole)])
        }
        (_, None, Some(whole)) => locale.with(Msg::DebriefLeadWhole, &[("name", name), ("whole", &whole)]),
        (_, _, None) => locale.with(Msg::DebriefLeadNever, &[("name", name)]),
    };
    format!("{first} {}", shares(run, locale).unwrap_or_default())
}

/// What most of the lost time went to.
fn shares(run: &Run, locale: Locale) -> Option<String> {
    let lost = |what: Lost| run.report.waterfalls.iter().map(|w| lost_to(w, what).secs()).sum::<f64>();
    let kinds = chart::kinds(run);
    let all: f64 = kinds.iter().map(|&what| lost(what)).sum();
    let most = |but: Option<Lost>| {
        let others = kinds.iter().copied().filter(|what| Some(*what) != but);
        others.max_by(|a, b| lost(*a).total_cmp(&lost(*b)))
    };
    let first = most(None)?;
    let second = most(Some(first))?;
    let percent = |what: Lost| format!("{:.0} %", lost(what) / all.max(1e-9) * 100.0);
    Some(locale.with(
        Msg::DebriefShares,
        &[
            ("share", &percent(first)),
            ("what", &first.said(locale)),
            ("share2", &percent(second)),
            ("what2", &second.said(locale)),
        ],
    ))
}
