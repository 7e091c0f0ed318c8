//! `bridge why`.

mod subject;

use std::fmt::Write;

use bridge_engine::scenario::Notation;
use bridge_engine::trace::{Event, EventId, Subject, Trace};
use bridge_engine::why::{Blocker, Why, why};
use bridge_engine::world::World;
use bridge_engine::{Span, Time};
use bridge_words::events;
use clap::Args;
use serde::Serialize;

use crate::numbers::duration;
use crate::run::subject as key;
use crate::table::{Align, table};
use crate::{Common, Format, Outcome, output, problems};

/// What `bridge why` is told.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    common: Common,
    /// A service, site or team by its key; site/room, site/element, service@site; or organisation
    #[arg(value_name = "SUBJECT")]
    subject: String,
    /// When, after the beginning of the run: 10h12m, 90m, or 10:12
    #[arg(long, value_name = "TIME", value_parser = moment)]
    at: Time,
    /// Seed of randomness; without it, the scenario's own
    #[arg(long)]
    seed: Option<u64>,
}

/// Says why something is as it is at a moment, and what has to come back first.
pub fn answer(options: &Options) -> Outcome {
    let common = &options.common;
    let scenario = match problems::load(common) {
        Ok(scenario) => scenario,
        Err(outcome) => return outcome,
    };
    let world = &scenario.world;
    let subject = match subject::find(world, &options.subject) {
        Ok(subject) => subject,
        Err(wrong) => return Outcome::Unusable(wrong),
    };
    if options.at > world.meta.horizon {
        let hours = world.meta.horizon.secs() / 3600.0;
        return Outcome::Unusable(format!("the run ends after {hours} h"));
    }
    let trace = bridge_engine::run(world, &world.script, options.seed.unwrap_or(world.meta.seed));
    let answer = why(world, &trace, subject, options.at);
    match common.format {
        Format::Json => output::json(&Answer::new(common, world, &trace, subject, options.at, &answer)),
        Format::Text => output::text(&text(common, world, &trace, subject, options.at, &answer)),
    }
}

/// `10h12m` as in a scenario, or `10:12` as in a report.
fn moment(text: &str) -> Result<Time, String> {
    let clock = || {
        let (hours, minutes) = text.split_once(':')?;
        let (hours, minutes): (u64, u64) = (hours.parse().ok()?, minutes.parse().ok()?);
        (minutes < 60).then(|| Span::from_hours(hours) + Span::from_mins(minutes))
    };
    let written = || {
        let seconds = bridge_engine::scenario::parse(Notation::Duration, text)?;
        (seconds >= 0.0).then(|| Span::from_secs_f64(seconds))
    };
    let span = clock().or_else(written).ok_or_else(|| "not a time such as 10h12m or 10:12".to_owned())?;
    Ok(Time::ZERO + span)
}

fn text(common: &Common, world: &World, trace: &Trace, subject: Subject, at: Time, answer: &Why) -> String {
    let language = common.language();
    let locale = language.locale();
    let name = events::place(locale, world, subject);
    let clock = duration(at.secs());
    let mut text = language
        .pick(format!("Why {name} is as it is at {clock}\n"), format!("{clock} 시점의 {name}: 원인\n"));
    if answer.chain.is_empty() {
        text.push_str(language.pick("  Nothing has happened to it.\n", "  아무 일도 일어나지 않았습니다.\n"));
    }
    let rows: Vec<Vec<String>> = answer
        .chain
        .iter()
        .map(|&id| {
            let event = event(trace, id);
            let what = events::change(locale, world, event);
            let place = events::place(locale, world, events::about(event));
            vec![duration(event.at.secs()), place, what]
        })
        .collect();
    text.push_str(&table(&[Align::Right, Align::Left, Align::Left], &rows));
    if !answer.blockers.is_empty() {
        let _ = writeln!(text, "\n{}", language.pick("What has to come back first", "먼저 갖춰져야 할 것"));
        for &blocker in &answer.blockers {
            let _ = writeln!(text, "  - {}", events::blocker(locale, world, blocker));
        }
    }
    text
}

fn event(trace: &Trace, id: EventId) -> &Event {
    &trace.events[id.0 as usize]
}

/// The answer for programs.
#[derive(Serialize)]
struct Answer<'a> {
    scenario: &'a str,
    seed: u64,
    at_s: f64,
    subject: String,
    /// From what somebody did to the present state, each enabled by the one before.
    chain: Vec<Step>,
    /// In the order in which they can be met.
    blockers: Vec<Condition>,
}

#[derive(Serialize)]
struct Step {
    at_s: f64,
    /// Position in the trace.
    event: u32,
    subject: String,
    what: String,
}

#[derive(Serialize)]
struct Condition {
    kind: &'static str,
    /// What it is about; null for detection and decision.
    subject: Option<String>,
    what: String,
}

impl<'a> Answer<'a> {
    fn new(
        common: &Common,
        world: &'a World,
        trace: &Trace,
        subject: Subject,
        at: Time,
        answer: &Why,
    ) -> Self {
        let locale = common.language().locale();
        let step = |&id: &EventId| Step {
            at_s: event(trace, id).at.secs(),
            event: id.0,
            subject: key(world, events::about(event(trace, id))),
            what: events::change(locale, world, event(trace, id)),
        };
        let condition = |&blocker: &Blocker| Condition {
            kind: kind(blocker).0,
            subject: kind(blocker).1.map(|of| key(world, of)),
            what: events::blocker(locale, world, blocker),
        };
        Self {
            scenario: &world.meta.id,
            seed: trace.seed,
            at_s: at.secs(),
            subject: key(world, subject),
            chain: answer.chain.iter().map(step).collect(),
            blockers: answer.blockers.iter().map(condition).collect(),
        }
    }
}

/// What a condition is called, and what it is about.
fn kind(blocker: Blocker) -> (&'static str, Option<Subject>) {
    match blocker {
        Blocker::Detection => ("detection", None),
        Blocker::Decision => ("decision", None),
        Blocker::Fire(r) => ("fire", Some(Subject::Room(r))),
        Blocker::Access(s) => ("access", Some(Subject::Site(s))),
        Blocker::Power(e) => ("power", Some(Subject::Element(e))),
        Blocker::Network(s) => ("network", Some(Subject::Site(s))),
        Blocker::BootCycle(s) => ("way-round", Some(Subject::Service(s))),
        Blocker::Quorum(s) => ("quorum", Some(Subject::Service(s))),
        Blocker::Servers(p) => ("servers", Some(Subject::Pool(p))),
        Blocker::Promotion(s) => ("promotion", Some(Subject::Service(s))),
        Blocker::Hands(t) => ("hands", Some(Subject::Team(t))),
        Blocker::RemoteHands(s) => ("remote-hands", Some(Subject::Site(s))),
        Blocker::Check(p) => ("check", Some(Subject::Pool(p))),
        Blocker::Provisioning(p) => ("provisioning", Some(Subject::Pool(p))),
        Blocker::NoCopy(s) => ("no-copy", Some(Subject::Service(s))),
        Blocker::Restore(p) => ("restore", Some(Subject::Pool(p))),
        Blocker::Warm(s) => ("warm", Some(Subject::Service(s))),
        Blocker::Capacity(s, _) => ("capacity", Some(Subject::Service(s))),
        Blocker::Routes(s) => ("routes", Some(Subject::Service(s))),
        Blocker::Settings(s) => ("settings", Some(Subject::Service(s))),
        Blocker::HoldDown(s) => ("hold-down", Some(Subject::Service(s))),
        Blocker::BreakGlass(t) => ("break-glass", Some(Subject::Team(t))),
    }
}
