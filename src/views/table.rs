//! Everything that the pictures say, in rows: services, their servers, and the buildings with their power.

use super::icons::{Sign, icon};
use super::{Send, Shared, building, click};
use crate::layout::fold::ROOM_FOR;
use crate::state::Action;
use crate::state::moment::{Moment, ServiceNow, SiteNow};
use crate::state::run::Run;
use crate::words::numbers::clock;
use crate::words::states::Named;
use crate::words::{Locale, Msg, events};
use bridge_engine::kernel::order::{sorted, sorted_by_key};
use bridge_engine::trace::{ElementState, RoomState, Subject};
use bridge_engine::world::{PoolId, ServiceId, SiteId};
use bridge_engine::{Time, World};
use std::rc::Rc;
use yew::prelude::*;

/// What the table shows.
pub struct TableProps {
    /// The run.
    pub run: Shared<Run>,
    /// The moment.
    pub moment: Shared<Moment>,
    /// What is selected.
    pub selected: Option<Subject>,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

/// The table, with the moment of which it speaks.
pub fn table(props: &TableProps) -> Html {
    let locale = props.locale;
    let sites = props.moment.sites.iter().map(|s| Shared(Rc::clone(s))).collect::<Vec<_>>();
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={locale.say(Msg::TabTable)} data-testid="table">
            <p class="table-at">{ locale.with(Msg::TableCaption, &[("at", &props.moment.at.to_string())]) }</p>
            <Rows run={props.run.clone()} services={Shared(Rc::clone(&props.moment.services))} {sites} selected={props.selected} {locale} send={props.send.clone()} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct RowsProps {
    run: Shared<Run>,
    services: Shared<Vec<ServiceNow>>,
    sites: Vec<Shared<SiteNow>>,
    selected: Option<Subject>,
    locale: Locale,
    send: Send,
}

/// What the rows are about.
#[derive(Clone, Copy, PartialEq)]
enum Of {
    Services,
    Servers,
    Buildings,
}

/// What stands in one place of a row: words, with a sign or as a number, and what it is sorted by before its words.
struct Cell {
    words: String,
    sign: Option<&'static str>,
    number: bool,
    order: f64,
}

struct Line {
    of: Subject,
    cells: Vec<Cell>,
}

fn words(words: impl Into<String>) -> Cell {
    Cell { words: words.into(), sign: None, number: false, order: 0.0 }
}

fn state(sign: &'static str, said: String) -> Cell {
    Cell { sign: Some(sign), ..words(said) }
}

fn share(hundredths: u8) -> Cell {
    Cell { number: true, order: f64::from(hundredths), ..words(format!("{hundredths}%")) }
}

fn time(at: Option<Time>) -> Cell {
    Cell { number: true, order: at.map_or(-1.0, Time::secs), ..words(at.map_or(String::new(), clock)) }
}

#[component]
fn Rows(props: &RowsProps) -> Html {
    let locale = props.locale;
    let of = use_state_eq(|| Of::Services);
    let by = use_state_eq(|| None::<(usize, bool)>);
    let all = use_state_eq(|| false);
    let (heads, lines) = match *of {
        Of::Services => services(props),
        Of::Servers => servers(props),
        Of::Buildings => buildings(props),
    };
    let lines = match *by {
        Some((column, down)) if column < heads.len() => sorted(lines, &|a, b| {
            let (a, b) = (&a.cells[column], &b.cells[column]);
            let order = a.order.total_cmp(&b.order).then_with(|| a.words.cmp(&b.words));
            if down { order.reverse() } else { order }
        }),
        _ => lines,
    };
    let count = lines.len();
    let shown = if *all { count } else { count.min(ROOM_FOR) };
    let kind = |kind: Of, id: &'static str, name: Msg| {
        let (set, by) = (of.setter(), by.setter());
        let onclick = Callback::from(move |_: MouseEvent| {
            set.set(kind);
            by.set(None);
        });
        html! {
            <button key={id} data-testid={id} aria-pressed={(*of == kind).to_string()} {onclick}>{ locale.say(name) }</button>
        }
    };
    let number = |i: usize| lines.first().is_some_and(|line| line.cells[i].number);
    let head = |(i, message): (usize, Msg)| {
        let now = by.filter(|by| by.0 == i).map(|by| by.1);
        let set = by.setter();
        let sort = match now {
            Some(true) => Some("descending"),
            Some(false) => Some("ascending"),
            None => None,
        };
        html! {
            <th key={i} scope="col" class={classes!(number(i).then_some("number"))} aria-sort={sort}>
                <button class="plain" data-testid={format!("sort-{i}")} onclick={move |_| set.set(Some((i, now == Some(false))))}>
                    { locale.say(message) }{ match now { Some(true) => " ↓", Some(false) => " ↑", None => "" } }
                </button>
            </th>
        }
    };
    html! {
        <>
            <div class="segmented table-kinds" role="group" aria-label={locale.say(Msg::TabTable)}>
                { kind(Of::Services, "table-services", Msg::TableServices) }
                { kind(Of::Servers, "table-servers", Msg::TableServers) }
                { kind(Of::Buildings, "table-buildings", Msg::TabSites) }
            </div>
            <table class="services">
                <thead><tr>{ for heads.iter().copied().enumerate().map(head) }</tr></thead>
                <tbody>{ for lines.iter().take(shown).enumerate().map(|(i, line)| row(props, i, line)) }</tbody>
            </table>
            if shown < count {
                <button class="plain lanes-more" data-testid="table-more" onclick={let all = all.setter(); move |_| all.set(true)}>
                    { locale.with(Msg::TableAll, &[("n", &count.to_string())]) }
                </button>
            }
        </>
    }
}

fn row(props: &RowsProps, key: usize, line: &Line) -> Html {
    let cell = |cell: &Cell| {
        let inside = match cell.sign {
            Some(sign) => html! { <span class="state">{ icon(sign) }{ &cell.words }</span> },
            None => html! { { &cell.words } },
        };
        html! { <td class={classes!(cell.sign, cell.number.then_some("number"))}>{ inside }</td> }
    };
    let selected = (props.selected == Some(line.of)).then_some("selected");
    let first = line.cells.first().map_or("", |c| &c.words);
    html! {
        <tr {key} class={classes!(selected)}>
            <th scope="row"><button class="plain" onclick={click(&props.send, Action::Select(line.of))}>{ first }</button></th>
            { for line.cells.iter().skip(1).map(cell) }
        </tr>
    }
}

fn services(props: &RowsProps) -> (Vec<Msg>, Vec<Line>) {
    let (world, locale) = (&props.run.world, props.locale);
    let line = |id: &ServiceId| {
        let (service, now) = (&world[*id], props.services[id.index()]);
        let report = &props.run.scores.services[id.index()];
        let back = match (report.first_loss, report.restored) {
            (None, _) => words(locale.say(Msg::NotLost)),
            (_, Some(at)) => time(Some(at)),
            (_, None) => Cell { number: true, order: f64::MAX, ..words("—") },
        };
        let name = |s: ServiceId| locale.name(&world[s].name);
        let needs = |soft: bool| {
            let on = service.needs.iter().filter(|n| n.soft.is_some() == soft).map(|n| name(n.on));
            words(on.collect::<Vec<_>>().join(", "))
        };
        let boots = words(service.boots.iter().map(|s| name(*s)).collect::<Vec<_>>().join(", "));
        let cells = vec![
            words(name(*id)),
            state(now.state.sign(), now.state.said(locale)),
            share(now.share),
            time(Some(now.since)),
            words(now.phase.said(locale)),
            back,
            needs(false),
            needs(true),
            boots,
        ];
        Line { of: Subject::Service(*id), cells }
    };
    let heads = vec![
        Msg::TableService,
        Msg::TableState,
        Msg::TableShare,
        Msg::TableSince,
        Msg::TableDoing,
        Msg::TableBack,
        Msg::LegendNeeds,
        Msg::LegendWants,
        Msg::LegendToStart,
    ];
    (heads, props.run.ranked.iter().map(line).collect())
}

fn site_name(world: &World, locale: Locale, site: SiteId) -> Cell {
    words(locale.name(&world[site].name))
}

fn servers(props: &RowsProps) -> (Vec<Msg>, Vec<Line>) {
    let (world, locale) = (&props.run.world, props.locale);
    let ids = (0..world.pools.len()).map(PoolId::at).collect();
    let ids: Vec<PoolId> = sorted_by_key(ids, |p: &PoolId| (world[*p].site, *p));
    let line = |id: PoolId| {
        let (pool, now) = (&world[id], props.sites[world[id].site.index()].pool(id));
        let panels = pool.panels.iter().map(|p| events::element(locale, &world[*p])).collect::<Vec<_>>();
        let cells = vec![
            words(locale.name(&world[pool.service].name)),
            site_name(world, locale, pool.site),
            words(panels.join(", ")),
            words(pool.role.said(locale)),
            state(now.state.sign(), now.state.said(locale)),
            share(now.up),
            Cell { number: true, order: f64::from(pool.servers), ..words(pool.servers.to_string()) },
        ];
        Line { of: Subject::Pool(id), cells }
    };
    let heads = vec![
        Msg::TableService,
        Msg::TableSite,
        Msg::TablePanels,
        Msg::TableRole,
        Msg::TableState,
        Msg::TableUp,
        Msg::TableServers,
    ];
    (heads, ids.into_iter().map(line).collect())
}

fn buildings(props: &RowsProps) -> (Vec<Msg>, Vec<Line>) {
    let (world, locale) = (&props.run.world, props.locale);
    let mut lines = Vec::new();
    for (i, site) in props.sites.iter().enumerate() {
        let id = SiteId::at(i);
        let supply = building::supply_words(locale, site.supply, building::feeds(world, id)).0;
        let cells = vec![
            site_name(world, locale, id),
            words(supply),
            state(building::look(site.badge), site.badge.said(locale)),
            words(""),
        ];
        lines.push(Line { of: Subject::Site(id), cells });
        for (room, now, since) in &site.rooms {
            let sign = if *now == RoomState::Ok { "s-up" } else { "s-down" };
            let name = words(locale.name(&world[*room].name));
            let cells =
                vec![site_name(world, locale, id), name, state(sign, now.said(locale)), time(Some(*since))];
            lines.push(Line { of: Subject::Room(*room), cells });
        }
        for (element, now) in &site.elements {
            let sign = match now {
                ElementState::Ready => "s-standby",
                _ if now.gives() => "s-up",
                _ => "s-nopower",
            };
            let name = words(events::element(locale, &world[*element]));
            let cells = vec![site_name(world, locale, id), name, state(sign, now.said(locale)), words("")];
            lines.push(Line { of: Subject::Element(*element), cells });
        }
    }
    (vec![Msg::TableSite, Msg::TableWhat, Msg::TableState, Msg::TableSince], lines)
}
