//! The table of checks: which figures of which scenario are compared with what is known.

use std::fmt;

use serde::Deserialize;

/// A whole table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Incidents in the order they are printed.
    pub incident: Vec<Incident>,
}

/// One scenario and what is known of its incident.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incident {
    /// Name of the file in the folder `scenarios` beside the table, without its ending.
    pub scenario: String,
    /// Only seeds in which this happened count. Left out, all do.
    pub given: Option<String>,
    /// What is compared.
    pub check: Vec<Check>,
}

/// One figure against what is known.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// In words.
    pub what: String,
    /// What is measured in a run; see [`super::measure`].
    pub measure: String,
    /// Counted from this moment instead of from the beginning of the run.
    pub since: Option<String>,
    /// No figure but an order: the measure comes before this.
    pub before: Option<String>,
    /// What is known, as printed.
    pub published: String,
    /// How well.
    pub source: Quality,
    /// From and to, both inside. Required unless it is an order.
    pub window: Option<[String; 2]>,
}

/// How well something is known.
#[derive(Clone, Copy, Deserialize)]
pub enum Quality {
    /// An official document or a paper.
    O,
    /// Press on official findings.
    PO,
    /// Press or a blog.
    P,
    /// From memory.
    M,
    /// Derived from the others.
    D,
}

impl fmt::Display for Quality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::O => "O",
            Self::PO => "PO",
            Self::P => "P",
            Self::M => "M",
            Self::D => "D",
        })
    }
}
