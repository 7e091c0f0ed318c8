//! Ways round: a start that waits for what will not come by itself is led round it, where somebody knows how.
//!
//! Only what stands still is looked at, and what it waits for. A circle is opened once, at its cheapest place; every other
//! dead dependency by itself.

use std::collections::BTreeSet;

use super::boot::{Boot, Edge, halts, runs};
use super::fixed::Now;
use crate::Span;
use crate::kernel::graph;
use crate::kernel::order::sorted;
use crate::run::Cx;
use crate::trace::{Change, EventId, Subject, Task, TaskKind};
use crate::world::{ServiceId, World};

impl Boot {
    /// Services that could be started if it were not for boot dependencies, and those.
    fn held_up(&mut self, cx: &Cx) -> Vec<(ServiceId, Vec<ServiceId>)> {
        for &service in cx.board.changes(&mut self.place) {
            let halted = cx.world[service].pools.iter().any(|&p| halts(cx.board.pool(p)));
            self.halted.put(service.index(), halted);
        }
        let mut held = Vec::new();
        self.halted.each(|i| {
            let service = ServiceId::at(i);
            if self.startable(service, cx) {
                held.push((service, self.missing(service, cx).collect()));
            }
        });
        held.retain(|of: &(ServiceId, Vec<ServiceId>)| !of.1.is_empty());
        held
    }

    /// Edges along which a start waits for something that will not come by itself, or that people know how to do without:
    /// nobody who can help it waits for hours on a promise.
    fn stuck(&mut self, cx: &Cx) -> Vec<Edge> {
        let held = self.held_up(cx);
        let mut fixed = std::mem::take(&mut self.fixed);
        let now = |service| {
            if runs(service, cx) {
                Now::Runs
            } else if self.startable(service, cx) {
                Now::Lacks(self.missing(service, cx).collect())
            } else {
                Now::Stands
            }
        };
        fixed.ask(held.iter().map(|of| of.0), &now, &|service| cx.board.share(service) > 0.0);
        let mut stuck = Vec::new();
        for (of, missing) in held {
            let waits = |&on: &ServiceId| {
                let by_itself = fixed.can_run(of) || fixed.can_serve(on);
                !by_itself || (known(cx.world, (of, on)).is_some() && !self.coming(on, cx))
            };
            stuck.extend(missing.into_iter().filter(waits).map(|on| (of, on)));
        }
        self.fixed = fixed;
        stuck
    }

    /// Asks for the work that leads starts round what they wait for in vain.
    pub(super) fn find_ways_round(&mut self, cx: &mut Cx) {
        let edges = self.stuck(cx);
        let circles = Circles::new(&edges);
        let mut wanted: Vec<(usize, Span, Edge)> = Vec::new();
        for &edge in &edges {
            let Some(effort) = effort(cx.world, edge) else { continue };
            wanted.push((circles.of(edge).unwrap_or(usize::MAX), effort, edge));
        }
        let wanted = sorted(wanted, &Ord::cmp);
        let mut opened: BTreeSet<usize> = BTreeSet::new();
        for &(of, _) in &edges {
            let under_way = self.bypassing.range((of, ServiceId(0))..=(of, ServiceId(u32::MAX)));
            opened.extend(under_way.filter_map(|&edge| circles.of(edge)));
        }
        for (circle, _, edge) in wanted {
            if (circle == usize::MAX || opened.insert(circle)) && self.bypassing.insert(edge) {
                let (of, on) = edge;
                let causes = [cx.board.decided, cx.board.service_event(of), cx.board.service_event(on)];
                let task = Task { kind: TaskKind::Bypass { of, on }, by_hand: true };
                let causes: Vec<EventId> = causes.into_iter().flatten().collect();
                cx.board.record(Subject::Service(of), Change::Queued(task), &causes);
            }
        }
    }
}

/// Which services wait for each other in a circle.
struct Circles {
    services: Vec<ServiceId>,
    component: Vec<usize>,
}

impl Circles {
    /// Edges in the order of what waits.
    fn new(edges: &[Edge]) -> Self {
        let services: BTreeSet<ServiceId> = edges.iter().flat_map(|&(of, on)| [of, on]).collect();
        let mut circles = Self { services: services.into_iter().collect(), component: Vec::new() };
        let mut successors = vec![Vec::new(); circles.services.len()];
        for &(of, on) in edges {
            if let (Some(of), Some(on)) = (circles.place(of), circles.place(on)) {
                successors[of].push(on);
            }
        }
        circles.component = graph::components(&successors);
        circles
    }

    fn place(&self, service: ServiceId) -> Option<usize> {
        self.services.binary_search(&service).ok()
    }

    /// The circle that an edge is part of.
    fn of(&self, (of, on): Edge) -> Option<usize> {
        let circle = self.component[self.place(of)?];
        (circle == self.component[self.place(on)?]).then_some(circle)
    }
}

/// An expert's work to do without a boot dependency; none if nobody knows how.
pub(crate) fn effort(world: &World, edge: Edge) -> Option<Span> {
    known(world, edge).or(world.controls.bypass_default)
}

/// The same where the scenario names it. Bypasses stand in the order of their edges.
fn known(world: &World, edge: Edge) -> Option<Span> {
    let at = world.bypasses.binary_search_by(|b| (b.of, b.on).cmp(&edge)).ok()?;
    Some(world.bypasses[at].effort)
}
