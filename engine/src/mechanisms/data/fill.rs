//! What has to happen to a pool's data before it is fit to be served: it is filled from another copy, read through, or
//! brought up to date.
//!
//! ```text
//!  nothing in it ─▶ tape fetched ─▶ copied ─▶ verified ─┐
//!  stopped uncleanly ─▶ read through ───────────────────┼─▶ caught up ─▶ fit
//!  stopped while others wrote ──────────────────────────┘
//! ```

use super::copies::EPSILON;
use super::{Alarm, Store};
use crate::Span;
use crate::kernel::queue::Slot;
use crate::mechanisms::{Timer, routes};
use crate::run::Cx;
use crate::trace::{Change, EventId, PoolState, Subject, Task, TaskKind};
use crate::world::PoolId;

/// What a pool's data are busy with.
pub(super) struct Filling {
    slot: Slot,
    stage: Stage,
    /// The tapes are where the servers stand.
    fetched: Option<EventId>,
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Idle,
    Reading,
    CatchingUp,
    Fetching,
    /// From another pool, or from a vault, up to a reading.
    Copying(Option<PoolId>, f64),
    Verifying(f64),
}

impl Filling {
    pub fn new(cx: &mut Cx) -> Self {
        Self { slot: cx.slot(), stage: Stage::Idle, fetched: None }
    }
}

impl Store {
    /// A pool's servers stopped: whatever its data were busy with begins anew.
    pub(super) fn begin_anew(&mut self, at: usize, cx: &mut Cx) {
        let filling = &mut self.fillings[at];
        cx.cancel(filling.slot);
        if filling.stage != Stage::Fetching {
            filling.stage = Stage::Idle;
        }
    }

    pub(super) fn fetched(&mut self, pool: PoolId, by: EventId) {
        if let Some(at) = self.at(pool) {
            (self.fillings[at].stage, self.fillings[at].fetched) = (Stage::Idle, Some(by));
        }
    }

    /// The time that something took has passed.
    pub(super) fn stage_done(&mut self, pool: PoolId, cx: &mut Cx) {
        let Some(at) = self.at(pool) else { return };
        let stage = std::mem::replace(&mut self.fillings[at].stage, Stage::Idle);
        match stage {
            Stage::Reading => self.copies[at].unread = false,
            Stage::Copying(from, reading) => {
                let archived = self.archives.iter().any(|a| a.pool == from);
                let rate = self.rules.backup.and_then(|b| Some((b.size, b.verify_rate?)));
                match rate.filter(|_| archived) {
                    Some((size, rate)) => {
                        set(pool, PoolState::Checking, [None, self.news], cx);
                        self.begin(at, Stage::Verifying(reading), size / rate, cx);
                    }
                    None => self.filled(at, reading, cx),
                }
            }
            Stage::Verifying(reading) => self.filled(at, reading, cx),
            Stage::Idle | Stage::CatchingUp | Stage::Fetching => {}
        }
    }

    fn begin(&mut self, at: usize, stage: Stage, secs: f64, cx: &mut Cx) {
        let filling = &mut self.fillings[at];
        filling.stage = stage;
        cx.set(filling.slot, Span::from_secs_f64(secs), Timer::Data(Alarm::Stage(self.copies[at].pool)));
    }

    fn filled(&mut self, at: usize, reading: f64, cx: &mut Cx) {
        let copy = &mut self.copies[at];
        (copy.has, copy.at, copy.follows) = (Some(reading), cx.now().secs(), false);
        (copy.unread, copy.restored) = (false, true);
        cx.board.empty[copy.pool.index()] = false;
        let causes: Vec<EventId> = cx.board.pool_event(copy.pool).into_iter().collect();
        cx.board.record(Subject::Pool(copy.pool), Change::Restored, &causes);
    }

    /// Moves every pool's data on, if they can be.
    pub(super) fn tend(&mut self, t: f64, cx: &mut Cx) {
        for at in 0..self.copies.len() {
            let copy = &self.copies[at];
            let pool = copy.pool;
            match cx.board.pool(pool) {
                PoolState::Checking | PoolState::WaitData | PoolState::Restoring if copy.has.is_some() => {
                    self.make_fit(at, t, cx);
                }
                PoolState::Up if cx.board.unchecked(pool) && copy.has.is_some() => {
                    self.make_fit(at, t, cx);
                }
                PoolState::Checking
                    if !cx.board.active[pool.index()] && self.fillings[at].stage == Stage::Idle =>
                {
                    set(pool, PoolState::Standby, [None, self.news], cx);
                }
                PoolState::Checking | PoolState::Up
                    if self.fillings[at].stage == Stage::Idle && copy.has.is_none() =>
                {
                    set(pool, PoolState::WaitData, [None, self.news], cx);
                }
                PoolState::WaitData => self.fill(at, t, cx),
                PoolState::Restoring => self.go_on(at, cx),
                _ => {}
            }
        }
    }

    /// Data that are there: read through, brought up to date, or fit.
    fn make_fit(&mut self, at: usize, t: f64, cx: &mut Cx) {
        let copy = &self.copies[at];
        let pool = copy.pool;
        if matches!(self.fillings[at].stage, Stage::Reading | Stage::Verifying(_)) {
            return;
        }
        if cx.board.servers(pool) <= 0.0 {
            // Filled before it was ever started.
            if cx.board.pool(pool) != PoolState::Up {
                set(pool, PoolState::WaitHands, [None, self.news], cx);
            }
            return;
        }
        if copy.unread {
            let rate = self.rules.check_rate.unwrap_or(f64::INFINITY);
            set(pool, PoolState::Checking, [None, self.news], cx);
            return self.begin(at, Stage::Reading, self.rules.size / rate, cx);
        }
        if cx.board.unchecked(pool) && self.behind(copy, cx) {
            if !copy.follows {
                cx.cancel(self.fillings[at].slot);
                self.fillings[at].stage = Stage::Idle;
                return set(pool, PoolState::WaitData, [None, self.news], cx);
            }
            let missing = self.clock.now(t) - copy.lag - copy.has.unwrap_or(0.0) - EPSILON / 2.0;
            let rate = (self.rules.catch_up - self.clock.rate()).max(0.0);
            set(pool, PoolState::Checking, [None, self.news], cx);
            // A microsecond more, so that there is an end to rounding.
            return self.begin(at, Stage::CatchingUp, missing / rate + 1e-6, cx);
        }
        cx.cancel(self.fillings[at].slot);
        self.fillings[at].stage = Stage::Idle;
        cx.board.set_unchecked(pool, false);
        let state = if cx.board.active[pool.index()] { routes::state(pool, cx) } else { PoolState::Standby };
        set(pool, state, [None, self.news], cx);
    }

    /// Begins to fill a pool from the newest copy within reach, where people may be.
    fn fill(&mut self, at: usize, t: f64, cx: &mut Cx) {
        let pool = self.copies[at].pool;
        let site = cx.world[pool].site;
        let enterable = cx.board.site(site).lets_to_servers(&cx.world[site].landlord);
        if self.fillings[at].stage != Stage::Idle || !enterable {
            return;
        }
        let Some((reading, from, archived)) = self.source(at, t, cx) else { return };
        let backup = self.rules.backup.filter(|_| archived);
        let fetch = backup.filter(|b| from.is_none() && b.fetch > Span::ZERO);
        if fetch.is_some() && self.fillings[at].fetched.is_none() {
            self.fillings[at].stage = Stage::Fetching;
            let causes = [cx.board.pool_event(pool), cx.board.decided];
            let causes: Vec<EventId> = causes.into_iter().flatten().collect();
            let task = Task { kind: TaskKind::Fetch(pool), by_hand: true };
            cx.board.record(Subject::Pool(pool), Change::Queued(task), &causes);
            return;
        }
        let by = self.fillings[at].fetched.take().or(from.and_then(|p| cx.board.pool_event(p)));
        set(pool, PoolState::Restoring, [by, self.news], cx);
        let size = backup.map_or(self.rules.size, |b| b.size);
        self.begin(at, Stage::Copying(from, reading), size / self.rules.copy_rate, cx);
    }

    /// The newest copy that a pool could be filled from: up to where, which pool's (none: a vault's), and whether it is a
    /// snapshot.
    fn source(&self, at: usize, t: f64, cx: &Cx) -> Option<(f64, Option<PoolId>, bool)> {
        let here = cx.world[self.copies[at].pool].site;
        let near = |p: PoolId| cx.board.reach.together(cx.world[p].site, here);
        let runs = |c: &&super::Copy| {
            self.replicated() && c.whole() && cx.board.servers(c.pool) > 0.0 && near(c.pool)
        };
        let live = self.copies.iter().filter(runs).filter_map(|c| Some((c.has?, Some(c.pool), false)));
        let kept =
            self.archives.iter().filter(|a| !a.gone && a.pool.is_none_or(|p| stored(p, cx) && near(p)));
        let snapshots =
            kept.filter_map(|a| Some((a.reading(t, &self.clock, self.table.as_ref()?), a.pool, true)));
        live.chain(snapshots).reduce(|a, b| if b.0 > a.0 { b } else { a })
    }

    /// Copying goes on only while there is something to copy from, within reach.
    fn go_on(&mut self, at: usize, cx: &mut Cx) {
        let Stage::Copying(Some(from), _) = self.fillings[at].stage else { return };
        let there = match self.at(from) {
            Some(source) => self.copies[source].whole() && cx.board.servers(from) > 0.0,
            None => stored(from, cx),
        };
        let here = cx.world[self.copies[at].pool].site;
        if !there || !cx.board.reach.together(cx.world[from].site, here) {
            self.begin_anew(at, cx);
            set(self.copies[at].pool, PoolState::WaitData, [cx.board.pool_event(from), self.news], cx);
        }
    }
}

/// Whether a pool without servers gives out what it keeps.
fn stored(pool: PoolId, cx: &Cx) -> bool {
    cx.board.pool(pool) == PoolState::Stored
}

/// Puts a pool into a state, because of something, or of whatever brought it where it is.
fn set(pool: PoolId, state: PoolState, by: [Option<EventId>; 2], cx: &mut Cx) {
    if cx.board.pool(pool) != state {
        let [by, news] = by;
        let causes = by.into_iter().chain(cx.board.pool_event(pool).or(news));
        let causes: Vec<EventId> = causes.collect();
        cx.board.set_pool(pool, state, &causes);
    }
}
