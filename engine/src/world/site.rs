//! Buildings: rooms, the paths of fire, the paths of power.

use super::{ElementId, RegionId, RoomId, SiteId, TeamId, Text};
use crate::Span;

/// A group of sites that one event could reach.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// Key in the document.
    pub key: String,
    /// Name.
    pub name: Text,
}

/// Who runs the building.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// We do: we know at once what its sensors know.
    Own,
    /// A landlord: we learn of a fire when they call, or when users do.
    Colocation,
    /// A provider, who also does what has to be done by hand on our servers.
    Managed,
}

/// What opens a building's doors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doors {
    /// Keys, or a lock that asks nobody.
    Keys,
    /// The administrators' sign-in.
    Admin,
}

/// A building.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Key in the document.
    pub key: String,
    /// Name.
    pub name: Text,
    /// Region it stands in.
    pub region: RegionId,
    /// Who runs it.
    pub operator: Operator,
    /// Time until a landlord calls the tenant after a fire alarm. Unused for [`Operator::Own`].
    pub notice: Span,
    /// What a landlord lets us do, and does for us; nothing for [`Operator::Own`].
    pub landlord: Landlord,
    /// What opens its doors.
    pub doors: Doors,
    /// What happens when it burns.
    pub fire: FireRules,
    /// How power comes back.
    pub restore: Restore,
    /// Halls that get too hot are switched off on purpose, before servers break.
    pub shutdown: bool,
    /// What broken servers are replaced with.
    pub hardware: Hardware,
    /// Position in the document.
    pub order: u32,
}

/// What whoever runs a building that is not ours lets us do, and does for us.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Landlord {
    /// After a fire, from when their people may be in the building until ours are let in.
    pub entry: Span,
    /// Their hands for work on our servers, in our people's place; none: our people do it.
    pub hands: u32,
    /// What an hour of one of them costs; none: as much as one of ours.
    pub hour: Option<f64>,
}

/// What a room is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomKind {
    /// Servers.
    Hall,
    /// UPS batteries.
    Battery,
    /// UPS electronics.
    Ups,
    /// Transformers and main switchgear.
    Electrical,
    /// Vertical or overhead cable way.
    Cable,
    /// Generator sets.
    Generator,
    /// Operators' room.
    Control,
}

/// A room.
#[derive(Clone, Debug, PartialEq)]
pub struct Room {
    /// Key in the document, unique in its site.
    pub key: String,
    /// Name.
    pub name: Text,
    /// Building.
    pub site: SiteId,
    /// What it is for.
    pub kind: RoomKind,
    /// Holds lithium-ion cells: gas does little, it burns long.
    pub lithium: bool,
    /// Position in the document.
    pub order: u32,
}

/// How long fire takes from one room to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SpreadKind {
    /// Exponential with this mean.
    Mean(Span),
    /// A fire barrier that holds exactly this long.
    Barrier(Span),
}

/// What goes from one room to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Medium {
    /// Fire.
    Fire,
    /// Smoke, from a burning room.
    Smoke,
    /// Water, from a room that is fought with it or flooded.
    Water,
}

/// A path of fire, smoke or water.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// What takes it.
    pub medium: Medium,
    /// Room it comes from.
    pub from: RoomId,
    /// Room it reaches.
    pub to: RoomId,
    /// How long it takes.
    pub kind: SpreadKind,
}

/// What must be dark before water may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutScope {
    /// The burning rooms and what they feed: a zone switch exists and is known.
    Zone,
    /// The whole building.
    Building,
}

/// What happens when a building burns.
#[derive(Clone, Debug, PartialEq)]
pub struct FireRules {
    /// From ignition to the alarm.
    pub detect: Span,
    /// Gas is there at all.
    pub gas_fitted: bool,
    /// From the alarm to the release of gas.
    pub gas_delay: Span,
    /// Probability that gas puts the fire out.
    pub gas_works: f64,
    /// The same where lithium cells burn.
    pub gas_works_lithium: f64,
    /// Overheated UPS electronics switch off when their room or one they share a ceiling with burns, after this mean
    /// (exponential).
    pub ups_trip: Span,
    /// From failed gas to the decision to use water, mean of an Erlang-4 time.
    pub water_decide: Span,
    /// What is cut for the water.
    pub cut: CutScope,
    /// Whoever fights the fire knows where the zone switch is; if not, the whole building is cut.
    pub zone_known: bool,
    /// From first water to "fire out", mean of an Erlang time with the shape below.
    pub water_time: Span,
    /// 1: exponential; the larger, the narrower.
    pub water_shape: u32,
    /// Share of the servers in a flooded room that break.
    pub water_damage: f64,
    /// Monitoring that sees a battery fail before it burns.
    pub early: Option<Early>,
    /// From "fire out" until people may enter.
    pub clear: Span,
    /// How long a room burns before nothing in it is left to save.
    pub burn: Span,
}

/// Monitoring that sees a battery fail before it burns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Early {
    /// Probability that it sees it.
    pub works: f64,
    /// Mean time by which it is ahead of the flames.
    pub lead: Span,
    /// From then until the battery is isolated.
    pub isolate: Span,
}

/// What broken servers are replaced with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hardware {
    /// Servers kept in the building.
    pub spares: u32,
    /// From the order until more arrive.
    pub lead: Span,
    /// A person's work to replace one server.
    pub effort: Span,
}

/// How power comes back to a building after it was cut or burnt.
#[derive(Clone, Debug, PartialEq)]
pub struct Restore {
    /// Crews of electricians.
    pub crews: u32,
    /// One crew's inspection of one panel before it may be energised.
    pub inspect: Span,
    /// One crew's laying of a new cable for one panel whose path burnt.
    pub recable: Span,
    /// One crew's cleaning of what hangs on one panel in a room that smoke or water reached.
    pub clean: Span,
    /// Power that returns by itself reaches the servers one after the other, not all at once.
    pub sequenced: bool,
    /// Share of the dark servers that break when it does not.
    pub surge: f64,
    /// Greatest share of the building's panels' rating energised in one stage.
    pub stage_max: f64,
    /// From one stage to the next.
    pub stage_gap: Span,
    /// Time until a person has closed a tripped breaker by hand when the building is otherwise well.
    pub reclose: Span,
}

/// What electricity flows through.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// Key in the document, unique in its site.
    pub key: String,
    /// Name.
    pub name: Text,
    /// Building.
    pub site: SiteId,
    /// Room it stands in; none for what stands outside.
    pub room: Option<RoomId>,
    /// Rooms its incoming cables run through.
    pub via: Vec<RoomId>,
    /// What can feed it; any live one is enough. Always earlier in [`super::World::elements`].
    pub inputs: Vec<ElementId>,
    /// What it is.
    pub kind: ElementKind,
    /// Position in the document.
    pub order: u32,
}

/// How chillers start again after a loss of power.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restart {
    /// All of them by themselves, this long after power is there.
    Automatic(Span),
    /// Each by a hand of a team, with this much work. Where no team is named: those who start servers; in a building that
    /// somebody else runs, its own crews.
    ByHand(Span, Option<TeamId>),
}

/// Kinds of power element.
#[derive(Clone, Debug, PartialEq)]
pub enum ElementKind {
    /// A feed from the street.
    Utility,
    /// A generator set.
    Generators {
        /// Machines.
        n: u32,
        /// Machines that must run to carry the building.
        need: u32,
        /// Probability that one machine starts.
        p_start: f64,
        /// From loss of the street to running.
        start: Span,
        /// Probability that the transfer switch moves the load over to a set that runs.
        p_transfer: f64,
        /// Fuel for this long.
        fuel: Span,
        /// Rating of one machine in kW; none: enough.
        kw: Option<f64>,
    },
    /// Uninterruptible supply.
    Ups {
        /// Room of its battery.
        battery: Option<RoomId>,
        /// Rating in kW.
        kw: f64,
        /// Battery time at rated load.
        full: Span,
    },
    /// Cooling plant. It stops with its power and starts again as `restart` says; halls warm without it.
    Chillers {
        /// Units.
        n: u32,
        /// Units that must run to carry away all heat.
        need: u32,
        /// How a unit starts again once it has power.
        restart: Restart,
    },
    /// Distribution board: what servers hang on.
    Panel {
        /// Rating in kW.
        kw: f64,
    },
}
