//! Where works are kept between visits: each under a name of its own, so that several windows do not write over each other.
//!
//! ```text
//! bridge.work.<name>   who wrote it last, when, whether it is somebody's own; then the work
//! bridge.view.<name>   where it was looked at
//! bridge.past.<name>   the steps that undo and redo lead over
//! bridge.here          of this window alone: the name of what it shows
//! ```
//!
//! A window may write over what it wrote itself, and over what it found when it took the work up. Whatever else stands there
//! is another window's by now.

use super::storage::{self, Lasting};
use crate::state::saved::Kept;
use bridge_engine::kernel::order::sorted;
use std::cell::RefCell;
use std::rc::Rc;

const WORK: &str = "bridge.work.";
const VIEW: &str = "bridge.view.";
const PAST: &str = "bridge.past.";
const HERE: &str = "bridge.here";
/// How long what is not somebody's own is kept, in milliseconds.
const WEEK: f64 = 7.0 * 86_400_000.0;

/// What became of a work that was to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It is kept.
    Kept,
    /// Another window has changed it: it needs a name of its own.
    Taken,
    /// There is no room, or no storage at all.
    Full,
}

/// A work on the shelf.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its name.
    pub id: Rc<str>,
    /// Who wrote it.
    by: String,
    /// When, in milliseconds since 1970.
    pub saved: f64,
    /// It is somebody's own.
    pub own: bool,
    /// What it is.
    pub work: String,
}

impl Entry {
    fn read(id: &str) -> Option<Self> {
        let text = storage::get(&format!("{WORK}{id}"))?;
        let (head, work) = text.split_once('\n')?;
        let mut head = head.split(' ');
        let (by, saved, own) = (head.next()?.to_owned(), head.next()?.parse().ok()?, head.next()? == "own");
        Some(Self { id: id.into(), by, saved, own, work: work.to_owned() })
    }

    fn write(&self) -> bool {
        let own = if self.own { "own" } else { "plain" };
        storage::set(
            &format!("{WORK}{}", self.id),
            &format!("{} {} {own}\n{}", self.by, self.saved, self.work),
        )
    }

    /// What it is, to be taken up.
    fn kept(&self) -> Kept {
        let view = storage::get(&format!("{VIEW}{}", self.id));
        let past = storage::get(&format!("{PAST}{}", self.id));
        Kept { id: Rc::clone(&self.id), work: self.work.clone(), view, past }
    }

    /// Puts it back after [`Shelf::remove`].
    pub fn put_back(&self) {
        self.write();
    }
}

/// The shelf, as a window sees it.
#[derive(Debug)]
pub struct Shelf {
    /// The window's own name.
    pub tab: Rc<str>,
    /// Who had written what it took up, by name.
    found: RefCell<Vec<(Rc<str>, String)>>,
    /// The name of what it shows, as far as that is kept.
    here: RefCell<Option<Rc<str>>>,
}

impl PartialEq for Shelf {
    fn eq(&self, other: &Self) -> bool {
        self.tab == other.tab
    }
}

impl Shelf {
    /// For a window that has just been opened.
    #[must_use]
    pub fn new() -> Self {
        let tab = format!("{:x}", (js_sys::Math::random() * 1e15) as u64);
        let shelf = Self { tab: tab.into(), found: RefCell::default(), here: RefCell::default() };
        let old = |entry: &Entry| !entry.own && js_sys::Date::now() - entry.saved > WEEK;
        shelf.all().iter().filter(|entry| old(entry)).for_each(|entry| Self::remove(&entry.id));
        shelf
    }

    /// What this window showed before it was loaded again; in a new window, what was changed last.
    #[must_use]
    pub fn here(&self) -> Option<Kept> {
        let here = storage::get_in(Lasting::Window, HERE).and_then(|id| Entry::read(&id));
        Some(self.take(&here.or_else(|| self.all().into_iter().next())?))
    }

    /// Takes a work up.
    #[must_use]
    pub fn take(&self, entry: &Entry) -> Kept {
        let mut found = self.found.borrow_mut();
        found.retain(|found| found.0 != entry.id);
        found.push((Rc::clone(&entry.id), entry.by.clone()));
        entry.kept()
    }

    /// Everything on the shelf, what was changed last first.
    #[must_use]
    pub fn all(&self) -> Vec<Entry> {
        let ids = storage::keys().into_iter().filter_map(|key| key.strip_prefix(WORK).map(str::to_owned));
        let all: Vec<Entry> = ids.filter_map(|id| Entry::read(&id)).collect();
        sorted(all, &|a, b| b.saved.total_cmp(&a.saved))
    }

    /// Keeps a work.
    pub fn put(&self, id: &Rc<str>, work: &str, own: bool) -> Put {
        if self.here.borrow().as_ref() != Some(id) && storage::set_in(Lasting::Window, HERE, id) {
            *self.here.borrow_mut() = Some(Rc::clone(id));
        }
        let there = Entry::read(id);
        if there.as_ref().is_some_and(|there| there.work == work) {
            return Put::Kept;
        }
        match there {
            Some(there) if !self.may_write_over(&there) => return Put::Taken,
            Some(_) => {}
            None => self.forget_what_was_only_looked_at(),
        }
        let saved = js_sys::Date::now().floor();
        let entry = Entry { id: Rc::clone(id), by: self.tab.to_string(), saved, own, work: work.to_owned() };
        if entry.write() { Put::Kept } else { Put::Full }
    }

    /// Of what this window opened, only what is somebody's own remains when it begins another work.
    fn forget_what_was_only_looked_at(&self) {
        let opened = format!("{}.", self.tab);
        let past = |entry: &Entry| !entry.own && entry.id.starts_with(&opened);
        self.all().iter().filter(|entry| past(entry)).for_each(|entry| Self::remove(&entry.id));
    }

    fn may_write_over(&self, there: &Entry) -> bool {
        let found = self.found.borrow();
        *there.by == *self.tab || found.iter().any(|(id, by)| *id == there.id && *by == there.by)
    }

    /// Keeps where a work is looked at.
    pub fn put_view(&self, id: &str, view: &str) {
        storage::set(&format!("{VIEW}{id}"), view);
    }

    /// Keeps the steps of a work, where there is room for them: without them it is still a work.
    pub fn put_past(&self, id: &str, past: &str) {
        let key = format!("{PAST}{id}");
        if past.is_empty() || !storage::set(&key, past) {
            storage::forget(&key);
        }
    }

    /// Takes a work from the shelf.
    pub fn remove(id: &str) {
        storage::forget(&format!("{WORK}{id}"));
        storage::forget(&format!("{VIEW}{id}"));
        storage::forget(&format!("{PAST}{id}"));
    }
}
