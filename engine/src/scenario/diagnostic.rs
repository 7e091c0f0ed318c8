//! What is wrong with a document, or worth a second look, said in both languages.
//!
//! Everything that can be found is a variant of [`Problem`] with typed parts; its code, weight, words and suggestion
//! come from one place each: `codes` and `words`.

use std::borrow::Cow;
use std::fmt;

use super::tree::{At, Position, Tree};
use crate::kernel::order::sorted;
use crate::world::Text;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The document cannot be run.
    Error,
    /// It can; what is said is worth knowing.
    Warning,
}

/// Something found in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A fixed name for what it is, like `unknown-key`.
    pub code: Cow<'static, str>,
    /// Where, by keys: `services.pay.needs[2]`. Empty for the document as a whole.
    pub path: String,
    /// Where, by lines, from 1.
    pub line: u32,
    /// Where in the line, in characters from 1.
    pub column: u32,
    /// What it is.
    pub message: Text,
    /// What to do about it, when that can be guessed.
    pub suggestion: Option<Text>,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// What a limit is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Bytes of text.
    Bytes,
    /// Values.
    Values,
    /// Nesting.
    Depth,
    /// Characters of a key.
    Key,
    /// Bytes of a text.
    Text,
    /// Sites.
    Sites,
    /// Services.
    Services,
    /// Pools.
    Pools,
    /// Dependencies.
    Dependencies,
    /// Incidents of the script.
    Incidents,
    /// Lines between sites.
    Links,
    /// Rooms.
    Rooms,
    /// Power elements.
    Elements,
    /// Connections between power elements.
    Feeds,
    /// Panels a server hangs on.
    Cords,
}

/// Parts of YAML that the format leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsupported {
    /// `*name`.
    Alias,
    /// `!name`.
    Tag,
    /// A second `---`.
    Documents,
    /// A list or map as a key.
    ComplexKey,
}

/// Kinds of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Nothing.
    Null,
    /// A word, number or text.
    Scalar,
    /// A list.
    List,
    /// Keys with values.
    Map,
}

/// Kinds of thing a name can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A region.
    Region,
    /// A site.
    Site,
    /// A room of a site.
    Room,
    /// A power element of a site.
    Element,
    /// A panel of a site.
    Panel,
    /// A service.
    Service,
    /// A team.
    Team,
    /// A preset.
    Preset,
}

/// Everything that can be found. Errors first, then warnings.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "`words` says each in two languages")]
pub enum Problem {
    Parse { detail: String },
    Empty,
    TooLarge { what: Limit, limit: usize },
    TooMany { hidden: usize },
    MoreWarnings { hidden: usize },
    Unsupported { what: Unsupported },
    DuplicateKey { first: At },
    UnknownKey { nearest: Option<String>, known: String },
    MissingKey { key: &'static str, example: String },
    WrongParts { wanted: &'static str },
    WrongType { wanted: Form, found: Form },
    BadUnit { text: String, about: (&'static str, &'static str), examples: &'static str },
    OutOfRange { text: String, least: &'static str, most: &'static str },
    UnknownChoice { text: String, nearest: Option<String>, known: String },
    BadName { text: String },
    Schema { text: String },
    Dangling { thing: Thing, name: String, nearest: Option<String>, known: String },
    DuplicateId { name: String, first: At },
    PowerCycle { path: String },
    OrphanPanel { panel: String },
    NoPanel { site: String },
    Overloaded { element: String, load_kw: f64, kw: f64 },
    QuorumMismatch { quorum: u32, servers: u64 },
    CacheOfNoNeed { service: String, of: String },
    QuorumBacklog { service: String },
    SelfNeed { service: String },
    CallsOverOne { service: String, percent: f64 },
    NoActive { service: String },
    BadRunning { servers: u32 },
    NoData { service: String },
    BadTarget { text: String, wanted: &'static str },
    NoPool { service: String, site: String },
    AfterHorizon,
    NoHands { site: String },
    LargeShift { team: String, hands: u32 },
    BootCycle { path: String, open: Option<String> },
    EvenQuorum { voters: u32 },
    SharedFate { guard: String, site: String, guarded: usize },
    QuorumInOneSite { site: String, voters: u64, of: u32 },
    SmallStandby { service: String, servers: u64, load: f64 },
    OneRegion { region: String },
    NoStandby { service: String, site: String },
    TightObjective { service: String, rto_s: f64, best_s: f64 },
    ThinPanel { panel: String, load_kw: f64, kw: f64 },
    NoLandlord { site: String },
    UnusedBypass { of: String, on: String },
    EmptyStandby { service: String },
    BackupBeside { service: String, site: String },
    SlowCopies { service: String, rpo_s: f64, age_s: f64 },
    SlowRestore { service: String, rto_s: f64, restore_s: f64 },
    UnknownStack { service: String, stack: String, known: String },
}

/// Most diagnostics kept; what comes after is counted.
const MAX_KEPT: usize = 500;

/// Most words compared with mistyped ones.
const MAX_GUESSES: usize = 20_000;

/// Collects what is found.
#[derive(Debug, Default)]
pub struct Sink {
    kept: Vec<(At, Problem)>,
    hidden: usize,
    guesses: usize,
    /// Places with an error at or under them, by index.
    tainted: Vec<bool>,
}

impl Sink {
    /// Takes note of a problem.
    pub fn add(&mut self, tree: &Tree, at: At, problem: Problem) {
        if at == At::NOWHERE {
            return;
        }
        if problem.severity() == Severity::Error {
            let mut here = at;
            // Ancestors of a tainted place are tainted already.
            while !self.is_tainted(here) {
                if self.tainted.len() <= here.index() {
                    self.tainted.resize(here.index() + 1, false);
                }
                self.tainted[here.index()] = true;
                here = tree.parent(here);
            }
        }
        if self.kept.len() < MAX_KEPT {
            self.kept.push((at, problem));
        } else {
            self.hidden += 1;
        }
    }

    /// The known word nearest to a mistyped one, while there is patience left for guessing: a hostile document could
    /// ask for a great many comparisons.
    pub fn guess(&mut self, word: &str, known: &mut dyn Iterator<Item = &str>) -> Option<String> {
        if self.kept.len() >= MAX_KEPT {
            return None;
        }
        let left = MAX_GUESSES - self.guesses;
        let (found, used) = nearest(word, known, left);
        self.guesses += used;
        found
    }

    /// Something at or under this place is wrong: what is concluded from it would mislead.
    pub fn is_tainted(&self, at: At) -> bool {
        self.tainted.get(at.index()).copied().unwrap_or(false)
    }

    /// Everything found, in the order of the document: errors, warnings.
    pub fn finish(mut self, tree: &Tree) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
        if self.hidden > 0 {
            let hidden = self.hidden;
            let more = if self.tainted.is_empty() {
                Problem::MoreWarnings { hidden }
            } else {
                Problem::TooMany { hidden }
            };
            self.kept.push((Tree::ROOT, more));
        }
        let mut all: Vec<_> = self.kept.iter().map(|(at, problem)| problem.tell(tree, *at)).collect();
        all = sorted(all, &|a, b| (a.line, a.column, &a.code).cmp(&(b.line, b.column, &b.code)));
        all.into_iter().partition(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

impl Problem {
    fn tell(&self, tree: &Tree, at: At) -> Diagnostic {
        let Position { line, column } =
            if self.is_about_key() { tree.key_position(at) } else { tree.position(at) };
        Diagnostic {
            severity: self.severity(),
            code: self.code().into(),
            path: tree.path(at),
            line: line.max(1),
            column: column.max(1),
            message: self.message(tree),
            suggestion: self.suggestion(),
        }
    }

    /// The key is what is wrong, or the whole entry, rather than the value.
    fn is_about_key(&self) -> bool {
        !matches!(
            self,
            Self::Parse { .. }
                | Self::TooLarge { .. }
                | Self::Unsupported { .. }
                | Self::WrongType { .. }
                | Self::WrongParts { .. }
                | Self::BadUnit { .. }
                | Self::OutOfRange { .. }
                | Self::UnknownChoice { .. }
                | Self::Schema { .. }
                | Self::Dangling { .. }
                | Self::BadTarget { .. }
                | Self::NoPool { .. }
        )
    }
}

/// The known word nearest to a mistyped one, if it is near enough to be meant, and how many were compared: at most so
/// many.
fn nearest(word: &str, known: &mut dyn Iterator<Item = &str>, most: usize) -> (Option<String>, usize) {
    let limit = (word.chars().take(MAX_WORD).count().max(3) / 3).min(3);
    let mut best: Option<(usize, &str)> = None;
    let mut compared = 0;
    while compared < most
        && let Some(candidate) = known.next()
    {
        compared += 1;
        let found = (distance(word, candidate, limit), candidate);
        if found.0 <= limit && best.is_none_or(|best| found < best) {
            best = Some(found);
        }
    }
    (best.map(|(_, word)| word.to_owned()), compared)
}

/// Insertions, deletions, replacements and swaps of neighbours between two words; `limit + 1` for anything farther.
fn distance(a: &str, b: &str, limit: usize) -> usize {
    let a: Vec<char> = a.chars().take(MAX_WORD).collect();
    let b: Vec<char> = b.chars().take(MAX_WORD).collect();
    if a.len().abs_diff(b.len()) > limit {
        return limit + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &y) in b.iter().enumerate() {
            let mut best = (row[j] + 1).min(last[j + 1] + 1).min(last[j] + usize::from(x != y));
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// Longest part of a word that is compared.
const MAX_WORD: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found() {
        let near = |word, most| nearest(word, &mut ["needs", "boots", "place", "quorum"].into_iter(), most).0;
        assert_eq!(near("need", 9).as_deref(), Some("needs"));
        assert_eq!(near("palce", 9).as_deref(), Some("place"));
        assert_eq!(near("palce", 2), None);
        assert_eq!(near("objective", 9), None);
        assert_eq!(near("", 9), None);
    }
}
