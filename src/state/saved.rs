//! What is kept from one visit to the next, as lines of text. Anything that cannot be read is left out, and said so.
//!
//! ```text
//! bridge 1
//! scenario kakao-2022
//! ignite pangyo/battery 0
//! trip pangyo/pa 3600000000
//! crash pangyo/messenger/0 7200000000
//! playhead 36720000000
//! select service messenger
//! ```

use super::history::History;
use super::{Open, Source, State, Theme, engine, run::Run};
use crate::words::{Locale, Msg};
use bridge_engine::trace::Subject;
use bridge_engine::world::{Action, ElementId, Incident, PoolId, RoomId, Script, ServiceId, SiteId};
use bridge_engine::{Time, World};
use std::fmt::Write as _;
use std::rc::Rc;

const HEADER: &str = "bridge 1";
/// The name that stands for an opened file's scenario.
const FILE: &str = "file";
/// Longer scripts than anybody drops by hand are not read back.
const MAX_LINES: usize = 2_000;

/// The lines that remember a state.
#[must_use]
pub fn save(state: &State) -> String {
    let world = state.world();
    let scenario = match state.open.source {
        Source::Shipped(i) => engine::SHIPPED.get(i).map_or(FILE, |s| s.id),
        Source::File { .. } => FILE,
    };
    let mut out = format!("{HEADER}\nscenario {scenario}\n");
    for incident in state.script.present().iter() {
        let (word, target) = match incident.action {
            Action::Ignite(r) => ("ignite", format!("{}/{}", world[world[r].site].key, world[r].key)),
            Action::Trip(e) => ("trip", format!("{}/{}", world[world[e].site].key, world[e].key)),
            Action::Crash(p) => ("crash", pool_key(world, p)),
        };
        let _ = writeln!(out, "{word} {target} {}", incident.at.0);
    }
    let _ = writeln!(out, "playhead {}", state.playhead.0);
    if let Some(Subject::Service(s)) = state.selected {
        let _ = writeln!(out, "select service {}", world[s].key);
    }
    out
}

/// The state that lines remember. `file` is the name and text of a file that was open.
#[must_use]
pub fn restore(
    lines: Option<&str>,
    file: Option<(&str, &str)>,
    locale: Locale,
    theme: Theme,
) -> Option<State> {
    let Some(lines) = lines else { return first(locale, theme) };
    match read(lines, file, locale, theme) {
        Some(state) => Some(state),
        None => first(locale, theme).map(|s| State { notice: Some(Msg::NoticeGarbage), ..s }),
    }
}

/// The first shipped scenario.
fn first(locale: Locale, theme: Theme) -> Option<State> {
    engine::open_shipped(0).ok().map(|open| State::new(open, locale, theme))
}

fn read(text: &str, file: Option<(&str, &str)>, locale: Locale, theme: Theme) -> Option<State> {
    let mut lines = text.lines();
    if lines.next() != Some(HEADER) {
        return None;
    }
    let open = scenario(lines.next()?.strip_prefix("scenario ")?, file)?;
    let world = Rc::clone(&open.world);
    let mut state = State::new(open, locale, theme);
    let mut script = Script::new();
    for line in lines.take(MAX_LINES) {
        match line.split_once(' ')? {
            ("playhead", at) => state.playhead = Time(at.parse().ok()?),
            ("select", what) => {
                let key = what.strip_prefix("service ")?;
                let index = world.services.iter().position(|s| s.key == key)?;
                state.selected = Some(Subject::Service(ServiceId::at(index)));
            }
            (word, rest) => {
                let (target, at) = rest.rsplit_once(' ')?;
                script.push(Incident { action: action(&world, word, target)?, at: Time(at.parse().ok()?) });
            }
        }
    }
    if script != world.script {
        script.sort_by_key(|i| i.at);
        let script = Rc::new(script);
        state.run = Rc::new(Run::new(world, Rc::clone(&script)));
        // The author's script stays in the past, so that one step back is the scenario as written.
        state.script = History::new(Rc::clone(state.script.present())).with(script)?;
    }
    state.playhead = state.playhead.min(state.run.trace.horizon);
    Some(state)
}

fn scenario(id: &str, file: Option<(&str, &str)>) -> Option<Open> {
    match (engine::shipped(id), file) {
        (Some(index), _) => engine::open_shipped(index).ok(),
        (None, Some((name, text))) if id == FILE => engine::open_text(name, text).ok(),
        _ => None,
    }
}

fn action(world: &World, word: &str, target: &str) -> Option<Action> {
    let mut parts = target.split('/');
    let (site_key, key, rest) = (parts.next()?, parts.next()?, parts.next());
    let site = SiteId::at(world.sites.iter().position(|s| s.key == site_key)?);
    match word {
        "ignite" => {
            let room = world.rooms.iter().position(|r| r.site == site && r.key == key)?;
            Some(Action::Ignite(RoomId::at(room)))
        }
        "trip" => {
            let element = world.elements.iter().position(|e| e.site == site && e.key == key)?;
            Some(Action::Trip(ElementId::at(element)))
        }
        "crash" => {
            let nth: usize = rest?.parse().ok()?;
            let mut fellows = (0..world.pools.len())
                .map(PoolId::at)
                .filter(|p| world[*p].site == site && world[world[*p].service].key == key);
            fellows.nth(nth).map(Action::Crash)
        }
        _ => None,
    }
}

/// Site, service, and which of the service's pools there.
fn pool_key(world: &World, id: PoolId) -> String {
    let pool = &world[id];
    let nth =
        world.pools[..id.index()].iter().filter(|p| p.site == pool.site && p.service == pool.service).count();
    format!("{}/{}/{nth}", world[pool.site].key, world[pool.service].key)
}

#[cfg(test)]
mod tests {
    use super::super::update;
    use super::*;

    fn opened() -> State {
        restore(None, None, Locale::Ko, Theme::Dark).unwrap()
    }

    #[test]
    fn what_is_saved_comes_back() {
        let state = opened();
        let state = update(&state, super::super::Action::Seek(Time(7_000_000))).unwrap();
        let pool = PoolId::at(state.world().pools.len() - 1);
        let state = update(&state, super::super::Action::Drop(Action::Crash(pool))).unwrap();
        let state = update(&state, super::super::Action::Drop(Action::Trip(ElementId::at(0)))).unwrap();
        let back = restore(Some(&save(&state)), None, Locale::Ko, Theme::Dark).unwrap();
        assert_eq!(back.script.present(), state.script.present());
        assert_eq!(
            (back.playhead, back.selected, back.run.hash),
            (state.playhead, state.selected, state.run.hash)
        );
        assert_eq!(save(&back), save(&state));
        assert!(back.script.can_undo() && back.notice.is_none());
    }

    #[test]
    fn garbage_is_said_and_left_out() {
        let id = engine::SHIPPED[0].id;
        for garbage in [
            String::new(),
            "bridge 2\n".to_owned(),
            "bridge 1\nscenario nowhere\n".to_owned(),
            "bridge 1\nscenario file\n".to_owned(),
            format!("bridge 1\nscenario {id}\nignite moon/room 0\n"),
            format!("bridge 1\nscenario {id}\nplayhead -1\n"),
            format!("bridge 1\nscenario {id}\nnonsense\n"),
            "\u{0}\u{ffff}🔥".to_owned(),
        ] {
            let state = restore(Some(&garbage), None, Locale::En, Theme::Auto).unwrap();
            assert_eq!(state.notice, Some(Msg::NoticeGarbage), "{garbage:?}");
            assert_eq!(state.playhead, Time::ZERO);
        }
    }
}
