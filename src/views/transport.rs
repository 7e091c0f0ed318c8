//! Play, pause, step, speed, and which axis.

use super::icons::icon;
use super::{Send, click};
use crate::state::Action;
use crate::state::pace::Speed;
use crate::words::{Locale, Msg};
use yew::prelude::*;

/// What the transport shows.
pub struct TransportProps {
    /// Time passes.
    pub playing: bool,
    /// How fast.
    pub speed: Speed,
    /// The axis is true to scale.
    pub true_scale: bool,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

/// The transport.
pub fn transport(props: &TransportProps) -> Html {
    let locale = props.locale;
    let does = |action: Action| click(&props.send, action);
    let (play, sign) = if props.playing { (Msg::Pause, "i-pause") } else { (Msg::Play, "i-play") };
    html! {
        <div class="transport">
            <button class="round" data-testid="play" aria-label={locale.say(play)} title={locale.say(play)} onclick={does(Action::PlayPause)}>
                { icon(sign) }
            </button>
            <button class="quiet" data-testid="previous" aria-label={locale.say(Msg::EventPrevious)} title={locale.say(Msg::EventPrevious)}
                onclick={does(Action::Jump { forwards: false })}>{ icon("i-previous") }</button>
            <button class="quiet" data-testid="next" aria-label={locale.say(Msg::EventNext)} title={locale.say(Msg::EventNext)}
                onclick={does(Action::Jump { forwards: true })}>{ icon("i-next") }</button>
            <div class="segmented" role="group" aria-label={locale.say(Msg::Speed)}>
                { for Speed::ALL.into_iter().map(|speed| html! {
                    <button key={speed.label()} aria-pressed={(speed == props.speed).to_string()} data-testid={format!("speed-{}", speed.factor())}
                        aria-label={locale.with(Msg::SpeedValue, &[("n", speed.label())])} onclick={does(Action::Speed(speed))}>
                        { speed.label() }
                    </button>
                }) }
            </div>
            <button class="quiet words" data-testid="scale" aria-pressed={props.true_scale.to_string()}
                title={locale.say(Msg::ScaleSwitch)} onclick={does(Action::ToggleScale)}>
                { locale.say(if props.true_scale { Msg::ScaleTrue } else { Msg::ScaleWarped }) }
            </button>
        </div>
    }
}
