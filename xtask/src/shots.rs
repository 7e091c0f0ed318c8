//! `cargo xtask shots`: pictures of the built site, for people to look at.

use crate::browsers::{self, Engine};
use crate::process::{cargo, run};
use crate::{Result, dist, project};
use clap::Args;
use std::path::PathBuf;

/// What to take pictures of.
#[derive(Args)]
pub struct Options {
    /// Take the pictures of dist/ as it is, without building it again
    #[arg(long)]
    as_built: bool,
    /// More for the query, besides locale and theme: `t=3600&autoplay=0`
    #[arg(long, default_value = "")]
    query: String,
    /// The fragment of the address, without `#`
    #[arg(long, default_value = "")]
    hash: String,
    /// Open this scenario file first
    #[arg(long)]
    open: Option<PathBuf>,
    /// Click the element with this data-testid before the picture; may be repeated
    #[arg(long)]
    click: Vec<String>,
    /// Press this key before the picture, after the clicks: `Tab`, `Enter`, `Space`, `ArrowRight`, or a letter
    #[arg(long)]
    key: Vec<String>,
    /// Wait so many milliseconds before the picture
    #[arg(long, default_value_t = 400)]
    wait: u64,
    /// Only these sizes, in CSS pixels
    #[arg(long, value_delimiter = ',', default_value = "1280x720,360x740")]
    sizes: Vec<String>,
    /// Only these languages
    #[arg(long, value_delimiter = ',', default_value = "ko,en")]
    locales: Vec<String>,
    /// Only these themes
    #[arg(long, value_delimiter = ',', default_value = "light,dark")]
    themes: Vec<String>,
    /// First part of the file names
    #[arg(long, default_value = "page")]
    out: String,
}

/// Builds the site and takes a picture for every language, theme and size.
pub fn shots(options: &Options) -> Result {
    let site = if options.as_built { project::dist() } else { dist::dist()? };
    if !site.join("index.html").is_file() {
        return Err("dist/ has no site; leave out --as-built to build it".into());
    }
    let (installed, _) = browsers::ready(&[Engine::Chromium], false)?;
    let browser = installed
        .first()
        .ok_or_else(|| format!("pictures need Chromium and chromedriver: {}", Engine::Chromium.hint()))?;
    let mut shots = cargo();
    shots.args(["run", "--quiet", "--package", "browser-tests", "--bin", "shots", "--"]);
    shots.args(["--query", &options.query, "--hash", &options.hash, "--out", &options.out]);
    shots.args(["--wait", &options.wait.to_string()]);
    if let Some(file) = &options.open {
        shots.arg("--open").arg(std::path::absolute(file)?);
    }
    for (flag, values) in [
        ("--click", &options.click),
        ("--key", &options.key),
        ("--size", &options.sizes),
        ("--locale", &options.locales),
        ("--theme", &options.themes),
    ] {
        for value in values {
            shots.args([flag, value]);
        }
    }
    shots.env("BRIDGE_DIST", &site).env("BRIDGE_OUTPUT", project::target());
    shots.envs(browser.variables.iter().map(|(name, path)| (name, path)));
    run(&mut shots)
}
