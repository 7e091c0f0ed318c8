//! A lane a service: height is the share served, colour the state. Of many, only those in sight are drawn.

use super::icons::Sign;
use super::shapes::{px, rect, text as text_at};
use super::{Send, Shared, figures};
use crate::layout::Rect;
use crate::layout::text;
use crate::layout::window::{Scale, Window};
use crate::state::run::Run;
use crate::words::Locale;
use crate::words::numbers::clock;
use bridge_engine::world::ServiceId;
use yew::prelude::*;

/// Height of a lane with its gap.
pub const LANE: f64 = 21.0;
const BAR: f64 = 15.0;
/// Space for the time of return; what is narrower than the stylesheet's column is cut.
const RETURNS: f64 = 50.0;
/// A share of nothing is still drawn, as a line.
const LEAST: f64 = 2.0;

/// What the lanes show.
#[derive(Properties, PartialEq)]
pub struct LanesProps {
    /// The run.
    pub run: Shared<Run>,
    /// Whose lanes, from above.
    pub rows: Shared<Vec<ServiceId>>,
    /// Rows to draw, first and last.
    pub drawn: (usize, usize),
    /// Plain or warped.
    pub true_scale: bool,
    /// What of the axis is shown.
    pub window: Window,
    /// Width of the plot.
    pub width: f64,
    /// The selected service.
    pub selected: Option<ServiceId>,
    /// What pales the future; moved by the playhead.
    pub veil: NodeRef,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

/// All lanes with their names.
#[component]
pub fn Lanes(props: &LanesProps) -> Html {
    let scale = Scale { axis: props.run.axis(props.true_scale), window: props.window, width: props.width };
    let height = LANE * props.rows.len() as f64;
    let row = |id: &ServiceId| props.rows.iter().position(|s| s == id);
    let (first, last) = props.drawn;
    let drawn = || props.rows.iter().enumerate().skip(first).take(last.saturating_sub(first));
    html! {
        <div class="lanes">
            <div class="lane-names">
                if first > 0 { <svg class="lane-above" width="1" height={px(LANE * first as f64)} aria-hidden="true" /> }
                { for drawn().map(|(_, id)| name(props, *id)) }
            </div>
            <svg class="lane-plot" width={px(props.width + RETURNS)} height={px(height)} aria-hidden="true">
                { for drawn().map(|(i, id)| lane(props, scale, i, *id)) }
                <rect ref={props.veil.clone()} class="veil" x="0" y="0" width="0" height={px(height)} />
                if let Some(i) = props.selected.as_ref().and_then(row) {
                    { rect("lane-selected", Rect::new(0.5, LANE * i as f64 + 0.5, props.width - 1.0, LANE - 2.0), 2.0) }
                }
            </svg>
        </div>
    }
}

fn name(props: &LanesProps, id: ServiceId) -> Html {
    let service = &props.run.world[id];
    let name = props.locale.name(&service.name);
    let selected = props.selected == Some(id);
    html! {
        <button key={id.0} class={classes!("plain", "lane-name", selected.then_some("selected"))} title={name.to_owned()}
            aria-pressed={selected.to_string()}
            data-testid={format!("lane-{}", service.key)} onclick={figures::select(&props.send, id)}>
            { text::fit(name, 12.0, if props.width > 380.0 { 108.0 } else { 74.0 }) }
        </button>
    }
}

/// When it is whole again; nothing if it never was otherwise.
fn back(props: &LanesProps, id: ServiceId) -> String {
    let report = &props.run.scores.services[id.index()];
    match (report.first_loss, report.restored) {
        (None, _) => String::new(),
        (_, Some(at)) => clock(at),
        (_, None) => "—".to_owned(),
    }
}

fn lane(props: &LanesProps, scale: Scale<'_>, index: usize, id: ServiceId) -> Html {
    let bottom = LANE * index as f64 + LANE - 3.0;
    let bars = props.run.lanes[id.index()].iter().filter_map(|stretch| {
        let (from, to) = scale.stretch(stretch.from, stretch.to)?;
        let height = (BAR * stretch.share).max(LEAST);
        // Stretches too short to be seen would only cost time.
        (to - from >= 0.2)
            .then(|| rect(stretch.state.sign(), Rect::new(from, bottom - height, to - from, height), 0.0))
    });
    html! {
        <g key={id.0}>
            { rect("lane-ground", Rect::new(0.0, bottom - BAR, props.width, BAR), 0.0) }
            { for bars }
            { text_at("lane-back", (props.width + 6.0, bottom - 3.0), 11.0, back(props, id)) }
        </g>
    }
}
