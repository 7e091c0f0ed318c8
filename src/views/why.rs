//! Why is it like this: the causal chain on a line, and what would have to come back first.

use super::{Send, Shared, click};
use crate::state::Action;
use crate::state::run::Run;
use crate::views::icons::Sign;
use crate::words::numbers::clock;
use crate::words::{Locale, Msg, events};
use bridge_engine::Time;
use bridge_engine::trace::{
    BacklogState, Change, Event, EventId, NetState, RoomState, ServiceState, Subject,
};
use bridge_engine::why::Why as Answer;
use yew::prelude::*;

/// What the answer shows.
pub struct WhyProps {
    /// The run.
    pub run: Shared<Run>,
    /// The moment asked about.
    pub at: Time,
    /// What is asked about.
    pub selected: Option<Subject>,
    /// The engine's answer.
    pub answer: Shared<Answer>,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

/// More steps than this are not shown at once; the first and the last are.
const STEPS: usize = 6;

/// The answer.
pub fn why_panel(props: &WhyProps) -> Html {
    let locale = props.locale;
    let Some(selected) = props.selected else {
        return html! { <section class="why" data-testid="why"><p class="empty">{ locale.say(Msg::WhyNothingSelected) }</p></section> };
    };
    let blockers = blockers(props);
    html! {
        <section class="why" data-testid="why" aria-label={locale.say(Msg::Why)}>
            <header>
                <h2>{ title(props, selected) }</h2>
                if let Some(blockers) = blockers { <span class="back-first" title={blockers.clone()}>{ blockers }</span> }
            </header>
            if props.answer.chain.is_empty() {
                <p class="empty">{ locale.say(Msg::WhyNothing) }</p>
            } else {
                <ol class="chain" tabindex="-1">
                    { for shown(&props.run, &props.answer.chain).into_iter().enumerate().map(|(i, id)| step(props, i, id)) }
                </ol>
            }
        </section>
    }
}

fn title(props: &WhyProps, selected: Subject) -> String {
    let locale = props.locale;
    let name = events::subject(locale, &props.run.world, selected);
    let message = match selected {
        Subject::Service(s) => {
            let track = &props.run.trace.services[s.index()];
            match track.at(props.at) {
                ServiceState::Up if props.answer.chain.is_empty() => Msg::WhyTitleFine,
                ServiceState::Up => Msg::WhyTitleBack,
                ServiceState::Degraded => Msg::WhyTitlePart,
                _ => Msg::WhyTitleDown,
            }
        }
        _ => Msg::WhyTitleOther,
    };
    locale.with(message, &[("name", &name)])
}

fn blockers(props: &WhyProps) -> Option<String> {
    let locale = props.locale;
    let Subject::Service(service) = props.selected? else { return None };
    if props.run.trace.services[service.index()].at(props.at) == ServiceState::Up {
        return None;
    }
    if props.answer.blockers.is_empty() {
        return None;
    }
    let said: Vec<String> =
        props.answer.blockers.iter().take(3).map(|b| events::blocker(locale, &props.run.world, *b)).collect();
    let list = said.join(&locale.say(Msg::WhyThen));
    Some(locale.with(Msg::WhyBackFirst, &[("list", &list)]))
}

/// The whole chain, or its first two and last steps; of two that happened to the same thing at once, the one that says
/// more.
fn shown(run: &Run, whole: &[EventId]) -> Vec<Option<EventId>> {
    let mut chain: Vec<EventId> = Vec::with_capacity(whole.len());
    for &id in whole {
        let event = run.event(id);
        match chain.last().map(|last| run.event(*last)) {
            Some(last) if last.at == event.at && events::about(last) == events::about(event) => {
                if !matches!(last.change, Change::Incident(_)) {
                    chain.pop();
                    chain.push(id);
                }
            }
            _ => chain.push(id),
        }
    }
    if chain.len() <= STEPS {
        return chain.iter().copied().map(Some).collect();
    }
    let head = chain[..2].iter().copied().map(Some);
    let tail = chain[chain.len() - (STEPS - 3)..].iter().copied().map(Some);
    head.chain([None]).chain(tail).collect()
}

fn step(props: &WhyProps, index: usize, id: Option<EventId>) -> Html {
    let Some(id) = id else {
        return html! { <li key="more" class="more" aria-hidden="true">{ "···" }</li> };
    };
    let (world, locale) = (&props.run.world, props.locale);
    let event = props.run.event(id);
    let what = events::change(locale, world, event);
    let place = events::place(locale, world, events::about(event));
    let label =
        locale.with(Msg::WhySeek, &[("what", &what), ("where", &place), ("at", &event.at.to_string())]);
    let at = event.at;
    let onclick = click(&props.send, Action::Seek(at));
    html! {
        <li key={id.0} class={classes!(look(event), (event.at == props.at).then_some("here"))}>
            <button class="plain" data-testid={format!("why-step-{index}")} title={label} {onclick}>
                <span class="dot" />
                <span class="time">{ clock(event.at) }</span>
                <strong>{ what }</strong>
                <span class="place">{ place }</span>
            </button>
        </li>
    }
}

/// The colour of what an event did.
pub fn look(event: &Event) -> &'static str {
    match event.change {
        Change::Incident(_)
        | Change::Began(_)
        | Change::Room(RoomState::Burning | RoomState::Burnt)
        | Change::FireAlarm => "s-fire",
        Change::Service(state) => state.sign(),
        Change::Pool(state) => state.sign(),
        Change::Element(state) => match super::icons::current(state) {
            "live" => "s-up",
            "dead" => "s-down",
            _ => "s-waiting",
        },
        Change::Phase(phase) => phase.sign(),
        Change::Room(RoomState::Warm | RoomState::Hot) | Change::Chillers(0) => "s-down",
        Change::Chillers(_) => "s-restarting",
        Change::Detected { .. }
        | Change::Notified
        | Change::Acknowledged
        | Change::Escalated
        | Change::Decided
        | Change::CameIn(_)
        | Change::Throttled
        | Change::Commander => "s-degraded",
        Change::WritesLost(_)
        | Change::DataLost
        | Change::Diverging
        | Change::CutOrdered
        | Change::Damaged(_)
        | Change::Surge
        | Change::CacheCold
        | Change::Backlog(BacklogState::Full)
        | Change::Mistake
        | Change::Broke
        | Change::Suspected(true)
        | Change::Restarted
        | Change::Split(true)
        | Change::Network(NetState::Apart(_) | NetState::Unreachable)
        | Change::ChannelLost
        | Change::Crashed(_)
        | Change::Gas { worked: false } => "s-down",
        Change::Started(_)
        | Change::Isolated
        | Change::Ordered(_)
        | Change::Replaced(_)
        | Change::Queued(_)
        | Change::Progress(..)
        | Change::Energise
        | Change::StartedEmpty
        | Change::Diverged { .. }
        | Change::Bypassed { .. } => "s-restarting",
        Change::Backlog(BacklogState::Waits) | Change::Site(_) | Change::Redone(_) | Change::Dropped(_) => {
            "s-waiting"
        }
        Change::Room(_)
        | Change::Healed(_)
        | Change::Network(NetState::Whole)
        | Change::Cleared
        | Change::Servers(_)
        | Change::Done(_)
        | Change::ChannelMoved
        | Change::ChannelBack
        | Change::Noticed
        | Change::Closed
        | Change::Promoted
        | Change::Restored
        | Change::Admitted
        | Change::CacheWarm
        | Change::Backlog(BacklogState::Empty)
        | Change::Routed
        | Change::Suspected(false)
        | Change::Split(false)
        | Change::Gas { worked: true } => "s-up",
    }
}
