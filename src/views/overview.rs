//! All of the run on a thin strip, and on it the window that the timeline shows: drawn with the pointer, pushed along, or
//! moved by its two ends, each of which is a slider.

use super::icons::{Sign, icon};
use super::shapes::{px, rect};
use super::{Send, Shared, click};
use crate::layout::Rect;
use crate::layout::window::{End, STEP, Scale, Window};
use crate::state::Action;
use crate::state::run::Run;
use crate::words::numbers::{clock, span};
use crate::words::{Locale, Msg};
use bridge_engine::Span;
use bridge_engine::world::ServiceId;
use web_sys::Element;
use yew::prelude::*;

/// Height of the strip's picture.
const HEIGHT: f64 = 14.0;
/// Width of what stands for an end.
const HANDLE: f64 = 5.0;
/// A share of nothing is still drawn, as a line.
const LINE: f64 = 2.0;
/// A press that moves less than this, in pixels, is a click.
const STILL: f64 = 4.0;
/// Within so many pixels of an end the pointer takes hold of it.
const NEAR: f64 = 12.0;

/// What the strip shows.
#[derive(Clone, Properties, PartialEq)]
pub struct OverviewProps {
    /// The run.
    pub run: Shared<Run>,
    /// Plain or warped.
    pub true_scale: bool,
    /// What of the axis the timeline shows.
    pub window: Window,
    /// Pixels.
    pub width: f64,
    /// Whose lane stands for the run; else that of the most important service.
    pub selected: Option<ServiceId>,
    /// Where the playhead is; moved by it.
    pub mark: NodeRef,
    /// Time passes: the window is not read out.
    pub playing: bool,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

impl OverviewProps {
    fn scale(&self) -> Scale<'_> {
        Scale { axis: self.run.0.axis(self.true_scale), window: Window::WHOLE, width: self.width }
    }
}

/// What the pointer does, from where.
#[derive(Clone, Copy)]
enum Grip {
    /// Draws a new window.
    Draws(f64),
    /// Moves one end.
    Moves(End),
    /// Pushes the window, which was there when the pointer was at the position.
    Pushes(f64, Window),
}

/// The strip, and what else changes the window.
#[component]
pub fn Overview(props: &OverviewProps) -> Html {
    let strip = use_node_ref();
    let grip = use_mut_ref(|| None::<Grip>);
    let pressed = use_mut_ref(|| 0.0_f64);
    let onpointerdown = {
        let (strip, grip, pressed, props) = (strip.clone(), grip.clone(), pressed.clone(), props.clone());
        Callback::from(move |event: PointerEvent| {
            let Some((element, x)) = place(&strip, &event).filter(|_| event.button() == 0) else { return };
            // Without capture the drag ends at the edge, which is no harm.
            let _ = element.set_pointer_capture(event.pointer_id());
            *pressed.borrow_mut() = x;
            *grip.borrow_mut() = Some(gripped(&props, x));
        })
    };
    let onpointermove = {
        let (strip, grip, pressed, props) = (strip.clone(), grip.clone(), pressed.clone(), props.clone());
        Callback::from(move |event: PointerEvent| {
            let (Some((_, x)), Some(grip)) = (place(&strip, &event), *grip.borrow()) else { return };
            let at = x / props.width.max(1.0);
            let next = match grip {
                Grip::Draws(_) if (x - *pressed.borrow()).abs() < STILL => return,
                Grip::Draws(from) => Window::between(from, at),
                Grip::Moves(end) => props.window.with(end, at),
                Grip::Pushes(from, window) => window.moved(at - from),
            };
            props.send.emit(Action::Window(next));
        })
    };
    let onpointerup = {
        let (strip, grip, props) = (strip.clone(), grip.clone(), props.clone());
        Callback::from(move |event: PointerEvent| {
            let taken = grip.borrow_mut().take();
            let Some((_, x)) = place(&strip, &event).filter(|_| taken.is_some()) else { return };
            // A click asks for the moment; an end that was only touched stays.
            if (x - *pressed.borrow()).abs() < STILL && !matches!(taken, Some(Grip::Moves(_))) {
                props.send.emit(Action::Seek(props.scale().time(x)));
            }
        })
    };
    let onpointercancel = Callback::from(move |_: PointerEvent| *grip.borrow_mut() = None);
    html! {
        <div class="overview">
            { zooms(props) }
            <div class="strip" ref={strip} data-testid="overview" {onpointerdown} {onpointermove} {onpointerup} {onpointercancel}>
                { picture(props) }
            </div>
            <p class="spoken" aria-live="polite" data-testid="window-said">{ if props.playing { String::new() } else { said(props) } }</p>
        </div>
    }
}

/// Where the pointer takes hold.
fn gripped(props: &OverviewProps, x: f64) -> Grip {
    let (window, at) = (props.window, x / props.width.max(1.0));
    let (from, to) = window.ends();
    let near = |end: f64| (end * props.width - x).abs();
    if window.is_whole() {
        // Its ends are those of the strip: whoever presses there means to draw, unless on the very end.
        return if near(from).min(near(to)) < STILL {
            Grip::Moves(nearest(near(from), near(to)))
        } else {
            Grip::Draws(at)
        };
    }
    match near(from).min(near(to)) {
        ..NEAR => Grip::Moves(nearest(near(from), near(to))),
        _ if (from..=to).contains(&at) => Grip::Pushes(at, window),
        _ => Grip::Draws(at),
    }
}

fn nearest(from: f64, to: f64) -> End {
    if from < to { End::From } else { End::To }
}

/// The strip, and where in it the pointer is.
fn place(strip: &NodeRef, event: &PointerEvent) -> Option<(Element, f64)> {
    let strip = strip.cast::<Element>()?;
    let x = f64::from(event.client_x()) - strip.get_bounding_client_rect().left();
    Some((strip, x))
}

/// Nearer, further, everything.
fn zooms(props: &OverviewProps) -> Html {
    let locale = props.locale;
    let whole = props.window.is_whole();
    let button = |id: &'static str, name: Msg, sign: &'static str, action: Action, off: bool| {
        let name = locale.say(name);
        html! {
            <button class="quiet" data-testid={id} disabled={off} aria-label={name.clone()} title={name} onclick={click(&props.send, action)}>{ icon(sign) }</button>
        }
    };
    html! {
        <div class="zooms" role="group" aria-label={locale.say(Msg::Zoom)}>
            { button("zoom-out", Msg::ZoomOut, "i-minus", Action::Zoom(1.0 / STEP), whole) }
            { button("zoom-in", Msg::ZoomIn, "i-plus", Action::Zoom(STEP), false) }
            { button("zoom-whole", Msg::ZoomWhole, "i-whole", Action::Window(Window::WHOLE), whole) }
        </div>
    }
}

/// A lane in small, what is not shown of it pale, and where the playhead is.
fn picture(props: &OverviewProps) -> Html {
    let scale = props.scale();
    let Some(service) = props.selected.or(props.run.most_important()) else { return Html::default() };
    let bars = props.run.lanes[service.index()].iter().filter_map(|stretch| {
        let (from, to) = scale.stretch(stretch.from, stretch.to)?;
        let height = (HEIGHT * stretch.share).max(LINE);
        (to - from >= 0.3)
            .then(|| rect(stretch.state.sign(), Rect::new(from, HEIGHT - height, to - from, height), 0.0))
    });
    let (from, to) = props.window.ends();
    let (from, to) = (from * props.width, to * props.width);
    html! {
        <svg class="strip-picture" width={px(props.width)} height={px(HEIGHT)}>
            <g aria-hidden="true">
            { rect("lane-ground", Rect::new(0.0, 0.0, props.width, HEIGHT), 2.0) }
            <g class="small-lane">{ for bars }</g>
            { rect("veil", Rect::new(0.0, 0.0, from, HEIGHT), 0.0) }
            { rect("veil", Rect::new(to, 0.0, props.width - to, HEIGHT), 0.0) }
            <rect ref={props.mark.clone()} class="now" x="-2" y="0" width="1.5" height={px(HEIGHT)} />
            if !props.window.is_whole() { { rect("brush", Rect::new(from + 0.5, 0.5, to - from - 1.0, HEIGHT - 1.0), 2.0) } }
            </g>
            { for [End::From, End::To].into_iter().map(|end| handle(props, end)) }
        </svg>
    }
}

/// An end of the window.
fn handle(props: &OverviewProps, end: End) -> Html {
    let (locale, window, axis) = (props.locale, props.window, props.run.axis(props.true_scale));
    let (from, to) = window.ends();
    let (at, id, name) = match end {
        End::From => (from, "window-from", Msg::WindowFrom),
        End::To => (to, "window-to", Msg::WindowTo),
    };
    let seconds = |position: f64| format!("{:.0}", axis.time(position).secs());
    let (least, most) = match end {
        End::From => (0.0, to),
        End::To => (from, 1.0),
    };
    let send = props.send.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let step = if event.shift_key() { 0.05 } else { 0.01 };
        let to = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => at + step,
            "ArrowLeft" | "ArrowDown" => at - step,
            "PageUp" => at + 0.1,
            "PageDown" => at - 0.1,
            "Home" => least,
            "End" => most,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        send.emit(Action::Window(window.with(end, to)));
    });
    html! {
        <rect class="handle" role="slider" tabindex="0" data-testid={id} aria-label={locale.say(name)}
            aria-valuemin={seconds(least)} aria-valuemax={seconds(most)} aria-valuenow={seconds(at)}
            aria-valuetext={span(locale, Span(axis.time(at).0))} {onkeydown}
            x={px(at * props.width - HANDLE / 2.0)} y="-2" width={px(HANDLE)} height={px(HEIGHT + 4.0)} rx="2" />
    }
}

/// The window in words.
fn said(props: &OverviewProps) -> String {
    if props.window.is_whole() {
        return String::new();
    }
    let axis = props.run.axis(props.true_scale);
    let (from, to) = props.window.ends();
    let (from, to) = (clock(axis.time(from)), clock(axis.time(to)));
    props.locale.with(Msg::WindowSaid, &[("from", &from), ("to", &to)])
}
