//! Name, scenario, language, colours, help.

use super::icons::icon;
use super::{Send, Shared, click, guide};
use crate::state::{Action, Mode, Open, Theme};
use crate::words::{Locale, Msg};
use yew::prelude::*;

/// What the header shows.
pub struct HeaderProps {
    /// The open scenario.
    pub open: Shared<Open>,
    /// Language.
    pub locale: Locale,
    /// Colours.
    pub theme: Theme,
    /// The room of the stage that is shown.
    pub mode: Mode,
    /// The search.
    pub find: Html,
    /// The guided round is offered here, because it does not begin by itself.
    pub offers_round: bool,
    /// Where actions go.
    pub send: Send,
}

/// The header.
pub fn header(props: &HeaderProps) -> Html {
    let locale = props.locale;
    let does = |action: Action| click(&props.send, action);
    let meta = &props.open.world.meta;
    let (theme_sign, theme_words) = match props.theme {
        Theme::Auto => ("i-auto", Msg::ThemeAuto),
        Theme::Light => ("i-light", Msg::ThemeLight),
        Theme::Dark => ("i-dark", Msg::ThemeDark),
    };
    html! {
        <header class="top">
            <div class="brand">
                <svg class="mark" viewBox="0 0 64 32" aria-hidden="true">
                    <path d="M3 10H24M9 10V28M9 22Q9 15 20 14M61 10H40M55 10V28M55 22Q55 15 44 14" />
                </svg>
                <h1>{ locale.say(Msg::AppName) }</h1>
            </div>
            <button class="quiet words scenario" data-testid="scenario" aria-haspopup="dialog" title={locale.name(&meta.summary).to_owned()}
                onclick={does(Action::Gallery)}>
                <span>{ locale.name(&meta.title).to_owned() }</span>{ icon("i-chevron") }
            </button>
            { modes(props) }
            <div class="tools">
                if props.offers_round {
                    <button class="quiet words offer" data-testid="offer-tour" aria-label={locale.say(Msg::TourAgain)} title={locale.say(Msg::TourAgain)}
                        onclick={guide::lead(&props.send, Some(0))}>{ icon("i-play") }<span aria-hidden="true">{ locale.say(Msg::TourStart) }</span></button>
                }
                { props.find.clone() }
                <button class="quiet words" data-testid="locale" lang={locale.other().tag()} title={locale.say(Msg::LanguageSwitch)}
                    onclick={does(Action::Locale(locale.other()))}>{ locale.say(Msg::LanguageOther) }</button>
                <button class="quiet" data-testid="theme" aria-label={locale.say(theme_words)} title={locale.say(theme_words)}
                    onclick={does(Action::Theme(props.theme.next()))}>{ icon(theme_sign) }</button>
                <button class="quiet" data-testid="help" aria-label={locale.say(Msg::Help)} title={locale.say(Msg::Help)}
                    onclick={does(Action::Help)}>{ icon("i-help") }</button>
            </div>
        </header>
    }
}

/// Design, drill, debrief.
fn modes(props: &HeaderProps) -> Html {
    let (locale, send) = (props.locale, &props.send);
    let button = |mode: Mode| {
        let (id, name) = match mode {
            Mode::Design => ("mode-design", Msg::ModeDesign),
            Mode::Drill => ("mode-drill", Msg::ModeDrill),
            Mode::Debrief => ("mode-debrief", Msg::ModeDebrief),
        };
        html! {
            <button key={id} data-testid={id} aria-current={(mode == props.mode).then_some("page")}
                onclick={click(send, Action::Mode(mode))}>{ locale.say(name) }</button>
        }
    };
    html! {
        <nav class="segmented modes" aria-label={locale.say(Msg::Modes)}>{ for Mode::ALL.into_iter().map(button) }</nav>
    }
}
