//! The design room: what is built, what can be changed in it, and what each change does to the recovery.

mod controls;
mod inspector;
mod palette;
mod strip;

use super::graph::Dependencies;
use super::sites::Sites;
use super::{Send, Shared, click};
use crate::browser::{page, touch};
use crate::state::moment::Moment;
use crate::state::run::Run;
use crate::state::{Action, Arm, Open, State, Tab};
use crate::words::{Locale, Msg};
use bridge_engine::Time;
use bridge_engine::scenario::draft::Path;
use bridge_engine::trace::Subject;
use bridge_engine::world::ServiceId;
use inspector::Inspector;
use std::rc::Rc;
use yew::prelude::*;

/// What the room shows.
pub struct DesignProps {
    /// Everything.
    pub state: Rc<State>,
    /// Where actions go.
    pub send: Send,
}

/// The room.
pub fn design(props: &DesignProps) -> Html {
    let (state, send) = (&props.state, &props.send);
    let locale = state.locale;
    html! {
        <>
            { strip::strip(state, send) }
            <div class={classes!("bench", (state.tab == Tab::Table).then_some("bench-form"), state.armed.map(|_| "armed-move"))}>
                <section class="card canvas" aria-label={locale.say(Msg::ModeDesign)}>
                    <header>
                        { views(state, send) }
                        { palette::palette(state, send) }
                    </header>
                    if shown(state.tab) == Tab::Log {
                        { notes(state, send) }
                    } else {
                        <Canvas open={Shared(Rc::clone(&state.open))} armed={state.armed} selected={state.selected} also={Rc::clone(&state.also)} kept={state.graphed} graph={state.tab == Tab::Graph}
                            {locale} send={send.clone()} />
                    }
                </section>
                <Inspector open={Shared(Rc::clone(&state.open))} place={state.design.place.clone()} refused={state.design.refused.clone().map(Shared)} also={Rc::clone(&state.also)} selected={state.selected}
                    {locale} send={send.clone()} />
            </div>
        </>
    }
}

/// Which picture of the design; a narrow screen has the form instead of one.
const fn shown(tab: Tab) -> Tab {
    match tab {
        Tab::Sites | Tab::Table => Tab::Sites,
        Tab::Graph | Tab::Log => tab,
    }
}

fn views(state: &State, send: &Send) -> Html {
    let locale = state.locale;
    let notes = state.open.warnings.len().to_string();
    let button = |tab: Tab| {
        let (id, name) = match tab {
            Tab::Sites => ("design-sites", locale.say(Msg::TabSites)),
            Tab::Graph => ("design-graph", locale.say(Msg::TabGraph)),
            Tab::Table => ("design-form", locale.say(Msg::DesignForm)),
            Tab::Log => ("design-notes", locale.with(Msg::DesignNotes, &[("n", &notes)])),
        };
        html! {
            <button key={id} class={(tab == Tab::Table).then_some("narrow")} data-testid={id} aria-pressed={(tab == state.tab).to_string()}
                onclick={click(send, Action::Show(tab))}>{ name }</button>
        }
    };
    html! {
        <div class="segmented" role="group" aria-label={locale.say(Msg::Views)}>
            { for [Tab::Sites, Tab::Graph, Tab::Log, Tab::Table].into_iter().map(button) }
        </div>
    }
}

/// What the picture shows.
#[derive(Properties, PartialEq)]
struct CanvasProps {
    open: Shared<Open>,
    armed: Option<Arm>,
    selected: Option<Subject>,
    also: Rc<Vec<Subject>>,
    kept: Option<ServiceId>,
    graph: bool,
    locale: Locale,
    send: Send,
}

/// The design as it is while nothing happens.
#[component]
fn Canvas(props: &CanvasProps) -> Html {
    use_effect_with((), |()| {
        let held = touch::hold();
        move || drop(held)
    });
    let last = use_mut_ref(|| None::<Moment>);
    let calm = use_memo(props.open.clone(), |open| {
        let run = Rc::new(Run::at_rest(&open.world));
        let moment = Moment::after(last.borrow().as_ref(), &run, Time::ZERO);
        *last.borrow_mut() = Some(moment.clone());
        (Shared(run), Shared(Rc::new(moment)))
    });
    let ((run, moment), locale, send) = ((*calm).clone(), props.locale, props.send.clone());
    if props.graph {
        return html! {
            <Dependencies {run} now={Shared(Rc::clone(&moment.services))} selected={props.selected} also={Rc::clone(&props.also)} kept={props.kept} armed={props.armed} blocking={Rc::new(Vec::new())} {locale} {send} />
        };
    }
    html! {
        <Sites {run} {moment} armed={props.armed.map(|arm| (arm, Time::ZERO))} design={true} selected={props.selected} also={Rc::clone(&props.also)} {locale} {send} />
    }
}

/// Shows a place in the form; where there is no room for it beside the notes, instead of them.
fn look(send: &Send, place: Path) -> Callback<MouseEvent> {
    let send = send.clone();
    Callback::from(move |_: MouseEvent| {
        send.emit(Action::Look(place.clone()));
        if page::is_narrow() {
            send.emit(Action::Show(Tab::Table));
        }
    })
}

/// What is worth a second look, each in its place.
fn notes(state: &State, send: &Send) -> Html {
    let locale = state.locale;
    let draft = state.open.draft().unwrap_or_default();
    let note = |warning: &bridge_engine::scenario::Diagnostic| {
        let place = draft.find(&warning.path);
        html! {
            <li>
                <button class="plain" data-testid={format!("note-{}", warning.path)} onclick={look(send, place)}>
                    <span class="where">{ &warning.path }</span>
                    <strong>{ locale.name(&warning.message) }</strong>
                    if let Some(cure) = &warning.suggestion { <span class="cure">{ locale.name(cure) }</span> }
                </button>
            </li>
        }
    };
    html! {
        <div class="scroll">
            if state.open.warnings.is_empty() {
                <p class="nothing">{ locale.say(Msg::DesignNoNotes) }</p>
            } else {
                <ul class="diagnostics notes" data-testid="notes">{ for state.open.warnings.iter().map(note) }</ul>
            }
        </div>
    }
}
