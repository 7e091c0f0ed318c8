//! Many runs of one scenario and what they have in common: the work behind `bridge sweep` and `bridge merge`, without
//! any printing, for whoever wants the figures in Rust.

pub mod sweep;
