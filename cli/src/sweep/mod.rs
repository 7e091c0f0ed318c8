//! Many runs of one scenario, a seed each.
//!
//! ```text
//!  World ─▶ Plan ──run, on any number of threads──▶ Rows ──summary──▶ quantiles, shares
//!             │                                      ▲
//!             └──run a shard──▶ part files ──merge───┘
//! ```
//!
//! A row is what is kept of one run: whole numbers and the bits of floating-point ones, at the place of its seed. Nothing is
//! added up while runs are still being done, so neither the number of threads nor the order in which parts arrive can
//! be seen in a result.

pub mod figures;
pub mod merge;
pub mod part;
pub mod plan;
pub mod rows;
pub mod seeds;
pub mod statistics;
pub mod summary;

pub use plan::{Named, Plan};
pub use rows::Rows;
pub use seeds::{Seeds, Shard, Stretch};
pub use summary::Summary;
