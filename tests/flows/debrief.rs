//! What is to be learnt: from the run to its figures, and back to the moment that a figure is about.

use browser_tests::axe::is_accessible;
use browser_tests::harness::{Flow, flow};
use browser_tests::page::Page;
use browser_tests::{Outcome, check};
use thirtyfour::Key;

/// All flows in the debrief.
pub fn flows() -> Vec<Flow> {
    vec![
        flow("debrief_counts_its_mends", counts_its_mends),
        flow("debrief_by_keyboard", by_keyboard),
        flow("debrief_leads_back_to_the_drill", leads_back_to_the_drill),
        flow("debrief_compares", compares).dark(),
        flow("debrief_is_taken_out", is_taken_out),
        flow("debrief_on_a_phone", on_a_phone).sized(360, 740),
    ]
}

/// Opens the room with the pointer and waits until every mend is counted.
async fn open(page: &Page, query: &str) -> Outcome {
    page.open(query).await?;
    page.click("mode-debrief").await?;
    page.get("debrief").await?;
    counted(page).await
}

async fn counted(page: &Page) -> Outcome {
    page.wait("every mend is counted", async || {
        page.is_true("return !!document.querySelector('[data-testid=bridges] .together')").await
    })
    .await
}

async fn counts_its_mends(page: Page) -> Outcome {
    open(&page, "locale=en").await?;
    let saved = "return [...document.querySelectorAll('[data-testid=saved]')].map(e => e.textContent)";
    let saved: Vec<String> = serde_json::from_value(page.script(saved).await?)?;
    check!(saved.len() > 20 && saved[0].contains("saves ₩"), "saved: {saved:?}");
    let pending =
        "return document.querySelector('[data-testid=bridges]').textContent.includes('not yet counted')";
    check!(!page.is_true(pending).await?, "something is still to be counted");
    is_accessible(&page).await?;
    page.picture("debrief").await?;
    // What was counted is still there after a look at the drill.
    page.click("mode-drill").await?;
    page.get("clock").await?;
    page.click("mode-debrief").await?;
    page.get("debrief").await?;
    check!(page.is_true("return !!document.querySelector('.together')").await?, "it is counted once more");
    // Another run has other broken bridges.
    page.click("mode-drill").await?;
    page.click("arm-trip").await?;
    page.click("panel-pangyo-a").await?;
    page.click("mode-debrief").await?;
    counted(&page).await
}

/// The room, a card of it and a piece of the picture without a pointer.
async fn by_keyboard(page: Page) -> Outcome {
    page.open("locale=en").await?;
    page.press_on(&page.get("mode-debrief").await?, Key::Enter).await?;
    counted(&page).await?;
    page.press_on(&page.get("to-waterfall").await?, Key::Enter).await?;
    check!(
        page.is_true("return document.activeElement.id === 'waterfall'").await?,
        "the focus did not go to the card"
    );
    let piece = page.css("[data-testid=chart] [tabindex='0']").await?;
    page.press_on(&piece, Key::Right).await?;
    check!(
        page.is_true("return document.activeElement.getAttribute('tabindex') === '-1'").await?,
        "an arrow did not go to the next piece"
    );
    page.press(Key::Enter).await?;
    page.wait_text("clock", |clock| clock != "T+0:00").await
}

async fn leads_back_to_the_drill(page: Page) -> Outcome {
    open(&page, "locale=ko").await?;
    let at = "const pieces = [...document.querySelectorAll('[data-testid=chart] [data-at]')]; \
              const last = pieces.sort((a, b) => b.dataset.at - a.dataset.at)[0]; \
              last.id = 'last'; return last.getAttribute('aria-label')";
    let label = page.script(at).await?.as_str().unwrap_or_default().to_owned();
    let piece = page.css("#last").await?;
    page.click_on(&piece).await?;
    let clock = page.text("clock").await?;
    let moment = clock.trim_start_matches("T+");
    check!(label.contains(moment), "“{label}” led to {clock}");
    Ok(())
}

async fn compares(page: Page) -> Outcome {
    open(&page, "locale=en").await?;
    // The list itself is the system's, which drivers do not draw.
    page.script(
        "const choice = document.querySelector('[data-testid=compare]'); choice.value = 'kakao-after'; \
         choice.dispatchEvent(new Event('change', { bubbles: true }))",
    )
    .await?;
    page.get("compared").await?;
    check!(page.text("compare-script").await?.contains("same incidents"), "it met others");
    check!(page.text("scores").await?.contains("(−"), "the scoreboard shows no difference");
    is_accessible(&page).await?;
    page.picture("debrief_compared").await?;
    Ok(())
}

/// The clipboard and the downloads of a test are the page's own: a driver has neither.
async fn is_taken_out(page: Page) -> Outcome {
    open(&page, "locale=ko").await?;
    page.script(
        "window.taken = { files: [] }; \
         const clipboard = { writeText: (text) => { taken.copied = text; return Promise.resolve(); } }; \
         Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true }); \
         const make = URL.createObjectURL; \
         URL.createObjectURL = (blob) => { taken.type = blob.type; taken.size = blob.size; return make.call(URL, blob); }; \
         HTMLAnchorElement.prototype.click = function () { taken.files.push([this.download, taken.type, taken.size]); }",
    )
    .await?;
    page.click("copy-md").await?;
    page.wait_text("notice", |text| text.contains("복사했습니다")).await?;
    let copied = page.script("return taken.copied").await?.as_str().unwrap_or_default().to_owned();
    check!(copied.starts_with("# 카카오") && copied.contains("## 끊긴 다리"), "copied “{copied}”");
    check!(!copied.contains("아직 계산 전"), "something is still to be counted");
    page.click("copy-csv").await?;
    page.wait("the table on the clipboard", async || {
        page.is_true("return taken.copied.startsWith('service,name,')").await
    })
    .await?;
    for id in ["download-md", "download-csv", "download-json", "download-svg", "download-png"] {
        page.click(id).await?;
    }
    page.wait("five files", async || page.is_true("return taken.files.length === 5").await).await?;
    let files = page.script("return taken.files.map((file) => file[0] + ' ' + file[1]).sort()").await?;
    let wanted =
        ["csv text/csv", "json application/json", "md text/markdown", "png image/png", "svg image/svg+xml"];
    for (file, end) in files.as_array().into_iter().flatten().zip(wanted) {
        let name = format!("kakao-2022.{end}");
        check!(file.as_str().is_some_and(|file| file.starts_with(&name)), "{file} instead of {name}");
    }
    check!(page.is_true("return taken.files.every((file) => file[2] > 2000)").await?, "a file is empty");
    is_accessible(&page).await?;
    // Where nothing may be copied, it is said.
    page.script("Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })")
        .await?;
    page.click("copy-md").await?;
    page.wait_text("notice", |text| text.contains("허용하지 않습니다")).await
}

async fn on_a_phone(page: Page) -> Outcome {
    open(&page, "locale=ko").await?;
    let wide = "const room = document.querySelector('.debrief'); return room.scrollWidth > room.clientWidth";
    check!(!page.is_true(wide).await?, "the room is wider than the phone");
    is_accessible(&page).await?;
    page.picture("debrief_phone").await?;
    Ok(())
}
