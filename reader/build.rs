//! Lists the texts of the scenarios that are shipped.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../assets/scenarios");
    let mut code = String::from("static TEXTS: &[(&str, &str)] = &[\n");
    let mut files = fs::read_dir(fs::canonicalize("../assets/scenarios")?)?
        .map(|file| file.map(|file| file.path()))
        .collect::<Result<Vec<_>, _>>()?;
    files.sort();
    for path in files {
        if let (Some(id), Some("yaml")) = (path.file_stem(), path.extension().and_then(|e| e.to_str())) {
            writeln!(code, "    ({:?}, include_str!({path:?})),", id.to_string_lossy())?;
        }
    }
    code.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("texts.rs"), code)?;
    Ok(())
}
