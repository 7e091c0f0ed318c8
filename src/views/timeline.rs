//! The timeline: axis, lanes, pins, and the playhead that can be dragged anywhere.
//!
//! While time passes, the playhead is moved once a frame without drawing anything else again; the rest of the stage is
//! told of the new moment a few times a second, and at once when an event is passed.

use super::icons::Sign;
use super::lanes::{LANE, Lanes};
use super::overview::Overview;
use super::plot::Plot;
use super::why::look;
use super::{Send, Shared, click};
use crate::browser::frames::Frames;
use crate::browser::size::use_size;
use crate::layout::fold::ROOM_FOR;
use crate::layout::window::{Scale, Window};
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
    /// What of the axis is shown.
    pub window: Window,
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
    mark: NodeRef,
}

impl Moving {
    /// At a moment. Where the window does not show that, the playhead waits at its edge, pale.
    fn place(&self, at: Time, scale: Scale<'_>, names: f64) {
        let (wanted, width) = (scale.x(at), scale.width);
        let x = wanted.clamp(0.0, width);
        if let Some(head) = self.head.cast::<HtmlElement>() {
            // A property that an engine does not know leaves the playhead where it is.
            let _ = head.style().set_property("transform", &format!("translateX({:.2}px)", names + x));
            let _ = head.class_list().toggle_with_force("away", (wanted - x).abs() > 1.0);
        }
        if let Some(mark) = self.mark.cast::<Element>() {
            let _ = mark.set_attribute("x", &format!("{:.2}", scale.axis.position(at) * width - 0.75));
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
        mark: NodeRef::default(),
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
                <Marks open={props.open.clone()} run={props.run.clone()} true_scale={props.true_scale} window={props.window} {width} selected={props.selected}
                    locale={props.locale} send={props.send.clone()} />
                <div class="lanes-window" ref={window.clone()} {onscroll}>
                    <Lanes run={props.run.clone()} rows={rows.clone()} {drawn} true_scale={props.true_scale} window={props.window} {width} selected={props.selected}
                        veil={moving.veil.clone()} locale={props.locale} send={props.send.clone()} />
                    { unharmed(props, &rows, &all) }
                </div>
                <Plot run={props.run.clone()} true_scale={props.true_scale} window={props.window} {width} send={props.send.clone()} />
                { head(props, &moving) }
                <Overview run={props.run.clone()} true_scale={props.true_scale} window={props.window} {width} selected={props.selected}
                    mark={moving.mark.clone()} playing={props.playing} locale={props.locale} send={props.send.clone()} />
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct MarksProps {
    open: Shared<Open>,
    run: Shared<Run>,
    true_scale: bool,
    window: Window,
    width: f64,
    selected: Option<ServiceId>,
    locale: Locale,
    send: Send,
}

/// What does not move while time passes: the axis above the lanes, and the pins below them.
#[component]
fn Marks(props: &MarksProps) -> Html {
    let scale = Scale { axis: props.run.axis(props.true_scale), window: props.window, width: props.width };
    html! {
        <>
            { top(props, scale) }
            { pins(props, scale) }
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
    let (names, width) = across;
    let wanted = use_memo((), |()| Cell::new(Time::ZERO));
    let (run, true_scale, window) = (props.run.clone(), props.true_scale, props.window);
    let pixels = (width as u64, true_scale, window);
    {
        let (moving, wanted, run, at) = (Rc::clone(moving), Rc::clone(&wanted), run.clone(), props.playhead);
        use_effect_with((at, pixels, run.clone()), move |_| {
            wanted.set(at);
            moving.place(at, Scale { axis: run.axis(true_scale), window, width }, names);
        });
    }
    let (moving, send, speed) = (Rc::clone(moving), props.send.clone(), props.speed);
    use_effect_with((props.playing, speed, run.clone(), pixels), move |(playing, ..)| {
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
                moving.place(at, Scale { axis: run.axis(true_scale), window, width }, names);
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
    });
}

fn top(props: &MarksProps, scale: Scale<'_>) -> Html {
    let locale = props.locale;
    let ticks = scale.ticks(62.0).into_iter().map(|t| {
        let x = scale.x(t);
        let words = if t == Time::ZERO { "T0".to_owned() } else { format!("+{}", tick(locale, t)) };
        html! {
            <g key={t.0}>
                <path class="tick" d={format!("M{x:.1} 0V400")} />
                <text class="tick-words" x={format!("{:.1}", x + 4.0)} y="10" font-size="10.5">{ words }</text>
            </g>
        }
    });
    html! {
        <svg class="axis" width={scale.width.to_string()} height="400" aria-hidden="true">
            { for ticks }
            { band(props, scale) }
        </svg>
    }
}

/// A round moment, in minutes or in hours; between those as on a clock.
fn tick(locale: Locale, at: Time) -> String {
    let (minutes, seconds) = (at.0 / 60_000_000, at.0 / 1_000_000 % 60);
    let (message, n) = match (minutes, minutes % 60, seconds) {
        (.., 1..) => return format!("{}:{seconds:02}", clock(at)),
        (..60, ..) => (Msg::UnitMinutes, minutes.to_string()),
        (_, 0, _) => (Msg::UnitHours, (minutes / 60).to_string()),
        (_, 30, _) => (Msg::UnitHours, format!("{:.1}", minutes as f64 / 60.0)),
        _ => return clock(at),
    };
    locale.with(message, &[("n", &n)])
}

/// What the organisation did about the selected service, as a thin band.
fn band(props: &MarksProps, scale: Scale<'_>) -> Html {
    let Some(service) = props.selected.or(props.run.most_important()) else { return Html::default() };
    let points = props.run.trace.phases[service.index()].points();
    let stretches = points.iter().enumerate().filter(|(_, p)| p.1 != Phase::Normal).filter_map(|(i, (from, phase, _))| {
        let to = points.get(i + 1).map_or(props.run.trace.horizon, |next| next.0);
        let (a, b) = scale.stretch(*from, to)?;
        Some(html! {
            <rect key={i} class={phase.sign()} x={format!("{a:.1}")} y="14" width={format!("{:.1}", (b - a).max(0.0))} height="3">
                <title>{ phase.said(props.locale) }</title>
            </rect>
        })
    });
    html! { <g class="band">{ for stretches }</g> }
}

fn pins(props: &MarksProps, scale: Scale<'_>) -> Html {
    let (world, locale) = (&props.run.world, props.locale);
    let facts = props.open.facts.iter().filter(|fact| scale.shows(Time::ZERO + fact.at)).map(|fact| {
        let at = Time::ZERO + fact.at;
        let x = scale.x(at) + 6.0;
        let label = locale.with(Msg::FactLabel, &[("what", locale.name(&fact.text)), ("at", &at.to_string())]);
        let onclick = click(&props.send, Action::Seek(at));
        html! {
            <circle key={format!("fact-{}", at.0)} class="fact" cx={format!("{x:.1}")} cy="7.5" r="3.2" {onclick}>
                <title>{ label }</title>
            </circle>
        }
    });
    html! {
        <svg class="pins" width={(scale.width + 12.0).to_string()} height="14" aria-hidden="true">
            { for facts }
            { for props.run.turns.iter().filter(|id| scale.shows(props.run.event(**id).at)).take(PINS).map(|id| {
                let id = *id;
                let event = props.run.event(id);
                let x = scale.x(event.at) + 6.0;
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
