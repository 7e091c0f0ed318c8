//! Watchdogs: what the monitor takes for down is stopped and started again by a machine, all of it at once, although it
//! serves. Whatever leans on it stands still for as long as its servers take to come up, and for as long as the monitor
//! errs that comes again and again.

use std::collections::BTreeSet;

use super::{Mechanism, Timer};
use crate::kernel::queue::Slot;
use crate::run::Cx;
use crate::trace::{Change, EventId, Subject};
use crate::world::{ServiceId, World};

/// The services that have one.
pub(crate) struct Watchdog {
    services: Vec<(ServiceId, Slot)>,
    /// The alarm each acts on.
    acting: Vec<Option<EventId>>,
    /// Place of each service among those, if it is, and the place in the journal.
    of: Vec<Option<usize>>,
    place: usize,
}

/// A service's position among those.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bite(usize);

impl Mechanism for Watchdog {
    type Timer = Bite;
    const CLASS: u8 = 19;

    fn new(world: &World, cx: &mut Cx) -> Self {
        let watched = (0..world.services.len()).filter(|&i| world.services[i].watchdog.is_some());
        let services: Vec<(ServiceId, Slot)> = watched.map(|i| (ServiceId::at(i), cx.slot())).collect();
        let mut of = vec![None; world.services.len()];
        services.iter().enumerate().for_each(|(at, s)| of[s.0.index()] = Some(at));
        Self { acting: vec![None; services.len()], services, of, place: 0 }
    }

    fn ring(&mut self, Bite(at): Bite, cx: &mut Cx) {
        let (service, slot) = self.services[at];
        let Some(because) = self.acting[at] else { return };
        cx.board.record(Subject::Service(service), Change::Restarted, &[because]);
        // It looks again once everything is up.
        if let Some(wait) = cx.world[service].watchdog {
            cx.set(slot, cx.world.controls.boot_time + wait, Timer::Watchdog(Bite(at)));
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        let changed = cx.board.changes(&mut self.place).iter();
        let changed: BTreeSet<usize> = changed.filter_map(|s| self.of[s.index()]).collect();
        for at in changed {
            let (service, slot) = self.services[at];
            let said = cx.board.suspected[service.index()];
            if std::mem::replace(&mut self.acting[at], said) == said {
                continue;
            }
            match (said, cx.world[service].watchdog) {
                (Some(_), Some(wait)) => cx.set(slot, wait, Timer::Watchdog(Bite(at))),
                _ => cx.cancel(slot),
            }
        }
    }
}
