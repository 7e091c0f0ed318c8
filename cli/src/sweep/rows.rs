//! What is kept of every run: a row of 64-bit words a seed, at the place of the seed.

use bridge_engine::report::report;
use bridge_engine::trace::End;
use bridge_engine::world::World;
use rayon::prelude::*;

use super::figures::{Cell, Fate, RunSeen, SERVICE, SITE, TOTAL};
use super::plan::{Plan, in_order};
use super::{Seeds, Stretch};

/// Words that are kept at most: 2 GiB. For Kakao a million and a half seeds.
pub const MAX_WORDS: u64 = 1 << 28;

/// Where things stand in a row:
/// `hash, events, cut short, total (fate, figures), services (fate, figures) …, sites (figures) …`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// How many services.
    pub services: usize,
    /// How many sites.
    pub sites: usize,
}

const HASH: usize = 0;
const EVENTS: usize = 1;
const CUT: usize = 2;
const FATE: usize = 3;

impl Layout {
    /// Words of a row.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.site(self.sites)
    }

    /// Where the total's fate stands; its figures follow.
    #[must_use]
    pub const fn total(&self) -> usize {
        FATE
    }

    /// Where a service's fate stands; its figures follow.
    #[must_use]
    pub const fn service(&self, index: usize) -> usize {
        FATE + 1 + TOTAL.len() + index * (1 + SERVICE.len())
    }

    /// Where a site's figures begin.
    #[must_use]
    pub const fn site(&self, index: usize) -> usize {
        self.service(self.services) + index * SITE.len()
    }

    /// Words of so many rows, or why that is too many.
    ///
    /// # Errors
    /// Beyond [`MAX_WORDS`].
    pub fn words(&self, rows: u64) -> Result<usize, TooLarge> {
        let most = MAX_WORDS / self.width() as u64;
        if rows > most { Err(TooLarge { most }) } else { Ok(rows as usize * self.width()) }
    }
}

/// More than this program holds in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge {
    /// So many seeds of this scenario it would take.
    pub most: u64,
}

/// Rows of neighbouring seeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// Where things stand in each.
    pub layout: Layout,
    words: Vec<u64>,
}

impl Rows {
    /// Runs a world once for each of these seeds, on the threads of the pool it is called in. `done` is called once a run.
    ///
    /// # Errors
    /// More seeds than memory is spent on.
    pub fn run(
        world: &World,
        plan: &Plan,
        stretch: Stretch,
        done: impl Fn() + Sync,
    ) -> Result<Self, TooLarge> {
        let layout = plan.layout();
        // A shard alone would do, but what cannot be merged need not be begun.
        layout.words(plan.seeds.count())?;
        let mut words = vec![0; layout.words(stretch.count)?];
        let places = Places {
            services: in_order(&world.services, |service| service.order),
            sites: in_order(&world.sites, |site| site.order),
        };
        words.par_chunks_exact_mut(layout.width()).enumerate().for_each(|(index, row)| {
            let seed = plan.seeds.first + stretch.skip + index as u64;
            fill(row, layout, &places, world, seed);
            done();
        });
        Ok(Self { layout, words })
    }

    /// Rows from words; none if they do not come out even.
    #[must_use]
    pub fn from_words(layout: Layout, words: Vec<u64>) -> Option<Self> {
        words.len().is_multiple_of(layout.width()).then_some(Self { layout, words })
    }

    /// With the rows of the seeds that follow.
    pub fn append(&mut self, mut next: Self) {
        self.words.append(&mut next.words);
    }

    /// How many.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.words.len() / self.layout.width()
    }

    /// None at all.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// All words, row after row.
    #[must_use]
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// Row after row.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> + Clone {
        self.words.chunks_exact(self.layout.width()).map(|words| Row { layout: self.layout, words })
    }

    /// One word of every row.
    pub fn column(&self, at: usize) -> impl Iterator<Item = u64> + '_ {
        self.words.iter().skip(at).step_by(self.layout.width()).copied()
    }

    /// Runs that were cut short.
    #[must_use]
    pub fn cut_short(&self) -> u64 {
        self.column(CUT).sum()
    }
}

/// One run.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    layout: Layout,
    words: &'a [u64],
}

impl<'a> Row<'a> {
    /// The trace's hash.
    #[must_use]
    pub const fn hash(&self) -> u64 {
        self.words[HASH]
    }

    /// Events in it.
    #[must_use]
    pub const fn events(&self) -> u64 {
        self.words[EVENTS]
    }

    /// More happened than a run may hold, and what followed is missing.
    #[must_use]
    pub const fn cut_short(&self) -> bool {
        self.words[CUT] != 0
    }

    /// Fate and figures of the whole.
    #[must_use]
    pub fn total(&self) -> (Fate, &'a [u64]) {
        self.subject(self.layout.total(), TOTAL.len())
    }

    /// Fate and figures of a service.
    #[must_use]
    pub fn service(&self, index: usize) -> (Fate, &'a [u64]) {
        self.subject(self.layout.service(index), SERVICE.len())
    }

    /// Figures of a site.
    #[must_use]
    pub fn site(&self, index: usize) -> &'a [u64] {
        &self.words[self.layout.site(index)..][..SITE.len()]
    }

    fn subject(&self, at: usize, figures: usize) -> (Fate, &'a [u64]) {
        (Fate::of(self.words[at]), &self.words[at + 1..][..figures])
    }

    /// Whether a run can have left this behind, whatever wrote it.
    #[must_use]
    pub fn is_sound(&self, plan: &Plan) -> bool {
        let horizon = bridge_engine::Time::ZERO + plan.horizon();
        let fates = (0..self.layout.services).map(|index| self.layout.service(index));
        let fates = fates.chain([self.layout.total()]).all(|at| Fate::is_sound(self.words[at]));
        let total = TOTAL.iter().map(|figure| figure.kind).zip(self.total().1);
        let services = (0..self.layout.services)
            .flat_map(|index| SERVICE.iter().map(|figure| figure.kind).zip(self.service(index).1));
        let sites = (0..self.layout.sites)
            .flat_map(|index| SITE.iter().map(|figure| figure.kind).zip(self.site(index)));
        let cells = total.chain(services).chain(sites);
        self.words[CUT] <= 1
            && fates
            && cells.into_iter().all(|(kind, &word)| Cell(word).is_sound(kind, horizon))
    }
}

/// The world's positions of services and sites, in the order of the document.
struct Places {
    services: Vec<usize>,
    sites: Vec<usize>,
}

fn fill(row: &mut [u64], layout: Layout, places: &Places, world: &World, seed: u64) {
    let trace = bridge_engine::run(world, &world.script, seed);
    let seen = RunSeen::new(&trace, report(world, &trace));
    row[HASH] = trace.hash();
    row[EVENTS] = trace.events.len() as u64;
    row[CUT] = u64::from(trace.end == End::EventBudget);
    row[layout.total()] = seen.fate().bits();
    for (word, figure) in row[layout.total() + 1..].iter_mut().zip(&TOTAL) {
        *word = figure.of(&seen).0;
    }
    for (index, &place) in places.services.iter().enumerate() {
        let (service, at) = (&seen.services[place], layout.service(index));
        row[at] = service.fate().bits();
        for (word, figure) in row[at + 1..].iter_mut().zip(&SERVICE) {
            *word = figure.of(service).0;
        }
    }
    for (index, &place) in places.sites.iter().enumerate() {
        for (word, figure) in row[layout.site(index)..].iter_mut().zip(&SITE) {
            *word = figure.of(&seen.report.sites[place]).0;
        }
    }
}

impl Seeds {
    /// The seed of a row of the whole sweep.
    #[must_use]
    pub const fn at(&self, index: usize) -> u64 {
        self.first + index as u64
    }
}
