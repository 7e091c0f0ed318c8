//! What is true at one moment, as small comparable pieces: a picture is drawn again only if its piece differs.

use super::run::Run;
use bridge_engine::trace::{ElementState, Phase, PoolState, RoomState, ServiceState, SiteState};
use bridge_engine::world::{ElementId, ElementKind, PoolId, PoolRole, RoomId, ServiceId, SiteId};
use bridge_engine::{Time, World};
use std::rc::Rc;

/// A service.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServiceNow {
    /// State.
    pub state: ServiceState,
    /// Since when.
    pub since: Time,
    /// Share served, in hundredths.
    pub share: u8,
    /// What the organisation does about it.
    pub phase: Phase,
}

/// A pool.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PoolNow {
    /// State.
    pub state: PoolState,
    /// Servers up, in hundredths of all.
    pub up: u8,
}

/// What a building's badge says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Badge {
    /// An ordinary day.
    Up,
    /// An ordinary day, in reserve.
    Standby,
    /// It carries what another site carried.
    Carrying,
    /// A standby of it is being promoted.
    TakingOver,
    /// It burns.
    Fire,
    /// Water, and no power.
    Water,
    /// Water; what was not cut for it still has power.
    WaterPart,
    /// Fire out, nobody in, no power.
    Barred,
    /// Fire out, nobody in.
    BarredPart,
    /// No panel is live.
    NoPower,
    /// Some panels are dead.
    PartPower,
    /// People work in it.
    Recovering,
}

/// Where a building's power comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Supply {
    /// The street.
    Street,
    /// Batteries, since then.
    Battery(Time),
    /// Generator sets, since then.
    Generators(Time),
    /// Nowhere: switched off by order, since then.
    Cut(Time),
    /// Nowhere: the street gives nothing, since then.
    Lost(Time),
}

/// A building.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteNow {
    /// Fire, water, access.
    pub state: SiteState,
    /// What its badge says.
    pub badge: Badge,
    /// Where its power comes from.
    pub supply: Supply,
    /// Its rooms, each with the time since when it is so.
    pub rooms: Vec<(RoomId, RoomState, Time)>,
    /// Its power elements.
    pub elements: Vec<(ElementId, ElementState)>,
    /// Its pools.
    pub pools: Vec<(PoolId, PoolNow)>,
}

impl SiteNow {
    /// State of one of its power elements.
    #[must_use]
    pub fn element(&self, id: ElementId) -> ElementState {
        self.elements.iter().find(|e| e.0 == id).map_or(ElementState::Dead, |e| e.1)
    }

    /// State of one of its rooms, and since when.
    #[must_use]
    pub fn room(&self, id: RoomId) -> (RoomState, Time) {
        self.rooms.iter().find(|r| r.0 == id).map_or((RoomState::Ok, Time::ZERO), |r| (r.1, r.2))
    }

    /// Nothing arrives from anywhere.
    #[must_use]
    pub const fn power_gone(&self) -> bool {
        matches!(self.supply, Supply::Cut(_) | Supply::Lost(_))
    }

    /// One of its pools.
    #[must_use]
    pub fn pool(&self, id: PoolId) -> PoolNow {
        let none = PoolNow { state: PoolState::NoPower, up: 0 };
        self.pools.iter().find(|p| p.0 == id).map_or(none, |p| p.1)
    }
}

/// Everything at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// When.
    pub at: Time,
    /// Services, by id.
    pub services: Rc<Vec<ServiceNow>>,
    /// Buildings, by id.
    pub sites: Vec<Rc<SiteNow>>,
    /// People who find something broken.
    pub affected: f64,
    /// User-minutes lost so far.
    pub user_minutes: f64,
    /// Hands at work, by team.
    pub hands: Vec<u32>,
    /// Money lost so far, if the scenario says what an outage costs.
    pub money: Option<f64>,
}

impl Moment {
    /// The moment of a run.
    #[must_use]
    pub fn of(run: &Run, at: Time) -> Self {
        Self::after(None, run, at)
    }

    /// The moment of a run, shown after another one: pieces equal to those of that moment are the same ones.
    #[must_use]
    pub fn after(before: Option<&Self>, run: &Run, at: Time) -> Self {
        let (world, trace) = (&*run.world, &run.trace);
        let services: Vec<ServiceNow> = (0..world.services.len())
            .map(|i| {
                let (since, state, _) = trace.services[i].entry(at);
                ServiceNow {
                    state,
                    since,
                    share: hundredths(trace.shares[i].at(at)),
                    phase: trace.phases[i].at(at),
                }
            })
            .collect();
        Self {
            at,
            services: kept(before.map(|b| &b.services), services),
            sites: (0..world.sites.len())
                .map(|i| kept(before.and_then(|b| b.sites.get(i)), site(run, SiteId::at(i), at)))
                .collect(),
            affected: trace.affected.at(at),
            user_minutes: trace.affected.integral(Time::ZERO, at, |users| users) / 60.0,
            hands: trace.hands.iter().map(|h| h.at(at).round() as u32).collect(),
            money: bridge_engine::report::money_lost(world, trace, at),
        }
    }

    /// How many services serve everything, something, nothing.
    #[must_use]
    pub fn tally(&self) -> (usize, usize, usize) {
        let count =
            |wanted: fn(ServiceState) -> bool| self.services.iter().filter(|s| wanted(s.state)).count();
        let up = count(|s| s == ServiceState::Up);
        let part = count(|s| s == ServiceState::Degraded);
        (up, part, self.services.len() - up - part)
    }

    /// A service at this moment.
    #[must_use]
    pub fn service(&self, id: ServiceId) -> ServiceNow {
        self.services[id.index()]
    }
}

/// The old one, if it is equal.
fn kept<T: PartialEq>(old: Option<&Rc<T>>, new: T) -> Rc<T> {
    old.filter(|old| ***old == new).map_or_else(|| Rc::new(new), Rc::clone)
}

/// Nothing but all is 100, nothing but none is 0.
fn hundredths(share: f64) -> u8 {
    let whole = (share * 100.0).round().clamp(0.0, 100.0);
    let whole = if share < 1.0 { whole.min(99.0) } else { whole };
    (if share > 0.0 { whole.max(1.0) } else { whole }) as u8
}

fn site(run: &Run, id: SiteId, at: Time) -> SiteNow {
    let (world, trace) = (&*run.world, &run.trace);
    let rooms = (0..world.rooms.len())
        .filter(|i| world.rooms[*i].site == id)
        .map(|i| {
            let (since, state, _) = trace.rooms[i].entry(at);
            (RoomId::at(i), state, since)
        })
        .collect();
    let elements: Vec<_> = (0..world.elements.len())
        .filter(|i| world.elements[*i].site == id)
        .map(|i| (ElementId::at(i), trace.elements[i].at(at)))
        .collect();
    let pools: Vec<_> = (0..world.pools.len())
        .filter(|i| world.pools[*i].site == id)
        .map(|i| {
            let all = f64::from(world.pools[i].servers.max(1));
            let up = hundredths(trace.servers_up[i].at(at) / all);
            (PoolId::at(i), PoolNow { state: trace.pools[i].at(at), up })
        })
        .collect();
    let state = trace.sites[id.index()].at(at);
    let badge = badge(world, state, &elements, &pools);
    let supply = supply(run, &elements, at);
    SiteNow { state, badge, supply, rooms, elements, pools }
}

/// The best source that gives power; without one, why the street does not.
fn supply(run: &Run, elements: &[(ElementId, ElementState)], at: Time) -> Supply {
    let since = |e: ElementId| run.trace.elements[e.index()].entry(at).0;
    let find = |wanted: fn(&ElementKind) -> bool, states: &[ElementState]| {
        elements.iter().find(|e| wanted(&run.world[e.0].kind) && states.contains(&e.1)).map(|e| e.0)
    };
    let utility = |k: &ElementKind| *k == ElementKind::Utility;
    let generator = |k: &ElementKind| matches!(k, ElementKind::Generators { .. });
    let ups = |k: &ElementKind| matches!(k, ElementKind::Ups { .. });
    if find(utility, &[ElementState::Live]).is_some() {
        return Supply::Street;
    }
    let lost = elements.iter().find(|e| utility(&run.world[e.0].kind)).map_or(Time::ZERO, |e| since(e.0));
    if let Some(e) = find(generator, &[ElementState::Live]) {
        Supply::Generators(since(e))
    } else if let Some(e) = find(ups, &[ElementState::OnBattery]) {
        Supply::Battery(since(e))
    } else if find(utility, &[ElementState::Cut]).is_some() {
        Supply::Cut(lost)
    } else {
        Supply::Lost(lost)
    }
}

fn badge(
    world: &World,
    state: SiteState,
    elements: &[(ElementId, ElementState)],
    pools: &[(PoolId, PoolNow)],
) -> Badge {
    let panels = elements.iter().filter(|e| matches!(world[e.0].kind, ElementKind::Panel { .. }));
    let (mut live, mut all) = (0, 0);
    for (_, s) in panels {
        all += 1;
        live += u32::from(s.gives());
    }
    let is = |wanted: PoolState| pools.iter().any(|p| p.1.state == wanted);
    let reserve = |p: &(PoolId, PoolNow)| world[p.0].role != PoolRole::Active;
    match state {
        SiteState::Burning => Badge::Fire,
        SiteState::Flooding if live > 0 => Badge::WaterPart,
        SiteState::Flooding => Badge::Water,
        SiteState::Barred if live > 0 => Badge::BarredPart,
        SiteState::Barred => Badge::Barred,
        _ if all > 0 && live == 0 => Badge::NoPower,
        SiteState::Permit => Badge::BarredPart,
        SiteState::Recovering => Badge::Recovering,
        SiteState::Ok if live < all => Badge::PartPower,
        SiteState::Ok if is(PoolState::Promoting) || is(PoolState::Routing) => Badge::TakingOver,
        SiteState::Ok if pools.iter().any(|p| reserve(p) && p.1.state == PoolState::Up) => Badge::Carrying,
        SiteState::Ok if !pools.is_empty() && pools.iter().all(reserve) => Badge::Standby,
        SiteState::Ok => Badge::Up,
    }
}

#[cfg(test)]
mod tests {
    use super::{hundredths, kept};
    use std::rc::Rc;

    #[test]
    fn nearly_all_is_not_all_and_hardly_any_is_not_none() {
        assert_eq!([0.0, 1e-9, 0.5, 0.9999, 1.0].map(hundredths), [0, 1, 50, 99, 100]);
    }

    #[test]
    fn what_did_not_change_is_the_same_piece() {
        let old = Rc::new(vec![1, 2]);
        assert!(Rc::ptr_eq(&kept(Some(&old), vec![1, 2]), &old));
        assert_eq!(*kept(Some(&old), vec![1, 3]), [1, 3]);
    }
}
