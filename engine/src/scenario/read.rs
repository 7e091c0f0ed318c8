//! Tree to typed document: the trait every type of the format implements, and the types that are no records.
//!
//! Reading never stops at a mistake. A value that cannot be read is reported and a blank takes its place, so that what
//! stands beside it is still looked at; nobody gets to see the blank, since a document with an error makes no world.

use super::diagnostic::{Form, Limit, Problem, Sink};
use super::record::choices;
use super::shape::{FieldShape, Presence, RecordShape, Shape, plain};
use super::tree::{At, MAX_KEY, Tree, Value};
use crate::world::Text;

/// Longest title, summary or fact, in bytes.
const MAX_TEXT: usize = 10_000;

/// A type of the format.
pub trait Read: Sized {
    /// Reads it. From [`At::NOWHERE`] comes what stands in for a value that was left out or could not be read.
    fn read(cx: &mut Cx<'_>, at: At) -> Self;
    /// What is accepted.
    fn shape() -> Shape;
}

/// A type of the format that a table of defaults can give a value to.
pub trait Preset: Read {
    /// Reads it, or from nowhere what is meant without it.
    fn read_or(cx: &mut Cx<'_>, at: At, default: &'static str) -> Self;
}

/// Reading in progress.
pub struct Cx<'a> {
    /// What is read.
    pub tree: &'a Tree,
    /// What was found.
    pub sink: &'a mut Sink,
}

impl<'a> Cx<'a> {
    /// Takes note of a problem.
    pub fn add(&mut self, at: At, problem: Problem) {
        self.sink.add(self.tree, at, problem);
    }

    /// A single value, or a report.
    pub fn scalar(&mut self, at: At) -> Option<&'a str> {
        let tree = self.tree;
        let text = tree.text(at);
        if text.is_none() {
            self.wrong(at, Form::Scalar);
        }
        text
    }

    /// The items of a list; nothing written is an empty list.
    pub fn items(&mut self, at: At) -> &'a [At] {
        let tree = self.tree;
        match tree.value(at) {
            Value::List(items) => items,
            Value::Null => &[],
            _ => {
                self.wrong(at, Form::List);
                &[]
            }
        }
    }

    /// The entries of a map; nothing written is an empty map.
    pub fn map(&mut self, at: At) -> &'a [At] {
        let tree = self.tree;
        match tree.value(at) {
            Value::Map(entries) => entries,
            Value::Null => &[],
            _ => {
                self.wrong(at, Form::Map);
                &[]
            }
        }
    }

    /// Says that something of another form belongs here.
    pub fn wrong(&mut self, at: At, wanted: Form) {
        if at == At::NOWHERE {
            return;
        }
        let found = match self.tree.value(at) {
            Value::Null => Form::Null,
            Value::Scalar(_) => Form::Scalar,
            Value::List(_) => Form::List,
            Value::Map(_) => Form::Map,
        };
        self.add(at, Problem::WrongType { wanted, found });
    }

    /// Says that a list, or one of a few ways to write something, lacks parts or has too many. A value that is no list at
    /// all has been reported as that.
    pub fn wrong_parts(&mut self, at: At, wanted: &'static str) {
        if !self.sink.is_tainted(at) {
            self.add(at, Problem::WrongParts { wanted });
        }
    }

    /// Checks a record's keys against those it has.
    pub fn keys(&mut self, at: At, known: &[&'static str]) {
        let tree = self.tree;
        for &entry in self.map(at) {
            let key = tree.key(entry);
            if !known.contains(&key) {
                let near = self.sink.guess(key, &mut known.iter().copied());
                self.add(entry, Problem::UnknownKey { nearest: near, known: known.join(", ") });
            }
        }
    }

    /// The value of a record's key; nothing written is as good as no key.
    pub fn field(&self, at: At, key: &str) -> Option<At> {
        self.tree.get(at, key).filter(|&field| !matches!(self.tree.value(field), Value::Null))
    }

    /// The same, or nowhere.
    pub fn field_or_nowhere(&self, at: At, key: &str) -> At {
        self.field(at, key).unwrap_or(At::NOWHERE)
    }

    /// The value of a key that must be there. What is no record at all has been reported as that.
    pub fn required(&mut self, at: At, key: &'static str, example: &str) -> At {
        let field = self.field_or_nowhere(at, key);
        if field == At::NOWHERE && matches!(self.tree.value(at), Value::Map(_) | Value::Null) {
            self.add(at, Problem::MissingKey { key, example: example.to_owned() });
        }
        field
    }

    /// Which of some words; the first for want of one.
    pub fn choice(&mut self, at: At, default: &str, words: &[&'static str]) -> usize {
        let text = if at == At::NOWHERE { Some(default) } else { self.scalar(at) };
        let Some(text) = text else { return 0 };
        words.iter().position(|word| *word == text).unwrap_or_else(|| {
            let near = self.sink.guess(text, &mut words.iter().copied());
            self.add(at, Problem::UnknownChoice { text: clip(text), nearest: near, known: words.join(", ") });
            0
        })
    }

    /// A name: what is defined by a key, or refers to that.
    pub fn name(&mut self, at: At, text: &str) -> String {
        let good = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        if text.is_empty() || text.chars().count() > MAX_KEY || !text.chars().all(good) {
            self.add(at, Problem::BadName { text: clip(text) });
        }
        text.to_owned()
    }
}

/// The beginning of a text too long to repeat.
pub fn clip(text: &str) -> String {
    let mut chars = text.chars();
    let head: String = chars.by_ref().take(80).collect();
    if chars.next().is_some() { head + "…" } else { head }
}

/// A name that stands for something defined elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Where it is written.
    pub spot: At,
    /// What is written.
    pub text: String,
}

impl Read for Name {
    fn read(cx: &mut Cx<'_>, at: At) -> Self {
        let text = cx.scalar(at).unwrap_or_default();
        Self { spot: at, text: text.to_owned() }
    }
    fn shape() -> Shape {
        plain("Name", ("a name", "이름"), "pangyo, pay")
    }
}

impl Read for String {
    fn read(cx: &mut Cx<'_>, at: At) -> Self {
        Self::read_or(cx, at, "")
    }
    fn shape() -> Shape {
        plain("Text", ("a text", "글"), "Pangyo")
    }
}

impl Preset for String {
    fn read_or(cx: &mut Cx<'_>, at: At, default: &'static str) -> Self {
        let text = if at == At::NOWHERE { default } else { cx.scalar(at).unwrap_or_default() };
        if text.len() > MAX_TEXT {
            cx.add(at, Problem::TooLarge { what: Limit::Text, limit: MAX_TEXT });
            return Self::new();
        }
        text.to_owned()
    }
}

choices! {
    bool, "Flag", {
        "false" => false, "No.";
        "true" => true, "Yes.";
    }
}

/// Words for people: the same in both languages, or one each.
impl Read for Text {
    fn read(cx: &mut Cx<'_>, at: At) -> Self {
        if cx.tree.text(at).is_some() {
            let text = String::read(cx, at);
            return Self { en: text.clone(), ko: text };
        }
        cx.keys(at, &["en", "ko"]);
        let (en, ko) = (cx.required(at, "en", "Power cut"), cx.required(at, "ko", "전원 차단"));
        Self { en: String::read(cx, en), ko: String::read(cx, ko) }
    }
    fn shape() -> Shape {
        let language =
            |key, about| FieldShape { key, about, shape: String::shape(), presence: Presence::Required };
        let both = RecordShape {
            name: "Languages",
            about: "The same in both languages.",
            fields: vec![language("en", "English."), language("ko", "Korean.")],
        };
        Shape::OneOf("Words", vec![String::shape(), Shape::Record(both)])
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(cx: &mut Cx<'_>, at: At) -> Self {
        cx.items(at).iter().map(|&item| T::read(cx, item)).collect()
    }
    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }
}

/// Things under names the author chose, in the order written.
#[derive(Clone, Debug, PartialEq)]
pub struct Entries<T>(pub Vec<Entry<T>>);

/// A thing under its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<T> {
    /// Where.
    pub spot: At,
    /// Its name.
    pub key: String,
    /// The thing.
    pub value: T,
}

impl<T: Read> Read for Entries<T> {
    fn read(cx: &mut Cx<'_>, at: At) -> Self {
        let tree = cx.tree;
        let entries = cx.map(at);
        let read = |&spot: &At| {
            let key = cx.name(spot, tree.key(spot));
            Entry { spot, key, value: T::read(cx, spot) }
        };
        Self(entries.iter().map(read).collect())
    }
    fn shape() -> Shape {
        Shape::Map(Box::new(T::shape()))
    }
}
