//! `cargo xtask validate`: what is known of real outages beside what comes out of their scenarios, into docs/validation.md.

use crate::Result;
use crate::process::{cargo, run};
use clap::Args;

/// How thoroughly.
#[derive(Args)]
pub struct Options {
    /// Run seeds 1 to this
    #[arg(long, default_value = "1000")]
    seeds: String,
    /// Change nothing; fail if the page contradicts what comes out now
    #[arg(long)]
    check: bool,
}

/// Runs every check of the table and writes the page, or says what on it is stale.
pub fn validate(options: &Options) -> Result {
    let mut bridge = cargo();
    bridge.args(["run", "--quiet", "--package", "bridge-cli", "--", "validate", "assets/validation.toml"]);
    bridge.args(["--seeds", &options.seeds]);
    bridge.args([if options.check { "--against" } else { "--into" }, "docs/validation.md"]);
    run(&mut bridge)
}
