//! The same results natively and in wasm: the probe of benches/probe in both forms, asked the same questions.

use crate::process::{self, cargo, run};
use crate::{Result, app, project, tools};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Compares every line that the two forms print.
pub fn parity() -> Result {
    let module = wasm_probe()?;
    let scenarios = scenarios()?;
    let mut native = cargo();
    native.args(["run", "--quiet", "--package", "bridge-probe", "--", "results"]).args(&scenarios);
    let native = process::read(&mut native)?;
    let wasm = process::read(under_node(&module, "results").args(&scenarios))?;
    let mut different = 0;
    for (native, wasm) in native.lines().zip(wasm.lines()) {
        if native != wasm {
            eprintln!("native: {native}\nwasm:   {wasm}");
            different += 1;
        }
    }
    let lines = native.lines().count();
    if different > 0 || lines != wasm.lines().count() || lines == 0 {
        return Err(format!("{different} of {lines} results differ between native code and wasm").into());
    }
    println!("{lines} results are the same natively and in wasm");
    Ok(())
}

/// Every scenario that is shipped, as paths from the project's folder.
fn scenarios() -> Result<Vec<String>> {
    const FOLDER: &str = "assets/scenarios";
    let mut names = Vec::new();
    for entry in std::fs::read_dir(project::root().join(FOLDER))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".yaml") || name.ends_with(".json") {
            names.push(format!("{FOLDER}/{name}"));
        }
    }
    names.sort();
    Ok(names)
}

/// Builds the probe for Node, through the same steps as the app, and returns its JavaScript module.
pub fn wasm_probe() -> Result<PathBuf> {
    const TARGET: &str = "wasm32-unknown-unknown";
    tools::wasm_target()?;
    let (wasm_bindgen, wasm_opt) = (tools::wasm_bindgen()?, tools::wasm_opt()?);
    if !process::succeeds(process::command("node").arg("--version")) {
        let hint = crate::system::hint("nodejs npm", "node", "OpenJS.NodeJS.LTS");
        return Err(format!("wasm outside a browser needs Node: {hint}").into());
    }
    run(cargo().args([
        "build",
        "--quiet",
        "--package",
        "bridge-probe",
        "--lib",
        "--release",
        "--target",
        TARGET,
    ]))?;
    let built = project::target().join(TARGET).join("release").join("bridge_probe.wasm");
    let folder = project::target().join("probe");
    run(process::command(wasm_bindgen).args(["--target", "nodejs", "--out-dir"]).arg(&folder).arg(built))?;
    let wasm = folder.join("bridge_probe_bg.wasm");
    run(process::command(wasm_opt).args(app::optimised()).arg("-o").args([&wasm, &wasm]))?;
    Ok(folder.join("bridge_probe.js"))
}

/// The probe under Node, asked one thing.
pub fn under_node(module: &Path, question: &str) -> Command {
    let mut node = process::command("node");
    // Otherwise Node decides while it runs what to compile well, and on a busy machine takes long to get there.
    node.arg("--no-wasm-dynamic-tiering");
    node.arg(project::root().join("benches/probe/node.cjs")).arg(module).arg(question);
    node
}
