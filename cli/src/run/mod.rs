//! `bridge run`.

mod json;
mod money;
mod text;
mod words;
mod work;

use bridge_engine::report::report;

use crate::{Common, Format, Outcome, output, problems};

/// Runs a scenario and prints what happened.
pub fn run(common: &Common, seed: Option<u64>) -> Outcome {
    let scenario = match problems::load(common) {
        Ok(scenario) => scenario,
        Err(outcome) => return outcome,
    };
    let world = &scenario.world;
    let trace = bridge_engine::run(world, &world.script, seed.unwrap_or(world.meta.seed));
    let report = report(world, &trace);
    match common.format {
        Format::Json => output::json(&json::result(world, &trace, &report)),
        Format::Text => output::text(&text::result(&scenario, &trace, &report, common.language())),
    }
}
