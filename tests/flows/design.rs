//! A person's path through the design room: move what wakes the standbys out of the building that burns, see the recovery
//! time fall, take it back.

use browser_tests::axe::is_accessible;
use browser_tests::harness::{Flow, flow};
use browser_tests::page::Page;
use browser_tests::{Outcome, check};
use thirtyfour::Key;

/// All flows through the design room.
pub fn flows() -> Vec<Flow> {
    vec![
        flow("an_edit_shows_what_it_does", an_edit_shows_what_it_does),
        flow("what_cannot_be_is_said", what_cannot_be_is_said),
        flow("servers_are_dragged_to_another_site", servers_are_dragged),
        flow("servers_are_dragged_with_a_finger", dragged_with_a_finger).touched(),
        flow("servers_are_added_by_keyboard", servers_are_added_by_keyboard),
        flow("a_dependency_is_drawn_by_keyboard", a_dependency_is_drawn),
        flow("several_are_changed_as_one", several_are_changed).sized(1280, 720),
        flow("several_are_chosen_with_a_finger", several_with_a_finger).sized(360, 740).touched(),
        flow("a_design_survives_a_reload", a_design_survives_a_reload),
        flow("designs_on_a_phone", designs_on_a_phone).sized(360, 740),
        flow("designs_in_the_dark", designs_in_the_dark).dark(),
    ]
}

/// The servers of the failover controller, all in the building that burns.
const CONTROLLER: &str = "pool-pangyo-failover";
const ITS_PLACE: &str = "at-services.failover.place[0]";
/// How many servers of the messenger stand by.
const STANDBYS: &str = "servers-services.messenger.place[1]";

async fn enter(page: &Page, query: &str) -> Outcome {
    page.open(query).await?;
    page.click("mode-design").await?;
    // What draws it is fetched first.
    page.get("design-figures").await.map(|_| ())
}

/// Gives a control a value as a person would by choosing or typing: the browser tells the page of it.
async fn choose(page: &Page, id: &str, value: &str) -> Outcome {
    page.get(id).await?;
    let done = page
        .is_true(&format!(
            "const control = document.querySelector('[data-testid=\"{id}\"]'); control.value = '{value}'; \
             control.dispatchEvent(new Event('change', {{ bubbles: true }})); return control.value === '{value}'"
        ))
        .await?;
    check!(done, "{id} does not take {value}");
    Ok(())
}

async fn an_edit_shows_what_it_does(page: Page) -> Outcome {
    enter(&page, "locale=en").await?;
    page.click("pool-anyang-messenger").await?;
    choose(&page, STANDBYS, "2500").await?;
    page.wait_text("design-minutes-last", |change| change.contains(['−', '+'])).await?;
    page.picture("design").await?;
    is_accessible(&page).await?;
    page.click("design-undo").await?;
    // A step back is a change too, but there is none any more since the beginning.
    page.wait("nothing is left of it", async || Ok(!page.has("design-minutes-all").await?)).await?;
    let steps = page.get("design-undo").await?;
    check!(!steps.is_enabled().await?, "there is something left to take back");
    page.click("design-redo").await?;
    page.wait_text("design-minutes-last", |change| change.contains(['−', '+'])).await?;
    page.click(CONTROLLER).await?;
    choose(&page, ITS_PLACE, "anyang").await?;
    // The drill runs the design that was drawn.
    page.click("mode-drill").await?;
    page.get("pool-anyang-failover").await?;
    Ok(())
}

async fn what_cannot_be_is_said(page: Page) -> Outcome {
    enter(&page, "locale=en").await?;
    let before = page.text("design-minutes").await?;
    page.click(CONTROLLER).await?;
    page.click("servers-services.failover.place[0]").await?;
    page.chord(Key::Control, 'a').await?;
    page.keys("many").await?;
    page.press(Key::Tab).await?;
    page.wait_text("refused", |why| why.contains("many")).await?;
    is_accessible(&page).await?;
    check!(page.text("design-minutes").await? == before, "a refused edit changed the run");
    page.click("crumb-0").await?;
    check!(!page.has("refused").await?, "the complaint stays where it does not belong");
    Ok(())
}

async fn servers_are_dragged(page: Page) -> Outcome {
    enter(&page, "locale=en").await?;
    let (from, to) = (page.get(CONTROLLER).await?, page.get("name-anyang").await?);
    page.drag(&from, &to).await?;
    page.wait("they stand at the other site", async || page.has("pool-anyang-failover").await).await?;
    page.chord(Key::Control, 'z').await?;
    page.wait("they stand where they stood", async || page.has(CONTROLLER).await).await
}

async fn dragged_with_a_finger(page: Page) -> Outcome {
    enter(&page, "locale=en").await?;
    let (from, to) = (page.get(CONTROLLER).await?, page.get("name-anyang").await?);
    page.finger_drag(&from, &to).await?;
    page.wait("they stand at the other site", async || page.has("pool-anyang-failover").await).await?;
    page.tap("design-undo").await?;
    page.wait("they stand where they stood", async || page.has(CONTROLLER).await).await
}

async fn servers_are_added_by_keyboard(page: Page) -> Outcome {
    enter(&page, "locale=ko").await?;
    let tile = page.get(CONTROLLER).await?;
    page.press_on(&tile, Key::Enter).await?;
    let add = page.get("add-services.failover.place").await?;
    page.press_on(&add, Key::Enter).await?;
    page.wait("they stand at both sites", async || page.has("pool-anyang-failover").await).await?;
    check!(page.has(CONTROLLER).await?, "adding moved what was there");
    is_accessible(&page).await
}

async fn a_dependency_is_drawn(page: Page) -> Outcome {
    enter(&page, "locale=en").await?;
    page.click("pool-anyang-messenger").await?;
    let button = page.get("add-need").await?;
    page.press_on(&button, Key::Enter).await?;
    let mail = page.get("service-mail").await?;
    page.picture("dependency").await?;
    is_accessible(&page).await?;
    page.press_on(&mail, Key::Enter).await?;
    page.wait_text("inspector", |form| form.contains("needs")).await?;
    page.click("design-undo").await?;
    page.wait("it is gone", async || Ok(!page.get("design-undo").await?.is_enabled().await?)).await
}

async fn a_design_survives_a_reload(page: Page) -> Outcome {
    enter(&page, "locale=en").await?;
    page.click("add-service").await?;
    page.get("pool-anyang-service-2").await?;
    page.wait("it is kept", async || {
        page.is_true("return Object.values(localStorage).some((kept) => kept.includes(' edited\\n'))").await
    })
    .await?;
    page.open("locale=en").await?;
    page.get("pool-anyang-service-2").await?;
    page.click("design-undo").await?;
    page.wait("it is gone", async || Ok(!page.has("pool-anyang-service-2").await?)).await
}

async fn designs_on_a_phone(page: Page) -> Outcome {
    enter(&page, "locale=ko").await?;
    is_accessible(&page).await?;
    page.click("pool-pangyo-messenger").await?;
    page.click("design-form").await?;
    choose(&page, STANDBYS, "2500").await?;
    page.wait_text("design-minutes-last", |change| change.contains(['−', '+'])).await?;
    page.picture("design-phone").await?;
    // A note leads to the form of what it is about, for which there is no room beside it.
    page.click("design-notes").await?;
    page.click("note-services.monitor").await?;
    let seen = "return document.querySelector('[data-testid=\"inspector\"]').checkVisibility()";
    page.wait("the form is shown", async || page.is_true(seen).await).await?;
    page.get("at-services.monitor.place[0]").await?;
    let wide = page.is_true("return document.documentElement.scrollWidth > innerWidth").await?;
    check!(!wide, "the page scrolls sideways");
    is_accessible(&page).await
}

async fn designs_in_the_dark(page: Page) -> Outcome {
    enter(&page, "locale=en").await?;
    page.click("design-notes").await?;
    page.get("notes").await?;
    is_accessible(&page).await?;
    page.click("design-graph").await?;
    is_accessible(&page).await
}

/// Clicks with Shift held.
async fn click_too(page: &Page, id: &str) -> Outcome {
    page.get(id).await?;
    let script = format!(
        "document.querySelector('[data-testid=\"{id}\"]').dispatchEvent(new MouseEvent('click', {{ bubbles: true, shiftKey: true }}))"
    );
    page.script(&script).await.map(|_| ())
}

async fn several_are_changed(page: Page) -> Outcome {
    enter(&page, "locale=en").await?;
    page.click("pool-pangyo-mail").await?;
    page.wait_text("inspector", |form| form.contains("mail")).await?;
    click_too(&page, "pool-pangyo-registry").await?;
    page.wait_text("together", |told| told.contains("2 chosen") && told.contains("Mail")).await?;
    page.picture("several").await?;
    is_accessible(&page).await?;
    page.click("copy").await?;
    page.get("pool-pangyo-mail-2").await?;
    page.get("pool-pangyo-registry-2").await?;
    page.click("design-undo").await?;
    page.wait("both copies are gone", async || {
        Ok(!page.has("pool-pangyo-mail-2").await? && !page.has("pool-pangyo-registry-2").await?)
    })
    .await?;
    page.press(Key::Escape).await?;
    page.wait("one is chosen", async || Ok(!page.has("together").await?)).await
}

async fn several_with_a_finger(page: Page) -> Outcome {
    enter(&page, "locale=ko").await?;
    page.tap("choose-more").await?;
    page.tap("pool-pangyo-dns").await?;
    page.tap("pool-pangyo-monitor").await?;
    page.tap("design-form").await?;
    page.wait_text("together", |told| told.contains("DNS")).await?;
    page.picture("several_phone").await?;
    is_accessible(&page).await?;
    page.tap("choose-one").await?;
    page.wait("one is chosen", async || Ok(!page.has("together").await?)).await
}
