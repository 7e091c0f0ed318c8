//! Writing. A reader that has gone away (`bridge … | head`) is no error.

use std::io::{self, Write};

use serde::Serialize;

use crate::Outcome;

/// Text to standard output.
pub fn text(text: &str) -> Outcome {
    finish(io::stdout().lock().write_all(text.as_bytes()))
}

/// A value as JSON to standard output.
pub fn json(value: &impl Serialize) -> Outcome {
    match serde_json::to_string_pretty(value) {
        Ok(written) => text(&(written + "\n")),
        Err(error) => Outcome::Unusable(format!("cannot write JSON: {error}")),
    }
}

/// Text to standard error; if even that fails, nobody is left to tell.
pub fn complain(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

fn finish(written: io::Result<()>) -> Outcome {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Outcome::Unusable(format!("cannot write: {error}"))
        }
        _ => Outcome::Done,
    }
}
