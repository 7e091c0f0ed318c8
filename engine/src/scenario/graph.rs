//! Cycles of a directed graph.

/// Groups of nodes that reach each other, a node that leads to itself among them, in the order of their first nodes.
pub fn knots(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut search = Search {
        edges,
        next: 1,
        seen: vec![0; edges.len()],
        low: vec![0; edges.len()],
        waiting: Vec::new(),
        is_waiting: vec![false; edges.len()],
        found: Vec::new(),
    };
    for root in 0..edges.len() {
        if search.seen[root] == 0 {
            search.from(root);
        }
    }
    let mut knots = search.found;
    for knot in &mut knots {
        knot.sort_unstable();
    }
    knots.sort_unstable();
    knots
}

/// Tarjan's search, with a stack of its own.
struct Search<'a> {
    edges: &'a [Vec<usize>],
    next: usize,
    /// Order of discovery; 0 for not yet.
    seen: Vec<usize>,
    low: Vec<usize>,
    waiting: Vec<usize>,
    is_waiting: Vec<bool>,
    found: Vec<Vec<usize>>,
}

impl Search<'_> {
    fn from(&mut self, root: usize) {
        let mut path = vec![(root, 0)];
        self.enter(root);
        while let Some((node, edge)) = path.last_mut() {
            let node = *node;
            if let Some(&next) = self.edges[node].get(*edge) {
                *edge += 1;
                if self.seen[next] == 0 {
                    self.enter(next);
                    path.push((next, 0));
                } else if self.is_waiting[next] {
                    self.low[node] = self.low[node].min(self.seen[next]);
                }
            } else {
                path.pop();
                if let Some(&(parent, _)) = path.last() {
                    self.low[parent] = self.low[parent].min(self.low[node]);
                }
                self.leave(node);
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.seen[node] = self.next;
        self.low[node] = self.next;
        self.next += 1;
        self.waiting.push(node);
        self.is_waiting[node] = true;
    }

    fn leave(&mut self, node: usize) {
        if self.low[node] != self.seen[node] {
            return;
        }
        let mut knot = Vec::new();
        while let Some(member) = self.waiting.pop() {
            self.is_waiting[member] = false;
            knot.push(member);
            if member == node {
                break;
            }
        }
        if knot.len() > 1 || self.edges[node].contains(&node) {
            self.found.push(knot);
        }
    }
}

/// A shortest way from a knot's first node round to itself, that node at both ends.
pub fn round(edges: &[Vec<usize>], knot: &[usize]) -> Vec<usize> {
    let Some(&start) = knot.first() else { return Vec::new() };
    let mut came_from = std::collections::BTreeMap::new();
    let mut queue = std::collections::VecDeque::from([start]);
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
