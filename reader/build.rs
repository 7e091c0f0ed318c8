//! Lists the texts of the designs that are shipped.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut code = String::from("static TEXTS: &[(&str, &str)] = &[\n");
    let mut files = Vec::new();
    for folder in ["../assets/scenarios", "../assets/templates"] {
        println!("cargo::rerun-if-changed={folder}");
        for file in fs::read_dir(fs::canonicalize(folder)?)? {
            files.push(file?.path());
        }
    }
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
