//! The least fixed point of booting, in time proportional to the size of the graph.
//!
//! A service *can serve* once everything in its hard serving closure runs; it *can run* if it runs already, or if it is
//! able to start and every boot dependency it misses can serve. Services that need each other to serve are one group, and
//! a group serves once all its members run and every group it needs serves: one count a group and one a service, each
//! counted down to nothing once (Dowling and Gallier, 1984).

use crate::kernel::graph;
use crate::world::{ServiceId, World};

/// What of the graph never changes.
pub(super) struct Fixed {
    /// The group of each service.
    group: Vec<usize>,
    members: Vec<Vec<ServiceId>>,
    /// Groups that need a group, once for each need, and how many needs a group has.
    needed_by: Vec<Vec<usize>>,
    needs: Vec<usize>,
}

/// A count-down in progress.
struct Count<'a> {
    fixed: &'a Fixed,
    /// Who misses each service.
    missed_by: Vec<Vec<usize>>,
    able: &'a [bool],
    /// Boot dependencies a service still misses; members and groups that a group still waits for.
    missing: Vec<usize>,
    waiting: Vec<usize>,
    run: Vec<bool>,
    serve: Vec<bool>,
    /// Groups that serve and services that run, not yet counted.
    groups: Vec<usize>,
    services: Vec<usize>,
}

impl Fixed {
    pub fn new(world: &World) -> Self {
        let hard = |s: &crate::world::Service| -> Vec<usize> {
            s.needs.iter().filter(|n| n.soft.is_none()).map(|n| n.on.index()).collect()
        };
        let edges: Vec<Vec<usize>> = world.services.iter().map(hard).collect();
        let group = graph::components(&edges);
        let count = group.iter().max().map_or(0, |&last| last + 1);
        let (mut members, mut needed_by, mut needs) =
            (vec![Vec::new(); count], vec![Vec::new(); count], vec![0; count]);
        for (i, targets) in edges.iter().enumerate() {
            members[group[i]].push(ServiceId::at(i));
            for &on in targets.iter().filter(|&&on| group[on] != group[i]) {
                needed_by[group[on]].push(group[i]);
                needs[group[i]] += 1;
            }
        }
        Self { group, members, needed_by, needs }
    }

    /// Who can run by themselves, and who can then serve. `missing` counts only for what is `able` to start.
    pub fn least(
        &self,
        running: &[bool],
        able: &[bool],
        missing: &[Vec<ServiceId>],
    ) -> (Vec<bool>, Vec<bool>) {
        let n = running.len();
        let mut missed_by = vec![Vec::new(); n];
        for (i, missing) in missing.iter().enumerate() {
            missing.iter().for_each(|d| missed_by[d.index()].push(i));
        }
        let waiting = self.members.iter().zip(&self.needs).map(|(m, needs)| m.len() + needs).collect();
        let mut count = Count {
            fixed: self,
            missed_by,
            able,
            missing: missing.iter().map(Vec::len).collect(),
            waiting,
            run: vec![false; n],
            serve: vec![false; n],
            groups: Vec::new(),
            services: Vec::new(),
        };
        for i in 0..n {
            if running[i] || (able[i] && missing[i].is_empty()) {
                count.runs(i);
            }
        }
        count.down();
        (count.run, count.serve)
    }
}

impl Count<'_> {
    fn runs(&mut self, i: usize) {
        if !std::mem::replace(&mut self.run[i], true) {
            self.services.push(i);
        }
    }

    fn down(&mut self) {
        loop {
            if let Some(i) = self.services.pop() {
                self.one_less(self.fixed.group[i]);
            } else if let Some(group) = self.groups.pop() {
                let fixed = self.fixed;
                fixed.needed_by[group].iter().for_each(|&g| self.one_less(g));
                for d in &fixed.members[group] {
                    self.serve[d.index()] = true;
                    for i in std::mem::take(&mut self.missed_by[d.index()]) {
                        self.missing[i] -= 1;
                        if self.missing[i] == 0 && self.able[i] {
                            self.runs(i);
                        }
                    }
                }
            } else {
                return;
            }
        }
    }

    fn one_less(&mut self, group: usize) {
        self.waiting[group] -= 1;
        if self.waiting[group] == 0 {
            self.groups.push(group);
        }
    }
}
