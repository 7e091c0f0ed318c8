//! Dialogs that cover the page, by the browser's own means: focus stays inside, Escape closes.

use web_sys::HtmlDialogElement;
use yew::NodeRef;

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
