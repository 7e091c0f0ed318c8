//! Split brain: sides of a service that do not reach each other, users reach both, and both are written.
//!
//! ```text
//!  one side ─▶ cut ─▶ two sides, each written ─▶ joined: keys that both wrote are put right by hand
//!                                            └─▶ one side gone: what it took in is missing
//! ```
//!
//! Keys are taken to be written alike: of K keys, a side with n writes has written K (1 − e^(−n/K)), and two sides have
//! both written K (1 − e^(−m/K)) (1 − e^(−n/K)).

use super::copies::newest;
use super::{Store, able};
use crate::Span;
use crate::kernel::math;
use crate::run::Cx;
use crate::trace::{Change, EventId, Subject, Task, TaskKind};
use crate::world::{Conflicts, SiteId};

/// Two or more sides, while they are apart.
pub(super) struct Split {
    /// Up to where all of them hold everything.
    pub from: f64,
    noted: f64,
    /// Seconds of writes that the largest side and the others took in.
    written: [f64; 2],
    /// What part of what is written now each of these takes in.
    share: [f64; 2],
}

impl Split {
    pub fn note(&mut self, reading: f64) {
        for (written, share) in self.written.iter_mut().zip(self.share) {
            *written += share * (reading - self.noted);
        }
        self.noted = reading;
    }

    /// Keys that more than one side wrote.
    fn conflicts(&self, rules: Option<Conflicts>) -> u32 {
        let Some(rules) = rules else { return 0 };
        let [a, b] = self.written.map(|secs| 1.0 - math::exp(-secs * rules.writes / rules.keys));
        (rules.keys * a * b).round() as u32
    }
}

impl Store {
    /// Those who serve, by who reaches whom.
    fn sides(&self, now: &[bool], cx: &Cx) -> Vec<Vec<usize>> {
        let mut sides: Vec<Vec<usize>> = Vec::new();
        let site = |at: usize| cx.world[self.copies[at].pool].site;
        for at in (0..now.len()).filter(|&at| now[at]) {
            match sides.iter_mut().find(|side| cx.board.reach.together(site(side[0]), site(at))) {
                Some(side) => side.push(at),
                None => sides.push(vec![at]),
            }
        }
        sides
    }

    /// Whether somebody serves who reaches a site.
    pub(super) fn led(&self, site: SiteId, cx: &Cx) -> bool {
        let serves = |c: &&super::Copy| c.serves && c.whole() && able(c, cx);
        self.copies.iter().filter(serves).any(|c| cx.board.reach.together(cx.world[c.pool].site, site))
    }

    /// Whether a side goes down with whoever no longer serves: nobody who reaches them does.
    fn side_lost(&self, now: &[bool], cx: &Cx) -> bool {
        let site = |at: usize| cx.world[self.copies[at].pool].site;
        let gone = (0..now.len()).filter(|&at| self.copies[at].serves && !now[at]);
        let near = |at: usize| {
            (0..now.len()).any(|other| now[other] && cx.board.reach.together(site(at), site(other)))
        };
        now.contains(&true) && gone.into_iter().any(|at| !near(at))
    }

    /// Up to where everybody holds everything, if a side of a split is lost with what it took in.
    pub(super) fn lost_with_a_side(&self, now: &[bool], cx: &Cx) -> Option<f64> {
        self.split.as_ref().filter(|_| self.side_lost(now, cx)).map(|split| split.from)
    }

    /// Sides came apart, were joined, or one of them is gone.
    pub(super) fn part(&mut self, t: f64, now: &[bool], cx: &mut Cx) {
        if !self.replicated() || cx.world[self.service].quorum.is_some() {
            return;
        }
        let sides = self.sides(now, cx);
        let because = cx.board.reach.because;
        if because.is_none() && self.split.is_none() && cx.now() == crate::Time::ZERO {
            // Built without a way between them.
            self.apart = sides.len();
        }
        let lost = self.side_lost(now, cx);
        if sides.len() > self.apart && self.split.is_none() {
            let level = |side: &Vec<usize>| newest(side.iter().map(|&at| &self.copies[at]));
            let from = sides.iter().map(level).fold(self.clock.now(t), f64::min);
            let noted = self.clock.now(t);
            self.split = Some(Split { from, noted, written: [0.0; 2], share: [0.0; 2] });
            let pools = now.iter().zip(&self.copies).filter(|c| *c.0 && !c.1.serves);
            let opened = pools.filter_map(|c| cx.board.pool_event(c.1.pool)).max();
            let causes: Vec<EventId> = because.max(opened).or(self.news).into_iter().collect();
            cx.board.record(Subject::Service(self.service), Change::Diverging, &causes);
        } else if sides.len() <= self.apart
            && let Some(split) = self.split.take()
        {
            let conflicts = split.conflicts(self.rules.conflicts);
            self.owed += conflicts;
            if !lost {
                let joined = self.clock.now(t);
                self.copies.iter_mut().filter(|c| c.serves).for_each(|c| c.has = Some(joined));
            }
            let lasted = Span::from_secs_f64(self.clock.now(t) - split.from);
            let counted = if lost { 0 } else { std::mem::take(&mut self.owed) };
            self.put_together(lasted, counted, because, cx);
        }
        let weight = |side: &Vec<usize>| side.iter().map(|&at| cx.board.servers(self.copies[at].pool)).sum();
        let weights: Vec<f64> = sides.iter().map(weight).collect();
        if let Some(split) = &mut self.split {
            let all = weights.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            let most = weights.into_iter().fold(0.0, f64::max) / all;
            split.share = [most, 1.0 - most];
        }
    }

    /// What sides wrote apart is in one place again, with so many keys that people have to put right.
    pub(super) fn put_together(&mut self, lasted: Span, conflicts: u32, by: Option<EventId>, cx: &mut Cx) {
        let causes: Vec<EventId> = by.or(self.news).into_iter().collect();
        let change = Change::Diverged { lasted, conflicts };
        let event = cx.board.record(Subject::Service(self.service), change, &causes);
        self.waiting += conflicts;
        self.ask(event, cx);
    }

    /// Asks for the work, unless some of it is under way.
    fn ask(&mut self, by: EventId, cx: &mut Cx) {
        if self.waiting > 0 && cx.board.conflicts[self.service.index()] == 0 {
            cx.board.conflicts[self.service.index()] = std::mem::take(&mut self.waiting);
            let task = Task { kind: TaskKind::Reconcile(self.service), by_hand: true };
            cx.board.record(Subject::Service(self.service), Change::Queued(task), &[by]);
        }
    }

    /// Keys were put right.
    pub(super) fn reconciled(&mut self, by: EventId, cx: &mut Cx) {
        cx.board.conflicts[self.service.index()] = 0;
        self.ask(by, cx);
    }
}
