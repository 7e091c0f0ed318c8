//! The scenario document: text in, a checked [`crate::World`] or a list of diagnostics out.
//!
//! ```text
//! text ──tree──▶ spanned nodes ──records──▶ Document ──resolve──▶ World ──check──▶ errors
//!                      ▲                   (types, units)                └─lessons─▶ warnings
//!                   presets
//! ```
//!
//! No step stops at the first mistake, and none lets a document with a mistake through. Any text at all ends in one or
//! the other, in bounded time and memory.

mod check;
mod codes;
pub mod diagnostic;
mod document;
pub mod draft;
mod graph;
mod lessons;
mod order;
pub mod packed;
mod parameters;
mod presets;
mod quantity;
mod read;
mod record;
mod resolve;
pub mod shape;
mod tree;
mod words;

pub use codes::CODES;
pub use diagnostic::{Diagnostic, Severity};
pub use document::SCHEMA;
pub use parameters::{PARAMETERS, is_parameter};
pub use quantity::{Notation, parse};
pub use tree::MAX_BYTES;

use crate::Span;
use crate::world::{Text, World};
use diagnostic::{Problem, Sink};
use document::Document;
use draft::Draft;
use read::{Cx, Read};
use tree::Tree;

/// A document that can be run.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// What it describes.
    pub world: World,
    /// What is known to have happened, in the order of time. The run never reads it.
    pub facts: Vec<Fact>,
    /// What is worth a second look.
    pub warnings: Vec<Diagnostic>,
}

/// Something known to have happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// When, after the beginning of the run.
    pub at: Span,
    /// What.
    pub text: Text,
    /// Who says so.
    pub source: Option<String>,
}

/// Opens a scenario document, YAML or JSON.
///
/// # Errors
/// Everything that is wrong with it, in the order of the text, followed by nothing: warnings are only given for a
/// document that can be run.
pub fn open(text: &str) -> Result<Scenario, Vec<Diagnostic>> {
    opened(text).map(|(scenario, _)| scenario)
}

/// The same, with the values it was made of: those written and those that presets bring. For whoever goes on to show them.
///
/// # Errors
/// As of [`open`].
pub fn open_with_values(text: &str) -> Result<(Scenario, Draft), Vec<Diagnostic>> {
    opened(text).map(|(scenario, tree)| (scenario, Draft::of(&tree)))
}

fn opened(text: &str) -> Result<(Scenario, Tree), Vec<Diagnostic>> {
    let (mut tree, found) = Tree::read(text);
    let mut sink = Sink::default();
    let broken = found.iter().any(|(_, problem)| !matches!(problem, Problem::DuplicateKey { .. }));
    for (at, problem) in found {
        sink.add(&tree, at, problem);
    }
    if broken {
        return Err(sink.finish(&tree).0);
    }
    presets::apply(&mut tree, &mut sink);
    let mut cx = Cx { tree: &tree, sink: &mut sink };
    let document = Document::read(&mut cx, Tree::ROOT);
    let (world, spots) = resolve::resolve(&mut cx, &document);
    check::check(&mut cx, &world, &spots);
    if cx.sink.is_tainted(Tree::ROOT) {
        return Err(sink.finish(&tree).0);
    }
    lessons::lessons(&mut cx, &world, &spots);
    let (_, warnings) = sink.finish(&tree);
    let facts = facts(&document);
    Ok((Scenario { world, facts, warnings }, tree))
}

fn facts(document: &Document) -> Vec<Fact> {
    let facts = document.facts.iter();
    let facts: Vec<Fact> = facts
        .map(|fact| Fact { at: fact.at.span(), text: fact.text.clone(), source: fact.source.clone() })
        .collect();
    crate::kernel::order::sorted(facts, &|a, b| a.at.cmp(&b.at))
}

/// What the format accepts.
#[must_use]
pub fn shape() -> shape::Shape {
    Document::shape()
}
