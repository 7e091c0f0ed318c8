//! The least fixed point of booting, as far as it is asked for.
//!
//! A service *can serve* once everything in its hard serving closure runs; it *can run* if it runs already, or if it is
//! able to start and every boot dependency it misses can serve. Services that need each other to serve are one group, and
//! a group serves once all its members run and every group it needs serves: one count a group and one a service, each
//! counted down to nothing once (Dowling and Gallier, 1984).
//!
//! Only what a start waits for is looked at, and behind that only what does not serve already, so that the cost is that of
//! what is down. The counts of the last question are told from those of this one by a stamp.

use crate::kernel::graph;
use crate::world::{ServiceId, World};

/// What a service does by itself at this moment.
pub(super) enum Now {
    /// It runs, or is about to.
    Runs,
    /// It is able to start once these serve.
    Lacks(Vec<ServiceId>),
    /// Neither.
    Stands,
}

/// A group of services that need each other.
struct Group {
    members: Vec<ServiceId>,
    /// Groups that it needs, once for each need.
    needs: Vec<usize>,
    /// The question that what follows belongs to.
    asked: u32,
    /// Members and groups that it still waits for.
    waiting: usize,
    serves: bool,
    /// Who waits for it: groups to serve, and services to start.
    needed_by: Vec<usize>,
    missed_by: Vec<ServiceId>,
}

/// A service in a question.
#[derive(Clone, Copy, Default)]
struct Start {
    asked: u32,
    /// Boot dependencies that it still misses.
    lacks: usize,
    runs: bool,
}

/// The graph, and the counts of the last question.
#[derive(Default)]
pub(super) struct Fixed {
    /// The group of each service.
    group: Vec<usize>,
    groups: Vec<Group>,
    starts: Vec<Start>,
    asked: u32,
    /// Groups to be looked into; groups that serve and services that run, not yet counted.
    open: Vec<usize>,
    serving: Vec<usize>,
    running: Vec<ServiceId>,
}

impl Fixed {
    pub fn new(world: &World) -> Self {
        let hard = |s: &crate::world::Service| -> Vec<usize> {
            s.needs.iter().filter(|n| n.soft.is_none()).map(|n| n.on.index()).collect()
        };
        let edges: Vec<Vec<usize>> = world.services.iter().map(hard).collect();
        let group = graph::components(&edges);
        let count = group.iter().max().map_or(0, |&last| last + 1);
        let empty = |_| Group {
            members: Vec::new(),
            needs: Vec::new(),
            asked: 0,
            waiting: 0,
            serves: false,
            needed_by: Vec::new(),
            missed_by: Vec::new(),
        };
        let mut groups: Vec<Group> = (0..count).map(empty).collect();
        for (i, targets) in edges.iter().enumerate() {
            let own = &mut groups[group[i]];
            own.members.push(ServiceId::at(i));
            own.needs.extend(targets.iter().map(|&on| group[on]).filter(|&on| on != group[i]));
        }
        let starts = vec![Start::default(); group.len()];
        Self { group, groups, starts, asked: 0, open: Vec::new(), serving: Vec::new(), running: Vec::new() }
    }

    /// Finds out which of some services can run by themselves, and whether what they wait for can then serve.
    pub fn ask(
        &mut self,
        about: impl Iterator<Item = ServiceId>,
        now: &dyn Fn(ServiceId) -> Now,
        serves: &dyn Fn(ServiceId) -> bool,
    ) {
        self.asked += 1;
        about.for_each(|service| self.look_at(service, now));
        while let Some(group) = self.open.pop() {
            if self.groups[group].members.iter().all(|&m| serves(m)) {
                self.groups[group].serves = true;
                self.serving.push(group);
                continue;
            }
            for i in 0..self.groups[group].members.len() {
                self.look_at(self.groups[group].members[i], now);
            }
            for i in 0..self.groups[group].needs.len() {
                let on = self.groups[group].needs[i];
                self.touch(on);
                self.groups[on].needed_by.push(group);
            }
        }
        self.count_down();
    }

    /// Whether a service that was asked about can run.
    pub fn can_run(&self, service: ServiceId) -> bool {
        let start = &self.starts[service.index()];
        start.asked == self.asked && start.runs
    }

    /// Whether what a service that was asked about waits for can serve.
    pub fn can_serve(&self, service: ServiceId) -> bool {
        let group = &self.groups[self.group[service.index()]];
        group.asked == self.asked && group.serves
    }

    fn look_at(&mut self, service: ServiceId, now: &dyn Fn(ServiceId) -> Now) {
        if std::mem::replace(&mut self.starts[service.index()].asked, self.asked) == self.asked {
            return;
        }
        let now = now(service);
        let lacks = if let Now::Lacks(missing) = &now { missing.len() } else { 0 };
        let runs = matches!(now, Now::Runs) || (lacks == 0 && matches!(now, Now::Lacks(_)));
        self.starts[service.index()] = Start { asked: self.asked, lacks, runs };
        if runs {
            self.running.push(service);
        }
        if let Now::Lacks(missing) = now {
            for on in missing {
                let group = self.group[on.index()];
                self.touch(group);
                self.groups[group].missed_by.push(service);
            }
        }
    }

    /// A group is part of this question.
    fn touch(&mut self, at: usize) {
        let group = &mut self.groups[at];
        if std::mem::replace(&mut group.asked, self.asked) != self.asked {
            group.waiting = group.members.len() + group.needs.len();
            group.serves = false;
            group.needed_by.clear();
            group.missed_by.clear();
            self.open.push(at);
        }
    }

    fn count_down(&mut self) {
        loop {
            if let Some(service) = self.running.pop() {
                self.one_less(self.group[service.index()]);
            } else if let Some(group) = self.serving.pop() {
                for i in 0..self.groups[group].needed_by.len() {
                    self.one_less(self.groups[group].needed_by[i]);
                }
                for i in 0..self.groups[group].missed_by.len() {
                    let service = self.groups[group].missed_by[i];
                    let start = &mut self.starts[service.index()];
                    start.lacks -= 1;
                    if start.lacks == 0 {
                        start.runs = true;
                        self.running.push(service);
                    }
                }
            } else {
                return;
            }
        }
    }

    fn one_less(&mut self, at: usize) {
        let group = &mut self.groups[at];
        if group.asked == self.asked && !group.serves {
            group.waiting -= 1;
            if group.waiting == 0 {
                group.serves = true;
                self.serving.push(at);
            }
        }
    }
}
