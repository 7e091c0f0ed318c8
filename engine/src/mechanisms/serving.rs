//! Serving: what arrives at each service, what its servers make of it, and what share of its demand it serves.
//!
//! ```text
//!   demand, retries of callers          servers that run
//!            │                                 │
//!            ▼                                 ▼
//!   load     attempts that arrive ──▶ own share, by itself
//!            ▲                                 │
//!            │                                 ▼
//!   failing  retries ◀── failures      share   own share × what it leans on
//! ```
//!
//! Load runs down the web of needs, from callers to what they call; shares run up it. Nothing is looked at again unless
//! something it follows from has changed: marks run along the condensed graph, from what changed to what it reaches. The
//! reason of a change runs along with its mark.

mod calls;
mod failing;
mod load;
mod share;

use super::Mechanism;
use crate::run::{Cx, Heard};
use crate::trace::{BacklogState, Change, EventId, RoomState, Subject};
use crate::world::{RoomId, ServiceId, World};
use failing::Failing;
use load::Load;
use share::Shares;

/// Rounds between load and failures in one instant. What is left then is taken up again at the next.
const ROUNDS: usize = 32;

/// Serving's memory.
pub(crate) struct Serving {
    /// Version of the network that was last looked at, and of its islands.
    reach: u64,
    parted: u64,
    /// Place in the journal then.
    place: usize,
    load: Load,
    failing: Failing,
    shares: Shares,
}

/// What callers notice of a service's failures has come to the next level.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Noticed(ServiceId);

/// Why something changed: unknown, the hour of the day, or an event; of several, the latest counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    #[default]
    None,
    Calendar,
    Event(EventId),
}

impl Reason {
    const fn event(self) -> Option<EventId> {
        if let Self::Event(id) = self { Some(id) } else { None }
    }

    fn causes(self) -> Vec<EventId> {
        self.event().into_iter().collect()
    }
}

impl Mechanism for Serving {
    type Timer = Noticed;
    const CLASS: u8 = 5;

    fn new(world: &World, cx: &mut Cx) -> Self {
        let load = Load::new(world, &cx.web);
        let failing = Failing::new(world, cx);
        Self { reach: 0, parted: 0, place: 0, load, failing, shares: Shares::new(world) }
    }

    fn ring(&mut self, Noticed(service): Noticed, cx: &mut Cx) {
        self.failing.reach(service, &mut self.load, cx);
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        if let (Subject::Room(room), Change::Room(RoomState::Warm | RoomState::Ok)) =
            (heard.subject, heard.change)
        {
            return self.pace(room, heard.id, cx);
        }
        let service = match (heard.subject, heard.change) {
            (Subject::Pool(pool), Change::Servers(_) | Change::Pool(_)) => cx.world[pool].service,
            (Subject::Service(service), Change::Promoted | Change::Throttled | Change::Admitted) => service,
            (Subject::Service(service), Change::Backlog(state)) => {
                self.shares.takes_in(service, state != BacklogState::Full, heard.id, cx);
                self.failing.mark(service);
                service
            }
            _ => return,
        };
        self.load.recount(service, heard.id);
    }

    fn settle(&mut self, cx: &mut Cx) {
        self.load.hour(cx);
        for (service, cold) in std::mem::take(&mut cx.board.misses_changed) {
            self.load.warm(service, cold, cx);
        }
        if std::mem::replace(&mut self.reach, cx.board.reach.version) != cx.board.reach.version {
            self.look_at_reach(cx);
        }
        for _ in 0..ROUNDS {
            self.load.flow(&mut self.failing, &mut self.shares, cx);
            if !self.failing.aim(&mut self.load, cx) {
                break;
            }
        }
        if self.shares.evaluate(cx) {
            cx.board.look_at_jobs();
        }
    }
}

impl Serving {
    /// Who reaches whom has changed: everywhere if sites were parted or joined, else where servers came or went.
    fn look_at_reach(&mut self, cx: &mut Cx) {
        let because = cx.board.reach.because.map_or(Reason::None, Reason::Event);
        self.load.look_at_reach(because, cx);
        let changed = cx.board.changes(&mut self.place);
        if std::mem::replace(&mut self.parted, cx.board.reach.parted) == cx.board.reach.parted {
            for &service in changed {
                self.shares.look_at_reach(service, because, &self.load, cx);
                for &caller in cx.web.callers(service) {
                    self.shares.look_at_reach(caller, because, &self.load, cx);
                }
            }
        } else {
            for i in 0..cx.web.len() {
                self.shares.look_at_reach(ServiceId::at(i), because, &self.load, cx);
            }
        }
    }

    /// Servers of a hall do more or less of their work than before.
    fn pace(&mut self, hall: RoomId, because: EventId, cx: &Cx) {
        for pool in &cx.world.pools {
            if pool.panels.iter().any(|&panel| cx.world[panel].room == Some(hall)) {
                self.load.recount(pool.service, because);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Reason;
    use crate::trace::EventId;

    #[test]
    fn the_latest_event_counts_and_any_event_before_the_calendar() {
        let event = |id| Reason::Event(EventId(id));
        assert_eq!(event(3).max(event(7)).max(event(1)).causes(), [EventId(7)]);
        assert_eq!(event(0).max(Reason::Calendar), event(0));
        assert_eq!(Reason::Calendar.max(Reason::None).causes(), []);
    }
}
