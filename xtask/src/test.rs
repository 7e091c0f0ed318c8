//! `cargo xtask test`: everything that a pull request must pass.

use crate::browsers::{self, Engine, Installed};
use crate::process::{cargo, run, spoken, timed};
use crate::{Result, dist, lint, parity, project, tools};
use clap::{Args, ValueEnum};
use std::path::Path;
use std::time::Duration;

/// What to test.
#[derive(Args)]
pub struct Options {
    /// `available` (those that are here), `all` (a missing one is an error), or a list: chromium,firefox,webkit
    #[arg(long, default_value = "available")]
    browsers: Wanted,
    /// Without the site and the browsers
    #[arg(long)]
    fast: bool,
    /// Only browser tests whose name contains this
    #[arg(long)]
    only: Option<String>,
}

/// Which browsers were asked for.
#[derive(Clone)]
enum Wanted {
    Available,
    Exactly(Vec<Engine>),
}

impl std::str::FromStr for Wanted {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        match text {
            "available" => Ok(Self::Available),
            "all" => Ok(Self::Exactly(browsers::ALL.to_vec())),
            list => list
                .split(',')
                .map(|name| Engine::from_str(name.trim(), true))
                .collect::<std::result::Result<_, _>>()
                .map(Self::Exactly),
        }
    }
}

/// One step that was run: its name, how long it took, and what went wrong.
struct Step {
    name: &'static str,
    time: Duration,
    failed: Option<String>,
}

/// Runs every step, even after one has failed, so that one run tells everything; ends with a summary.
pub fn test(options: &Options) -> Result {
    let mut steps = Vec::new();
    let mut notes = Vec::new();
    let mut step = |name: &'static str, work: &mut dyn FnMut() -> Result| {
        eprintln!("\n== {name}");
        let (done, time) = timed(work);
        let failed = done.err().map(|error| error.to_string());
        if let Some(error) = &failed {
            eprintln!("{error}");
        }
        steps.push(Step { name, time, failed });
    };
    step("format", &mut lint::format);
    step("lints", &mut lint::clippy);
    step("tests", &mut || run(cargo().args(["test", "--workspace"])));
    step("hostile inputs", &mut || {
        run(cargo().args(["test", "--release", "--manifest-path", "fuzz/Cargo.toml"]))
    });
    step("same results in wasm", &mut parity::parity);
    if !options.fast {
        let mut site = None;
        step("site", &mut || {
            site = Some(dist::dist()?);
            Ok(())
        });
        if let Some(site) = site {
            step("browsers", &mut || in_browsers(&site, options, &mut notes));
        }
    }
    summarise(&steps, &notes)
}

fn in_browsers(site: &Path, options: &Options, notes: &mut Vec<String>) -> Result {
    let (wanted, must) = match &options.browsers {
        Wanted::Available => (&browsers::ALL[..], false),
        Wanted::Exactly(list) => (&list[..], true),
    };
    let (installed, missing) = browsers::ready(wanted, must)?;
    for engine in &missing {
        notes.push(format!("NOT TESTED in {}: it is not installed. {}", engine.name(), engine.hint()));
    }
    if must && !missing.is_empty() {
        return Err(notes.join("\n").into());
    }
    if installed.is_empty() {
        return Ok(());
    }
    run_browser_tests(site, &installed, options.only.as_deref())
}

fn run_browser_tests(site: &Path, installed: &[Installed], only: Option<&str>) -> Result {
    let names: Vec<&str> = installed.iter().map(|browser| browser.engine.name()).collect();
    let mut tests = cargo();
    tests.args(["test", "--package", "browser-tests", "--test", "browsers", "--"]).args(only);
    tests.env("BRIDGE_BROWSERS", names.join(",")).env("BRIDGE_DIST", site).env("BRIDGE_AXE", tools::axe()?);
    tests.env("BRIDGE_OUTPUT", project::target());
    tests
        .envs(installed.iter().flat_map(|browser| browser.variables.iter().map(|(name, path)| (name, path))));
    run(&mut tests)
}

fn summarise(steps: &[Step], notes: &[String]) -> Result {
    println!();
    for note in notes {
        println!("{note}");
    }
    for step in steps {
        let outcome = if step.failed.is_some() { "FAILED" } else { "ok" };
        println!("{:<24} {outcome:<7} {:>13}", step.name, spoken(step.time));
    }
    let failed = steps.iter().filter(|step| step.failed.is_some()).count();
    let total = spoken(steps.iter().map(|step| step.time).sum());
    println!("{} steps passed, {failed} failed, in {total}", steps.len() - failed);
    if failed == 0 { Ok(()) } else { Err(format!("{failed} of {} steps failed", steps.len()).into()) }
}
