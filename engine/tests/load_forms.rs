//! Serving under load, in closed form, reached through scenarios.

mod common;

use bridge_engine::kernel::math;
use bridge_engine::report::{queueing, traffic};
use bridge_engine::trace::{Change, PoolState, Subject};
use bridge_engine::{Time, Trace, World};
use common::{close, first, play, service, world};

/// A company whose demand stands still.
fn company(services: &str, script: &str) -> String {
    format!(
        "schema: bridge/1\nmeta: {{id: case, t0: \"2022-10-15T00:00+00:00\", horizon: 100h, seed: 1}}\n\
         demand: {{users: 1M}}\nsites: {{s: {{}}, t: {{}}}}\nservices:\n{services}\nscript: [{script}]\n"
    )
}

fn run(services: &str, script: &str) -> (World, Trace) {
    let world = world(&company(services, script));
    let trace = play(&world, 1);
    (world, trace)
}

fn share(world: &World, trace: &Trace, key: &str, second: u64) -> f64 {
    trace.shares[service(world, key).index()].at(Time(second * 1_000_000))
}

/// Everything of these services that stands at `t` crashes after an hour.
fn lose(services: &[&str]) -> String {
    services.iter().map(|s| format!("{{at: 1h, crash: {s}@t}}")).collect::<Vec<_>>().join(", ")
}

#[test]
fn five_hard_dependencies_of_five_nines_cost_a_service_half_a_nine() {
    let mut services = String::from(
        "  a: {needs: [d1, d2, d3, d4, d5], shed: true, load: 100000, place: [[s, 99995], [t, 5]]}\n",
    );
    for d in 1..=5 {
        services += &format!("  d{d}: {{shed: true, load: 100000, place: [[s, 99999], [t, 1]]}}\n");
    }
    let (world, trace) = run(&services, &lose(&["a", "d1", "d2", "d3", "d4", "d5"]));
    close(share(&world, &trace, "a", 3600), 0.999_900_003_5, 1e-10);
}

#[test]
fn a_hard_circle_serves_the_product_of_its_members_each_counted_once() {
    let (world, trace) = run(
        "  a: {needs: [b], shed: true, load: 100, place: [[s, 99], [t, 1]]}\n  b: {needs: [a], shed: true, load: 100, place: [[s, 98], [t, 2]]}\n",
        &lose(&["a", "b"]),
    );
    for key in ["a", "b"] {
        close(share(&world, &trace, key, 3600), 0.9702, 1e-12);
    }
}

#[test]
fn a_site_of_n_must_carry_one_part_in_n_less_f_of_the_peak() {
    // (n, f): servers at each site for a peak of 600; one server fewer at each and some is lost.
    for (n, f, each) in [(2, 1, 600), (3, 1, 300), (3, 2, 600), (4, 1, 200)] {
        for (servers, whole) in [(each, true), (each - 1, false)] {
            let sites: Vec<String> = (0..n).map(|i| format!("x{i}: {{}}")).collect();
            let places: Vec<String> = (0..n).map(|i| format!("[x{i}, {servers}]")).collect();
            let lost: Vec<String> = (0..f).map(|i| format!("{{at: 1h, crash: a@x{i}}}")).collect();
            let text =
                company(&format!("  a: {{load: 600, place: [{}]}}", places.join(", ")), &lost.join(", "))
                    .replace("{s: {}, t: {}}", &format!("{{{}}}", sites.join(", ")));
            let world = world(&text);
            let share = share(&world, &play(&world, 1), "a", 3600);
            assert_eq!(share >= 1.0, whole, "{n} sites, {f} lost, {servers} servers each: {share}");
        }
    }
}

#[test]
fn a_loss_is_caused_by_what_was_lost_however_far_away() {
    // `a` leans softly on `b`, whose own closure is the larger one.
    let (world, trace) = run(
        "  a: {needs: [~b], place: [[s, 10]]}\n  b: {needs: [c], place: [[s, 10]]}\n  \
         c: {needs: [d], place: [[s, 10]]}\n  d: {place: [[t, 10]]}\n",
        &lose(&["d"]),
    );
    let mut subject = Subject::Service(service(&world, "a"));
    for key in ["b", "c", "d"] {
        let event = trace
            .events
            .iter()
            .find(|e| e.subject == subject && matches!(e.change, Change::Service(_)))
            .expect("it is hit");
        let [cause] = event.causes[..] else { panic!("{event:?} has one cause") };
        subject = Subject::Service(service(&world, key));
        assert_eq!(trace.events[cause.0 as usize].subject, subject);
    }
    let pool = world[service(&world, "d")].pools[0];
    let down = trace.events.iter().find(|e| e.subject == subject).expect("it is lost");
    assert_eq!(trace.events[down.causes[0].0 as usize].subject, Subject::Pool(pool));
    assert_eq!(trace.pools[pool.index()].at(Time(3_600_000_000)), PoolState::WaitHands);
}

const HOUR: u64 = 3600;

/// Nobody ever decides anything, so that nobody turns users away by hand.
const NOBODY: &str = "people: {command: {ack: 366d}}\n";

fn at(series: &[bridge_engine::trace::Series], world: &World, key: &str, second: u64) -> f64 {
    series[service(world, key).index()].at(Time(second * 1_000_000))
}

#[test]
fn three_retries_of_which_half_fail_make_1_875_attempts() {
    // A load of 1600 on 1500 servers that shed: C = λ (1 − p⁴) at p = ½.
    let (world, trace) =
        run("  a: {users: 1, shed: true, load: 1600, place: [[s, 1500], [t, 100]]}", &lose(&["a"]));
    close(at(&trace.failing, &world, "a", 2 * HOUR), 0.5, 1e-8);
    close(at(&trace.amplification, &world, "a", 2 * HOUR), 1.875, 1e-8);
    close(share(&world, &trace, "a", 2 * HOUR), 0.9375, 1e-12);
}

#[test]
fn three_layers_of_four_attempts_make_64_and_a_budget_makes_1_331_of_them() {
    for (retry, expected) in [("", 64.0), ("retry: {budget: 10%}, ", 1.331)] {
        let services = format!(
            "  a: {{users: 1, {retry}needs: [b], load: 10, place: [[s, 1000]]}}\n  \
             b: {{{retry}needs: [c], load: 10, place: [[s, 1000]]}}\n  \
             c: {{{retry}load: 10, place: [[t, 10]]}}\n"
        );
        let (world, trace) = run(&services, &lose(&["c"]));
        close(at(&trace.amplification, &world, "c", HOUR + 600), expected, 1e-9);
    }
}

#[test]
fn what_failures_cost_is_taken_from_goodput() {
    // x = 120 on C = 100 at κ = ½, without retries: (100 − 60) / ½ = 80.
    for (kappa, shed, expected) in [("0.5", false, 80.0), ("0.2", false, 95.0), ("0.5", true, 100.0)] {
        let services = format!(
            "  a: {{users: 1, shed: {shed}, retry: {{max: 0}}, load: 120, place: [[s, 100], [t, 20]]}}"
        );
        let text = company(&services, &lose(&["a"])) + &format!("defaults: {{kappa: {kappa}}}\n");
        let world = world(&text);
        let trace = play(&world, 1);
        close(share(&world, &trace, "a", HOUR + 60), expected / 120.0, 1e-12);
        let found = traffic(&world, &trace, service(&world, "a"), Time((HOUR + 60) * 1_000_000));
        close(found.served, expected, 1e-12);
        close(found.shed, if shed { 20.0 } else { 0.0 }, 1e-12);
        close(at(&trace.failing, &world, "a", HOUR + 600), 1.0 - expected / 120.0, 1e-9);
    }
}

#[test]
fn callers_notice_over_the_time_that_their_retries_take() {
    // No retries: τ is the backoff alone, 10 s. Of the third that fails, half is noticed after τ ln 2.
    let services =
        "  a: {users: 1, shed: true, retry: {max: 0, backoff: 10s}, load: 150, place: [[s, 100], [t, 50]]}";
    let (world, trace) = run(services, &lose(&["a"]));
    let (noticed, p) = trace.failing[service(&world, "a").index()].points()[1];
    close(p, 1.0 / 6.0, 1e-12);
    close(noticed.secs() - 3600.0, 10.0 * std::f64::consts::LN_2, 1e-6);
    // Three retries wait 2 + 4 + 8 s: of everything, a quarter is noticed after τ ln 4/3.
    let (world, trace) = run("  a: {users: 1, place: [[t, 50]]}", &lose(&["a"]));
    let (noticed, p) = trace.failing[service(&world, "a").index()].points()[1];
    close(p, 0.25, 1e-12);
    close(noticed.secs() - 3600.0, 14.0 * math::ln(4.0 / 3.0), 1e-6);
}

/// The work of 71 servers on a hundred, of which all but `left` are lost.
fn on_fewer(left: u32) -> (World, Trace) {
    let services = format!("  a: {{users: 1, load: 71, place: [[s, {left}], [t, {}]]}}", 100 - left);
    let text = company(&services, &lose(&["a"])) + NOBODY;
    let world = world(&text);
    let trace = play(&world, 1);
    (world, trace)
}

#[test]
fn seventy_two_servers_survive_and_seventy_do_not() {
    // By itself a service survives a loss if what is left carries the demand, C ≥ λ.
    for left in 60..=80 {
        let (world, trace) = on_fewer(left);
        let share = share(&world, &trace, "a", 2 * HOUR);
        assert_eq!(share >= 1.0, left >= 71, "{left} servers serve {share}");
        let crashed = first(&trace, |_, c| matches!(c, Change::Crashed(_)));
        assert_eq!(crashed.is_some(), left < 71, "{left}");
    }
}

#[test]
fn what_fell_stays_down_until_its_servers_carry_the_retries_too() {
    // All lost and all started again: at p = 1 four attempts a request at half the cost, κ (r + 1) λ = 2 · 71.
    for (servers, comes_back) in [(100, false), (141, false), (143, true), (300, true)] {
        let services = format!("  a: {{users: 1, load: 71, place: [[t, {servers}]]}}");
        let text = company(&services, &lose(&["a"])) + NOBODY + "defaults: {crash_at: 1000}\n";
        let world = world(&text);
        let trace = play(&world, 1);
        assert!(trace.servers_up[0].last() >= f64::from(servers), "all run again");
        assert_eq!(share(&world, &trace, "a", 99 * HOUR) >= 1.0, comes_back, "{servers}");
    }
}

#[test]
fn a_metastable_outage_ends_by_shedding_by_a_budget_or_by_a_quiet_hour() {
    let whole = |service: &str, demand: &str, more: &str| {
        let text = company(&format!("  a: {{users: 1, {service}, place: [[t, 100]]}}"), &lose(&["a"]))
            .replace("{users: 1M}", &format!("{{users: 1M{demand}}}"));
        let world = world(&(text + more));
        let trace = play(&world, 1);
        let share = &trace.shares[0];
        let last = share.points().iter().rfind(|p| p.1 < 1.0).expect("it was lost").0;
        (share.last() >= 1.0, last)
    };
    let day = ", shape: diurnal, trough: 0.1, peak_hour: 2";
    assert!(!whole("load: 71", "", NOBODY).0, "it lasts");
    assert!(whole("load: 71, shed: true", "", NOBODY).0, "shedding");
    assert!(whole("load: 71, retry: {budget: 10%}", "", NOBODY).0, "a budget");
    let (ended, last) = whole("load: 71", day, NOBODY);
    assert!(ended && last.secs() > 4.0 * 3600.0, "a quiet hour, at {last}");
    // With people, somebody turns users away.
    let (ended, last) = whole("load: 71", "", "");
    assert!(ended && last.secs() < 10.0 * 3600.0, "people, by {last}");
}

#[test]
fn people_turn_users_away_once_somebody_has_said_go_and_let_them_in_again() {
    let (world, trace) = run("  a: {users: 1, load: 71, place: [[s, 70], [t, 30]]}", &lose(&["a"]));
    let when = |wanted: fn(Change) -> bool| first(&trace, |_, c| wanted(c)).expect("it happens").at;
    let (go, away) = (when(|c| c == Change::Decided), when(|c| c == Change::Throttled));
    let again = when(|c| c == Change::Admitted);
    assert!(go < away && away < again);
    let a = service(&world, "a");
    assert!(trace.shares[a.index()].at(Time(go.0)) <= 0.0, "nothing is served until then");
    assert!(trace.shares[a.index()].last() >= 1.0);
    assert!(trace.shedding[a.index()].last() <= 0.0, "everybody is let in in the end");
}

#[test]
fn a_cascade_takes_half_of_the_servers_in_the_half_life() {
    // A load that no number of them can carry.
    let services = "  a: {users: 1, load: 10000, retry: {max: 0}, place: [[s, 1000], [t, 9000]]}";
    let text = company(services, &lose(&["a"])) + NOBODY + "defaults: {crash_after: 10m}\n";
    let world = world(&text);
    let trace = play(&world, 1);
    let up = &trace.capacity[0];
    // Steps are a twentieth of all 10,000 built.
    let half = up.points().iter().find(|p| p.0.secs() > 3600.0 && p.1 <= 500.0).expect("they fall").0;
    close(half.secs() - 3600.0, 600.0 * math::ln(1000.5 / 500.5), 1e-9);
}

#[test]
fn crashed_servers_start_again_by_themselves_and_fall_again_ever_more_rarely() {
    let (world, trace) = on_fewer(70);
    let pool = world[service(&world, "a")].pools[0];
    let mut starts: Vec<f64> = Vec::new();
    for pair in trace.servers_up[pool.index()].points().windows(2) {
        if pair[1].1 > pair[0].1 {
            starts.push(pair[1].0.secs() / 60.0);
        }
    }
    assert!(starts.len() > 5, "{starts:?}");
    let waits: Vec<f64> = starts.windows(2).map(|w| w[1] - w[0]).collect();
    assert!(waits.windows(2).skip(1).take(4).all(|w| w[1] > 1.5 * w[0]), "{waits:?}");
    for event in &trace.events {
        assert!(!matches!(event.change, Change::Crashed(_)) || !event.causes.is_empty(), "{event:?}");
    }
}

#[test]
fn retries_reach_whatever_else_a_caller_calls_by_its_share_of_the_calls() {
    // b dies; a tries again and calls c four times as often. A tenth of the calls on c are a's by declaration, four of
    // five by the users behind it: 80 % use a, 20 % use d.
    for (calls, expected) in [("{on: c, calls: 10%}", 1.3), ("c", 1.0 + 3.0 * 0.8)] {
        let services = format!(
            "  a: {{users: 80%, needs: [b, {calls}], load: 10, place: [[s, 1000]]}}\n  b: {{place: [[t, 10]]}}\n  \
             c: {{load: 10, place: [[s, 1000]]}}\n  d: {{users: 20%, needs: [c], place: [[s, 1000]]}}\n"
        );
        let (world, trace) = run(&services, &lose(&["b"]));
        close(at(&trace.amplification, &world, "c", HOUR + 600), expected, 1e-9);
        assert!(share(&world, &trace, "c", HOUR + 600) >= 1.0);
    }
}

#[test]
fn a_dead_dependency_overruns_what_its_callers_also_call() {
    // Both are whole but for b; c falls to a's retries and comes back when b does.
    let services = "  a: {users: 1, needs: [b, c], load: 10, place: [[s, 1000]]}\n  b: {shed: true, place: [[t, 10]]}\n  \
         c: {load: 70, place: [[s, 100]]}\n";
    let (world, trace) = run(services, &lose(&["b"]));
    assert!(share(&world, &trace, "c", HOUR + 300) <= 0.0);
    let down =
        first(&trace, |s, c| s == Subject::Service(service(&world, "c")) && matches!(c, Change::Service(_)));
    let cause = down.expect("c falls").causes[0];
    assert_eq!(trace.events[cause.0 as usize].subject, Subject::Pool(world[service(&world, "b")].pools[0]));
    assert!(share(&world, &trace, "a", 99 * HOUR) >= 1.0);
}

#[test]
fn sixty_erlangs_on_a_hundred_servers_and_then_on_seventy() {
    let (world, trace) = run("  a: {users: 1, load: 60, place: [[s, 70], [t, 30]]}", &lose(&["a"]));
    let at = |second: u64| queueing(&world, &trace, service(&world, "a"), Time(second * 1_000_000));
    close(at(0).waits, 1.5325e-6, 5e-5);
    close(at(HOUR).waits, 0.145_484_2, 1e-6);
    close(at(HOUR).wait, 0.014_548_42, 1e-6);
    let (world, trace) = run("  a: {users: 1, load: 8, place: [[s, 10]]}", "");
    let found = queueing(&world, &trace, service(&world, "a"), Time::ZERO);
    close(found.waits, 0.409_180_150_8, 1e-9);
    close(found.wait, 0.204_590_075_4, 1e-9);
}
