//! Command: acknowledge, escalate, decide, one after the other, each exponential; later, perhaps, one commander.
//!
//! Where authority was written down beforehand, whoever takes the alarm decides and nobody has to be reached.

use super::{Mechanism, Timer};
use crate::kernel::queue::Slot;
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, Subject};
use crate::world::{Authority, Origin, World};

/// The chain of command's memory.
pub(crate) struct Command {
    slot: Slot,
    commander: Slot,
    /// The alarm this chain answers.
    answering: Option<EventId>,
    episode: u32,
    /// A drill that was announced: what it takes was decided on before it began.
    given: Option<EventId>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    Acknowledge(EventId),
    Escalate(EventId),
    Decide(EventId),
    Take(EventId),
}

impl Mechanism for Command {
    type Timer = Step;
    const CLASS: u8 = 7;

    fn new(_world: &World, cx: &mut Cx) -> Self {
        Self { slot: cx.slot(), commander: cx.slot(), answering: None, episode: 0, given: None }
    }

    fn ring(&mut self, step: Step, cx: &mut Cx) {
        let rules = &cx.world.people.command;
        let (authority, escalate, decide) = (rules.authority, rules.escalate, rules.decide);
        match step {
            Step::Acknowledge(alarm) => {
                let by = cx.board.record(Subject::Org, Change::Acknowledged, &[alarm]);
                if authority == Authority::Delegated {
                    let wait = self.wait("decide", decide, cx);
                    cx.set(self.slot, wait, Timer::Command(Step::Decide(by)));
                } else {
                    let wait = self.wait("escalate", escalate, cx);
                    cx.set(self.slot, wait, Timer::Command(Step::Escalate(by)));
                }
            }
            Step::Escalate(by) => {
                let by = cx.board.record(Subject::Org, Change::Escalated, &[by]);
                let wait = self.wait("decide", decide, cx);
                cx.set(self.slot, wait, Timer::Command(Step::Decide(by)));
            }
            Step::Decide(by) => self.decided(by, cx),
            Step::Take(go) => {
                cx.board.record(Subject::Org, Change::Commander, &[go]);
            }
        }
    }

    fn hear(&mut self, heard: Heard, _cx: &mut Cx) {
        if let Change::Began(Origin::Drill { announced: true, .. }) = heard.change {
            self.given = Some(heard.id);
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        let given = self.given.take();
        if cx.board.alarm == self.answering {
            return;
        }
        self.answering = cx.board.alarm;
        cx.cancel(self.slot);
        cx.cancel(self.commander);
        if let Some(alarm) = self.answering {
            self.episode += 1;
            if let Some(given) = given {
                self.decided(given, cx);
                return;
            }
            let wait = self.wait("acknowledge", cx.world.people.command.ack, cx);
            cx.set(self.slot, wait, Timer::Command(Step::Acknowledge(alarm)));
        }
    }
}

impl Command {
    fn decided(&self, by: EventId, cx: &mut Cx) {
        let go = cx.board.record(Subject::Org, Change::Decided, &[by]);
        cx.board.decided = Some(go);
        if let Some(after) = cx.world.people.command.commander_after {
            cx.set(self.commander, after, Timer::Command(Step::Take(go)));
        }
    }

    fn wait(&self, what: &str, mean: crate::Span, cx: &Cx) -> crate::Span {
        cx.luck("command", &format!("{what} {}", self.episode)).wait(mean)
    }
}
