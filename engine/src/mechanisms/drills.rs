//! Drills: what was practised, how long ago, and whether it was as large as what happens now.
//!
//! Skill decays as e^(−t/τ) from the last drill to the alarm; nobody forgets while doing it. A drill counts for what is
//! no larger than itself: who has practised the loss of a site can cope with that of a server, but not the other way round.
//! One of the script counts once what it did is over.

use super::tasks::CrewId;
use crate::kernel::math;
use crate::kernel::random::Stream;
use crate::run::Cx;
use crate::trace::{Change, Stint, Subject, Trace};
use crate::world::{Exercise, Origin, PoolId, Scope, SiteId, TeamId, World};
use crate::{Span, Time};

/// A site or a region with fewer than this share of its servers up is lost.
const LOST: f64 = 0.5;

/// What is known of what was practised, and of how much is lost.
pub(super) struct Practice {
    /// Servers up, by pool and by site.
    pools: Vec<f64>,
    sites: Vec<f64>,
    /// The same on an ordinary day.
    all: Vec<f64>,
    /// Time since each drill of the calendar was last held, when the run begins.
    last: Vec<Span>,
    /// Drills of the script that are on, and those that were held and until when.
    on: Vec<Scope>,
    held: Vec<(Scope, Time)>,
}

impl Practice {
    pub fn new(world: &World, seed: u64) -> Self {
        let pools: Vec<f64> = world.pools.iter().map(|p| f64::from(p.servers)).collect();
        let mut all = vec![0.0; world.sites.len()];
        for (pool, servers) in world.pools.iter().zip(&pools) {
            all[pool.site.index()] += servers;
        }
        // An incident does not choose its moment: where nobody says how long ago, it may be any time of the round.
        let last = |drill: &Exercise| {
            let any = || drill.every.scaled(Stream::new(seed, drill.scope.name(), "drill").uniform());
            drill.last.unwrap_or_else(any)
        };
        let last = world.people.drills.iter().map(last).collect();
        Self { pools, sites: all.clone(), all, last, on: Vec::new(), held: Vec::new() }
    }

    /// A drill of the script begins, or an incident is over, and what was a drill in it has been held.
    pub fn learn(&mut self, change: Change, now: Time) {
        match change {
            Change::Began(Origin::Drill { scope, .. }) => self.on.push(scope),
            Change::Closed => self.held.extend(self.on.drain(..).map(|scope| (scope, now))),
            _ => {}
        }
    }

    /// So many servers of a pool are up.
    pub fn count(&mut self, pool: PoolId, up: u32, world: &World) {
        let before = std::mem::replace(&mut self.pools[pool.index()], f64::from(up));
        self.sites[world[pool].site.index()] += f64::from(up) - before;
    }

    /// How large it is: single servers, a site that has lost most of its servers, or a region that has, in several sites.
    fn scope(&self, world: &World) -> Scope {
        let lost: Vec<usize> =
            (0..world.sites.len()).filter(|&i| self.sites[i] < LOST * self.all[i]).collect();
        let region = |i: usize| world[SiteId::at(i)].region;
        let whole = |&i: &usize| {
            let of = || (0..world.sites.len()).filter(|&j| region(j) == region(i));
            let sum = |of: &[f64], sites: &mut dyn Iterator<Item = usize>| sites.map(|j| of[j]).sum::<f64>();
            lost.iter().filter(|&&j| region(j) == region(i)).count() > 1
                && sum(&self.sites, &mut of()) < LOST * sum(&self.all, &mut of())
        };
        match lost.is_empty() {
            true => Scope::Instance,
            false if lost.iter().any(whole) => Scope::Region,
            false => Scope::Site,
        }
    }

    /// 1 for people who drilled this just now, 0 for people who never did.
    pub fn skill(&self, crew: CrewId, cx: &Cx) -> f64 {
        let CrewId::Team(team) = crew else { return 0.0 };
        let alarm = cx.board.alarm.and_then(|id| cx.board.events().get(id.0 as usize));
        self.remembered(team, alarm.map_or_else(|| cx.now(), |event| event.at), cx.world)
    }

    /// The same of a team for a loss like the present one, when the alarm was then.
    fn remembered(&self, team: TeamId, alarm: Time, world: &World) -> f64 {
        let (people, alarm) = (&world.people, alarm.since(Time::ZERO));
        let once = people.teams[team.index()].drilled.map(|last| last + alarm);
        let since =
            once.into_iter().chain(self.rounds(team, alarm, world)).chain(self.held(alarm, world)).min();
        since.map_or(0.0, |since| math::exp(-since.secs() / people.drill.decay.secs().max(1e-6)))
    }

    /// Time since the last drill of the script that is of use now, in which everybody took part.
    fn held(&self, alarm: Span, world: &World) -> Option<Span> {
        if self.held.is_empty() {
            return None;
        }
        let scope = self.scope(world);
        let useful =
            self.held.iter().filter(|(of, _)| *of >= scope).map(|(_, until)| until.since(Time::ZERO));
        useful.filter(|until| *until <= alarm).max().map(|until| Span(alarm.0 - until.0))
    }

    /// Time since each drill of the calendar that is of use to a team now.
    fn rounds(&self, team: TeamId, alarm: Span, world: &World) -> Vec<Span> {
        if world.people.drills.is_empty() {
            return Vec::new();
        }
        let scope = self.scope(world);
        let drills = world.people.drills.iter().zip(&self.last);
        let useful = drills.filter(|(d, _)| d.scope >= scope && d.teams.contains(&team));
        useful.map(|(d, &last)| Span((last + alarm).0 % d.every.0.max(1))).collect()
    }
}

/// The skill of those who did each stretch of a finished run's work, as of its beginning; 0 for what no team did.
pub(crate) fn in_hindsight(world: &World, trace: &Trace) -> Vec<f64> {
    let mut practice = Practice::new(world, trace.seed);
    let mut events = trace.events.iter().peekable();
    let mut alarm = None;
    let skill = |stint: &Stint| {
        while let Some(event) = events.next_if(|e| e.at <= stint.from) {
            practice.learn(event.change, event.at);
            match (event.subject, event.change) {
                (Subject::Pool(pool), Change::Servers(up)) => practice.count(pool, up, world),
                (_, Change::Detected { .. } | Change::Notified) => alarm = alarm.or(Some(event.at)),
                (_, Change::Closed) => alarm = None,
                _ => {}
            }
        }
        let CrewId::Team(team) = stint.crew else { return 0.0 };
        practice.remembered(team, alarm.unwrap_or(stint.from), world)
    };
    trace.work.iter().map(skill).collect()
}
