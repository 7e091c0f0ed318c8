//! The smallest set of conditions that lets a service serve.
//!
//! Serving needs the own servers of everything in the hard closure; own servers need one of their ways; a way may need
//! boot dependencies that serve. So *would it serve?* is the model's own pair of fixed points (greatest for serving,
//! least for booting) with some conditions taken as met. The plan is built by walking down the nearest ways, checked
//! against that question, and thinned until every condition in it is needed.

use std::collections::BTreeSet;

use super::ground::{Ground, Level};
use super::ways::{self, Way};
use super::{Blocker, lines};
use crate::Time;
use crate::report::view::View;
use crate::trace::{PoolState, WHOLE};
use crate::world::{PoolId, ServiceId};

/// Longer plans are left as they were built. Each condition was needed by something when it was put in.
const MOST_THINNED: usize = 256;

/// What would come back first, as it grows.
pub(super) struct Plan<'a> {
    ground: Ground<'a>,
    /// From the service asked about to the one looked at, and whether each is booted from rather than leant on.
    path: Vec<(ServiceId, bool)>,
    seen: BTreeSet<(ServiceId, Level)>,
    found: Vec<Blocker>,
}

impl<'a> Plan<'a> {
    /// For a service that serves nothing to serve anything, or for one that serves some to serve all.
    pub fn of_service(view: View<'a>, id: ServiceId, t: Time) -> Vec<Blocker> {
        let Some((ground, level)) = asked(view, id, t) else { return Vec::new() };
        let mut plan = Self::new(ground);
        plan.visit(id, level, false);
        plan.complete(id, level);
        plan.thin(id, level);
        plan.found
    }

    /// For a pool's servers to serve, or to stand by again.
    pub fn of_pool(view: View<'a>, id: PoolId, t: Time) -> Vec<Blocker> {
        let waits_for_nothing = matches!(
            view.pool(id, t),
            PoolState::Up | PoolState::Standby | PoolState::Promoting | PoolState::Off | PoolState::Stored
        );
        if waits_for_nothing {
            return Vec::new();
        }
        let service = view.world[id].service;
        let mut plan = Self::new(surveyed(view, service, Level::Any, t));
        plan.path.push((service, false));
        let mut way = ways::restart(view, id, t);
        // A standby is back when it stands by.
        let led = view.pool(id, t) == PoolState::Routing;
        way.conditions.retain(|c| match c {
            Blocker::Decision | Blocker::Promotion(_) => false,
            Blocker::Routes(_) => led,
            _ => true,
        });
        plan.take(service, &way);
        plan.found
    }

    fn new(ground: Ground<'a>) -> Self {
        Self { ground, path: Vec::new(), seen: BTreeSet::new(), found: Vec::new() }
    }

    fn add(&mut self, conditions: &[Blocker]) {
        for &condition in conditions {
            if !self.found.contains(&condition) {
                self.found.push(condition);
            }
        }
    }

    fn visit(&mut self, s: ServiceId, level: Level, boot: bool) {
        if let Some(at) = self.path.iter().position(|p| p.0 == s) {
            return self.circle(s, at, boot);
        }
        if !self.seen.insert((s, level)) {
            return;
        }
        self.path.push((s, boot));
        for d in self.ground.leans(s, level) {
            self.visit(d, level, false);
        }
        if !self.ground.by_itself(s, level) {
            self.choose(s, level);
        }
        self.add(&lines::missed(self.ground.view, s, level, self.ground.t));
        self.path.pop();
    }

    /// Back where the walk came from. Leaning in a circle is harmless; if anything in it is booted from, nothing starts
    /// until somebody finds out how to do without it, where that is least work.
    fn circle(&mut self, s: ServiceId, at: usize, boot: bool) {
        let round = self.path[at..].windows(2).map(|w| (w[0].0, w[1].0, w[1].1));
        let last = self.path.last().map(|p| (p.0, s, boot));
        let booted = round.chain(last).filter(|edge| edge.2).map(|(of, on, _)| (of, on));
        if let Some((of, on)) = booted.min_by_key(|&edge| (self.ground.effort(edge), edge)) {
            let conditions = self.ground.bypass(of, on);
            self.add(&conditions);
        }
    }

    /// Takes the nearest ways until they are enough, and none that the rest makes needless. Where even all of them are too
    /// few for what arrives, less has to arrive as well; where they are too few for the demand itself, nothing else helps.
    fn choose(&mut self, s: ServiceId, level: Level) {
        let mut needed = self.ground.required(s, level, false);
        let ways = self.ground.ways_of(s);
        let all = self.ground.all(s);
        let mut too_much = all < needed || ways.is_empty();
        let chill = self.ground.chill(s);
        let warmer = too_much && !chill.is_empty() && all >= self.ground.required(s, level, true);
        if warmer {
            too_much = false;
            needed = self.ground.required(s, level, true);
            self.add(&chill);
        } else if too_much {
            needed = self.ground.enough(s, level, false);
        }
        let mut sum = self.ground.base(s);
        let mut taken: Vec<Way> = Vec::new();
        for way in ways.into_iter().filter(|_| all >= needed) {
            if sum >= needed {
                break;
            }
            sum += way.servers;
            taken.push(way);
        }
        for i in (0..taken.len()).rev() {
            if taken.len() > 1 && sum - taken[i].servers >= needed {
                sum -= taken.remove(i).servers;
            }
        }
        for way in &taken {
            self.take(s, way);
        }
        if too_much || (taken.is_empty() && !warmer) {
            self.add(&[Blocker::Capacity(s, self.ground.short(s))]);
        }
    }

    fn take(&mut self, s: ServiceId, way: &Way) {
        if way.boots {
            let (view, t) = (self.ground.view, self.ground.t);
            for d in view.missing_boots(s, t).collect::<Vec<_>>() {
                if self.ground.without.contains(&(s, d)) {
                    let conditions = self.ground.bypass(s, d);
                    self.add(&conditions);
                } else {
                    self.visit(d, Level::Any, true);
                }
            }
        }
        self.add(&way.conditions);
    }

    /// Where circles through several services are still closed, opens one more at a time.
    fn complete(&mut self, id: ServiceId, level: Level) {
        while !self.ground.serves(id, level, &self.found) {
            let Some((of, on)) = self.ground.stuck(&self.found) else { return };
            let conditions = self.ground.bypass(of, on);
            self.add(&conditions);
        }
    }

    /// Leaves out whatever is not needed.
    fn thin(&mut self, id: ServiceId, level: Level) {
        if self.found.len() > MOST_THINNED || !self.ground.serves(id, level, &self.found) {
            return;
        }
        for i in (0..self.found.len()).rev() {
            let without = self.found.remove(i);
            if !self.ground.serves(id, level, &self.found) {
                self.found.insert(i, without);
            }
        }
    }
}

/// See [`super::would_serve`].
pub(super) fn would_serve(view: View<'_>, id: ServiceId, t: Time, met: &[Blocker]) -> bool {
    asked(view, id, t).is_none_or(|(ground, level)| ground.serves(id, level, met))
}

fn surveyed(view: View<'_>, id: ServiceId, level: Level, t: Time) -> Ground<'_> {
    let mut ground = Ground::new(view, t);
    ground.survey(id, level);
    ground
}

/// What is asked of a service that is not whole, and the ground for it.
fn asked(view: View<'_>, id: ServiceId, t: Time) -> Option<(Ground<'_>, Level)> {
    let share = view.share(id, t);
    if share >= WHOLE {
        return None;
    }
    if share <= 0.0 {
        let ground = surveyed(view, id, Level::Any, t);
        if !ground.serves(id, Level::Any, &[]) {
            return Some((ground, Level::Any));
        }
        // Everybody serves something, and nothing is left of it: what is lost goes round in a circle of services that hand
        // all of their work on to each other, and is lost again each time. Only the whole brings anything back.
    }
    Some((surveyed(view, id, Level::All, t), Level::All))
}
