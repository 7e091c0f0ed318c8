//! The incidents in hand, and those in the script.

use super::icons::icon;
use super::menu::{Menu, use_menu};
use super::why::look as look_of;
use super::{Send, Shared, click, later};
use crate::browser::dialogs::use_focus_kept;
use crate::state::run::Run;
use crate::state::{Action, Arm};
use crate::words::numbers::{clock, unclock};
use crate::words::{Locale, Msg, events};
use bridge_engine::Time;
use bridge_engine::trace::EventId;
use bridge_engine::world::{Incident, ShockId};
use web_sys::HtmlInputElement;
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
    /// The playhead, while time stands still.
    pub playhead: Option<Time>,
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
    let Menu { open, node: menu, toggle } = use_menu();
    let does = |action: Action| click(&props.send, action);
    let count = props.run.script.len().to_string();
    let listed = ListedProps {
        run: props.run.clone(),
        playhead: props.playhead,
        as_written: props.as_written,
        locale,
        send: props.send.clone(),
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
                if *open {
                    <div class="popover script" data-testid="script-list">
                        { palette(props, "palette-sheet", &open) }
                        { later::here().map(|rooms| (rooms.script)(listed)).unwrap_or_default() }
                    </div>
                }
            </div>
            { hint(props) }
        </div>
    }
}

/// Its look, its sign, its name, and what to do with it.
const fn look(arm: Arm) -> (&'static str, &'static str, Msg, Msg) {
    match arm {
        Arm::Fire => ("arm-fire", "i-fire", Msg::IncidentFire, Msg::IncidentHintFire),
        Arm::Trip => ("arm-trip", "i-bolt", Msg::IncidentTrip, Msg::IncidentHintTrip),
        Arm::Crash => ("arm-crash", "i-crash", Msg::IncidentCrash, Msg::IncidentHintCrash),
        Arm::Fail => ("arm-fail", "i-fail", Msg::IncidentFail, Msg::IncidentHintFail),
        Arm::Cut => ("arm-cut", "i-cut", Msg::IncidentCut, Msg::IncidentHintSite),
        Arm::Mistake => ("arm-mistake", "i-hand", Msg::IncidentMistake, Msg::IncidentHintCrash),
        Arm::Monkey => ("arm-monkey", "i-drill", Msg::IncidentMonkey, Msg::IncidentHintCrash),
        Arm::Gorilla => ("arm-gorilla", "i-drill", Msg::IncidentGorilla, Msg::IncidentHintSite),
        Arm::Kong => ("arm-kong", "i-drill", Msg::IncidentKong, Msg::IncidentHintSite),
        Arm::Shock(_) => ("arm-shock", "i-shock", Msg::IncidentShock, Msg::IncidentHintSite),
        Arm::Move(_) => ("arm-move", "i-open", Msg::HandMove, Msg::HandMoveHint),
        Arm::Need(_) => ("arm-need", "i-plus", Msg::HandNeed, Msg::HandNeedHint),
    }
}

/// What it does, for those that are not in sight at once.
const fn about(arm: Arm) -> Option<Msg> {
    Some(match arm {
        Arm::Fail => Msg::IncidentAboutFail,
        Arm::Cut => Msg::IncidentAboutCut,
        Arm::Mistake => Msg::IncidentAboutMistake,
        Arm::Monkey => Msg::IncidentAboutMonkey,
        Arm::Gorilla => Msg::IncidentAboutGorilla,
        Arm::Kong => Msg::IncidentAboutKong,
        Arm::Shock(_) => Msg::IncidentAboutShock,
        _ => return None,
    })
}

/// The incidents to take in hand: in the bar, or on a narrow screen in the sheet.
fn palette(props: &IncidentsProps, class: &'static str, open: &UseStateHandle<bool>) -> Html {
    html! {
        <div {class} role="group" aria-label={props.locale.say(Msg::Incidents)}>
            { for Arm::FIRST.into_iter().enumerate().map(|(i, arm)| arm_button(props, i, arm, class == "palette", open)) }
            if class == "palette" {
                <More run={props.run.clone()} armed={props.armed} locale={props.locale} send={props.send.clone()} />
            } else {
                { for others(&props.run).into_iter().map(|arm| arm_button(props, 9, arm, false, open)) }
            }
        </div>
    }
}

/// All others that this scenario has.
fn others(run: &Run) -> Vec<Arm> {
    Arm::MORE.into_iter().chain((0..run.world.shocks.len()).map(|i| Arm::Shock(ShockId::at(i)))).collect()
}

/// What an incident is called; a shock has its own name.
fn name(locale: Locale, run: &Run, arm: Arm) -> String {
    match arm {
        Arm::Shock(id) => locale.name(&run.world[id].name).to_owned(),
        _ => locale.say(look(arm).2),
    }
}

#[derive(Properties, PartialEq)]
struct MoreProps {
    run: Shared<Run>,
    armed: Option<Arm>,
    locale: Locale,
    send: Send,
}

/// The incidents that are asked for less often, each with what it does.
#[component]
fn More(props: &MoreProps) -> Html {
    let Menu { open, node: menu, toggle } = use_menu();
    let (locale, run) = (props.locale, &props.run);
    let in_hand = props.armed.filter(|arm| about(*arm).is_some());
    let choice = |arm: Arm| {
        let (send, open) = (props.send.clone(), open.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            open.set(false);
            send.emit(Action::Arm(arm));
        });
        let (id, sign, ..) = look(arm);
        html! {
            <li key={name(locale, run, arm)}>
                <button class={classes!("plain", "choice", id)} data-testid={id} aria-pressed={(props.armed == Some(arm)).to_string()} {onclick}>
                    { icon(sign) }<strong>{ name(locale, run, arm) }</strong>
                    <span>{ for about(arm).map(|about| locale.say(about)) }</span>
                </button>
            </li>
        }
    };
    html! {
        <div class="menu more" ref={menu}>
            <button class="pill-button" data-testid="arm-more" aria-expanded={open.to_string()} aria-pressed={in_hand.is_some().to_string()} onclick={toggle}>
                { in_hand.map_or_else(|| locale.say(Msg::IncidentMore), |arm| name(locale, run, arm)) }{ icon("i-chevron") }
            </button>
            if *open {
                <div class="popover up"><ul>{ for others(run).into_iter().map(choice) }</ul></div>
            }
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
    let (id, sign, ..) = look(arm);
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
    let shortcut = (index < Arm::FIRST.len()).then(|| (index + 1).to_string());
    html! {
        <button key={name(props.locale, &props.run, arm)} class={classes!("pill-button", id)} data-testid={named.then_some(id)} aria-pressed={(props.armed == Some(arm)).to_string()}
            aria-keyshortcuts={shortcut} {onclick} draggable="true" {ondragstart}>
            { icon(sign) }{ name(props.locale, &props.run, arm) }
        </button>
    }
}

/// What to do with what is in hand; else the last turn of the story.
fn hint(props: &IncidentsProps) -> Html {
    let (world, locale) = (&props.run.world, props.locale);
    let message = match (props.armed, props.story) {
        (Some(arm), _) => look(arm).3,
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

#[derive(Properties, PartialEq)]
struct TimeFieldProps {
    at: Time,
    index: usize,
    label: String,
    send: Send,
}

/// When an incident happens, as `hours:minutes`, to be changed. What is no time changes nothing, and is marked.
#[component]
fn TimeField(props: &TimeFieldProps) -> Html {
    let (at, index) = (props.at, props.index);
    let wrong = use_state_eq(|| false);
    let onchange = {
        let (send, wrong) = (props.send.clone(), wrong.clone());
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let read = unclock(&input.value());
            wrong.set(read.is_none());
            match read {
                Some(to) if to != at => send.emit(Action::Retime(index, to)),
                _ => {}
            }
        })
    };
    html! {
        <input class="time" type="text" inputmode="numeric" size="6" value={clock(at)} aria-label={props.label.clone()} title={props.label.clone()}
            aria-invalid={wrong.to_string()} data-testid={format!("time-{index}")} {onchange} />
    }
}

/// What the list of the script shows.
#[derive(Clone, Properties, PartialEq)]
pub struct ListedProps {
    /// The run.
    pub run: Shared<Run>,
    /// The playhead, while time stands still.
    pub playhead: Option<Time>,
    /// The script is the author's.
    pub as_written: bool,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

/// What is in the script, in the order of time. A row that moves takes the focus with it.
#[component]
pub fn Listed(props: &ListedProps) -> Html {
    let (world, locale, script) = (&props.run.world, props.locale, &props.run.script);
    let list = use_node_ref();
    use_focus_kept(&list, props.run.clone());
    let does = |action: Action| click(&props.send, action);
    let line = |(i, incident): (usize, &Incident)| {
        let what = events::action(locale, world, incident.action);
        let place = events::place(locale, world, incident.action.into());
        let at = incident.at;
        let said = format!("{what} · {place} · {at}");
        // A row is what happens, and of several the same, the how manieth.
        let same = script[..i].iter().filter(|other| other.action == incident.action).count();
        html! {
            <li key={format!("{:?} {same}", incident.action)}>
                <TimeField {at} index={i} label={locale.with(Msg::IncidentTime, &[("what", &format!("{what} · {place}"))])} send={props.send.clone()} />
                <button class="plain what" onclick={does(Action::Seek(at))}><strong>{ what }</strong><span>{ place }</span></button>
                <button class="quiet words" data-testid={format!("here-{i}")} aria-label={locale.with(Msg::IncidentHereOf, &[("what", &said)])}
                    disabled={props.playhead.is_none_or(|playhead| playhead == at)}
                    onclick={does(Action::Retime(i, props.playhead.unwrap_or(at)))}>{ locale.say(Msg::IncidentHere) }</button>
                <button class="quiet" data-testid={format!("remove-{i}")} aria-label={locale.with(Msg::IncidentRemove, &[("what", &said)])}
                    onclick={does(Action::Remove(i))}>{ icon("i-close") }</button>
            </li>
        }
    };
    html! {
        <>
            if script.is_empty() {
                <p>{ locale.say(Msg::IncidentsNone) }</p>
            } else {
                <ul ref={list}>{ for script.iter().enumerate().map(line) }</ul>
            }
            <div class="row-of-pills">
                if !script.is_empty() {
                    <button class="pill-button" data-testid="clear" onclick={does(Action::ClearScript)}>{ locale.say(Msg::IncidentsClear) }</button>
                }
                if !props.as_written {
                    <button class="pill-button" data-testid="as-written" onclick={does(Action::AuthorScript)}>{ locale.say(Msg::IncidentsAuthor) }</button>
                }
            </div>
        </>
    }
}
