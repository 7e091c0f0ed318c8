//! The shortest way back from a state to what somebody did.

use std::collections::VecDeque;

use crate::Time;
use crate::trace::{Change, EventId, Subject, Trace};
use crate::world::World;

/// The event that brought a subject into its state; of the organisation and of a team, the last thing it did.
pub(super) fn present(world: &World, trace: &Trace, subject: Subject, t: Time) -> Option<EventId> {
    let last = |wanted: &dyn Fn(Subject, Change) -> bool| {
        let past = &trace.events[..trace.events.partition_point(|e| e.at <= t)];
        past.iter().rposition(|e| wanted(e.subject, e.change)).map(|i| EventId(i as u32))
    };
    match subject {
        Subject::Site(id) => trace.sites[id.index()].entry(t).2,
        Subject::Room(id) => trace.rooms[id.index()].entry(t).2,
        Subject::Element(id) => trace.elements[id.index()].entry(t).2,
        Subject::Pool(id) => trace.pools[id.index()].entry(t).2,
        Subject::Service(id) => trace.services[id.index()].entry(t).2,
        Subject::Org => last(&|s, _| s == Subject::Org),
        Subject::Team(id) => last(&|_, change| match change {
            Change::Started(task) | Change::Redone(task) | Change::Done(task) => {
                crate::mechanisms::team(task, world) == Some(id)
            }
            _ => false,
        }),
    }
}

/// Breadth first from the event back to what somebody did: the shortest chain, the earliest of equals. Where nobody did
/// anything it ends at what the hour of the day did.
pub(super) fn chain(trace: &Trace, from: Option<EventId>) -> Vec<EventId> {
    let Some(from) = from else { return Vec::new() };
    const UNSEEN: u32 = u32::MAX;
    let mut towards = vec![UNSEEN; from.0 as usize + 1];
    towards[from.0 as usize] = from.0;
    let mut open = VecDeque::from([from]);
    let mut root = None;
    while let Some(at) = open.pop_front() {
        let event = &trace.events[at.0 as usize];
        if event.causes.is_empty() {
            root = root.or(Some(at));
            if matches!(event.change, Change::Incident(_)) {
                root = Some(at);
                break;
            }
        }
        for &cause in &event.causes {
            let seen = &mut towards[cause.0 as usize];
            if *seen == UNSEEN {
                *seen = at.0;
                open.push_back(cause);
            }
        }
    }
    let next = |e: &EventId| Some(EventId(towards[e.0 as usize])).filter(|n| n != e);
    std::iter::successors(root, next).collect()
}
