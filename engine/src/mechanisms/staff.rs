//! Staff: how many hands are there at which hour, and who comes in when called.
//!
//! A team's shifts say how many are there; outside all of them everybody is. Once somebody has taken the alarm the rest are
//! called, come in after the team's call-out time and stay until the incident is over. An ordinary change of shift is the
//! calendar's and no event; people who come in are.

use super::{Mechanism, Timer};
use crate::kernel::queue::Slot;
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, Subject};
use crate::world::{Days, Shift, Team, TeamId, World};
use crate::{Span, Time};

const DAY: Span = Span::from_hours(24);

/// Who is there.
pub(crate) struct Staff {
    teams: Vec<Called>,
    shift: Slot,
    /// Somebody has been called in this incident.
    called: bool,
}

struct Called {
    slot: Slot,
    came_in: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Bell {
    Shift,
    In(TeamId, EventId),
}

impl Mechanism for Staff {
    type Timer = Bell;
    const CLASS: u8 = 13;

    fn new(world: &World, cx: &mut Cx) -> Self {
        let teams = world.people.teams.iter().map(|_| Called { slot: cx.slot(), came_in: false }).collect();
        Self { teams, shift: cx.slot(), called: false }
    }

    fn begin(&mut self, cx: &mut Cx) {
        self.look(cx);
        self.wait(cx);
    }

    fn ring(&mut self, bell: Bell, cx: &mut Cx) {
        match bell {
            Bell::Shift => {
                self.look(cx);
                self.wait(cx);
            }
            Bell::In(team, call) => {
                self.teams[team.index()].came_in = true;
                let all = cx.world.people.teams[team.index()].hands;
                let more = f64::from(all) - cx.board.staff(team);
                if more > 0.0 {
                    cx.board.record(Subject::Team(team), Change::CameIn(more as u32), &[call]);
                    cx.board.set_staff(team, all);
                }
            }
        }
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        if heard.change == Change::Acknowledged {
            for (i, team) in cx.world.people.teams.iter().enumerate() {
                if let Some(after) = team.call_out.filter(|_| !team.shifts.is_empty()) {
                    let id = TeamId(i as u32);
                    self.called = true;
                    cx.set(self.teams[i].slot, after, Timer::Staff(Bell::In(id, heard.id)));
                }
            }
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        if cx.board.alarm.is_none() && std::mem::take(&mut self.called) {
            for team in &mut self.teams {
                cx.cancel(team.slot);
                team.came_in = false;
            }
            self.look(cx);
        }
    }
}

impl Staff {
    /// Who is there by the clock.
    fn look(&self, cx: &mut Cx) {
        for (i, team) in cx.world.people.teams.iter().enumerate() {
            let there = if self.teams[i].came_in { team.hands } else { on_shift(team, cx.world, cx.now()) };
            let id = TeamId(i as u32);
            if (cx.board.staff(id) - f64::from(there)).abs() > 0.0 {
                cx.board.set_staff(id, there);
            }
        }
    }

    /// Waits for the next change of shift, if there are any.
    fn wait(&self, cx: &mut Cx) {
        let (time, _) = cx.world.meta.local(cx.now());
        let shifts = cx.world.people.teams.iter().flat_map(|t| &t.shifts);
        // What holds on some days only changes at midnight.
        let changes = shifts.flat_map(|s| [s.from, s.to, Span::ZERO]);
        let left = |change: Span| Span((change.0 + DAY.0 - time.0 - 1) % DAY.0 + 1);
        if let Some(next) = changes.map(left).min() {
            cx.set(self.shift, next, Timer::Staff(Bell::Shift));
        }
    }
}

fn on_shift(team: &Team, world: &World, now: Time) -> u32 {
    let (time, day) = world.meta.local(now);
    team.shifts.iter().find(|s| covers(s, time, day)).map_or(team.hands, |s| s.hands)
}

fn covers(shift: &Shift, time: Span, day: i64) -> bool {
    // Day 0 was a Thursday.
    let weekend = matches!(day.rem_euclid(7), 2 | 3);
    let today = match shift.days {
        Days::Every => true,
        Days::Work => !weekend,
        Days::Weekend => weekend,
    };
    let hours = if shift.from < shift.to {
        (shift.from..shift.to).contains(&time)
    } else {
        time >= shift.from || time < shift.to
    };
    today && hours
}
