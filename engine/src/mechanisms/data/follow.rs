//! Whom writes reach, and how much later.

use std::collections::BTreeSet;

use super::Store;
use super::copies::Copy;
use crate::Span;
use crate::run::Cx;
use crate::trace::PoolState;
use crate::world::{Replication, SiteId};

impl Store {
    /// Lets writes flow to whoever they reach, and snapshots to where they are kept.
    pub(super) fn follow(&mut self, t: f64, cx: &mut Cx) {
        let sites: Vec<SiteId> =
            self.copies.iter().filter(|c| c.serves).map(|c| cx.world[c.pool].site).collect();
        let reached = |site: SiteId, cx: &Cx| sites.iter().any(|&s| cx.board.reach.together(s, site));
        let mut found: f64 = 0.0;
        for copy in &mut self.copies {
            copy.follows |= copy.serves
                || self.rules.replication != Replication::None
                    && copy.whole()
                    && cx.board.servers(copy.pool) > 0.0
                    && reached(cx.world[copy.pool].site, cx);
            if copy.serves || copy.follows && copy.peer {
                if copy.peer {
                    found = found.max(copy.stranded);
                }
                (copy.stranded, copy.peer) = (0.0, false);
            }
        }
        self.set_lags(cx);
        if found > 0.0 {
            // What others hold as well is back once.
            self.copies.iter_mut().for_each(|c| c.stranded = (c.stranded - found).max(0.0));
            cx.board.set_vanished(self.service, cx.board.vanished(self.service) - found);
            if self.owed > 0 {
                let conflicts = std::mem::take(&mut self.owed);
                self.put_together(Span::ZERO, conflicts, self.news, cx);
            }
        }
        for archive in &mut self.archives {
            let kept = archive
                .pool
                .is_none_or(|p| cx.board.pool(p) == PoolState::Stored && reached(cx.world[p].site, cx));
            archive.run(t, kept && self.clock.rate() > 0.0);
        }
    }

    /// How much later each of those who are reached gets what is written.
    pub(super) fn set_lags(&mut self, cx: &Cx) {
        let lags: Vec<f64> = (0..self.copies.len()).map(|at| self.lag(at, cx)).collect();
        for (copy, lag) in self.copies.iter_mut().zip(lags) {
            copy.lag = if copy.follows { lag } else { copy.lag };
        }
    }

    fn lag(&self, at: usize, cx: &Cx) -> f64 {
        let (Replication::Async { lag } | Replication::SemiSync { lag }) = self.rules.replication else {
            return 0.0;
        };
        let site = |c: &Copy| cx.world[c.pool].site;
        let own = site(&self.copies[at]);
        let near = |c: &&Copy| c.follows && cx.board.reach.together(site(c), own);
        let written: BTreeSet<SiteId> =
            self.copies.iter().filter(near).filter(|c| c.serves).map(site).collect();
        let alone = self.copies[at].serves && written.iter().all(|&s| s == own);
        let nearest = || match written.first() {
            // Everybody writes: with one other copy it is everybody's nearest.
            Some(_) if written.len() > 1 => {
                self.copies.iter().filter(near).map(site).collect::<BTreeSet<SiteId>>().len() == 2
            }
            Some(&first) => {
                let far = |c: &&Copy| {
                    let s = site(c);
                    (s != first, cx.world[s].region != cx.world[first].region, c.pool)
                };
                let best = self.copies.iter().filter(near).filter(|c| !c.serves).min_by_key(far);
                best.is_some_and(|c| c.pool == self.copies[at].pool)
            }
            None => false,
        };
        let acknowledges = matches!(self.rules.replication, Replication::SemiSync { .. }) && nearest();
        if alone || acknowledges { 0.0 } else { lag.secs() }
    }
}
