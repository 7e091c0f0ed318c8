//! The scenario format for people, from the same table that reads it.

use std::collections::BTreeSet;
use std::fmt::Write;

use bridge_engine::scenario::shape::{FieldShape, Presence, RecordShape, ScalarShape, Shape};
use bridge_engine::scenario::{CODES, Severity, is_parameter, shape};
use bridge_words::format::Wording;

use crate::language::Language;

/// The reference: every code, a table for each record, outermost first, then choices and quantities.
pub fn reference(language: Language) -> String {
    let wording = Wording { locale: language.locale() };
    let mut pages = Pages::new(&wording);
    let Shape::Record(root) = shape() else { return String::new() };
    pages.records.push((language.pick("The document", "문서").to_owned(), root));
    let mut text = codes(&wording);
    let mut next = 0;
    while let Some((title, record)) = pages.records.get(next).cloned() {
        let _ = write!(text, "## {title}\n\n{}\n\n", wording.record(&record, ""));
        head(&mut text, language.pick("key | value | without it | meaning", "키 | 값 | 생략하면 | 뜻"));
        for field in &record.fields {
            let value = pages.value(&field.shape, field.key);
            let (key, without, about) =
                (field.key, without(field, language), wording.field(&record, "", field));
            let parameter = if is_parameter(record.name, key) {
                language.pick(" *Model parameter.*", " *모델 매개변수.*")
            } else {
                ""
            };
            let _ = writeln!(text, "| `{key}` | {value} | {without} | {about}{parameter} |");
        }
        text.push('\n');
        next += 1;
    }
    let _ = write!(text, "## {}\n\n", language.pick("Words", "고를 수 있는 값"));
    for (name, words) in &pages.choices {
        let _ = write!(text, "**{name}**\n\n");
        head(&mut text, language.pick("word | meaning", "값 | 뜻"));
        for (word, about) in *words {
            let _ = writeln!(text, "| `{word}` | {} |", wording.word(name, word, about));
        }
        text.push('\n');
    }
    let _ = write!(text, "## {}\n\n", language.pick("Quantities", "수량"));
    let columns = ("name | what | written | least | most", "이름 | 무엇 | 쓰는 법 | 최소 | 최대");
    head(&mut text, language.pick(columns.0, columns.1));
    for scalar in &pages.scalars {
        let ScalarShape { name, about: (en, ko), examples, least, most, .. } = scalar;
        let about = language.pick(en, ko);
        let _ = writeln!(text, "| {name} | {about} | {} | {least} | {most} |", quoted(examples));
    }
    text
}

/// The first two lines of a table.
fn head(text: &mut String, columns: &str) {
    let rule = "---|".repeat(columns.split(" | ").count());
    let _ = writeln!(text, "| {columns} |\n|{rule}");
}

fn codes(wording: &Wording) -> String {
    let mut text = String::new();
    head(&mut text, Language::from(wording.locale).pick("code | weight | stands for", "코드 | 무게 | 뜻"));
    for (code, severity, about) in CODES {
        let weight = match severity {
            Severity::Error => Language::from(wording.locale).pick("error", "오류"),
            Severity::Warning => Language::from(wording.locale).pick("warning", "경고"),
        };
        let _ = writeln!(text, "| `{code}` | {weight} | {} |", wording.code(code, about));
    }
    text.push('\n');
    text
}

struct Pages<'a> {
    wording: &'a Wording,
    records: Vec<(String, RecordShape)>,
    choices: Vec<(&'static str, &'static [(&'static str, &'static str)])>,
    scalars: Vec<ScalarShape>,
    seen: BTreeSet<&'static str>,
}

impl<'a> Pages<'a> {
    fn new(wording: &'a Wording) -> Self {
        let (records, choices, scalars, seen) = (Vec::new(), Vec::new(), Vec::new(), BTreeSet::new());
        Self { wording, records, choices, scalars, seen }
    }

    /// How a value is written, in a cell.
    fn value(&mut self, shape: &Shape, key: &str) -> String {
        let language = Language::from(self.wording.locale);
        match shape {
            Shape::Scalar(scalar) => {
                if self.seen.insert(scalar.name) {
                    self.scalars.push(*scalar);
                }
                scalar.name.to_owned()
            }
            Shape::Choice("Flag", _) => language.pick("`true` or `false`", "`true` 또는 `false`").to_owned(),
            Shape::Choice(name, words) => {
                if self.seen.insert(name) {
                    self.choices.push((name, words));
                }
                (*name).to_owned()
            }
            Shape::List(of) => {
                let written = self.value(of, key);
                let several = matches!(**of, Shape::OneOf(..));
                let korean =
                    if several { format!("({written}) 목록") } else { format!("{written} 목록") };
                language.pick(format!("list of {written}"), korean)
            }
            Shape::Map(of) => {
                let written = self.value(of, key);
                language.pick(format!("names, each with {written}"), format!("이름마다 {written}"))
            }
            Shape::Tuple(parts, last_optional) => {
                let count = parts.len();
                let mut cells = Vec::new();
                for (index, (about, shape)) in parts.iter().enumerate() {
                    let may_miss = *last_optional && index + 1 == count;
                    let optional = if may_miss { language.pick(", optional", ", 생략 가능") } else { "" };
                    let about = self.wording.part(about);
                    cells.push(format!("{about} ({}{optional})", self.value(shape, key)));
                }
                format!("[{}]", cells.join(", "))
            }
            Shape::OneOf("Words", _) => {
                language.pick("a text, or `{en: …, ko: …}`", "글 또는 `{en: …, ko: …}`").to_owned()
            }
            Shape::OneOf(_, ways) => {
                let ways: Vec<String> = ways.iter().map(|way| self.value(way, key)).collect();
                ways.join(language.pick(" or ", " 또는 "))
            }
            Shape::Record(record) if record.fields.len() == 1 && record.name != "Languages" => {
                let mut parts = Vec::new();
                for field in &record.fields {
                    parts.push(format!("`{{{}: …}}` ({})", field.key, self.value(&field.shape, field.key)));
                }
                parts.join(" ")
            }
            Shape::Record(record) => {
                let title = title(record, key, language);
                if self.seen.insert(record.name) {
                    self.records.push((title.clone(), record.clone()));
                }
                format!("[{title}](#{})", title.to_lowercase().replace(' ', "-").replace('`', ""))
            }
        }
    }
}

/// The heading of a record: the key it stands under, where that is a key of the format.
fn title(record: &RecordShape, key: &str, language: Language) -> String {
    match record.name.strip_suffix("Parts") {
        Some(_) => language.pick(format!("`{key}` in full"), format!("`{key}` 전체 형식")),
        None => format!("`{key}`"),
    }
}

fn without(field: &FieldShape, language: Language) -> String {
    match field.presence {
        Presence::Required => language.pick("**required**", "**필수**").to_owned(),
        Presence::Optional => "–".to_owned(),
        Presence::Default(text) => format!("`{text}`"),
        Presence::Empty => match field.shape {
            Shape::List(_) | Shape::Map(_) => language.pick("none", "없음").to_owned(),
            _ => language.pick("its defaults", "각 키의 기본값").to_owned(),
        },
    }
}

fn quoted(examples: &str) -> String {
    examples.split(", ").map(|example| format!("`{example}`")).collect::<Vec<_>>().join(", ")
}
