//! Exposure: for how long services ran without a control that they have on an ordinary day.

use super::Index;
use crate::Time;
use crate::trace::{TaskKind, Trace};
use crate::world::{ServiceId, World};

/// ∫ ways round in use dt, in seconds. A way round is in use from the moment it was found until the incident is over, or,
/// where people look over what was done without a control, until they have.
pub(super) fn exposure(world: &World, trace: &Trace, index: &Index, id: ServiceId) -> f64 {
    let looked_over = world.controls.after.security.is_some();
    let end = |from: Time| {
        let end = if looked_over {
            let done = index.jobs.iter().filter(|job| job.task.kind == TaskKind::Secure(id) && job.done);
            done.filter_map(|job| job.ended).find(|&at| at >= from)
        } else {
            index.closed.iter().copied().find(|&at| at >= from)
        };
        end.unwrap_or(trace.horizon).min(trace.horizon)
    };
    index.bypassed[id.index()].iter().map(|&(from, _)| end(from).since(from).secs()).sum()
}
