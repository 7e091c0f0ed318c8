//! Wires kernel, board and mechanisms into a run.
//!
//! ```text
//!            ┌──────────── queue (time, class, order) ◀── set / cancel ──┐
//!            ▼                                                           │
//!          ring ──▶ mechanism ──▶ board: state, track, event ──▶ hear (every mechanism)
//!                        ▲                                               │
//!                        └────────────── settle, until nothing changes ◀─┘
//! ```
//!
//! The trace is the bus: a mechanism changes the board through one function a subject, which records an event, and every
//! mechanism hears every event. No mechanism calls another.

mod board;
mod cx;
mod jobs;
mod reach;
mod web;

pub(crate) use board::begins_empty;
pub(crate) use cx::{Cx, Heard};
pub(crate) use reach::{CARRIES, Islands, between};
pub(crate) use web::Web;

use crate::mechanisms::Mechanisms;
use crate::trace::{End, Trace};
use crate::world::{Script, World};

/// A run that records more events than this is ended and says so.
pub const MAX_EVENTS: usize = 2_000_000;

/// Rounds of settling in one instant; more would mean two mechanisms that undo each other for ever.
const MAX_ROUNDS: usize = 10_000;

/// Runs a world under a script.
///
/// The script replaces the world's own, so that an incident injected by hand is an ordinary line of it. The result is a
/// function of the three arguments alone.
#[must_use]
pub fn run(world: &World, script: &Script, seed: u64) -> Trace {
    let mut cx = Cx::new(world, script, seed);
    let end = play(&mut cx);
    cx.into_trace(end)
}

/// How often a run looks at the state of a service, a pool, an element or a room: what it costs, whatever the machine. Only
/// debug builds count.
#[cfg(debug_assertions)]
#[must_use]
pub fn looks(world: &World, script: &Script, seed: u64) -> u64 {
    let mut cx = Cx::new(world, script, seed);
    play(&mut cx);
    cx.board.looks()
}

fn play(cx: &mut Cx) -> End {
    let mut mechanisms = Mechanisms::new(cx.world, cx);
    mechanisms.begin(cx);
    let mut end = settle(&mut mechanisms, cx);
    while end == End::Horizon
        && let Some(timer) = cx.next()
    {
        mechanisms.ring(timer, cx);
        end = settle(&mut mechanisms, cx);
    }
    end
}

/// Lets every event of this instant be heard, and its consequences, until nothing changes.
fn settle(mechanisms: &mut Mechanisms, cx: &mut Cx) -> End {
    for _ in 0..MAX_ROUNDS {
        while let Some(heard) = cx.board.hear_next() {
            mechanisms.hear(heard, cx);
        }
        mechanisms.settle(cx);
        if cx.board.events().len() > MAX_EVENTS {
            return End::EventBudget;
        }
        if cx.board.all_heard() && !std::mem::take(&mut cx.board.carriage) {
            return End::Horizon;
        }
    }
    End::EventBudget
}
