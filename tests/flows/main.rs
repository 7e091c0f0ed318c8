//! Every flow, in the order in which they run: `cargo xtask test`, or `cargo xtask test --only opens`.

mod debrief;
mod design;
mod drill;
mod files;
mod opening;
mod scale;
mod start;

use std::process::ExitCode;

fn main() -> ExitCode {
    // Cargo and editors pass flags of the standard test harness; only a filter means something here.
    let filter = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    let flows: Vec<_> = opening::flows()
        .into_iter()
        .chain(drill::flows())
        .chain(design::flows())
        .chain(debrief::flows())
        .chain(files::flows())
        .chain(start::flows())
        .chain(scale::flows())
        .collect();
    match browser_tests::harness::run(&flows, &filter) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
