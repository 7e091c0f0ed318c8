//! Sorting, once for everything: each instance of the library's sort weighs as much in a browser as a file of this app.

use std::cmp::Ordering;

/// Positions of things in ascending order; equals as they stand.
fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..count).collect();
    positions.sort_by(|&a, &b| compare(a, b));
    positions
}

/// Things in ascending order; equals as they stand.
#[must_use]
pub fn sorted<T: Clone>(things: &[T], compare: &dyn Fn(&T, &T) -> Ordering) -> Vec<T> {
    order(things.len(), &|a, b| compare(&things[a], &things[b]))
        .into_iter()
        .map(|i| things[i].clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::sorted;

    #[test]
    fn equals_stay_as_they_stand() {
        let things = [(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')];
        assert_eq!(sorted(&things, &|a, b| a.0.cmp(&b.0)), [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }
}
