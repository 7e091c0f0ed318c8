//! What happened, to what, and what stands in the way, in a few words.

use super::numbers;
use super::states::Named;
use super::{Locale, Msg};
use bridge_engine::World;
use bridge_engine::trace::{BacklogState, Change, Event, RoomState, SiteState, Subject, Task, TaskKind};
use bridge_engine::why::Blocker;
use bridge_engine::world::{Action, Element, ElementKind, Line, Origin};

/// Name of a subject.
#[must_use]
pub fn subject(locale: Locale, world: &World, of: Subject) -> String {
    let name = |text| locale.name(text).to_owned();
    match of {
        Subject::Org => locale.say(Msg::Organisation),
        Subject::Site(s) => name(&world[s].name),
        Subject::Room(r) => name(&world[r].name),
        Subject::Element(e) => element(locale, &world[e]),
        Subject::Pool(p) => name(&world[world[p].service].name),
        Subject::Service(s) => name(&world[s].name),
        Subject::Team(t) => name(&world.people.teams[t.index()].name),
    }
}

/// Name of a power element; one that the author gave no name is called by what it is.
#[must_use]
pub fn element(locale: Locale, element: &Element) -> String {
    if element.name.en != element.key {
        return locale.name(&element.name).to_owned();
    }
    let message = match element.kind {
        ElementKind::Utility => Msg::KindUtility,
        ElementKind::Generators { .. } => Msg::KindGenerators,
        ElementKind::Ups { .. } => Msg::KindUps,
        ElementKind::Chillers { .. } => Msg::KindChillers,
        ElementKind::Panel { .. } => Msg::KindPanel,
    };
    locale.with(message, &[("key", &element.key)])
}

/// Name of a subject with its building, where it has one.
#[must_use]
pub fn place(locale: Locale, world: &World, of: Subject) -> String {
    let site = match of {
        Subject::Room(r) => world[r].site,
        Subject::Element(e) => world[e].site,
        Subject::Pool(p) => world[p].site,
        Subject::Org | Subject::Site(_) | Subject::Service(_) | Subject::Team(_) => {
            return subject(locale, world, of);
        }
    };
    let site = locale.name(&world[site].name);
    locale.with(Msg::PlaceOf, &[("site", site), ("name", &subject(locale, world, of))])
}

/// What an incident does.
#[must_use]
pub fn action(locale: Locale, world: &World, what: Action) -> String {
    locale.say(match what {
        Action::Ignite(_) => Msg::EventIgnite,
        Action::Trip(e) | Action::Fail(e, _) if world[e].kind == ElementKind::Utility => Msg::EventFeedLost,
        Action::Fail(..) => Msg::EventFail,
        Action::Trip(_) => Msg::EventTrip,
        Action::Crash(_) => Msg::EventCrash,
        Action::Kill(_) => Msg::EventKill,
        Action::Shock(shock) => {
            return locale.with(Msg::EventShock, &[("name", locale.name(&world[shock].name))]);
        }
        Action::Cut(cut, _) => return line(locale, world, cut, Msg::EventLineCut),
        Action::Heal(cut) => return line(locale, world, cut, Msg::EventLineWhole),
    })
}

/// What was done to a line; the site is named beside it.
fn line(locale: Locale, world: &World, line: Line, message: Msg) -> String {
    let to = match line {
        Line::All(_) => locale.say(Msg::LineAll),
        Line::Users(_) => locale.say(Msg::LineUsers),
        Line::Between(_, b) => locale.with(Msg::LineBetween, &[("name", locale.name(&world[b].name))]),
    };
    locale.with(message, &[("line", &to)])
}

/// What an event is about: an incident's target rather than whoever recorded it.
#[must_use]
pub fn about(event: &Event) -> Subject {
    match event.change {
        Change::Incident(what) => what.into(),
        _ => event.subject,
    }
}

/// What happened.
#[must_use]
pub fn change(locale: Locale, world: &World, event: &Event) -> String {
    let task = |message: Msg, t: Task| locale.with(message, &[("task", &task(locale, world, t))]);
    let plain = match event.change {
        Change::Incident(what) => return action(locale, world, what),
        Change::Healed(healed) => return line(locale, world, healed, Msg::EventLineWhole),
        Change::Network(state) => return state.said(locale),
        Change::Began(Origin::Mistake { .. }) => Msg::EventMistaken,
        Change::Began(Origin::Drill { announced: true, .. }) => Msg::EventDrillAnnounced,
        Change::Began(_) => Msg::EventDrill,
        Change::Element(state) => return state.said(locale),
        Change::Pool(state) => return state.said(locale),
        Change::Service(state) => return state.said(locale),
        Change::Phase(phase) => return locale.with(Msg::EventPhase, &[("phase", &phase.said(locale))]),
        Change::Servers(n) => return counted(locale, Msg::EventServers, n),
        Change::Damaged(n) => return counted(locale, Msg::EventDamaged, n),
        Change::Ordered(n) => return counted(locale, Msg::EventOrdered, n),
        Change::Replaced(n) => return counted(locale, Msg::EventReplaced, n),
        Change::CameIn(n) => return counted(locale, Msg::EventCameIn, n),
        Change::Crashed(n) => return counted(locale, Msg::EventCrashed, n),
        Change::Chillers(n) => {
            return locale.with(Msg::EventChillers, &[("count", &numbers::grouped(f64::from(n)))]);
        }
        Change::Queued(t) => return task(Msg::EventQueued, t),
        Change::Started(t) => return task(Msg::EventStarted, t),
        Change::Dropped(t) => return task(Msg::EventDropped, t),
        Change::Progress(t, _) => return task(Msg::EventProgress, t),
        Change::Redone(t) => return task(Msg::EventRedone, t),
        Change::Done(t) => return task(Msg::EventDone, t),
        Change::Bypassed { on } => {
            return locale.with(Msg::EventBypassed, &[("name", locale.name(&world[on].name))]);
        }
        Change::Room(state) => room(state),
        Change::Site(state) => building(state),
        Change::Isolated => Msg::EventIsolated,
        Change::Surge => Msg::EventSurge,
        Change::FireAlarm => Msg::EventAlarm,
        Change::Gas { worked: true } => Msg::EventGasWorked,
        Change::Gas { worked: false } => Msg::EventGasFailed,
        Change::CutOrdered => Msg::EventCut,
        Change::Cleared => Msg::EventCleared,
        Change::Detected { by_monitor: true } => Msg::EventDetectedMonitor,
        Change::Detected { by_monitor: false } => Msg::EventDetectedUsers,
        Change::Notified => Msg::EventNotified,
        Change::Acknowledged => Msg::EventAcknowledged,
        Change::Escalated => Msg::EventEscalated,
        Change::Decided => Msg::EventDecided,
        Change::Commander => Msg::EventCommander,
        Change::Closed => Msg::EventClosed,
        Change::ChannelLost => Msg::EventChannelLost,
        Change::ChannelMoved => Msg::EventChannelMoved,
        Change::ChannelBack => Msg::EventChannelBack,
        Change::Energise => Msg::EventEnergise,
        Change::Mistake => Msg::EventMistake,
        Change::Broke => Msg::EventBroke,
        Change::Noticed => Msg::EventNoticed,
        Change::Promoted => Msg::EventPromoted,
        Change::WritesLost(length) => {
            return locale.with(Msg::EventWritesLost, &[("time", &numbers::span(locale, length))]);
        }
        Change::Diverging => Msg::EventDiverging,
        Change::Diverged { conflicts: n, .. } if n > 0 => return counted(locale, Msg::EventConflicts, n),
        Change::Diverged { .. } => Msg::EventDiverged,
        Change::DataLost => Msg::EventDataLost,
        Change::StartedEmpty => Msg::EventStartedEmpty,
        Change::Restored => Msg::EventRestored,
        Change::Throttled => Msg::EventThrottled,
        Change::Admitted => Msg::EventAdmitted,
        Change::CacheCold => Msg::EventCacheCold,
        Change::CacheWarm => Msg::EventCacheWarm,
        Change::Backlog(BacklogState::Waits) => Msg::EventBacklogWaits,
        Change::Backlog(BacklogState::Full) => Msg::EventBacklogFull,
        Change::Backlog(BacklogState::Empty) => Msg::EventBacklogEmpty,
        Change::Routed => Msg::EventRouted,
        Change::Suspected(true) => Msg::EventSuspected,
        Change::Suspected(false) => Msg::EventTrusted,
        Change::Restarted => Msg::EventRestarted,
        Change::Split(true) => Msg::EventSplit,
        Change::Split(false) => Msg::EventJoined,
    };
    locale.say(plain)
}

const fn room(state: RoomState) -> Msg {
    match state {
        RoomState::Burning => Msg::EventRoomBurning,
        RoomState::Burnt => Msg::EventRoomBurnt,
        RoomState::Damaged => Msg::EventRoomDamaged,
        RoomState::Smoky => Msg::EventRoomSmoky,
        RoomState::Flooded => Msg::EventRoomFlooded,
        RoomState::Ok => Msg::EventRoomOk,
        RoomState::Warm => Msg::EventRoomWarm,
        RoomState::Hot => Msg::EventRoomHot,
    }
}

const fn building(state: SiteState) -> Msg {
    match state {
        SiteState::Ok => Msg::EventSiteOk,
        SiteState::Burning => Msg::EventSiteBurning,
        SiteState::Flooding => Msg::EventSiteFlooding,
        SiteState::Barred => Msg::EventSiteBarred,
        SiteState::Permit => Msg::EventSitePermit,
        SiteState::Recovering => Msg::EventSiteRecovering,
    }
}

fn counted(locale: Locale, message: Msg, n: u32) -> String {
    locale.with(message, &[("n", &numbers::grouped(f64::from(n)))])
}

/// What is done, of a kind of work.
#[must_use]
pub fn task(locale: Locale, world: &World, task: Task) -> String {
    let said = match task.kind {
        TaskKind::Promote(_) => locale.say(Msg::TaskPromote),
        TaskKind::Throttle(_) => locale.say(Msg::TaskThrottle),
        TaskKind::Boot(_) => locale.say(Msg::TaskBoot),
        TaskKind::Provision(_) => locale.say(Msg::TaskProvision),
        TaskKind::Fetch(_) => locale.say(Msg::TaskFetch),
        TaskKind::Reconcile(_) => locale.say(Msg::TaskReconcile),
        TaskKind::Verify(_) => locale.say(Msg::TaskVerify),
        TaskKind::Secure(_) => locale.say(Msg::TaskSecure),
        TaskKind::Bypass { on, .. } => {
            locale.with(Msg::TaskBypass, &[("name", locale.name(&world[on].name))])
        }
        TaskKind::Check(_) => locale.say(Msg::TaskCheck),
        TaskKind::Inspect(_) => locale.say(Msg::TaskInspect),
        TaskKind::Recable(_) => locale.say(Msg::TaskRecable),
        TaskKind::Reclose(_) => locale.say(Msg::TaskReclose),
        TaskKind::Clean(_) => locale.say(Msg::TaskClean),
        TaskKind::Replace(_) => locale.say(Msg::TaskReplace),
        TaskKind::Redirect(_) => locale.say(Msg::TaskRedirect),
        TaskKind::Configure(_) => locale.say(Msg::TaskConfigure),
        TaskKind::BreakGlass(_) => locale.say(Msg::TaskBreakGlass),
        TaskKind::OpenDoors(_) => locale.say(Msg::TaskOpenDoors),
        TaskKind::Relink(cut) => line(locale, world, cut, Msg::TaskRelink),
        TaskKind::Chiller { .. } => locale.say(Msg::TaskChiller),
        TaskKind::Notice => locale.say(Msg::TaskNotice),
        TaskKind::Repair { .. } => locale.say(Msg::TaskRepair),
    };
    if task.by_hand { locale.with(Msg::ByHand, &[("task", &said)]) } else { said }
}

/// What has to come back.
#[must_use]
pub fn blocker(locale: Locale, world: &World, what: Blocker) -> String {
    let (message, of) = match what {
        Blocker::Detection => return locale.say(Msg::BlockDetection),
        Blocker::Decision => return locale.say(Msg::BlockDecision),
        Blocker::Fire(r) => (Msg::BlockFire, Subject::Room(r)),
        Blocker::Access(s) => (Msg::BlockAccess, Subject::Site(s)),
        Blocker::Network(s) => (Msg::BlockNetwork, Subject::Site(s)),
        Blocker::Power(e) => (Msg::BlockPower, Subject::Element(e)),
        Blocker::BootCycle(s) => (Msg::BlockCycle, Subject::Service(s)),
        Blocker::Quorum(s) => (Msg::BlockQuorum, Subject::Service(s)),
        Blocker::Servers(p) => (Msg::BlockServers, Subject::Pool(p)),
        Blocker::Routes(s) => (Msg::BlockRoutes, Subject::Service(s)),
        Blocker::Settings(s) => (Msg::BlockSettings, Subject::Service(s)),
        Blocker::HoldDown(s) => (Msg::BlockHoldDown, Subject::Service(s)),
        Blocker::BreakGlass(t) => (Msg::BlockGlass, Subject::Team(t)),
        Blocker::Promotion(s) => (Msg::BlockPromotion, Subject::Service(s)),
        Blocker::Hands(t) => (Msg::BlockHands, Subject::Team(t)),
        Blocker::RemoteHands(s) => (Msg::BlockRemoteHands, Subject::Site(s)),
        Blocker::Check(p) => (Msg::BlockCheck, Subject::Pool(p)),
        Blocker::Capacity(s, n) => {
            let name = place(locale, world, Subject::Service(s));
            let servers = numbers::grouped(f64::from(n));
            return locale.with(Msg::BlockCapacity, &[("name", &name), ("n", &servers)]);
        }
        Blocker::Provisioning(p) => (Msg::BlockProvisioning, Subject::Pool(p)),
        Blocker::Warm(s) => (Msg::BlockWarm, Subject::Service(s)),
        Blocker::NoCopy(s) => (Msg::BlockNoCopy, Subject::Service(s)),
        Blocker::Restore(p) => (Msg::BlockRestore, Subject::Pool(p)),
    };
    locale.with(message, &[("name", &place(locale, world, of))])
}
