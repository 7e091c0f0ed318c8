//! Lists the scenarios that are shipped.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// The scenario that opens when nobody asks for another.
const FIRST: &str = "kakao-2022";

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("scenarios.rs"), scenarios()?)?;
    Ok(())
}

/// A table of the scenarios in `assets/scenarios`, the one that opens first at its head.
fn scenarios() -> Result<String, Failure> {
    println!("cargo::rerun-if-changed=assets/scenarios");
    let folder = fs::canonicalize("assets/scenarios")?;
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if let Some(id) = name.strip_suffix(".yaml") {
            names.push(id.to_owned());
        }
    }
    names.sort_by_key(|id| (id != FIRST, id.clone()));
    if names.is_empty() {
        return Err("assets/scenarios holds no scenario".into());
    }
    let mut code = format!(
        "/// The scenarios that come with the app.\npub static SHIPPED: [Shipped; {}] = [\n",
        names.len()
    );
    for id in names {
        let path = folder.join(format!("{id}.yaml"));
        writeln!(code, "    Shipped {{ id: {id:?}, text: include_str!({path:?}) }},")?;
    }
    code.push_str("];\n");
    Ok(code)
}
