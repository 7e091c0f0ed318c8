//! The dependency graph.

use super::icons::{Sign, mark};
use super::shapes::{px, rect, text as words_at, view_box};
use super::{Send, Shared, click, press};
use crate::browser::size::{use_size, zoom};
use crate::layout::graph::{Drawing, Graph, draw};
use crate::layout::{Rect, text};
use crate::state::Action;
use crate::state::moment::Moment;
use crate::state::run::Run;
use crate::state::wayout::Edge;
use crate::words::states::Named;
use crate::words::{Locale, Msg};
use bridge_engine::trace::Subject;
use bridge_engine::world::ServiceId;
use std::rc::Rc;
use yew::prelude::*;

/// What the graph shows.
#[derive(Properties, PartialEq)]
pub struct DependenciesProps {
    /// The run.
    pub run: Shared<Run>,
    /// The moment.
    pub moment: Shared<Moment>,
    /// What is selected.
    pub selected: Option<Subject>,
    /// Dependencies on the way to what must come back first.
    pub blocking: Rc<Vec<Edge>>,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

const TEXT: f64 = 11.0;
const NAME_MAX: f64 = 96.0;

/// The dependency graph.
#[component]
pub fn Dependencies(props: &DependenciesProps) -> Html {
    let node = use_node_ref();
    let (width, height) = use_size(&node);
    let hovered = use_state_eq(|| None::<ServiceId>);
    let locale = props.locale;
    let drawn = use_memo((Shared(Rc::clone(&props.run.world)), locale.tag(), width as u32, height as u32), {
        let run = props.run.clone();
        move |(_, _, w, h)| drawing(&run, locale, f64::from(*w) / zoom(), f64::from(*h) / zoom())
    });
    let focus = hovered.or(match props.selected {
        Some(Subject::Service(s)) => Some(s),
        Some(Subject::Pool(p)) => Some(props.run.world[p].service),
        _ => None,
    });
    let size = drawn.size;
    let scale = if size.0 > 0.0 { width / size.0 } else { 1.0 };
    html! {
        <div class="graph" ref={node}>
            if !drawn.nodes.is_empty() {
                <svg width={px(size.0 * scale)} height={px(size.1 * scale)} viewBox={view_box(size)} role="group" data-roving=""
                    aria-label={locale.say(Msg::Dependencies)} class={classes!(hovered.is_some().then_some("hovering"))}>
                    { edges(props, &drawn, focus) }
                    { for props.run.ranked.iter().map(|id| pill(props, drawn.nodes[id.index()], *id, focus, &hovered)) }
                </svg>
            }
        </div>
    }
}

fn drawing(run: &Run, locale: Locale, width: f64, height: f64) -> Drawing {
    if width < 60.0 || height < 40.0 {
        return Drawing::default();
    }
    let world = &run.world;
    let widths = world
        .services
        .iter()
        .map(|s| text::width(&text::fit(locale.name(&s.name), TEXT, NAME_MAX), TEXT) + 32.0)
        .collect();
    let edges = kinds(run).map(|(a, b, _)| (a.index(), b.index())).collect();
    draw(&Graph { widths, edges }, width, height)
}

/// Every dependency once, the strongest kind of it.
fn kinds(run: &Run) -> impl Iterator<Item = (ServiceId, ServiceId, &'static str)> {
    let world = &run.world;
    (0..world.services.len()).map(ServiceId::at).flat_map(move |s| {
        let service = &world[s];
        let needs = service.needs.iter().map(|n| (n.on, if n.soft.is_some() { "wants" } else { "needs" }));
        let boots = service
            .boots
            .iter()
            .filter(|b| service.needs.iter().all(|n| n.on != **b))
            .map(|b| (*b, "to-start"));
        needs.chain(boots).map(move |(on, kind)| (s, on, kind))
    })
}

fn edges(props: &DependenciesProps, drawn: &Drawing, focus: Option<ServiceId>) -> Html {
    let mut back = Vec::new();
    let mut front = Vec::new();
    for (a, b, kind) in kinds(&props.run) {
        let blocking = props.blocking.contains(&(a, b));
        let near = focus == Some(a) || focus == Some(b);
        let class = classes!("edge", kind, near.then_some("near"), blocking.then_some("blocking"));
        let d = curve(drawn.nodes[a.index()], drawn.nodes[b.index()]);
        let drawn = html! { <path key={format!("{}-{}", a.0, b.0)} {class} {d} /> };
        if blocking || near { front.push(drawn) } else { back.push(drawn) }
    }
    html! { <g class="edges" aria-hidden="true"><g>{ for back }</g><g>{ for front }</g></g> }
}

/// From the lower edge of who leans to the upper edge of who is leant on; round the side where that is above.
fn curve(from: Rect, to: Rect) -> String {
    let (x0, x1) = (from.cx(), to.cx());
    if (to.y - from.y).abs() < 0.5 {
        // In the same row: an arc below it.
        let (y, dip) = (from.bottom(), 10.0 + ((x1 - x0).abs() * 0.04).min(12.0));
        return format!("M{x0:.1} {y:.1}C{x0:.1} {:.1} {x1:.1} {:.1} {x1:.1} {y:.1}", y + dip, y + dip);
    }
    if to.y > from.y {
        let (y0, y1) = (from.bottom(), to.y);
        let bend = ((y1 - y0) * 0.5).clamp(8.0, 60.0);
        return format!("M{x0:.1} {y0:.1}C{x0:.1} {:.1} {x1:.1} {:.1} {x1:.1} {y1:.1}", y0 + bend, y1 - bend);
    }
    let (y0, y1) = (from.y, to.bottom());
    let side = if x1 >= x0 { 26.0 } else { -26.0 };
    format!(
        "M{x0:.1} {y0:.1}C{:.1} {:.1} {:.1} {:.1} {x1:.1} {y1:.1}",
        x0 + side,
        y0 - 18.0,
        x1 + side,
        y1 + 18.0
    )
}

fn pill(
    props: &DependenciesProps,
    at: Rect,
    id: ServiceId,
    focus: Option<ServiceId>,
    hovered: &UseStateHandle<Option<ServiceId>>,
) -> Html {
    let (world, locale) = (&props.run.world, props.locale);
    let service = &world[id];
    let now = props.moment.service(id);
    let name = locale.name(&service.name);
    let label = label(props, id);
    let selected = props.selected == Some(Subject::Service(id));
    let related = |other: ServiceId| {
        let leans = |a: ServiceId, b: ServiceId| {
            world[a].needs.iter().any(|n| n.on == b) || world[a].boots.contains(&b)
        };
        other == id || leans(id, other) || leans(other, id)
    };
    let class = classes!(
        "pill",
        now.state.sign(),
        selected.then_some("selected"),
        focus.is_some_and(related).then_some("near")
    );
    let select = Action::Select(Subject::Service(id));
    let (onclick, onkeydown) = (click(&props.send, select.clone()), press(&props.send, select));
    let (enter, leave) = (hovered.clone(), hovered.clone());
    let stop = selected
        || (!matches!(props.selected, Some(Subject::Service(_))) && props.run.most_important() == Some(id));
    html! {
        <g key={id.0} {class} data-testid={format!("service-{}", service.key)} data-state={now.state.sign()}>
            <g role="button" tabindex={if stop { "0" } else { "-1" }} data-stop="" aria-label={label.clone()}
                aria-pressed={selected.to_string()} {onclick} {onkeydown}
                onmouseenter={move |_| enter.set(Some(id))} onmouseleave={move |_| leave.set(None)}>
                <title>{ label }</title>
                { rect("face", at, at.h / 2.0) }
                { mark(now.state.sign(), at.x + 8.0, at.cy() - 5.5, 11.0) }
            </g>
            { words_at("name", (at.x + 23.0, at.cy() + 4.0), TEXT, text::fit(name, TEXT, NAME_MAX)) }
        </g>
    }
}

/// A service in one spoken sentence.
fn label(props: &DependenciesProps, id: ServiceId) -> String {
    let now = props.moment.service(id);
    let locale = props.locale;
    locale.with(
        Msg::LabelService,
        &[
            ("name", locale.name(&props.run.world[id].name)),
            ("state", &now.state.said(locale)),
            ("share", &format!("{} %", now.share)),
            ("since", &now.since.to_string()),
        ],
    )
}

/// What the lines mean.
pub fn legend(locale: Locale) -> Html {
    let line = |kind: &'static str, message: Msg| {
        html! {
            <span>
                <svg class="legend" viewBox="0 0 24 4" aria-hidden="true"><path class={classes!("edge", kind)} d="M0 2H24" /></svg>
                { locale.say(message) }
            </span>
        }
    };
    html! {
        <div class="legends">
            { line("needs", Msg::LegendNeeds) }{ line("wants", Msg::LegendWants) }{ line("to-start", Msg::LegendToStart) }
        </div>
    }
}
