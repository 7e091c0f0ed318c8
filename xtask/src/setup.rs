//! `cargo xtask setup`: every tool, and nothing else.

use crate::{Result, browsers, process, tools};
use clap::Args;

/// What to install.
#[derive(Args)]
pub struct Options {
    /// Browsers and their drivers as well (Debian and Ubuntu; may ask for the sudo password)
    #[arg(long)]
    browsers: bool,
}

/// Installs what is missing and says where everything is.
pub fn setup(options: &Options) -> Result {
    tools::wasm_target()?;
    println!("Tools of the project: {}", tools::cache()?.display());
    let found = [
        ("trunk", tools::trunk()?),
        ("wasm-bindgen", tools::wasm_bindgen()?),
        ("wasm-opt", tools::wasm_opt()?),
        ("axe-core", tools::axe()?),
        ("geckodriver", tools::geckodriver()?),
    ];
    for (name, path) in found {
        println!("  {name:<13} {}", path.display());
    }
    if process::succeeds(process::command("node").arg("--version")) {
        println!("  {:<13} on PATH", "node");
    }
    let engines = if options.browsers { &browsers::ALL[..] } else { &[] };
    let (installed, missing) = browsers::ready(engines, true)?;
    for browser in installed {
        println!("  {:<13} ready", browser.engine.name());
    }
    for engine in missing {
        println!("  {:<13} missing: {}", engine.name(), engine.hint());
    }
    Ok(())
}
