//! What the format accepts, as data: the schema and the reference are printed from it.

use super::quantity::Notation;

/// A kind of value.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A single value.
    Scalar(ScalarShape),
    /// One of some words, each with its meaning.
    Choice(&'static str, &'static [(&'static str, &'static str)]),
    /// A list.
    List(Box<Shape>),
    /// A list of fixed parts, each with its meaning; the last may be left out when the flag says so.
    Tuple(Vec<(&'static str, Shape)>, bool),
    /// Names chosen by the author, each with a value.
    Map(Box<Shape>),
    /// One of several ways to write it.
    OneOf(&'static str, Vec<Shape>),
    /// Fixed keys.
    Record(RecordShape),
}

/// A single value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScalarShape {
    /// Name in the schema.
    pub name: &'static str,
    /// What it is, in English and Korean.
    pub about: (&'static str, &'static str),
    /// How it is written, for quantities.
    pub notation: Option<Notation>,
    /// Smallest accepted.
    pub least: &'static str,
    /// Largest accepted.
    pub most: &'static str,
    /// How it may look.
    pub examples: &'static str,
}

/// Fixed keys.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordShape {
    /// Name in the schema.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Its keys, in the order they are best read.
    pub fields: Vec<FieldShape>,
}

/// A key.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldShape {
    /// The key.
    pub key: &'static str,
    /// What it says.
    pub about: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// What happens without it.
    pub presence: Presence,
}

/// What happens when a key is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// An error.
    Required,
    /// Something else decides; the key's own text says what.
    Optional,
    /// This is meant.
    Default(&'static str),
    /// An empty list or map, or a record with its own defaults.
    Empty,
}

/// A plain word or text.
pub const fn plain(name: &'static str, about: (&'static str, &'static str), examples: &'static str) -> Shape {
    Shape::Scalar(ScalarShape { name, about, notation: None, least: "", most: "", examples })
}

impl Shape {
    /// A value of this shape, as an author would write it.
    pub fn example(&self) -> String {
        match self {
            Self::Scalar(scalar) => scalar.examples.split(", ").next().unwrap_or_default().to_owned(),
            Self::Choice(_, words) => words.first().map_or(String::new(), |(word, _)| (*word).to_owned()),
            Self::List(of) => format!("[{}]", of.example()),
            Self::Tuple(parts, _) => {
                let parts: Vec<_> = parts.iter().map(|(_, shape)| shape.example()).collect();
                format!("[{}]", parts.join(", "))
            }
            Self::Map(_) => "{…}".to_owned(),
            Self::OneOf(_, ways) => ways.first().map_or(String::new(), Self::example),
            Self::Record(record) => {
                let required = record.fields.iter().filter(|field| field.presence == Presence::Required);
                let parts: Vec<_> =
                    required.map(|field| format!("{}: {}", field.key, field.shape.example())).collect();
                if parts.is_empty() { "{…}".to_owned() } else { format!("{{{}}}", parts.join(", ")) }
            }
        }
    }
}
