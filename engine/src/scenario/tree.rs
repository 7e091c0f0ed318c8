//! Text to tree. YAML 1.2 contains JSON, so one parser reads both.
//!
//! The tree is an arena of nodes that know their parent, so that a place in the document ([`At`]) is one number and its
//! path is only written out when somebody has to read it. It is built from parser events without recursion, within
//! limits on bytes, nodes and depth.

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::diagnostic::{Limit, Problem, Unsupported};
use super::order::sorted;

/// Longest document read, in bytes.
pub const MAX_BYTES: usize = 8 << 20;
/// Most values in a document, presets included.
pub const MAX_NODES: usize = 600_000;
/// Deepest nesting.
pub const MAX_DEPTH: usize = 64;
/// Longest key or name, in characters.
pub const MAX_KEY: usize = 64;

/// A place in a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At(u32);

impl At {
    /// No place at all: where what was left out is read from. It holds nothing, and nothing is reported of it.
    pub const NOWHERE: Self = Self(u32::MAX);

    /// The place as an index.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Line and column, both from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line.
    pub line: u32,
    /// Column, in characters.
    pub column: u32,
}

/// How a node hangs on its parent.
#[derive(Clone, Debug)]
enum Step {
    /// Not at all: the root, or a node that only marks where reading stopped.
    Bare,
    Key {
        name: Box<str>,
        position: Position,
    },
    Index(u32),
}

/// What a node holds.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing written.
    Null,
    /// A word, number or text, as written.
    Scalar(Box<str>),
    /// A list.
    List(Vec<At>),
    /// Keys with values, in the order written.
    Map(Vec<At>),
}

#[derive(Clone, Debug)]
struct Node {
    parent: At,
    step: Step,
    position: Position,
    value: Value,
}

/// A document without meaning yet.
#[derive(Clone, Debug)]
pub struct Tree {
    nodes: Vec<Node>,
}

/// What building a tree found wrong, and where.
pub type Found = Vec<(At, Problem)>;

impl Tree {
    /// The whole document.
    pub const ROOT: At = At(0);

    /// Reads text. The tree is complete when no problem was found, else it holds what came before.
    pub fn read(text: &str) -> (Self, Found) {
        let mut builder = Builder::new();
        if text.len() > MAX_BYTES {
            builder.found.push((Self::ROOT, Problem::TooLarge { what: Limit::Bytes, limit: MAX_BYTES }));
        } else {
            builder.run(text);
        }
        (Self { nodes: builder.nodes }, builder.found)
    }

    fn node(&self, at: At) -> Option<&Node> {
        self.nodes.get(at.index())
    }

    /// What stands at a place.
    pub fn value(&self, at: At) -> &Value {
        self.node(at).map_or(&Value::Null, |node| &node.value)
    }

    /// The word written at a place, if it is one.
    pub fn text(&self, at: At) -> Option<&str> {
        match self.value(at) {
            Value::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// The entries of a map; none for anything else.
    pub fn entries(&self, at: At) -> &[At] {
        match self.value(at) {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The value under a key of a map.
    pub fn get(&self, at: At, key: &str) -> Option<At> {
        self.entries(at).iter().copied().find(|&entry| self.key(entry) == key)
    }

    /// The key a node stands under; empty for list items and the root.
    pub fn key(&self, at: At) -> &str {
        match self.node(at).map(|node| &node.step) {
            Some(Step::Key { name, .. }) => name,
            _ => "",
        }
    }

    /// Where a node's value begins.
    pub fn position(&self, at: At) -> Position {
        self.node(at).map_or(Position::default(), |node| node.position)
    }

    /// Where a node's key begins, or its value if it has no key.
    pub fn key_position(&self, at: At) -> Position {
        match self.node(at).map(|node| &node.step) {
            Some(Step::Key { position, .. }) => *position,
            _ => self.position(at),
        }
    }

    /// The node a node hangs on; the root hangs on itself.
    pub fn parent(&self, at: At) -> At {
        self.node(at).map_or(Self::ROOT, |node| node.parent)
    }

    /// The path of a node, like `services.pay.needs[2]`.
    pub fn path(&self, at: At) -> String {
        let mut steps = Vec::new();
        let mut here = at;
        while let Some(node) = self.node(here).filter(|_| here != Self::ROOT) {
            steps.push(&node.step);
            here = node.parent;
        }
        let mut path = String::new();
        for step in steps.iter().rev() {
            match step {
                Step::Bare => {}
                Step::Index(index) => path.push_str(&format!("[{index}]")),
                Step::Key { name, .. } => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(name);
                }
            }
        }
        path
    }

    /// Adds to a map what another document's map has and it has not, at every level where both hold maps. Copies stand
    /// at `origin`'s position. False: the copy would exceed the limit on nodes, nothing more was added.
    pub fn merge(&mut self, into: At, other: &Self, from: At, origin: Position) -> bool {
        let mut work = vec![(into, from)];
        while let Some((into, from)) = work.pop() {
            for &theirs in other.entries(from) {
                match self.get(into, other.key(theirs)) {
                    Some(ours) => work.push((ours, theirs)),
                    None => {
                        if !self.copy(into, other, theirs, origin) {
                            return false;
                        }
                    }
                }
            }
        }
        true
    }

    /// Copies a subtree under a map.
    fn copy(&mut self, into: At, other: &Self, from: At, origin: Position) -> bool {
        let mut work = vec![(into, from)];
        while let Some((parent, from)) = work.pop() {
            let Some(node) = other.node(from) else { continue };
            if self.nodes.len() >= MAX_NODES {
                return false;
            }
            let at = At(self.nodes.len() as u32);
            let step = match &node.step {
                Step::Key { name, .. } => Step::Key { name: name.clone(), position: origin },
                other => other.clone(),
            };
            let (value, children) = match &node.value {
                Value::Map(children) => (Value::Map(Vec::new()), children.as_slice()),
                Value::List(children) => (Value::List(Vec::new()), children.as_slice()),
                other => (other.clone(), &[][..]),
            };
            self.nodes.push(Node { parent, step, position: origin, value });
            self.adopt(parent, at);
            // Last in, first out: reversed, so that children are adopted in their order.
            work.extend(children.iter().rev().map(|&child| (at, child)));
        }
        true
    }

    fn adopt(&mut self, parent: At, child: At) {
        if let Some(node) = self.nodes.get_mut(parent.index()) {
            match &mut node.value {
                Value::Map(children) | Value::List(children) => children.push(child),
                // `power:` with nothing under it takes everything from the preset.
                Value::Null => node.value = Value::Map(vec![child]),
                Value::Scalar(_) => {}
            }
        }
    }
}

/// A list or map whose end has not been seen.
struct Open {
    at: At,
    children: Vec<At>,
    is_map: bool,
    /// In a map, the key whose value comes next.
    pending: Option<(Box<str>, Position)>,
}

impl Open {
    fn awaits_key(&self) -> bool {
        self.is_map && self.pending.is_none()
    }
}

struct Builder {
    nodes: Vec<Node>,
    open: Vec<Open>,
    found: Found,
    documents: u32,
}

impl Builder {
    fn new() -> Self {
        Self { nodes: Vec::new(), open: Vec::new(), found: Vec::new(), documents: 0 }
    }

    fn run(&mut self, text: &str) {
        for event in Parser::new_from_str(text) {
            let result = match event {
                Ok((event, span)) => self.event(event, span),
                Err(error) => {
                    let marker = error.marker();
                    let at = self.here(place(marker.line(), marker.col()));
                    Err((at, Problem::Parse { detail: error.info().to_owned() }))
                }
            };
            if let Err(fatal) = result {
                self.found.push(fatal);
                return;
            }
        }
        if self.nodes.is_empty() {
            let at = self.here(Position { line: 1, column: 1 });
            self.found.push((at, Problem::Empty));
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), (At, Problem)> {
        let position = place(span.start.line(), span.start.col());
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
            Event::DocumentStart(_) => self.document(position),
            Event::Alias(_) => self.unsupported(position, Unsupported::Alias),
            Event::SequenceStart(_, Some(_))
            | Event::MappingStart(_, Some(_))
            | Event::Scalar(_, _, _, Some(_)) => self.unsupported(position, Unsupported::Tag),
            Event::Scalar(text, style, _, None) => self.scalar(&text, style, position),
            Event::SequenceStart(_, None) => self.begin(false, position),
            Event::MappingStart(_, None) => self.begin(true, position),
            Event::SequenceEnd | Event::MappingEnd => {
                self.end();
                Ok(())
            }
        }
    }

    fn document(&mut self, position: Position) -> Result<(), (At, Problem)> {
        self.documents += 1;
        if self.documents > 1 {
            return self.unsupported(position, Unsupported::Documents);
        }
        Ok(())
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, position: Position) -> Result<(), (At, Problem)> {
        if self.open.last().is_some_and(Open::awaits_key) {
            if text.chars().count() > MAX_KEY {
                let at = self.here(position);
                return Err((at, Problem::TooLarge { what: Limit::Key, limit: MAX_KEY }));
            }
            if let Some(open) = self.open.last_mut() {
                open.pending = Some((text.into(), position));
            }
            return Ok(());
        }
        let null = style == ScalarStyle::Plain && matches!(text, "" | "~" | "null" | "Null" | "NULL");
        let value = if null { Value::Null } else { Value::Scalar(text.into()) };
        self.push(value, position)?;
        Ok(())
    }

    fn begin(&mut self, is_map: bool, position: Position) -> Result<(), (At, Problem)> {
        if self.open.len() >= MAX_DEPTH {
            let at = self.here(position);
            return Err((at, Problem::TooLarge { what: Limit::Depth, limit: MAX_DEPTH }));
        }
        if self.open.last().is_some_and(Open::awaits_key) {
            return self.unsupported(position, Unsupported::ComplexKey);
        }
        let at = self.push(Value::Null, position)?;
        self.open.push(Open { at, children: Vec::new(), is_map, pending: None });
        Ok(())
    }

    fn end(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let value = if open.is_map {
            Value::Map(self.without_duplicates(open.children))
        } else {
            Value::List(open.children)
        };
        if let Some(node) = self.nodes.get_mut(open.at.index()) {
            node.value = value;
        }
    }

    /// The entries of a map, those whose key came before taken out and reported.
    fn without_duplicates(&mut self, children: Vec<At>) -> Vec<At> {
        let key = |at: &At| match self.nodes.get(at.index()).map(|node| &node.step) {
            Some(Step::Key { name, .. }) => name.as_ref(),
            _ => "",
        };
        let by_key = sorted(children.clone(), &|a, b| key(a).cmp(key(b)));
        let mut again = Vec::new();
        let mut first = by_key.first().copied();
        for &entry in by_key.iter().skip(1) {
            match first {
                Some(first) if key(&first) == key(&entry) => again.push((entry, first)),
                _ => first = Some(entry),
            }
        }
        if again.is_empty() {
            return children;
        }
        // Nodes are numbered as they are written.
        let again = sorted(again, &|a, b| a.0.cmp(&b.0));
        let is_again = |at: &At| again.binary_search_by(|(entry, _)| entry.cmp(at)).is_ok();
        let kept = children.into_iter().filter(|at| !is_again(at)).collect();
        self.found.extend(again.iter().map(|&(entry, first)| (entry, Problem::DuplicateKey { first })));
        kept
    }

    /// Hangs a new node on the innermost open list or map.
    fn push(&mut self, value: Value, position: Position) -> Result<At, (At, Problem)> {
        if self.nodes.len() >= MAX_NODES {
            let at = self.here(position);
            return Err((at, Problem::TooLarge { what: Limit::Values, limit: MAX_NODES }));
        }
        let at = At(self.nodes.len() as u32);
        let (parent, step) = match self.open.last_mut() {
            None => (Tree::ROOT, Step::Bare),
            Some(open) => {
                let step = match open.pending.take() {
                    Some((name, position)) => Step::Key { name, position },
                    None => Step::Index(open.children.len() as u32),
                };
                open.children.push(at);
                (open.at, step)
            }
        };
        self.nodes.push(Node { parent, step, position, value });
        Ok(at)
    }

    fn unsupported(&mut self, position: Position, what: Unsupported) -> Result<(), (At, Problem)> {
        Err((self.here(position), Problem::Unsupported { what }))
    }

    /// A node that stands for a place at which something broke: under whatever is open there.
    fn here(&mut self, position: Position) -> At {
        let at = At(self.nodes.len() as u32);
        let (parent, step) = match self.open.last_mut() {
            None => (Tree::ROOT, Step::Bare),
            Some(open) => match open.pending.take() {
                Some((name, position)) => (open.at, Step::Key { name, position }),
                None if open.is_map => (open.at, Step::Bare),
                None => (open.at, Step::Index(open.children.len() as u32)),
            },
        };
        self.nodes.push(Node { parent, step, position, value: Value::Null });
        at
    }
}

fn place(line: usize, column: usize) -> Position {
    let clamp = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Position { line: clamp(line), column: clamp(column).saturating_add(1) }
}
