//! Reading texts of scenarios, and the texts that are shipped: all of it comes later, see [`super::later`].

use bridge_engine::scenario::draft::Draft;
use bridge_engine::scenario::{Diagnostic, Scenario};

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// Opens a scenario.
///
/// # Errors
/// Everything that is wrong with it.
pub fn open(text: &str) -> Result<Scenario, Vec<Diagnostic>> {
    bridge_engine::scenario::open(text)
}

/// Its values, as they are written.
///
/// # Errors
/// Why they cannot be read.
pub fn draft(text: &str) -> Result<Draft, Vec<Diagnostic>> {
    Draft::read(text)
}

/// Its values, with what its presets bring.
///
/// # Errors
/// Why they cannot be read.
pub fn whole(text: &str) -> Result<Draft, Vec<Diagnostic>> {
    Draft::with_presets(text)
}

/// The text of a shipped design.
#[must_use]
pub fn shipped(id: &str) -> Option<&'static str> {
    TEXTS.iter().find(|text| text.0 == id).map(|text| text.1)
}
