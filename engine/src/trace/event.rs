//! Events: one change of one subject, with what enabled it.

use super::{BacklogState, ElementState, NetState, Phase, PoolState, RoomState, ServiceState, SiteState};
use crate::world::{Action, ElementId, Line, Origin, PoolId, RoomId, ServiceId, SiteId, TeamId};
use crate::{Span, Time};

/// Position of an event in its trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub u32);

/// Whose change it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The organisation: alarms, decisions.
    Org,
    /// A building.
    Site(SiteId),
    /// A room.
    Room(RoomId),
    /// A power element.
    Element(ElementId),
    /// A pool.
    Pool(PoolId),
    /// A service.
    Service(ServiceId),
    /// A team.
    Team(TeamId),
}

impl From<Action> for Subject {
    /// What an action is done to.
    fn from(action: Action) -> Self {
        match action {
            Action::Ignite(room) => Self::Room(room),
            Action::Trip(element) | Action::Fail(element, _) => Self::Element(element),
            Action::Crash(pool) | Action::Kill(pool) => Self::Pool(pool),
            Action::Cut(line, _) | Action::Heal(line) => Self::Site(line.site()),
            Action::Shock(_) => Self::Org,
        }
    }
}

/// Who does work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CrewId {
    /// A team's hands.
    Team(TeamId),
    /// A building's electricians.
    Electricians(SiteId),
    /// A landlord's hands on our servers in a building.
    Landlord(SiteId),
    /// The deployment tool; its hands are servers a second.
    Deploy,
}

/// A stretch of work: so many hands on a task, without a change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stint {
    /// Whose hands.
    pub crew: CrewId,
    /// On what.
    pub task: Task,
    /// From when.
    pub from: Time,
    /// Until when.
    pub to: Time,
    /// How many.
    pub hands: f64,
}

/// Work that somebody or something has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Task {
    /// What is done.
    pub kind: TaskKind,
    /// By people's hands rather than by a tool.
    pub by_hand: bool,
}

/// Kinds of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaskKind {
    /// Promote a standby.
    Promote(ServiceId),
    /// Turn away what is too much for a service.
    Throttle(ServiceId),
    /// Start a pool's servers.
    Boot(PoolId),
    /// Install a pool's empty servers.
    Provision(PoolId),
    /// Bring tapes from a vault to where a pool's servers stand.
    Fetch(PoolId),
    /// Find a way round a boot dependency.
    Bypass {
        /// What waits.
        of: ServiceId,
        /// What it waits for.
        on: ServiceId,
    },
    /// Read a pool's data through.
    Check(PoolId),
    /// Inspect a panel before it is energised.
    Inspect(ElementId),
    /// Lay a new cable to it.
    Recable(ElementId),
    /// Close its breaker.
    Reclose(ElementId),
    /// Repair a line, or lead packets round it.
    Relink(Line),
    /// Start one of its chillers.
    Chiller {
        /// Whose.
        of: ElementId,
        /// Which, from 0.
        unit: u32,
    },
    /// Write a notice to users.
    Notice,
    /// Repair one of a pool's servers.
    Repair {
        /// Whose.
        of: PoolId,
        /// Which, from 0.
        unit: u32,
    },
    /// Clean what hangs on it of smoke or water.
    Clean(ElementId),
    /// Put new servers in the place of a pool's damaged ones.
    Replace(PoolId),
    /// Lead a service's users to where it serves now.
    Redirect(ServiceId),
    /// Write a service's configuration by hand.
    Configure(ServiceId),
    /// Let a team in as administrators without the sign-in.
    BreakGlass(TeamId),
    /// Open a building's doors without the sign-in.
    OpenDoors(SiteId),
    /// Put right what two sides of a service wrote apart.
    Reconcile(ServiceId),
    /// Compare a service's data with what should be there.
    Verify(ServiceId),
    /// Look over a service that ran without a control.
    Secure(ServiceId),
}

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    /// The script did something.
    Incident(Action),
    /// The next incident did not come about by chance.
    Began(Origin),
    /// A room's state.
    Room(RoomState),
    /// A building's fire alarm rang.
    FireAlarm,
    /// Gas was released.
    Gas {
        /// It put the fire out.
        worked: bool,
    },
    /// A battery was seen to fail, and isolated before it burnt.
    Isolated,
    /// Power was ordered off for the water.
    CutOrdered,
    /// The building's power may be restored: fire out and people let in.
    Cleared,
    /// A building's state.
    Site(SiteState),
    /// Who reaches a building.
    Network(NetState),
    /// A line carries packets again.
    Healed(Line),
    /// A power element's state.
    Element(ElementState),
    /// A pool's state.
    Pool(PoolState),
    /// A pool's servers up.
    Servers(u32),
    /// So many servers of a pool crashed under what arrived.
    Crashed(u32),
    /// Users are turned away so that what runs can serve the rest.
    Throttled,
    /// Nobody is turned away by hand any more.
    Admitted,
    /// Servers of a service have started, and nothing is in their caches.
    CacheCold,
    /// A service's caches hold what they hold on an ordinary day.
    CacheWarm,
    /// How work stands that waits for a service.
    Backlog(BacklogState),
    /// A pool's servers that are damaged by now.
    Damaged(u32),
    /// So many servers were ordered in the place of damaged ones.
    Ordered(u32),
    /// So many damaged servers were replaced.
    Replaced(u32),
    /// Power came back to a building all at once.
    Surge,
    /// A service's state.
    Service(ServiceState),
    /// What the organisation does about a service.
    Phase(Phase),
    /// Somebody knows that the service is down; by the monitor, or by users who called.
    Detected {
        /// The monitor saw it.
        by_monitor: bool,
    },
    /// The landlord called.
    Notified,
    /// Somebody took the alarm.
    Acknowledged,
    /// Somebody with authority was reached.
    Escalated,
    /// Go.
    Decided,
    /// There is one commander now.
    Commander,
    /// Everything serves and nothing burns: the incident is over, and what was said and gone without in it with it.
    Closed,
    /// The team's channel is gone.
    ChannelLost,
    /// Everybody has moved to the fallback.
    ChannelMoved,
    /// The channel works again.
    ChannelBack,
    /// So many more of a team have come in after they were called.
    CameIn(u32),
    /// Users were told.
    Noticed,
    /// Work was asked for.
    Queued(Task),
    /// Work began.
    Started(Task),
    /// Work went wrong and must be done again.
    Redone(Task),
    /// Somebody stopped the wrong servers.
    Mistake,
    /// A server broke by itself.
    Broke,
    /// Part of a batch was done: so many servers started by now.
    Progress(Task, u32),
    /// Work was done.
    Done(Task),
    /// Work is no longer wanted, or somebody else goes on with it.
    Dropped(Task),
    /// So many chillers run.
    Chillers(u32),
    /// A panel was made safe and may be switched on.
    Energise,
    /// A standby, or what is left of a quorum, serves from now on.
    Promoted,
    /// So much of what was written is missing from what is served now.
    WritesLost(Span),
    /// Sides of it that do not reach each other are written.
    Diverging,
    /// What they wrote is in one place again, or one of them is gone with what it took in.
    Diverged {
        /// Writes taken in apart, in seconds.
        lasted: Span,
        /// Keys that more than one side wrote.
        conflicts: u32,
    },
    /// No copy is left of a service's data, or of a part of them.
    DataLost,
    /// People gave the data up and started without any.
    StartedEmpty,
    /// A pool's data were restored.
    Restored,
    /// Users are led to where it serves.
    Routed,
    /// The monitor takes it for down though it serves, or no longer does.
    Suspected(bool),
    /// A watchdog stopped all its servers, to start them again.
    Restarted,
    /// Two sides think themselves active, neither knowing of the other; or they have found each other again.
    Split(bool),
    /// A boot dependency need no longer be waited for.
    Bypassed {
        /// What was waited for.
        on: ServiceId,
    },
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// When.
    pub at: Time,
    /// Whose.
    pub subject: Subject,
    /// What.
    pub change: Change,
    /// What enabled it: earlier events. Empty only for the script, the calendar and what breaks by itself.
    pub causes: Vec<EventId>,
}

impl Change {
    /// It is told to whoever watches: what was done, what burnt, who decided, what lost or regained power, what services
    /// became; not who worked at what, and how far.
    #[must_use]
    pub const fn is_told(self) -> bool {
        matches!(
            self,
            Self::Incident(_)
                | Self::Began(_)
                | Self::Network(_)
                | Self::Room(_)
                | Self::FireAlarm
                | Self::Gas { .. }
                | Self::CutOrdered
                | Self::Cleared
                | Self::Site(_)
                | Self::Service(_)
                | Self::Detected { .. }
                | Self::Notified
                | Self::Escalated
                | Self::Decided
                | Self::Commander
                | Self::Throttled
                | Self::Backlog(_)
                | Self::CacheCold
                | Self::CacheWarm
                | Self::ChannelLost
                | Self::ChannelMoved
                | Self::WritesLost(_)
                | Self::DataLost
                | Self::Diverging
                | Self::Diverged { .. }
                | Self::StartedEmpty
                | Self::Restored
                | Self::Bypassed { .. }
                | Self::Element(_)
        )
    }
}
