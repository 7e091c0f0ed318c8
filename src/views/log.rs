//! What has happened so far, in words, latest first.

use super::why::look;
use super::{Send, Shared};
use crate::state::Action;
use crate::state::run::Run;
use crate::words::numbers::clock;
use crate::words::{Locale, Msg, events};
use bridge_engine::trace::EventId;
use yew::prelude::*;

/// What the log shows.
#[derive(Properties, PartialEq)]
pub struct LogProps {
    /// The run.
    pub run: Shared<Run>,
    /// How many of the run's key events have happened.
    pub happened: usize,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

/// So many lines; what is older is on the timeline.
const LINES: usize = 120;

/// The log.
#[component]
pub fn Log(props: &LogProps) -> Html {
    let locale = props.locale;
    let past = &props.run.key[..props.happened.min(props.run.key.len())];
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={locale.say(Msg::TabLog)} data-testid="log">
            if past.is_empty() {
                <p class="empty">{ locale.say(Msg::LogEmpty) }</p>
            } else {
                <ol class="log">{ for past.iter().rev().take(LINES).map(|id| line(props, *id)) }</ol>
            }
        </div>
    }
}

fn line(props: &LogProps, id: EventId) -> Html {
    let event = props.run.event(id);
    let at = event.at;
    html! {
        <li key={id.0} class={look(event)}>
            <button class="plain" onclick={props.send.reform(move |_: MouseEvent| Action::Seek(at))}>
                <span class="time">{ clock(at) }</span>
                <span class="dot" />
                <strong>{ events::change(props.locale, &props.run.world, event) }</strong>
                <span class="place">{ events::place(props.locale, &props.run.world, events::about(event)) }</span>
            </button>
        </li>
    }
}
