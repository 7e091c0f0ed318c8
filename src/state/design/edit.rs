//! Edits, and what comes of them.

use super::super::{Open, Source, engine};
use super::add::{self, Add, scalar};
use super::place::place_of;
use super::{Refused, sweep};
use bridge_engine::World;
use bridge_engine::scenario::draft::{Draft, Node, Path, Step};
use bridge_engine::trace::Subject;
use bridge_engine::world::{Element, ElementKind, PoolId, SiteId};

/// A change of a design.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Put a value at a place.
    Set(Path, Node),
    /// Take away what stands at a place, so that its default holds; a thing goes with all that names it.
    Remove(Path),
    /// Call something otherwise, wherever it is named.
    Rename(Path, String),
    /// A copy of a thing, beside it.
    Copy(Path),
    /// Something new.
    Add(Add),
    /// Servers stand elsewhere: in a room, on a panel, or anywhere in a building.
    Move(PoolId, Subject),
    /// All of these, or none.
    All(Vec<Edit>),
}

/// A design that was changed.
#[derive(Debug)]
pub struct Done {
    /// The design.
    pub open: Open,
    /// What went too, because it named nothing any more.
    pub swept: Vec<String>,
    /// Where the form goes, if it does.
    pub shows: Option<Path>,
}

/// A design is called so, in every language.
#[must_use]
pub fn titled(title: &str) -> Edit {
    Edit::Set(Path::keys(["meta", "title"]), scalar(title))
}

/// A design with a change.
///
/// # Errors
/// Why it cannot be.
pub fn edited(open: &Open, edit: &Edit) -> Result<Done, Refused> {
    let nothing = |place: &Path, why| Refused { place: place.clone(), why };
    let mut draft = Draft::clone(&*open.draft().map_err(|why| nothing(&Path::default(), why))?);
    let edits = match edit {
        Edit::All(edits) => edits.as_slice(),
        one => std::slice::from_ref(one),
    };
    let (mut first, mut made, mut removes) = (None, false, false);
    for edit in edits {
        let (place, shows, is_made) = apply(&mut draft, open, edit);
        first.get_or_insert((place, shows));
        // Of several, one may be as it should be already.
        made |= is_made;
        removes |= matches!(edit, Edit::Remove(_));
    }
    let (place, shows) = first.unwrap_or_default();
    if !made {
        return Err(nothing(&place, Vec::new()));
    }
    if let Edit::Rename(Path(steps), to) = edit
        && let Some(Step::Key(from)) = steps.last()
    {
        sweep::renamed(&mut draft, from, to);
    }
    let swept = if removes { sweep::gone(&mut draft) } else { Vec::new() };
    let source = Source { origin: open.source.origin.clone(), edited: Some(draft.text().into()) };
    let open = engine::open(source).map_err(|why| nothing(&place, why))?;
    Ok(Done { open: open.made_of(draft), swept, shows })
}

/// Makes one change: where, what the form shows then, and whether something was changed.
fn apply(draft: &mut Draft, open: &Open, edit: &Edit) -> (Path, Option<Path>, bool) {
    let world = &open.world;
    match edit {
        Edit::Set(place, value) => (place.clone(), None, draft.set(place, value.clone())),
        Edit::Remove(place) => {
            let shows = Path(place.0.split_last().map_or(&[][..], |split| split.1).to_vec());
            (place.clone(), Some(shows), draft.remove(place).is_some())
        }
        Edit::Rename(place, to) => {
            let shows = renamed(place, to);
            (place.clone(), shows, draft.rename(place, to))
        }
        Edit::Copy(place) => {
            let copy = add::copy(draft, place);
            (place.clone(), copy.clone(), copy.is_some())
        }
        Edit::Add(what) => {
            let place = add::add(draft, world, *what);
            // Of a list, the form shows what it belongs to.
            let shows = place.as_ref().map(|place| match what {
                Add::Need(..) | Add::Servers(..) => Path(place.0[..2].to_vec()),
                _ => place.clone(),
            });
            (place.clone().unwrap_or_default(), shows, place.is_some())
        }
        Edit::Move(pool, to) => {
            let place = place_of(open, Subject::Pool(*pool)).unwrap_or_default();
            let made = moved(draft, world, &place, *to);
            (place.clone(), Some(place), made.is_some())
        }
        Edit::All(_) => (Path::default(), None, false),
    }
}

fn renamed(place: &Path, to: &str) -> Option<Path> {
    let (_, way) = place.0.split_last()?;
    Some(Path(way.to_vec()).key(to))
}

/// Where servers stand that are put on something: `site`, `site/panel` or `site/panel+panel`.
fn standing(world: &World, on: Subject) -> Option<String> {
    let site = |id: SiteId| world.sites.get(id.index()).map(|s| s.key.as_str());
    match on {
        Subject::Site(id) => site(id).map(ToOwned::to_owned),
        Subject::Element(id) if matches!(world[id].kind, ElementKind::Panel { .. }) => {
            Some(format!("{}/{}", site(world[id].site)?, world[id].key))
        }
        Subject::Room(id) => {
            let here = |e: &&Element| e.room == Some(id) && matches!(e.kind, ElementKind::Panel { .. });
            let panel = world.elements.iter().find(here)?;
            Some(format!("{}/{}", site(panel.site)?, panel.key))
        }
        Subject::Pool(id) => {
            let pool = &world[id];
            let panels: Vec<&str> = pool.panels.iter().map(|panel| world[*panel].key.as_str()).collect();
            Some(format!("{}/{}", site(pool.site)?, panels.join("+")))
        }
        _ => None,
    }
}

/// Whether servers can be put on something, and are not there already.
#[must_use]
pub fn can_move(world: &World, pool: PoolId, to: Subject) -> bool {
    let from = standing(world, Subject::Pool(pool));
    to != Subject::Pool(pool) && standing(world, to).is_some_and(|to| Some(to) != from)
}

/// All servers of the entry move: those said to be at a site, without panels, hang on several.
fn moved(draft: &mut Draft, world: &World, place: &Path, to: Subject) -> Option<()> {
    let to = standing(world, to)?;
    let at = match draft.get(place)? {
        Node::List(_) => place.index(0),
        _ => place.key("at"),
    };
    draft.set(&at, scalar(&to)).then_some(())
}
