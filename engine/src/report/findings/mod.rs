//! Broken bridges: redundancy that was there and did not reach across, found in what happened.
//!
//! Each rule looks for the moment at which a weakness cost something: a design that has it and was not hurt by it is not
//! reported. The exact rule of each code stands in docs/model.md.

mod building;
mod control;
mod data;
mod load;
mod people;
mod place;
mod start;

pub(super) use data::places;
pub(super) use people::SHORT;

use std::collections::BTreeMap;

use super::view::View;
use super::{Piece, ServiceReport, SiteReport};
use crate::Time;
use crate::kernel::order::sorted_by_key;
use crate::trace::{Subject, Trace};
use crate::world::{ElementId, ElementKind, PoolId, Role, ServiceId, SiteId, World};

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $name:literal, $unit:ident;)*) => {
        /// Kinds of broken bridge.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])* $code,)*
        }

        impl Code {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$code),*];

            /// The code as it is written in reports.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$code => $name,)* }
            }

            /// What a finding's figure is.
            #[must_use]
            pub const fn unit(self) -> Unit {
                match self { $(Self::$code => Unit::$unit,)* }
            }
        }
    };
}

codes! {
    /// Monitor or controller was lost together with what it was there to help.
    GuardSharesFate = "guard-shares-fate", Seconds;
    /// Monitor or controller ran, and could not reach what it was there to help.
    GuardUnreachable = "guard-unreachable", Seconds;
    /// The controller ran, and the monitor it goes by did not.
    ControllerDeaf = "controller-deaf", Seconds;
    /// The tools that start servers were lost with the servers.
    ToolsLost = "tools-lost", Servers;
    /// The administrators' sign-in was lost, and their teams had to be let in another way.
    SignInLost = "sign-in-lost", Seconds;
    /// The name servers were lost, and users had to be led elsewhere by hand.
    NamesLost = "names-lost", Seconds;
    /// The controller switched from side to side what its monitor called down and was not.
    FailoverFlaps = "failover-flaps", Seconds;
    /// A promoted standby could not carry the load.
    StandbyTooSmall = "standby-too-small", Share;
    /// What was left of a service that stood at several places could not carry the load.
    CapacityElsewhere = "capacity-elsewhere", Share;
    /// Nothing outside the lost site could serve it.
    NoStandby = "no-standby", Seconds;
    /// It stood at several sites of one region, and all were lost.
    OneRegion = "one-region", Seconds;
    /// All its servers hung on one panel.
    SinglePanel = "single-panel", Seconds;
    /// A quorum lost its majority with one site.
    QuorumInOneSite = "quorum-in-one-site", Share;
    /// Services waited for each other to start.
    BootCycle = "boot-cycle", Seconds;
    /// A switch waited for somebody to say go.
    SlowDecision = "slow-decision", Seconds;
    /// Hands worked on what mattered less while what mattered more waited for them.
    NobodyInCommand = "nobody-in-command", Seconds;
    /// Too few hands for the work.
    HandsShort = "hands-short", Seconds;
    /// People worked who had not practised for a loss of this size.
    NotPractised = "not-practised", Share;
    /// The channel the teams talk on was lost.
    ChannelLost = "channel-lost", Seconds;
    /// Batteries burnt under the same ceiling as the UPS, and their heat switched it off.
    UpsUnderOneCeiling = "ups-under-one-ceiling", Seconds;
    /// What did not burn was switched off for the water, for want of a switch for the zone.
    NoZoneSwitch = "no-zone-switch", Servers;
    /// A breaker or a UPS gave up because of the load that others had carried.
    OverloadTrip = "overload-trip", Servers;
    /// Generators did not carry the building when the street was gone.
    GeneratorFailed = "generator-failed", Seconds;
    /// Retries kept down what could have carried the load.
    RetryStorm = "retry-storm", Seconds;
    /// Cold caches asked more of what is behind them than it could answer.
    ColdCache = "cold-cache", Seconds;
    /// What had waited was late though everything ran again.
    BacklogLate = "backlog-late", Seconds;
    /// A hall was too warm for its servers.
    TooHot = "too-hot", Seconds;
    /// Starting alone took longer than the recovery time promised.
    RtoBelowRestore = "rto-below-restore", Seconds;
    /// No copy of its data was kept anywhere else.
    NoCopyElsewhere = "no-copy-elsewhere", Seconds;
    /// The backup of its data was kept where the data were.
    BackupBeside = "backup-beside", Seconds;
    /// Copies were made less often than the recovery point promised.
    RpoBelowCopies = "rpo-below-copies", Seconds;
    /// The recovery point promised was missed.
    RpoMissed = "rpo-missed", Seconds;
    /// The recovery time promised was missed.
    ObjectiveMissed = "objective-missed", Seconds;
}

/// What a finding's figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Between 0 and 1.
    Share,
    /// Seconds.
    Seconds,
    /// Servers.
    Servers,
}

/// One broken bridge.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What kind.
    pub code: Code,
    /// Whose: a service, a team, a power element, a building, the organisation.
    pub subject: Subject,
    /// Others that are broken together with it: the other guards, the rest of a circle.
    pub with: Vec<ServiceId>,
    /// Services it cost something.
    pub hit: Vec<ServiceId>,
    /// Where, if it stood in one place.
    pub site: Option<SiteId>,
    /// How bad, in [`Code::unit`].
    pub figure: f64,
}

impl Finding {
    /// The service it is about, if it is about one.
    #[must_use]
    pub const fn service(&self) -> Option<ServiceId> {
        if let Subject::Service(id) = self.subject { Some(id) } else { None }
    }
}

/// What is known of a run when the rules look at it.
#[derive(Clone, Copy)]
pub(super) struct Evidence<'a> {
    pub view: View<'a>,
    pub services: &'a [ServiceReport],
    pub waterfalls: &'a [Vec<Piece>],
    pub sites: &'a [SiteReport],
}

pub(super) fn find(evidence: Evidence<'_>) -> Vec<Finding> {
    let e = &evidence;
    let mut found = Vec::new();
    found.extend(control::guards(e));
    found.extend(control::tools(e));
    found.extend([Role::Admin, Role::Dns].into_iter().filter_map(|role| control::by_hand(e, role)));
    found.extend(control::flaps(e));
    let waiting = waiting(e.waterfalls);
    for (i, report) in e.services.iter().enumerate() {
        if report.first_loss.is_some() {
            let id = ServiceId::at(i);
            found.extend(place::too_small(e, id));
            found.extend(place::elsewhere(e, id));
            found.extend(place::no_standby(e, id, &waiting[i]));
            found.extend(place::one_region(e, id));
            found.extend(place::single_panel(e, id));
            found.extend(place::quorum(e, id));
            found.extend(start::slower_than_promised(e, id));
            found.extend(start::promise(e, id));
            found.extend(load::storm(e, id));
            found.extend(load::cold(e, id));
            found.extend(data::beside(e, id));
            found.extend(data::too_old(e, id).or_else(|| data::promise(e, id)));
        }
    }
    found.extend(load::late(e));
    found.extend(start::circles(e));
    found.extend(people::decision(e));
    found.extend(people::command(e));
    found.extend(people::hands(e));
    found.extend(people::channel(e));
    found.extend(people::practice(e));
    found.extend(building::ceilings(e));
    found.extend(building::zones(e));
    found.extend(building::overloads(e));
    found.extend(building::generators(e));
    found.extend(building::halls(e));
    sorted_by_key(found, |f| (f.code, f.subject, f.site))
}

/// By service, those that waited for it for a while.
fn waiting(waterfalls: &[Vec<Piece>]) -> Vec<Vec<ServiceId>> {
    let mut waiting = vec![Vec::new(); waterfalls.len()];
    for (i, pieces) in waterfalls.iter().enumerate() {
        for on in pieces.iter().filter_map(|piece| piece.on) {
            waiting[on.index()].push(ServiceId::at(i));
        }
    }
    waiting
}

impl<'a> Evidence<'a> {
    pub fn world(&self) -> &'a World {
        self.view.world
    }

    pub fn trace(&self) -> &'a Trace {
        self.view.trace
    }

    /// Site of all of a service's pools, if it is one.
    fn only_site(&self, id: ServiceId) -> Option<SiteId> {
        let mut sites = self.world()[id].pools.iter().map(|&p| self.world()[p].site);
        let first = sites.next()?;
        sites.all(|s| s == first).then_some(first)
    }

    /// When a service's own servers first served nothing.
    fn out(&self, id: ServiceId) -> Option<Time> {
        self.trace().own[id.index()].points().iter().find(|p| p.1 <= 0.0).map(|p| p.0)
    }

    /// How long a service's own servers served nothing, in seconds.
    fn out_s(&self, id: ServiceId) -> f64 {
        let out = |own: f64| if own <= 0.0 { 1.0 } else { 0.0 };
        self.trace().own[id.index()].integral(Time::ZERO, self.trace().horizon, out)
    }

    /// Servers of a pool that are up at a moment.
    fn up(&self, p: PoolId, t: Time) -> f64 {
        self.trace().servers_up[p.index()].at(t)
    }

    /// Services without a job for the others, of those given, each once.
    fn plain(&self, services: impl Iterator<Item = ServiceId>) -> Vec<ServiceId> {
        let mut found = sorted_by_key(services.filter(|&s| self.world()[s].role.is_none()).collect(), |s| *s);
        found.dedup();
        found
    }
}

/// Panels of a building.
pub(super) fn panels_of(world: &World, site: SiteId) -> impl Iterator<Item = ElementId> + '_ {
    let here =
        move |e: &ElementId| world[*e].site == site && matches!(world[*e].kind, ElementKind::Panel { .. });
    (0..world.elements.len()).map(ElementId::at).filter(here)
}

/// The site that holds the most of a service's servers, the first of equals, and how many.
pub(super) fn largest_share(world: &World, id: ServiceId) -> Option<(SiteId, u32)> {
    let mut by_site: BTreeMap<SiteId, u32> = BTreeMap::new();
    for &pool in &world[id].pools {
        *by_site.entry(world[pool].site).or_default() += world[pool].servers;
    }
    by_site.into_iter().reduce(|a, b| if b.1 > a.1 { b } else { a })
}
