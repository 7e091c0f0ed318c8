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
//! mode debrief
//! ```

use super::history::History;
use super::{Mode, Open, Source, State, Theme, engine, run::Run};
use crate::words::{Locale, Msg};
use bridge_engine::kernel::order::sorted_by_key;
use bridge_engine::trace::Subject;
use bridge_engine::world::{
    Action, ElementId, Incident, Line, Origin, PoolId, RoomId, Scope, Script, ServiceId, ShockId, SiteId,
};
use bridge_engine::{Span, Time, World};
use std::fmt::Write as _;
use std::rc::Rc;

const HEADER: &str = "bridge 1";
/// The name that stands for an opened file's scenario.
const FILE: &str = "file";
/// The users' end of a line; no site can be called that.
const USERS: &str = "*";
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
        let (word, target) = words(world, incident.action);
        let origin = ORIGINS.iter().find(|o| o.1 == incident.origin).map_or("", |o| o.0);
        let _ = writeln!(out, "{origin}{word} {target} {}", incident.at.0);
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
            ("mode", tag) => state.mode = Mode::from_tag(tag)?,
            ("select", what) => {
                let key = what.strip_prefix("service ")?;
                let index = world.services.iter().position(|s| s.key == key)?;
                state.selected = Some(Subject::Service(ServiceId::at(index)));
            }
            (word, rest) => {
                let (target, at) = rest.rsplit_once(' ')?;
                let split = word.find(':').map_or(0, |at| at + 1);
                let origin = ORIGINS.iter().find(|o| o.0 == &word[..split])?.1;
                let action = action(&world, &word[split..], target)?;
                script.push(Incident { at: Time(at.parse().ok()?), action, origin });
            }
        }
    }
    if script != world.script {
        let script = Rc::new(sorted_by_key(script, |i| i.at));
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
    if word == "shock" {
        let found = world.shocks.iter().position(|shock| shock.key == target);
        return found.map(|at| Action::Shock(ShockId::at(at)));
    }
    let (target, lasts) = match target.split_once('+') {
        Some((target, micros)) => (target, Some(Span(micros.parse().ok()?))),
        None => (target, None),
    };
    let mut parts = target.split('/');
    let (site, key, rest) = (parts.next()?, parts.next().unwrap_or_default(), parts.next());
    let named = |key: &str| world.sites.iter().position(|s| s.key == key).map(SiteId::at);
    let site = named(site)?;
    let line = || match key {
        "" => Some(Line::All(site)),
        USERS => Some(Line::Users(site)),
        other => named(other).map(|other| Line::Between(site.min(other), site.max(other))),
    };
    let pool = || {
        let nth: usize = rest?.parse().ok()?;
        let here = |p: &PoolId| world[*p].site == site && world[world[*p].service].key == key;
        (0..world.pools.len()).map(PoolId::at).filter(here).nth(nth)
    };
    let element = || {
        let element = world.elements.iter().position(|e| e.site == site && e.key == key);
        element.map(ElementId::at)
    };
    match word {
        "ignite" => {
            let room = world.rooms.iter().position(|r| r.site == site && r.key == key)?;
            Some(Action::Ignite(RoomId::at(room)))
        }
        "trip" => element().map(Action::Trip),
        "fail" => element().map(|e| Action::Fail(e, lasts)),
        "crash" => pool().map(Action::Crash),
        "kill" => pool().map(Action::Kill),
        "cut" => Some(Action::Cut(line()?, lasts)),
        "heal" => line().map(Action::Heal),
        _ => None,
    }
}

/// What a line of text says an action is, and what it is done to.
fn words(world: &World, action: Action) -> (&'static str, String) {
    let site = |id: SiteId| world[id].key.as_str();
    let ends = |line: Line| match line {
        Line::All(a) => site(a).to_owned(),
        Line::Users(a) => format!("{}/{USERS}", site(a)),
        Line::Between(a, b) => format!("{}/{}", site(a), site(b)),
    };
    match action {
        Action::Ignite(r) => ("ignite", format!("{}/{}", site(world[r].site), world[r].key)),
        Action::Trip(e) => ("trip", format!("{}/{}", site(world[e].site), world[e].key)),
        Action::Fail(e, lasts) => {
            let lasts = lasts.map(|lasts| format!("+{}", lasts.0)).unwrap_or_default();
            ("fail", format!("{}/{}{lasts}", site(world[e].site), world[e].key))
        }
        Action::Crash(p) => ("crash", pool_key(world, p)),
        Action::Kill(p) => ("kill", pool_key(world, p)),
        Action::Cut(line, Some(lasts)) => ("cut", format!("{}+{}", ends(line), lasts.0)),
        Action::Cut(line, None) => ("cut", ends(line)),
        Action::Heal(line) => ("heal", ends(line)),
        Action::Shock(shock) => ("shock", world[shock].key.clone()),
    }
}

/// How an incident came about, as the beginning of its line.
const ORIGINS: [(&str, Origin); 9] = [
    ("", Origin::Chance),
    ("mistake:", Origin::Mistake { noticed: true }),
    ("slip:", Origin::Mistake { noticed: false }),
    ("monkey:", Origin::Drill { scope: Scope::Instance, announced: false }),
    ("monkey!:", Origin::Drill { scope: Scope::Instance, announced: true }),
    ("gorilla:", Origin::Drill { scope: Scope::Site, announced: false }),
    ("gorilla!:", Origin::Drill { scope: Scope::Site, announced: true }),
    ("kong:", Origin::Drill { scope: Scope::Region, announced: false }),
    ("kong!:", Origin::Drill { scope: Scope::Region, announced: true }),
];

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
        let state = update(&state, super::super::Action::Mode(Mode::Debrief)).unwrap();
        let back = restore(Some(&save(&state)), None, Locale::Ko, Theme::Dark).unwrap();
        assert_eq!(back.script.present(), state.script.present());
        assert_eq!(
            (back.playhead, back.selected, back.mode, back.run.hash),
            (state.playhead, state.selected, state.mode, state.run.hash)
        );
        assert_eq!(save(&back), save(&state));
        assert!(back.script.can_undo() && back.notice.is_none());
    }

    #[test]
    fn every_action_and_every_way_it_came_about_comes_back() {
        let world = Rc::clone(&opened().open.world);
        let (a, b, pool) = (SiteId(0), SiteId(1), PoolId::at(world.pools.len() - 1));
        let actions = [
            Action::Ignite(RoomId(0)),
            Action::Trip(ElementId(0)),
            Action::Crash(pool),
            Action::Kill(pool),
            Action::Cut(Line::All(a), None),
            Action::Cut(Line::Between(a, b), Some(Span(5))),
            Action::Cut(Line::Users(b), Some(Span(7))),
            Action::Heal(Line::All(a)),
        ];
        for (i, what) in actions.into_iter().enumerate() {
            let (word, target) = words(&world, what);
            assert_eq!(action(&world, word, &target), Some(what));
            let incident = Incident { at: Time(3), action: what, origin: ORIGINS[i + 1].1 };
            let mut state = opened();
            state.script = state.script.with(Rc::new(vec![incident])).unwrap();
            let back = restore(Some(&save(&state)), None, Locale::En, Theme::Auto).unwrap();
            assert_eq!(**back.script.present(), [incident]);
        }
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
