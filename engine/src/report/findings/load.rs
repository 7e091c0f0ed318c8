//! Load: what retries and cold caches keep down, and work that is late.

use super::{Code, Evidence, Finding, SHORT};
use crate::kernel::order::sorted;
use crate::trace::{PoolState, Series, Subject, WHOLE};
use crate::world::ServiceId;
use crate::{Span, Time};

/// A storm shorter than this passes by itself.
const PASSES: Span = Span::from_mins(10);

fn finding(code: Code, id: ServiceId, figure: f64) -> Finding {
    Finding { code, subject: Subject::Service(id), with: Vec::new(), hit: vec![id], site: None, figure }
}

/// For how long more arrived than a service could answer and some of its demand was lost, while its servers would have
/// carried an ordinary day's requests; with caches in front of it cold, or not. In seconds.
fn overrun(e: &Evidence<'_>, id: ServiceId, cold: bool) -> f64 {
    let (world, trace, i) = (e.world(), e.trace(), id.index());
    if world[id].quorum.is_some() {
        return 0.0;
    }
    let series = [&trace.own, &trace.amplification, &trace.capacity, &trace.shedding, &trace.asked];
    let mut times: Vec<Time> = series.iter().flat_map(|of| of[i].points().iter().map(|p| p.0)).collect();
    times = sorted(times, &Ord::cmp);
    times.dedup();
    times.push(trace.horizon);
    let at = |of: &[Series], t: Time| of[i].at(t);
    let overrun = |t: Time| {
        let demand = world[id].load * crate::mechanisms::demand(world, t);
        let up = world[id]
            .pools
            .iter()
            .filter(|&&p| e.view.pool(p, t) == PoolState::Up && trace.reached[p.index()].at(t) > 0.0);
        // Crashed ones too: they run when less arrives.
        let servers: f64 = up.map(|&p| f64::from(world[p].startable())).sum();
        at(&trace.own, t) < WHOLE
            && (at(&trace.asked, t) > 1.0) == cold
            && (cold || at(&trace.shedding, t) <= 0.0)
            && demand * at(&trace.amplification, t) > at(&trace.capacity, t)
            && servers >= demand
    };
    times.windows(2).filter(|w| overrun(w[0])).map(|w| w[1].since(w[0]).secs()).sum()
}

/// Those who try again keep it down.
pub(super) fn storm(e: &Evidence<'_>, id: ServiceId) -> Option<Finding> {
    let lasted = overrun(e, id, false);
    (lasted > PASSES.secs()).then(|| finding(Code::RetryStorm, id, lasted))
}

/// Whose cold caches keep down what is behind them. The first of several.
pub(super) fn cold(e: &Evidence<'_>, id: ServiceId) -> Option<Finding> {
    let lasted = overrun(e, id, true);
    let (world, trace) = (e.world(), e.trace());
    let cold = |&s: &ServiceId| {
        world[s].cache.is_some_and(|c| c.of == id) && trace.misses[s.index()].points().len() > 1
    };
    let of = (0..world.services.len()).map(ServiceId::at).find(cold)?;
    let hit = if world[id].users > 0.0 { vec![of, id] } else { vec![of] };
    (lasted > PASSES.secs()).then(|| Finding { with: vec![id], hit, ..finding(Code::ColdCache, of, lasted) })
}

/// What waited was late for more than an hour though as much was done as arrived.
pub(super) fn late(e: &Evidence<'_>) -> Vec<Finding> {
    let late = |i: usize| {
        let late = e.services[i].backlog?.late_s;
        (late > SHORT.secs()).then(|| finding(Code::BacklogLate, ServiceId::at(i), late))
    };
    (0..e.services.len()).filter_map(late).collect()
}
