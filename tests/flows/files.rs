//! Files that people open: what reads and runs them comes when somebody is there, and not before.

use browser_tests::harness::{Flow, flow};
use browser_tests::page::Page;
use browser_tests::{Outcome, check};
use std::path::{Path, PathBuf};

/// All flows about files.
pub fn flows() -> Vec<Flow> {
    vec![
        flow("a_file_is_still_there_after_a_reload", a_file_is_still_there_after_a_reload),
        flow("another_scenario_is_fetched", another_scenario_is_fetched),
        flow("what_comes_later_is_asked_for_again", what_comes_later_is_asked_for_again).with_troubles(),
        flow("a_kept_file_without_what_reads_it", a_kept_file_without_what_reads_it).with_troubles(),
    ]
}

/// Of what comes later, nothing was fetched.
const FIRST_ALONE: &str =
    "return performance.getEntriesByType('resource').every((entry) => !entry.name.includes('split_'))";
const LATER: &str = "split_";

async fn a_file_is_still_there_after_a_reload(page: Page) -> Outcome {
    page.open("locale=en").await?;
    check!(page.is_true(FIRST_ALONE).await?, "what comes later was fetched though nobody is there");
    let shown = give(&page).await?;
    page.wait("the file's run", async || Ok(page.fingerprint().await? == shown)).await?;
    page.session.goto(page.site.url()).await?;
    page.app().await?;
    check!(page.fingerprint().await? == shown, "the file is gone after a reload");
    Ok(())
}

async fn another_scenario_is_fetched(page: Page) -> Outcome {
    page.open("locale=en").await?;
    let text = std::fs::read_to_string(shipped("ovh-2021"))?;
    let Ok(opened) = bridge_engine::scenario::open(&text) else {
        return Err("the shipped scenario has errors".into());
    };
    let world = opened.world;
    let native = format!("{:016x}", bridge_engine::run(&world, &world.script, world.meta.seed).hash());
    page.click("scenario").await?;
    page.click("scenario-ovh-2021").await?;
    page.wait("its run", async || Ok(page.fingerprint().await? == native)).await?;
    page.session.goto(page.site.url()).await?;
    page.app().await?;
    check!(page.fingerprint().await? == native, "it is gone after a reload");
    Ok(())
}

/// What did not arrive is asked for again the next time.
async fn what_comes_later_is_asked_for_again(page: Page) -> Outcome {
    page.open("locale=en").await?;
    let before = page.fingerprint().await?;
    page.site.refuse(LATER);
    page.click("scenario").await?;
    page.wait_text("notice", |text| text.contains("did not arrive")).await?;
    check!(page.fingerprint().await? == before, "the open scenario is another one now");
    page.site.forget();
    let shown = give(&page).await?;
    page.wait("the file's run", async || Ok(page.fingerprint().await? == shown)).await
}

/// Another scenario in its place would be the loss of the file.
async fn a_kept_file_without_what_reads_it(page: Page) -> Outcome {
    page.open("locale=en").await?;
    let shown = give(&page).await?;
    page.wait("the file's run", async || Ok(page.fingerprint().await? == shown)).await?;
    page.site.refuse(LATER);
    page.session.goto(page.site.url()).await?;
    page.wait_text("boot", |text| text.contains("did not arrive") && text.contains("받지 못했습니다"))
        .await?;
    page.site.forget();
    page.click("restart").await?;
    page.app().await?;
    check!(page.fingerprint().await? == shown, "the file is gone");
    Ok(())
}

fn shipped(id: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../assets/scenarios/{id}.yaml"))
}

/// Opens a file with another seed than what is shipped, and returns the fingerprint of its run, taken natively.
async fn give(page: &Page) -> Outcome<String> {
    let text = std::fs::read_to_string(shipped("kakao-2022"))?.replace("seed: 1", "seed: 2");
    let Ok(opened) = bridge_engine::scenario::open(&text) else {
        return Err("the shipped scenario has errors".into());
    };
    std::fs::create_dir_all(&page.pictures)?;
    let file = page.pictures.join("mine.yaml");
    std::fs::write(&file, text)?;
    page.open_file(&file).await?;
    let world = opened.world;
    Ok(format!("{:016x}", bridge_engine::run(&world, &world.script, 2).hash()))
}
