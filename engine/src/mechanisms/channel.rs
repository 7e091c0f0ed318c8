//! The channel: what the teams talk on is a placed service, or several: then one of them is enough. When it fails everything done by hand takes longer, the more
//! so until everybody has found the fallback, and for those who find no seat on it.

use super::{Mechanism, Timer};
use crate::kernel::queue::Slot;
use crate::run::Cx;
use crate::trace::{Change, EventId, Subject};
use crate::world::{TeamId, World};

/// Below this share nobody relies on it.
const USABLE: f64 = 0.5;

/// The channel's memory.
pub(crate) struct Channel {
    slot: Slot,
    lost: bool,
    moved: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Moved(EventId);

impl Mechanism for Channel {
    type Timer = Moved;
    const CLASS: u8 = 8;

    fn new(_world: &World, cx: &mut Cx) -> Self {
        Self { slot: cx.slot(), lost: false, moved: false }
    }

    fn ring(&mut self, Moved(lost): Moved, cx: &mut Cx) {
        cx.board.record(Subject::Org, Change::ChannelMoved, &[lost]);
        self.moved = true;
        cx.board.talk = on_fallback(cx);
    }

    fn settle(&mut self, cx: &mut Cx) {
        let rules = &cx.world.people.channel;
        if rules.via.is_empty() {
            return;
        }
        let lost = rules.via.iter().all(|&via| cx.board.share(via) < USABLE);
        if lost == std::mem::replace(&mut self.lost, lost) {
            if self.moved {
                // People may have come or gone since.
                cx.board.talk = on_fallback(cx);
            }
            return;
        }
        let last = rules.via.iter().filter_map(|&via| cx.board.service_event(via)).max();
        let causes: Vec<EventId> = last.into_iter().collect();
        if lost {
            let event = cx.board.record(Subject::Org, Change::ChannelLost, &causes);
            cx.board.talk = rules.slow;
            cx.set(self.slot, rules.tried.unwrap_or(rules.switch), Timer::Channel(Moved(event)));
        } else {
            cx.cancel(self.slot);
            self.moved = false;
            cx.board.talk = 1.0;
            cx.board.record(Subject::Org, Change::ChannelBack, &causes);
        }
    }
}

/// How many times as long work takes once everybody has moved: half the excess for those who have a seat, all of it for the
/// rest, each doing their share of the work.
fn on_fallback(cx: &Cx) -> f64 {
    let rules = &cx.world.people.channel;
    let seated = f64::midpoint(1.0, rules.slow);
    let Some(seats) = rules.seats else { return seated };
    let people: f64 = (0..cx.world.people.teams.len()).map(|i| cx.board.staff(TeamId(i as u32))).sum();
    let share = (f64::from(seats) / people.max(1.0)).min(1.0);
    1.0 / (share / seated + (1.0 - share) / rules.slow)
}
