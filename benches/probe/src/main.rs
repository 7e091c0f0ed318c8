//! The native form of the probe; `node.cjs` asks the same of the wasm.
//!
//! `bridge-probe results FILE…` prints the fingerprint of a few runs of each scenario; `bridge-probe speed FILE` prints
//! how many runs of it fit into a second.

use bridge_probe::Probe;
use std::error::Error;
use std::time::Duration;

/// Runs of each scenario that are compared: the first seeds, and one that fills all 32 bits.
const SEEDS: [u32; 4] = [1, 2, 3, 4_000_000_007];
/// Long enough for a steady figure.
const MEASURED: Duration = Duration::from_secs(3);

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((question, files)) if question == "results" && !files.is_empty() => results(files),
        Some((question, [file])) if question == "speed" => speed(file),
        _ => Err("usage: bridge-probe results FILE… | speed FILE".into()),
    }
}

fn results(files: &[String]) -> Result<(), Box<dyn Error>> {
    for file in files {
        let probe = Probe::open(&std::fs::read_to_string(file)?)?;
        for seed in SEEDS {
            println!("{file} {seed} {}", probe.hash(seed));
        }
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "it measures time")]
fn speed(file: &str) -> Result<(), Box<dyn Error>> {
    let probe = Probe::open(&std::fs::read_to_string(file)?)?;
    // Memory and caches settle before the clock starts.
    let mut events: usize = (0..20).map(|seed| probe.events(seed)).sum();
    let start = std::time::Instant::now();
    let mut runs = 0;
    while start.elapsed() < MEASURED {
        runs += 1;
        events += probe.events(runs);
    }
    println!(
        "{:.1} {:.0}",
        f64::from(runs) / start.elapsed().as_secs_f64(),
        events as f64 / f64::from(runs + 20)
    );
    Ok(())
}
