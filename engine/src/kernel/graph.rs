//! Strongly connected components.

/// The component of each node of a directed graph given by its successors. Components are numbered in reverse
/// topological order: an edge never leads to a component with a higher number. Tarjan (1972), without recursion, so
/// that a long chain cannot exhaust the stack.
#[must_use]
pub fn components(successors: &[Vec<usize>]) -> Vec<usize> {
    let mut search = Search {
        successors,
        index: vec![usize::MAX; successors.len()],
        low: vec![0; successors.len()],
        component: vec![usize::MAX; successors.len()],
        stack: Vec::new(),
        next: 0,
        found: 0,
    };
    for root in 0..successors.len() {
        if search.index[root] == usize::MAX {
            search.visit(root);
        }
    }
    search.component
}

struct Search<'a> {
    successors: &'a [Vec<usize>],
    index: Vec<usize>,
    low: Vec<usize>,
    component: Vec<usize>,
    stack: Vec<usize>,
    next: usize,
    found: usize,
}

impl Search<'_> {
    fn visit(&mut self, root: usize) {
        self.open(root);
        let mut path = vec![(root, 0)];
        while let Some(&(node, edge)) = path.last() {
            let Some(&to) = self.successors[node].get(edge) else {
                path.pop();
                self.close(node);
                if let Some(&(parent, _)) = path.last() {
                    self.low[parent] = self.low[parent].min(self.low[node]);
                }
                continue;
            };
            let top = path.len() - 1;
            path[top].1 += 1;
            if self.index[to] == usize::MAX {
                self.open(to);
                path.push((to, 0));
            } else if self.component[to] == usize::MAX {
                self.low[node] = self.low[node].min(self.index[to]);
            }
        }
    }

    fn open(&mut self, node: usize) {
        self.index[node] = self.next;
        self.low[node] = self.next;
        self.next += 1;
        self.stack.push(node);
    }

    fn close(&mut self, node: usize) {
        if self.low[node] != self.index[node] {
            return;
        }
        while let Some(member) = self.stack.pop() {
            self.component[member] = self.found;
            if member == node {
                break;
            }
        }
        self.found += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::components;

    #[test]
    fn cycles_are_one_component_and_chains_are_not() {
        // 0 → 1 → 2 → 0, 2 → 3 → 4
        let found = components(&[vec![1], vec![2], vec![0, 3], vec![4], vec![]]);
        assert_eq!(found, [2, 2, 2, 1, 0]);
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let chain: Vec<Vec<usize>> =
            (0..200_000).map(|i| if i < 199_999 { vec![i + 1] } else { vec![0] }).collect();
        assert!(components(&chain).iter().all(|&c| c == 0));
    }
}
