//! `cargo xtask mutate`: switches every rule of the model off, one at a time, and says which tests notice.
//!
//! The engine has no switches. A copy of it gets one at each rule, by the table of `rules.txt`, all of them in one build; which one
//! is off is an environment variable of the run. So the engine stays as it is, and all rules cost one compilation.

mod page;
mod runs;
mod table;

use crate::process::{self, cargo, spoken, timed};
use crate::{Result, project};
use clap::Args;
use runs::Binary;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use table::{Rule, Table};

/// What to switch off.
#[derive(Args)]
pub struct Options {
    /// Only rules with this name, or part of it; writes nothing
    #[arg(long)]
    only: Vec<String>,
    /// Only test files with this name; writes nothing
    #[arg(long)]
    tests: Vec<String>,
    /// Test files that run at once; as many as there are cores without it
    #[arg(long)]
    jobs: Option<usize>,
}

/// Tests of the reader of scenarios: no rule of a run shows in them.
const READER: [&str; 4] = ["draft", "scenario_errors", "scenario_hostile", "scenario_open"];

/// Runs the engine's tests without each rule in turn, writes docs/mutations.md, and fails if a rule is not missed.
pub fn mutate(options: &Options) -> Result {
    let table = Table::read()?;
    let copy = copy(&table)?;
    let binaries: Vec<Binary> = build(&copy)?
        .into_iter()
        .filter(|b| !READER.contains(&b.name.as_str()))
        .filter(|b| options.tests.is_empty() || options.tests.contains(&b.name))
        .collect();
    let wanted = |rule: &&Rule| options.only.is_empty() || options.only.iter().any(|o| rule.name.contains(o));
    let rules: Vec<&Rule> = table.rules.iter().filter(wanted).collect();
    let jobs =
        options.jobs.or_else(|| std::thread::available_parallelism().ok().map(Into::into)).unwrap_or(1);
    eprintln!("{} rules, {} test files, {jobs} at once", rules.len(), binaries.len());
    let (found, time) = timed(|| runs::all(&rules, &binaries, jobs, &copy));
    let found = found?;
    for (rule, red) in rules.iter().zip(&found) {
        let names: Vec<&str> = red.iter().map(|red| red.test.as_str()).collect();
        println!(
            "{:<24} {:>4}  {}",
            rule.name,
            red.len(),
            names.iter().take(3).copied().collect::<Vec<_>>().join(" ")
        );
    }
    println!("in {}", spoken(time));
    if options.only.is_empty() && options.tests.is_empty() {
        page::write(&rules, &found)?;
    }
    let missed: Vec<&str> =
        rules.iter().zip(&found).filter(|of| of.1.is_empty()).map(|of| of.0.name.as_str()).collect();
    if missed.is_empty() {
        Ok(())
    } else {
        Err(format!("nothing goes red without: {}", missed.join(", ")).into())
    }
}

/// Copies the project below `target/` with a switch at every rule. Files that are as they were are left alone, so that only
/// what changed is compiled again.
fn copy(table: &Table) -> Result<PathBuf> {
    let to = project::target().join("mutations/project");
    let mut switched = table.switched()?;
    let engine = Path::new("engine/src");
    for part in [
        "Cargo.toml",
        "Cargo.lock",
        ".cargo",
        "assets",
        "docs",
        "engine",
        "src",
        "words",
        "cli",
        "xtask",
        "tests",
        "benches",
        "build.rs",
    ] {
        files(&project::root().join(part), &mut |path| {
            let below = path.strip_prefix(project::root())?;
            let name = below.strip_prefix(engine).ok().map(|name| name.to_string_lossy().replace('\\', "/"));
            let text = match name.and_then(|name| switched.remove(&name)) {
                Some(text) => text.into_bytes(),
                None => std::fs::read(path)?,
            };
            let into = to.join(below);
            if std::fs::read(&into).is_ok_and(|old| old == text) {
                return Ok(());
            }
            std::fs::create_dir_all(into.parent().unwrap_or(&to))?;
            Ok(std::fs::write(into, text)?)
        })?;
    }
    Ok(to)
}

/// Every file below a path, but nothing that was built.
fn files(path: &Path, visit: &mut dyn FnMut(&Path) -> Result) -> Result {
    if !path.is_dir() {
        return visit(path);
    }
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        if !["target", "node_modules", ".git"].iter().any(|name| entry.file_name() == *name) {
            files(&entry.path(), visit)?;
        }
    }
    Ok(())
}

/// Builds the engine's tests in the copy.
fn build(copy: &Path) -> Result<Vec<Binary>> {
    let mut cargo = cargo();
    cargo.current_dir(copy).env("CARGO_TARGET_DIR", copy.with_file_name("target"));
    cargo.args(["test", "--package", "bridge-engine", "--no-run", "--message-format=json"]);
    cargo.env("RUSTFLAGS", "--cap-lints=allow").stdin(Stdio::null());
    eprintln!("$ {}", process::line(&cargo));
    let lines = process::read(&mut cargo)?;
    let binaries: Vec<Binary> = lines.lines().filter_map(runs::built).collect();
    if binaries.is_empty() { Err("no tests were built".into()) } else { Ok(binaries) }
}
