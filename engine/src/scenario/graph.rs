//! Cycles of a directed graph.

use std::collections::{BTreeMap, VecDeque};

use crate::kernel::graph::components;

/// Groups of nodes that reach each other, a node that leads to itself among them, in the order of their first nodes.
pub fn knots(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (node, component) in components(edges).into_iter().enumerate() {
        if groups.len() <= component {
            groups.resize_with(component + 1, Vec::new);
        }
        groups[component].push(node);
    }
    groups.retain(|group| group.len() > 1 || group.first().is_some_and(|&node| edges[node].contains(&node)));
    groups.sort_unstable();
    groups
}

/// A shortest way from a knot's first node round to itself, that node at both ends.
pub fn round(edges: &[Vec<usize>], knot: &[usize]) -> Vec<usize> {
    let Some(&start) = knot.first() else { return Vec::new() };
    let mut came_from = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        for &next in &edges[node] {
            if next == start {
                let mut path = vec![start, node];
                let mut here = node;
                while here != start {
                    let Some(&before) = came_from.get(&here) else { break };
                    path.push(before);
                    here = before;
                }
                if path.last() != Some(&start) {
                    path.push(start);
                }
                if node == start {
                    path.truncate(2);
                }
                path.reverse();
                return path;
            }
            if knot.binary_search(&next).is_ok() && !came_from.contains_key(&next) {
                came_from.insert(next, node);
                queue.push_back(next);
            }
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knots_are_found() {
        let edges = vec![vec![1], vec![2], vec![0, 3], vec![4], vec![], vec![5], vec![7], vec![6]];
        assert_eq!(knots(&edges), vec![vec![0, 1, 2], vec![5], vec![6, 7]]);
        assert_eq!(round(&edges, &[0, 1, 2]), vec![0, 1, 2, 0]);
        assert_eq!(round(&edges, &[5]), vec![5, 5]);
        assert_eq!(round(&edges, &[6, 7]), vec![6, 7, 6]);
        assert_eq!(knots(&[vec![1], vec![]]), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let n = 200_000;
        let mut edges: Vec<Vec<usize>> = (0..n).map(|i| vec![i + 1]).collect();
        edges.push(vec![0]);
        assert_eq!(knots(&edges).len(), 1);
        assert_eq!(round(&edges, &knots(&edges)[0]).len(), n + 2);
    }
}
