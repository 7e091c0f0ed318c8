//! Afterwards: once everything serves again, what was stored is compared with what should be there, and who did without a
//! control is looked over. Both are people's work, and neither keeps anything from serving.

use std::collections::BTreeMap;

use super::{Mechanism, Never};
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, PoolState, Subject, Task, TaskKind};
use crate::world::{ServiceId, World};

/// What has to be looked at when the incident is over, each with what first gave reason to.
pub(crate) struct Aftermath {
    doubted: BTreeMap<ServiceId, EventId>,
    bypassed: BTreeMap<ServiceId, EventId>,
    /// Asked for and not done: asked for once more it is the same work.
    open: Vec<TaskKind>,
}

impl Mechanism for Aftermath {
    type Timer = Never;
    const CLASS: u8 = 15;

    fn new(_world: &World, _cx: &mut Cx) -> Self {
        Self { doubted: BTreeMap::new(), bypassed: BTreeMap::new(), open: Vec::new() }
    }

    fn ring(&mut self, timer: Never, _cx: &mut Cx) {
        match timer {}
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        let after = cx.world.controls.after;
        let service = match (heard.subject, heard.change) {
            (
                Subject::Service(service),
                Change::WritesLost(_) | Change::DataLost | Change::Diverged { .. } | Change::Bypassed { .. },
            ) => service,
            (Subject::Pool(pool), Change::Restored | Change::Pool(PoolState::Checking)) => {
                cx.world[pool].service
            }
            (_, Change::Done(Task { kind, .. })) => return self.open.retain(|open| *open != kind),
            (_, Change::Closed) => return self.over(heard.id, cx),
            _ => return,
        };
        if let Change::Bypassed { .. } = heard.change {
            if after.security.is_some() {
                self.bypassed.entry(service).or_insert(heard.id);
            }
        } else if after.integrity.is_some() && cx.world[service].data.is_some() {
            self.doubted.entry(service).or_insert(heard.id);
        }
    }
}

impl Aftermath {
    fn over(&mut self, closed: EventId, cx: &mut Cx) {
        let doubted =
            std::mem::take(&mut self.doubted).into_iter().map(|(s, by)| (TaskKind::Verify(s), s, by));
        let bypassed =
            std::mem::take(&mut self.bypassed).into_iter().map(|(s, by)| (TaskKind::Secure(s), s, by));
        for (kind, service, by) in doubted.chain(bypassed) {
            if !self.open.contains(&kind) {
                self.open.push(kind);
                let task = Task { kind, by_hand: true };
                cx.board.record(Subject::Service(service), Change::Queued(task), &[by, closed]);
            }
        }
    }
}
