//! The event queue: earliest first, ties in a fixed order, cancelled lazily.
//!
//! An alarm belongs to a [`Slot`]. Setting it again or cancelling it stamps the slot with a new version; what is in the
//! heap under an old version is dropped when it surfaces. Rates that change often thus cost one push each, never a search.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::time::Time;

/// Names an alarm that can be moved or cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot(u32);

#[derive(Clone, Debug)]
struct Entry<T> {
    at: Time,
    class: u8,
    sequence: u64,
    stamp: Option<(u32, u32)>,
    what: T,
}

impl<T> Entry<T> {
    const fn key(&self) -> (Time, u8, u64) {
        (self.at, self.class, self.sequence)
    }
}

impl<T> PartialEq for Entry<T> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}
impl<T> Eq for Entry<T> {}
impl<T> PartialOrd for Entry<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Entry<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

/// Pending events, ordered by (time, class, order of setting).
#[derive(Clone, Debug)]
pub struct Queue<T> {
    heap: BinaryHeap<Reverse<Entry<T>>>,
    versions: Vec<u32>,
    sequence: u64,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self { heap: BinaryHeap::new(), versions: Vec::new(), sequence: 0 }
    }
}

impl<T> Queue<T> {
    /// A new alarm, not set.
    pub fn slot(&mut self) -> Slot {
        self.versions.push(0);
        Slot(self.versions.len() as u32 - 1)
    }

    /// Sets an event that nobody will cancel.
    pub fn push(&mut self, at: Time, class: u8, what: T) {
        self.insert(at, class, None, what);
    }

    /// Sets or moves an alarm.
    pub fn set(&mut self, slot: Slot, at: Time, class: u8, what: T) {
        let version = self.cancel(slot);
        self.insert(at, class, Some((slot.0, version)), what);
    }

    /// Cancels an alarm if it is set; returns the slot's new version.
    pub fn cancel(&mut self, slot: Slot) -> u32 {
        let version = &mut self.versions[slot.0 as usize];
        *version = version.wrapping_add(1);
        *version
    }

    /// The next event.
    pub fn pop(&mut self) -> Option<(Time, T)> {
        while let Some(Reverse(entry)) = self.heap.pop() {
            if entry.stamp.is_none_or(|(slot, version)| self.versions[slot as usize] == version) {
                return Some((entry.at, entry.what));
            }
        }
        None
    }

    fn insert(&mut self, at: Time, class: u8, stamp: Option<(u32, u32)>, what: T) {
        self.sequence += 1;
        self.heap.push(Reverse(Entry { at, class, sequence: self.sequence, stamp, what }));
    }
}

#[cfg(test)]
mod tests {
    use super::{Queue, Time};

    #[test]
    fn ties_leave_by_class_then_in_order_of_setting() {
        let mut queue = Queue::default();
        for (class, name) in [(1, 'c'), (0, 'a'), (1, 'd'), (0, 'b')] {
            queue.push(Time(5), class, name);
        }
        queue.push(Time(4), 9, 'z');
        let order: String = std::iter::from_fn(|| queue.pop()).map(|(_, name)| name).collect();
        assert_eq!(order, "zabcd");
    }

    #[test]
    fn a_moved_alarm_rings_once_and_a_cancelled_one_never() {
        let mut queue = Queue::default();
        let (moved, cancelled) = (queue.slot(), queue.slot());
        queue.set(moved, Time(1), 0, "early");
        queue.set(moved, Time(3), 0, "late");
        queue.set(cancelled, Time(2), 0, "gone");
        queue.cancel(cancelled);
        assert_eq!(queue.pop(), Some((Time(3), "late")));
        assert_eq!(queue.pop(), None);
    }
}
