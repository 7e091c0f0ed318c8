//! How long the first picture takes on a slow phone: four times slower than this machine, 1.6 Mbit/s, 150 ms to the server;
//! `cargo xtask bench --first` calls this.
//!
//! Time is counted from when the address is asked for until the app's first picture is painted. Nothing is in the browser's
//! cache.

use browser_tests::browser::{Engine, Wishes};
use browser_tests::driver::Driver;
use browser_tests::page::Page;
use browser_tests::server::Server;
use browser_tests::{Outcome, path_variable};
use serde_json::json;
use std::process::ExitCode;
use std::rc::Rc;

/// Milliseconds.
const BUDGET: f64 = 2_500.0;
const ROUNDS: usize = 7;
const SLOWER: u32 = 4;
/// Bytes a second.
const DOWN: f64 = 1_600_000.0 / 8.0;
const UP: f64 = 750_000.0 / 8.0;
/// Milliseconds from the browser to the server and back.
const AWAY: u32 = 150;

/// Notes when the app has taken the place of the first paint, and is painted itself.
const WATCH: &str = "
    const drawn = () => document.querySelector('#app > :not(#boot)');
    const watcher = new MutationObserver(() => {
      if (!drawn()) return;
      watcher.disconnect();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => { window.bridgeDrawn = performance.now(); };
        port2.postMessage(0);
      });
    });
    watcher.observe(document, { childList: true, subtree: true });";

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    match runtime.map_err(Into::into).and_then(|runtime| runtime.block_on(measure())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn measure() -> Outcome {
    let (build, pictures) = (path_variable("BRIDGE_DIST")?, path_variable("BRIDGE_OUTPUT")?);
    let driver = Driver::start(Engine::Chromium)?;
    let mut took = Vec::new();
    for _ in 0..ROUNDS {
        let site = Rc::new(Server::start(&build, false)?);
        let browser =
            Engine::Chromium.open(&driver, Wishes { size: (360, 740), ..Wishes::default() }).await?;
        let page = Page {
            engine: Engine::Chromium,
            session: browser.handle().clone(),
            site: Rc::clone(&site),
            pictures: pictures.clone(),
        };
        let cdp = browser.cdp();
        cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await?;
        cdp.send_raw("Network.enable", json!({})).await?;
        let line =
            json!({ "offline": false, "latency": AWAY, "downloadThroughput": DOWN, "uploadThroughput": UP });
        cdp.send_raw("Network.emulateNetworkConditions", line).await?;
        cdp.send_raw("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWER })).await?;
        page.session.goto(site.url()).await?;
        page.wait("the first picture", async || page.is_true("return window.bridgeDrawn > 0").await).await?;
        took.push(page.script("return window.bridgeDrawn").await?.as_f64().unwrap_or(f64::NAN));
        browser.quit().await?;
    }
    took.sort_by(f64::total_cmp);
    let verdict = if took[ROUNDS / 2] > BUDGET { "  MISSED" } else { "" };
    println!(
        "first picture, {SLOWER} x slower, 1.6 Mbit/s, {AWAY} ms away: median {:.0} ms, {:.0} to {:.0}; budget {BUDGET:.0}{verdict}",
        took[ROUNDS / 2],
        took[0],
        took[ROUNDS - 1]
    );
    Ok(())
}
