//! What must hold for every company and every incident.

mod common;

use bridge_engine::report::traffic;
use bridge_engine::trace::{
    BacklogState, Change, End, Event, PoolState, ServiceState, SiteState, Subject, Task, TaskKind,
};
use bridge_engine::world::{Action, Incident, Line, PoolId, Role, ServiceId};
use bridge_engine::{MAX_EVENTS, Time, Trace, World, run};
use common::company::{Company, Member, company};
use common::{KAKAO, play, world};
use proptest::prelude::*;

/// Whether what a service serves can follow from a change of the subject: needs tie them together, in either direction,
/// for what fails there brings retries here.
fn concerns(world: &World, id: ServiceId, subject: Subject) -> bool {
    let of = match subject {
        Subject::Pool(pool) => world[pool].service,
        Subject::Service(of) => of,
        // Lines, and a hall that is too warm for whoever stands in it.
        Subject::Site(_) | Subject::Room(_) => return true,
        _ => return false,
    };
    let mut tied = vec![id];
    let mut next = 0;
    while let Some(&at) = tied.get(next) {
        next += 1;
        let callers = (0..world.services.len()).map(ServiceId::at);
        let callers = callers.filter(|&s| world[s].needs.iter().any(|n| n.on == at));
        let found: Vec<ServiceId> = callers.chain(world[at].needs.iter().map(|n| n.on)).collect();
        tied.extend(found.into_iter().filter(|s| !tied.contains(s)).collect::<Vec<_>>());
    }
    tied.contains(&of) || world[of].role == Some(Role::Network)
}

/// Whoever loses servers of its own does not blame the loss of others' who only call it.
fn falls_with(world: &World, trace: &Trace, id: ServiceId, cause: &Event) -> bool {
    let (Subject::Pool(pool), Change::Servers(_)) = (cause.subject, cause.change) else { return true };
    let fewer = |pool: PoolId| {
        let up = &trace.servers_up[pool.index()];
        up.at(Time(cause.at.0.saturating_sub(1))) > up.at(cause.at)
    };
    if !fewer(pool) || !world[id].pools.iter().any(|&own| fewer(own)) {
        return true;
    }
    let mut under = vec![id];
    let mut next = 0;
    while let Some(&at) = under.get(next) {
        next += 1;
        let found: Vec<ServiceId> = world[at].needs.iter().map(|need| need.on).collect();
        under.extend(found.into_iter().filter(|s| !under.contains(s)).collect::<Vec<_>>());
    }
    under.contains(&world[pool].service) || world[world[pool].service].role == Some(Role::Network)
}

/// Requests are conserved, and no more are served than asked for or than servers can.
fn requests(world: &World, trace: &Trace, id: ServiceId) {
    for t in [0, 1, 3, 7, 13].map(|part| Time(trace.horizon.0 / 17 * part + trace.horizon.0 / 41)) {
        let found = traffic(world, trace, id, t);
        let slack = 1e-9 * (found.arriving + found.demand);
        let sum = found.served + found.queued + found.shed + found.failed;
        assert!((found.arriving - sum).abs() <= slack, "{found:?}");
        for part in [found.served, found.queued, found.shed, found.failed] {
            assert!((-slack..=found.arriving + slack).contains(&part), "{found:?}");
        }
        assert!(found.caught_up >= 0.0);
        assert!(found.served + found.caught_up <= found.capacity + slack, "{found:?}");
        let share = trace.shares[id.index()].at(t);
        let asked = found.demand.min(found.arriving);
        assert!(found.served >= share * asked - slack, "{share} of {asked} is more than {found:?}");
    }
}

/// Data that nobody may be served serve nobody, and writes vanish only where it is said.
fn data_are_fit(world: &World, trace: &Trace) {
    for (i, service) in world.services.iter().enumerate().filter(|(_, s)| s.data.is_some()) {
        let unfit = |p: &PoolId, t: Time| {
            matches!(
                trace.pools[p.index()].at(t),
                PoolState::WaitData | PoolState::Restoring | PoolState::Checking | PoolState::Stored
            )
        };
        for event in &trace.events {
            let none = service.pools.iter().all(|p| unfit(p, event.at));
            assert!(!none || trace.own[i].at(event.at) <= 0.0, "served before it was fit at {}", event.at);
        }
        let said = |at: Time| {
            trace.events.iter().any(|e| {
                (e.at, e.subject) == (at, Subject::Service(ServiceId::at(i)))
                    && matches!(e.change, Change::WritesLost(_) | Change::DataLost)
            })
        };
        for pair in trace.vanished[i].points().windows(2) {
            assert!(pair[1].1 >= -1e-6, "nothing comes back that was not lost");
            assert!(pair[1].1 <= pair[0].1 || said(pair[1].0), "data went back at {} unsaid", pair[1].0);
        }
    }
}

/// What waits is what was taken in less what was done of it, never more than there is room for.
fn backlog(world: &World, trace: &Trace, id: ServiceId) {
    let levels = trace.backlogs[id.index()].levels();
    assert!(levels.is_empty() || world[id].backlog.is_some());
    let room = world[id].room() * (1.0 + 1e-9) + 1e-3;
    for pair in levels.windows(2) {
        let (from, to) = (&pair[0], &pair[1]);
        // An alarm is set to the microsecond, and a backlog lasts a second.
        let slack = 1e-6 * (1.0 + from.work + from.rate.abs() * 1e6);
        assert!((from.work_at(to.at) - to.work).abs() <= slack, "{from:?} to {to:?}");
        assert!((0.0..=room).contains(&to.work), "{to:?}");
        assert!(to.refused >= 0.0 && (to.refused <= 0.0 || to.state == BacklogState::Full), "{to:?}");
    }
}

/// What holds in every trace.
fn sound(world: &World, trace: &Trace) {
    let mut before = Time::ZERO;
    for (i, event) in trace.events.iter().enumerate() {
        assert!(event.at >= before, "time goes forwards");
        before = event.at;
        assert!(event.causes.iter().all(|c| (c.0 as usize) < i), "causes come first");
        if event.causes.is_empty() && !matches!(event.change, Change::Incident(_) | Change::Began(_)) {
            // Only the calendar: a service that cannot carry the hour's load, and what follows from noticing it.
            assert!(matches!(event.subject, Subject::Service(_)), "{event:?} has no cause");
            if matches!(event.change, Change::Service(_)) {
                // Or retries that have built up since the hour began.
                let retried = trace.failing.iter().any(|failing| failing.at(event.at) > 0.0);
                assert!(event.at.0 % 3_600_000_000 == 0 || retried, "{event:?} is no work of the calendar");
            }
        }
        if let (Subject::Service(id), Change::Service(ServiceState::Up | ServiceState::Degraded)) =
            (event.subject, event.change)
        {
            assert!(event.causes.iter().all(|c| concerns(world, id, trace.events[c.0 as usize].subject)));
        }
        if let (Subject::Service(id), Change::Service(ServiceState::Down)) = (event.subject, event.change) {
            let mut causes = event.causes.iter().map(|c| &trace.events[c.0 as usize]);
            assert!(
                causes.all(|cause| falls_with(world, trace, id, cause)),
                "{event:?} has a stranger's cause"
            );
        }
        if let Change::Started(Task {
            kind: TaskKind::Boot(pool) | TaskKind::Provision(pool),
            by_hand: true,
        }) = event.change
        {
            let at = world[pool].site;
            let site = trace.sites[at.index()].at(event.at);
            let may = match site {
                SiteState::Ok | SiteState::Recovering => true,
                // Then their own people are there.
                SiteState::Permit => world[at].landlord.hands > 0,
                _ => false,
            };
            assert!(may, "hands in a building that is {site:?}");
        }
    }
    data_are_fit(world, trace);
    for series in trace.shares.iter().chain(&trace.own) {
        assert!(series.points().iter().all(|p| (0.0..=1.0).contains(&p.1)));
    }
    for (pool, series) in world.pools.iter().zip(&trace.servers_up) {
        assert!(series.points().iter().all(|p| (0.0..=f64::from(pool.servers)).contains(&p.1)));
    }
    for (share, own) in trace.shares.iter().zip(&trace.own) {
        assert!(
            share.points().iter().all(|p| p.1 <= own.at(p.0) + 1e-9),
            "served at most what it could serve"
        );
    }
    for series in &trace.failing {
        assert!(series.points().iter().all(|p| (0.0..=1.0).contains(&p.1)), "a fraction of attempts");
    }
    for i in 0..world.services.len() {
        requests(world, trace, ServiceId::at(i));
        backlog(world, trace, ServiceId::at(i));
    }
    for ((team, busy), there) in world.people.teams.iter().zip(&trace.hands).zip(&trace.staff) {
        let people = |p: &(Time, f64)| there.at(p.0).min(f64::from(team.hands));
        assert!(busy.points().iter().all(|p| p.1 <= people(p) + 1e-9), "no more hands than people");
    }
    assert!(trace.affected.points().iter().all(|p| (0.0..=world.demand.users).contains(&p.1)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn any_company_under_any_incident_is_sound(company in company(), hazards in any::<bool>()) {
        let company = Company { hazards, ..company };
        let mut world = world(&company.text(&company.in_order()));
        company.afflict(&mut world);
        let trace = play(&world, company.seed);
        sound(&world, &trace);
        prop_assert_eq!(trace.hash(), play(&world, company.seed).hash());
        let report = bridge_engine::report::report(&world, &trace);
        for (i, figures) in report.services.iter().enumerate() {
            prop_assert!((0.0..=1.0 + 1e-9).contains(&figures.availability));
            let subject = Subject::Service(ServiceId::at(i));
            for t in [Time::ZERO, Time(trace.horizon.0 / 7), Time(trace.horizon.0 / 2), trace.horizon] {
                let why = bridge_engine::why::why(&world, &trace, subject, t);
                prop_assert!(why.chain.windows(2).all(|w| w[0] < w[1]), "a chain goes forwards");
            }
        }
    }

    #[test]
    fn the_order_of_a_document_changes_nothing(company in company(), turn in 0..8_usize) {
        let mut turned = company.in_order();
        turned.rotate_left(turn % company.services.len());
        let mut a = world(&company.text(&company.in_order()));
        let mut b = world(&company.text(&turned));
        company.afflict(&mut a);
        company.afflict(&mut b);
        prop_assert_eq!(play(&a, company.seed).hash(), play(&b, company.seed).hash());
    }

    #[test]
    fn an_isolated_service_leaves_every_other_as_it_was(mut company in company()) {
        // One more site is one more way round for packets.
        company.services.iter_mut().for_each(Member::carries_nothing);
        let text = company.text(&company.in_order());
        let mut alone = world(&text);
        // Sorts last, so that every other id stays what it was; hit by nothing that the others are hit by.
        let more = text.replace("regions: {r: {", "regions: {z: {}, r: {").replace(
            "services:\n",
            "  zz: {region: z, preset: tier1}\nservices:\n  zz: {users: 0%, place: [[zz, 10]]}\n",
        );
        let mut joined = world(&more);
        company.afflict(&mut alone);
        alone.script.retain(|i| !matches!(i.action, Action::Cut(Line::Between(..) | Line::Users(_), _)));
        joined.script = alone.script.clone();
        let (a, b) = (play(&alone, company.seed), play(&joined, company.seed));
        prop_assert_eq!(&a.events, &b.events);
        for (a, b) in [
            (&a.shares, &b.shares),
            (&a.own, &b.own),
            (&a.failing, &b.failing),
            (&a.vanished, &b.vanished),
            (&a.servers_up, &b.servers_up),
            (&a.energised, &b.energised),
            (&a.hands, &b.hands),
        ] {
            prop_assert!(b.starts_with(a));
        }
    }
}

#[test]
fn a_fork_keeps_the_past() {
    let mut world = world(KAKAO);
    let before = play(&world, 1);
    let at = Time(6 * 3_600_000_000);
    world.script.push(Incident::new(at, Action::Crash(PoolId(0))));
    let after = play(&world, 1);
    let past = |trace: &Trace| trace.events.iter().take_while(|e| e.at < at).cloned().collect::<Vec<_>>();
    assert_eq!(past(&before), past(&after));
    assert_ne!(before.hash(), after.hash());
}

#[test]
fn the_seed_is_the_only_luck() {
    let world = world(KAKAO);
    assert_eq!(run(&world, &world.script, 7).hash(), run(&world, &world.script, 7).hash());
    assert_ne!(run(&world, &world.script, 7).hash(), run(&world, &world.script, 8).hash());
}

#[test]
fn a_run_that_records_too_much_is_cut_short_and_says_so() {
    let text = "schema: bridge/1\nmeta: {id: case, t0: \"2022-10-15T00:00+00:00\", horizon: 720h, seed: 1}\n\
                demand: {users: 1}\nregions: {r: {}}\nsites:\n  a: {region: r, preset: tier1}\n\
                services: {s: {place: [[a, 10000]], wear: {mtbf: 1h, repair: 1s}}}\n\
                people: {teams: {t: {hands: 10}}}\n";
    let world = world(text);
    let trace = play(&world, 1);
    assert_eq!(trace.end, End::EventBudget);
    // It ends with the instant in which that was.
    assert!((MAX_EVENTS..MAX_EVENTS + 100).contains(&trace.events.len()), "{}", trace.events.len());
    assert!(trace.events.last().is_some_and(|last| last.at < trace.horizon));
}

#[test]
fn who_lost_its_own_servers_blames_nobody_who_calls_it() {
    let world = world(KAKAO);
    let trace = run(&world, &world.script, world.meta.seed);
    let down = |key: &str| {
        let id = ServiceId::at(world.services.iter().position(|s| s.key == key).unwrap());
        let mut events = trace.events.iter();
        let fell = events
            .find(|e| e.subject == Subject::Service(id) && e.change == Change::Service(ServiceState::Down));
        let cause = fell.unwrap().causes[0];
        let Subject::Pool(pool) = trace.events[cause.0 as usize].subject else { panic!("{key}: {cause:?}") };
        world[pool].service == id
    };
    // The portal and others that call them fall in the same instant.
    assert!(["auth", "hadoop", "config", "registry"].into_iter().all(down));
}
