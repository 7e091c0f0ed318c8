//! What would have helped, and how much.

use std::collections::BTreeMap;

use bridge_engine::report::{Gain, Mend, Mended, Mends, Saved};
use bridge_engine::trace::Subject;
use bridge_engine::world::{ServiceId, World};
use bridge_words::bridges;
use serde::Serialize;

use super::subject;
use crate::language::Language;
use crate::numbers::{duration, grouped};
use crate::table::{Align, table};

/// Everything of it, for programs.
#[derive(Serialize)]
pub struct Answer<'a> {
    /// The same incident was run so many times.
    runs: usize,
    /// Findings that could be mended and were not tried.
    untried: usize,
    /// Those that save most first.
    each: Vec<One<'a>>,
    /// Those whose mend would not have helped.
    would_not_help: Vec<One<'a>>,
    /// All mends at once; null if there is none.
    together: Option<Worth<'a>>,
}

#[derive(Serialize)]
struct One<'a> {
    /// The finding it mends.
    code: &'static str,
    subject: String,
    mends: Vec<Change>,
    #[serde(flatten)]
    worth: Worth<'a>,
}

#[derive(Serialize)]
struct Change {
    kind: &'static str,
    /// What is changed: a service, a pool, a site, a team.
    of: Option<String>,
    /// Where to, or what it is kept from or goes without.
    to: Option<String>,
    /// How many.
    n: Option<f64>,
}

#[derive(Serialize)]
struct Worth<'a> {
    /// Without the mends less with them, on the same luck; negative where they make it worse.
    saved: Gained<'a>,
    /// What the design costs more in a year; null if nobody says what such a change costs.
    yearly_cost: Option<f64>,
    /// What is saved, in money or else in user-minutes, for each unit of that.
    saved_per_cost: Option<f64>,
}

#[derive(Serialize)]
struct Gained<'a> {
    restored_s: f64,
    user_minutes: f64,
    money: Option<f64>,
    services: BTreeMap<&'a str, Times>,
}

#[derive(Serialize)]
struct Times {
    down_s: f64,
    lost_s: f64,
}

/// For programs.
pub fn answer<'a>(world: &'a World, mends: &Mends) -> Answer<'a> {
    let one = |m: &Mended| One {
        code: m.finding.code.name(),
        subject: subject(world, m.finding.subject),
        mends: m.mends.iter().map(|&mend| change(world, mend)).collect(),
        worth: worth(world, &m.gain),
    };
    Answer {
        runs: mends.runs,
        untried: mends.untried,
        each: mends.each.iter().map(one).collect(),
        would_not_help: mends.idle.iter().map(one).collect(),
        together: mends.together.as_ref().map(|gain| worth(world, gain)),
    }
}

fn worth<'a>(world: &'a World, gain: &Gain) -> Worth<'a> {
    let saved = &gain.saved;
    let times = |s: &bridge_engine::report::ServiceSaved| {
        (world[s.service].key.as_str(), Times { down_s: s.down_s, lost_s: s.lost_s })
    };
    Worth {
        saved: Gained {
            restored_s: saved.restored_s,
            user_minutes: saved.user_minutes,
            money: saved.money,
            services: saved.services.iter().map(times).collect(),
        },
        yearly_cost: gain.yearly,
        saved_per_cost: gain.per_cost(),
    }
}

fn change(world: &World, mend: Mend) -> Change {
    let name = |of: Subject| Some(subject(world, of));
    let (of, to, n) = match mend {
        Mend::Place { service, site, servers, .. } => {
            (name(Subject::Service(service)), name(Subject::Site(site)), Some(f64::from(servers)))
        }
        Mend::Grow { pool, servers } => (name(Subject::Pool(pool)), None, Some(f64::from(servers))),
        Mend::MoveVoters { pool, site, voters } => {
            (name(Subject::Pool(pool)), name(Subject::Site(site)), Some(f64::from(voters)))
        }
        Mend::StartWithout { of, on } | Mend::ServeWithout { of, on } => {
            (name(Subject::Service(of)), name(Subject::Service(on)), None)
        }
        Mend::Cord { pool, panel } => (name(Subject::Pool(pool)), name(Subject::Element(panel)), None),
        Mend::Wall { from, to } => (name(Subject::Room(from)), name(Subject::Room(to)), None),
        Mend::OwnRoom(element) | Mend::ChillerRestart(element) => {
            (name(Subject::Element(element)), None, None)
        }
        Mend::Rate { element, kw } => (name(Subject::Element(element)), None, Some(f64::from(kw))),
        Mend::Machines { set, n } | Mend::Fuel { set, hours: n } => {
            (name(Subject::Element(set)), None, Some(f64::from(n)))
        }
        Mend::HoldDown { hours } => (None, None, Some(f64::from(hours))),
        Mend::ZoneSwitch(site) => (name(Subject::Site(site)), None, None),
        Mend::RemoteHands { site, hands } => (name(Subject::Site(site)), None, Some(f64::from(hands))),
        Mend::Hands { team, hands } => (name(Subject::Team(team)), None, Some(f64::from(hands))),
        Mend::CheckRate { service, rate } | Mend::RestoreRate { service, rate } => {
            (name(Subject::Service(service)), None, Some(rate as f64))
        }
        Mend::Backup { service, site } => (name(Subject::Service(service)), name(Subject::Site(site)), None),
        Mend::Fresh { service, within } => (name(Subject::Service(service)), None, Some(within.secs())),
        Mend::Shed(s) | Mend::Prewarm(s) => (name(Subject::Service(s)), None, None),
        Mend::Authority | Mend::Commander | Mend::OutOfBand | Mend::Drill => (None, None, None),
    };
    Change { kind: mend.name(), of, to, n }
}

/// For people: a table, those that save most first, and all of them together.
pub fn text(world: &World, mends: &Mends, language: Language) -> String {
    let idle = idle(world, mends, language);
    let Some(together) = &mends.together else {
        return language.pick("Nothing to mend\n", "고칠 것이 없습니다\n").to_owned() + &idle;
    };
    let money = world.cost.as_ref().map(|cost| cost.currency.as_str());
    let mut head = vec![language.pick("What would have helped", "무엇이 도움이 되었을까").to_owned()];
    head.extend(money.map(|currency| format!("{} {currency}", language.pick("saves", "절감"))));
    let names = language.pick(
        ["user-min", "all back sooner", "service", "down less", "a year"],
        ["이용자·분", "전체 복구 단축", "서비스", "중단 단축", "연간 비용"],
    );
    head.extend(names.map(str::to_owned).into_iter().take(if money.is_some() { 5 } else { 4 }));
    let mut rows = vec![head];
    for (i, one) in mends.each.iter().enumerate() {
        // Two findings may be mended by the same.
        if mends.each[..i].iter().any(|other| other.mends == one.mends) {
            continue;
        }
        let changes: Vec<String> =
            one.mends.iter().map(|&mend| bridges::mend(language.locale(), world, mend)).collect();
        let of = one.finding.service().filter(|&s| world[s].users > 0.0);
        rows.push(row(world, changes.join("; "), &one.gain, of, language));
    }
    let all = language.pick("all of these", "모두 함께").to_owned();
    rows.push(row(world, all, together, None, language));
    let mut align = vec![Align::Right; rows[0].len()];
    align[0] = Align::Left;
    let mut text = table(&align, &rows);
    text += &idle;
    if mends.untried > 0 {
        let untried = mends.untried;
        text += &language
            .pick(format!("  not tried: {untried} more\n"), format!("  시도하지 않은 것: {untried}개\n"));
    }
    text
}

/// What would not have helped, once each.
fn idle(world: &World, mends: &Mends, language: Language) -> String {
    let mut said: Vec<String> = Vec::new();
    for one in &mends.idle {
        let what = bridges::idle(language.locale(), world, &one.mends);
        if !said.contains(&what) {
            said.push(what);
        }
    }
    if said.is_empty() {
        return String::new();
    }
    format!("  {}\n", language.locale().with(bridge_words::Msg::BridgeIdle, &[("what", &said.join("; "))]))
}

fn row(world: &World, what: String, gain: &Gain, of: Option<ServiceId>, language: Language) -> Vec<String> {
    let saved = &gain.saved;
    let mut row = vec![what];
    row.extend(saved.money.map(grouped));
    row.extend([grouped(saved.user_minutes), duration(saved.restored_s)]);
    let most = of.or_else(|| most(world, saved));
    row.extend(match most {
        Some(s) => [language.of(&world[s].name).to_owned(), duration(saved.of(s).down_s)],
        None => ["–".to_owned(), "–".to_owned()],
    });
    if world.cost.is_some() {
        row.push(gain.yearly.map_or("–".to_owned(), grouped));
    }
    row
}

/// The service that people use and that has most of it.
fn most(world: &World, saved: &Saved) -> Option<ServiceId> {
    let used = saved.services.iter().filter(|s| world[s.service].users > 0.0);
    let more = |a: &&bridge_engine::report::ServiceSaved, b: &&bridge_engine::report::ServiceSaved| {
        let size = |s: &bridge_engine::report::ServiceSaved| s.down_s.abs();
        size(a).total_cmp(&size(b)).then(b.service.cmp(&a.service))
    };
    used.max_by(more).map(|s| s.service)
}
