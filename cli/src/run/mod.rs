//! `bridge run`.

mod json;
mod mends;
mod money;
mod text;
mod work;

pub use json::subject;

use bridge_engine::report::{self, report};

use crate::{Common, Format, Outcome, output, problems};

/// Runs a scenario and prints what happened; if asked, what would have helped too.
pub fn run(common: &Common, seed: Option<u64>, mends: bool) -> Outcome {
    let scenario = match problems::load(common) {
        Ok(scenario) => scenario,
        Err(outcome) => return outcome,
    };
    let world = &scenario.world;
    let seed = seed.unwrap_or(world.meta.seed);
    let trace = bridge_engine::run(world, &world.script, seed);
    let report = report(world, &trace);
    let mends = mends.then(|| report::mends(world, &world.script, seed));
    match common.format {
        Format::Json => {
            let mends = mends.as_ref().map(|mends| mends::answer(world, mends));
            output::json(&json::result(world, &trace, &report, mends))
        }
        Format::Text => {
            let language = common.language();
            let mut text = text::result(&scenario, &trace, &report, language);
            if let Some(mends) = &mends {
                text.push('\n');
                text.push_str(&mends::text(world, mends, language));
            }
            output::text(&text)
        }
    }
}
