//! What changes what happens, or shows another room: the part of `update` that comes later, see [`super::later`].

use super::history::History;
use super::run::Run;
use super::update::service_of;
use super::{
    Action, Mode, Open, Origin, Overlay, State, Work, chosen, debrief, design, engine, names, past, saved,
    tour,
};
use crate::words::Msg;
use bridge_engine::scenario::Diagnostic;
use bridge_engine::trace::Subject;
use bridge_engine::world::{Incident, Script};
use std::rc::Rc;

/// The next state; none if the action changes nothing.
#[must_use]
pub fn update(state: &State, action: Action) -> Option<State> {
    match action {
        Action::Arrived => whole(state),
        Action::Select(subject) => select(state, subject),
        Action::Also(subject) => chosen::also(state, subject),
        Action::Mode(mode) => (mode != state.mode).then(|| State {
            design: state.design.shown(state),
            mode,
            playing: state.playing && mode == Mode::Drill,
            // The round is through the drill.
            tour: state.tour.clone().filter(|_| mode == Mode::Drill),
            armed: None,
            ..state.clone()
        }),
        Action::Work => debrief::worked(state),
        Action::Compare(other) => (other != state.debrief.other)
            .then(|| State { debrief: debrief::set_beside(state, other), ..state.clone() }),
        Action::Resume(kept) => Some(saved::resumed(state, &kept).unwrap_or_else(|| State {
            notice: Some(Msg::NoticeGarbage),
            overlay: Overlay::None,
            ..state.clone()
        })),
        Action::OpenShipped(index) => opened(state, String::new(), engine::open_shipped(index)),
        Action::OpenText { name, text } => {
            let result = engine::open_text(&name, &text);
            opened(state, name, result)
        }
        Action::Drop(..)
        | Action::Remove(_)
        | Action::Retime(..)
        | Action::ClearScript
        | Action::AuthorScript => scripted(state, &action),
        Action::Undo => stepped(state, state.work.undone()),
        Action::Redo => stepped(state, state.work.redone()),
        Action::Edit(edit) => edited(state, &edit),
        Action::Title(title) => edited(state, &design::titled(&title)),
        Action::Look(place) => {
            let design = design::Desk { place, refused: None, ..state.design.clone() };
            Some(State { design, ..state.clone() })
        }
        _ => None,
    }
}

/// What was only seen of the run is run.
fn whole(state: &State) -> Option<State> {
    let run = || Rc::new(Run::new(Rc::clone(&state.open.world), Rc::clone(state.script())));
    (!state.run.is_whole).then(|| State { run: run(), ..state.clone() })
}

/// Points at something in the design: the form shows it.
pub(super) fn select(state: &State, subject: Subject) -> Option<State> {
    let place = design::place_of(&state.open, subject);
    let led = state.mode == Mode::Design && place.as_ref().is_some_and(|place| *place != state.design.place);
    if state.selected == Some(subject) && !led && state.also.is_empty() {
        return None;
    }
    let design = match place {
        Some(place) if led => design::Desk { place, refused: None, ..state.design.clone() },
        _ => state.design.clone(),
    };
    let graphed = service_of(state.world(), subject).or(state.graphed);
    Some(State { selected: Some(subject), also: Rc::default(), graphed, design, ..state.clone() })
}

/// What is open stays open if the new one has errors. If it has none, another work begins, with a past of its own; what was
/// somebody's own stays on the shelf.
fn opened(state: &State, name: String, result: Result<Open, Vec<Diagnostic>>) -> Option<State> {
    Some(match result {
        Ok(open) => {
            let opened = matches!(open.source.origin, Origin::File { .. }).then_some(Msg::NoticeOpened);
            let notice = saved::is_own(state).then_some(Msg::NoticeShelved).or(opened);
            let script = Rc::new(open.world.script.clone());
            let work = Work::new(state.next_id(), open.source.clone(), &open.world, script);
            // A design to begin with is there to be changed.
            let begins = engine::kind(&open.source.origin) == Some(engine::Kind::Template);
            let fresh = State::new(open, state.locale, state.theme);
            State {
                speed: state.speed,
                true_scale: state.true_scale,
                mode: if begins { Mode::Design } else { state.mode },
                notice,
                work: History::new(work),
                debrief: state.debrief.for_another(),
                design: design::Desk::at(&fresh),
                of_tab: Rc::clone(&state.of_tab),
                openings: state.openings + 1,
                ..fresh
            }
        }
        Err(diagnostics) => State {
            overlay: Overlay::Errors { name, diagnostics: Rc::new(diagnostics) },
            playing: false,
            ..state.clone()
        },
    })
}

/// Changes of the script, each of which runs the world again.
fn scripted(state: &State, action: &Action) -> Option<State> {
    let present = state.script();
    let script = match action {
        Action::Drop(what, origin) => {
            let mut next: Script = present.to_vec();
            for action in what {
                let incident = Incident { at: state.playhead, action: *action, origin: *origin };
                if !next.contains(&incident) {
                    next.insert(next.partition_point(|i| i.at <= incident.at), incident);
                }
            }
            if next == **present {
                return Some(State { armed: None, ..state.clone() });
            }
            next
        }
        Action::Remove(index) => {
            let mut next: Script = present.to_vec();
            if *index >= next.len() {
                return None;
            }
            next.remove(*index);
            next
        }
        Action::Retime(index, at) => {
            let mut next: Script = present.to_vec();
            if *index >= next.len() {
                return None;
            }
            let incident = Incident { at: (*at).min(state.run.trace.horizon), ..next.remove(*index) };
            next.insert(next.partition_point(|i| i.at <= incident.at), incident);
            next
        }
        Action::ClearScript => Script::new(),
        Action::AuthorScript => state.open.world.script.clone(),
        _ => return None,
    };
    let Work { id, source, .. } = state.work.present().clone();
    let work = Work::new(id, source, &state.open.world, Rc::new(script));
    Some(reworked(state, Rc::clone(&state.open), state.work.with(work)?))
}

/// A step back or forward: in the script, or to another design.
fn stepped(state: &State, work: Option<History<Work>>) -> Option<State> {
    let work = work?;
    let source = &work.present().source;
    let open = if *source == state.open.source {
        Rc::clone(&state.open)
    } else {
        Rc::new(engine::open(source.clone()).ok()?)
    };
    let Work { id, source, script, written } = work.present().clone();
    // A step that was kept is read now that its world is known.
    let work = match script {
        Some(_) => work,
        None => {
            let script = past::read(&open.world, written.lines().filter(|line| !line.is_empty()))?;
            work.said(Work::new(id, source, &open.world, Rc::new(script)))
        }
    };
    Some(reworked(state, open, work))
}

/// A change of the design; one that cannot stand is said in its place, and changes nothing.
fn edited(state: &State, edit: &design::Edit) -> Option<State> {
    match design::edited(&state.open, &chosen::widened(state, edit)) {
        Ok(done) if done.open.source == state.open.source => None,
        Ok(done) => {
            let open = Rc::new(done.open);
            let old = &state.open.world;
            let script = if **state.script() == old.script {
                open.world.script.clone()
            } else {
                names::carried(old, state.script(), &open.world)
            };
            let id = Rc::clone(&state.work.present().id);
            let work = Work::new(id, open.source.clone(), &open.world, Rc::new(script));
            let next = reworked(state, open, state.work.with(work)?);
            let design = design::Desk { swept: Rc::new(done.swept), ..next.design.clone() };
            let place = done.shows.unwrap_or_else(|| design.place.clone());
            // What is new is what is spoken of.
            let added = matches!(edit, design::Edit::Add(design::Add::Service(_)) | design::Edit::Copy(_));
            let found = design::service_at(&place, next.world()).filter(|_| added);
            let selected = found.map(Subject::Service).or(next.selected);
            let design = design::Desk { place, ..design };
            Some(State { design, selected, ..next })
        }
        Err(refused) => {
            let design = design::Desk { refused: Some(Rc::new(refused)), ..state.design.clone() };
            Some(State { design, armed: None, ..state.clone() })
        }
    }
}

/// The same with another design or other incidents, and run.
pub(super) fn reworked(state: &State, open: Rc<Open>, work: History<Work>) -> State {
    let script = work.present().script.clone().unwrap_or_default();
    let run = Rc::new(Run::new(Rc::clone(&open.world), script));
    let found = |subject| names::found(&state.open.world, subject, &open.world);
    let selected = state.selected.and_then(found);
    let also = state.also.iter().filter_map(|subject| found(*subject)).filter(|s| Some(*s) != selected);
    let graphed = state.graphed.and_then(|id| service_of(&open.world, found(Subject::Service(id))?));
    State {
        also: Rc::new(also.collect()),
        graphed: graphed.or_else(|| run.most_important()),
        design: state.design.after(state, &open, &run),
        selected: selected.or_else(|| run.most_important().map(Subject::Service)),
        playhead: state.playhead.min(run.trace.horizon),
        tour: state.tour.as_ref().map(|tour| tour::Tour::at(&run, tour.now)),
        run,
        open,
        work,
        armed: None,
        ..state.clone()
    }
}
