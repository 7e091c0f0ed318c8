//! The after-action report as text for people: Markdown, in the page's language, from the run alone.

use super::super::run::Run;
use super::bridges::{Worth, bridges, saves};
use super::scores::{lead, said, scores};
use super::story::{headline, sentences};
use super::work::{Kind, kinds};
use crate::words::bridges as words;
use crate::words::numbers::{clock, count, duration, local, zone};
use crate::words::states::Named;
use crate::words::{Locale, Msg, events};
use bridge_engine::Time;
use bridge_engine::kernel::order::sorted;
use bridge_engine::report::{Counting, Gain};
use bridge_engine::trace::Change;
use bridge_engine::world::World;
use std::fmt::Write as _;

/// So many mends and kinds of work are worth practising.
const PRACTISE: usize = 5;

/// What is said of a mend: what it saves, or why nobody knows.
#[must_use]
pub fn worth(locale: Locale, world: &World, worth: Worth<'_>) -> String {
    match worth {
        Worth::Known(gain) => told(locale, world, gain),
        Worth::Pending => locale.say(Msg::BridgePending),
        Worth::Untried => locale.say(Msg::BridgeUntried),
        Worth::NoMend => locale.say(Msg::BridgeNoMend),
    }
}

fn told(locale: Locale, world: &World, gain: &Gain) -> String {
    let (_, main, notes) = saves(locale, world, gain);
    std::iter::once(main).chain(notes).collect::<Vec<String>>().join(" · ")
}

/// The report as Markdown.
#[must_use]
pub fn markdown(run: &Run, counting: Option<&Counting>, locale: Locale) -> String {
    let mut text = Markdown { run, locale, out: String::new() };
    let meta = &run.world.meta;
    text.heading(1, &locale.with(Msg::TextTitle, &[("title", locale.name(&meta.title))]));
    let began = format!("{} {}", local(locale, meta, Time::ZERO), zone(meta.offset_minutes));
    let hash = format!("{:016x}", run.hash);
    let seed = run.trace.seed.to_string();
    text.line(&locale.with(Msg::TextRun, &[("began", &began), ("seed", &seed), ("hash", &hash)]));
    text.heading(2, &locale.say(Msg::TextSummary));
    text.line(&format!("**{}.** {}", headline(run, locale), sentences(run, locale)));
    text.timeline();
    text.figures();
    text.bridges(counting);
    text.practice(counting);
    text.out
}

struct Markdown<'a> {
    run: &'a Run,
    locale: Locale,
    out: String,
}

impl Markdown<'_> {
    fn heading(&mut self, level: usize, words: &str) {
        let gap = if self.out.is_empty() { "" } else { "\n" };
        let _ = writeln!(self.out, "{gap}{} {words}\n", "#".repeat(level));
    }

    fn line(&mut self, words: &str) {
        let _ = writeln!(self.out, "{words}");
    }

    /// A row of a table; what would end a cell is written so that it does not.
    fn row(&mut self, cells: &[String]) {
        let cells: Vec<String> =
            cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
        self.line(&format!("| {} |", cells.join(" | ")));
    }

    fn head(&mut self, names: &[Msg]) {
        let names: Vec<String> = names.iter().map(|name| self.locale.say(*name)).collect();
        self.row(&names);
        self.row(&vec!["---".to_owned(); names.len()]);
    }

    /// What turned the story, on both clocks.
    fn timeline(&mut self) {
        let (run, locale) = (self.run, self.locale);
        self.heading(2, &locale.say(Msg::TextTimeline));
        self.head(&[Msg::TextSince, Msg::TextLocal, Msg::TextWhat]);
        let known = run.key.iter().find(|id| matches!(run.event(**id).change, Change::Detected { .. }));
        let mut moments: Vec<(Time, String)> = Vec::new();
        for id in run.turns.iter().chain(known) {
            let event = run.event(*id);
            let what = events::change(locale, &run.world, event);
            moments.push((
                event.at,
                format!("{what} — {}", events::place(locale, &run.world, events::about(event))),
            ));
        }
        let service = |id: bridge_engine::world::ServiceId| locale.name(&run.world[id].name);
        for id in run.ranked.iter().copied().filter(|id| run.world[*id].users > 0.0) {
            let of = &run.report().services[id.index()];
            let told = [
                (of.first_loss, Msg::TextLost),
                (of.serving_again, Msg::TextServes),
                (of.restored, Msg::TextWhole),
            ];
            for (at, message) in told {
                moments.extend(at.map(|at| (at, locale.with(message, &[("name", service(id))]))));
            }
        }
        for (at, what) in sorted(moments, &|a, b| a.0.cmp(&b.0)) {
            self.row(&[at.to_string(), local(locale, &run.world.meta, at), what]);
        }
    }

    fn figures(&mut self) {
        let (run, locale) = (self.run, self.locale);
        self.heading(2, &locale.say(Msg::DebriefScores));
        if let Some(of) = lead(&run.world, None) {
            self.line(&(locale.with(Msg::ScoreOf, &[("name", locale.name(&run.world[of].name))]) + "\n"));
            self.head(&[Msg::CompareFigure, Msg::TextValue, Msg::TextPromise]);
            for score in scores(&run.world, run.report(), of) {
                let value = |value: f64| said(locale, &run.world, score.unit, value);
                let promise = score.promise.map(|promise| {
                    let message = if score.missed { Msg::ScoreMissed } else { Msg::ScorePromised };
                    locale.with(message, &[("value", &value(promise))])
                });
                let told = score.value.map_or("–".to_owned(), value);
                self.row(&[locale.say(score.name), told, promise.unwrap_or_default()]);
            }
        }
        self.heading(3, &locale.say(Msg::TableScores));
        self.head(&[
            Msg::TableService,
            Msg::ColumnLost,
            Msg::ColumnKnown,
            Msg::ColumnServing,
            Msg::ColumnWhole,
            Msg::ColumnUserMinutes,
        ]);
        let at = |time: Option<Time>| time.map_or("–".to_owned(), clock);
        for id in &run.ranked {
            let of = &run.report().services[id.index()];
            let name = locale.name(&run.world[*id].name).to_owned();
            let minutes = count(locale, of.user_minutes_lost);
            self.row(&[
                name,
                at(of.first_loss),
                at(of.detected),
                at(of.serving_again),
                at(of.restored),
                minutes,
            ]);
        }
    }

    fn bridges(&mut self, counting: Option<&Counting>) {
        let (run, locale) = (self.run, self.locale);
        self.heading(2, &locale.say(Msg::DebriefBridges));
        let found = bridges(run, counting);
        if found.is_empty() {
            self.line(&locale.say(Msg::BridgesNone));
        }
        for bridge in found {
            let (title, sentence) =
                (bridge.finding.code.said(locale), words::finding(locale, &run.world, bridge.finding));
            self.line(&format!("- **{title}.** {sentence}"));
            let mends: Vec<String> =
                bridge.mends.iter().map(|m| words::mend(locale, &run.world, *m)).collect();
            let saves = worth(locale, &run.world, bridge.gain);
            let mend = if mends.is_empty() {
                saves
            } else {
                format!("{}: {saves}", locale.with(Msg::BridgeMend, &[("what", &mends.join("; "))]))
            };
            self.line(&format!("  - {mend}"));
        }
        if let Some(gain) = counting.and_then(Counting::together) {
            let saves = worth(locale, &run.world, Worth::Known(gain));
            self.line(&format!("\n**{}**: {saves}", locale.say(Msg::BridgeTogether)));
        }
    }

    /// The mends that save most, and the work that took hands longest.
    fn practice(&mut self, counting: Option<&Counting>) {
        let (run, locale) = (self.run, self.locale);
        self.heading(2, &locale.say(Msg::TextPractise));
        let helps = |gain: &Gain| gain.saved.worth() > 0.0;
        let mends = bridges(run, counting).into_iter().filter_map(|b| match b.gain {
            Worth::Known(gain) if helps(gain) => Some((b.mends, gain)),
            _ => None,
        });
        let mut told: Vec<String> = Vec::new();
        for (mends, gain) in mends {
            let mends: Vec<String> = mends.iter().map(|m| words::mend(locale, &run.world, *m)).collect();
            let line = format!("{} ({})", mends.join("; "), worth(locale, &run.world, Worth::Known(gain)));
            if !told.contains(&line) && told.len() < PRACTISE {
                told.push(line);
            }
        }
        let work = kinds(run, locale).into_iter().filter(|kind| kind.team.is_some()).collect();
        for kind in sorted(work, &|a: &Kind, b: &Kind| b.worked.cmp(&a.worked)).into_iter().take(PRACTISE) {
            let (jobs, time) = (kind.jobs.to_string(), duration(kind.worked.secs()));
            told.push(
                locale.with(Msg::TextPractiseWork, &[("what", &kind.name), ("n", &jobs), ("time", &time)]),
            );
        }
        for line in told {
            self.line(&format!("- [ ] {line}"));
        }
    }
}
