//! Entry point.

use yew::prelude::*;

#[component]
fn App() -> Html {
    html! { <h1>{ "끊긴 다리 · Broken Bridge" }</h1> }
}

fn main() {
    let host = gloo::utils::document().get_element_by_id("app");
    if let Some(host) = host {
        yew::Renderer::<App>::with_root(host).render();
    }
}
