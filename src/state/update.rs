//! `update(state, action)`: the next state, or none where nothing changes.

use super::pace::neighbour;
use super::{Action, Arm, Mode, Overlay, State, Tab, aim, later, tour};
use crate::layout::window::Window;
use crate::words::Msg;
use bridge_engine::trace::Subject;
use bridge_engine::world::ServiceId;
use bridge_engine::{Time, World};
use std::rc::Rc;

/// The next state; none if the action changes nothing.
#[must_use]
pub fn update(state: &State, action: Action) -> Option<State> {
    match action {
        Action::Seek(at) => moved(state, at, state.playing),
        Action::Tick(at) => ticked(state, at),
        Action::Jump { forwards } => {
            moved(state, neighbour(&state.run.moments, state.playhead, forwards)?, false)
        }
        Action::Nudge(share) => {
            let (axis, by) = (state.axis(), share * state.window().width());
            moved(state, axis.time(axis.position(state.playhead) + by), false)
        }
        Action::Zoom(by) => shown(state, state.window().zoomed(by, state.axis().position(state.playhead))),
        Action::Window(window) => shown(state, window),
        Action::PlayPause => Some(play_or_pause(state)),
        Action::Speed(speed) => (speed != state.speed).then(|| State { speed, ..state.clone() }),
        Action::Select(subject) if state.more && state.armed.is_none() && state.mode == Mode::Design => {
            (later::here()?.update)(state, Action::Also(subject))
        }
        Action::Select(subject) => select(state, subject),
        Action::More => Some(State { more: !state.more, ..state.clone() }),
        Action::Arm(arm) => take(state, arm),
        Action::Escape => escape(state),
        Action::Visit(subject, at) => {
            let next = State { mode: Mode::Drill, selected: Some(subject), ..state.clone() };
            moved(&next, at, false).or(Some(next))
        }
        Action::Show(tab) => (tab != state.tab).then(|| State { tab, ..state.clone() }),
        Action::ToggleScale => Some(State { true_scale: !state.true_scale, ..state.clone() }),
        Action::Help => Some(State { overlay: Overlay::Help, playing: false, ..state.clone() }),
        Action::Locale(locale) => (locale != state.locale).then(|| State { locale, ..state.clone() }),
        Action::Theme(theme) => (theme != state.theme).then(|| State { theme, ..state.clone() }),
        Action::Gallery => Some(State { overlay: Overlay::Gallery, playing: false, ..state.clone() }),
        Action::Tour { to, jump } => tour::led(state, to, jump),
        Action::Part => {
            let state = state.clone();
            let (id, openings) = (state.next_id(), state.openings + 1);
            Some(State { openings, notice: Some(Msg::NoticeParted), ..state.kept_as(&id) })
        }
        Action::Notice(notice) => Some(State { notice: Some(notice), ..state.clone() }),
        Action::NoticeRead => state.notice.map(|_| State { notice: None, ..state.clone() }),
        // Everything else changes what happens, or shows another room: see [`Action::is_later`].
        _ => (later::here()?.update)(state, action),
    }
}

/// Time has passed. It stands still at the end, and where the guided round has something to say.
fn ticked(state: &State, at: Time) -> Option<State> {
    match tour::goal(state).filter(|goal| state.playing && *goal <= at) {
        Some(goal) => moved(state, goal, false),
        None => moved(state, at, state.playing && at < state.run.trace.horizon),
    }
}

/// The timeline goes where the playhead goes.
fn moved(state: &State, at: Time, playing: bool) -> Option<State> {
    let at = at.min(state.run.trace.horizon);
    (at != state.playhead || playing != state.playing)
        .then(|| followed(State { playhead: at, playing, ..state.clone() }))
}

/// The same, with the playhead in what the timeline shows.
pub(super) fn followed(state: State) -> State {
    if state.window.is_none() {
        return state;
    }
    let (before, at) = (state.window(), state.axis().position(state.playhead));
    let window = before.followed(at);
    // What is kept are moments: put on the axis and taken from it again and again, they would creep.
    if window == before { state } else { state.showing(window) }
}

fn shown(state: &State, window: Window) -> Option<State> {
    (window != state.window()).then(|| state.clone().showing(window))
}

/// At the end, play starts again from the beginning.
fn play_or_pause(state: &State) -> State {
    let at_end = state.playhead >= state.run.trace.horizon;
    let playhead = if at_end && !state.playing { Time::ZERO } else { state.playhead };
    // Whoever plays on alone while nothing has been told yet goes round alone.
    let tour = state.tour.clone().filter(|tour| tour.now > 0);
    followed(State { playing: !state.playing, playhead, armed: None, tour, ..state.clone() })
}

fn select(state: &State, subject: Subject) -> Option<State> {
    if let Some(arm @ Arm::Need(_)) = state.armed {
        return update(state, aim(state.world(), arm, subject)?);
    }
    if state.mode == Mode::Design {
        return (later::here()?.update)(state, Action::Select(subject));
    }
    let graphed = service_of(state.world(), subject).or(state.graphed);
    (state.selected != Some(subject) || !state.also.is_empty()).then(|| State {
        selected: Some(subject),
        also: Rc::default(),
        graphed,
        ..state.clone()
    })
}

/// Puts back what is nearest to hand.
fn escape(state: &State) -> Option<State> {
    if !matches!(state.overlay, Overlay::None) {
        return Some(State { overlay: Overlay::None, ..state.clone() });
    }
    if state.armed.is_some() {
        return Some(State { armed: None, ..state.clone() });
    }
    (state.more || !state.also.is_empty()).then(|| State {
        also: Rc::default(),
        more: false,
        ..state.clone()
    })
}

/// Takes something in hand, or puts it back.
fn take(state: &State, arm: Arm) -> Option<State> {
    let armed = if state.armed == Some(arm) { None } else { Some(arm) };
    // Servers are moved where they are designed, and what happens is dropped where it is watched.
    if arm.designs() != (state.mode == Mode::Design) {
        return None;
    }
    // A thing in hand is dropped on a building; a dependency leads to a service: show them.
    let tab = match arm {
        _ if armed.is_none() => state.tab,
        Arm::Need(_) => Tab::Graph,
        _ => Tab::Sites,
    };
    Some(State { armed, tab, playing: false, ..state.clone() })
}

/// The service that something belongs to.
pub(super) fn service_of(world: &World, subject: Subject) -> Option<ServiceId> {
    match subject {
        Subject::Service(id) => Some(id),
        Subject::Pool(id) => Some(world[id].service),
        _ => None,
    }
}
