use super::super::saved::{Kept, restored, work};
use super::super::{Action, Arm, Mode, State, Theme, engine, past, reading, update};
use super::{Add, Back, Edit, Figures, unflow};
use crate::layout::building::alike;
use crate::words::{Locale, Msg};
use bridge_engine::Time;
use bridge_engine::scenario::draft::{Node, Path};
use bridge_engine::trace::Subject;
use bridge_engine::world::{Action as Incident, Origin, PoolId, PoolRole, ServiceId, SiteId};
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
fn an_edit_reads_its_text_once_and_runs_once() {
    let first = edit(&start(), set(&["people", "teams", "infra", "hands"], "300"));
    let change = set(&["people", "teams", "infra", "hands"], "301");
    let before = reading::READS.get();
    let second = edit(&first, change);
    let (draft, whole) = (second.open.draft().unwrap(), second.open.whole().unwrap());
    assert_eq!(reading::READS.get() - before, 1);
    // What it was made of is what its text says.
    let text = second.open.source.text();
    assert_eq!(*draft, reading::draft(text).unwrap());
    assert_eq!(*whole, reading::whole(text).unwrap());
    // Those it is compared with have run.
    let [a, b] = [&first, &second].map(|state| state.design.original.clone().unwrap());
    assert!(Rc::ptr_eq(&a, &b) && Rc::ptr_eq(second.design.before.as_ref().unwrap(), &first.run));
}

#[test]
fn only_buildings_that_look_otherwise_are_drawn_again() {
    let before = start();
    let changed = |change: Edit| {
        let after = edit(&before, change);
        let ids = (0..before.world().sites.len()).map(SiteId::at);
        let other = ids.filter(|id| !alike(before.world(), after.world(), *id));
        other.map(|id| before.world()[id].key.clone()).collect::<Vec<_>>()
    };
    assert!(changed(set(&["people", "teams", "infra", "hands"], "300")).is_empty());
    let standbys = Path::keys(["services", "messenger", "place"]).index(1).index(1);
    assert_eq!(changed(Edit::Set(standbys, Node::Scalar("2000".to_owned()))), ["anyang"]);
    for all in [
        set(&["services", "mail", "name"], "{en: Post, ko: 우편}"),
        // What a dependency can be drawn to is another thing then.
        set(&["services", "mail", "needs"], "[cache, mq]"),
        Edit::Add(Add::Room(SiteId(0))),
    ] {
        assert_eq!(changed(all).len(), before.world().sites.len());
    }
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
            assert!(added.open.draft().unwrap().get(&place).is_some(), "{add:?} at {place}");
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
fn undo_and_redo_lead_over_design_and_script_and_never_into_another_scenario() {
    let states = [start(), edit(&start(), set(&["people", "teams", "infra", "hands"], "300"))];
    let dropped = does(
        &does(&states[1], Action::Seek(Time(60_000_000))),
        Action::Drop(vec![Incident::Crash(PoolId(3))], Origin::Chance),
    );
    let other = does(&dropped, Action::OpenShipped(2));
    assert_ne!(other.world().meta.id, dropped.world().meta.id);
    assert!(!other.work.can_undo() && other.notice == Some(Msg::NoticeShelved));
    let as_it_came = does(&start(), Action::OpenShipped(2));
    assert!(as_it_came.notice.is_none(), "there was nothing to keep");
    let mut state = dropped.clone();
    for was in [&states[1], &states[0]] {
        state = does(&state, Action::Undo);
        assert_eq!((state.run.hash, &state.open.source), (was.run.hash, &was.open.source));
        assert_eq!(state.design.original.is_some(), was.open.source.edited.is_some());
    }
    assert!(update(&state, Action::Undo).is_none());
    for is in [&states[1], &dropped] {
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
    // Where no steps were kept, one step back is the scenario as written.
    let first = does(&back, Action::Undo);
    assert_eq!((first.run.hash, first.open.source.edited.is_none()), (start().run.hash, true));
}

#[test]
fn every_step_is_still_there_after_a_reload() {
    let hands = |n: &str| set(&["people", "teams", "infra", "hands"], n);
    let steps = [start(), edit(&start(), hands("300"))];
    let third = does(&steps[1], Action::Drop(vec![Incident::Crash(PoolId(3))], Origin::Chance));
    let fourth = edit(&third, Edit::Add(Add::Room(SiteId(0))));
    let fifth = edit(&fourth, hands("301"));
    let all = [&steps[0], &steps[1], &third, &fourth, &fifth];
    // Kept when two steps had been taken back.
    let state = does(&does(&fifth, Action::Undo), Action::Undo);
    let mut kept = Kept { work: work(&state), past: Some(past::kept(&state.work)), ..Kept::default() };
    let open = |kept: &Kept| restored(kept, &Rc::default(), Locale::En, Theme::Auto).unwrap();
    let mut back = open(&kept);
    let mut at = 2;
    let walk = [Action::Redo, Action::Redo, Action::Undo, Action::Undo, Action::Undo, Action::Undo];
    for (action, to) in walk.into_iter().zip([3, 4, 3, 2, 1, 0]) {
        back = does(&back, action);
        at = to;
        assert_eq!((back.run.hash, &back.open.source), (all[at].run.hash, &all[at].open.source), "{at}");
        assert_eq!(back.script(), all[at].script());
    }
    assert!(at == 0 && update(&back, Action::Undo).is_none());
    // The work went on, and the steps were not kept any more: they are its past.
    kept.work = work(&edit(&state, hands("500")));
    let on = does(&open(&kept), Action::Undo);
    assert_eq!((on.run.hash, on.work.can_redo()), (third.run.hash, true));
    assert_eq!(does(&on, Action::Undo).run.hash, steps[1].run.hash);
    // Steps that cannot be read are no steps.
    kept.past = Some("past 1 9 9\n3\nfire".to_owned());
    assert_eq!(does(&open(&kept), Action::Undo).run.hash, start().run.hash);
}

#[test]
fn a_list_is_set_whole() {
    let state = edit(&start(), set(&["services", "messenger", "needs"], "[auth, kv, mq]"));
    let needs = state.open.draft().unwrap().get(&Path::keys(["services", "messenger", "needs"])).cloned();
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

#[test]
fn what_is_chosen_together_is_changed_as_one_step() {
    let state = start();
    let id = |state: &State, key: &str| Subject::Service(service(state, key));
    let keys = ["mail", "maps", "cache"];
    let mut chosen = does(&state, Action::Select(id(&state, "mail")));
    for key in &keys[1..] {
        chosen = does(&chosen, Action::Also(id(&state, key)));
    }
    assert_eq!(chosen.chosen(), keys.map(|key| id(&state, key)));
    let one_step = |changed: &State| {
        assert_eq!(does(changed, Action::Undo).open.source, state.open.source);
        assert!(update(&does(changed, Action::Undo), Action::Undo).is_none());
    };
    // A parameter.
    let tiers = edit(&chosen, set(&["services", "mail", "tier"], "3"));
    assert!(keys.iter().all(|key| tiers.world()[service(&tiers, key)].tier == 3));
    one_step(&tiers);
    let back = edit(&tiers, Edit::Remove(Path::keys(["services", "mail", "tier"])));
    let draft = back.open.draft().unwrap();
    assert!(keys.iter().all(|key| draft.get(&Path::keys(["services", key, "tier"])).is_none()));
    // How many servers, of each where it stands.
    let place = Path::keys(["services", "mail", "place"]);
    let Some(Node::List(mut list)) = state.open.draft().unwrap().get(&place).cloned() else { panic!() };
    let Node::List(parts) = &mut list[0] else { panic!() };
    parts[1] = Node::Scalar("77".to_owned());
    let many = edit(&chosen, Edit::Set(place, Node::List(list)));
    for key in keys {
        let at_work = |state: &State| {
            let pools = &state.world()[service(state, key)].pools;
            *pools.iter().find(|pool| state.world()[**pool].role == PoolRole::Active).unwrap()
        };
        let (was, is) = (at_work(&state), at_work(&many));
        assert_eq!(many.world()[is].servers, 77, "{key}");
        assert_eq!(
            (many.world()[is].site, &many.world()[is].panels),
            (state.world()[was].site, &state.world()[was].panels)
        );
    }
    one_step(&many);
    // Where they stand: those that stand where the one does that is dragged.
    let pool = state.world()[service(&state, "mail")].pools[0];
    let other = SiteId::at((state.world()[pool].site.index() + 1) % state.world().sites.len());
    let moved = edit(&chosen, Edit::Move(pool, Subject::Site(other)));
    for key in keys {
        let sites = moved.world()[service(&moved, key)].pools.iter().map(|p| moved.world()[*p].site);
        assert!(sites.clone().any(|site| site == other), "{key}");
    }
    one_step(&moved);
    // Copies, and all gone.
    let count = |state: &State| state.world().services.len();
    let place = Path::keys(["services", "mail"]);
    // All of them would be too much for their panel.
    let few = does(&does(&state, Action::Select(id(&state, "mail"))), Action::Also(id(&state, "registry")));
    let copied = edit(&few, Edit::Copy(place.clone()));
    assert_eq!(count(&copied), count(&state) + 2);
    one_step(&copied);
    let gone = edit(&chosen, Edit::Remove(place));
    assert_eq!(count(&gone), count(&state) - 3);
    assert!(gone.also.is_empty());
    one_step(&gone);
}

#[test]
fn one_more_or_one_less_is_chosen() {
    let state = start();
    let id = |key: &str| Subject::Service(service(&state, key));
    let one = does(&state, Action::Select(id("mail")));
    assert!(update(&one, Action::Also(id("mail"))).is_none(), "something is always selected");
    let two = does(&one, Action::Also(id("maps")));
    assert_eq!(does(&two, Action::Also(id("maps"))).chosen(), [id("mail")]);
    let other = does(&two, Action::Also(id("mail")));
    assert_eq!((other.chosen(), other.design.place), (vec![id("maps")], Path::keys(["services", "maps"])));
    assert_eq!(does(&two, Action::Select(id("mail"))).chosen(), [id("mail")]);
    assert_eq!(does(&two, Action::Escape).chosen(), [id("mail")]);
    // With a finger there is no Shift.
    let more = does(&one, Action::More);
    assert_eq!(does(&more, Action::Select(id("maps"))).chosen(), [id("mail"), id("maps")]);
    // What is drilled is only looked at.
    let drilled = does(&does(&one, Action::Mode(Mode::Drill)), Action::Also(id("maps")));
    assert_eq!(drilled.chosen(), [id("maps")]);
    // A building does not drive the service out of the graph.
    let site = does(&one, Action::Select(Subject::Site(SiteId(1))));
    assert_eq!(
        (site.selected, site.graphed.map(Subject::Service)),
        (Some(Subject::Site(SiteId(1))), Some(id("mail")))
    );
}

#[test]
fn a_work_has_a_name_of_its_own() {
    let state = does(
        &does(&start(), Action::Mode(Mode::Drill)),
        Action::Title("Our \u{201c}plan\u{201d}: two sites #1".to_owned()),
    );
    let title = &state.world().meta.title;
    assert_eq!(
        (&*title.en, &*title.ko),
        ("Our \u{201c}plan\u{201d}: two sites #1", "Our \u{201c}plan\u{201d}: two sites #1")
    );
    assert_eq!(super::super::saved::title(&work(&state)), Some((&*title.en, &*title.ko)));
    assert_eq!((state.mode, state.run.hash), (Mode::Drill, start().run.hash));
    assert_eq!(does(&state, Action::Undo).world().meta.title, start().world().meta.title);
}
