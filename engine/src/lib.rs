//! Broken Bridge's engine: scenario in, trace out.
//!
//! ```text
//!  text ──scenario──▶ World ─┐
//!                            ├─run──▶ Trace ──report──▶ Report
//!              Script, seed ─┘                 └─why──▶ chain and blockers
//! ```
//!
//! The crate is pure: no clock, no entropy, no I/O, no DOM. A run is a function of `(World, Script, seed)`; the same
//! three give the same bytes on every target.

#[cfg(test)]
extern crate self as bridge_engine;

pub mod kernel;
mod mechanisms;
#[cfg(test)]
mod renamed;
pub mod report;
mod run;
pub mod scenario;
pub mod trace;
pub mod why;
pub mod world;

pub use kernel::time::{Span, Time};
#[cfg(debug_assertions)]
pub use run::looks;
pub use run::{MAX_EVENTS, run};
pub use trace::Trace;
pub use world::World;
