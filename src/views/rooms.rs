//! Rooms, and what it means to click one: a question, or the drop of what is in hand.

use super::{Send, Shared};
use crate::layout::{Rect, text};
use crate::state::moment::SiteNow;
use crate::state::run::Run;
use crate::state::{Action, Arm, aim};
use crate::views::icons::mark;
use crate::words::numbers::clock;
use crate::words::states::Named;
use crate::words::{Locale, Msg, events};
use bridge_engine::Time;
use bridge_engine::trace::{ElementState, RoomState, SiteState, Subject};
use bridge_engine::world::{Action as Incident, ElementKind, RoomId, RoomKind};
use yew::prelude::*;

/// What a click on something in a building does, and how it is said aloud.
pub struct Target {
    /// Its label.
    pub label: String,
    /// What is dropped on it; none: it is selected.
    drops: Option<Incident>,
    /// Something is in hand that it cannot take.
    dim: bool,
}

/// The target that a subject is at present.
pub fn target(run: &Run, armed: Option<(Arm, Time)>, of: Subject, locale: Locale, label: String) -> Target {
    let Some((arm, at)) = armed else { return Target { label, drops: None, dim: false } };
    let Some(drops) = aim(&run.world, arm, of) else { return Target { label, drops: None, dim: true } };
    let message = match arm {
        Arm::Fire => Msg::LabelDropFire,
        Arm::Trip => Msg::LabelDropTrip,
        Arm::Crash => Msg::LabelDropCrash,
    };
    let label =
        locale.with(message, &[("name", &events::place(locale, &run.world, of)), ("at", &at.to_string())]);
    Target { label, drops: Some(drops), dim: false }
}

impl Target {
    /// Its look.
    pub const fn class(&self) -> Option<&'static str> {
        match (self.drops, self.dim) {
            (Some(_), _) => Some("target"),
            (None, true) => Some("off-target"),
            (None, false) => None,
        }
    }

    fn action(&self, select: Subject) -> Action {
        self.drops.map_or(Action::Select(select), Action::Drop)
    }

    /// What a click sends.
    pub fn click(&self, send: &Send, select: Subject) -> Callback<MouseEvent> {
        let action = self.action(select);
        send.reform(move |event: MouseEvent| {
            event.stop_propagation();
            action.clone()
        })
    }

    /// Whether what is dragged over it may be dropped.
    pub fn over(&self) -> Callback<DragEvent> {
        let takes = self.drops.is_some();
        Callback::from(move |event: DragEvent| {
            if takes {
                event.prevent_default();
            }
        })
    }

    /// What a drop sends.
    pub fn dropped(&self, send: &Send) -> Callback<DragEvent> {
        let (drops, send) = (self.drops, send.clone());
        Callback::from(move |event: DragEvent| {
            if let Some(incident) = drops {
                event.prevent_default();
                event.stop_propagation();
                send.emit(Action::Drop(incident));
            }
        })
    }

    /// What Enter and Space send.
    pub fn key(&self, send: &Send, select: Subject) -> Callback<KeyboardEvent> {
        let (action, send) = (self.action(select), send.clone());
        Callback::from(move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "Enter" | " ") {
                event.prevent_default();
                event.stop_propagation();
                send.emit(action.clone());
            }
        })
    }
}

/// What a technical room shows.
#[derive(Properties, PartialEq)]
pub struct RoomProps {
    /// The run.
    pub run: Shared<Run>,
    /// The room.
    pub room: RoomId,
    /// Its place.
    pub rect: Rect,
    /// Its building.
    pub site: Shared<SiteNow>,
    /// Short form.
    pub compact: bool,
    /// What is in hand.
    pub armed: Option<(Arm, Time)>,
    /// It is selected.
    pub selected: bool,
    /// The one stop of the picture for the Tab key.
    pub stop: bool,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

/// A technical room.
#[component]
pub fn TechnicalRoom(props: &RoomProps) -> Html {
    let (world, rect, locale) = (&props.run.world, props.rect, props.locale);
    let room = &world[props.room];
    let (state, since) = props.site.room(props.room);
    let (words, dark) = words(props, state, since);
    let name = locale.name(&room.name);
    let spoken = if words.is_empty() { state.said(locale) } else { words.clone() };
    let site_name = locale.name(&world[room.site].name);
    let label = locale.with(Msg::LabelRoom, &[("name", name), ("site", site_name), ("state", &spoken)]);
    let subject = Subject::Room(props.room);
    let target = target(&props.run, props.armed, subject, locale, label);
    let wet = props.site.state == SiteState::Flooding && state != RoomState::Ok;
    let class = classes!(
        "room",
        look(state),
        dark.then_some("dark"),
        props.selected.then_some("selected"),
        target.class()
    );
    let key = format!("room-{}-{}", world[room.site].key, room.key);
    let text_size = if props.compact { 10.0 } else { 11.5 };
    let (pad, top) = if props.compact { (4.0, 11.0) } else { (8.0, 16.0) };
    html! {
        <g {class} role="button" tabindex={if props.stop { "0" } else { "-1" }} data-stop="" aria-label={target.label.clone()}
            data-testid={key} data-key={format!("room:{}", props.room.0)}
            ondragover={target.over()} ondrop={target.dropped(&props.send)}
            onclick={target.click(&props.send, subject)} onkeydown={target.key(&props.send, subject)}>
            <title>{ &target.label }</title>
            { face(rect, state, dark, wet) }
            if text::width(name, text_size) <= rect.w - 2.0 * pad + 2.0 || rect.w >= 56.0 {
                <text aria-hidden="true" class="room-name" x={(rect.x + pad).to_string()} y={(rect.y + top).to_string()} font-size={text_size.to_string()}>
                    { text::fit(name, text_size, rect.w - 2.0 * pad) }
                </text>
            } else {
                <g class="room-sign">{ mark(kind_sign(room.kind), rect.cx() - 6.5, rect.y + 3.5, 13.0) }</g>
            }
            if !props.compact {
                <text aria-hidden="true" class="room-words" x={(rect.x + pad).to_string()} y={(rect.bottom() - 7.0).to_string()} font-size="10.5">
                    { text::fit(&words, 10.5, rect.w - 2.0 * pad) }
                </text>
            }
        </g>
    }
}

/// A room's box with what happens in it: glow and flame, hatching, water.
pub fn face(rect: Rect, state: RoomState, dark: bool, wet: bool) -> Html {
    let at = |class: &'static str| {
        html! {
            <rect {class} x={rect.x.to_string()} y={rect.y.to_string()} width={rect.w.to_string()}
                height={rect.h.to_string()} rx="6" />
        }
    };
    let flame = (rect.h * 0.5).min(24.0);
    html! {
        <>
            { at("face") }
            if dark || state == RoomState::Burnt { { at("hatching") } }
            if state == RoomState::Burning {
                <ellipse class="glow" cx={rect.cx().to_string()} cy={rect.cy().to_string()}
                    rx={(rect.w * 0.62).min(110.0).to_string()} ry={(rect.h * 0.85).min(70.0).to_string()} />
                <g class="flame">{ mark("i-fire", rect.right() - flame - 5.0, rect.cy() - flame / 2.0, flame) }</g>
            }
            if wet {
                <path class="water" d={waves(rect)} />
            }
        </>
    }
}

/// Water standing in a room.
fn waves(rect: Rect) -> String {
    let (top, step) = (rect.y + rect.h * 0.58, rect.w / 8.0);
    let mut d = format!("M{:.1} {top:.1}", rect.x);
    for i in 0..8 {
        let dip = if i % 2 == 0 { 2.2 } else { -2.2 };
        d.push_str(&format!("q{:.1} {dip:.1} {step:.1} 0", step / 2.0));
    }
    format!("{d}V{:.1}q0 6 -6 6H{:.1}q-6 0 -6 -6Z", rect.bottom() - 6.0, rect.x + 6.0)
}

/// The sign of a kind of room, where its name has no space.
const fn kind_sign(kind: RoomKind) -> &'static str {
    match kind {
        RoomKind::Hall => "r-hall",
        RoomKind::Battery => "r-battery",
        RoomKind::Ups => "r-ups",
        RoomKind::Electrical => "r-electrical",
        RoomKind::Cable => "r-cable",
        RoomKind::Generator => "r-generator",
        RoomKind::Control => "r-control",
    }
}

/// The class of a room's state.
pub const fn look(state: RoomState) -> &'static str {
    match state {
        RoomState::Ok => "as-built",
        RoomState::Burning => "burning",
        RoomState::Burnt => "burnt",
        RoomState::Damaged => "damaged",
    }
}

/// What the room says of itself, and whether it is dark.
fn words(props: &RoomProps, state: RoomState, since: Time) -> (String, bool) {
    let (world, locale) = (&props.run.world, props.locale);
    match state {
        RoomState::Burning | RoomState::Burnt => return (state.said(locale), state == RoomState::Burnt),
        RoomState::Damaged => return (locale.with(Msg::RoomOut, &[("at", &clock(since))]), false),
        RoomState::Ok => {}
    }
    let inside: Vec<ElementState> = props
        .site
        .elements
        .iter()
        .filter(|e| {
            world[e.0].room == Some(props.room) && !matches!(world[e.0].kind, ElementKind::Panel { .. })
        })
        .map(|e| e.1)
        .collect();
    let dark = props.site.power_gone();
    if let Some(worst) = inside.iter().find(|s| !matches!(s, ElementState::Live | ElementState::Ready)) {
        return (worst.said(locale), dark);
    }
    match inside.first() {
        Some(state) => (state.said(locale), dark),
        None if dark => (locale.say(Msg::RoomDark), true),
        None => (String::new(), false),
    }
}
