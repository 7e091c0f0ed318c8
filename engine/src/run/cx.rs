//! What a mechanism may see and do.

use super::board::Board;
use super::web::Web;
use crate::kernel::queue::{Queue, Slot};
use crate::kernel::random::Stream;
use crate::mechanisms::Timer;
use crate::trace::{Change, End, EventId, Subject, Trace};
use crate::world::{Script, World};
use crate::{Span, Time};

/// An event as mechanisms hear it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heard {
    pub id: EventId,
    pub subject: Subject,
    pub change: Change,
}

/// A run in progress.
pub(crate) struct Cx<'a> {
    pub world: &'a World,
    pub script: &'a Script,
    pub seed: u64,
    pub board: Board,
    /// Who leans on whom.
    pub web: Web,
    queue: Queue<Timer>,
}

impl<'a> Cx<'a> {
    pub fn new(world: &'a World, script: &'a Script, seed: u64) -> Self {
        Self { world, script, seed, board: Board::new(world), web: Web::new(world), queue: Queue::default() }
    }

    pub const fn now(&self) -> Time {
        self.board.now()
    }

    /// The stream of an entity for a purpose, at this run's seed.
    pub fn luck(&self, entity: &str, purpose: &str) -> Stream {
        Stream::new(self.seed, entity, purpose)
    }

    /// Rings after a while, for certain.
    pub fn after(&mut self, wait: Span, timer: Timer) {
        self.at(self.now() + wait, timer);
    }

    /// Rings at a moment, for certain.
    pub fn at(&mut self, at: Time, timer: Timer) {
        self.queue.push(at, timer.class(), timer);
    }

    /// A new alarm.
    pub fn slot(&mut self) -> Slot {
        self.queue.slot()
    }

    /// Sets or moves an alarm.
    pub fn set(&mut self, slot: Slot, wait: Span, timer: Timer) {
        self.queue.set(slot, self.board.now() + wait, timer.class(), timer);
    }

    /// Cancels an alarm.
    pub fn cancel(&mut self, slot: Slot) {
        self.queue.cancel(slot);
    }

    /// Moves to the next timer, unless it lies beyond the horizon.
    pub fn next(&mut self) -> Option<Timer> {
        let (at, timer) = self.queue.pop()?;
        if at > self.world.meta.horizon {
            return None;
        }
        self.board.advance(at);
        Some(timer)
    }

    pub fn into_trace(self, end: End) -> Trace {
        self.board.into_trace(self.world.meta.horizon, end, self.seed)
    }
}
