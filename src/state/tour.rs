//! The guided round: the turns of what happens, worked out of the run, so that every scenario has one.

use super::run::Run;
use super::update::followed;
use super::{Mode, Overlay, State, Tab};
use bridge_engine::trace::Subject;
use bridge_engine::world::{Action, ServiceId};
use bridge_engine::{Span, Time};
use std::rc::Rc;

/// Waiting that is shorter needs no stop of its own.
const WAITING: Span = Span::from_mins(30);

/// What is told at a stop.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// Nothing has happened yet.
    Before,
    /// It begins.
    Struck(Action),
    /// Nobody misses anything.
    Unharmed,
    /// The service that people would miss first of those that are hurt serves less: how long after the beginning.
    Lost(ServiceId, Span),
    /// The same for nothing at all.
    Down(ServiceId, Span),
    /// Somebody knows, so long after that.
    Known(Span),
    /// What it waits for, half-way.
    Waits(ServiceId),
    /// It serves again, after so long.
    Serves(ServiceId, Span),
    /// All is whole again, after so long.
    Whole(Span),
    /// Not all comes back.
    NeverWhole,
    /// From here on it is up to whoever looks.
    Yours,
}

/// A stop.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// When.
    pub at: Time,
    /// What the pictures point at.
    pub shows: Option<Subject>,
    /// What is told.
    pub told: Told,
}

/// The round through a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Tour {
    /// Its stops.
    pub stops: Rc<Vec<Stop>>,
    /// Which of them, from 0.
    pub now: usize,
}

impl Tour {
    /// The round through a run at a stop, or at its last.
    #[must_use]
    pub fn at(run: &Run, now: usize) -> Self {
        let stops = stops(run);
        Self { now: now.min(stops.len() - 1), stops: Rc::new(stops) }
    }

    /// The stop.
    #[must_use]
    pub fn stop(&self) -> Option<&Stop> {
        self.stops.get(self.now)
    }
}

/// All stops of a run, in the order of time.
fn stops(run: &Run) -> Vec<Stop> {
    let stop = |at, shows, told| Stop { at, shows, told };
    let first = run.most_important().map(Subject::Service);
    let mut out = vec![stop(Time::ZERO, first, Told::Before)];
    let Some(begin) = run.script.first() else {
        out.push(stop(Time::ZERO, first, Told::Yours));
        return out;
    };
    out.push(stop(begin.at, Some(begin.action.into()), Told::Struck(begin.action)));
    match run.ranked.iter().find(|id| run.scores.services[id.index()].first_loss.is_some()) {
        Some(&id) => hurt(run, begin.at, id, &mut out),
        None => out.push(stop(begin.at, first, Told::Unharmed)),
    }
    let last = out.last().map_or(Time::ZERO, |stop| stop.at);
    out.push(stop(last, out.last().and_then(|stop| stop.shows), Told::Yours));
    out
}

/// What becomes of a service that is hurt, and of all.
fn hurt(run: &Run, begin: Time, id: ServiceId, out: &mut Vec<Stop>) {
    let report = &run.scores.services[id.index()];
    let Some(lost) = report.first_loss else { return };
    let shows = Some(Subject::Service(id));
    let mut tell = |at, told| out.push(Stop { at, shows, told });
    let is_down = run.trace.shares[id.index()].at(lost) <= 0.0;
    tell(lost, if is_down { Told::Down } else { Told::Lost }(id, lost.since(begin)));
    let known = report.detected.filter(|known| *known > lost);
    if let Some(known) = known {
        tell(known, Told::Known(known.since(lost)));
    }
    let (from, horizon) = (known.unwrap_or(lost), run.trace.horizon);
    let serves = report.serving_again.or(report.restored).filter(|at| *at >= from);
    let until = serves.unwrap_or(horizon);
    if until.since(from) > WAITING {
        let middle = from + Span(until.since(from).0 / 2);
        tell(middle, Told::Waits(id));
    }
    if let Some(at) = serves {
        tell(at, Told::Serves(id, at.since(lost)));
    }
    match run.scores.total.restored {
        Some(at) => tell(at, Told::Whole(at.since(begin))),
        None => tell(horizon, Told::NeverWhole),
    }
}

/// Where time stands still for the guided round, if it is still to come.
#[must_use]
pub fn goal(state: &State) -> Option<Time> {
    let at = state.tour.as_ref()?.stop()?.at;
    (at > state.playhead).then_some(at)
}

/// Led to a stop, or out of the round.
pub(super) fn led(state: &State, to: Option<usize>, jump: bool) -> Option<State> {
    let Some(to) = to else { return state.tour.is_some().then(|| State { tour: None, ..state.clone() }) };
    let tour = match &state.tour {
        Some(tour) => Tour { now: to.min(tour.stops.len() - 1), stops: Rc::clone(&tour.stops) },
        None => Tour::at(&state.run, to),
    };
    let stop = tour.stop()?.clone();
    // Whoever does not wait for the last stop is brought to it first.
    let from = match goal(state) {
        Some(goal) if state.playing => goal,
        _ => state.playhead,
    };
    let passes = !jump && state.tour.as_ref().is_some_and(|before| before.now < tour.now) && stop.at > from;
    Some(followed(State {
        tour: Some(tour),
        overlay: Overlay::None,
        mode: Mode::Drill,
        tab: Tab::Sites,
        armed: None,
        selected: stop.shows.or(state.selected),
        playhead: if passes { from } else { stop.at },
        playing: passes,
        ..state.clone()
    }))
}

#[cfg(test)]
mod tests {
    use super::super::{engine, update};
    use super::*;
    use crate::state::{Action as Does, Theme};
    use crate::words::Locale;

    fn opened(index: usize) -> State {
        State::new(engine::open_shipped(index).unwrap(), Locale::En, Theme::Auto)
    }

    #[test]
    fn every_scenario_has_a_round_in_the_order_of_time() {
        for index in 0..engine::SHIPPED.len() {
            let state = opened(index);
            let stops = stops(&state.run);
            assert!(stops.len() >= 4, "{}", engine::SHIPPED[index].id);
            assert!(stops.is_sorted_by_key(|stop| stop.at), "{}: {stops:?}", engine::SHIPPED[index].id);
            assert_eq!(stops.first().map(|s| &s.told), Some(&Told::Before));
            assert_eq!(stops.last().map(|s| &s.told), Some(&Told::Yours));
        }
    }

    #[test]
    fn time_passes_up_to_a_stop_and_no_further() {
        let state = opened(0);
        let lead = |state: &State, to| update(state, Does::Tour { to: Some(to), jump: false }).unwrap();
        let stops = stops(&state.run);
        // What is at the same moment is there at once.
        let struck = lead(&lead(&state, 0), 1);
        assert_eq!((struck.playing, struck.playhead, stops[1].at), (false, Time::ZERO, Time::ZERO));
        let state = lead(&struck, 2);
        assert!(state.playing && state.playhead == Time::ZERO && goal(&state) == Some(stops[2].at));
        let far = state.run.trace.horizon;
        let there = update(&state, Does::Tick(far)).unwrap();
        assert!(!there.playing && there.playhead == stops[2].at && goal(&there).is_none());
        // Impatience leads on from where the last stop is.
        let on = lead(&state, 3);
        assert!(on.playing && on.playhead == stops[2].at && on.selected == stops[3].shows);
        // Playing on is nobody's business.
        let playing = update(&there, Does::PlayPause).unwrap();
        assert!(update(&playing, Does::Tick(far)).unwrap().playhead == far);
        assert!(update(&playing, Does::Tour { to: None, jump: false }).unwrap().tour.is_none());
        // And back, at once.
        let back = lead(&there, 0);
        assert!(!back.playing && back.playhead == Time::ZERO);
    }

    #[test]
    fn without_incidents_there_is_little_to_tell() {
        let state = update(&opened(0), Does::ClearScript).unwrap();
        let told: Vec<Told> = stops(&state.run).into_iter().map(|stop| stop.told).collect();
        assert_eq!(told, [Told::Before, Told::Yours]);
        assert!(
            update(&state, Does::Tour { to: Some(9), jump: false })
                .unwrap()
                .tour
                .is_some_and(|tour| tour.now == 1)
        );
    }
}
