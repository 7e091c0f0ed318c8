//! What each part of the format means, in either language. The English stands in the engine beside what it describes; the
//! Korean stands in `assets/locales/ko/format.ftl`, by the names of the format.
//!
//! ```text
//! Site = …   a record          Site-rooms = …   its key          Code-empty = …       a code of `bridge check`
//! Role-dns = …   a choice      Part-where = …   a part of a list, by its English name
//! ```

use crate::Locale;
use bridge_engine::scenario::shape::{FieldShape, RecordShape};
use std::sync::OnceLock;

/// What each key is called, in both languages: `key = English | 한국어`, a line a key.
const FORMAT_KEYS: &str = include_str!("../../assets/locales/format-keys.txt");

// `FORMAT_KO`: the Korean messages by their names, sorted.
include!(concat!(env!("OUT_DIR"), "/format.rs"));

/// The meanings in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wording {
    /// Which.
    pub locale: Locale,
}

impl Wording {
    /// A record. One without a name is called by its only key, `within` what it is a way to write.
    #[must_use]
    pub fn record(self, record: &RecordShape, within: &str) -> &'static str {
        match record.fields.as_slice() {
            [only] if record.name.is_empty() => self.find(&field_id(within, only), record.about),
            _ => self.find(record.name, record.about),
        }
    }

    /// A key of a record.
    #[must_use]
    pub fn field(self, record: &RecordShape, within: &str, field: &FieldShape) -> &'static str {
        let record = if record.name.is_empty() { within } else { record.name };
        self.find(&field_id(record, field), field.about)
    }

    /// A word of a choice.
    #[must_use]
    pub fn word(self, choice: &str, word: &str, about: &'static str) -> &'static str {
        self.find(&format!("{choice}-{word}"), about)
    }

    /// A part of a list of fixed parts.
    #[must_use]
    pub fn part(self, about: &'static str) -> &'static str {
        self.find(&part_id(about), about)
    }

    /// A code of `bridge check`.
    #[must_use]
    pub fn code(self, code: &str, about: &'static str) -> &'static str {
        self.find(&format!("Code-{code}"), about)
    }

    /// What a key of the format is called where people read it.
    #[must_use]
    pub fn key(self, key: &str) -> Option<&'static str> {
        static KEYS: OnceLock<Vec<(&str, &str, &str)>> = OnceLock::new();
        let keys = KEYS.get_or_init(|| {
            let line = |line: &'static str| {
                let (key, said) = line.split_once(" = ")?;
                let (en, ko) = said.split_once(" | ")?;
                Some((key, en, ko))
            };
            FORMAT_KEYS.lines().filter_map(line).collect()
        });
        let (_, en, ko) = keys.iter().find(|known| known.0 == key)?;
        Some(if self.locale == Locale::Ko { ko } else { en })
    }

    fn find(self, id: &str, english: &'static str) -> &'static str {
        match self.locale {
            Locale::En => english,
            Locale::Ko => korean(id).unwrap_or(english),
        }
    }
}

fn field_id(record: &str, field: &FieldShape) -> String {
    format!("{record}-{}", field.key)
}

fn part_id(about: &str) -> String {
    let words = about.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.fold("Part".to_owned(), |id, word| id + "-" + word)
}

fn korean(id: &str) -> Option<&'static str> {
    FORMAT_KO.binary_search_by(|message| message.0.cmp(id)).ok().map(|at| FORMAT_KO[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use bridge_engine::scenario::shape::Shape;
    use bridge_engine::scenario::{CODES, shape};
    use std::collections::{BTreeMap, BTreeSet};

    /// Everything the format has words for, and the English.
    fn wanted() -> BTreeMap<String, &'static str> {
        let mut found: BTreeMap<String, &'static str> =
            CODES.iter().map(|(code, _, about)| (format!("Code-{code}"), *about)).collect();
        let mut open = vec![(shape(), "")];
        while let Some((shape, within)) = open.pop() {
            match shape {
                Shape::Scalar(_) => {}
                Shape::Choice(name, words) => {
                    found.extend(words.iter().map(|(word, about)| (format!("{name}-{word}"), *about)));
                }
                Shape::List(of) | Shape::Map(of) => open.push((*of, "")),
                Shape::Tuple(parts, _) => {
                    found.extend(parts.iter().map(|(about, _)| (part_id(about), *about)));
                    open.extend(parts.into_iter().map(|(_, part)| (part, "")));
                }
                Shape::OneOf(name, ways) => open.extend(ways.into_iter().map(|way| (way, name))),
                Shape::Record(record) => {
                    let name = if record.name.is_empty() { within } else { record.name };
                    if !record.name.is_empty() {
                        found.insert(name.to_owned(), record.about);
                    }
                    for field in record.fields {
                        found.insert(field_id(name, &field), field.about);
                        open.push((field.shape, ""));
                    }
                }
            }
        }
        found
    }

    /// Every key that a record of the format has.
    fn keys() -> BTreeSet<&'static str> {
        let (mut found, mut open) = (BTreeSet::new(), vec![shape()]);
        while let Some(shape) = open.pop() {
            match shape {
                Shape::Scalar(_) | Shape::Choice(..) => {}
                Shape::List(of) | Shape::Map(of) => open.push(*of),
                Shape::Tuple(parts, _) => open.extend(parts.into_iter().map(|(_, part)| part)),
                Shape::OneOf(_, ways) => open.extend(ways),
                Shape::Record(record) => {
                    for field in record.fields {
                        found.insert(field.key);
                        open.push(field.shape);
                    }
                }
            }
        }
        found
    }

    #[test]
    fn every_key_is_called_something_in_both_languages() {
        let [en, ko] = [Locale::En, Locale::Ko].map(|locale| Wording { locale });
        let missing: Vec<_> = keys().into_iter().filter(|key| en.key(key).is_none()).collect();
        assert!(missing.is_empty(), "write these in assets/locales/format-keys.txt: {missing:?}");
        let written: Vec<&str> =
            FORMAT_KEYS.lines().filter_map(|l| l.split_once(" = ")).map(|l| l.0).collect();
        let left: Vec<_> = written.iter().filter(|key| !keys().contains(*key)).collect();
        assert!(left.is_empty() && written.is_sorted(), "no key of the format: {left:?}");
        for key in keys() {
            let (en, ko) = (en.key(key).unwrap_or_default(), ko.key(key).unwrap_or_default());
            assert!(is_korean(ko) && !is_korean(en) && !en.contains('_'), "{key}: {en} | {ko}");
            assert!(en.chars().count() < 32 && ko.chars().count() < 22, "{key} is a label: {en} | {ko}");
        }
    }

    /// What stands between backquotes, and every number.
    fn fixed(text: &str) -> Vec<&str> {
        let code = text.split('`').skip(1).step_by(2);
        let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
        code.chain(numbers).collect()
    }

    fn is_korean(text: &str) -> bool {
        text.chars().any(|c| ('가'..='힣').contains(&c))
    }

    #[test]
    fn everything_has_its_korean_and_nothing_is_left_over() {
        let wanted = wanted();
        let missing: Vec<_> = wanted.iter().filter(|(id, _)| korean(id).is_none()).collect();
        assert!(missing.is_empty(), "write these in assets/locales/ko/format.ftl: {missing:#?}");
        let left: Vec<_> = FORMAT_KO.iter().filter(|message| !wanted.contains_key(message.0)).collect();
        assert!(left.is_empty(), "nothing is called so: {left:?}");
        assert!(wanted.len() > 440, "{} messages", wanted.len());
    }

    /// What a Korean message does not say of its English one.
    fn fault(english: &str, korean: &str) -> Option<String> {
        let missing = fixed(english).into_iter().find(|piece| !fixed(korean).contains(piece));
        let leaves_out = english.to_lowercase().contains("left out");
        match () {
            () if !is_korean(korean) || korean == english => Some("not Korean".to_owned()),
            () if missing.is_some() => missing.map(|piece| format!("without {piece}")),
            () if leaves_out && !korean.contains("생략") => Some("what if it is left out?".to_owned()),
            () if english.ends_with('.') != korean.ends_with('.') => Some("another ending".to_owned()),
            () if korean.contains(['|', '\n']) => Some("it breaks a table".to_owned()),
            () => None,
        }
    }

    #[test]
    fn the_korean_says_what_the_english_says() {
        let korean = Wording { locale: Locale::Ko };
        let told = |(id, english): (String, &'static str)| {
            let text = korean.find(&id, "");
            fault(english, text).map(|fault| format!("{id}: {fault}: {text}"))
        };
        let faults: Vec<_> = wanted().into_iter().filter_map(told).collect();
        assert!(faults.is_empty(), "{faults:#?}");
    }
}
