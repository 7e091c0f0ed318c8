//! `cargo xtask`: every task of the project, on Linux, macOS and Windows.
//!
//! A task first makes sure that the tools it needs are there ([`tools`], [`browsers`]), says what it installs and how
//! long that takes, and then does its work by calling the same programs that one could call by hand; each call is
//! printed as it is made.

mod app;
mod bench;
mod browsers;
mod dist;
mod ledger;
mod lint;
mod mutate;
mod parity;
mod peers;
mod process;
mod project;
mod serve;
mod setup;
mod shots;
mod system;
mod test;
mod tools;
mod validate;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// The result of a task: nothing, or a sentence that says what went wrong and what to do.
pub type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Tasks of the Broken Bridge project.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the app, serve it on this machine, open a browser, rebuild on every change
    Serve(serve::Options),
    /// Build the static site into dist/, servable from any path
    Dist,
    /// Build the app into the site that Trunk is making, which calls this
    #[command(hide = true)]
    App,
    /// Everything a pull request must pass: format, lints, tests, the site, browser tests
    Test(test::Options),
    /// Format and lints only
    Lint,
    /// Runs a second, other kernels, frames, and the size of the site; writes docs/size-ledger.md
    Bench(bench::Options),
    /// Known outages against their scenarios, 1,000 seeds each; writes docs/validation.md
    Validate(validate::Options),
    /// The engine's tests without each rule of the model in turn; writes docs/mutations.md
    Mutate(mutate::Options),
    /// Pictures of the built site in both languages and both themes, into target/shots/
    Shots(shots::Options),
    /// Install the tools the other tasks need, and nothing else
    Setup(setup::Options),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Serve(options) => serve::serve(&options),
        Task::App => app::app(),
        Task::Dist => dist::dist().map(drop),
        Task::Test(options) => test::test(&options),
        Task::Lint => lint::lint(),
        Task::Bench(options) => bench::bench(&options),
        Task::Validate(options) => validate::validate(&options),
        Task::Mutate(options) => mutate::mutate(&options),
        Task::Shots(options) => shots::shots(&options),
        Task::Setup(options) => setup::setup(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error}");
            ExitCode::FAILURE
        }
    }
}
