//! What has happened so far, in words, latest first; and what is known of the real event.

use super::why::look;
use super::{Send, Shared, click};
use crate::state::run::Run;
use crate::state::{Action, Open};
use crate::words::numbers::clock;
use crate::words::{Locale, Msg, events};
use bridge_engine::Time;
use yew::prelude::*;

/// What the log shows.
pub struct LogProps {
    /// The scenario, for what is known of the real event.
    pub open: Shared<Open>,
    /// The run.
    pub run: Shared<Run>,
    /// The moment.
    pub at: Time,
    /// How many of the run's key events have happened.
    pub happened: usize,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

/// So many events; what is older is on the timeline.
const EVENTS: usize = 240;
/// So many places are named in one line.
const NAMED: usize = 4;

/// One line: something that happened to one or several at once, or a fact.
struct Line {
    at: Time,
    look: &'static str,
    what: String,
    places: Vec<String>,
    fact: bool,
}

/// The log.
pub fn log(props: &LogProps) -> Html {
    let locale = props.locale;
    let lines = lines(props);
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={locale.say(Msg::TabLog)} data-testid="log">
            if lines.is_empty() {
                <p class="empty">{ locale.say(Msg::LogEmpty) }</p>
            } else {
                <ol class="log">{ for lines.iter().rev().map(|line| entry(props, line)) }</ol>
            }
        </div>
    }
}

fn lines(props: &LogProps) -> Vec<Line> {
    let (world, locale) = (&props.run.world, props.locale);
    let past = &props.run.key[..props.happened.min(props.run.key.len())];
    let mut out: Vec<Line> = Vec::new();
    for id in &past[past.len().saturating_sub(EVENTS)..] {
        let event = props.run.event(*id);
        let what = events::change(locale, world, event);
        let place = events::place(locale, world, events::about(event));
        match out.iter_mut().rev().take_while(|l| l.at == event.at).find(|l| l.what == what) {
            Some(line) => line.places.push(place),
            None => {
                out.push(Line { at: event.at, look: look(event), what, places: vec![place], fact: false });
            }
        }
    }
    let first = out.first().map_or(Time::ZERO, |l| l.at);
    for fact in props.open.facts.iter() {
        let at = Time::ZERO + fact.at;
        if at < first || at > props.at {
            continue;
        }
        let places = fact.source.iter().cloned().collect();
        let line = Line { at, look: "s-fact", what: locale.name(&fact.text).to_owned(), places, fact: true };
        out.insert(out.partition_point(|l| l.at <= at), line);
    }
    out
}

fn entry(props: &LogProps, line: &Line) -> Html {
    let at = line.at;
    let mut places = line.places.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if line.places.len() > NAMED {
        places.push_str(&format!(" +{}", line.places.len() - NAMED));
    }
    let title = line.fact.then(|| props.locale.say(Msg::FactTitle));
    html! {
        <li key={format!("{}-{}", at.0, line.what)} class={classes!(line.look, line.fact.then_some("recorded"))}>
            <button class="plain" {title} onclick={click(&props.send, Action::Seek(at))}>
                <span class="time">{ clock(at) }</span>
                <span class="dot" />
                <strong>{ &line.what }</strong>
                <span class="place">{ places }</span>
            </button>
        </li>
    }
}
