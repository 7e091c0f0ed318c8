//! Who calls whom: from where each service's load comes.
//!
//! A service's load is stated for a day on which nothing fails. When something does, callers ask again, and what arrives
//! is the load times the attempts that each caller makes for one request, weighted by its share of the calls. A need may
//! declare that share; otherwise shares go by the users behind each caller: those who use it, and those behind whoever
//! calls it in turn, once for every way. What is called softly is called by as many requests as suffer without it.
//!
//! A circle of needs passes no calls on around itself: no request goes round for ever.

use crate::run::Web;
use crate::world::{Need, ServiceId, World};

/// From where a service's load comes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Calls {
    /// Somebody asks again when it does not answer.
    pub clients: bool,
    /// Share that comes straight from people, or from nobody in particular.
    pub direct: f64,
    /// Shares that come from other services.
    pub from: Vec<(ServiceId, f64)>,
}

/// The calls on every service.
pub(super) fn calls(world: &World, web: &Web) -> Vec<Calls> {
    let mut calls = vec![Calls::default(); world.services.len()];
    // Users behind each service's calls.
    let mut behind = vec![0.0; world.services.len()];
    let mut end = web.len();
    while end > 0 {
        let circle = web.circle(end - 1);
        let mut all = 0.0;
        for place in circle.clone() {
            let service = web.at(place);
            let outside = |caller: &&ServiceId| !circle.contains(&web.place(**caller));
            let callers: Vec<ServiceId> = web.callers(service).iter().filter(outside).copied().collect();
            let of = shares(world, service, web, &callers, &behind);
            all += of.1;
            calls[service.index()] = of.0;
        }
        for place in circle.clone() {
            // Capped so that a web woven for the purpose cannot overflow.
            behind[web.at(place).index()] = all.min(1e100);
        }
        end = circle.start;
    }
    calls
}

/// The calls on one service, and how many users are behind them.
fn shares(
    world: &World,
    service: ServiceId,
    web: &Web,
    callers: &[ServiceId],
    behind: &[f64],
) -> (Calls, f64) {
    let users = world[service].users;
    let clients = users > 0.0 || !web.callers(service).is_empty();
    let flow = |caller: &ServiceId| {
        let weight = need(&world[*caller], service).and_then(|n| n.soft).unwrap_or(1.0);
        behind[caller.index()] * weight
    };
    let declared = |caller: &ServiceId| need(&world[*caller], service).and_then(|n| n.calls);
    let said: f64 = callers.iter().filter_map(declared).sum();
    let silent: Vec<ServiceId> = callers.iter().copied().filter(|c| declared(c).is_none()).collect();
    let flows: f64 = users + silent.iter().map(flow).sum::<f64>();
    // What nobody declared is shared out by users; where nobody uses anything, evenly; where nobody else calls, it comes
    // from nobody in particular.
    let rest = (1.0 - said).max(0.0);
    let scale = 1.0 / said.max(1.0);
    let share = |caller: &ServiceId| match declared(caller) {
        Some(share) => share * scale,
        None if flows > 0.0 => rest * flow(caller) / flows,
        None => rest / silent.len() as f64,
    };
    let from: Vec<(ServiceId, f64)> = callers.iter().map(|c| (*c, share(c))).collect();
    let direct = if flows > 0.0 {
        rest * users / flows
    } else if silent.is_empty() {
        rest
    } else {
        0.0
    };
    (Calls { clients, direct, from }, users + callers.iter().map(flow).sum::<f64>())
}

fn need(caller: &crate::world::Service, on: ServiceId) -> Option<&Need> {
    // Sorted by what is leant on, as everything in a world is.
    caller.needs.binary_search_by(|need| need.on.cmp(&on)).ok().map(|at| &caller.needs[at])
}
