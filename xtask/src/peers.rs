//! This kernel beside others, in a workspace of its own: benches/peers.

use crate::process::{self, cargo, command, run};
use crate::{Result, project};
use std::path::PathBuf;

const SIMPY: &str = "simpy==4.1.1";

/// Builds and runs the comparison; SimPy takes part where Python can install it.
pub fn peers() -> Result {
    let mut compare = cargo();
    compare.args(["run", "--quiet", "--release", "--manifest-path", "benches/peers/Cargo.toml"]);
    // Its own folder: the other workspace locks other versions.
    compare.env("CARGO_TARGET_DIR", project::target().join("peers"));
    match simpy() {
        Ok(python) => compare.args(["--", "--python"]).arg(python),
        Err(error) => {
            eprintln!("SimPy is left out: {error}");
            &mut compare
        }
    };
    run(&mut compare)
}

/// Python with SimPy, in an environment below target/.
fn simpy() -> Result<PathBuf> {
    let folder = project::target().join("simpy");
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let ready = |python: &PathBuf| process::succeeds(command(python).args(["-c", "import simpy"]));
    if !ready(&python) {
        let name = if cfg!(windows) { "python" } else { "python3" };
        run(command(name).args(["-m", "venv"]).arg(&folder))?;
        run(command(&python).args(["-m", "pip", "install", "--quiet", SIMPY]))?;
    }
    Ok(python)
}
