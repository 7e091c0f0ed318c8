//! A building as a cut-away picture.

use super::crowd::{Count, counted, numbers, said, squares};
use super::icons::Sign;
use super::power::{breaker, cables, signs};
use super::rooms::{face, is_wet, room_button, target, technical_room, written};
use super::shapes::{path, px, rect, text as words_at, text_end, view_box};
use super::tiles::tile;
use super::{Send, Shared, click};
use crate::browser::size::{use_size, zoom};
use crate::layout::building::{HallBox, Plan, ZoneBox, elements_of, plan};
use crate::layout::wires::{anchors, wires};
use crate::layout::{Rect, text};
use crate::state::moment::{Badge, SiteNow, Supply};
use crate::state::{Action, Arm, aim};
use crate::words::numbers::{clock, grouped};
use crate::words::states::Named;
use crate::words::{Locale, Msg, events};
use bridge_engine::trace::{PoolState, Subject};
use bridge_engine::world::{ElementId, ElementKind, SiteId};
use bridge_engine::{Time, World};
use std::rc::Rc;
use yew::prelude::*;

/// What a building shows.
#[derive(Properties, PartialEq)]
pub struct BuildingProps {
    /// The world it stands in, or one in which it is just like that.
    pub world: Shared<World>,
    /// The building.
    pub id: SiteId,
    /// Its state.
    pub now: Shared<SiteNow>,
    /// There is no room to draw it: its servers are counted.
    pub counted: bool,
    /// What is in hand.
    pub armed: Option<(Arm, Time)>,
    /// It is being designed.
    pub design: bool,
    /// What is selected.
    pub selected: Option<Subject>,
    /// What else is chosen.
    pub also: Rc<Vec<Subject>>,
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
    let drawn = use_memo(
        (props.world.clone(), props.id, props.counted, width as u32, height as u32),
        |(world, id, counted, w, h)| {
            let zoom = zoom();
            let plan = if *counted {
                Plan::default()
            } else {
                plan(world, *id, f64::from(*w) / zoom, f64::from(*h) / zoom)
            };
            let anchors = anchors(world, *id, &plan);
            let wires = wires(world, &plan, &anchors);
            (plan, anchors, wires)
        },
    );
    let (plan, anchors, wires) = &*drawn;
    let world = &*props.world;
    let key = &world[props.id].key;
    // What is dropped on a building may be dropped anywhere on it; its name is the button for it.
    let whole = props.armed.filter(|(arm, _)| arm.is_for_sites());
    let whole = whole
        .and_then(|(arm, _)| aim(world, arm, Subject::Site(props.id)))
        .map(|action| click(&props.send, action));
    let label = props.locale.with(
        Msg::LabelSite,
        &[("name", props.locale.name(&world[props.id].name)), ("badge", &props.now.badge.said(props.locale))],
    );
    let onclick =
        whole.clone().or(props.counted.then(|| click(&props.send, Action::Select(Subject::Site(props.id)))));
    let states: Vec<PoolState> = props.now.pools.iter().map(|p| p.1.state).collect();
    let counts = if props.counted { counted(&states, props.locale) } else { Vec::new() };
    let class = classes!(
        "card",
        "site",
        look(props.now.badge),
        whole.map(|_| "target"),
        props.counted.then_some("counted")
    );
    html! {
        <article {class} data-testid={format!("site-{key}")} {onclick}>
            { heading(props, &counts) }
            <div class="building" ref={node}>
                if props.counted && height > 4.0 {
                    { squares(&states.iter().map(|s| s.sign()).collect::<Vec<_>>(), (width, height), [label, said(&counts)].join(", ")) }
                } else if plan.size.0 > 0.0 {
                    <svg width={px(width)} height={px(height)} viewBox={view_box(plan.size)} role="group" aria-label={label} data-roving="">
                        { shell(plan, props.locale) }
                        { for plan.halls.iter().map(|hall| hall_box(props, hall)) }
                        { cables(world, plan, wires, &props.now, key, false) }
                        { for plan.rooms.iter().enumerate().map(|(i, (room, at))| technical_room(props, *room, *at, i == 0)) }
                        <g class="over">{ cables(world, plan, wires, &props.now, key, true) }</g>
                        { for plan.rooms.iter().map(|(room, at)| written(props, *room, *at, plan.compact)) }
                        { for plan.zones.iter().map(|zone| zone_title(props, plan, zone)) }
                        { for plan.tiles.iter().enumerate().map(|(i, (pool, at))| tile(props, *pool, *at, i == 0 && plan.rooms.is_empty())) }
                        { for signs(&props.world, anchors).into_iter().map(|(element, at)| breaker(props, element, at)) }
                        { supply(props, plan, feeds(world, props.id)) }
                    </svg>
                }
            </div>
        </article>
    }
}

/// Name, badge, and kind or counts.
fn heading(props: &BuildingProps, counts: &[Count]) -> Html {
    let (world, locale) = (&*props.world, props.locale);
    let (site, id) = (&world[props.id], props.id);
    let servers: f64 = world.pools.iter().filter(|p| p.site == id).map(|p| f64::from(p.servers)).sum();
    let servers = locale.with(Msg::SiteServers, &[("n", &grouped(servers))]);
    let line = [locale.name(&world[site.region].name), &site.operator.said(locale), &servers].join(" · ");
    let name = locale.name(&site.name).to_owned();
    let target = target(&props.world, props.armed, Subject::Site(id), locale, name.clone());
    let label = props.armed.is_some().then(|| target.label.clone());
    let onclick = click(&props.send, target.action(Subject::Site(id)));
    html! {
        <header>
            <h2><button class={classes!("plain", "site-name", target.class())} data-testid={format!("name-{}", site.key)} aria-label={label}
                {onclick} onpointerup={target.released(&props.send)}>{ name }</button></h2>
            <strong class="badge" data-testid={format!("badge-{}", site.key)}>{ props.now.badge.said(locale) }</strong>
            if props.counted { { numbers(counts) } } else { <p>{ line }</p> }
        </header>
    }
}

/// The sign of a badge.
pub const fn look(badge: Badge) -> &'static str {
    match badge {
        Badge::Up | Badge::Carrying => "s-up",
        Badge::Standby => "s-standby",
        Badge::TakingOver | Badge::Recovering => "s-restarting",
        Badge::Fire
        | Badge::Water
        | Badge::WaterPart
        | Badge::Barred
        | Badge::BarredPart
        | Badge::NoPower => "s-down",
        Badge::PartPower => "s-degraded",
    }
}

/// Roof and street.
fn shell(plan: &Plan, locale: Locale) -> Html {
    let (w, street) = (plan.size.0, plan.street);
    let right = w - 4.0;
    let roof = if plan.compact {
        format!("M0 3H{right:.0}")
    } else {
        format!("M0 8H{right:.0}M18 8V3H40V8M{:.0} 8V1H{:.0}V8", right - 66.0, right - 34.0)
    };
    html! {
        <g class="shell" aria-hidden="true">
            { path("roof", roof) }
            { path("street", format!("M-20 {street:.1}H{:.1}", w + 20.0)) }
            if !plan.compact {
                { words_at("street-words", (1.0, street - 3.0), 10.0, locale.say(Msg::StreetLevel)) }
            }
        </g>
    }
}

fn live(now: &SiteNow, panels: impl Iterator<Item = ElementId>) -> bool {
    let mut any = false;
    for panel in panels {
        any = true;
        if now.element(panel).gives() {
            return true;
        }
    }
    // A hall without panels has lamps of its own.
    !any
}

fn hall_box(props: &BuildingProps, hall: &HallBox) -> Html {
    let (world, locale, at) = (&*props.world, props.locale, hall.rect);
    let Some(room) = hall.room else {
        return html! { <g class="room hall as-built">{ rect("face", at, 6.0) }</g> };
    };
    let (state, _) = props.now.room(room);
    let panels = props
        .now
        .elements
        .iter()
        .map(|e| e.0)
        .filter(|e| world[*e].room == Some(room) && matches!(world[*e].kind, ElementKind::Panel { .. }));
    let dark = !live(&props.now, panels);
    let name = text::fit(locale.name(&world[room].name), 11.0, at.w - 20.0);
    let words = if hall.frame {
        words_at("room-name", (at.x + 8.0, at.y + 12.5), 11.0, name)
    } else {
        Html::default()
    };
    let inside = face(at, state, dark && !hall.frame, is_wet(props, state));
    room_button(props, room, (&state.said(locale), words), dark, false, inside)
}

/// A little smaller, so that the hall's own outline is seen around it.
const fn inset(r: Rect) -> Rect {
    Rect::new(r.x + 2.5, r.y + 2.0, r.w - 5.0, r.h - 4.0)
}

fn zone_title(props: &BuildingProps, plan: &Plan, zone: &ZoneBox) -> Html {
    let (world, locale, r) = (&*props.world, props.locale, zone.rect);
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
    let top = r.y + if plan.compact { 13.0 } else { 15.0 };
    html! {
        <g class={classes!("zone", dark.then_some("dark"))}>
            if !zone.alone {
                { rect("zone-face", inset(r), 5.0) }
                if dark { { rect("hatching", inset(r), 5.0) } }
            }
            { words_at("room-name", (r.x + 8.0, top), size, text::fit(&words, size, space)) }
        </g>
    }
}

/// Where the power comes from, in words beside the street's cable.
fn supply(props: &BuildingProps, plan: &Plan, feeds: usize) -> Html {
    if plan.compact {
        return Html::default();
    }
    let (words, alarm) = supply_words(props.locale, props.now.supply, feeds);
    let class = if alarm { "supply alarm" } else { "supply" };
    text_end(class, (plan.size.0 - 2.0, plan.size.1 - 3.0), 10.5, text::fit(&words, 10.5, plan.size.0 * 0.62))
}

/// Where the power comes from, and whether that is out of the ordinary.
pub fn supply_words(locale: Locale, supply: Supply, feeds: usize) -> (String, bool) {
    let since = |message: Msg, at: Time| locale.with(message, &[("at", &clock(at))]);
    match supply {
        Supply::Street => {
            let feeds = locale.with(Msg::FeedsCount, &[("n", &feeds.to_string())]);
            (format!("{} · {feeds}", locale.say(Msg::FeedUtility)), false)
        }
        Supply::Battery(at) => (since(Msg::FeedBattery, at), true),
        Supply::Generators(at) => (since(Msg::FeedOnGenerators, at), true),
        Supply::Cut(at) => (since(Msg::FeedCut, at), true),
        Supply::Lost(at) => (since(Msg::FeedLost, at), true),
    }
}

/// How many lines the street has to a site.
pub fn feeds(world: &World, site: SiteId) -> usize {
    elements_of(world, site).filter(|e| world[*e].kind == ElementKind::Utility).count()
}

impl Named for Badge {
    fn message(self) -> Msg {
        match self {
            Self::Up => Msg::BadgeUp,
            Self::Standby => Msg::BadgeStandby,
            Self::Carrying => Msg::BadgeCarrying,
            Self::TakingOver => Msg::BadgeTakingOver,
            Self::Fire => Msg::BadgeFire,
            Self::Water => Msg::BadgeWater,
            Self::WaterPart => Msg::BadgeWaterPart,
            Self::Barred => Msg::BadgeBarred,
            Self::BarredPart => Msg::BadgeBarredPart,
            Self::NoPower => Msg::BadgeNoPower,
            Self::PartPower => Msg::BadgePartPower,
            Self::Recovering => Msg::BadgeRecovering,
        }
    }
}
