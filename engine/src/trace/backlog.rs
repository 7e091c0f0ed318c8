//! Work that waits: an amount that grows and shrinks at constant rates between events.

use crate::Time;

/// How a backlog stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BacklogState {
    /// Nothing waits.
    Empty,
    /// Work waits, and more is taken in.
    Waits,
    /// As much waits as there is room for: the rest is turned away.
    Full,
}

/// A stretch of constant rates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// Its beginning.
    pub at: Time,
    /// Work that waits then, in seconds of one server's work.
    pub work: f64,
    /// What it grows by in a second; negative while it is worked off.
    pub rate: f64,
    /// Work turned away in a second, for want of room.
    pub refused: f64,
    /// How it stands.
    pub state: BacklogState,
}

impl Level {
    /// What waits at a moment of the stretch.
    #[must_use]
    pub fn work_at(&self, t: Time) -> f64 {
        (self.work + self.rate * t.since(self.at).secs()).max(0.0)
    }
}

/// A service's backlog over time. Without any stretch nothing ever waited.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Backlog {
    levels: Vec<Level>,
}

impl Backlog {
    /// Appends a stretch; a second one of the same moment replaces the first.
    pub fn push(&mut self, level: Level) {
        match self.levels.last_mut() {
            Some(last) if last.at == level.at => *last = level,
            _ => self.levels.push(level),
        }
    }

    /// The stretch that covers a moment, if anything ever waited until then.
    #[must_use]
    pub fn at(&self, t: Time) -> Option<Level> {
        self.levels[..self.levels.partition_point(|level| level.at <= t)].last().copied()
    }

    /// What waits at a moment, in seconds of one server's work.
    #[must_use]
    pub fn work(&self, t: Time) -> f64 {
        self.at(t).map_or(0.0, |level| level.work_at(t))
    }

    /// Whether work is taken in at a moment.
    #[must_use]
    pub fn takes_in(&self, t: Time) -> bool {
        self.at(t).is_none_or(|level| level.state != BacklogState::Full)
    }

    /// All stretches, in order.
    #[must_use]
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }
}
