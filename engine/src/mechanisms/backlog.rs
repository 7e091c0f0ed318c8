//! Backlogs: work that a service takes in while it cannot do it, and does afterwards with what it has to spare.
//!
//! A fluid: `Q' = x − P`, what arrives less what is done. Servers that have work waiting are all at it, `P = C · a`, a being
//! the share that what the service leans on answers; new work comes first, so that a service is whole as soon as it does as
//! much as arrives. Between events both rates are constant: the moment at which the backlog is full or drained is solved,
//! and its alarm set.

use super::{Mechanism, Timer};
use crate::kernel::queue::Slot;
use crate::run::Cx;
use crate::trace::{BacklogState, Change, EventId, Level, ServiceState, Subject};
use crate::world::{ServiceId, World};
use crate::{Span, Time};

/// Rates closer than this, relatively, are the same.
const EPSILON: f64 = 1e-9;

/// Backlogs' memory.
pub(crate) struct Backlogs {
    queues: Vec<Queue>,
    /// Place of each service's among them, if it has one.
    of: Vec<Option<usize>>,
    /// The hour's demand when they were last looked at.
    demand: f64,
}

struct Queue {
    service: ServiceId,
    /// Most work that waits, in seconds of one server's.
    room: f64,
    /// It lasts at least this long.
    look: Span,
    /// How it stands since the rates last changed.
    level: Level,
    /// What arrives in a second, and what is done.
    rates: [f64; 2],
    /// What made it wait.
    began: Option<EventId>,
    slot: Slot,
}

/// It is full, or drained.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reached(usize);

impl Mechanism for Backlogs {
    type Timer = Reached;
    const CLASS: u8 = 6;

    fn new(world: &World, cx: &mut Cx) -> Self {
        let takes_in = |&s: &ServiceId| world[s].backlog.is_some();
        let queue = |service: ServiceId| Queue {
            service,
            room: world[service].room(),
            look: world[service].backlog.map_or(Span::ZERO, |of| of.look),
            level: Level { at: Time::ZERO, work: 0.0, rate: 0.0, refused: 0.0, state: BacklogState::Empty },
            rates: [0.0; 2],
            began: None,
            slot: cx.slot(),
        };
        let services = (0..world.services.len()).map(ServiceId::at);
        let queues: Vec<Queue> = services.filter(takes_in).map(queue).collect();
        let mut of = vec![None; world.services.len()];
        queues.iter().enumerate().for_each(|(at, queue)| of[queue.service.index()] = Some(at));
        Self { queues, of, demand: f64::NAN }
    }

    fn ring(&mut self, Reached(at): Reached, cx: &mut Cx) {
        let Some(queue) = self.queues.get_mut(at) else { return };
        let full = queue.level.rate > 0.0;
        queue.level.work = if full { queue.room } else { 0.0 };
        queue.level.at = cx.now();
        queue.turn(if full { BacklogState::Full } else { BacklogState::Empty }, cx);
        queue.flow(at, cx);
    }

    fn settle(&mut self, cx: &mut Cx) {
        if self.demand.to_bits() != cx.board.demand.to_bits() {
            self.demand = cx.board.demand;
            self.queues.iter().for_each(|queue| cx.board.flowing.insert(queue.service.index()));
        }
        while let Some(i) = cx.board.flowing.take_first() {
            let Some(at) = self.of[i] else { continue };
            let queue = &mut self.queues[at];
            let rates = queue.rates(cx);
            if rates.map(f64::to_bits) != queue.rates.map(f64::to_bits) {
                queue.level.work = queue.level.work_at(cx.now()).min(queue.room);
                queue.level.at = cx.now();
                queue.rates = rates;
                queue.look(cx);
                queue.flow(at, cx);
            }
        }
    }
}

impl Queue {
    /// What arrives, and what is done while work waits: new work as far as everything it needs answers, the rest as far
    /// as that answers even under what the backlog brings on it.
    fn rates(&self, cx: &Cx) -> [f64; 2] {
        let id = self.service;
        let arriving = cx.world[id].load * cx.board.demand * cx.board.amplification(id);
        let (own, capacity) = (cx.board.own(id), cx.board.capacity(id));
        let answered = if own > 0.0 { (cx.board.share(id) / own).min(1.0) } else { 0.0 };
        let at_least = arriving.min(capacity) * answered;
        [arriving, (capacity * answered.min(cx.board.answered(id))).max(at_least)]
    }

    fn look(&mut self, cx: &mut Cx) {
        let [arriving, done] = self.rates;
        let grows = arriving > done * (1.0 + EPSILON);
        match self.level.state {
            BacklogState::Empty if grows => self.turn(BacklogState::Waits, cx),
            BacklogState::Full if !grows => self.turn(BacklogState::Waits, cx),
            _ => {}
        }
    }

    fn turn(&mut self, state: BacklogState, cx: &mut Cx) {
        let id = self.service;
        let hurt = Some(cx.board.service(id)).filter(|&s| s != ServiceState::Up || self.began.is_some());
        let because = hurt.and_then(|_| cx.board.service_event(id)).or(cx.board.arriving(id).1);
        let causes: Vec<EventId> = self.began.into_iter().chain(because).collect();
        self.level.state = state;
        let event = cx.board.record(Subject::Service(id), Change::Backlog(state), &causes);
        self.began = (state != BacklogState::Empty).then(|| self.began.unwrap_or(event));
    }

    /// Sets the rates of the stretch that begins now, and the alarm at its end.
    fn flow(&mut self, at: usize, cx: &mut Cx) {
        let [arriving, done] = self.rates;
        let gap = arriving - done;
        (self.level.rate, self.level.refused) = match self.level.state {
            BacklogState::Empty => (0.0, 0.0),
            BacklogState::Waits => (gap, 0.0),
            BacklogState::Full => (0.0, gap.max(0.0)),
        };
        let (rate, work) = (self.level.rate, self.level.work);
        if [self.level.state, cx.board.backlog(self.service)] != [BacklogState::Empty; 2] {
            cx.board.set_backlog(self.service, self.level);
        }
        let left = if rate > 0.0 { self.room - work } else { work };
        if rate.abs() <= 0.0 || !left.is_finite() {
            return cx.cancel(self.slot);
        }
        let least = if rate > 0.0 { Span::ZERO } else { self.look };
        let wait = Span::from_secs_f64(left / rate.abs()).max(least);
        cx.set(self.slot, wait, Timer::Backlogs(Reached(at)));
    }
}
