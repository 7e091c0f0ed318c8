//! The states that subjects can be in. What a person sees as a colour and a shape is one of these.

use crate::world::{Landlord, SiteId};

/// A room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoomState {
    /// As built.
    Ok,
    /// On fire.
    Burning,
    /// Was on fire; what stood in it is gone.
    Burnt,
    /// The fire in it was put out before it took everything.
    Damaged,
    /// Too warm: its servers slow themselves down.
    Warm,
    /// Far too warm: its servers are switched off.
    Hot,
    /// Smoke of a fire elsewhere is in it.
    Smoky,
    /// Water used elsewhere is in it.
    Flooded,
}

/// A building as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SiteState {
    /// An ordinary day.
    Ok,
    /// Something burns; people have left.
    Burning,
    /// Power cut by order, water on.
    Flooding,
    /// Fire out, nobody may enter yet.
    Barred,
    /// Whoever runs the building is at work in it; their tenant has not been let in yet.
    Permit,
    /// People are at work in it; power or rooms are not what they were.
    Recovering,
}

/// A building's place in the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NetState {
    /// Connected with most others, and users reach it.
    Whole,
    /// Users reach it; it does not reach most others. Sites that reach each other name the same, the first of them.
    Apart(SiteId),
    /// Users do not reach it.
    Unreachable,
}

impl SiteState {
    /// Whether the people of whoever runs the building may be in it.
    #[must_use]
    pub const fn lets_in(self) -> bool {
        matches!(self, Self::Ok | Self::Permit | Self::Recovering)
    }

    /// Whether those may be in it who work on servers: ours, or the landlord's where we pay for their hands.
    #[must_use]
    pub const fn lets_to_servers(self, landlord: &Landlord) -> bool {
        self.lets_in() && (landlord.hands > 0 || !matches!(self, Self::Permit))
    }
}

/// A power element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ElementState {
    /// Gives power.
    Live,
    /// A UPS that lives on its battery.
    OnBattery,
    /// A UPS that was overloaded and passes the street's power on: it protects nothing.
    Bypass,
    /// A generator set that does not run because it need not.
    Ready,
    /// Nothing arrives at it.
    Dead,
    /// Its breaker is open, or it switched itself off.
    Tripped,
    /// Switched off by order.
    Cut,
    /// It, or the cable to it, burnt or was flooded.
    Destroyed,
    /// Waits for or is under inspection or repair before it may be energised.
    Repair,
    /// Refused to start, or ran out of fuel.
    Failed,
}

impl ElementState {
    /// Whether it gives power.
    #[must_use]
    pub const fn gives(self) -> bool {
        matches!(self, Self::Live | Self::OnBattery | Self::Bypass)
    }
}

/// A pool of servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PoolState {
    /// Serves.
    Up,
    /// Runs, waits to be promoted.
    Standby,
    /// Is being promoted.
    Promoting,
    /// Serves; users are not led to it yet.
    Routing,
    /// No panel of it is live.
    NoPower,
    /// Burnt with its hall.
    Destroyed,
    /// None of its servers is sound; waits for others in their place.
    WaitParts,
    /// Has power; people may not enter and no tool reaches it.
    WaitAccess,
    /// Has power; a service it needs to start does not serve.
    WaitBoot,
    /// Has power; nobody and nothing is free to start it.
    WaitHands,
    /// Servers are being started.
    Restarting,
    /// Servers run; stored data are being read through after the unclean stop.
    Checking,
    /// Empty and switched off: nobody has needed it yet.
    Off,
    /// Empty servers are being installed.
    Provisioning,
    /// Ready for data: no copy is within reach, or none that anybody decided to open.
    WaitData,
    /// Data are being copied to it.
    Restoring,
    /// Has no servers: its copy of the data is kept.
    Stored,
}

/// A service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ServiceState {
    /// Serves all of its demand.
    Up,
    /// Serves some of it.
    Degraded,
    /// Serves nothing, and nothing is being done about it.
    Down,
    /// Serves nothing: what it leans on does not serve, or its start waits.
    Waiting,
    /// Serves nothing: its servers are being started or a standby is being promoted.
    Restarting,
    /// Serves nothing: none of its servers has power.
    NoPower,
    /// Serves nothing: no copy of its data is left.
    Lost,
}

/// What the organisation is doing about a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Nothing is wrong.
    Normal,
    /// Something is wrong and nobody knows.
    Undetected,
    /// Known; nobody has said go.
    Deciding,
    /// A standby is being promoted, or waits for a hand to do it.
    Switching,
    /// Waits for power, entry, a dependency, hands.
    Waiting,
    /// Servers are being started or data checked.
    Restarting,
}
