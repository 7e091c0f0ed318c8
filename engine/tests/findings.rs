//! Broken bridges: each in a small company that it hurts, and in one that it does not.

mod common;

use bridge_engine::report::{Code, Finding};
use bridge_engine::trace::Subject;
use common::{outcome, service, world};

/// A company in three buildings with two panels each, `w` in another region. People take exactly as long as they take.
fn company(services: &str, more: &str) -> String {
    let site = |key: &str, region: &str| {
        format!(
            "  {key}:\n    region: {region}\n    \
             rooms: {{h: {{kind: hall}}, g: {{kind: hall}}, bat: {{kind: battery}}, ups: {{kind: ups}}}}\n    \
             fire: {{spread: [[bat, ups, {{mean: 6h}}]], ups_trip: 10m, gas: {{works: 0}}, water: {{cut: building}}}}\n    \
             power: {{utility: {{u: {{}}}}, ups: {{v: {{room: ups, battery: bat}}}}, \
             panels: {{p: {{room: h, from: [v]}}, q: {{room: g, from: [u]}}}}, restore: {{reclose: 20h}}}}\n"
        )
    };
    format!(
        "schema: bridge/1\nmeta: {{id: case, t0: \"2022-10-15T00:00+00:00\", horizon: 200h, seed: 1}}\n\
         demand: {{users: 1M}}\nregions: {{near: {{}}, far: {{}}}}\nsites:\n{}{}{}services:\n{services}{more}",
        site("s", "near"),
        site("t", "near"),
        site("w", "far")
    )
}

const CALM: &str = "people: {sigma: 0, drill: {last: 0s, slow: 1, error: 0}, teams: {ops: {hands: 50}}}\n";

/// Findings of a kind.
fn found(text: &str, code: Code) -> Vec<Finding> {
    let world = world(text);
    let (_, report) = outcome(&world, world.meta.seed);
    report.findings.into_iter().filter(|f| f.code == code).collect()
}

/// One kind, a company it hurts, and what to replace so that it does not.
struct Case {
    code: Code,
    services: &'static str,
    more: &'static str,
    about: &'static str,
    instead: (&'static str, &'static str),
}

const CASES: &[Case] = &[
    Case {
        code: Code::GuardSharesFate,
        services: "  eye: {role: monitor, place: [[s/p, 1]]}\n  arm: {role: controller, place: [[s/p, 1]]}\n  \
                   a: {users: 1, place: [[s/p, 10], [t/p, 10, standby]]}\n",
        more: "script: [{at: 1h, trip: s/p}]\n",
        about: "arm",
        // They stand where they survive.
        instead: ("[s/p, 1]", "[t/p, 1]"),
    },
    Case {
        code: Code::GuardUnreachable,
        services: "  eye: {role: monitor, place: [[s/p, 1]]}\n  arm: {role: controller, place: [[s/p, 1]]}\n  \
                   a: {users: 1, place: [[s/p, 10], [t/p, 10, standby]]}\n",
        more: "script: [{at: 1h, cut: s}]\n",
        about: "arm",
        instead: ("[s/p, 1]", "[t/p, 1]"),
    },
    Case {
        code: Code::ControllerDeaf,
        services: "  eye: {role: monitor, place: [[s/p, 1]]}\n  arm: {role: controller, place: [[t/p, 1]]}\n  \
                   a: {users: 1, place: [[s/p, 10], [t/p, 10, standby]]}\n",
        more: "script: [{at: 1h, trip: s/p}]\n",
        about: "arm",
        instead: ("[[s/p, 1]]", "[[s/p, 1], [t/p, 1]]"),
    },
    Case {
        code: Code::ToolsLost,
        services: "  tool: {role: deploy, place: [[s/p, 1]]}\n  lib: {role: registry, place: [[s/p, 1]]}\n  \
                   a: {users: 1, place: [[s/p, 100]]}\n",
        more: "script: [{at: 1h, trip: s/p}]\n",
        about: "tool",
        instead: ("[[s/p, 1]]", "[[s/p, 1], [t/p, 1]]"),
    },
    Case {
        code: Code::StandbyTooSmall,
        services: "  a: {users: 1, load: 80, place: [[s/p, 100], [t/p, 40, standby]]}\n",
        more: "script: [{at: 1h, trip: s/p}]\n",
        about: "a",
        instead: ("[t/p, 40, standby]", "[t/p, 80, standby]"),
    },
    Case {
        code: Code::CapacityElsewhere,
        services: "  a: {users: 1, load: 80, place: [[s/p, 60], [t/p, 60]]}\n",
        more: "script: [{at: 1h, trip: s/p}]\n",
        about: "a",
        instead: ("[t/p, 60]", "[t/p, 80]"),
    },
    Case {
        code: Code::NoStandby,
        services: "  a: {users: 1, needs: [d], place: [[t/p, 10]]}\n  d: {place: [[s/p, 10]]}\n",
        more: "script: [{at: 1h, trip: s/p}]\n",
        about: "d",
        instead: ("[[s/p, 10]]", "[[s/p, 10], [t/p, 10, standby]]"),
    },
    Case {
        code: Code::OneRegion,
        services: "  a: {users: 1, place: [[s/p, 10], [t/p, 10]]}\n",
        more: "script: [{at: 1h, trip: s/p}, {at: 1h, trip: t/p}]\n",
        about: "a",
        instead: ("[t/p, 10]", "[w/p, 10]"),
    },
    Case {
        code: Code::SinglePanel,
        services: "  a: {users: 1, place: [[s/p, 10]]}\n",
        more: "script: [{at: 1h, trip: s/p}]\n",
        about: "a",
        instead: ("s/p, 10", "s/p+q, 10"),
    },
    Case {
        code: Code::QuorumInOneSite,
        services: "  a: {users: 1, quorum: 5, place: [[s/p, 3], [t/p, 2]]}\n",
        more: "script: [{at: 1h, trip: s/p}]\n",
        about: "a",
        instead: ("[s/p, 3], [t/p, 2]", "[s/p, 2], [t/p, 3]"),
    },
    Case {
        code: Code::BootCycle,
        services: "  a: {users: 1, boots: [b], place: [[s/p, 10]]}\n  b: {boots: [a], place: [[s/p, 10]]}\n",
        more: "script: [{at: 1h, trip: s/p}]\ncontrols: {bypass: {edges: {\"a>b\": 4h}}}\n",
        about: "a",
        instead: ("boots: [a], ", ""),
    },
    Case {
        code: Code::SlowDecision,
        services: "  a: {users: 1, place: [[s/p, 10], [t/p, 10, standby]]}\n",
        more: "script: [{at: 1h, trip: s/p}]\n",
        about: "organisation",
        instead: ("ack: 30m, escalate: 2h, decide: 4h", "ack: 1m, escalate: 1m, decide: 1m"),
    },
    Case {
        code: Code::NobodyInCommand,
        services: "  eye: {role: monitor, place: [[t/p, 1]]}\n  a: {place: [[s/p, 400]]}\n  \
                   b: {users: 1, place: [[s/q, 100]]}\n",
        more: "script: [{at: 1h, crash: a@s}, {at: 1h10m, crash: b@s}]\ncontrols: {boot: {manual: 30m/server}}\n",
        about: "organisation",
        instead: ("at: 1h10m", "at: 30m"),
    },
    Case {
        code: Code::HandsShort,
        services: "  eye: {role: monitor, place: [[t/p, 1]]}\n  a: {users: 1, place: [[s/p, 400]]}\n  \
                   b: {users: 1, place: [[s/q, 400]]}\n",
        more: "script: [{at: 1h, crash: a@s}, {at: 1h, crash: b@s}]\ncontrols: {boot: {manual: 30m/server}}\n",
        about: "team",
        instead: ("hands: 50", "hands: 800"),
    },
    Case {
        code: Code::ChannelLost,
        services: "  talk: {place: [[s/p, 10]]}\n  a: {users: 1, place: [[s/p, 10]]}\n",
        more: "script: [{at: 1h, trip: s/p}]\n",
        about: "talk",
        instead: ("talk: {place: [[s/p, 10]]}", "talk: {place: [[t/p, 10]]}"),
    },
    Case {
        code: Code::UpsUnderOneCeiling,
        services: "  a: {users: 1, place: [[s/p, 10]]}\n",
        more: "script: [{at: 1h, ignite: s/bat}]\n",
        about: "element",
        instead: ("{mean: 6h}", "{barrier: 6h}"),
    },
    Case {
        code: Code::NoZoneSwitch,
        services: "  a: {users: 1, place: [[s/q, 10]]}\n",
        more: "script: [{at: 1h, ignite: s/bat}]\n",
        about: "s",
        instead: ("cut: building", "cut: zone"),
    },
    Case {
        code: Code::RtoBelowRestore,
        services: "  a: {users: 1, data: {size: 36 TB, check_rate: 10 GB/s}, place: [[s/p, 10]], objective: {rto: 30m}}\n",
        more: "script: [{at: 1h, crash: a@s}]\n",
        about: "a",
        instead: ("36 TB", "1 TB"),
    },
    Case {
        code: Code::ObjectiveMissed,
        services: "  a: {users: 1, place: [[s/p, 10]], objective: {rto: 30m}}\n",
        more: "script: [{at: 1h, crash: a@s}]\n",
        about: "a",
        instead: ("rto: 30m", "rto: 9h"),
    },
];

fn text(case: &Case) -> String {
    let people = match case.code {
        Code::SlowDecision => {
            CALM.replace("sigma: 0", "sigma: 0, command: {ack: 30m, escalate: 2h, decide: 4h}")
        }
        Code::ChannelLost => CALM.replace("sigma: 0", "sigma: 0, channel: {via: talk}"),
        _ => CALM.to_owned(),
    };
    company(case.services, &format!("{}{people}", case.more))
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
            Subject::Room(_) | Subject::Pool(_) => "other".to_owned(),
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
