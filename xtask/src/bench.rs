//! `cargo xtask bench`: how fast a run is, natively and in wasm, beside other kernels and against size, what the page costs
//! a frame, and how heavy the site is.

use crate::browsers::{self, Engine};
use crate::process::{self, cargo};
use crate::{Result, dist, ledger, parity, peers, project};
use clap::Args;
use std::path::{Path, PathBuf};

/// Budgets in runs a second of the Kakao scenario: the floor, and the aim.
const NATIVE: (f64, f64) = (300.0, 1000.0);
const KAKAO: &str = "assets/scenarios/kakao-2022.yaml";
const WASM: (f64, f64) = (150.0, 500.0);

/// What to measure; without any, everything.
#[derive(Args)]
pub struct Options {
    /// Runs a second of the Kakao scenario, natively and in wasm
    #[arg(long)]
    speed: bool,
    /// This kernel beside nexosim, desru, simrs and SimPy
    #[arg(long)]
    peers: bool,
    /// Cost against size: companies of 10 to 10,000 services
    #[arg(long)]
    sizes: bool,
    /// A frame of playback at 300 services, and an edit until it is painted, in Chromium
    #[arg(long)]
    frames: bool,
    /// The first picture on a slow phone, in Chromium
    #[arg(long)]
    first: bool,
    /// Measure this built site's frames too, in turn with dist/; may be repeated
    #[arg(long)]
    beside: Vec<PathBuf>,
    /// The size of the site
    #[arg(long)]
    size: bool,
    /// Take dist/ as it is, without building it again
    #[arg(long)]
    as_built: bool,
}

/// Measures, prints figures beside their budgets, and writes the size ledger.
pub fn bench(options: &Options) -> Result {
    let all =
        !(options.speed || options.peers || options.sizes || options.size || options.frames || options.first);
    if all || options.speed {
        speed()?;
    }
    if all || options.peers {
        peers::peers()?;
    }
    if all || options.sizes {
        let mut sizes = cargo();
        process::run(sizes.args(["run", "--quiet", "--profile", "fast", "--package", "bridge-sizes"]))?;
    }
    if all || options.size || options.frames || options.first {
        let site = if options.as_built { project::dist() } else { dist::dist()? };
        if all || options.size {
            ledger::weigh(&site)?;
        }
        if all || options.first {
            in_chromium("first", &site, &[])?;
        }
        if all || options.frames {
            in_chromium("frames", &site, &options.beside)?;
        }
    }
    Ok(())
}

/// In Chromium alone: its headless mode draws frames at an even pace and tells when they are painted.
fn in_chromium(bench: &str, site: &Path, beside: &[PathBuf]) -> Result {
    let (installed, _) = browsers::ready(&[Engine::Chromium], false)?;
    let browser = installed
        .first()
        .ok_or_else(|| format!("this needs Chromium and chromedriver: {}", Engine::Chromium.hint()))?;
    let mut run = cargo();
    run.args(["run", "--quiet", "--package", "browser-tests", "--bin", bench, "--"]).args(beside);
    run.env("BRIDGE_DIST", site).env("BRIDGE_OUTPUT", project::target());
    run.envs(browser.variables.iter().map(|(name, path)| (name, path)));
    process::run(&mut run)
}

fn speed() -> Result {
    let mut native = cargo();
    native.args(["run", "--quiet", "--profile", "fast", "--package", "bridge-probe", "--", "speed", KAKAO]);
    let native = process::read(&mut native)?;
    let module = parity::wasm_probe()?;
    let wasm = process::read(parity::under_node(&module, "speed").arg(KAKAO))?;
    println!(
        "\n{:<24} {:>8} {:>8} {:>8} {:>12} {:>8}",
        "Kakao runs a second", "measured", "floor", "aim", "first run", "events"
    );
    for (name, printed, (floor, aim)) in [("native", native, NATIVE), ("wasm under Node", wasm, WASM)] {
        let [rate, events, first] =
            figures(&printed).ok_or_else(|| format!("the probe printed “{printed}”"))?;
        let verdict = if rate >= aim {
            String::new()
        } else if rate >= floor {
            format!("  {:.0} % of the aim", rate / aim * 100.0)
        } else {
            format!("  MISSED: {:.0} % of the floor", rate / floor * 100.0)
        };
        println!("{name:<24} {rate:>8.0} {floor:>8.0} {aim:>8.0} {first:>9.1} ms {events:>8.0}{verdict}");
    }
    Ok(())
}

/// Runs a second, events a run, and milliseconds of the very first run.
fn figures(printed: &str) -> Option<[f64; 3]> {
    let figures = printed.split_whitespace().map(str::parse).collect::<std::result::Result<Vec<f64>, _>>();
    figures.ok()?.try_into().ok()
}
