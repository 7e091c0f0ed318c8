//! The calendar: the script's incidents, and the hours of the day.

use super::{Mechanism, Timer};
use crate::kernel::math;
use crate::run::Cx;
use crate::trace::{Change, EventId};
use crate::world::{Origin, Shape, World};
use crate::{Span, Time};

/// Demand is constant for this long.
const STEP: Span = Span::from_hours(1);

/// The calendar's memory.
pub(crate) struct Calendar;

#[derive(Clone, Copy, Debug)]
pub(crate) enum Tick {
    Incident(u32),
    Hour,
}

impl Mechanism for Calendar {
    type Timer = Tick;
    const CLASS: u8 = 0;

    fn new(_world: &World, _cx: &mut Cx) -> Self {
        Self
    }

    fn begin(&mut self, cx: &mut Cx) {
        let script = cx.script;
        for (i, incident) in script.iter().enumerate() {
            cx.at(incident.at, Timer::Calendar(Tick::Incident(i as u32)));
        }
        if matches!(cx.world.demand.shape, Shape::Diurnal { .. }) {
            cx.board.demand = demand(cx.world, cx.now());
            cx.after(STEP, Timer::Calendar(Tick::Hour));
        }
    }

    fn ring(&mut self, tick: Tick, cx: &mut Cx) {
        match tick {
            Tick::Incident(i) => {
                let incident = cx.script[i as usize];
                let subject = incident.action.into();
                let began = (incident.origin != Origin::Chance)
                    .then(|| cx.board.record(subject, Change::Began(incident.origin), &[]));
                let began: Vec<EventId> = began.into_iter().collect();
                cx.board.record(subject, Change::Incident(incident.action), &began);
            }
            Tick::Hour => {
                cx.board.demand = demand(cx.world, cx.now());
                cx.after(STEP, Timer::Calendar(Tick::Hour));
            }
        }
    }
}

/// Demand of the hour that `t` belongs to, hours being counted from the start, as a share of the peak: the cosine at the
/// middle of the hour.
pub(crate) fn demand(world: &World, t: Time) -> f64 {
    let Shape::Diurnal { trough, peak_hour } = world.demand.shape else { return 1.0 };
    let midnight = (world.meta.t0_unix + i64::from(world.meta.offset_minutes) * 60).rem_euclid(86_400);
    let begun = t.0 / STEP.0;
    let hour = midnight as f64 / 3600.0 + begun as f64 + 0.5;
    let angle = std::f64::consts::TAU * (hour - peak_hour) / 24.0;
    trough + (1.0 - trough) * (1.0 + math::cos(angle)) / 2.0
}
