//! Shocks: what reaches several sites of a region at once.
//!
//! A shock with a mean time `every` comes by luck, the times between two of them exponential; any comes when the script says
//! so. Each site is hit with a probability of its own, given the shock: what the sites share is that it came. At a site that
//! is hit the feeds fail, the lines are cut or the servers stop, as if each were an incident of its own.

use super::{Mechanism, Timer};
use crate::kernel::random::Stream;
use crate::run::{Cx, Heard};
use crate::trace::{Change, EventId, Subject};
use crate::world::{Action, ElementId, ElementKind, Line, PoolId, ShockId, ShockKind, SiteId, World};

/// Shocks' memory.
pub(crate) struct Shocks {
    /// By shock: when the next comes, and how many there were.
    coming: Vec<(Stream, u32)>,
}

/// A shock comes by luck.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Strike(ShockId);

impl Mechanism for Shocks {
    type Timer = Strike;
    const CLASS: u8 = 0;

    fn new(world: &World, cx: &mut Cx) -> Self {
        Self { coming: world.shocks.iter().map(|s| (cx.luck(&s.key, "shock"), 0)).collect() }
    }

    fn begin(&mut self, cx: &mut Cx) {
        for i in 0..self.coming.len() {
            self.wait(ShockId::at(i), cx);
        }
    }

    fn ring(&mut self, Strike(shock): Strike, cx: &mut Cx) {
        cx.board.record(Subject::Org, Change::Incident(Action::Shock(shock)), &[]);
        self.wait(shock, cx);
    }

    fn hear(&mut self, heard: Heard, cx: &mut Cx) {
        if let Change::Incident(Action::Shock(shock)) = heard.change {
            let count = &mut self.coming[shock.index()].1;
            *count += 1;
            let purpose = format!("shock {count}");
            let world = cx.world;
            for site in (0..world.sites.len()).map(SiteId::at) {
                let entity = || format!("{}@{}", world[site].key, world[shock].key);
                if world[site].region == world[shock].region
                    && cx.luck(&entity(), &purpose).chance(world[shock].hits(site))
                {
                    hit(shock, site, heard.id, cx);
                }
            }
        }
    }
}

impl Shocks {
    /// Draws when the next one comes.
    fn wait(&mut self, shock: ShockId, cx: &mut Cx) {
        if let Some(every) = cx.world[shock].every {
            let wait = self.coming[shock.index()].0.wait(every);
            cx.after(wait, Timer::Shocks(Strike(shock)));
        }
    }
}

/// What a shock does to a site, each an incident that it brings about.
fn hit(shock: ShockId, site: SiteId, because: EventId, cx: &mut Cx) {
    let world = cx.world;
    let (kind, lasts) = (world[shock].kind, world[shock].lasts);
    let mut actions: Vec<Action> = Vec::new();
    if matches!(kind, ShockKind::Grid | ShockKind::Site) {
        let elements = (0..world.elements.len()).map(ElementId::at);
        let feeds = elements.filter(|&e| world[e].site == site && world[e].kind == ElementKind::Utility);
        actions.extend(feeds.map(|feed| Action::Fail(feed, lasts)));
    }
    if matches!(kind, ShockKind::Lines | ShockKind::Site) {
        actions.push(Action::Cut(Line::All(site), lasts));
    }
    if matches!(kind, ShockKind::Servers | ShockKind::Site) {
        let pools = (0..world.pools.len()).map(PoolId::at).filter(|&p| world[p].site == site);
        actions.extend(pools.map(Action::Crash));
    }
    for action in actions {
        cx.board.record(action.into(), Change::Incident(action), &[because]);
    }
}
