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

/// More hands that save less of what was lost are not what is missing.
const MATERIAL: f64 = 0.01;
/// What saves less of what was lost saves nothing, and so many seconds of all services together are none.
const NOTHING: f64 = 1e-6;
const MOMENT: f64 = 60.0;

/// What became of a run's findings with their mends.
#[derive(Clone, Debug, PartialEq)]
pub struct Mends {
    /// Every finding that can be mended so that it helps, those that save most first: in money if the scenario has any, else
    /// in user-minutes.
    pub each: Vec<Mended>,
    /// Those whose mend would not have helped here, or would have made it worse.
    pub idle: Vec<Mended>,
    /// All that help at once. None if there is none.
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
    /// Whether it is better with it: something is saved, or else people are there sooner. More hands have to save a
    /// hundredth of what was lost: fewer than that are not what is missing.
    pub helps: bool,
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
    let saved = saved(world, before, &after);
    Gain { yearly: yearly(world, &mended, mends), helps: helps(before, &saved, mends), saved }
}

/// See [`Gain::helps`].
fn helps(before: &Report, saved: &Saved, mends: &[Mend]) -> bool {
    let lost = before.total.money_lost.unwrap_or(before.total.user_minutes_lost);
    let worth = saved.worth();
    if lost > 0.0 && mends.iter().all(|mend| mend.hands().is_some()) {
        return worth >= MATERIAL * lost;
    }
    let sooner = |s: &Saved| s.restored_s + s.services.iter().map(|s| s.lost_s).sum::<f64>();
    worth > NOTHING * lost || (worth >= -NOTHING * lost && sooner(saved) > MOMENT)
}

/// Looks for the fewest hands that save half of what the most would save that a company could have: by halves, in
/// [`Search::STEPS`] steps.
#[derive(Clone, Debug)]
struct Search {
    mend: Mend,
    has: u32,
    most: u32,
    /// Too few, and enough, in steps between what there is and the most; and what enough of them save.
    few: u32,
    enough: u32,
    gain: Gain,
    /// What the fewest must save.
    wanted: f64,
}

impl Search {
    const STEPS: u32 = 12;
    /// Runs that it takes, at most.
    const RUNS: usize = 4;

    fn new(world: &World, plan: &[Mend], gain: &Gain) -> Option<Self> {
        let [mend] = *plan else { return None };
        let (whose, most) = mend.hands()?;
        let (_, has) = Mend::hands_of(world, whose)?;
        let (gain, wanted) = (gain.clone(), gain.saved.worth() / 2.0);
        gain.helps.then_some(Self { mend, has, most, few: 0, enough: Self::STEPS, gain, wanted })
    }

    fn plan(&self, step: u32) -> Vec<Mend> {
        let more = u64::from(self.most.saturating_sub(self.has)) * u64::from(step);
        let hands = self.has.saturating_add(more.div_ceil(u64::from(Self::STEPS)) as u32);
        vec![self.mend.with(hands)]
    }

    fn learn(&mut self, gain: Gain) {
        let step = u32::midpoint(self.few, self.enough);
        if gain.helps && gain.saved.worth() >= self.wanted {
            (self.enough, self.gain) = (step, gain);
        } else {
            self.few = step;
        }
    }
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
    /// The next of them is being looked for, in so many runs so far.
    search: Option<Search>,
    searched: usize,
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
        // The one as it was, and all of them at once.
        let mut runs = 2;
        for (finding, mends) in found {
            let known = plans.iter().position(|plan| *plan == mends);
            let cost = if mends.iter().any(|m| m.hands().is_some()) { 1 + Search::RUNS } else { 1 };
            let plan = known.or_else(|| {
                (runs + cost <= MOST_RUNS).then(|| {
                    runs += cost;
                    plans.push(mends.clone());
                    plans.len() - 1
                })
            });
            planned.push((finding.clone(), mends, plan));
        }
        // All of them at once: those that help, once it is known which.
        plans.extend((!plans.is_empty()).then(Vec::new));
        Self { seed: trace.seed, found: planned, plans, gains: Vec::new(), search: None, searched: 0 }
    }

    /// Makes the next run; false if there is none left. World, script and report are those it began with.
    pub fn step(&mut self, world: &World, script: &Script, before: &Report) -> bool {
        let at = self.gains.len();
        if at + 1 == self.plans.len() {
            self.plans[at] = self.all();
        }
        let run = |plan: &[Mend]| gain(world, before, script, self.seed, plan);
        match (&mut self.search, self.plans.get(at)) {
            (_, None) => return false,
            (Some(search), _) => {
                let found = run(&search.plan(u32::midpoint(search.few, search.enough)));
                search.learn(found);
                self.searched += 1;
            }
            (none, Some(plan)) => {
                let found = run(plan);
                *none = Search::new(world, plan, &found);
                if none.is_none() {
                    self.gains.push(found);
                }
            }
        }
        if let Some(search) = self.search.take_if(|search| search.enough - search.few <= 1) {
            self.plans[at] = search.plan(search.enough);
            for of in self.found.iter_mut().filter(|of| of.2 == Some(at)) {
                of.1.clone_from(&self.plans[at]);
            }
            self.gains.push(search.gain);
        }
        self.gains.len() < self.plans.len()
    }

    /// Everything that helps, once.
    fn all(&self) -> Vec<Mend> {
        let mut all: Vec<Mend> = Vec::new();
        for (plan, _) in self.plans.iter().zip(&self.gains).filter(|of| of.1.helps) {
            all.extend(plan.iter().filter(|m| !all.contains(m)).copied().collect::<Vec<Mend>>());
        }
        all
    }

    /// Designs of which it is known what they save, of those that are tried.
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

    /// All that helps at once, once it is known. None too if nothing does.
    #[must_use]
    pub fn together(&self) -> Option<&Gain> {
        let all = self.plans.last().is_some_and(|all| !all.is_empty());
        self.gains.last().filter(|_| all && self.gains.len() == self.plans.len())
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
        let (each, idle) = each.into_iter().partition(|one: &Mended| one.gain.helps);
        Mends {
            each,
            idle,
            together: self.together().cloned(),
            untried: self.found.iter().filter(|f| f.2.is_none()).count(),
            runs: 1 + self.gains.len() + self.searched,
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
