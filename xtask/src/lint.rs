//! `cargo xtask lint`: format and lints, warnings as errors.

use crate::process::{cargo, run};
use crate::{Result, tools};

/// Every check on the source text.
pub fn lint() -> Result {
    format()?;
    clippy()
}

/// rustfmt, changing nothing.
pub fn format() -> Result {
    run(cargo().args(["fmt", "--all", "--check"]))
        .map_err(|error| format!("{error}\nTo format everything: cargo fmt --all").into())
}

/// Clippy on all code natively, and on the app again as the browser gets it.
pub fn clippy() -> Result {
    tools::wasm_target()?;
    run(cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    run(cargo()
        .args(["clippy", "--package", "broken-bridge", "--target", "wasm32-unknown-unknown"])
        .args(["--", "-D", "warnings"]))
}
