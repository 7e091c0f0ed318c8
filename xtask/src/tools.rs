//! The programs that tasks need besides Cargo, each at one version, in a cache of the project's own.
//!
//! A tool of the right version on PATH is used as it is. Otherwise it is installed below [`cache`], in a folder named
//! after tool and version, so that nothing of the user's is replaced and two versions never meet. Sources are
//! crates.io and npm alone: machines that reach no more than the registries can still build everything.

use crate::process::{self, run, spoken, timed};
use crate::{Result, project};
use std::env::consts::EXE_SUFFIX;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A tool that Cargo installs from crates.io.
struct CrateTool {
    /// Name of the executable, of its folder in the cache, and the first word of what `--version` prints.
    name: &'static str,
    package: &'static str,
    /// With or without the package's own lock file.
    flags: &'static [&'static str],
    /// How long it takes on two cores.
    takes: &'static str,
}

/// Builds the site. 0.22 needs a newer Rust than the one pinned; `--debug` halves the wait, and Trunk's own speed
/// does not matter here.
const TRUNK: CrateTool =
    CrateTool { name: "trunk", package: "trunk", flags: &["--locked", "--debug"], takes: "4 minutes" };
const TRUNK_VERSION: &str = "0.21.14";

/// Without `--locked`: lock files of some versions name what crates.io does not have.
const WASM_BINDGEN: CrateTool =
    CrateTool { name: "wasm-bindgen", package: "wasm-bindgen-cli", flags: &[], takes: "2 minutes" };

const GECKODRIVER: CrateTool = CrateTool {
    name: "geckodriver",
    package: "geckodriver",
    flags: &["--locked", "--debug"],
    takes: "2 minutes",
};
const GECKODRIVER_VERSION: &str = "0.37.1";

/// Debian's own wasm-opt (108) does not know what today's rustc emits.
const BINARYEN_VERSION: &str = "132.0.0";
const OLDEST_WASM_OPT: u32 = 123;

const AXE_VERSION: &str = "4.14.1";

/// The folder of installed tools: `$BRIDGE_TOOLS`, or `broken-bridge/tools` in the user's cache folder.
pub fn cache() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("BRIDGE_TOOLS") {
        return Ok(project::root().join(path));
    }
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let caches = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library/Caches"))
    } else {
        variable("XDG_CACHE_HOME").or_else(|| variable("HOME").map(|home| home.join(".cache")))
    };
    let caches = caches.ok_or("no cache folder is known; set BRIDGE_TOOLS to a folder for the tools")?;
    Ok(caches.join("broken-bridge").join("tools"))
}

/// Trunk, installed if need be.
pub fn trunk() -> Result<PathBuf> {
    crate_tool(&TRUNK, TRUNK_VERSION)
}

/// wasm-bindgen's command line in the version of Cargo.lock (they must be equal), installed if need be.
pub fn wasm_bindgen() -> Result<PathBuf> {
    crate_tool(&WASM_BINDGEN, &project::locked_version("wasm-bindgen")?)
}

/// Firefox's WebDriver, installed if need be.
pub fn geckodriver() -> Result<PathBuf> {
    crate_tool(&GECKODRIVER, GECKODRIVER_VERSION)
}

/// wasm-opt, installed from npm if need be.
pub fn wasm_opt() -> Result<PathBuf> {
    let folder = cache()?.join(format!("binaryen-{BINARYEN_VERSION}"));
    let bin = folder.join("node_modules").join(".bin");
    let here = bin.join(if cfg!(windows) { "wasm-opt.cmd" } else { "wasm-opt" });
    if wasm_opt_version(&here).is_some() {
        return Ok(here);
    }
    if let Some(found) = on_path("wasm-opt")
        && wasm_opt_version(&found).is_some_and(|version| version >= OLDEST_WASM_OPT)
    {
        return Ok(found);
    }
    npm_install(&folder, "binaryen", BINARYEN_VERSION, "it makes the wasm smaller, 20 seconds")?;
    Ok(here)
}

/// The script of axe-core, the accessibility checker, installed from npm if need be.
pub fn axe() -> Result<PathBuf> {
    let folder = cache()?.join(format!("axe-core-{AXE_VERSION}"));
    let script = folder.join("node_modules").join("axe-core").join("axe.min.js");
    if !script.is_file() {
        npm_install(&folder, "axe-core", AXE_VERSION, "it checks accessibility, 10 seconds")?;
    }
    Ok(script)
}

/// The compilation target of browsers, added if need be.
pub fn wasm_target() -> Result {
    const TARGET: &str = "wasm32-unknown-unknown";
    let libraries =
        process::read(process::command("rustc").args(["--print", "target-libdir", "--target", TARGET]))?;
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    eprintln!("Adding the compilation target {TARGET}: a download of 20 MB.");
    run(process::command("rustup").args(["target", "add", TARGET]))
        .map_err(|error| format!("{error}\nAdd it by hand: rustup target add {TARGET}").into())
}

/// A PATH that finds these executables before any others of the same name.
pub fn path_with(tools: &[&Path]) -> Result<OsString> {
    let before = std::env::var_os("PATH").unwrap_or_default();
    let first = tools.iter().filter_map(|tool| tool.parent().map(Path::to_path_buf));
    Ok(std::env::join_paths(first.chain(std::env::split_paths(&before)))?)
}

/// An executable on PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(format!("{name}{EXE_SUFFIX}")))
        .find(|file| file.is_file())
}

fn crate_tool(tool: &CrateTool, version: &str) -> Result<PathBuf> {
    let folder = cache()?.join(format!("{}-{version}", tool.name));
    let here = folder.join("bin").join(format!("{}{EXE_SUFFIX}", tool.name));
    if is_version(&here, tool.name, version) {
        return Ok(here);
    }
    if let Some(found) = on_path(tool.name)
        && is_version(&found, tool.name, version)
    {
        return Ok(found);
    }
    eprintln!("Installing {} {version} into {}: about {}, once.", tool.name, folder.display(), tool.takes);
    let mut install = process::cargo();
    install.args(["install", tool.package, "--version", version]).args(tool.flags);
    // A shared target folder would mix its artefacts with the project's, and lock it.
    install.arg("--root").arg(&folder).env_remove("CARGO_TARGET_DIR").env_remove("CARGO_BUILD_TARGET");
    let (done, time) = timed(|| run(&mut install));
    done.map_err(|error| {
        format!(
            "{error}\nInstall {} {version} by hand, by this command or in any way that puts it on PATH:\n  {}",
            tool.name,
            process::line(&install)
        )
    })?;
    eprintln!("Installed {} in {}.", tool.name, spoken(time));
    Ok(here)
}

fn npm_install(folder: &Path, package: &str, version: &str, about: &str) -> Result {
    eprintln!("Installing {package} {version} from npm into {}: {about}, once.", folder.display());
    std::fs::create_dir_all(folder)?;
    let mut npm = process::command(if cfg!(windows) { "npm.cmd" } else { "npm" });
    // No scripts of the package are run: both packages are files to be used as they are.
    npm.args([
        "install",
        "--no-save",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
        "--prefix",
    ])
    .arg(folder)
    .arg(format!("{package}@{version}"));
    run(&mut npm).map_err(|error| {
        let node = crate::system::hint("nodejs npm", "node", "OpenJS.NodeJS.LTS");
        format!("{error}\nIt needs npm, which comes with Node:\n  {node}\nthen:\n  {}", process::line(&npm))
            .into()
    })
}

fn is_version(program: &Path, name: &str, version: &str) -> bool {
    let printed = version_line(program);
    let mut words = printed.split_whitespace();
    words.next() == Some(name) && words.next() == Some(version)
}

/// `wasm-opt version 132 (version_132)` → 132.
fn wasm_opt_version(program: &Path) -> Option<u32> {
    version_line(program).split_whitespace().nth(2)?.parse().ok()
}

fn version_line(program: &Path) -> String {
    let output = Command::new(program).arg("--version").output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default()
}
