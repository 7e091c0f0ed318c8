//! The world: a scenario with every reference resolved, every unit converted and every rule of the format checked.
//!
//! Whoever holds a [`World`] may index without asking: ids are positions in its vectors. Entities of a kind stand in the
//! order of their keys, so that reordering a document changes nothing in a run; `order` remembers where the author
//! wrote them, for display.

mod bytes;
mod ids;
mod money;
mod network;
mod parts;
mod people;
mod script;
mod service;
mod shock;
mod site;

pub(crate) use bytes::STAMP;
pub use ids::{ElementId, PoolId, RegionId, RoomId, ServiceId, ShockId, SiteId, TeamId};
pub use money::{Churn, Compensation, Cost, Notice, NoticeWhen, ThirdParty};
pub use network::{Link, Network};
pub use parts::{Demand, Heat, Meta, Objective, Overcurrent, ServerPower, Shape, Text};
pub use people::{
    After, Authority, Channel, Command, Controls, Days, Detect, Dns, Drill, Exercise, Guard, People,
    Priority, Scope, Shift, Team,
};
pub use script::{Action, Incident, Line, Origin, Script};
pub use service::{
    Backlog, Backup, Bypass, Cache, Conflicts, Data, Need, Overload, Pool, PoolRole, Replication, Retry,
    Role, Service, Wear,
};
pub use shock::{Shock, ShockKind};
pub use site::{
    CutScope, Doors, Early, Element, ElementKind, FireRules, Hardware, Landlord, Medium, Operator, Region,
    Restart, Restore, Room, RoomKind, Site, Spread, SpreadKind,
};

/// A checked scenario, ready to run.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    /// Name, calendar and length of the run.
    pub meta: Meta,
    /// How many people use the system, and when in the day.
    pub demand: Demand,
    /// Groups of sites.
    pub regions: Vec<Region>,
    /// What can reach several sites at once.
    pub shocks: Vec<Shock>,
    /// Buildings.
    pub sites: Vec<Site>,
    /// Rooms of all sites.
    pub rooms: Vec<Room>,
    /// Paths that fire, smoke and water can take between rooms of a site.
    pub spreads: Vec<Spread>,
    /// Everything electricity flows through, inputs always before what they feed.
    pub elements: Vec<Element>,
    /// What people use, and what that stands on.
    pub services: Vec<Service>,
    /// Servers of a service at a place.
    pub pools: Vec<Pool>,
    /// Boot dependencies that people can work around.
    pub bypasses: Vec<Bypass>,
    /// Lines between sites, and from users to sites.
    pub network: Network,
    /// How loss is noticed, services are switched and servers are started.
    pub controls: Controls,
    /// Who does the work.
    pub people: People,
    /// What too much work does to servers.
    pub overload: Overload,
    /// How long what carries electricity stands more than it is rated for.
    pub overcurrent: Overcurrent,
    /// What a server draws.
    pub server_kw: ServerPower,
    /// How halls warm without cooling.
    pub heat: Heat,
    /// What an outage costs; absent when the scenario does not say.
    pub cost: Option<Cost>,
    /// Outside companies that need some of our services.
    pub third_parties: Vec<ThirdParty>,
    /// The incidents the author wrote.
    pub script: Script,
}
