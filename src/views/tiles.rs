//! Pools: a tile with its service's name and a bar for servers up.

use super::building::BuildingProps;
use super::icons::{Sign, mark};
use super::rooms::{is_chosen, target};
use super::shapes::{Part, button, rect, text as words_at};
use crate::layout::building::NAMED;
use crate::layout::{Rect, text};
use crate::state::Arm;
use crate::words::Msg;
use crate::words::numbers::grouped;
use crate::words::states::Named;
use bridge_engine::trace::{PoolState, Subject};
use bridge_engine::world::{PoolId, Role};
use yew::prelude::*;

/// A pool. `stop`: the Tab key enters the picture here.
pub fn tile(props: &BuildingProps, id: PoolId, at: Rect, stop: bool) -> Html {
    let (world, now, locale) = (&*props.world, props.now.pool(id), props.locale);
    let pool = &world[id];
    let service = &world[pool.service];
    let (name, site) = (locale.name(&service.name), &world[pool.site]);
    let guard = matches!(service.role, Some(Role::Monitor | Role::Controller));
    let lost = guard && !matches!(now.state, PoolState::Up | PoolState::Standby);
    let label = locale.with(
        Msg::LabelPool,
        &[
            ("name", name),
            ("site", locale.name(&site.name)),
            ("role", &pool.role.said(locale)),
            ("state", &now.state.said(locale)),
            ("up", &format!("{}%", now.up)),
        ],
    );
    let target = target(&props.world, props.armed, Subject::Pool(id), locale, label);
    let select = Subject::Service(pool.service);
    let servers = locale.with(Msg::SiteServers, &[("n", &grouped(f64::from(pool.servers)))]);
    let part = Part {
        class: classes!(
            "tile",
            now.state.sign(),
            (is_chosen(props.selected, &props.also, select) || props.selected == Some(Subject::Pool(id)))
                .then_some("selected"),
            lost.then_some("guard-lost")
        ),
        id: format!("pool-{}-{}", site.key, service.key),
        select,
        stop,
        tip: Some(format!("{} · {servers}", target.label)),
        drag: props.design.then_some(Arm::Move(id)),
        words: written(at, name),
    };
    button(part, &target, &props.send, inside(at, now.state.sign(), f64::from(now.up) / 100.0))
}

/// Height of the bar's upper edge, and of the bar.
fn bar(at: Rect) -> (f64, f64) {
    let (height, below) = if at.h >= 26.0 { (4.0, 5.0) } else { (3.0_f64.min(at.h * 0.5), 3.5) };
    (at.bottom() - height - below, height)
}

fn pad(at: Rect) -> f64 {
    if at.h >= 26.0 { 5.5 } else { 4.0_f64.min(at.w * 0.16) }
}

/// The name, if it fits.
fn written(at: Rect, name: &str) -> Html {
    if at.h < NAMED.1 || at.w < NAMED.0 - 4.0 {
        return Html::default();
    }
    let size = if at.h >= 22.0 { 11.0 } else { 10.0 };
    let y = (at.y + bar(at).0) / 2.0 + size * 0.36;
    words_at("name", (at.x + pad(at), y), size, text::fit(name, size, at.w - 2.0 * pad(at) + 1.0))
}

/// Bar and sign, as far as they fit.
fn inside(at: Rect, sign: &'static str, up: f64) -> Html {
    let signed = at.h >= 15.0 && at.w >= 34.0;
    let (pad, (line, bar)) = (pad(at), bar(at));
    let track = (at.w - 2.0 * pad - if signed { 11.0 } else { 0.0 }).max(1.0);
    let bar_of = |share: f64| Rect::new(at.x + pad, line, track * share, bar);
    html! {
        <>
            { rect("face", at, 5.0) }
            if signed { { mark(sign, at.right() - pad - 8.5, line + bar / 2.0 - 4.5, 9.0) } }
            { rect("track", bar_of(1.0), 1.5) }
            { rect("fill", bar_of(up), 1.5) }
        </>
    }
}
