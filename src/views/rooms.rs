//! Rooms, and what it means to click one: a question, or the drop of what is in hand.

use super::Send;
use super::building::BuildingProps;
use super::shapes::{Part, button, path, px, rect, text as words_at};
use crate::layout::{Rect, text};
use crate::state::{Action, Arm, aim};
use crate::views::icons::mark;
use crate::words::numbers::clock;
use crate::words::states::Named;
use crate::words::{Locale, Msg, events};
use bridge_engine::trace::{ElementState, RoomState, SiteState, Subject};
use bridge_engine::world::{ElementKind, RoomId, RoomKind};
use bridge_engine::{Time, World};
use yew::prelude::*;

/// What a click on something in a building does, and how it is said aloud.
pub struct Target {
    /// Its label.
    pub label: String,
    /// What happens if what is in hand is dropped on it; none: it is selected.
    drops: Option<Action>,
    /// Something is in hand that it cannot take.
    dim: bool,
}

/// It is selected, or chosen in addition.
pub fn is_chosen(selected: Option<Subject>, also: &[Subject], of: Subject) -> bool {
    selected == Some(of) || also.contains(&of)
}

/// The target that a subject is at present.
pub fn target(
    world: &World,
    armed: Option<(Arm, Time)>,
    of: Subject,
    locale: Locale,
    label: String,
) -> Target {
    let Some((arm, at)) = armed else { return Target { label, drops: None, dim: false } };
    let Some(drops) = aim(world, arm, of) else { return Target { label, drops: None, dim: true } };
    let message = match arm {
        Arm::Fire => Msg::LabelDropFire,
        Arm::Trip => Msg::LabelDropTrip,
        Arm::Crash => Msg::LabelDropCrash,
        Arm::Move(_) => Msg::LabelDropMove,
        Arm::Need(_) => Msg::LabelDropNeed,
        _ => Msg::LabelDropOther,
    };
    let label = locale.with(message, &[("name", &events::place(locale, world, of)), ("at", &at.to_string())]);
    Target { label, drops: Some(drops), dim: false }
}

impl Target {
    /// Its look.
    pub const fn class(&self) -> Option<&'static str> {
        match (self.drops.is_some(), self.dim) {
            (true, _) => Some("target"),
            (false, true) => Some("off-target"),
            (false, false) => None,
        }
    }

    /// What a click, Enter or Space does.
    pub fn action(&self, select: Subject) -> Action {
        self.drops.clone().unwrap_or(Action::Select(select))
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
        let (drops, send) = (self.drops.clone(), send.clone());
        Callback::from(move |event: DragEvent| {
            if let Some(action) = &drops {
                event.prevent_default();
                event.stop_propagation();
                send.emit(action.clone());
            }
        })
    }

    /// What letting go of servers over it sends: they are dragged by the pointer itself, which touch has too.
    pub fn released(&self, send: &Send) -> Option<Callback<PointerEvent>> {
        let action = self.drops.clone().filter(|action| matches!(action, Action::Edit(_)))?;
        Some(send.reform(move |_| action.clone()))
    }
}

/// A technical room. `stop`: the Tab key enters the picture here. What is written in it is [`written`], above the wires.
pub fn technical_room(props: &BuildingProps, id: RoomId, at: Rect, stop: bool) -> Html {
    let (state, since) = props.now.room(id);
    let (words, dark) = words(props, id, state, since);
    let spoken = if words.is_empty() { state.said(props.locale) } else { words };
    room_button(
        props,
        id,
        (&spoken, Html::default()),
        dark,
        stop,
        face(at, state, dark, is_wet(props, state)),
    )
}

/// Name and state of a technical room, as far as there is space.
pub fn written(props: &BuildingProps, id: RoomId, at: Rect, compact: bool) -> Html {
    let room = &props.world[id];
    let (state, since) = props.now.room(id);
    let (words, dark) = words(props, id, state, since);
    let name = props.locale.name(&room.name);
    let (text_size, pad, top) = if compact { (10.0, 4.0, 11.0) } else { (11.5, 8.0, 16.0) };
    let inner = at.w - 2.0 * pad;
    let named = text::width(name, text_size) <= inner + 2.0 || at.w >= 56.0;
    html! {
        <g class={classes!("room", "above", look(state), dark.then_some("dark"))}>
            if named {
                { words_at("room-name", (at.x + pad, at.y + top), text_size, text::fit(name, text_size, inner)) }
            } else {
                <g class="room-sign">{ mark(kind_sign(room.kind), at.cx() - 6.5, at.y + 3.5, 13.0) }</g>
            }
            if !compact { { words_at("room-words", (at.x + pad, at.bottom() - 7.0), 10.5, text::fit(&words, 10.5, inner)) } }
        </g>
    }
}

/// Water stands in it.
pub fn is_wet(props: &BuildingProps, state: RoomState) -> bool {
    state == RoomState::Flooded
        || (props.now.state == SiteState::Flooding && !matches!(state, RoomState::Ok | RoomState::Smoky))
}

/// Any room as something to point at, with what is said of it and what is written on it.
pub fn room_button(
    props: &BuildingProps,
    id: RoomId,
    (spoken, words): (&str, Html),
    dark: bool,
    stop: bool,
    inside: Html,
) -> Html {
    let (world, locale) = (&*props.world, props.locale);
    let (room, subject) = (&world[id], Subject::Room(id));
    let site = &world[room.site];
    let label = locale.with(
        Msg::LabelRoom,
        &[("name", locale.name(&room.name)), ("site", locale.name(&site.name)), ("state", spoken)],
    );
    let target = target(&props.world, props.armed, subject, locale, label);
    let part = Part {
        class: classes!(
            "room",
            look(props.now.room(id).0),
            (room.kind == RoomKind::Hall).then_some("hall"),
            dark.then_some("dark"),
            is_chosen(props.selected, &props.also, subject).then_some("selected")
        ),
        id: format!("room-{}-{}", site.key, room.key),
        select: subject,
        stop,
        tip: None,
        drag: None,
        words,
    };
    button(part, &target, &props.send, inside)
}

/// A room's box with what happens in it: glow and flame, hatching, water.
pub fn face(at: Rect, state: RoomState, dark: bool, wet: bool) -> Html {
    let flame = (at.h * 0.5).min(24.0);
    html! {
        <>
            { rect("face", at, 6.0) }
            if dark || state == RoomState::Burnt { { rect("hatching", at, 6.0) } }
            if state == RoomState::Burning {
                <ellipse class="glow" cx={px(at.cx())} cy={px(at.cy())} rx={px((at.w * 0.62).min(110.0))}
                    ry={px((at.h * 0.85).min(70.0))} />
                <g class="flame">{ mark("i-fire", at.right() - flame - 5.0, at.cy() - flame / 2.0, flame) }</g>
            }
            if wet { { path("water", waves(at)) } }
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
pub const fn kind_sign(kind: RoomKind) -> &'static str {
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
        RoomState::Damaged | RoomState::Smoky | RoomState::Flooded => "damaged",
        RoomState::Warm | RoomState::Hot => "warm",
    }
}

/// What the room says of itself, and whether it is dark.
fn words(props: &BuildingProps, id: RoomId, state: RoomState, since: Time) -> (String, bool) {
    let (world, locale) = (&*props.world, props.locale);
    match state {
        RoomState::Burning | RoomState::Burnt => return (state.said(locale), state == RoomState::Burnt),
        RoomState::Damaged => return (locale.with(Msg::RoomOut, &[("at", &clock(since))]), false),
        RoomState::Warm | RoomState::Hot => return (state.said(locale), state == RoomState::Hot),
        RoomState::Smoky | RoomState::Flooded => return (state.said(locale), true),
        RoomState::Ok => {}
    }
    let inside: Vec<ElementState> = props
        .now
        .elements
        .iter()
        .filter(|e| world[e.0].room == Some(id) && !matches!(world[e.0].kind, ElementKind::Panel { .. }))
        .map(|e| e.1)
        .collect();
    let dark = props.now.power_gone();
    if let Some(worst) = inside.iter().find(|s| !matches!(s, ElementState::Live | ElementState::Ready)) {
        return (worst.said(locale), dark);
    }
    match inside.first() {
        Some(state) => (state.said(locale), dark),
        None if dark => (locale.say(Msg::RoomDark), true),
        None => (String::new(), false),
    }
}
