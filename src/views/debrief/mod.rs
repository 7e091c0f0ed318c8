//! What is to be learnt from the run: one column of cards, each about one question.

mod bridges;
mod compare;
mod hands;
mod money;
mod report;
mod scoreboard;
mod tables;
mod waterfall;

use super::{Send, Shared};
use crate::browser::page;
use crate::state::debrief::beside::{Beside, Other};
use crate::state::debrief::story::{headline, sentences};
use crate::state::run::Run;
use crate::state::{Action, State};
use crate::words::{Locale, Msg};
use bridge_engine::report::Counting;
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
const CARDS: [(&str, Msg); 7] = [
    ("scores", Msg::DebriefScores),
    ("bridges", Msg::DebriefBridges),
    ("waterfall", Msg::DebriefWaterfall),
    ("hands", Msg::DebriefHands),
    ("money", Msg::DebriefMoney),
    ("beside", Msg::DebriefCompare),
    ("report", Msg::DebriefReport),
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
                { heading(props) }
                { card("scores", locale, scoreboard::scoreboard(props)) }
                { card("bridges", locale, bridges::list(props)) }
                { card("waterfall", locale, html! { <waterfall::Waterfall run={props.run.clone()} true_scale={props.true_scale}
                    {locale} send={props.send.clone()} /> }) }
                { card("hands", locale, hands::hands(props)) }
                { card("money", locale, money::money(props)) }
                { card("beside", locale, html! { <compare::Compare ..props.clone() /> }) }
                { card("report", locale, report::report(props)) }
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
fn heading(props: &DebriefProps) -> Html {
    let (run, locale) = (&props.run, props.locale);
    html! {
        <header class="headline">
            <h2>{ headline(run, locale) }</h2>
            <p>{ sentences(run, locale) }</p>
        </header>
    }
}
