//! Reads the designs that are shipped: lists them with what their cards say, and packs the one that opens first.

use bridge_engine::report::{report, scores};
use bridge_engine::scenario::packed::{Ran, pack};
use bridge_engine::scenario::{Scenario, open};
use bridge_engine::world::Text;
use std::cmp::Reverse;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// What opens when nobody asks for anything else.
const FIRST: &str = "kakao-2022";
/// Where the designs are, and what each folder holds.
const FOLDERS: [(&str, &str); 2] = [("assets/scenarios", "Incident"), ("assets/templates", "Template")];

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm") {
        // What is split later has to know what refers to what.
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("scenarios.rs"), shipped(&out)?)?;
    fs::write(Path::new(&out).join("texts.rs"), texts()?)?;
    Ok(())
}

/// A table of what is shipped: what happened, with what opens first at its head; then what can be begun with.
fn shipped(out: &str) -> Result<String, Failure> {
    let (mut rows, mut count) = (String::new(), 0);
    for (folder, kind) in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        for read in designs(folder)? {
            let id = &read.world.meta.id;
            if (count == 0) != (id == FIRST) {
                return Err(format!("{FIRST} has to be the first, and the only one of that name").into());
            }
            writeln!(rows, "    Shipped {{ id: {id:?}, kind: Kind::{kind}, {} }},", card(&read))?;
            count += 1;
            if id == FIRST {
                let ran = bridge_engine::run(&read.world, &read.world.script, read.world.meta.seed);
                let scores = scores(&read.world, &ran);
                fs::write(
                    Path::new(out).join("first.ran"),
                    pack::<Ran>(&(ran.hash(), (ran.seen(), scores))),
                )?;
                fs::write(Path::new(out).join("first.packed"), pack::<Scenario>(&read))?;
            }
        }
    }
    Ok(format!(
        "/// The designs that come with the app.\npub static SHIPPED: [Shipped; {count}] = [\n{rows}];\n\
         static FIRST: &[u8] = include_bytes!(concat!(env!(\"OUT_DIR\"), \"/first.packed\"));\n\
         static FIRST_RUN: &[u8] = include_bytes!(concat!(env!(\"OUT_DIR\"), \"/first.ran\"));\n"
    ))
}

/// A table of the texts of what is shipped.
fn texts() -> Result<String, Failure> {
    let mut rows = String::new();
    for folder in FOLDERS.map(|folder| folder.0) {
        for entry in fs::read_dir(fs::canonicalize(folder)?)? {
            let path = entry?.path();
            if let (Some(id), Some("yaml")) =
                (path.file_stem(), path.extension().and_then(|end| end.to_str()))
            {
                writeln!(rows, "    ({:?}, include_str!({path:?})),", id.to_string_lossy())?;
            }
        }
    }
    Ok(format!("static TEXTS: &[(&str, &str)] = &[\n{rows}];\n"))
}

/// A folder's designs in the order in which they are offered: what happened last first, what is smaller first.
fn designs(folder: &str) -> Result<Vec<Scenario>, Failure> {
    let mut designs = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "yaml") {
            let read = open(&fs::read_to_string(&path)?);
            let read = read.map_err(|wrong| format!("{}: {wrong:#?}", path.display()))?;
            if path.file_stem().and_then(|name| name.to_str()) != Some(&read.world.meta.id) {
                return Err(format!("{}: it calls itself {}", path.display(), read.world.meta.id).into());
            }
            designs.push(read);
        }
    }
    designs.sort_by_key(|design| {
        let (meta, size) = (&design.world.meta, design.world.services.len());
        let day = meta.t0_unix.div_euclid(86_400);
        (meta.id != FIRST, Reverse(day), size, meta.id.clone())
    });
    Ok(designs)
}

/// What a card says: the design's own words, its size, and what a run with its own seed comes to.
fn card(read: &Scenario) -> String {
    let world = &read.world;
    let pair = |text: &Text| format!("({:?}, {:?})", text.en, text.ko);
    let total = report(world, &bridge_engine::run(world, &world.script, world.meta.seed)).total;
    let hours = |time: bridge_engine::Time| time.since_start().0 / 3_600_000_000;
    let back = match (total.first_loss, total.restored) {
        (None, _) => "Back::Unhurt".to_owned(),
        (_, Some(at)) => format!("Back::Hours({})", hours(at)),
        (_, None) => format!("Back::NeverInDays({})", hours(world.meta.horizon) / 24),
    };
    format!(
        "title: {}, summary: {}, sites: {}, services: {}, back: {back}",
        pair(&world.meta.title),
        pair(&world.meta.summary),
        world.sites.len(),
        world.services.len(),
    )
}
