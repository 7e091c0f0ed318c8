//! Writing. A reader that has gone away (`bridge … | head`) is no error.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use crate::Outcome;

/// Text to standard output.
pub fn text(text: &str) -> Outcome {
    finish(io::stdout().lock().write_all(text.as_bytes()))
}

/// Whatever is written, to standard output, without holding all of it.
pub fn stream(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Outcome {
    let mut to = BufWriter::new(io::stdout().lock());
    finish(write(&mut to).and_then(|()| to.flush()))
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
