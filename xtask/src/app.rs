//! `cargo xtask app`: the app beside the page, in the parts in which a browser fetches it. Trunk calls it when it has put
//! the rest of the site together.
//!
//! ```text
//!  cargo build ─▶ broken-bridge.wasm, which still knows what refers to what
//!   ─▶ split ─▶ what the first picture needs ─▶ wasm-bindgen ─▶ wasm-opt ─▶ app-<hash>/
//!           └─▶ what comes later ──────────────────────────────▶ wasm-opt ─▶ app-<hash>/
//! ```

use crate::process::{self, cargo, run};
use crate::{Result, project, tools};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use wasm_split_cli_support::{Options, transform};

const TARGET: &str = "wasm32-unknown-unknown";
const NAME: &str = "broken-bridge";
/// What today's browsers and rustc's wasm have in common.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// What wasm-opt does to all that is released. Level 1, not z: half a per cent more to download, and a run is a third
/// faster than at any higher level.
pub fn optimised() -> impl Iterator<Item = &'static str> {
    std::iter::once("-O1").chain(FEATURES)
}

/// Builds the app into the site that Trunk is making.
pub fn app() -> Result {
    let site = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let site =
        site.ok_or("it is a step of `cargo xtask dist` and `cargo xtask serve`, which call it by Trunk")?;
    let is_release = std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    let profile = if is_release { "release" } else { "debug" };
    let parts = project::target().join("app").join(profile);
    // What an earlier build had and this one has not must not be taken for its own.
    if parts.exists() {
        std::fs::remove_dir_all(&parts)?;
    }
    std::fs::create_dir_all(&parts)?;
    let mut build = cargo();
    build.args(["build", "--quiet", "--locked", "--package", NAME, "--target", TARGET]);
    if is_release {
        build.arg("--release");
    }
    run(&mut build)?;
    split(&project::target().join(TARGET).join(profile).join(format!("{NAME}.wasm")), &parts)?;
    let mut bind = process::command(tools::wasm_bindgen()?);
    bind.args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", NAME, "--out-dir"]);
    let first = parts.join("first.wasm");
    run(bind.args([&parts, &first]))?;
    std::fs::remove_file(first)?;
    if is_release {
        for wasm in files(&parts)?.iter().filter(|file| file.extension().is_some_and(|end| end == "wasm")) {
            run(process::command(tools::wasm_opt()?).args(optimised()).arg("-o").args([wasm, wasm]))?;
        }
    }
    // Its styles come with it.
    std::fs::copy(project::root().join("assets/styles/later.css"), parts.join("later.css"))?;
    put(&parts, &site)
}

/// Takes apart what only comes later.
fn split(whole: &Path, parts: &Path) -> Result {
    let wasm = std::fs::read(whole)?;
    let first = parts.join("first.wasm");
    let main = format!("./{NAME}.js");
    let mut options = Options::new(&wasm);
    options.output_dir = parts;
    options.main_out_path = &first;
    options.main_module = &main;
    let links = parts.join(options.link_name);
    transform(options).map_err(|error| format!("cannot take {} apart: {error:#}", whole.display()))?;
    // Servers that do not know what a wasm is are many.
    let text = std::fs::read_to_string(&links)?;
    let streaming = "WebAssembly.instantiateStreaming(src, imports)";
    if !text.contains(streaming) {
        return Err(format!("{} does not load its parts as it did", links.display()).into());
    }
    let plain = "WebAssembly.instantiate(await (await src).arrayBuffer(), imports)";
    Ok(std::fs::write(links, text.replace(streaming, plain))?)
}

/// Puts the parts into a folder named after what is in them, so that no browser mixes those of two builds, and tells the
/// page its name.
fn put(parts: &Path, site: &Path) -> Result {
    let files = files(parts)?;
    let mut hash = DefaultHasher::new();
    for file in &files {
        std::fs::read(file)?.hash(&mut hash);
    }
    let name = format!("app-{:016x}", hash.finish());
    let folder = site.join(&name);
    std::fs::create_dir_all(&folder)?;
    for file in files {
        let to = folder.join(file.file_name().unwrap_or_default());
        std::fs::copy(file, to)?;
    }
    for file in self::files(site)?.iter().filter(|file| file.extension().is_some_and(|end| end == "css")) {
        let text = std::fs::read_to_string(file)?;
        std::fs::write(file, bare(&text, "/*", "*/"))?;
    }
    let page = site.join("index.html");
    let text = bare(&std::fs::read_to_string(&page)?, "<!--", "-->");
    if !text.contains("{app}") {
        return Err(
            format!("{} does not say where the name of the app's folder belongs", page.display()).into()
        );
    }
    Ok(std::fs::write(page, text.replace("{app}", &name))?)
}

/// A text for browsers alone: without comments, and without what lines begin and end with. A first view is a kilobyte less.
fn bare(text: &str, open: &str, close: &str) -> String {
    let (mut out, mut left) = (String::new(), text);
    while let Some((before, comment)) = left.split_once(open) {
        out.push_str(before);
        left = comment.split_once(close).map_or("", |(_, after)| after);
    }
    out.push_str(left);
    out.lines().map(str::trim).filter(|line| !line.is_empty()).flat_map(|line| [line, "\n"]).collect()
}

/// The files of a folder in the order of their names.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn comments_and_indents_go_and_nothing_else() {
        let text = "/* One. */\na {\n  b: c; /* d\n e */\n}\n\n.f { content: \"›\"; }\n";
        assert_eq!(bare(text, "/*", "*/"), "a {\nb: c;\n}\n.f { content: \"›\"; }\n");
        assert_eq!(bare("<p>a</p> <!-- b --> <p>c</p>", "<!--", "-->"), "<p>a</p>  <p>c</p>\n");
    }
}
