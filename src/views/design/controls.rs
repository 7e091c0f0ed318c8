//! The controls of the form: a line of text, a choice, a list.

use crate::state::Action;
use crate::state::design::{Edit, Field, Item, Of, Row, unflow};
use crate::views::icons::icon;
use crate::views::{Send, click};
use crate::words::{Locale, Msg};
use bridge_engine::World;
use bridge_engine::scenario::draft::{Node, Path};
use bridge_engine::world::{ElementKind, PoolRole};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// What the controls need to know.
pub struct Around<'a> {
    /// The design.
    pub world: &'a World,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: &'a Send,
}

/// What is said by a change of a control: a value, or nothing, so that the default holds.
fn change(send: &Send, place: &Path, is_set: bool, value: Option<Node>) {
    match value {
        Some(value) => send.emit(Action::Edit(Edit::Set(place.clone(), value))),
        None if is_set => send.emit(Action::Edit(Edit::Remove(place.clone()))),
        None => {}
    }
}

fn input_value(event: &Event) -> Option<String> {
    Some(event.target_dyn_into::<HtmlInputElement>()?.value().trim().to_owned())
}

fn select_value(event: &Event) -> Option<String> {
    Some(event.target_dyn_into::<HtmlSelectElement>()?.value())
}

/// The control of a row; parts of their own have none.
pub fn control(around: &Around<'_>, row: &Row, id: &str) -> Html {
    match &row.field {
        Field::Text { value, default, hint, raw } => text(around, row, id, (value, default, hint), *raw),
        Field::Choice { value, default, words } => {
            choice(around, row, id, (value.as_deref(), default.as_deref()), words)
        }
        Field::Items { items, hint, of } => list(around, row, id, items, hint, *of),
        Field::Part { .. } => Html::default(),
    }
}

fn text(
    around: &Around<'_>,
    row: &Row,
    id: &str,
    (value, default, hint): (&str, &str, &str),
    raw: bool,
) -> Html {
    let (send, place, is_set) = (around.send.clone(), row.place.clone(), row.is_set);
    let onchange = Callback::from(move |event: Event| {
        let Some(text) = input_value(&event) else { return };
        let node = if raw {
            unflow(&text).unwrap_or(Node::Scalar(text.clone()))
        } else {
            Node::Scalar(text.clone())
        };
        change(&send, &place, is_set, (!text.is_empty()).then_some(node));
    });
    let title = if hint.is_empty() { None } else { Some(hint.to_owned()) };
    html! {
        <input type="text" id={id.to_owned()} class="value" data-testid={format!("field-{}", row.place)} value={value.to_owned()} placeholder={default.to_owned()}
            {title} autocomplete="off" spellcheck="false" {onchange} />
    }
}

fn choice(
    around: &Around<'_>,
    row: &Row,
    id: &str,
    (value, default): (Option<&str>, Option<&str>),
    words: &[(&'static str, String)],
) -> Html {
    let (send, place, is_set) = (around.send.clone(), row.place.clone(), row.is_set);
    let onchange = Callback::from(move |event: Event| {
        let Some(word) = select_value(&event) else { return };
        change(&send, &place, is_set, (!word.is_empty()).then_some(Node::Scalar(word)));
    });
    let meaning = |word: &str| words.iter().find(|(w, _)| *w == word).map_or("", |(_, about)| about.as_str());
    // A flag is said in words; other words are the format's own, and the one that holds is explained below.
    let is_flag = words.iter().any(|(word, _)| *word == "true");
    let said = |word: &str| if is_flag { meaning(word).trim_end_matches('.') } else { word }.to_owned();
    let unset = default
        .map_or_else(String::new, |word| around.locale.with(Msg::DesignDefault, &[("value", &said(word))]));
    let holds = value.or(default).filter(|_| !is_flag).map(meaning);
    html! {
        <>
        <select id={id.to_owned()} class="value" data-testid={format!("field-{}", row.place)} {onchange}>
            if !row.is_required || value.is_none() { <option value="" selected={value.is_none()}>{ unset }</option> }
            { for words.iter().map(|(word, _)| html! {
                <option value={*word} selected={value == Some(*word)}>{ said(word) }</option>
            }) }
        </select>
        { for holds.map(|meaning| html! { <small>{ meaning }</small> }) }
        </>
    }
}

/// The whole list with one item changed, taken out or added: a list that a preset brought is written out with the change.
fn relisted(items: &[Item], at: usize, item: Option<Node>) -> Node {
    let mut nodes: Vec<Option<Node>> = items.iter().map(|item| Some(node_of(&item.text))).collect();
    match nodes.get_mut(at) {
        Some(slot) => *slot = item,
        None => nodes.push(item),
    }
    Node::List(nodes.into_iter().flatten().collect())
}

fn node_of(text: &str) -> Node {
    unflow(text).unwrap_or_else(|| Node::Scalar(text.to_owned()))
}

fn list(around: &Around<'_>, row: &Row, id: &str, items: &[Item], hint: &str, of: Of) -> Html {
    let line = |(at, item): (usize, &Item)| {
        let set = {
            let (send, place, items) = (around.send.clone(), row.place.clone(), items.to_vec());
            Callback::from(move |node: Option<Node>| {
                send.emit(Action::Edit(Edit::Set(place.clone(), relisted(&items, at, node))));
            })
        };
        html! { <li key={at}>{ match of {
            Of::Needs => need(around, row, item, &set),
            Of::Boots => html! { <span class="chip">{ service_name(around, &item.text) }</span> },
            Of::Places => stand(around, row, item, &set),
            Of::Values => free(around, row, &item.text, hint, &set),
        } }{ remove(around, &item.text, &set, &format!("remove-{}", item.place)) }</li> }
    };
    let add = {
        let (send, place, items) = (around.send.clone(), row.place.clone(), items.to_vec());
        Callback::from(move |node: Option<Node>| {
            if node.is_some() {
                send.emit(Action::Edit(Edit::Set(place.clone(), relisted(&items, items.len(), node))));
            }
        })
    };
    html! {
        <div class="list" id={id.to_owned()} role="group" aria-label={row.about.clone()}>
            if !items.is_empty() { <ul>{ for items.iter().enumerate().map(line) }</ul> }
            { match of {
                Of::Needs | Of::Boots => add_service(around, row, items, &add),
                Of::Places => add_place(around, row, items, &add),
                Of::Values => free(around, row, "", hint, &add),
            } }
        </div>
    }
}

fn remove(around: &Around<'_>, what: &str, set: &Callback<Option<Node>>, id: &str) -> Html {
    let set = set.clone();
    let onclick = Callback::from(move |_: MouseEvent| set.emit(None));
    let label = around.locale.with(Msg::DesignRemoveItem, &[("what", what)]);
    html! { <button class="quiet small" data-testid={id.to_owned()} aria-label={label.clone()} title={label} {onclick}>{ icon("i-close") }</button> }
}

/// A service by the name people know.
fn service_name(around: &Around<'_>, key: &str) -> String {
    let key = key.trim_start_matches('~').trim();
    let found = around.world.services.iter().find(|s| s.key == key);
    found.map_or_else(|| key.to_owned(), |s| around.locale.name(&s.name).to_owned())
}

/// A dependency: a chip that is hard, or, with a click, soft.
fn need(around: &Around<'_>, row: &Row, item: &Item, set: &Callback<Option<Node>>) -> Html {
    if item.text.starts_with('{') {
        return free(around, row, &item.text, "", set);
    }
    let soft = item.text.starts_with('~');
    let other = match item.text.strip_prefix('~') {
        Some(hard) => hard.trim().to_owned(),
        None => format!("~{}", item.text),
    };
    let set = set.clone();
    let onclick = Callback::from(move |_: MouseEvent| set.emit(Some(Node::Scalar(other.clone()))));
    let kind = if soft { Msg::LegendWants } else { Msg::LegendNeeds };
    html! {
        <>
            <span class="chip">{ service_name(around, &item.text) }</span>
            <button class="pill-button small" data-testid={format!("soft-{}", item.place)} aria-pressed={soft.to_string()}
                title={around.locale.say(Msg::DesignSoft)} {onclick}>{ around.locale.say(kind) }</button>
        </>
    }
}

/// Anything else, as it is written.
fn free(around: &Around<'_>, row: &Row, value: &str, hint: &str, set: &Callback<Option<Node>>) -> Html {
    let set = set.clone();
    let onchange = Callback::from(move |event: Event| {
        let Some(text) = input_value(&event) else { return };
        set.emit((!text.is_empty()).then(|| node_of(&text)));
    });
    let label = if value.is_empty() { around.locale.say(Msg::DesignAdd) } else { row.about.clone() };
    html! {
        <input type="text" class="value" aria-label={label} value={value.to_owned()} placeholder={hint.to_owned()} autocomplete="off" spellcheck="false" {onchange} />
    }
}

fn add_service(around: &Around<'_>, row: &Row, items: &[Item], add: &Callback<Option<Node>>) -> Html {
    let add = add.clone();
    let onchange = Callback::from(move |event: Event| {
        let Some(key) = select_value(&event) else { return };
        add.emit((!key.is_empty()).then_some(Node::Scalar(key)));
    });
    let here = |key: &str| items.iter().any(|item| item.text.trim_start_matches('~').trim() == key);
    let this = row.place.0.get(1);
    let is_this =
        |key: &str| matches!(this, Some(bridge_engine::scenario::draft::Step::Key(own)) if own == key);
    let others = around.world.services.iter().filter(|s| !here(&s.key) && !is_this(&s.key));
    html! {
        <select key={items.len()} class="value adds" data-testid={format!("add-{}", row.place)} aria-label={around.locale.say(Msg::DesignAdd)} {onchange}>
            <option value="" selected={true}>{ format!("+ {}", around.locale.say(Msg::DesignService)) }</option>
            { for others.map(|s| html! { <option value={s.key.clone()}>{ around.locale.name(&s.name) }</option> }) }
        </select>
    }
}

/// Every place servers can stand at: a building, or one of its panels.
fn places(world: &World, locale: Locale) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (i, site) in world.sites.iter().enumerate() {
        out.push((site.key.clone(), locale.name(&site.name).to_owned()));
        let panels = world
            .elements
            .iter()
            .filter(|e| e.site.index() == i && matches!(e.kind, ElementKind::Panel { .. }));
        for panel in panels {
            let name = format!("{} · {}", locale.name(&site.name), locale.name(&panel.name));
            out.push((format!("{}/{}", site.key, panel.key), name));
        }
    }
    out
}

/// Servers: where, how many, what they do.
fn stand(around: &Around<'_>, row: &Row, item: &Item, set: &Callback<Option<Node>>) -> Html {
    let [at, servers, rest @ ..] = item.parts.as_slice() else {
        return free(around, row, &item.text, "", set);
    };
    let role = rest.first().map_or("active", String::as_str);
    let alone = servers == "backup";
    let with = |part: usize| {
        let (set, parts) = (set.clone(), item.parts.clone());
        move |text: String| {
            let mut parts = parts.clone();
            if part == parts.len() {
                parts.push(String::new());
            }
            parts[part] = text;
            set.emit(Some(Node::List(parts.into_iter().map(Node::Scalar).collect())));
        }
    };
    let (to, many, does) = (with(0), with(1), with(2));
    let places = places(around.world, around.locale);
    let known = places.iter().any(|(key, _)| key == at);
    let locale = around.locale;
    html! {
        <>
            <select class="value where" data-testid={format!("at-{}", item.place)} aria-label={locale.say(Msg::DesignWhere)}
                onchange={Callback::from(move |event: Event| { select_value(&event).map(&to); })}>
                if !known { <option value={at.clone()} selected={true}>{ at }</option> }
                { for places.iter().map(|(key, name)| html! { <option value={key.clone()} selected={key == at}>{ name }</option> }) }
            </select>
            if !alone {
                <input type="text" inputmode="numeric" class="value many" data-testid={format!("servers-{}", item.place)} aria-label={locale.say(Msg::DesignMany)}
                    value={servers.clone()} autocomplete="off" onchange={Callback::from(move |event: Event| { input_value(&event).map(&many); })} />
                <select class="value does" data-testid={format!("role-{}", item.place)} aria-label={locale.say(Msg::DesignRole)}
                    onchange={Callback::from(move |event: Event| { select_value(&event).map(&does); })}>
                    { for ROLES.iter().map(|(word, role_of)| html! {
                        <option value={*word} selected={role == *word}>{ crate::words::states::Named::said(*role_of, locale) }</option>
                    }) }
                </select>
            } else {
                <span class="chip">{ crate::words::states::Named::said(PoolRole::Backup, locale) }</span>
            }
        </>
    }
}

/// What servers do on an ordinary day, by the words of the format.
const ROLES: [(&str, PoolRole); 4] = [
    ("active", PoolRole::Active),
    ("standby", PoolRole::Standby),
    ("pilot", PoolRole::Pilot),
    ("cold", PoolRole::Cold),
];

/// More servers, standing by in a building that has none yet.
fn add_place(around: &Around<'_>, row: &Row, items: &[Item], add: &Callback<Option<Node>>) -> Html {
    let stands = |site: &str| {
        let at = items.iter().filter_map(|item| item.parts.first());
        at.filter_map(|at| at.split('/').next()).any(|at| at == site)
    };
    let sites = &around.world.sites;
    let Some(site) = sites.iter().find(|site| !stands(&site.key)).or(sites.first()) else {
        return Html::default();
    };
    let parts = [site.key.as_str(), "10", "standby"].map(|part| Node::Scalar(part.to_owned()));
    let (add, node) = (add.clone(), Node::List(parts.to_vec()));
    let onclick = Callback::from(move |_: MouseEvent| add.emit(Some(node.clone())));
    html! {
        <button class="pill-button small" data-testid={format!("add-{}", row.place)} {onclick}>{ icon("i-plus") }{ around.locale.say(Msg::DesignServers) }</button>
    }
}

/// A key that opens what stands under it.
pub fn part(around: &Around<'_>, row: &Row, summary: &str) -> Html {
    html! {
        <button class="plain part" data-testid={format!("part-{}", row.place)} onclick={click(around.send, Action::Look(row.place.clone()))}>
            <span>{ if summary.is_empty() { around.locale.say(Msg::DesignEmpty) } else { summary.to_owned() } }</span>{ icon("i-chevron-right") }
        </button>
    }
}
