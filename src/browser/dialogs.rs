//! Dialogs that cover the page, by the browser's own means: focus stays inside, Escape closes.

use super::keys::{focus, focused};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement};
use yew::prelude::*;

/// Shows a dialog over the page.
pub fn show(node: &NodeRef) {
    if let Some(dialog) = node.cast::<HtmlDialogElement>()
        && !dialog.open()
    {
        // Without modal dialogs it is shown where it stands.
        if dialog.show_modal().is_err() {
            dialog.show();
        }
    }
}

/// Shows a dialog as long as it is drawn; then the focus is again where it was before.
#[hook]
pub fn use_shown(node: &NodeRef) {
    let node = node.clone();
    use_effect_with((), move |()| {
        let opener = focused();
        show(&node);
        move || {
            // While it is open, nothing outside of it takes the focus.
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                dialog.close();
            }
            if let Some(opener) = opener.filter(|opener| opener.is_connected()) {
                focus(&opener);
            }
        }
    });
}

/// Keeps the focus in a list whose rows change places: who had it has it again, or what stands beside it, where it cannot.
#[hook]
pub fn use_focus_kept(list: &NodeRef, changed: impl PartialEq + 'static) {
    let (list, held) = (list.clone(), use_mut_ref(|| None::<Element>));
    let inside = move || {
        let now = focused()?;
        list.cast::<Element>()?.contains(Some(&now)).then_some(now)
    };
    // Before the change is drawn the one that has the focus is still in its place.
    if let Some(now) = inside() {
        *held.borrow_mut() = Some(now);
    }
    use_effect_with(changed, move |_| {
        let had = held.borrow_mut().take();
        if let Some(had) = had.filter(|had| had.is_connected() && inside().is_none()) {
            focus(&had);
            let beside =
                had.closest("li").ok().flatten().and_then(|row| row.query_selector("input").ok().flatten());
            if let Some(beside) = beside.filter(|_| inside().is_none()) {
                focus(beside.unchecked_ref());
            }
        }
    });
}
