//! Values over time.

use super::EventId;
use crate::Time;
use crate::kernel::bytes::{Bytes, Source};

/// A state over time: what it became, when, and by which event.
#[derive(Clone, Debug, PartialEq)]
pub struct Track<S> {
    points: Vec<(Time, S, Option<EventId>)>,
    /// The last of them, where it is looked at without a step aside.
    last: (Time, S, Option<EventId>),
}

impl<S: Copy + PartialEq> Track<S> {
    /// The same states, without what brought them about.
    #[must_use]
    pub fn uncaused(&self) -> Self {
        let points: Vec<_> = self.points.iter().map(|&(at, state, _)| (at, state, None)).collect();
        Self { points, last: (self.last.0, self.last.1, None) }
    }

    /// A track that starts in a state nothing caused.
    #[must_use]
    pub fn new(first: S) -> Self {
        let last = (Time::ZERO, first, None);
        Self { points: vec![last], last }
    }

    /// Appends a state. `at` must not be earlier than the last.
    pub fn push(&mut self, at: Time, state: S, by: EventId) {
        debug_assert!(self.last.0 <= at, "time goes forwards");
        self.last = (at, state, Some(by));
        self.points.push(self.last);
    }

    /// The state at a moment, after everything that happened in it.
    #[must_use]
    pub fn at(&self, t: Time) -> S {
        self.entry(t).1
    }

    /// Start, state and cause of the stretch that covers a moment.
    #[must_use]
    pub fn entry(&self, t: Time) -> (Time, S, Option<EventId>) {
        self.points[self.points.partition_point(|p| p.0 <= t).saturating_sub(1)]
    }

    /// The state now: the last pushed.
    #[must_use]
    pub const fn last(&self) -> (Time, S, Option<EventId>) {
        self.last
    }

    /// All stretches, in order. Several may start in the same moment; the last of them is what stood.
    #[must_use]
    pub fn points(&self) -> &[(Time, S, Option<EventId>)] {
        &self.points
    }
}

/// A number over time that jumps and stays: right-continuous steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    points: Vec<(Time, f64)>,
    /// The last value, where it is looked at without a step aside.
    last: f64,
}

impl Series {
    /// A series that starts at a value.
    #[must_use]
    pub fn new(first: f64) -> Self {
        Self { points: vec![(Time::ZERO, first)], last: first }
    }

    /// Sets the value from `at` on. A second value in the same moment replaces the first; an equal one is dropped.
    pub fn push(&mut self, at: Time, value: f64) {
        if self.last.to_bits() == value.to_bits() {
            return;
        }
        self.last = value;
        let last = self.points.len() - 1;
        debug_assert!(self.points[last].0 <= at, "time goes forwards");
        if self.points[last].0 == at {
            self.points[last].1 = value;
        } else {
            self.points.push((at, value));
        }
    }

    /// The value at a moment.
    #[must_use]
    pub fn at(&self, t: Time) -> f64 {
        self.points[self.points.partition_point(|p| p.0 <= t).saturating_sub(1)].1
    }

    /// The value now: the last pushed.
    #[must_use]
    pub const fn last(&self) -> f64 {
        self.last
    }

    /// All steps.
    #[must_use]
    pub fn points(&self) -> &[(Time, f64)] {
        &self.points
    }

    /// ∫ f(value) dt from `from` to `to`, in (unit of f) × seconds.
    #[must_use]
    pub fn integral(&self, from: Time, to: Time, f: impl Fn(f64) -> f64) -> f64 {
        let first = self.points.partition_point(|p| p.0 <= from).saturating_sub(1);
        let mut sum = 0.0;
        for (i, &(start, value)) in self.points.iter().enumerate().skip(first) {
            let start = start.max(from);
            if start >= to {
                break;
            }
            let end = self.points.get(i + 1).map_or(to, |next| next.0.min(to));
            sum += f(value) * end.since(start).secs();
        }
        sum
    }
}

/// The first value, which is there from the beginning; then the others. So there always is one.
impl<S: Bytes + Copy> Bytes for Track<S> {
    fn put(&self, to: &mut Vec<u8>) {
        self.points[0].1.put(to);
        let others = self.points[1..].iter().map(|&(at, state, by)| (at, (state, by)));
        others.collect::<Vec<_>>().put(to);
    }
    #[inline(never)]
    fn take(from: &mut Source<'_>) -> Self {
        let first = (Time::ZERO, S::take(from), None);
        let others = Vec::<(Time, (S, Option<EventId>))>::take(from);
        let mut points = vec![first];
        points.extend(others.into_iter().map(|(at, (state, by))| (at, state, by)));
        Self { last: points.last().copied().unwrap_or(first), points }
    }
}

impl Bytes for Series {
    fn put(&self, to: &mut Vec<u8>) {
        self.points[0].1.put(to);
        self.points[1..].to_vec().put(to);
    }
    #[inline(never)]
    fn take(from: &mut Source<'_>) -> Self {
        let first = f64::take(from);
        let mut points = vec![(Time::ZERO, first)];
        points.extend(Vec::<(Time, f64)>::take(from));
        Self { last: points.last().map_or(first, |point| point.1), points }
    }
}
