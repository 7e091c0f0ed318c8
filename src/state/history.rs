//! Undo and redo without end.

/// A value with its past and the future that was taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct History<T> {
    past: Vec<T>,
    present: T,
    future: Vec<T>,
}

impl<T: Clone + PartialEq> History<T> {
    /// A value without a past.
    #[must_use]
    pub const fn new(present: T) -> Self {
        Self { past: Vec::new(), present, future: Vec::new() }
    }

    /// A value with its past, the oldest first, and the future that was taken back, the next one last.
    #[must_use]
    pub const fn of(past: Vec<T>, present: T, future: Vec<T>) -> Self {
        Self { past, present, future }
    }

    /// Its past, the oldest first.
    #[must_use]
    pub fn past(&self) -> &[T] {
        &self.past
    }

    /// What was taken back, the next one last.
    #[must_use]
    pub fn future(&self) -> &[T] {
        &self.future
    }

    /// The same with its present said otherwise: no step.
    #[must_use]
    pub fn said(self, present: T) -> Self {
        Self { present, ..self }
    }

    /// The value.
    #[must_use]
    pub const fn present(&self) -> &T {
        &self.present
    }

    /// There is something to take back.
    #[must_use]
    pub const fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// There is something to make again.
    #[must_use]
    pub const fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// With a new value; none if it is the same.
    #[must_use]
    pub fn with(&self, next: T) -> Option<Self> {
        if next == self.present {
            return None;
        }
        let mut past = self.past.clone();
        past.push(self.present.clone());
        Some(Self { past, present: next, future: Vec::new() })
    }

    /// The same with every value changed.
    #[must_use]
    pub fn map(&self, change: impl Fn(&T) -> T) -> Self {
        let each = |values: &[T]| values.iter().map(&change).collect();
        Self { past: each(&self.past), present: change(&self.present), future: each(&self.future) }
    }

    /// One step back.
    #[must_use]
    pub fn undone(&self) -> Option<Self> {
        let mut out = self.clone();
        let before = out.past.pop()?;
        out.future.push(std::mem::replace(&mut out.present, before));
        Some(out)
    }

    /// One step forward again.
    #[must_use]
    pub fn redone(&self) -> Option<Self> {
        let mut out = self.clone();
        let after = out.future.pop()?;
        out.past.push(std::mem::replace(&mut out.present, after));
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_and_forth() {
        let one = History::new(1);
        assert!(one.with(1).is_none() && one.undone().is_none() && one.redone().is_none());
        let three = one.with(2).unwrap().with(3).unwrap();
        let two = three.undone().unwrap();
        assert_eq!((*two.present(), two.can_redo()), (2, true));
        assert_eq!(two.redone().unwrap(), three);
        assert!(!two.with(4).unwrap().can_redo());
    }
}
