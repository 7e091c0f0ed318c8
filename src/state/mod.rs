//! All the app knows, and the only way it changes: `update(state, action) -> state`. Pure; tested natively.

pub mod engine;
pub mod history;
pub mod moment;
pub mod pace;
pub mod run;
pub mod saved;
#[cfg(test)]
mod tests;
mod update;
pub mod wayout;

use crate::words::{Locale, Msg};
use bridge_engine::scenario::{Diagnostic, Fact};
use bridge_engine::trace::Subject;
use bridge_engine::world::{Action as Incident, Script};
use bridge_engine::{Time, World};
use history::History;
use run::Run;
use std::rc::Rc;
pub use update::{aim, update};

/// Where a scenario came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Shipped with the app; an index into [`engine::SHIPPED`].
    Shipped(usize),
    /// A file somebody opened.
    File {
        /// Its name.
        name: String,
        /// Its text, so that it is still there after a reload.
        text: Rc<str>,
    },
}

/// An open scenario.
#[derive(Clone, Debug)]
pub struct Open {
    /// Where it came from.
    pub source: Source,
    /// What it says.
    pub world: Rc<World>,
    /// What is known of the real event, in order of time.
    pub facts: Rc<Vec<Fact>>,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system says.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Its name in links and storage.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of that name.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        [Self::Auto, Self::Light, Self::Dark].into_iter().find(|t| t.tag() == tag)
    }

    /// The next in the round.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }
}

/// Kinds of incident a person can drop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arm {
    /// Sets fire to a room.
    Fire,
    /// Opens a breaker or takes away the street.
    Trip,
    /// Stops a pool's servers.
    Crash,
}

impl Arm {
    /// All, in the order of their keys 1, 2, 3.
    pub const ALL: [Self; 3] = [Self::Fire, Self::Trip, Self::Crash];
}

/// The rooms of the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Mode {
    /// What happens to it.
    #[default]
    Drill,
    /// What is to be learnt from it.
    Debrief,
}

impl Mode {
    /// All, in the order of the loop.
    pub const ALL: [Self; 2] = [Self::Drill, Self::Debrief];

    /// Its name in links and storage.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Drill => "drill",
            Self::Debrief => "debrief",
        }
    }

    /// The mode of that name.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.tag() == tag)
    }
}

/// What the narrow screen shows above the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tab {
    /// Buildings.
    #[default]
    Sites,
    /// Dependency graph and why.
    Graph,
    /// Services in rows.
    Table,
    /// What happened, in words.
    Log,
}

impl Tab {
    /// All, in order.
    pub const ALL: [Self; 4] = [Self::Sites, Self::Graph, Self::Table, Self::Log];
}

/// What covers the stage.
#[derive(Clone, Debug, Default)]
pub enum Overlay {
    /// Nothing.
    #[default]
    None,
    /// Keys and signs.
    Help,
    /// A file that could not be opened, and all that is wrong with it.
    Errors {
        /// The file's name.
        name: String,
        /// What is wrong.
        diagnostics: Rc<Vec<Diagnostic>>,
    },
}

/// Everything.
#[derive(Clone, Debug)]
pub struct State {
    /// Language.
    pub locale: Locale,
    /// Colours.
    pub theme: Theme,
    /// Which room of the stage.
    pub mode: Mode,
    /// What is being practised on.
    pub open: Rc<Open>,
    /// The incidents, and how they came to be.
    pub script: History<Rc<Script>>,
    /// The run of the present script.
    pub run: Rc<Run>,
    /// The moment shown.
    pub playhead: Time,
    /// Time passes by itself.
    pub playing: bool,
    /// How fast.
    pub speed: pace::Speed,
    /// What the pictures point at.
    pub selected: Option<Subject>,
    /// The incident in hand.
    pub armed: Option<Arm>,
    /// The axis shows time as it is.
    pub true_scale: bool,
    /// What the narrow screen shows.
    pub tab: Tab,
    /// What covers the stage.
    pub overlay: Overlay,
    /// A sentence that wants to be said once.
    pub notice: Option<Msg>,
}

/// What can be done.
#[derive(Clone, Debug)]
pub enum Action {
    /// Go to a moment.
    Seek(Time),
    /// Playback has reached a moment.
    Tick(Time),
    /// Go to the next event, or to the one before.
    Jump {
        /// Forwards in time.
        forwards: bool,
    },
    /// Move the playhead by a share of the axis.
    Nudge(f64),
    /// Start or stop time.
    PlayPause,
    /// Play at a speed.
    Speed(pace::Speed),
    /// Point at something.
    Select(Subject),
    /// Take an incident in hand; the same again puts it back.
    Arm(Arm),
    /// Put it back; close what covers the stage.
    Escape,
    /// Let it happen, at the playhead.
    Drop(Incident),
    /// Take an incident out of the script.
    Remove(usize),
    /// Take all of them out.
    ClearScript,
    /// Put the author's back.
    AuthorScript,
    /// Take back the last change of the script.
    Undo,
    /// Make it again.
    Redo,
    /// Speak a language.
    Locale(Locale),
    /// Use colours.
    Theme(Theme),
    /// Between the two axes.
    ToggleScale,
    /// Go to a room of the stage.
    Mode(Mode),
    /// Show something on the narrow screen.
    Show(Tab),
    /// Show keys and signs.
    Help,
    /// Open a shipped scenario.
    OpenShipped(usize),
    /// Open a file's text.
    OpenText {
        /// The file's name.
        name: String,
        /// What it says.
        text: String,
    },
    /// Say something once.
    Notice(Msg),
    /// It was said.
    NoticeRead,
}

impl State {
    /// A fresh start on a scenario.
    #[must_use]
    pub fn new(open: Open, locale: Locale, theme: Theme) -> Self {
        let script = Rc::new(open.world.script.clone());
        let run = Rc::new(Run::new(Rc::clone(&open.world), Rc::clone(&script)));
        Self {
            locale,
            theme,
            mode: Mode::default(),
            selected: run.most_important().map(Subject::Service),
            open: Rc::new(open),
            script: History::new(script),
            run,
            playhead: Time::ZERO,
            playing: false,
            speed: pace::Speed::default(),
            armed: None,
            true_scale: false,
            tab: Tab::default(),
            overlay: Overlay::None,
            notice: None,
        }
    }

    /// The world that runs.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.run.world
    }

    /// The axis in use.
    #[must_use]
    pub fn axis(&self) -> &crate::layout::axis::Axis {
        if self.true_scale { &self.run.plain } else { &self.run.warped }
    }
}
