//! Broken bridges and their mends: what is said of each, here and on a terminal.

use super::events::subject;
use super::numbers::{duration, grouped};
use super::{Locale, Msg};
use bridge_engine::Span;
use bridge_engine::report::{Code, Finding, Mend};
use bridge_engine::trace::Subject;
use bridge_engine::world::{ServiceId, World};

/// What was broken, and what it did.
#[must_use]
pub fn finding(locale: Locale, world: &World, finding: &Finding) -> String {
    let of = subject(locale, world, finding.subject);
    let with = names(locale, world, &finding.with);
    let all = if with.is_empty() { of.clone() } else { format!("{of}, {with}") };
    let site = finding.site.map_or("", |id| locale.name(&world[id].name));
    let writes = matches!(finding.code, Code::RpoBelowCopies | Code::RpoMissed);
    // Minutes would hide a few seconds of writes.
    let time = if writes && finding.figure < 60.0 {
        locale.with(Msg::UnitSeconds, &[("n", &format!("{:.0}", finding.figure))])
    } else {
        duration(finding.figure.max(0.0))
    };
    let arguments = [
        ("of", of.as_str()),
        ("all", &all),
        ("with", &with),
        ("hit", &names(locale, world, &finding.hit)),
        ("site", site),
        ("percent", &format!("{:.0}%", finding.figure * 100.0)),
        ("time", &time),
        ("n", &grouped(finding.figure)),
    ];
    locale.with(sentence(finding.code, site.is_empty(), with.is_empty()), &arguments)
}

const fn sentence(code: Code, nowhere: bool, alone: bool) -> Msg {
    match code {
        Code::GuardSharesFate if nowhere => Msg::SaidGuardWentDown,
        Code::GuardSharesFate => Msg::SaidGuardSharesFate,
        Code::GuardUnreachable => Msg::SaidGuardUnreachable,
        Code::ControllerDeaf => Msg::SaidControllerDeaf,
        Code::ToolsLost => Msg::SaidToolsLost,
        Code::SignInLost => Msg::SaidSignInLost,
        Code::NamesLost => Msg::SaidNamesLost,
        Code::FailoverFlaps => Msg::SaidFailoverFlaps,
        Code::StandbyTooSmall => Msg::SaidStandbyTooSmall,
        Code::CapacityElsewhere => Msg::SaidCapacityElsewhere,
        Code::NoStandby => Msg::SaidNoStandby,
        Code::OneRegion => Msg::SaidOneRegion,
        Code::SinglePanel => Msg::SaidSinglePanel,
        Code::QuorumInOneSite => Msg::SaidQuorumInOneSite,
        Code::BootCycle => Msg::SaidBootCycle,
        Code::SlowDecision => Msg::SaidSlowDecision,
        Code::NobodyInCommand => Msg::SaidNobodyInCommand,
        Code::HandsShort => Msg::SaidHandsShort,
        Code::NotPractised => Msg::SaidNotPractised,
        Code::ChannelLost => Msg::SaidChannelLost,
        Code::UpsUnderOneCeiling => Msg::SaidUpsUnderOneCeiling,
        Code::NoZoneSwitch => Msg::SaidNoZoneSwitch,
        Code::OverloadTrip => Msg::SaidOverloadTrip,
        Code::GeneratorFailed => Msg::SaidGeneratorFailed,
        Code::RetryStorm => Msg::SaidRetryStorm,
        Code::ColdCache => Msg::SaidColdCache,
        Code::BacklogLate => Msg::SaidBacklogLate,
        Code::TooHot => Msg::SaidTooHot,
        Code::RtoBelowRestore => Msg::SaidRtoBelowRestore,
        Code::NoCopyElsewhere => Msg::SaidNoCopyElsewhere,
        Code::BackupBeside => Msg::SaidBackupBeside,
        Code::RpoBelowCopies if alone => Msg::SaidRpoBelowCopies,
        Code::RpoBelowCopies => Msg::SaidRpoBelowCopiesOf,
        Code::RpoMissed => Msg::SaidRpoMissed,
        Code::ObjectiveMissed => Msg::SaidObjectiveMissed,
    }
}

/// Names of services, the first few of many.
#[must_use]
pub fn names(locale: Locale, world: &World, services: &[ServiceId]) -> String {
    const MOST: usize = 6;
    let shown = services.iter().take(MOST).map(|&id| locale.name(&world[id].name));
    let names = shown.collect::<Vec<_>>().join(", ");
    match services.len().checked_sub(MOST) {
        Some(more) if more > 0 => locale.with(Msg::NamesMore, &[("names", &names), ("n", &more.to_string())]),
        _ => names,
    }
}

/// What a mend's message is about: whose, where to, where from, how many.
struct Said {
    message: Msg,
    of: Option<Subject>,
    to: Option<Subject>,
    n: String,
    from: String,
}

impl Said {
    fn new(message: Msg, of: Option<Subject>) -> Self {
        Self { message, of, to: None, n: String::new(), from: String::new() }
    }

    fn to(self, to: Subject) -> Self {
        Self { to: Some(to), ..self }
    }

    fn n(self, n: impl Into<f64>) -> Self {
        Self { n: grouped(n.into()), ..self }
    }

    fn gigabytes(self, rate: u64) -> Self {
        Self { n: format!("{:.1}", rate as f64 / 1e9), ..self }
    }

    fn from(self, from: String) -> Self {
        Self { from, ..self }
    }
}

/// A change of the design.
#[must_use]
pub fn mend(locale: Locale, world: &World, mend: Mend) -> String {
    let name = |of: Option<Subject>| of.map(|of| subject(locale, world, of)).unwrap_or_default();
    let said = of_servers(locale, world, mend);
    let arguments = [("of", name(said.of)), ("to", name(said.to)), ("n", said.n), ("from", said.from)];
    locale.with(said.message, &arguments.each_ref().map(|(name, value)| (*name, value.as_str())))
}

/// What would not have helped.
#[must_use]
pub fn idle(locale: Locale, world: &World, mends: &[Mend]) -> String {
    let whose = match *mends {
        [Mend::Hands { team, .. }] => Some(Subject::Team(team)),
        [Mend::RemoteHands { site, .. }] => Some(Subject::Site(site)),
        _ => None,
    };
    if let Some(of) = whose {
        return locale.with(Msg::IdleHands, &[("of", &subject(locale, world, of))]);
    }
    mends.iter().map(|&one| mend(locale, world, one)).collect::<Vec<String>>().join("; ")
}

/// Where servers stand and what they lean on.
fn of_servers(locale: Locale, world: &World, mend: Mend) -> Said {
    let service = |message, s| Said::new(message, Some(Subject::Service(s)));
    let pool = |message, p| Said::new(message, Some(Subject::Pool(p)));
    match mend {
        Mend::Place { service: s, site, servers, standby } => {
            let message = if standby { Msg::MendStandBy } else { Msg::MendPlace };
            service(message, s).to(Subject::Site(site)).n(servers)
        }
        Mend::Grow { pool: p, servers } => {
            let before = grouped(f64::from(world[p].servers));
            pool(Msg::MendGrow, p).to(Subject::Site(world[p].site)).n(servers).from(before)
        }
        Mend::MoveVoters { pool: p, site, voters } => {
            let before = locale.name(&world[world[p].site].name).to_owned();
            pool(Msg::MendMoveVoters, p).to(Subject::Site(site)).n(voters).from(before)
        }
        Mend::StartWithout { of, on } => service(Msg::MendStartWithout, of).to(Subject::Service(on)),
        Mend::ServeWithout { of, on } => service(Msg::MendServeWithout, of).to(Subject::Service(on)),
        Mend::Cord { pool: p, panel } => pool(Msg::MendCord, p).to(Subject::Element(panel)),
        Mend::CheckRate { service: s, rate } => service(Msg::MendCheckRate, s).gigabytes(rate),
        Mend::RestoreRate { service: s, rate } => service(Msg::MendRestoreRate, s).gigabytes(rate),
        Mend::Backup { service: s, site } => service(Msg::MendBackup, s).to(Subject::Site(site)),
        Mend::Fresh { service: s, within: Span::ZERO } => service(Msg::MendSynchronous, s),
        Mend::Fresh { service: s, within } => service(Msg::MendFresh, s).n(within.secs()),
        Mend::Shed(s) => service(Msg::MendShed, s),
        Mend::Prewarm(s) => service(Msg::MendPrewarm, s),
        _ => of_buildings(mend),
    }
}

/// Buildings, and who works in them.
fn of_buildings(mend: Mend) -> Said {
    let element = |message, e| Said::new(message, Some(Subject::Element(e)));
    match mend {
        Mend::Rate { element: e, kw } => element(Msg::MendRate, e).n(kw),
        Mend::Machines { set, n } => element(Msg::MendMachines, set).n(n),
        Mend::Fuel { set, hours } => element(Msg::MendFuel, set).n(hours),
        Mend::ChillerRestart(e) => element(Msg::MendChillerRestart, e),
        Mend::OwnRoom(e) => element(Msg::MendOwnRoom, e),
        Mend::Wall { from, to } => Said::new(Msg::MendWall, Some(Subject::Room(from))).to(Subject::Room(to)),
        Mend::ZoneSwitch(site) => Said::new(Msg::MendZoneSwitch, Some(Subject::Site(site))),
        Mend::RemoteHands { site, hands } => {
            Said::new(Msg::MendRemoteHands, Some(Subject::Site(site))).n(hands)
        }
        Mend::Hands { team, hands } => Said::new(Msg::MendHands, Some(Subject::Team(team))).n(hands),
        Mend::HoldDown { hours } => Said::new(Msg::MendHoldDown, None).n(hours),
        Mend::Authority => Said::new(Msg::MendAuthority, None),
        Mend::Commander => Said::new(Msg::MendCommander, None),
        Mend::OutOfBand => Said::new(Msg::MendOutOfBand, None),
        _ => Said::new(Msg::MendDrill, None),
    }
}
