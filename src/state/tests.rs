//! What a person does, step by step, without a browser.

use super::document::document;
use super::pace::Speed;
use super::saved::{self, Kept};
use super::{Action, Arm, Mode, Origin, Overlay, State, Tab, Theme, aim, engine, update};
use crate::layout::window::Window;
use crate::words::{Locale, Msg};
use bridge_engine::trace::Subject;
use bridge_engine::world::{
    Action as Incident, ElementId, ElementKind, PoolId, RoomId, ServiceId, ShockId, SiteId,
};
use bridge_engine::{Span, Time};
use std::rc::Rc;

fn start() -> State {
    State::new(engine::open_shipped(0).unwrap(), Locale::En, Theme::Auto)
}

fn does(state: &State, action: Action) -> State {
    update(state, action).expect("something changes")
}

fn hours(h: u64) -> Time {
    Time::ZERO + Span::from_hours(h)
}

#[test]
fn the_playhead_stays_in_the_run() {
    let state = does(&start(), Action::Seek(Time::NEVER));
    assert_eq!(state.playhead, state.run.trace.horizon);
    assert!(update(&state, Action::Nudge(1.0)).is_none());
    assert_eq!(does(&state, Action::Nudge(-2.0)).playhead, Time::ZERO);
}

#[test]
fn playing_ends_at_the_end_and_starts_again_from_the_beginning() {
    let state = does(&start(), Action::PlayPause);
    let state = does(&state, Action::Tick(state.run.trace.horizon));
    assert!(!state.playing);
    let state = does(&state, Action::PlayPause);
    assert!(state.playing && state.playhead == Time::ZERO);
}

#[test]
fn events_are_stepped_through_one_by_one() {
    let mut state = start();
    let mut seen = vec![state.playhead];
    while let Some(next) = update(&state, Action::Jump { forwards: true }) {
        assert!(next.playhead > state.playhead && !next.playing);
        seen.push(next.playhead);
        state = next;
    }
    assert!(seen.len() > 50);
    let back = does(&state, Action::Jump { forwards: false });
    assert_eq!(back.playhead, seen[seen.len() - 2]);
}

#[test]
fn the_timeline_is_zoomed_around_the_playhead_and_follows_it() {
    let state = does(&start(), Action::Seek(hours(4)));
    assert!(state.window().is_whole() && update(&state, Action::Zoom(0.5)).is_none(), "more than all");
    let near = does(&state, Action::Zoom(8.0));
    let share = |state: &State| state.window().share(state.axis().position(state.playhead));
    assert!((near.window().width() - 0.125).abs() < 1e-4 && (share(&near) - share(&state)).abs() < 1e-3);
    // A step of a key is a step of what is seen.
    let by = |state: &State, next: &State| {
        state.axis().position(next.playhead) - state.axis().position(state.playhead)
    };
    assert!((by(&near, &does(&near, Action::Nudge(0.1))) - 0.0125).abs() < 1e-4);
    // Time that passes turns it over, and never leaves it.
    let mut playing = does(&near, Action::PlayPause);
    let (mut turns, mut last) = (0, playing.window());
    while playing.playing {
        let next = playing.axis().time(playing.axis().position(playing.playhead) + 0.004);
        playing = does(&playing, Action::Tick(next));
        assert!((-1e-6..=1.0 + 1e-6).contains(&share(&playing)), "{:?}", playing.window());
        assert!((playing.window().width() - 0.125).abs() < 1e-3, "as wide all along");
        turns += u32::from(playing.window() != last);
        last = playing.window();
    }
    assert!((4..=9).contains(&turns), "{turns}");
    // What is looked at may be elsewhere than the playhead, and stays so while nothing moves.
    let apart = does(&near, Action::Window(Window::between(0.7, 0.8)));
    let other = does(&apart, Action::ToggleScale);
    assert!(
        !(0.0..=1.0).contains(&share(&apart)) && other.window == apart.window,
        "the same moments on either axis"
    );
    assert!(does(&apart, Action::Window(Window::WHOLE)).window.is_none());
    assert!(does(&apart, Action::OpenShipped(1)).window.is_none(), "another run is seen whole");
    let kept = Kept { work: saved::work(&apart), view: Some(saved::view(&apart)), ..Kept::default() };
    let back = saved::restored(&kept, &Rc::default(), Locale::En, Theme::Auto).unwrap();
    assert_eq!(back.window, apart.window);
}

#[test]
fn an_incident_forks_the_run_and_leaves_the_past_alone() {
    let before = does(&start(), Action::Seek(hours(20)));
    let panel = (0..before.world().elements.len())
        .map(ElementId::at)
        .find(|e| {
            matches!(before.world()[*e].kind, ElementKind::Panel { .. })
                && before.run.trace.elements[e.index()].at(hours(20))
                    == bridge_engine::trace::ElementState::Live
        })
        .unwrap();
    let incident = aim(before.world(), Arm::Trip, Subject::Element(panel)).unwrap();
    let armed = does(&before, Action::Arm(Arm::Trip));
    let after = does(&armed, incident);
    assert!(after.armed.is_none() && after.run.hash != before.run.hash);
    for (a, b) in
        before.run.trace.events.iter().zip(&after.run.trace.events).take_while(|(a, _)| a.at < hours(20))
    {
        assert_eq!((a.at, a.subject, a.change), (b.at, b.subject, b.change));
    }
    assert!(
        after.run.trace.elements[panel.index()].at(hours(20)) != bridge_engine::trace::ElementState::Live
    );
    let undone = does(&after, Action::Undo);
    assert_eq!(undone.run.hash, before.run.hash);
    assert_eq!(does(&undone, Action::Redo).run.hash, after.run.hash);
    assert!(update(&undone, Action::Undo).is_none());
}

#[test]
fn no_incident_no_loss() {
    let calm = does(&start(), Action::ClearScript);
    assert!(calm.run.script.is_empty() && calm.run.scores.total.first_loss.is_none());
    assert!(calm.run.trace.affected.points().iter().all(|p| p.1 == 0.0));
    let again = does(&calm, Action::AuthorScript);
    assert_eq!(again.run.hash, start().run.hash);
    assert_eq!(does(&again, Action::Remove(0)).run.script.len(), 0);
    assert!(update(&again, Action::Remove(99)).is_none());
}

#[test]
fn an_incident_needs_a_fitting_target() {
    let state = start();
    let (room, pool) = (Subject::Room(RoomId::at(0)), Subject::Pool(PoolId::at(0)));
    let aimed = |arm, at| match aim(state.world(), arm, at) {
        Some(Action::Drop(what, _)) => what.first().copied(),
        _ => None,
    };
    assert_eq!(aimed(Arm::Fire, room), Some(Incident::Ignite(RoomId::at(0))));
    assert_eq!(aimed(Arm::Crash, pool), Some(Incident::Crash(PoolId::at(0))));
    assert_eq!(aimed(Arm::Fire, pool), None);
    assert_eq!(aimed(Arm::Trip, room), None);
    let ups = state.world().elements.iter().position(|e| matches!(e.kind, ElementKind::Ups { .. })).unwrap();
    assert_eq!(aimed(Arm::Trip, Subject::Element(ElementId::at(ups))), None);
}

#[test]
fn arming_stops_time_and_the_same_again_puts_it_back() {
    let state = does(&does(&start(), Action::PlayPause), Action::Show(Tab::Log));
    let armed = does(&state, Action::Arm(Arm::Fire));
    assert!(!armed.playing && armed.tab == Tab::Sites);
    assert!(does(&armed, Action::Arm(Arm::Fire)).armed.is_none());
    assert!(does(&armed, Action::Escape).armed.is_none());
    assert!(update(&start(), Action::Escape).is_none());
}

#[test]
fn a_broken_file_is_told_in_full_and_what_was_open_stays() {
    let state = does(&start(), Action::Seek(hours(3)));
    let text = engine::text(0)
        .replace("needs: [messenger, objstore]", "needs: [messenger, nowhere]")
        .replace("tier: 1", "teir: 1");
    let broken = does(&state, Action::OpenText { name: "mine.yaml".into(), text });
    let Overlay::Errors { name, diagnostics } = &broken.overlay else { panic!("{:?}", broken.overlay) };
    assert_eq!(name, "mine.yaml");
    assert!(diagnostics.len() > 2);
    assert!(diagnostics.iter().all(|d| d.line > 0 && !d.message.ko.is_empty()));
    assert_eq!((broken.run.hash, broken.playhead), (state.run.hash, state.playhead));
    assert!(matches!(does(&broken, Action::Escape).overlay, Overlay::None));
}

#[test]
fn a_good_file_is_opened_and_language_and_colours_stay() {
    let state = does(&does(&start(), Action::Locale(Locale::Ko)), Action::Theme(Theme::Dark));
    let text = engine::text(0).replace("seed: 1", "seed: 2");
    let opened = does(&state, Action::OpenText { name: "mine.yaml".into(), text });
    assert!(matches!(&opened.open.source.origin, Origin::File { name, .. } if &**name == "mine.yaml"));
    assert!(opened.run.hash != state.run.hash && opened.notice == Some(Msg::NoticeOpened));
    assert_eq!((opened.locale, opened.theme), (Locale::Ko, Theme::Dark));
}

#[test]
fn what_changes_nothing_is_nothing() {
    let state = start();
    for action in [
        Action::Seek(Time::ZERO),
        Action::Speed(Speed::One),
        Action::Locale(Locale::En),
        Action::Theme(Theme::Auto),
        Action::Show(Tab::Sites),
        Action::NoticeRead,
        Action::Undo,
        Action::Redo,
        Action::AuthorScript,
    ] {
        assert!(update(&state, action.clone()).is_none(), "{action:?}");
    }
    let selected = state.selected.unwrap();
    assert!(update(&state, Action::Select(selected)).is_none());
    assert!(Rc::ptr_eq(&does(&state, Action::ToggleScale).run, &state.run));
}

#[test]
fn what_blocks_a_service_can_be_walked_to() {
    let state = start();
    let mut found = 0;
    for &at in state.run.moments.iter().step_by(7) {
        let moment = super::moment::Moment::of(&state.run, at);
        for s in (0..state.world().services.len()).map(ServiceId::at) {
            let answer = bridge_engine::why::why(state.world(), &state.run.trace, Subject::Service(s), at);
            let edges = super::wayout::blocking_edges(state.world(), &moment, s, &answer.blockers);
            assert!(edges.is_empty() || edges.iter().any(|e| e.0 == s));
            found += edges.len();
        }
    }
    assert!(found > 0);
}

/// Everything that can be pointed at.
fn subjects(state: &State) -> Vec<Subject> {
    let world = state.world();
    let rooms = (0..world.rooms.len()).map(RoomId::at).map(Subject::Room);
    let elements = (0..world.elements.len()).map(ElementId::at).map(Subject::Element);
    let pools = (0..world.pools.len()).map(PoolId::at).map(Subject::Pool);
    let sites = (0..world.sites.len()).map(SiteId::at).map(Subject::Site);
    rooms.chain(elements).chain(pools).chain(sites).collect()
}

#[test]
fn whatever_is_in_hand_can_be_dropped_somewhere_and_comes_back_after_a_reload() {
    let shaken =
        engine::text(0).replace("ko: 수도권}}", "ko: 수도권}, shocks: {quake: {hits: 1, does: site}}}");
    let shaken = engine::open_text("shaken.yaml", &shaken).unwrap();
    assert_eq!(shaken.world.shocks.len(), 1);
    let shipped = (0..engine::SHIPPED.len()).map(|index| engine::open_shipped(index).unwrap());
    for open in shipped.chain([shaken]) {
        let state = State::new(open, Locale::En, Theme::Auto);
        let of_world = (0..state.world().shocks.len()).map(|i| Arm::Shock(ShockId::at(i)));
        for arm in Arm::FIRST.into_iter().chain(Arm::MORE).chain(of_world) {
            let armed = does(&state, Action::Arm(arm));
            let hits: Vec<Action> =
                subjects(&state).into_iter().filter_map(|at| aim(state.world(), arm, at)).collect();
            assert!(!hits.is_empty(), "{arm:?} in {}", state.world().meta.id);
            let dropped = does(&armed, hits[0].clone());
            assert!(dropped.armed.is_none() && dropped.script().len() > state.script().len(), "{arm:?}");
            let kept = Kept { work: saved::work(&dropped), ..Kept::default() };
            let back = saved::restored(&kept, &Rc::default(), Locale::En, Theme::Auto).unwrap();
            assert_eq!((back.script(), back.run.hash), (dropped.script(), dropped.run.hash), "{arm:?}");
            // And as a file.
            let text = document(&dropped).unwrap();
            let file =
                engine::open_text("file.yaml", &text).unwrap_or_else(|errors| panic!("{arm:?}: {errors:?}"));
            assert_eq!(file.world.script, **dropped.script(), "{arm:?}");
            assert_eq!(does(&dropped, Action::Undo).run.hash, state.run.hash);
        }
    }
}

#[test]
fn every_work_has_a_name_of_its_own() {
    let id = |state: &State| Rc::clone(&state.work.present().id);
    let first = start().of_tab(&"t".into());
    assert_eq!(&*id(&first), "t.0");
    let armed = does(&first, Action::Arm(Arm::Crash));
    let hit = does(&armed, Action::Drop(vec![Incident::Crash(PoolId(0))], Default::default()));
    assert_eq!(id(&hit), id(&first));
    // Another scenario is another work, with a past of its own.
    let other = does(&hit, Action::OpenShipped(1));
    assert_eq!((&*id(&other), other.work.can_undo()), ("t.1", false));
    assert_eq!(&*id(&does(&other, Action::OpenShipped(0))), "t.2");
    // Whoever parts company goes on under a new name, with the whole past.
    let apart = does(&hit, Action::Part);
    assert_eq!((&*id(&apart), apart.notice), ("t.1", Some(Msg::NoticeParted)));
    assert_eq!(id(&does(&apart, Action::Undo)), id(&apart));
    // What is taken up again keeps its name; the next one does not meet it.
    let kept = Kept { id: id(&hit), work: saved::work(&hit), ..Kept::default() };
    let resumed = does(&apart, Action::Resume(kept));
    assert_eq!((id(&resumed), resumed.run.hash), (id(&hit), hit.run.hash));
    assert_eq!(&*id(&does(&resumed, Action::OpenShipped(1))), "t.2");
    let garbage = does(&apart, Action::Resume(Kept::default()));
    assert_eq!((garbage.run.hash, garbage.notice), (apart.run.hash, Some(Msg::NoticeGarbage)));
}

#[test]
fn a_design_to_begin_with_opens_where_it_is_changed() {
    for (index, shipped) in engine::SHIPPED.iter().enumerate() {
        let opened = does(&start(), Action::OpenShipped(index));
        let mode = if shipped.kind == engine::Kind::Template { Mode::Design } else { Mode::Drill };
        assert_eq!(opened.mode, mode, "{}", shipped.id);
        // What is written and read again is the same.
        let text = document(&opened).unwrap();
        assert_eq!(text, engine::text(index));
    }
}

#[test]
fn an_incident_is_moved_in_time_and_taken_back() {
    let state = start();
    let later = does(
        &does(&state, Action::Seek(hours(2))),
        Action::Drop(vec![Incident::Crash(PoolId(0))], Default::default()),
    );
    let moved = does(&later, Action::Retime(0, hours(5)));
    // It stands where its time puts it.
    assert_eq!(moved.script().iter().map(|i| i.at).collect::<Vec<_>>(), [hours(2), hours(5)]);
    assert_eq!(moved.script()[1].action, state.script()[0].action);
    assert_eq!(does(&moved, Action::Undo).run.hash, later.run.hash);
    assert_eq!(does(&later, Action::Retime(1, Time::NEVER)).script()[1].at, later.run.trace.horizon);
    assert!(update(&later, Action::Retime(9, hours(1))).is_none());
    assert!(update(&later, Action::Retime(0, later.script()[0].at)).is_none());
}

#[test]
fn what_was_only_seen_is_run_on_arrival() {
    let seen = saved::first(&"tab".into(), Locale::Ko, Theme::Auto).unwrap();
    assert!(!seen.run.is_whole);
    let whole = update(&seen, Action::Arrived).unwrap();
    assert!(whole.run.is_whole && whole.run.hash == seen.run.hash);
    assert_eq!((whole.playhead, whole.selected), (seen.playhead, seen.selected));
    assert!(update(&whole, Action::Arrived).is_none());
}
