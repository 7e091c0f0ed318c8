//! A building as a cut-away picture.

use super::power::{Breaker, cables, signs};
use super::rooms::{TechnicalRoom, face, look, target};
use super::tiles::Tile;
use super::{Send, Shared};
use crate::browser::size::use_size;
use crate::layout::building::{HallBox, Plan, ZoneBox, plan};
use crate::layout::text;
use crate::layout::wires::{anchors, wires};
use crate::state::Arm;
use crate::state::moment::{SiteNow, Supply};
use crate::state::run::Run;
use crate::words::numbers::clock;
use crate::words::states::Named;
use crate::words::{Locale, Msg, events};
use bridge_engine::Time;
use bridge_engine::trace::{ElementState, SiteState, Subject};
use bridge_engine::world::{ElementId, ElementKind, SiteId};
use yew::prelude::*;

/// What a building shows.
#[derive(Properties, PartialEq)]
pub struct BuildingProps {
    /// The run.
    pub run: Shared<Run>,
    /// The building.
    pub id: SiteId,
    /// Its state.
    pub now: Shared<SiteNow>,
    /// What is in hand.
    pub armed: Option<(Arm, Time)>,
    /// What is selected.
    pub selected: Option<Subject>,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

/// A building.
#[component]
pub fn Building(props: &BuildingProps) -> Html {
    let node = use_node_ref();
    let (width, height) = use_size(&node);
    let drawn = use_memo((props.run.clone(), props.id, width as u32, height as u32), |(run, id, w, h)| {
        let plan = plan(&run.world, *id, f64::from(*w), f64::from(*h));
        let anchors = anchors(&run.world, *id, &plan);
        let wires = wires(&run.world, &plan, &anchors);
        (plan, anchors, wires)
    });
    let (plan, anchors, wires) = &*drawn;
    let world = &props.run.world;
    let key = &world[props.id].key;
    let label = props.locale.with(
        Msg::LabelSite,
        &[("name", props.locale.name(&world[props.id].name)), ("badge", &props.now.badge.said(props.locale))],
    );
    html! {
        <div class="building" ref={node}>
            if plan.size.0 > 0.0 {
                <svg width={width.to_string()} height={height.to_string()} role="group" aria-label={label} data-roving="">
                    { shell(plan, props.locale) }
                    { for plan.halls.iter().map(|hall| hall_box(props, hall)) }
                    { cables(world, plan, wires, &props.now, key, false) }
                    { for plan.rooms.iter().enumerate().map(|(i, (room, rect))| html! {
                        <TechnicalRoom key={room.0} run={props.run.clone()} room={*room} rect={*rect} site={props.now.clone()}
                            compact={plan.compact} armed={props.armed} stop={i == 0}
                            selected={props.selected == Some(Subject::Room(*room))}
                            locale={props.locale} send={props.send.clone()} />
                    }) }
                    <g class="over">{ cables(world, plan, wires, &props.now, key, true) }</g>
                    { for plan.zones.iter().map(|zone| zone_title(props, plan, zone)) }
                    { for plan.tiles.iter().enumerate().map(|(i, (pool, rect))| html! {
                        <Tile key={pool.0} run={props.run.clone()} pool={*pool} rect={*rect} now={props.now.pool(*pool)}
                            armed={props.armed} stop={i == 0 && plan.rooms.is_empty()}
                            selected={props.selected == Some(Subject::Service(world[*pool].service))}
                            locale={props.locale} send={props.send.clone()} />
                    }) }
                    { for signs(&props.run, anchors).into_iter().map(|(element, at)| html! {
                        <Breaker key={element.0} run={props.run.clone()} {element} state={props.now.element(element)} {at}
                            armed={props.armed} selected={props.selected == Some(Subject::Element(element))}
                            locale={props.locale} send={props.send.clone()} />
                    }) }
                    { supply(props, plan, anchors.iter().filter(|a| world[a.0].kind == ElementKind::Utility).count()) }
                </svg>
            }
        </div>
    }
}

/// Roof and street.
fn shell(plan: &Plan, locale: Locale) -> Html {
    let (w, street) = (plan.size.0, plan.street);
    let right = w - 4.0;
    html! {
        <g class="shell" aria-hidden="true">
            if !plan.compact {
                <path class="roof" d={format!("M0 8H{right:.0}M18 8V3H40V8M{:.0} 8V1H{:.0}V8", right - 66.0, right - 34.0)} />
            } else {
                <path class="roof" d={format!("M0 3H{right:.0}")} />
            }
            <path class="street" d={format!("M-20 {street:.1}H{:.1}", w + 20.0)} />
            if !plan.compact {
                <text aria-hidden="true" class="street-words" x={(w - 2.0).to_string()} y={(street - 3.0).to_string()} text-anchor="end" font-size="10">
                    { locale.say(Msg::StreetLevel) }
                </text>
            }
        </g>
    }
}

fn live(now: &SiteNow, panels: impl Iterator<Item = ElementId>) -> bool {
    let mut any = false;
    for panel in panels {
        any = true;
        if matches!(now.element(panel), ElementState::Live | ElementState::OnBattery) {
            return true;
        }
    }
    // A hall without panels has lamps of its own.
    !any
}

fn hall_box(props: &BuildingProps, hall: &HallBox) -> Html {
    let (world, locale) = (&props.run.world, props.locale);
    let Some(room) = hall.room else { return face_only(hall) };
    let (state, _) = props.now.room(room);
    let site = world[room].site;
    let panels = (0..world.elements.len()).map(ElementId::at).filter(|e| {
        world[*e].site == site
            && world[*e].room == Some(room)
            && matches!(world[*e].kind, ElementKind::Panel { .. })
    });
    let dark = !live(&props.now, panels);
    let wet = props.now.state == SiteState::Flooding && state != bridge_engine::trace::RoomState::Ok;
    let name = locale.name(&world[room].name);
    let label = locale.with(
        Msg::LabelRoom,
        &[("name", name), ("site", locale.name(&world[site].name)), ("state", &state.said(locale))],
    );
    let subject = Subject::Room(room);
    let target = target(&props.run, props.armed, subject, locale, label);
    let class = classes!(
        "room",
        "hall",
        look(state),
        dark.then_some("dark"),
        (props.selected == Some(subject)).then_some("selected"),
        target.class()
    );
    html! {
        <g key={room.0} {class} role="button" tabindex="-1" data-stop="" aria-label={target.label.clone()}
            data-testid={format!("room-{}-{}", world[site].key, world[room].key)} data-key={format!("room:{}", room.0)}
            ondragover={target.over()} ondrop={target.dropped(&props.send)}
            onclick={target.click(&props.send, subject)} onkeydown={target.key(&props.send, subject)}>
            <title>{ &target.label }</title>
            { face(hall.rect, state, dark && !hall.frame, wet) }
            if hall.frame {
                <text aria-hidden="true" class="room-name" x={(hall.rect.x + 8.0).to_string()} y={(hall.rect.y + 12.5).to_string()} font-size="11">
                    { text::fit(name, 11.0, hall.rect.w - 20.0) }
                </text>
            }
        </g>
    }
}

fn face_only(hall: &HallBox) -> Html {
    let r = hall.rect;
    html! {
        <g class="room hall as-built">
            <rect class="face" x={r.x.to_string()} y={r.y.to_string()} width={r.w.to_string()} height={r.h.to_string()} rx="6" />
        </g>
    }
}

fn zone_title(props: &BuildingProps, plan: &Plan, zone: &ZoneBox) -> Html {
    let (world, locale, r) = (&props.run.world, props.locale, zone.rect);
    let panels: Vec<String> =
        zone.panels.iter().rev().map(|p| events::element(locale, &world[p.0])).collect();
    let panels = panels.join(" · ");
    let hall = zone.room.filter(|_| zone.alone).map(|room| locale.name(&world[room].name));
    let words = match hall {
        Some(hall) if zone.panels.len() < 3 => {
            locale.with(Msg::ZonePanel, &[("hall", hall), ("panels", &panels)])
        }
        Some(hall) => hall.to_owned(),
        None => panels,
    };
    let dark = !live(&props.now, zone.panels.iter().map(|p| p.0));
    let size = if plan.compact { 10.5 } else { 11.5 };
    let space = r.w - 20.0 - 17.0 * zone.panels.len() as f64;
    html! {
        <g key={zone.panels.first().map_or(0, |p| p.0.0)} class={classes!("zone", dark.then_some("dark"))}>
            if !zone.alone {
                <rect class="zone-face" x={r.x.to_string()} y={r.y.to_string()} width={r.w.to_string()} height={r.h.to_string()} rx="5" />
                if dark {
                    <rect class="hatching" x={r.x.to_string()} y={r.y.to_string()} width={r.w.to_string()} height={r.h.to_string()} rx="5" />
                }
            }
            <text aria-hidden="true" class="room-name" x={(r.x + 8.0).to_string()} y={(r.y + if plan.compact { 13.0 } else { 15.0 }).to_string()}
                font-size={size.to_string()}>
                { text::fit(&words, size, space) }
            </text>
        </g>
    }
}

/// Where the power comes from, in words beside the street's cable.
fn supply(props: &BuildingProps, plan: &Plan, feeds: usize) -> Html {
    let locale = props.locale;
    let since = |message: Msg, at: Time| locale.with(message, &[("at", &clock(at))]);
    if plan.compact {
        return Html::default();
    }
    let (words, alarm) = match props.now.supply {
        Supply::Street => {
            let feeds = locale.with(Msg::FeedsCount, &[("n", &feeds.to_string())]);
            (format!("{} · {feeds}", locale.say(Msg::FeedUtility)), false)
        }
        Supply::Battery(at) => (since(Msg::FeedBattery, at), true),
        Supply::Generators(at) => (since(Msg::FeedOnGenerators, at), true),
        Supply::Cut(at) => (since(Msg::FeedCut, at), true),
        Supply::Lost(at) => (since(Msg::FeedLost, at), true),
    };
    html! {
        <text class={classes!("supply", alarm.then_some("alarm"))} x={(plan.size.0 - 2.0).to_string()}
            y={(plan.size.1 - 3.0).to_string()} text-anchor="end" font-size="10.5">
            { text::fit(&words, 10.5, plan.size.0 * 0.62) }
        </text>
    }
}
