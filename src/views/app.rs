//! The whole stage: one state, handed down in pieces.

use super::debrief::DebriefProps;
use super::design::DesignProps;
use super::figures::{FiguresProps, figures_strip};
use super::find::Find;
use super::gallery::{GalleryProps, read};
use super::graph::{Dependencies, legend};
use super::guide::guide;
use super::header::{HeaderProps, header};
use super::icons::{icon, sprite};
use super::incidents::Incidents;
use super::later as rooms;
use super::live::{LiveProps, live};
use super::log::LogProps;
use super::sites::Sites;
use super::table::TableProps;
use super::timeline::{Timeline, service_of};
use super::transport::{TransportProps, transport};
use super::why::{WhyProps, why_panel};
use super::{Send, Shared, click};
use crate::browser::shelf::{Put, Shelf};
use crate::browser::signs::first_sign;
use crate::browser::{keys, page, storage};
use crate::layout::window::{STEP, Window};
use crate::state::later;
use crate::state::moment::Moment;
use crate::state::run::Run;
use crate::state::wayout::blocking_edges;
use crate::state::{Action, Arm, Mode, Overlay, State, Tab, past, saved, update};
use crate::words::Msg;
use bridge_engine::Time;
use bridge_engine::trace::Subject;
use bridge_engine::why::Why as Answer;
use gloo::file::callbacks::FileReader;
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// By then a change is painted.
const PAINTED_MS: u32 = 30;

/// Whoever changes nothing for so long has come to rest.
const STILL_MS: u32 = 400;

/// The state behind the reducer.
#[derive(Clone)]
struct Store(Rc<State>);

impl Reducible for Store {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        match update(&self.0, action) {
            Some(next) => Rc::new(Self(Rc::new(next))),
            None => self,
        }
    }
}

impl PartialEq for Store {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Where the app starts.
#[derive(Properties, PartialEq)]
pub struct AppProps {
    /// The first state.
    pub first: Shared<State>,
    /// Where works are kept.
    pub shelf: Rc<Shelf>,
}

/// The app.
#[component]
pub fn App(props: &AppProps) -> Html {
    let store = {
        let first = Rc::clone(&props.first.0);
        use_reducer_eq(move || Store(first))
    };
    let send: Send = {
        let dispatcher = store.dispatcher();
        use_callback((), move |action: Action, ()| {
            if !action.is_later() || later::here().is_some() {
                return dispatcher.dispatch(action);
            }
            let dispatcher = dispatcher.clone();
            spawn_local(async move {
                let here = rooms::fetch().await;
                if here {
                    dispatcher.dispatch(Action::Arrived);
                }
                match action {
                    // It is asked for again by whatever cannot do without it.
                    Action::Arrived => {}
                    _ if here => dispatcher.dispatch(action),
                    _ => dispatcher.dispatch(Action::Notice(Msg::NoticeLacking)),
                }
            });
        })
    };
    let state = Rc::clone(&store.0);
    use_page(&state);
    use_memory(&state, &props.shelf, &send);
    use_keys(state.mode, &send);
    use_arrival(state.playhead > Time::ZERO, &send);
    let run = Shared(Rc::clone(&state.run));
    let (locale, rooms) = (state.locale, rooms::here());
    // A scenario file may be dropped anywhere on the page.
    let reading = use_mut_ref(|| None::<FileReader>);
    let ondragover = Callback::from(|event: DragEvent| event.prevent_default());
    let ondrop = {
        let send = send.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            *reading.borrow_mut() = read(event.data_transfer().and_then(|d| d.files()), &send);
        })
    };
    html! {
        <div class="drop-zone" {ondragover} {ondrop}>
            { sprite() }
            { header(&HeaderProps { open: Shared(Rc::clone(&state.open)), locale, theme: state.theme, mode: state.mode, find: find(&state, &run, &send), offers_round: state.tour.is_none() && state.mode == Mode::Drill && page::is_framed(), send: send.clone() }) }
            { guide(&state, &send) }
            { match state.mode {
                Mode::Drill => html! { <Drill state={Shared(Rc::clone(&state))} send={send.clone()} /> },
                Mode::Design => rooms.map(|rooms| (rooms.design)(&DesignProps { state: Rc::clone(&state), send: send.clone() })).unwrap_or_default(),
                Mode::Debrief => rooms.map(|rooms| (rooms.debrief)(DebriefProps::of(&state, &run, &send))).unwrap_or_default(),
            } }
            { live(&LiveProps { run: run.clone(), at: (!state.playing).then_some(state.playhead), locale }) }
            { notice(&state, &send) }
            { rooms.map(|rooms| (rooms.overlay)(&state.overlay, locale, &send)).unwrap_or_default() }
            if matches!(state.overlay, Overlay::Gallery) {
                { rooms.map(|rooms| (rooms.gallery)(GalleryProps { state: Shared(Rc::clone(&state)), shelf: Rc::clone(&props.shelf), send: send.clone() })).unwrap_or_default() }
            }
        </div>
    }
}

/// The search, wherever something can be pointed at.
fn find(state: &State, run: &Shared<Run>, send: &Send) -> Html {
    if state.mode == Mode::Debrief {
        return Html::default();
    }
    html! { <Find run={run.clone()} at={state.playhead} tab={state.tab} locale={state.locale} send={send.clone()} /> }
}

/// What the drill shows.
#[derive(Properties, PartialEq)]
struct DrillProps {
    state: Shared<State>,
    send: Send,
}

/// Buildings, dependencies, time: what happens to the design. What is true at the moment, and why, is asked here alone.
#[component]
fn Drill(props: &DrillProps) -> Html {
    let (state, send) = (&*props.state, &props.send);
    let run = &Shared(Rc::clone(&state.run));
    let last = use_mut_ref(|| None::<Rc<Moment>>);
    let moment = &use_memo((run.clone(), state.playhead), |(run, at)| {
        Moment::after(last.borrow().as_deref(), run, *at)
    });
    *last.borrow_mut() = Some(Rc::clone(moment));
    let answer = &use_answer(state, run);
    let locale = state.locale;
    let armed = state.armed.map(|arm| (arm, state.playhead));
    html! {
        <>
            { figures_strip(&FiguresProps { run: run.clone(), moment: Shared(Rc::clone(moment)), locale, send: send.clone() }) }
            { tabs(state, send) }
            <div class={classes!("stage", tab_class(state.tab), armed.map(|a| arm_class(a.0)))}>
                <Sites run={run.clone()} moment={Shared(Rc::clone(moment))} {armed} selected={state.selected} {locale} send={send.clone()} />
                { side(state, run, moment, answer, send) }
            </div>
            { bottom(state, run, send) }
        </>
    }
}

/// What the page itself shows: language, colours, title, fingerprint.
#[hook]
fn use_page(state: &State) {
    let title =
        state.locale.with(Msg::PageTitle, &[("scenario", state.locale.name(&state.world().meta.title))]);
    // Apart: to say the language anew, even the same one, lets the browser work out every style anew.
    use_effect_with((state.locale, state.theme, title), |(locale, theme, title)| {
        page::dress(*locale, *theme, title);
    });
    let key = (state.run.hash, state.run.is_whole, state.playing);
    use_effect_with(key, |(hash, is_whole, playing)| page::mark(*hash, *is_whole, *playing));
}

/// Keeps the work, where the browser can.
#[hook]
fn use_memory(state: &Rc<State>, shelf: &Rc<Shelf>, send: &Send) {
    use_effect_with((state.locale, state.theme), |(locale, theme)| {
        storage::set(storage::LOCALE, locale.tag());
        storage::set(storage::THEME, theme.tag());
    });
    // Whoever has taken the first step of the round, or left it, is not led again without asking.
    let begun = state.tour.as_ref().is_none_or(|tour| tour.now > 0);
    use_effect_with(begun, |begun| {
        if *begun {
            storage::set(storage::GUIDED, "yes");
        }
    });
    let id = Rc::clone(&state.work.present().id);
    let kept = use_mut_ref(|| None::<Rc<str>>);
    {
        let work = (
            Rc::clone(&id),
            Shared(Rc::clone(&state.open)),
            Shared(Rc::clone(state.script())),
            state.run.is_whole,
        );
        let (shelf, send, state) = (Rc::clone(shelf), send.clone(), Rc::clone(state));
        let kept = Rc::clone(&kept);
        use_effect_with(work, move |(id, ..)| {
            let id = Rc::clone(id);
            let named = Rc::clone(&id);
            let put = move || {
                // While nobody is there, there is nothing to keep.
                let Some(later) = later::here() else { return };
                match shelf.put(&named, &(later.work)(&state), saved::is_own(&state)) {
                    Put::Kept => {}
                    Put::Taken => send.emit(Action::Part),
                    Put::Full => send.emit(Action::Notice(Msg::NoticeStorage)),
                }
            };
            // Which work is shown is kept at once. A change is first shown, then kept; what comes in between is kept with it.
            let soon = if kept.replace(Some(Rc::clone(&id))).as_ref() == Some(&id) {
                Some(Timeout::new(PAINTED_MS, put))
            } else {
                put();
                None
            };
            move || drop(soon)
        });
    }
    {
        let (shelf, state, id) = (Rc::clone(shelf), Rc::clone(state), Rc::clone(&id));
        use_effect_with((Shared(Rc::clone(&state.open)), Shared(Rc::clone(state.script()))), move |_| {
            let soon = Timeout::new(STILL_MS, move || {
                // Nor is there a past.
                if later::here().is_some() {
                    shelf.put_past(&id, &past::kept(&state.work));
                }
            });
            move || drop(soon)
        });
    }
    // While time passes only the moment changes; where it stops is what is kept.
    let view = (!state.playing && later::here().is_some()).then(|| (id, saved::view(state)));
    let shelf = Rc::clone(shelf);
    use_effect_with(view, move |view| {
        if let Some((id, view)) = view {
            shelf.put_view(id, view);
        }
    });
}

/// What comes later is fetched as soon as somebody is there, so that it is here when it is asked for. Whoever only looks
/// at the first picture is spared it.
#[hook]
fn use_arrival(moved: bool, send: &Send) {
    let send = send.clone();
    use_effect_with(moved, move |moved| {
        let fetch = move || send.emit(Action::Arrived);
        let signs = if *moved {
            fetch();
            Vec::new()
        } else {
            first_sign(fetch)
        };
        move || drop(signs)
    });
}

/// Keys that work anywhere.
#[hook]
fn use_keys(mode: Mode, send: &Send) {
    let send = send.clone();
    use_effect_with(mode, move |mode| {
        let mode = *mode;
        let listener = keys::listen(move |press| {
            key(mode, press).map(|action| send.emit(action)).is_some()
                || (roved(press) && (!press.shift || mode != Mode::Design || keys::click_too()))
        });
        move || drop(listener)
    });
}

fn roved(press: &keys::Press) -> bool {
    let (dx, dy) = match press.key.as_str() {
        "ArrowLeft" => (-1.0, 0.0),
        "ArrowRight" => (1.0, 0.0),
        "ArrowUp" => (0.0, -1.0),
        "ArrowDown" => (0.0, 1.0),
        _ => return false,
    };
    keys::rove(dx, dy)
}

fn key(mode: Mode, press: &keys::Press) -> Option<Action> {
    let letter = press.key.to_ascii_lowercase();
    if press.command {
        return match (letter.as_str(), press.shift) {
            ("z", false) => Some(Action::Undo),
            ("z", true) | ("y", _) => Some(Action::Redo),
            _ => None,
        };
    }
    match letter.as_str() {
        "?" => return Some(Action::Help),
        "escape" => return Some(Action::Escape),
        // The others are about what is to be seen of the moment.
        _ if mode == Mode::Debrief => return None,
        _ => {}
    }
    match letter.as_str() {
        " " if !press.on_control => Some(Action::PlayPause),
        "+" | "=" => Some(Action::Zoom(STEP)),
        "-" => Some(Action::Zoom(1.0 / STEP)),
        "0" => Some(Action::Window(Window::WHOLE)),
        "," => Some(Action::Jump { forwards: false }),
        "." => Some(Action::Jump { forwards: true }),
        "1" => Some(Action::Arm(Arm::Fire)),
        "2" => Some(Action::Arm(Arm::Trip)),
        "3" => Some(Action::Arm(Arm::Crash)),
        _ => None,
    }
}

/// The engine's answer about the selection; while time passes, as of the last key event.
#[hook]
fn use_answer(state: &State, run: &Shared<Run>) -> Shared<Answer> {
    let at = state.playhead;
    let asked = if state.playing {
        let passed = run.moments.partition_point(|m| *m <= at);
        if passed == 0 { Time::ZERO } else { run.moments[passed - 1] }
    } else {
        at
    };
    let answer = use_memo((run.clone(), state.selected, asked), |(run, selected, at)| {
        let later = later::here();
        let answer = selected.zip(later).map(|(of, later)| (later.why)(&run.world, &run.trace, of, *at));
        answer.unwrap_or_default()
    });
    Shared(answer)
}

const fn tab_class(tab: Tab) -> &'static str {
    match tab {
        Tab::Sites => "tab-sites",
        Tab::Graph => "tab-graph",
        Tab::Table => "tab-table",
        Tab::Log => "tab-log",
    }
}

const fn arm_class(arm: Arm) -> &'static str {
    match arm {
        Arm::Fire => "armed-fire",
        Arm::Trip => "armed-trip",
        Arm::Crash | Arm::Mistake | Arm::Monkey => "armed-crash",
        Arm::Fail => "armed-fail",
        Arm::Move(_) | Arm::Need(_) => "armed-move",
        Arm::Cut | Arm::Gorilla | Arm::Kong | Arm::Shock(_) => "armed-site",
    }
}

const fn tab_name(tab: Tab) -> Msg {
    match tab {
        Tab::Sites => Msg::TabSites,
        Tab::Graph => Msg::TabGraph,
        Tab::Table => Msg::TabTable,
        Tab::Log => Msg::TabLog,
    }
}

fn tab_button(state: &State, send: &Send, tab: Tab, on: bool) -> Html {
    let id = tab_class(tab);
    html! {
        <button key={id} aria-pressed={on.to_string()} data-testid={id} onclick={click(send, Action::Show(tab))}>
            { state.locale.say(tab_name(tab)) }
        </button>
    }
}

/// On a narrow screen one thing at a time.
fn tabs(state: &State, send: &Send) -> Html {
    html! {
        <nav class="segmented tabs" aria-label={state.locale.say(Msg::Views)}>
            { for Tab::ALL.into_iter().map(|tab| tab_button(state, send, tab, tab == state.tab)) }
        </nav>
    }
}

/// Graph, table or log; and why.
fn side(state: &State, run: &Shared<Run>, moment: &Rc<Moment>, answer: &Shared<Answer>, send: &Send) -> Html {
    let locale = state.locale;
    let blocking = match state.selected {
        Some(Subject::Service(s)) => blocking_edges(state.world(), moment, s, &answer.blockers),
        _ => Vec::new(),
    };
    // The buildings stand beside it on a wide screen, so that there the graph is the first choice.
    let shown = if state.tab == Tab::Sites { Tab::Graph } else { state.tab };
    let body = match shown {
        Tab::Table => html! {
            { rooms::here().map(|rooms| (rooms.table)(&TableProps { run: run.clone(), moment: Shared(Rc::clone(moment)), selected: state.selected, locale, send: send.clone() })).unwrap_or_default() }
        },
        Tab::Log => rooms::here()
            .map(|rooms| {
                (rooms.log)(&LogProps {
                    open: Shared(Rc::clone(&state.open)),
                    run: run.clone(),
                    at: state.playhead,
                    happened: run.key.partition_point(|id| run.event(*id).at <= state.playhead),
                    locale,
                    send: send.clone(),
                })
            })
            .unwrap_or_default(),
        Tab::Sites | Tab::Graph => html! {
            <Dependencies run={run.clone()} now={Shared(Rc::clone(&moment.services))} selected={state.selected} kept={state.graphed}
                blocking={Rc::new(blocking)} {locale} send={send.clone()} />
        },
    };
    html! {
        <section class="card side" aria-label={locale.say(Msg::Dependencies)}>
            <header>
                <div class="segmented" role="group" aria-label={locale.say(Msg::Views)}>
                    { for [Tab::Graph, Tab::Table, Tab::Log].into_iter().map(|tab| tab_button_side(state, send, tab, tab == shown)) }
                </div>
                if shown == Tab::Graph { { legend(locale) } }
            </header>
            { body }
            { why_panel(&WhyProps { run: run.clone(), at: state.playhead, selected: state.selected, answer: answer.clone(), locale, send: send.clone() }) }
        </section>
    }
}

fn tab_button_side(state: &State, send: &Send, tab: Tab, on: bool) -> Html {
    html! {
        <button key={tab_class(tab)} aria-pressed={on.to_string()} data-testid={format!("side-{}", tab_class(tab))}
            onclick={click(send, Action::Show(tab))}>
            { state.locale.say(tab_name(tab)) }
        </button>
    }
}

/// Transport, incidents and timeline.
fn bottom(state: &State, run: &Shared<Run>, send: &Send) -> Html {
    let locale = state.locale;
    let told = run.turns.partition_point(|id| run.event(*id).at <= state.playhead);
    let story = told.checked_sub(1).map(|i| run.turns[i]);
    html! {
        <section class="card bottom" aria-label={locale.say(Msg::Timeline)}>
            <div class="controls">
                { transport(&TransportProps { playing: state.playing, speed: state.speed, true_scale: state.true_scale, locale, send: send.clone() }) }
                <Incidents run={run.clone()} armed={state.armed} at={state.armed.map(|_| state.playhead)} {story}
                    playhead={(!state.playing).then_some(state.playhead)}
                    can_undo={state.work.can_undo()} can_redo={state.work.can_redo()}
                    as_written={**state.script() == state.open.world.script} {locale} send={send.clone()} />
            </div>
            <Timeline open={Shared(Rc::clone(&state.open))} run={run.clone()} playhead={state.playhead} playing={state.playing} speed={state.speed}
                true_scale={state.true_scale} window={state.window()} selected={service_of(run, state.selected)} {locale} send={send.clone()} />
        </section>
    }
}

fn notice(state: &State, send: &Send) -> Html {
    let Some(message) = state.notice else { return Html::default() };
    let dismiss = click(send, Action::NoticeRead);
    html! {
        <div class="notice" role="status" data-testid="notice">
            <span>{ state.locale.say(message) }</span>
            <button class="quiet" aria-label={state.locale.say(Msg::Dismiss)} onclick={dismiss}>{ icon("i-close") }</button>
        </div>
    }
}
