//! Runs every flow in every engine and says how it went.

use crate::browser::{Engine, Wishes};
use crate::driver::Driver;
use crate::page::Page;
use crate::server::Server;
use crate::{Outcome, path_variable};
use std::io::Write;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;
use thirtyfour::WebDriver;

/// Longer than any flow takes on a slow machine.
const FLOW_LIMIT: Duration = Duration::from_secs(120);
const QUIT_LIMIT: Duration = Duration::from_secs(15);
/// Said of a flow whose app was never there, though nothing stood in its way.
const NOT_STARTED: &str = "the app did not start";

type Walk = Box<dyn Fn(Page) -> Pin<Box<dyn Future<Output = Outcome>>>>;

/// A person's path through the app.
pub struct Flow {
    name: &'static str,
    engines: &'static [Engine],
    wishes: Wishes,
    expects_troubles: bool,
    walk: Walk,
}

/// A flow for every engine: `flow("opens", opens)`, where `opens` is an `async fn(Page) -> Outcome`.
///
/// When it ends, nothing may have gone wrong behind the picture ([`Page::is_clean`]).
pub fn flow<Walked>(name: &'static str, walk: impl Fn(Page) -> Walked + 'static) -> Flow
where
    Walked: Future<Output = Outcome> + 'static,
{
    let walk: Walk = Box::new(move |page| Box::pin(walk(page)));
    Flow { name, engines: &Engine::ALL, wishes: Wishes::default(), expects_troubles: false, walk }
}

impl Flow {
    /// Only in these engines.
    pub fn only(mut self, engines: &'static [Engine]) -> Self {
        self.engines = engines;
        self
    }

    /// In a page of this size.
    pub fn sized(mut self, width: u32, height: u32) -> Self {
        self.wishes.size = (width, height);
        self
    }

    /// On a system that asks for dark colours.
    pub fn dark(mut self) -> Self {
        self.wishes.dark = true;
        self
    }

    /// On a screen that is touched.
    pub fn touched(mut self) -> Self {
        self.wishes.touch = true;
        self.only(&[Engine::Chromium, Engine::Firefox])
    }

    /// With scripts turned off.
    pub fn without_scripts(mut self) -> Self {
        self.wishes.scripts = false;
        self.expects_troubles = true;
        self
    }

    /// Errors on the console are the point of this flow.
    pub fn with_troubles(mut self) -> Self {
        self.expects_troubles = true;
        self
    }
}

/// Runs the flows whose `engine::name` contains `filter` in the engines of `BRIDGE_BROWSERS`; returns whether all passed.
pub fn run(flows: &[Flow], filter: &str) -> Outcome<bool> {
    let Some(wanted) = std::env::var_os("BRIDGE_BROWSERS") else {
        println!("browser tests skipped: run them with cargo xtask test");
        return Ok(true);
    };
    let wanted = wanted.to_string_lossy().into_owned();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let site = Rc::new(Server::start(&path_variable("BRIDGE_DIST")?, true)?);
    let (mut passed, mut failures) = (0, Vec::new());
    for engine in Engine::ALL.into_iter().filter(|engine| wanted.split(',').any(|name| name == engine.name()))
    {
        let mut driver = None;
        for flow in flows.iter().filter(|flow| flow.engines.contains(&engine)) {
            let name = format!("{}::{}", engine.name(), flow.name);
            if !name.contains(filter) {
                continue;
            }
            print!("test {name} ... ");
            std::io::stdout().flush()?;
            #[expect(clippy::disallowed_methods, reason = "tests report how long they took")]
            let start = std::time::Instant::now();
            let mut outcome = runtime.block_on(attempt(flow, engine, &mut driver, &site));
            // WebKit under load has once in hundreds of visits not started a page that starts everywhere else. That is no
            // fault of what the flow looks at, but it is told.
            if let Err(error) = &outcome
                && error.to_string().contains(NOT_STARTED)
            {
                println!("{error}\nonce more");
                outcome = runtime.block_on(attempt(flow, engine, &mut driver, &site));
            }
            let seconds = start.elapsed().as_secs_f64();
            match outcome {
                Ok(()) => {
                    passed += 1;
                    println!("ok ({seconds:.1} s)");
                }
                Err(error) => {
                    println!("FAILED ({seconds:.1} s)\n{error}");
                    failures.push(name);
                }
            }
        }
    }
    for name in &failures {
        println!("failed: {name}");
    }
    println!("{passed} passed, {} failed", failures.len());
    Ok(failures.is_empty())
}

/// One flow in one engine, with a browser of its own. A driver that does not answer any more is replaced for the next.
async fn attempt(flow: &Flow, engine: Engine, driver: &mut Option<Driver>, site: &Rc<Server>) -> Outcome {
    site.forget();
    let mut running = match driver.take() {
        Some(running) => running,
        None => Driver::start(engine)?,
    };
    // A browser that does not come up has seen nothing of the page yet: once more, with a new driver.
    let browser = match engine.open(&running, flow.wishes).await {
        Ok(browser) => browser,
        Err(error) => {
            println!("no browser ({error}); once more");
            running = Driver::start(engine)?;
            engine.open(&running, flow.wishes).await?
        }
    };
    let outcome = walk(flow, engine, &browser, site).await;
    let quit = tokio::time::timeout(QUIT_LIMIT, browser.quit()).await;
    if matches!(quit, Ok(Ok(()))) {
        *driver = Some(running);
    }
    outcome
}

async fn walk(flow: &Flow, engine: Engine, browser: &WebDriver, site: &Rc<Server>) -> Outcome {
    let page = Page {
        engine,
        session: browser.handle().clone(),
        site: Rc::clone(site),
        pictures: path_variable("BRIDGE_OUTPUT")?.join("screenshots"),
    };
    let path = async {
        (flow.walk)(page.clone()).await?;
        if flow.expects_troubles { Ok(()) } else { page.is_clean().await }
    };
    let outcome = tokio::time::timeout(FLOW_LIMIT, path)
        .await
        .unwrap_or_else(|_| Err(format!("not done after {} seconds", FLOW_LIMIT.as_secs()).into()));
    match outcome {
        Ok(()) => Ok(()),
        Err(error) => Err(format!("{error}\n{}", evidence(&page, flow).await).into()),
    }
}

/// What helps to understand a failure: a picture, what the page says of itself, and what went wrong behind it.
async fn evidence(page: &Page, flow: &Flow) -> String {
    let picture = page.picture(&format!("{}.failed", flow.name)).await;
    let picture = picture.map_or_else(|error| error.to_string(), |path| path.display().to_string());
    let told = page.told().await.unwrap_or_else(|error| error.to_string());
    let troubles = page.troubles().await.unwrap_or_else(|error| vec![error.to_string()]);
    let started = flow.expects_troubles || page.has("app").await.unwrap_or(true);
    let started = match started {
        true => String::new(),
        false => format!("{NOT_STARTED}; asked for: {}\n", page.site.requests().join(" ")),
    };
    let troubles = troubles.join("\n         ");
    format!("{started}picture: {picture}\npage: {told}\nconsole: {troubles}")
}
