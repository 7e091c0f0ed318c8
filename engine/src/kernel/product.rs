//! The product of many factors of which few change at a time.

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

#[cfg(test)]
mod tests {
    use super::Product;

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
}
