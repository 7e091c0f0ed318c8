//! What became of the requests that arrive at a service at a moment, worked out when somebody asks.

use crate::Time;
use crate::kernel::traffic::{erlang_c, goodput};
use crate::mechanisms::demand;
use crate::trace::{Series, Trace};
use crate::world::{ServiceId, World};

/// Requests at a service, in servers' worth: what one server answers when it has nothing else to do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Traffic {
    /// What would arrive on a day without failures.
    pub demand: f64,
    /// What arrives: retries included, and without what callers that are down would send.
    pub arriving: f64,
    /// Servers that take requests; without bound where a majority of voters is what counts.
    pub capacity: f64,
    /// Answered.
    pub served: f64,
    /// Taken in to be done later.
    pub queued: f64,
    /// Done of what was taken in earlier. It does not arrive now.
    pub caught_up: f64,
    /// Rejected for next to nothing.
    pub shed: f64,
    /// Failed, for want of capacity or of something that the service leans on.
    pub failed: f64,
}

/// How long a request waits for a server.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Queueing {
    /// Probability that it has to wait at all: Erlang's C.
    pub waits: f64,
    /// Mean wait, in units of the time a server takes for one request; without bound where more arrives than can be
    /// answered.
    pub wait: f64,
}

/// What became of the requests at a moment. What arrives is what became of it:
/// `arriving = served + queued + shed + failed`.
#[must_use]
pub fn traffic(world: &World, trace: &Trace, id: ServiceId, t: Time) -> Traffic {
    let at = |series: &[Series]| series[id.index()].at(t);
    let (share, own) = (at(&trace.shares), at(&trace.own));
    let demand = world[id].load * demand(world, t);
    let arriving = demand * at(&trace.amplification);
    let capacity = match world[id].quorum {
        Some(_) if own > 0.0 => f64::INFINITY,
        Some(_) => 0.0,
        None => at(&trace.capacity),
    };
    if world[id].backlog.is_some() {
        // What fails is tried again until it is done: it waits or was refused.
        let level = trace.backlogs[id.index()].at(t);
        let (rate, shed) = level.map_or((0.0, 0.0), |l| (l.rate, l.refused));
        let (queued, caught_up) = (rate.max(0.0), (-rate).max(0.0));
        let served = arriving - queued - shed;
        return Traffic { demand, arriving, capacity, served, queued, caught_up, shed, failed: 0.0 };
    }
    let sheds = at(&trace.shedding) > 0.0;
    let taken = goodput(arriving, capacity, world.overload.kappa, sheds);
    let shed = if sheds { arriving - taken } else { 0.0 };
    let served = if own > 0.0 { taken * (share / own).min(1.0) } else { 0.0 };
    let failed = arriving - shed - served;
    Traffic { demand, arriving, capacity, served, queued: 0.0, caught_up: 0.0, shed, failed }
}

/// How long requests wait at a moment, if they come at random and take exponential times (M/M/c).
#[must_use]
pub fn queueing(world: &World, trace: &Trace, id: ServiceId, t: Time) -> Queueing {
    let Traffic { arriving, capacity, .. } = traffic(world, trace, id, t);
    let waits = erlang_c(capacity, arriving);
    let wait = if arriving < capacity { waits / (capacity - arriving) } else { f64::INFINITY };
    Queueing { waits, wait }
}
