//! What is cut off, what that costs, and how probable it is.

mod common;

use bridge_engine::report::Code;
use bridge_engine::trace::{Change, End, NetState, Phase, Subject, TaskKind};
use bridge_engine::why::{Blocker, why};
use bridge_engine::world::{Action, Incident, Line, PoolId, SiteId};
use bridge_engine::{Time, Trace, World};
use common::{close, done, first, mean, outcome, play, queued, service, site, world};

const HOUR: u64 = 3_600_000_000;

/// A company in some bare buildings, to which a case adds what it is about.
fn company(sites: &str, extra: &str) -> String {
    let sites: String = sites.split(' ').map(|s| format!("  {s}: {{region: r, preset: tier1}}\n")).collect();
    format!(
        "schema: bridge/1\nmeta: {{id: case, t0: \"2022-10-15T00:00+00:00\", horizon: 200h, seed: 1}}\n\
         demand: {{users: 1M}}\ndefaults: {{shed: true}}\nregions: {{r: {{}}}}\nsites:\n{sites}{extra}"
    )
}

fn share(world: &World, trace: &Trace, key: &str, t: u64) -> f64 {
    trace.shares[service(world, key).index()].at(Time(t))
}

/// Probability that a service is down, exactly: each subset of things that can fail by themselves, each with its own
/// probability, is one run, in which what fails does so at the start.
fn unavailability(world: &World, key: &str, parts: &[(Action, f64)]) -> f64 {
    let id = service(world, key);
    let mut sum = 0.0;
    for subset in 0..1_u32 << parts.len() {
        let failed = |i: usize| subset >> i & 1 == 1;
        let mut weight = 1.0;
        let mut script = Vec::new();
        for (i, &(action, q)) in parts.iter().enumerate() {
            weight *= if failed(i) { q } else { 1.0 - q };
            if failed(i) {
                script.push(Incident::new(Time::ZERO, action));
            }
        }
        let trace = bridge_engine::run(world, &script, 1);
        sum += if trace.shares[id.index()].at(Time::ZERO) > 0.0 { 0.0 } else { weight };
    }
    sum
}

fn sites_down(world: &World, q: f64) -> Vec<(Action, f64)> {
    (0..world.sites.len()).map(|i| (Action::Cut(Line::All(SiteId::at(i)), None), q)).collect()
}

#[test]
fn two_of_three_and_three_of_five_voters_at_99_percent() {
    for (n, expected) in [(3, 0.999_702), (5, 0.999_990_149_4)] {
        let place = vec!["[a, 1]"; n].join(", ");
        let world = world(&company("a", &format!("services: {{q: {{quorum: {n}, place: [{place}]}}}}\n")));
        let crashes: Vec<(Action, f64)> = (0..n).map(|i| (Action::Crash(PoolId::at(i)), 0.01)).collect();
        close(1.0 - unavailability(&world, "q", &crashes), expected, 1e-12);
    }
}

#[test]
fn a_quorum_of_three_and_two_falls_with_one_site_of_two_two_and_one_with_two_of_three() {
    for (sites, place, expected) in
        [("a b", "[a, 3], [b, 2]", 0.01), ("a b c", "[a, 2], [b, 2], [c, 1]", 0.000_298)]
    {
        let world = world(&company(sites, &format!("services: {{q: {{quorum: 5, place: [{place}]}}}}\n")));
        close(unavailability(&world, "q", &sites_down(&world, 0.01)), expected, 1e-12);
    }
}

const SHOP: &str = "services:\n  shop: {users: 1, needs: [db, ~ads], place: [[a, 10], [b, 10]]}\n  \
                    db: {place: [[a, 10]]}\n  ads: {place: [[b, 10]]}\n  blog: {users: 10%, place: [[b, 10]]}\n";

#[test]
fn what_users_reach_serves_if_it_reaches_what_it_needs() {
    let text = company("a b", &format!("{SHOP}script: [{{at: 1h, cut: [a, b], lasts: 2h}}]\n"));
    let world = world(&text);
    let trace = play(&world, 1);
    // In a the shop has its database and half of the servers for 14 servers' worth of work, and no ads; in b it lacks the
    // database.
    close(share(&world, &trace, "shop", HOUR), 10.0 / 14.0 * 0.7, 1e-12);
    close(share(&world, &trace, "blog", HOUR), 1.0, 1e-12);
    close(share(&world, &trace, "db", HOUR), 1.0, 1e-12);
    close(share(&world, &trace, "shop", 3 * HOUR), 1.0, 1e-12);
    let states: Vec<NetState> = trace.networks.iter().map(|n| n.at(Time(HOUR))).collect();
    assert_eq!(states, [NetState::Whole, NetState::Apart(SiteId(1))]);
}

#[test]
fn a_site_without_users_serves_nobody_and_a_third_site_is_a_way_round() {
    for (sites, cut, blog, shop) in [
        ("a b", "b", 0.0, 10.0 / 14.0 * 0.7),
        ("a b", "[b, users]", 1.0, 1.0),
        ("a b c", "[a, b]", 1.0, 1.0),
        ("a b c", "b", 0.0, 10.0 / 14.0 * 0.7),
    ] {
        let text = company(sites, &format!("{SHOP}script: [{{at: 1h, cut: {cut}, lasts: 2h}}]\n"));
        let world = world(&text);
        let trace = play(&world, 1);
        close(share(&world, &trace, "blog", HOUR), blog, 1e-12);
        close(share(&world, &trace, "shop", HOUR), shop, 1e-12);
    }
}

#[test]
fn lines_that_are_listed_are_all_there_are() {
    // A chain a – b – c with users at a alone: without b nobody gets to c.
    let links = "network: {links: [[a, b], [b, c], [a, users]]}\n";
    let services = "services: {blog: {users: 1, place: [[c, 10]]}}\n";
    let text = company("a b c", &format!("{services}{links}script: [{{at: 1h, cut: b, lasts: 1h}}]\n"));
    let world = world(&text);
    let trace = play(&world, 1);
    assert!(trace.shares[0].at(Time(0)) >= 1.0 && trace.shares[0].at(Time(HOUR)) <= 0.0);
    let states: Vec<NetState> = trace.networks.iter().map(|n| n.at(Time(HOUR))).collect();
    assert_eq!(states, [NetState::Whole, NetState::Unreachable, NetState::Unreachable]);
    assert!(trace.shares[0].last() >= 1.0);
}

#[test]
fn a_backbone_that_is_withdrawn_takes_everything_with_it_and_comes_back_by_hand() {
    let text = company(
        "a b",
        "services:\n  net: {role: network, place: [[a, 20], [b, 20]]}\n  \
         shop: {users: 1, place: [[a, 10], [b, 10]]}\n  watch: {role: monitor, place: [[a, 1], [b, 1]]}\n  \
         deploy: {role: deploy, place: [[b, 4]]}\n\
         script: [{at: 1h, crash: net@a, mistake: true}, {at: 1h, crash: net@b, mistake: true}]\n",
    );
    let world = world(&text);
    let (trace, report) = outcome(&world, 1);
    assert!(share(&world, &trace, "shop", HOUR) <= 0.0, "it runs, and nobody gets to it");
    assert!(trace.own[service(&world, "shop").index()].at(Time(HOUR)) <= 0.0);
    // Whoever did it knows at once; the tool that could start the routers cannot reach them.
    assert!(first(&trace, |_, c| matches!(c, Change::Detected { .. })).is_some_and(|e| e.at == Time(HOUR)));
    let boots = first(&trace, |_, c| matches!(c, Change::Started(t) if matches!(t.kind, TaskKind::Boot(_))));
    assert!(matches!(boots.map(|e| e.change), Some(Change::Started(t)) if t.by_hand));
    assert!(share(&world, &trace, "shop", 200 * HOUR) >= 1.0, "its own servers never stopped");
    assert!(report.findings.iter().any(|f| f.code == Code::ToolsLost), "the tool stood idle");
    let answer = why(&world, &trace, Subject::Service(service(&world, "shop")), Time(HOUR + HOUR / 60));
    assert!(answer.blockers.contains(&Blocker::Network(site(&world, "a"))), "{:?}", answer.blockers);
}

#[test]
fn routers_without_power_cut_their_own_site_off() {
    let text = "schema: bridge/1\nmeta: {id: case, horizon: 20h}\ndemand: {users: 1M}\nsites:\n  \
        a: {power: {utility: {u: {}}, panels: {p: {}, q: {}}}}\n  b: {preset: tier1}\nservices:\n  \
        net: {role: network, place: [[a/p, 10], [b, 10]]}\n  shop: {users: 1, place: [[a/q, 10]]}\n  \
        blog: {users: 1, place: [[b, 10]]}\nscript: [{at: 1h, trip: a/p}]\n";
    let world = world(text);
    let trace = play(&world, 1);
    assert!(share(&world, &trace, "shop", HOUR) <= 0.0, "it has power, and no way out");
    assert!(share(&world, &trace, "blog", HOUR) >= 1.0);
    assert_eq!(trace.networks[0].at(Time(HOUR)), NetState::Unreachable);
    assert!(share(&world, &trace, "shop", 20 * HOUR) >= 1.0);
}

#[test]
fn two_carriers_survive_what_one_does_not() {
    let run = |via: &str| {
        let text = company(
            "a b",
            &format!(
                "services:\n  kt: {{role: network, place: [[a, 5]]}}\n  lg: {{role: network, place: [[a, 5]]}}\n  \
                 shop: {{users: 1, needs: [db], place: [[a, 10]]}}\n  db: {{place: [[b, 10]]}}\n\
                 network: {{links: [{via}]}}\nscript: [{{at: 1h, crash: kt@a}}]\n"
            ),
        );
        let world = world(&text);
        share(&world, &play(&world, 1), "shop", HOUR)
    };
    assert!(run("[a, b, kt]") <= 0.0);
    assert!(run("[a, b, kt], [a, b, lg]") >= 1.0);
    assert!(run("[a, b]") >= 1.0, "a line that names nobody is carried by either");
}

#[test]
fn a_carrier_that_drowned_carries_again_when_it_can_carry_half() {
    // Two routers carry two thirds of what three would: one that is killed leaves a third, too little, until it is up again.
    let services = "services: {net: {role: network, load: 3, place: [[a, 1], [b, 1]]}}\n";
    let text = company(
        "a b",
        &format!("{services}controls: {{boot: {{time: 3m}}}}\nscript: [{{at: 1h, kill: net@b}}]\n"),
    );
    let world = world(&text);
    let trace = play(&world, 1);
    let whole = first(&trace, |_, change| change == Change::Network(NetState::Whole)).expect("whole again");
    assert_eq!(whole.at, Time(HOUR + 3 * HOUR / 60));
    assert_eq!(trace.networks[0].at(Time(HOUR)), NetState::Unreachable);
}

#[test]
fn voters_that_are_cut_off_from_each_other_do_not_add_up() {
    let text = |cuts: &str| {
        company(
            "a b c",
            &format!(
                "services: {{q: {{users: 1, quorum: 5, place: [[a, 2], [b, 2], [c, 1]]}}}}\nscript: [{cuts}]\n"
            ),
        )
    };
    let at = |cuts: &str| {
        let world = world(&text(cuts));
        play(&world, 1).shares[0].at(Time(HOUR))
    };
    assert!(at("{at: 1h, cut: c}") >= 1.0, "four of five");
    assert!(at("{at: 1h, cut: [a, b]}, {at: 1h, cut: [a, c]}") >= 1.0, "three of five in b and c");
    let all = "{at: 1h, cut: [a, b]}, {at: 1h, cut: [a, c]}, {at: 1h, cut: [b, c]}";
    assert!(at(all) <= 0.0, "two, two and one are no majority");
}

#[test]
fn a_quorum_re_formed_on_one_side_takes_the_other_back_when_the_line_is_whole() {
    let text = company(
        "a b",
        "services: {q: {users: 1, quorum: 5, place: [[a, 2], [b, 3]]}}\ncontrols: {detect: {report_gap: 1ms}}\n\
         people: {sigma: 0}\nscript: [{at: 1h, cut: b, lasts: 40h}, {at: 80h, cut: a, lasts: 1h}]\n",
    );
    let world = world(&text);
    let trace = play(&world, 1);
    assert!(trace.shares[0].at(Time(HOUR)) <= 0.0);
    assert!(trace.shares[0].at(Time(40 * HOUR)) >= 1.0, "two of two, as people agreed");
    assert!(trace.shares[0].at(Time(80 * HOUR)) >= 1.0, "three of five: b counts again");
}

#[test]
fn a_cut_ends_by_itself_by_order_or_by_work() {
    let healed = |script: &str, extra: &str| {
        let text = company(
            "a b",
            &format!(
                "services: {{blog: {{users: 1, place: [[b, 10]]}}, watch: {{role: monitor, place: [[a, 1]]}}}}\n\
                 network: {{repair: 5h}}\npeople: {{sigma: 0, drill: {{slow: 1, error: 0}}}}\n{extra}script: [{script}]\n"
            ),
        );
        let world = world(&text);
        let trace = play(&world, 1);
        let whole = first(&trace, |_, c| matches!(c, Change::Healed(_)))
            .unwrap_or_else(|| panic!("{:#?} {:?}", trace.events, trace.own[0].points()))
            .at;
        assert!(trace.shares[0].at(Time(whole.0)) >= 1.0 && trace.shares[0].at(Time(whole.0 - 1)) <= 0.0);
        (whole.secs(), queued(&trace, |kind| matches!(kind, TaskKind::Relink(_))))
    };
    assert_eq!(healed("{at: 1h, cut: b, lasts: 90m}", ""), (9000.0, None));
    let (whole, asked) = healed("{at: 1h, cut: b}, {at: 2h, heal: b}", "");
    assert!(whole.to_bits() == 7200.0_f64.to_bits() && asked.is_some(), "work that is no longer needed");
    let (whole, asked) = healed("{at: 1h, cut: b}", "");
    let asked = asked.expect("asked for").secs();
    // The monitor sees it within its polls; then one hand works five hours.
    assert!((65.0..=95.0).contains(&(asked - 3600.0)), "{asked}");
    close(whole - asked, 5.0 * 3600.0, 1e-9);
}

#[test]
fn nobody_repairs_a_line_that_nobody_misses() {
    let text = company(
        "a b c",
        "services: {blog: {users: 1, place: [[b, 10]]}}\nscript: [{at: 1h, cut: [a, b]}, {at: 100h, crash: blog@b}]\n",
    );
    let world = world(&text);
    let trace = play(&world, 1);
    let asked = queued(&trace, |kind| matches!(kind, TaskKind::Relink(_))).expect("when people look at last");
    assert!(asked >= Time(100 * HOUR), "{asked}");
    assert!(done(&trace, |t| matches!(t.kind, TaskKind::Relink(_))).is_some());
}

#[test]
fn tools_do_their_jobs_for_what_they_reach() {
    // The tool in a starts what stands in a; behind the cut people must do it. Unreachable is not without hands.
    let text = company(
        "a b",
        "services:\n  deploy: {role: deploy, place: [[a, 4]]}\n  here: {users: 1, place: [[a, 10]]}\n  \
         there: {users: 1, place: [[b, 10]]}\n\
         script: [{at: 1h, cut: [a, b], lasts: 90h}, {at: 2h, crash: here@a}, {at: 2h, crash: there@b}]\n",
    );
    let world = world(&text);
    let trace = play(&world, 1);
    let by_hand = |key: &str| {
        let pool = world[service(&world, key)].pools[0];
        let boot = first(&trace, |_, c| matches!(c, Change::Started(t) if t.kind == TaskKind::Boot(pool)));
        matches!(boot.expect("started").change, Change::Started(t) if t.by_hand)
    };
    assert!(!by_hand("here") && by_hand("there"));
}

const PAIR: &str = "services:\n  db: {users: 1, place: [[a, 10], [b, 10, standby]]}\n  \
                    eye: {role: monitor, place: [[m, 1]]}\n  hand: {role: controller, place: [[m, 1]]}\n";

#[test]
fn a_controller_promotes_only_what_it_reaches() {
    let after = |cuts: &str| {
        let world = world(&company("a b m", &format!("{PAIR}script: [{cuts}, {{at: 2h, crash: db@a}}]\n")));
        let trace = play(&world, 1);
        first(&trace, |_, c| matches!(c, Change::Promoted)).map_or(f64::INFINITY, |e| e.at.secs() - 7200.0)
    };
    assert!(after("{at: 1h, heal: a}") < 300.0);
    let cut_off = "{at: 1h, cut: [a, m], lasts: 90h}, {at: 1h, cut: [b, m], lasts: 90h}";
    assert!(after(cut_off) > 600.0, "{}", after(cut_off));
}

#[test]
fn a_monkey_costs_one_server_for_as_long_as_it_boots() {
    let text = company(
        "a",
        "services: {web: {users: 1, load: 10, place: [[a, 10]]}}\n\
         script: [{at: 1h, monkey: web@a}, {at: 2h, kill: web@a}]\n",
    );
    let world = world(&text);
    let trace = play(&world, 1);
    for hour in [1, 2] {
        close(trace.shares[0].at(Time(hour * HOUR)), 0.9, 1e-12);
        close(trace.shares[0].at(Time(hour * HOUR + 299_999_999)), 0.9, 1e-12);
        close(trace.shares[0].at(Time(hour * HOUR + 300_000_000)), 1.0, 1e-12);
    }
    let began = |e: &&bridge_engine::trace::Event| matches!(e.change, Change::Began(_));
    assert_eq!(trace.events.iter().filter(began).count(), 1, "one of the two was a drill");
}

#[test]
fn gorilla_takes_a_site_and_kong_a_region_for_an_hour() {
    let text = |drill: &str| {
        format!(
            "schema: bridge/1\nmeta: {{id: case, horizon: 20h}}\ndemand: {{users: 1M}}\ndefaults: {{shed: true}}\nregions: {{r: {{}}, far: {{}}}}\n\
             sites: {{a: {{region: r}}, b: {{region: r}}, c: {{region: far}}}}\nservices:\n  \
             x: {{users: 1, load: 1, place: [[a, 1]]}}\n  y: {{users: 1, load: 1, place: [[b, 1]]}}\n  \
             z: {{users: 1, load: 1, place: [[c, 1]]}}\nscript: [{{at: 1h, {drill}}}]\n"
        )
    };
    for (drill, lost) in [("gorilla: a", [0.0, 1.0, 1.0]), ("kong: r", [0.0, 0.0, 1.0])] {
        let world = world(&text(drill));
        let trace = play(&world, 1);
        let at = |t: u64| trace.shares.iter().map(|s| s.at(Time(t))).collect::<Vec<f64>>();
        assert_eq!(at(HOUR), lost, "{drill}");
        assert_eq!(at(2 * HOUR), [1.0; 3], "{drill}");
    }
}

#[test]
fn carriers_that_lean_on_each_other_are_looked_through_once_where_they_have_no_servers() {
    // On the side of s one of the two has none left, the other never had any: looking for who works there has an end.
    let world = world(&company(
        "s t v",
        "services:\n  a: {users: 1, place: [[s, 10]]}\n  one: {role: network, needs: [two], place: [[s, 1], [t, 1]]}\n  \
         two: {role: network, needs: [one], place: [[t, 1]]}\n\
         script: [{at: 1h, cut: [s, t]}, {at: 1h, cut: [s, v]}, {at: 2h, crash: one@s}]\n",
    ));
    let trace = play(&world, 1);
    assert_eq!(trace.end, End::Horizon);
    assert!(first(&trace, |_, c| c == Change::Network(NetState::Apart(site(&world, "s")))).is_some());
    let one = world[service(&world, "one")].pools[0];
    assert!(trace.servers_up[one.index()].at(Time(2 * HOUR)) <= 0.0);
}

#[test]
fn an_announced_drill_needs_no_decision_and_a_noticed_mistake_no_report() {
    let text = |origin: &str| {
        company(
            "a b",
            &format!(
                "services: {{db: {{users: 1, place: [[a, 10], [b, 10, standby]]}}}}\nscript: [{{at: 1h, {origin}}}]\n"
            ),
        )
    };
    let delays = |origin: &str| {
        let world = world(&text(origin));
        let runs: Vec<(f64, f64)> = (0..40)
            .map(|seed| {
                let trace = play(&world, seed);
                let at = |wanted: fn(Change) -> bool| {
                    first(&trace, |_, c| wanted(c)).map_or(f64::INFINITY, |e| e.at.secs() - 3600.0)
                };
                (at(|c| matches!(c, Change::Detected { .. })), at(|c| c == Change::Decided))
            })
            .collect();
        let (seen, said): (Vec<f64>, Vec<f64>) = runs.into_iter().unzip();
        (mean(&seen).0, mean(&said).0)
    };
    let (seen, said) = delays("gorilla: a, announced: true, lasts: 9h");
    assert!(seen <= 0.0 && said <= 0.0, "{seen} {said}");
    let (seen, said) = delays("gorilla: a, lasts: 9h");
    assert!(seen > 600.0 && said > seen + 1200.0, "{seen} {said}");
    let (seen, said) = delays("crash: db@a, mistake: true");
    assert!(seen <= 0.0 && said > 1200.0, "{seen} {said}");
    let (seen, _) = delays("crash: db@a, mistake: true, noticed: false");
    assert!(seen > 600.0, "{seen}");
}

#[test]
fn a_mistake_is_told_first_and_no_name_with_it() {
    let text = company(
        "a",
        "services: {db: {users: 1, place: [[a, 10]]}}\nscript: [{at: 1h, crash: db@a, mistake: true}]\n",
    );
    let world = world(&text);
    let trace = play(&world, 1);
    let answer = why(&world, &trace, Subject::Service(service(&world, "db")), Time(2 * HOUR));
    let events: Vec<Change> = answer.chain.iter().map(|e| trace.events[e.0 as usize].change).collect();
    assert!(matches!(events[..2], [Change::Began(_), Change::Incident(Action::Crash(_))]), "{events:?}");
    assert_ne!(trace.phases[0].at(Time(2 * HOUR)), Phase::Undetected);
}
