//! What the debrief says, without a browser.

use super::super::{Action, State, Theme, engine, update};
use super::beside::Other;
use super::bridges::{Worth, bridges, place};
use super::chart::{Look, kinds, rows, svg};
use super::data::{csv, json};
use super::scores::{lead, scores};
use super::text::markdown;
use super::work;
use crate::words::{Locale, Msg, bridges as words};
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
    let all = state.run.report().findings.len();
    assert!(all > 20);
    loop {
        let listed = bridges(&state.run, state.counting().map(Rc::as_ref));
        assert_eq!(listed.len(), all);
        assert!(
            state.run.report().findings.iter().all(|f| listed.iter().filter(|b| b.finding == f).count() == 1)
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
    for finding in &state.run.report().findings {
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
    let scores = scores(&run.world, run.report(), lead(&run.world, None).unwrap());
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
    assert!(other.report.total.user_minutes_lost < state.run.report().total.user_minutes_lost);
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

/// Everything worked out, in a language.
fn told(locale: Locale) -> (State, String) {
    let state = State { locale, ..counted().0 };
    let text = markdown(&state.run, state.counting().map(Rc::as_ref), locale);
    (state, text)
}

#[test]
fn the_report_has_every_finding_mend_and_moment_in_both_languages() {
    for locale in [Locale::En, Locale::Ko] {
        let (state, text) = told(locale);
        let run = &state.run;
        for bridge in bridges(run, state.counting().map(Rc::as_ref)) {
            assert!(
                text.contains(&words::finding(locale, &run.world, bridge.finding)),
                "{:?}",
                bridge.finding.code
            );
            assert!(bridge.mends.iter().all(|mend| text.contains(&words::mend(locale, &run.world, *mend))));
        }
        for id in &run.turns {
            let event = run.event(*id);
            assert!(text.contains(&format!("| {} |", event.at)), "{}", event.at);
        }
        // Nothing is left to be filled in, and a table's rows have as many cells as its head.
        assert!(!text.contains("{ $") && !text.contains(&locale.say(Msg::BridgePending)));
        let tables = text.split("\n\n").filter(|part| part.starts_with('|'));
        for table in tables {
            let cells: Vec<usize> = table.lines().map(|line| line.matches(" | ").count()).collect();
            assert!(cells.windows(2).all(|w| w[0] == w[1]), "{table}");
        }
        assert!(text.lines().filter(|line| line.starts_with('|')).count() > 40);
    }
    assert_ne!(told(Locale::En).1, told(Locale::Ko).1);
}

/// Cells of a text as RFC 4180 has it, read by a reader of its own.
fn cells(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    rows
}

#[test]
fn the_csv_reads_back_as_the_figures() {
    let run = start().run;
    let rows = cells(&csv(&run, Locale::Ko));
    assert_eq!(rows.len(), run.ranked.len() + 1);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    let column = |name: &str| rows[0].iter().position(|head| head == name).unwrap();
    for (row, id) in rows[1..].iter().zip(&run.ranked) {
        let of = &run.report().services[id.index()];
        assert_eq!(row[0], run.world[*id].key);
        assert_eq!(row[1], run.world[*id].name.ko);
        assert_eq!(row[column("restored_s")].parse().ok(), of.restored.map(|t| t.secs()));
        assert_eq!(row[column("user_minutes_lost")].parse().ok(), Some(of.user_minutes_lost));
    }
}

#[test]
fn a_name_breaks_neither_a_row_nor_a_formula() {
    let mut open = engine::open_shipped(0).unwrap();
    let world = Rc::make_mut(&mut open.world);
    world.services[0].name.en = "=a \"b\", c | d\nnext".to_owned();
    let state = State::new(open, Locale::En, Theme::Auto);
    let rows = cells(&csv(&state.run, Locale::En));
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    assert!(rows.iter().any(|row| row[1] == "'=a \"b\", c | d\nnext"));
    let text = markdown(&state.run, None, Locale::En);
    assert!(text.contains("| =a \"b\", c \\| d next |"), "{text}");
}

#[test]
fn the_json_reads_back_as_the_figures() {
    let mut open = engine::open_shipped(0).unwrap();
    Rc::make_mut(&mut open.world).meta.id = "a \"b\"\\\n\u{1}불".to_owned();
    let state = State::new(open, Locale::Ko, Theme::Auto);
    let run = &state.run;
    let read: serde_json::Value = serde_json::from_str(&json(run, None, Locale::Ko)).unwrap();
    assert_eq!(read["scenario"], run.world.meta.id);
    assert_eq!(read["trace_hash"], format!("{:016x}", run.hash));
    assert_eq!(read["total"]["user_minutes_lost"].as_f64(), Some(run.report().total.user_minutes_lost));
    assert_eq!(read["services"].as_object().unwrap().len(), run.ranked.len());
    for (service, of) in run.world.services.iter().zip(&run.report().services) {
        assert_eq!(read["services"][&service.key]["restored_s"].as_f64(), of.restored.map(|t| t.secs()));
    }
    assert_eq!(read["findings"].as_array().unwrap().len(), bridges(run, None).len());
}

#[test]
fn work_by_kind_is_all_the_work_there_was() {
    let run = start().run;
    let kinds = work::kinds(&run, Locale::En);
    assert_eq!(kinds.iter().map(|kind| kind.jobs).sum::<usize>(), run.report().jobs.len());
    for (i, team) in run.report().teams.iter().enumerate() {
        let done =
            kinds.iter().filter(|k| k.team.is_some_and(|t| t.index() == i)).map(|k| k.done).sum::<usize>();
        assert_eq!(done, team.done);
    }
}
