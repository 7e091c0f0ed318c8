//! A company of 300 services on six sites: found by its name, unfolded, read as a table, and watched on a phone.

use browser_tests::axe::is_accessible;
use browser_tests::harness::{Flow, flow};
use browser_tests::page::Page;
use browser_tests::{Outcome, check};
use thirtyfour::Key;

/// All flows through a large company.
pub fn flows() -> Vec<Flow> {
    vec![
        flow("is_found_by_keyboard", is_found_by_keyboard),
        flow("a_group_unfolds", a_group_unfolds),
        flow("another_building_is_drawn", another_building_is_drawn),
        flow("rows_say_what_pictures_say", rows_say_what_pictures_say),
        flow("many_findings_fold", many_findings_fold),
        flow("many_services_on_a_phone", many_services_on_a_phone).sized(360, 740),
        flow("many_services_in_the_dark", many_services_in_the_dark).dark(),
    ]
}

const SERVICES: usize = 300;
/// The users' services whose home is the second site.
const GROUP: &str = "group-5-s2";

/// Opens the company.
async fn enter(page: &Page, query: &str) -> Outcome {
    page.open(query).await?;
    std::fs::create_dir_all(&page.pictures)?;
    let file = page.pictures.join("company.yaml");
    std::fs::write(&file, bridge_sizes::company(SERVICES))?;
    page.open_file(&file).await?;
    page.get("site-s6").await?;
    Ok(())
}

async fn count(page: &Page, selector: &str) -> Outcome<u64> {
    let script = format!("return document.querySelectorAll('{selector}').length");
    Ok(page.script(&script).await?.as_u64().unwrap_or_default())
}

async fn is_found_by_keyboard(page: Page) -> Outcome {
    enter(&page, "locale=en").await?;
    check!(!page.has("service-a296").await?, "nothing is folded");
    page.script("document.activeElement.blur()").await?;
    page.keys("/").await?;
    page.get("find-query").await?;
    page.keys("taxi ap").await?;
    page.wait_text("found-1", |text| text.contains("Taxi app")).await?;
    is_accessible(&page).await?;
    page.picture("find").await?;
    page.press(Key::Down).await?;
    page.press(Key::Enter).await?;
    page.wait_text("why", |text| text.contains("Taxi app")).await?;
    check!(!page.has("find-dialog").await?, "the search stays open");
    // It stands by itself in the picture now, with what it leans on.
    let shown = "return [...document.querySelectorAll('.graph [aria-pressed=true]')].some((e) => e.ariaLabel.startsWith('Taxi app:'))";
    page.wait("it is in the picture", async || page.is_true(shown).await).await?;
    // What is in a building is found too, and its building drawn.
    page.keys("/").await?;
    page.get("find-query").await?;
    page.keys("shop app north 2").await?;
    page.get("found-0").await?;
    page.press(Key::Escape).await?;
    page.wait("the search is closed", async || Ok(!page.has("find-dialog").await?)).await
}

async fn a_group_unfolds(page: Page) -> Outcome {
    enter(&page, "locale=en").await?;
    let folded = count(&page, ".graph .pill").await?;
    check!(folded < 70, "{folded} things in one picture");
    page.click(GROUP).await?;
    page.wait("it is unfolded", async || Ok(count(&page, ".graph .pill").await? > folded)).await?;
    is_accessible(&page).await?;
    page.picture("unfolded").await?;
    let group = page.css(&format!("[data-testid={GROUP}] [role=button]")).await?;
    check!(
        group.attr("aria-expanded").await?.as_deref() == Some("true"),
        "it does not say that it is unfolded"
    );
    page.press_on(&group, Key::Enter).await?;
    page.wait("it is folded again", async || Ok(count(&page, ".graph .pill").await? == folded)).await
}

async fn another_building_is_drawn(page: Page) -> Outcome {
    enter(&page, "locale=en").await?;
    check!(!page.has("pool-s3-a2").await? && page.has("room-s1-bat").await?, "the wrong building is drawn");
    let name = page.get("name-s3").await?;
    page.press_on(&name, Key::Enter).await?;
    page.wait("it is drawn", async || page.has("pool-s3-a2").await).await?;
    check!(!page.has("room-s1-bat").await?, "two buildings are drawn");
    is_accessible(&page).await?;
    page.click("site-s1").await?;
    page.get("room-s1-bat").await?;
    Ok(())
}

async fn rows_say_what_pictures_say(page: Page) -> Outcome {
    enter(&page, "locale=en").await?;
    page.press_on(&page.get("playhead").await?, Key::Right).await?;
    page.click("side-tab-table").await?;
    is_accessible(&page).await?;
    let rows = ".services tbody tr";
    check!(count(&page, rows).await? < SERVICES as u64, "every row is drawn at once");
    page.click("table-more").await?;
    page.wait("all rows", async || Ok(count(&page, rows).await? == SERVICES as u64)).await?;
    page.click("sort-0").await?;
    let first = "return document.querySelector('.services tbody th').textContent";
    page.wait("rows by name", async || Ok(page.script(first).await?.as_str() == Some("Admin sign-in")))
        .await?;
    page.click("sort-0").await?;
    page.wait("and back", async || Ok(page.script(first).await?.as_str() == Some("Video store 3"))).await?;
    page.click("table-servers").await?;
    page.wait_text("table", |text| text.contains("Hall") || text.contains("Panel")).await?;
    page.click("table-buildings").await?;
    page.wait_text("table", |text| text.contains("Batteries")).await?;
    is_accessible(&page).await?;
    page.picture("table-buildings").await?;
    Ok(())
}

async fn many_findings_fold(page: Page) -> Outcome {
    enter(&page, "locale=en").await?;
    page.click("mode-debrief").await?;
    page.get("bridges-more").await?;
    check!(count(&page, "[data-testid=bridges] > li").await? < 15, "all findings at once");
    is_accessible(&page).await?;
    page.click("bridges-more").await?;
    page.wait("the others", async || {
        page.is_true("return document.querySelector('[data-testid=bridges-more]').parentElement.open").await
    })
    .await?;
    is_accessible(&page).await
}

async fn many_services_on_a_phone(page: Page) -> Outcome {
    enter(&page, "locale=ko").await?;
    let wide = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
    for tab in ["tab-graph", "tab-table", "tab-log", "tab-sites"] {
        page.click(tab).await?;
        check!(!page.is_true(wide).await?, "{tab} is wider than the phone");
        is_accessible(&page).await?;
        page.picture(&format!("phone-300-{tab}")).await?;
    }
    page.click("find").await?;
    page.get("find-query").await?;
    page.keys("페이 앱").await?;
    page.click("found-0").await?;
    page.wait_text("why", |text| text.contains("페이 앱")).await?;
    check!(!page.is_true(wide).await?, "what was found is wider than the phone");
    Ok(())
}

async fn many_services_in_the_dark(page: Page) -> Outcome {
    enter(&page, "locale=ko").await?;
    page.press_on(&page.get("playhead").await?, Key::PageUp).await?;
    is_accessible(&page).await?;
    page.picture("many-dark").await?;
    page.click("lanes-more").await?;
    page.wait_text("lanes-more", |text| text.contains("피해 있는")).await
}
