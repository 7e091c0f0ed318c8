//! `update(state, action)`: the next state, or none where nothing changes.

use super::pace::neighbour;
use super::run::Run;
use super::{Action, Arm, Mode, Open, Overlay, Source, State, Tab, engine};
use crate::words::Msg;
use bridge_engine::Time;
use bridge_engine::trace::Subject;
use bridge_engine::world::{Incident, Script};
use std::rc::Rc;

/// The next state; none if the action changes nothing.
#[must_use]
pub fn update(state: &State, action: Action) -> Option<State> {
    match action {
        Action::Seek(at) => moved(state, at, state.playing),
        Action::Tick(at) => {
            let ended = at >= state.run.trace.horizon;
            moved(state, at, state.playing && !ended)
        }
        Action::Jump { forwards } => {
            moved(state, neighbour(&state.run.moments, state.playhead, forwards)?, false)
        }
        Action::Nudge(share) => {
            let axis = state.axis();
            moved(state, axis.time(axis.position(state.playhead) + share), false)
        }
        Action::PlayPause => Some(play_or_pause(state)),
        Action::Speed(speed) => (speed != state.speed).then(|| State { speed, ..state.clone() }),
        Action::Select(subject) => select(state, subject),
        Action::Arm(arm) => {
            let armed = if state.armed == Some(arm) { None } else { Some(arm) };
            // A thing in hand is dropped on a building: show them.
            let tab = if armed.is_some() { Tab::Sites } else { state.tab };
            Some(State { armed, tab, playing: false, ..state.clone() })
        }
        Action::Escape => escape(state),
        Action::Mode(mode) => (mode != state.mode).then(|| State {
            mode,
            playing: state.playing && mode == Mode::Drill,
            armed: None,
            ..state.clone()
        }),
        Action::Show(tab) => (tab != state.tab).then(|| State { tab, ..state.clone() }),
        Action::ToggleScale => Some(State { true_scale: !state.true_scale, ..state.clone() }),
        Action::Help => Some(State { overlay: Overlay::Help, playing: false, ..state.clone() }),
        Action::Locale(locale) => (locale != state.locale).then(|| State { locale, ..state.clone() }),
        Action::Theme(theme) => (theme != state.theme).then(|| State { theme, ..state.clone() }),
        Action::Notice(notice) => Some(State { notice: Some(notice), ..state.clone() }),
        Action::NoticeRead => state.notice.map(|_| State { notice: None, ..state.clone() }),
        Action::OpenShipped(index) => opened(state, String::new(), engine::open_shipped(index)),
        Action::OpenText { name, text } => {
            let result = engine::open_text(&name, &text);
            opened(state, name, result)
        }
        Action::Drop(_)
        | Action::Remove(_)
        | Action::ClearScript
        | Action::AuthorScript
        | Action::Undo
        | Action::Redo => scripted(state, &action),
    }
}

fn moved(state: &State, at: Time, playing: bool) -> Option<State> {
    let at = at.min(state.run.trace.horizon);
    (at != state.playhead || playing != state.playing).then(|| State {
        playhead: at,
        playing,
        ..state.clone()
    })
}

/// At the end, play starts again from the beginning.
fn play_or_pause(state: &State) -> State {
    let at_end = state.playhead >= state.run.trace.horizon;
    let playhead = if at_end && !state.playing { Time::ZERO } else { state.playhead };
    State { playing: !state.playing, playhead, armed: None, ..state.clone() }
}

fn select(state: &State, subject: Subject) -> Option<State> {
    (state.selected != Some(subject)).then(|| State { selected: Some(subject), ..state.clone() })
}

/// Puts back what is nearest to hand.
fn escape(state: &State) -> Option<State> {
    if !matches!(state.overlay, Overlay::None) {
        return Some(State { overlay: Overlay::None, ..state.clone() });
    }
    state.armed.map(|_| State { armed: None, ..state.clone() })
}

/// What is open stays open if the new one has errors.
fn opened(
    state: &State,
    name: String,
    result: Result<Open, Vec<bridge_engine::scenario::Diagnostic>>,
) -> Option<State> {
    Some(match result {
        Ok(open) => State {
            speed: state.speed,
            true_scale: state.true_scale,
            mode: state.mode,
            notice: matches!(open.source, Source::File { .. }).then_some(Msg::NoticeOpened),
            ..State::new(open, state.locale, state.theme)
        },
        Err(diagnostics) => State {
            overlay: Overlay::Errors { name, diagnostics: Rc::new(diagnostics) },
            playing: false,
            ..state.clone()
        },
    })
}

/// Changes of the script, each of which runs the world again.
fn scripted(state: &State, action: &Action) -> Option<State> {
    let present = state.script.present();
    let script = match action {
        Action::Undo => state.script.undone()?,
        Action::Redo => state.script.redone()?,
        Action::Drop(what) => {
            let incident = Incident::new(state.playhead, *what);
            if present.contains(&incident) {
                return Some(State { armed: None, ..state.clone() });
            }
            let mut next: Script = present.to_vec();
            next.insert(next.partition_point(|i| i.at <= incident.at), incident);
            state.script.with(Rc::new(next))?
        }
        Action::Remove(index) => {
            let mut next: Script = present.to_vec();
            if *index >= next.len() {
                return None;
            }
            next.remove(*index);
            state.script.with(Rc::new(next))?
        }
        Action::ClearScript => state.script.with(Rc::new(Script::new()))?,
        Action::AuthorScript => state.script.with(Rc::new(state.open.world.script.clone()))?,
        _ => return None,
    };
    let run = Rc::new(Run::new(Rc::clone(&state.open.world), Rc::clone(script.present())));
    let playhead = state.playhead.min(run.trace.horizon);
    Some(State { script, run, playhead, armed: None, ..state.clone() })
}

/// What an armed incident would do to something pointed at; none if it cannot be done to it.
#[must_use]
pub fn aim(world: &bridge_engine::World, arm: Arm, at: Subject) -> Option<bridge_engine::world::Action> {
    use bridge_engine::world::{Action as Do, ElementKind};
    match (arm, at) {
        (Arm::Fire, Subject::Room(room)) => Some(Do::Ignite(room)),
        (Arm::Trip, Subject::Element(e))
            if matches!(world[e].kind, ElementKind::Panel { .. } | ElementKind::Utility) =>
        {
            Some(Do::Trip(e))
        }
        (Arm::Trip, Subject::Element(e)) if matches!(world[e].kind, ElementKind::Generators { .. }) => {
            Some(Do::Fail(e, None))
        }
        (Arm::Crash, Subject::Pool(pool)) => Some(Do::Crash(pool)),
        _ => None,
    }
}
