//! What each mend alone would have saved: the same incident on the same luck, with one change of the design.

use super::findings::{Evidence, Finding};
use super::mend::{Mend, choose};
use super::view::View;
use super::{Index, Report, report};
use crate::kernel::order::sorted;
use crate::run;
use crate::trace::Trace;
use crate::world::{Script, ServiceId, World};

/// Most runs that are made for one answer: the one as it was, one with all mends, and one for each of the findings that
/// cost people most.
pub const MOST_RUNS: usize = 48;

/// What became of a run's findings with their mends.
#[derive(Clone, Debug, PartialEq)]
pub struct Mends {
    /// Every finding that can be mended, those that save most first: in money if the scenario has any, else in
    /// user-minutes.
    pub each: Vec<Mended>,
    /// All of them at once. None if there is none.
    pub together: Option<Gain>,
    /// Findings that could be mended and were not tried: more than [`MOST_RUNS`] allows for.
    pub untried: usize,
    /// Runs that were made.
    pub runs: usize,
}

/// A finding, its mend, and what that saves.
#[derive(Clone, Debug, PartialEq)]
pub struct Mended {
    /// What was broken.
    pub finding: Finding,
    /// The changes.
    pub mends: Vec<Mend>,
    /// What they save.
    pub gain: Gain,
}

/// What a change saves, and what it costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Gain {
    /// What is saved in one run: without the change less with it. Negative where it makes things worse.
    pub saved: Saved,
    /// What the design costs more in a year, in the scenario's currency; none if it names no cost, or none for a change
    /// of that kind.
    pub yearly: Option<f64>,
}

/// What one run has over another.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// Seconds until everything was whole again; the run's length stands for never.
    pub restored_s: f64,
    /// User-minutes lost, a person counted once.
    pub user_minutes: f64,
    /// Money, if the scenario has any.
    pub money: Option<f64>,
    /// Services that lost more or less time, in the world's order.
    pub services: Vec<ServiceSaved>,
}

/// What a service has of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServiceSaved {
    /// Which.
    pub service: ServiceId,
    /// Seconds without any of its demand served.
    pub down_s: f64,
    /// Seconds with less than all of it served.
    pub lost_s: f64,
}

impl Saved {
    /// What findings are ranked by: money if there is any, else user-minutes.
    #[must_use]
    pub fn worth(&self) -> f64 {
        self.money.unwrap_or(self.user_minutes)
    }

    /// A service's own.
    #[must_use]
    pub fn of(&self, service: ServiceId) -> ServiceSaved {
        let found = self.services.iter().find(|s| s.service == service).copied();
        found.unwrap_or(ServiceSaved { service, down_s: 0.0, lost_s: 0.0 })
    }
}

impl Gain {
    /// What is saved for each unit of yearly cost; none if it costs nothing or nobody knows what.
    #[must_use]
    pub fn per_cost(&self) -> Option<f64> {
        self.yearly.filter(|cost| *cost > 0.0).map(|cost| self.saved.worth() / cost)
    }
}

/// What some changes together would have saved in a run.
#[must_use]
pub fn what_if(world: &World, script: &Script, seed: u64, mends: &[Mend]) -> Gain {
    gain(world, &report(world, &run(world, script, seed)), script, seed, mends)
}

fn gain(world: &World, before: &Report, script: &Script, seed: u64, mends: &[Mend]) -> Gain {
    let mut mended = world.clone();
    mends.iter().for_each(|mend| mend.put_into(&mut mended));
    let after = report(&mended, &run(&mended, script, seed));
    Gain { saved: saved(world, before, &after), yearly: yearly(world, &mended, mends) }
}

/// What the mended design costs more in a year.
fn yearly(world: &World, mended: &World, mends: &[Mend]) -> Option<f64> {
    let priced = mends.iter().all(|mend| mend.is_priced());
    let (before, after) = (super::yearly(world)?, super::yearly(mended)?);
    let hands = |w: &World| w.people.teams.iter().map(|t| f64::from(t.hands)).sum::<f64>();
    let hour = world.cost.as_ref().map_or(0.0, |cost| cost.hour);
    let people = (hands(mended) - hands(world)) * super::mend::WORKING_HOURS * hour;
    priced.then(|| after.total() - before.total() + people)
}

fn saved(world: &World, before: &Report, after: &Report) -> Saved {
    let horizon = world.meta.horizon;
    let end = |r: &Report| match (r.total.first_loss, r.total.restored) {
        (None, _) => 0.0,
        (_, restored) => restored.unwrap_or(horizon).secs(),
    };
    let services = (0..world.services.len()).map(|i| ServiceSaved {
        service: ServiceId::at(i),
        down_s: before.services[i].down.secs() - after.services[i].down.secs(),
        lost_s: before.services[i].lost.secs() - after.services[i].lost.secs(),
    });
    Saved {
        restored_s: end(before) - end(after),
        user_minutes: before.total.user_minutes_lost - after.total.user_minutes_lost,
        money: before.total.money_lost.zip(after.total.money_lost).map(|(a, b)| a - b),
        services: services.filter(|s| s.down_s != 0.0 || s.lost_s != 0.0).collect(),
    }
}

/// The mend of every finding of a run, and what it alone would have saved on the same luck.
///
/// A function of its arguments alone. At most [`MOST_RUNS`] runs are made.
#[must_use]
pub fn mends(world: &World, script: &Script, seed: u64) -> Mends {
    let trace = run(world, script, seed);
    let before = report(world, &trace);
    let mut counting = Counting::new(world, &trace, &before);
    while counting.step(world, script, &before) {}
    counting.mends()
}

/// The same answer as it comes together, one run at a time, for whoever cannot wait for all of them.
#[derive(Clone, Debug)]
pub struct Counting {
    seed: u64,
    /// Findings that can be mended, those that cost people most first, each with the position of its plan; none for those
    /// that are not tried.
    found: Vec<(Finding, Vec<Mend>, Option<usize>)>,
    /// Designs to run, each by what is mended in it. The last is all of them at once.
    plans: Vec<Vec<Mend>>,
    /// What came of the first of them.
    gains: Vec<Gain>,
}

impl Counting {
    /// What there is to count for a run and its report. No run is made yet.
    #[must_use]
    pub fn new(world: &World, trace: &Trace, before: &Report) -> Self {
        let index = Index::new(world, trace);
        let view = View { world, trace, index: &index };
        let (services, waterfalls, sites) = (&before.services, &before.waterfalls, &before.sites);
        let e = Evidence { view, services, waterfalls, sites };
        let found = before.findings.iter().map(|f| (f, choose(&e, f))).filter(|(_, mends)| !mends.is_empty());
        let found: Vec<(&Finding, Vec<Mend>)> =
            sorted(found.collect(), &|a, b| cost(before, b.0).total_cmp(&cost(before, a.0)));
        let mut plans: Vec<Vec<Mend>> = Vec::new();
        let mut planned = Vec::with_capacity(found.len());
        for (finding, mends) in found {
            let known = plans.iter().position(|plan| *plan == mends);
            let plan = known.or_else(|| {
                (plans.len() + 2 < MOST_RUNS).then(|| {
                    plans.push(mends.clone());
                    plans.len() - 1
                })
            });
            planned.push((finding.clone(), mends, plan));
        }
        let mut all: Vec<Mend> = Vec::new();
        for plan in &plans {
            all.extend(plan.iter().filter(|m| !all.contains(m)).copied().collect::<Vec<Mend>>());
        }
        plans.extend((!all.is_empty()).then_some(all));
        Self { seed: trace.seed, found: planned, plans, gains: Vec::new() }
    }

    /// Makes the next run; false if there is none left. World, script and report are those it began with.
    pub fn step(&mut self, world: &World, script: &Script, before: &Report) -> bool {
        let plan = self.plans.get(self.gains.len());
        self.gains.extend(plan.map(|plan| gain(world, before, script, self.seed, plan)));
        self.gains.len() < self.plans.len()
    }

    /// Runs that were made of those there are to make.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.gains.len(), self.plans.len())
    }

    /// Every finding that can be mended, with its mend and what that saves, as far as it is known.
    pub fn found(&self) -> impl Iterator<Item = (&Finding, &[Mend], Option<&Gain>)> {
        self.found.iter().map(|(finding, mends, plan)| {
            (finding, mends.as_slice(), plan.and_then(|plan| self.gains.get(plan)))
        })
    }

    /// Whether a finding's mend is among those that are tried.
    #[must_use]
    pub fn tries(&self, finding: &Finding) -> bool {
        self.found.iter().any(|f| f.0 == *finding && f.2.is_some())
    }

    /// All of it at once, once it is known. None too if there is nothing to mend.
    #[must_use]
    pub fn together(&self) -> Option<&Gain> {
        self.gains.last().filter(|_| self.gains.len() == self.plans.len())
    }

    /// The answer, as far as it is known.
    #[must_use]
    pub fn mends(&self) -> Mends {
        let known = self.found().filter_map(|(finding, mends, gain)| {
            Some(Mended { finding: finding.clone(), mends: mends.to_vec(), gain: gain?.clone() })
        });
        let each = sorted(known.collect(), &|a: &Mended, b: &Mended| {
            let worth = b.gain.saved.worth().total_cmp(&a.gain.saved.worth());
            worth.then((a.finding.code, a.finding.subject).cmp(&(b.finding.code, b.finding.subject)))
        });
        Mends {
            each,
            together: self.together().cloned(),
            untried: self.found.iter().filter(|f| f.2.is_none()).count(),
            runs: 1 + self.gains.len(),
        }
    }
}

/// What a finding can have cost: the user-minutes of those it hit, or of everybody.
fn cost(before: &Report, finding: &Finding) -> f64 {
    if finding.hit.is_empty() {
        return before.total.user_minutes_lost;
    }
    finding.hit.iter().map(|s| before.services[s.index()].user_minutes_lost).sum()
}
