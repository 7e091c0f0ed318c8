//! Observers: the sites at which the monitor stands. Each sees only what it reaches, and takes the rest for down. What
//! enough of them take for down the monitor calls down, and the controller acts on it: it cannot know better.
//!
//! A monitor errs, too: now and then, as a Poisson process for each service, a single observer takes what serves for down,
//! for no reason that the company could see. Two observers that must agree do not err together.

use std::collections::{BTreeMap, BTreeSet};

use super::capacity::takes;
use super::{Mechanism, Timer};
use crate::Span;
use crate::kernel::queue::Slot;
use crate::run::Cx;
use crate::trace::{Change, EventId, Subject, WHOLE};
use crate::world::{Role, ServiceId, SiteId, World};

/// What the observers believe.
pub(crate) struct Observers {
    /// Services that somebody would switch: what is believed of others moves nothing.
    guarded: Vec<ServiceId>,
    /// Services taken for down, or about to be.
    doubts: BTreeMap<ServiceId, Slot>,
    /// Doubts so far, each with luck of its own.
    counts: BTreeMap<ServiceId, u32>,
    /// Services of which a false alarm is said.
    mistaken: BTreeSet<ServiceId>,
    /// Version of the network that was last looked at, and of its islands; the place in the journal then.
    reach: u64,
    parted: u64,
    place: usize,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Belief {
    /// Enough observers have not seen it for long enough.
    Unseen(ServiceId, Option<EventId>),
    /// The next false alarm of a service, by number.
    Mistaken(ServiceId, u32),
    /// It is over.
    Corrected(ServiceId),
}

/// Seconds in a year.
const YEAR: f64 = 365.0 * 86_400.0;

impl Mechanism for Observers {
    type Timer = Belief;
    const CLASS: u8 = 18;

    fn new(world: &World, _cx: &mut Cx) -> Self {
        let standby = world.pools.iter().filter(|p| p.role.stands_in()).map(|p| p.service);
        let watched = |i: &usize| world.services[*i].watchdog.is_some();
        let watched = (0..world.services.len()).filter(watched).map(ServiceId::at);
        let guarded: BTreeSet<ServiceId> = standby.chain(watched).collect();
        Self {
            guarded: guarded.into_iter().collect(),
            doubts: BTreeMap::new(),
            counts: BTreeMap::new(),
            mistaken: BTreeSet::new(),
            reach: 0,
            parted: 0,
            place: 0,
        }
    }

    fn begin(&mut self, cx: &mut Cx) {
        for &service in &self.guarded {
            err(service, 1, cx);
        }
    }

    fn ring(&mut self, belief: Belief, cx: &mut Cx) {
        match belief {
            Belief::Unseen(service, because) => {
                self.mistaken.remove(&service);
                suspect(service, because, cx);
            }
            Belief::Mistaken(service, number) => {
                err(service, number + 1, cx);
                let sees = cx.board.does(Role::Monitor) == Some(true);
                let serves = cx.board.share(service) >= WHOLE && !self.doubts.contains_key(&service);
                if sees && serves && self.mistaken.insert(service) {
                    suspect(service, None, cx);
                    let over = Timer::Observers(Belief::Corrected(service));
                    cx.after(cx.world.controls.detect.false_lasts, over);
                }
            }
            Belief::Corrected(service) => {
                if self.mistaken.remove(&service) {
                    trust(service, None, cx);
                }
            }
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        if std::mem::replace(&mut self.reach, cx.board.reach.version) != cx.board.reach.version {
            for service in self.concerned(cx) {
                self.look(service, cx);
            }
        }
    }
}

impl Observers {
    /// Services of which observers may see more or less than when they last looked: all, if sites were parted or joined or the
    /// monitor itself changed.
    fn concerned(&mut self, cx: &Cx) -> Vec<ServiceId> {
        let parted = std::mem::replace(&mut self.parted, cx.board.reach.parted) != cx.board.reach.parted;
        let changed: BTreeSet<ServiceId> = cx.board.changes(&mut self.place).iter().copied().collect();
        if parted || cx.board.holders(Role::Monitor).any(|s| changed.contains(&s)) {
            return self.guarded.clone();
        }
        changed.into_iter().filter(|s| self.guarded.binary_search(s).is_ok()).collect()
    }

    /// What the observers take for down although it serves.
    fn look(&mut self, service: ServiceId, cx: &mut Cx) {
        let needed = cx.world.controls.detect.observers.max(1) as usize;
        let blind = !cx.board.reach.whole
            && cx.board.share(service) >= WHOLE
            && standing(cx).filter(|&site| !seen_from(site, service, cx)).count() >= needed;
        if blind && !self.doubts.contains_key(&service) {
            let count = self.counts.entry(service).or_default();
            *count += 1;
            let mut luck = cx.luck(&cx.world[service].key, &format!("doubt {count}"));
            let wait = super::detect::polls(&mut luck, &cx.world.controls.detect);
            let slot = cx.slot();
            cx.set(slot, wait, Timer::Observers(Belief::Unseen(service, cx.board.reach.because)));
            self.doubts.insert(service, slot);
        } else if !blind && let Some(slot) = self.doubts.remove(&service) {
            cx.cancel(slot);
            if !self.mistaken.contains(&service) {
                trust(service, cx.board.reach.because, cx);
            }
        }
    }
}

/// Sets the alarm for a service's next false alarm.
fn err(service: ServiceId, number: u32, cx: &mut Cx) {
    let rules = &cx.world.controls.detect;
    if rules.false_alarms > 0 && rules.observers <= 1 {
        let mut luck = cx.luck(&cx.world[service].key, &format!("false alarm {number}"));
        let wait = luck.exponential() * YEAR / f64::from(rules.false_alarms);
        cx.after(Span::from_secs_f64(wait), Timer::Observers(Belief::Mistaken(service, number)));
    }
}

fn suspect(service: ServiceId, because: Option<EventId>, cx: &mut Cx) {
    let causes: Vec<EventId> = because.into_iter().collect();
    let event = cx.board.record(Subject::Service(service), Change::Suspected(true), &causes);
    cx.board.suspected[service.index()] = Some(event);
    cx.board.note(service);
}

fn trust(service: ServiceId, because: Option<EventId>, cx: &mut Cx) {
    if let Some(event) = cx.board.suspected[service.index()].take() {
        let causes: Vec<EventId> = [event].into_iter().chain(because).collect();
        cx.board.record(Subject::Service(service), Change::Suspected(false), &causes);
        cx.board.note(service);
    }
}

/// Sites at which the monitor's servers stand and take requests.
pub(super) fn standing<'a>(cx: &'a Cx<'_>) -> impl Iterator<Item = SiteId> + use<'a> {
    let pools = cx.board.holders(Role::Monitor).flat_map(|s| cx.world[s].pools.iter().copied());
    let sites: BTreeSet<SiteId> =
        pools.filter(|&p| takes(p, cx) && cx.board.servers(p) > 0.0).map(|p| cx.world[p].site).collect();
    sites.into_iter()
}

/// Whether something of a service answers to whoever stands at a site.
fn seen_from(site: SiteId, service: ServiceId, cx: &Cx) -> bool {
    let answers = |&&p: &&crate::world::PoolId| takes(p, cx) && cx.board.servers(p) > 0.0;
    cx.world[service].pools.iter().filter(answers).any(|&p| cx.board.reach.together(cx.world[p].site, site))
}
