//! What to start with: what happened, what a design of one's own can begin with, a file, and what one has begun; and the
//! open design as a file.

use super::dialogs::Dialog;
use super::icons::icon;
use super::{Send, Shared, click, guide};
use crate::browser::shelf::{Entry, Shelf};
use crate::browser::{files, save};
use crate::state::document::{document, file_name};
use crate::state::engine::{self, Back, Kind, SHIPPED};
use crate::state::{Action, Origin, State, saved};
use crate::words::{Locale, Msg, numbers};
use gloo::file::callbacks::FileReader;
use std::rc::Rc;
use web_sys::{FileList, HtmlInputElement};
use yew::prelude::*;

/// So many works are offered.
const WORKS: usize = 12;

/// What the gallery needs.
#[derive(Properties, PartialEq)]
pub struct GalleryProps {
    /// Everything.
    pub state: Shared<State>,
    /// Where works are kept.
    pub shelf: Rc<Shelf>,
    /// Where actions go.
    pub send: Send,
}

/// The gallery.
#[component]
pub fn Gallery(props: &GalleryProps) -> Html {
    let (state, send) = (&props.state, &props.send);
    let locale = state.locale;
    let of = |kind: Kind| (0..SHIPPED.len()).filter(move |i| SHIPPED[*i].kind == kind);
    html! {
        <Dialog title={locale.say(Msg::Gallery)} id="gallery" {locale} send={send.clone()}>
            { name(state, send) }
            <Works ..GalleryProps { state: state.clone(), shelf: Rc::clone(&props.shelf), send: send.clone() } />
            <section aria-labelledby="gallery-incidents">
                <h3 id="gallery-incidents">{ locale.say(Msg::GalleryIncidents) }</h3>
                <ul class="gallery">{ for of(Kind::Incident).map(|i| card(state, send, i)) }</ul>
            </section>
            <section aria-labelledby="gallery-templates">
                <h3 id="gallery-templates">{ locale.say(Msg::GalleryTemplates) }</h3>
                <ul class="gallery">{ for of(Kind::Template).map(|i| card(state, send, i)) }</ul>
            </section>
            <div class="row-of-pills">
                <OpenFile {locale} send={send.clone()} />
                <button class="pill-button" data-testid="start-tour" onclick={guide::lead(send, Some(0))}>{ icon("i-help") }{ locale.say(Msg::TourAgain) }</button>
                <span class="grow" />
                { taking(state, send) }
            </div>
        </Dialog>
    }
}

/// What the open work is called, to be changed.
fn name(state: &State, send: &Send) -> Html {
    let (locale, old) = (state.locale, state.locale.name(&state.world().meta.title).to_owned());
    let onchange = {
        let (send, old) = (send.clone(), old.clone());
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let name = input.value().trim().to_owned();
            if name.is_empty() {
                input.set_value(&old);
            } else if name != old {
                send.emit(Action::Title(name));
            }
        })
    };
    html! {
        <label class="work-name">
            <span>{ locale.say(Msg::GalleryName) }</span>
            <input type="text" class="value" data-testid="title" value={old} maxlength="80" autocomplete="off" spellcheck="false" {onchange} />
        </label>
    }
}

/// A card of what is shipped.
fn card(state: &State, send: &Send, index: usize) -> Html {
    let (shipped, locale) = (&SHIPPED[index], state.locale);
    let current = state.open.source.origin == Origin::Shipped(index);
    let (sites, services) = (shipped.sites.to_string(), shipped.services.to_string());
    let size = locale.with(Msg::GallerySize, &[("sites", &sites), ("services", &services)]);
    let back = match shipped.back {
        Back::Unhurt => locale.say(Msg::GalleryUnhurt),
        Back::Hours(0) => locale.say(Msg::GalleryBackSoon),
        Back::Hours(hours) => locale.with(Msg::GalleryBack, &[("n", &hours.to_string())]),
        Back::NeverInDays(days) => locale.with(Msg::GalleryNever, &[("n", &days.to_string())]),
    };
    html! {
        <li key={shipped.id}>
            <button class="plain choice" data-testid={format!("scenario-{}", shipped.id)} aria-current={current.then_some("true")}
                onclick={click(send, Action::OpenShipped(index))}>
                <strong>{ engine::said(locale, shipped.title) }</strong>
                <span>{ engine::said(locale, shipped.summary) }</span>
                <span class="size">{ size }<em>{ back }</em></span>
            </button>
        </li>
    }
}

/// What somebody has begun in this browser.
#[component]
fn Works(props: &GalleryProps) -> Html {
    let (state, send, shelf) = (&props.state, &props.send, &props.shelf);
    let locale = state.locale;
    let here = Rc::clone(&state.work.present().id);
    // What is taken from the shelf stays in sight until the gallery closes, so that it can be put back.
    let works = use_memo((), |()| shelf.all().into_iter().filter(|e| e.own).take(WORKS).collect::<Vec<_>>());
    let gone = use_state(Vec::<Rc<str>>::new);
    if works.is_empty() {
        return Html::default();
    }
    let work = |entry: &Entry| {
        let (is_gone, is_here) = (gone.contains(&entry.id), entry.id == here);
        let (en, ko) = saved::title(&entry.work).unwrap_or_default();
        let title = if locale == Locale::Ko { ko } else { en };
        let when = numbers::ago(locale, (js_sys::Date::now() - entry.saved) / 1000.0);
        let resume = {
            let (send, shelf, entry) = (send.clone(), Rc::clone(shelf), entry.clone());
            Callback::from(move |_: MouseEvent| send.emit(Action::Resume(shelf.take(&entry))))
        };
        let turn = {
            let (gone, entry) = (gone.clone(), entry.clone());
            Callback::from(move |_: MouseEvent| {
                let mut next = (*gone).clone();
                if is_gone {
                    entry.put_back();
                    next.retain(|id| *id != entry.id);
                } else {
                    Shelf::remove(&entry.id);
                    next.push(Rc::clone(&entry.id));
                }
                gone.set(next);
            })
        };
        html! {
            <li key={entry.id.to_string()} class="own">
                <button class="plain choice" data-testid={format!("work-{}", entry.id)} aria-current={is_here.then_some("true")}
                    disabled={is_gone || is_here} onclick={resume}>
                    <strong>{ title.to_owned() }</strong>
                    <span>{ if is_here { locale.say(Msg::GalleryHere) } else { when } }</span>
                </button>
                if !is_here {
                    <button class="quiet words" data-testid={format!("drop-{}", entry.id)} onclick={turn}>
                        { locale.say(if is_gone { Msg::GalleryPutBack } else { Msg::GalleryRemove }) }
                        <span class="spoken">{ format!(": {title}") }</span>
                    </button>
                }
            </li>
        }
    };
    html! {
        <section aria-labelledby="gallery-own">
            <h3 id="gallery-own">{ locale.say(Msg::GalleryOwn) }</h3>
            <ul class="gallery" data-testid="works">{ for works.iter().map(work) }</ul>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct OpenFileProps {
    locale: Locale,
    send: Send,
}

/// Opens a file.
#[component]
fn OpenFile(props: &OpenFileProps) -> Html {
    let reading = use_mut_ref(|| None::<FileReader>);
    let onchange = {
        let send = props.send.clone();
        Callback::from(move |event: Event| {
            let input: Option<HtmlInputElement> = event.target_dyn_into();
            let Some(input) = input else { return };
            *reading.borrow_mut() = read(input.files(), &send);
            // The same file may be chosen again after it was mended.
            input.set_value("");
        })
    };
    html! {
        <label class="pill-button">
            { icon("i-open") }{ props.locale.say(Msg::MenuOpen) }
            <input type="file" class="file" data-testid="open-file" accept=".yaml,.yml,.json" {onchange} />
        </label>
    }
}

/// Reads a file and opens it; what cannot be read is said.
pub fn read(list: Option<FileList>, send: &Send) -> Option<FileReader> {
    let send = send.clone();
    files::read_first(list, move |name, result| {
        send.emit(match result {
            Ok(text) => Action::OpenText { name, text },
            Err(files::Unread::TooLarge) => Action::Notice(Msg::NoticeTooLarge),
            Err(files::Unread::Failed) => Action::Notice(Msg::NoticeUnreadable),
        });
    })
}

/// Says something on the page, which the gallery covers.
fn tell(send: &Send, what: Msg) {
    send.emit(Action::Escape);
    send.emit(Action::Notice(what));
}

/// The open design as a file, or on the clipboard.
fn taking(state: &Shared<State>, send: &Send) -> Html {
    let locale = state.locale;
    let with_text = |does: fn(&State, String, Send)| {
        let (state, send) = (state.clone(), send.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(text) = document(&state) {
                does(&state, text, send.clone());
            }
        })
    };
    let to_file = with_text(|state, text, send| {
        let name = file_name(&state.open.source, state.world());
        if !save::download(&name, save::file(&text, "application/yaml")) {
            tell(&send, Msg::NoticeNotSaved);
        }
    });
    let to_clipboard = with_text(|_, text, send| {
        save::copy(&text, move |done| {
            tell(&send, if done { Msg::NoticeCopied } else { Msg::NoticeNoClipboard });
        });
    });
    html! {
        <>
            <button class="pill-button" data-testid="copy-design" onclick={to_clipboard}>{ locale.say(Msg::GalleryCopy) }</button>
            <button class="pill-button" data-testid="save-design" onclick={to_file}>{ locale.say(Msg::GallerySave) }</button>
        </>
    }
}
