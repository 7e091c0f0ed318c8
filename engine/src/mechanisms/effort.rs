//! Effort: how much work a task is, with this run's luck, these people's practice and what they know.

use super::drills::Practice;
use super::tasks::{self, CrewId, Habit, Spec};
use crate::run::Cx;
use crate::trace::{PoolState, Task};
use crate::world::{PoolId, World};

/// Building work follows a plan of many small steps: its spread is this share of that of work on computers.
const PLANNED: f64 = 0.5;

/// Hand-seconds; for the deployment tool, servers. Asked for the `times`-th time, a task has luck of its own. With it, the task's turn
/// among those that are asked for together.
pub(super) fn amount(task: Task, spec: &Spec, times: u32, practice: &Practice, cx: &Cx) -> (f64, u32) {
    let world = cx.world;
    let mut luck = cx.luck(&tasks::name(task.kind, world), &format!("effort {times}"));
    let sigma = world.people.sigma;
    let factor = match spec.habit {
        Habit::Expert | Habit::Routine => luck.lognormal(sigma),
        Habit::Planned => luck.lognormal(PLANNED * sigma),
        Habit::Fault => luck.exponential(),
        Habit::Machine => 1.0,
    };
    (planned(spec, practice, cx) * factor, (luck.uniform() * f64::from(u32::MAX)) as u32)
}

/// The same without luck: what those who know the team would expect.
pub(super) fn planned(spec: &Spec, practice: &Practice, cx: &Cx) -> f64 {
    let world = cx.world;
    let skill = || practice.skill(spec.crew, cx);
    let habit = match spec.habit {
        Habit::Expert => clumsiness(skill(), world),
        Habit::Routine => {
            let skill = skill();
            clumsiness(skill, world) * (1.0 + error(skill, world))
        }
        Habit::Planned | Habit::Fault | Habit::Machine => 1.0,
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

/// 1 for people who drilled yesterday, `slow` for people who never did.
fn clumsiness(skill: f64, world: &World) -> f64 {
    1.0 + (world.people.drill.slow - 1.0) * (1.0 - skill)
}

fn error(skill: f64, world: &World) -> f64 {
    world.people.drill.error * (1.0 - skill)
}

/// Whether a mistake shows now that the result is tried.
pub(super) fn goes_wrong(task: Task, again: u8, practice: &Practice, cx: &Cx) -> bool {
    let p = error(practice.skill(tasks::spec(task, cx.world).crew, cx), cx.world);
    cx.luck(&tasks::name(task.kind, cx.world), &format!("error {again}")).chance(p)
}

/// What a mistake stops besides: a pool that is up, of the same service or of one that it cannot do without. The wrong
/// machine is one that the people at work have in hand.
pub(super) fn harm(task: Task, again: u8, cx: &Cx) -> Option<PoolId> {
    let world = cx.world;
    let mut luck = cx.luck(&tasks::name(task.kind, world), &format!("harm {again}"));
    if !luck.chance(world.people.drill.harm) {
        return None;
    }
    let service = tasks::spec(task, world).service?;
    let needs = world[service].needs.iter().filter(|n| n.soft.is_none()).map(|n| n.on);
    let near = [service].into_iter().chain(needs).flat_map(|s| &world[s].pools).copied();
    let up: Vec<PoolId> = near.filter(|&p| cx.board.pool(p) == PoolState::Up).collect();
    let at = (luck.uniform() * up.len() as f64) as usize;
    up.get(at).copied()
}
