//! The timeline: axis, lanes, pins, and the playhead that can be dragged anywhere.
//!
//! While time passes, the playhead is moved once a frame without drawing anything else again; the rest of the stage is
//! told of the new moment a few times a second, and at once when an event is passed.

use super::icons::Sign;
use super::lanes::{LANE, Lanes};
use super::why::look;
use super::{Send, Shared, click};
use crate::browser::frames::Frames;
use crate::browser::size::use_size;
use crate::layout::axis::Axis;
use crate::layout::fold::ROOM_FOR;
use crate::state::pace::{Speed, advance, neighbour};
use crate::state::run::Run;
use crate::state::{Action, Open};
use crate::words::numbers::{clock, local, span};
use crate::words::states::Named;
use crate::words::{Locale, Msg, events};
use bridge_engine::trace::{Phase, Subject};
use bridge_engine::world::ServiceId;
use bridge_engine::{Span, Time};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// The columns beside the plot, as in the stylesheet: names on the left, times of return on the right.
struct Columns {
    names: f64,
    returns: f64,
}

const WIDE: Columns = Columns { names: 118.0, returns: 56.0 };
const NARROW: Columns = Columns { names: 78.0, returns: 14.0 };
/// Below this width of the whole the narrow columns are used.
const NARROW_BELOW: f64 = 480.0;

/// The columns for a width of the whole.
const fn columns(outer: f64) -> Columns {
    if outer < NARROW_BELOW { NARROW } else { WIDE }
}

/// More pins than this would be a hedge.
const PINS: usize = 60;
/// Lanes are drawn so many rows before they come into sight.
const STEP: usize = 8;
/// The stage hears of the passing time at least this often.
const TELL_MS: f64 = 90.0;

/// What the timeline shows.
#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    /// The scenario, for what is known of the real event.
    pub open: Shared<Open>,
    /// The run.
    pub run: Shared<Run>,
    /// The moment.
    pub playhead: Time,
    /// Time passes.
    pub playing: bool,
    /// How fast.
    pub speed: Speed,
    /// Plain or warped.
    pub true_scale: bool,
    /// The selected service.
    pub selected: Option<ServiceId>,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

/// The parts that the playhead moves.
#[derive(Clone, PartialEq, Default)]
struct Moving {
    head: NodeRef,
    veil: NodeRef,
    bubble: NodeRef,
}

impl Moving {
    fn place(&self, at: Time, x: f64, (names, width): (f64, f64)) {
        if let Some(head) = self.head.cast::<HtmlElement>() {
            // A property that an engine does not know leaves the playhead where it is.
            let _ = head.style().set_property("transform", &format!("translateX({:.2}px)", names + x));
        }
        if let Some(veil) = self.veil.cast::<Element>() {
            let _ = veil.set_attribute("x", &format!("{x:.2}"));
            let _ = veil.set_attribute("width", &format!("{:.2}", (width - x).max(0.0)));
        }
        if let Some(bubble) = self.bubble.cast::<Element>() {
            bubble.set_text_content(Some(&clock(at)));
        }
    }
}

/// The timeline.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let node = use_node_ref();
    let (outer, _) = use_size(&node);
    let Columns { names, returns } = columns(outer);
    let width = (outer - names - returns).max(0.0);
    let moving = use_memo((), |()| Moving {
        head: NodeRef::default(),
        veil: NodeRef::default(),
        bubble: NodeRef::default(),
    });
    use_playback(props, (names, width), &moving);
    let window = use_node_ref();
    let all = use_state_eq(|| false);
    let rows = use_rows(props, *all);
    use_in_sight(props, &rows, &window);
    let (drawn, onscroll) = use_drawn(&rows);
    html! {
        <div class={classes!("timeline", (outer < NARROW_BELOW).then_some("narrow"))} ref={node} role="group" aria-label={props.locale.say(Msg::Timeline)}>
            if width > 0.0 {
                <Marks open={props.open.clone()} run={props.run.clone()} true_scale={props.true_scale} {width} selected={props.selected}
                    locale={props.locale} send={props.send.clone()} />
                <div class="lanes-window" ref={window.clone()} {onscroll}>
                    <Lanes run={props.run.clone()} rows={rows.clone()} {drawn} true_scale={props.true_scale} {width} selected={props.selected}
                        veil={moving.veil.clone()} locale={props.locale} send={props.send.clone()} />
                    { unharmed(props, &rows, &all) }
                </div>
                <Plot run={props.run.clone()} true_scale={props.true_scale} {width} send={props.send.clone()} />
                { head(props, &moving) }
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct MarksProps {
    open: Shared<Open>,
    run: Shared<Run>,
    true_scale: bool,
    width: f64,
    selected: Option<ServiceId>,
    locale: Locale,
    send: Send,
}

/// What does not move while time passes: the axis above the lanes, and the pins below them.
#[component]
fn Marks(props: &MarksProps) -> Html {
    let axis = if props.true_scale { &props.run.plain } else { &props.run.warped };
    html! {
        <>
            { top(props, axis, props.width) }
            { pins(props, axis, props.width) }
        </>
    }
}

/// Whose lanes are shown: all, or of many those who lost something, and the one that is selected.
#[hook]
fn use_rows(props: &TimelineProps, all: bool) -> Shared<Vec<ServiceId>> {
    let many = props.run.ranked.len() > ROOM_FOR && !all;
    let rows = use_memo((props.run.clone(), many.then_some(props.selected)), |(run, picked)| {
        let lost = |s: ServiceId| run.scores.services[s.index()].first_loss.is_some();
        let shown = |s: &ServiceId| picked.is_none_or(|selected| lost(*s) || selected == Some(*s));
        run.ranked.iter().copied().filter(shown).collect()
    });
    Shared(rows)
}

/// Rows that are drawn, first and last: of many those in sight and some around them.
#[hook]
fn use_drawn(rows: &Shared<Vec<ServiceId>>) -> ((usize, usize), Callback<Event>) {
    let first = use_state_eq(|| 0);
    let onscroll = {
        let first = first.setter();
        Callback::from(move |event: Event| {
            if let Some(window) = event.target_dyn_into::<Element>() {
                first.set((f64::from(window.scroll_top()) / LANE) as usize / STEP * STEP);
            }
        })
    };
    let first = if rows.len() > ROOM_FOR { first.saturating_sub(STEP) } else { 0 };
    ((first, first + ROOM_FOR), onscroll)
}

/// What opens the lanes of those who lost nothing, or folds them again.
fn unharmed(props: &TimelineProps, rows: &[ServiceId], all: &UseStateHandle<bool>) -> Html {
    let left = props.run.ranked.len() - rows.len();
    if left == 0 && (!**all || props.run.ranked.len() <= ROOM_FOR) {
        return Html::default();
    }
    let words = if left == 0 {
        props.locale.say(Msg::LanesFewer)
    } else {
        props.locale.with(Msg::LanesUnharmed, &[("n", &left.to_string())])
    };
    let (set, wanted) = (all.setter(), left > 0);
    html! {
        <button class="plain lanes-more" data-testid="lanes-more" aria-expanded={(left == 0).to_string()}
            onclick={move |_| set.set(wanted)}>{ words }</button>
    }
}

/// Scrolls the selected lane into sight.
#[hook]
fn use_in_sight(props: &TimelineProps, rows: &[ServiceId], window: &NodeRef) {
    let row = props.selected.and_then(|s| rows.iter().position(|r| *r == s));
    let window = window.clone();
    use_effect_with(row, move |row| {
        let (Some(row), Some(window)) = (row, window.cast::<Element>()) else { return };
        let (top, height) = (LANE * *row as f64, f64::from(window.client_height()));
        let seen = f64::from(window.scroll_top());
        if top < seen {
            window.set_scroll_top(top as i32);
        } else if top + LANE > seen + height {
            window.set_scroll_top((top + LANE - height).ceil() as i32);
        }
    });
}

/// Keeps the playhead where it belongs, and moves it while time passes.
#[hook]
fn use_playback(props: &TimelineProps, across: (f64, f64), moving: &Rc<Moving>) {
    let width = across.1;
    let wanted = use_memo((), |()| Cell::new(Time::ZERO));
    let shown = (props.playhead, width as u64, props.true_scale, props.run.clone());
    {
        let (moving, wanted, run, at, true_scale) =
            (Rc::clone(moving), Rc::clone(&wanted), props.run.clone(), props.playhead, props.true_scale);
        use_effect_with(shown, move |_| {
            wanted.set(at);
            let axis = if true_scale { &run.plain } else { &run.warped };
            moving.place(at, axis.position(at) * width, across);
        });
    }
    let (moving, run, send, speed, true_scale) =
        (Rc::clone(moving), props.run.clone(), props.send.clone(), props.speed, props.true_scale);
    use_effect_with(
        (props.playing, props.speed, props.run.clone(), props.true_scale, width as u64),
        move |(playing, ..)| {
            let frames = playing.then(|| {
                let mut told = wanted.get();
                let mut place = run.warped.position(told);
                let mut silent = 0.0;
                Frames::start(move |elapsed| {
                    // Somebody moved the playhead: go on from there.
                    if wanted.get() != told {
                        told = wanted.get();
                        place = run.warped.position(told);
                    }
                    let (next, ended) = advance(place, elapsed / 1000.0, speed);
                    place = next;
                    silent += elapsed;
                    let at = if ended { run.trace.horizon } else { run.warped.time(place).max(told) };
                    let axis = if true_scale { &run.plain } else { &run.warped };
                    moving.place(at, axis.position(at) * width, across);
                    let passed = neighbour(&run.moments, told, true).is_some_and(|m| m <= at);
                    if passed || ended || silent >= TELL_MS {
                        silent = 0.0;
                        told = at;
                        wanted.set(at);
                        send.emit(Action::Tick(at));
                    }
                })
            });
            move || drop(frames)
        },
    );
}

fn top(props: &MarksProps, axis: &Axis, width: f64) -> Html {
    let locale = props.locale;
    let ticks = axis.ticks(width, 62.0).into_iter().map(|t| {
        let x = axis.position(t) * width;
        let words = if t == Time::ZERO { "T0".to_owned() } else { format!("+{}", tick(locale, t)) };
        html! {
            <g key={t.0}>
                <path class="tick" d={format!("M{x:.1} 0V400")} />
                <text class="tick-words" x={format!("{:.1}", x + 4.0)} y="10" font-size="10.5">{ words }</text>
            </g>
        }
    });
    html! {
        <svg class="axis" width={width.to_string()} height="400" aria-hidden="true">
            { for ticks }
            { band(props, axis, width) }
        </svg>
    }
}

/// A round moment, in minutes or in hours.
fn tick(locale: Locale, at: Time) -> String {
    let minutes = at.0 / 60_000_000;
    let (message, n) = match (minutes, minutes % 60) {
        (..60, _) => (Msg::UnitMinutes, minutes.to_string()),
        (_, 0) => (Msg::UnitHours, (minutes / 60).to_string()),
        _ => (Msg::UnitHours, format!("{:.1}", minutes as f64 / 60.0)),
    };
    locale.with(message, &[("n", &n)])
}

/// What the organisation did about the selected service, as a thin band.
fn band(props: &MarksProps, axis: &Axis, width: f64) -> Html {
    let Some(service) = props.selected.or(props.run.most_important()) else { return Html::default() };
    let points = props.run.trace.phases[service.index()].points();
    let stretches = points.iter().enumerate().filter(|(_, p)| p.1 != Phase::Normal).map(|(i, (from, phase, _))| {
        let to = points.get(i + 1).map_or(props.run.trace.horizon, |next| next.0);
        let (a, b) = (axis.position(*from) * width, axis.position(to) * width);
        html! {
            <rect key={i} class={phase.sign()} x={format!("{a:.1}")} y="14" width={format!("{:.1}", (b - a).max(0.0))} height="3">
                <title>{ phase.said(props.locale) }</title>
            </rect>
        }
    });
    html! { <g class="band">{ for stretches }</g> }
}

#[derive(Properties, PartialEq)]
struct PlotProps {
    run: Shared<Run>,
    true_scale: bool,
    width: f64,
    send: Send,
}

/// Where the pointer takes hold of time.
#[component]
fn Plot(props: &PlotProps) -> Html {
    let held = use_mut_ref(|| false);
    let seek = {
        let (run, true_scale, width, send) =
            (props.run.clone(), props.true_scale, props.width, props.send.clone());
        Rc::new(move |event: &PointerEvent| {
            let Some(plot) = event.current_target().and_then(|t| t.dyn_into::<Element>().ok()) else {
                return;
            };
            let x = f64::from(event.client_x()) - plot.get_bounding_client_rect().left();
            let axis = if true_scale { &run.plain } else { &run.warped };
            send.emit(Action::Seek(axis.time(x / width.max(1.0))));
        })
    };
    let onpointerdown = {
        let (held, seek) = (Rc::clone(&held), Rc::clone(&seek));
        Callback::from(move |event: PointerEvent| {
            if event.button() != 0 {
                return;
            }
            if let Some(plot) = event.current_target().and_then(|t| t.dyn_into::<Element>().ok()) {
                // Without capture the drag ends at the edge, which is no harm.
                let _ = plot.set_pointer_capture(event.pointer_id());
            }
            *held.borrow_mut() = true;
            seek(&event);
        })
    };
    let onpointermove = {
        let held = Rc::clone(&held);
        Callback::from(move |event: PointerEvent| {
            if *held.borrow() {
                seek(&event);
            }
        })
    };
    let release = Callback::from(move |_: PointerEvent| *held.borrow_mut() = false);
    html! {
        <div class="plot" data-testid="plot" {onpointerdown} {onpointermove} onpointerup={release.clone()} onpointercancel={release} />
    }
}

fn pins(props: &MarksProps, axis: &Axis, width: f64) -> Html {
    let (world, locale) = (&props.run.world, props.locale);
    let facts = props.open.facts.iter().map(|fact| {
        let at = Time::ZERO + fact.at;
        let x = axis.position(at) * width + 6.0;
        let label = locale.with(Msg::FactLabel, &[("what", locale.name(&fact.text)), ("at", &at.to_string())]);
        let onclick = click(&props.send, Action::Seek(at));
        html! {
            <circle key={format!("fact-{}", at.0)} class="fact" cx={format!("{x:.1}")} cy="7.5" r="3.2" {onclick}>
                <title>{ label }</title>
            </circle>
        }
    });
    html! {
        <svg class="pins" width={(width + 12.0).to_string()} height="14" aria-hidden="true">
            { for facts }
            { for props.run.turns.iter().take(PINS).map(|id| {
                let id = *id;
                let event = props.run.event(id);
                let x = axis.position(event.at) * width + 6.0;
                let what = events::change(locale, world, event);
                let place = events::place(locale, world, events::about(event));
                let label = locale.with(Msg::PinLabel, &[("what", &what), ("where", &place), ("at", &event.at.to_string())]);
                let at = event.at;
                let onclick = click(&props.send, Action::Seek(at));
                html! {
                    <path key={id.0} class={classes!("pin", look(event))} d={format!("M{:.1} 12L{:.1} 3H{:.1}Z", x, x - 5.0, x + 5.0)} {onclick}>
                        <title>{ label }</title>
                    </path>
                }
            }) }
        </svg>
    }
}

fn head(props: &TimelineProps, moving: &Moving) -> Html {
    let (world, locale, at) = (&props.run.world, props.locale, props.playhead);
    let words = locale.with(
        Msg::PlayheadText,
        &[("time", &span(locale, Span(at.0))), ("local", &local(locale, &world.meta, at))],
    );
    let seconds = |t: Time| format!("{:.0}", t.secs());
    let (send, run) = (props.send.clone(), props.run.clone());
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let step = if event.shift_key() { 0.05 } else { 0.005 };
        let action = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => Action::Nudge(step),
            "ArrowLeft" | "ArrowDown" => Action::Nudge(-step),
            "PageUp" => Action::Nudge(0.1),
            "PageDown" => Action::Nudge(-0.1),
            "Home" => Action::Seek(Time::ZERO),
            "End" => Action::Seek(run.trace.horizon),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        send.emit(action);
    });
    html! {
        <div class="playhead" ref={moving.head.clone()} role="slider" tabindex="0" data-testid="playhead"
            aria-label={locale.say(Msg::Playhead)} aria-valuemin="0" aria-valuemax={seconds(props.run.trace.horizon)}
            aria-valuenow={seconds(at)} aria-valuetext={words} {onkeydown}>
            <span class="bubble" ref={moving.bubble.clone()} />
            <span class="line" />
        </div>
    }
}

/// The selected service, whatever of it is selected.
pub fn service_of(run: &Run, selected: Option<Subject>) -> Option<ServiceId> {
    match selected? {
        Subject::Service(s) => Some(s),
        Subject::Pool(p) => Some(run.world[p].service),
        _ => None,
    }
}
