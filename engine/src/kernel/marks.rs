//! A set of small numbers, one bit each: what is still to be looked at, taken out in order.

/// Bits in a word.
const WIDTH: usize = 64;

/// Numbers from 0 to a bound. A second row of bits says which words hold any, so that a few numbers among very many are found
/// without looking at the rest.
#[derive(Clone, Debug)]
pub struct Marks {
    words: Vec<u64>,
    /// One bit for each word that is not 0.
    above: Vec<u64>,
    /// No word of `above` before this one holds anything.
    low: usize,
}

impl Marks {
    /// No number below `bound`.
    #[must_use]
    pub fn none(bound: usize) -> Self {
        let words = bound.div_ceil(WIDTH);
        Self { words: vec![0; words], above: vec![0; words.div_ceil(WIDTH)], low: usize::MAX }
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
        self.above[word / WIDTH] |= 1 << (word % WIDTH);
        self.low = self.low.min(word / WIDTH);
    }

    /// Takes a number out.
    pub fn remove(&mut self, i: usize) {
        let word = i / WIDTH;
        self.words[word] &= !(1 << (i % WIDTH));
        if self.words[word] == 0 {
            self.above[word / WIDTH] &= !(1 << (word % WIDTH));
        }
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
        while let Some(above) = self.above.get_mut(self.low) {
            if *above != 0 {
                let at = self.low * WIDTH + above.trailing_zeros() as usize;
                let word = &mut self.words[at];
                let bit = word.trailing_zeros() as usize;
                *word &= *word - 1;
                if *word == 0 {
                    *above &= *above - 1;
                }
                return Some(at * WIDTH + bit);
            }
            self.low += 1;
        }
        self.low = usize::MAX;
        None
    }

    /// The numbers in it, in ascending order.
    pub fn each(&self, mut found: impl FnMut(usize)) {
        for (at, &above) in self.above.iter().enumerate().skip(self.low) {
            each_in(at, above, &mut |at| each_in(at, self.words[at], &mut found));
        }
    }

    /// The set as words of 64 bits, least numbers first.
    #[must_use]
    pub fn words(&self) -> &[u64] {
        &self.words
    }
}

/// The numbers that the bits of the `at`-th word of a set stand for, in ascending order.
pub fn each_in(at: usize, mut word: u64, found: &mut impl FnMut(usize)) {
    while word != 0 {
        found(at * WIDTH + word.trailing_zeros() as usize);
        word &= word - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::Marks;

    #[test]
    fn numbers_leave_in_order_each_once() {
        let mut marks = Marks::none(200);
        for i in [130, 3, 64, 3, 199] {
            marks.insert(i);
        }
        marks.remove(64);
        assert!(marks.has(3) && !marks.has(64));
        let mut seen = Vec::new();
        marks.each(|i| seen.push(i));
        assert_eq!(seen, [3, 130, 199]);
        assert_eq!(marks.take_first(), Some(3));
        marks.insert(1);
        let left: Vec<usize> = std::iter::from_fn(|| marks.take_first()).collect();
        assert_eq!(left, [1, 130, 199]);
        assert_eq!(Marks::all(70).words(), [u64::MAX, 63]);
    }

    #[test]
    fn a_few_among_very_many_are_found() {
        let mut marks = Marks::none(1 << 20);
        let some = [5, 70_000, 70_001, (1 << 20) - 1];
        some.iter().rev().for_each(|&i| marks.insert(i));
        marks.insert(900_000);
        marks.remove(900_000);
        let mut seen = Vec::new();
        marks.each(|i| seen.push(i));
        assert_eq!(seen, some);
        assert_eq!(marks.take_first(), Some(5));
        marks.insert(3);
        let left: Vec<usize> = std::iter::from_fn(|| marks.take_first()).collect();
        assert_eq!(left, [3, 70_000, 70_001, (1 << 20) - 1]);
        marks.each(|i| panic!("{i} is left"));
    }
}
