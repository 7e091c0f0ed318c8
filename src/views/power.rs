//! The power path through a building, and its breakers.

use super::icons::{current, mark};
use super::rooms::target;
use super::{Send, Shared};
use crate::layout::building::Plan;
use crate::layout::wires::{Anchor, Wire, path};
use crate::state::Arm;
use crate::state::moment::SiteNow;
use crate::state::run::Run;
use crate::words::states::Named;
use crate::words::{Locale, Msg, events};
use bridge_engine::trace::{ElementState, Subject};
use bridge_engine::world::{ElementId, ElementKind};
use bridge_engine::{Time, World};
use yew::prelude::*;

const fn gives(state: ElementState) -> bool {
    matches!(state, ElementState::Live | ElementState::OnBattery)
}

/// A burnt supply that people have laid a cable round: what hangs on it lives although nothing else feeds it.
fn bridged(world: &World, site: &SiteNow, element: ElementId) -> bool {
    site.element(element) == ElementState::Destroyed
        && site.elements.iter().any(|(e, state)| {
            let inputs = &world[*e].inputs;
            gives(*state) && inputs.contains(&element) && !inputs.iter().any(|i| gives(site.element(*i)))
        })
}

/// Whether current flows in a cable.
fn flow(world: &World, site: &SiteNow, wire: &Wire) -> &'static str {
    let to = site.element(wire.to);
    let gives = match site.element(wire.from) {
        ElementState::Destroyed => gives(to) && bridged(world, site, wire.from),
        from => gives(from),
    };
    match (site.element(wire.from), to) {
        (_, ElementState::Destroyed) if gives && bridged(world, site, wire.to) => "live",
        (_, ElementState::Destroyed | ElementState::Cut) => "dead",
        (ElementState::Ready, _) => "ready",
        _ if gives => "live",
        _ => "dead",
    }
}

/// All cables: once under the rooms, and once more over those rooms that they really pass.
pub fn cables(world: &World, plan: &Plan, wires: &[Wire], site: &SiteNow, key: &str, over: bool) -> Html {
    wires
        .iter()
        .enumerate()
        .map(|(i, wire)| {
            let clip = format!("clip-{key}-{i}");
            let class = classes!("wire", flow(world, site, wire));
            let d = path(&wire.points);
            if !over {
                return html! { <path key={i} {class} {d} /> };
            }
            let rects = plan.rooms.iter().filter(|r| wire.through.contains(&r.0)).map(|(_, r)| {
                html! {
                    <rect x={r.x.to_string()} y={r.y.to_string()} width={r.w.to_string()} height={r.h.to_string()} />
                }
            });
            html! {
                <g key={i}>
                    <clipPath id={clip.clone()}>{ for rects }</clipPath>
                    <path {class} {d} clip-path={format!("url(#{clip})")} />
                </g>
            }
        })
        .collect()
}

/// What a breaker or feed shows.
#[derive(Properties, PartialEq)]
pub struct BreakerProps {
    /// The run.
    pub run: Shared<Run>,
    /// The element.
    pub element: ElementId,
    /// Its state.
    pub state: ElementState,
    /// Its place.
    pub at: (f64, f64),
    /// What is in hand.
    pub armed: Option<(Arm, Time)>,
    /// It is selected.
    pub selected: bool,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

/// A panel's breaker, a feed, a source.
#[component]
pub fn Breaker(props: &BreakerProps) -> Html {
    let (world, locale, (x, y)) = (&props.run.world, props.locale, props.at);
    let element = &world[props.element];
    let panel = matches!(element.kind, ElementKind::Panel { .. });
    let name = events::element(locale, element);
    let site = &world[element.site];
    let label = locale.with(
        Msg::LabelElement,
        &[("name", &name), ("site", locale.name(&site.name)), ("state", &props.state.said(locale))],
    );
    let subject = Subject::Element(props.element);
    let target = target(&props.run, props.armed, subject, locale, label);
    let flow = current(props.state);
    let class = classes!(
        "breaker",
        flow,
        (!panel).then_some("source"),
        props.selected.then_some("selected"),
        target.class()
    );
    let kind = if panel { "panel" } else { "element" };
    let sign = if flow == "dead" { "s-nopower" } else { "i-bolt" };
    html! {
        <g {class} role="button" tabindex="-1" data-stop="" aria-label={target.label.clone()}
            data-testid={format!("{kind}-{}-{}", site.key, element.key)} data-key={format!("element:{}", props.element.0)}
            ondragover={target.over()} ondrop={target.dropped(&props.send)}
            onclick={target.click(&props.send, subject)} onkeydown={target.key(&props.send, subject)}>
            <title>{ &target.label }</title>
            <rect class="reach" x={(x - 10.0).to_string()} y={(y - 10.0).to_string()} width="20" height="20" />
            <circle class="disc" cx={x.to_string()} cy={y.to_string()} r={if panel { "8" } else { "6.8" }} />
            { mark(sign, x - 5.5, y - 5.5, 11.0) }
        </g>
    }
}

/// Elements that get a sign of their own: panels and feeds; a source inside a room is told by the room.
pub fn signs(run: &Run, anchors: &[(ElementId, Anchor)]) -> Vec<(ElementId, (f64, f64))> {
    anchors
        .iter()
        .filter(|(e, anchor)| {
            matches!(run.world[*e].kind, ElementKind::Panel { .. } | ElementKind::Utility)
                || !matches!(anchor, Anchor::Room(..))
        })
        .map(|(e, anchor)| (*e, anchor.point()))
        .collect()
}
