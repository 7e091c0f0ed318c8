//! A person's path through the drill: play, see the messenger fall, ask why, trip a panel, take it back.

use browser_tests::axe::is_accessible;
use browser_tests::harness::{Flow, flow};
use browser_tests::page::Page;
use browser_tests::{Outcome, check};
use std::path::Path;
use thirtyfour::Key;

/// All flows through the drill.
pub fn flows() -> Vec<Flow> {
    vec![
        flow("same_run_as_native", same_run_as_native),
        flow("plays_and_says_why", plays_and_says_why),
        flow("trips_a_panel_and_takes_it_back", trips_a_panel_and_takes_it_back),
        flow("fire_by_keyboard", fire_by_keyboard),
        flow("a_gorilla_cuts_a_site_off", a_gorilla_cuts_a_site_off),
        flow("an_incident_is_moved_in_time", an_incident_is_moved_in_time),
        flow("drills_with_a_finger", drills_with_a_finger).sized(360, 740).touched(),
        flow("drags_the_playhead", drags_the_playhead),
        flow("zooms_into_time", zooms_into_time),
        flow("zooms_with_a_finger", zooms_with_a_finger).sized(360, 740).touched(),
        flow("the_focus_comes_back", the_focus_comes_back),
        flow("changes_language", changes_language),
        flow("a_wrong_file_changes_nothing", a_wrong_file_changes_nothing),
        flow("asks_why_in_the_dark", asks_why).dark(),
        flow("asks_why_on_a_phone", asks_why_on_a_phone).sized(360, 740),
    ]
}

const MESSENGER: &str = "service-messenger";

/// The run on the screen has the fingerprint that the same run has natively: the one that was made when the app was built,
/// and the one that this browser makes as soon as somebody is there.
async fn same_run_as_native(page: Page) -> Outcome {
    page.open("scenario=kakao-2022").await?;
    let before = page.fingerprint().await?;
    let made = async || page.attribute("app", "data-made").await;
    check!(made().await?.as_deref() == Some("before"), "the first picture waited for a run");
    // What stands there stays: a menu that is open, a focus, an element that is being dragged.
    page.get(MESSENGER).await?;
    let piece = format!("document.querySelector('[data-testid=\"{MESSENGER}\"]')");
    page.script(&format!("{piece}.stood = true")).await?;
    page.click("theme").await?;
    page.wait("this browser has run it", async || Ok(made().await?.as_deref() == Some("here"))).await?;
    check!(
        page.is_true(&format!("return {piece}.stood === true")).await?,
        "what was drawn first was drawn anew"
    );
    let shown = page.fingerprint().await?;
    check!(before == shown, "the first picture is of run {before}, and the browser's is {shown}");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/scenarios/kakao-2022.yaml");
    let Ok(opened) = bridge_engine::scenario::open(&std::fs::read_to_string(file)?) else {
        return Err("the shipped scenario has errors".into());
    };
    let world = opened.world;
    let native = format!("{:016x}", bridge_engine::run(&world, &world.script, world.meta.seed).hash());
    check!(shown == native, "the page shows run {shown}, natively it is {native}");
    Ok(())
}

async fn plays_and_says_why(page: Page) -> Outcome {
    page.open("locale=en").await?;
    check!(state(&page, MESSENGER).await? == "s-up", "the messenger does not serve at the start");
    let start = page.text("clock").await?;
    page.click("play").await?;
    page.wait_text("clock", |clock| clock != start).await?;
    page.wait("the messenger falls", async || Ok(state(&page, MESSENGER).await? == "s-down")).await?;
    page.click("play").await?;
    page.click(MESSENGER).await?;
    page.wait_text("why", |text| text.contains("Why is Messenger down?")).await?;
    page.picture("why").await?;
    is_accessible(&page).await?;
    // The first step of the chain is the fire; a click on it goes there.
    page.wait_text("why-step-0", |cause| cause.contains("Battery")).await?;
    page.click("why-step-0").await?;
    page.wait_text("clock", |clock| clock == start).await
}

async fn trips_a_panel_and_takes_it_back(page: Page) -> Outcome {
    page.open("locale=en").await?;
    let before = page.fingerprint().await?;
    page.click("arm-trip").await?;
    page.click("panel-pangyo-a").await?;
    page.wait("another run", async || Ok(page.fingerprint().await? != before)).await?;
    let tripped = page.fingerprint().await?;
    page.picture("tripped").await?;
    page.click("undo").await?;
    page.wait("the first run again", async || Ok(page.fingerprint().await? == before)).await?;
    page.click("redo").await?;
    page.wait("the trip again", async || Ok(page.fingerprint().await? == tripped)).await
}

/// The same without a pointer: number keys arm, Enter drops, Control-Z takes back, Space plays.
async fn fire_by_keyboard(page: Page) -> Outcome {
    page.open("locale=en").await?;
    let before = page.fingerprint().await?;
    page.keys("1").await?;
    page.wait("fire in hand", async || {
        Ok(page.attribute("arm-fire", "aria-pressed").await?.as_deref() == Some("true"))
    })
    .await?;
    page.wait("the room under the focus", async || {
        page.script("document.querySelector('[data-testid=room-pangyo-ups]').focus()").await?;
        Ok(true)
    })
    .await?;
    page.press(Key::Enter).await?;
    page.wait("another run", async || Ok(page.fingerprint().await? != before)).await?;
    page.chord(Key::Control, 'z').await?;
    page.wait("the first run again", async || Ok(page.fingerprint().await? == before)).await?;
    let start = page.text("clock").await?;
    page.script("document.activeElement.blur()").await?;
    page.keys(" ").await?;
    page.wait_text("clock", |clock| clock != start).await
}

/// An incident that is not in sight at once, by keyboard alone: taken from the list, dropped on a site's name.
async fn a_gorilla_cuts_a_site_off(page: Page) -> Outcome {
    page.open("locale=en").await?;
    let before = page.fingerprint().await?;
    let more = page.get("arm-more").await?;
    page.press_on(&more, Key::Enter).await?;
    is_accessible(&page).await?;
    page.picture("incidents").await?;
    let gorilla = page.get("arm-gorilla").await?;
    page.press_on(&gorilla, Key::Enter).await?;
    let site = page.get("name-anyang").await?;
    page.press_on(&site, Key::Enter).await?;
    page.wait_text("script", |script| script.contains("2 incidents")).await?;
    check!(page.fingerprint().await? != before, "nothing came of it");
    page.click("undo").await?;
    page.wait("it is taken back", async || Ok(page.fingerprint().await? == before)).await
}

/// When an incident happens can be changed, in words and by the playhead.
async fn an_incident_is_moved_in_time(page: Page) -> Outcome {
    page.open("locale=en").await?;
    let before = page.fingerprint().await?;
    page.click("script").await?;
    let time = page.get("time-0").await?;
    time.clear().await?;
    time.send_keys("soon").await?;
    page.press_on(&time, Key::Enter).await?;
    page.wait("it is marked", async || {
        Ok(page.attribute("time-0", "aria-invalid").await?.as_deref() == Some("true"))
    })
    .await?;
    check!(page.fingerprint().await? == before, "what is no time moved something");
    is_accessible(&page).await?;
    page.picture("script").await?;
    time.clear().await?;
    time.send_keys("5:30").await?;
    page.press_on(&time, Key::Enter).await?;
    page.wait("another run", async || Ok(page.fingerprint().await? != before)).await?;
    let later = page.fingerprint().await?;
    page.click("here-0").await?;
    page.wait("the first run again", async || Ok(page.fingerprint().await? == before)).await?;
    page.click("undo").await?;
    page.wait("a step back", async || Ok(page.fingerprint().await? == later)).await
}

/// On a phone: play, scrub, take a fire in hand, drop it, ask why, take it back; with nothing but a finger.
async fn drills_with_a_finger(page: Page) -> Outcome {
    page.open("locale=ko").await?;
    page.tap("guide-leave").await?;
    let (before, start) = (page.fingerprint().await?, page.text("clock").await?);
    page.tap("play").await?;
    page.wait_text("clock", |clock| clock != start).await?;
    page.tap("play").await?;
    // A finger that is put down at the edge of the lanes means their names.
    page.tap("plot").await?;
    let (head, end) = (page.get("playhead").await?, page.get("next").await?);
    let reached = page.text("clock").await?;
    page.finger_drag(&head, &end).await?;
    page.wait_text("clock", |clock| clock != reached).await?;
    page.tap("script").await?;
    let sheet = page.css(".palette-sheet .arm-fire").await?;
    page.touch(&sheet).await?;
    page.tap("room-pangyo-ups").await?;
    page.wait("another run", async || Ok(page.fingerprint().await? != before)).await?;
    page.tap("tab-graph").await?;
    page.tap(MESSENGER).await?;
    page.wait_text("why", |why| why.contains("메신저")).await?;
    page.tap("undo").await?;
    page.wait("the first run again", async || Ok(page.fingerprint().await? == before)).await
}

async fn drags_the_playhead(page: Page) -> Outcome {
    page.open("locale=en").await?;
    let start = page.text("clock").await?;
    let head = page.get("playhead").await?;
    page.drag_by(&head, (400, 0)).await?;
    page.wait_text("clock", |clock| clock != start).await?;
    // It stands where the pointer let go of it, and stays there when the pointer goes on.
    let off = "const head = document.querySelector('[data-testid=playhead] .line').getBoundingClientRect(); \
               const plot = document.querySelector('[data-testid=plot]').getBoundingClientRect(); \
               return Math.abs(head.x + head.width / 2 - plot.x - 400) < 8";
    check!(page.is_true(off).await?, "the playhead is not where it was put");
    page.press_on(&head, Key::Home).await?;
    page.wait_text("clock", |clock| clock == start).await
}

/// Seconds at the two ends of what the timeline shows.
async fn window(page: &Page) -> Outcome<(f64, f64)> {
    let mut ends = [0.0; 2];
    for (end, id) in ends.iter_mut().zip(["window-from", "window-to"]) {
        *end = page.attribute(id, "aria-valuenow").await?.unwrap_or_default().parse()?;
    }
    Ok((ends[0], ends[1]))
}

async fn zooms_into_time(page: Page) -> Outcome {
    page.open("locale=en&t=36000").await?;
    let whole = window(&page).await?;
    let narrower = async |than: (f64, f64)| {
        page.wait("less of the run is shown", async || {
            let now = window(&page).await?;
            Ok(now.1 - now.0 < than.1 - than.0)
        })
        .await?;
        window(&page).await
    };
    page.click("zoom-in").await?;
    let by_button = narrower(whole).await?;
    page.keys("+").await?;
    let by_key = narrower(by_button).await?;
    check!(by_key.0 < 36_000.0 && 36_000.0 < by_key.1, "the playhead is out of sight: {by_key:?}");
    // The wheel with Control, over the plot.
    let turned = page
        .is_true(
            "return !document.querySelector('[data-testid=plot]').dispatchEvent(new WheelEvent('wheel', \
             { deltaY: -120, ctrlKey: true, bubbles: true, cancelable: true }))",
        )
        .await?;
    check!(turned, "the page takes the wheel for itself");
    let by_wheel = narrower(by_key).await?;
    page.wait_text("window-said", |said| said.starts_with("The timeline shows")).await?;
    page.picture("zoomed").await?;
    is_accessible(&page).await?;
    // An end by keyboard, then both with the pointer.
    page.press_on(&page.get("window-from").await?, Key::Home).await?;
    page.wait("it starts at the start", async || Ok(window(&page).await?.0 == 0.0)).await?;
    let end = page.get("window-to").await?;
    page.drag_by(&end, (200, 0)).await?;
    page.wait("it ends later", async || Ok(window(&page).await?.1 > by_wheel.1)).await?;
    page.keys("0").await?;
    page.wait("everything is shown", async || Ok(window(&page).await? == whole)).await?;
    page.drag_by(&page.get("overview").await?, (120, 0)).await?;
    let brushed = narrower(whole).await?;
    // What is outside of it is asked for by a click, and comes into sight.
    page.press_on(&page.get("playhead").await?, Key::End).await?;
    page.wait("it went where the playhead went", async || Ok(window(&page).await?.1 > brushed.1)).await?;
    page.click("zoom-whole").await?;
    page.wait("everything is shown", async || Ok(window(&page).await? == whole)).await
}

async fn zooms_with_a_finger(page: Page) -> Outcome {
    page.open("locale=ko").await?;
    let whole = window(&page).await?;
    page.tap("zoom-in").await?;
    page.wait("less is shown", async || Ok(window(&page).await?.1 < whole.1)).await?;
    page.tap("zoom-whole").await?;
    page.wait("everything is shown", async || Ok(window(&page).await? == whole)).await?;
    page.finger_drag(&page.get("window-to").await?, &page.get("overview").await?).await?;
    page.wait("the end went with the finger", async || Ok(window(&page).await?.1 < whole.1)).await?;
    page.picture("zoomed_phone").await?;
    is_accessible(&page).await
}

/// What has the focus, by its name for tests or that of what it is part of.
async fn focused(page: &Page) -> Outcome<String> {
    let script = "return document.activeElement.closest('[data-testid]')?.dataset.testid ?? ''";
    Ok(page.script(script).await?.as_str().unwrap_or_default().to_owned())
}

async fn the_focus_comes_back(page: Page) -> Outcome {
    page.open("locale=en").await?;
    let help = page.get("help").await?;
    page.press_on(&help, Key::Enter).await?;
    page.get("help-dialog").await?;
    page.press(Key::Escape).await?;
    page.wait("help has the focus again", async || Ok(focused(&page).await? == "help")).await?;
    // What was found has it.
    page.keys("/").await?;
    page.get("find-query").await?;
    page.keys("anyang").await?;
    page.wait_text("found-0", |found| found.contains("Anyang")).await?;
    page.press(Key::Enter).await?;
    page.wait("the building has the focus", async || Ok(focused(&page).await? == "name-anyang")).await?;
    page.keys("/").await?;
    page.keys("Key store").await?;
    page.wait_text("found-0", |found| found.contains("Key store")).await?;
    page.press(Key::Enter).await?;
    page.wait("the service has the focus", async || Ok(focused(&page).await? == "service-kv")).await?;
    // A row that goes to its new place takes the focus with it.
    page.click("arm-crash").await?;
    page.click("pool-anyang-messenger").await?;
    page.click("script").await?;
    page.get("time-0").await?;
    page.script("document.querySelector('[data-testid=time-0]').focus()").await?;
    page.chord(Key::Control, 'a').await?;
    page.keys("5:00").await?;
    page.press(Key::Enter).await?;
    page.wait("its row is the second, and has the focus", async || Ok(focused(&page).await? == "time-1"))
        .await?;
    Ok(())
}

async fn changes_language(page: Page) -> Outcome {
    page.open("locale=en").await?;
    check!(page.text(MESSENGER).await?.contains("Messenger"), "no English name");
    page.click("locale").await?;
    page.wait_text(MESSENGER, |text| text.contains("메신저")).await?;
    check!(
        page.is_true("return document.documentElement.lang === 'ko'").await?,
        "the page does not say it is Korean"
    );
    page.session.goto(page.site.url()).await?;
    page.app().await?;
    page.wait_text(MESSENGER, |text| text.contains("메신저")).await
}

async fn a_wrong_file_changes_nothing(page: Page) -> Outcome {
    page.open("locale=en").await?;
    let before = page.fingerprint().await?;
    let file = page.pictures.join("wrong.yaml");
    std::fs::create_dir_all(&page.pictures)?;
    std::fs::write(
        &file,
        "schema: bridge/1\nmeta: {id: wrong, horizon: 3 bananas}\nservices: {a: {needs: [b]}}\n",
    )?;
    page.open_file(&file).await?;
    page.wait_text("errors", |text| text.contains("horizon") || text.contains("bananas")).await?;
    page.picture("wrong_file").await?;
    is_accessible(&page).await?;
    page.click("close").await?;
    check!(page.fingerprint().await? == before, "the open scenario is another one now");
    Ok(())
}

async fn asks_why(page: Page) -> Outcome {
    page.open("locale=ko").await?;
    page.click(MESSENGER).await?;
    page.press_on(&page.get("playhead").await?, Key::End).await?;
    page.get("why-step-0").await?;
    is_accessible(&page).await?;
    page.picture("why_dark").await?;
    Ok(())
}

async fn asks_why_on_a_phone(page: Page) -> Outcome {
    page.open("locale=ko").await?;
    is_accessible(&page).await?;
    for tab in ["tab-graph", "tab-table", "tab-log", "tab-sites"] {
        page.click(tab).await?;
        is_accessible(&page).await?;
    }
    let wide = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
    check!(!page.is_true(wide).await?, "the page is wider than the phone");
    page.click("tab-graph").await?;
    page.click(MESSENGER).await?;
    page.picture("phone").await?;
    Ok(())
}

/// What a service's mark says: `s-up`, `s-down`, …
async fn state(page: &Page, id: &str) -> Outcome<String> {
    Ok(page.attribute(id, "data-state").await?.unwrap_or_default())
}
