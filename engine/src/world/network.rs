//! Lines between sites, and from users to sites.

use super::{ServiceId, SiteId, TeamId};
use crate::Span;

/// What carries packets between sites, and between users and sites.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// Lines; none: every site has one to every other and to the users.
    pub links: Option<Vec<Link>>,
    /// Whether users have a line to every site, whatever `links` says.
    pub users_everywhere: bool,
    /// Services that carry lines which name no carrier: those with the role. None: somebody outside does.
    pub carriers: Vec<ServiceId>,
    /// A person's work to repair or go round a line that was cut.
    pub repair: Span,
    /// Who does that.
    pub team: TeamId,
}

impl Network {
    /// Whether a service carries lines.
    #[must_use]
    pub fn carries(&self, service: ServiceId) -> bool {
        self.carriers.contains(&service) || self.links.iter().flatten().any(|link| link.via == Some(service))
    }
}

/// A line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// One end.
    pub from: SiteId,
    /// The other: a site, or the users.
    pub to: Option<SiteId>,
    /// The service that carries it, if the scenario names one.
    pub via: Option<ServiceId>,
}
