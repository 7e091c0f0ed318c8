//! The present: every subject's state, each written through one function, which records why.

use super::cx::Heard;
use super::jobs::Jobs;
use super::reach::{CARRIES, Reach};
use crate::Time;
use crate::kernel::marks::Marks;
use crate::kernel::order::set;
use crate::trace::{
    Backlog, BacklogState, Change, CrewId, ElementState, End, Event, EventId, Level, NetState, Phase,
    PoolState, RoomState, Series, ServiceState, SiteState, Stint, Subject, Task, Trace, Track, WHOLE,
};
use crate::world::{
    ElementId, ElementKind, Pool, PoolId, PoolRole, Replication, Role, RoomId, ServiceId, SiteId, TeamId,
    World,
};

/// The state of a run.
pub(crate) struct Board {
    now: Time,
    /// Counts changes of kind: everything but more or fewer servers of the same.
    epoch: u64,
    heard: usize,
    /// How often anybody has looked at anything: what a run costs, whatever the machine. Counted in debug builds alone.
    looks: std::cell::Cell<u64>,
    events: Vec<Event>,
    sites: Vec<Track<SiteState>>,
    networks: Vec<Track<NetState>>,
    rooms: Vec<Track<RoomState>>,
    elements: Vec<Track<ElementState>>,
    pools: Vec<Track<PoolState>>,
    servers_up: Vec<Series>,
    services: Vec<Track<ServiceState>>,
    shares: Vec<Series>,
    own: Vec<Series>,
    used: Vec<f64>,
    energised: Vec<Series>,
    amplification: Vec<Series>,
    capacity: Vec<Series>,
    failing: Vec<Series>,
    shedding: Vec<Series>,
    arriving: Vec<(f64, Option<EventId>)>,
    answered: Vec<f64>,
    misses: Vec<Series>,
    asked: Vec<Series>,
    /// Services whose caches became colder or warmer since serving last looked, and why they are cold.
    pub misses_changed: Vec<(ServiceId, EventId)>,
    backlogs: Vec<Backlog>,
    phases: Vec<Track<Phase>>,
    affected: Series,
    hands: Vec<Series>,
    staff: Vec<Series>,
    work: Vec<Stint>,
    /// Who can reach whom. Written by the network alone.
    pub reach: Reach,
    jobs: Jobs,
    /// Demand now, as a share of its daily peak. Written by the calendar alone.
    pub demand: f64,
    /// Services whose [`Self::used`] changed since power last looked.
    pub used_changed: Vec<ServiceId>,
    /// Services for which more or less arrives, or more or fewer servers run, than when last looked at.
    pub strained: Marks,
    /// Of those that take in work which waits: those for which more or less of it may arrive or be done than when last looked at.
    pub flowing: Marks,
    waits: Vec<bool>,
    /// Caches that are asked more or less than when last looked at.
    pub asking: Marks,
    caches: Vec<bool>,
    /// Services that carry lines; and whether one of them began or ceased to since the network was last looked at, of which
    /// there need be no event.
    carriers: Vec<bool>,
    pub carriage: bool,
    /// Services at which more arrives than they can answer, and how often one has become or ceased to be one.
    pub overloaded: Marks,
    pub overloads: u64,
    /// Servers of a pool that crashed under overload and have not come back.
    pub crashed: Vec<u32>,
    /// Pools that serve when they are up: the active ones, and standbys since their promotion.
    pub active: Vec<bool>,
    /// The same over time: 1 or 0.
    actives: Vec<Series>,
    /// Pools whose servers have been installed: all but cold ones on an ordinary day.
    pub installed: Vec<bool>,
    /// Pools that hold nothing of what their service stores.
    pub empty: Vec<bool>,
    /// Whether a pool's data are fit to be served, over time: 1 or 0.
    fit: Vec<Series>,
    data_lost: Vec<bool>,
    /// Keys of each service that people are putting right.
    pub conflicts: Vec<u32>,
    vanished: Vec<Series>,
    /// Servers that are broken, by pool. Written by wear alone.
    pub broken: Vec<u32>,
    voters: Vec<Series>,
    /// Damaged servers of each pool, and those for which there are others to be put in their place now.
    damaged: Vec<u32>,
    pub parts: Vec<u32>,
    /// Services for which a promotion is under way or asked for.
    switching: Vec<bool>,
    /// Services that the monitor takes for down though they serve, and since when. Written by the observers alone.
    pub suspected: Vec<Option<EventId>>,
    /// Services of which two sides think themselves active, neither knowing of the other. Written by switching alone.
    pub split: Vec<Option<EventId>>,
    /// Pools to which names lead users: 1 or 0.
    routed: Vec<Series>,
    /// Services whose configuration somebody has written by hand. Written by the configuration alone.
    pub configured: Vec<bool>,
    /// Teams that wait to be let in as administrators, and buildings whose doors wait for that too. Written by the
    /// administrators' sign-in alone.
    pub locked: Vec<bool>,
    pub shut: Vec<bool>,
    /// The journal: services about which something changed in kind, in order. Whoever looks keeps its own place.
    changes: Vec<ServiceId>,
    /// Whose servers a pool holds.
    owner: Vec<ServiceId>,
    /// The decision that people may act on, while an incident lasts.
    pub decided: Option<EventId>,
    /// How the organisation learnt of the incident, while it lasts.
    pub alarm: Option<EventId>,
    /// Manual work takes this many times as long, for want of a way to talk.
    pub talk: f64,
}

/// What an element does on an ordinary day.
const fn ordinary(kind: &ElementKind) -> ElementState {
    match kind {
        ElementKind::Generators { .. } => ElementState::Ready,
        _ => ElementState::Live,
    }
}

/// What servers are doing when nothing has happened yet.
const fn at_first(role: PoolRole) -> PoolState {
    match role {
        PoolRole::Active => PoolState::Up,
        PoolRole::Standby | PoolRole::Pilot => PoolState::Standby,
        PoolRole::Cold => PoolState::Off,
        PoolRole::Backup => PoolState::Stored,
    }
}

impl Board {
    pub fn new(world: &World) -> Self {
        let empty: Vec<bool> = world.pools.iter().map(|p| begins_empty(p, world)).collect();
        Self {
            now: Time::ZERO,
            epoch: 0,
            jobs: Jobs::new(world),
            heard: 0,
            looks: std::cell::Cell::new(0),
            events: Vec::new(),
            sites: vec![Track::new(SiteState::Ok); world.sites.len()],
            networks: vec![Track::new(NetState::Whole); world.sites.len()],
            reach: Reach::new(world),
            rooms: vec![Track::new(RoomState::Ok); world.rooms.len()],
            elements: world.elements.iter().map(|e| Track::new(ordinary(&e.kind))).collect(),
            pools: world.pools.iter().map(|p| Track::new(at_first(p.role))).collect(),
            servers_up: world.pools.iter().map(|p| Series::new(f64::from(p.running))).collect(),
            services: vec![Track::new(ServiceState::Up); world.services.len()],
            shares: vec![Series::new(1.0); world.services.len()],
            own: vec![Series::new(1.0); world.services.len()],
            used: vec![0.0; world.services.len()],
            used_changed: (0..world.services.len()).map(ServiceId::at).collect(),
            energised: vec![Series::new(0.0); world.sites.len()],
            amplification: vec![Series::new(1.0); world.services.len()],
            capacity: vec![Series::new(0.0); world.services.len()],
            failing: vec![Series::new(0.0); world.services.len()],
            arriving: vec![(0.0, None); world.services.len()],
            answered: vec![1.0; world.services.len()],
            misses: vec![Series::new(1.0); world.services.len()],
            asked: vec![Series::new(1.0); world.services.len()],
            misses_changed: Vec::new(),
            backlogs: vec![Backlog::default(); world.services.len()],
            strained: Marks::none(world.services.len()),
            flowing: Marks::none(world.services.len()),
            waits: world.services.iter().map(|s| s.backlog.is_some()).collect(),
            asking: Marks::none(world.services.len()),
            caches: world.services.iter().map(|s| s.cache.is_some()).collect(),
            overloaded: Marks::none(world.services.len()),
            overloads: 0,
            carriers: (0..world.services.len()).map(|i| world.network.carries(ServiceId::at(i))).collect(),
            carriage: false,
            crashed: vec![0; world.pools.len()],
            shedding: shedding(world),
            phases: vec![Track::new(Phase::Normal); world.services.len()],
            affected: Series::new(0.0),
            hands: vec![Series::new(0.0); world.people.teams.len()],
            staff: world.people.teams.iter().map(|t| Series::new(f64::from(t.hands))).collect(),
            work: Vec::new(),
            demand: 1.0,
            active: world.pools.iter().map(|p| p.role == PoolRole::Active).collect(),
            actives: world.pools.iter().map(|p| yes(p.role == PoolRole::Active)).collect(),
            installed: world.pools.iter().map(|p| p.role != PoolRole::Cold).collect(),
            fit: empty.iter().map(|&empty| yes(!empty)).collect(),
            empty,
            conflicts: vec![0; world.services.len()],
            data_lost: vec![false; world.services.len()],
            vanished: vec![Series::new(0.0); world.services.len()],
            damaged: vec![0; world.pools.len()],
            voters: world.services.iter().map(|s| Series::new(f64::from(s.quorum.unwrap_or(0)))).collect(),
            broken: vec![0; world.pools.len()],
            parts: vec![0; world.pools.len()],
            switching: vec![false; world.services.len()],
            suspected: vec![None; world.services.len()],
            split: vec![None; world.services.len()],
            routed: routed(world),
            configured: vec![false; world.services.len()],
            locked: vec![false; world.people.teams.len()],
            shut: vec![false; world.sites.len()],
            changes: Vec::new(),
            owner: world.pools.iter().map(|p| p.service).collect(),
            decided: None,
            alarm: None,
            talk: 1.0,
        }
    }

    pub const fn now(&self) -> Time {
        self.now
    }

    pub fn advance(&mut self, to: Time) {
        debug_assert!(to >= self.now, "time goes forwards");
        self.now = to;
    }

    pub fn events(&self) -> &[Event] {
        &self.events
    }

    fn look(&self) {
        if cfg!(debug_assertions) {
            self.looks.set(self.looks.get() + 1);
        }
    }

    #[cfg(debug_assertions)]
    pub fn looks(&self) -> u64 {
        self.looks.get()
    }

    pub const fn all_heard(&self) -> bool {
        self.heard == self.events.len()
    }

    /// The next event that the mechanisms have not heard.
    pub fn hear_next(&mut self) -> Option<Heard> {
        let event = self.events.get(self.heard)?;
        let heard = Heard { id: EventId(self.heard as u32), subject: event.subject, change: event.change };
        self.heard += 1;
        Some(heard)
    }

    /// An event has happened in this very instant.
    pub fn is_new(&self, id: EventId) -> bool {
        self.events.get(id.0 as usize).is_some_and(|event| event.at == self.now)
    }

    /// Records a change. Its causes must already have happened.
    pub fn record(&mut self, subject: Subject, change: Change, causes: &[EventId]) -> EventId {
        let id = EventId(self.events.len() as u32);
        let causes = in_order(causes);
        debug_assert!(causes.iter().all(|&c| c < id), "causes come first");
        if !matches!(change, Change::Servers(_) | Change::Progress(..) | Change::Crashed(_)) {
            self.epoch += 1;
        }
        self.events.push(Event { at: self.now, subject, change, causes });
        id
    }

    /// A number that differs whenever anything but amounts has changed: a mechanism that decides by states alone need not
    /// look again while it stands still.
    pub const fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Something changed in kind that no event says.
    pub const fn touch(&mut self) {
        self.epoch += 1;
    }

    /// Something about a service changed in kind: its pools, its share, its phase, its voters, or who reaches it.
    pub fn note(&mut self, service: ServiceId) {
        self.changes.push(service);
    }

    /// Services about which something changed in kind since somebody last looked; some more than once.
    pub fn changes(&self, place: &mut usize) -> &[ServiceId] {
        let from = std::mem::replace(place, self.changes.len());
        &self.changes[from..]
    }

    /// Counts a change of kind if any job for the others began or ceased to be done.
    pub fn look_at_jobs(&mut self) {
        if self.jobs.changed() {
            self.epoch += 1;
        }
    }

    pub fn room(&self, id: RoomId) -> RoomState {
        self.look();
        self.rooms[id.index()].last().1
    }

    pub fn set_room(&mut self, id: RoomId, to: RoomState, causes: &[EventId]) -> EventId {
        use RoomState::{Burning, Burnt, Damaged, Flooded, Hot, Ok, Smoky, Warm};
        let from = self.room(id);
        debug_assert!(
            matches!(
                (from, to),
                (Ok | Damaged | Warm | Hot | Smoky | Flooded, Burning)
                    | (Burning, Burnt | Damaged)
                    | (Ok | Warm | Hot, Ok | Warm | Hot | Smoky | Flooded)
                    | (Smoky, Ok | Flooded)
                    | (Flooded, Ok)
            ),
            "{from:?} to {to:?}"
        );
        let event = self.record(Subject::Room(id), Change::Room(to), causes);
        self.rooms[id.index()].push(self.now, to, event);
        event
    }

    pub fn site(&self, id: SiteId) -> SiteState {
        self.sites[id.index()].last().1
    }

    /// Whether those who put hands to servers may be where they stand. Doors that ask our sign-in stop only our own.
    pub fn lets_to_servers(&self, id: SiteId, world: &World) -> bool {
        self.site(id).lets_to_servers(&world[id].landlord) && !self.shut[id.index()]
    }

    /// The event that brought the building into its present state.
    pub fn site_event(&self, id: SiteId) -> Option<EventId> {
        self.sites[id.index()].last().2
    }

    pub fn set_site(&mut self, id: SiteId, to: SiteState, causes: &[EventId]) -> EventId {
        let event = self.record(Subject::Site(id), Change::Site(to), causes);
        self.sites[id.index()].push(self.now, to, event);
        event
    }

    pub fn network(&self, id: SiteId) -> NetState {
        self.networks[id.index()].last().1
    }

    pub fn set_network(&mut self, id: SiteId, to: NetState, causes: &[EventId]) {
        let event = self.record(Subject::Site(id), Change::Network(to), causes);
        self.networks[id.index()].push(self.now, to, event);
    }

    pub fn element(&self, id: ElementId) -> ElementState {
        self.look();
        self.elements[id.index()].last().1
    }

    pub fn element_event(&self, id: ElementId) -> Option<EventId> {
        self.elements[id.index()].last().2
    }

    /// Whether it gives power.
    pub fn live(&self, id: ElementId) -> bool {
        self.element(id).gives()
    }

    pub fn set_element(&mut self, id: ElementId, to: ElementState, causes: &[EventId]) -> EventId {
        let event = self.record(Subject::Element(id), Change::Element(to), causes);
        self.elements[id.index()].push(self.now, to, event);
        event
    }

    pub fn pool(&self, id: PoolId) -> PoolState {
        self.look();
        self.pools[id.index()].last().1
    }

    pub fn pool_event(&self, id: PoolId) -> Option<EventId> {
        self.look();
        self.pools[id.index()].last().2
    }

    pub fn set_pool(&mut self, id: PoolId, to: PoolState, causes: &[EventId]) -> EventId {
        debug_assert!(self.pool(id) != PoolState::Destroyed, "ashes stay ashes");
        let event = self.record(Subject::Pool(id), Change::Pool(to), causes);
        self.note(self.owner[id.index()]);
        self.pools[id.index()].push(self.now, to, event);
        event
    }

    pub fn servers(&self, id: PoolId) -> f64 {
        self.look();
        self.servers_up[id.index()].last()
    }

    pub fn set_servers(&mut self, id: PoolId, up: u32, causes: &[EventId]) -> EventId {
        if (self.servers(id) > 0.0) != (up > 0) {
            self.epoch += 1;
        }
        self.servers_up[id.index()].push(self.now, f64::from(up));
        self.note(self.owner[id.index()]);
        self.record(Subject::Pool(id), Change::Servers(up), causes)
    }

    /// Servers of a pool that can run: neither worn nor damaged.
    pub fn sound(&self, id: PoolId, world: &World) -> u32 {
        world[id].servers.saturating_sub(self.broken[id.index()] + self.damaged[id.index()])
    }

    /// Servers of a pool that were damaged and have not been replaced.
    pub fn damaged(&self, id: PoolId) -> u32 {
        self.damaged[id.index()]
    }

    /// More servers of a pool are damaged.
    pub fn damage_servers(&mut self, id: PoolId, more: u32, causes: &[EventId]) {
        self.damaged[id.index()] += more;
        self.record(Subject::Pool(id), Change::Damaged(self.damaged[id.index()]), causes);
    }

    /// Servers of a pool are put in the place of damaged ones.
    pub fn replace_servers(&mut self, id: PoolId, replaced: u32, causes: &[EventId]) {
        self.damaged[id.index()] -= replaced.min(self.damaged[id.index()]);
        self.record(Subject::Pool(id), Change::Replaced(replaced), causes);
    }

    pub fn service(&self, id: ServiceId) -> ServiceState {
        self.look();
        self.services[id.index()].last().1
    }

    pub fn service_event(&self, id: ServiceId) -> Option<EventId> {
        self.look();
        self.services[id.index()].last().2
    }

    pub fn set_service(&mut self, id: ServiceId, to: ServiceState, causes: &[EventId]) -> EventId {
        let event = self.record(Subject::Service(id), Change::Service(to), causes);
        self.note(id);
        self.services[id.index()].push(self.now, to, event);
        event
    }

    pub fn share(&self, id: ServiceId) -> f64 {
        self.look();
        self.shares[id.index()].last()
    }

    pub fn own(&self, id: ServiceId) -> f64 {
        self.look();
        self.own[id.index()].last()
    }

    pub fn set_share(&mut self, id: ServiceId, own: f64, share: f64) {
        let kind = |share: f64| (share > 0.0, share >= WHOLE);
        self.carriage |= self.carriers[id.index()] && (own >= CARRIES) != (self.own(id) >= CARRIES);
        if kind(own) != kind(self.own(id)) {
            self.epoch += 1;
            self.note(id);
        } else if kind(share) != kind(self.share(id)) {
            self.note(id);
        }
        self.jobs.serves(id, self.shares[id.index()].last(), share);
        self.own[id.index()].push(self.now, own);
        self.shares[id.index()].push(self.now, share);
        self.flow(id);
        if self.caches[id.index()] {
            self.asking.insert(id.index());
        }
    }

    /// What arrives at a service or what is done there may be more or less.
    fn flow(&mut self, id: ServiceId) {
        if self.waits[id.index()] {
            self.flowing.insert(id.index());
        }
    }

    /// How busy the servers of a service that take requests are, 0 to 1.
    pub fn used(&self, id: ServiceId) -> f64 {
        self.used[id.index()]
    }

    pub fn set_used(&mut self, id: ServiceId, used: f64) {
        if self.used[id.index()].to_bits() != used.to_bits() {
            self.used[id.index()] = used;
            self.used_changed.push(id);
        }
    }

    /// kW that servers of a site draw.
    pub fn set_energised(&mut self, id: SiteId, kw: f64) {
        self.energised[id.index()].push(self.now, kw);
    }

    pub fn phase(&self, id: ServiceId) -> Phase {
        self.look();
        self.phases[id.index()].last().1
    }

    pub fn set_phase(&mut self, id: ServiceId, to: Phase, causes: &[EventId]) {
        let event = self.record(Subject::Service(id), Change::Phase(to), causes);
        self.note(id);
        self.phases[id.index()].push(self.now, to, event);
    }

    /// A pool serves when it is up, or does not; true if that is new.
    pub fn set_active(&mut self, id: PoolId, active: bool) -> bool {
        let new = std::mem::replace(&mut self.active[id.index()], active) != active;
        if new {
            self.actives[id.index()].push(self.now, f64::from(u8::from(active)));
            self.note(self.owner[id.index()]);
        }
        new
    }

    /// Whether names lead users to a pool.
    pub fn routed(&self, id: PoolId) -> bool {
        self.routed[id.index()].last() > 0.0
    }

    pub fn set_routed(&mut self, id: PoolId, routed: bool) {
        self.routed[id.index()].push(self.now, f64::from(u8::from(routed)));
    }

    /// Voters that count in a service's quorum; fewer than built after people re-formed it.
    pub fn voters(&self, id: ServiceId) -> u32 {
        self.look();
        self.voters[id.index()].last() as u32
    }

    pub fn set_voters(&mut self, id: ServiceId, voters: u32) {
        let voters = f64::from(voters);
        if self.voters[id.index()].last().to_bits() != voters.to_bits() {
            self.voters[id.index()].push(self.now, voters);
            self.note(id);
        }
    }

    /// A pool takes requests or does not: who reaches it has changed.
    pub fn set_takes(&mut self, id: PoolId, takes: bool) {
        if self.reach.set_takes(id, takes, self.now) {
            self.note(self.owner[id.index()]);
        }
    }

    /// Whether a promotion is under way or asked for.
    pub fn switching(&self, id: ServiceId) -> bool {
        self.switching[id.index()]
    }

    pub fn set_switching(&mut self, id: ServiceId, switching: bool) {
        if std::mem::replace(&mut self.switching[id.index()], switching) != switching {
            self.epoch += 1;
            self.note(id);
        }
    }

    /// Attempts that arrive at a service for each that would on a day without failures.
    pub fn amplification(&self, id: ServiceId) -> f64 {
        self.amplification[id.index()].last()
    }

    pub fn set_amplification(&mut self, id: ServiceId, times: f64) {
        self.amplification[id.index()].push(self.now, times);
        self.flow(id);
    }

    /// Servers of a service that take requests.
    pub fn capacity(&self, id: ServiceId) -> f64 {
        self.capacity[id.index()].last()
    }

    pub fn set_capacity(&mut self, id: ServiceId, servers: f64) {
        self.capacity[id.index()].push(self.now, servers);
        self.flow(id);
    }

    /// Fraction of attempts that callers see fail.
    pub fn set_failing(&mut self, id: ServiceId, fraction: f64) {
        self.failing[id.index()].push(self.now, fraction);
    }

    /// Whether a service rejects what is too much for it, by itself or because people saw to it.
    pub fn sheds(&self, id: ServiceId) -> bool {
        self.shedding[id.index()].last() > 0.0
    }

    pub fn set_sheds(&mut self, id: ServiceId, sheds: bool) {
        self.shedding[id.index()].push(self.now, f64::from(u8::from(sheds)));
    }

    /// Work that arrives at a service, in servers' worth, and what brought it to that.
    pub fn arriving(&self, id: ServiceId) -> (f64, Option<EventId>) {
        self.arriving[id.index()]
    }

    pub fn set_arriving(&mut self, id: ServiceId, work: f64, too_much: bool, by: Option<EventId>) {
        self.arriving[id.index()] = (work, by);
        self.strained.insert(id.index());
        if too_much != self.overloaded.has(id.index()) {
            self.overloaded.put(id.index(), too_much);
            self.overloads += 1;
            self.note(id);
        }
    }

    /// Whether a pool's data are not fit to be served.
    pub fn unchecked(&self, id: PoolId) -> bool {
        self.fit[id.index()].last() <= 0.0
    }

    pub fn set_unchecked(&mut self, id: PoolId, unchecked: bool) {
        if self.unchecked(id) != unchecked {
            self.fit[id.index()].push(self.now, f64::from(u8::from(!unchecked)));
            self.note(self.owner[id.index()]);
        }
    }

    /// Whether no copy is left of a service's data.
    pub fn data_lost(&self, id: ServiceId) -> bool {
        self.data_lost[id.index()]
    }

    pub fn set_data_lost(&mut self, id: ServiceId, lost: bool) {
        self.data_lost[id.index()] = lost;
        self.note(id);
    }

    /// Seconds of writes that those who serve lack.
    pub fn vanished(&self, id: ServiceId) -> f64 {
        self.vanished[id.index()].last()
    }

    pub fn set_vanished(&mut self, id: ServiceId, secs: f64) {
        self.vanished[id.index()].push(self.now, secs);
    }

    /// Calls that a service makes on what its cache is of, for each that it makes with a warm one.
    pub fn misses(&self, id: ServiceId) -> f64 {
        self.misses[id.index()].last()
    }

    pub fn set_misses(&mut self, id: ServiceId, times: f64, because: EventId) {
        if self.misses(id).to_bits() != times.to_bits() {
            self.misses[id.index()].push(self.now, times);
            self.misses_changed.push((id, because));
        }
    }

    /// What is asked of a service for each request on an ordinary day.
    pub fn set_asked(&mut self, id: ServiceId, times: f64) {
        self.asked[id.index()].push(self.now, times);
    }

    /// Chance that everything else a request needs is answered, as callers see it.
    pub fn answered(&self, id: ServiceId) -> f64 {
        self.answered[id.index()]
    }

    pub fn set_answered(&mut self, id: ServiceId, chance: f64) {
        self.answered[id.index()] = chance;
        self.flow(id);
    }

    /// How the work stands that waits for a service.
    pub fn backlog(&self, id: ServiceId) -> BacklogState {
        self.backlogs[id.index()].levels().last().map_or(BacklogState::Empty, |level| level.state)
    }

    pub fn set_backlog(&mut self, id: ServiceId, level: Level) {
        self.backlogs[id.index()].push(level);
    }

    pub fn affected(&self) -> f64 {
        self.affected.last()
    }

    pub fn set_affected(&mut self, people: f64) {
        self.affected.push(self.now, people);
    }

    pub fn set_hands(&mut self, team: TeamId, busy: f64) {
        self.hands[team.index()].push(self.now, busy);
    }

    /// Hands of a team that are there.
    pub fn staff(&self, team: TeamId) -> f64 {
        self.staff[team.index()].last()
    }

    pub fn set_staff(&mut self, team: TeamId, there: u32) {
        self.staff[team.index()].push(self.now, f64::from(there));
    }

    /// From now on so many hands are on a task. `open` is the caller's memory of the stretch that this ends, if any.
    pub fn set_work(&mut self, open: &mut Option<usize>, crew: CrewId, task: Task, hands: f64) {
        let before = open.and_then(|at| self.work.get_mut(at));
        if before.as_ref().map_or(0.0, |stint| stint.hands).to_bits() == hands.to_bits() {
            return;
        }
        if let Some(stint) = before {
            stint.to = self.now;
        }
        *open = (hands > 0.0).then_some(self.work.len());
        if hands > 0.0 {
            self.work.push(Stint { crew, task, from: self.now, to: Time::NEVER, hands });
        }
    }

    /// Whether any of the services that have a job does it now. None if nobody ever did.
    pub fn does(&self, role: Role) -> Option<bool> {
        self.jobs.does(role)
    }

    /// The services that have a job.
    pub fn holders(&self, role: Role) -> impl Iterator<Item = ServiceId> + '_ {
        self.jobs.holders(role)
    }

    /// The same for a site: a job is done only for what whoever does it can reach.
    pub fn does_at(&self, role: Role, site: SiteId, world: &World) -> Option<bool> {
        let does = self.does(role)?;
        Some(does && (self.reach.whole || self.holds_near(role, site, world)))
    }

    /// Whether servers with a job that take requests are connected with a site.
    fn holds_near(&self, role: Role, site: SiteId, world: &World) -> bool {
        let holders = self.jobs.holders(role).flat_map(|id| &world[id].pools);
        let works = |&&p: &&PoolId| self.active[p.index()] && self.servers(p) > 0.0 && self.reach.takes(p);
        holders.filter(works).any(|&p| self.reach.together(world[p].site, site))
    }

    pub fn into_trace(mut self, horizon: Time, end: End, seed: u64) -> Trace {
        self.work.retain_mut(|stint| {
            stint.to = stint.to.min(horizon);
            stint.to > stint.from
        });
        Trace {
            events: self.events,
            sites: self.sites,
            networks: self.networks,
            rooms: self.rooms,
            elements: self.elements,
            pools: self.pools,
            servers_up: self.servers_up,
            reached: self.reach.into_series(),
            active: self.actives,
            fit: self.fit,
            routed: self.routed,
            voters: self.voters,
            services: self.services,
            shares: self.shares,
            vanished: self.vanished,
            own: self.own,
            energised: self.energised,
            amplification: self.amplification,
            capacity: self.capacity,
            failing: self.failing,
            shedding: self.shedding,
            misses: self.misses,
            asked: self.asked,
            backlogs: self.backlogs,
            phases: self.phases,
            affected: self.affected,
            hands: self.hands,
            staff: self.staff,
            work: self.work,
            horizon,
            end,
            seed,
        }
    }
}

/// Who rejects what is too much for it, to begin with. What takes work in does it as far as there are servers for it, and
/// so does what nobody calls, for nobody tries again or waits in vain. What carries packets drops what is too much.
fn shedding(world: &World) -> Vec<Series> {
    let mut called: Vec<bool> = world.services.iter().map(|s| s.users > 0.0).collect();
    for need in world.services.iter().flat_map(|s| &s.needs) {
        called[need.on.index()] = true;
    }
    let carries = |s: &crate::world::Service| s.role == Some(Role::Network);
    let sheds = world
        .services
        .iter()
        .zip(called)
        .map(|(s, called)| s.shed || !called || carries(s) || s.backlog.is_some());
    sheds.map(yes).collect()
}

/// Whether a pool holds nothing on an ordinary day although its service stores something.
pub(crate) fn begins_empty(pool: &Pool, world: &World) -> bool {
    let Some(data) = world[pool.service].data else { return false };
    match pool.role {
        PoolRole::Cold => true,
        PoolRole::Standby | PoolRole::Pilot => data.replication == Replication::None,
        PoolRole::Active | PoolRole::Backup => false,
    }
}

/// Names lead to where a service is active on an ordinary day.
fn routed(world: &World) -> Vec<Series> {
    let active = world.pools.iter().filter(|p| p.role == PoolRole::Active);
    let active = set(active.map(|p| (p.service, p.site)));
    world.pools.iter().map(|p| yes(active.contains(&(p.service, p.site)))).collect()
}

/// A yes or no over time, to begin with.
fn yes(yes: bool) -> Series {
    Series::new(f64::from(u8::from(yes)))
}

/// Causes in order, each once. There are never more than a few.
fn in_order(causes: &[EventId]) -> Vec<EventId> {
    let mut sorted = Vec::with_capacity(causes.len());
    for &cause in causes {
        let at = sorted.partition_point(|&c| c < cause);
        if sorted.get(at) != Some(&cause) {
            sorted.insert(at, cause);
        }
    }
    sorted
}
