//! What every simulation of this kind needs, and nothing that knows what is being simulated.

pub mod bytes;
pub mod graph;
pub mod hash;
pub mod marks;
pub mod math;
pub mod order;
pub mod product;
pub mod queue;
pub mod random;
pub mod time;
pub mod traffic;
