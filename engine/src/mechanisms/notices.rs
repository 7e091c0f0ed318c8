//! Notices: what users are told, and when.
//!
//! Once the company may speak and something that people use is broken, a team writes a notice. It is out when the page it is for
//! serves; where that page is down with the rest it waits, or finds another way after a while. What it does to those who
//! would leave is in [`crate::report::Gone`]: nothing in a run depends on it.

use super::{Mechanism, Timer};
use crate::kernel::queue::Slot;
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, Subject, Task, TaskKind};
use crate::world::{NoticeWhen, World};

/// Below this share a page cannot be relied on to be read.
const READABLE: f64 = 0.5;

const WRITING: Task = Task { kind: TaskKind::Notice, by_hand: true };

/// How far the notice of this incident is.
pub(crate) struct Notices {
    slot: Slot,
    stage: Stage,
}

#[derive(Clone, Copy, Debug)]
enum Stage {
    /// Nobody may speak yet.
    Silent,
    /// Somebody may.
    Free(EventId),
    /// Somebody writes, or will.
    Asked,
    /// Written, and not out.
    Written(EventId),
    /// Out.
    Out,
}

/// It is out elsewhere.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Elsewhere(EventId);

impl Mechanism for Notices {
    type Timer = Elsewhere;
    const CLASS: u8 = 14;

    fn new(_world: &World, cx: &mut Cx) -> Self {
        Self { slot: cx.slot(), stage: Stage::Silent }
    }

    fn ring(&mut self, Elsewhere(written): Elsewhere, cx: &mut Cx) {
        self.publish(&[written], cx);
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        let Some(notice) = &cx.world.people.notice else { return };
        match (heard.change, notice.when) {
            (Change::Acknowledged, NoticeWhen::Acknowledged) | (Change::Decided, NoticeWhen::Decided) => {
                self.stage = Stage::Free(heard.id);
            }
            (Change::Closed, _) => self.close(heard.id, cx),
            (Change::Done(WRITING), _) => {
                self.stage = Stage::Written(heard.id);
                if let Some(wait) = notice.elsewhere {
                    cx.set(self.slot, wait, Timer::Notices(Elsewhere(heard.id)));
                }
            }
            _ => {}
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        let Some(notice) = &cx.world.people.notice else { return };
        match self.stage {
            Stage::Free(by) if cx.board.affected() > 0.0 => {
                self.stage = Stage::Asked;
                cx.board.record(Subject::Org, Change::Queued(WRITING), &[by]);
            }
            Stage::Written(by) if notice.via.is_none_or(|via| cx.board.share(via) >= READABLE) => {
                let page = notice.via.and_then(|via| cx.board.service_event(via));
                let causes: Vec<EventId> = [by].into_iter().chain(page).collect();
                self.publish(&causes, cx);
            }
            Stage::Silent | Stage::Free(_) | Stage::Asked | Stage::Written(_) | Stage::Out => {}
        }
    }
}

impl Notices {
    fn publish(&mut self, causes: &[EventId], cx: &mut Cx) {
        cx.cancel(self.slot);
        self.stage = Stage::Out;
        cx.board.record(Subject::Org, Change::Noticed, causes);
    }

    /// The incident is over: what is not written need not be.
    fn close(&mut self, because: EventId, cx: &mut Cx) {
        cx.cancel(self.slot);
        if matches!(std::mem::replace(&mut self.stage, Stage::Silent), Stage::Asked) {
            cx.board.record(Subject::Org, Change::Dropped(WRITING), &[because]);
        }
    }
}
