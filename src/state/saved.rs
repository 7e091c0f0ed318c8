//! What is kept from one visit to the next: each work, and where it was left, as text. Anything that cannot be read is left
//! out, and said so.
//!
//! ```text
//! bridge 2                            the work
//! title Kakao, October 2022⇥카카오, 2022년 10월
//! scenario kakao-2022 edited
//! ignite pangyo/battery 0
//! crash pangyo/messenger/0 7200000000
//! mistake:cut pangyo/anyang+3600000000 7200000000
//! texts - - 10423                     lengths of a file's name, its text, the changed text; then these
//!
//! playhead 36720000000                the view
//! select service messenger
//! window 36000000000 40000000000
//! mode design
//! ```

use super::change::reworked;
use super::history::History;
use super::{Mode, Open, Origin, Source, State, Theme, Work, engine, past};
use crate::words::{Locale, Msg};
use bridge_engine::Time;
use bridge_engine::trace::Subject;
use bridge_engine::world::ServiceId;
use std::fmt::Write as _;
use std::rc::Rc;

const HEADER: &str = "bridge 2";
/// The name that stands for an opened file's scenario.
const FILE: &str = "file";
/// Stands behind the name of what is kept beside it, changed.
const EDITED: &str = " edited";
/// Begins the last line; the texts follow.
const TEXTS: &str = "\ntexts ";

/// The work as text: the design and what happens to it.
#[must_use]
pub fn work(state: &State) -> String {
    let world = state.world();
    let source = &state.open.source;
    let (scenario, name, text) = match &source.origin {
        Origin::Shipped(i) => (engine::SHIPPED.get(*i).map_or(FILE, |s| s.id), None, None),
        Origin::File { name, text } => (FILE, Some(&**name), Some(&**text)),
    };
    let edited = source.edited.as_deref();
    let mark = if edited.is_some() { EDITED } else { "" };
    let title = &world.meta.title;
    let plain = |text: &str| text.replace(char::is_control, " ");
    let mut out =
        format!("{HEADER}\ntitle {}\t{}\nscenario {scenario}{mark}", plain(&title.en), plain(&title.ko));
    out.push_str(&state.work.present().written);
    let length = |text: Option<&str>| text.map_or_else(|| "-".to_owned(), |text| text.len().to_string());
    let _ = writeln!(out, "{TEXTS}{} {} {}", length(name), length(text), length(edited));
    [name, text, edited].into_iter().flatten().for_each(|text| out.push_str(text));
    out
}

/// Where it is looked at, as lines.
#[must_use]
pub fn view(state: &State) -> String {
    let mut out = format!("playhead {}\n", state.playhead.0);
    if let Some(Subject::Service(s)) = state.selected {
        let _ = writeln!(out, "select service {}", state.world()[s].key);
    }
    if let Some((from, to)) = state.window {
        let _ = writeln!(out, "window {} {}", from.0, to.0);
    }
    if state.mode != Mode::default() {
        let _ = writeln!(out, "mode {}", state.mode.tag());
    }
    out
}

/// A work is somebody's own: not what is shipped, as it came.
#[must_use]
pub fn is_own(state: &State) -> bool {
    let source = &state.open.source;
    source.edited.is_some()
        || matches!(source.origin, Origin::File { .. })
        || **state.script() != state.open.world.script
}

/// What a browser keeps.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// The name it is kept under.
    pub id: Rc<str>,
    /// The work.
    pub work: String,
    /// Where it was looked at.
    pub view: Option<String>,
    /// The steps that led to it, and those that were taken back.
    pub past: Option<String>,
}

/// A work's title in English and Korean, without reading it.
#[must_use]
pub fn title(work: &str) -> Option<(&str, &str)> {
    work.lines().nth(1)?.strip_prefix("title ")?.split_once('\t')
}

/// The first state: of what opens when nothing is kept.
#[must_use]
pub fn first(tab: &Rc<str>, locale: Locale, theme: Theme) -> Option<State> {
    let (open, run) = engine::first()?;
    Some(State::watching(open, run, locale, theme).of_tab(tab))
}

/// The state that was kept; what cannot be read is said, and the first one stands in its place.
#[must_use]
pub fn restored(kept: &Kept, tab: &Rc<str>, locale: Locale, theme: Theme) -> Option<State> {
    let read = read(kept, locale, theme).map(|state| state.of_tab(tab));
    read.or_else(|| first(tab, locale, theme).map(|s| State { notice: Some(Msg::NoticeGarbage), ..s }))
}

/// The same state with another work on the stage; none if that cannot be read.
#[must_use]
pub fn resumed(state: &State, kept: &Kept) -> Option<State> {
    let next = read(kept, state.locale, state.theme)?;
    Some(State {
        tab: state.tab,
        speed: state.speed,
        openings: state.openings,
        of_tab: Rc::clone(&state.of_tab),
        ..next
    })
}

fn read(kept: &Kept, locale: Locale, theme: Theme) -> Option<State> {
    let (head, texts) = kept.work.split_once(TEXTS)?;
    let mut lines = head.lines();
    if lines.next() != Some(HEADER) {
        return None;
    }
    lines.next()?;
    let open = scenario(lines.next()?.strip_prefix("scenario ")?, &split(texts)?)?;
    let script = Rc::new(past::read(&open.world, lines)?);
    // Where no steps were kept, undo leads to the scenario as written.
    let author = engine::open(Source::unchanged(open.source.origin.clone())).ok()?;
    let mut state = State::new(author, locale, theme).kept_as(&kept.id);
    let now = Work::new(Rc::clone(&kept.id), open.source.clone(), &open.world, script);
    if let Some(work) = state.work.with(now.clone()) {
        let steps = kept.past.as_ref().map(|past| past::restored(now, past)).filter(History::can_undo);
        state = reworked(&state, Rc::new(open), steps.unwrap_or(work));
    }
    let state = looked_at(state, kept.view.as_deref().unwrap_or_default());
    Some(State { design: state.design.shown(&state), ..state })
}

/// What cannot be read of where it was looked at is nothing to speak of.
fn looked_at(mut state: State, view: &str) -> State {
    for (word, rest) in view.lines().filter_map(|line| line.split_once(' ')) {
        match word {
            "playhead" => {
                let at = rest.parse().map_or(state.playhead, Time);
                state.playhead = at.min(state.run.trace.horizon);
            }
            "window" => {
                let moments = rest.split_once(' ').map(|(from, to)| (from.parse(), to.parse()));
                if let Some((Ok(from), Ok(to))) = moments {
                    state.window = (from < to).then_some((Time(from), Time(to)));
                }
            }
            "mode" => state.mode = Mode::from_tag(rest).unwrap_or_default(),
            "select" => {
                let key = rest.strip_prefix("service ");
                let found = state.world().services.iter().position(|s| Some(&*s.key) == key);
                state.selected = found.map(|i| Subject::Service(ServiceId::at(i))).or(state.selected);
            }
            _ => {}
        }
    }
    state
}

/// Texts by their lengths.
struct Texts<'a> {
    name: Option<&'a str>,
    text: Option<&'a str>,
    edited: Option<&'a str>,
}

fn split(texts: &str) -> Option<Texts<'_>> {
    let (lengths, mut rest) = texts.split_once('\n')?;
    let mut lengths = lengths.split(' ');
    let mut next = || -> Option<Option<&str>> {
        let length = lengths.next()?;
        if length == "-" {
            return Some(None);
        }
        let (text, left) = rest.split_at_checked(length.parse().ok()?)?;
        rest = left;
        Some(Some(text))
    };
    let (name, text, edited) = (next()?, next()?, next()?);
    rest.is_empty().then_some(Texts { name, text, edited })
}

fn scenario(id: &str, texts: &Texts<'_>) -> Option<Open> {
    let (id, edited) = match id.strip_suffix(EDITED) {
        Some(id) => (id, Some(texts.edited?.into())),
        None => (id, None),
    };
    let origin = match (engine::shipped(id), texts.name, texts.text) {
        (Some(index), ..) => Origin::Shipped(index),
        (None, Some(name), Some(text)) if id == FILE => Origin::File { name: name.into(), text: text.into() },
        _ => return None,
    };
    engine::open(Source { origin, edited }).ok()
}

#[cfg(test)]
mod tests {
    use super::super::update;
    use super::*;
    use bridge_engine::world::{Action, ElementId, Origin as Cause, PoolId};

    fn kept(state: &State) -> Kept {
        Kept {
            id: Rc::clone(&state.work.present().id),
            work: work(state),
            view: Some(view(state)),
            past: None,
        }
    }

    fn back(kept: Option<&Kept>) -> State {
        let tab = "tab".into();
        match kept {
            Some(kept) => restored(kept, &tab, Locale::Ko, Theme::Dark),
            None => first(&tab, Locale::Ko, Theme::Dark),
        }
        .unwrap()
    }

    #[test]
    fn what_is_saved_comes_back() {
        let state = back(None);
        assert!(!is_own(&state));
        let state = update(&state, super::super::Action::Seek(Time(7_000_000))).unwrap();
        let pool = PoolId::at(state.world().pools.len() - 1);
        let state =
            update(&state, super::super::Action::Drop(vec![Action::Crash(pool)], Cause::Chance)).unwrap();
        let state =
            update(&state, super::super::Action::Drop(vec![Action::Trip(ElementId::at(0))], Cause::Chance))
                .unwrap();
        assert!(is_own(&state));
        let state = update(&state, super::super::Action::Mode(Mode::Design)).unwrap();
        let again = back(Some(&kept(&state)));
        assert_eq!(again.script(), state.script());
        assert_eq!(
            (again.playhead, again.selected, again.mode, again.run.hash),
            (state.playhead, state.selected, state.mode, state.run.hash)
        );
        assert_eq!((work(&again), view(&again)), (work(&state), view(&state)));
        assert_eq!(again.work.present().id, state.work.present().id);
        assert!(again.work.can_undo() && again.notice.is_none());
        assert_eq!(
            title(&work(&state)),
            Some((&*state.world().meta.title.en, &*state.world().meta.title.ko))
        );
    }

    #[test]
    fn garbage_is_said_and_left_out() {
        let id = engine::SHIPPED[0].id;
        let title = "title a\tb";
        for garbage in [
            String::new(),
            format!("bridge 1\n{title}\nscenario {id}\ntexts - - -\n"),
            format!("bridge 2\n{title}\nscenario nowhere\ntexts - - -\n"),
            format!("bridge 2\n{title}\nscenario file\ntexts - - -\n"),
            format!("bridge 2\n{title}\nscenario {id} edited\ntexts - - -\n"),
            format!("bridge 2\n{title}\nscenario {id}\nignite moon/room 0\ntexts - - -\n"),
            format!("bridge 2\n{title}\nscenario {id}\nnonsense\ntexts - - -\n"),
            format!("bridge 2\n{title}\nscenario {id}\ntexts - - 4\n불"),
            format!("bridge 2\n{title}\nscenario {id}\ntexts - - 2\n불"),
            format!("bridge 2\n{title}\nscenario {id}\ntexts - -\n"),
            format!("bridge 2\n{title}\nscenario {id}"),
            "\u{0}\u{ffff}🔥".to_owned(),
        ] {
            let state = back(Some(&Kept { work: garbage.clone(), ..Kept::default() }));
            assert_eq!(state.notice, Some(Msg::NoticeGarbage), "{garbage:?}");
            assert_eq!(state.playhead, Time::ZERO);
        }
        let text = format!("bridge 2\n{title}\nscenario {id}\ntexts - - -\n");
        for view in ["", "playhead -1\nmode attic\nselect service ghost", "\u{0}", "playhead"] {
            let state = back(Some(&Kept { work: text.clone(), view: Some(view.into()), ..Kept::default() }));
            assert!(
                state.notice.is_none() && state.playhead == Time::ZERO && state.mode == Mode::Drill,
                "{view}"
            );
        }
    }
}
