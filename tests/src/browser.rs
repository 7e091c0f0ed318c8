//! The three engines, and how a fresh browser of each is asked for.

use crate::driver::Driver;
use crate::{Outcome, path_variable};
use serde_json::{Value, json};
use std::time::Duration;
use thirtyfour::{Capabilities, WebDriver};

/// A browser engine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// Chromium or Chrome.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKitGTK's MiniBrowser.
    Webkit,
}

/// What a flow wants of its browser.
#[derive(Clone, Copy)]
pub struct Wishes {
    /// Size of the page in CSS pixels.
    pub size: (u32, u32),
    /// The system asks for dark colours (not in WebKit, which has no switch for it).
    pub dark: bool,
    /// Scripts run (can be turned off in Chromium and Firefox).
    pub scripts: bool,
    /// The screen can be touched (not in WebKit, whose driver has no fingers).
    pub touch: bool,
}

impl Default for Wishes {
    fn default() -> Self {
        Self { size: (1280, 720), dark: false, scripts: true, touch: false }
    }
}

impl Engine {
    /// Every engine.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::Webkit];

    /// Its name in output and in `BRIDGE_BROWSERS`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    /// Opens a browser with a profile of its own.
    pub async fn open(self, driver: &Driver, wishes: Wishes) -> Outcome<WebDriver> {
        let mut capabilities = Capabilities::new();
        for (name, value) in self.capabilities(wishes)? {
            capabilities.set(name, value)?;
        }
        let builder = WebDriver::builder(driver.url(), capabilities).request_timeout(Duration::from_secs(60));
        let browser = builder.connect().await?;
        browser.set_page_load_timeout(Duration::from_secs(30)).await?;
        browser.set_script_timeout(Duration::from_secs(30)).await?;
        self.resize(&browser, wishes.size).await?;
        if wishes.dark && self == Self::Chromium {
            let feature = json!({ "name": "prefers-color-scheme", "value": "dark" });
            browser.cdp().send_raw("Emulation.setEmulatedMedia", json!({ "features": [feature] })).await?;
        }
        if wishes.touch && self == Self::Chromium {
            let touch = json!({ "enabled": true, "maxTouchPoints": 1 });
            browser.cdp().send_raw("Emulation.setTouchEmulationEnabled", touch).await?;
        }
        Ok(browser)
    }

    /// Gives the page a size. Chromium's windows have a least width, so its page is told another one than its window's.
    async fn resize(self, browser: &WebDriver, (width, height): (u32, u32)) -> Outcome {
        if self == Self::Chromium {
            let metrics =
                json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            browser.cdp().send_raw("Emulation.setDeviceMetricsOverride", metrics).await?;
            return Ok(());
        }
        browser.set_window_rect(0, 0, width, height).await?;
        let inner: (u32, u32) = browser.execute("return [innerWidth, innerHeight]", []).await?.convert()?;
        let frame = (width.saturating_sub(inner.0), height.saturating_sub(inner.1));
        browser.set_window_rect(0, 0, width + frame.0, height + frame.1).await?;
        Ok(())
    }

    fn capabilities(self, wishes: Wishes) -> Outcome<Vec<(&'static str, Value)>> {
        Ok(match self {
            Self::Chromium => chromium(wishes)?,
            Self::Firefox => firefox(wishes)?,
            Self::Webkit => {
                let binary = path_variable("BRIDGE_MINIBROWSER")?;
                let options = json!({ "binary": binary, "args": ["--automation"] });
                vec![("browserName", json!("MiniBrowser")), ("webkitgtk:browserOptions", options)]
            }
        })
    }
}

fn chromium(wishes: Wishes) -> Outcome<Vec<(&'static str, Value)>> {
    let mut arguments = vec![
        "--headless",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-dev-shm-usage",
        "--disable-sync",
        "--no-first-run",
        "--force-color-profile=srgb",
        // Whatever tries to leave this machine fails, and is in the log that the flow's end reads.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ];
    if cfg!(target_os = "linux") {
        // Its sandbox needs rights that containers lack; the only page it opens is ours.
        arguments.push("--no-sandbox");
    }
    let mut options = json!({ "binary": path_variable("BRIDGE_CHROMIUM")?, "args": arguments });
    if !wishes.scripts {
        options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
    }
    let logs = json!({ "browser": "ALL", "performance": "ALL" });
    Ok(vec![("browserName", json!("chrome")), ("goog:chromeOptions", options), ("goog:loggingPrefs", logs)])
}

fn firefox(wishes: Wishes) -> Outcome<Vec<(&'static str, Value)>> {
    let mut preferences = json!({
        "app.update.enabled": false,
        "browser.startup.homepage": "about:blank",
        "datareporting.policy.dataSubmissionEnabled": false,
        "toolkit.telemetry.enabled": false,
        "ui.systemUsesDarkTheme": u8::from(wishes.dark),
        "layout.css.prefers-color-scheme.content-override": u8::from(!wishes.dark),
    });
    if !wishes.scripts {
        preferences["javascript.enabled"] = json!(false);
    }
    let binary = path_variable("BRIDGE_FIREFOX")?;
    let options = json!({ "binary": binary, "args": ["-headless"], "prefs": preferences });
    Ok(vec![("browserName", json!("firefox")), ("moz:firefoxOptions", options)])
}
