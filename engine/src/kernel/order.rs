//! Sorting, once for everything: each instance of the library's sort weighs six kilobytes in a browser, and this one
//! serves every type.

use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Positions of things in ascending order; equals as they stand.
fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..count).collect();
    positions.sort_by(|&a, &b| compare(a, b));
    positions
}

/// Things in ascending order; equals as they stand.
pub fn sorted<T>(things: Vec<T>, compare: &dyn Fn(&T, &T) -> Ordering) -> Vec<T> {
    let positions = order(things.len(), &|a, b| compare(&things[a], &things[b]));
    let mut left: Vec<Option<T>> = things.into_iter().map(Some).collect();
    positions.into_iter().filter_map(|position| left[position].take()).collect()
}

/// Things in ascending order of a key; equals as they stand.
pub fn sorted_by_key<T, K: Ord>(things: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    sorted(things, &|a, b| key(a).cmp(&key(b)))
}

/// What there is, each once. The library's own way to collect a set sorts first, with one more instance of its sort.
pub fn set<T: Ord>(things: impl Iterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(things);
    set
}

#[cfg(test)]
mod tests {
    use super::{sorted, sorted_by_key};

    #[test]
    fn equals_stay_as_they_stand() {
        let things = vec![(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')];
        assert_eq!(sorted_by_key(things, |t| t.0), [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
        assert_eq!(sorted(vec![3.0, 1.0, 2.0], &f64::total_cmp), [1.0, 2.0, 3.0]);
    }
}
