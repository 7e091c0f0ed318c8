//! The native form of the probe; `node.cjs` asks the same of the wasm.
//!
//! `bridge-probe results FILE…` prints the fingerprint of a few runs of each scenario; `bridge-probe speed FILE` prints
//! how many runs of it fit into a second.

use bridge_probe::Probe;
use std::error::Error;
use std::time::Duration;

/// Runs of each scenario that are compared: the first seeds, and one that fills all 32 bits.
const SEEDS: [u32; 4] = [1, 2, 3, 4_000_000_007];
/// The fastest of a few windows counts: other work on the machine only ever makes one slower.
const WINDOWS: u32 = 8;
const WINDOW: Duration = Duration::from_millis(500);

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

fn speed(file: &str) -> Result<(), Box<dyn Error>> {
    let probe = Probe::open(&std::fs::read_to_string(file)?)?;
    let (first, _) = timed(|| probe.events(1));
    let fastest = (0..WINDOWS).map(|_| window(&probe)).fold(0.0, f64::max);
    println!("{fastest:.1} {} {:.1}", probe.events(1), first.as_secs_f64() * 1000.0);
    Ok(())
}

/// Runs a second, over one window.
fn window(probe: &Probe) -> f64 {
    let mut runs = 0;
    let mut time = Duration::ZERO;
    while time < WINDOW {
        runs += 1;
        time += timed(|| std::hint::black_box(probe.events(runs))).0;
    }
    f64::from(runs) / time.as_secs_f64()
}

#[expect(clippy::disallowed_methods, reason = "it measures time")]
fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = std::time::Instant::now();
    let value = work();
    (start.elapsed(), value)
}
