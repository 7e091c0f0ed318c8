//! `cargo xtask serve`: the app in a browser, from nothing.

use crate::{Result, process, project, tools};
use clap::Args;
use std::net::{Ipv4Addr, TcpListener};

/// How to serve.
#[derive(Args)]
pub struct Options {
    /// First port to try; the next free one is taken
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Do not open a browser
    #[arg(long)]
    no_open: bool,
    /// Build as `dist` does: small and fast, but a minute more for every change
    #[arg(long)]
    release: bool,
}

/// Builds, serves, opens, and rebuilds on every change until it is stopped.
pub fn serve(options: &Options) -> Result {
    tools::wasm_target()?;
    let trunk = tools::trunk()?;
    let wasm_bindgen = tools::wasm_bindgen()?;
    let mut helpers = vec![wasm_bindgen.as_path()];
    let wasm_opt;
    if options.release {
        wasm_opt = tools::wasm_opt()?;
        helpers.push(&wasm_opt);
    }
    let port = free_port(options.port)?;
    println!(
        "Building the app ({}); the first time takes about a minute. Then: http://127.0.0.1:{port}/\n\
         Every change is built again; reload the page to see it. Ctrl-C stops.",
        if options.release { "as released" } else { "for development" }
    );
    let mut command = process::command(&trunk);
    // The page's policy forbids inline scripts, and Trunk's reloading is one.
    command.args(["serve", "--no-autoreload", "--address", "127.0.0.1", "--port", &port.to_string()]);
    command.arg("--dist").arg(project::target().join("serve"));
    if options.release {
        command.arg("--release");
    }
    if !options.no_open {
        command.arg("--open");
    }
    command.env("PATH", tools::path_with(&helpers)?).env_remove("NO_COLOR");
    process::run(&mut command)
}

/// The first free port at or after the wanted one.
fn free_port(wanted: u16) -> Result<u16> {
    let last = wanted.saturating_add(99);
    (wanted..=last)
        .find(|&port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok())
        .ok_or_else(|| format!("no free port from {wanted} to {last}; choose another with --port").into())
}
