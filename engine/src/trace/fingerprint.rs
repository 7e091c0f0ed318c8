//! One number for a whole run, to compare machines by.

use std::fmt::{self, Write};

use super::Trace;
use crate::kernel::hash::Fnv;

/// Feeds what is formatted into a hash, so that no text is built.
struct Feed(Fnv);

impl Write for Feed {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.bytes(text.as_bytes());
        Ok(())
    }
}

impl Trace {
    /// FNV-1a over every event (time, subject, change, causes) and every series, bit by bit.
    ///
    /// Two runs with the same hash had the same history; the same scenario, script and seed give the same hash on every
    /// target.
    #[must_use]
    pub fn hash(&self) -> u64 {
        let mut feed = Feed(Fnv::default().word(self.seed).word(self.horizon.0));
        for event in &self.events {
            feed.0 = feed.0.word(event.at.0);
            // Writing to a hash cannot fail.
            let _ = write!(feed, "{:?}{:?}", event.subject, event.change);
            for cause in &event.causes {
                feed.0 = feed.0.word(u64::from(cause.0));
            }
        }
        let load = self.amplification.iter().chain(&self.capacity).chain(&self.failing);
        let load = load.chain(&self.shedding);
        let series = self.shares.iter().chain(&self.own).chain(&self.servers_up).chain(&self.hands);
        // Where everybody is always there, it is the scenario that says so.
        let series = series.chain(self.staff.iter().filter(|staff| staff.points().len() > 1));
        // Where nothing vanished, there is nothing to say.
        let series = series.chain(self.vanished.iter().filter(|lost| lost.points().len() > 1));
        for series in series.chain(&self.energised).chain(load).chain([&self.affected]) {
            for &(at, value) in series.points() {
                feed.0 = feed.0.word(at.0).word(value.to_bits());
            }
        }
        for series in self.misses.iter().filter(|misses| misses.points().len() > 1) {
            for &(at, value) in series.points() {
                feed.0 = feed.0.word(at.0).word(value.to_bits());
            }
        }
        for level in self.backlogs.iter().flat_map(super::Backlog::levels) {
            feed.0 = feed.0.word(level.at.0).word(level.work.to_bits()).word(level.rate.to_bits());
        }
        feed.0.word(self.end as u64).finish()
    }
}
