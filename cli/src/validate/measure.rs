//! What can be measured in a run, by its words.
//!
//! | words | what |
//! |---|---|
//! | `lost S`, `known S`, `decided S` | first loss of service S; somebody knows; somebody said go |
//! | `back S` | first share served again after the longest complete outage |
//! | `reach S 90%` | served to that share again, after it was served to less |
//! | `whole S` | all of it again, for good |
//! | `first-whole`, `everything` | the first, the last service of all that were lost to be whole again |
//! | `power-lost X`, `power-back X`, `power-full X` | first panel of site X dark; first one back; all back for good |
//! | `power X 90%` | that share of the rating of X has power again, after less had |
//! | `least S`, `share S 24h` | smallest share served at any time; share served at a moment |
//! | `people` | largest share of all users affected at once |
//! | `hit` | services that lost any of their demand |

use bridge_engine::Time;
use bridge_engine::report::Report;
use bridge_engine::trace::{ElementState, Series, Trace};
use bridge_engine::world::{ElementId, ElementKind, ServiceId, SiteId, World};

use super::figure::{self, Kind};

/// Something measured in a run, its names found.
#[derive(Clone, Copy)]
pub enum Measure {
    Lost(ServiceId),
    Known(ServiceId),
    Decided(ServiceId),
    Back(ServiceId),
    Reach(ServiceId, f64),
    Whole(ServiceId),
    FirstWhole,
    Everything,
    PowerLost(SiteId),
    PowerBack(SiteId),
    PowerFull(SiteId),
    Power(SiteId, f64),
    Least(ServiceId),
    Share(ServiceId, Time),
    People,
    Hit,
}

/// A finished run.
pub struct Run<'a> {
    pub world: &'a World,
    pub trace: &'a Trace,
    pub report: &'a Report,
}

impl Measure {
    /// Reads the words and finds what they name.
    pub fn read(text: &str, world: &World) -> Result<Self, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let service = |key: &str| {
            let found = world.services.iter().position(|s| s.key == key).map(ServiceId::at);
            found.ok_or_else(|| format!("`{text}`: there is no service `{key}`"))
        };
        let site = |key: &str| {
            let found = world.sites.iter().position(|s| s.key == key).map(SiteId::at);
            found.ok_or_else(|| format!("`{text}`: there is no site `{key}`"))
        };
        let number =
            |word: &str| figure::read(word).ok_or_else(|| format!("`{text}`: `{word}` is not a figure"));
        Ok(match words[..] {
            ["lost", s] => Self::Lost(service(s)?),
            ["known", s] => Self::Known(service(s)?),
            ["decided", s] => Self::Decided(service(s)?),
            ["back", s] => Self::Back(service(s)?),
            ["reach", s, share] => Self::Reach(service(s)?, number(share)?),
            ["whole", s] => Self::Whole(service(s)?),
            ["first-whole"] => Self::FirstWhole,
            ["everything"] => Self::Everything,
            ["power-lost", x] => Self::PowerLost(site(x)?),
            ["power-back", x] => Self::PowerBack(site(x)?),
            ["power-full", x] => Self::PowerFull(site(x)?),
            ["power", x, share] => Self::Power(site(x)?, number(share)?),
            ["least", s] => Self::Least(service(s)?),
            ["share", s, at] => Self::Share(service(s)?, Time((number(at)? * 1e6) as u64)),
            ["people"] => Self::People,
            ["hit"] => Self::Hit,
            _ => return Err(format!("`{text}` is nothing that can be measured")),
        })
    }

    /// What its figures are.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Least(_) | Self::Share(..) | Self::People => Kind::Share,
            Self::Hit => Kind::Count,
            _ => Kind::Time,
        }
    }

    /// The figure of a run: seconds, a share or a number; infinite for what never happened.
    pub fn of(self, run: &Run<'_>) -> f64 {
        let Run { world, trace, report } = *run;
        let service = |id: ServiceId| &report.services[id.index()];
        let site = |id: SiteId| &report.sites[id.index()];
        let share = |id: ServiceId| &trace.shares[id.index()];
        seconds(match self {
            Self::Lost(s) => service(s).first_loss,
            Self::Known(s) => service(s).detected,
            Self::Decided(s) => service(s).decided,
            Self::Back(s) => service(s).serving_again,
            Self::Reach(s, least) => reached(share(s).points().iter().copied(), least),
            Self::Whole(s) => service(s).restored,
            Self::FirstWhole => report.services.iter().filter_map(|s| s.restored).min(),
            Self::Everything => report.total.restored,
            Self::PowerLost(x) => site(x).power_lost,
            Self::PowerBack(x) => site(x).power_restored,
            Self::PowerFull(x) => site(x).power_full,
            Self::Power(x, least) => reached(power(world, trace, x).points().iter().copied(), least),
            Self::Least(s) => return share(s).points().iter().map(|p| p.1).fold(1.0, f64::min),
            Self::Share(s, at) => return share(s).at(at),
            Self::People => return report.total.peak_affected / world.demand.users.max(1.0),
            Self::Hit => return report.total.services_hit as f64,
        })
    }
}

fn seconds(time: Option<Time>) -> f64 {
    time.map_or(f64::INFINITY, Time::secs)
}

/// The first moment at which a value is at least this again, after it was less.
fn reached(points: impl Iterator<Item = (Time, f64)>, least: f64) -> Option<Time> {
    let mut less = points.skip_while(|&(_, value)| value >= least);
    less.find(|&(_, value)| value >= least).map(|(at, _)| at)
}

/// Share of a building's panels, by rating, that have power.
fn power(world: &World, trace: &Trace, site: SiteId) -> Series {
    let mut changes: Vec<(Time, f64)> = Vec::new();
    let mut total = 0.0;
    for id in (0..world.elements.len()).map(ElementId::at).filter(|&id| world[id].site == site) {
        let ElementKind::Panel { kw, .. } = world[id].kind else { continue };
        total += kw;
        let mut was = true;
        for &(at, state, _) in trace.elements[id.index()].points() {
            let live = matches!(state, ElementState::Live | ElementState::OnBattery);
            if live != was {
                changes.push((at, if live { kw } else { -kw }));
            }
            was = live;
        }
    }
    changes.sort_by_key(|change| change.0);
    let mut series = Series::new(1.0);
    let mut now = total;
    for (at, change) in changes {
        now += change;
        series.push(at, now / total);
    }
    series
}
