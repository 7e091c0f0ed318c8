//! Reads the scenarios that are shipped: lists them, and packs the one that opens first.

use bridge_engine::scenario::open;
use bridge_engine::scenario::packed::{Opened, pack};
use bridge_engine::world::Text;
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
    if names.first().is_none_or(|id| id != FIRST) {
        return Err(format!("assets/scenarios holds no {FIRST}.yaml").into());
    }
    let mut first = Vec::new();
    let mut code = format!(
        "/// The scenarios that come with the app.\npub static SHIPPED: [Shipped; {}] = [\n",
        names.len()
    );
    for id in names {
        let path = folder.join(format!("{id}.yaml"));
        let read =
            open(&fs::read_to_string(&path)?).map_err(|wrong| format!("{}: {wrong:#?}", path.display()))?;
        let pair = |text: &Text| format!("({:?}, {:?})", text.en, text.ko);
        let (title, summary) = (pair(&read.world.meta.title), pair(&read.world.meta.summary));
        writeln!(code, "    Shipped {{ id: {id:?}, title: {title}, summary: {summary} }},")?;
        if id == FIRST {
            first = pack::<Opened>(&Ok(read));
        }
    }
    let packed = Path::new(&env::var("OUT_DIR")?).join("first.packed");
    fs::write(&packed, first)?;
    writeln!(code, "];\nstatic FIRST: &[u8] = include_bytes!({packed:?});")?;
    Ok(code)
}
