//! The incidents in hand, and those in the script.

use super::icons::icon;
use super::why::look as look_of;
use super::{Send, Shared, click};
use crate::browser::keys::use_dismissed;
use crate::state::run::Run;
use crate::state::{Action, Arm};
use crate::words::numbers::clock;
use crate::words::{Locale, Msg, events};
use bridge_engine::Time;
use bridge_engine::trace::EventId;
use yew::prelude::*;

/// What the palette shows.
#[derive(Properties, PartialEq)]
pub struct IncidentsProps {
    /// The run.
    pub run: Shared<Run>,
    /// What is in hand.
    pub armed: Option<Arm>,
    /// The playhead, while something is in hand.
    pub at: Option<Time>,
    /// The last turn of the story.
    pub story: Option<EventId>,
    /// There is something to take back.
    pub can_undo: bool,
    /// There is something to make again.
    pub can_redo: bool,
    /// The script is the author's.
    pub as_written: bool,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

/// The palette, undo and redo, and the list of what is in the script.
#[component]
pub fn Incidents(props: &IncidentsProps) -> Html {
    let locale = props.locale;
    let open = use_state_eq(|| false);
    let does = |action: Action| click(&props.send, action);
    let count = props.run.script.len().to_string();
    let menu = use_node_ref();
    {
        let open = open.clone();
        use_dismissed(&menu, *open.clone(), Callback::from(move |()| open.set(false)));
    }
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    html! {
        <div class="incidents">
            { palette(props, "palette", &open) }
            <button class="quiet" data-testid="undo" disabled={!props.can_undo} aria-label={locale.say(Msg::Undo)} title={locale.say(Msg::Undo)}
                onclick={does(Action::Undo)}>{ icon("i-undo") }</button>
            <button class="quiet" data-testid="redo" disabled={!props.can_redo} aria-label={locale.say(Msg::Redo)} title={locale.say(Msg::Redo)}
                onclick={does(Action::Redo)}>{ icon("i-redo") }</button>
            <div class="menu" ref={menu}>
                <button class="quiet words" data-testid="script" aria-expanded={open.to_string()} onclick={toggle}>
                    { icon("i-list") }{ locale.with(Msg::IncidentsCount, &[("n", &count)]) }
                </button>
                if *open { { script(props, &open) } }
            </div>
            { hint(props) }
        </div>
    }
}

const fn look(arm: Arm) -> (&'static str, &'static str, Msg) {
    match arm {
        Arm::Fire => ("arm-fire", "i-fire", Msg::IncidentFire),
        Arm::Trip => ("arm-trip", "i-bolt", Msg::IncidentTrip),
        Arm::Crash => ("arm-crash", "i-crash", Msg::IncidentCrash),
        Arm::Move(_) => ("arm-move", "i-open", Msg::DesignMove),
    }
}

/// The incidents to take in hand: in the bar, or on a narrow screen in the sheet.
fn palette(props: &IncidentsProps, class: &'static str, open: &UseStateHandle<bool>) -> Html {
    html! {
        <div {class} role="group" aria-label={props.locale.say(Msg::Incidents)}>
            { for Arm::ALL.into_iter().enumerate().map(|(i, arm)| arm_button(props, i, arm, class == "palette", open)) }
        </div>
    }
}

fn arm_button(
    props: &IncidentsProps,
    index: usize,
    arm: Arm,
    named: bool,
    open: &UseStateHandle<bool>,
) -> Html {
    let (id, sign, name) = look(arm);
    let (send, open) = (props.send.clone(), open.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        open.set(false);
        send.emit(Action::Arm(arm));
    });
    // Dragged by a pointer, it is in hand at once.
    let ondragstart = {
        let (send, armed) = (props.send.clone(), props.armed);
        Callback::from(move |_: DragEvent| {
            if armed != Some(arm) {
                send.emit(Action::Arm(arm));
            }
        })
    };
    html! {
        <button key={id} class={classes!("pill-button", id)} data-testid={named.then_some(id)} aria-pressed={(props.armed == Some(arm)).to_string()}
            aria-keyshortcuts={(index + 1).to_string()} {onclick} draggable="true" {ondragstart}>
            { icon(sign) }{ props.locale.say(name) }
        </button>
    }
}

/// What to do with what is in hand; else the last turn of the story.
fn hint(props: &IncidentsProps) -> Html {
    let (world, locale) = (&props.run.world, props.locale);
    let message = match (props.armed, props.story) {
        (Some(Arm::Fire), _) => Msg::IncidentHintFire,
        (Some(Arm::Trip), _) => Msg::IncidentHintTrip,
        (Some(Arm::Crash), _) => Msg::IncidentHintCrash,
        (Some(Arm::Move(_)), _) => Msg::DesignMoveHint,
        (None, None) => Msg::IncidentHintNone,
        (None, Some(id)) => {
            let event = props.run.event(id);
            let at = event.at;
            let onclick = click(&props.send, Action::Seek(at));
            return html! {
                <button class={classes!("plain", "hint", "story", look_of(event))} data-testid="story" {onclick}>
                    <span class="time">{ clock(at) }</span><span class="dot" />
                    <strong>{ events::change(locale, world, event) }</strong>
                    <span>{ events::place(locale, world, events::about(event)) }</span>
                </button>
            };
        }
    };
    let at = props.at.map(|t| t.to_string()).unwrap_or_default();
    let armed = props.armed.map(|_| "armed");
    html! { <span class={classes!("hint", armed)} role="status">{ locale.with(message, &[("at", &at)]) }</span> }
}

fn script(props: &IncidentsProps, open: &UseStateHandle<bool>) -> Html {
    let (world, locale) = (&props.run.world, props.locale);
    let does = |action: Action| click(&props.send, action);
    let line = |i: usize, incident: &bridge_engine::world::Incident| {
        let what = events::action(locale, world, incident.action);
        let place = events::place(locale, world, incident.action.into());
        let at = incident.at;
        let said = format!("{what} · {place} · {at}");
        html! {
            <li key={format!("{i}-{said}")}>
                <button class="plain" onclick={does(Action::Seek(at))}>
                    <span class="time">{ clock(at) }</span><strong>{ what }</strong><span>{ place }</span>
                </button>
                <button class="quiet" data-testid={format!("remove-{i}")} aria-label={locale.with(Msg::IncidentRemove, &[("what", &said)])}
                    onclick={does(Action::Remove(i))}>{ icon("i-close") }</button>
            </li>
        }
    };
    html! {
        <div class="popover script" data-testid="script-list">
            { palette(props, "palette-sheet", open) }
            if props.run.script.is_empty() {
                <p>{ locale.say(Msg::IncidentsNone) }</p>
            } else {
                <ul>{ for props.run.script.iter().enumerate().map(|(i, incident)| line(i, incident)) }</ul>
            }
            <div class="row">
                if !props.run.script.is_empty() {
                    <button class="pill-button" data-testid="clear" onclick={does(Action::ClearScript)}>{ locale.say(Msg::IncidentsClear) }</button>
                }
                if !props.as_written {
                    <button class="pill-button" data-testid="as-written" onclick={does(Action::AuthorScript)}>{ locale.say(Msg::IncidentsAuthor) }</button>
                }
            </div>
        </div>
    }
}
