//! A web server for the site under test: files below a sub-path, the policy as a header, a record of every request.

use crate::Outcome;
use flate2::{Compression, write::GzEncoder};
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// The policy that the page must hold; the same text stands in assets/start/index.html.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                          img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; \
                          base-uri 'self'; form-action 'none'";

/// Not the root, because nobody promised us one.
const BASE: &str = "/sub/path/";
const PROBE: &str = include_str!("probe.js");
const PROBE_NAME: &str = "bridge-probe.js";

/// A running server. It lives as long as the process: the thread only ever waits for connections.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    folder: PathBuf,
    probe: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    requests: Vec<String>,
    refused: Option<String>,
}

impl Server {
    /// Serves a folder on a free port of this machine. With `probe`, the page also loads `probe.js`.
    pub fn start(folder: &Path, probe: bool) -> Outcome<Self> {
        if !folder.join("index.html").is_file() {
            return Err(
                format!("there is no site in {}; cargo xtask dist builds it", folder.display()).into()
            );
        }
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared { folder: folder.to_path_buf(), probe, state: Mutex::default() });
        let serving = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let serving = Arc::clone(&serving);
                // A browser that goes away in the middle of an answer is no concern of the test.
                thread::spawn(move || serving.answer(&stream).ok());
            }
        });
        Ok(Self { address, shared })
    }

    /// The address of the page.
    pub fn url(&self) -> String {
        format!("http://{}{BASE}", self.address)
    }

    /// The scheme, host and port that every request must go to.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every path asked for since [`Server::forget`].
    pub fn requests(&self) -> Vec<String> {
        self.shared.state().requests.clone()
    }

    /// Answers 404 to every path that contains this, until [`Server::forget`].
    pub fn refuse(&self, part: &str) {
        self.shared.state().refused = Some(part.to_owned());
    }

    /// Starts afresh for the next flow.
    pub fn forget(&self) {
        *self.shared.state() = State::default();
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, stream: &TcpStream) -> std::io::Result<()> {
        // Browsers open connections ahead of need and may never use them.
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        let mut lines = BufReader::new(stream).lines();
        let Some(request) = lines.next().transpose()? else { return Ok(()) };
        let mut packs = false;
        for line in lines {
            let line = line?.to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            packs |= line.starts_with("accept-encoding:") && line.contains("gzip");
        }
        let target = request.split(' ').nth(1).unwrap_or("/");
        let path = target.split(['?', '#']).next().unwrap_or(target);
        let refused = {
            let mut state = self.state();
            state.requests.push(target.to_owned());
            state.refused.as_ref().is_some_and(|part| path.contains(part))
        };
        match self.content(path).filter(|_| !refused) {
            Some((body, kind)) => respond(stream, "200 OK", kind, &body, packs),
            None => respond(stream, "404 Not Found", "text/plain; charset=utf-8", b"nothing here", false),
        }
    }

    fn content(&self, path: &str) -> Option<(Vec<u8>, &'static str)> {
        let inside = path.strip_prefix(BASE)?;
        if self.probe && inside == PROBE_NAME {
            return Some((PROBE.into(), "text/javascript"));
        }
        let name = if inside.is_empty() { "index.html" } else { inside };
        let relative = Path::new(name);
        if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
            return None;
        }
        let body = std::fs::read(self.folder.join(relative)).ok()?;
        if self.probe && name == "index.html" {
            let page = String::from_utf8_lossy(&body);
            let probed = page.replacen("<head>", &format!("<head><script src=\"{PROBE_NAME}\"></script>"), 1);
            return Some((probed.into_bytes(), mime(name)));
        }
        Some((body, mime(name)))
    }
}

/// Compressed where the browser takes it so, as a site is served.
fn respond(
    mut stream: &TcpStream,
    status: &str,
    kind: &str,
    body: &[u8],
    packs: bool,
) -> std::io::Result<()> {
    let (packed, encoding);
    let body = if packs {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(body)?;
        packed = encoder.finish()?;
        encoding = "Content-Encoding: gzip\r\n";
        &packed
    } else {
        encoding = "";
        body
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{encoding}Content-Length: {}\r\nContent-Security-Policy: {POLICY}\r\n\
         Cache-Control: no-store\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)
}

fn mime(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "json" | "webmanifest" => "application/json",
        "txt" | "md" | "yaml" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_below_the_folder_are_served() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let shared = Shared { folder, probe: false, state: Mutex::default() };
        assert!(shared.content("/sub/path/lib.rs").is_some());
        assert!(shared.content("/sub/path/../Cargo.toml").is_none());
        assert!(shared.content("/lib.rs").is_none());
    }

    #[test]
    fn the_page_states_the_policy_that_the_tests_enforce() -> Outcome {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/start/index.html");
        assert!(std::fs::read_to_string(page)?.contains(&format!("content=\"{POLICY}\"")));
        Ok(())
    }
}
