//! Kernels side by side on the machine-repair model.
//!
//! In each round every kernel runs once, one after the other, so that whatever else the machine does slows all of them. Time is the
//! processor's, of one thread. A ratio is taken within a round; printed is the median over the rounds. A kernel whose availability is further than four standard
//! errors from the exact one does not simulate this model, and the comparison fails.

mod kernels;
mod shop;

use std::error::Error;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use cpu_time::ProcessTime;
use kernels::Run;
use shop::Estimate;

/// Machine events a run.
const EVENTS: u64 = 1_000_000;
const ROUNDS: u64 = 7;
const SIGMAS: f64 = 4.0;

/// What is compared: its name, how to run it, and how many times as fast ours has to be.
const PEERS: [(&str, Run, Option<f64>); 5] = [
    ("this kernel", kernels::bridge, None),
    ("nexosim 1.0", kernels::nexosim, Some(3.0)),
    ("desru 0.1", kernels::desru, Some(1.0)),
    ("simrs 0.2", kernels::simrs, None),
    ("std's heap, no kernel", kernels::heap, None),
];
const SIMPY: (&str, Option<f64>) = ("SimPy 4.1", Some(60.0));

/// One kernel's runs.
struct Line {
    name: &'static str,
    budget: Option<f64>,
    /// Events a second, by round.
    rates: Vec<f64>,
    /// The farthest from the exact value.
    worst: Estimate,
}

fn main() -> ExitCode {
    match compare() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn compare() -> Result<bool, Box<dyn Error>> {
    let python = python()?;
    let mut lines: Vec<Line> = PEERS.iter().map(|&(name, _, budget)| Line::new(name, budget)).collect();
    lines.extend(python.iter().map(|_| Line::new(SIMPY.0, SIMPY.1)));
    for round in 1..=ROUNDS {
        for (line, (_, run, _)) in lines.iter_mut().zip(PEERS) {
            let start = ProcessTime::now();
            let tally = run(round, EVENTS);
            line.add(start.elapsed().as_secs_f64(), tally.availability());
        }
        if let (Some(python), Some(line)) = (&python, lines.get_mut(PEERS.len())) {
            let (seconds, found) = simpy(python, round)?;
            line.add(seconds, found);
        }
    }
    print(&lines);
    Ok(lines.iter().all(Line::is_right))
}

/// The interpreter after `--python`, if SimPy is to be compared too.
fn python() -> Result<Option<PathBuf>, Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    match &arguments[..] {
        [] => Ok(None),
        [flag, path] if flag == "--python" => Ok(Some(path.into())),
        _ => Err("usage: bridge-peers [--python PATH]".into()),
    }
}

fn simpy(python: &PathBuf, seed: u64) -> Result<(f64, Estimate), Box<dyn Error>> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/shop.py");
    let ran = Command::new(python).arg(script).args([seed.to_string(), EVENTS.to_string()]).output()?;
    if !ran.status.success() {
        return Err(format!("{script}: {}", String::from_utf8_lossy(&ran.stderr)).into());
    }
    let printed = String::from_utf8(ran.stdout)?;
    let figures = printed.split_whitespace().map(str::parse).collect::<Result<Vec<f64>, _>>()?;
    let [seconds, mean, error] = figures[..] else { return Err(format!("shop.py: {printed}").into()) };
    Ok((seconds, Estimate { mean, error }))
}

impl Line {
    const fn new(name: &'static str, budget: Option<f64>) -> Self {
        Self { name, budget, rates: Vec::new(), worst: Estimate { mean: f64::NAN, error: 0.0 } }
    }

    fn add(&mut self, seconds: f64, found: Estimate) {
        if self.rates.is_empty() || found.sigmas() > self.worst.sigmas() {
            self.worst = found;
        }
        self.rates.push(EVENTS as f64 / seconds);
    }

    fn is_right(&self) -> bool {
        self.worst.sigmas() <= SIGMAS
    }

    /// How many times as fast the first line is.
    fn ratio(&self, ours: &Self) -> f64 {
        median(ours.rates.iter().zip(&self.rates).map(|(ours, rate)| ours / rate).collect())
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn print(lines: &[Line]) {
    println!(
        "\nMachine repair: {} machines, {} repairers, {} h / {} h, exact availability {:.7}; {EVENTS} events, {ROUNDS} rounds",
        shop::MACHINES,
        shop::REPAIRERS,
        shop::RUNS,
        shop::REPAIR,
        shop::exact()
    );
    println!("{:<22} {:>12} {:>8} {:>7}  farthest availability", "", "events/s", "ours is", "wanted");
    for line in lines {
        let ratio = line.ratio(&lines[0]);
        let wanted = line.budget.map_or(String::new(), |budget| format!("≥ {budget}"));
        let missed = if line.budget.is_some_and(|budget| ratio < budget) { "  MISSED" } else { "" };
        let wrong = if line.is_right() { "" } else { "  WRONG" };
        let Estimate { mean, error } = line.worst;
        println!(
            "{:<22} {:>12.0} {ratio:>6.2} × {wanted:>7}  {mean:.5} ± {error:.5}, {:.1} σ{wrong}{missed}",
            line.name,
            median(line.rates.clone()),
            line.worst.sigmas()
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kernel_simulates_the_same_course_of_events() {
        let first = kernels::heap(1, 50_000).availability();
        assert!(first.sigmas() < SIGMAS, "{first:?}");
        for (name, run, _) in PEERS {
            let found = run(1, 50_000).availability();
            // Clocks differ in their last digits.
            assert!((found.mean - first.mean).abs() < 1e-9, "{name}: {found:?} {first:?}");
        }
    }
}
