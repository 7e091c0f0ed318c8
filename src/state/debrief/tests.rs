//! What the debrief says, without a browser.

use super::super::{Action, State, Theme, engine, update};
use super::beside::Other;
use super::bridges::{Worth, bridges, place};
use super::chart::{Look, kinds, rows, svg};
use super::scores::{lead, scores};
use crate::words::{Locale, Msg};
use bridge_engine::Time;
use bridge_engine::report::{mends, what_if};
use bridge_engine::world::Script;
use std::rc::Rc;

fn start() -> State {
    State::new(engine::open_shipped(0).unwrap(), Locale::En, Theme::Auto)
}

/// Everything worked out, and how many pieces that took.
fn counted() -> (State, usize) {
    let (mut state, mut pieces) = (start(), 0);
    while let Some(next) = update(&state, Action::Work) {
        (state, pieces) = (next, pieces + 1);
    }
    (state, pieces)
}

#[test]
fn piece_by_piece_comes_to_the_same_as_at_once() {
    let (state, pieces) = counted();
    let run = &state.run;
    let at_once = mends(&run.world, &run.script, run.trace.seed);
    // The run as it was is on the screen already.
    assert_eq!(pieces, at_once.runs - 1);
    assert_eq!(state.counting().unwrap().mends(), at_once);
}

#[test]
fn every_finding_is_listed_once_from_the_first_piece_on() {
    let mut state = start();
    let all = state.run.report.findings.len();
    assert!(all > 20);
    loop {
        let listed = bridges(&state.run, state.counting().map(Rc::as_ref));
        assert_eq!(listed.len(), all);
        assert!(
            state.run.report.findings.iter().all(|f| listed.iter().filter(|b| b.finding == f).count() == 1)
        );
        let (done, plans) = state.counting().map_or((0, usize::MAX), |c| c.progress());
        let pending = listed.iter().any(|b| b.gain == Worth::Pending);
        assert!(done == plans || done + 1 == plans || pending, "{done} of {plans}");
        let Some(next) = update(&state, Action::Work) else { break };
        state = next;
    }
    let listed = bridges(&state.run, state.counting().map(Rc::as_ref));
    let run = &state.run;
    let worth: Vec<f64> = listed
        .iter()
        .filter_map(|b| match b.gain {
            Worth::Known(gain) => {
                let alone = what_if(&run.world, &run.script, run.trace.seed, b.mends);
                assert_eq!(*gain, alone, "{:?}", b.finding.code);
                Some(gain.saved.worth())
            }
            _ => None,
        })
        .collect();
    assert!(worth.len() > 10 && worth.windows(2).all(|w| w[0] >= w[1]), "{worth:?}");
}

#[test]
fn another_run_is_counted_anew() {
    let (state, _) = counted();
    assert!(update(&state, Action::Work).is_none());
    let quiet = update(&state, Action::ClearScript).unwrap();
    assert!(quiet.counting().is_none() && quiet.has_to_count());
    let quiet = update(&quiet, Action::Work).unwrap();
    assert!(!quiet.has_to_count() && bridges(&quiet.run, quiet.counting().map(Rc::as_ref)).is_empty());
}

#[test]
fn every_finding_leads_to_a_moment_of_the_run() {
    let state = start();
    for finding in &state.run.report.findings {
        let (subject, at) = place(&state.run, finding);
        assert!(at <= state.run.trace.horizon && at > Time::ZERO, "{:?}", finding.code);
        let there = update(&state, Action::Visit(subject, at)).unwrap();
        assert!(there.playhead == at && there.selected == Some(subject));
    }
}

#[test]
fn the_picture_has_every_piece_and_a_pattern_for_each_kind() {
    let run = start().run;
    let pieces: usize = rows(&run).map(|row| row.1.len()).sum();
    for (paper, locale) in [(false, Locale::En), (true, Locale::Ko)] {
        let picture = svg(&run, &run.warped, Look { locale, width: 900.0, paper });
        assert_eq!(picture.matches("class=\"piece\"").count(), pieces);
        assert_eq!(picture.matches("<pattern ").count(), kinds(&run).len());
        assert_eq!(picture.matches("<title>").count(), pieces);
        // Alone it has no style sheet to take colours from, and nothing to press.
        assert_eq!(picture.contains("var("), !paper);
        assert_eq!(picture.contains("tabindex"), !paper);
        assert_eq!(picture.matches("tabindex=\"0\"").count(), usize::from(!paper));
    }
}

#[test]
fn a_quiet_run_says_so() {
    let state = update(&start(), Action::ClearScript).unwrap();
    let run = &state.run;
    assert_eq!(rows(run).count(), 0);
    let scores = scores(&run.world, &run.report, lead(&run.world, None).unwrap());
    assert!(scores.iter().all(|s| !s.missed));
    assert!(scores.iter().any(|s| s.name == Msg::ScoreDetect && s.value.is_none()));
}

fn compared(state: &State, id: &str) -> State {
    let index = engine::shipped(id).unwrap();
    update(state, Action::Compare(Some(Other::Shipped(index)))).unwrap()
}

#[test]
fn another_design_of_the_same_building_meets_the_same_incidents() {
    let state = compared(&start(), "kakao-after");
    let other = state.beside().unwrap();
    assert!(other.same_script && other.trace.seed == state.run.trace.seed);
    assert!(other.report.total.user_minutes_lost < state.run.report.total.user_minutes_lost);
    // With another script the other design is run anew, with that one.
    let quiet = update(&state, Action::ClearScript).unwrap();
    assert!(quiet.beside().is_none());
    let quiet = update(&quiet, Action::Work).unwrap();
    assert_eq!(quiet.beside().unwrap().report.total.services_hit, 0);
}

#[test]
fn another_company_meets_its_own() {
    let state = compared(&start(), "ovh-2021");
    assert!(!state.beside().unwrap().same_script);
    assert!(state.beside().unwrap().report.total.services_hit > 0);
    assert!(update(&state, Action::Compare(None)).unwrap().beside().is_none());
}

#[test]
fn the_author_s_own_is_what_an_edited_script_is_compared_with() {
    let quiet = update(&start(), Action::ClearScript).unwrap();
    let state = update(&quiet, Action::Compare(Some(Other::AsWritten))).unwrap();
    let other = state.beside().unwrap();
    assert!(!other.same_script && **state.script() == Script::new());
    assert_eq!(other.trace.hash(), start().run.hash);
}
