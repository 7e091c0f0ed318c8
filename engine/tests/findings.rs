//! Broken bridges: each in a small company that it hurts, and in one that it does not.

mod common;

use bridge_engine::report::{Code, Finding};
use bridge_engine::trace::Subject;
use common::broken::{CASES, text};
use common::{outcome, service, world};

/// Findings of a kind.
fn found(text: &str, code: Code) -> Vec<Finding> {
    let world = world(text);
    let (_, report) = outcome(&world, world.meta.seed);
    report.findings.into_iter().filter(|f| f.code == code).collect()
}

#[test]
fn each_is_found_where_it_hurts() {
    for case in CASES {
        let found = found(&text(case), case.code);
        assert!(!found.is_empty(), "{}", case.code.name());
        let world = world(&text(case));
        let about = |f: &Finding| match f.subject {
            Subject::Service(s) => world[s].key.clone(),
            Subject::Site(s) => world[s].key.clone(),
            Subject::Org => "organisation".to_owned(),
            Subject::Team(_) => "team".to_owned(),
            Subject::Element(_) => "element".to_owned(),
            Subject::Room(_) => "room".to_owned(),
            Subject::Pool(_) => "other".to_owned(),
        };
        assert!(found.iter().any(|f| about(f) == case.about), "{} of {:?}", case.code.name(), found);
        assert!(found.iter().all(|f| f.figure > 0.0 && f.figure.is_finite()), "{found:?}");
    }
}

#[test]
fn none_is_found_where_it_does_not() {
    for case in CASES {
        let (from, to) = case.instead;
        let text = text(case);
        assert!(text.contains(from), "{} has {from}", case.code.name());
        let found = found(&text.replace(from, to), case.code);
        assert_eq!(found, [], "{}", case.code.name());
    }
}

#[test]
fn nothing_is_found_in_what_nothing_happened_to() {
    for case in CASES {
        let mut world = world(&text(case));
        world.script.clear();
        world.controls.detect.false_alarms = 0;
        assert_eq!(outcome(&world, 1).1.findings, [], "{}", case.code.name());
    }
}

#[test]
fn every_kind_has_a_case_and_a_name_of_its_own() {
    let named: std::collections::BTreeSet<&str> = Code::ALL.iter().map(|c| c.name()).collect();
    assert_eq!(named.len(), Code::ALL.len());
    for code in Code::ALL {
        assert!(CASES.iter().any(|case| case.code == *code), "{}", code.name());
    }
}

#[test]
fn who_was_hit_and_how_badly_is_said() {
    let case = |code| text(CASES.iter().find(|case| case.code == code).expect("a case"));
    let world = world(&case(Code::GuardSharesFate));
    let guard = &found(&case(Code::GuardSharesFate), Code::GuardSharesFate)[0];
    assert_eq!(guard.with, [service(&world, "eye")]);
    assert_eq!(guard.hit, [service(&world, "a")]);
    assert_eq!(guard.site.map(|s| world[s].key.as_str()), Some("s"));
    // Dark for 20 h, and then started by hand.
    assert!((20.0..22.0).contains(&(guard.figure / 3600.0)), "{guard:?}");
    let share = |code| found(&case(code), code)[0].figure;
    common::close(share(Code::StandbyTooSmall), 0.5, 1e-12);
    common::close(share(Code::CapacityElsewhere), 0.75, 1e-12);
    common::close(share(Code::QuorumInOneSite), 0.6, 1e-12);
    common::close(share(Code::ToolsLost), 102.0, 1e-12);
    common::close(share(Code::NoZoneSwitch), 10.0, 1e-12);
}
