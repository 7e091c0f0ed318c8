//! Cycles of a directed graph.

use super::order::sorted;
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
    sorted(groups, &Vec::cmp)
}

/// A shortest way from a knot's first node round to itself, that node at both ends.
pub fn round(edges: &[Vec<usize>], knot: &[usize]) -> Vec<usize> {
    let Some(&start) = knot.first() else { return Vec::new() };
    // For each member, the one it was reached from; the queue holds members in the order of being reached.
    let mut came_from = vec![usize::MAX; knot.len()];
    let mut queue = vec![0];
    let mut next = 0;
    while let Some(&member) = queue.get(next) {
        next += 1;
        for to in &edges[knot[member]] {
            if *to == start {
                return way_back(knot, &came_from, member);
            }
            if let Ok(reached) = knot.binary_search(to)
                && came_from[reached] == usize::MAX
            {
                came_from[reached] = member;
                queue.push(reached);
            }
        }
    }
    Vec::new()
}

/// From the first member to this one and on to the first again.
fn way_back(knot: &[usize], came_from: &[usize], last: usize) -> Vec<usize> {
    let mut path = vec![knot[0]];
    let mut here = last;
    while here != 0 {
        path.push(knot[here]);
        here = came_from[here];
    }
    path.push(knot[0]);
    path.reverse();
    path
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
