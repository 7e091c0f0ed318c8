//! The form of what is selected: everything that could be said of it, and what it means.

use super::controls::{Around, control, part};
use crate::state::design::{Edit, Field, Form, Refused, Row};
use crate::state::{Action, Open};
use crate::views::icons::icon;
use crate::views::{Send, Shared, click};
use crate::words::format::Wording;
use crate::words::{Locale, Msg, events};
use bridge_engine::scenario::draft::{Node, Path, Step};
use bridge_engine::trace::Subject;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the form shows.
#[derive(Properties, PartialEq)]
pub struct InspectorProps {
    /// The design.
    pub open: Shared<Open>,
    /// Which part of it.
    pub place: Path,
    /// The edit that could not be made.
    pub refused: Option<Shared<Refused>>,
    /// What is selected.
    pub selected: Option<Subject>,
    /// What else is chosen: what is done here is done to all of it.
    pub also: Rc<Vec<Subject>>,
    /// Language.
    pub locale: Locale,
    /// Where actions go.
    pub send: Send,
}

/// The form.
#[component]
pub fn Inspector(props: &InspectorProps) -> Html {
    let (locale, send) = (props.locale, &props.send);
    let wrong = use_state_eq(|| false);
    {
        let wrong = wrong.setter();
        use_effect_with((props.open.clone(), props.place.clone()), move |_| wrong.set(false));
    }
    let form = use_memo((props.open.clone(), props.place.clone(), locale), |(open, place, locale)| {
        // What is shown may be gone: then what it stood in is shown.
        let (draft, whole) = (open.draft().ok()?, open.whole().ok()?);
        let mut place = place.clone();
        loop {
            if let Some(form) = Form::new(&draft, &whole, &place, *locale) {
                return Some((place, form));
            }
            place.0.pop()?;
        }
    });
    let Some((place, form)) = &*form else { return Html::default() };
    let around = Around { world: &props.open.world, locale, send };
    let is_short = form.rows.len() <= 8 || form.entry.is_some();
    let (first, more): (Vec<&Row>, Vec<&Row>) = form.rows.iter().partition(|row| is_short || is_said(row));
    let count = more.len().to_string();
    let line = |row: &&Row| field(&around, row, props.refused.as_deref());
    html! {
        <section class="card inspector" aria-label={locale.say(Msg::DesignForm)} data-testid="inspector">
            { crumbs(props, place) }
            { heading(props, place, form, &wrong) }
            if *wrong { { bad_name(locale) } }
            { together(props) }
            <div class="scroll">
                if !form.about.is_empty() { <p class="about">{ &form.about }</p> }
                { refusal(props, &form.rows) }
                <div class="rows">{ for first.iter().map(line) }</div>
                { for form.entry.iter().map(|entry| new_entry(props, place, form, entry, &wrong)) }
                if !more.is_empty() {
                    <details key={place.to_string()} open={first.is_empty()}>
                        <summary data-testid="more">{ locale.with(Msg::DesignMore, &[("n", &count)]) }</summary>
                        <div class="rows">{ for more.iter().map(line) }</div>
                    </details>
                }
            </div>
        </section>
    }
}

/// Somebody said something of it, or has to.
fn is_said(row: &Row) -> bool {
    row.is_set || row.is_required || matches!(row.key.as_str(), "needs" | "boots" | "name")
}

/// Where the form stands in the document.
fn crumbs(props: &InspectorProps, place: &Path) -> Html {
    let crumb = |depth: usize| {
        let here = Path(place.0[..depth].to_vec());
        let name = match place.0[..depth].last() {
            None => props.locale.say(Msg::DesignAll),
            // The sections are the format's, what stands in them is the author's.
            Some(Step::Key(key)) if depth == 1 => {
                Wording { locale: props.locale }.key(key).unwrap_or(key).to_owned()
            }
            Some(Step::Key(key)) => key.clone(),
            Some(Step::Index(at)) => (at + 1).to_string(),
        };
        let current = (depth == place.0.len()).then_some("true");
        html! {
            <li key={depth}><button class="plain" aria-current={current} data-testid={format!("crumb-{depth}")} onclick={click(&props.send, Action::Look(here))}>{ name }</button></li>
        }
    };
    html! {
        <nav class="crumbs" aria-label={props.locale.say(Msg::DesignWhereInIt)}><ol>{ for (0..=place.0.len()).map(crumb) }</ol></nav>
    }
}

/// The name of what is shown, and what can be done with it as a whole.
fn heading(props: &InspectorProps, place: &Path, form: &Form, wrong: &UseStateHandle<bool>) -> Html {
    let locale = props.locale;
    let Some(Step::Key(key)) = place.0.last().filter(|_| form.named) else { return Html::default() };
    let rename = {
        let (send, place, old, wrong) = (props.send.clone(), place.clone(), key.clone(), wrong.setter());
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let name = input.value().trim().to_owned();
            wrong.set(!is_name(&name) && !name.is_empty());
            if name.is_empty() {
                input.set_value(&old);
            } else if name != old && is_name(&name) {
                send.emit(Action::Edit(Edit::Rename(place.clone(), name)));
            }
        })
    };
    let act = |id: &'static str, name: Msg, edit: Edit| {
        html! { <button class="pill-button small" data-testid={id} onclick={click(&props.send, Action::Edit(edit))}>{ locale.say(name) }</button> }
    };
    html! {
        <header>
            <input type="text" class="key" data-testid="rename" aria-invalid={wrong.to_string()} aria-label={locale.say(Msg::DesignKey)} title={locale.say(Msg::DesignKey)} value={key.clone()}
                autocomplete="off" spellcheck="false" onchange={rename} />
            { act("copy", Msg::DesignCopy, Edit::Copy(place.clone())) }
            { act("remove", Msg::DesignRemove, Edit::Remove(place.clone())) }
        </header>
    }
}

/// The format takes it as a name.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// Why a name is not taken.
fn bad_name(locale: Locale) -> Html {
    html! { <p class="refused" role="alert" data-testid="bad-name">{ locale.say(Msg::DesignBadName) }</p> }
}

/// What is chosen together.
fn together(props: &InspectorProps) -> Html {
    if props.also.is_empty() {
        return Html::default();
    }
    let (locale, world) = (props.locale, &props.open.world);
    let all = props.selected.iter().chain(props.also.iter());
    let names: Vec<String> = all.map(|subject| events::subject(locale, world, *subject)).collect();
    let count = names.len().to_string();
    html! {
        <p class="chosen" role="status" data-testid="together">
            <strong>{ locale.with(Msg::DesignTogether, &[("n", &count)]) }</strong>
            <span>{ names.join(", ") }</span>
            <button class="quiet words" data-testid="choose-one" onclick={click(&props.send, Action::Escape)}>{ locale.say(Msg::DesignOne) }</button>
        </p>
    }
}

/// Why an edit could not be made, where no row of the form says so.
fn refusal(props: &InspectorProps, rows: &[Row]) -> Html {
    let Some(refused) = props.refused.as_deref() else { return Html::default() };
    if rows.iter().any(|row| row.place == refused.place) {
        return Html::default();
    }
    why(props.locale, refused)
}

fn why(locale: Locale, refused: &Refused) -> Html {
    let line = |found: &bridge_engine::scenario::Diagnostic| {
        html! {
            <li>
                <span class="where">{ &found.path }</span>
                <strong>{ locale.name(&found.message) }</strong>
                if let Some(cure) = &found.suggestion { <span class="cure">{ locale.name(cure) }</span> }
            </li>
        }
    };
    html! {
        <div class="refused" role="alert" data-testid="refused">
            <p>{ locale.say(if refused.why.is_empty() { Msg::DesignCannot } else { Msg::DesignRefused }) }</p>
            <ul class="diagnostics">{ for refused.why.iter().take(6).map(line) }</ul>
        </div>
    }
}

fn field(around: &Around<'_>, row: &Row, refused: Option<&Refused>) -> Html {
    let id = format!("f-{}", row.place);
    let refused = refused.filter(|refused| refused.place == row.place);
    let reset = {
        let label = around.locale.with(Msg::DesignReset, &[("what", &row.label)]);
        let edit = Action::Edit(Edit::Remove(row.place.clone()));
        let can = row.is_set && !row.is_required && !matches!(row.field, Field::Part { .. });
        can.then(|| html! {
            <button class="quiet small" data-testid={format!("reset-{}", row.place)} aria-label={label.clone()} title={label} onclick={click(around.send, edit)}>{ icon("i-undo") }</button>
        })
    };
    // The format's own word stands behind: it is what a file and its reference say.
    let own = (row.label != row.key).then(|| html! { <code>{ &row.key }</code> });
    let label =
        html! { <><strong>{ &row.label }{ own.unwrap_or_default() }</strong><span>{ &row.about }</span></> };
    html! {
        <div key={row.place.to_string()} class={classes!("row", row.is_set.then_some("is-set"), refused.map(|_| "is-refused"))}>
            { match &row.field {
                Field::Part { summary } => html! { <><div class="label">{ label }</div>{ part(around, row, summary) }</> },
                Field::Items { .. } => html! { <><div class="label">{ label }</div>{ control(around, row, &id) }</> },
                _ => html! { <><label class="label" for={id.clone()}>{ label }</label><div class="held">{ control(around, row, &id) }{ reset.unwrap_or_default() }</div></> },
            } }
            { for refused.map(|refused| why(around.locale, refused)) }
        </div>
    }
}

/// A name for something new.
fn new_entry(
    props: &InspectorProps,
    place: &Path,
    form: &Form,
    entry: &Node,
    wrong: &UseStateHandle<bool>,
) -> Html {
    let (send, place, entry, wrong) = (props.send.clone(), place.clone(), entry.clone(), wrong.setter());
    if !form.keyed {
        let edit = Action::Edit(Edit::Set(place.index(form.rows.len()), entry));
        return html! {
            <button class="pill-button new" data-testid="new-entry" onclick={click(&send, edit)}>{ icon("i-plus") }{ props.locale.say(Msg::DesignAdd) }</button>
        };
    }
    let onchange = Callback::from(move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
        let name = input.value().trim().to_owned();
        wrong.set(!is_name(&name) && !name.is_empty());
        if is_name(&name) {
            input.set_value("");
            send.emit(Action::Edit(Edit::Set(place.key(&name), entry.clone())));
        }
    });
    html! {
        <input type="text" class="value new" data-testid="new-entry" aria-label={props.locale.say(Msg::DesignNew)} placeholder={props.locale.say(Msg::DesignNew)}
            autocomplete="off" spellcheck="false" {onchange} />
    }
}
