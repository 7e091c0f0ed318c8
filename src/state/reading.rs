//! Reading texts of scenarios, and the texts that are shipped: all of it comes later, see [`super::later`].

use bridge_engine::scenario::draft::Draft;
use bridge_engine::scenario::{Diagnostic, Scenario};

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// Opens a scenario; with its values, presets included.
///
/// # Errors
/// Everything that is wrong with it.
pub fn open(text: &str) -> Result<(Scenario, Draft), Vec<Diagnostic>> {
    #[cfg(test)]
    counted();
    bridge_engine::scenario::open_with_values(text)
}

/// Its values, as they are written.
///
/// # Errors
/// Why they cannot be read.
pub fn draft(text: &str) -> Result<Draft, Vec<Diagnostic>> {
    #[cfg(test)]
    counted();
    Draft::read(text)
}

/// Its values, with what its presets bring.
///
/// # Errors
/// Why they cannot be read.
pub fn whole(text: &str) -> Result<Draft, Vec<Diagnostic>> {
    #[cfg(test)]
    counted();
    Draft::with_presets(text)
}

/// The text of a shipped design.
#[must_use]
pub fn shipped(id: &str) -> Option<&'static str> {
    TEXTS.iter().find(|text| text.0 == id).map(|text| text.1)
}

#[cfg(test)]
thread_local! {
    /// How many texts this thread has read.
    pub static READS: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

#[cfg(test)]
fn counted() {
    READS.with(|reads| reads.set(reads.get() + 1));
}
