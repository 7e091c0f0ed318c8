//! The trace's events by what they are about, read once for every question of a report.

use std::collections::BTreeMap;

use crate::Time;
use crate::trace::{Change, Event, EventId, PoolState, Subject, Task, TaskKind, Trace};
use crate::world::{Role, ServiceId, World};

/// Where a job that people or tools were asked for stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Asked for; nobody is at it.
    Queued,
    /// Somebody is at it.
    Started,
    /// Done, or no longer wanted.
    Ended,
}

/// One job from the asking to the end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Job {
    /// What.
    pub task: Task,
    /// Asked for.
    pub queued: Time,
    /// First begun. None if nobody ever was free.
    pub started: Option<Time>,
    /// Done or dropped. None if it was still open when the run ended.
    pub ended: Option<Time>,
    /// It ended by being done.
    pub done: bool,
    /// It went wrong and was done again so many times.
    pub redone: u32,
}

/// Events by service, and those of the organisation, each list in order of time.
pub(crate) struct Index {
    /// When somebody came to know of a loss, by service, and whether the monitor told.
    pub detected: Vec<Vec<(Time, bool)>>,
    /// Promotions, by service; where users had to be led, their arrival.
    pub promoted: Vec<Vec<Time>>,
    /// Promotions that nobody's hands made, by service.
    pub automatic: Vec<Vec<Time>>,
    /// When the monitor took a service that served for down, and until when.
    pub suspected: Vec<Vec<(Time, Time)>>,
    /// Promotions by hand, by service: when they reached which stage.
    pub promoting: Vec<Vec<(Time, Stage)>>,
    /// Boot dependencies gone without: who, on whom, since when.
    pub bypassed: Vec<Vec<(Time, ServiceId)>>,
    /// When each pool that began empty first held data.
    pub filled: Vec<Option<Time>>,
    /// Servers of a pool started so far, by pool: they come up a boot time later, or never after a loss, which is a 0.
    pub started: Vec<Vec<(Time, u32)>>,
    pub acknowledged: Vec<Time>,
    pub decided: Vec<Time>,
    pub commander: Vec<Time>,
    /// When the teams' channel was lost, and when it was back.
    pub channel_lost: Vec<(Time, Option<Time>)>,
    /// Ends of incidents: nothing that was said or gone without before counts after.
    pub closed: Vec<Time>,
    /// All work, in the order in which it was asked for.
    pub jobs: Vec<Job>,
    /// Positions in it, by what is done.
    of_kind: BTreeMap<TaskKind, Vec<usize>>,
    /// Services that do a job for the others, in the world's order.
    holders: Vec<(Role, ServiceId)>,
}

impl Job {
    /// Where it stands at a moment, if it had been asked for by then.
    pub(crate) fn stage(&self, t: Time) -> Stage {
        let by = |at: Option<Time>| at.is_some_and(|at| at <= t);
        match () {
            () if self.queued > t || by(self.ended) => Stage::Ended,
            () if by(self.started) => Stage::Started,
            () => Stage::Queued,
        }
    }
}

impl Index {
    pub fn new(world: &World, trace: &Trace) -> Self {
        let n = world.services.len();
        let mut index = Self {
            detected: vec![Vec::new(); n],
            promoted: vec![Vec::new(); n],
            automatic: vec![Vec::new(); n],
            suspected: vec![Vec::new(); n],
            promoting: vec![Vec::new(); n],
            bypassed: vec![Vec::new(); n],
            filled: vec![None; world.pools.len()],
            started: vec![Vec::new(); world.pools.len()],
            acknowledged: Vec::new(),
            decided: Vec::new(),
            commander: Vec::new(),
            channel_lost: Vec::new(),
            closed: Vec::new(),
            jobs: Vec::new(),
            of_kind: BTreeMap::new(),
            holders: holders(world),
        };
        let mut open: BTreeMap<Task, usize> = BTreeMap::new();
        for event in &trace.events {
            let at = event.at;
            if let Subject::Service(s) = event.subject {
                index.of_service(s, event, trace);
            }
            match (event.subject, event.change) {
                (of, Change::Restored | Change::StartedEmpty) => index.fill(world, of, at),
                (Subject::Pool(p), Change::Progress(Task { kind: TaskKind::Boot(_), .. }, n)) => {
                    index.started[p.index()].push((at, n));
                }
                (
                    Subject::Pool(p),
                    Change::Pool(PoolState::NoPower | PoolState::Destroyed)
                    | Change::Incident(_)
                    | Change::Mistake,
                ) => index.started[p.index()].push((at, 0)),
                (_, Change::Acknowledged) => index.acknowledged.push(at),
                (_, Change::Decided) => index.decided.push(at),
                (_, Change::Commander) => index.commander.push(at),
                (_, Change::ChannelLost) => index.channel_lost.push((at, None)),
                (_, Change::ChannelBack) => {
                    if let Some(last) = index.channel_lost.last_mut() {
                        last.1 = Some(at);
                    }
                }
                (_, Change::Closed) => index.closed.push(at),
                (_, Change::Queued(task)) => {
                    open.insert(task, index.jobs.len());
                    index.of_kind.entry(task.kind).or_default().push(index.jobs.len());
                    index.stage(task, at, Stage::Queued);
                    index.jobs.push(Job {
                        task,
                        queued: at,
                        started: None,
                        ended: None,
                        done: false,
                        redone: 0,
                    });
                }
                (_, Change::Started(task)) => {
                    index.stage(task, at, Stage::Started);
                    index.change(&open, task, |job| job.started = job.started.or(Some(at)));
                }
                (_, Change::Redone(task)) => index.change(&open, task, |job| job.redone += 1),
                (_, Change::Done(task) | Change::Dropped(task)) => {
                    index.stage(task, at, Stage::Ended);
                    let done = matches!(event.change, Change::Done(_));
                    index.change(&open, task, |job| (job.ended, job.done) = (Some(at), done));
                    open.remove(&task);
                }
                _ => {}
            }
        }
        index
    }

    /// What was seen of a service, and what was switched of it.
    fn of_service(&mut self, s: ServiceId, event: &Event, trace: &Trace) {
        let at = event.at;
        let suspected = &mut self.suspected[s.index()];
        match event.change {
            Change::Detected { by_monitor } => {
                self.detected[s.index()].push((at, by_monitor));
            }
            Change::Promoted => {
                self.promoted[s.index()].push(at);
                let done = |c: &EventId| matches!(trace.events[c.0 as usize].change, Change::Done(_));
                if !event.causes.iter().any(done) {
                    self.automatic[s.index()].push(at);
                }
            }
            Change::Suspected(true) if suspected.last().is_none_or(|last| last.1 <= at) => {
                suspected.push((at, Time::NEVER));
            }
            Change::Suspected(false) => {
                suspected.iter_mut().rev().take(1).for_each(|last| last.1 = at);
            }
            // Until users are led there nothing was switched.
            Change::Routed => {
                if let Some(last) = self.promoted[s.index()].last_mut() {
                    *last = at;
                }
            }
            Change::Bypassed { on } => self.bypassed[s.index()].push((at, on)),
            _ => {}
        }
    }

    /// From now on a pool, or all of a service's, has something of what is stored.
    fn fill(&mut self, world: &World, of: Subject, at: Time) {
        let pools = match of {
            Subject::Service(s) => world[s].pools.as_slice(),
            Subject::Pool(p) => &[p],
            _ => &[],
        };
        for p in pools {
            self.filled[p.index()].get_or_insert(at);
        }
    }

    fn stage(&mut self, task: Task, at: Time, stage: Stage) {
        if let TaskKind::Promote(s) = task.kind {
            self.promoting[s.index()].push((at, stage));
        }
    }

    fn change(&mut self, open: &BTreeMap<Task, usize>, task: Task, how: impl FnOnce(&mut Job)) {
        if let Some(job) = open.get(&task).and_then(|&i| self.jobs.get_mut(i)) {
            how(job);
        }
    }

    /// Services with a role.
    pub fn holders(&self, role: Role) -> impl Iterator<Item = ServiceId> + '_ {
        self.holders.iter().filter(move |holder| holder.0 == role).map(|holder| holder.1)
    }

    /// The job of a kind that was asked for and not ended at a moment.
    pub fn open(&self, kind: TaskKind, t: Time) -> Option<&Job> {
        let jobs = self.of_kind.get(&kind)?.iter().rev().map(|&i| &self.jobs[i]);
        jobs.clone().find(|job| job.stage(t) != Stage::Ended)
    }

    /// Whether a job of a kind was done by a moment.
    pub fn done(&self, kind: TaskKind, t: Time) -> bool {
        let by = |&i: &usize| self.jobs[i].done && self.jobs[i].ended.is_some_and(|at| at <= t);
        self.of_kind.get(&kind).is_some_and(|jobs| jobs.iter().any(by))
    }

    /// The incident that a moment belongs to: from the end of the one before to its own.
    pub fn incident(&self, t: Time) -> (Time, Time) {
        let next = self.closed.partition_point(|&c| c <= t);
        let from = next.checked_sub(1).map_or(Time::ZERO, |i| self.closed[i]);
        (from, self.closed.get(next).copied().unwrap_or(Time::NEVER))
    }

    /// The first of some moments within the incident that `t` belongs to.
    pub fn within(&self, moments: &[Time], t: Time) -> Option<Time> {
        let (from, to) = self.incident(t);
        moments.get(moments.partition_point(|&m| m < from)).copied().filter(|&m| m < to)
    }

    /// Where a service's promotion by hand stands at a moment.
    pub fn promotion(&self, s: ServiceId, t: Time) -> Option<Stage> {
        let steps = &self.promoting[s.index()];
        let stage = steps[..steps.partition_point(|p| p.0 <= t)].last()?.1;
        (stage != Stage::Ended).then_some(stage)
    }

    /// Whether people go without a boot dependency at a moment.
    pub fn without(&self, of: ServiceId, on: ServiceId, t: Time) -> bool {
        let (from, _) = self.incident(t);
        self.bypassed[of.index()].iter().any(|&(at, d)| d == on && (from..=t).contains(&at))
    }
}

fn holders(world: &World) -> Vec<(Role, ServiceId)> {
    let services = world.services.iter().enumerate();
    services.filter_map(|(i, service)| Some((service.role?, ServiceId::at(i)))).collect()
}
