//! A part of a sweep as a file.
//!
//! ```text
//!  bridge-sweep-part/1 ⏎
//!  {"program": …, "plan": {…}, "stretch": {"skip": …, "count": …}} ⏎
//!  count × width words, little end first
//!  FNV-1a of all that, 8 bytes
//! ```
//!
//! Whatever the bytes are, reading them ends in a part or in a reason, in memory of the order of the file's own size.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

use bridge_engine::kernel::hash::Fnv;
use serde::{Deserialize, Serialize};

use super::rows::TooLarge;
use super::{Plan, Rows, Stretch};

const MAGIC: &str = "bridge-sweep-part/";
const VERSION: &str = "1";
/// Longest line that is read: the largest scenario's names fit ten times.
const LONGEST_LINE: u64 = 1 << 26;

/// One part.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What it is a part of, and which.
    pub head: Head,
    /// Its rows.
    pub rows: Rows,
}

/// What a part is a part of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// Version of the program that wrote it.
    pub program: String,
    /// The whole sweep.
    pub plan: Plan,
    /// Which of its seeds.
    pub stretch: Stretch,
}

/// Why a file cannot be read as a part.
#[derive(Debug)]
pub enum Unreadable {
    /// The machine says no.
    Io(io::Error),
    /// Something else altogether.
    NotAPart,
    /// Another version of the file's format.
    Version(String),
    /// It begins as a part and does not go on as one.
    Broken,
    /// Of more seeds than this program holds in memory.
    TooLarge(TooLarge),
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        // The end of a file that is too short is the file's fault.
        if error.kind() == io::ErrorKind::UnexpectedEof { Self::Broken } else { Self::Io(error) }
    }
}

impl Head {
    /// The head of a part that this program writes.
    #[must_use]
    pub fn new(plan: Plan, stretch: Stretch) -> Self {
        Self { program: env!("CARGO_PKG_VERSION").to_owned(), plan, stretch }
    }

    fn is_sound(&self) -> bool {
        let Self { plan, stretch, .. } = self;
        let end = stretch.skip.checked_add(stretch.count);
        plan.seeds.is_sound() && end.is_some_and(|end| end <= plan.seeds.count())
    }
}

impl Part {
    /// Writes it to a file.
    ///
    /// # Errors
    /// What the machine says.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let mut to = Hashing { to: BufWriter::new(File::create(path)?), hash: Fnv::default() };
        writeln!(to, "{MAGIC}{VERSION}")?;
        writeln!(to, "{}", serde_json::to_string(&self.head)?)?;
        for word in self.rows.words() {
            to.write_all(&word.to_le_bytes())?;
        }
        let hash = to.hash.finish();
        to.write_all(&hash.to_le_bytes())?;
        to.flush()
    }

    /// Reads it from a file.
    ///
    /// # Errors
    /// Everything that is not exactly a part.
    pub fn read(path: &Path) -> Result<Self, Unreadable> {
        let mut from = BufReader::new(File::open(path)?);
        let first = line(&mut from, 64)?;
        let version = first.strip_prefix(MAGIC.as_bytes()).and_then(|rest| rest.strip_suffix(b"\n"));
        match version {
            None => return Err(Unreadable::NotAPart),
            Some(version) if version == VERSION.as_bytes() => {}
            Some(other) => return Err(Unreadable::Version(String::from_utf8_lossy(other).into_owned())),
        }
        let second = line(&mut from, LONGEST_LINE)?;
        let head: Head = serde_json::from_slice(&second).map_err(|_| Unreadable::Broken)?;
        if !head.is_sound() {
            return Err(Unreadable::Broken);
        }
        let layout = head.plan.layout();
        layout.words(head.plan.seeds.count()).map_err(Unreadable::TooLarge)?;
        let count = layout.words(head.stretch.count).map_err(Unreadable::TooLarge)?;
        let (words, hash) = words(&mut from, count, Fnv::default().bytes(&first).bytes(&second))?;
        if word(&mut from)? != hash.finish() || from.read(&mut [0])? != 0 {
            return Err(Unreadable::Broken);
        }
        let rows = Rows::from_words(layout, words).ok_or(Unreadable::Broken)?;
        if !rows.iter().all(|row| row.is_sound(&head.plan)) {
            return Err(Unreadable::Broken);
        }
        Ok(Self { head, rows })
    }
}

/// A line with its end, as far as it is not too long.
fn line(from: &mut impl BufRead, longest: u64) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    from.take(longest).read_until(b'\n', &mut line)?;
    Ok(line)
}

fn word(from: &mut impl Read) -> io::Result<u64> {
    let mut bytes = [0; 8];
    from.read_exact(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

/// Grows with what is there, not with what is promised.
fn words(from: &mut impl Read, count: usize, mut hash: Fnv) -> io::Result<(Vec<u64>, Fnv)> {
    let mut words = Vec::new();
    for _ in 0..count {
        let word = word(from)?;
        hash = hash.word(word);
        words.push(word);
    }
    Ok((words, hash))
}

struct Hashing<W> {
    to: W,
    hash: Fnv,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hash = self.hash.bytes(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
