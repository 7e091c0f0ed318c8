//! Pools: a tile with its service's name and a bar for servers up.

use super::icons::{Sign, mark};
use super::{Send, rooms};
use crate::layout::{Rect, text};
use crate::state::moment::PoolNow;
use crate::state::{Arm, run::Run};
use crate::views::Shared;
use crate::words::numbers::grouped;
use crate::words::states::Named;
use crate::words::{Locale, Msg};
use bridge_engine::Time;
use bridge_engine::trace::{PoolState, Subject};
use bridge_engine::world::{PoolId, Role};
use yew::prelude::*;

/// What a tile shows.
#[derive(Properties, PartialEq)]
pub struct TileProps {
    /// The run.
    pub run: Shared<Run>,
    /// The pool.
    pub pool: PoolId,
    /// Its place.
    pub rect: Rect,
    /// Its state.
    pub now: PoolNow,
    /// The moment an incident would happen; only while one is armed.
    pub armed: Option<(Arm, Time)>,
    /// Its service is selected.
    pub selected: bool,
    /// The one stop of the picture for the Tab key.
    pub stop: bool,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

/// A pool.
#[component]
pub fn Tile(props: &TileProps) -> Html {
    let (world, rect, now, locale) = (&props.run.world, props.rect, props.now, props.locale);
    let pool = &world[props.pool];
    let service = &world[pool.service];
    let name = locale.name(&service.name);
    let site = locale.name(&world[pool.site].name);
    let guard = matches!(service.role, Some(Role::Monitor | Role::Controller));
    let lost = guard && !matches!(now.state, PoolState::Up | PoolState::Standby);
    let words = rect.h >= 15.0 && rect.w >= 26.0;
    let (pad, bar) =
        if rect.h >= 26.0 { (5.5, 4.0) } else { (4.0_f64.min(rect.w * 0.16), 3.0_f64.min(rect.h * 0.5)) };
    let signed = rect.w >= 34.0 && rect.h >= 15.0;
    let track = (rect.w - 2.0 * pad - if signed { 11.0 } else { 0.0 }).max(1.0);
    let size = if rect.h >= 22.0 { 11.0 } else { 10.0 };
    let line = rect.bottom() - bar - if rect.h >= 26.0 { 5.0 } else { 3.5 };
    let label = locale.with(
        Msg::LabelPool,
        &[
            ("name", name),
            ("site", site),
            ("role", &pool.role.said(locale)),
            ("state", &now.state.said(locale)),
            ("up", &format!("{} %", now.up)),
        ],
    );
    let subject = Subject::Pool(props.pool);
    let target = rooms::target(&props.run, props.armed, subject, locale, label);
    let class = classes!(
        "tile",
        now.state.sign(),
        props.selected.then_some("selected"),
        lost.then_some("guard-lost"),
        target.class(),
    );
    let select = Subject::Service(pool.service);
    html! {
        <g {class} role="button" tabindex={if props.stop { "0" } else { "-1" }} data-stop="" aria-label={target.label.clone()}
            data-testid={format!("pool-{}-{}", world[pool.site].key, service.key)}
            data-key={format!("pool:{}", props.pool.0)}
            ondragover={target.over()} ondrop={target.dropped(&props.send)}
            onclick={target.click(&props.send, select)} onkeydown={target.key(&props.send, select)}>
            <title>{ format!("{} · {}", target.label, locale.with(Msg::SiteServers, &[("n", &grouped(f64::from(pool.servers)))])) }</title>
            <rect class="face" x={rect.x.to_string()} y={rect.y.to_string()} width={rect.w.to_string()}
                height={rect.h.to_string()} rx="5" />
            if words {
                <text aria-hidden="true" class="name" x={(rect.x + pad).to_string()}
                    y={((rect.y + line) / 2.0 + size * 0.36).to_string()} font-size={size.to_string()}>
                    { text::fit(name, size, rect.w - 2.0 * pad + 1.0) }
                </text>
            }
            if signed {
                { mark(now.state.sign(), rect.right() - pad - 8.5, line + bar / 2.0 - 4.5, 9.0) }
            }
            <rect class="track" x={(rect.x + pad).to_string()} y={line.to_string()}
                width={track.to_string()} height={bar.to_string()} rx="1.5" />
            <rect class="fill" x={(rect.x + pad).to_string()} y={line.to_string()}
                width={(track * f64::from(now.up) / 100.0).to_string()} height={bar.to_string()} rx="1.5" />
        </g>
    }
}
