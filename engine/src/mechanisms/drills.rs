//! Drills: what was practised, how long ago, and whether it was as large as what happens now.
//!
//! Skill decays as e^(−t/τ) from the last drill to the alarm; nobody forgets while doing it. A drill counts for what is
//! no larger than itself: who has practised the loss of a site can cope with that of a server, but not the other way round.

use super::tasks::CrewId;
use crate::kernel::math;
use crate::run::Cx;
use crate::world::{Exercise, PoolId, Scope, SiteId, TeamId, World};
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
}

impl Practice {
    pub fn new(world: &World, cx: &Cx) -> Self {
        let pools: Vec<f64> = world.pools.iter().map(|p| f64::from(p.servers)).collect();
        let mut all = vec![0.0; world.sites.len()];
        for (pool, servers) in world.pools.iter().zip(&pools) {
            all[pool.site.index()] += servers;
        }
        // An incident does not choose its moment: where nobody says how long ago, it may be any time of the round.
        let last = |drill: &Exercise| {
            let any = || drill.every.scaled(cx.luck(drill.scope.name(), "drill").uniform());
            drill.last.unwrap_or_else(any)
        };
        let last = world.people.drills.iter().map(last).collect();
        Self { pools, sites: all.clone(), all, last }
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
        let alarm = alarm.map_or_else(|| cx.now(), |event| event.at).since(Time::ZERO);
        let people = &cx.world.people;
        let once = people.teams[team.index()].drilled.map(|last| last + alarm);
        let since = once.into_iter().chain(self.rounds(team, alarm, cx.world)).min();
        since.map_or(0.0, |since| math::exp(-since.secs() / people.drill.decay.secs().max(1e-6)))
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
