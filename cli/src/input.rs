//! Reading documents.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use bridge_engine::scenario::MAX_BYTES;

/// The text of a file, or of standard input for `-`. A little more than the longest document accepted is enough to see
/// that it is too long.
pub fn read(path: &Path) -> Result<String, String> {
    let name = path.display();
    let result =
        if path == Path::new("-") { text(io::stdin().lock()) } else { File::open(path).and_then(text) };
    result.map_err(|error| format!("cannot read {name}: {error}"))
}

fn text(from: impl Read) -> io::Result<String> {
    let mut bytes = Vec::new();
    from.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > MAX_BYTES {
        // The cut may have gone through a character.
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}
