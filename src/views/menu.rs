//! A button that unfolds something, which Escape or a press elsewhere folds again.

use crate::browser::keys::use_dismissed;
use yew::prelude::*;

/// Something that unfolds.
pub struct Menu {
    /// Whether it is unfolded.
    pub open: UseStateHandle<bool>,
    /// What holds the button and what it unfolds.
    pub node: NodeRef,
    /// What a click on the button does.
    pub toggle: Callback<MouseEvent>,
}

/// A menu, folded to begin with.
#[hook]
pub fn use_menu() -> Menu {
    let open = use_state_eq(|| false);
    let node = use_node_ref();
    let fold = open.clone();
    use_dismissed(&node, *open, Callback::from(move |()| fold.set(false)));
    let turned = open.clone();
    let toggle = Callback::from(move |_: MouseEvent| turned.set(!*turned));
    Menu { open, node, toggle }
}
