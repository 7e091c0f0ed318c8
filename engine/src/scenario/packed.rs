//! A scenario and its run as bytes: what opens first was read and run when the app was built, so that a browser need not.
//!
//! ```text
//!  text ──open──▶ Scenario ──run──▶ Trace ──pack──▶ stamp, checksum, fields ──unpack──▶ the same
//! ```
//!
//! The stamp is made of the names of all fields, so that bytes of another build are refused, not misread; the checksum
//! tells what was damaged on the way. Whoever can forge both can change the program that reads them just as well.

use super::{Diagnostic, Fact, Scenario, Severity};
use crate::kernel::bytes::{Bytes, Source, bytes};
use crate::kernel::hash::Fnv;
use crate::report::{self, Scores};
use crate::trace::{self, Trace};
use crate::world;

bytes! {
    /// A number for the lists of fields below.
    STAMP;
    records {
        Scenario { world, facts, warnings };
        Fact { at, text, source };
        Diagnostic { severity, code, path, line, column, message, suggestion };
    }
    choices {
        Severity { 0 Error; 1 Warning; }
    }
}

/// Bytes of the stamp, and as many of the checksum.
const WORD: usize = 8;
const FORM: [u8; WORD] =
    (world::STAMP ^ STAMP.rotate_left(1) ^ trace::STAMP.rotate_left(2) ^ report::STAMP.rotate_left(3))
        .to_le_bytes();

/// A run's fingerprint, what is seen of it, and what is told of it while it is watched.
pub type Ran = (u64, (Trace, Scores));

/// Writes it.
#[must_use]
pub fn pack<T: Bytes>(what: &T) -> Vec<u8> {
    let mut bytes = vec![0; WORD * 2];
    what.put(&mut bytes);
    let sum = checksum(&bytes[WORD * 2..]);
    bytes[..WORD].copy_from_slice(&FORM);
    bytes[WORD..WORD * 2].copy_from_slice(&sum);
    bytes
}

/// Reads it; none if it was damaged, or written by another build.
#[must_use]
pub fn unpack<T: Bytes>(bytes: &[u8]) -> Option<T> {
    let (form, bytes) = bytes.split_first_chunk()?;
    let (sum, bytes) = bytes.split_first_chunk()?;
    if *form != FORM || *sum != checksum(bytes) {
        return None;
    }
    let mut source = Source::new(bytes);
    let what = T::take(&mut source);
    source.is_done().then_some(what)
}

fn checksum(bytes: &[u8]) -> [u8; WORD] {
    Fnv::default().bytes(bytes).finish().to_le_bytes()
}
