//! One program in two forms: a native one, and wasm for Node. Both are asked the same questions, and their answers are
//! compared: `cargo xtask test` compares results, `cargo xtask bench` speed.

use bridge_engine::kernel::hash::Fnv;
use bridge_engine::kernel::random::Stream;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::*;

/// A fingerprint of the portable maths and luck that every run rests on: ten thousand draws of every distribution.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
#[must_use]
pub fn luck(seed: u32) -> String {
    let mut draws = Stream::new(u64::from(seed), "probe", "luck");
    let mut print = Fnv::default();
    for _ in 0..10_000 {
        for value in
            [draws.uniform(), draws.exponential(), draws.gamma(3), draws.normal(), draws.lognormal(0.8)]
        {
            print = print.word(value.to_bits());
        }
    }
    format!("{:016x}", print.finish())
}
