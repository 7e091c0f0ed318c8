//! Name, scenario, language, colours, help.

use super::icons::icon;
use super::menu::{self, use_menu};
use super::{Send, Shared, click};
use crate::browser::{files, reader};
use crate::state::{Action, Mode, Open, Origin, Theme, engine};
use crate::words::{Locale, Msg};
use gloo::file::callbacks::FileReader;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
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
    /// Where actions go.
    pub send: Send,
}

/// The header.
pub fn header(props: &HeaderProps) -> Html {
    let locale = props.locale;
    let does = |action: Action| click(&props.send, action);
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
            <Menu open={props.open.clone()} {locale} send={props.send.clone()} />
            { modes(props) }
            <div class="tools">
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

#[derive(Properties, PartialEq)]
struct MenuProps {
    open: Shared<Open>,
    locale: Locale,
    send: Send,
}

/// Which scenario: those shipped, or a file.
#[component]
fn Menu(props: &MenuProps) -> Html {
    let locale = props.locale;
    let reading = use_mut_ref(|| None::<FileReader>);
    let menu::Menu { open: unfolded, node: menu, toggle } = use_menu();
    use_effect_with(*unfolded, |unfolded| {
        if *unfolded {
            // Somebody is about to open something.
            spawn_local(async {
                let _ = reader::fetch().await;
            });
        }
    });
    let onchange = {
        let (send, unfolded) = (props.send.clone(), unfolded.clone());
        Callback::from(move |event: Event| {
            let input: Option<HtmlInputElement> = event.target_dyn_into();
            let Some(input) = input else { return };
            *reading.borrow_mut() = read(input.files(), &send);
            // The same file may be chosen again after it was mended.
            input.set_value("");
            unfolded.set(false);
        })
    };
    let title = locale.name(&props.open.world.meta.title).to_owned();
    html! {
        <div class="menu" ref={menu}>
            <button class="quiet words scenario" data-testid="scenario" aria-expanded={unfolded.to_string()}
                title={locale.name(&props.open.world.meta.summary).to_owned()} onclick={toggle}>
                <span>{ title }</span>{ icon("i-chevron") }
            </button>
            if *unfolded {
                <div class="popover">
                    <h2>{ locale.say(Msg::MenuScenarios) }</h2>
                    <ul>{ for (0..engine::SHIPPED.len()).map(|i| choice(props, i, &unfolded)) }</ul>
                    <label class="pill-button" >
                        { icon("i-open") }{ locale.say(Msg::MenuOpen) }
                        <input type="file" class="file" data-testid="open-file" accept=".yaml,.yml,.json" {onchange} />
                    </label>
                </div>
            }
        </div>
    }
}

/// Reads a file and opens it; what cannot be read is said.
pub fn read(list: Option<web_sys::FileList>, send: &Send) -> Option<FileReader> {
    let send = send.clone();
    files::read_first(list, move |name, result| {
        send.emit(match result {
            Ok(text) => Action::OpenText { name, text },
            Err(files::Unread::TooLarge) => Action::Notice(Msg::NoticeTooLarge),
            Err(files::Unread::Failed) => Action::Notice(Msg::NoticeUnreadable),
        });
    })
}

fn choice(props: &MenuProps, index: usize, unfolded: &UseStateHandle<bool>) -> Html {
    let current = props.open.source.origin == Origin::Shipped(index);
    let shipped = &engine::SHIPPED[index];
    let (send, unfolded) = (props.send.clone(), unfolded.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        unfolded.set(false);
        send.emit(Action::OpenShipped(index));
    });
    html! {
        <li key={index}>
            <button class="plain choice" data-testid={format!("scenario-{}", shipped.id)} aria-current={current.then_some("true")} {onclick}>
                <strong>{ engine::said(props.locale, shipped.title) }</strong>
                <span>{ engine::said(props.locale, shipped.summary) }</span>
            </button>
        </li>
    }
}
