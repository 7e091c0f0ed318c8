//! Many things of one kind: how many in which state, and each as a small square.

use super::icons::{Sign, icon};
use super::shapes::{px, view_box};
use crate::layout::crowd::crowd;
use crate::words::states::Named;
use crate::words::{Locale, Msg};
use yew::prelude::*;

/// Signs, the worst first.
const WORST: [&str; 7] =
    ["s-down", "s-nopower", "s-waiting", "s-restarting", "s-degraded", "s-standby", "s-up"];

/// How many have a sign.
pub struct Count {
    /// The sign.
    pub sign: &'static str,
    /// How many.
    pub n: usize,
    /// Their states in words, each with its number.
    said: Vec<String>,
}

/// Counts states by sign, the worst first.
pub fn counted<S: Sign + Named + PartialEq>(states: &[S], locale: Locale) -> Vec<Count> {
    let mut out = Vec::new();
    for sign in WORST {
        let mut kinds: Vec<(S, usize)> = Vec::new();
        for state in states.iter().filter(|s| s.sign() == sign) {
            match kinds.iter_mut().find(|k| k.0 == *state) {
                Some(kind) => kind.1 += 1,
                None => kinds.push((*state, 1)),
            }
        }
        let said = |(state, n): &(S, usize)| {
            locale.with(Msg::CountedState, &[("n", &n.to_string()), ("state", &state.said(locale))])
        };
        if !kinds.is_empty() {
            out.push(Count {
                sign,
                n: kinds.iter().map(|k| k.1).sum(),
                said: kinds.iter().map(said).collect(),
            });
        }
    }
    out
}

/// All of them in words.
pub fn said(counts: &[Count]) -> String {
    counts.iter().flat_map(|c| &c.said).map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// Each count with its sign, and in words under a pointer.
pub fn numbers(counts: &[Count]) -> Html {
    html! {
        <p class="counts">
            { for counts.iter().map(|count| html! {
                <span class={count.sign} title={count.said.join(", ")}>{ icon(count.sign) }{ count.n }</span>
            }) }
        </p>
    }
}

/// A square each, in the order given. Those of a sign are one path, so that a picture of hundreds costs what one of few does.
pub fn squares(signs: &[&'static str], (width, height): (f64, f64), label: String) -> Html {
    let (side, columns) = crowd(signs.len(), width, height);
    let inner = (side - if side > 4.0 { 1.5 } else { 0.5 }).max(0.5);
    let of = |sign: &'static str| {
        let mut d = String::new();
        for (i, _) in signs.iter().enumerate().filter(|(_, s)| **s == sign) {
            let (x, y) = ((i % columns) as f64 * side, (i / columns) as f64 * side);
            d.push_str(&format!("M{x:.1} {y:.1}h{inner:.1}v{inner:.1}h-{inner:.1}z"));
        }
        html! { <path class={sign} {d} /> }
    };
    html! {
        <svg class="crowd" width={px(width)} height={px(height)} viewBox={view_box((width, height))} role="img" aria-label={label}>
            { for WORST.into_iter().filter(|sign| signs.contains(sign)).map(of) }
        </svg>
    }
}
