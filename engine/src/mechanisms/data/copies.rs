//! Copies of a service's data: how old each is.
//!
//! Age is told on the *write clock*: seconds during which the service took writes. A copy that holds everything up to a
//! reading of it has lost whatever was written since, and a service that writes nothing lets no copy grow older.

use crate::world::{Backup, PoolId};

/// Readings closer than this are the same, in seconds.
pub(super) const EPSILON: f64 = 1e-4;

/// Seconds written.
pub(super) struct Clock {
    written: f64,
    at: f64,
    writing: bool,
}

impl Clock {
    /// Everything has been written for ever, and 0 is now.
    pub const fn new() -> Self {
        Self { written: 0.0, at: 0.0, writing: true }
    }

    /// The reading at a moment not before the last change.
    pub const fn now(&self, t: f64) -> f64 {
        self.before(t, 0.0)
    }

    /// The reading some seconds before that.
    pub const fn before(&self, t: f64, ago: f64) -> f64 {
        let since = t - self.at;
        if self.writing { self.written + since - ago } else { self.written - (ago - since).max(0.0) }
    }

    /// Whether it goes on from now.
    pub const fn run(&mut self, t: f64, writing: bool) {
        (self.written, self.at, self.writing) = (self.now(t), t, writing);
    }

    /// How fast it goes.
    pub const fn rate(&self) -> f64 {
        if self.writing { 1.0 } else { 0.0 }
    }
}

/// What one pool holds.
pub(super) struct Copy {
    pub pool: PoolId,
    /// Up to where, at `at`; none: nothing.
    pub has: Option<f64>,
    pub at: f64,
    /// Writes reach it.
    pub follows: bool,
    /// So much later.
    pub lag: f64,
    /// Takes requests.
    pub serves: bool,
    /// Stopped uncleanly; to be read through before it is trusted.
    pub unread: bool,
    /// Was promoted since it last stopped: somebody wants it however old it is.
    pub promoted: bool,
    /// Burnt.
    pub gone: bool,
    /// Seconds of writes in it that those who serve lack, of all copies counted from the same reading, and whether they
    /// follow by themselves when it is back.
    pub stranded: f64,
    pub peer: bool,
    /// Was filled from elsewhere and has not served since.
    pub restored: bool,
}

impl Copy {
    /// Nothing has to be done to it before it is as good as it is old.
    pub const fn whole(&self) -> bool {
        self.has.is_some() && !self.gone && !self.unread
    }

    /// Its reading at a moment, if it takes in `catch_up` seconds of writes in a second.
    pub fn reading(&self, t: f64, clock: &Clock, catch_up: f64) -> Option<f64> {
        let has = self.has?;
        if !self.follows {
            return Some(has);
        }
        Some(clock.before(t, self.lag).min(has + catch_up * (t - self.at)))
    }
}

/// The newest reading of some copies.
pub(super) fn newest<'a>(copies: impl Iterator<Item = &'a Copy>) -> f64 {
    copies.filter_map(|c| c.has).fold(f64::NEG_INFINITY, f64::max)
}

/// Where snapshots are kept.
pub(super) struct Archive {
    /// None: a vault that nothing here can reach.
    pub pool: Option<PoolId>,
    pub gone: bool,
    /// The newest whole one, as it was when they were last interrupted.
    kept: f64,
    /// Taken since then without interruption; infinite: interrupted.
    since: f64,
}

/// A time table: when snapshots are taken.
pub(super) struct Table {
    pub every: f64,
    pub delay: f64,
    /// The first after the start of the run.
    pub phase: f64,
}

impl Table {
    pub fn new(backup: &Backup, luck: f64) -> Self {
        let every = backup.every.secs();
        Self { every, delay: backup.delay.secs(), phase: luck * every }
    }

    /// When the newest snapshot that is safe at a moment was taken.
    fn newest(&self, t: f64) -> f64 {
        self.phase + ((t - self.delay - self.phase) / self.every).floor() * self.every
    }
}

impl Archive {
    pub const fn new(pool: Option<PoolId>) -> Self {
        Self { pool, gone: false, kept: f64::NEG_INFINITY, since: f64::NEG_INFINITY }
    }

    /// Up to where the newest whole snapshot goes.
    pub fn reading(&self, t: f64, clock: &Clock, table: &Table) -> f64 {
        let taken = table.newest(t);
        if taken >= self.since { clock.now(t) - (t - taken) } else { self.kept }
    }

    /// Notes what there is before anything changes.
    pub fn note(&mut self, t: f64, clock: &Clock, table: &Table) {
        self.kept = self.reading(t, clock, table);
    }

    /// Whether snapshots are taken from now on.
    pub const fn run(&mut self, t: f64, taken: bool) {
        if !taken {
            self.since = f64::INFINITY;
        } else if self.since == f64::INFINITY {
            self.since = t;
        }
    }
}
