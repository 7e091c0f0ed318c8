//! Broken bridges: what each says, its mend, and what that alone would have saved.

use super::DebriefProps;
use crate::state::Action;
use crate::state::debrief::bridges::{Bridge, Worth, bridges, place, saves};
use crate::views::click;
use crate::words::bridges as words;
use crate::words::numbers::clock;
use crate::words::states::Named;
use crate::words::{Locale, Msg};
use bridge_engine::World;
use bridge_engine::report::Gain;
use std::cmp::Ordering;
use yew::prelude::*;

/// More than this are not read: the first are shown, and the others folded.
const MANY: usize = 18;
const FIRST: usize = 12;

/// The list.
pub fn list(props: &DebriefProps) -> Html {
    let (run, locale) = (&props.run, props.locale);
    let counting = props.counting.as_deref();
    let found = bridges(run, counting);
    if found.is_empty() {
        return html! { <p class="lead">{ locale.say(Msg::BridgesNone) }</p> };
    }
    let (n, all) = counting.map_or((0, 0), |c| c.progress());
    let message = if props.pending { Msg::BridgesCounting } else { Msg::BridgesCounted };
    let progress = locale.with(message, &[("n", &n.to_string()), ("all", &all.to_string())]);
    let together = counting.and_then(|c| c.together()).map(|gain| {
        html! {
            <li class="together">
                <div class="said"><strong>{ locale.say(Msg::BridgeTogether) }</strong></div>
                <div class="gain">{ gained(locale, &run.world, gain) }</div>
            </li>
        }
    });
    // The order is that of what a mend saves.
    let first = if found.len() > MANY { FIRST } else { found.len() };
    let more = (found.len() > first).then(|| {
        html! {
            <details>
                <summary data-testid="bridges-more">{ locale.with(Msg::BridgesMore, &[("n", &(found.len() - first).to_string())]) }</summary>
                <ol class="bridges">{ for found.iter().skip(first).map(|bridge| entry(props, bridge)) }</ol>
            </details>
        }
    });
    html! {
        <>
            <p class="lead">{ locale.say(Msg::BridgesLead) }<span class="progress" data-testid="counted">{ progress }</span></p>
            <ol class="bridges" data-testid="bridges">
                { for found.iter().take(first).map(|bridge| entry(props, bridge)) }
                { for together }
            </ol>
            { for more }
        </>
    }
}

fn entry(props: &DebriefProps, bridge: &Bridge<'_>) -> Html {
    let (run, locale) = (&props.run, props.locale);
    let (subject, at) = place(run, bridge.finding);
    let title = bridge.finding.code.said(locale);
    let label = locale.with(Msg::DebriefVisit, &[("what", &title), ("at", &clock(at))]);
    let mends = || bridge.mends.iter().map(|mend| words::mend(locale, &run.world, *mend));
    let (message, what) = match bridge.gain {
        Worth::Known(gain) if !gain.helps => (Msg::BridgeIdle, words::idle(locale, &run.world, bridge.mends)),
        _ => (Msg::BridgeMend, mends().collect::<Vec<String>>().join("; ")),
    };
    let gain = match bridge.gain {
        Worth::Known(gain) => gained(locale, &run.world, gain),
        Worth::Pending => note(locale, Msg::BridgePending),
        Worth::Untried => note(locale, Msg::BridgeUntried),
        Worth::NoMend => note(locale, Msg::BridgeNoMend),
    };
    html! {
        <li data-code={bridge.finding.code.name()}>
            <svg class="mark" viewBox="0 0 64 32" aria-hidden="true"><path d="M3 10H24M9 10V28M9 22Q9 15 20 14M61 10H40M55 10V28M55 22Q55 15 44 14" /></svg>
            <div class="said">
                <button class="plain" title={label} onclick={click(&props.send, Action::Visit(subject, at))}><strong>{ title }</strong></button>
                <p>{ words::finding(locale, &run.world, bridge.finding) }</p>
                if !bridge.mends.is_empty() { <p class="mend">{ locale.with(message, &[("what", &what)]) }</p> }
            </div>
            <div class="gain">{ gain }</div>
        </li>
    }
}

fn note(locale: Locale, message: Msg) -> Html {
    html! { <span class="note">{ locale.say(message) }</span> }
}

/// What a change saves and costs.
fn gained(locale: Locale, world: &World, gain: &Gain) -> Html {
    let (order, main, notes) = saves(locale, world, gain);
    let look = match order {
        Ordering::Greater => "s-up",
        Ordering::Less => "s-down",
        Ordering::Equal => "s-nopower",
    };
    html! {
        <>
            <strong class={look} data-testid="saved">{ main }</strong>
            { for notes.into_iter().map(|note| html! { <span class="note">{ note }</span> }) }
        </>
    }
}
