//! Pictures of the site for people to look at; `cargo xtask shots` calls this.

use browser_tests::browser::{Engine, Wishes};
use browser_tests::driver::Driver;
use browser_tests::page::Page;
use browser_tests::server::Server;
use browser_tests::{Outcome, path_variable};
use clap::Parser;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;
use thirtyfour::Key;

#[derive(Parser)]
struct Options {
    #[arg(long, default_value = "")]
    query: String,
    #[arg(long, default_value = "")]
    hash: String,
    #[arg(long)]
    open: Option<PathBuf>,
    #[arg(long)]
    click: Vec<String>,
    #[arg(long)]
    key: Vec<String>,
    #[arg(long, default_value_t = 400)]
    wait: u64,
    #[arg(long)]
    size: Vec<String>,
    #[arg(long)]
    locale: Vec<String>,
    #[arg(long)]
    theme: Vec<String>,
    #[arg(long, default_value = "page")]
    out: String,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    match runtime.map_err(Into::into).and_then(|runtime| runtime.block_on(take_all(&options))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn take_all(options: &Options) -> Outcome {
    let site = Rc::new(Server::start(&path_variable("BRIDGE_DIST")?, true)?);
    let driver = Driver::start(Engine::Chromium)?;
    let folder = path_variable("BRIDGE_OUTPUT")?.join("shots");
    std::fs::create_dir_all(&folder)?;
    for size in &options.size {
        let parsed = size
            .split_once('x')
            .and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
        let wishes = Wishes { size: parsed.ok_or("a size is WIDTHxHEIGHT")?, ..Wishes::default() };
        for theme in &options.theme {
            let browser = Engine::Chromium.open(&driver, Wishes { dark: theme == "dark", ..wishes }).await?;
            let session = browser.handle().clone();
            let page =
                Page { engine: Engine::Chromium, session, site: Rc::clone(&site), pictures: folder.clone() };
            for locale in &options.locale {
                let file = folder.join(format!("{}-{locale}-{theme}-{size}.png", options.out));
                let outcome = take(&page, options, locale, theme, &file).await;
                println!(
                    "{}{}",
                    file.display(),
                    outcome.map_or_else(|error| format!(": {error}"), |()| String::new())
                );
                for trouble in page.troubles().await? {
                    println!("  {trouble}");
                }
            }
            browser.quit().await?;
        }
    }
    Ok(())
}

async fn take(page: &Page, options: &Options, locale: &str, theme: &str, file: &Path) -> Outcome {
    let hash = if options.hash.is_empty() { String::new() } else { format!("#{}", options.hash) };
    // A fragment alone would not load the page again.
    page.session.goto("about:blank").await?;
    page.open(&format!("locale={locale}&theme={theme}&{}{hash}", options.query)).await?;
    if let Some(file) = &options.open {
        page.open_file(&std::path::absolute(file)?).await?;
        page.get("notice").await?;
    }
    let mut acted = Ok(());
    for id in &options.click {
        acted = page.click(id).await;
        if acted.is_err() {
            break;
        }
    }
    for name in &options.key {
        page.keys(key(name)?).await?;
    }
    tokio::time::sleep(Duration::from_millis(options.wait)).await;
    // The picture is taken even when a click found nothing: it shows why.
    std::fs::write(file, page.session.screenshot_as_png().await?)?;
    acted
}

fn key(name: &str) -> Outcome<char> {
    let named = match name {
        "Tab" => Key::Tab,
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Space" => return Ok(' '),
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "ArrowUp" => Key::Up,
        "ArrowDown" => Key::Down,
        "Home" => Key::Home,
        "End" => Key::End,
        other => return other.chars().next().ok_or_else(|| "a key has a name".into()),
    };
    Ok(named.value())
}
