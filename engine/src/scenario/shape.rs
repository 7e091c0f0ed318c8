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

/// A record's name without the ending that tells it from the world's type of the same name.
pub fn public_name(name: &'static str) -> &'static str {
    name.strip_suffix("Doc").unwrap_or(name)
}

/// A plain word or text.
pub const fn plain(name: &'static str, about: (&'static str, &'static str), examples: &'static str) -> Shape {
    Shape::Scalar(ScalarShape { name, about, notation: None, least: "", most: "", examples })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::quantity::parse;

    /// Every record of the format.
    fn records(shape: &Shape, found: &mut Vec<RecordShape>) {
        match shape {
            Shape::Scalar(_) | Shape::Choice(..) => {}
            Shape::List(of) | Shape::Map(of) => records(of, found),
            Shape::Tuple(parts, _) => parts.iter().for_each(|(_, part)| records(part, found)),
            Shape::OneOf(_, ways) => ways.iter().for_each(|way| records(way, found)),
            Shape::Record(record) => {
                record.fields.iter().for_each(|field| records(&field.shape, found));
                found.push(record.clone());
            }
        }
    }

    fn fields() -> Vec<FieldShape> {
        let mut found = Vec::new();
        records(&crate::scenario::shape(), &mut found);
        found.into_iter().flat_map(|record| record.fields).collect()
    }

    #[test]
    fn bounds_and_examples_are_what_they_say() {
        for field in fields() {
            let Shape::Scalar(ScalarShape { notation: Some(notation), least, most, examples, name, .. }) =
                field.shape
            else {
                continue;
            };
            let read = |text| parse(notation, text).unwrap_or_else(|| panic!("{name}: {text}"));
            assert!(read(least) < read(most), "{name}");
            for example in examples.split(", ").filter(|example| *example != "never") {
                assert!((read(least)..=read(most)).contains(&read(example)), "{name}: {example}");
            }
        }
    }

    #[test]
    fn defaults_can_be_written() {
        let mut seen = 0;
        for field in fields() {
            let Presence::Default(text) = field.presence else { continue };
            seen += 1;
            match field.shape {
                Shape::Scalar(ScalarShape { notation: Some(notation), least, most, .. }) => {
                    let read =
                        |text| parse(notation, text).unwrap_or_else(|| panic!("{}: {text}", field.key));
                    let never = text == "never";
                    assert!(never || (read(least)..=read(most)).contains(&read(text)), "{}", field.key);
                }
                Shape::Choice(_, words) => {
                    assert!(words.iter().any(|(word, _)| *word == text), "{}", field.key);
                }
                _ => {}
            }
        }
        assert!(seen > 50, "{seen}");
    }

    #[test]
    fn everything_is_explained() {
        for field in fields() {
            assert!(field.about.ends_with('.'), "{}: {}", field.key, field.about);
        }
    }
}
