//! What happened, in a line and two sentences.

use super::super::run::Run;
use super::chart;
use super::scores::lead;
use crate::words::numbers::hours;
use crate::words::states::Named;
use crate::words::{Locale, Msg};
use bridge_engine::Time;
use bridge_engine::report::{Lost, lost_to};

/// How long it took.
#[must_use]
pub fn headline(run: &Run, locale: Locale) -> String {
    let total = &run.report().total;
    let (message, from, to) = match (total.first_loss, total.restored) {
        (None, _) => return locale.say(Msg::DebriefQuiet),
        (Some(from), Some(to)) => (Msg::DebriefHeadline, from, to),
        (Some(from), None) => (Msg::DebriefNotBack, from, run.trace.horizon),
    };
    locale.with(message, &[("time", &hours(locale, to.since(from)))])
}

/// What became of the service that people would miss first, and where most of the time went.
#[must_use]
pub fn sentences(run: &Run, locale: Locale) -> String {
    let Some(id) = lead(&run.world, None) else { return String::new() };
    if run.report().total.first_loss.is_none() {
        return locale.say(Msg::DebriefQuietNote);
    }
    let of = &run.report().services[id.index()];
    let name = locale.name(&run.world[id].name);
    let since = |at: Option<Time>| at.zip(of.first_loss).map(|(to, from)| hours(locale, to.since(from)));
    let first = match (of.first_loss, since(of.serving_again), since(of.restored)) {
        (None, ..) => locale.with(Msg::DebriefLeadFine, &[("name", name)]),
        (_, Some(again), Some(whole)) => {
            locale.with(Msg::DebriefLead, &[("name", name), ("again", &again), ("whole", &whole)])
        }
        (_, None, Some(whole)) => locale.with(Msg::DebriefLeadWhole, &[("name", name), ("whole", &whole)]),
        (_, _, None) => locale.with(Msg::DebriefLeadNever, &[("name", name)]),
    };
    format!("{first} {}", shares(run, locale).unwrap_or_default())
}

/// What most of the lost time went to.
fn shares(run: &Run, locale: Locale) -> Option<String> {
    let lost = |what: Lost| run.report().waterfalls.iter().map(|w| lost_to(w, what).secs()).sum::<f64>();
    let kinds = chart::kinds(run);
    let all: f64 = kinds.iter().map(|&what| lost(what)).sum();
    let most = |but: Option<Lost>| {
        let others = kinds.iter().copied().filter(|what| Some(*what) != but);
        others.max_by(|a, b| lost(*a).total_cmp(&lost(*b)))
    };
    let first = most(None)?;
    let second = most(Some(first))?;
    let percent = |what: Lost| format!("{:.0}%", lost(what) / all.max(1e-9) * 100.0);
    Some(locale.with(
        Msg::DebriefShares,
        &[
            ("share", &percent(first)),
            ("what", &first.said(locale)),
            ("share2", &percent(second)),
            ("what2", &second.said(locale)),
        ],
    ))
}
