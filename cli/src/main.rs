//! `bridge`: scenarios on a terminal. The same engine as in the browser.
//!
//! ```text
//! bridge run FILE                  run it, print what happened; --mends: and what would have helped how much
//! bridge why FILE SUBJECT --at T   why something is as it is at a moment, and what has to come back first
//! bridge sweep FILE --seeds A..B   run it with many seeds, print quantiles and shares
//! bridge merge PART…               the same from parts that were run elsewhere
//! bridge check FILE                say everything that is wrong with it, and what is worth a second look
//! bridge schema                    print the format's JSON Schema; --markdown: its reference for people; --lang ko: in Korean
//! bridge validate TABLE            what is known of real outages beside what their scenarios say
//! ```
//!
//! Exit status: 0, done; 1, the scenario has errors, or parts are no whole; 2, used wrongly, an unreadable file included.

mod input;
mod language;
mod numbers;
mod output;
mod problems;
mod reference;
mod run;
mod runs;
mod schema;
mod table;
mod validate;
mod why;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use language::Language;

/// What happens when a data centre burns: scenarios in, recovery times out.
#[derive(Parser)]
#[command(name = "bridge", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run a scenario and print what happened
    Run {
        #[command(flatten)]
        common: Common,
        /// Seed of randomness; without it, the scenario's own
        #[arg(long)]
        seed: Option<u64>,
        /// Mend each broken bridge alone and run again on the same luck: what each mend saves, and what it costs
        #[arg(long)]
        mends: bool,
    },
    /// Say why something is as it is at a moment, and what has to come back first
    Why(why::Options),
    /// Run a scenario with many seeds on all cores, and print quantiles and shares with their intervals
    Sweep(runs::Sweep),
    /// Join parts of a sweep: the same output as if all seeds had been run in one go
    Merge(runs::Merge),
    /// Say everything that is wrong with a scenario, and what is worth a second look
    Check {
        #[command(flatten)]
        common: Common,
    },
    /// Print the scenario format's JSON Schema
    Schema {
        /// Print the reference for people instead
        #[arg(long)]
        markdown: bool,
        /// Language of what is said; without it, the terminal's for the reference and English for the schema
        #[arg(long, value_enum)]
        lang: Option<Language>,
    },
    /// Run the scenarios of a table of checks and print what is known beside what came out
    Validate {
        /// Table of checks, TOML; its scenarios are in the folder `scenarios` beside it
        table: PathBuf,
        /// Run seeds 1 to this
        #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..))]
        seeds: u32,
        /// Write it into this page, between its marks
        #[arg(long, conflicts_with = "against")]
        into: Option<PathBuf>,
        /// Say whether this page is still current
        #[arg(long)]
        against: Option<PathBuf>,
    },
}

#[derive(Args)]
struct Common {
    /// Scenario document, YAML or JSON; - for standard input
    file: PathBuf,
    /// Text for people, or JSON for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Language of what is said; without it, the terminal's for text and English for JSON
    #[arg(long, value_enum)]
    lang: Option<Language>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// How a command ended.
enum Outcome {
    Done,
    ScenarioErrors,
    Unusable(String),
}

impl Common {
    fn language(&self) -> Language {
        let ambient = || if self.format == Format::Text { Language::of_terminal() } else { Language::En };
        self.lang.unwrap_or_else(ambient)
    }
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Run { common, seed, mends } => run::run(&common, seed, mends),
        Command::Why(options) => why::answer(&options),
        Command::Sweep(options) => runs::sweep(&options),
        Command::Merge(options) => runs::merge(&options),
        Command::Check { common } => problems::check(&common),
        Command::Schema { markdown: false, lang } => {
            output::json(&schema::schema(lang.unwrap_or(Language::En)))
        }
        Command::Schema { markdown: true, lang } => {
            output::text(&reference::reference(lang.unwrap_or_else(Language::of_terminal)))
        }
        Command::Validate { table, seeds, into, against } => {
            validate::validate(&table, seeds, into.as_deref(), against.as_deref())
        }
    };
    match outcome {
        Outcome::Done => ExitCode::SUCCESS,
        Outcome::ScenarioErrors => ExitCode::from(1),
        Outcome::Unusable(why) => {
            output::complain(&format!("bridge: {why}\n"));
            ExitCode::from(2)
        }
    }
}
