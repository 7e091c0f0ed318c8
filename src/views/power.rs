//! The power path through a building, and its breakers.

use super::building::BuildingProps;
use super::icons::{current, mark};
use super::rooms::{is_chosen, target};
use super::shapes::{Part, button, px, rect};
use crate::layout::Rect;
use crate::layout::building::Plan;
use crate::layout::wires::{Anchor, Wire, path};
use crate::state::moment::SiteNow;
use crate::words::states::Named;
use crate::words::{Msg, events};
use bridge_engine::World;
use bridge_engine::trace::{ElementState, Subject};
use bridge_engine::world::{ElementId, ElementKind};
use yew::prelude::*;

const fn gives(state: ElementState) -> bool {
    state.gives()
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
            let rects =
                plan.rooms.iter().filter(|r| wire.through.contains(&r.0)).map(|(_, r)| rect("", *r, 0.0));
            html! {
                <g key={i}>
                    <clipPath id={clip.clone()}>{ for rects }</clipPath>
                    <path {class} {d} clip-path={format!("url(#{clip})")} />
                </g>
            }
        })
        .collect()
}

/// A panel's breaker, a feed, a source.
pub fn breaker(props: &BuildingProps, id: ElementId, (x, y): (f64, f64)) -> Html {
    let (world, locale, state) = (&*props.world, props.locale, props.now.element(id));
    let (element, subject) = (&world[id], Subject::Element(id));
    let site = &world[element.site];
    let panel = matches!(element.kind, ElementKind::Panel { .. });
    let label = locale.with(
        Msg::LabelElement,
        &[
            ("name", &events::element(locale, element)),
            ("site", locale.name(&site.name)),
            ("state", &state.said(locale)),
        ],
    );
    let target = target(&props.world, props.armed, subject, locale, label);
    let flow = current(state);
    let part = Part {
        class: classes!(
            "breaker",
            flow,
            (!panel).then_some("source"),
            is_chosen(props.selected, &props.also, subject).then_some("selected")
        ),
        id: format!("{}-{}-{}", if panel { "panel" } else { "element" }, site.key, element.key),
        select: subject,
        stop: false,
        tip: None,
        drag: None,
        words: Html::default(),
    };
    let sign = if flow == "dead" { "s-nopower" } else { "i-bolt" };
    let inside = html! {
        <>
            { rect("reach", Rect::new(x - 10.0, y - 10.0, 20.0, 20.0), 0.0) }
            <circle class="disc" cx={px(x)} cy={px(y)} r={if panel { "8" } else { "6.8" }} />
            { mark(sign, x - 5.5, y - 5.5, 11.0) }
        </>
    };
    button(part, &target, &props.send, inside)
}

/// Elements that get a sign of their own: panels and feeds; a source inside a room is told by the room.
pub fn signs(world: &World, anchors: &[(ElementId, Anchor)]) -> Vec<(ElementId, (f64, f64))> {
    anchors
        .iter()
        .filter(|(e, anchor)| {
            matches!(world[*e].kind, ElementKind::Panel { .. } | ElementKind::Utility)
                || !matches!(anchor, Anchor::Room(..))
        })
        .map(|(e, anchor)| (*e, anchor.point()))
        .collect()
}
