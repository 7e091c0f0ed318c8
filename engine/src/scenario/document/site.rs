//! Buildings.

use crate::scenario::quantity::{
    Duration, Effort, Interval, Money, Number, Ratio, Spares, Staff, StageShare, Watts,
};
use crate::scenario::read::{Cx, Entries, Name, Read};
use crate::scenario::record::{choices, records};
use crate::scenario::shape::{FieldShape, Presence, RecordShape, Shape};
use crate::scenario::tree::At;
use crate::world::{CutScope, Doors, Operator, RoomKind, SpreadKind, Text};

records! {
    /// A building.
    SiteDoc {
        /// Name. Left out, the key.
        name: Text = optional;
        /// Region it stands in. Left out, the only region there is.
        region: Name = optional;
        /// Rooms, power and fire rules to start from; what the site says itself comes on top. A site without `power` has
        /// `tier2`.
        preset: PresetName = optional;
        /// Who runs the building.
        operator: Operator = default "own";
        /// Time until a landlord or provider calls after a fire alarm. Left out, 20m in a colocation and 5m in a managed
        /// building.
        notice: Duration = optional;
        /// How our people get into a building that somebody else runs, and what that somebody's people do on our servers.
        landlord: LandlordDoc = optional;
        /// What opens its doors.
        doors: Doors = default "keys";
        /// Rooms.
        rooms: Entries<RoomDoc> = empty;
        /// What happens when it burns.
        fire: FireDoc = empty;
        /// What electricity flows through.
        power: PowerDoc = empty;
        /// A hall that gets too hot is switched off on purpose. If not, it runs on until servers break.
        shutdown: bool = default "true";
        /// What broken servers are replaced with.
        hardware: HardwareDoc = empty;
    }

    /// What a landlord or provider lets us do, and does for us. Power, fire and cooling are theirs anyway.
    LandlordDoc {
        /// After a fire, from when their people may be in the building until ours are let in: a permit, an escort.
        entry: Duration = default "0s";
        /// Their hands for work on our servers (remote hands): they start, install, replace and repair them, in our people's
        /// place. Left out, none in a colocation and 2 in a managed building.
        hands: Staff = optional;
        /// What an hour of one of them costs us. Left out, `cost.hour`.
        hour: Money = optional;
    }

    /// What broken servers are replaced with.
    HardwareDoc {
        /// Servers kept in the building.
        spares: Spares = default "0";
        /// From the order until more arrive.
        lead: Duration = default "3d";
        /// A person's work to replace one server.
        effort: Effort = default "1h/server";
    }

    /// A room.
    RoomDoc {
        /// Name. Left out, the key.
        name: Text = optional;
        /// What it is for.
        kind: RoomKind = required "hall";
        /// Holds lithium-ion cells: gas does little, it burns long.
        lithium: bool = default "false";
    }

    /// What happens when a building burns.
    FireDoc {
        /// From ignition to the alarm.
        detect: Duration = default "1m";
        /// Paths of fire between rooms.
        spread: Vec<SpreadDoc> = empty;
        /// Paths of smoke: from a room that burns to one where it reaches what hangs on the panels there. These are switched
        /// off, and cleaned before they are switched on again.
        smoke: Vec<SpreadDoc> = empty;
        /// Paths of water: from a room where it is used, or that is flooded, to the one below or beside it.
        leaks: Vec<SpreadDoc> = empty;
        /// Monitoring that sees a battery fail before it burns. Left out, there is none.
        early: EarlyDoc = optional;
        /// Gas, released by itself.
        gas: GasDoc = empty;
        /// Mean time until UPS electronics in a burning room, or under one ceiling with one, switch off.
        ups_trip: Duration = default "4m";
        /// Water, which needs a power cut.
        water: WaterDoc = empty;
        /// From "fire out" until people may enter.
        clear: Duration = default "2h";
        /// How long a room burns before nothing in it is left to save.
        burn: Duration = default "1h";
    }

    /// Monitoring that sees a battery fail before it burns: cells give off gas first. An `ignite` of a battery room is then a
    /// race: isolated in time it does not burn, and its UPS has no battery; seen too late, the alarm at least is immediate.
    EarlyDoc {
        /// Probability that it sees it.
        works: Ratio = default "0.9";
        /// Mean time by which it is ahead of the flames.
        lead: Duration = default "10m";
        /// From then until the battery is isolated.
        isolate: Duration = default "3m";
    }

    /// Gas, released by itself.
    GasDoc {
        /// There is such a system. Without it the fire burns until water is decided on.
        fitted: bool = default "true";
        /// From the alarm to the release.
        delay: Duration = default "1m";
        /// Probability that it puts the fire out.
        works: Ratio = default "0.85";
        /// The same where lithium cells burn.
        works_lithium: Ratio = default "0.02";
    }

    /// Water, which needs a power cut.
    WaterDoc {
        /// Mean time from failed gas to the decision.
        decide: Duration = default "1h";
        /// What is cut for it.
        cut: CutScope = default "building";
        /// For `zone`: whoever fights the fire knows where the switch is. If not, the whole building is cut.
        known: bool = default "true";
        /// Mean time from first water to "fire out".
        time: Duration = default "4h";
        /// Shape of that time, an Erlang's: 1 is an exponential time, more is narrower.
        shape: Number = default "36";
        /// Share of the servers in a flooded room that break.
        damage: Ratio = default "0.3";
    }

    /// What electricity flows through. Every key is unique among all five kinds.
    PowerDoc {
        /// Feeds from the street.
        utility: Entries<UtilityDoc> = empty;
        /// Generator sets.
        generators: Entries<GeneratorsDoc> = empty;
        /// Uninterruptible supplies.
        ups: Entries<UpsDoc> = empty;
        /// Cooling plants. A site without any is cooled by something that never fails.
        chillers: Entries<ChillersDoc> = empty;
        /// Distribution boards: what servers hang on.
        panels: Entries<PanelDoc> = empty;
        /// How power comes back.
        restore: RestoreDoc = empty;
    }

    /// A feed from the street.
    UtilityDoc {
        /// Name. Left out, the key.
        name: Text = optional;
        /// Room it stands in. Left out, outside.
        room: Name = optional;
        /// Rooms its cables run through.
        via: Vec<Name> = empty;
    }

    /// A generator set.
    GeneratorsDoc {
        /// Name. Left out, the key.
        name: Text = optional;
        /// Room it stands in. Left out, outside.
        room: Name = optional;
        /// Machines.
        n: Number = default "2";
        /// Machines that must run to carry the building.
        need: Number = default "1";
        /// Probability that one machine starts.
        p_start: Ratio = default "0.99";
        /// From loss of the street to running.
        start: Duration = default "30s";
        /// Probability that the transfer switch moves the load over to the running set.
        p_transfer: Ratio = default "1";
        /// Fuel for this long.
        fuel: Duration = default "48h";
        /// Rating of one machine: a set asked for more than its running machines have stops. Left out, enough.
        kw: Watts = optional;
    }

    /// An uninterruptible supply.
    UpsDoc {
        /// Name. Left out, the key.
        name: Text = optional;
        /// Room it stands in. Left out, outside.
        room: Name = optional;
        /// Room of its battery. Left out, its own.
        battery: Name = optional;
        /// Rating. Left out, enough for what hangs on it.
        kw: Watts = optional;
        /// Battery time at rated load.
        full: Duration = default "10m";
        /// What can feed it. Left out, every utility feed and generator set of the site.
        from: Vec<Name> = optional;
        /// Rooms its incoming cables run through.
        via: Vec<Name> = empty;
    }

    /// A cooling plant. It does not hang on a UPS: it stops with its power, and a dip is enough.
    ChillersDoc {
        /// Name. Left out, the key.
        name: Text = optional;
        /// Room it stands in. Left out, outside.
        room: Name = optional;
        /// Units.
        n: Number = default "3";
        /// Units that must run to carry away all heat.
        need: Number = default "2";
        /// What can feed it. Left out, every utility feed and generator set of the site.
        from: Vec<Name> = optional;
        /// Rooms its incoming cables run through.
        via: Vec<Name> = empty;
        /// How a unit starts again once it has power.
        restart: RestartDoc = empty;
    }

    /// How chillers start again after a loss of power.
    RestartDoc {
        /// All by themselves, this long after power is there; what counts unless `manual` is given.
        auto: Duration = default "5m";
        /// Each by hand, with this much of a person's work.
        manual: Duration = optional;
        /// Who does that. Left out, those who start servers; in a building that somebody else runs, its own crews.
        team: Name = optional;
    }

    /// A distribution board.
    PanelDoc {
        /// Name. Left out, the key.
        name: Text = optional;
        /// Room it stands in. Left out, outside.
        room: Name = optional;
        /// Rating. Left out, enough for the servers that hang on it.
        kw: Watts = optional;
        /// What can feed it. Left out, every UPS of the site, or without any, every utility feed and generator set.
        from: Vec<Name> = optional;
        /// Rooms its incoming cables run through.
        via: Vec<Name> = empty;
    }

    /// How power comes back to a building after it was cut or burnt.
    RestoreDoc {
        /// Crews of electricians.
        crews: Number = default "2";
        /// One crew's inspection of one panel before it may be energised.
        inspect: Duration = default "3h";
        /// One crew's laying of a new cable for one panel whose path burnt.
        recable: Duration = default "72h";
        /// One crew's cleaning of what hangs on one panel in a room that smoke or water reached.
        clean: Duration = default "12h";
        /// Greatest share of the building's rating energised in one stage.
        stage_max: StageShare = default "25%";
        /// From one stage to the next.
        stage_gap: Duration = default "1h";
        /// Time until a person has closed a tripped breaker by hand when the building is otherwise well.
        reclose: Duration = default "25m";
        /// Power that returns by itself reaches the servers one after the other. If not, and more than `stage_max` of the
        /// building comes back in one instant, some of the servers that were dark break.
        sequenced: bool = default "true";
        /// Share of them that do.
        surge: Ratio = default "0.02";
    }

    /// How long fire takes.
    SpreadTime {
        /// Mean of an exponential time.
        mean: Interval = optional;
        /// A fire barrier that holds exactly this long.
        barrier: Interval = optional;
    }
}

choices! {
    Operator, "Operator", {
        "own" => Self::Own, "We run it: we know at once what its sensors know.";
        "colocation" => Self::Colocation, "A landlord runs the building: we learn of a fire when they call, or when users do. The servers are ours to work on.";
        "managed" => Self::Managed, "A provider runs the building and does what has to be done by hand on the servers in it.";
    }
    Doors, "Doors", {
        "keys" => Self::Keys, "Keys, or locks that ask nobody.";
        "admin" => Self::Admin, "The service with the role `admin`: without it nobody gets in until somebody has opened them.";
    }
    RoomKind, "RoomKind", {
        "hall" => Self::Hall, "Servers.";
        "battery" => Self::Battery, "UPS batteries.";
        "ups" => Self::Ups, "UPS electronics.";
        "electrical" => Self::Electrical, "Transformers and main switchgear.";
        "cable" => Self::Cable, "Vertical or overhead cable way.";
        "generator" => Self::Generator, "Generator sets.";
        "control" => Self::Control, "Operators' room.";
    }
    CutScope, "CutScope", {
        "zone" => Self::Zone, "The burning rooms and what they feed: a zone switch exists and is known.";
        "building" => Self::Building, "The whole building.";
    }
    PresetName, "PresetName", {
        "tier1" => Self::Tier1, "One feed, one UPS, no generators.";
        "tier2" => Self::Tier2, "One feed, generators with one spare, two UPS over one battery room.";
        "tier3" => Self::Tier3, "Two feeds, generators with one spare, two UPS with batteries of their own.";
    }
}

/// A site to start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresetName {
    /// The least.
    Tier1,
    /// The usual.
    Tier2,
    /// Maintained without a stop.
    Tier3,
}

const EXAMPLE: &str = "[battery, ups, {mean: 8m}]";

/// A path of fire: `[from, to, {mean: 8m}]` or `[from, to, {barrier: 2h}]`.
#[derive(Clone, Debug, PartialEq)]
pub struct SpreadDoc {
    /// Burning room.
    pub from: Name,
    /// Room it reaches.
    pub to: Name,
    /// How long it takes.
    pub kind: SpreadKind,
}

impl Read for SpreadDoc {
    fn read(cx: &mut Cx<'_>, at: At) -> Self {
        let items = cx.items(at);
        if items.len() != 3 {
            cx.wrong_parts(at, EXAMPLE);
        }
        let [from, to, time] = [0, 1, 2].map(|part| items.get(part).copied().unwrap_or(At::NOWHERE));
        let (from, to, time) = (Name::read(cx, from), Name::read(cx, to), SpreadTime::read(cx, time));
        let kind = match (time.mean, time.barrier) {
            (Some(mean), None) => SpreadKind::Mean(mean.span()),
            (None, Some(barrier)) => SpreadKind::Barrier(barrier.span()),
            _ => {
                cx.wrong_parts(at, EXAMPLE);
                SpreadKind::Mean(crate::Span::from_mins(1))
            }
        };
        Self { from, to, kind }
    }
    fn shape() -> Shape {
        let one = |key, shape, about| {
            let fields = vec![FieldShape { key, about, shape, presence: Presence::Required }];
            Shape::Record(RecordShape { name: "", about, fields })
        };
        let time = Shape::OneOf(
            "SpreadTime",
            vec![
                one("mean", Interval::shape(), "Mean of an exponential time."),
                one("barrier", Interval::shape(), "A fire barrier that holds exactly this long."),
            ],
        );
        Shape::Tuple(
            vec![("burning room", Name::shape()), ("room it reaches", Name::shape()), ("how long", time)],
            false,
        )
    }
}
