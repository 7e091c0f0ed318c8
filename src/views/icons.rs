//! The project's own signs, drawn once and referred to by name; and the classes that colour a state.

use super::shapes::px;
use bridge_engine::trace::{ElementState, Phase, PoolState, ServiceState};
use yew::prelude::*;

/// Every sign, pattern and gradient, to stand once in the page.
pub fn sprite() -> Html {
    Html::from_html_unchecked(AttrValue::Static(include_str!("../../assets/icons/sprite.svg")))
}

/// A sign in running text.
pub fn icon(name: &str) -> Html {
    html! { <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><use href={format!("#{name}")} /></svg> }
}

/// A sign inside a picture.
pub fn mark(name: &str, x: f64, y: f64, size: f64) -> Html {
    html! {
        <use href={format!("#{name}")} x={px(x)} y={px(y)} width={px(size)} height={px(size)} />
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
            Self::Down | Self::Lost => "s-down",
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
            Self::Standby | Self::Off | Self::Stored => "s-standby",
            Self::NoPower => "s-nopower",
            Self::Destroyed => "s-down",
            Self::WaitAccess | Self::WaitBoot | Self::WaitHands | Self::WaitParts | Self::WaitData => {
                "s-waiting"
            }
            Self::Promoting
            | Self::Routing
            | Self::Restarting
            | Self::Checking
            | Self::Provisioning
            | Self::Restoring => "s-restarting",
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
        ElementState::Live | ElementState::OnBattery | ElementState::Bypass => "live",
        ElementState::Ready => "ready",
        ElementState::Repair => "repair",
        ElementState::Dead
        | ElementState::Tripped
        | ElementState::Cut
        | ElementState::Destroyed
        | ElementState::Failed => "dead",
    }
}
