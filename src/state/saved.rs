//! What is kept from one visit to the next, as lines of text. Anything that cannot be read is left out, and said so.
//!
//! ```text
//! bridge 1
//! scenario kakao-2022
//! ignite pangyo/battery 0
//! trip pangyo/pa 3600000000
//! crash pangyo/messenger/0 7200000000
//! mistake:cut pangyo/anyang+3600000000 7200000000
//! playhead 36720000000
//! select service messenger
//! mode design
//! ```

use super::update::reworked;
use super::{Mode, Open, Origin, Source, State, Theme, Work, engine, names};
use crate::words::{Locale, Msg};
use bridge_engine::Time;
use bridge_engine::kernel::order::sorted_by_key;
use bridge_engine::trace::Subject;
use bridge_engine::world::{Incident, Script, ServiceId};
use std::fmt::Write as _;
use std::rc::Rc;

const HEADER: &str = "bridge 1";
/// The name that stands for an opened file's scenario.
const FILE: &str = "file";
/// Stands behind the name of what is kept beside it, changed.
const EDITED: &str = " edited";
/// Longer scripts than anybody drops by hand are not read back.
const MAX_LINES: usize = 2_000;

/// The lines that remember a state.
#[must_use]
pub fn save(state: &State) -> String {
    let world = state.world();
    let source = &state.open.source;
    let scenario = match source.origin {
        Origin::Shipped(i) => engine::SHIPPED.get(i).map_or(FILE, |s| s.id),
        Origin::File { .. } => FILE,
    };
    let edited = if source.edited.is_some() { EDITED } else { "" };
    let mut out = format!("{HEADER}\nscenario {scenario}{edited}\n");
    for incident in state.script().iter() {
        let (word, target) = names::written(world, incident);
        let _ = writeln!(out, "{word} {target} {}", incident.at.0);
    }
    let _ = writeln!(out, "playhead {}", state.playhead.0);
    if let Some(Subject::Service(s)) = state.selected {
        let _ = writeln!(out, "select service {}", world[s].key);
    }
    if state.mode != Mode::default() {
        let _ = writeln!(out, "mode {}", state.mode.tag());
    }
    out
}

/// What a browser keeps.
#[derive(Clone, Copy, Debug, Default)]
pub struct Kept<'a> {
    /// The lines.
    pub lines: Option<&'a str>,
    /// Name and text of a file that was open.
    pub file: Option<(&'a str, &'a str)>,
    /// The text of what was changed.
    pub edited: Option<&'a str>,
}

/// To read these lines the reader of texts is needed: they remember more than the scenario that opens first, as it came.
#[must_use]
pub fn reads(lines: &str) -> bool {
    let first = engine::SHIPPED.first().map_or("", |s| s.id);
    let mut lines = lines.lines().skip(1);
    lines.next().and_then(|line| line.strip_prefix("scenario ")) != Some(first)
        || lines.any(|line| line.strip_prefix("mode ") == Some(Mode::Design.tag()))
}

/// The state that is remembered.
#[must_use]
pub fn restore(kept: Kept<'_>, locale: Locale, theme: Theme) -> Option<State> {
    let Some(lines) = kept.lines else { return first(locale, theme) };
    match read(lines, kept, locale, theme) {
        Some(state) => Some(state),
        None => first(locale, theme).map(|s| State { notice: Some(Msg::NoticeGarbage), ..s }),
    }
}

/// The first shipped scenario.
fn first(locale: Locale, theme: Theme) -> Option<State> {
    engine::open_shipped(0).ok().map(|open| State::new(open, locale, theme))
}

fn read(text: &str, kept: Kept<'_>, locale: Locale, theme: Theme) -> Option<State> {
    let mut lines = text.lines();
    if lines.next() != Some(HEADER) {
        return None;
    }
    let open = scenario(lines.next()?.strip_prefix("scenario ")?, kept)?;
    let world = Rc::clone(&open.world);
    // The author's design and script stay in the past, so that undo leads to the scenario as written.
    let author = engine::open(Source::unchanged(open.source.origin.clone())).ok()?;
    let mut state = State::new(author, locale, theme);
    let mut selected = state.selected;
    let mut script = Script::new();
    for line in lines.take(MAX_LINES) {
        match line.split_once(' ')? {
            ("playhead", at) => state.playhead = Time(at.parse().ok()?),
            ("mode", tag) => state.mode = Mode::from_tag(tag)?,
            ("select", what) => {
                let key = what.strip_prefix("service ")?;
                let index = world.services.iter().position(|s| s.key == key)?;
                selected = Some(Subject::Service(ServiceId::at(index)));
            }
            (word, rest) => {
                let (target, at) = rest.rsplit_once(' ')?;
                let (origin, action) = names::read(&world, word, target)?;
                script.push(Incident { at: Time(at.parse().ok()?), action, origin });
            }
        }
    }
    let script = Rc::new(sorted_by_key(script, |i| i.at));
    let work = Work { source: open.source.clone(), script };
    if let Some(work) = state.work.with(work) {
        state = reworked(&state, Rc::new(open), work);
    }
    state.playhead = state.playhead.min(state.run.trace.horizon);
    let state = State { selected, ..state };
    Some(State { design: state.design.shown(&state), ..state })
}

fn scenario(id: &str, kept: Kept<'_>) -> Option<Open> {
    let (id, edited) = match id.strip_suffix(EDITED) {
        Some(id) => (id, Some(kept.edited?.into())),
        None => (id, None),
    };
    let origin = match (engine::shipped(id), kept.file) {
        (Some(index), _) => Origin::Shipped(index),
        (None, Some((name, text))) if id == FILE => Origin::File { name: name.into(), text: text.into() },
        _ => return None,
    };
    engine::open(Source { origin, edited }).ok()
}

#[cfg(test)]
mod tests {
    use super::super::update;
    use super::*;
    use bridge_engine::world::{Action, ElementId, Origin as Cause, PoolId};

    fn lines(lines: &str) -> Kept<'_> {
        Kept { lines: Some(lines), ..Kept::default() }
    }

    fn opened() -> State {
        restore(Kept::default(), Locale::Ko, Theme::Dark).unwrap()
    }

    #[test]
    fn what_is_saved_comes_back() {
        let state = opened();
        let state = update(&state, super::super::Action::Seek(Time(7_000_000))).unwrap();
        let pool = PoolId::at(state.world().pools.len() - 1);
        let state =
            update(&state, super::super::Action::Drop(vec![Action::Crash(pool)], Cause::Chance)).unwrap();
        let state =
            update(&state, super::super::Action::Drop(vec![Action::Trip(ElementId::at(0))], Cause::Chance))
                .unwrap();
        let state = update(&state, super::super::Action::Mode(Mode::Design)).unwrap();
        let back = restore(lines(&save(&state)), Locale::Ko, Theme::Dark).unwrap();
        assert_eq!(back.script(), state.script());
        assert_eq!(
            (back.playhead, back.selected, back.mode, back.run.hash),
            (state.playhead, state.selected, state.mode, state.run.hash)
        );
        assert_eq!(save(&back), save(&state));
        assert!(back.work.can_undo() && back.notice.is_none());
    }

    #[test]
    fn garbage_is_said_and_left_out() {
        let id = engine::SHIPPED[0].id;
        for garbage in [
            String::new(),
            "bridge 2\n".to_owned(),
            "bridge 1\nscenario nowhere\n".to_owned(),
            "bridge 1\nscenario file\n".to_owned(),
            format!("bridge 1\nscenario {id} edited\n"),
            format!("bridge 1\nscenario {id}\nignite moon/room 0\n"),
            format!("bridge 1\nscenario {id}\nplayhead -1\n"),
            format!("bridge 1\nscenario {id}\nnonsense\n"),
            "\u{0}\u{ffff}🔥".to_owned(),
        ] {
            let state = restore(lines(&garbage), Locale::En, Theme::Auto).unwrap();
            assert_eq!(state.notice, Some(Msg::NoticeGarbage), "{garbage:?}");
            assert_eq!(state.playhead, Time::ZERO);
        }
    }
}
