//! Work: crews with so many hands, each serving a queue.
//!
//! A job is an amount of work that is used up at the rate of the hands on it; a batch (starting a pool's servers) takes
//! as many hands as it has servers. Before anybody commands, a crew works first-in first-out; afterwards by priority.
//! This is the machine-repair model with batches.
//!
//! ```text
//!  queue   ■■■■ ■■■■■■ ■■··│ ····· ··· ········     ■ hands at work, · places without one
//!                      last┘
//! ```
//!
//! Those at work are always the first of the queue, and all but the last of them have as many hands as they can use. A
//! change moves only that boundary, so that a run costs what happens in it, however much is waiting.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Excluded, Unbounded};

use super::drills::Practice;
use super::priority::{Ranks, UNRANKED};
use super::tasks::{self, CrewId, Habit, Spec};
use super::{Mechanism, Timer, effort};
use crate::kernel::queue::Slot;
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, PoolState, Subject, Task, TaskKind};
use crate::world::{Action, SiteId, TeamId, World};
use crate::{Span, Time};

/// A batch reports its progress in so many steps.
const STEPS: u32 = 20;
/// A task can go wrong so many times at most.
const REDO: u8 = 3;
/// Share of a task that is done again when it went wrong: it shows when the result is tried.
const REWORK: f64 = 0.5;

/// Place in a queue: rank, then the order of asking; of what is asked for together, by luck, for it has no order of its own.
type Place = (u64, u64);

struct Crew {
    id: CrewId,
    /// Hands that are there; for the deployment tool, servers a second.
    capacity: f64,
    /// Hands without work; fewer than none while some have yet to be taken from a job.
    free: f64,
    queue: BTreeSet<Place>,
    /// The last job that has hands.
    last: Option<Place>,
    /// Jobs that are new, or whose hands or next threshold changed in this instant.
    changed: BTreeSet<Place>,
    /// The last job done: what freed the hands that the next one got.
    freed: Option<EventId>,
}

struct Job {
    task: Task,
    habit: Habit,
    crew: usize,
    rank: u64,
    queued: EventId,
    waited: bool,
    started: Option<EventId>,
    /// Hand-seconds; for the deployment tool, servers.
    total: f64,
    left: f64,
    /// When `left` was so much.
    since: Time,
    /// Most hands that can work on it at once.
    width: f64,
    hands: f64,
    /// The stretch of work in the trace that is not over yet.
    stint: Option<usize>,
    /// Servers in a batch, and those reported.
    batch: u32,
    reported: u32,
    redo: u8,
    slot: Slot,
}

/// The crews' memory.
pub(crate) struct Work {
    crews: Vec<Crew>,
    /// Jobs that are not done, in the order of asking.
    jobs: BTreeMap<u64, Job>,
    by_task: BTreeSet<(Task, u64)>,
    /// How many crews are teams, and how many buildings there are.
    teams: usize,
    sites: usize,
    /// What is left of a batch that was taken from one crew and may go to another.
    unfinished: BTreeMap<TaskKind, f64>,
    /// How often each task was asked for: every time has luck of its own.
    asked: BTreeMap<TaskKind, u32>,
    ranks: Ranks,
    practice: Practice,
    commanded: bool,
    talk: f64,
    /// How often hands were shared out: what was asked for in between was asked for together.
    round: u32,
    /// Crews in which something changed in this instant.
    touched: BTreeSet<usize>,
    /// Experts' work that waits until its team is let in.
    barred: Vec<(Task, EventId)>,
}

/// A job, by its number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Threshold(u64);

impl Mechanism for Work {
    type Timer = Threshold;
    const CLASS: u8 = 11;

    fn new(world: &World, cx: &mut Cx) -> Self {
        let crew = |id, capacity| Crew {
            id,
            capacity,
            free: capacity,
            queue: BTreeSet::new(),
            last: None,
            changed: BTreeSet::new(),
            freed: None,
        };
        // In the order in which `position` looks for them.
        let teams = world.people.teams.iter().enumerate();
        let mut crews: Vec<Crew> =
            teams.map(|(i, t)| crew(CrewId::Team(TeamId(i as u32)), f64::from(t.hands))).collect();
        crews.push(crew(CrewId::Deploy, world.controls.boot_auto));
        for (i, site) in world.sites.iter().enumerate() {
            crews.push(crew(CrewId::Electricians(SiteId::at(i)), f64::from(site.restore.crews)));
        }
        for (i, site) in world.sites.iter().enumerate() {
            crews.push(crew(CrewId::Landlord(SiteId::at(i)), f64::from(site.landlord.hands)));
        }
        Self {
            crews,
            jobs: BTreeMap::new(),
            by_task: BTreeSet::new(),
            teams: world.people.teams.len(),
            sites: world.sites.len(),
            unfinished: BTreeMap::new(),
            asked: BTreeMap::new(),
            ranks: Ranks::new(world),
            practice: Practice::new(world, cx.seed),
            commanded: false,
            talk: 1.0,
            round: 0,
            touched: BTreeSet::new(),
            barred: Vec::new(),
        }
    }

    fn ring(&mut self, Threshold(number): Threshold, cx: &mut Cx) {
        let Some(job) = self.jobs.get_mut(&number) else { return };
        job.advance(cx.now(), self.talk);
        self.touched.insert(job.crew);
        self.crews[job.crew].changed.insert((job.rank, number));
        if let Some(by) = reach(job, &self.practice, cx) {
            self.finish(number, by, cx);
        }
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        match (heard.subject, heard.change) {
            (_, Change::Queued(task)) => self.queue(task, heard.id, cx),
            (_, Change::Dropped(task)) => self.take_back(task, cx),
            (_, Change::Commander) => self.command(cx),
            (_, Change::Began(_) | Change::Closed) => self.practice.learn(heard.change, cx.now()),
            (Subject::Pool(pool), Change::Servers(up)) => self.practice.count(pool, up, cx.world),
            (
                Subject::Pool(pool),
                Change::Pool(PoolState::NoPower | PoolState::Destroyed | PoolState::WaitParts)
                | Change::Incident(Action::Crash(_))
                | Change::Mistake,
            ) => {
                for kind in [TaskKind::Boot(pool), TaskKind::Provision(pool)] {
                    self.take_back(Task { kind, by_hand: true }, cx);
                    self.take_back(Task { kind, by_hand: false }, cx);
                    self.unfinished.remove(&kind);
                }
            }
            _ => {}
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        // Nobody begins what another event of this instant is about to take back.
        if !cx.board.all_heard() {
            return;
        }
        if self.commanded && cx.board.alarm.is_none() {
            self.commanded = false;
        }
        self.look_who_is_there(cx);
        self.look_how_they_talk(cx);
        self.let_in(cx);
        self.round += u32::from(!self.touched.is_empty());
        for index in std::mem::take(&mut self.touched) {
            self.share_out(index, cx);
        }
    }
}

impl Job {
    /// Uses up work for the time since the last change.
    fn advance(&mut self, now: Time, talk: f64) {
        let elapsed = now.since(self.since).secs();
        self.since = now;
        self.left = (self.left - self.hands * elapsed / self.drag(talk)).max(0.0);
    }

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
        let spec = tasks::spec_now(task, cx);
        if barred(&spec, cx) {
            return self.barred.push((task, queued));
        }
        let crew = self.position(spec.crew);
        let continued = self.unfinished.remove(&task.kind);
        let times = self.asked.entry(task.kind).or_default();
        *times += u32::from(continued.is_none());
        let (total, turn) = effort::amount(task, &spec, *times, &self.practice, cx);
        let batch = spec.servers.unwrap_or(0);
        let share = continued.unwrap_or(1.0);
        let rank = if self.commanded { self.ranks.of(&spec, share, &self.practice, cx) } else { UNRANKED };
        let job = Job {
            task,
            habit: spec.habit,
            crew,
            rank,
            queued,
            waited: false,
            started: None,
            total,
            left: total * share,
            since: cx.now(),
            width: width(&spec),
            hands: 0.0,
            stint: None,
            batch,
            reported: (f64::from(batch) * (1.0 - share) + 0.5) as u32,
            redo: 0,
            slot: cx.slot(),
        };
        let mut number = u64::from(self.round) << u32::BITS | u64::from(turn);
        while self.jobs.contains_key(&number) {
            number += 1;
        }
        self.jobs.insert(number, job);
        self.by_task.insert((task, number));
        self.line_up(number);
    }

    /// Queues what waited for a team to be let in.
    fn let_in(&mut self, cx: &mut Cx) {
        if self.barred.iter().any(|of| !barred(&tasks::spec(of.0, cx.world), cx)) {
            for (task, queued) in std::mem::take(&mut self.barred) {
                self.queue(task, queued, cx);
            }
        }
    }

    /// Puts a job that has no hands in its place. Those that come after it give theirs up when hands are shared out.
    fn line_up(&mut self, number: u64) {
        let Some(job) = self.jobs.get_mut(&number) else { return };
        let (crew, place) = (&mut self.crews[job.crew], (job.rank, number));
        crew.queue.insert(place);
        crew.changed.insert(place);
        if crew.last.is_some_and(|last| place < last) {
            job.hands = job.width.min(crew.capacity);
            crew.free -= job.hands;
        }
        self.touched.insert(job.crew);
    }

    /// Takes a job out of its queue.
    fn leave(&mut self, number: u64, cx: &mut Cx) -> Option<Job> {
        let mut job = self.jobs.remove(&number)?;
        cx.cancel(job.slot);
        self.by_task.remove(&(job.task, number));
        let (crew, place) = (&mut self.crews[job.crew], (job.rank, number));
        cx.board.set_work(&mut job.stint, crew.id, job.task, 0.0);
        crew.free += job.hands;
        crew.queue.remove(&place);
        crew.changed.remove(&place);
        if crew.last == Some(place) {
            crew.last = crew.queue.range(..place).next_back().copied();
        }
        self.touched.insert(job.crew);
        Some(job)
    }

    fn take_back(&mut self, task: Task, cx: &mut Cx) {
        self.barred.retain(|of| of.0 != task);
        let numbers: Vec<u64> = self.by_task.range((task, 0)..=(task, u64::MAX)).map(|of| of.1).collect();
        for number in numbers {
            if let Some(job) = self.leave(number, cx)
                && matches!(job.task.kind, TaskKind::Boot(_))
            {
                self.unfinished.insert(task.kind, 1.0 - f64::from(job.reported) / f64::from(job.batch));
            }
        }
    }

    fn finish(&mut self, number: u64, by: EventId, cx: &mut Cx) {
        let Some(job) = self.leave(number, cx) else { return };
        let subject = tasks::spec(job.task, cx.world).subject;
        self.crews[job.crew].freed = Some(cx.board.record(subject, Change::Done(job.task), &[by]));
    }

    /// Gives the hands to the jobs in order, and sets the next alarm of each that this touches.
    fn share_out(&mut self, index: usize, cx: &mut Cx) {
        self.take_hands(index, cx.now());
        self.give_hands(index, cx.now());
        let crew = &mut self.crews[index];
        for place in std::mem::take(&mut crew.changed) {
            if let Some(job) = self.jobs.get_mut(&place.1) {
                cx.board.set_work(&mut job.stint, crew.id, job.task, job.hands);
                go_on(job, place.1, crew.freed, self.talk, cx);
            }
        }
        if let CrewId::Team(team) = crew.id {
            cx.board.set_hands(team, crew.capacity - crew.free);
        }
    }

    /// Takes hands from the last jobs while more are promised than are there.
    fn take_hands(&mut self, index: usize, now: Time) {
        let crew = &mut self.crews[index];
        while crew.free < 0.0
            && let Some(place) = crew.last
            && let Some(job) = self.jobs.get_mut(&place.1)
        {
            job.advance(now, self.talk);
            let taken = job.hands.min(-crew.free);
            job.hands -= taken;
            crew.free += taken;
            crew.changed.insert(place);
            if job.hands <= 0.0 {
                crew.last = crew.queue.range(..place).next_back().copied();
            }
        }
    }

    /// Gives free hands to the last job at work and to those after it.
    fn give_hands(&mut self, index: usize, now: Time) {
        let crew = &mut self.crews[index];
        let mut next = crew.last.or_else(|| crew.queue.first().copied());
        while crew.free > 0.0
            && let Some(place) = next
            && let Some(job) = self.jobs.get_mut(&place.1)
        {
            job.advance(now, self.talk);
            let given = (job.width - job.hands).min(crew.free);
            if given > 0.0 {
                job.hands += given;
                crew.free -= given;
                crew.changed.insert(place);
            }
            crew.last = Some(place);
            next = crew.queue.range((Excluded(place), Unbounded)).next().copied();
        }
    }

    /// People came, or went home.
    fn look_who_is_there(&mut self, cx: &Cx) {
        for (index, crew) in self.crews.iter_mut().enumerate() {
            let CrewId::Team(team) = crew.id else { break };
            let more = cx.board.staff(team) - crew.capacity;
            if more.abs() > 0.0 {
                crew.capacity += more;
                crew.free += more;
                self.touched.insert(index);
            }
        }
    }

    fn look_how_they_talk(&mut self, cx: &Cx) {
        if self.talk.to_bits() == cx.board.talk.to_bits() {
            return;
        }
        for (index, crew) in self.crews.iter_mut().enumerate() {
            let Some(last) = crew.last else { continue };
            for &place in crew.queue.range(..=last) {
                if let Some(job) = self.jobs.get_mut(&place.1) {
                    job.advance(cx.now(), self.talk);
                    crew.changed.insert(place);
                }
            }
            self.touched.insert(index);
        }
        self.talk = cx.board.talk;
    }

    /// Everybody puts down what they do and takes up what comes first.
    fn command(&mut self, cx: &mut Cx) {
        self.commanded = true;
        for crew in &mut self.crews {
            crew.queue.clear();
            crew.changed.clear();
            (crew.last, crew.free) = (None, crew.capacity);
        }
        let numbers: Vec<u64> = self.jobs.keys().copied().collect();
        for number in numbers {
            let Some(job) = self.jobs.get_mut(&number) else { continue };
            job.advance(cx.now(), self.talk);
            job.hands = 0.0;
            let share = job.left / job.total.max(f64::MIN_POSITIVE);
            job.rank = self.ranks.of(&tasks::spec_now(job.task, cx), share, &self.practice, cx);
            self.line_up(number);
        }
    }

    /// Every team, the tool, every building's electricians and every landlord's hands have a crew from the start.
    const fn position(&self, id: CrewId) -> usize {
        match id {
            CrewId::Team(team) => team.index(),
            CrewId::Deploy => self.teams,
            CrewId::Electricians(site) => self.teams + 1 + site.index(),
            CrewId::Landlord(site) => self.teams + 1 + self.sites + site.index(),
        }
    }
}

/// Whether it is work of experts who are not let in.
fn barred(spec: &Spec, cx: &Cx) -> bool {
    matches!(spec.crew, CrewId::Team(team) if spec.habit == Habit::Expert && cx.board.locked[team.index()])
}

/// The deployment tool does one pool after the other with all it has.
fn width(spec: &Spec) -> f64 {
    match spec.crew {
        CrewId::Deploy => f64::INFINITY,
        _ => f64::from(spec.servers.unwrap_or(1).max(1)),
    }
}

/// Begins or goes on with a job with the hands it has now, until its next threshold.
fn go_on(job: &mut Job, number: u64, freed: Option<EventId>, talk: f64, cx: &mut Cx) {
    if job.hands <= 0.0 {
        job.waited = true;
        cx.cancel(job.slot);
        return;
    }
    if job.started.is_none() {
        let freed = if job.waited { freed } else { None };
        let causes: Vec<EventId> = [Some(job.queued), freed].into_iter().flatten().collect();
        let subject = tasks::spec(job.task, cx.world).subject;
        job.started = Some(cx.board.record(subject, Change::Started(job.task), &causes));
    }
    let wait = (job.left - job.left_at_threshold()).max(0.0) * job.drag(talk) / job.hands;
    cx.set(job.slot, Span::from_secs_f64(wait), Timer::Work(Threshold(number)));
}

/// A job's next threshold: part of a batch, or all of it. What ended it, if it is done.
fn reach(job: &mut Job, practice: &Practice, cx: &mut Cx) -> Option<EventId> {
    job.left = job.left_at_threshold();
    let by = job.started.unwrap_or(job.queued);
    if job.batch > 0 {
        job.reported = job.next_report();
        let subject = tasks::spec(job.task, cx.world).subject;
        let progress = cx.board.record(subject, Change::Progress(job.task, job.reported), &[by]);
        return (job.reported == job.batch).then_some(progress);
    }
    let expert = job.habit == Habit::Expert && job.redo < REDO;
    if !expert || !effort::goes_wrong(job.task, job.redo, practice, cx) {
        return Some(by);
    }
    let harmed = effort::harm(job.task, job.redo, cx);
    job.redo += 1;
    job.left = job.total * REWORK;
    let wrong = cx.board.record(tasks::spec(job.task, cx.world).subject, Change::Redone(job.task), &[by]);
    if let Some(pool) = harmed {
        cx.board.record(Subject::Pool(pool), Change::Mistake, &[wrong]);
    }
    None
}
