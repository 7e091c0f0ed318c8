//! What covers the stage: keys and signs, and what is wrong with a file.

use super::icons::{Sign, icon};
use super::{Send, click};
use crate::browser::dialogs::use_shown;
use crate::state::{Action, Overlay};
use crate::words::states::Named;
use crate::words::{Locale, Msg};
use bridge_engine::scenario::Diagnostic;
use bridge_engine::trace::ServiceState;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct DialogProps {
    /// What it is about.
    pub title: String,
    /// Its `data-testid`, and its class.
    pub id: &'static str,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
    /// What it says.
    pub children: Html,
}

/// A dialog over the page.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    use_shown(&node);
    let close = click(&props.send, Action::Escape);
    let cancelled = props.send.reform(|event: Event| {
        event.prevent_default();
        Action::Escape
    });
    html! {
        <dialog ref={node} class={props.id} aria-labelledby="dialog-title" data-testid={props.id} oncancel={cancelled}>
            <header>
                <h2 id="dialog-title">{ &props.title }</h2>
                <button class="quiet" data-testid="close" aria-label={props.locale.say(Msg::Close)} onclick={close}>{ icon("i-close") }</button>
            </header>
            { props.children.clone() }
        </dialog>
    }
}

/// Whatever covers the stage at present.
pub fn overlay(overlay: &Overlay, locale: Locale, send: &Send) -> Html {
    match overlay {
        Overlay::None | Overlay::Gallery => Html::default(),
        Overlay::Help => html! {
            <Dialog key="help" title={locale.say(Msg::HelpTitle)} id="help-dialog" {locale} send={send.clone()}>{ help(locale) }</Dialog>
        },
        Overlay::Errors { name, diagnostics } => html! {
            <Dialog key="errors" title={locale.with(Msg::ErrorsTitle, &[("name", name)])} id="errors" {locale} send={send.clone()}>
                { errors(locale, diagnostics) }
            </Dialog>
        },
    }
}

fn errors(locale: Locale, diagnostics: &[Diagnostic]) -> Html {
    let line = |i: usize, d: &Diagnostic| {
        let (line, column) = (d.line.to_string(), d.column.to_string());
        html! {
            <li key={i}>
                <p class="where">
                    <span>{ locale.with(Msg::ErrorsPlace, &[("line", &line), ("column", &column)]) }</span>
                    if !d.path.is_empty() { <code>{ &d.path }</code> }
                </p>
                <p>{ locale.name(&d.message) }</p>
                if let Some(cure) = &d.suggestion { <p class="cure">{ locale.name(cure) }</p> }
            </li>
        }
    };
    html! {
        <>
            <p>{ locale.with(Msg::ErrorsLead, &[("n", &diagnostics.len().to_string())]) }</p>
            <ol class="diagnostics">{ for diagnostics.iter().enumerate().map(|(i, d)| line(i, d)) }</ol>
        </>
    }
}

fn help(locale: Locale) -> Html {
    let keys: [(&str, Msg); 11] = [
        ("Space", Msg::KeyPlay),
        (", .", Msg::KeyEvent),
        ("← →", Msg::KeyNudge),
        ("Home End", Msg::KeyEnds),
        ("+ − 0", Msg::KeyZoom),
        ("1 2 3", Msg::KeyArm),
        ("/", Msg::KeyFind),
        ("Enter", Msg::KeyDrop),
        ("Esc", Msg::KeyEscape),
        ("Ctrl Z · Ctrl Shift Z", Msg::KeyUndo),
        ("↑ ↓ ← →", Msg::KeyRove),
    ];
    let states = [
        ServiceState::Up,
        ServiceState::Degraded,
        ServiceState::Down,
        ServiceState::Waiting,
        ServiceState::Restarting,
        ServiceState::NoPower,
        ServiceState::Lost,
    ];
    html! {
        <div class="help">
            <section>
                <h3>{ locale.say(Msg::HelpKeys) }</h3>
                <dl>{ for keys.into_iter().map(|(key, m)| html! { <><dt><kbd>{ key }</kbd></dt><dd>{ locale.say(m) }</dd></> }) }</dl>
            </section>
            <section>
                <h3>{ locale.say(Msg::HelpSigns) }</h3>
                <ul>{ for states.into_iter().map(|s| html! { <li class={s.sign()}>{ icon(s.sign()) }<span>{ s.said(locale) }</span></li> }) }</ul>
            </section>
        </div>
    }
}
