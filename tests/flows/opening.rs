//! The page opens; and where it cannot, it says so.

use browser_tests::axe::is_accessible;
use browser_tests::browser::Engine;
use browser_tests::harness::{Flow, flow};
use browser_tests::page::Page;
use browser_tests::{Outcome, check};

/// All flows about opening.
pub fn flows() -> Vec<Flow> {
    vec![
        flow("opens", opens),
        flow("opens_dark_on_a_phone", opens_accessibly).dark().sized(360, 740),
        flow("without_wasm", without_wasm).with_troubles(),
        flow("wasm_does_not_arrive", wasm_does_not_arrive).with_troubles(),
        flow("panic_screen", panic_screen),
        // WebKit's driver has no switch for scripts.
        flow("without_scripts", without_scripts).without_scripts().only(&[Engine::Chromium, Engine::Firefox]),
    ]
}

async fn opens(page: Page) -> Outcome {
    opens_accessibly(page.clone()).await?;
    page.wait("the first picture is gone", async || {
        page.is_true("return !document.getElementById('boot')").await
    })
    .await
}

async fn opens_accessibly(page: Page) -> Outcome {
    page.open("").await?;
    page.app().await?;
    is_accessible(&page).await?;
    page.picture("opens").await?;
    Ok(())
}

async fn without_wasm(page: Page) -> Outcome {
    page.open("without-wasm").await?;
    says(&page, ["웹어셈블리", "WebAssembly"]).await?;
    is_accessible(&page).await?;
    page.picture("without_wasm").await?;
    Ok(())
}

async fn wasm_does_not_arrive(page: Page) -> Outcome {
    page.site.refuse(".wasm");
    page.open("").await?;
    says(&page, ["파일을 받지 못했습니다", "did not arrive"]).await?;
    page.site.forget();
    page.click("restart").await?;
    page.app().await
}

async fn panic_screen(page: Page) -> Outcome {
    page.open("").await?;
    page.script("dispatchEvent(new CustomEvent('bridge-panic', { detail: 'panicked at src/example.rs:1' }))")
        .await?;
    let report = page.text("fatal-detail").await?;
    check!(report.contains("src/example.rs:1"), "the report is “{report}”");
    is_accessible(&page).await?;
    page.picture("panic_screen").await?;
    page.click("restart").await?;
    page.wait("the app is back", async || page.is_true("return !document.getElementById('fatal')").await)
        .await?;
    page.drawn().await
}

async fn without_scripts(page: Page) -> Outcome {
    page.session.goto(page.site.url()).await?;
    says(&page, ["자바스크립트", "JavaScript"]).await?;
    page.picture("without_scripts").await?;
    Ok(())
}

/// Both languages are on the page.
async fn says(page: &Page, words: [&str; 2]) -> Outcome {
    let text = page.text("boot").await?;
    for word in words {
        check!(text.contains(word), "“{word}” is missing in “{text}”");
    }
    Ok(())
}
