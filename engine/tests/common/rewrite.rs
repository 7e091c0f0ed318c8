//! Documents read as plain values, changed along the format's own table, and written again.

use std::collections::{BTreeMap, BTreeSet};

use bridge_engine::scenario::shape::{FieldShape, Presence, ScalarShape, Shape};
use bridge_engine::scenario::{Notation, parse};
use saphyr_parser::{Event, Parser, ScalarStyle};

/// A document without meaning.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Scalar(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

use Value::{List, Map, Null, Scalar};

const PRESETS: [(&str, &str); 3] = [
    ("tier1", include_str!("../../src/scenario/presets/tier1.yaml")),
    ("tier2", include_str!("../../src/scenario/presets/tier2.yaml")),
    ("tier3", include_str!("../../src/scenario/presets/tier3.yaml")),
];

/// Reads a document that must be right; its presets are put in.
pub fn read(text: &str) -> Value {
    let mut document = plain(text);
    for site in document.get_mut("sites").map_or(Vec::new(), Value::values_mut) {
        let name = match site.get("preset") {
            Some(Scalar(name)) => Some(name.clone()),
            _ => site.get("power").is_none().then(|| "tier2".to_owned()),
        };
        let preset = name.and_then(|name| PRESETS.iter().find(|(known, _)| **known == name));
        if let Some((_, preset)) = preset {
            site.merge(&plain(preset));
        }
        site.set("preset", Null);
    }
    document
}

fn plain(text: &str) -> Value {
    let mut open = vec![List(Vec::new())];
    for event in Parser::new_from_str(text) {
        let ended = match event.expect("a document that can be read").0 {
            Event::Scalar(text, style, ..) if style == ScalarStyle::Plain && text.is_empty() => Null,
            Event::Scalar(text, ..) => Scalar(text.into_owned()),
            Event::SequenceStart(..) => {
                open.push(List(Vec::new()));
                continue;
            }
            Event::MappingStart(..) => {
                open.push(Map(Vec::new()));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop().expect("something open"),
            _ => continue,
        };
        match open.last_mut() {
            Some(List(items)) => items.push(ended),
            // A key, until the next value takes its place.
            Some(Map(entries)) => match (entries.last_mut(), ended) {
                (Some((_, last @ Scalar(_))), value) if *last == Scalar(AWAITED.to_owned()) => *last = value,
                (_, Scalar(key)) => entries.push((key, Scalar(AWAITED.to_owned()))),
                (_, other) => panic!("{other:?} is no key"),
            },
            _ => panic!("nothing open"),
        }
    }
    match open.pop() {
        Some(List(mut documents)) => documents.pop().expect("a document"),
        _ => panic!("not closed"),
    }
}

/// Stands where a value is still to come.
const AWAITED: &str = "\u{0}";

impl Value {
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Map(entries) => entries.iter().find(|(k, _)| k == key).map(|(_, v)| v).filter(|v| **v != Null),
            _ => None,
        }
    }

    pub fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        match self {
            Map(entries) => entries.iter_mut().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The values of a map or list.
    pub fn values_mut(&mut self) -> Vec<&mut Self> {
        match self {
            Map(entries) => entries.iter_mut().map(|(_, v)| v).collect(),
            List(items) => items.iter_mut().collect(),
            _ => Vec::new(),
        }
    }

    /// Sets a key of a map; null takes it away.
    pub fn set(&mut self, key: &str, value: Self) {
        if *self == Null {
            *self = Map(Vec::new());
        }
        if let Map(entries) = self {
            entries.retain(|(k, _)| k != key);
            if value != Null {
                entries.push((key.to_owned(), value));
            }
        }
    }

    fn merge(&mut self, other: &Self) {
        let Map(theirs) = other else { return };
        if *self == Null {
            *self = Map(Vec::new());
        }
        for (key, value) in theirs {
            match self.get_mut(key) {
                Some(ours) => ours.merge(value),
                None => self.set(key, value.clone()),
            }
        }
    }

    /// As JSON, which is YAML.
    pub fn text(&self) -> String {
        match self {
            Null => "null".to_owned(),
            Scalar(text) => format!("{text:?}"),
            List(items) => format!("[{}]", items.iter().map(Self::text).collect::<Vec<_>>().join(", ")),
            Map(entries) => {
                let entries = entries.iter().map(|(key, value)| format!("{key:?}: {}", value.text()));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// The document with every time `k` times as long, and everything per time so many times as slow. What is not written is
/// written with its default, so that no time stays what it was because nobody mentioned it.
pub fn stretched(value: &Value, shape: &Shape, k: f64) -> Value {
    match (shape, value) {
        (Shape::Scalar(scalar), Scalar(text)) => Scalar(stretched_text(text, scalar, k)),
        (Shape::List(of), List(items)) => List(items.iter().map(|item| stretched(item, of, k)).collect()),
        (Shape::Tuple(parts, _), List(items)) => {
            List(items.iter().zip(parts).map(|(item, (_, part))| stretched(item, part, k)).collect())
        }
        (Shape::Map(of), Map(entries)) => {
            Map(entries.iter().map(|(key, value)| (key.clone(), stretched(value, of, k))).collect())
        }
        (Shape::OneOf(_, ways), _) => match ways.iter().find(|way| fits(value, way)) {
            Some(way) => stretched(value, way, k),
            None => value.clone(),
        },
        (Shape::Record(record), Map(_) | Null) => {
            let of =
                |field: &FieldShape| Some((field.key.to_owned(), field_of(value.get(field.key), field, k)?));
            Map(record.fields.iter().filter_map(of).collect())
        }
        _ => value.clone(),
    }
}

fn field_of(value: Option<&Value>, field: &FieldShape, k: f64) -> Option<Value> {
    match (value, field.presence, &field.shape) {
        (Some(value), ..) => Some(stretched(value, &field.shape, k)),
        (None, Presence::Default(text), Shape::Scalar(scalar)) => {
            Some(Scalar(stretched_text(text, scalar, k)))
        }
        (None, Presence::Empty, Shape::Record(_)) => Some(stretched(&Null, &field.shape, k)),
        _ => None,
    }
}

/// Whether a value is written this way rather than another.
fn fits(value: &Value, way: &Shape) -> bool {
    match (way, value) {
        (Shape::Scalar(_), Scalar(_)) | (Shape::List(_), List(_)) | (Shape::Map(_), Map(_)) => true,
        (Shape::Choice(_, words), Scalar(text)) => words.iter().any(|(word, _)| word == text),
        (Shape::Tuple(parts, last_optional), List(items)) => {
            let least = parts.len() - usize::from(*last_optional);
            (least..=parts.len()).contains(&items.len())
                && items.iter().zip(parts).all(|(item, (_, part))| fits(item, part))
        }
        (Shape::Record(record), Map(entries)) => {
            entries.iter().all(|(key, _)| record.fields.iter().any(|field| field.key == key))
        }
        (Shape::OneOf(_, ways), _) => ways.iter().any(|way| fits(value, way)),
        _ => false,
    }
}

fn stretched_text(text: &str, scalar: &ScalarShape, k: f64) -> String {
    let Some(notation) = scalar.notation else { return text.to_owned() };
    let secs = |text: &str| match parse(Notation::Duration, text) {
        // In a rate, the unit alone.
        None => parse(Notation::Duration, &format!("1{text}")).expect("a time"),
        Some(secs) => secs,
    };
    match notation {
        Notation::Ago if text == "never" => text.to_owned(),
        Notation::Duration | Notation::Ago => format!("{}s", k * secs(text)),
        Notation::Effort => format!("{}s/server", k * secs(text.strip_suffix("/server").expect("an effort"))),
        Notation::Rate | Notation::ByteRate | Notation::MoneyRate => {
            let (amount, every) = text.split_once('/').expect("a rate");
            format!("{amount}/{}s", k * secs(every.trim()))
        }
        // A number per time though its unit is not written.
        Notation::Whole if scalar.name == "Yearly" => {
            format!("{}", parse(Notation::Whole, text).expect("a number") / k)
        }
        Notation::Ratio | Notation::Count | Notation::Whole | Notation::Power | Notation::Bytes => {
            text.to_owned()
        }
    }
}

/// The names that a document's author chose.
pub fn names(value: &Value, shape: &Shape, found: &mut BTreeSet<String>) {
    match (shape, value) {
        (Shape::List(of), List(items)) => items.iter().for_each(|item| names(item, of, found)),
        (Shape::Tuple(parts, _), List(items)) => {
            items.iter().zip(parts).for_each(|(item, (_, part))| names(item, part, found));
        }
        (Shape::Map(of), Map(entries)) => {
            for (key, value) in entries {
                found.extend(key.split(|c| !is_of_name(c)).map(str::to_owned));
                names(value, of, found);
            }
        }
        (Shape::OneOf(_, ways), _) => {
            ways.iter().find(|way| fits(value, way)).into_iter().for_each(|way| names(value, way, found));
        }
        (Shape::Record(record), Map(_)) => {
            let of = |field: &FieldShape| Some((value.get(field.key)?, field.shape.clone()));
            record.fields.iter().filter_map(of).for_each(|(value, shape)| names(value, &shape, found));
        }
        _ => {}
    }
}

/// The document with other names.
pub fn renamed(value: &Value, shape: &Shape, to: &BTreeMap<String, String>) -> Value {
    let name = |text: &str| renamed_text(text, to);
    match (shape, value) {
        (
            Shape::Scalar(ScalarShape { notation: None, name: "Name" | "Need" | "Place" | "End", .. }),
            Scalar(text),
        ) => Scalar(name(text)),
        (Shape::List(of), List(items)) => List(items.iter().map(|item| renamed(item, of, to)).collect()),
        (Shape::Tuple(parts, _), List(items)) => {
            List(items.iter().zip(parts).map(|(item, (_, part))| renamed(item, part, to)).collect())
        }
        (Shape::Map(of), Map(entries)) => {
            Map(entries.iter().map(|(key, value)| (name(key), renamed(value, of, to))).collect())
        }
        (Shape::OneOf(_, ways), _) => match ways.iter().find(|way| fits(value, way)) {
            Some(way) => renamed(value, way, to),
            None => value.clone(),
        },
        (Shape::Record(record), Map(entries)) => {
            let shape =
                |key: &str| record.fields.iter().find(|field| field.key == key).map(|field| &field.shape);
            let of = |(key, value): &(String, Value)| {
                (key.clone(), shape(key).map_or_else(|| value.clone(), |shape| renamed(value, shape, to)))
            };
            Map(entries.iter().map(of).collect())
        }
        _ => value.clone(),
    }
}

/// A text in which names stand, as in `site/panel+panel` or `one>other`.
pub fn renamed_text(text: &str, to: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    for part in text.split_inclusive(|c| !is_of_name(c)) {
        let end = part.find(|c| !is_of_name(c)).unwrap_or(part.len());
        out.push_str(to.get(&part[..end]).map_or(&part[..end], String::as_str));
        out.push_str(&part[end..]);
    }
    out
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}
