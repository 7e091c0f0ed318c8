//! The figures of a report, against the events they come from.

mod common;

use bridge_engine::report::{Lost, Piece, Report, lost_to, nines};
use bridge_engine::trace::{Change, Subject, TaskKind, WHOLE};
use bridge_engine::world::ServiceId;
use bridge_engine::{Span, Time, Trace, World};
use common::company::company;
use common::{KAKAO, close, figures, first, outcome, service, world};
use proptest::prelude::*;

/// One building with one panel, and people who take exactly as long as they take.
fn one_panel(services: &str, more: &str) -> String {
    format!(
        "schema: bridge/1\nmeta: {{id: case, t0: \"2022-10-15T00:00+00:00\", horizon: 400h, seed: 1}}\n\
         demand: {{users: 1M}}\nregions: {{r: {{}}}}\n\
         sites:\n  s:\n    region: r\n    rooms: {{h: {{kind: hall}}}}\n    \
         power: {{utility: {{u: {{}}}}, panels: {{p: {{room: h}}}}, restore: {{reclose: 127h}}}}\n  t: {{region: r}}\n\
         services:\n{services}\
         controls: {{boot: {{manual: 3m/server, time: 30m}}}}\n\
         people: {{sigma: 0, drill: {{slow: 1, error: 0}}, teams: {{ops: {{hands: 10}}}}}}\n{more}"
    )
}

#[test]
fn an_outage_of_127_hours_and_33_minutes_is_1_8368_nines_of_a_year() {
    // 127 h until the breaker is closed, 3 min of a hand, 30 min to boot.
    let text = one_panel(
        "  a: {users: 1, place: [[s, 1]], objective: {rto: 127h33m, slo: 99.99%}}\n",
        "script: [{at: 1h, trip: s/p}]\n",
    );
    let world = world(&text);
    let (_, report) = outcome(&world, 1);
    let a = figures(&world, &report, "a");
    assert_eq!(a.lost, Span::from_mins(127 * 60 + 33));
    assert_eq!((a.lost, a.lost), (a.down, a.longest_loss));
    close(a.availability_year, 0.985_439_50, 1e-8);
    close(nines(a.availability_year).expect("it lost something"), 1.8368, 2e-5);
    close(a.availability, 1.0 - 127.55 / 400.0, 1e-12);
    // Kept to the second; the error budget is 52.56 min a year.
    assert!(a.rto_over_s.expect("promised").abs() < 1e-9);
    close(a.budget_burnt.expect("promised"), (127.0 * 60.0 + 33.0) / 52.56, 1e-9);
    close(a.user_minutes_lost, 1e6 * 7653.0, 1e-9);
    assert_eq!((report.total.services_hit, report.total.sites_hit), (1, 1));
    close(report.total.peak_share, 1.0, 1e-12);
}

#[test]
fn without_loss_there_are_no_figures_of_one() {
    let world = world(&one_panel("  a: {users: 1, place: [[s, 1]], objective: {rto: 1h, slo: 99.9%}}\n", ""));
    let (_, report) = outcome(&world, 1);
    let a = figures(&world, &report, "a");
    assert_eq!(
        (a.first_loss, a.detected, a.acknowledged, a.decided, a.switched, a.restored),
        Default::default()
    );
    assert_eq!((a.lost, nines(a.availability_year)), (Span::ZERO, None));
    assert_eq!((a.rto_over_s, a.budget_burnt), (Some(-3600.0), Some(0.0)));
    assert_eq!((report.total.services_hit, report.total.sites_hit), (0, 0));
    assert!(report.waterfalls.iter().all(Vec::is_empty) && report.jobs.is_empty());
}

/// The moments of a loss, one after the other, as the trace has them.
#[test]
fn times_are_those_of_the_events() {
    let world = world(KAKAO);
    let (trace, report) = outcome(&world, 1);
    let messenger = service(&world, "messenger");
    let of = figures(&world, &report, "messenger");
    let at = |wanted: &dyn Fn(Subject, Change) -> bool| first(&trace, wanted).map(|e| e.at);
    let org = |change: Change| at(&|_, c| c == change);
    assert_eq!(
        of.detected,
        at(&|s, c| s == Subject::Service(messenger) && matches!(c, Change::Detected { .. }))
    );
    assert_eq!(of.acknowledged, org(Change::Acknowledged));
    assert_eq!(of.decided, org(Change::Decided));
    assert_eq!(of.switched, at(&|s, c| s == Subject::Service(messenger) && c == Change::Routed));
    assert_eq!(of.serving_again, of.switched, "promoted, users led there, and served");
    let order = [of.first_loss, of.detected, of.acknowledged, of.decided, of.switched, of.restored]
        .map(|t| t.expect("it happened"));
    assert!(order.is_sorted(), "{order:?}");
    assert_eq!((report.total.services_hit, report.total.sites_hit), (21, 1));
}

#[test]
fn what_was_said_in_one_incident_is_not_said_in_the_next() {
    // A standby that waits for a go, twice: each loss has a decision of its own.
    let text = one_panel(
        "  a: {users: 1, place: [[s, 10], [t, 10, standby]]}\n  b: {users: 1, place: [[t, 10]]}\n",
        "script: [{at: 1h, trip: s/p}, {at: 300h, crash: b@t}]\n",
    );
    let world = world(&text);
    let (trace, report) = outcome(&world, 1);
    let closed = first(&trace, |_, c| c == Change::Closed).expect("the first incident ends").at;
    let (a, b) = (figures(&world, &report, "a"), figures(&world, &report, "b"));
    assert!(a.decided.expect("a go") < closed && closed < b.first_loss.expect("the second loss"));
    assert!(b.decided.is_none_or(|at| at > closed), "{:?}", b.decided);
    assert!(b.acknowledged.is_none_or(|at| at > closed), "{:?}", b.acknowledged);
}

#[test]
fn what_was_seen_and_over_in_one_instant_is_no_loss() {
    // While people look for what became of b, a is cut off and joined again at once; much later it is lost.
    let text = one_panel(
        "  a: {users: 1, shed: true, place: [[s, 10]]}\n  b: {users: 1, shed: true, place: [[t, 1000]]}\n",
        "script: [{at: 1h, crash: b@t}, {at: 5h, cut: s}, {at: 5h, heal: s}, {at: 300h, crash: a@s}]\n",
    );
    let world = world(&text);
    let (trace, report) = outcome(&world, 1);
    let (id, a) = (service(&world, "a"), figures(&world, &report, "a"));
    let seen = |s, c| s == Subject::Service(id) && matches!(c, Change::Detected { .. });
    assert_eq!(first(&trace, seen).expect("it is seen").at, Time(5 * 3_600_000_000));
    assert_eq!(a.first_loss, Some(Time(300 * 3_600_000_000)));
    assert!(a.detected > a.first_loss && a.restored > a.detected, "{a:?}");
    assert!(a.acknowledged.is_none_or(|at| Some(at) >= a.detected), "{a:?}");
}

#[test]
fn hands_are_counted_by_the_hour() {
    // 100 servers at 3 minutes of a hand each, ten hands: half an hour, five hand-hours.
    let text =
        one_panel("  a: {users: 1, shed: true, place: [[s, 100]]}\n", "script: [{at: 1h, crash: a@s}]\n");
    let world = world(&text);
    let (_, report) = outcome(&world, 1);
    let ops = report.teams[0];
    close(ops.hand_hours, 5.0, 1e-9);
    close(ops.peak, 10.0, 1e-12);
    assert_eq!((ops.done, ops.redone, ops.longest_wait), (1, 0, Span::ZERO));
    let job = report.jobs[0];
    assert!(matches!(job.task.kind, TaskKind::Boot(_)) && job.task.by_hand && job.done);
    assert_eq!(job.ended.expect("done").since(job.started.expect("begun")), Span::from_mins(30));
    assert_eq!((ops.first, ops.last), (job.started, job.ended));
}

/// How long one service lost to what, in minutes.
fn minutes(world: &World, report: &Report, key: &str, what: Lost) -> f64 {
    lost_to(&report.waterfalls[service(world, key).index()], what).secs() / 60.0
}

#[test]
fn each_kind_of_lost_time_is_told_apart() {
    let text = one_panel(
        "  eye: {role: monitor, place: [[t, 1]]}\n  \
         a: {users: 1, shed: true, boots: [d], data: {size: 36 TB, check_rate: 10 GB/s}, place: [[s, 100]]}\n  \
         d: {shed: true, place: [[s, 10]]}\n  \
         b: {users: 1, shed: true, needs: [a], place: [[t, 10]]}\n",
        "script: [{at: 1h, trip: s/p}]\n",
    );
    let world = world(&text);
    let (_, report) = outcome(&world, 1);
    let [a, b] = ["a", "b"].map(|key| move |what| (key, what));
    let minutes = |(key, what)| minutes(&world, &report, key, what);
    // Seen after three polls; dark until 127 h; the first server of d boots in 0.3 + 30 min; 100 servers on ten hands and
    // 30 min; 36 TB at 10 GB/s.
    let unseen = minutes(a(Lost::Undetected));
    assert!((1.0..2.0).contains(&unseen), "{unseen}");
    close(minutes(a(Lost::Power)) + unseen, 127.0 * 60.0, 1e-9);
    close(minutes(a(Lost::Dependency)), 30.3, 1e-9);
    close(minutes(a(Lost::Restarting)), 60.0, 1e-9);
    close(minutes(a(Lost::Checking)), 60.0, 1e-9);
    // b has all its servers and waits for a.
    let whole = figures(&world, &report, "b").lost.secs() / 60.0;
    close(minutes(b(Lost::Dependency)) + minutes(b(Lost::Undetected)), whole, 1e-9);
    let on = report.waterfalls[service(&world, "b").index()].last().expect("it lost something").on;
    assert_eq!(on, Some(service(&world, "a")));
}

#[test]
fn a_switch_by_hand_is_undetected_then_deciding_then_switching() {
    let text =
        one_panel("  a: {users: 1, place: [[s, 10], [t, 10, standby]]}\n", "script: [{at: 1h, trip: s/p}]\n")
            .replace("controls: {", "controls: {promote: {manual: 57m}, ");
    let world = world(&text);
    let (_, report) = outcome(&world, 1);
    let doors: Vec<Lost> = report.waterfalls[0].iter().map(|p| p.lost).collect();
    assert_eq!(doors, [Lost::Undetected, Lost::Deciding, Lost::Switching]);
    let a = figures(&world, &report, "a");
    close(minutes(&world, &report, "a", Lost::Switching), 57.0, 1e-9);
    assert_eq!(report.waterfalls[0][2].from, a.decided.expect("a go"));
}

#[test]
fn too_few_servers_are_told_from_servers_that_are_away() {
    let text =
        one_panel("  a: {users: 1, load: 150, place: [[s, 100]]}\n", "script: [{at: 1h, crash: a@s}]\n");
    let world = world(&text);
    let (_, report) = outcome(&world, 1);
    assert!(minutes(&world, &report, "a", Lost::Capacity) > 300.0 * 60.0);
}

/// The pieces lie inside the losses, end to end, and add up to the microsecond.
fn accounted(trace: &Trace, report: &Report) {
    for (i, (pieces, of)) in report.waterfalls.iter().zip(&report.services).enumerate() {
        let share = &trace.shares[ServiceId::at(i).index()];
        let length = |p: &Piece| p.to.since(p.from).0;
        assert_eq!(pieces.iter().map(length).sum::<u64>(), of.lost.0, "every lost microsecond, once");
        assert!(pieces.windows(2).all(|w| w[0].to <= w[1].from), "in order");
        for piece in pieces {
            assert!(piece.from < piece.to && piece.to <= trace.horizon);
            let inside = share.points().iter().filter(|p| (piece.from..piece.to).contains(&p.0));
            assert!(share.at(piece.from) < WHOLE && inside.clone().all(|p| p.1 < WHOLE), "only lost time");
            assert!(piece.on.is_none() || piece.lost == Lost::Dependency);
        }
        let all: Span = Lost::ALL.iter().fold(Span::ZERO, |sum, &what| sum + lost_to(pieces, what));
        assert_eq!(all, of.lost, "no kind is left out");
    }
}

#[test]
fn a_waterfall_adds_up() {
    let world = world(KAKAO);
    for seed in 1..20 {
        let (trace, report) = outcome(&world, seed);
        accounted(&trace, &report);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn every_waterfall_adds_up(company in company()) {
        let mut world = world(&company.text(&company.in_order()));
        company.afflict(&mut world);
        let (trace, report) = outcome(&world, company.seed);
        accounted(&trace, &report);
        for of in &report.services {
            prop_assert!(of.down <= of.lost && of.longest_loss <= of.lost);
            let times = [of.first_loss, of.detected, of.acknowledged, of.decided].into_iter().flatten();
            prop_assert!(times.collect::<Vec<Time>>().is_sorted(), "{of:?}");
        }
    }
}
