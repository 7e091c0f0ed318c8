//! A moment of a finished run, as those who work on it see it.

use super::index::{Index, Stage};
use crate::Time;
use crate::trace::{Phase, PoolState, Trace, WHOLE};
use crate::world::{PoolId, Role, ServiceId, World};

/// A run and its index.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub world: &'a World,
    pub trace: &'a Trace,
    pub index: &'a Index,
}

/// What promoting a standby, or re-forming a quorum, waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Switching {
    /// Somebody or something is at it.
    UnderWay,
    /// A free hand.
    Hands,
    /// Somebody who says go.
    Decision,
    /// What the service needs: a switch is verified against the live system.
    Needs,
    /// The controller has switched it lately, and may not yet again.
    Held,
}

impl View<'_> {
    pub fn share(&self, s: ServiceId, t: Time) -> f64 {
        self.trace.shares[s.index()].at(t)
    }

    /// When somebody first knew of a loss of it, and whether the monitor told. What was seen and over in one instant was none.
    pub fn detected(&self, s: ServiceId) -> Option<(Time, bool)> {
        let lost = self.trace.shares[s.index()].points().iter().find(|p| p.1 < WHOLE)?.0;
        self.index.detected[s.index()].iter().copied().find(|seen| seen.0 >= lost)
    }

    /// Share of what callers hand over that it takes: all of it where work may wait and there is room.
    pub fn holds(&self, s: ServiceId, t: Time) -> f64 {
        if self.takes_in(s, t) { 1.0 } else { self.share(s, t) }
    }

    /// Whether work may wait for a service and there is room for it.
    pub fn takes_in(&self, s: ServiceId, t: Time) -> bool {
        self.world[s].backlog.is_some() && self.trace.backlogs[s.index()].takes_in(t)
    }

    pub fn own(&self, s: ServiceId, t: Time) -> f64 {
        self.trace.own[s.index()].at(t)
    }

    pub fn phase(&self, s: ServiceId, t: Time) -> Phase {
        self.trace.phases[s.index()].at(t)
    }

    pub fn pool(&self, p: PoolId, t: Time) -> PoolState {
        self.trace.pools[p.index()].at(t)
    }

    /// Servers that run of a pool.
    pub fn servers(&self, p: PoolId, t: Time) -> f64 {
        self.trace.servers_up[p.index()].at(t)
    }

    /// Whether a pool serves when its servers run, or would have to be promoted first.
    pub fn active(&self, p: PoolId, t: Time) -> bool {
        self.trace.active[p.index()].at(t) > 0.0
    }

    /// Whether what runs of a pool may serve its data: they were read through, and caught up with what others wrote.
    pub fn fit(&self, p: PoolId, t: Time) -> bool {
        self.trace.fit[p.index()].at(t) > 0.0
    }

    /// Votes that are a majority, of a service with a quorum.
    pub fn majority(&self, s: ServiceId, t: Time) -> Option<f64> {
        self.world[s].quorum?;
        Some((self.trace.voters[s.index()].at(t) / 2.0).floor() + 1.0)
    }

    /// Whether a pool holds nothing of what its service stores.
    pub fn empty(&self, p: PoolId, t: Time) -> bool {
        let filled = self.index.filled[p.index()].is_some_and(|at| at <= t);
        !filled && crate::run::begins_empty(&self.world[p], self.world)
    }

    /// Servers that were started and are not up yet, whatever became of the rest.
    pub fn coming(&self, p: PoolId, t: Time) -> f64 {
        let started = &self.index.started[p.index()];
        let last = started[..started.partition_point(|s| s.0 <= t)].last();
        let on_the_way = last.filter(|s| s.0 + self.world.controls.boot_time > t);
        on_the_way.map_or(0.0, |s| (f64::from(s.1) - self.servers(p, t)).max(0.0))
    }

    /// Boot dependencies that neither serve nor are gone without.
    pub fn missing_boots(&self, s: ServiceId, t: Time) -> impl Iterator<Item = ServiceId> + '_ {
        let lacks = move |d: &ServiceId| self.share(*d, t) <= 0.0 && !self.index.without(s, *d, t);
        self.world[s].boots.iter().copied().filter(lacks)
    }

    /// The pool that is nearest to serving of those that do not, and its state.
    pub fn nearest(&self, s: ServiceId, t: Time) -> Option<(PoolId, PoolState)> {
        let states = self.world[s].pools.iter().map(|&p| (p, self.pool(p, t)));
        states.filter(|&(_, state)| state != PoolState::Up).min_by_key(|&(_, state)| distance(state))
    }

    /// What the switch waits for of a service that is not whole and could be switched; none if it could not.
    pub fn switching(&self, s: ServiceId, t: Time) -> Option<Switching> {
        let idle = |p: &PoolId| matches!(self.pool(*p, t), PoolState::Standby | PoolState::Promoting);
        let servers = |p: &PoolId| self.servers(*p, t) > 0.0;
        let pools = &self.world[s].pools;
        let lost = self.own(s, t) < WHOLE;
        let reform = self.world[s].quorum.is_some() && pools.iter().any(servers);
        if !lost || !(reform || pools.iter().any(idle)) {
            return None;
        }
        Some(match self.index.promotion(s, t) {
            Some(Stage::Queued) => Switching::Hands,
            Some(_) => Switching::UnderWay,
            None if self.phase(s, t) == Phase::Switching => Switching::UnderWay,
            None if self.decided(t) => Switching::Needs,
            None if self.held(s, t) => Switching::Held,
            None if self.doubted(s, t) => Switching::UnderWay,
            None => Switching::Decision,
        })
    }

    /// Whether a controller that would switch has done so too lately.
    fn held(&self, s: ServiceId, t: Time) -> bool {
        let last = self.index.automatic[s.index()].iter().rfind(|&&at| at <= t);
        self.acts(t) && last.is_some_and(|&at| at + self.world.controls.hold_down > t)
    }

    /// Whether a controller has stopped it because the monitor took it for down.
    fn doubted(&self, s: ServiceId, t: Time) -> bool {
        let auto = self.world.controls.promote_auto;
        let during = |of: &(Time, Time)| of.0 <= t && (of.1 == Time::NEVER || of.1 + auto > t);
        self.acts(t) && self.index.suspected[s.index()].iter().any(during)
    }

    /// Whether monitor and controller switch without being told.
    pub fn acts(&self, t: Time) -> bool {
        let works = |role| self.holders(role).any(|s| self.does(s, t));
        let set = self.holders(Role::Config).next().is_none() || works(Role::Config);
        works(Role::Monitor) && works(Role::Controller) && set
    }

    /// Whether a go is in force.
    pub fn decided(&self, t: Time) -> bool {
        self.index.within(&self.index.decided, t).is_some_and(|at| at <= t)
    }

    /// Whether a service does its job for the others: it serves at least half.
    pub fn does(&self, s: ServiceId, t: Time) -> bool {
        self.share(s, t) >= 0.5
    }

    /// Services with a role.
    pub fn holders(&self, role: Role) -> impl Iterator<Item = ServiceId> + '_ {
        self.index.holders(role)
    }
}

/// How far a pool is from serving.
pub(crate) const fn distance(state: PoolState) -> u8 {
    match state {
        PoolState::Up => 0,
        PoolState::Promoting | PoolState::Routing => 1,
        PoolState::Checking => 2,
        PoolState::Restarting => 3,
        PoolState::Standby => 4,
        PoolState::WaitHands => 5,
        PoolState::WaitBoot => 6,
        PoolState::Restoring => 7,
        PoolState::Provisioning => 8,
        PoolState::WaitAccess => 9,
        PoolState::WaitData => 10,
        PoolState::Off => 11,
        PoolState::NoPower => 12,
        PoolState::WaitParts => 13,
        PoolState::Destroyed => 14,
        PoolState::Stored => 15,
    }
}
