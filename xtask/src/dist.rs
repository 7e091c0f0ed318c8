//! `cargo xtask dist`: the static site.

use crate::{Result, process, project, tools};
use std::path::PathBuf;

/// Builds the site into dist/ and returns that folder.
pub fn dist() -> Result<PathBuf> {
    tools::wasm_target()?;
    let trunk = tools::trunk()?;
    let wasm_bindgen = tools::wasm_bindgen()?;
    let wasm_opt = tools::wasm_opt()?;
    let folder = project::dist();
    let mut build = process::command(&trunk);
    build.args(["build", "--release", "--dist"]).arg(&folder);
    build.env("PATH", tools::path_with(&[&wasm_bindgen, &wasm_opt])?);
    // Trunk takes NO_COLOR=1, as many set it, for an invalid value and stops.
    build.env_remove("NO_COLOR");
    process::run(&mut build)?;
    println!("The site is in {}; copy it to any path of any web server.", folder.display());
    Ok(folder)
}
