//! What reaches several sites at once.

use super::{RegionId, SiteId, Text};
use crate::Span;

/// What a shock does to a site that it hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShockKind {
    /// Its feeds from the street fail.
    Grid,
    /// Its lines are cut.
    Lines,
    /// Its servers stop.
    Servers,
    /// All of that.
    Site,
}

/// Something that hits sites of a region together: an earthquake, a failure of the regional grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Shock {
    /// Keys of the region and of the shock: `capital/quake`.
    pub key: String,
    /// Name.
    pub name: Text,
    /// Where.
    pub region: RegionId,
    /// Mean time between two of them; none: only the script brings it about.
    pub every: Option<Span>,
    /// Probability that it hits a site of the region.
    pub hits: f64,
    /// The same of sites for which it is another, in their order.
    pub sites: Vec<(SiteId, f64)>,
    /// What it does to a site.
    pub kind: ShockKind,
    /// For how long feeds and lines are gone; none: as after any such incident.
    pub lasts: Option<Span>,
}

impl Shock {
    /// Probability that it hits a site, given that it comes.
    #[must_use]
    pub fn hits(&self, site: SiteId) -> f64 {
        let own = self.sites.binary_search_by(|s| s.0.cmp(&site));
        own.map_or(self.hits, |at| self.sites[at].1)
    }
}
