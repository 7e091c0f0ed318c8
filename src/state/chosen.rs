//! Several things chosen at once, in the design: what is done to one of them is done to all, as one step.

use super::design::{Edit, can_move, place_of};
use super::{Action, Mode, State, change, update};
use bridge_engine::scenario::draft::{Node, Path, Step};
use bridge_engine::trace::Subject;
use bridge_engine::world::PoolId;
use std::mem::discriminant;
use std::rc::Rc;

impl State {
    /// Everything that is chosen, what the form shows first.
    #[must_use]
    pub fn chosen(&self) -> Vec<Subject> {
        self.selected.into_iter().chain(self.also.iter().copied()).collect()
    }
}

/// Chooses one more, or one less. Only what has a place in the document can be chosen with others, and only where it is
/// designed; elsewhere this is to select.
#[must_use]
pub fn also(state: &State, subject: Subject) -> Option<State> {
    let Some(first) = state.selected.filter(|_| state.mode == Mode::Design) else {
        return update(state, Action::Select(subject));
    };
    place_of(&state.open, subject)?;
    let mut others = state.also.to_vec();
    if let Some(at) = others.iter().position(|other| *other == subject) {
        others.remove(at);
    } else if first == subject {
        // The next of them is the one that the form shows.
        if others.is_empty() {
            return None;
        }
        let next = others.remove(0);
        let state = change::select(state, next).unwrap_or_else(|| state.clone());
        return Some(State { also: Rc::new(others), ..state });
    } else {
        others.push(subject);
    }
    Some(State { also: Rc::new(others), ..state.clone() })
}

/// The edit for all that is chosen, where it is one of something chosen; else as it is.
#[must_use]
pub fn widened(state: &State, edit: &Edit) -> Edit {
    let all = state.chosen();
    if state.also.is_empty() {
        return edit.clone();
    }
    let places: Vec<Path> = all.iter().filter_map(|subject| place_of(&state.open, *subject)).collect();
    let each = |of: fn(Path) -> Edit| Edit::All(places.iter().cloned().map(of).collect());
    match edit {
        Edit::Move(pool, to) => moves(state, &all, *pool, *to).unwrap_or_else(|| edit.clone()),
        Edit::Copy(place) if places.contains(place) => each(Edit::Copy),
        Edit::Remove(place) if places.contains(place) => each(Edit::Remove),
        Edit::Set(place, value) => {
            let changes = |base: &Path, other: &Path| set(state, base, other, place, value);
            within(state, &all, place, &changes).unwrap_or_else(|| edit.clone())
        }
        Edit::Remove(place) => {
            let changes = |base: &Path, other: &Path| vec![Edit::Remove(moved(base, other, place))];
            within(state, &all, place, &changes).unwrap_or_else(|| edit.clone())
        }
        _ => edit.clone(),
    }
}

/// With the servers of one chosen service those of the others move that stand in the same building.
fn moves(state: &State, all: &[Subject], pool: PoolId, to: Subject) -> Option<Edit> {
    let world = state.world();
    let site = world[pool].site;
    let chosen = |id: PoolId| all.contains(&Subject::Service(world[id].service));
    let here = |id: &PoolId| world[*id].site == site && chosen(*id) && can_move(world, *id, to);
    let pools = (0..world.pools.len()).map(PoolId::at).filter(here);
    chosen(pool).then(|| Edit::All(pools.map(|id| Edit::Move(id, to)).collect()))
}

/// Changes of a part of what the form shows, for it and for all others of its kind.
fn within(
    state: &State,
    all: &[Subject],
    place: &Path,
    changes: &dyn Fn(&Path, &Path) -> Vec<Edit>,
) -> Option<Edit> {
    let first = all.first()?;
    let base = place_of(&state.open, *first)?;
    if !place.0.starts_with(&base.0) || place == &base {
        return None;
    }
    let alike = all.iter().filter(|other| discriminant(*other) == discriminant(first));
    let places = alike.filter_map(|other| place_of(&state.open, *other));
    // A panel has no fuel: elements are alike in the same section.
    let section = |place: &Path| place.0.get(place.0.len().wrapping_sub(2)).cloned();
    let places = places.filter(|other| section(other) == section(&base));
    Some(Edit::All(places.flat_map(|other| changes(&base, &other)).collect()))
}

/// The same place in another thing.
fn moved(base: &Path, other: &Path, place: &Path) -> Path {
    Path(other.0.iter().chain(&place.0[base.0.len()..]).cloned().collect())
}

/// A value in another thing: of a list of what stands where only what was changed of it, because the others stand elsewhere.
fn set(state: &State, base: &Path, other: &Path, place: &Path, value: &Node) -> Vec<Edit> {
    let there = moved(base, other, place);
    let whole = || vec![Edit::Set(there.clone(), value.clone())];
    let is_places = matches!(place.0.last(), Some(Step::Key(key)) if key == "place");
    let Ok(draft) = state.open.draft() else { return whole() };
    let (Node::List(new), Some(Node::List(old)), true) = (value, draft.get(place), is_places) else {
        return whole();
    };
    if base == other || new.len() != old.len() {
        return if base == other { whole() } else { Vec::new() };
    }
    let mut out = Vec::new();
    for (at, (new, old)) in new.iter().zip(old).enumerate() {
        let (Node::List(new), Node::List(old)) = (new, old) else { continue };
        for (part, value) in new.iter().enumerate().filter(|(part, value)| old.get(*part) != Some(*value)) {
            let here = there.index(at).index(part);
            let reached = there.index(at).index(part.saturating_sub(1));
            if draft.get(&reached).is_some() {
                out.push(Edit::Set(here, value.clone()));
            }
        }
    }
    out
}
