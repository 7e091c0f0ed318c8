//! The form: a part of the document with everything that could stand there, from the same table that reads it.

use super::super::reading;
use crate::words::Locale;
use crate::words::format::Wording;
use bridge_engine::scenario::draft::{Draft, Node, Path, Step};
use bridge_engine::scenario::shape::{FieldShape, Presence, RecordShape, ScalarShape, Shape};

/// A part of the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// What it is.
    pub about: String,
    /// What stands in it, or could.
    pub rows: Vec<Row>,
    /// The least that a new entry could be, where entries can be added.
    pub entry: Option<Node>,
    /// Its entries have names of the author's choice; else they are items of a list.
    pub keyed: bool,
    /// Where it is, if it has a name of its own that can be changed.
    pub named: bool,
}

/// A line of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Where it is written.
    pub place: Path,
    /// Its key; empty for an item of a list.
    pub key: String,
    /// What the key is called where people read it: what an author called it, where it is theirs.
    pub label: String,
    /// What it means.
    pub about: String,
    /// What it holds.
    pub field: Field,
    /// It is written in the document; else its default holds.
    pub is_set: bool,
    /// It has to be.
    pub is_required: bool,
}

/// What a line holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// A word, number or text, or anything that is written on one line.
    Text {
        /// What is written.
        value: String,
        /// What holds if nothing is.
        default: String,
        /// Least and most, where it has a range; else how it may look.
        hint: String,
        /// It is read as the format writes values, not as plain words.
        raw: bool,
    },
    /// One of some words.
    Choice {
        /// The word written; none: the default holds.
        value: Option<String>,
        /// What holds if none is.
        default: Option<String>,
        /// All, each with its meaning.
        words: Vec<(&'static str, String)>,
    },
    /// A part of its own.
    Part {
        /// What is in it, in short.
        summary: String,
    },
    /// Items, each on one line.
    Items {
        /// What is written.
        items: Vec<Item>,
        /// How one may look.
        hint: String,
        /// What an item leans on or stands at, where it is a name of a service.
        of: Of,
    },
}

/// What the items of a list are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Anything.
    Values,
    /// Services that are needed to serve; `~` in front of those that are nice to have.
    Needs,
    /// Services that are needed to start.
    Boots,
    /// Where servers stand.
    Places,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Where it is written.
    pub place: Path,
    /// As it is written.
    pub text: String,
    /// Its parts, where it is a list of fixed ones.
    pub parts: Vec<String>,
}

/// A value on one line, as a person would write it.
#[must_use]
pub fn flow(node: &Node) -> String {
    match node {
        Node::Null => String::new(),
        Node::Scalar(text) => text.clone(),
        // Written as the value of a key: what stands behind it is the value.
        node => {
            let mut draft = Draft::default();
            draft.set(&Path::keys(["v"]).index(0), node.clone());
            let text = draft.text();
            let body = text.trim_start_matches("v:").trim();
            let inner = body.strip_prefix('-').or_else(|| body.strip_prefix('[')?.strip_suffix(']'));
            inner.unwrap_or(body).split_whitespace().collect::<Vec<_>>().join(" ")
        }
    }
}

/// The value that a line says.
#[must_use]
pub fn unflow(line: &str) -> Option<Node> {
    let draft = reading::draft(&format!("v: [{line}]")).ok()?;
    match draft.get(&Path::keys(["v"]))? {
        Node::List(items) if items.len() == 1 => items.first().cloned(),
        _ => None,
    }
}

struct Maker<'a> {
    wording: Wording,
    draft: &'a Draft,
    whole: &'a Draft,
}

impl Form {
    /// The form of a place. `whole`: the same document with what its presets bring.
    #[must_use]
    pub fn new(draft: &Draft, whole: &Draft, place: &Path, locale: Locale) -> Option<Self> {
        let maker = Maker { wording: Wording { locale }, draft, whole };
        let root = bridge_engine::scenario::shape();
        let (shape, within) = shape_at(&root, place, whole)?;
        // An author gave it its name.
        let around = place.0.split_last().and_then(|(_, way)| shape_at(&root, &Path(way.to_vec()), whole));
        let named = around.is_some_and(|(shape, _)| matches!(shape, Shape::Map(_)));
        Some(Self { named, ..maker.form(shape, within, place) })
    }
}

/// The shape of what stands at a place, and what it is a way to write.
fn shape_at<'s>(root: &'s Shape, place: &Path, whole: &Draft) -> Option<(&'s Shape, &'static str)> {
    let (mut shape, mut within) = (root, "");
    for (depth, step) in place.0.iter().enumerate() {
        if let Shape::OneOf(name, ways) = shape {
            within = name;
            shape = ways.iter().find(|way| takes(way, step))?;
        }
        shape = match (shape, step) {
            (Shape::Record(record), Step::Key(key)) => &record.fields.iter().find(|f| f.key == key)?.shape,
            (Shape::Map(of), Step::Key(_)) | (Shape::List(of), Step::Index(_)) => of,
            (Shape::Tuple(parts, _), Step::Index(at)) => &parts.get(*at)?.1,
            _ => return None,
        };
        let is_last = depth + 1 == place.0.len();
        if let (Shape::OneOf(name, ways), true) = (shape, is_last)
            && let Some(Node::Map(entries)) = whole.get(place)
            && let Some(way) =
                ways.iter().find(|way| entries.iter().all(|e| takes(way, &Step::Key(e.0.clone()))))
        {
            within = name;
            shape = way;
        }
    }
    Some((shape, within))
}

fn takes(way: &Shape, step: &Step) -> bool {
    match (way, step) {
        (Shape::Record(record), Step::Key(key)) => record.fields.iter().any(|f| f.key == key),
        (Shape::Map(_), Step::Key(_)) | (Shape::List(_) | Shape::Tuple(..), Step::Index(_)) => true,
        _ => false,
    }
}

impl Maker<'_> {
    fn form(&self, shape: &Shape, within: &'static str, place: &Path) -> Form {
        let keyed = matches!(shape, Shape::Map(_));
        let (about, rows, entry) = match shape {
            Shape::Record(record) => {
                let row = |field: &FieldShape| self.field(record, within, field, place);
                let mut rows: Vec<Row> = record.fields.iter().map(row).collect();
                // Where servers stand is what is changed most.
                if let Some(at) =
                    rows.iter().position(|row| matches!(row.field, Field::Items { of: Of::Places, .. }))
                {
                    rows[..=at].rotate_right(1);
                }
                (self.wording.record(record, within).to_owned(), rows, None)
            }
            Shape::Map(of) => (String::new(), self.entries(of, place), Some(least(of))),
            Shape::List(of) => (String::new(), self.listed(of, place), Some(least(of))),
            _ => (
                String::new(),
                vec![self.row(place, String::new(), String::new(), shape, &Presence::Optional)],
                None,
            ),
        };
        Form { about, rows, entry, keyed, named: false }
    }

    fn field(&self, record: &RecordShape, within: &str, field: &FieldShape, place: &Path) -> Row {
        let about = self.wording.field(record, within, field).to_owned();
        let key = field.key.to_owned();
        let mut row = self.row(&place.key(field.key), key, about, &field.shape, &field.presence);
        if let Some(label) = self.wording.key(field.key) {
            label.clone_into(&mut row.label);
        }
        if let Field::Items { of, .. } = &mut row.field {
            *of = match (record.name, field.key) {
                ("Service", "needs") => Of::Needs,
                ("Service", "boots") => Of::Boots,
                ("Service", "place") => Of::Places,
                _ => Of::Values,
            };
        }
        row
    }

    fn entries(&self, of: &Shape, place: &Path) -> Vec<Row> {
        let Some(Node::Map(entries)) = self.whole.get(place) else { return Vec::new() };
        let row = |(key, _): &(String, Node)| {
            self.row(&place.key(key), key.clone(), String::new(), of, &Presence::Optional)
        };
        entries.iter().map(row).collect()
    }

    fn listed(&self, of: &Shape, place: &Path) -> Vec<Row> {
        let Some(Node::List(items)) = self.whole.get(place) else { return Vec::new() };
        let row =
            |at: usize| self.row(&place.index(at), String::new(), String::new(), of, &Presence::Optional);
        (0..items.len()).map(row).collect()
    }

    fn row(&self, place: &Path, key: String, about: String, shape: &Shape, presence: &Presence) -> Row {
        let written = self.draft.get(place);
        let meant = self.whole.get(place);
        let default = match (presence, written.is_none()) {
            // A preset says it.
            (_, true) if meant.is_some() => meant.map(flow).unwrap_or_default(),
            (Presence::Default(text), _) => (*text).to_owned(),
            _ => String::new(),
        };
        Row {
            place: place.clone(),
            label: key.clone(),
            key,
            about,
            field: self.holds(shape, place, written, meant, default),
            is_set: written.is_some(),
            is_required: *presence == Presence::Required,
        }
    }

    fn holds(
        &self,
        shape: &Shape,
        place: &Path,
        written: Option<&Node>,
        meant: Option<&Node>,
        default: String,
    ) -> Field {
        let value = written.map(flow).unwrap_or_default();
        match shape {
            Shape::Scalar(scalar) => Field::Text { value, default, hint: self.hint(scalar), raw: false },
            Shape::Choice(name, words) => Field::Choice {
                value: written.map(flow),
                default: (!default.is_empty()).then_some(default),
                words: words
                    .iter()
                    .map(|(word, about)| (*word, self.wording.word(name, word, about).to_owned()))
                    .collect(),
            },
            Shape::Record(_) | Shape::Map(_) => {
                Field::Part { summary: meant.map(summary).unwrap_or_default() }
            }
            Shape::List(of) if !matches!(**of, Shape::Record(_)) => {
                Field::Items { items: self.items(place, meant), hint: self.example(of), of: Of::Values }
            }
            Shape::List(_) => Field::Part { summary: meant.map(summary).unwrap_or_default() },
            Shape::OneOf(_, ways) => match meant {
                // A long way to write it has lines of its own.
                Some(Node::Map(_)) => Field::Part { summary: meant.map(summary).unwrap_or_default() },
                _ => {
                    Field::Text { value, default, hint: self.example(shape), raw: !ways.iter().any(is_plain) }
                }
            },
            Shape::Tuple(..) => Field::Text { value, default, hint: self.example(shape), raw: true },
        }
    }

    fn items(&self, place: &Path, meant: Option<&Node>) -> Vec<Item> {
        let Some(Node::List(items)) = meant else { return Vec::new() };
        let item = |(at, item): (usize, &Node)| Item {
            place: place.index(at),
            text: flow(item),
            parts: match item {
                Node::List(parts) => parts.iter().map(flow).collect(),
                _ => Vec::new(),
            },
        };
        items.iter().enumerate().map(item).collect()
    }

    fn hint(&self, scalar: &ScalarShape) -> String {
        let (least, most) = (scalar.least, scalar.most);
        if scalar.notation.is_some() { format!("{least} … {most}") } else { scalar.examples.to_owned() }
    }

    fn example(&self, shape: &Shape) -> String {
        match shape {
            Shape::Scalar(scalar) => scalar.examples.to_owned(),
            Shape::Choice(_, words) => words.iter().map(|word| word.0).collect::<Vec<_>>().join(", "),
            Shape::List(of) => format!("[{}]", self.example(of)),
            Shape::Tuple(parts, _) => {
                let parts: Vec<&str> = parts.iter().map(|(about, _)| self.wording.part(about)).collect();
                format!("[{}]", parts.join(", "))
            }
            Shape::OneOf(_, ways) => ways.first().map(|way| self.example(way)).unwrap_or_default(),
            Shape::Record(record) => {
                let keys: Vec<&str> = record.fields.iter().map(|f| f.key).collect();
                format!("{{{}}}", keys.join(", "))
            }
            Shape::Map(_) => String::new(),
        }
    }
}

/// The least value of a shape: what must be there, as the reference writes it.
fn least(shape: &Shape) -> Node {
    let word = |text: &str| Node::Scalar(text.to_owned());
    match shape {
        Shape::Scalar(scalar) => word(scalar.examples.split(", ").next().unwrap_or_default()),
        Shape::Choice(_, words) => words.first().map_or(Node::Null, |first| word(first.0)),
        Shape::Record(record) => {
            let required = record.fields.iter().filter(|f| f.presence == Presence::Required);
            Node::Map(required.map(|f| (f.key.to_owned(), least(&f.shape))).collect())
        }
        Shape::Tuple(parts, _) => Node::List(parts.iter().map(|(_, part)| least(part)).collect()),
        Shape::OneOf(_, ways) => ways.first().map_or(Node::Null, least),
        Shape::Map(_) => Node::Map(Vec::new()),
        Shape::List(_) => Node::List(Vec::new()),
    }
}

/// It may be plain words, which need no quotes here.
fn is_plain(way: &Shape) -> bool {
    matches!(way, Shape::Scalar(scalar) if scalar.notation.is_none())
}

/// What is in a part, in a few words.
fn summary(node: &Node) -> String {
    match node {
        // A few words are said, more than that is named.
        Node::Map(entries)
            if entries.len() <= 3 && entries.iter().all(|e| matches!(e.1, Node::Scalar(_))) =>
        {
            entries
                .iter()
                .map(|(key, value)| format!("{key} {}", flow(value)))
                .collect::<Vec<_>>()
                .join(" · ")
        }
        Node::Map(entries) => entries.iter().map(|e| e.0.as_str()).collect::<Vec<_>>().join(", "),
        Node::List(items) => items.len().to_string(),
        node => flow(node),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::engine;
    use super::*;

    fn forms(text: &str) -> usize {
        let (draft, whole) = (Draft::read(text).unwrap(), Draft::with_presets(text).unwrap());
        let mut open = vec![Path::default()];
        let mut seen = 0;
        while let Some(place) = open.pop() {
            let form = Form::new(&draft, &whole, &place, Locale::Ko).unwrap_or_else(|| panic!("{place}"));
            for row in &form.rows {
                seen += 1;
                assert!(form.entry.is_some() || row.key.is_empty() || row.label != row.key, "{}", row.place);
                assert!(form.entry.is_some() || !row.about.is_empty() || row.key.is_empty(), "{}", row.place);
                if matches!(row.field, Field::Part { .. }) {
                    open.push(row.place.clone());
                }
            }
        }
        seen
    }

    #[test]
    fn every_part_of_every_scenario_has_a_form() {
        for (index, shipped) in engine::SHIPPED.iter().enumerate() {
            let rows = forms(engine::text(index));
            assert!(rows > 300, "{}: {rows}", shipped.id);
        }
    }

    #[test]
    fn what_is_shown_on_a_line_is_read_as_it_was() {
        for line in [
            "10",
            "pangyo/a+b",
            "[pangyo/a+b, 200, active]",
            "{on: cache, soft: 0.3}",
            "~cache",
            "{async: 5s}",
        ] {
            let node = unflow(line).unwrap();
            assert_eq!(flow(&node), line);
        }
        assert_eq!(unflow("a, b"), None);
        assert_eq!(unflow("a]"), None);
    }
}
