//! The channel: what the teams talk on is a placed service. When it fails everything done by hand takes longer, the more
//! so until everybody has found the fallback.

use super::{Mechanism, Timer};
use crate::kernel::queue::Slot;
use crate::run::Cx;
use crate::trace::{Change, EventId, Subject};
use crate::world::World;

/// Below this share nobody relies on it.
const USABLE: f64 = 0.5;

/// The channel's memory.
pub(crate) struct Channel {
    moved: Slot,
    lost: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Moved(EventId);

impl Mechanism for Channel {
    type Timer = Moved;
    const CLASS: u8 = 8;

    fn new(_world: &World, cx: &mut Cx) -> Self {
        Self { moved: cx.slot(), lost: false }
    }

    fn ring(&mut self, Moved(lost): Moved, cx: &mut Cx) {
        cx.board.record(Subject::Org, Change::ChannelMoved, &[lost]);
        cx.board.talk = f64::midpoint(1.0, cx.world.people.channel.slow);
    }

    fn settle(&mut self, cx: &mut Cx) {
        let rules = &cx.world.people.channel;
        let Some(via) = rules.via else { return };
        let lost = cx.board.share(via) < USABLE;
        if lost == std::mem::replace(&mut self.lost, lost) {
            return;
        }
        let causes: Vec<EventId> = cx.board.service_event(via).into_iter().collect();
        if lost {
            let event = cx.board.record(Subject::Org, Change::ChannelLost, &causes);
            cx.board.talk = rules.slow;
            cx.set(self.moved, rules.switch, Timer::Channel(Moved(event)));
        } else {
            cx.cancel(self.moved);
            cx.board.talk = 1.0;
            cx.board.record(Subject::Org, Change::ChannelBack, &causes);
        }
    }
}
