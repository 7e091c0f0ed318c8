//! The trace: everything that happened in a run, when, and because of what.

mod backlog;
mod bytes;
mod event;
mod fingerprint;
mod state;
mod track;

pub use backlog::{Backlog, BacklogState, Level};
pub(crate) use bytes::STAMP;
pub use event::{Change, CrewId, Event, EventId, Stint, Subject, Task, TaskKind};
pub use state::{ElementState, NetState, Phase, PoolState, RoomState, ServiceState, SiteState};
pub use track::{Series, Track};

use crate::Time;

/// A share at or above this is all of it: a thousandth is lost in the noise of any dashboard.
pub const WHOLE: f64 = 0.999;

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Time was up.
    Horizon,
    /// More events than a run may have: what follows is not simulated.
    EventBudget,
}

/// A whole run. Every question about a moment is a binary search.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// Changes in order of time, then of happening. An event's causes always stand before it.
    pub events: Vec<Event>,
    /// Fire, access and water, by site.
    pub sites: Vec<Track<SiteState>>,
    /// Who reaches it, by site.
    pub networks: Vec<Track<NetState>>,
    /// Rooms.
    pub rooms: Vec<Track<RoomState>>,
    /// Power elements.
    pub elements: Vec<Track<ElementState>>,
    /// Pools.
    pub pools: Vec<Track<PoolState>>,
    /// Servers up, by pool.
    pub servers_up: Vec<Series>,
    /// Whether users reach a pool and it reaches everything that its service cannot serve without: 1 or 0.
    pub reached: Vec<Series>,
    /// Whether a pool serves when its servers run, or stands by: 1 or 0.
    pub active: Vec<Series>,
    /// Whether a pool's data are fit to be served, 1 or 0: read through and caught up, as when somebody last had to know.
    pub fit: Vec<Series>,
    /// Whether names lead users to a pool: 1 or 0.
    pub routed: Vec<Series>,
    /// Voters that count in a service's quorum: fewer than built after people re-formed it; 0 without one.
    pub voters: Vec<Series>,
    /// Services.
    pub services: Vec<Track<ServiceState>>,
    /// Share of its demand that a service serves, 0 to 1.
    pub shares: Vec<Series>,
    /// Share it could serve by itself, whatever it leans on.
    pub own: Vec<Series>,
    /// Seconds of writes that were acknowledged and are missing from what it serves; infinite: all it ever stored.
    pub vanished: Vec<Series>,
    /// kW that reach servers, by site.
    pub energised: Vec<Series>,
    /// Attempts that arrive, by service, for each that would on a day without failures: what arrives is
    /// `load · demand · amplification`, in servers' worth.
    pub amplification: Vec<Series>,
    /// Servers that take requests, by service.
    pub capacity: Vec<Series>,
    /// Fraction of attempts that callers see fail and act on, by service.
    pub failing: Vec<Series>,
    /// 1 while what is too much is rejected, by the service itself or by people, else 0; by service.
    pub shedding: Vec<Series>,
    /// Calls that a service makes on what its cache is of, for each that it makes with a warm one; by service.
    pub misses: Vec<Series>,
    /// What is asked of a service for each request on an ordinary day, caches being as cold as they are; by service.
    pub asked: Vec<Series>,
    /// Work that waits, by service.
    pub backlogs: Vec<Backlog>,
    /// What the organisation is doing, by service.
    pub phases: Vec<Track<Phase>>,
    /// People who find something broken. Money and user-minutes are integrals, see [`crate::report`].
    pub affected: Series,
    /// Hands busy, by team.
    pub hands: Vec<Series>,
    /// Hands that are there, busy or not, by team.
    pub staff: Vec<Series>,
    /// What hands did and when, in the order in which they began.
    pub work: Vec<Stint>,
    /// End of the run.
    pub horizon: Time,
    /// Why it ended.
    pub end: End,
    /// Seed it ran with.
    pub seed: u64,
}

impl Trace {
    /// What pictures show of it: without the loads, the losses and the energy of each moment, without what nobody is told, and
    /// without causes, all of which are most of its bytes.
    #[must_use]
    pub fn seen(&self) -> Self {
        let told = self.events.iter().filter(|event| event.change.is_told());
        let none = |series: &[Series]| series.iter().map(|of| Series::new(of.points()[0].1)).collect();
        Self {
            energised: none(&self.energised),
            amplification: none(&self.amplification),
            capacity: none(&self.capacity),
            failing: none(&self.failing),
            shedding: none(&self.shedding),
            own: none(&self.own),
            events: told.map(|event| Event { causes: Vec::new(), ..*event }).collect(),
            sites: uncaused(&self.sites),
            networks: uncaused(&self.networks),
            rooms: uncaused(&self.rooms),
            elements: uncaused(&self.elements),
            pools: uncaused(&self.pools),
            services: uncaused(&self.services),
            phases: uncaused(&self.phases),
            work: Vec::new(),
            ..self.clone()
        }
    }
}

fn uncaused<S: Copy + PartialEq>(tracks: &[Track<S>]) -> Vec<Track<S>> {
    tracks.iter().map(Track::uncaused).collect()
}
