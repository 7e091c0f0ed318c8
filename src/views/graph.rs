//! The dependency graph: every service, or where they are too many, groups of them that unfold.

use super::crowd::{counted, said};
use super::icons::{Sign, mark};
use super::rooms::is_chosen;
use super::shapes::{px, rect, text as words_at, text_end, view_box};
use super::timeline::service_of;
use super::{Send, Shared, choose, choose_by_key, pressed};
use crate::browser::size::{use_size, zoom};
use crate::layout::fold::{Group, Groups, Node, Picture, ROOM_FOR, groups, near};
use crate::layout::graph::{Drawing, Graph, draw};
use crate::layout::{Rect, text};
use crate::state::moment::ServiceNow;
use crate::state::run::{Run, ranked};
use crate::state::wayout::Edge;
use crate::state::{Action, Arm, aim};
use crate::words::states::Named;
use crate::words::{Locale, Msg};
use bridge_engine::World;
use bridge_engine::trace::{ServiceState, Subject};
use bridge_engine::world::{ServiceId, SiteId};
use std::rc::Rc;
use yew::prelude::*;

/// What the graph shows.
#[derive(Properties, PartialEq)]
pub struct DependenciesProps {
    /// The run.
    pub run: Shared<Run>,
    /// Services at the moment, by id.
    pub now: Shared<Vec<ServiceNow>>,
    /// What is selected.
    pub selected: Option<Subject>,
    /// Dependencies on the way to what must come back first.
    pub blocking: Rc<Vec<Edge>>,
    /// What else is chosen.
    #[prop_or_default]
    pub also: Rc<Vec<Subject>>,
    /// The service that is shown while something else is selected.
    #[prop_or_default]
    pub kept: Option<ServiceId>,
    /// What is in hand.
    #[prop_or_default]
    pub armed: Option<Arm>,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

const TEXT: f64 = 11.0;
const NAME_MAX: f64 = 96.0;
/// A group's text, and its name where it has one in it.
const SMALL: f64 = 10.0;
const SITE_MAX: f64 = 58.0;
/// The bar that moves a picture too tall for its place.
const BAR: f64 = 14.0;

/// A line between two nodes of the picture, for the strongest dependency of those that it stands for.
struct Line {
    from: usize,
    to: usize,
    kind: usize,
    stands_for: Vec<Edge>,
}

/// Kinds of dependencies, the strongest first.
const KINDS: [&str; 3] = ["needs", "wants", "to-start"];

/// The dependency graph.
#[component]
pub fn Dependencies(props: &DependenciesProps) -> Html {
    let node = use_node_ref();
    let (width, height) = use_size(&node);
    let hovered = use_state_eq(|| None::<usize>);
    let unfolded = use_state_eq(Vec::<usize>::new);
    let locale = props.locale;
    let world = Shared(Rc::clone(&props.run.world));
    let groups = use_memo(world.clone(), |world| match world.services.len() {
        ..=ROOM_FOR => None,
        _ => Some(groups(world, &ranked(world))),
    });
    let selected = service_of(&props.run, props.selected).or(props.kept);
    // Without groups every service stands by itself, whatever is selected.
    let shown = groups.as_ref().as_ref().and(selected);
    let key = (world, locale.tag(), width as u32, height as u32, (shown, (*unfolded).clone()));
    let drawn = use_memo(key, {
        let groups = Rc::clone(&groups);
        move |(world, _, w, h, (shown, unfolded))| {
            let area = (f64::from(*w) / zoom(), f64::from(*h) / zoom());
            let picture = picture(world, locale, groups.as_ref().as_ref(), (*shown, unfolded), area);
            let lines = lines(world, &picture);
            (picture, lines)
        }
    });
    let (picture, lines) = &*drawn;
    let focus = hovered
        .filter(|node| *node < picture.nodes.len())
        .or(selected.and_then(|s| picture.of.get(s.index()).copied()));
    let stop = selected.or(props.run.most_important()).and_then(|s| picture.of.get(s.index()).copied());
    let size = picture.size;
    let scale = zoom();
    let near = |node: usize| {
        let touches = |line: &Line| {
            (line.from == node && Some(line.to) == focus) || (line.to == node && Some(line.from) == focus)
        };
        focus == Some(node) || (focus.is_some() && lines.iter().any(touches))
    };
    let one = |i: usize| {
        let hover = Hover { hovered: hovered.setter(), node: i, stop: stop == Some(i), near: near(i) };
        match (picture.nodes[i], &*groups) {
            (Node::Service(id), _) => pill(props, picture.places[i], id, &hover),
            (Node::Group(id), Some(groups)) => group(
                props,
                picture.places[i],
                id,
                &groups.all[id],
                (&unfolded, picture.heads.is_empty()),
                &hover,
            ),
            (Node::Group(_), None) => Html::default(),
        }
    };
    html! {
        <div class={classes!("graph", groups.as_ref().as_ref().map(|_| "folded"))} ref={node}>
            if !picture.nodes.is_empty() {
                <svg width={px(size.0 * scale)} height={px(size.1 * scale)} viewBox={view_box(size)} role="group" data-roving=""
                    aria-label={locale.say(Msg::Dependencies)} class={classes!(hovered.is_some().then_some("hovering"))}>
                    { for picture.heads.iter().map(|(site, x)| head(props, *site, *x)) }
                    { edges(props, picture, lines, focus) }
                    { for (0..picture.nodes.len()).map(one) }
                </svg>
            }
        </div>
    }
}

fn picture(
    world: &World,
    locale: Locale,
    groups: Option<&Groups>,
    (selected, unfolded): (Option<ServiceId>, &[usize]),
    (width, height): (f64, f64),
) -> Picture {
    if width < 60.0 || height < 40.0 {
        return Picture::default();
    }
    let name =
        |s: ServiceId| text::width(&text::fit(locale.name(&world[s].name), TEXT, NAME_MAX), TEXT) + 32.0;
    if let Some(groups) = groups {
        let most = groups.all.iter().map(|g| g.members.len()).max().unwrap_or(0);
        let number = text::width(&format!("{most}/{most}"), SMALL) + 17.0;
        let shown = selected.map_or_else(Vec::new, |s| near(world, s));
        return groups.picture(
            (&shown, unfolded),
            name,
            (number, number + SITE_MAX + 4.0),
            (width - BAR, height),
        );
    }
    let all = (0..world.services.len()).map(ServiceId::at);
    let edges = kinds(world).map(|(a, b, _)| (a.index(), b.index())).collect();
    let Drawing { nodes: places, size } =
        draw(&Graph { widths: all.map(name).collect(), edges }, width, height);
    // In order of display, which is the order in which they are read out.
    let nodes: Vec<ServiceId> = ranked(world);
    let mut of = vec![0; nodes.len()];
    for (i, s) in nodes.iter().enumerate() {
        of[s.index()] = i;
    }
    let places = nodes.iter().map(|s| places[s.index()]).collect();
    Picture { nodes: nodes.into_iter().map(Node::Service).collect(), places, of, heads: Vec::new(), size }
}

/// Every dependency once, the strongest kind of it.
fn kinds(world: &World) -> impl Iterator<Item = (ServiceId, ServiceId, usize)> {
    (0..world.services.len()).map(ServiceId::at).flat_map(move |s| {
        let service = &world[s];
        let needs = service.needs.iter().map(|n| (n.on, usize::from(n.soft.is_some())));
        let boots =
            service.boots.iter().filter(|b| service.needs.iter().all(|n| n.on != **b)).map(|b| (*b, 2));
        needs.chain(boots).map(move |(on, kind)| (s, on, kind))
    })
}

/// A line for all dependencies between the same two nodes.
fn lines(world: &World, picture: &Picture) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    if picture.nodes.is_empty() {
        return out;
    }
    // The line from one node to another, if there is one yet.
    let count = picture.nodes.len();
    let mut between = vec![usize::MAX; count * count];
    for (a, b, kind) in kinds(world) {
        let (from, to) = (picture.of[a.index()], picture.of[b.index()]);
        if from == to && a != b {
            continue;
        }
        let line = &mut between[from * count + to];
        if *line == usize::MAX {
            *line = out.len();
            out.push(Line { from, to, kind, stands_for: Vec::new() });
        }
        let line = &mut out[*line];
        line.kind = line.kind.min(kind);
        line.stands_for.push((a, b));
    }
    out
}

fn edges(props: &DependenciesProps, picture: &Picture, lines: &[Line], focus: Option<usize>) -> Html {
    let mut back = Vec::new();
    let mut front = Vec::new();
    for line in lines {
        let blocking = line.stands_for.iter().any(|edge| props.blocking.contains(edge));
        let near = focus == Some(line.from) || focus == Some(line.to);
        let class =
            classes!("edge", KINDS[line.kind], near.then_some("near"), blocking.then_some("blocking"));
        let d = curve(picture.places[line.from], picture.places[line.to]);
        let drawn = html! { <path key={format!("{}-{}", line.from, line.to)} {class} {d} /> };
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

/// What a node does under the pointer, and where the Tab key enters the picture.
struct Hover {
    hovered: UseStateSetter<Option<usize>>,
    node: usize,
    stop: bool,
    near: bool,
}

impl Hover {
    fn callbacks(&self) -> (Callback<MouseEvent>, Callback<MouseEvent>) {
        let (enter, leave, node) = (self.hovered.clone(), self.hovered.clone(), self.node);
        (Callback::from(move |_| enter.set(Some(node))), Callback::from(move |_| leave.set(None)))
    }

    const fn tab(&self) -> &'static str {
        if self.stop { "0" } else { "-1" }
    }
}

fn pill(props: &DependenciesProps, at: Rect, id: ServiceId, hover: &Hover) -> Html {
    let (world, locale) = (&props.run.world, props.locale);
    let service = &world[id];
    let sign = props.now[id.index()].state.sign();
    let name = locale.name(&service.name);
    let label = label(props, id);
    let selected = is_chosen(props.selected, &props.also, Subject::Service(id));
    let aimed = props.armed.filter(|arm| arm.designs());
    let takes = aimed.is_some_and(|arm| aim(world, arm, Subject::Service(id)).is_some());
    let class = classes!(
        "pill",
        sign,
        selected.then_some("selected"),
        hover.near.then_some("near"),
        takes.then_some("takes"),
        (aimed.is_some() && !takes).then_some("dim")
    );
    let select = Action::Select(Subject::Service(id));
    let (onclick, onkeydown) = (choose(&props.send, select.clone()), choose_by_key(&props.send, select));
    let (onmouseenter, onmouseleave) = hover.callbacks();
    html! {
        <g key={id.0} {class} data-testid={format!("service-{}", service.key)} data-state={sign}>
            <g role="button" tabindex={hover.tab()} data-stop="" aria-label={label.clone()}
                aria-pressed={selected.to_string()} {onclick} {onkeydown} {onmouseenter} {onmouseleave}>
                <title>{ label }</title>
                { rect("face", at, at.h / 2.0) }
                { mark(sign, at.x + 8.0, at.cy() - 5.5, 11.0) }
            </g>
            { words_at("name", (at.x + 23.0, at.cy() + 4.0), TEXT, text::fit(name, TEXT, NAME_MAX)) }
        </g>
    }
}

/// The name of a site above its column.
fn head(props: &DependenciesProps, site: Option<SiteId>, x: f64) -> Html {
    let name = site.map_or("", |s| props.locale.name(&props.run.world[s].name));
    let name = text::fit(name, SMALL, SITE_MAX);
    words_at("head", (x - text::width(&name, SMALL) / 2.0, 9.0), SMALL, name)
}

/// Services that stand as one: the worst state among them, how many are not whole, and a bar of their states.
fn group(
    props: &DependenciesProps,
    at: Rect,
    id: usize,
    group: &Group,
    (unfolded, named): (&UseStateHandle<Vec<usize>>, bool),
    hover: &Hover,
) -> Html {
    let (world, locale) = (&props.run.world, props.locale);
    let states: Vec<ServiceState> = group.members.iter().map(|s| props.now[s.index()].state).collect();
    let counts = counted(&states, locale);
    let (n, site) = (states.len(), group.site.map_or("", |s| locale.name(&world[s].name)));
    let sign = counts.first().map_or("s-up", |c| c.sign);
    let broken = states.iter().filter(|s| **s != ServiceState::Up).count();
    let number = if broken > 0 { format!("{broken}/{n}") } else { n.to_string() };
    let label = locale.with(
        Msg::LabelGroup,
        &[
            ("site", site),
            ("layer", &(group.layer + 1).to_string()),
            ("n", &n.to_string()),
            ("counts", &said(&counts)),
        ],
    );
    let is_open = unfolded.contains(&id);
    let toggle = {
        let unfolded = unfolded.clone();
        Callback::from(move |()| {
            let others = unfolded.iter().copied().filter(|g| *g != id);
            unfolded.set(if is_open { others.collect() } else { others.chain([id]).collect() });
        })
    };
    let onclick = toggle.reform(|_: MouseEvent| ());
    let onkeydown = pressed(toggle);
    let (onmouseenter, onmouseleave) = hover.callbacks();
    let mut x = at.x + 5.0;
    let bar = counts.iter().rev().map(|count| {
        let w = (at.w - 10.0) * count.n as f64 / n as f64;
        x += w;
        rect(count.sign, Rect::new(x - w, at.bottom() - 3.5, w, 2.5), 0.0)
    });
    let key = group.site.map_or("", |s| &world[s].key);
    html! {
        <g key={format!("g{id}")} class={classes!("pill", "group", sign, is_open.then_some("open"), hover.near.then_some("near"))}
            data-testid={format!("group-{}-{key}", group.layer + 1)} data-state={sign}>
            <g role="button" tabindex={hover.tab()} data-stop="" aria-label={label.clone()} aria-expanded={is_open.to_string()}
                {onclick} {onkeydown} {onmouseenter} {onmouseleave}>
                <title>{ label }</title>
                { rect("behind", Rect::new(at.x + 2.5, at.y - 2.5, at.w, at.h), 5.0) }
                { rect("face", at, 5.0) }
                { mark(sign, at.x + 4.0, at.cy() - 6.0, 9.0) }
                <g class="bar">{ for bar }</g>
            </g>
            if named { { words_at("name", (at.x + 16.0, at.cy() + 2.5), SMALL, text::fit(site, SMALL, SITE_MAX)) } }
            { text_end("number", (at.right() - 4.0, at.cy() + 2.5), SMALL, number) }
        </g>
    }
}

/// A service in one spoken sentence.
fn label(props: &DependenciesProps, id: ServiceId) -> String {
    let now = props.now[id.index()];
    let locale = props.locale;
    locale.with(
        Msg::LabelService,
        &[
            ("name", locale.name(&props.run.world[id].name)),
            ("state", &now.state.said(locale)),
            ("share", &format!("{}%", now.share)),
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
