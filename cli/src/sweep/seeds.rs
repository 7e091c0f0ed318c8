//! Which seeds are run, and which of them where.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// More seeds than this are more than anybody means to run.
pub const MAX_SEEDS: u64 = 1_000_000_000;

/// Seeds from the first to the last, both included; at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seeds {
    /// The first.
    pub first: u64,
    /// The last.
    pub last: u64,
}

impl Seeds {
    /// How many.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.last.saturating_sub(self.first).saturating_add(1)
    }

    /// Whether it is a range that this program takes.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        self.first <= self.last && self.count() <= MAX_SEEDS
    }
}

impl fmt::Display for Seeds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.first, self.last)
    }
}

impl FromStr for Seeds {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| {
            text.parse::<u64>().map_err(|_| {
                format!("‘{text}’ is no seed; write the first and the last of them, like 1..1000")
            })
        };
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let seeds = Self { first: number(first)?, last: number(last)? };
        if seeds.first > seeds.last {
            return Err(format!("the last seed comes before the first; did you mean {last}..{first}?"));
        }
        if !seeds.is_sound() {
            return Err(format!("{} seeds are more than {MAX_SEEDS}", seeds.count()));
        }
        Ok(seeds)
    }
}

/// One of several parts of about the same size, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which.
    pub index: u64,
    /// Of how many.
    pub of: u64,
}

impl Shard {
    /// Everything in one.
    pub const WHOLE: Self = Self { index: 1, of: 1 };

    /// Its seeds: neighbours, so that the parts of any split lie end to end. There may be none if there are more parts
    /// than seeds.
    #[must_use]
    pub fn stretch(&self, seeds: Seeds) -> Stretch {
        let cut = |index: u64| (u128::from(seeds.count()) * u128::from(index) / u128::from(self.of)) as u64;
        let skip = cut(self.index - 1);
        Stretch { skip, count: cut(self.index) - skip }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| text.parse::<u64>().ok();
        let parts = text.split_once('/').and_then(|(index, of)| number(index).zip(number(of)));
        let (index, of) = parts.ok_or("write the part and how many there are, like 1/3")?;
        if (1..=of).contains(&index) && of <= MAX_SEEDS {
            Ok(Self { index, of })
        } else {
            Err(format!("parts are counted from 1/{of} to {of}/{of}"))
        }
    }
}

/// Neighbouring seeds of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// So many seeds of the range come before.
    pub skip: u64,
    /// How many.
    pub count: u64,
}

#[cfg(test)]
mod tests {
    use super::{Seeds, Shard};

    #[test]
    fn shards_lie_end_to_end() {
        for count in [1, 2, 7, 100] {
            let seeds = Seeds { first: 5, last: 4 + count };
            for of in [1, 2, 3, 7, 11] {
                let mut next = 0;
                for index in 1..=of {
                    let stretch = Shard { index, of }.stretch(seeds);
                    assert_eq!(stretch.skip, next);
                    assert!(stretch.count.abs_diff(count / of) <= 1);
                    next += stretch.count;
                }
                assert_eq!(next, count);
            }
        }
    }

    #[test]
    fn ranges_are_read_or_refused() {
        let read = |text: &str| text.parse::<Seeds>();
        assert_eq!(read("1..3"), Ok(Seeds { first: 1, last: 3 }));
        assert_eq!(read("7").map(|seeds| seeds.count()), Ok(1));
        assert_eq!(read("18446744073709551615").map(|seeds| seeds.count()), Ok(1));
        for wrong in
            ["", "..", "1..", "..3", "3..1", "1..=3", "-1..3", "1...3", "a..b", "1..18446744073709551616"]
        {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        assert!(read("0..18446744073709551615").is_err());
        for wrong in ["", "1", "0/3", "4/3", "1/0", "1/2/3", "-1/3"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
