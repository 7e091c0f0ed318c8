//! Observers: the sites at which the monitor stands. Each sees only what it reaches, and takes the rest for down. What
//! enough of them take for down the monitor calls down, and the controller acts on it: it cannot know better.

use std::collections::{BTreeMap, BTreeSet};

use super::capacity::takes;
use super::{Mechanism, Timer};
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
    reach: u64,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Suspect(ServiceId, Option<EventId>);

impl Mechanism for Observers {
    type Timer = Suspect;
    const CLASS: u8 = 18;

    fn new(world: &World, _cx: &mut Cx) -> Self {
        let standby = world.pools.iter().filter(|p| p.role.stands_in()).map(|p| p.service);
        let guarded: BTreeSet<ServiceId> = standby.collect();
        Self {
            guarded: guarded.into_iter().collect(),
            doubts: BTreeMap::new(),
            counts: BTreeMap::new(),
            reach: 0,
        }
    }

    fn ring(&mut self, Suspect(service, because): Suspect, cx: &mut Cx) {
        let causes: Vec<EventId> = because.into_iter().collect();
        let event = cx.board.record(Subject::Service(service), Change::Suspected(true), &causes);
        cx.board.suspected[service.index()] = Some(event);
        cx.board.note(service);
    }

    fn settle(&mut self, cx: &mut Cx) {
        if std::mem::replace(&mut self.reach, cx.board.reach.version) != cx.board.reach.version {
            for service in self.guarded.clone() {
                self.look(service, cx);
            }
        }
    }
}

impl Observers {
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
            cx.set(slot, wait, Timer::Observers(Suspect(service, cx.board.reach.because)));
            self.doubts.insert(service, slot);
        } else if !blind && let Some(slot) = self.doubts.remove(&service) {
            cx.cancel(slot);
            if let Some(event) = cx.board.suspected[service.index()].take() {
                let causes: Vec<EventId> = [event].into_iter().chain(cx.board.reach.because).collect();
                cx.board.record(Subject::Service(service), Change::Suspected(false), &causes);
                cx.board.note(service);
            }
        }
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
