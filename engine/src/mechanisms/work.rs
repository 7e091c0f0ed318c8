//! Work: crews with so many hands, each serving a queue.
//!
//! A job is an amount of work that is used up at the rate of the hands on it; a batch (starting a pool's servers) takes
//! as many hands as it has servers. Before anybody commands, a crew works first-in first-out; afterwards by the declared
//! priority, which what a prior service depends on inherits. Whenever hands move, every job's next threshold is solved
//! anew and its alarm moved. This is the machine-repair model with batches.

use std::collections::BTreeMap;

use super::tasks::{self, CrewId, Habit};
use super::{Mechanism, Timer};
use crate::kernel::math;
use crate::kernel::queue::Slot;
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, PoolState, Subject, Task, TaskKind};
use crate::world::{ServiceId, SiteId, TeamId, World};
use crate::{Span, Time};

/// A batch reports its progress in so many steps.
const STEPS: u32 = 20;
/// A task can go wrong so many times at most.
const REDO: u8 = 3;
/// Share of a task that is done again when it went wrong: it shows when the result is tried.
const REWORK: f64 = 0.5;
/// Building work follows a plan of many small steps: its spread is this share of that of work on computers.
const PLANNED: f64 = 0.5;

struct Crew {
    id: CrewId,
    /// Hands; for the deployment tool, servers a second.
    capacity: f64,
    jobs: Vec<Job>,
    since: Time,
    /// The last job done: what freed the hands that the next one got.
    freed: Option<EventId>,
}

struct Job {
    task: Task,
    habit: Habit,
    queued: EventId,
    waited: bool,
    started: Option<EventId>,
    /// Hand-seconds; for the deployment tool, servers.
    total: f64,
    left: f64,
    /// Most hands that can work on it at once.
    width: f64,
    hands: f64,
    /// Servers in a batch, and those reported.
    batch: u32,
    reported: u32,
    redo: u8,
    rank: usize,
    sequence: u64,
    slot: Slot,
}

/// The crews' memory.
pub(crate) struct Work {
    crews: Vec<Crew>,
    /// What is left of a batch that was taken from one crew and may go to another.
    unfinished: BTreeMap<TaskKind, f64>,
    /// How often each task was asked for: every time has luck of its own.
    asked: BTreeMap<TaskKind, u32>,
    /// Rank of each service once there is a commander.
    ranks: Vec<usize>,
    commanded: bool,
    talk: f64,
    sequence: u64,
    touched: Vec<bool>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Threshold {
    crew: u32,
    sequence: u64,
}

impl Mechanism for Work {
    type Timer = Threshold;
    const CLASS: u8 = 11;

    fn new(world: &World, _cx: &mut Cx) -> Self {
        let crew = |id, capacity| Crew { id, capacity, jobs: Vec::new(), since: Time::ZERO, freed: None };
        let teams = world.people.teams.iter().enumerate();
        let mut crews: Vec<Crew> =
            teams.map(|(i, t)| crew(CrewId::Team(TeamId(i as u32)), f64::from(t.hands))).collect();
        crews.push(crew(CrewId::Deploy, world.controls.boot_auto));
        for (i, site) in world.sites.iter().enumerate() {
            crews.push(crew(CrewId::Electricians(SiteId::at(i)), f64::from(site.restore.crews)));
        }
        let touched = vec![false; crews.len()];
        let ranks = ranks(world);
        Self {
            crews,
            unfinished: BTreeMap::new(),
            asked: BTreeMap::new(),
            ranks,
            commanded: false,
            talk: 1.0,
            sequence: 0,
            touched,
        }
    }

    fn ring(&mut self, threshold: Threshold, cx: &mut Cx) {
        let index = threshold.crew as usize;
        self.crews[index].advance(cx.now(), self.talk);
        self.touched[index] = true;
        if let Some(at) = self.crews[index].jobs.iter().position(|j| j.sequence == threshold.sequence) {
            self.reach(index, at, cx);
        }
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        match (heard.subject, heard.change) {
            (_, Change::Queued(task)) => self.queue(task, heard.id, cx),
            (_, Change::Dropped(task)) => self.take_back(task, cx),
            (_, Change::Commander) => self.command(cx),
            (
                Subject::Pool(pool),
                Change::Pool(PoolState::NoPower | PoolState::Destroyed) | Change::Incident(_),
            ) => {
                let kind = TaskKind::Boot(pool);
                self.take_back(Task { kind, by_hand: true }, cx);
                self.take_back(Task { kind, by_hand: false }, cx);
                self.unfinished.remove(&kind);
            }
            _ => {}
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        if self.commanded && cx.board.alarm.is_none() {
            self.commanded = false;
        }
        if self.talk.to_bits() != cx.board.talk.to_bits() {
            for (crew, touched) in self.crews.iter_mut().zip(&mut self.touched) {
                crew.advance(cx.now(), self.talk);
                *touched = true;
            }
            self.talk = cx.board.talk;
        }
        for i in 0..self.crews.len() {
            if std::mem::take(&mut self.touched[i]) {
                self.share_out(i, cx);
            }
        }
    }
}

impl Crew {
    /// Uses up work for the time since the last change of hands.
    fn advance(&mut self, now: Time, talk: f64) {
        let elapsed = now.since(self.since).secs();
        self.since = now;
        for job in &mut self.jobs {
            job.left = (job.left - job.hands * elapsed / job.drag(talk)).max(0.0);
        }
    }
}

impl Job {
    /// How many times as long it takes for want of a way to talk.
    const fn drag(&self, talk: f64) -> f64 {
        if matches!(self.habit, Habit::Expert | Habit::Routine) { talk } else { 1.0 }
    }

    /// The next number of servers to report.
    fn next_report(&self) -> u32 {
        (self.reported + self.batch.div_ceil(STEPS)).min(self.batch)
    }

    /// Work that is left when the next threshold is reached.
    fn left_at_threshold(&self) -> f64 {
        if self.batch == 0 {
            0.0
        } else {
            self.total * (1.0 - f64::from(self.next_report()) / f64::from(self.batch))
        }
    }
}

impl Work {
    fn queue(&mut self, task: Task, queued: EventId, cx: &mut Cx) {
        let spec = tasks::spec(task, cx.world);
        let index = self.crew(spec.crew);
        self.crews[index].advance(cx.now(), self.talk);
        self.sequence += 1;
        let continued = self.unfinished.remove(&task.kind);
        let times = self.asked.entry(task.kind).or_default();
        *times += u32::from(continued.is_none());
        let work = amount(task, *times, cx);
        let batch = spec.servers.unwrap_or(0);
        let share = continued.unwrap_or(1.0);
        let reported = (f64::from(batch) * (1.0 - share) + 0.5) as u32;
        let rank = if self.commanded { self.rank(spec.service) } else { usize::MAX };
        self.crews[index].jobs.push(Job {
            task,
            habit: spec.habit,
            queued,
            waited: false,
            started: None,
            total: work,
            left: work * share,
            width: f64::from(batch.max(1)),
            hands: 0.0,
            batch,
            reported,
            redo: 0,
            rank,
            sequence: self.sequence,
            slot: cx.slot(),
        });
        self.touched[index] = true;
    }

    fn take_back(&mut self, task: Task, cx: &mut Cx) {
        let index = self.crew(tasks::spec(task, cx.world).crew);
        self.crews[index].advance(cx.now(), self.talk);
        let Some(at) = self.crews[index].jobs.iter().position(|j| j.task == task) else { return };
        let job = self.crews[index].jobs.remove(at);
        cx.cancel(job.slot);
        if job.batch > 0 {
            self.unfinished.insert(task.kind, 1.0 - f64::from(job.reported) / f64::from(job.batch));
        }
        self.touched[index] = true;
    }

    /// A job's next threshold: part of a batch, or all of it.
    fn reach(&mut self, index: usize, at: usize, cx: &mut Cx) {
        let job = &mut self.crews[index].jobs[at];
        job.left = job.left_at_threshold();
        let by: Vec<EventId> = job.started.into_iter().collect();
        if job.batch > 0 {
            job.reported = job.next_report();
            let (task, up, batch) = (job.task, job.reported, job.batch);
            let TaskKind::Boot(pool) = task.kind else { return };
            let progress = cx.board.record(Subject::Pool(pool), Change::Progress(task, up), &by);
            if up == batch {
                self.finish(index, at, &[progress], cx);
            }
        } else if job.habit == Habit::Expert && job.redo < REDO && goes_wrong(job.task, job.redo, cx) {
            job.redo += 1;
            job.left = job.total * REWORK;
            cx.board.record(tasks::spec(job.task, cx.world).subject, Change::Redone(job.task), &by);
        } else {
            self.finish(index, at, &by, cx);
        }
    }

    fn finish(&mut self, index: usize, at: usize, by: &[EventId], cx: &mut Cx) {
        let job = self.crews[index].jobs.remove(at);
        cx.cancel(job.slot);
        let done = cx.board.record(tasks::spec(job.task, cx.world).subject, Change::Done(job.task), by);
        self.crews[index].freed = Some(done);
    }

    /// Gives the hands to the jobs in order, and sets each job's next alarm.
    fn share_out(&mut self, index: usize, cx: &mut Cx) {
        let talk = self.talk;
        let crew = &mut self.crews[index];
        crew.advance(cx.now(), talk);
        crew.jobs.sort_by_key(|j| (j.rank, j.sequence));
        let mut free = crew.capacity;
        for job in &mut crew.jobs {
            job.hands = if crew.id == CrewId::Deploy { free } else { job.width.min(free) };
            free -= job.hands;
            if job.hands <= 0.0 {
                job.waited = true;
                cx.cancel(job.slot);
                continue;
            }
            if job.started.is_none() {
                let freed = if job.waited { crew.freed } else { None };
                let causes: Vec<EventId> = [Some(job.queued), freed].into_iter().flatten().collect();
                job.started = Some(cx.board.record(
                    tasks::spec(job.task, cx.world).subject,
                    Change::Started(job.task),
                    &causes,
                ));
            }
            let wait = (job.left - job.left_at_threshold()).max(0.0) * job.drag(talk) / job.hands;
            let threshold = Threshold { crew: index as u32, sequence: job.sequence };
            cx.set(job.slot, Span::from_secs_f64(wait), Timer::Work(threshold));
        }
        if let CrewId::Team(team) = crew.id {
            let busy = crew.jobs.iter().map(|j| j.hands).sum();
            cx.board.set_hands(team, busy);
        }
    }

    fn command(&mut self, cx: &mut Cx) {
        self.commanded = true;
        for index in 0..self.crews.len() {
            self.crews[index].advance(cx.now(), self.talk);
            for at in 0..self.crews[index].jobs.len() {
                let spec = tasks::spec(self.crews[index].jobs[at].task, cx.world);
                self.crews[index].jobs[at].rank = self.rank(spec.service);
            }
            self.touched[index] = true;
        }
    }

    fn rank(&self, service: Option<ServiceId>) -> usize {
        service.map_or(0, |s| self.ranks[s.index()])
    }

    fn crew(&self, id: CrewId) -> usize {
        // Every team, the tool and every building's electricians have a crew from the start.
        self.crews.iter().position(|c| c.id == id).unwrap_or(0)
    }
}

/// How much work a task is, with this run's luck and these people's practice.
fn amount(task: Task, times: u32, cx: &Cx) -> f64 {
    let world = cx.world;
    let spec = tasks::spec(task, world);
    let luck = |sigma| {
        let mut stream = cx.luck(&tasks::name(task.kind, world), &format!("effort {times}"));
        stream.lognormal(sigma)
    };
    let sigma = world.people.sigma;
    let factor = match spec.habit {
        Habit::Expert => luck(sigma) * clumsiness(world),
        Habit::Routine => luck(sigma) * clumsiness(world) * (1.0 + error(world)),
        Habit::Planned => luck(PLANNED * sigma),
        Habit::Machine => 1.0,
    };
    f64::from(spec.servers.unwrap_or(1)) * (spec.effort * factor)
}

/// 1 for people who drilled yesterday, `slow` for people who never did: skill decays as e^(−t/τ).
fn clumsiness(world: &World) -> f64 {
    1.0 + (world.people.drill.slow - 1.0) * (1.0 - skill(world))
}

fn error(world: &World) -> f64 {
    world.people.drill.error * (1.0 - skill(world))
}

fn skill(world: &World) -> f64 {
    let drill = &world.people.drill;
    drill.last.map_or(0.0, |since| math::exp(-since.secs() / drill.decay.secs().max(1e-6)))
}

/// Whether a mistake shows now that the result is tried.
fn goes_wrong(task: Task, again: u8, cx: &Cx) -> bool {
    let p = error(cx.world);
    cx.luck(&tasks::name(task.kind, cx.world), &format!("error {again}")).chance(p)
}

/// Rank of each service: its place in the declared priority, or that of the first prior service that leans on it.
fn ranks(world: &World) -> Vec<usize> {
    let mut ranks = vec![usize::MAX; world.services.len()];
    for (rank, &prior) in world.people.command.priority.iter().enumerate() {
        let mut open = vec![prior];
        while let Some(service) = open.pop() {
            if ranks[service.index()] > rank {
                ranks[service.index()] = rank;
                open.extend(leans_on(world, service));
            }
        }
    }
    ranks
}

fn leans_on(world: &World, service: ServiceId) -> impl Iterator<Item = ServiceId> + '_ {
    let needs = world[service].needs.iter().filter(|n| n.soft.is_none()).map(|n| n.on);
    needs.chain(world[service].boots.iter().copied())
}
