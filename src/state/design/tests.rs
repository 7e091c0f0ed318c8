use super::super::saved::{Kept, restored, work};
use super::super::{Action, Arm, Mode, State, Theme, engine, update};
use super::{Add, Back, Edit, Figures, unflow};
use crate::words::Locale;
use bridge_engine::Time;
use bridge_engine::scenario::draft::{Node, Path};
use bridge_engine::trace::Subject;
use bridge_engine::world::{Action as Incident, Origin, PoolId, ServiceId, SiteId};
use std::rc::Rc;

fn start() -> State {
    let state = State::new(engine::open_shipped(0).unwrap(), Locale::En, Theme::Auto);
    does(&state, Action::Mode(Mode::Design))
}

fn does(state: &State, action: Action) -> State {
    let said = format!("{action:?}");
    update(state, action).unwrap_or_else(|| panic!("{said} changes nothing"))
}

fn edit(state: &State, edit: Edit) -> State {
    let said = format!("{edit:?}");
    let next = does(state, Action::Edit(edit));
    assert!(next.design.refused.is_none(), "{said}: {:?}", next.design.refused);
    next
}

fn set(path: &[&str], line: &str) -> Edit {
    Edit::Set(Path::keys(path.iter().copied()), unflow(line).unwrap())
}

fn service(state: &State, key: &str) -> ServiceId {
    ServiceId::at(state.world().services.iter().position(|s| s.key == key).unwrap())
}

#[test]
fn an_edit_runs_at_once_and_says_what_it_changed() {
    let before = start();
    assert!(before.design.before.is_none() && before.design.original.is_none());
    // The bridge that Kakao had not: what wakes the standbys stands elsewhere too.
    let mut state = before.clone();
    for guard in ["failover", "monitor", "config", "dns"] {
        state = edit(
            &state,
            set(&["services", guard, "place"], "[[pangyo/b, 20, active], [anyang, 20, active]]"),
        );
    }
    let [now, last, first] =
        [&state.run, state.design.before.as_ref().unwrap(), state.design.original.as_ref().unwrap()]
            .map(|run| Figures::of(run, "messenger"));
    assert_eq!(first, Figures::of(&before.run, "messenger"));
    let (Back::At(was), Back::At(is)) = (first.service, now.service) else { panic!("{first:?} {now:?}") };
    assert!(is < was, "{is} {was}");
    assert!(now.since(&first)[0].unwrap().0 < 0.0);
    assert!(now.since(&last)[2].is_some());
    assert_eq!(state.open.source.origin, before.open.source.origin);
}

#[test]
fn what_cannot_be_is_said_in_its_place_and_changes_nothing() {
    let state = start();
    for (path, line) in [
        (&["services", "messenger", "place"][..], "[[nowhere, 5, active]]"),
        (&["services", "messenger", "tier"], "many"),
        (&["sites", "pangyo", "fire", "detect"], "-1m"),
        (&["people", "teams", "infra", "hands"], "1e99"),
        (&["services", "messenger"], "nothing"),
    ] {
        let next = does(&state, Action::Edit(set(path, line)));
        let refused = next.design.refused.as_ref().unwrap();
        assert!(!refused.why.is_empty(), "{path:?}");
        assert_eq!(refused.place, Path::keys(path.iter().copied()));
        assert_eq!((next.run.hash, &next.open.source), (state.run.hash, &state.open.source));
        assert!(!next.work.can_undo());
    }
    // A building in which services stand alone cannot simply go.
    let next = does(&state, Action::Edit(Edit::Remove(Path::keys(["sites", "pangyo"]))));
    let codes: Vec<&str> = next.design.refused.as_ref().unwrap().why.iter().map(|d| &*d.code).collect();
    assert!(
        codes.contains(&"no-active") && codes.iter().all(|c| ["no-active", "quorum-mismatch"].contains(c)),
        "{codes:?}"
    );
    // What a preset brings is not in the document.
    let next = does(&state, Action::Edit(Edit::Remove(Path::keys(["sites", "anyang", "rooms", "hall"]))));
    assert!(next.design.refused.as_ref().is_some_and(|r| r.why.is_empty()));
}

#[test]
fn what_is_removed_goes_with_all_that_names_it() {
    let state = edit(&start(), Edit::Remove(Path::keys(["services", "pay"])));
    assert!(state.world().services.iter().all(|s| s.key != "pay"));
    let swept = &state.design.swept;
    for place in ["services.taxi.needs[2]", "objectives.pay", "controls.bypass.edges.pay>registry"] {
        assert!(swept.iter().any(|s| s == place), "{place}: {swept:?}");
    }
    assert!(!state.open.source.text().contains("pay>"), "{swept:?}");
    // An incident in what is gone goes too.
    let state = edit(&start(), Edit::Remove(Path::keys(["sites", "pangyo", "rooms", "bat"])));
    assert!(state.script().is_empty() && state.run.scores.total.first_loss.is_none());
}

#[test]
fn what_is_renamed_is_renamed_everywhere() {
    let before = start();
    for (path, to) in [
        (&["services", "auth"][..], "login"),
        (&["sites", "pangyo"], "south"),
        (&["sites", "pangyo", "rooms", "bat"], "cells"),
        (&["sites", "pangyo", "power", "panels", "a"], "p1"),
        (&["people", "teams", "infra"], "ops"),
        (&["regions", "capital"], "seoul"),
    ] {
        let place = Path::keys(path.iter().copied());
        let there = edit(&before, Edit::Rename(place.clone(), to.to_owned()));
        assert_eq!(there.run.script.len(), before.run.script.len(), "{to}");
        let mut back = place;
        let from = path.last().copied().unwrap_or_default().to_owned();
        back.0.pop();
        let again = edit(&there, Edit::Rename(back.key(to), from));
        assert_eq!(*again.open.world, *before.open.world, "{to}");
        assert_eq!(again.run.hash, before.run.hash);
    }
    // A name that is taken is not given twice.
    let taken = Edit::Rename(Path::keys(["services", "auth"]), "kv".to_owned());
    assert!(does(&before, Action::Edit(taken)).design.refused.is_some());
}

#[test]
fn everything_can_be_added_and_copied_to_every_scenario() {
    for index in 0..engine::SHIPPED.len() {
        let state = State::new(engine::open_shipped(index).unwrap(), Locale::Ko, Theme::Auto);
        let site = SiteId(0);
        let mut all =
            vec![Add::Site, Add::Room(site), Add::Service(site), Add::Servers(ServiceId(0), site), Add::Team];
        all.extend(
            ["panels", "ups", "generators", "utility", "chillers"].map(|section| Add::Power(site, section)),
        );
        for add in all {
            let added = edit(&state, Edit::Add(add));
            let place = added.design.place.clone();
            assert!(added.open.draft().get(&place).is_some(), "{add:?} at {place}");
            if !matches!(add, Add::Servers(..)) {
                let copied = edit(&added, Edit::Copy(place.clone()));
                assert_ne!(copied.design.place, place);
                let removed = edit(&copied, Edit::Remove(copied.design.place.clone()));
                assert_eq!(*removed.open.world, *added.open.world, "{add:?}");
            }
        }
    }
}

#[test]
fn servers_move_where_they_can_stand() {
    let state = start();
    let pool = |state: &State, key: &str| state.world()[service(state, key)].pools[0];
    let anyang = SiteId::at(state.world().sites.iter().position(|s| s.key == "anyang").unwrap());
    let failover = pool(&state, "failover");
    let armed = does(&state, Action::Arm(Arm::Move(failover)));
    assert_eq!(armed.armed, Some(Arm::Move(failover)));
    let aimed = super::super::aim(armed.world(), Arm::Move(failover), Subject::Site(anyang)).unwrap();
    let moved = does(&armed, aimed);
    assert!(moved.armed.is_none() && moved.design.refused.is_none());
    assert_eq!(moved.world()[pool(&moved, "failover")].site, anyang);
    // Not to where it is, and not into a room without panels.
    let bat = state.world().rooms.iter().position(|r| r.key == "bat").unwrap();
    let nowhere =
        [Subject::Pool(failover), Subject::Room(bridge_engine::world::RoomId::at(bat)), Subject::Org];
    assert!(nowhere.iter().all(|to| super::super::aim(state.world(), Arm::Move(failover), *to).is_none()));
    // In the drill nothing is moved.
    assert!(update(&does(&state, Action::Mode(Mode::Drill)), Action::Arm(Arm::Move(PoolId(0)))).is_none());
}

#[test]
fn undo_and_redo_lead_over_design_script_and_other_scenarios() {
    let states = [start(), edit(&start(), set(&["people", "teams", "infra", "hands"], "300"))];
    let dropped = does(
        &does(&states[1], Action::Seek(Time(60_000_000))),
        Action::Drop(vec![Incident::Crash(PoolId(3))], Origin::Chance),
    );
    let other = does(&dropped, Action::OpenShipped(2));
    assert_ne!(other.world().meta.id, dropped.world().meta.id);
    let mut state = other.clone();
    for was in [&dropped, &states[1], &states[0]] {
        state = does(&state, Action::Undo);
        assert_eq!((state.run.hash, &state.open.source), (was.run.hash, &was.open.source));
        assert_eq!(state.design.original.is_some(), was.open.source.edited.is_some());
    }
    assert!(update(&state, Action::Undo).is_none());
    for is in [&states[1], &dropped, &other] {
        state = does(&state, Action::Redo);
        assert_eq!(state.run.hash, is.run.hash);
    }
}

#[test]
fn a_changed_design_comes_back_after_a_reload() {
    let state = edit(&start(), set(&["people", "teams", "infra", "hands"], "300"));
    let state = does(&state, Action::Drop(vec![Incident::Crash(PoolId(3))], Origin::Chance));
    let kept = Kept { work: work(&state), ..Kept::default() };
    let back = restored(&kept, &Rc::default(), Locale::En, Theme::Auto).unwrap();
    assert_eq!((back.run.hash, &back.open.source), (state.run.hash, &state.open.source));
    assert_eq!(work(&back), kept.work);
    let original = back.design.original.as_ref().unwrap();
    assert_eq!(original.hash, state.design.original.as_ref().unwrap().hash);
    // One step back is the scenario as written.
    let first = does(&back, Action::Undo);
    assert_eq!((first.run.hash, first.open.source.edited.is_none()), (start().run.hash, true));
}

#[test]
fn a_list_is_set_whole() {
    let state = edit(&start(), set(&["services", "messenger", "needs"], "[auth, kv, mq]"));
    let needs = state.open.draft().get(&Path::keys(["services", "messenger", "needs"])).cloned();
    assert!(matches!(needs, Some(Node::List(items)) if items.len() == 3));
}

#[test]
fn a_dependency_is_drawn_from_one_service_to_another() {
    let state = start();
    let id = |key: &str| ServiceId::at(state.world().services.iter().position(|s| s.key == key).unwrap());
    let (from, to) = (id("taxi"), id("mail"));
    let armed = does(&state, Action::Arm(Arm::Need(from)));
    // Not to itself, not to a building, and not twice.
    assert!(update(&armed, Action::Select(Subject::Service(from))).is_none());
    assert!(update(&armed, Action::Select(Subject::Site(SiteId(0)))).is_none());
    let known = state.world()[from].needs[0].on;
    assert!(update(&armed, Action::Select(Subject::Service(known))).is_none());
    let drawn = does(&armed, Action::Select(Subject::Service(to)));
    assert!(drawn.armed.is_none() && drawn.world()[from].needs.iter().any(|need| need.on == to));
    let pool = state.world()[to].pools[0];
    let by_its_servers = does(&armed, Action::Select(Subject::Pool(pool)));
    assert_eq!(by_its_servers.open.source, drawn.open.source);
    assert_eq!(does(&drawn, Action::Undo).run.hash, state.run.hash);
    // Not in the drill, where things are only watched.
    assert!(update(&does(&state, Action::Mode(Mode::Drill)), Action::Arm(Arm::Need(from))).is_none());
}
