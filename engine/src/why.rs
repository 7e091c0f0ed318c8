//! Why is it like this, and what would have to come back first?

use crate::trace::EventId;
use crate::world::{ElementId, PoolId, RoomId, ServiceId, SiteId, TeamId};

/// The answer to "why?" about a subject at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// The shortest causal chain, from the trigger to the subject's present state. Empty if nothing ever happened to it.
    pub chain: Vec<EventId>,
    /// The smallest set of things that would have to come back, in the order in which they can.
    pub blockers: Vec<Blocker>,
}

/// Something that has to change before a service can serve again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Blocker {
    /// Nobody knows yet.
    Detection,
    /// Nobody has said go.
    Decision,
    /// A room burns.
    Fire(RoomId),
    /// Nobody may enter a building.
    Access(SiteId),
    /// A panel has no power.
    Power(ElementId),
    /// Another service has to serve first.
    Service(ServiceId),
    /// A start waits for a service that waits for it.
    BootCycle(ServiceId),
    /// Too few voters are up.
    Quorum(ServiceId),
    /// Too few servers are up.
    Servers(PoolId),
    /// A standby has to be promoted.
    Promotion(ServiceId),
    /// A team has no free hand.
    Hands(TeamId),
    /// Data have to be read through.
    Check(PoolId),
}
