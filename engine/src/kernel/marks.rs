//! A set of small numbers, one bit each: what is still to be looked at, taken out in order.

/// Bits in a word.
const WIDTH: usize = 64;

/// Numbers from 0 to a bound.
#[derive(Clone, Debug)]
pub struct Marks {
    words: Vec<u64>,
    /// No word before this one holds anything.
    low: usize,
}

impl Marks {
    /// No number below `bound`.
    #[must_use]
    pub fn none(bound: usize) -> Self {
        Self { words: vec![0; bound.div_ceil(WIDTH)], low: usize::MAX }
    }

    /// Every number below `bound`.
    #[must_use]
    pub fn all(bound: usize) -> Self {
        let mut marks = Self::none(bound);
        (0..bound).for_each(|i| marks.insert(i));
        marks
    }

    /// Puts a number in.
    pub fn insert(&mut self, i: usize) {
        let word = i / WIDTH;
        self.words[word] |= 1 << (i % WIDTH);
        self.low = self.low.min(word);
    }

    /// Takes a number out.
    pub fn remove(&mut self, i: usize) {
        self.words[i / WIDTH] &= !(1 << (i % WIDTH));
    }

    /// Puts a number in or takes it out.
    pub fn put(&mut self, i: usize, is_in: bool) {
        if is_in {
            self.insert(i);
        } else {
            self.remove(i);
        }
    }

    /// Whether a number is in.
    #[must_use]
    pub fn has(&self, i: usize) -> bool {
        self.words[i / WIDTH] & (1 << (i % WIDTH)) != 0
    }

    /// Takes the least number out.
    pub fn take_first(&mut self) -> Option<usize> {
        while let Some(word) = self.words.get_mut(self.low) {
            if *word != 0 {
                let bit = word.trailing_zeros() as usize;
                *word &= *word - 1;
                return Some(self.low * WIDTH + bit);
            }
            self.low += 1;
        }
        self.low = usize::MAX;
        None
    }

    /// The set as words of 64 bits, least numbers first.
    #[must_use]
    pub fn words(&self) -> &[u64] {
        &self.words
    }
}

/// The numbers of a set given as words, in ascending order.
pub fn each(words: impl Iterator<Item = u64>, mut found: impl FnMut(usize)) {
    for (at, mut word) in words.enumerate() {
        while word != 0 {
            found(at * WIDTH + word.trailing_zeros() as usize);
            word &= word - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Marks, each};

    #[test]
    fn numbers_leave_in_order_each_once() {
        let mut marks = Marks::none(200);
        for i in [130, 3, 64, 3, 199] {
            marks.insert(i);
        }
        marks.remove(64);
        assert!(marks.has(3) && !marks.has(64));
        let mut seen = Vec::new();
        each(marks.words().iter().copied(), |i| seen.push(i));
        assert_eq!(seen, [3, 130, 199]);
        assert_eq!(marks.take_first(), Some(3));
        marks.insert(1);
        let left: Vec<usize> = std::iter::from_fn(|| marks.take_first()).collect();
        assert_eq!(left, [1, 130, 199]);
        assert_eq!(Marks::all(70).words(), [u64::MAX, 63]);
    }
}
