//! Small components that draw a piece of the state and send actions. None of them changes anything itself.

pub mod app;
mod building;
mod crowd;
mod debrief;
mod design;
mod dialogs;
mod figures;
mod find;
mod gallery;
mod graph;
mod guide;
mod header;
mod icons;
mod incidents;
mod lanes;
pub mod later;
mod live;
mod log;
mod menu;
mod overview;
mod plot;
mod power;
mod rooms;
mod shapes;
mod sites;
mod table;
mod tiles;
mod timeline;
mod transport;
mod why;

use crate::state::Action;
use std::ops::Deref;
use std::rc::Rc;
use yew::{Callback, KeyboardEvent, MouseEvent};

/// How a component says that something is to be done.
pub type Send = Callback<Action>;

/// A click that sends an action.
pub fn click(send: &Send, action: Action) -> Callback<MouseEvent> {
    send.reform(move |_| action.clone())
}

/// A click that selects; with Shift, Control or Command held, in addition to what is selected.
pub fn choose(send: &Send, action: Action) -> Callback<MouseEvent> {
    send.reform(move |event: MouseEvent| {
        with(&action, event.shift_key() || event.ctrl_key() || event.meta_key())
    })
}

/// The same by Enter and Space, on something that is a button in all but name.
pub fn choose_by_key(send: &Send, action: Action) -> Callback<KeyboardEvent> {
    let send = send.clone();
    Callback::from(move |event: KeyboardEvent| {
        let (send, action) = (send.clone(), with(&action, event.shift_key() || event.ctrl_key()));
        pressed(Callback::from(move |()| send.emit(action.clone()))).emit(event);
    })
}

fn with(action: &Action, also: bool) -> Action {
    match action {
        Action::Select(subject) if also => Action::Also(*subject),
        action => action.clone(),
    }
}

/// Enter and Space, for what no action is for.
pub fn pressed(does: Callback<()>) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            event.stop_propagation();
            does.emit(());
        }
    })
}

/// Something shared that is compared by identity, so that a component given the same one is not drawn again.
#[derive(Debug)]
pub struct Shared<T>(pub Rc<T>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}
