//! The three browser engines that the tests drive: which are here, how the others get here.

use crate::system::{self, Installer};
use crate::tools::{self, on_path};
use crate::{Result, process};
use clap::ValueEnum;
use std::path::{Path, PathBuf};

/// A browser engine under test.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// Chromium or Chrome, through chromedriver
    Chromium,
    /// Firefox, through geckodriver
    Firefox,
    /// WebKitGTK's MiniBrowser, through WebKitWebDriver (Linux only)
    Webkit,
}

/// Every engine.
pub const ALL: [Engine; 3] = [Engine::Chromium, Engine::Firefox, Engine::Webkit];

/// An engine with the programs that run it, as environment variables of the browser tests.
pub struct Installed {
    /// Which engine.
    pub engine: Engine,
    /// Variables that name its programs.
    pub variables: Vec<(&'static str, PathBuf)>,
}

impl Engine {
    /// Its name on command lines and in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    fn debian_packages(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-driver", "fonts-noto-cjk"],
            Self::Firefox => &["firefox-esr", "fonts-noto-cjk"],
            Self::Webkit => &["webkit2gtk-driver", "libwebkit2gtk-4.1-0", "xvfb", "fonts-noto-cjk"],
        }
    }

    /// How a person installs it.
    pub fn hint(self) -> String {
        let apt = self.debian_packages().join(" ");
        match self {
            Self::Chromium => {
                system::hint(&apt, "--cask google-chrome chromedriver", "Google.Chrome Chromium.ChromeDriver")
            }
            Self::Firefox => system::hint(&apt, "--cask firefox", "Mozilla.Firefox"),
            Self::Webkit if cfg!(target_os = "linux") => system::hint(&apt, "", ""),
            Self::Webkit => "WebKit is tested on Linux only (WebKitGTK)".to_owned(),
        }
    }

    /// The engine's programs, if all of them are here. geckodriver is not looked for: the tools cache has it.
    fn find(self) -> Option<Vec<(&'static str, PathBuf)>> {
        Some(match self {
            Self::Chromium => {
                vec![("BRIDGE_CHROMIUM", chromium()?), ("BRIDGE_CHROMEDRIVER", on_path("chromedriver")?)]
            }
            Self::Firefox => vec![("BRIDGE_FIREFOX", firefox()?)],
            Self::Webkit => vec![
                ("BRIDGE_MINIBROWSER", mini_browser()?),
                ("BRIDGE_WEBKITDRIVER", on_path("WebKitWebDriver")?),
                ("BRIDGE_XVFB", on_path("Xvfb")?),
            ],
        })
    }
}

/// Makes ready those of the wanted engines that can be had, and returns them with those that are missing.
///
/// `must` installs through `sudo` as well and is meant for "all of them or an error".
pub fn ready(wanted: &[Engine], must: bool) -> Result<(Vec<Installed>, Vec<Engine>)> {
    install_missing(wanted, must)?;
    let mut installed = Vec::new();
    let mut missing = Vec::new();
    for &engine in wanted {
        let Some(mut variables) = engine.find() else {
            missing.push(engine);
            continue;
        };
        if engine == Engine::Firefox {
            variables.push(("BRIDGE_GECKODRIVER", tools::geckodriver()?));
        }
        installed.push(Installed { engine, variables });
    }
    Ok((installed, missing))
}

fn install_missing(wanted: &[Engine], may_sudo: bool) -> Result {
    let mut packages: Vec<&str> = Vec::new();
    for engine in wanted.iter().filter(|engine| engine.find().is_none()) {
        packages.extend(engine.debian_packages());
    }
    packages.sort_unstable();
    packages.dedup();
    if packages.is_empty() {
        return Ok(());
    }
    if let Installer::Apt { sudo } = system::installer(may_sudo)
        && let Err(error) = system::apt_install(&packages, sudo)
    {
        // The caller decides whether a missing browser is an error.
        eprintln!("{error}");
    }
    Ok(())
}

fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"]
        .iter()
        .find_map(|name| on_path(name))
        .or_else(|| {
            first_file(&[
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                "/Applications/Chromium.app/Contents/MacOS/Chromium",
                r"C:\Program Files\Google\Chrome\Application\chrome.exe",
            ])
        })
}

fn firefox() -> Option<PathBuf> {
    ["firefox-esr", "firefox"].iter().find_map(|name| on_path(name)).or_else(|| {
        first_file(&[
            "/Applications/Firefox.app/Contents/MacOS/firefox",
            r"C:\Program Files\Mozilla Firefox\firefox.exe",
        ])
    })
}

/// WebKitGTK ships its test browser inside the library's package, in a folder that depends on the architecture.
fn mini_browser() -> Option<PathBuf> {
    let listed =
        process::read(process::command("dpkg").args(["-L", "libwebkit2gtk-4.1-0"])).unwrap_or_default();
    let from_package = listed.lines().find(|line| line.ends_with("/MiniBrowser")).map(PathBuf::from);
    from_package.or_else(|| {
        first_file(&["/usr/libexec/webkit2gtk-4.1/MiniBrowser", "/usr/lib/webkit2gtk-4.1/MiniBrowser"])
    })
}

fn first_file(candidates: &[&str]) -> Option<PathBuf> {
    candidates.iter().map(Path::new).find(|path| path.is_file()).map(Path::to_path_buf)
}
