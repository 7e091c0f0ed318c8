//! The scenario format for people, from the same table that reads it.

use std::collections::BTreeSet;
use std::fmt::Write;

use bridge_engine::scenario::shape::{FieldShape, Presence, RecordShape, ScalarShape, Shape};
use bridge_engine::scenario::{CODES, is_parameter, shape};

/// The reference: every code, a table for each record, outermost first, then choices and quantities.
pub fn reference() -> String {
    let mut pages = Pages::default();
    let Shape::Record(root) = shape() else { return String::new() };
    pages.records.push(("The document".to_owned(), root));
    let mut text = codes();
    let mut next = 0;
    while let Some((title, record)) = pages.records.get(next).cloned() {
        let _ = write!(text, "## {title}\n\n{}\n\n", record.about);
        text.push_str("| key | value | without it | meaning |\n|---|---|---|---|\n");
        for field in &record.fields {
            let value = pages.value(&field.shape, field.key);
            let (key, without, about) = (field.key, without(field), field.about);
            let parameter = if is_parameter(record.name, key) { " *Model parameter.*" } else { "" };
            let _ = writeln!(text, "| `{key}` | {value} | {without} | {about}{parameter} |");
        }
        text.push('\n');
        next += 1;
    }
    text.push_str("## Words\n\n");
    for (name, words) in &pages.choices {
        let _ = write!(text, "**{name}**\n\n| word | meaning |\n|---|---|\n");
        for (word, about) in *words {
            let _ = writeln!(text, "| `{word}` | {about} |");
        }
        text.push('\n');
    }
    text.push_str("## Quantities\n\n| name | what | written | least | most |\n|---|---|---|---|---|\n");
    for scalar in &pages.scalars {
        let ScalarShape { name, about: (about, _), examples, least, most, .. } = scalar;
        let _ = writeln!(text, "| {name} | {about} | {} | {least} | {most} |", quoted(examples));
    }
    text
}

fn codes() -> String {
    let mut text = String::from("| code | weight | stands for |\n|---|---|---|\n");
    for (code, severity, about) in CODES {
        let _ = writeln!(text, "| `{code}` | {severity} | {about} |");
    }
    text.push('\n');
    text
}

#[derive(Default)]
struct Pages {
    records: Vec<(String, RecordShape)>,
    choices: Vec<(&'static str, &'static [(&'static str, &'static str)])>,
    scalars: Vec<ScalarShape>,
    seen: BTreeSet<&'static str>,
}

impl Pages {
    /// How a value is written, in a cell.
    fn value(&mut self, shape: &Shape, key: &str) -> String {
        match shape {
            Shape::Scalar(scalar) => {
                if self.seen.insert(scalar.name) {
                    self.scalars.push(*scalar);
                }
                scalar.name.to_owned()
            }
            Shape::Choice("Flag", _) => "`true` or `false`".to_owned(),
            Shape::Choice(name, words) => {
                if self.seen.insert(name) {
                    self.choices.push((name, words));
                }
                (*name).to_owned()
            }
            Shape::List(of) => format!("list of {}", self.value(of, key)),
            Shape::Map(of) => format!("names, each with {}", self.value(of, key)),
            Shape::Tuple(parts, last_optional) => {
                let count = parts.len();
                let mut cells = Vec::new();
                for (index, (about, shape)) in parts.iter().enumerate() {
                    let optional = if *last_optional && index + 1 == count { ", optional" } else { "" };
                    cells.push(format!("{about} ({}{optional})", self.value(shape, key)));
                }
                format!("[{}]", cells.join(", "))
            }
            Shape::OneOf("Words", _) => "a text, or `{en: …, ko: …}`".to_owned(),
            Shape::OneOf(_, ways) => {
                let ways: Vec<String> = ways.iter().map(|way| self.value(way, key)).collect();
                ways.join(" or ")
            }
            Shape::Record(record) if record.fields.len() == 1 && record.name != "Languages" => {
                let mut parts = Vec::new();
                for field in &record.fields {
                    parts.push(format!("`{{{}: …}}` ({})", field.key, self.value(&field.shape, field.key)));
                }
                parts.join(" ")
            }
            Shape::Record(record) => {
                if self.seen.insert(record.name) {
                    self.records.push((title(record, key), record.clone()));
                }
                let title = title(record, key);
                format!("[{title}](#{})", title.to_lowercase().replace(' ', "-").replace('`', ""))
            }
        }
    }
}

/// The heading of a record: the key it stands under, where that is a key of the format.
fn title(record: &RecordShape, key: &str) -> String {
    match record.name.strip_suffix("Parts") {
        Some(_) => format!("`{key}` in full"),
        None => format!("`{key}`"),
    }
}

fn without(field: &FieldShape) -> String {
    match field.presence {
        Presence::Required => "**required**".to_owned(),
        Presence::Optional => "–".to_owned(),
        Presence::Default(text) => format!("`{text}`"),
        Presence::Empty => match field.shape {
            Shape::List(_) | Shape::Map(_) => "none".to_owned(),
            _ => "its defaults".to_owned(),
        },
    }
}

fn quoted(examples: &str) -> String {
    examples.split(", ").map(|example| format!("`{example}`")).collect::<Vec<_>>().join(", ")
}
