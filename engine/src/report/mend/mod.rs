//! Mends: the smallest change of a design that takes a broken bridge away, as a change of the world.
//!
//! Ids stay what they are: what a mend adds comes last. So several mends can be put into one world, and the luck of
//! everything that is not touched is what it was.

mod choose;

pub(super) use choose::choose;

use crate::Span;
use crate::trace::Subject;
use crate::world::{
    Authority, Backup, CutScope, Data, ElementId, ElementKind, Exercise, Pool, PoolId, PoolRole, Priority,
    Replication, Restart, Room, RoomId, Scope, ServiceId, SiteId, SpreadKind, TeamId, Text, World,
};

/// How long a wall between batteries and electronics holds, as building codes ask for it.
const WALL: Span = Span::from_hours(2);
/// From one drill to the next, and since the last: in the middle of a round.
const ROUND: Span = Span::from_hours(90 * 24);
/// From power to chillers that start by themselves.
const COOL_AGAIN: Span = Span::from_mins(2);
/// Mean time to decide what is written down.
const BY_THE_BOOK: Span = Span::from_mins(5);
/// Hours a hand works in a year.
pub(super) const WORKING_HOURS: f64 = 1_900.0;
/// Hours a drill takes each hand of every team.
const DRILL_HOURS: f64 = 8.0;

/// A change of the design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mend {
    /// More servers of a service at a site, as an author who names only the site would place them.
    Place {
        /// Whose.
        service: ServiceId,
        /// Where.
        site: SiteId,
        /// How many.
        servers: u32,
        /// They stand by; otherwise they serve on an ordinary day.
        standby: bool,
    },
    /// A pool has so many servers.
    Grow {
        /// Which.
        pool: PoolId,
        /// How many in all.
        servers: u32,
    },
    /// Voters stand at another site.
    MoveVoters {
        /// Where they stood.
        pool: PoolId,
        /// Where they stand.
        site: SiteId,
        /// How many.
        voters: u32,
    },
    /// A service keeps with it what it needs to start.
    StartWithout {
        /// Which.
        of: ServiceId,
        /// What it need not wait for.
        on: ServiceId,
    },
    /// A service keeps with it what it needs to serve.
    ServeWithout {
        /// Which.
        of: ServiceId,
        /// What it need not lean on.
        on: ServiceId,
    },
    /// Servers hang on one more panel.
    Cord {
        /// Which servers.
        pool: PoolId,
        /// On what.
        panel: ElementId,
    },
    /// A panel or a UPS is built for so much.
    Rate {
        /// Which.
        element: ElementId,
        /// In kW.
        kw: u32,
    },
    /// A generator set has so many machines.
    Machines {
        /// Which.
        set: ElementId,
        /// How many.
        n: u32,
    },
    /// A generator set has so much fuel.
    Fuel {
        /// Which.
        set: ElementId,
        /// For how long.
        hours: u32,
    },
    /// Chillers start again by themselves.
    ChillerRestart(ElementId),
    /// A wall between two rooms instead of an open way.
    Wall {
        /// Where it burns.
        from: RoomId,
        /// What is kept from it.
        to: RoomId,
    },
    /// A power element has a room to itself.
    OwnRoom(ElementId),
    /// The zone that burns can be switched off alone, and people know how.
    ZoneSwitch(SiteId),
    /// The controller makes no other switch of a service for so long after one.
    HoldDown {
        /// For how long.
        hours: u32,
    },
    /// Whoever takes the alarm may say go, and when to say it is written down beforehand.
    Authority,
    /// One command with one priority as soon as somebody said go; where none was declared, most people helped first.
    Commander,
    /// A team has so many hands.
    Hands {
        /// Which.
        team: TeamId,
        /// How many.
        hands: u32,
    },
    /// A landlord has so many hands for our servers.
    RemoteHands {
        /// Where.
        site: SiteId,
        /// How many.
        hands: u32,
    },
    /// What is read through after an unclean stop is read at so many bytes a second, from more places at once.
    CheckRate {
        /// Whose data.
        service: ServiceId,
        /// Bytes a second.
        rate: u64,
    },
    /// An empty pool is filled at so many bytes a second, by more streams at once.
    RestoreRate {
        /// Whose data.
        service: ServiceId,
        /// Bytes a second.
        rate: u64,
    },
    /// A backup is kept at one more site; once a day, where none was made.
    Backup {
        /// Whose data.
        service: ServiceId,
        /// Where.
        site: SiteId,
    },
    /// Copies are never older than this on an ordinary day.
    Fresh {
        /// Whose data.
        service: ServiceId,
        /// Age at most; zero: written elsewhere before it is acknowledged.
        within: Span,
    },
    /// A service rejects what is too much for it.
    Shed(ServiceId),
    /// A service's caches are filled from a copy before they are relied on.
    Prewarm(ServiceId),
    /// The teams talk on something that none of our services carries.
    OutOfBand,
    /// Everybody practises the loss of a region every 90 days.
    Drill,
}

impl Mend {
    /// The world with it.
    #[must_use]
    pub fn apply(self, world: &World) -> World {
        let mut mended = world.clone();
        self.put_into(&mut mended);
        mended
    }

    /// The name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Place { standby: false, .. } => "place",
            Self::Place { standby: true, .. } => "place-standby",
            Self::Grow { .. } => "grow",
            Self::MoveVoters { .. } => "move-voters",
            Self::StartWithout { .. } => "start-without",
            Self::ServeWithout { .. } => "serve-without",
            Self::Cord { .. } => "second-cord",
            Self::Rate { .. } => "rating",
            Self::Machines { .. } => "machines",
            Self::Fuel { .. } => "fuel",
            Self::ChillerRestart(_) => "chiller-restart",
            Self::Wall { .. } => "wall",
            Self::OwnRoom(_) => "own-room",
            Self::ZoneSwitch(_) => "zone-switch",
            Self::HoldDown { .. } => "hold-down",
            Self::Authority => "authority",
            Self::Commander => "commander",
            Self::Hands { .. } => "hands",
            Self::RemoteHands { .. } => "remote-hands",
            Self::CheckRate { .. } => "check-rate",
            Self::RestoreRate { .. } => "restore-rate",
            Self::Backup { .. } => "backup",
            Self::Fresh { .. } => "fresh-copies",
            Self::Shed(_) => "shed",
            Self::Prewarm(_) => "prewarm",
            Self::OutOfBand => "out-of-band",
            Self::Drill => "drill",
        }
    }

    /// Whether a scenario with costs says what such a change costs: servers, hands and drills have a price, and what is
    /// only written down or kept has none. Building work and faster disks are not priced.
    pub(super) const fn is_priced(self) -> bool {
        !matches!(
            self,
            Self::Cord { .. }
                | Self::Rate { .. }
                | Self::Machines { .. }
                | Self::Fuel { .. }
                | Self::ChillerRestart(_)
                | Self::Wall { .. }
                | Self::OwnRoom(_)
                | Self::ZoneSwitch(_)
                | Self::RemoteHands { .. }
                | Self::CheckRate { .. }
                | Self::RestoreRate { .. }
                | Self::Prewarm(_)
                | Self::Backup { .. }
                | Self::Fresh { .. }
        )
    }

    pub(super) fn put_into(self, world: &mut World) {
        match self {
            Self::Place { service, site, servers, standby } => place(world, service, site, servers, standby),
            Self::Grow { pool, servers } => grow(world, pool, servers),
            Self::MoveVoters { pool, site, voters } => {
                let service = world[pool].service;
                let moved = voters.min(world.pools[pool.index()].servers.saturating_sub(1));
                world.pools[pool.index()].servers -= moved;
                place(world, service, site, moved, false);
            }
            Self::StartWithout { of, on } => world.services[of.index()].boots.retain(|d| *d != on),
            Self::ServeWithout { of, on } => world.services[of.index()].needs.retain(|n| n.on != on),
            Self::Cord { pool, panel } => {
                let kw = draw(world, world[pool].servers);
                let panels = &mut world.pools[pool.index()].panels;
                if !panels.contains(&panel) {
                    panels.push(panel);
                    panels.sort_unstable();
                    carry(world, panel, kw);
                }
            }
            Self::Rate { .. } | Self::Machines { .. } | Self::Fuel { .. } | Self::ChillerRestart(_) => {
                self.build(world);
            }
            Self::Wall { from, to } => {
                for path in &mut world.spreads {
                    if (path.from, path.to) == (from, to) && matches!(path.kind, SpreadKind::Mean(_)) {
                        path.kind = SpreadKind::Barrier(WALL);
                    }
                }
            }
            Self::OwnRoom(element) => own_room(world, element),
            Self::ZoneSwitch(site) => {
                let fire = &mut world.sites[site.index()].fire;
                (fire.cut, fire.zone_known) = (CutScope::Zone, true);
            }
            Self::HoldDown { hours } => world.controls.hold_down = Span::from_hours(u64::from(hours)),
            Self::Authority => {
                let command = &mut world.people.command;
                command.authority = Authority::Delegated;
                command.decide = command.decide.min(BY_THE_BOOK);
            }
            Self::Commander => {
                let command = &mut world.people.command;
                command.commander_after = Some(Span::ZERO);
                if command.priority == Priority::Tier {
                    command.priority = Priority::Value;
                }
            }
            Self::Hands { team, hands } => world.people.teams[team.index()].hands = hands,
            Self::RemoteHands { site, hands } => world.sites[site.index()].landlord.hands = hands,
            Self::CheckRate { .. } | Self::RestoreRate { .. } | Self::Backup { .. } | Self::Fresh { .. } => {
                self.keep(world);
            }
            Self::Shed(service) => world.services[service.index()].shed = true,
            Self::Prewarm(service) => world.services[service.index()].cache = None,
            Self::OutOfBand => world.people.channel.via.clear(),
            Self::Drill => drill(world),
        }
    }
}

impl Mend {
    /// As many hands as a team or a landlord has, and how many that are.
    pub(super) fn hands_of(world: &World, whose: Subject) -> Option<(Self, u32)> {
        match whose {
            Subject::Team(team) => {
                let hands = world.people.teams[team.index()].hands;
                Some((Self::Hands { team, hands }, hands))
            }
            Subject::Site(site) => {
                let hands = world[site].landlord.hands;
                Some((Self::RemoteHands { site, hands }, hands))
            }
            _ => None,
        }
    }

    /// Whose hands it is about, if it is about hands, and how many.
    pub(super) const fn hands(self) -> Option<(Subject, u32)> {
        match self {
            Self::Hands { team, hands } => Some((Subject::Team(team), hands)),
            Self::RemoteHands { site, hands } => Some((Subject::Site(site), hands)),
            _ => None,
        }
    }

    /// The same with so many hands.
    pub(super) const fn with(self, hands: u32) -> Self {
        match self {
            Self::Hands { team, .. } => Self::Hands { team, hands },
            Self::RemoteHands { site, .. } => Self::RemoteHands { site, hands },
            other => other,
        }
    }

    /// Data, kept otherwise.
    fn keep(self, world: &mut World) {
        let (Self::CheckRate { service, .. }
        | Self::RestoreRate { service, .. }
        | Self::Backup { service, .. }
        | Self::Fresh { service, .. }) = self
        else {
            return;
        };
        if let Self::Backup { site, .. } = self {
            back_up(world, service, site);
        }
        let Some(data) = &mut world.services[service.index()].data else { return };
        match self {
            Self::CheckRate { rate, .. } => data.check_rate = data.check_rate.map(|_| rate as f64),
            Self::RestoreRate { rate, .. } => data.copy_rate = rate as f64,
            Self::Fresh { within, .. } => freshen(data, within),
            _ => {}
        }
    }

    /// Power elements, built otherwise.
    fn build(self, world: &mut World) {
        let (Self::Rate { element, .. }
        | Self::Machines { set: element, .. }
        | Self::Fuel { set: element, .. }
        | Self::ChillerRestart(element)) = self
        else {
            return;
        };
        match (&mut world.elements[element.index()].kind, self) {
            (ElementKind::Panel { kw } | ElementKind::Ups { kw, .. }, Self::Rate { kw: to, .. }) => {
                *kw = f64::from(to);
            }
            (ElementKind::Generators { n, .. }, Self::Machines { n: to, .. }) => *n = to,
            (ElementKind::Generators { fuel, .. }, Self::Fuel { hours, .. }) => {
                *fuel = Span::from_hours(u64::from(hours));
            }
            (ElementKind::Chillers { restart, .. }, Self::ChillerRestart(_)) => {
                *restart = Restart::Automatic(COOL_AGAIN);
            }
            _ => {}
        }
    }
}

/// Peak power of some servers in kW.
fn draw(world: &World, servers: u32) -> f64 {
    f64::from(servers) * world.server_kw.peak
}

/// What feeds a panel is built for so much more.
fn carry(world: &mut World, panel: ElementId, more_kw: f64) {
    let mut open = vec![panel];
    while let Some(element) = open.pop() {
        let element = &mut world.elements[element.index()];
        if let ElementKind::Panel { kw } | ElementKind::Ups { kw, .. } = &mut element.kind {
            *kw += more_kw;
        }
        open.extend(&element.inputs);
    }
}

fn panels(world: &World, site: SiteId) -> Vec<ElementId> {
    super::findings::panels_of(world, site).collect()
}

/// Between backups that a mend adds.
const DAILY: Span = Span::from_hours(24);
/// How far behind a copy is that a mend adds.
const LAG: Span = Span::from_secs(5);

/// On both panels of a site with two, else evenly over all.
fn place(world: &mut World, service: ServiceId, site: SiteId, servers: u32, standby: bool) {
    let panels = panels(world, site);
    let count = panels.len() as u32;
    let shares: Vec<(Vec<ElementId>, u32)> = match count {
        0 => Vec::new(),
        1 | 2 => vec![(panels, servers)],
        _ => {
            let share = |i: u32| servers / count + u32::from(i < servers % count);
            panels.into_iter().zip(0..).map(|(panel, i)| (vec![panel], share(i))).collect()
        }
    };
    let role = if standby { PoolRole::Standby } else { PoolRole::Active };
    // Servers without the data would have nothing to serve.
    if let Some(data) = &mut world.services[service.index()].data
        && standby
        && data.replication == Replication::None
    {
        data.replication = Replication::Async { lag: LAG };
    }
    for (panels, servers) in shares.into_iter().filter(|s| s.1 > 0) {
        let kw = draw(world, servers);
        panels.iter().for_each(|&panel| carry(world, panel, kw));
        let id = PoolId::at(world.pools.len());
        world.pools.push(Pool { service, site, panels, servers, running: servers, role });
        world.services[service.index()].pools.push(id);
    }
}

/// A copy without servers, made as often as backups are; once a day where there were none.
fn back_up(world: &mut World, service: ServiceId, site: SiteId) {
    let panels: Vec<ElementId> = panels(world, site).into_iter().take(2).collect();
    let Some(data) = &mut world.services[service.index()].data else { return };
    let daily =
        Backup { every: DAILY, delay: Span::ZERO, size: data.size, fetch: Span::ZERO, verify_rate: None };
    data.backup.get_or_insert(daily);
    let id = PoolId::at(world.pools.len());
    world.pools.push(Pool { service, site, panels, servers: 0, running: 0, role: PoolRole::Backup });
    world.services[service.index()].pools.push(id);
}

/// What is copied as it is written follows as soon as that; snapshots are taken and safe within it.
fn freshen(data: &mut Data, within: Span) {
    match &mut data.replication {
        _ if within == Span::ZERO => data.replication = Replication::Sync,
        Replication::Async { lag } | Replication::SemiSync { lag } => *lag = (*lag).min(within),
        Replication::None | Replication::Sync => {}
    }
    if let Some(backup) = data.backup.as_mut().filter(|_| within > Span::ZERO) {
        backup.delay = backup.delay.min(Span(within.0 / 2));
        backup.every = backup.every.min(within - backup.delay);
    }
}

fn grow(world: &mut World, pool: PoolId, servers: u32) {
    let more = servers.saturating_sub(world[pool].servers);
    world.pools[pool.index()].servers += more;
    world.pools[pool.index()].running += more;
    let kw = draw(world, more);
    for panel in world[pool].panels.clone() {
        carry(world, panel, kw);
    }
}

/// A new room beside the others, with no way to it but the door.
fn own_room(world: &mut World, element: ElementId) {
    let Some(old) = world[element].room else { return };
    let room = &world[old];
    let name = |text: &str| format!("{text} 2");
    let new = Room {
        key: format!("{}-{}", room.key, world[element].key),
        name: Text { en: name(&room.name.en), ko: name(&room.name.ko) },
        ..room.clone()
    };
    world.elements[element.index()].room = Some(RoomId::at(world.rooms.len()));
    world.rooms.push(new);
}

fn drill(world: &mut World) {
    let hands: u32 = world.people.teams.iter().map(|t| t.hands).sum();
    world.people.drills.push(Exercise {
        scope: Scope::Region,
        every: ROUND,
        last: Some(Span(ROUND.0 / 2)),
        hours: f64::from(hands) * DRILL_HOURS,
        teams: (0..world.people.teams.len()).map(|i| TeamId(i as u32)).collect(),
    });
}
