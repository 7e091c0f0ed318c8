//! The clock and the figures under it.

use super::{Send, Shared, click};
use crate::state::Action;
use crate::state::moment::Moment;
use crate::state::run::Run;
use crate::views::icons::Sign;
use crate::words::numbers::{clock, count, local, money, span, zone};
use crate::words::states::Named;
use crate::words::{Locale, Msg};
use bridge_engine::report::ServiceReport;
use bridge_engine::trace::{Phase, SiteState, Subject};
use bridge_engine::world::ServiceId;
use bridge_engine::{Span, Time};
use yew::prelude::*;

/// What the figures show.
pub struct FiguresProps {
    /// The run.
    pub run: Shared<Run>,
    /// The moment.
    pub moment: Shared<Moment>,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

/// A figure: what, how much, and a word more.
struct Figure {
    id: &'static str,
    title: String,
    value: String,
    note: String,
    tip: Option<Msg>,
    look: Option<&'static str>,
    seek: Option<Time>,
}

/// The clock and the figures.
pub fn figures_strip(props: &FiguresProps) -> Html {
    let (world, moment, locale) = (&props.run.world, &props.moment, props.locale);
    let phase = headline(&props.run, moment);
    let phases = match phase {
        Phase::Normal if moment.sites.iter().any(|s| s.state != SiteState::Ok) => {
            let lost = props.run.scores.total.first_loss.is_some_and(|lost| lost <= moment.at);
            let words = if lost { Msg::PhaseMended } else { Msg::PhaseUnnoticed };
            html! { <span class="phase s-degraded">{ locale.say(words) }</span> }
        }
        Phase::Normal => html! { <span class="phase">{ phase.said(locale) }</span> },
        _ => html! { <span class={classes!("phase", phase.sign())}>{ phase.said(locale) }</span> },
    };
    html! {
        <section class="figures" aria-label={locale.say(Msg::Figures)}>
            <div class="clock">
                <strong data-testid="clock">{ moment.at.to_string() }</strong>
                <div>
                    <span class="local">{ format!("{} {}", local(locale, &world.meta, moment.at), zone(world.meta.offset_minutes)) }</span>
                    { phases }
                </div>
            </div>
            { for figures(props).into_iter().map(|f| figure(f, locale, &props.send)) }
        </section>
    }
}

fn figure(f: Figure, locale: Locale, send: &Send) -> Html {
    let value = match f.seek {
        None => html! { <strong class={classes!(f.look)} data-testid={f.id}>{ f.value }</strong> },
        Some(at) => {
            let onclick = click(send, Action::Seek(at));
            html! { <button class={classes!("plain", "value", f.look)} data-testid={f.id} {onclick}>{ f.value }</button> }
        }
    };
    // The one whose note says what was promised, kept and lost.
    let wide = (f.id == "figure-back").then_some("wide");
    html! {
        <div key={f.id} class={classes!("figure", wide)} title={f.tip.map(|m| locale.say(m))}>
            <span class="title">{ f.title }</span>
            { value }
            <span class="note">{ f.note }</span>
        </div>
    }
}

/// The phase of the most important service that is not whole.
fn headline(run: &Run, moment: &Moment) -> Phase {
    run.ranked.iter().map(|s| moment.service(*s).phase).find(|p| *p != Phase::Normal).unwrap_or(Phase::Normal)
}

fn figures(props: &FiguresProps) -> Vec<Figure> {
    let (run, moment, locale) = (&props.run, &props.moment, props.locale);
    let world = &run.world;
    let mut out = vec![
        users(run, moment, locale),
        services(moment, locale),
        hands(run, moment, locale),
        minutes(moment, locale),
    ];
    if let (Some(lost), Some(cost)) = (moment.money, &world.cost) {
        out.push(Figure {
            id: "figure-money",
            title: locale.say(Msg::FigureMoney),
            value: money(locale, &cost.currency, lost),
            note: locale.say(Msg::FigureMoneyNote),
            tip: Some(Msg::TipMoney),
            look: None,
            seek: None,
        });
    }
    out.extend(run.most_important().map(|s| back(run, moment, locale, s)));
    out.push(all_back(run, moment, locale));
    out
}

fn users(run: &Run, moment: &Moment, locale: Locale) -> Figure {
    Figure {
        id: "figure-users",
        title: locale.say(Msg::FigureUsers),
        value: count(locale, moment.affected),
        note: locale.with(Msg::FigureOf, &[("n", &count(locale, run.world.demand.users))]),
        tip: Some(Msg::TipUsers),
        look: (moment.affected >= 1.0).then_some("s-down"),
        seek: None,
    }
}

fn services(moment: &Moment, locale: Locale) -> Figure {
    let (up, part, down) = moment.tally();
    let note = match (part, down) {
        (0, 0) => locale.with(Msg::FigureAllServe, &[("n", &up.to_string())]),
        (0, _) => locale.with(Msg::FigureOfServices, &[("n", &(up + part + down).to_string())]),
        _ => locale.with(Msg::FigurePartly, &[("n", &part.to_string())]),
    };
    Figure {
        id: "figure-services",
        title: locale.say(Msg::FigureServices),
        value: locale
            .with(Msg::FigureTally, &[("up", &(up + part).to_string()), ("down", &down.to_string())]),
        note,
        tip: Some(Msg::TipServices),
        look: None,
        seek: None,
    }
}

fn hands(run: &Run, moment: &Moment, locale: Locale) -> Figure {
    let teams = &run.world.people.teams;
    let busy: u32 = moment.hands.iter().sum();
    let all: u32 = teams.iter().map(|t| t.hands).sum();
    let busiest =
        teams.iter().zip(&moment.hands).max_by_key(|(_, busy)| **busy).filter(|(_, busy)| **busy > 0);
    let note = match busiest {
        Some((team, busy)) => format!("{} {busy}", locale.name(&team.name)),
        None => locale.say(Msg::FigureHandsFree),
    };
    Figure {
        id: "figure-hands",
        title: locale.say(Msg::FigureHands),
        value: locale.with(Msg::FigureHandsOf, &[("busy", &busy.to_string()), ("all", &all.to_string())]),
        note,
        tip: Some(Msg::TipHands),
        look: None,
        seek: None,
    }
}

fn minutes(moment: &Moment, locale: Locale) -> Figure {
    let note = if moment.affected >= 1.0 {
        locale.with(Msg::FigureRate, &[("n", &count(locale, moment.affected))])
    } else {
        locale.say(Msg::FigureNoRate)
    };
    Figure {
        id: "figure-minutes",
        title: locale.say(Msg::FigureUserMinutes),
        value: count(locale, moment.user_minutes),
        note,
        tip: Some(Msg::TipUserMinutes),
        look: None,
        seek: None,
    }
}

/// A time of return: plain once reached, in the colour of waiting before.
fn returned(
    run: &Run,
    moment: &Moment,
    locale: Locale,
    lost: bool,
    back: Option<Time>,
) -> (String, Option<&'static str>) {
    match back {
        _ if !lost => (locale.say(Msg::NotLost), None),
        Some(at) => (at.to_string(), (at > moment.at).then_some("s-degraded")),
        None => {
            let length = span(locale, run.trace.horizon.since_start());
            (locale.with(Msg::NeverInRun, &[("time", &length)]), Some("s-down"))
        }
    }
}

fn back(run: &Run, moment: &Moment, locale: Locale, id: ServiceId) -> Figure {
    let service = &run.world[id];
    let report = &run.scores.services[id.index()];
    // Of a service that was gone altogether, the moment people could use it again counts, whole or not.
    let back = report.serving_again.or(report.restored);
    let (value, look) = returned(run, moment, locale, report.first_loss.is_some(), back);
    let whole =
        report.restored.filter(|_| report.serving_again.is_some() && report.serving_again != report.restored);
    let whole = whole.map(|at| locale.with(Msg::FigureWhole, &[("time", &clock(at))]));
    let objective =
        service.objective.map(|o| locale.with(Msg::FigureObjective, &[("time", &clock(Time::ZERO + o.rto))]));
    let drained = report.backlog.and_then(|of| of.drained);
    let drained = drained.map(|at| locale.with(Msg::FigureDrained, &[("time", &clock(at))]));
    let notes: Vec<String> =
        objective.into_iter().chain(whole).chain(drained).chain(writes(report, locale)).collect();
    let note = if notes.is_empty() { locale.say(Msg::FigureNoObjective) } else { notes.join(" · ") };
    Figure {
        id: "figure-back",
        title: locale.with(Msg::FigureBack, &[("name", locale.name(&service.name))]),
        value,
        note,
        tip: Some(Msg::TipBack),
        look,
        seek: back,
    }
}

/// What is missing of what was written, and what was promised of that.
fn writes(report: &ServiceReport, locale: Locale) -> Option<String> {
    if report.rpo_s.is_infinite() {
        return Some(locale.say(Msg::FigureDataLost));
    }
    let kept = match report.rpo_over_s {
        Some(over) if over > 0.0 => Msg::FigureWritesMissed,
        Some(_) => Msg::FigureWritesMet,
        None => Msg::FigureWritesLost,
    };
    let time = span(locale, Span::from_secs_f64(report.rpo_s));
    (report.rpo_s > 0.0).then(|| locale.with(kept, &[("time", &time)]))
}

fn all_back(run: &Run, moment: &Moment, locale: Locale) -> Figure {
    let total = &run.scores.total;
    let (value, look) = returned(run, moment, locale, total.first_loss.is_some(), total.restored);
    Figure {
        id: "figure-all-back",
        title: locale.say(Msg::FigureAllBack),
        value,
        note: locale.say(Msg::FigureAllBackNote),
        tip: Some(Msg::TipAllBack),
        look,
        seek: total.restored,
    }
}

/// Shows that a service is asked about in the same way everywhere.
pub fn select(send: &Send, id: ServiceId) -> Callback<MouseEvent> {
    click(send, Action::Select(Subject::Service(id)))
}
