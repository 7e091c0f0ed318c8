//! FNV-1a, 64 bits: for trace hashes and for naming random streams. Not for secrets.
//!
//! Source: Fowler, Noll, Vo; offset basis and prime from draft-eastlake-fnv.

/// A running hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    /// With these bytes added.
    #[must_use]
    pub fn bytes(mut self, bytes: &[u8]) -> Self {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        self
    }

    /// With a string and an end mark added, so that ("ab", "c") and ("a", "bc") differ.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes()).bytes(&[0xff])
    }

    /// With a number added, little end first on every machine.
    #[must_use]
    pub fn word(self, word: u64) -> Self {
        self.bytes(&word.to_le_bytes())
    }

    /// The hash.
    #[must_use]
    pub const fn finish(self) -> u64 {
        self.0
    }
}

/// The hash of a text that is known when this is built.
#[must_use]
pub const fn of_text(text: &str) -> u64 {
    let (mut hash, mut left) = (0xcbf2_9ce4_8422_2325_u64, text.as_bytes());
    while let [byte, rest @ ..] = left {
        hash = (hash ^ *byte as u64).wrapping_mul(0x0100_0000_01b3);
        left = rest;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::{Fnv, of_text};

    #[test]
    fn published_vectors() {
        assert_eq!(Fnv::default().finish(), 0xcbf2_9ce4_8422_2325);
        assert_eq!(Fnv::default().bytes(b"a").finish(), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(Fnv::default().bytes(b"foobar").finish(), 0x8594_4171_f739_67e8);
        assert_eq!(of_text("foobar"), 0x8594_4171_f739_67e8);
    }
}
