//! The page as a person sees and handles it.

use crate::browser::Engine;
use crate::server::Server;
use crate::{Outcome, check};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use thirtyfour::common::command::Command;
use thirtyfour::prelude::*;
use thirtyfour::session::handle::SessionHandle;

/// How long anything on the page may take. Generous: the machine may be busy with other browsers.
const PATIENCE: Duration = Duration::from_secs(15);
const GLANCE: Duration = Duration::from_millis(50);
/// Between two movements of a drag, so that the page sees both.
const STEP: Duration = Duration::from_millis(20);

/// A browser with our page in it. Clones are the same page.
#[derive(Clone)]
pub struct Page {
    /// The engine that shows it.
    pub engine: Engine,
    /// The WebDriver session, for what this type has no word for.
    pub session: Arc<SessionHandle>,
    /// Where the page comes from.
    pub site: Rc<Server>,
    /// Where pictures go.
    pub pictures: PathBuf,
}

impl Page {
    /// Opens the site with a query (without `?`) and waits until something is drawn: the app, or why there is none.
    pub async fn open(&self, query: &str) -> Outcome {
        self.session.goto(format!("{}?{query}", self.site.url())).await?;
        self.drawn().await
    }

    /// Waits until the app is drawn, or the page says why it is not.
    pub async fn drawn(&self) -> Outcome {
        self.wait("the app or a sentence about it is drawn", async || {
            self.is_true("return !!document.querySelector('#app > :not(#boot), #boot-words > p, #fatal')")
                .await
        })
        .await
    }

    /// Waits until the app itself is drawn.
    pub async fn app(&self) -> Outcome {
        self.wait("the app is drawn", async || {
            self.is_true("return !!document.querySelector('#app > :not(#boot)')").await
        })
        .await
    }

    /// The element with this `data-testid`, waited for.
    pub async fn get(&self, id: &str) -> Outcome<WebElement> {
        self.css(&format!("[data-testid=\"{id}\"]")).await
    }

    /// The first element of a CSS selector, waited for.
    pub async fn css(&self, selector: &str) -> Outcome<WebElement> {
        let by = || By::Css(selector);
        self.wait(&format!("{selector} is there"), async || {
            Ok(!self.session.find_all(by()).await?.is_empty())
        })
        .await?;
        Ok(self.session.find(by()).await?)
    }

    /// The element of this role and accessible name, waited for: `role("button", "Play")`.
    pub async fn role(&self, role: &str, name: &str) -> Outcome<WebElement> {
        let tag = match role {
            "link" => "self::a",
            "heading" => "self::h1 or self::h2 or self::h3",
            "tab" | "img" | "slider" => "false()",
            other => &format!("self::{other}"),
        };
        let path = format!(
            "//*[({tag} or @role='{role}') and (@aria-label='{name}' or normalize-space()='{name}')]"
        );
        let by = || By::XPath(path.as_str());
        self.wait(&format!("{role} “{name}” is there"), async || {
            Ok(!self.session.find_all(by()).await?.is_empty())
        })
        .await?;
        Ok(self.session.find(by()).await?)
    }

    /// The fingerprint of the run on the screen.
    pub async fn fingerprint(&self) -> Outcome<String> {
        Ok(self.attribute("app", "data-trace-hash").await?.unwrap_or_default())
    }

    /// Whether an element with this `data-testid` is on the page now.
    pub async fn has(&self, id: &str) -> Outcome<bool> {
        Ok(!self.session.find_all(By::Css(format!("[data-testid=\"{id}\"]"))).await?.is_empty())
    }

    /// The visible text of the element with this `data-testid`.
    pub async fn text(&self, id: &str) -> Outcome<String> {
        let element = self.get(id).await?;
        let seen = element.text().await?;
        if !seen.is_empty() {
            return Ok(seen);
        }
        // WebKit's driver calls what lies in a clipped box hidden, and gives no text for it, although it is drawn.
        Ok(element.prop("textContent").await?.unwrap_or_default())
    }

    /// An attribute of the element with this `data-testid`.
    pub async fn attribute(&self, id: &str, name: &str) -> Outcome<Option<String>> {
        Ok(self.get(id).await?.attr(name).await?)
    }

    /// Clicks the element with this `data-testid` with the pointer, in its middle: works on SVG in every engine.
    pub async fn click(&self, id: &str) -> Outcome {
        let element = self.get(id).await?;
        self.click_on(&element).await
    }

    /// Clicks an element with the pointer, in its middle.
    pub async fn click_on(&self, element: &WebElement) -> Outcome {
        let into_view = "arguments[0].scrollIntoView({ block: 'nearest', inline: 'nearest' })";
        self.session.execute(into_view, [element.to_json()?]).await?;
        let (x, y) = self.middle(element).await?;
        self.session
            .action_chain_with_delay(Some(Duration::ZERO), Some(Duration::ZERO))
            .move_to(x, y)
            .click()
            .perform()
            .await?;
        Ok(())
    }

    /// Presses a key where the focus is.
    pub async fn press(&self, key: Key) -> Outcome {
        self.keys(key.value()).await
    }

    /// Types characters where the focus is.
    pub async fn keys(&self, text: impl Into<String>) -> Outcome {
        let mut chain = self.session.action_chain_with_delay(Some(Duration::ZERO), Some(Duration::ZERO));
        for character in text.into().chars() {
            chain = chain.key_down(character).key_up(character);
        }
        chain.perform().await?;
        Ok(())
    }

    /// Presses a key on an element, which takes the focus for it.
    pub async fn press_on(&self, element: &WebElement, key: Key) -> Outcome {
        self.session.execute("arguments[0].focus()", [element.to_json()?]).await?;
        self.press(key).await
    }

    /// Presses a character while a modifier is down.
    pub async fn chord(&self, modifier: Key, character: char) -> Outcome {
        let chain = self.session.action_chain_with_delay(Some(Duration::ZERO), Some(Duration::ZERO));
        chain
            .key_down(modifier.clone())
            .key_down(character)
            .key_up(character)
            .key_up(modifier)
            .perform()
            .await?;
        Ok(())
    }

    /// Drags from the middle of one element to the middle of another, by way of a point between.
    pub async fn drag(&self, from: &WebElement, to: &WebElement) -> Outcome {
        let end = self.middle(to).await?;
        self.drag_to(from, end).await
    }

    /// Drags from the middle of an element by a distance in CSS pixels.
    pub async fn drag_by(&self, from: &WebElement, distance: (i64, i64)) -> Outcome {
        let (x, y) = self.middle(from).await?;
        self.drag_to(from, (x + distance.0, y + distance.1)).await
    }

    async fn drag_to(&self, from: &WebElement, end: (i64, i64)) -> Outcome {
        let start = self.middle(from).await?;
        let between = (i64::midpoint(start.0, end.0), i64::midpoint(start.1, end.1));
        let chain = self.session.action_chain_with_delay(Some(Duration::ZERO), Some(STEP));
        let chain = chain.move_to(start.0, start.1).click_and_hold().move_to(between.0, between.1);
        chain.move_to(end.0, end.1).release().perform().await?;
        Ok(())
    }

    /// Opens a file from the menu, as if a person had chosen it.
    pub async fn open_file(&self, file: &Path) -> Outcome {
        self.click("scenario").await?;
        self.get("open-file").await?.send_keys(file.display().to_string()).await?;
        Ok(())
    }

    /// Touches the middle of the element with this `data-testid` with a finger.
    pub async fn tap(&self, id: &str) -> Outcome {
        self.touch(&self.get(id).await?).await
    }

    /// Touches the middle of an element with a finger.
    pub async fn touch(&self, element: &WebElement) -> Outcome {
        let into_view = "arguments[0].scrollIntoView({ block: 'nearest', inline: 'nearest' })";
        self.session.execute(into_view, [element.to_json()?]).await?;
        let middle = self.middle(element).await?;
        self.finger(&[middle]).await
    }

    /// Drags with a finger from the middle of one element to the middle of another, by way of a point between.
    pub async fn finger_drag(&self, from: &WebElement, to: &WebElement) -> Outcome {
        let (start, end) = (self.middle(from).await?, self.middle(to).await?);
        let between = (i64::midpoint(start.0, end.0), i64::midpoint(start.1, end.1));
        self.finger(&[start, between, end]).await
    }

    /// Puts a finger down, moves it, and lifts it, in a flow that is told so.
    async fn finger(&self, way: &[(i64, i64)]) -> Outcome {
        let moves = way.iter().map(|(x, y)| json!({ "type": "pointerMove", "duration": 60, "x": x, "y": y }));
        let mut actions: Vec<Value> = moves.collect();
        actions.insert(1, json!({ "type": "pointerDown", "button": 0 }));
        actions.push(json!({ "type": "pause", "duration": 60 }));
        actions.push(json!({ "type": "pointerUp", "button": 0 }));
        let finger = json!({
            "type": "pointer", "id": "finger", "parameters": { "pointerType": "touch" }, "actions": actions
        });
        self.session.cmd(Command::PerformActions(json!([finger]).into())).await?;
        Ok(())
    }

    /// The middle of an element in the window.
    async fn middle(&self, element: &WebElement) -> Outcome<(i64, i64)> {
        let script = "const r = arguments[0].getBoundingClientRect(); \
                      return [Math.round(r.x + r.width / 2), Math.round(r.y + r.height / 2)]";
        Ok(self.session.execute(script, [element.to_json()?]).await?.convert()?)
    }

    /// Runs a script (`return …`) on the page.
    pub async fn script(&self, script: &str) -> Outcome<Value> {
        Ok(self.session.execute(script, []).await?.json().clone())
    }

    /// Whether a script (`return …`) returns true.
    pub async fn is_true(&self, script: &str) -> Outcome<bool> {
        Ok(self.script(script).await? == Value::Bool(true))
    }

    /// Waits until something holds; says what it waited for when that never comes.
    pub async fn wait(&self, what: &str, mut holds: impl AsyncFnMut() -> Outcome<bool>) -> Outcome {
        let mut waited = Duration::ZERO;
        // An error on the way (an element replaced under our hands) counts as "not yet"; the last one is told.
        let mut last = String::new();
        while waited < PATIENCE {
            match holds().await {
                Ok(true) => return Ok(()),
                Ok(false) => last.clear(),
                Err(error) => last = format!(" ({error})"),
            }
            tokio::time::sleep(GLANCE).await;
            waited += GLANCE;
        }
        Err(format!("waited in vain: {what}{last}").into())
    }

    /// Waits until the text of the element with this `data-testid` is as wanted.
    pub async fn wait_text(&self, id: &str, wanted: impl Fn(&str) -> bool) -> Outcome {
        let mut seen = String::new();
        let waited = self
            .wait(&format!("text of {id}"), async || {
                seen = self.text(id).await?;
                Ok(wanted(&seen))
            })
            .await;
        waited.map_err(|error| format!("{error}: it is “{seen}”").into())
    }

    /// A picture of the page: `target/screenshots/<engine>/<name>.png`.
    pub async fn picture(&self, name: &str) -> Outcome<PathBuf> {
        let folder = self.pictures.join(self.engine.name());
        std::fs::create_dir_all(&folder)?;
        let file = folder.join(format!("{name}.png"));
        std::fs::write(&file, self.session.screenshot_as_png().await?)?;
        Ok(file)
    }

    /// What the page says of itself when it is not the app: why it did not start, or the report of a panic.
    pub async fn told(&self) -> Outcome<String> {
        let script = "return [...document.querySelectorAll('#fatal, #boot-words > p')].map((e) => e.innerText).join(' / ') \
                      || `the app, ${document.querySelectorAll('#app *').length} elements`";
        Ok(self.script(script).await?.as_str().unwrap_or_default().to_owned())
    }

    /// Everything that went wrong behind the picture: console errors and warnings, errors nobody caught, violations of
    /// the policy, requests to other hosts.
    pub async fn troubles(&self) -> Outcome<Vec<String>> {
        let noted = self.script("return window.bridgeTroubles ?? ['the probe is not on the page']").await?;
        let mut troubles: Vec<String> = serde_json::from_value(noted)?;
        let fetched =
            self.script("return performance.getEntriesByType('resource').map((entry) => entry.name)").await?;
        let fetched: Vec<String> = serde_json::from_value(fetched)?;
        troubles
            .extend(fetched.iter().filter(|url| self.is_foreign(url)).map(|url| format!("fetched {url}")));
        if self.engine == Engine::Chromium {
            troubles.extend(self.chromium_troubles().await?);
        }
        Ok(troubles)
    }

    async fn chromium_troubles(&self) -> Outcome<Vec<String>> {
        let mut troubles = Vec::new();
        for entry in self.session.get_log("browser").await? {
            if matches!(entry.level.as_str(), "SEVERE" | "WARNING") {
                troubles.push(format!("log: {}", entry.message));
            }
        }
        for entry in self.session.get_log("performance").await? {
            let event: Value = serde_json::from_str(&entry.message)?;
            let event = &event["message"];
            if event["method"] == "Network.requestWillBeSent"
                && let Some(url) = event["params"]["request"]["url"].as_str()
                && self.is_foreign(url)
            {
                troubles.push(format!("asked for {url}"));
            }
        }
        Ok(troubles)
    }

    /// Fails when anything went wrong behind the picture.
    pub async fn is_clean(&self) -> Outcome {
        let troubles = self.troubles().await?;
        check!(troubles.is_empty(), "behind the picture:\n  {}", troubles.join("\n  "));
        Ok(())
    }

    fn is_foreign(&self, url: &str) -> bool {
        let own = self.site.origin();
        ![own.as_str(), "data:", "blob:", "about:", "chrome:", "chrome-extension:"]
            .iter()
            .any(|start| url.starts_with(start))
    }
}
