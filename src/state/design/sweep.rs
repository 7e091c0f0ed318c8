//! What names a thing that is gone goes too; what names a thing that is called otherwise now does the same.
//!
//! The reader of the format knows every place where a name can stand, so nothing here does: it says what dangles.

use super::super::reading;
use bridge_engine::scenario::Diagnostic;
use bridge_engine::scenario::draft::{Draft, Node, Path, Step};

/// More rounds than one name can lean on another.
const ROUNDS: usize = 12;

/// Complaints about a name that stands for nothing.
const DANGLING: [&str; 4] = ["dangling", "bad-target", "no-pool", "cache-of-no-need"];

fn complaints(draft: &Draft) -> Vec<Diagnostic> {
    match reading::open(&draft.text()) {
        Ok((scenario, _)) => scenario.warnings.into_iter().filter(|w| w.code == "unused-bypass").collect(),
        Err(errors) => errors,
    }
}

/// Takes away what names nothing, and what cannot stand without that. What it took.
pub fn gone(draft: &mut Draft) -> Vec<String> {
    let mut taken: Vec<Path> = Vec::new();
    for _ in 0..ROUNDS {
        let mut places: Vec<Path> = complaints(draft)
            .into_iter()
            .filter_map(|found| {
                let place = draft.find(&found.path);
                let dangles = DANGLING.contains(&&*found.code) || found.code == "unused-bypass";
                let broken = matches!(&*found.code, "wrong-parts" | "missing-key" | "bad-target")
                    && taken
                        .iter()
                        .any(|gone| gone.0.len() == place.0.len() + 1 && gone.0.starts_with(&place.0));
                (dangles || broken).then_some(place)
            })
            .filter(|place| place.0.len() > 1)
            .collect();
        if places.is_empty() {
            break;
        }
        // From the end of each list, so that the places of what comes before stay what they are.
        places.sort();
        places.dedup();
        for place in places.into_iter().rev() {
            if draft.remove(&place).is_some() {
                taken.push(place);
            }
        }
    }
    taken.iter().map(ToString::to_string).collect()
}

/// Calls a thing by its new name wherever the old one now stands for nothing.
pub fn renamed(draft: &mut Draft, from: &str, to: &str) {
    for _ in 0..ROUNDS {
        let mut changed = false;
        for found in complaints(draft) {
            let place = draft.find(&found.path);
            changed |= respelled(draft, &place, from, to);
        }
        if !changed {
            break;
        }
    }
}

/// The same text with a whole word replaced.
fn respell(text: &str, from: &str, to: &str) -> Option<String> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut found) = (text, false);
    while let Some(at) = rest.find(from) {
        let (head, tail) = (&rest[..at], &rest[at + from.len()..]);
        let whole =
            !out.chars().chain(head.chars()).next_back().is_some_and(is_part) && !tail.starts_with(is_part);
        out.push_str(head);
        out.push_str(if whole { to } else { from });
        found |= whole;
        rest = tail;
    }
    out.push_str(rest);
    found.then_some(out)
}

/// A value, or the key it stands under.
fn respelled(draft: &mut Draft, place: &Path, from: &str, to: &str) -> bool {
    if let Some(value) = draft.get(place).cloned()
        && let Some(value) = respelled_value(&value, from, to)
    {
        return draft.set(place, value);
    }
    match place.0.last() {
        Some(Step::Key(key)) => respell(key, from, to).is_some_and(|key| draft.rename(place, &key)),
        _ => false,
    }
}

fn respelled_value(value: &Node, from: &str, to: &str) -> Option<Node> {
    match value {
        Node::Scalar(text) => respell(text, from, to).map(Node::Scalar),
        Node::List(items) => {
            let changed: Vec<_> = items.iter().map(|item| respelled_value(item, from, to)).collect();
            let any = changed.iter().any(Option::is_some);
            let items = items.iter().zip(changed).map(|(old, new)| new.unwrap_or_else(|| old.clone()));
            any.then(|| Node::List(items.collect()))
        }
        Node::Null | Node::Map(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_respelled() {
        for (text, becomes) in [
            ("auth", Some("login")),
            ("~auth", Some("~login")),
            ("auth>registry", Some("login>registry")),
            ("auth@a/auth", Some("login@a/login")),
            ("authority", None),
            ("re-auth", None),
        ] {
            assert_eq!(respell(text, "auth", "login").as_deref(), becomes, "{text}");
        }
    }
}
