//! A document that is being changed: its values without meaning, edited by path and written as text again.
//!
//! Only what the author wrote is in it: presets are named, not copied in, and what was left out stays left out. Comments
//! and the author's layout are lost. Text made here reads back as the same values, so that what an editor shows, what it
//! runs and what it saves are one thing.

use std::fmt::{self, Write};

use super::diagnostic::{Diagnostic, Sink};
use super::presets;
use super::tree::{At, Tree, Value};

/// Longest line that a value is put on, in characters, before it is broken into one line an entry.
const WIDTH: usize = 110;

/// A value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Node {
    /// Nothing.
    #[default]
    Null,
    /// A word, number or text.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// Keys with values, in their order.
    Map(Vec<(String, Node)>),
}

/// A step from a value to one in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// To what stands under a key.
    Key(String),
    /// To an item of a list, from 0.
    Index(usize),
}

/// The way from the whole document to a value, written `services.pay.needs[2]` as in diagnostics.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(pub Vec<Step>);

/// A document that is being changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub(super) root: Node,
}

impl Path {
    /// The way to what stands under keys, one in the other.
    pub fn keys<'a>(keys: impl IntoIterator<Item = &'a str>) -> Self {
        Self(keys.into_iter().map(|key| Step::Key(key.to_owned())).collect())
    }

    /// The same with one more key.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.step(Step::Key(key.to_owned()))
    }

    /// The same with one more item.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.step(Step::Index(index))
    }

    fn step(&self, step: Step) -> Self {
        Self(self.0.iter().cloned().chain([step]).collect())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step {
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Key(key) if i == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
            }
        }
        Ok(())
    }
}

impl Draft {
    /// Takes a document's values.
    ///
    /// # Errors
    /// What keeps the text from being read at all. What its values mean is only looked at by [`open`](super::open).
    pub fn read(text: &str) -> Result<Self, Vec<Diagnostic>> {
        let (tree, found) = Tree::read(text);
        if found.is_empty() {
            return Ok(Self::of(&tree));
        }
        let mut sink = Sink::default();
        for (at, problem) in found {
            sink.add(&tree, at, problem);
        }
        Err(sink.finish(&tree).0)
    }

    /// The values of a document that was read.
    pub(super) fn of(tree: &Tree) -> Self {
        Self { root: node(tree, Tree::ROOT) }
    }

    /// The same with what its presets bring.
    ///
    /// # Errors
    /// As of [`Draft::read`]; and a preset that does not exist.
    pub fn with_presets(text: &str) -> Result<Self, Vec<Diagnostic>> {
        let (mut tree, found) = Tree::read(text);
        let mut sink = Sink::default();
        for (at, problem) in found {
            sink.add(&tree, at, problem);
        }
        if !sink.is_tainted(Tree::ROOT) {
            presets::apply(&mut tree, &mut sink);
        }
        if sink.is_tainted(Tree::ROOT) {
            return Err(sink.finish(&tree).0);
        }
        Ok(Self::of(&tree))
    }

    /// The way to a value from how a diagnostic writes it; as far as there is something.
    #[must_use]
    pub fn find(&self, written: &str) -> Path {
        let (mut path, mut here, mut rest) = (Path::default(), &self.root, written);
        while let Some((step, next, left)) = next(here, rest) {
            path = path.step(step);
            (here, rest) = (next, left);
        }
        path
    }

    /// The document as text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        match &self.root {
            Node::Map(entries) if !entries.is_empty() => {
                for (i, (key, value)) in entries.iter().enumerate() {
                    // Sections stand apart.
                    if i > 0 && is_deep(value) {
                        text.push('\n');
                    }
                    entry(&mut text, 0, key, value);
                }
            }
            root => {
                flow(&mut text, root);
                text.push('\n');
            }
        }
        text
    }

    /// What stands at a place.
    #[must_use]
    pub fn get(&self, path: &Path) -> Option<&Node> {
        path.0.iter().try_fold(&self.root, |node, step| match (node, step) {
            (Node::Map(entries), Step::Key(key)) => entries.iter().find(|e| e.0 == *key).map(|e| &e.1),
            (Node::List(items), Step::Index(index)) => items.get(*index),
            _ => None,
        })
    }

    /// Puts a value at a place. Maps that are missing on the way are made; an item just past the end of a list is added to
    /// it. False, and nothing is changed: there is something else in the way.
    pub fn set(&mut self, path: &Path, value: Node) -> bool {
        if !can_reach(&self.root, &path.0) {
            return false;
        }
        let mut here = &mut self.root;
        for step in &path.0 {
            let Some(next) = enter(here, step) else { return false };
            here = next;
        }
        *here = value;
        true
    }

    /// Takes away what stands at a place. Nothing: there was nothing.
    pub fn remove(&mut self, path: &Path) -> Option<Node> {
        let (last, way) = path.0.split_last()?;
        match (self.get_mut(way)?, last) {
            (Node::Map(entries), Step::Key(key)) => {
                let at = entries.iter().position(|e| e.0 == *key)?;
                Some(entries.remove(at).1)
            }
            (Node::List(items), Step::Index(index)) if *index < items.len() => Some(items.remove(*index)),
            _ => None,
        }
    }

    /// Gives what stands under a key another one, in the same order. False, and nothing is changed: it is not there, or the
    /// other key is taken.
    pub fn rename(&mut self, path: &Path, to: &str) -> bool {
        let Some((Step::Key(from), way)) = path.0.split_last() else { return false };
        let Some(Node::Map(entries)) = self.get_mut(way) else { return false };
        if entries.iter().any(|e| e.0 == to) {
            return false;
        }
        let found = entries.iter_mut().find(|e| e.0 == *from);
        let is_there = found.is_some();
        if let Some(found) = found {
            to.clone_into(&mut found.0);
        }
        is_there
    }

    fn get_mut(&mut self, way: &[Step]) -> Option<&mut Node> {
        way.iter().try_fold(&mut self.root, |node, step| match (node, step) {
            (Node::Map(entries), Step::Key(key)) => {
                entries.iter_mut().find(|e| e.0 == *key).map(|e| &mut e.1)
            }
            (Node::List(items), Step::Index(index)) => items.get_mut(*index),
            _ => None,
        })
    }
}

/// The first step of a written way, what it leads to and what is left of it. Keys may hold the signs that join steps: the
/// longest key that fits is meant.
fn next<'a, 'w>(node: &'a Node, written: &'w str) -> Option<(Step, &'a Node, &'w str)> {
    match node {
        Node::Map(entries) => {
            let written = written.strip_prefix('.').unwrap_or(written);
            let fits = |key: &str| {
                let left = written.strip_prefix(key)?;
                (left.is_empty() || left.starts_with(['.', '['])).then_some(left)
            };
            let found = entries.iter().filter_map(|(key, value)| Some((key, value, fits(key)?)));
            let (key, value, left) = found.max_by_key(|(key, ..)| key.len())?;
            Some((Step::Key(key.clone()), value, left))
        }
        Node::List(items) => {
            let (index, left) = written.strip_prefix('[')?.split_once(']')?;
            let index = index.parse().ok()?;
            Some((Step::Index(index), items.get(index)?, left))
        }
        Node::Null | Node::Scalar(_) => None,
    }
}

fn node(tree: &Tree, at: At) -> Node {
    match tree.value(at) {
        Value::Null => Node::Null,
        Value::Scalar(text) => Node::Scalar(text.to_string()),
        Value::List(items) => Node::List(items.iter().map(|&item| node(tree, item)).collect()),
        Value::Map(entries) => {
            Node::Map(entries.iter().map(|&e| (tree.key(e).to_owned(), node(tree, e))).collect())
        }
    }
}

/// Whether a value can be put at the end of a way.
fn can_reach(root: &Node, way: &[Step]) -> bool {
    let mut here = Some(root);
    for step in way {
        here = match (here, step) {
            (None | Some(Node::Null), Step::Key(_)) => None,
            (None | Some(Node::Null), Step::Index(0)) => None,
            (Some(Node::Map(entries)), Step::Key(key)) => entries.iter().find(|e| e.0 == *key).map(|e| &e.1),
            (Some(Node::List(items)), Step::Index(index)) if *index <= items.len() => items.get(*index),
            _ => return false,
        };
    }
    true
}

/// The value a step leads to, made if it is missing.
fn enter<'a>(node: &'a mut Node, step: &Step) -> Option<&'a mut Node> {
    if *node == Node::Null {
        *node = match step {
            Step::Key(_) => Node::Map(Vec::new()),
            Step::Index(_) => Node::List(Vec::new()),
        };
    }
    match (node, step) {
        (Node::Map(entries), Step::Key(key)) => {
            let at = entries.iter().position(|e| e.0 == *key).unwrap_or_else(|| {
                entries.push((key.clone(), Node::Null));
                entries.len() - 1
            });
            entries.get_mut(at).map(|e| &mut e.1)
        }
        (Node::List(items), Step::Index(index)) => {
            if *index == items.len() {
                items.push(Node::Null);
            }
            items.get_mut(*index)
        }
        _ => None,
    }
}

/// Whether there are maps or lists in it.
fn is_deep(value: &Node) -> bool {
    match value {
        Node::Null | Node::Scalar(_) => false,
        Node::List(items) => !items.is_empty(),
        Node::Map(entries) => !entries.is_empty(),
    }
}

/// A key with its value: on one line if it fits there.
fn entry(out: &mut String, indent: usize, key: &str, value: &Node) {
    let _ = write!(out, "{:indent$}", "");
    scalar(out, key);
    out.push(':');
    rest(out, indent, value, indent + key.chars().count() + 2);
}

/// What comes after a key's colon or an item's dash, at a column.
fn rest(out: &mut String, indent: usize, value: &Node, column: usize) {
    let mut line = String::new();
    flow(&mut line, value);
    // Sections of the document are never squeezed onto a line.
    if !is_deep(value) || (indent > 0 && column + line.chars().count() <= WIDTH) {
        if *value != Node::Null {
            out.push(' ');
            out.push_str(&line);
        }
        out.push('\n');
        return;
    }
    out.push('\n');
    let inner = indent + 2;
    match value {
        Node::Map(entries) => entries.iter().for_each(|(key, value)| entry(out, inner, key, value)),
        Node::List(items) => {
            for item in items {
                let _ = write!(out, "{:inner$}-", "");
                rest(out, inner, item, inner + 2);
            }
        }
        Node::Null | Node::Scalar(_) => {}
    }
}

/// A value on one line.
fn flow(out: &mut String, value: &Node) {
    match value {
        Node::Null => out.push_str("null"),
        Node::Scalar(text) => scalar(out, text),
        Node::List(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                out.push_str(if i > 0 { ", " } else { "" });
                flow(out, item);
            }
            out.push(']');
        }
        Node::Map(entries) => {
            out.push('{');
            for (i, (key, value)) in entries.iter().enumerate() {
                out.push_str(if i > 0 { ", " } else { "" });
                scalar(out, key);
                out.push_str(": ");
                flow(out, value);
            }
            out.push('}');
        }
    }
}

/// A word as it is where that can be mistaken for nothing else, else in quotes.
fn scalar(out: &mut String, text: &str) {
    if is_plain(text) {
        out.push_str(text);
        return;
    }
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_printable(c) => out.push(c),
            c if (c as u32) < 0x1_0000 => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => {
                let _ = write!(out, "\\U{:08X}", c as u32);
            }
        }
    }
    out.push('"');
}

/// Words of letters, digits and a few signs with single spaces between them, that mean no nothing.
fn is_plain(text: &str) -> bool {
    let word = |word: &str| {
        let mut chars = word.chars();
        let good = |c: char| c.is_alphanumeric() || "_-+./%~".contains(c);
        chars.next().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '~') && chars.all(good)
    };
    !matches!(text, "" | "~" | "null" | "Null" | "NULL")
        && text.chars().all(is_printable)
        && text.split(' ').all(word)
}

/// Whether a character stands for itself in every reader of YAML: no control, no mark of byte order, no other line break.
fn is_printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}
