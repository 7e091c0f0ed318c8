//! The search: `/` or its button, a few letters, Enter.

use super::icons::{Sign, icon};
use super::{Send, Shared, building, later};
use crate::browser::dialogs::show;
use crate::browser::keys;
use crate::state::find::find;
use crate::state::moment::Moment;
use crate::state::run::Run;
use crate::state::{Action, Tab};
use crate::words::numbers::grouped;
use crate::words::states::Named;
use crate::words::{Locale, Msg, events};
use bridge_engine::trace::Subject;
use bridge_engine::world::SiteId;
use bridge_engine::{Time, World};
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

/// So many are shown; a longer list is not read.
const SHOWN: usize = 9;

/// What is searched.
#[derive(Properties, PartialEq)]
pub struct FindProps {
    /// The run.
    pub run: Shared<Run>,
    /// The moment; nobody asks what is true then before it is open.
    pub at: Time,
    /// What the narrow screen shows.
    pub tab: Tab,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

/// The button, and the search while it is open.
#[component]
pub fn Find(props: &FindProps) -> Html {
    let locale = props.locale;
    let open = use_state_eq(|| false);
    let button = use_node_ref();
    let query = use_state_eq(String::new);
    let chosen = use_state_eq(|| 0_usize);
    {
        let open = open.setter();
        use_effect_with((), move |()| {
            let listener = keys::listen(move |press| {
                let wanted = press.key == "/" && !press.command;
                if wanted {
                    open.set(true);
                }
                wanted
            });
            move || drop(listener)
        });
    }
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with(*open, move |_| show(&dialog));
    }
    let close = {
        let (open, query, chosen, button) = (open.setter(), query.setter(), chosen.setter(), button.clone());
        Callback::from(move |()| {
            open.set(false);
            query.set(String::new());
            chosen.set(0);
            if let Some(button) = button.cast::<Element>() {
                keys::focus(&button);
            }
        })
    };
    let onclick = {
        let open = open.setter();
        Callback::from(move |_: MouseEvent| open.set(true))
    };
    html! {
        <>
            <button class="quiet" ref={button} data-testid="find" aria-label={locale.say(Msg::Find)} title={locale.say(Msg::FindTip)} {onclick}>
                { icon("i-find") }
            </button>
            if *open { { later::here().map(|later| (later.search)(props, &dialog, (&query, &chosen), &close)).unwrap_or_default() } }
        </>
    }
}

/// Draws the search: what it is about, its dialog, what is asked and the row of the answer, and how to leave.
pub type Search =
    fn(&FindProps, &NodeRef, (&UseStateHandle<String>, &UseStateHandle<usize>), &Callback<()>) -> Html;

/// The search, while it is open.
pub fn search(
    props: &FindProps,
    dialog: &NodeRef,
    (query, chosen): (&UseStateHandle<String>, &UseStateHandle<usize>),
    close: &Callback<()>,
) -> Html {
    let moment = &Moment::of(&props.run, props.at);
    let locale = props.locale;
    let found = find(&props.run.world, query);
    let last = found.len().min(SHOWN).saturating_sub(1);
    let at = (**chosen).min(last);
    let oninput = {
        let (query, chosen) = (query.setter(), chosen.setter());
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                query.set(input.value());
                chosen.set(0);
            }
        })
    };
    let choose = {
        let (send, close, tab, run) = (props.send.clone(), close.clone(), props.tab, props.run.clone());
        Callback::from(move |subject: Subject| {
            // Services are in the graph and in the table, everything else in the buildings.
            let shown = match subject {
                Subject::Service(_) if tab == Tab::Table => tab,
                Subject::Service(_) => Tab::Graph,
                _ => Tab::Sites,
            };
            close.emit(());
            send.emit(Action::Show(shown));
            send.emit(Action::Select(subject));
            keys::focus_found(drawn_as(&run.world, subject, shown == Tab::Table), keys::focused());
        })
    };
    let onkeydown = {
        let (chosen, choose, close, subject) =
            (chosen.setter(), choose.clone(), close.clone(), found.get(at).copied());
        Callback::from(move |event: KeyboardEvent| {
            match (event.key().as_str(), subject) {
                ("ArrowDown", _) => chosen.set(if at == last { 0 } else { at + 1 }),
                ("ArrowUp", _) => chosen.set(if at == 0 { last } else { at - 1 }),
                // Enter that ends a syllable is not the end of the word.
                ("Escape", _) => close.emit(()),
                ("Enter", Some(subject)) if !event.is_composing() => choose.emit(subject),
                _ => return,
            }
            event.prevent_default();
        })
    };
    let count = match found.len() {
        0 if query.is_empty() => locale.say(Msg::FindHint),
        0 => locale.say(Msg::FindNothing),
        n => locale.with(Msg::FindCount, &[("shown", &(last + 1).to_string()), ("n", &n.to_string())]),
    };
    html! {
        <dialog class="find" ref={dialog.clone()} aria-label={locale.say(Msg::Find)} data-testid="find-dialog"
            oncancel={close.reform(|event: Event| event.prevent_default())}>
            <div class="find-line">
                <input type="search" role="combobox" aria-expanded={(!found.is_empty()).to_string()} aria-controls="found" aria-autocomplete="list"
                    aria-activedescendant={(!found.is_empty()).then(|| format!("found-{at}"))} aria-label={locale.say(Msg::Find)}
                    placeholder={locale.say(Msg::FindHint)} autocomplete="off" data-testid="find-query" value={(**query).clone()} {oninput} {onkeydown} />
                <button class="quiet" aria-label={locale.say(Msg::Close)} onclick={close.reform(|_: MouseEvent| ())}>{ icon("i-close") }</button>
            </div>
            <ul id="found" role="listbox" aria-label={locale.say(Msg::Find)}>
                { for found.iter().take(SHOWN).enumerate().map(|(i, subject)| {
                    let (choose, subject) = (choose.clone(), *subject);
                    let (sign, note) = note(props, moment, subject);
                    html! {
                        <li key={i} id={format!("found-{i}")} role="option" aria-selected={(i == at).to_string()} data-testid={format!("found-{i}")}
                            onclick={move |_| choose.emit(subject)}>
                            <span class={sign}>{ icon(sign) }</span>
                            <strong>{ events::subject(locale, &props.run.world, subject) }</strong>
                            <span>{ note }</span>
                        </li>
                    }
                }) }
            </ul>
            <p role="status">{ count }</p>
        </dialog>
    }
}

/// Where something is drawn that can have the focus.
fn drawn_as(world: &World, of: Subject, in_table: bool) -> String {
    let id = |id: String| format!("[data-testid=\"{id}\"]");
    let site = |site: SiteId| world[site].key.as_str();
    match of {
        Subject::Service(_) if in_table => ".services tr.selected button".to_owned(),
        Subject::Service(s) => format!("{} [data-stop]", id(format!("service-{}", world[s].key))),
        Subject::Site(s) => id(format!("name-{}", site(s))),
        Subject::Room(r) => id(format!("room-{}-{}", site(world[r].site), world[r].key)),
        Subject::Pool(p) => id(format!("pool-{}-{}", site(world[p].site), world[world[p].service].key)),
        Subject::Element(e) => {
            let (site, key) = (site(world[e].site), &world[e].key);
            format!("{}, {}", id(format!("panel-{site}-{key}")), id(format!("element-{site}-{key}")))
        }
        Subject::Org | Subject::Team(_) => String::new(),
    }
}

/// A sign, and what tells it from others of its name.
fn note(props: &FindProps, moment: &Moment, of: Subject) -> (&'static str, String) {
    let (world, locale) = (&props.run.world, props.locale);
    let site = |id: SiteId| locale.name(&world[id].name).to_owned();
    match of {
        Subject::Service(s) => {
            let state = moment.service(s).state;
            (state.sign(), state.said(locale))
        }
        Subject::Site(s) => {
            let badge = moment.sites[s.index()].badge;
            (building::look(badge), badge.said(locale))
        }
        Subject::Room(r) => (super::rooms::kind_sign(world[r].kind), site(world[r].site)),
        Subject::Element(e) => ("i-bolt", site(world[e].site)),
        Subject::Pool(p) => {
            let pool = &world[p];
            let servers = locale.with(Msg::SiteServers, &[("n", &grouped(f64::from(pool.servers)))]);
            (moment.sites[pool.site.index()].pool(p).state.sign(), format!("{} · {servers}", site(pool.site)))
        }
        _ => ("", String::new()),
    }
}
