//! The table of rules, `rules.txt`, and what its edits make of the engine's source.
//!
//! ```text
//! = Heading
//! # name: what the rule says
//! path below engine/src
//! - text that is found there once, part of one line
//! + text in its place, in which off(name) says that the rule is switched off
//! ```
//!
//! A name has at least one edit, an edit can hold several names. Every mechanism of the engine's list is a rule without being
//! in the table: it is never called.

use crate::{Result, project};
use std::collections::BTreeMap;
use std::path::PathBuf;

const RULES: &str = include_str!("rules.txt");
/// The file that holds the list of mechanisms, below the engine's source.
const LIST: &str = "mechanisms/mod.rs";
/// Where the engine's root is, to which the switch is added.
const ROOT: &str = "lib.rs";

/// Whether something is switched off, by one variable of the environment. Another names a file into which goes what was asked, by which
/// test (its thread has its name), and a line for every million questions: what a test costs, whatever the machine. A third says how many
/// questions are the most that are answered: who asks more does not end.
const SWITCH: &str = r#"
/// Whether something is switched off.
pub(crate) fn off(name: &'static str) -> bool {
    use std::cell::RefCell;
    use std::collections::BTreeSet;
    use std::io::Write;
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU64, Ordering};
    static OFF: OnceLock<(Option<String>, Option<std::fs::File>, u64)> = OnceLock::new();
    static ANSWERED: AtomicU64 = AtomicU64::new(0);
    thread_local! { static ASKED: RefCell<(u64, BTreeSet<&'static str>)> = RefCell::default(); }
    let (off, file, most) = OFF.get_or_init(|| {
        let file = std::env::var_os("BRIDGE_ASKED").map(|path| std::fs::File::create(path).unwrap());
        let most = std::env::var("BRIDGE_MOST").ok().and_then(|most| most.parse().ok());
        (std::env::var("BRIDGE_OFF").ok(), file, most.unwrap_or(u64::MAX))
    });
    if ANSWERED.fetch_add(1, Ordering::Relaxed) >= *most {
        std::process::exit(1);
    }
    if let Some(mut file) = file.as_ref() {
        ASKED.with_borrow_mut(|(count, seen)| {
            *count += 1;
            let what = if *count % 1_000_000 == 0 { "" } else { name };
            if what.is_empty() || seen.insert(name) {
                let line = format!("{what} {}\n", std::thread::current().name().unwrap_or_default());
                file.write_all(line.as_bytes()).unwrap();
            }
        });
    }
    off.as_deref() == Some(name)
}
"#;

/// Something that can be switched off.
pub struct Rule {
    pub heading: String,
    pub name: String,
    pub says: String,
}

/// A place in the source and what is put there.
struct Edit {
    file: String,
    from: String,
    to: String,
}

/// Everything that can be switched off, and how.
pub struct Table {
    pub rules: Vec<Rule>,
    edits: Vec<Edit>,
}

impl Table {
    /// The mechanisms of the engine's list, and the rules of the table.
    pub fn read() -> Result<Self> {
        let mut table = Self { rules: mechanisms()?, edits: Vec::new() };
        let (mut heading, mut file) = ("", "");
        for (number, line) in RULES.lines().enumerate() {
            let wrong = || format!("rules.txt:{}: {line}", number + 1);
            match line.split_at_checked(2) {
                None if line.is_empty() => {}
                Some(("= ", text)) => heading = text,
                Some(("# ", text)) => {
                    let (name, says) = text.split_once(": ").ok_or_else(wrong)?;
                    let [heading, name, says] = [heading, name, says].map(str::to_owned);
                    table.rules.push(Rule { heading, name, says });
                }
                Some(("- ", text)) => {
                    table.edits.push(Edit {
                        file: file.to_owned(),
                        from: text.to_owned(),
                        to: String::new(),
                    });
                }
                Some(("+ ", text)) => {
                    let to = &mut table.edits.last_mut().ok_or_else(wrong)?.to;
                    to.push_str(if to.is_empty() { "" } else { "\n" });
                    to.push_str(text);
                }
                _ => file = line,
            }
        }
        table.check()?;
        Ok(table)
    }

    /// Every rule is named once and switched off somewhere, and nothing else is.
    fn check(&self) -> Result {
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for rule in &self.rules {
            if places.insert(&rule.name, usize::from(rule.heading == MECHANISMS)).is_some() {
                return Err(format!("two rules are named {}", rule.name).into());
            }
        }
        for edit in &self.edits {
            for name in switches(&edit.to) {
                let Some(count) = places.get_mut(name) else {
                    return Err(format!("no rule is named {name}, as in {}", edit.to).into());
                };
                *count += 1;
            }
        }
        match places.iter().find(|place| *place.1 == 0) {
            Some((name, _)) => Err(format!("nothing switches {name} off").into()),
            None => Ok(()),
        }
    }

    /// The engine's files with a switch at every rule, by their paths below its source.
    pub fn switched(&self) -> Result<BTreeMap<String, String>> {
        let mut spots: BTreeMap<&str, Vec<(usize, &Edit)>> = BTreeMap::new();
        for edit in &self.edits {
            let text = std::fs::read_to_string(source().join(&edit.file))
                .map_err(|e| format!("{}: {e}", edit.file))?;
            let found: Vec<usize> = text.match_indices(&edit.from).map(|(at, _)| at).collect();
            let [at] = found[..] else {
                return Err(format!(
                    "xtask/src/mutate/rules.txt: {} holds this {} times, not once; say again how its rule is switched off:\n{}",
                    edit.file,
                    found.len(),
                    edit.from
                )
                .into());
            };
            spots.entry(&edit.file).or_default().push((at, edit));
        }
        let mut files = BTreeMap::new();
        for (file, mut spots) in spots {
            let mut text = std::fs::read_to_string(source().join(file))?;
            spots.sort_by_key(|spot| std::cmp::Reverse(spot.0));
            let mut end = usize::MAX;
            for (at, edit) in spots {
                if at + edit.from.len() > end {
                    return Err(format!("two edits of {file} meet at: {}", edit.from).into());
                }
                text.replace_range(at..at + edit.from.len(), &switched(&edit.to));
                end = at;
            }
            files.insert(file.to_owned(), text);
        }
        let mut root = std::fs::read_to_string(source().join(ROOT))?;
        root.push_str(SWITCH);
        files.insert(ROOT.to_owned(), root);
        let list = std::fs::read_to_string(source().join(LIST))?;
        files.insert(LIST.to_owned(), never_called(&list)?);
        Ok(files)
    }
}

/// Heading of the rules that are whole mechanisms.
pub const MECHANISMS: &str = "Whole mechanisms";

fn source() -> PathBuf {
    project::root().join("engine/src")
}

/// The engine's own list of mechanisms, each with the first sentence of its file.
fn mechanisms() -> Result<Vec<Rule>> {
    let text = std::fs::read_to_string(source().join(LIST))?;
    let list = text.split_once("\nmechanisms! {\n").and_then(|rest| rest.1.split_once("\n}"));
    let list = list.ok_or("engine/src/mechanisms/mod.rs has no list of mechanisms")?.0;
    let fields =
        list.lines().filter_map(|line| line.trim().split_once(": ")).filter(|field| field.1.ends_with(','));
    let mut rules = Vec::new();
    for (name, _) in fields.filter(|field| !field.0.starts_with("//")) {
        let folder = source().join("mechanisms");
        let file = [folder.join(format!("{name}.rs")), folder.join(name).join("mod.rs")];
        let text = file.iter().find_map(|path| std::fs::read_to_string(path).ok());
        let text = text.ok_or_else(|| format!("the mechanism {name} has no file of its own"))?;
        rules.push(Rule { heading: MECHANISMS.to_owned(), name: name.to_owned(), says: sentence(&text) });
    }
    Ok(rules)
}

/// The first sentence of a file's comment.
fn sentence(text: &str) -> String {
    let lines = text.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim);
    let comment = lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    comment.split_once(". ").map_or(comment.trim_end_matches('.'), |parts| parts.0).to_owned()
}

/// The names in an edit.
fn switches(text: &str) -> impl Iterator<Item = &str> {
    text.split("off(").skip(1).filter_map(|rest| rest.split_once(')')).map(|parts| parts.0)
}

fn switched(text: &str) -> String {
    let mut parts = text.split("off(");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(')').unwrap_or((part, ""));
        out.push_str(&format!("crate::off(\"{name}\"){rest}"));
    }
    out
}

/// A mechanism that is switched off hears nothing, is never rung and never settles.
fn never_called(list: &str) -> Result<String> {
    let mut text = list.to_owned();
    for (from, to) in [
        ("$(self.$field.begin(cx);)*", "$(if !crate::off(stringify!($field)) { self.$field.begin(cx); })*"),
        (
            "self.$field.ring(timer, cx),)*",
            "if !crate::off(stringify!($field)) { self.$field.ring(timer, cx) },)*",
        ),
        (
            "$(self.$field.hear(heard, cx);)*",
            "$(if !crate::off(stringify!($field)) { self.$field.hear(heard, cx); })*",
        ),
        ("$(self.$field.settle(cx);)*", "$(if !crate::off(stringify!($field)) { self.$field.settle(cx); })*"),
    ] {
        if text.matches(from).count() != 1 {
            return Err(format!("engine/src/mechanisms/mod.rs no longer calls mechanisms by `{from}`").into());
        }
        text = text.replace(from, to);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_found_where_the_table_says_it_is() {
        let files = Table::read().unwrap().switched().unwrap();
        assert!(files["mechanisms/mod.rs"].contains("crate::off"));
    }

    #[test]
    fn names_are_switches_and_sentences_end_where_they_do() {
        assert_eq!(
            switched("if a && !off(x) { off(y) }"),
            "if a && !crate::off(\"x\") { crate::off(\"y\") }"
        );
        assert_eq!(switches("off(x) || off(y)").collect::<Vec<_>>(), ["x", "y"]);
        assert_eq!(sentence("//! A: b\n//! c. D.\n//!\n//! E.\nuse f;"), "A: b c");
        assert_eq!(sentence("//! A.\n\n//! B"), "A");
    }
}
