//! Sites to start from. A preset is a piece of document like any other, put under the site that asks for it before the
//! document is typed.

use super::diagnostic::{Limit, Problem, Sink};
use super::tree::{At, MAX_NODES, Position, Tree, Value};

/// What a site without a power section has.
const DEFAULT: &str = "tier2";

/// Every preset, by name.
pub const PRESETS: [(&str, &str); 3] = [
    ("tier1", include_str!("tier1.yaml")),
    ("tier2", include_str!("tier2.yaml")),
    ("tier3", include_str!("tier3.yaml")),
];

/// Puts presets under the sites that ask for one, and under those that say nothing of their power.
pub fn apply(tree: &mut Tree, sink: &mut Sink) {
    let Some(sites) = tree.get(Tree::ROOT, "sites") else { return };
    let read: Vec<(&str, Tree)> = PRESETS.iter().map(|(name, text)| (*name, Tree::read(text).0)).collect();
    for site in tree.entries(sites).to_vec() {
        let Some((name, origin)) = wanted(tree, site) else { continue };
        // An unknown name is reported where the site is typed.
        let Some((_, preset)) = read.iter().find(|(known, _)| *known == name) else { continue };
        if !tree.merge(site, preset, Tree::ROOT, origin) {
            sink.add(tree, site, Problem::TooLarge { what: Limit::Values, limit: MAX_NODES });
            return;
        }
    }
}

/// The preset a site takes, and the place in the document that asks for it.
fn wanted(tree: &Tree, site: At) -> Option<(String, Position)> {
    let absent = |at: Option<At>| at.is_none_or(|at| matches!(tree.value(at), Value::Null));
    match tree.get(site, "preset") {
        Some(preset) if !absent(Some(preset)) => {
            tree.text(preset).map(|name| (name.to_owned(), tree.position(preset)))
        }
        _ => {
            let is_site = matches!(tree.value(site), Value::Map(_) | Value::Null);
            (is_site && absent(tree.get(site, "power")))
                .then(|| (DEFAULT.to_owned(), tree.key_position(site)))
        }
    }
}
