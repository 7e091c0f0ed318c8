//! Tables: names on the left, figures on the right.

use crate::words::{Locale, Msg};
use yew::prelude::*;

/// A row: its name, and what stands in it.
pub struct Row {
    /// What it is about.
    pub name: Html,
    /// Its cells.
    pub cells: Vec<String>,
}

/// A table that scrolls by itself where it is wider than the page.
pub fn table(locale: Locale, id: &'static str, caption: Msg, heads: Vec<String>, rows: Vec<Row>) -> Html {
    let head = |name: String| html! { <th scope="col">{ name }</th> };
    let cell = |text: String| html! { <td>{ text }</td> };
    let row = |row: Row| {
        html! { <tr><th scope="row">{ row.name }</th>{ for row.cells.into_iter().map(cell) }</tr> }
    };
    html! {
        <div class="wide-table" tabindex="0" role="group" aria-label={locale.say(caption)}>
            <table data-testid={id}>
                <thead><tr>{ for heads.into_iter().map(head) }</tr></thead>
                <tbody>{ for rows.into_iter().map(row) }</tbody>
            </table>
        </div>
    }
}
