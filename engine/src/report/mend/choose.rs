//! Which change takes a finding away: the smallest that its rule names.

use super::Mend;
use crate::Span;
use crate::report::findings::{Code, Evidence, Finding, SHORT, largest_share, panels_of, places};
use crate::report::{Lost, lost_to};
use crate::trace::{ElementState, PoolState, Subject, TaskKind};
use crate::world::{ElementId, ElementKind, PoolId, PoolRole, Restart, ServiceId, SiteId, SpreadKind, World};

/// A team that is so many times as large is more than a company can have.
const MOST_HANDS: u32 = 4;

/// The mend of a finding, in one or several changes. Empty where the design has no room for one.
pub(in crate::report) fn choose(e: &Evidence<'_>, finding: &Finding) -> Vec<Mend> {
    let of = finding.service();
    let service = |wanted: &dyn Fn(ServiceId) -> Vec<Mend>| of.map_or(Vec::new(), wanted);
    match finding.code {
        Code::GuardSharesFate
        | Code::GuardUnreachable
        | Code::ToolsLost
        | Code::SignInLost
        | Code::NamesLost => of.iter().chain(&finding.with).flat_map(|&s| rescue(e, s)).collect(),
        // An hour, as controllers come with; longer where alarms last longer.
        Code::FailoverFlaps => {
            let lasts = e.world().controls.detect.false_lasts + e.world().controls.promote_auto;
            vec![Mend::HoldDown { hours: lasts.hours().ceil().max(1.0) as u32 }]
        }
        Code::ControllerDeaf => finding.with.iter().flat_map(|&s| rescue(e, s)).collect(),
        Code::StandbyTooSmall => service(&|s| grow(e, s, |pool| pool.1 == PoolRole::Standby)),
        Code::CapacityElsewhere => service(&|s| grow(e, s, |pool| unharmed(e, pool.0))),
        Code::NoStandby => service(&|s| stand_by(e, s, |_| true)),
        Code::RtoBelowRestore => service(&|s| sooner(e, s)),
        Code::OneRegion => service(&|s| {
            let region = |site: SiteId| e.world()[site].region;
            let own = e.world()[s].pools.first().map(|&p| region(e.world()[p].site));
            stand_by(e, s, |site| Some(region(site)) != own)
        }),
        Code::SinglePanel => service(&|s| cords(e.world(), s)),
        Code::QuorumInOneSite => service(&|s| voters(e, s)),
        Code::BootCycle => cut(e, finding),
        Code::SlowDecision => vec![Mend::Authority],
        Code::NobodyInCommand => vec![Mend::Commander],
        Code::HandsShort => match Mend::hands_of(e.world(), finding.subject) {
            Some((mend, has)) => {
                // Work waits in proportion to its length over the hands: so many that nothing waits for an hour, but no more
                // than a company could have. Fewer are looked for between what there is and these.
                let enough = (f64::from(has) * finding.figure / SHORT.secs()).ceil() as u32;
                vec![mend.with(enough.saturating_add(1).min(has.saturating_mul(MOST_HANDS)))]
            }
            None => Vec::new(),
        },
        Code::ChannelLost => vec![Mend::OutOfBand],
        Code::NotPractised => vec![Mend::Drill],
        Code::UpsUnderOneCeiling => match finding.subject {
            Subject::Element(ups) => walls(e.world(), ups),
            _ => Vec::new(),
        },
        Code::OverloadTrip => match finding.subject {
            Subject::Element(element) => vec![Mend::Rate { element, kw: enough(e.world(), element) }],
            _ => Vec::new(),
        },
        Code::GeneratorFailed => match finding.subject {
            Subject::Element(set) => generators(e, set),
            _ => Vec::new(),
        },
        Code::TooHot => finding.site.map_or(Vec::new(), |site| chillers(e.world(), site)),
        Code::RetryStorm => service(&|s| vec![Mend::Shed(s)]),
        Code::ColdCache => service(&|s| vec![Mend::Prewarm(s)]),
        Code::BacklogLate => service(&|s| catch_up(e, s)),
        Code::NoZoneSwitch => finding.site.map(Mend::ZoneSwitch).into_iter().collect(),
        Code::NoCopyElsewhere | Code::BackupBeside => service(&|s| keep_elsewhere(e, s)),
        Code::RpoBelowCopies => service(&|s| fresher(e, s, finding.with.first().copied().unwrap_or(s))),
        Code::RpoMissed | Code::ObjectiveMissed => Vec::new(),
    }
}

/// The site with the most room of those allowed that nothing happened to; failing that, of all allowed.
fn roomiest(e: &Evidence<'_>, allowed: impl Fn(SiteId) -> bool) -> Option<SiteId> {
    let world = e.world();
    let room = |site: SiteId| {
        let rated = |p: ElementId| if let ElementKind::Panel { kw } = world[p].kind { kw } else { 0.0 };
        let panels: f64 = panels_of(world, site).map(rated).sum();
        let here = world.pools.iter().filter(|p| p.site == site);
        panels - here.map(|p| super::draw(world, p.servers)).sum::<f64>()
    };
    let sites = (0..world.sites.len())
        .map(SiteId::at)
        .filter(|&s| allowed(s) && panels_of(world, s).next().is_some());
    let better = |a: (bool, f64, SiteId), b: (bool, f64, SiteId)| {
        if (b.0, b.1) > (a.0, a.1) { b } else { a }
    };
    sites.map(|s| (!e.sites[s.index()].hit, room(s), s)).reduce(better).map(|best| best.2)
}

/// Where a service does not stand yet.
fn elsewhere(e: &Evidence<'_>, s: ServiceId, allowed: impl Fn(SiteId) -> bool) -> Option<SiteId> {
    let world = e.world();
    let stands = |site: SiteId| world[s].pools.iter().any(|&p| world[p].site == site);
    roomiest(e, |site| !stands(site) && allowed(site))
}

/// What helps others stands, and serves, elsewhere too; and needs nothing that was lost.
fn rescue(e: &Evidence<'_>, s: ServiceId) -> Vec<Mend> {
    let world = e.world();
    let lost =
        |s: ServiceId, series: &[crate::trace::Series]| series[s.index()].points().iter().any(|p| p.1 < 0.5);
    let mut mends = Vec::new();
    if lost(s, &e.trace().own) {
        let active = world[s].pools.iter().filter(|&&p| world[p].role == PoolRole::Active);
        let servers = active.map(|&p| world[p].servers).sum();
        let site = elsewhere(e, s, |_| true);
        mends.extend(site.map(|site| Mend::Place { service: s, site, servers, standby: false }));
    }
    let needs = world[s].needs.iter().filter(|n| n.soft.is_none() && lost(n.on, &e.trace().shares));
    mends.extend(needs.map(|n| Mend::ServeWithout { of: s, on: n.on }));
    mends
}

/// Servers of one of some pools are so many that all of those together carry the daily peak.
fn grow(e: &Evidence<'_>, s: ServiceId, wanted: impl Fn((PoolId, PoolRole)) -> bool) -> Vec<Mend> {
    let world = e.world();
    let pools = world[s].pools.iter().copied().filter(|&p| wanted((p, world[p].role)));
    let pools: Vec<PoolId> = pools.collect();
    let servers: f64 = pools.iter().map(|&p| f64::from(world[p].servers)).sum();
    let missing = (world[s].load - servers).max(0.0).ceil() as u32;
    let largest = pools.into_iter().reduce(|a, b| if world[b].servers > world[a].servers { b } else { a });
    let grown = |pool| Mend::Grow { pool, servers: world[pool].servers + missing };
    largest.filter(|_| missing > 0).map(grown).into_iter().collect()
}

/// The largest active pool has so many servers to spare that what waited is done in half an hour.
fn catch_up(e: &Evidence<'_>, s: ServiceId) -> Vec<Mend> {
    let (world, Some(backlog)) = (e.world(), e.services[s.index()].backlog) else { return Vec::new() };
    let active = || world[s].pools.iter().copied().filter(|&p| world[p].role == PoolRole::Active);
    let servers: f64 = active().map(|p| f64::from(world[p].servers)).sum();
    let enough = world[s].load * (1.0 + 2.0 * backlog.most_s / SHORT.secs());
    let missing = (enough - servers).max(0.0).ceil() as u32;
    let largest = active().reduce(|a, b| if world[b].servers > world[a].servers { b } else { a });
    let grown = |pool| Mend::Grow { pool, servers: world[pool].servers.saturating_add(missing) };
    largest.filter(|_| missing > 0).map(grown).into_iter().collect()
}

/// Whether a pool never lost a server.
fn unharmed(e: &Evidence<'_>, pool: PoolId) -> bool {
    e.trace().pools[pool.index()].points().iter().all(|p| p.1 == PoolState::Up)
}

/// Servers for the daily peak stand by where it does not stand.
fn stand_by(e: &Evidence<'_>, s: ServiceId, allowed: impl Fn(SiteId) -> bool) -> Vec<Mend> {
    let servers = e.world()[s].load.ceil().max(1.0) as u32;
    let site = elsewhere(e, s, allowed);
    site.map(|site| Mend::Place { service: s, site, servers, standby: true }).into_iter().collect()
}

/// A backup where neither servers with the data nor other backups are.
fn keep_elsewhere(e: &Evidence<'_>, s: ServiceId) -> Vec<Mend> {
    let there = places(e.world(), s).concat();
    let site = roomiest(e, |site| !there.contains(&site));
    site.map(|site| Mend::Backup { service: s, site }).into_iter().collect()
}

/// Copies as young as a service promised of what it stores its data in. Snapshots cannot be that young where nothing may
/// be lost: then servers stand by that hold every write.
fn fresher(e: &Evidence<'_>, promised: ServiceId, store: ServiceId) -> Vec<Mend> {
    let world = e.world();
    let Some(within) = world[promised].objective.and_then(|o| o.rpo) else { return Vec::new() };
    let copied = places(world, store)[0].len() > 1;
    let mut mends = if copied || within > Span::ZERO { Vec::new() } else { stand_by(e, store, |_| true) };
    mends.push(Mend::Fresh { service: store, within });
    mends
}

/// Data are read through, or restored, in half of the time that starting leaves of what was promised; where starting leaves
/// none, or there is nothing to read through or restore, servers stand by.
fn sooner(e: &Evidence<'_>, s: ServiceId) -> Vec<Mend> {
    let rto = e.world()[s].objective.map_or(0.0, |o| o.rto.secs());
    let pieces = &e.waterfalls[s.index()];
    let started = lost_to(pieces, Lost::Restarting).secs() + lost_to(pieces, Lost::Installing).secs();
    let left = (rto - started) / 2.0;
    let checked = lost_to(pieces, Lost::Checking).secs();
    let restored = lost_to(pieces, Lost::Restoring).secs();
    if left > 0.0 && restored > checked {
        let rate = e.world()[s].data.map_or(0.0, |data| data.copy_rate);
        return vec![Mend::RestoreRate { service: s, rate: (rate * restored / left).ceil() as u64 }];
    }
    match e.world()[s].data.and_then(|data| data.check_rate) {
        Some(rate) if left > 0.0 && checked > 0.0 => {
            vec![Mend::CheckRate { service: s, rate: (rate * checked / left).ceil() as u64 }]
        }
        _ => stand_by(e, s, |_| true),
    }
}

/// A second cord to the panel of the same building with the most to spare.
fn cords(world: &World, s: ServiceId) -> Vec<Mend> {
    let spare = |panel: ElementId| {
        let ElementKind::Panel { kw } = world[panel].kind else { return f64::MIN };
        let hung = world.pools.iter().filter(|p| p.panels.contains(&panel));
        kw - hung.map(|p| super::draw(world, p.servers)).sum::<f64>()
    };
    let cord = |&pool: &PoolId| {
        let own = &world[pool].panels;
        let others = panels_of(world, world[pool].site).filter(|p| !own.contains(p));
        let best = others.reduce(|a, b| if spare(b) > spare(a) { b } else { a })?;
        Some(Mend::Cord { pool, panel: best })
    };
    world[s].pools.iter().filter_map(cord).collect()
}

/// As many voters as it takes leave the site that holds the most, for the one that holds the fewest.
fn voters(e: &Evidence<'_>, s: ServiceId) -> Vec<Mend> {
    let world = e.world();
    let (Some(voters), Some((site, most))) = (world[s].quorum, largest_share(world, s)) else {
        return Vec::new();
    };
    let held = |at: SiteId| -> u32 {
        world[s].pools.iter().filter(|&&p| world[p].site == at).map(|&p| world[p].servers).sum()
    };
    // Without this many, the rest is no majority.
    let too_many = voters.div_ceil(2);
    let moved = (most + 1).saturating_sub(too_many);
    let sites =
        (0..world.sites.len()).map(SiteId::at).filter(|&at| at != site && held(at) + moved < too_many);
    let fewest = sites.reduce(|a, b| if held(b) < held(a) { b } else { a });
    let from = world[s].pools.iter().copied().find(|&p| world[p].site == site && world[p].servers > moved);
    let (Some(to), Some(pool)) = (fewest, from) else { return Vec::new() };
    vec![Mend::MoveVoters { pool, site: to, voters: moved }]
}

/// The circle is cut where it was opened; if it never was, where that is least work.
fn cut(e: &Evidence<'_>, finding: &Finding) -> Vec<Mend> {
    let world = e.world();
    let circle: Vec<ServiceId> = finding.service().into_iter().chain(finding.with.iter().copied()).collect();
    let within = |of: ServiceId, on: ServiceId| circle.contains(&of) && circle.contains(&on);
    let opened = e.view.index.jobs.iter().find_map(|job| match job.task.kind {
        TaskKind::Bypass { of, on } if within(of, on) => Some((of, on)),
        _ => None,
    });
    let edges = circle.iter().flat_map(|&of| world[of].boots.iter().map(move |&on| (of, on)));
    let effort = |&edge: &(ServiceId, ServiceId)| {
        (crate::mechanisms::effort(world, edge).is_none(), crate::mechanisms::effort(world, edge), edge)
    };
    let cheapest = edges.filter(|&(of, on)| within(of, on)).min_by_key(effort);
    let edge = opened.or(cheapest);
    edge.map(|(of, on)| Mend::StartWithout { of, on }).into_iter().collect()
}

/// Walls where fire passes from the batteries' room to the UPS, or a room of its own where they share one.
fn walls(world: &World, ups: ElementId) -> Vec<Mend> {
    let ElementKind::Ups { battery: Some(battery), .. } = world[ups].kind else { return Vec::new() };
    let Some(room) = world[ups].room else { return Vec::new() };
    if room == battery {
        return vec![Mend::OwnRoom(ups)];
    }
    let open = |p: &&crate::world::Spread| {
        (p.from, p.to) == (battery, room) && matches!(p.kind, SpreadKind::Mean(_))
    };
    let found = world.spreads.iter().find(open);
    found.map(|p| Mend::Wall { from: p.from, to: p.to }).into_iter().collect()
}

/// What all servers behind an element draw at their peak, should it ever carry them alone.
fn enough(world: &World, element: ElementId) -> u32 {
    let behind = |p: &ElementId| *p == element || world[*p].inputs.contains(&element);
    let pools = world.pools.iter().filter(|pool| pool.panels.iter().any(behind));
    pools.map(|pool| super::draw(world, pool.servers)).sum::<f64>().ceil() as u32
}

/// A set that refused gets one more machine; one that ran for as long as it had fuel, twice the fuel.
fn generators(e: &Evidence<'_>, set: ElementId) -> Vec<Mend> {
    let ElementKind::Generators { n, fuel, .. } = e.world()[set].kind else { return Vec::new() };
    let points = e.trace().elements[set.index()].points();
    let ran_dry = points.windows(2).any(|w| {
        w[1].1 == ElementState::Failed && w[0].1 == ElementState::Live && w[1].0.since(w[0].0) >= fuel
    });
    let hours = (2.0 * fuel.hours()).ceil() as u32;
    vec![if ran_dry { Mend::Fuel { set, hours } } else { Mend::Machines { set, n: n + 1 } }]
}

/// Chillers that wait for hands start again by themselves.
fn chillers(world: &World, site: SiteId) -> Vec<Mend> {
    let by_hand = |i: &usize| {
        let element = &world.elements[*i];
        element.site == site
            && matches!(element.kind, ElementKind::Chillers { restart: Restart::ByHand(..), .. })
    };
    let found = (0..world.elements.len()).filter(by_hand);
    found.map(|i| Mend::ChillerRestart(ElementId::at(i))).collect()
}
