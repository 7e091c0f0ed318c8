//! The first visit, what can be started with, and what is kept between visits.

use browser_tests::axe::is_accessible;
use browser_tests::browser::Engine;
use browser_tests::harness::{Flow, flow};
use browser_tests::page::Page;
use browser_tests::{Outcome, check};
use thirtyfour::Key;

/// All flows about the start.
pub fn flows() -> Vec<Flow> {
    vec![
        flow("led_round_at_the_first_visit", led_round),
        flow("led_round_on_a_phone", led_round_on_a_phone).sized(360, 740),
        flow("begins_with_a_template", begins_with_a_template),
        flow("a_work_has_a_name_and_a_past", a_work_has_a_name_and_a_past),
        flow("the_gallery_by_keyboard_in_the_dark", the_gallery_by_keyboard).dark(),
        flow("the_gallery_on_a_phone", the_gallery_on_a_phone).sized(360, 740),
        flow("a_work_is_found_again", a_work_is_found_again),
        flow("a_browser_that_keeps_nothing_says_so", a_browser_that_keeps_nothing),
        // MiniBrowser draws nothing in a second tab that nobody looks at.
        flow("two_windows_on_one_work", two_windows_on_one_work).only(&[Engine::Chromium, Engine::Firefox]),
    ]
}

async fn led_round(page: Page) -> Outcome {
    page.open("locale=en").await?;
    page.wait_text("guide-words", |words| words.contains("See in two minutes")).await?;
    is_accessible(&page).await?;
    page.picture("guide").await?;
    let start = page.text("clock").await?;
    page.click("guide-next").await?;
    page.wait_text("guide-words", |words| words.contains("It begins")).await?;
    page.click("guide-next").await?;
    page.wait_text("guide-words", |words| words.contains("is down for everybody")).await?;
    page.wait_text("clock", |clock| clock != start).await?;
    // To the last stop, without waiting for time to pass.
    while page.has("guide-next").await? {
        page.click("guide-next").await?;
    }
    page.wait_text("guide-words", |words| words.contains("Now you")).await?;
    page.picture("guide-end").await?;
    page.click("guide-back").await?;
    page.wait_text("guide-words", |words| words.contains("whole again")).await?;
    page.click("guide-leave").await?;
    page.wait("the strip is gone", async || Ok(!page.has("guide").await?)).await?;
    // It does not come by itself again, and is found again.
    page.session.goto(page.site.url()).await?;
    page.app().await?;
    check!(!page.has("guide").await?, "it comes again");
    page.click("scenario").await?;
    page.click("start-tour").await?;
    page.get("guide-next").await.map(|_| ())
}

async fn led_round_on_a_phone(page: Page) -> Outcome {
    page.open("locale=ko").await?;
    page.click("guide-next").await?;
    page.wait_text("guide-words", |words| words.contains("시작")).await?;
    page.picture("guide-phone").await?;
    fits(&page).await?;
    is_accessible(&page).await
}

async fn begins_with_a_template(page: Page) -> Outcome {
    page.open("locale=en").await?;
    page.click("scenario").await?;
    page.click("scenario-two-sites").await?;
    page.get("design-figures").await?;
    page.wait("the gallery is closed", async || Ok(!page.has("gallery").await?)).await?;
    page.picture("template").await?;
    // Another work has another past: nothing leads back out of it.
    check!(!page.get("design-undo").await?.is_enabled().await?, "a step back leads to another scenario");
    Ok(())
}

/// A work is given a name, and its steps are still there after the page was loaded again.
async fn a_work_has_a_name_and_a_past(page: Page) -> Outcome {
    page.open("locale=en").await?;
    let mut runs = vec![page.fingerprint().await?];
    for panel in ["panel-pangyo-a", "panel-pangyo-b"] {
        page.click("arm-trip").await?;
        page.click(panel).await?;
        page.wait("another run", async || Ok(Some(&page.fingerprint().await?) != runs.last())).await?;
        runs.push(page.fingerprint().await?);
    }
    page.click("scenario").await?;
    page.click("title").await?;
    page.chord(Key::Control, 'a').await?;
    page.keys("Our plan").await?;
    page.press(Key::Enter).await?;
    page.press(Key::Escape).await?;
    page.wait_text("scenario", |title| title.contains("Our plan")).await?;
    page.wait("it is kept", async || {
        page.is_true("return Object.keys(localStorage).some((key) => key.startsWith('bridge.past.') && localStorage[key].startsWith('past 1 3 0'))").await
    })
    .await?;
    page.session.goto(page.site.url()).await?;
    page.app().await?;
    page.wait_text("scenario", |title| title.contains("Our plan")).await?;
    page.click("undo").await?;
    page.wait_text("scenario", |title| !title.contains("Our plan")).await?;
    for run in runs.iter().rev().skip(1) {
        page.click("undo").await?;
        page.wait("a step back", async || Ok(page.fingerprint().await? == *run)).await?;
    }
    check!(!page.get("undo").await?.is_enabled().await?, "there is more to take back than was done");
    Ok(())
}

async fn the_gallery_by_keyboard(page: Page) -> Outcome {
    page.open("locale=en").await?;
    let before = page.fingerprint().await?;
    let button = page.get("scenario").await?;
    page.press_on(&button, Key::Enter).await?;
    page.get("gallery").await?;
    is_accessible(&page).await?;
    page.picture("gallery").await?;
    page.press(Key::Escape).await?;
    page.wait("it closes", async || Ok(!page.has("gallery").await?)).await?;
    check!(page.fingerprint().await? == before, "something else is open");
    page.press_on(&button, Key::Enter).await?;
    let card = page.get("scenario-meta-2021").await?;
    page.press_on(&card, Key::Enter).await?;
    page.wait("another run", async || Ok(page.fingerprint().await? != before)).await
}

async fn the_gallery_on_a_phone(page: Page) -> Outcome {
    page.open("locale=ko").await?;
    page.click("scenario").await?;
    page.get("gallery").await?;
    page.picture("gallery-phone").await?;
    fits(&page).await?;
    is_accessible(&page).await
}

/// An own work is offered when something else is open, can be removed and put back, and is taken up where it was left.
async fn a_work_is_found_again(page: Page) -> Outcome {
    page.open("locale=en").await?;
    page.click("arm-trip").await?;
    let before = page.fingerprint().await?;
    page.click("panel-pangyo-a").await?;
    page.wait("another run", async || Ok(page.fingerprint().await? != before)).await?;
    let own = page.fingerprint().await?;
    page.click("scenario").await?;
    page.click("scenario-ovh-2021").await?;
    page.wait("the other scenario", async || Ok(page.fingerprint().await? != own)).await?;
    page.click("scenario").await?;
    let works = page.css("[data-testid=works] .own").await?;
    is_accessible(&page).await?;
    page.picture("works").await?;
    let remove = page.css("[data-testid^=drop-]").await?;
    page.click_on(&remove).await?;
    page.wait("it can be put back", async || Ok(remove.text().await?.contains("Put back"))).await?;
    page.click_on(&remove).await?;
    page.wait("it can be removed", async || Ok(remove.text().await?.contains("Remove"))).await?;
    drop(works);
    let work = page.css("[data-testid^=work-]:enabled").await?;
    page.click_on(&work).await?;
    page.wait("the own work", async || Ok(page.fingerprint().await? == own)).await?;
    page.session.goto(page.site.url()).await?;
    page.app().await?;
    check!(page.fingerprint().await? == own, "it is gone after a reload");
    Ok(())
}

async fn a_browser_that_keeps_nothing(page: Page) -> Outcome {
    page.open("locale=en").await?;
    let before = page.fingerprint().await?;
    page.script(
        "Storage.prototype.setItem = () => { throw new DOMException('no room', 'QuotaExceededError') }",
    )
    .await?;
    page.keys("2").await?;
    let panel = page.get("panel-pangyo-a").await?;
    page.press_on(&panel, Key::Enter).await?;
    page.wait_text("notice", |text| text.contains("save it as a file")).await?;
    check!(page.fingerprint().await? != before, "nothing happened");
    is_accessible(&page).await?;
    page.picture("storage-full").await?;
    // It is still there to be taken out.
    page.click("scenario").await?;
    page.click("save-design").await
}

/// Both windows change what both have open: neither loses anything.
async fn two_windows_on_one_work(page: Page) -> Outcome {
    page.open("locale=en").await?;
    let as_written = page.fingerprint().await?;
    // By keyboard: a second window may be too small for the pointer to see everything.
    let changed = async |key: &str, at: &str| -> Outcome<String> {
        let before = page.fingerprint().await?;
        page.keys(key).await?;
        page.css("[class*=armed-]").await?;
        let target = page.get(at).await?;
        page.press_on(&target, Key::Enter).await?;
        page.wait("another run", async || Ok(page.fingerprint().await? != before)).await?;
        page.fingerprint().await
    };
    let first = changed("2", "panel-pangyo-a").await?;
    let windows = page.session.windows().await?;
    let Some(one) = windows.first().cloned() else { return Err("no window".into()) };
    let two = page.session.new_tab().await?;
    page.session.switch_to_window(two.clone()).await?;
    page.open("locale=en").await?;
    check!(
        page.fingerprint().await? == first,
        "a new window shows something else than what was changed last"
    );
    let second = changed("1", "room-pangyo-ups").await?;
    check!(second != first && second != as_written, "nothing changed");
    page.session.switch_to_window(one).await?;
    let third = changed("1", "room-pangyo-gen").await?;
    page.wait_text("notice", |text| text.contains("another window")).await?;
    for (window, shown) in [(None, &third), (Some(two), &second)] {
        if let Some(window) = window {
            page.session.switch_to_window(window).await?;
        }
        page.session.goto(page.site.url()).await?;
        page.app().await?;
        check!(page.fingerprint().await? == *shown, "one of the two is gone");
    }
    Ok(())
}

/// Nothing is wider than the page.
async fn fits(page: &Page) -> Outcome {
    let wide = page.is_true("return document.documentElement.scrollWidth > innerWidth").await?;
    check!(!wide, "the page scrolls sideways");
    Ok(())
}
