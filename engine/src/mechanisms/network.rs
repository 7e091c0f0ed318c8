//! The network: lines that are cut and come back, the islands that leaves, and which pools can still be got at.
//!
//! ```text
//!  cut, carrier down ─▶ lines ─▶ islands of sites ─▶ who takes requests: users reach the island, and in it stands
//!  heal, repair, carrier up ─▶                       everything that the service cannot serve without
//! ```
//!
//! Packets go round: two sites are parted only when no way is left between them, through other sites or not. Users carry
//! nothing from one site to another. A line is carried by somebody outside, or by a placed service with the role: then it
//! works while that service can carry half of its load and has a server up at each end where it stands. What still works on
//! each side of a cut is in `sides.rs`.

use std::collections::BTreeMap;

use super::sides::Sides;
use super::{Mechanism, Timer};
use crate::kernel::order::set;
use crate::kernel::queue::Slot;
use crate::run::{CARRIES, Cx, Heard, Islands, between};
use crate::trace::{Change, EventId, NetState, Subject, Task, TaskKind};
use crate::world::{Action, Line, PoolId, Role, ServiceId, SiteId, World};

/// A line that is cut.
struct Wound {
    cause: EventId,
    slot: Slot,
    /// Ends by itself: nobody is asked to repair it.
    ends: bool,
    /// Somebody knows of it.
    known: bool,
    asked: bool,
}

/// The network's memory.
pub(crate) struct Network {
    cut: BTreeMap<Line, Wound>,
    /// Cuts so far, each with luck of its own.
    cuts: u32,
    /// Services that carry lines, and whether each carries anything.
    carriers: Vec<(ServiceId, bool)>,
    /// What parted or joined something since the last look.
    moved: Option<EventId>,
    /// Servers came or went since then.
    stirred: bool,
    sides: Sides,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Alarm {
    Ends(Line),
    Seen(Line),
}

impl Mechanism for Network {
    type Timer = Alarm;
    const CLASS: u8 = 13;

    fn new(world: &World, _cx: &mut Cx) -> Self {
        let named = world.network.links.iter().flatten().filter_map(|link| link.via);
        let carriers: std::collections::BTreeSet<ServiceId> =
            world.network.carriers.iter().copied().chain(named).collect();
        Self {
            cut: BTreeMap::new(),
            cuts: 0,
            sides: Sides::new(carriers.iter().copied().collect()),
            carriers: carriers.into_iter().map(|s| (s, true)).collect(),
            moved: None,
            stirred: false,
        }
    }

    fn begin(&mut self, cx: &mut Cx) {
        // A scenario may have no way between two of its sites.
        self.look(None, cx);
    }

    fn ring(&mut self, alarm: Alarm, cx: &mut Cx) {
        match alarm {
            Alarm::Ends(line) => {
                let by = self.cut.get(&line).map(|wound| wound.cause);
                self.heal(line, by, cx);
            }
            Alarm::Seen(line) => {
                if let Some(wound) = self.cut.get_mut(&line) {
                    wound.known = true;
                }
            }
        }
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        match (heard.subject, heard.change) {
            (_, Change::Incident(Action::Cut(line, lasts))) => self.cut(line, lasts, heard.id, cx),
            (_, Change::Incident(Action::Heal(line))) => {
                let all: Vec<Line> = self.cut.keys().copied().filter(|&cut| covers(line, cut)).collect();
                for cut in all {
                    self.heal(cut, Some(heard.id), cx);
                }
            }
            (_, Change::Done(Task { kind: TaskKind::Relink(line), .. })) => {
                if let Some(wound) = self.cut.get_mut(&line) {
                    wound.asked = false;
                }
                self.heal(line, Some(heard.id), cx);
            }
            (Subject::Pool(pool), Change::Servers(_) | Change::Pool(_)) => {
                let service = cx.world[pool].service;
                if self.carriers.iter().any(|c| c.0 == service) {
                    self.moved = Some(heard.id);
                }
                self.stirred = true;
            }
            (_, Change::Promoted) => self.stirred = true,
            _ => {}
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        for (carrier, carries) in &mut self.carriers {
            let now = cx.board.own(*carrier) >= CARRIES;
            if std::mem::replace(carries, now) != now {
                let pools = cx.world[*carrier].pools.iter().filter_map(|&p| cx.board.pool_event(p));
                self.moved = pools.chain(cx.board.service_event(*carrier)).max().max(self.moved);
            }
        }
        let moved = self.moved.take().is_some_and(|because| self.look(Some(because), cx));
        self.ask(cx);
        if std::mem::take(&mut self.stirred) && !moved && !cx.board.reach.whole {
            self.sides.look_again(cx);
        }
    }
}

impl Network {
    fn cut(&mut self, line: Line, lasts: Option<crate::Span>, cause: EventId, cx: &mut Cx) {
        self.cuts += 1;
        let slot = self.cut.remove(&line).map_or_else(|| cx.slot(), |wound| wound.slot);
        let wound = Wound { cause, slot, ends: lasts.is_some(), known: false, asked: false };
        self.cut.insert(line, wound);
        self.moved = Some(cause);
        if let Some(lasts) = lasts {
            cx.set(slot, lasts, Timer::Network(Alarm::Ends(line)));
        } else if cx.board.does(Role::Monitor) == Some(true) {
            let mut luck = cx.luck(&name(line, cx.world), &format!("seen {}", self.cuts));
            let wait = super::detect::polls(&mut luck, &cx.world.controls.detect);
            cx.set(slot, wait, Timer::Network(Alarm::Seen(line)));
        }
    }

    fn heal(&mut self, line: Line, by: Option<EventId>, cx: &mut Cx) {
        let Some(wound) = self.cut.remove(&line) else { return };
        cx.cancel(wound.slot);
        let causes: Vec<EventId> = by.into_iter().chain([wound.cause]).collect();
        let healed = cx.board.record(Subject::Site(line.site()), Change::Healed(line), &causes);
        if wound.asked {
            let task = Task { kind: TaskKind::Relink(line), by_hand: true };
            cx.board.record(Subject::Site(line.site()), Change::Dropped(task), &[healed]);
        }
        self.moved = Some(healed);
    }

    /// Lines that nobody else will repair become work once they are known to be cut: their own monitor's polls fail, or
    /// people look because of something else.
    fn ask(&mut self, cx: &mut Cx) {
        let alarm = cx.board.alarm;
        for (&line, wound) in &mut self.cut {
            if !wound.ends && !wound.asked && (wound.known || alarm.is_some()) {
                wound.asked = true;
                cx.cancel(wound.slot);
                let causes: Vec<EventId> = [Some(wound.cause), alarm].into_iter().flatten().collect();
                let task = Task { kind: TaskKind::Relink(line), by_hand: true };
                cx.board.record(Subject::Site(line.site()), Change::Queued(task), &causes);
            }
        }
    }

    /// Finds the islands, and says which sites have been parted or joined, if any were.
    fn look(&mut self, because: Option<EventId>, cx: &mut Cx) -> bool {
        let world = cx.world;
        let cut = set(self.cut.keys().copied());
        let carries =
            |carrier: Option<ServiceId>, site: SiteId| carrier.is_none_or(|c| self.carries(c, site, cx));
        let islands = Islands::find(world, &cut, &carries);
        if islands == *cx.board.reach.islands() {
            return false;
        }
        let main = islands.main();
        let states: Vec<NetState> = islands
            .of
            .iter()
            .map(|&island| match (islands.users[island], island == main) {
                (false, _) => NetState::Unreachable,
                (true, true) => NetState::Whole,
                (true, false) => NetState::Apart(SiteId::at(island)),
            })
            .collect();
        cx.board.reach.set_islands(islands);
        self.sides.look(because, cx);
        cx.board.touch();
        for (i, state) in states.into_iter().enumerate() {
            let site = SiteId::at(i);
            if let Some(because) = because
                && cx.board.network(site) != state
            {
                cx.board.set_network(site, state, &[because]);
            }
        }
        true
    }

    fn carries(&self, carrier: ServiceId, site: SiteId, cx: &Cx) -> bool {
        let carries = self.carriers.iter().any(|&(c, carries)| c == carrier && carries);
        // What stands there only in reserve carries nothing on an ordinary day.
        let stands = |p: &&PoolId| cx.world[**p].site == site && cx.world[**p].running > 0;
        let mut here = cx.world[carrier].pools.iter().filter(stands).peekable();
        carries && (here.peek().is_none() || here.any(|&p| cx.board.servers(p) > 0.0))
    }
}

/// Whether what heals one line heals another: whoever sees to a site's lines sees to all of them.
fn covers(line: Line, other: Line) -> bool {
    match (line, other) {
        (Line::All(site), Line::All(a) | Line::Users(a)) => a == site,
        (Line::All(site), Line::Between(a, b)) => a == site || b == site,
        (line, other) => line == other,
    }
}

/// Names a line's luck, whatever the positions of its ends.
pub(super) fn name(line: Line, world: &World) -> String {
    let key = |site: SiteId| &world[site].key;
    match line {
        Line::All(a) => format!("line {}", key(a)),
        Line::Users(a) => format!("line {}-users", key(a)),
        Line::Between(a, b) => {
            let Line::Between(a, b) = between(a, b) else { return String::new() };
            format!("line {}-{}", key(a), key(b))
        }
    }
}
