//! The project's own signs, drawn once and referred to by name; and the classes that colour a state.

use bridge_engine::trace::{ElementState, Phase, PoolState, ServiceState};
use yew::prelude::*;

/// Every sign, pattern and gradient, to stand once in the page.
#[component]
pub fn Sprite() -> Html {
    html! {
        <svg class="sprite" width="0" height="0" aria-hidden="true">
            <defs>
                <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <line class="hatch-line" x1="0" y1="0" x2="0" y2="7" />
                </pattern>
                <radialGradient id="glow">
                    <stop class="glow-in" offset="0" />
                    <stop class="glow-out" offset="1" />
                </radialGradient>
            </defs>
            { states() }
            { things() }
            { commands() }
        </svg>
    }
}

fn symbol(id: &'static str, inside: Html) -> Html {
    html! { <symbol {id} viewBox="0 0 16 16">{ inside }</symbol> }
}

fn path(d: &'static str) -> Html {
    html! { <path class="ink" {d} /> }
}

fn solid(d: &'static str) -> Html {
    html! { <path class="solid" {d} /> }
}

const BOLT: &str = "M9.2 1.5L3.6 9H7.4L6.6 14.5L12.4 6.8H8.4Z";

fn states() -> Html {
    html! {
        <>
            { symbol("s-up", html! { <circle class="solid" cx="8" cy="8" r="5" /> }) }
            { symbol("s-standby", html! { <circle class="ink" cx="8" cy="8" r="4.4" /> }) }
            { symbol("s-degraded", html! {
                <><circle class="ink" cx="8" cy="8" r="5" /><path class="solid" d="M3 8A5 5 0 0 0 13 8Z" /></>
            }) }
            { symbol("s-down", path("M4 4L12 12M12 4L4 12")) }
            { symbol("s-waiting", path("M5.6 3.6V12.4M10.4 3.6V12.4")) }
            { symbol("s-restarting", path("M13 8A5 5 0 1 1 11 4M11.2 1.4V4.4H8.2")) }
            { symbol("s-nopower", html! { <>{ solid(BOLT) }{ path("M2.5 3L13.5 13") }</> }) }
        </>
    }
}

fn things() -> Html {
    html! {
        <>
            { symbol("i-fire", solid("M8.3 1C9 4 12.8 5.6 12.8 9.8A4.8 4.8 0 0 1 3.2 9.8C3.2 7.8 4.2 6.6 5 5.6C5.3 6.9 5.9 7.5 6.6 7.7C6.2 5 6.9 2.6 8.3 1Z")) }
            { symbol("i-bolt", solid(BOLT)) }
            { symbol("i-crash", path("M2 8H5L6.6 4L9.2 12L10.8 8H14")) }
            { symbol("r-hall", path("M4 2.5H12V13.5H4ZM6 5.5H10M6 8H10M6 10.5H10")) }
            { symbol("r-battery", path("M2.5 5H12.5V11.5H2.5ZM14 7V9.5M5 7V9.5M7.5 7V9.5")) }
            { symbol("r-ups", path("M2 8Q5 2.5 8 8T14 8")) }
            { symbol("r-electrical", path("M9.9 8A3.4 3.4 0 1 1 3.1 8A3.4 3.4 0 1 1 9.9 8M12.9 8A3.4 3.4 0 1 1 6.1 8A3.4 3.4 0 1 1 12.9 8")) }
            { symbol("r-cable", path("M4.5 2.5V13.5M8 2.5V13.5M11.5 2.5V13.5")) }
            { symbol("r-generator", path("M13 8A5 5 0 1 1 3 8A5 5 0 1 1 13 8M10 6.4A2.4 2.4 0 1 0 10.2 9H8.4")) }
            { symbol("r-control", path("M2.5 3.5H13.5V10.5H2.5ZM8 10.5V13M5.5 13H10.5")) }
        </>
    }
}

fn commands() -> Html {
    html! {
        <>
            { symbol("i-play", solid("M5 2.8L13 8L5 13.2Z")) }
            { symbol("i-pause", path("M5.4 3.4V12.6M10.6 3.4V12.6")) }
            { symbol("i-next", html! { <>{ solid("M3 3.4L9.8 8L3 12.6Z") }{ path("M12 3.4V12.6") }</> }) }
            { symbol("i-previous", html! { <>{ solid("M13 3.4L6.2 8L13 12.6Z") }{ path("M4 3.4V12.6") }</> }) }
            { symbol("i-undo", path("M6 3L2.6 6.4L6 9.8M3 6.4H9.6A3.6 3.6 0 0 1 9.6 13H6.4")) }
            { symbol("i-redo", path("M10 3L13.4 6.4L10 9.8M13 6.4H6.4A3.6 3.6 0 0 0 6.4 13H9.6")) }
            { symbol("i-close", path("M4 4L12 12M12 4L4 12")) }
            { symbol("i-chevron", path("M4 6.4L8 10.4L12 6.4")) }
            { symbol("i-open", path("M2 12.6V3.6H6.2L7.6 5.4H14V12.6Z")) }
            { symbol("i-help", path("M5.6 6.2A2.4 2.4 0 1 1 8 8.6V9.8M8 12.4V12.5")) }
            { symbol("i-auto", html! { <><circle class="ink" cx="8" cy="8" r="5.4" /><path class="solid" d="M8 2.6A5.4 5.4 0 0 1 8 13.4Z" /></> }) }
            { symbol("i-light", html! { <><circle class="ink" cx="8" cy="8" r="2.8" />{ path("M8 1.4V3M8 13V14.6M1.4 8H3M13 8H14.6M3.3 3.3L4.5 4.5M11.5 11.5L12.7 12.7M3.3 12.7L4.5 11.5M11.5 4.5L12.7 3.3") }</> }) }
            { symbol("i-dark", path("M13 9.6A5.4 5.4 0 1 1 6.4 3A4.4 4.4 0 0 0 13 9.6Z")) }
            { symbol("i-list", path("M5.6 4H13M5.6 8H13M5.6 12H13M2.6 4H2.7M2.6 8H2.7M2.6 12H2.7")) }
        </>
    }
}

/// A sign in running text.
pub fn icon(name: &str) -> Html {
    html! { <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><use href={format!("#{name}")} /></svg> }
}

/// A sign inside a picture.
pub fn mark(name: &str, x: f64, y: f64, size: f64) -> Html {
    html! {
        <use href={format!("#{name}")} x={x.to_string()} y={y.to_string()}
            width={size.to_string()} height={size.to_string()} />
    }
}

/// The name that a state has as a sign (`#s-up`) and as a colour (class `s-up`).
pub trait Sign {
    /// That name.
    fn sign(self) -> &'static str;
}

impl Sign for ServiceState {
    fn sign(self) -> &'static str {
        match self {
            Self::Up => "s-up",
            Self::Degraded => "s-degraded",
            Self::Down => "s-down",
            Self::Waiting => "s-waiting",
            Self::Restarting => "s-restarting",
            Self::NoPower => "s-nopower",
        }
    }
}

impl Sign for PoolState {
    fn sign(self) -> &'static str {
        match self {
            Self::Up => "s-up",
            Self::Standby => "s-standby",
            Self::NoPower => "s-nopower",
            Self::Destroyed => "s-down",
            Self::WaitAccess | Self::WaitBoot | Self::WaitHands => "s-waiting",
            Self::Promoting | Self::Restarting | Self::Checking => "s-restarting",
        }
    }
}

impl Sign for Phase {
    fn sign(self) -> &'static str {
        match self {
            Self::Normal => "s-up",
            Self::Undetected => "s-down",
            Self::Deciding => "s-degraded",
            Self::Switching | Self::Restarting => "s-restarting",
            Self::Waiting => "s-waiting",
        }
    }
}

/// How a cable or breaker with that state is drawn.
pub const fn current(state: ElementState) -> &'static str {
    match state {
        ElementState::Live | ElementState::OnBattery => "live",
        ElementState::Ready => "ready",
        ElementState::Repair => "repair",
        ElementState::Dead
        | ElementState::Tripped
        | ElementState::Cut
        | ElementState::Destroyed
        | ElementState::Failed => "dead",
    }
}
