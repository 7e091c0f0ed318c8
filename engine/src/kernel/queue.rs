//! The event queue: earliest first, ties in a fixed order, cancelled lazily.
//!
//! An alarm belongs to a [`Slot`]. Setting it again or cancelling it stamps the slot with a new version; what is in the
//! heap under an old version is dropped when it surfaces. Rates that change often thus cost one push each, never a search.
//!
//! The heap has four children a node, in one array: half the levels of a binary one, and four neighbours are compared without a
//! branch that could be guessed wrong. What is taken leaves its place at the top open until the next event is set, which most
//! often is at once: it sinks from there, and one walk through the heap serves both. No two keys are equal, so the order in
//! which events leave does not depend on any of this.

use super::time::Time;

/// Names an alarm that can be moved or cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot(u32);

/// The slot of what nobody will cancel.
const FOR_CERTAIN: u32 = u32::MAX;

/// Children of a node.
const ARITY: usize = 4;

#[derive(Clone, Copy, Debug)]
struct Entry<T> {
    /// Time, class, order of setting, from the highest bit to the lowest: 64, 8 and 56 bits.
    key: u128,
    slot: u32,
    version: u32,
    what: T,
}

/// Pending events, ordered by (time, class, order of setting).
#[derive(Clone, Debug)]
pub struct Queue<T> {
    heap: Vec<Entry<T>>,
    /// The top has been taken, and its place waits for the next to be set.
    open: bool,
    versions: Vec<u32>,
    sequence: u64,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self { heap: Vec::new(), open: false, versions: Vec::new(), sequence: 0 }
    }
}

impl<T: Copy> Queue<T> {
    /// A new alarm, not set.
    pub fn slot(&mut self) -> Slot {
        self.versions.push(0);
        Slot(self.versions.len() as u32 - 1)
    }

    /// Sets an event that nobody will cancel.
    pub fn push(&mut self, at: Time, class: u8, what: T) {
        self.insert(at, class, (FOR_CERTAIN, 0), what);
    }

    /// Sets or moves an alarm.
    pub fn set(&mut self, slot: Slot, at: Time, class: u8, what: T) {
        let version = self.cancel(slot);
        self.insert(at, class, (slot.0, version), what);
    }

    /// Cancels an alarm if it is set; returns the slot's new version.
    pub fn cancel(&mut self, slot: Slot) -> u32 {
        let version = &mut self.versions[slot.0 as usize];
        *version = version.wrapping_add(1);
        *version
    }

    /// The next event.
    pub fn pop(&mut self) -> Option<(Time, T)> {
        loop {
            if self.open {
                self.close();
            }
            let top = *self.heap.first()?;
            self.open = true;
            if top.slot == FOR_CERTAIN || self.versions[top.slot as usize] == top.version {
                return Some((Time((top.key >> 64) as u64), top.what));
            }
        }
    }

    fn insert(&mut self, at: Time, class: u8, (slot, version): (u32, u32), what: T) {
        self.sequence += 1;
        let key = u128::from(at.0) << 64 | u128::from(class) << 56 | u128::from(self.sequence);
        let entry = Entry { key, slot, version, what };
        if self.open {
            self.open = false;
            self.sink(entry);
        } else {
            self.rise(entry);
        }
    }

    /// Fills the open top with the last, now that nothing else came to fill it.
    fn close(&mut self) {
        self.open = false;
        if let Some(last) = self.heap.pop()
            && !self.heap.is_empty()
        {
            self.sink(last);
        }
    }

    /// Puts an entry at the open top, and lets it sink to its place.
    fn sink(&mut self, entry: Entry<T>) {
        let mut place = 0;
        loop {
            let first = place * ARITY + 1;
            let least = match self.heap.get(first..) {
                Some([a, b, c, d, ..]) => {
                    let (left, right) = (usize::from(b.key < a.key), 2 + usize::from(d.key < c.key));
                    let swap = c.key.min(d.key) < a.key.min(b.key);
                    first + if swap { right } else { left }
                }
                Some(few) => match few.iter().enumerate().min_by_key(|(_, child)| child.key) {
                    Some((index, _)) => first + index,
                    None => break,
                },
                None => break,
            };
            if entry.key < self.heap[least].key {
                break;
            }
            self.heap[place] = self.heap[least];
            place = least;
        }
        self.heap[place] = entry;
    }

    /// Puts an entry at the end, and lets it rise to its place.
    fn rise(&mut self, entry: Entry<T>) {
        let mut place = self.heap.len();
        self.heap.push(entry);
        while place > 0 {
            let parent = (place - 1) / ARITY;
            if self.heap[parent].key < entry.key {
                break;
            }
            self.heap[place] = self.heap[parent];
            place = parent;
        }
        self.heap[place] = entry;
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

    /// What the queue must do, done slowly: everything in one list, searched.
    #[derive(Default)]
    struct Plain {
        set: Vec<(Time, u8, u64, Option<usize>)>,
        sequence: u64,
    }

    impl Plain {
        fn insert(&mut self, at: Time, class: u8, slot: Option<usize>) {
            self.set.retain(|old| slot.is_none() || old.3 != slot);
            self.sequence += 1;
            self.set.push((at, class, self.sequence, slot));
        }

        fn pop(&mut self) -> Option<(Time, u64)> {
            let least = (0..self.set.len()).min_by_key(|&i| self.set[i])?;
            let (at, _, sequence, _) = self.set.swap_remove(least);
            Some((at, sequence))
        }
    }

    #[test]
    fn whatever_is_set_moved_and_cancelled_leaves_as_from_a_list() {
        for seed in 0..200 {
            let mut luck = crate::kernel::random::Stream::new(seed, "queue", "test");
            let mut draw = |below: u32| (luck.uniform() * f64::from(below)) as u32;
            let (mut queue, mut plain) = (Queue::default(), Plain::default());
            let slots: Vec<_> = (0..8).map(|_| queue.slot()).collect();
            for _ in 0..300 {
                let (at, class) = (Time(u64::from(draw(20))), draw(3) as u8);
                match draw(8) {
                    0..3 => {
                        plain.insert(at, class, None);
                        queue.push(at, class, plain.sequence);
                    }
                    3..5 => {
                        let slot = draw(8) as usize;
                        plain.insert(at, class, Some(slot));
                        queue.set(slots[slot], at, class, plain.sequence);
                    }
                    5 => {
                        let slot = draw(8) as usize;
                        plain.set.retain(|old| old.3 != Some(slot));
                        queue.cancel(slots[slot]);
                    }
                    _ => assert_eq!(queue.pop(), plain.pop(), "seed {seed}"),
                }
            }
            while let Some(next) = plain.pop() {
                assert_eq!(queue.pop(), Some(next), "seed {seed}");
            }
            assert_eq!(queue.pop(), None);
        }
    }
}
