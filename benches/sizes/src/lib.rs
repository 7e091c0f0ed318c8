//! A company of any size, written by a program: what is measured against size, and what the views have to hold.

mod company;

pub use company::{SITES, company};
