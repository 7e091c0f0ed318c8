//! Sorting and looking up, once for everything: each instance of the library's sort or map weighs as much in a browser
//! as a file of this module.

use std::cmp::Ordering;

use crate::world::SiteId;

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

/// Names in the order of their keys, those of a site together: a name's position is its id.
#[derive(Debug, Default)]
pub struct Index<'d> {
    keys: Vec<(SiteId, &'d str)>,
}

impl<'d> Index<'d> {
    /// An index of names, the same name counted once.
    pub fn new(keys: Vec<(SiteId, &'d str)>) -> Self {
        let mut keys = sorted(keys, &|a, b| a.cmp(b));
        keys.dedup();
        Self { keys }
    }

    /// An index of names that belong to no site.
    pub fn of(keys: impl Iterator<Item = &'d str>) -> Self {
        Self::new(keys.map(|key| (SiteId(0), key)).collect())
    }

    /// Position of a name of a site.
    pub fn get_at(&self, site: SiteId, key: &str) -> Option<usize> {
        self.keys.binary_search_by(|probe| probe.cmp(&(site, key))).ok()
    }

    /// Position of a name.
    pub fn get(&self, key: &str) -> Option<usize> {
        self.get_at(SiteId(0), key)
    }

    /// Names of a site.
    pub fn at(&self, site: SiteId) -> impl Iterator<Item = &'d str> + Clone {
        let first = self.keys.partition_point(|(of, _)| *of < site);
        self.keys[first..].iter().take_while(move |(of, _)| *of == site).map(|(_, key)| *key)
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.keys.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_site() {
        let (a, b) = (SiteId(0), SiteId(1));
        let index = Index::new(vec![(b, "x"), (a, "y"), (a, "x"), (a, "y")]);
        assert_eq!(index.len(), 3);
        assert_eq!(
            (index.get_at(a, "y"), index.get_at(b, "x"), index.get_at(b, "y")),
            (Some(1), Some(2), None)
        );
        assert_eq!(index.at(a).collect::<Vec<_>>(), ["x", "y"]);
        assert_eq!(index.at(SiteId(2)).count(), 0);
    }
}
