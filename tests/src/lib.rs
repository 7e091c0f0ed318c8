//! The app in real browsers.
//!
//! ```text
//!  flows/*.rs ──▶ harness ──▶ Page ──WebDriver──▶ chromedriver, geckodriver, WebKitWebDriver
//!                                │                          │
//!                                └── server ◀───HTTP─── the browser under test
//! ```
//!
//! A flow is a person's path through the app, written once and walked in every engine ([`harness`]). The site comes
//! from a server of our own ([`server`]) under a sub-path, with the Content-Security-Policy as a header, and whatever
//! goes wrong behind the picture (console errors, policy violations, requests to other hosts) fails the flow.
//!
//! Where the browsers, the site and axe-core are, `cargo xtask test` says in `BRIDGE_…` variables.

pub mod axe;
pub mod browser;
pub mod driver;
pub mod harness;
pub mod page;
pub mod server;

/// What a step of a flow returns: a value, or a sentence about what was not as it should be.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// Fails the flow with a sentence when a condition does not hold.
#[macro_export]
macro_rules! check {
    ($condition:expr, $($sentence:tt)+) => {
        if !$condition {
            return Err(format!($($sentence)+).into());
        }
    };
}

/// A path that xtask has put into the environment.
pub fn path_variable(name: &str) -> Outcome<std::path::PathBuf> {
    let value =
        std::env::var_os(name).ok_or_else(|| format!("{name} is not set; run this through cargo xtask"))?;
    Ok(value.into())
}
