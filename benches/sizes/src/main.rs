//! What a scenario costs against how large it is.
//!
//! `bridge-sizes` prints a table, each size measured in a process of its own; `bridge-sizes write SERVICES [FILE]` writes the
//! scenario of a size. Times are processor time, medians of several.

use std::error::Error;
use std::hint::black_box;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use bridge_engine::report::report;
use bridge_engine::trace::Subject;
use bridge_engine::why::why;
use bridge_engine::world::ServiceId;
use bridge_engine::{Time, scenario};
use cpu_time::ProcessTime;

use bridge_sizes::company;

const SIZES: [usize; 7] = [10, 30, 100, 300, 1_000, 3_000, 10_000];
/// Sizes from here on show how cost grows; below, what every run costs hides it.
const LARGE: f64 = 300.0;
/// Steeper than this over the large sizes is not linear any more. n log n, from 300 to 10,000, has a slope of 1.14.
const LINEAR: f64 = 1.2;

/// A size that takes longer ends the table.
const PATIENCE: Duration = Duration::from_secs(150);
const GLANCE: Duration = Duration::from_millis(20);

/// What is measured. *Why* is asked about one service.
const FIGURES: [&str; 6] = ["open ms", "run ms", "report ms", "why ms", "events", "peak MB"];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        [] => table(),
        ["one", services] => one(services),
        ["write", services] => text(services).map(|text| print!("{text}")),
        ["write", services, file] => text(services).and_then(|text| Ok(std::fs::write(file, text)?)),
        _ => Err("usage: bridge-sizes | bridge-sizes write SERVICES [FILE]".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn text(services: &str) -> Result<String> {
    Ok(company(services.parse()?))
}

/// Measures one size and prints its figures.
fn one(services: &str) -> Result<()> {
    let text = text(services)?;
    let wrong = |found: Vec<scenario::Diagnostic>| {
        found.into_iter().map(|wrong| wrong.message.en).collect::<Vec<_>>().join("\n")
    };
    let open = || scenario::open(&text).map_err(wrong);
    let world = open()?.world;
    let run = || bridge_engine::run(&world, &world.script, 1);
    let trace = run();
    if trace.end != bridge_engine::trace::End::Horizon {
        return Err(format!("{services} services: more events than a run may have").into());
    }
    black_box(report(&world, &trace));
    // Before anything is done twice.
    let memory = peak_memory().unwrap_or(f64::NAN);
    let middle = Time(trace.horizon.0 / 16);
    // A few services of all layers, the last of them included.
    let last = world.services.len() - 1;
    let asked: Vec<usize> = (0..10).map(|tenth| last * (tenth + 1) / 10).collect();
    let times = [
        median(|| drop(black_box(open()))),
        median(|| drop(black_box(run()))),
        median(|| drop(black_box(report(&world, &trace)))),
        median(|| {
            for &service in &asked {
                black_box(why(&world, &trace, Subject::Service(ServiceId::at(service)), middle));
            }
        }) / asked.len() as f64,
    ];
    for time in times {
        print!("{} ", time * 1000.0);
    }
    println!("{} {memory}", trace.events.len());
    Ok(())
}

/// Seconds of a piece of work, which is done for a second.
fn median(mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = Vec::new();
    while times.is_empty() || (times.iter().sum::<f64>() < 1.0 && times.len() < 200) {
        let start = ProcessTime::now();
        work();
        times.push(start.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Most memory this process ever held, in MB, where the system tells.
fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<f64>().ok()? / 1000.0)
}

fn table() -> Result<()> {
    println!("\n{:>8}{}", "services", FIGURES.map(|name| format!(" {name:>10}")).concat());
    let mut rows: Vec<(f64, [f64; 6])> = Vec::new();
    for services in SIZES {
        let Some(printed) = measured(services)? else {
            println!("{services:>8}  NOT MEASURED: took longer than {} s", PATIENCE.as_secs());
            break;
        };
        let figures: Vec<f64> =
            printed.split_whitespace().map(str::parse).collect::<std::result::Result<_, _>>()?;
        let figures: [f64; 6] = figures.try_into().map_err(|_| format!("unexpected: {printed}"))?;
        println!(
            "{services:>8}{}",
            figures.map(|figure| format!(" {figure:>10}", figure = short(figure))).concat()
        );
        rows.push((services as f64, figures));
    }
    let large: Vec<_> = rows.iter().filter(|row| row.0 >= LARGE).collect();
    let slopes: [f64; 6] =
        std::array::from_fn(|column| slope(large.iter().map(|row| (row.0, row.1[column]))));
    println!("{:>8}{}", "slope", slopes.map(|slope| format!(" {slope:>10.2}")).concat());
    println!("slope: of the logarithms, from {LARGE} services on; 1 is linear");
    for (name, slope) in FIGURES.iter().zip(slopes) {
        if slope > LINEAR {
            println!("NOT LINEAR: {name}, {slope:.2}");
        }
    }
    Ok(())
}

/// What a process of its own prints of a size; none if it does not come to an end.
fn measured(services: usize) -> Result<Option<String>> {
    let mut child = Command::new(std::env::current_exe()?)
        .args(["one", &services.to_string()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut waited = Duration::ZERO;
    while child.try_wait()?.is_none() {
        if waited > PATIENCE {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(GLANCE);
        waited += GLANCE;
    }
    let output = child.wait_with_output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned().into());
    }
    Ok(Some(String::from_utf8(output.stdout)?))
}

/// Three digits.
fn short(figure: f64) -> String {
    let digits = if figure >= 100.0 {
        0
    } else if figure >= 10.0 {
        1
    } else {
        3
    };
    format!("{figure:.digits$}")
}

/// Least squares through the logarithms.
fn slope(points: impl Iterator<Item = (f64, f64)>) -> f64 {
    use bridge_engine::kernel::math::ln;
    let logs: Vec<(f64, f64)> = points.map(|(x, y)| (ln(x), ln(y))).collect();
    let n = logs.len() as f64;
    let (mx, my) = (logs.iter().map(|p| p.0).sum::<f64>() / n, logs.iter().map(|p| p.1).sum::<f64>() / n);
    let covariance: f64 = logs.iter().map(|p| (p.0 - mx) * (p.1 - my)).sum();
    covariance / logs.iter().map(|p| (p.0 - mx) * (p.0 - mx)).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::slope;

    #[test]
    fn the_slope_of_a_power_is_its_exponent() {
        for exponent in [1, 2, 3] {
            let power = |x: f64| (0..exponent).fold(5.0, |product, _| product * x);
            let found = slope([10.0, 30.0, 100.0].into_iter().map(|x| (x, power(x))));
            assert!((found - f64::from(exponent)).abs() < 1e-12, "{found}");
        }
    }
}
