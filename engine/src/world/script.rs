//! What goes wrong, and when.

use super::{ElementId, PoolId, RoomId, Scope, ShockId, SiteId};
use crate::{Span, Time};

/// Something done to the world from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Set fire to a room.
    Ignite(RoomId),
    /// Open the breaker of a panel, or take away a utility feed: the element gives nothing until people have been there.
    Trip(ElementId),
    /// A power element fails: for so long, or for the rest of the run.
    Fail(ElementId, Option<Span>),
    /// Every server of a pool stops at once.
    Crash(PoolId),
    /// One server of a pool stops, and comes up again by itself.
    Kill(PoolId),
    /// Lines go dead: for so long, or until somebody has repaired them.
    Cut(Line, Option<Span>),
    /// What was cut is whole again.
    Heal(Line),
    /// Something hits sites of a region together.
    Shock(ShockId),
}

impl Action {
    /// How long the lines of a drill are cut for, if it does not say.
    pub const DRILL: Span = Span::from_hours(1);
}

/// Lines between sites, and between sites and users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Line {
    /// All lines of a site.
    All(SiteId),
    /// Those between two sites, the lower first.
    Between(SiteId, SiteId),
    /// Those between a site and the users.
    Users(SiteId),
}

impl Line {
    /// The site, or the first of the two.
    #[must_use]
    pub const fn site(self) -> SiteId {
        match self {
            Self::All(site) | Self::Between(site, _) | Self::Users(site) => site,
        }
    }
}

/// How an incident came about. What it does is its action's; this is what people say of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// It happened.
    #[default]
    Chance,
    /// Somebody gave a mistaken command. Who, nobody asks.
    Mistake {
        /// Whoever gave it sees at once what it did.
        noticed: bool,
    },
    /// It was done on purpose, to see what follows.
    Drill {
        /// How much was taken away.
        scope: Scope,
        /// Everybody knew beforehand, and had said go.
        announced: bool,
    },
}

/// An action at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Incident {
    /// When.
    pub at: Time,
    /// What.
    pub action: Action,
    /// How it came about.
    pub origin: Origin,
}

impl Incident {
    /// Something that happens, for no reason that anybody could name.
    #[must_use]
    pub const fn new(at: Time, action: Action) -> Self {
        Self { at, action, origin: Origin::Chance }
    }
}

/// Incidents in the order of their times.
pub type Script = Vec<Incident>;
