//! Data: who holds what, up to when, and what vanishes when an older copy opens.
//!
//! ```text
//!  writes ─▶ serving pools ─▶ followers (lag, catch-up) ─▶ promoted: what they lack has vanished
//!                  └───────── snapshots (every, delay) ──▶ restored: the same, and hours of copying
//! ```
//!
//! A pool with data serves only what is fit to be served: not before it was read through after an unclean stop, not
//! before it caught up with what was written meanwhile elsewhere, not before there is anything in it. Whoever opens
//! without the newest copy does so because somebody said go; how many seconds of writes are then missing is recorded.

mod copies;
mod fill;
mod follow;
mod split;

use super::{Mechanism, Timer};
use crate::Span;
use crate::kernel::marks::Marks;
use crate::kernel::queue::Slot;
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, PoolState, Subject, Task, TaskKind};
use crate::world::{self, PoolId, PoolRole, Replication, ServiceId, SiteId, World};
use copies::{Archive, Clock, Copy, EPSILON, Table, newest};
use fill::Filling;
use split::Split;

/// The data's memory: a store for each service that keeps any.
pub(crate) struct Data {
    stores: Vec<Store>,
    /// Position of each service's, if it has one.
    of: Vec<Option<usize>>,
    /// Those to be looked at again.
    due: Marks,
    /// The versions of the network and of its islands when they were last looked at, and the place in the journal then.
    reach: u64,
    parted: u64,
    place: usize,
}

/// The data of one service.
struct Store {
    service: ServiceId,
    rules: world::Data,
    clock: Clock,
    table: Option<Table>,
    /// One a pool of the service with servers, in their order.
    copies: Vec<Copy>,
    fillings: Vec<Filling>,
    /// When a copy will be too old to be served.
    old: Slot,
    archives: Vec<Archive>,
    /// The reading that whoever wants to serve has to have, and whether nobody serves.
    leader: f64,
    nobody: bool,
    /// Where on the write clock the last writes vanished.
    gap: f64,
    /// Sides that are apart, how many there are on an ordinary day, keys that both a lost side and another wrote, and
    /// those that wait for somebody to ask for the work.
    split: Option<Split>,
    apart: usize,
    owed: u32,
    waiting: u32,
    /// All copies of it, or of a part of it, are gone.
    lost: Option<EventId>,
    writing_off: bool,
    /// What last made it look: the cause of what nothing else explains.
    news: Option<EventId>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Alarm {
    /// What a pool was busy with is done.
    Stage(PoolId),
    /// Somebody decides to start empty.
    WriteOff(ServiceId),
    /// A copy that is cut off from those who write has become older than it may be.
    Old(ServiceId),
}

impl Mechanism for Data {
    type Timer = Alarm;
    const CLASS: u8 = 14;

    fn new(world: &World, cx: &mut Cx) -> Self {
        let mut of = vec![None; world.services.len()];
        let mut stores = Vec::new();
        for (i, service) in world.services.iter().enumerate() {
            if let Some(rules) = service.data {
                of[i] = Some(stores.len());
                stores.push(Store::new(ServiceId::at(i), rules, cx));
            }
        }
        let due = Marks::none(stores.len());
        Self { stores, of, due, reach: 0, parted: 0, place: 0 }
    }

    fn ring(&mut self, alarm: Alarm, cx: &mut Cx) {
        let service = match alarm {
            Alarm::Stage(pool) => cx.world[pool].service,
            Alarm::WriteOff(service) | Alarm::Old(service) => service,
        };
        let Some(at) = self.of[service.index()] else { return };
        match alarm {
            Alarm::Stage(pool) => self.stores[at].stage_done(pool, cx),
            Alarm::WriteOff(_) => self.stores[at].start_empty(cx),
            Alarm::Old(_) => {}
        }
        // What opens now is heard before anybody asks who serves.
        self.stores[at].look(cx);
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        let service = match (heard.subject, heard.change) {
            (Subject::Pool(pool), Change::Pool(_) | Change::Servers(_) | Change::Done(_)) => {
                cx.world[pool].service
            }
            (
                Subject::Service(service),
                Change::Service(_)
                | Change::Promoted
                | Change::Done(Task { kind: TaskKind::Reconcile(_), .. }),
            ) => service,
            (Subject::Site(_), Change::Site(_)) | (_, Change::Decided) => return self.all(Some(heard.id)),
            _ => return,
        };
        let Some(at) = self.of[service.index()] else { return };
        self.due.insert(at);
        let store = &mut self.stores[at];
        store.news = Some(heard.id);
        match (heard.subject, heard.change) {
            (_, Change::Promoted) => store.promoted(cx),
            (Subject::Service(_), Change::Done(_)) => store.reconciled(heard.id, cx),
            (Subject::Pool(pool), Change::Pool(state @ (PoolState::NoPower | PoolState::Destroyed))) => {
                store.stopped(pool, state == PoolState::Destroyed, cx);
            }
            // One server of one that is started again by itself stopped nothing.
            (Subject::Pool(pool), Change::Servers(0)) if !serving(cx.board.pool(pool)) => {
                store.stopped(pool, false, cx);
            }
            (Subject::Pool(pool), Change::Done(Task { kind: TaskKind::Fetch(_), .. })) => {
                store.fetched(pool, heard.id);
            }
            _ => {}
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        if self.reach != cx.board.reach.version {
            self.reach = cx.board.reach.version;
            let changed = cx.board.changes(&mut self.place).iter();
            changed.filter_map(|s| self.of[s.index()]).for_each(|at| self.due.insert(at));
            if std::mem::replace(&mut self.parted, cx.board.reach.parted) != cx.board.reach.parted {
                self.all(cx.board.reach.because);
            }
        }
        while let Some(at) = self.due.take_first() {
            self.stores[at].look(cx);
        }
    }
}

impl Data {
    fn all(&mut self, because: Option<EventId>) {
        for (at, store) in self.stores.iter_mut().enumerate() {
            store.news = because.or(store.news);
            self.due.insert(at);
        }
    }
}

impl Store {
    fn new(service: ServiceId, rules: world::Data, cx: &mut Cx) -> Self {
        let world = cx.world;
        let (kept, pools): (Vec<PoolId>, Vec<PoolId>) =
            world[service].pools.iter().partition(|&&p| world[p].role == PoolRole::Backup);
        let copy = |&pool: &PoolId| Copy {
            pool,
            has: (!cx.board.empty[pool.index()]).then_some(0.0),
            at: 0.0,
            follows: true,
            lag: 0.0,
            serves: cx.board.active[pool.index()],
            unread: false,
            promoted: false,
            gone: false,
            stranded: 0.0,
            peer: false,
            restored: false,
        };
        let copies = pools.iter().map(copy).collect();
        let table = rules.backup.map(|backup| {
            let luck = cx.luck(&world[service].key, "snapshots").uniform();
            Table::new(&backup, luck)
        });
        let vault = (table.is_some() && kept.is_empty()).then(|| Archive::new(None));
        let fillings = pools.iter().map(|_| Filling::new(cx)).collect();
        let taken = table.is_some();
        let kept = kept.into_iter().filter(|_| taken).map(|pool| Archive::new(Some(pool)));
        let mut store = Self {
            service,
            rules,
            clock: Clock::new(),
            table,
            copies,
            fillings,
            old: cx.slot(),
            archives: kept.chain(vault).collect(),
            leader: 0.0,
            nobody: false,
            gap: f64::NEG_INFINITY,
            split: None,
            apart: 1,
            owed: 0,
            waiting: 0,
            lost: None,
            writing_off: false,
            news: None,
        };
        store.set_lags(cx);
        // On an ordinary day everybody is as far behind as they always are.
        store.copies.iter_mut().for_each(|c| c.has = c.has.map(|_| -c.lag));
        store
    }

    /// Whether writes go to more than the servers that took them.
    fn replicated(&self) -> bool {
        self.rules.replication != Replication::None
    }

    fn at(&self, pool: PoolId) -> Option<usize> {
        self.copies.iter().position(|c| c.pool == pool)
    }

    /// Somebody wants what stood by, however old it is.
    fn promoted(&mut self, cx: &Cx) {
        for copy in &mut self.copies {
            copy.promoted |= cx.board.active[copy.pool.index()];
        }
    }

    /// A pool's servers stopped.
    fn stopped(&mut self, pool: PoolId, burnt: bool, cx: &mut Cx) {
        if let Some(archive) = self.archives.iter_mut().find(|a| a.pool == Some(pool)) {
            archive.gone |= burnt;
        }
        let Some(at) = self.at(pool) else { return };
        let copy = &mut self.copies[at];
        copy.unread = self.rules.check_rate.is_some();
        copy.gone |= burnt;
        copy.promoted = false;
        self.begin_anew(at, cx);
    }

    /// Everything that follows from what has changed.
    fn look(&mut self, cx: &mut Cx) {
        let t = cx.now().secs();
        self.note(t);
        self.clock.run(t, cx.board.share(self.service) > 0.0);
        self.lead(t, cx);
        for copy in &self.copies {
            let idle = !cx.board.active[copy.pool.index()];
            let fit = copy.whole() && (idle || !self.behind(copy, cx));
            cx.board.set_unchecked(copy.pool, !fit);
        }
        self.open(t, cx);
        self.follow(t, cx);
        self.tend(t, cx);
        self.look_for_loss(cx);
        self.watch_age(t, cx);
    }

    /// Whoever runs without reaching those who write grows older until it is behind: then it is looked at again.
    fn watch_age(&self, t: f64, cx: &mut Cx) {
        cx.cancel(self.old);
        if self.nobody || self.clock.rate() <= 0.0 {
            return;
        }
        let ages = |c: &&Copy| {
            let runs = cx.board.active[c.pool.index()] && cx.board.servers(c.pool) > 0.0;
            runs && c.whole() && !c.follows && !cx.board.unchecked(c.pool)
        };
        let spare = |c: &Copy| Some(c.has? + c.lag + EPSILON - self.clock.now(t));
        let soonest = self.copies.iter().filter(ages).filter_map(spare).fold(f64::INFINITY, f64::min);
        if self.replicated() && (0.0..f64::INFINITY).contains(&soonest) {
            // A microsecond more, so that rounding does not stop short of it.
            let wait = Span::from_secs_f64(soonest + 1e-6);
            cx.set(self.old, wait, Timer::Data(Alarm::Old(self.service)));
        }
    }

    /// Notes how old everything is before anything changes.
    fn note(&mut self, t: f64) {
        for copy in &mut self.copies {
            copy.has = copy.reading(t, &self.clock, self.rules.catch_up);
            (copy.at, copy.follows) = (t, false);
        }
        if let Some(table) = &self.table {
            self.archives.iter_mut().for_each(|a| a.note(t, &self.clock, table));
        }
        if let Some(split) = &mut self.split {
            split.note(self.clock.now(t));
        }
    }

    /// Finds who has to be caught up with: those who serve, or the newest copy that could serve or is being started.
    fn lead(&mut self, t: f64, cx: &Cx) {
        self.nobody = !self.copies.iter().any(|c| c.serves && c.whole() && able(c, cx));
        let comes = |c: &&Copy| {
            let state = cx.board.pool(c.pool);
            !c.gone && matches!(state, PoolState::Restarting | PoolState::Checking | PoolState::Routing)
                || able(c, cx)
        };
        self.leader = if self.nobody { newest(self.copies.iter().filter(comes)) } else { self.clock.now(t) };
    }

    /// Whether a copy lacks what somebody else has. Where nobody serves, the newest of those at hand opens once somebody
    /// said go; what was promoted opens at once where it reaches nobody who serves.
    fn behind(&self, copy: &Copy, cx: &Cx) -> bool {
        let Some(has) = copy.has.filter(|_| self.replicated() && !copy.serves) else { return false };
        if copy.promoted && (self.nobody || !self.led(cx.world[copy.pool].site, cx)) {
            return false;
        }
        let wanted = match (self.nobody, cx.board.decided) {
            (true, None) => self.leader.max(newest(self.copies.iter())),
            _ => self.leader,
        };
        has < wanted - copy.lag - EPSILON
    }

    /// Whoever can serves. What those who do so lack of what was written has vanished: when others left who had taken
    /// writes, or when the first opens after a time without anybody.
    fn open(&mut self, t: f64, cx: &mut Cx) {
        let now: Vec<bool> = self.copies.iter().map(|c| able(c, cx) && !cx.board.unchecked(c.pool)).collect();
        let each = || self.copies.iter().zip(&now);
        let shut = !self.copies.iter().any(|c| c.serves);
        let here = |site: SiteId| each().any(|(c, &now)| now && cx.world[c.pool].site == site);
        // Who stepped down and still runs hands over what it has.
        let near = |c: &Copy| {
            let site = |c: &Copy| cx.world[c.pool].site;
            let reached = each().any(|(other, &now)| now && cx.board.reach.together(site(other), site(c)));
            c.whole() && cx.board.servers(c.pool) > 0.0 && reached
        };
        let left = each().any(|(c, &now)| c.serves && !now && !here(cx.world[c.pool].site) && !near(c));
        let restored = !self.replicated() && each().any(|(c, &now)| c.restored && now);
        if now.contains(&true) && (restored || (self.replicated() && (left || shut))) {
            let serving =
                |wanted: bool| self.copies.iter().zip(&now).filter(move |c| *c.1 == wanted).map(|c| c.0);
            let (best, all) = if self.replicated() {
                let at_hand = each().filter(|(c, now)| **now || near(c)).map(|c| c.0);
                (newest(at_hand), self.clock.now(t))
            } else {
                (newest(serving(true).filter(|c| c.restored)), newest(serving(false)))
            };
            let best = self.lost_with_a_side(&now, cx).map_or(best, |from| from.min(best));
            if all - best > EPSILON {
                let peers = each().any(|(c, &now)| now && c.serves);
                self.vanish(best, all, &now, peers, cx);
            }
        }
        self.part(t, &now, cx);
        let open: Vec<SiteId> =
            self.copies.iter().zip(&now).filter(|c| *c.1).map(|c| cx.world[c.0.pool].site).collect();
        for (copy, now) in self.copies.iter_mut().zip(now) {
            let site = cx.world[copy.pool].site;
            let others = open.iter().any(|&s| s != site && cx.board.reach.together(s, site));
            // What others write reaches it as fast as it can; what it takes in itself it has.
            if now && !(copy.serves && others && self.rules.replication != Replication::None) {
                copy.has = Some(self.clock.now(t));
            }
            copy.restored &= !now;
            copy.serves = now;
        }
    }

    /// Writes between two readings are in no copy that serves.
    fn vanish(&mut self, from: f64, to: f64, now: &[bool], peers: bool, cx: &mut Cx) {
        // Since before the last time: all of it is counted anew, and what is now opened from is not missing.
        let anew = from < self.gap;
        let before = if anew { 0.0 } else { cx.board.vanished(self.service) };
        self.gap = to;
        for (copy, &now) in self.copies.iter_mut().zip(now) {
            if !now {
                let more = copy.has.map_or(0.0, |has| (has - from).max(0.0));
                (copy.stranded, copy.peer) = (more, peers);
            } else if anew {
                copy.stranded = 0.0;
            }
        }
        let pools =
            self.copies.iter().zip(now).filter(|c| *c.1).filter_map(|c| cx.board.pool_event(c.0.pool));
        let causes: Vec<EventId> =
            pools.chain(cx.board.service_event(self.service)).max().into_iter().collect();
        cx.board.set_vanished(self.service, before + to - from);
        let lost = Change::WritesLost(Span::from_secs_f64(to - from));
        cx.board.record(Subject::Service(self.service), lost, &causes);
    }

    /// Sees whether anything is left of it.
    fn look_for_loss(&mut self, cx: &mut Cx) {
        let burnt = |c: &&Copy| c.gone && c.has.is_some();
        let left = self.copies.iter().any(|c| c.has.is_some() && !c.gone && self.replicated());
        let kept = left || self.archives.iter().any(|a| !a.gone);
        if self.copies.iter().any(|c| burnt(&c)) && !kept {
            let events = self.copies.iter().filter(burnt).filter_map(|c| cx.board.pool_event(c.pool));
            let causes: Vec<EventId> = events.max().into_iter().collect();
            let lost = cx.board.record(Subject::Service(self.service), Change::DataLost, &causes);
            cx.board.set_vanished(self.service, f64::INFINITY);
            cx.board.set_data_lost(self.service, true);
            self.copies.iter_mut().filter(|c| c.gone).for_each(|c| c.has = None);
            self.lost = Some(lost);
        }
        if let (Some(mean), Some(_), Some(_), false) =
            (self.rules.start_empty, self.lost, cx.board.decided, self.writing_off)
        {
            self.writing_off = true;
            let wait = cx.luck(&cx.world[self.service].key, "start empty").wait(mean);
            cx.after(wait, Timer::Data(Alarm::WriteOff(self.service)));
        }
    }

    /// Somebody gave the data up: what runs starts without any.
    fn start_empty(&mut self, cx: &mut Cx) {
        let Some(lost) = self.lost.take() else { return };
        let t = cx.now().secs();
        self.writing_off = false;
        cx.board.set_data_lost(self.service, false);
        let causes: Vec<EventId> = [Some(lost), cx.board.decided].into_iter().flatten().collect();
        cx.board.record(Subject::Service(self.service), Change::StartedEmpty, &causes);
        for copy in self.copies.iter_mut().filter(|c| !c.gone && c.has.is_none()) {
            (copy.has, copy.at, copy.follows, copy.unread) = (Some(self.clock.now(t)), t, false, false);
            cx.board.empty[copy.pool.index()] = false;
        }
    }
}

/// Whether what runs of a pool is as it should be.
const fn serving(state: PoolState) -> bool {
    matches!(state, PoolState::Up | PoolState::Routing | PoolState::Standby)
}

/// Servers of a copy run and could take requests.
fn able(copy: &Copy, cx: &Cx) -> bool {
    let state = cx.board.pool(copy.pool);
    cx.board.active[copy.pool.index()]
        && cx.board.servers(copy.pool) > 0.0
        && cx.board.reach.takes(copy.pool)
        && !matches!(
            state,
            PoolState::NoPower | PoolState::Destroyed | PoolState::Promoting | PoolState::Routing
        )
}
