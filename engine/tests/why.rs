//! Why is it like this, and what would have to come back first?

mod common;

use bridge_engine::trace::{
    BacklogState, Change, Event, EventId, NetState, Phase, PoolState, RoomState, Subject, Task, TaskKind,
    WHOLE,
};
use bridge_engine::why::{Blocker, Why, why, would_serve};
use bridge_engine::world::{ElementId, PoolId, PoolRole, Role, RoomId, ServiceId, SiteId, TeamId};
use bridge_engine::{Time, Trace, World};
use common::company::company;
use common::{KAKAO, first, play, service, site, world};
use proptest::prelude::*;

fn ask(world: &World, trace: &Trace, key: &str, minutes: u64) -> Why {
    why(world, trace, Subject::Service(service(world, key)), Time(minutes * 60_000_000))
}

#[test]
fn every_chain_begins_with_what_somebody_did() {
    let world = world(KAKAO);
    let trace = play(&world, 1);
    for entry in &world.services {
        for hour in [0, 1, 4, 12, 30, 80, 150] {
            let answer = ask(&world, &trace, &entry.key, hour * 60);
            let Some(first) = answer.chain.first() else { continue };
            let event = &trace.events[first.0 as usize];
            assert!(
                matches!(event.change, Change::Incident(_)),
                "{} at {hour} h begins with {event:?}",
                entry.key
            );
            assert!(answer.chain.windows(2).all(|w| trace.events[w[1].0 as usize].causes.contains(&w[0])));
        }
    }
}

#[test]
fn what_is_well_is_blocked_by_nothing() {
    let world = world(KAKAO);
    let trace = play(&world, 1);
    for entry in &world.services {
        assert_eq!(ask(&world, &trace, &entry.key, 0).blockers, [], "{} at the start", entry.key);
        assert_eq!(ask(&world, &trace, &entry.key, 155 * 60).blockers, [], "{} at the end", entry.key);
    }
}

#[test]
fn the_messenger_waits_for_what_it_needs_first() {
    let world = world(KAKAO);
    let trace = play(&world, 1);
    let (kv, auth) = (service(&world, "kv"), service(&world, "auth"));
    // Minutes after the fire nobody knows; before the decision it is a decision; then promotions in their order.
    assert!(ask(&world, &trace, "messenger", 10).blockers.contains(&Blocker::Detection));
    assert!(ask(&world, &trace, "messenger", 60).blockers.contains(&Blocker::Decision));
    let blockers = ask(&world, &trace, "messenger", 150).blockers;
    let place = |wanted| {
        blockers.iter().position(|b| *b == wanted).unwrap_or_else(|| panic!("{wanted:?} in {blockers:?}"))
    };
    assert!(place(Blocker::Promotion(kv)) < place(Blocker::Promotion(auth)), "{blockers:?}");
    assert!(!blockers.contains(&Blocker::Decision));
}

#[test]
fn a_service_in_the_burning_building_waits_for_the_fire() {
    let world = world(KAKAO);
    let trace = play(&world, 1);
    let blockers = ask(&world, &trace, "photo", 180).blockers;
    assert!(blockers.iter().any(|b| matches!(b, Blocker::Power(_))), "{blockers:?}");
    assert!(blockers.contains(&Blocker::Access(site(&world, "pangyo"))), "{blockers:?}");
}

#[test]
fn work_that_waited_for_hands_says_whose_work_it_waited_for() {
    let world = world(KAKAO);
    let trace = play(&world, 1);
    let waited = trace.events.iter().any(|e| {
        matches!(e.change, Change::Started(task) if matches!(task.kind, TaskKind::Boot(_)))
            && e.causes.iter().any(|c| matches!(trace.events[c.0 as usize].change, Change::Done(_)))
    });
    assert!(waited, "110 hands and 32,000 servers: somebody waits");
}

/// One building with two panels, and people who take exactly as long as they take.
fn small(services: &str, more: &str) -> World {
    world(&format!(
        "schema: bridge/1\nmeta: {{id: case, t0: \"2022-10-15T00:00+00:00\", horizon: 200h, seed: 1}}\n\
         demand: {{users: 1M}}\nregions: {{r: {{}}}}\nsites:\n  s:\n    region: r\n    rooms: {{h: {{kind: hall}}}}\n    \
         power: {{utility: {{u: {{}}}}, panels: {{p: {{room: h}}, q: {{room: h}}}}}}\nservices:\n{services}{more}"
    ))
}

fn pool(world: &World, key: &str) -> PoolId {
    world[service(world, key)].pools[0]
}

#[test]
fn what_it_would_rather_have_is_named_too() {
    let world = small(
        "  a: {users: 1, needs: [~b], place: [[s/p, 10]]}\n  b: {shed: true, place: [[s/q, 10]]}\n",
        "script: [{at: 1h, crash: b@s}]\n",
    );
    let trace = play(&world, 1);
    let blockers = ask(&world, &trace, "a", 61).blockers;
    assert_eq!(blockers, [Blocker::Detection, Blocker::Servers(pool(&world, "b"))]);
}

#[test]
fn free_hands_are_those_of_the_team_that_does_the_work() {
    // One hand of each team: starting a waits for that of `boots`, which starts b, down first.
    let world = small(
        "  eye: {role: monitor, place: [[s/q, 1]]}\n  a: {place: [[s/p, 10]]}\n  b: {place: [[s/p, 10]]}\n",
        "controls: {boot: {team: boots, manual: 1h/server}, bypass: {team: talks}}\n\
         people: {teams: {boots: {hands: 1}, talks: {hands: 1}}}\n\
         script: [{at: 1h, crash: b@s}, {at: 70m, crash: a@s}]\n",
    );
    let trace = play(&world, 1);
    let boots = world.people.teams.iter().position(|t| t.key == "boots").expect("a team");
    let hands = Blocker::Hands(TeamId(boots as u32));
    assert_eq!(ask(&world, &trace, "a", 120).blockers, [hands, Blocker::Servers(pool(&world, "a"))]);
    assert_eq!(ask(&world, &trace, "b", 120).blockers, [Blocker::Servers(pool(&world, "b"))]);
    let of_team = why(&world, &trace, Subject::Team(TeamId(boots as u32)), Time(7_200_000_000));
    assert_eq!(of_team.blockers, [hands]);
    assert!(of_team.chain.len() > 2, "the team works because somebody asked");
}

#[test]
fn a_way_round_found_in_one_incident_is_not_there_in_the_next() {
    // a and b boot from each other; a bypass is found, twice.
    let world = small(
        "  eye: {role: monitor, place: [[s/q, 1]]}\n  a: {users: 1, boots: [b], place: [[s/p, 10]]}\n  \
         b: {users: 1, boots: [a], place: [[s/p, 10]]}\n",
        "controls: {bypass: {edges: {\"a>b\": 2h}}}\n\
         script: [{at: 1h, trip: s/p}, {at: 100h, trip: s/p}]\n",
    );
    let trace = play(&world, 1);
    let found: Vec<Time> =
        trace.events.iter().filter(|e| matches!(e.change, Change::Bypassed { .. })).map(|e| e.at).collect();
    assert_eq!(found.len(), 2, "{found:?}");
    let way_round = Blocker::BootCycle(service(&world, "b"));
    for (at, needed) in
        [(found[0].0 - 1, true), (found[0].0, false), (found[1].0 - 1, true), (found[1].0, false)]
    {
        let blockers = why(&world, &trace, Subject::Service(service(&world, "a")), Time(at)).blockers;
        assert_eq!(blockers.contains(&way_round), needed, "{blockers:?} at {}", Time(at));
    }
}

#[test]
fn a_circle_waits_for_its_cheapest_way_round() {
    let world = small(
        "  eye: {role: monitor, place: [[s/q, 1]]}\n  a: {users: 1, boots: [b], place: [[s/p, 10]]}\n  \
         b: {users: 1, boots: [a], place: [[s/p, 10]]}\n",
        "controls: {bypass: {edges: {\"a>b\": 3h, \"b>a\": 1h}}}\nscript: [{at: 1h, trip: s/p}]\n",
    );
    let trace = play(&world, 1);
    let found =
        trace.events.iter().find(|e| matches!(e.change, Change::Bypassed { .. })).expect("a way round");
    for minutes in [61, 90, 120] {
        for key in ["a", "b"] {
            let blockers = ask(&world, &trace, key, minutes).blockers;
            let round: Vec<&Blocker> =
                blockers.iter().filter(|b| matches!(b, Blocker::BootCycle(_))).collect();
            assert_eq!(round, [&Blocker::BootCycle(service(&world, "a"))], "{blockers:?}");
        }
    }
    assert!(found.at > Time(7_200_000_000) && found.change == Change::Bypassed { on: service(&world, "a") });
}

#[test]
fn a_room_a_site_and_a_panel_wait_for_the_fire_and_for_entry() {
    let world = world(KAKAO);
    let trace = play(&world, 1);
    let ask = |subject, minutes: u64| why(&world, &trace, subject, Time(minutes * 60_000_000)).blockers;
    let pangyo = site(&world, "pangyo");
    let battery =
        RoomId::at(world.rooms.iter().position(|r| r.key == "bat" && r.site == pangyo).expect("a room"));
    let panel =
        ElementId::at(world.elements.iter().position(|e| e.key == "d" && e.site == pangyo).expect("a panel"));
    assert_eq!(ask(Subject::Room(battery), 30), [Blocker::Fire(battery)]);
    let shut = [Blocker::Access(pangyo), Blocker::Network(pangyo)];
    assert!(ask(Subject::Site(pangyo), 30).ends_with(&shut));
    let dark = ask(Subject::Element(panel), 30);
    assert!(
        dark.contains(&Blocker::Fire(battery)) && matches!(dark.last(), Some(Blocker::Power(_))),
        "{dark:?}"
    );
    for subject in [Subject::Room(battery), Subject::Site(pangyo), Subject::Element(panel), Subject::Org] {
        assert_eq!(ask(subject, 155 * 60), [], "{subject:?} waits for nothing at the end");
    }
    assert_eq!(ask(Subject::Org, 60), [Blocker::Decision]);
}

/// Moments at which something happened, and one after the last.
fn moments(trace: &Trace, most: usize) -> Vec<Time> {
    let mut times: Vec<Time> = trace.events.iter().map(|e| e.at).collect();
    times.dedup();
    let step = times.len().div_ceil(most).max(1);
    times.into_iter().step_by(step).chain([trace.horizon]).collect()
}

/// Whether a condition is not met at a moment, read from the trace alone.
fn is_real(world: &World, trace: &Trace, blocker: Blocker, t: Time) -> bool {
    let past = || trace.events[..trace.events.partition_point(|e| e.at <= t)].iter();
    let site = |s: SiteId| trace.sites[s.index()].at(t);
    let unfinished = |kind: TaskKind| {
        let asked = past().rposition(|e| matches!(e.change, Change::Queued(task) if task.kind == kind));
        let ended = |c| matches!(c, Change::Done(task) | Change::Dropped(task) if task.kind == kind);
        asked > past().rposition(|e| ended(e.change))
    };
    match blocker {
        Blocker::Detection => trace.phases.iter().any(|p| p.at(t) == Phase::Undetected),
        Blocker::Decision => {
            let said = past().rposition(|e| e.change == Change::Decided);
            let closed = past().rposition(|e| e.change == Change::Closed);
            said.is_none() || closed > said
        }
        Blocker::Fire(r) => trace.rooms[r.index()].at(t) == RoomState::Burning,
        Blocker::Access(s) => {
            !site(s).lets_to_servers(&world[s].landlord) || unfinished(TaskKind::OpenDoors(s))
        }
        Blocker::Power(e) => !trace.elements[e.index()].at(t).gives(),
        Blocker::Network(s) => trace.networks[s.index()].at(t) != NetState::Whole,
        Blocker::BootCycle(s) => trace.shares[s.index()].at(t) <= 0.0,
        Blocker::Quorum(s) => trace.own[s.index()].at(t) <= 0.0,
        Blocker::Warm(s) => trace.misses[s.index()].at(t) > 1.0,
        Blocker::Promotion(s) | Blocker::Capacity(s, _) => trace.own[s.index()].at(t) < 1.0,
        Blocker::Servers(p) => {
            trace.pools[p.index()].at(t) == PoolState::Destroyed
                || trace.servers_up[p.index()].at(t) < f64::from(world[p].servers)
        }
        Blocker::NoCopy(s) => {
            world[s].pools.iter().any(|p| trace.pools[p.index()].at(t) == PoolState::WaitData)
        }
        Blocker::Restore(p) => {
            let s = world[p].service;
            let filled = |e: &&Event| {
                (e.subject, e.change) == (Subject::Pool(p), Change::Restored)
                    || (e.subject, e.change) == (Subject::Service(s), Change::StartedEmpty)
            };
            past().find(filled).is_none()
        }
        Blocker::Provisioning(p) => match world[p].role {
            PoolRole::Cold => {
                !past().any(|e| matches!(e.change, Change::Done(t) if t.kind == TaskKind::Provision(p)))
            }
            _ => trace.servers_up[p.index()].at(t) < f64::from(world[p].servers),
        },
        Blocker::Routes(s) => world[s]
            .pools
            .iter()
            .any(|p| trace.pools[p.index()].at(t) != PoolState::Up && trace.routed[p.index()].at(t) <= 0.0),
        Blocker::Settings(s) => {
            let store = |i: &usize| world.services[*i].role == Some(Role::Config);
            let lost = (0..world.services.len()).filter(store).all(|i| trace.shares[i].at(t) < 0.5);
            let written = past()
                .rposition(|e| matches!(e.change, Change::Done(task) if task.kind == TaskKind::Configure(s)));
            lost && (written.is_none() || past().rposition(|e| e.change == Change::Closed) > written)
        }
        Blocker::HoldDown(s) => {
            let promoted = |e: &Event| (e.subject, e.change) == (Subject::Service(s), Change::Promoted);
            past().rfind(|e| promoted(e)).is_some_and(|e| e.at + world.controls.hold_down > t)
        }
        Blocker::BreakGlass(team) => unfinished(TaskKind::BreakGlass(team)),
        Blocker::Check(p) => trace.pools[p.index()].at(t) != PoolState::Up,
        Blocker::Hands(_) | Blocker::RemoteHands(_) => {
            let of = |task: Task| match (blocker, task.kind) {
                (Blocker::Hands(team), _) => bridge_engine::report::team(task, world) == Some(team),
                (Blocker::RemoteHands(site), TaskKind::Boot(p) | TaskKind::Provision(p)) => {
                    task.by_hand && world[p].site == site
                }
                _ => false,
            };
            let waits = |task| {
                let begun = |e: &&Event| {
                    [Change::Started(task), Change::Done(task), Change::Dropped(task)].contains(&e.change)
                };
                past().rev().take_while(|e| e.change != Change::Queued(task)).find(begun).is_none()
            };
            past().any(|e| matches!(e.change, Change::Queued(task) if of(task) && waits(task)))
        }
    }
}

/// Every condition named is not met; together they suffice, and none can be left out.
fn least(world: &World, trace: &Trace, id: ServiceId, t: Time) {
    let answer = why(world, trace, Subject::Service(id), t);
    let blockers = answer.blockers;
    let whole = trace.shares[id.index()].at(t) >= WHOLE;
    assert_eq!(blockers.is_empty(), whole, "blocked by nothing, and only then: whole: {id:?} at {t}");
    assert!(would_serve(world, trace, id, t, &blockers), "{blockers:?} are not enough for {id:?} at {t}");
    for (i, &blocker) in blockers.iter().enumerate() {
        assert!(is_real(world, trace, blocker, t), "{blocker:?} is met at {t}");
        let mut rest = blockers.clone();
        rest.remove(i);
        assert!(
            !would_serve(world, trace, id, t, &rest),
            "{id:?} at {t} does not need {blocker:?} of {blockers:?}"
        );
    }
}

/// From what somebody did, or from what the hour of the day did, one cause after the other.
fn caused(world: &World, trace: &Trace, subject: Subject, t: Time) {
    let chain = why(world, trace, subject, t).chain;
    let Some(first) = chain.first() else { return };
    let event = |id: EventId| &trace.events[id.0 as usize];
    assert!(event(*first).causes.is_empty());
    let hour = matches!(event(*first).subject, Subject::Service(_));
    let done = matches!(event(*first).change, Change::Incident(_) | Change::Began(_));
    assert!(done || hour, "begins with {:?}", event(*first));
    assert!(chain.windows(2).all(|w| event(w[1]).causes.contains(&w[0])), "each step enabled the next");
    assert!(chain.iter().all(|&id| event(id).at <= t), "nothing is caused from the future");
}

/// Everything that can be asked about.
fn subjects(world: &World) -> Vec<Subject> {
    let mut all = vec![Subject::Org];
    all.extend((0..world.services.len()).map(|i| Subject::Service(ServiceId::at(i))));
    all.extend((0..world.pools.len()).map(|i| Subject::Pool(PoolId::at(i))));
    all.extend((0..world.sites.len()).map(|i| Subject::Site(SiteId::at(i))));
    all.extend((0..world.rooms.len()).map(|i| Subject::Room(RoomId::at(i))));
    all.extend((0..world.elements.len()).map(|i| Subject::Element(ElementId::at(i))));
    all.extend((0..world.people.teams.len()).map(|i| Subject::Team(TeamId(i as u32))));
    all
}

/// When a service first serves as much as is missed now: anything, or everything.
fn back(trace: &Trace, id: ServiceId, t: Time) -> Option<Time> {
    let share = &trace.shares[id.index()];
    let enough = |a: f64| if share.at(t) > 0.0 { a >= WHOLE } else { a > 0.0 };
    share.points().iter().find(|p| p.0 > t && enough(p.1)).map(|p| p.0)
}

/// Whether something came back between two moments because demand fell: at the turn of an hour. It then needs less than was
/// said, and so does whatever leans on it or is started from it; its own servers may be enough before it serves again.
fn eased(trace: &Trace, t: Time, end: Time) -> bool {
    let back = |from: f64, to: f64| (from <= 0.0 && to > 0.0) || (from < WHOLE && to >= WHOLE);
    let came = |w: &[(Time, f64)]| {
        w[1].0 > t && w[1].0 <= end && w[1].0.0.is_multiple_of(3_600_000_000) && back(w[0].1, w[1].1)
    };
    trace.shares.iter().chain(&trace.own).any(|series| series.points().windows(2).any(came))
}

/// Whether a condition was met at some moment after `t`, up to `end`.
fn was_met(world: &World, trace: &Trace, blocker: Blocker, t: Time, end: Time) -> bool {
    let between = |wanted: &dyn Fn(Change) -> bool| {
        trace.events.iter().any(|e| e.at > t && e.at <= end && wanted(e.change))
    };
    let instants = || trace.events.iter().map(|e| e.at).filter(|&at| at > t && at <= end);
    match blocker {
        Blocker::Detection => between(&|c| matches!(c, Change::Detected { .. })),
        Blocker::Decision => between(&|c| c == Change::Decided),
        Blocker::Hands(team) => between(
            &|c| matches!(c, Change::Started(task) if bridge_engine::report::team(task, world) == Some(team)),
        ),
        Blocker::BootCycle(s) => {
            between(&|c| c == Change::Bypassed { on: s })
                || instants().any(|at| trace.shares[s.index()].at(at) > 0.0)
        }
        Blocker::Servers(p) => instants().any(|at| trace.servers_up[p.index()].at(at) > 0.0),
        // Any cord of the same servers is as good.
        Blocker::Power(e) => world.pools.iter().filter(|p| p.panels.contains(&e)).any(|p| {
            instants().any(|at| p.panels.iter().any(|&e| !is_real(world, trace, Blocker::Power(e), at)))
        }),
        // A site that nobody reached serves its own users as soon as they reach it, joined to the others or not.
        Blocker::Network(s) => {
            let state = |at| trace.networks[s.index()].at(at);
            let unreachable = state(t) == NetState::Unreachable;
            instants()
                .any(|at| state(at) == NetState::Whole || unreachable && state(at) != NetState::Unreachable)
        }
        other => instants().any(|at| !is_real(world, trace, other, at)),
    }
}

/// Whatever is asked at any moment of a run: blockers of services are real, enough and all needed, those of pools real.
fn least_of_all(world: &World, trace: &Trace) {
    for t in moments(trace, 12) {
        for i in 0..world.services.len() {
            least(world, trace, ServiceId::at(i), t);
        }
        for i in 0..world.pools.len() {
            let blockers = why(world, trace, Subject::Pool(PoolId::at(i)), t).blockers;
            let runs =
                [PoolState::Up, PoolState::Standby, PoolState::Promoting, PoolState::Off, PoolState::Stored];
            let state = trace.pools[i].at(t);
            assert_eq!(blockers.is_empty(), runs.contains(&state), "{blockers:?} of {state:?} at {t}");
            for &blocker in &blockers {
                assert!(is_real(world, trace, blocker, t), "{blocker:?} of {blockers:?} is met at {t}");
            }
        }
    }
}

/// Whether a landlord's hands began in a stretch of time with servers that were said to be waited for.
fn began(world: &World, trace: &Trace, site: SiteId, said: &[Blocker], from: Time, to: Time) -> bool {
    trace.events.iter().filter(|e| (from..=to).contains(&e.at)).any(|e| match e.change {
        Change::Started(Task { kind: TaskKind::Boot(p), by_hand: true }) => {
            world[p].site == site && said.contains(&Blocker::Servers(p))
        }
        Change::Started(Task { kind: TaskKind::Provision(p), by_hand: true }) => {
            world[p].site == site && said.contains(&Blocker::Provisioning(p))
        }
        _ => false,
    })
}

/// What the run does: nothing comes back before its blockers are met, and whatever comes back does so with them.
fn back_with_all(world: &World, trace: &Trace) {
    for t in moments(trace, 12) {
        for i in 0..world.services.len() {
            let id = ServiceId::at(i);
            let blockers = why(world, trace, Subject::Service(id), t).blockers;
            let end = back(trace, id, t);
            let by_itself = end.is_some_and(|end| eased(trace, t, end));
            for &blocker in blockers.iter().filter(|_| !by_itself) {
                let Some(end) = end else { continue };
                // A queue of others may never be empty: what counts is that the turn came of what is waited for, its own
                // servers or those of what it leans on.
                let turn = matches!(blocker, Blocker::RemoteHands(site)
                    if began(world, trace, site, &blockers, t, end));
                assert!(
                    turn || was_met(world, trace, blocker, t, end),
                    "{id:?} came back at {end} without {blocker:?} of {blockers:?}, said at {t}"
                );
            }
            if let Some(met) = all_met(world, trace, &blockers, t) {
                assert!(
                    end.is_some_and(|end| end <= met),
                    "{blockers:?}, said at {t}, were all met at {met} and {id:?} did not come back"
                );
            }
        }
    }
}

/// Two buildings with two panels each, and a line between them.
fn two(services: &str, more: &str) -> World {
    let power = "power: {utility: {u: {}}, panels: {p: {room: h}, q: {room: h}}}";
    world(&format!(
        "schema: bridge/1\nmeta: {{id: case, t0: \"2022-10-15T00:00+00:00\", horizon: 48h, seed: 1}}\n\
         demand: {{users: 1M}}\nregions: {{r: {{}}}}\nsites:\n  \
         s: {{region: r, rooms: {{h: {{kind: hall}}}}, {power}}}\n  \
         t: {{region: r, rooms: {{h: {{kind: hall}}}}, {power}}}\n  \
         v: {{region: r, rooms: {{h: {{kind: hall}}}}, {power}}}\nservices:\n{services}{more}"
    ))
}

#[test]
fn a_database_that_cold_caches_keep_down_is_never_blocked_by_nothing() {
    // Its standby would do for what callers that are down pass on, not for what they ask for when they are up.
    let world = small(
        "  a: {users: 1, needs: [~db], shed: true, retry: {max: 1}, cache: {of: db, hit: 80%, warm: 20m}, \
         place: [[s/p, 1000]]}\n  db: {retry: {max: 0}, place: [[s/p, 1], [s/q, 1, standby]]}\n",
        "script: [{at: 1h, crash: a@s}]\n",
    );
    let trace = play(&world, 1);
    assert!(first(&trace, |_, c| c == Change::CacheCold).is_some());
    for t in moments(&trace, 1000) {
        least(&world, &trace, service(&world, "db"), t);
    }
}

#[test]
fn servers_that_run_beside_a_cut_wait_for_what_they_lean_on_and_for_nothing_else() {
    let world = two(
        "  eye: {role: monitor, place: [[v/p, 1]]}\n  a: {users: 1, shed: true, needs: [b], place: [[v/p, 10]]}\n  \
         b: {shed: true, place: [[v/q, 10]]}\n",
        "script: [{at: 1h, cut: s}, {at: 2h, crash: b@v}]\n",
    );
    let trace = play(&world, 1);
    let b = pool(&world, "b");
    assert!(trace.servers_up[b.index()].at(Time(7_500_000_000)) <= 0.0);
    assert_eq!(ask(&world, &trace, "a", 125).blockers, [Blocker::Servers(b)]);
    back_with_all(&world, &trace);
}

#[test]
fn what_runs_nowhere_behind_a_cut_has_to_be_reached_where_it_stands() {
    // Users reach t, but v does not; b, which a cannot serve without, stands there and has crashed.
    let world = two(
        "  a: {users: 1, needs: [b], place: [[v/p, 10]]}\n  b: {place: [[t/p, 10]]}\n",
        "script: [{at: 1h, cut: [t, v]}, {at: 1h, cut: [t, s]}, {at: 2h, crash: b@t}]\n",
    );
    let trace = play(&world, 1);
    let blockers = ask(&world, &trace, "a", 121).blockers;
    assert!(blockers.contains(&Blocker::Servers(pool(&world, "b"))), "{blockers:?}");
    assert!(blockers.contains(&Blocker::Network(site(&world, "t"))), "{blockers:?}");
    back_with_all(&world, &trace);
}

#[test]
fn a_backlog_that_is_full_behind_a_cut_has_to_be_reached_again() {
    // Work that nobody takes in is lost like anything else that a service cannot do without.
    let world = two(
        "  a: {users: 1, needs: [q], place: [[v/p, 10]]}\n  q: {backlog: {limit: 1m}, place: [[t/p, 10]]}\n",
        "script: [{at: 1h, cut: [t, v], lasts: 5h}, {at: 1h, cut: [t, s], lasts: 5h}, {at: 2h, crash: q@t}]\n",
    );
    let trace = play(&world, 1);
    let full = first(&trace, |_, c| c == Change::Backlog(BacklogState::Full)).expect("it fills").at;
    assert!(full < Time(5 * 3_600_000_000));
    let blockers = why(&world, &trace, Subject::Service(service(&world, "a")), full).blockers;
    assert!(blockers.contains(&Blocker::Network(site(&world, "t"))), "{blockers:?}");
    least_of_all(&world, &trace);
}

#[test]
fn a_quorum_that_carries_lines_has_to_be_joined_where_it_has_too_few_votes() {
    let world = two(
        "  a: {users: 1, needs: [net], place: [[v/p, 10]]}\n  \
         net: {role: network, quorum: 5, place: [[s/p, 2], [t/p, 2], [v/p, 1]]}\n",
        "script: [{at: 1h, cut: s}, {at: 2h, cut: t}]\n",
    );
    let trace = play(&world, 1);
    least_of_all(&world, &trace);
    back_with_all(&world, &trace);
}

#[test]
fn who_stepped_down_is_promoted_before_it_serves_again() {
    // The witness stands elsewhere: s steps down when it is cut off, and crashes when it is back.
    let world = two(
        "  eye: {role: monitor, place: [[v/q, 1]]}\n  hand: {role: controller, place: [[v/q, 1]]}\n  \
         a: {users: 1, shed: true, place: [[s/p, 10], [t/p, 10, standby]]}\n",
        "controls: {promote: {guard: witness, witness: v}}\n\
         script: [{at: 1h, cut: s, lasts: 30m}, {at: 110m, crash: a@s}, {at: 115m, trip: t/p}]\n",
    );
    let trace = play(&world, 1);
    let a = service(&world, "a");
    let home = pool(&world, "a");
    assert!(trace.pools[home.index()].at(Time(105 * 60_000_000)) == PoolState::Standby);
    let blockers = ask(&world, &trace, "a", 117).blockers;
    assert!(blockers.ends_with(&[Blocker::Servers(home), Blocker::Promotion(a)]), "{blockers:?}");
    least_of_all(&world, &trace);
}

#[test]
fn servers_that_come_up_in_parts_serve_nothing_before_their_data_are_brought_up_to_date() {
    // t is cut off, stops, and starts while s is written: t comes up behind what s holds, four servers on one hand.
    let world = two(
        "  eye: {role: monitor, place: [[v/q, 1]]}\n  \
         a: {users: 1, load: 3, shed: true, place: [[s/p, 1], [t/p, 4]], data: {size: 1 TB, replication: {async: 1s}}}\n",
        "people: {teams: {ops: {hands: 1}}}\n\
         script: [{at: 1h, cut: [t, s], lasts: 9h}, {at: 1h, cut: [t, v], lasts: 9h}, {at: 2h, crash: a@t}]\n",
    );
    let trace = play(&world, 1);
    let a = service(&world, "a");
    let there = world[a].pools[1];
    let up = trace.servers_up[there.index()].points();
    let some = up.iter().find(|p| p.0 > Time(7_200_000_000) && p.1 >= 2.0).expect("some of them start").0;
    assert_eq!(trace.pools[there.index()].at(some), PoolState::Restarting);
    let blockers = why(&world, &trace, Subject::Service(a), some).blockers;
    assert_eq!(blockers, [Blocker::Servers(there), Blocker::Check(there)]);
    least_of_all(&world, &trace);
}

#[test]
fn a_quieter_hour_makes_the_servers_that_run_enough_and_no_hands_are_waited_for() {
    // A fire next door keeps people from starting the rest of a; then they are busy with b. What runs of a is enough for
    // the hour before b is back.
    let world = world(
        "schema: bridge/1\nmeta: {id: case, t0: \"2022-10-15T15:00+09:00\", horizon: 48h, seed: 1}\n\
         demand: {users: 1M, shape: diurnal, trough: 0.4}\nregions: {r: {}}\n\
         sites:\n  s: {region: r, preset: tier3}\n  t: {region: r, preset: tier2}\nservices:\n  \
         a: {users: 1, needs: [b], shed: true, place: [[s, 600]]}\n  b: {users: 1, load: 1250, shed: true, place: [[t, 1300]]}\n\
         people: {teams: {ops: {hands: 12}}}\n\
         script: [{at: 6h, crash: a@s}, {at: 8h20m, ignite: s/bat-a}, {at: 8h, crash: b@t}]\n",
    );
    let trace = play(&world, 1);
    let a = service(&world, "a");
    let (own, share) = (&trace.own[a.index()], &trace.shares[a.index()]);
    let enough = Time(14 * 3_600_000_000);
    assert!(own.at(enough) >= WHOLE && own.at(Time(enough.0 - 1)) < WHOLE && share.at(enough) < WHOLE);
    back_with_all(&world, &trace);
}

#[test]
fn a_landlords_hands_are_waited_for_until_they_come_to_what_is_leant_on() {
    // One hand starts c, a, d, e in the order in which they crashed; b, elsewhere, is back with a, while e still waits.
    let world = world(
        "schema: bridge/1\nmeta: {id: case, t0: \"2022-10-15T00:00+00:00\", horizon: 48h, seed: 1}\n\
         demand: {users: 1M}\nregions: {r: {}}\nsites:\n  \
         s: {region: r, preset: tier2, operator: colocation, landlord: {hands: 1}}\n  t: {region: r, preset: tier2}\n\
         services:\n  a: {shed: true, place: [[s, 1]]}\n  b: {users: 1, needs: [a], shed: true, place: [[t, 1]]}\n  \
         c: {shed: true, place: [[s, 20]]}\n  d: {shed: true, place: [[s, 20]]}\n  \
         e: {shed: true, place: [[s, 20]]}\n  eye: {role: monitor, place: [[t, 1]]}\n\
         script: [{at: 1h, crash: c@s}, {at: 70m, crash: a@s}, {at: 80m, crash: d@s}, \
         {at: 80m, crash: e@s}]\n",
    );
    let trace = play(&world, 1);
    let blockers = ask(&world, &trace, "b", 85).blockers;
    let hands = Blocker::RemoteHands(site(&world, "s"));
    assert_eq!(blockers, [hands, Blocker::Servers(pool(&world, "a"))]);
    let came = back(&trace, service(&world, "b"), Time(85 * 60_000_000)).expect("b serves again");
    assert!(is_real(&world, &trace, hands, came), "somebody still waits");
    back_with_all(&world, &trace);
}

#[test]
fn users_that_were_led_away_have_to_be_led_home() {
    let world = two(
        "  eye: {role: monitor, place: [[v/q, 1]]}\n  hand: {role: controller, place: [[v/q, 1]]}\n  \
         names: {role: dns, place: [[v/q, 1]]}\n  \
         a: {users: 1, shed: true, place: [[s/p, 10], [t/p, 10, standby]]}\n",
        "controls: {promote: {guard: witness, witness: v}}\n\
         script: [{at: 1h, cut: s, lasts: 30m}, {at: 2h, crash: a@t}]\n",
    );
    let trace = play(&world, 1);
    let a = service(&world, "a");
    let blockers = ask(&world, &trace, "a", 121).blockers;
    assert!(blockers.ends_with(&[Blocker::Promotion(a), Blocker::Routes(a)]), "{blockers:?}");
    least_of_all(&world, &trace);
}

#[test]
fn a_quorum_that_serves_while_its_users_are_led_there_misses_what_it_does_not_reach() {
    let world = two(
        "  names: {role: dns, place: [[s/q, 1]]}\n  \
         a: {users: 1, needs: [~b], quorum: 7, place: [[t/p, 4], [s/p, 3, standby]]}\n  b: {place: [[t/p, 1]]}\n",
        "script: [{at: 1h, cut: t, lasts: 10h}]\n",
    );
    let trace = play(&world, 1);
    let led = first(&trace, |_, c| c == Change::Pool(PoolState::Routing)).expect("re-formed from s").at;
    let blockers = why(&world, &trace, Subject::Service(service(&world, "a")), led).blockers;
    assert!(blockers.contains(&Blocker::Network(site(&world, "t"))), "{blockers:?}");
    least_of_all(&world, &trace);
}

#[test]
fn where_losses_go_round_nothing_less_than_the_whole_brings_anything_back() {
    // Each hands all of its work on to the next; a loss of a is one of q, and through q once more of all of them.
    let world = two(
        "  a: {users: 1, shed: true, needs: [q], place: [[s/p, 3], [t/p, 7]]}\n  \
         b: {users: 1, shed: true, needs: [a, q], place: [[s/q, 10]]}\n  \
         c: {users: 1, shed: true, needs: [a, b, q], place: [[s/q, 10]]}\n  \
         q: {backlog: {limit: 10m}, needs: [c], place: [[s/q, 10]]}\n",
        "script: [{at: 1h, trip: t/p}]\n",
    );
    let trace = play(&world, 1);
    let full = first(&trace, |_, c| c == Change::Backlog(BacklogState::Full)).expect("it fills").at;
    let a = service(&world, "a");
    assert!(trace.shares[a.index()].at(full) <= 0.0 && trace.own[a.index()].at(full) > 0.4);
    let blockers = why(&world, &trace, Subject::Service(a), full).blockers;
    assert_eq!(blockers.last(), Some(&Blocker::Servers(world[a].pools[1])));
    least_of_all(&world, &trace);
    back_with_all(&world, &trace);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn blockers_are_real_enough_and_all_needed(company in company()) {
        let mut world = world(&company.text(&company.in_order()));
        company.afflict(&mut world);
        let trace = play(&world, company.seed);
        least_of_all(&world, &trace);
    }

    #[test]
    fn every_chain_of_anything_begins_with_a_trigger(company in company()) {
        let mut world = world(&company.text(&company.in_order()));
        company.afflict(&mut world);
        let trace = play(&world, company.seed);
        for t in moments(&trace, 8) {
            for subject in subjects(&world) {
                caused(&world, &trace, subject, t);
            }
        }
    }

    /// Where every service has one pool and sheds, nothing is done by tools and nobody knows how to go without anything
    /// there is only one way back, and the run takes it.
    #[test]
    fn nothing_comes_back_before_its_blockers_are_met(company in company()) {
        let mut company = company;
        for member in &mut company.services {
            member.only_way();
        }
        let mut world = world(&company.text(&company.in_order()));
        world.controls.bypass_default = None;
        company.afflict(&mut world);
        let trace = play(&world, company.seed);
        back_with_all(&world, &trace);
    }
}

/// The first moment after `t` at which all of some conditions are met, unless something more is lost before it.
fn all_met(world: &World, trace: &Trace, blockers: &[Blocker], t: Time) -> Option<Time> {
    let after = || trace.events.iter().filter(|e| e.at > t);
    let lost = |c| {
        matches!(
            c,
            Change::Incident(_)
                | Change::Pool(PoolState::NoPower | PoolState::Destroyed)
                | Change::Network(NetState::Apart(_) | NetState::Unreachable)
        )
    };
    // At the turn of an hour demand may grow beyond what runs.
    let grown = |e: &Event| e.at.0.is_multiple_of(3_600_000_000) && matches!(e.change, Change::Service(_));
    let storm = after().find(|e| lost(e.change) || grown(e)).map_or(trace.horizon, |e| e.at);
    let calm = after().take_while(|e| e.at < storm);
    let met = |at: &Time| !blockers.is_empty() && blockers.iter().all(|&b| !is_real(world, trace, b, *at));
    calm.map(|e| e.at).find(met)
}
