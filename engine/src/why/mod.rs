//! Why is it like this, and what would have to come back first?
//!
//! ```text
//!            ┌─ chain    search backwards over recorded causes, to what somebody did
//!  Trace, t ─┤
//!            └─ plan     which conditions, not met now, would together let the service serve
//!                 └─ ground     who would serve if some of them were met
//!                      └─ ways  the ways back of one service, from the state of its pools
//! ```

mod chain;
mod ground;
mod lines;
mod plan;
mod tools;
mod ways;

use crate::Time;
use crate::report::Index;
use crate::report::view::View;
use crate::trace::{EventId, Subject, Trace};
use crate::world::{ElementId, PoolId, RoomId, ServiceId, SiteId, TeamId, World};
use plan::Plan;

/// The answer to "why?" about a subject at a moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Why {
    /// The shortest causal chain, from the trigger to the subject's present state. Empty if nothing ever happened to it.
    pub chain: Vec<EventId>,
    /// A smallest set of conditions that would have to be met, in the order in which they can be: with all of them the
    /// subject comes back, and with any one left out it does not. Of a service that serves nothing, for it to serve
    /// anything; of one that serves some, for it to serve all.
    pub blockers: Vec<Blocker>,
}

/// A condition that is not met, and without which something does not come back.
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
    /// A power element gives no power.
    Power(ElementId),
    /// A building is cut off, from users or from what stands elsewhere.
    Network(SiteId),
    /// Somebody has to find out how to start without a service.
    BootCycle(ServiceId),
    /// Too few voters are up.
    Quorum(ServiceId),
    /// Too few servers are up.
    Servers(PoolId),
    /// A standby has to be promoted.
    Promotion(ServiceId),
    /// Users have to be led to where it serves.
    Routes(ServiceId),
    /// Its settings have to be written by hand.
    Settings(ServiceId),
    /// A team has to be let in as administrators.
    BreakGlass(TeamId),
    /// The controller has switched it lately, and may not yet again.
    HoldDown(ServiceId),
    /// A team has no free hand.
    Hands(TeamId),
    /// The landlord has no free hand for our servers.
    RemoteHands(SiteId),
    /// Data have to be read through, or brought up to date.
    Check(PoolId),
    /// Empty servers have to be installed.
    Provisioning(PoolId),
    /// No copy of the data is within reach, or nobody may open the one that is.
    NoCopy(ServiceId),
    /// Data have to be restored.
    Restore(PoolId),
    /// A service's caches have to be warm.
    Warm(ServiceId),
    /// Servers are too few for what arrives, retries included: so many more would have to run, or so much less arrive.
    Capacity(ServiceId, u32),
}

/// Why the subject is as it is at a moment.
#[must_use]
pub fn why(world: &World, trace: &Trace, subject: Subject, t: Time) -> Why {
    let index = Index::new(world, trace);
    let view = View { world, trace, index: &index };
    let blockers = match subject {
        Subject::Service(id) => Plan::of_service(view, id, t),
        Subject::Pool(id) => Plan::of_pool(view, id, t),
        _ => ways::elsewhere(view, subject, t),
    };
    Why { chain: chain::chain(trace, chain::present(world, trace, subject, t)), blockers }
}

/// Whether a service would come back if some conditions were met that are not at a moment: from nothing to anything, or
/// from some to all. What [`Why::blockers`] says is held against this.
#[must_use]
pub fn would_serve(world: &World, trace: &Trace, id: ServiceId, t: Time, met: &[Blocker]) -> bool {
    let index = Index::new(world, trace);
    plan::would_serve(View { world, trace, index: &index }, id, t, met)
}
