//! Signing in: administrators are let in by a placed service. While it is lost a team's experts begin nothing before
//! somebody has let them in another way, once for each team; and a building whose locks ask it has to be opened. What was
//! begun goes on: those who are in are in.

use super::tasks::{self, CrewId, Habit};
use super::{Mechanism, Never};
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, PoolState, Subject, Task, TaskKind};
use crate::world::{Doors, Role, SiteId, TeamId, World};

/// Whom it has kept out.
pub(crate) struct Admin {
    lost: bool,
    /// Teams that have another way in, and buildings that stand open.
    teams: Vec<Way>,
    sites: Vec<Way>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    None,
    Asked,
    Open,
}

impl Mechanism for Admin {
    type Timer = Never;
    const CLASS: u8 = 15;

    fn new(world: &World, _cx: &mut Cx) -> Self {
        Self {
            lost: false,
            teams: vec![Way::None; world.people.teams.len()],
            sites: vec![Way::None; world.sites.len()],
        }
    }

    fn ring(&mut self, timer: Never, _cx: &mut Cx) {
        match timer {}
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        match heard.change {
            Change::Queued(task) => self.knock(task, heard.id, cx),
            Change::Done(Task { kind: TaskKind::BreakGlass(team), .. }) => {
                self.teams[team.index()] = Way::Open;
                cx.board.locked[team.index()] = false;
                cx.board.touch();
            }
            Change::Done(Task { kind: TaskKind::OpenDoors(site), .. }) => {
                self.sites[site.index()] = Way::Open;
                cx.board.shut[site.index()] = false;
                cx.board.touch();
            }
            _ => {}
        }
    }

    fn settle(&mut self, cx: &mut Cx) {
        let lost = cx.board.does(Role::Admin) == Some(false);
        if std::mem::replace(&mut self.lost, lost) != lost {
            for (i, site) in cx.world.sites.iter().enumerate() {
                // A landlord's people have keys.
                let ours = site.landlord.hands == 0;
                cx.board.shut[i] = lost && site.doors == Doors::Admin && ours;
            }
            cx.board.touch();
            if !lost {
                self.let_in(cx);
            }
        }
        if lost && cx.board.alarm.is_some() {
            for i in 0..cx.world.sites.len() {
                self.open(SiteId::at(i), cx);
            }
        }
    }
}

impl Admin {
    /// An expert's work waits until the team is let in.
    fn knock(&mut self, task: Task, queued: EventId, cx: &mut Cx) {
        let spec = tasks::spec(task, cx.world);
        let (CrewId::Team(team), Habit::Expert) = (spec.crew, spec.habit) else { return };
        let way = &mut self.teams[team.index()];
        if !self.lost || *way == Way::Open {
            return;
        }
        cx.board.locked[team.index()] = true;
        if *way == Way::None {
            *way = Way::Asked;
            let task = Task { kind: TaskKind::BreakGlass(team), by_hand: true };
            let causes: Vec<EventId> = [queued].into_iter().chain(last(cx)).collect();
            cx.board.record(Subject::Team(team), Change::Queued(task), &causes);
        }
    }

    /// A building in which something stands still has to be opened.
    fn open(&mut self, site: SiteId, cx: &mut Cx) {
        let stands = |state: PoolState| {
            matches!(state, PoolState::WaitAccess | PoolState::WaitBoot | PoolState::WaitHands)
        };
        let world = cx.world;
        let still = |(i, p): (usize, &crate::world::Pool)| {
            p.site == site && stands(cx.board.pool(crate::world::PoolId::at(i)))
        };
        if !cx.board.shut[site.index()] || self.sites[site.index()] != Way::None {
            return;
        }
        if world.pools.iter().enumerate().any(still) {
            self.sites[site.index()] = Way::Asked;
            let task = Task { kind: TaskKind::OpenDoors(site), by_hand: true };
            let causes: Vec<EventId> = cx.board.alarm.into_iter().chain(last(cx)).collect();
            cx.board.record(Subject::Site(site), Change::Queued(task), &causes);
        }
    }

    /// The sign-in works again: nobody needs another way.
    fn let_in(&mut self, cx: &mut Cx) {
        let by: Vec<EventId> = last(cx).into_iter().collect();
        for (i, way) in self.teams.iter_mut().enumerate() {
            cx.board.locked[i] = false;
            if std::mem::replace(way, Way::None) == Way::Asked {
                let team = TeamId(i as u32);
                let task = Task { kind: TaskKind::BreakGlass(team), by_hand: true };
                cx.board.record(Subject::Team(team), Change::Dropped(task), &by);
            }
        }
        for (i, way) in self.sites.iter_mut().enumerate() {
            if std::mem::replace(way, Way::None) == Way::Asked {
                let task = Task { kind: TaskKind::OpenDoors(SiteId::at(i)), by_hand: true };
                cx.board.record(Subject::Site(SiteId::at(i)), Change::Dropped(task), &by);
            }
        }
    }
}

/// The latest event of the sign-in.
pub(super) fn last(cx: &Cx) -> Option<EventId> {
    cx.board.holders(Role::Admin).filter_map(|s| cx.board.service_event(s)).max()
}
