//! One run and what the pictures need of all of it, computed once.

use crate::layout::axis::Axis;
use bridge_engine::kernel::order::sorted;
use bridge_engine::report::{Report, Scores, report, scores};
use bridge_engine::scenario::packed::Ran;
use bridge_engine::trace::{Change, ElementState, Event, EventId, ServiceState, Subject};
use bridge_engine::world::{ElementKind, Incident, Script, ServiceId};
use bridge_engine::{Time, Trace, World};
use std::cell::OnceCell;
use std::rc::Rc;

/// A stretch of a service's lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// From.
    pub from: Time,
    /// To.
    pub to: Time,
    /// State.
    pub state: ServiceState,
    /// Share served, 0 to 1.
    pub share: f64,
}

/// A run.
#[derive(Debug)]
pub struct Run {
    /// What ran.
    pub world: Rc<World>,
    /// What was done to it.
    pub script: Rc<Script>,
    /// What happened.
    pub trace: Trace,
    /// What it comes to.
    pub scores: Scores,
    /// What is to be learnt from it, once somebody has asked.
    report: OnceCell<Report>,
    /// Fingerprint of the trace.
    pub hash: u64,
    /// All of the trace is here, not only what is seen of it.
    pub is_whole: bool,
    /// Events that matter to somebody who watches, in order.
    pub key: Vec<EventId>,
    /// Their moments, each once.
    pub moments: Vec<Time>,
    /// Those of them that turn the story.
    pub turns: Vec<EventId>,
    /// Axis by events.
    pub warped: Axis,
    /// Axis by time.
    pub plain: Axis,
    /// Lanes, by service.
    pub lanes: Vec<Vec<Stretch>>,
    /// Services in order of display.
    pub ranked: Vec<ServiceId>,
}

impl Run {
    /// Runs a script.
    #[must_use]
    pub fn new(world: Rc<World>, script: Rc<Script>) -> Self {
        let trace = bridge_engine::run(&world, &script, world.meta.seed);
        let scores = scores(&world, &trace);
        let hash = trace.hash();
        Self { is_whole: true, ..Self::seen(world, script, (hash, (trace, scores))) }
    }

    /// What was run before, as far as it is seen.
    #[must_use]
    pub fn seen(world: Rc<World>, script: Rc<Script>, (hash, (trace, scores)): Ran) -> Self {
        let key: Vec<EventId> = (0..trace.events.len())
            .filter(|i| matters(&world, &trace.events[*i]))
            .map(|i| EventId(i as u32))
            .collect();
        let happened: Vec<Time> = key.iter().map(|e| trace.events[e.0 as usize].at).collect();
        let incidents: Vec<Time> = script.iter().map(|i: &Incident| i.at).collect();
        let mut moments = happened.clone();
        moments.dedup();
        let turns = key.iter().copied().filter(|e| turns_the_story(&trace.events[e.0 as usize])).collect();
        Self {
            hash,
            is_whole: false,
            warped: Axis::warped(trace.horizon, &happened, &incidents),
            plain: Axis::plain(trace.horizon),
            lanes: (0..world.services.len()).map(|s| lane(&trace, ServiceId::at(s))).collect(),
            ranked: ranked(&world),
            world,
            script,
            trace,
            scores,
            report: OnceCell::new(),
            key,
            moments,
            turns,
        }
    }

    /// A world before anything happens to it: a run of its first moment.
    #[must_use]
    pub fn at_rest(world: &World) -> Self {
        let mut world = world.clone();
        world.meta.horizon = Time::ZERO;
        Self::new(Rc::new(world), Rc::default())
    }

    /// The service people would miss first.
    #[must_use]
    pub fn most_important(&self) -> Option<ServiceId> {
        self.ranked.first().copied()
    }

    /// What is to be learnt from it.
    #[must_use]
    pub fn report(&self) -> &Report {
        self.report.get_or_init(|| report(&self.world, &self.trace))
    }

    /// The axis true to scale, or by events.
    #[must_use]
    pub const fn axis(&self, true_scale: bool) -> &Axis {
        if true_scale { &self.plain } else { &self.warped }
    }

    /// An event.
    #[must_use]
    pub fn event(&self, id: EventId) -> &Event {
        &self.trace.events[id.0 as usize]
    }
}

/// What people use first, most important first; then the tools it stands on.
#[must_use]
pub fn ranked(world: &World) -> Vec<ServiceId> {
    let ids: Vec<ServiceId> = (0..world.services.len()).map(ServiceId::at).collect();
    sorted(ids, &|a, b| {
        let (a, b) = (&world[*a], &world[*b]);
        let rank = |tier: u8| if tier == 0 { u8::MAX } else { tier };
        let used = |users: f64| users > 0.0;
        (used(b.users).cmp(&used(a.users)))
            .then(rank(a.tier).cmp(&rank(b.tier)))
            .then(b.users.total_cmp(&a.users))
            .then(a.order.cmp(&b.order))
    })
}

/// Worth stopping at: what was done, what burnt, who decided, what lost or regained power, what services became.
fn matters(world: &World, event: &Event) -> bool {
    match (event.change, event.subject) {
        (Change::Element(state), Subject::Element(e)) => match world[e].kind {
            ElementKind::Panel { .. } => true,
            _ => !matches!(state, ElementState::Ready | ElementState::Repair),
        },
        (change, _) => change.is_told(),
    }
}

/// What was done from outside, and what decided how it went on.
fn turns_the_story(event: &Event) -> bool {
    matches!(
        event.change,
        Change::Incident(_)
            | Change::Began(_)
            | Change::CutOrdered
            | Change::Cleared
            | Change::Decided
            | Change::Commander
            | Change::ChannelLost
    )
}

/// Steps of share finer than this are not drawn.
const SHARE_STEPS: f64 = 40.0;

fn lane(trace: &Trace, service: ServiceId) -> Vec<Stretch> {
    let (states, shares) = (&trace.services[service.index()], &trace.shares[service.index()]);
    let cuts = states.points().iter().map(|p| p.0).chain(shares.points().iter().map(|p| p.0)).collect();
    let mut cuts: Vec<Time> = sorted(cuts, &Ord::cmp);
    cuts.dedup();
    let mut out: Vec<Stretch> = Vec::new();
    for from in cuts {
        let share = (shares.at(from).clamp(0.0, 1.0) * SHARE_STEPS).ceil() / SHARE_STEPS;
        let state = states.at(from);
        match out.last() {
            Some(last) if last.state == state && last.share.to_bits() == share.to_bits() => {}
            _ => {
                if let Some(last) = out.last_mut() {
                    last.to = from;
                }
                out.push(Stretch { from, to: trace.horizon, state, share });
            }
        }
    }
    out
}
