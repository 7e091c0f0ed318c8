//! Effort: how much work a task is, with this run's luck, these people's practice and what they know.

use super::tasks::{self, CrewId, Habit, Spec};
use crate::kernel::math;
use crate::run::Cx;
use crate::trace::Task;
use crate::world::World;

/// Building work follows a plan of many small steps: its spread is this share of that of work on computers.
const PLANNED: f64 = 0.5;

/// Hand-seconds; for the deployment tool, servers. Asked for the `times`-th time, a task has luck of its own.
pub(super) fn amount(task: Task, spec: &Spec, times: u32, cx: &Cx) -> f64 {
    let world = cx.world;
    let luck = |sigma| {
        let mut stream = cx.luck(&tasks::name(task.kind, world), &format!("effort {times}"));
        stream.lognormal(sigma)
    };
    let sigma = world.people.sigma;
    let factor = match spec.habit {
        Habit::Expert | Habit::Routine => luck(sigma),
        Habit::Planned => luck(PLANNED * sigma),
        Habit::Machine => 1.0,
    };
    planned(spec, world) * factor
}

/// The same without luck: what those who know the team would expect.
pub(super) fn planned(spec: &Spec, world: &World) -> f64 {
    let habit = match spec.habit {
        Habit::Expert => clumsiness(world),
        Habit::Routine => clumsiness(world) * (1.0 + error(world)),
        Habit::Planned | Habit::Machine => 1.0,
    };
    f64::from(spec.servers.unwrap_or(1)) * (spec.effort * habit) * unfamiliar(spec, world)
}

/// How many times as long it takes people who do not know what the service is built on.
fn unfamiliar(spec: &Spec, world: &World) -> f64 {
    let CrewId::Team(team) = spec.crew else { return 1.0 };
    let stack = spec.service.and_then(|s| world[s].stack.as_deref());
    let known = stack.is_none_or(|stack| world.people.teams[team.index()].knows(stack));
    if known { 1.0 } else { world.people.unknown_stack }
}

/// 1 for people who drilled yesterday, `slow` for people who never did: skill decays as e^(−t/τ).
fn clumsiness(world: &World) -> f64 {
    1.0 + (world.people.drill.slow - 1.0) * (1.0 - skill(world))
}

fn error(world: &World) -> f64 {
    world.people.drill.error * (1.0 - skill(world))
}

fn skill(world: &World) -> f64 {
    let drill = &world.people.drill;
    drill.last.map_or(0.0, |since| math::exp(-since.secs() / drill.decay.secs().max(1e-6)))
}

/// Whether a mistake shows now that the result is tried.
pub(super) fn goes_wrong(task: Task, again: u8, cx: &Cx) -> bool {
    let p = error(cx.world);
    cx.luck(&tasks::name(task.kind, cx.world), &format!("error {again}")).chance(p)
}
