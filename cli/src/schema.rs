//! The scenario format as a JSON Schema, from the same table that reads it.

use std::collections::BTreeSet;

use bridge_engine::scenario::shape::{FieldShape, Presence, RecordShape, ScalarShape, Shape};
use bridge_engine::scenario::{Notation, SCHEMA, shape};
use bridge_words::format::Wording;
use serde_json::{Map, Value, json};

use crate::language::Language;

/// The schema, with its descriptions in one language.
pub fn schema(language: Language) -> Value {
    let wording = Wording { locale: language.locale() };
    let mut writer = Writer { wording: &wording, definitions: Map::new(), busy: BTreeSet::new() };
    let Shape::Record(record) = shape() else { return Value::Null };
    let mut root = writer.record(&record, "");
    if let Value::Object(root) = &mut root {
        root.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        root.insert(
            "title".to_owned(),
            json!(format!("{} ({SCHEMA})", language.pick("Scenario", "시나리오"))),
        );
        root.insert("$defs".to_owned(), Value::Object(writer.definitions));
    }
    root
}

struct Writer<'a> {
    wording: &'a Wording,
    definitions: Map<String, Value>,
    busy: BTreeSet<&'static str>,
}

impl Writer<'_> {
    fn value(&mut self, shape: &Shape) -> Value {
        match shape {
            Shape::Scalar(scalar) => {
                self.named(scalar.name, |writer| scalar_schema(scalar, Language::from(writer.wording.locale)))
            }
            Shape::Choice(name, words) => self.named(name, |writer| {
                let say = |word, about| format!("{word}: {}", writer.wording.word(name, word, about));
                let about: Vec<String> = words.iter().map(|(word, about)| say(word, about)).collect();
                let mut options: Vec<Value> = words.iter().map(|(word, _)| json!(word)).collect();
                if *name == "Flag" {
                    options = vec![json!(true), json!(false)];
                }
                json!({ "enum": options, "description": about.join("\n") })
            }),
            Shape::List(of) => json!({ "type": ["array", "null"], "items": self.value(of) }),
            Shape::Tuple(parts, last_optional) => {
                let items: Vec<Value> = parts
                    .iter()
                    .map(|(about, shape)| {
                        json!({ "description": self.wording.part(about), "allOf": [self.value(shape)] })
                    })
                    .collect();
                let least = items.len() - usize::from(*last_optional);
                json!({ "type": "array", "prefixItems": items, "items": false, "minItems": least })
            }
            Shape::Map(of) => json!({ "type": ["object", "null"], "additionalProperties": self.value(of) }),
            Shape::OneOf(name, ways) => self.named(name, |writer| {
                let way = |way: &Shape| match way {
                    Shape::Record(record) if record.name.is_empty() => writer.record(record, name),
                    _ => writer.value(way),
                };
                let ways: Vec<Value> = ways.iter().map(way).collect();
                json!({ "anyOf": ways })
            }),
            Shape::Record(record) => self.named(record.name, |writer| writer.record(record, "")),
        }
    }

    /// A definition that is written once and referred to.
    fn named(&mut self, name: &'static str, write: impl FnOnce(&mut Self) -> Value) -> Value {
        if self.busy.insert(name) {
            let written = write(self);
            self.definitions.insert(name.to_owned(), written);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    /// Fixed keys. A record without a name is told by `within`, what it is a way to write.
    fn record(&mut self, record: &RecordShape, within: &str) -> Value {
        let mut properties = Map::new();
        for field in &record.fields {
            let about = self.wording.field(record, within, field);
            properties.insert(field.key.to_owned(), self.field(field, about));
        }
        let required: Vec<&str> = record
            .fields
            .iter()
            .filter(|field| field.presence == Presence::Required)
            .map(|field| field.key)
            .collect();
        let mut schema = json!({
            "type": if required.is_empty() { json!(["object", "null"]) } else { json!("object") },
            "description": self.wording.record(record, within),
            "properties": properties,
            "additionalProperties": false,
        });
        if let (false, Value::Object(schema)) = (required.is_empty(), &mut schema) {
            schema.insert("required".to_owned(), json!(required));
        }
        schema
    }

    fn field(&mut self, field: &FieldShape, about: &str) -> Value {
        let Value::Object(mut schema) = self.value(&field.shape) else { return Value::Null };
        schema.insert("description".to_owned(), json!(about));
        if let Presence::Default(default) = field.presence {
            schema.insert("default".to_owned(), default_value(default));
        }
        Value::Object(schema)
    }
}

/// Defaults are kept as an author would write them; numbers and flags are no strings there.
fn default_value(text: &str) -> Value {
    match text {
        "true" => json!(true),
        "false" => json!(false),
        _ => text
            .parse::<i64>()
            .map(|n| json!(n))
            .or_else(|_| text.parse::<f64>().map(|n| json!(n)))
            .unwrap_or(json!(text)),
    }
}

fn scalar_schema(scalar: &ScalarShape, language: Language) -> Value {
    let (en, ko) = scalar.about;
    let about = language.pick(en, ko);
    let examples: Vec<&str> = scalar.examples.split(", ").collect();
    match scalar.notation {
        None if scalar.name == "Schema" => json!({ "const": SCHEMA }),
        None => json!({ "type": "string", "description": about, "examples": examples }),
        Some(notation) => {
            let (least, most) = (scalar.least, scalar.most);
            let description = language
                .pick(format!("{about}, {least} to {most}"), format!("{about}, {least} 이상 {most} 이하"));
            let plain = matches!(notation, Notation::Ratio | Notation::Count | Notation::Whole);
            json!({
                "type": if plain { json!(["string", "number"]) } else { json!("string") },
                "description": description,
                "examples": examples,
                "pattern": pattern(notation),
            })
        }
    }
}

/// How a quantity looks, for editors that check while one types.
fn pattern(notation: Notation) -> String {
    const NUMBER: &str = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?";
    const TIME: &str = "(us|ms|s|m|h|d|w|y)";
    const BYTES: &str = "([kMGTPE]?B|[KMGTP]iB)";
    let duration = format!(r"({NUMBER}\s*{TIME}\s*)+");
    match notation {
        Notation::Duration => format!("^{duration}$"),
        Notation::Ago => format!("^(never|{duration})$"),
        Notation::Ratio => format!(r"^{NUMBER}\s*%?$"),
        Notation::Count | Notation::Whole => format!(r"^{NUMBER}\s*[kMG]?$"),
        Notation::Power => format!(r"^{NUMBER}\s*[kMG]?W$"),
        Notation::Bytes => format!(r"^{NUMBER}\s*{BYTES}$"),
        Notation::ByteRate => format!(r"^{NUMBER}\s*{BYTES}\s*/\s*({TIME}|{duration})$"),
        Notation::Rate | Notation::MoneyRate => format!(r"^{NUMBER}\s*[kMG]?\s*/\s*({TIME}|{duration})$"),
        Notation::Effort => format!("^{duration}/server$"),
    }
}
