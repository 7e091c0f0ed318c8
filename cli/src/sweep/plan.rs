//! What a sweep is of: everything that printing it needs to know, so that parts are printed without the scenario.

use std::fmt::{self, Write};

use bridge_engine::kernel::hash::Fnv;
use bridge_engine::world::{Text, World};
use bridge_engine::{Span, Time};
use serde::{Deserialize, Serialize};

use super::Seeds;
use super::rows::Layout;

/// A scenario and the seeds it is run with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The scenario's own short name.
    pub scenario: String,
    /// Its title, English and Korean.
    pub title: (String, String),
    /// Of the resolved scenario: the same for two texts that mean the same.
    pub fingerprint: String,
    /// Of the run with the scenario's own seed: the same for two programs that follow the same rules.
    pub rules: String,
    /// Length of a run, in microseconds.
    pub horizon: u64,
    /// What money is counted in, if the scenario says what an outage costs.
    pub currency: Option<String>,
    /// The seeds of the whole sweep.
    pub seeds: Seeds,
    /// Services as the author wrote them.
    pub services: Vec<Named>,
    /// Sites as the author wrote them.
    pub sites: Vec<Named>,
}

/// A service or a site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Named {
    /// Key in the document.
    pub key: String,
    /// Name, English and Korean.
    pub name: (String, String),
    /// It has an objective, which it can meet or miss.
    pub objective: bool,
}

impl Plan {
    /// The plan of a sweep.
    #[must_use]
    pub fn new(world: &World, seeds: Seeds) -> Self {
        let trace = bridge_engine::run(world, &world.script, world.meta.seed);
        let services = in_order(&world.services, |service| service.order).into_iter().map(|index| {
            let service = &world.services[index];
            named(&service.key, &service.name, service.objective.is_some())
        });
        let sites = in_order(&world.sites, |site| site.order).into_iter().map(|index| {
            let site = &world.sites[index];
            named(&site.key, &site.name, false)
        });
        Self {
            scenario: world.meta.id.clone(),
            title: (world.meta.title.en.clone(), world.meta.title.ko.clone()),
            fingerprint: fingerprint(world),
            rules: format!("{:016x}", trace.hash()),
            horizon: world.meta.horizon.since(Time::ZERO).0,
            currency: world.cost.as_ref().map(|cost| cost.currency.clone()),
            seeds,
            services: services.collect(),
            sites: sites.collect(),
        }
    }

    /// Length of a run.
    #[must_use]
    pub const fn horizon(&self) -> Span {
        Span(self.horizon)
    }

    /// Whether any service promised anything.
    #[must_use]
    pub fn has_objective(&self) -> bool {
        self.services.iter().any(|service| service.objective)
    }

    /// Where things stand in a row.
    #[must_use]
    pub const fn layout(&self) -> Layout {
        Layout { services: self.services.len(), sites: self.sites.len() }
    }
}

/// Positions in the order of the document.
pub(super) fn in_order<T>(things: &[T], order: impl Fn(&T) -> u32) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..things.len()).collect();
    positions.sort_by_key(|&index| order(&things[index]));
    positions
}

fn named(key: &str, name: &Text, objective: bool) -> Named {
    Named { key: key.to_owned(), name: (name.en.clone(), name.ko.clone()), objective }
}

/// Feeds what is formatted into a hash, so that no text is built.
struct Feed(Fnv);

impl Write for Feed {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.bytes(text.as_bytes());
        Ok(())
    }
}

fn fingerprint(world: &World) -> String {
    let mut feed = Feed(Fnv::default());
    // Writing to a hash cannot fail.
    let _ = write!(feed, "{world:?}");
    format!("{:016x}", feed.0.finish())
}
