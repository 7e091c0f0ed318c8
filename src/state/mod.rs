//! All the app knows, and the only way it changes: `update(state, action) -> state`. Pure; tested natively.

mod aim;
mod change;
mod chosen;
pub mod debrief;
pub mod design;
pub mod document;
pub mod engine;
pub mod find;
pub mod history;
pub mod later;
pub mod moment;
mod names;
pub mod pace;
pub mod past;
mod reading;
pub mod run;
pub mod saved;
#[cfg(test)]
mod tests;
pub mod tour;
mod update;
pub mod wayout;

use crate::layout::axis::Axis;
use crate::layout::window::Window;
use crate::words::{Locale, Msg};
pub use aim::aim;
use bridge_engine::scenario::draft::{Draft, Path};
use bridge_engine::scenario::{Diagnostic, Fact};
use bridge_engine::trace::Subject;
use bridge_engine::world::{Action as Incident, Origin as Cause, PoolId, Script, ServiceId, ShockId};
use bridge_engine::{Time, World};
use history::History;
use run::Run;
use std::cell::OnceCell;
use std::rc::Rc;
pub use update::update;

/// Where a scenario came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Shipped with the app; an index into [`engine::SHIPPED`].
    Shipped(usize),
    /// A file somebody opened.
    File {
        /// Its name.
        name: Rc<str>,
        /// Its text, so that it is still there after a reload.
        text: Rc<str>,
    },
}

/// The text of a scenario: as it came, or as it was changed since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where it came from.
    pub origin: Origin,
    /// Its text, where that is another one by now.
    pub edited: Option<Rc<str>>,
}

impl Source {
    /// As it came.
    #[must_use]
    pub const fn unchanged(origin: Origin) -> Self {
        Self { origin, edited: None }
    }

    /// What it says.
    #[must_use]
    pub fn text(&self) -> &str {
        match (&self.edited, &self.origin) {
            (Some(text), _) | (None, Origin::File { text, .. }) => text,
            (None, Origin::Shipped(index)) => engine::text(*index),
        }
    }
}

/// What undo takes back: the design, and what happens to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// The name it is kept under.
    pub id: Rc<str>,
    /// The design.
    pub source: Source,
    /// The incidents; none: they were kept and are not read yet, which the present never is.
    pub script: Option<Rc<Script>>,
    /// The same by names.
    pub written: Rc<str>,
}

impl Work {
    /// A work on a world.
    #[must_use]
    pub fn new(id: Rc<str>, source: Source, world: &World, script: Rc<Script>) -> Self {
        Self { id, source, written: past::written(world, &script), script: Some(script) }
    }
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
    /// What is worth a second look in it.
    pub warnings: Rc<Vec<Diagnostic>>,
    /// Its values, so that its text is read once.
    values: Values,
}

/// The values of a design's text, as far as somebody asked for them or they were at hand.
#[derive(Clone, Debug, Default)]
pub struct Values {
    draft: OnceCell<Rc<Draft>>,
    whole: OnceCell<Rc<Draft>>,
}

impl Values {
    /// Those with what presets bring are known.
    fn of(whole: Draft) -> Self {
        Self { whole: OnceCell::from(Rc::new(whole)), ..Self::default() }
    }
}

/// What is known, or else is read; what cannot be read is not kept, because there may be a reader later.
fn kept(
    known: &OnceCell<Rc<Draft>>,
    read: impl FnOnce() -> Result<Draft, Vec<Diagnostic>>,
) -> Result<Rc<Draft>, Vec<Diagnostic>> {
    match known.get() {
        Some(known) => Ok(Rc::clone(known)),
        None => read().map(|read| Rc::clone(known.get_or_init(|| Rc::new(read)))),
    }
}

impl Open {
    /// What its author wrote.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn draft(&self) -> Result<Rc<Draft>, Vec<Diagnostic>> {
        kept(&self.values.draft, || reading::draft(self.source.text()))
    }

    /// The same with what presets bring.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn whole(&self) -> Result<Rc<Draft>, Vec<Diagnostic>> {
        kept(&self.values.whole, || reading::whole(self.source.text()))
    }

    /// The same, where its text was made of these values.
    fn made_of(mut self, draft: Draft) -> Self {
        self.values.draft = OnceCell::from(Rc::new(draft));
        self
    }
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

/// What a person can take in hand and drop on something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arm {
    /// Sets fire to a room.
    Fire,
    /// Opens a breaker or takes away the street.
    Trip,
    /// Stops a pool's servers.
    Crash,
    /// Power or cooling equipment fails for good.
    Fail,
    /// A site's lines are cut.
    Cut,
    /// Somebody stops a pool's servers by a mistaken command.
    Mistake,
    /// A drill: one server stops.
    Monkey,
    /// A drill: a site is cut off for an hour.
    Gorilla,
    /// A drill: every site of a region is.
    Kong,
    /// A shock of the scenario hits its region.
    Shock(ShockId),
    /// No incident: puts servers elsewhere.
    Move(PoolId),
    /// No incident: what is pointed at next is what this service leans on.
    Need(ServiceId),
}

impl Arm {
    /// Those always in sight, in the order of their keys 1, 2, 3.
    pub const FIRST: [Self; 3] = [Self::Fire, Self::Trip, Self::Crash];
    /// The others that every scenario has.
    pub const MORE: [Self; 6] =
        [Self::Fail, Self::Cut, Self::Mistake, Self::Monkey, Self::Gorilla, Self::Kong];

    /// It changes the design.
    #[must_use]
    pub const fn designs(self) -> bool {
        matches!(self, Self::Move(_) | Self::Need(_))
    }

    /// It is dropped on a whole building.
    #[must_use]
    pub const fn is_for_sites(self) -> bool {
        matches!(self, Self::Cut | Self::Gorilla | Self::Kong | Self::Shock(_))
    }
}

/// The rooms of the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Mode {
    /// What stands where, and what it costs.
    Design,
    /// What happens to it.
    #[default]
    Drill,
    /// What is to be learnt from it.
    Debrief,
}

impl Mode {
    /// All, in the order of the loop.
    pub const ALL: [Self; 3] = [Self::Design, Self::Drill, Self::Debrief];

    /// Its name in links and storage.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Design => "design",
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
    /// What to start with: what happened, what can be begun with, and one's own.
    Gallery,
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
    /// Design and incidents, and how they came to be.
    pub work: History<Work>,
    /// What is being done to the design.
    pub design: design::Desk,
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
    /// What else is chosen, in the design.
    pub also: Rc<Vec<Subject>>,
    /// What is pointed at is chosen in addition, without Shift: for fingers.
    pub more: bool,
    /// The service that the graph shows while something else is selected.
    pub graphed: Option<ServiceId>,
    /// The incident in hand.
    pub armed: Option<Arm>,
    /// The axis shows time as it is.
    pub true_scale: bool,
    /// From when to when the timeline shows; none: everything.
    pub window: Option<(Time, Time)>,
    /// What the narrow screen shows.
    pub tab: Tab,
    /// What covers the stage.
    pub overlay: Overlay,
    /// A sentence that wants to be said once.
    pub notice: Option<Msg>,
    /// What was worked out of the run.
    pub debrief: debrief::Debrief,
    /// The guided round, while somebody is on it.
    pub tour: Option<tour::Tour>,
    /// The name of the window, with which the names of its works begin.
    pub of_tab: Rc<str>,
    /// How many works it has begun.
    pub openings: u32,
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
    /// Move the playhead by a share of what the timeline shows.
    Nudge(f64),
    /// Show so many times less of the timeline, around the playhead.
    Zoom(f64),
    /// Show this part of the timeline.
    Window(Window),
    /// Start or stop time.
    PlayPause,
    /// Play at a speed.
    Speed(pace::Speed),
    /// Point at something.
    Select(Subject),
    /// Choose it in addition to what is chosen, or no longer.
    Also(Subject),
    /// Between choosing one thing and several.
    More,
    /// Take an incident in hand; the same again puts it back.
    Arm(Arm),
    /// Put it back; close what covers the stage.
    Escape,
    /// Let it happen, at the playhead, in this way.
    Drop(Vec<Incident>, Cause),
    /// Take an incident out of the script.
    Remove(usize),
    /// Let an incident happen at another moment.
    Retime(usize, Time),
    /// Take all of them out.
    ClearScript,
    /// Put the author's back.
    AuthorScript,
    /// Change the design.
    Edit(design::Edit),
    /// Call the work so.
    Title(String),
    /// Show a part of the design in the form.
    Look(Path),
    /// Take back the last change of design or script.
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
    /// Look at something at a moment, in the drill.
    Visit(Subject, Time),
    /// Work out the next piece of what the debrief shows.
    Work,
    /// Put another design beside this one, or none.
    Compare(Option<debrief::beside::Other>),
    /// Show something on the narrow screen.
    Show(Tab),
    /// Show keys and signs.
    Help,
    /// Show what to start with.
    Gallery,
    /// Lead to a stop of the guided round, or leave it.
    Tour {
        /// The stop.
        to: Option<usize>,
        /// At once, and not by letting time pass.
        jump: bool,
    },
    /// Open a shipped scenario.
    OpenShipped(usize),
    /// Open a file's text.
    OpenText {
        /// The file's name.
        name: String,
        /// What it says.
        text: String,
    },
    /// Take up a work that was kept.
    Resume(saved::Kept),
    /// What comes later is here.
    Arrived,
    /// Another window works on the same: go on under a name of its own.
    Part,
    /// Say something once.
    Notice(Msg),
    /// It was said.
    NoticeRead,
}

impl Action {
    /// It needs what the first picture does without, which a browser fetches first: see [`later`].
    #[must_use]
    pub const fn is_later(&self) -> bool {
        matches!(
            self,
            Self::Arrived
                | Self::Gallery
                | Self::Help
                | Self::Show(Tab::Table | Tab::Log)
                | Self::Tour { to: Some(1..), .. }
                | Self::Mode(_)
                | Self::Work
                | Self::Compare(_)
                | Self::Resume(_)
                | Self::OpenShipped(_)
                | Self::OpenText { .. }
                | Self::Drop(..)
                | Self::Remove(_)
                | Self::Retime(..)
                | Self::ClearScript
                | Self::AuthorScript
                | Self::Undo
                | Self::Redo
                | Self::Edit(_)
                | Self::Look(_)
                | Self::Title(_)
                | Self::Also(_)
        )
    }
}

fn work_id(tab: &str, nth: u32) -> Rc<str> {
    format!("{tab}.{nth}").into()
}

impl State {
    /// A fresh start on a scenario.
    #[must_use]
    pub fn new(open: Open, locale: Locale, theme: Theme) -> Self {
        let script = Rc::new(open.world.script.clone());
        let run = Run::new(Rc::clone(&open.world), script);
        Self::watching(open, run, locale, theme)
    }

    /// The same where it has run already.
    #[must_use]
    pub fn watching(open: Open, run: Run, locale: Locale, theme: Theme) -> Self {
        let (script, run) = (Rc::clone(&run.script), Rc::new(run));
        let of_tab: Rc<str> = Rc::default();
        let work = Work::new(work_id(&of_tab, 0), open.source.clone(), &open.world, script);
        Self {
            locale,
            theme,
            mode: Mode::default(),
            selected: run.most_important().map(Subject::Service),
            also: Rc::default(),
            more: false,
            graphed: run.most_important(),
            open: Rc::new(open),
            work: History::new(work),
            design: design::Desk::default(),
            run,
            playhead: Time::ZERO,
            playing: false,
            speed: pace::Speed::default(),
            armed: None,
            true_scale: false,
            window: None,
            tab: Tab::default(),
            overlay: Overlay::None,
            notice: None,
            debrief: debrief::Debrief::default(),
            tour: None,
            of_tab,
            openings: 1,
        }
    }

    /// The same in a window of this name; what was kept under another name remains so.
    #[must_use]
    pub fn of_tab(self, tab: &Rc<str>) -> Self {
        let fresh = self.work.present().id == work_id(&self.of_tab, 0);
        let state = if fresh { self.kept_as(&work_id(tab, 0)) } else { self };
        Self { of_tab: Rc::clone(tab), ..state }
    }

    /// The same, with its work kept under a name.
    #[must_use]
    pub fn kept_as(self, id: &Rc<str>) -> Self {
        let old = Rc::clone(&self.work.present().id);
        let named =
            |work: &Work| Work { id: Rc::clone(if work.id == old { id } else { &work.id }), ..work.clone() };
        Self { work: self.work.map(named), ..self }
    }

    /// A name for the next work that is begun in this window.
    #[must_use]
    pub fn next_id(&self) -> Rc<str> {
        work_id(&self.of_tab, self.openings)
    }

    /// The incidents.
    #[must_use]
    pub fn script(&self) -> &Rc<Script> {
        &self.run.script
    }

    /// The world that runs.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.run.world
    }

    /// The axis in use.
    #[must_use]
    pub fn axis(&self) -> &Axis {
        self.run.axis(self.true_scale)
    }

    /// What the timeline shows of it.
    #[must_use]
    pub fn window(&self) -> Window {
        let axis = self.axis();
        self.window
            .map_or(Window::WHOLE, |(from, to)| Window::between(axis.position(from), axis.position(to)))
    }

    /// The same, where the timeline shows a part of the axis.
    #[must_use]
    fn showing(self, window: Window) -> Self {
        let ends = |(from, to)| (self.axis().time(from), self.axis().time(to));
        Self { window: (!window.is_whole()).then(|| ends(window.ends())), ..self }
    }
}
