//! What the page costs a frame: playback at 300 services on 6 sites, and an edit of the Kakao scenario until it is painted;
//! `cargo xtask bench --frames` calls this.
//!
//! A frame's own work is what keeps the page busy from the first callback of the frame until after it is laid out and
//! painted: a message posted in that callback is handled next. It contains no waiting, but what the machine does
//! meanwhile; compare builds side by side.

use browser_tests::browser::{Engine, Wishes};
use browser_tests::driver::Driver;
use browser_tests::page::Page;
use browser_tests::server::Server;
use browser_tests::{Outcome, path_variable};
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;
use thirtyfour::WebDriver;

const SERVICES: usize = 300;
/// Milliseconds.
const FRAME: f64 = 16.7;
const EDIT: f64 = 50.0;
const EDITS: usize = 60;
/// One round of playback, and the rounds of all builds in turn.
const WATCHED: Duration = Duration::from_secs(8);
const ROUNDS: usize = 3;

/// Keeps the work of each frame, and the time from each frame to the next, from now on.
const WATCH: &str = "
    const frames = (window.bridgeFrames = { work: [], apart: [] });
    const { port1, port2 } = new MessageChannel();
    let began = 0, last = 0;
    port1.onmessage = () => frames.work.push(performance.now() - began);
    const frame = (now) => {
      began = performance.now();
      if (last) frames.apart.push(now - last);
      last = now;
      port2.postMessage(0);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);";

/// Changes a number to and fro, each time until it is painted.
const EDITED: &str = "
    const [id, times] = arguments;
    const painted = () => new Promise((done) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = done;
      port2.postMessage(0);
    }));
    return (async () => {
      const took = [];
      for (let i = 0; i < times; i++) {
        const control = document.querySelector(`[data-testid=\"${id}\"]`);
        await painted();
        const began = performance.now();
        control.value = String(2000 + i);
        control.dispatchEvent(new Event('change', { bubbles: true }));
        await painted();
        took.push(performance.now() - began);
      }
      return took;
    })();";
const EDITED_NUMBER: &str = "servers-services.messenger.place[1]";

/// What one build took, in milliseconds.
#[derive(Default)]
struct Took {
    work: Vec<f64>,
    apart: Vec<f64>,
    edits: Vec<f64>,
    /// Processor time of the page a frame, of each round.
    busy: Vec<f64>,
    /// The same for an edit.
    edit_busy: Vec<f64>,
}

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    match runtime.map_err(Into::into).and_then(|runtime| runtime.block_on(compare())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The site of `BRIDGE_DIST`, beside those of other builds that are given, in turn.
async fn compare() -> Outcome {
    let mut builds = vec![path_variable("BRIDGE_DIST")?];
    builds.extend(std::env::args_os().skip(1).map(PathBuf::from));
    let file = path_variable("BRIDGE_OUTPUT")?.join("company.yaml");
    std::fs::write(&file, bridge_sizes::company(SERVICES))?;
    let driver = Driver::start(Engine::Chromium)?;
    let mut took: Vec<Took> = builds.iter().map(|_| Took::default()).collect();
    for _ in 0..ROUNDS {
        for (build, took) in builds.iter().zip(&mut took) {
            let site = Rc::new(Server::start(build, true)?);
            let browser = Engine::Chromium.open(&driver, Wishes::default()).await?;
            let session = browser.handle().clone();
            let pictures = path_variable("BRIDGE_OUTPUT")?;
            let page = Page { engine: Engine::Chromium, session, site, pictures };
            edits(&page, &browser, took).await?;
            playback(&page, &browser, &file, took).await?;
            browser.quit().await?;
        }
    }
    for (build, took) in builds.iter().zip(took) {
        println!(
            "\n{}\n{:<44} {:>8} {:>8} {:>8} {:>8}",
            build.display(),
            "ms",
            "p50",
            "p95",
            "most",
            "budget"
        );
        line("playback frame, own work, 300 services", took.work, Some(FRAME));
        line("  processor time a frame, mean of each round", took.busy, None);
        line("  from frame to frame", took.apart, None);
        line("edit to painted, Kakao", took.edits, Some(EDIT));
        line("  processor time an edit, mean of each round", took.edit_busy, None);
    }
    Ok(())
}

/// Milliseconds of processor time that the page has taken so far.
async fn busy(browser: &WebDriver) -> Outcome<f64> {
    let answer = browser.cdp().send_raw("Performance.getMetrics", json!({})).await?;
    let metrics = answer["metrics"].as_array().cloned().unwrap_or_default();
    let seconds = metrics.iter().find(|m| m["name"] == "TaskDuration").and_then(|m| m["value"].as_f64());
    Ok(seconds.ok_or("Chromium does not say how busy it was")? * 1000.0)
}

async fn playback(page: &Page, browser: &WebDriver, file: &std::path::Path, took: &mut Took) -> Outcome {
    page.open("locale=en").await?;
    page.open_file(file).await?;
    page.wait_text("scenario", |title| title.contains("300")).await?;
    page.click("mode-drill").await?;
    browser.cdp().send_raw("Performance.enable", json!({ "timeDomain": "threadTicks" })).await?;
    let before = busy(browser).await?;
    page.script(WATCH).await?;
    page.click("play").await?;
    tokio::time::sleep(WATCHED).await;
    let frames = page.script("return window.bridgeFrames").await?;
    let count = frames["work"].as_array().map_or(0, Vec::len).max(1);
    took.busy.push((busy(browser).await? - before) / count as f64);
    took.work.extend(serde_json::from_value::<Vec<f64>>(frames["work"].clone())?);
    took.apart.extend(serde_json::from_value::<Vec<f64>>(frames["apart"].clone())?);
    Ok(())
}

async fn edits(page: &Page, browser: &WebDriver, took: &mut Took) -> Outcome {
    page.open("locale=en&scenario=kakao-2022").await?;
    page.click("mode-design").await?;
    page.wait("the pool in hand", async || {
        page.click("pool-anyang-messenger").await?;
        page.has(EDITED_NUMBER).await
    })
    .await?;
    page.get(EDITED_NUMBER).await?;
    browser.cdp().send_raw("Performance.enable", json!({ "timeDomain": "threadTicks" })).await?;
    let before = busy(browser).await?;
    let given = vec![EDITED_NUMBER.into(), (EDITS / ROUNDS).into()];
    let all = page.session.execute(EDITED, given).await?;
    took.edit_busy.push((busy(browser).await? - before) / (EDITS / ROUNDS) as f64);
    took.edits.extend(serde_json::from_value::<Vec<f64>>(all.json().clone())?);
    Ok(())
}

fn line(name: &str, mut values: Vec<f64>, budget: Option<f64>) {
    values.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let index = (share * values.len().saturating_sub(1) as f64).round() as usize;
        values.get(index).copied().unwrap_or(f64::NAN)
    };
    let verdict = match budget {
        Some(budget) if at(0.95) > budget => format!("{budget:>8.1}  MISSED"),
        Some(budget) => format!("{budget:>8.1}"),
        None => String::new(),
    };
    println!("{name:<44} {:>8.1} {:>8.1} {:>8.1} {verdict}", at(0.5), at(0.95), at(1.0));
}
