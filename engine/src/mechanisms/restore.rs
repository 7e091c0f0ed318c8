//! How power comes back: as work. Electricians inspect each dark panel, lay new cables where they burnt, and energise at
//! most a share of the building at a time, so that stages emerge. A tripped breaker in a healthy building is one short
//! task.

use std::collections::{BTreeMap, BTreeSet};

use super::{Mechanism, Timer};
use crate::Time;
use crate::run::{Cx, Heard};
use crate::trace::{Change, ElementState, EventId, RoomState, SiteState, Subject, Task, TaskKind};
use crate::world::{ElementId, ElementKind, SiteId, World};

/// The restoration's memory.
pub(crate) struct Restore {
    /// Panels that wait for their stage, in order of readiness, with the work that made them ready.
    ready: BTreeMap<SiteId, Vec<(ElementId, EventId)>>,
    /// No stage before this.
    next_stage: Vec<Time>,
    /// Panels whose path burnt, and those behind which smoke or water is.
    burnt: Vec<bool>,
    foul: Vec<bool>,
    /// Work asked for and not done.
    pending: BTreeSet<(SiteId, TaskKind)>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Stage(SiteId);

impl Mechanism for Restore {
    type Timer = Stage;
    const CLASS: u8 = 3;

    fn new(world: &World, _cx: &mut Cx) -> Self {
        Self {
            ready: BTreeMap::new(),
            next_stage: vec![Time::ZERO; world.sites.len()],
            burnt: vec![false; world.elements.len()],
            foul: vec![false; world.elements.len()],
            pending: BTreeSet::new(),
        }
    }

    fn ring(&mut self, Stage(site): Stage, cx: &mut Cx) {
        self.energise(site, cx);
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        match (heard.subject, heard.change) {
            (Subject::Element(id), Change::Element(ElementState::Tripped)) => self.tripped(id, heard.id, cx),
            (Subject::Site(site), Change::Cleared) => self.cleared(site, heard.id, cx),
            (Subject::Site(site), Change::Site(SiteState::Burning)) => self.flee(site, heard.id, cx),
            (_, Change::Done(task)) => self.done(task.kind, heard.id, cx),
            _ => {}
        }
    }
}

impl Restore {
    fn tripped(&mut self, id: ElementId, cause: EventId, cx: &mut Cx) {
        let site = cx.world[id].site;
        if cx.board.site(site).lets_in() {
            self.ask(TaskKind::Reclose(id), site, cause, cx);
        }
    }

    fn cleared(&mut self, site: SiteId, cause: EventId, cx: &mut Cx) {
        for i in 0..cx.world.elements.len() {
            let id = ElementId::at(i);
            if cx.world[id].site != site || cx.board.live(id) {
                continue;
            }
            let state = cx.board.element(id);
            if matches!(cx.world[id].kind, ElementKind::Panel { .. }) {
                let foul = |r| {
                    matches!(cx.board.room(r), RoomState::Smoky | RoomState::Flooded | RoomState::Damaged)
                };
                self.burnt[i] |= state == ElementState::Destroyed;
                self.foul[i] |= cx.world[id].room.is_some_and(foul);
                self.ask(TaskKind::Inspect(id), site, cause, cx);
            } else if state == ElementState::Tripped || (state == ElementState::Cut && !feeds_dark(id, cx)) {
                self.ask(TaskKind::Reclose(id), site, cause, cx);
            }
        }
    }

    /// Asks the electricians, once.
    fn ask(&mut self, kind: TaskKind, site: SiteId, cause: EventId, cx: &mut Cx) {
        if self.pending.insert((site, kind)) {
            let task = Task { kind, by_hand: true };
            cx.board.record(Subject::Site(site), Change::Queued(task), &[cause]);
        }
    }

    /// It burns again: everybody out, and everything is to be inspected afterwards.
    fn flee(&mut self, site: SiteId, fire: EventId, cx: &mut Cx) {
        self.ready.remove(&site);
        for &(_, kind) in self.pending.iter().filter(|(of, _)| *of == site) {
            let task = Task { kind, by_hand: true };
            cx.board.record(Subject::Site(site), Change::Dropped(task), &[fire]);
        }
        self.pending.retain(|(of, _)| *of != site);
    }

    fn done(&mut self, kind: TaskKind, by: EventId, cx: &mut Cx) {
        let (TaskKind::Inspect(element)
        | TaskKind::Clean(element)
        | TaskKind::Recable(element)
        | TaskKind::Reclose(element)) = kind
        else {
            return;
        };
        self.pending.remove(&(cx.world[element].site, kind));
        match kind {
            TaskKind::Inspect(panel) if std::mem::take(&mut self.foul[panel.index()]) => {
                self.ask(TaskKind::Clean(panel), cx.world[panel].site, by, cx);
            }
            TaskKind::Inspect(panel) | TaskKind::Clean(panel) if self.burnt[panel.index()] => {
                self.ask(TaskKind::Recable(panel), cx.world[panel].site, by, cx);
            }
            TaskKind::Inspect(panel) | TaskKind::Clean(panel) | TaskKind::Recable(panel) => {
                self.burnt[panel.index()] = false;
                let site = cx.world[panel].site;
                self.ready.entry(site).or_default().push((panel, by));
                self.energise(site, cx);
            }
            _ => {}
        }
    }

    /// Switches on as many ready panels as one stage may hold, at least one.
    fn energise(&mut self, site: SiteId, cx: &mut Cx) {
        let ready = self.ready.entry(site).or_default();
        let next = self.next_stage[site.index()];
        if ready.is_empty() || cx.now() < next || !cx.board.site(site).lets_in() {
            return;
        }
        let world = cx.world;
        let limit =
            world[site].restore.stage_max * panels(world, site).map(|p| rating(world, p)).sum::<f64>();
        let mut sum = 0.0;
        let mut fits = |&(panel, _): &(ElementId, EventId)| {
            sum += rating(world, panel);
            sum <= limit
        };
        let count = ready.iter().take_while(|p| fits(p)).count().max(1);
        for (panel, by) in ready.drain(..count).collect::<Vec<_>>() {
            cx.board.record(Subject::Element(panel), Change::Energise, &[by]);
        }
        self.next_stage[site.index()] = cx.now() + world[site].restore.stage_gap;
        cx.at(self.next_stage[site.index()], Timer::Restore(Stage(site)));
    }
}

/// Whether a panel behind an element is dark: then it is switched on together with that panel, after its inspection.
fn feeds_dark(id: ElementId, cx: &Cx) -> bool {
    let mut behind = vec![id];
    let mut next = 0;
    while let Some(&source) = behind.get(next) {
        next += 1;
        for (i, fed) in cx.world.elements.iter().enumerate().skip(source.index() + 1) {
            let fed_id = ElementId::at(i);
            if fed.inputs.contains(&source) && !behind.contains(&fed_id) {
                if matches!(fed.kind, ElementKind::Panel { .. }) && !cx.board.live(fed_id) {
                    return true;
                }
                behind.push(fed_id);
            }
        }
    }
    false
}

fn panels(world: &World, site: SiteId) -> impl Iterator<Item = ElementId> {
    let is_panel = move |i: &usize| {
        world.elements[*i].site == site && matches!(world.elements[*i].kind, ElementKind::Panel { .. })
    };
    (0..world.elements.len()).filter(is_panel).map(ElementId::at)
}

fn rating(world: &World, id: ElementId) -> f64 {
    match world[id].kind {
        ElementKind::Panel { kw } => kw,
        _ => 0.0,
    }
}
