//! The product of many factors, and the sum of many terms, of which few change at a time.

use super::marks::Marks;

/// A tree of products: changing one factor costs as many multiplications as the tree is high, and what comes out depends
/// on the factors alone, never on the order in which they changed.
#[derive(Clone, Debug)]
pub struct Product {
    /// Node `i` is the product of nodes `2i` and `2i + 1`; the factors are the last half.
    nodes: Vec<f64>,
}

impl Product {
    /// So many factors, all 1.
    #[must_use]
    pub fn ones(count: usize) -> Self {
        Self { nodes: vec![1.0; 2 * count.next_power_of_two()] }
    }

    /// Changes one factor.
    pub fn set(&mut self, i: usize, factor: f64) {
        let mut node = self.nodes.len() / 2 + i;
        self.nodes[node] = factor;
        while node > 1 {
            node /= 2;
            self.nodes[node] = self.nodes[2 * node] * self.nodes[2 * node + 1];
        }
    }

    /// All of them multiplied.
    #[must_use]
    pub fn all(&self) -> f64 {
        self.nodes[1]
    }
}

/// Terms that are added one after the other; above them a tree.
const BLOCK: usize = 64;

/// The same for a sum. Up to a block of terms it is what adding them in order gives.
#[derive(Clone, Debug)]
pub struct Sum {
    terms: Vec<f64>,
    /// Node `i` is the sum of nodes `2i` and `2i + 1`; blocks of terms are the last half.
    nodes: Vec<f64>,
    /// Blocks of which a term has changed.
    stale: Marks,
}

impl Sum {
    /// So many terms, all 0.
    #[must_use]
    pub fn zeros(count: usize) -> Self {
        let blocks = count.div_ceil(BLOCK);
        // What adding up nothing gives.
        let nodes = vec![-0.0; 2 * blocks.next_power_of_two()];
        Self { terms: vec![0.0; count], nodes, stale: Marks::none(blocks) }
    }

    /// Changes one term; true if it was another.
    pub fn set(&mut self, i: usize, term: f64) -> bool {
        let new = self.terms[i].to_bits() != term.to_bits();
        if new {
            self.terms[i] = term;
            self.stale.insert(i / BLOCK);
        }
        new
    }

    /// The terms, in their order.
    #[must_use]
    pub fn terms(&self) -> &[f64] {
        &self.terms
    }

    /// All of them added up.
    pub fn all(&mut self) -> f64 {
        while let Some(block) = self.stale.take_first() {
            let first = block * BLOCK;
            let mut node = self.nodes.len() / 2 + block;
            self.nodes[node] = self.terms[first..self.terms.len().min(first + BLOCK)].iter().sum();
            while node > 1 {
                node /= 2;
                self.nodes[node] = self.nodes[2 * node] + self.nodes[2 * node + 1];
            }
        }
        self.nodes[1]
    }
}

#[cfg(test)]
mod tests {
    use super::{Product, Sum};

    #[test]
    fn factors_come_and_go() {
        for count in [0, 1, 2, 3, 22, 64, 65] {
            let mut product = Product::ones(count);
            (0..count).for_each(|i| product.set(i, 0.5));
            assert_eq!(product.all().to_bits(), crate::kernel::math::pow(0.5, count as f64).to_bits());
            (0..count).for_each(|i| product.set(i, 1.0));
            assert_eq!(product.all().to_bits(), 1.0_f64.to_bits());
        }
    }

    #[test]
    fn terms_come_and_go() {
        for count in [0, 1, 2, 22, 64, 65, 1_000] {
            let mut sum = Sum::zeros(count);
            assert!((0..count).all(|i| sum.set(i, i as f64 + 1.0)));
            let expected: f64 = (0..count).map(|i| i as f64 + 1.0).sum();
            assert!((sum.all() - expected).abs() < 1e-9);
            assert!((0..count).all(|i| sum.set(i, 0.5) && !sum.set(i, 0.5)));
            assert_eq!(sum.all().to_bits(), std::iter::repeat_n(0.5, count).sum::<f64>().to_bits());
        }
    }
}
