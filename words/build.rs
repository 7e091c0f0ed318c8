//! Turns `assets/locales/{en,ko}/app.ftl` and `ko/format.ftl` into Rust tables, so that no reader of messages has to be
//! downloaded.
//!
//! ```text
//!  figure-users = { $n } users  ──▶  enum Msg { FigureUsers, … }   FIRST = "…⟨ARG⟩n⟨STOP⟩ users⟨END⟩…", and where it begins
//! ```
//!
//! The build fails where a language lacks a message of the other or uses an argument that the other does not.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

include!("src/marks.rs");

type Failure = Box<dyn std::error::Error>;
type Messages = BTreeMap<String, Message>;

/// One message: its text with marks, and the arguments it uses.
struct Message {
    text: String,
    arguments: BTreeSet<String>,
}

fn main() -> Result<(), Failure> {
    println!("cargo::rerun-if-changed=../assets/locales/en/app.ftl");
    println!("cargo::rerun-if-changed=../assets/locales/ko/app.ftl");
    println!("cargo::rerun-if-changed=../assets/locales/ko/format.ftl");
    println!("cargo::rerun-if-changed=build.rs");
    let (en, ko) = (read("en")?, read("ko")?);
    compare(&en, &ko)?;
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("messages.rs"), generate(&en, &ko)?)?;
    fs::write(Path::new(&out).join("format.rs"), format(FORMAT)?)?;
    Ok(())
}

const FORMAT: &str = "../assets/locales/ko/format.ftl";

/// The Korean of the format: messages without arguments, each one piece of text, sorted by name.
fn format(path: &str) -> Result<String, Failure> {
    let text = fs::read_to_string(path)?;
    let resource =
        fluent_syntax::parser::parse(text.as_str()).map_err(|(_, errors)| format!("{path}: {errors:?}"))?;
    let mut messages = BTreeMap::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let name = message.id.name;
        let value = message.value.as_ref().map(|pattern| pattern.elements.as_slice());
        let Some([PatternElement::TextElement { value }]) = value else {
            return Err(format!("{path}: {name} is not one piece of text").into());
        };
        if messages.insert(name, value).is_some() {
            return Err(format!("{path}: {name} is written twice").into());
        }
    }
    let mut code = format!("static FORMAT_KO: [(&str, &str); {}] = [\n", messages.len());
    for (name, value) in messages {
        writeln!(code, "    ({name:?}, {value:?}),")?;
    }
    code.push_str("];\n");
    Ok(code)
}

fn read(language: &str) -> Result<Messages, Failure> {
    let path = format!("../assets/locales/{language}/app.ftl");
    let text = fs::read_to_string(&path)?;
    let resource =
        fluent_syntax::parser::parse(text.as_str()).map_err(|(_, errors)| format!("{path}: {errors:?}"))?;
    let mut messages = Messages::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let name = message.id.name.to_owned();
        let pattern = message.value.as_ref().ok_or_else(|| format!("{path}: {name} has no text"))?;
        let mut arguments = BTreeSet::new();
        let mut text = pieces(pattern, &mut arguments).map_err(|e| format!("{path}: {name}: {e}"))?;
        text.push(END);
        if messages.insert(name.clone(), Message { text, arguments }).is_some() {
            return Err(format!("{path}: {name} is written twice").into());
        }
    }
    Ok(messages)
}

fn pieces(pattern: &Pattern<&str>, arguments: &mut BTreeSet<String>) -> Result<String, Failure> {
    let mut text = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => text.push_str(plain(value)?),
            PatternElement::Placeable { expression } => text.push_str(&placeable(expression, arguments)?),
        }
    }
    Ok(text)
}

/// A text, in which no mark may stand.
fn plain(text: &str) -> Result<&str, Failure> {
    if text.chars().any(|c| c <= OTHER) {
        Err("control characters mean something here".into())
    } else {
        Ok(text)
    }
}

fn placeable(expression: &Expression<&str>, arguments: &mut BTreeSet<String>) -> Result<String, Failure> {
    match expression {
        Expression::Inline(InlineExpression::VariableReference { id }) => {
            arguments.insert(id.name.to_owned());
            Ok(format!("{ARG}{}{STOP}", id.name))
        }
        Expression::Inline(InlineExpression::StringLiteral { value }) => Ok(plain(value)?.to_owned()),
        Expression::Inline(InlineExpression::FunctionReference { id, arguments: call })
            if id.name == "JOSA" =>
        {
            match call.positional.as_slice() {
                [InlineExpression::VariableReference { id }, InlineExpression::StringLiteral { value }] => {
                    arguments.insert(id.name.to_owned());
                    Ok(format!("{JOSA}{}{STOP}{}{STOP}", id.name, plain(value)?))
                }
                _ => Err("JOSA takes a variable and a pair such as \"이/가\"".into()),
            }
        }
        Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
            arguments.insert(id.name.to_owned());
            let mut text = format!("{SELECT}{}{STOP}", id.name);
            let mut other = String::new();
            for variant in variants {
                let VariantKey::Identifier { name: key } = variant.key else {
                    return Err("write [one], not a number".into());
                };
                let said = pieces(&variant.value, arguments)?;
                if variant.default {
                    other = said;
                } else {
                    let key = if key == "one" { "1" } else { key };
                    write!(text, "{key}{STOP}{said}{END}")?;
                }
            }
            write!(text, "{OTHER}{other}{END}")?;
            Ok(text)
        }
        _ => Err("only variables, strings, JOSA and selections are understood".into()),
    }
}

fn compare(en: &Messages, ko: &Messages) -> Result<(), Failure> {
    let mut wrong = String::new();
    for name in en.keys().chain(ko.keys()).collect::<BTreeSet<_>>() {
        match (en.get(name), ko.get(name)) {
            (Some(_), None) => writeln!(wrong, "{name}: no Korean")?,
            (None, Some(_)) => writeln!(wrong, "{name}: no English")?,
            (Some(a), Some(b)) if a.arguments != b.arguments => writeln!(wrong, "{name}: other arguments")?,
            _ => {}
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("the languages differ:\n{wrong}").into()) }
}

/// What messages about the rooms that come later begin with: their texts come with them.
const LATER: [&str; 22] = [
    "block", "finding", "lost", "task", "bridge", "bridges", "chart", "column", "compare", "debrief",
    "design", "errors", "gallery", "hands", "key", "mend", "money", "report", "said", "score", "table",
    "text",
];

fn is_later(name: &str) -> bool {
    LATER.contains(&name.split('-').next().unwrap_or_default())
}

fn generate(en: &Messages, ko: &Messages) -> Result<String, Failure> {
    let mut code = String::from(
        "/// A message.\n#[derive(Clone, Copy, Debug, PartialEq, Eq)]\n#[expect(missing_docs, reason = \"each is what it says\")]\npub enum Msg {\n",
    );
    let (later, first): (Vec<&String>, Vec<&String>) = en.keys().partition(|name| is_later(name));
    for name in first.iter().chain(&later) {
        writeln!(code, "    {},", camel(name))?;
    }
    code.push_str("}\n");
    for (table, names) in [("FIRST", &first), ("LATER", &later)] {
        writeln!(code, "static {table}: [Texts; 2] = [")?;
        for messages in [en, ko] {
            let (mut text, mut begins) = (String::new(), Vec::new());
            for name in names {
                begins.push(u16::try_from(text.len())?);
                text.push_str(&messages[*name].text);
            }
            writeln!(code, "    ({text:?}, &{begins:?}),")?;
        }
        code.push_str("];\n");
    }
    Ok(code)
}

fn camel(name: &str) -> String {
    name.split('-')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
        })
        .collect()
}
