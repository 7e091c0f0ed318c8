//! What goes wrong, and when.

use super::{ElementId, PoolId, RoomId};
use crate::Time;

/// Something done to the world from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Set fire to a room.
    Ignite(RoomId),
    /// Open the breaker of a panel, or take away a utility feed: the element gives nothing until people have been there.
    Trip(ElementId),
    /// Every server of a pool stops at once.
    Crash(PoolId),
}

/// An action at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Incident {
    /// When.
    pub at: Time,
    /// What.
    pub action: Action,
}

/// Incidents in the order of their times.
pub type Script = Vec<Incident>;
