//! What a screen reader is told when the moment changes by steps rather than by playing.

use super::Shared;
use crate::state::run::Run;
use crate::words::{Locale, Msg, events};
use bridge_engine::Time;
use yew::prelude::*;

/// What is told.
pub struct LiveProps {
    /// The run.
    pub run: Shared<Run>,
    /// The moment, while time stands still.
    pub at: Option<Time>,
    /// Language.
    pub locale: Locale,
}

/// The most that is said at once.
const MOST: usize = 3;

/// A polite voice.
pub fn live(props: &LiveProps) -> Html {
    let said = props.at.map(|at| {
        let happened = props.run.key.iter().map(|id| props.run.event(*id)).filter(|e| e.at == at);
        let words: Vec<String> = happened
            .take(MOST)
            .map(|e| {
                let place = events::place(props.locale, &props.run.world, events::about(e));
                format!("{place}: {}", events::change(props.locale, &props.run.world, e))
            })
            .collect();
        if words.is_empty() {
            return String::new();
        }
        props.locale.with(Msg::LiveMoment, &[("at", &at.to_string()), ("what", &words.join(", "))])
    });
    html! { <p class="spoken" aria-live="polite" data-testid="live">{ said.unwrap_or_default() }</p> }
}
