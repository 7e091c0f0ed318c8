//! Teams, their tools and their habits.

use super::{Notice, ServiceId, SiteId, TeamId, Text};
use crate::Span;

/// How loss is noticed, services are switched and servers are started.
#[derive(Clone, Debug, PartialEq)]
pub struct Controls {
    /// Noticing.
    pub detect: Detect,
    /// A controller's time to promote one standby, when it can be reached and its monitor sees.
    pub promote_auto: Span,
    /// After a switch the controller makes no other one of the same service for so long.
    pub hold_down: Span,
    /// What keeps a controller from promoting a standby while the other side serves.
    pub guard: Guard,
    /// Names that lead users to another site.
    pub dns: Dns,
    /// An expert's work to write a service's configuration by hand, while the store that holds it is lost.
    pub config_manual: Span,
    /// Who does that.
    pub config_team: TeamId,
    /// A team's way in as administrators without the sign-in: sealed passwords, consoles.
    pub break_glass: Span,
    /// Work to open a building's doors whose locks ask the sign-in.
    pub doors: Span,
    /// A person's work to promote one standby by hand.
    pub promote_manual: Span,
    /// Who does that.
    pub promote_team: TeamId,
    /// A person's work to turn away what is too much for a service.
    pub throttle_manual: Span,
    /// Who does that.
    pub throttle_team: TeamId,
    /// Servers a second that the deployment tool starts, when it and the registry serve.
    pub boot_auto: f64,
    /// A person's work to start one server by hand.
    pub boot_manual: Span,
    /// A person's work to install one empty server by hand.
    pub boot_install: Span,
    /// Who does that.
    pub boot_team: TeamId,
    /// From power-on to serving, one server, whoever starts it.
    pub boot_time: Span,
    /// Work to find a way round a boot dependency for which the scenario names none.
    pub bypass_default: Option<Span>,
    /// Who does that.
    pub bypass_team: TeamId,
    /// What is looked through once everything serves again.
    pub after: After,
}

/// What is looked through once everything serves again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct After {
    /// A person's work to compare one service's data with what should be there; none: nobody does.
    pub integrity: Option<Span>,
    /// A person's work to look over one service that ran without a control; none: nobody does.
    pub security: Option<Span>,
    /// Who does that for services without a team of their own.
    pub team: TeamId,
}

/// What keeps a controller from promoting a standby while the other side serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Nothing.
    None,
    /// It promotes only where it reaches every active server and can stop it first.
    Fence,
    /// A third site decides: a side that does not reach it steps down and is not promoted.
    Witness(SiteId),
}

/// Names that lead users to another site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dns {
    /// From a promotion to users' arrival, when the name servers do it: checks, and the time that answers are kept.
    pub auto: Span,
    /// A person's work to lead users elsewhere without them.
    pub manual: Span,
    /// Who does that.
    pub team: TeamId,
}

/// How loss is noticed.
#[derive(Clone, Debug, PartialEq)]
pub struct Detect {
    /// The monitor asks this often.
    pub poll: Span,
    /// So many misses in a row make an alarm.
    pub fails: u32,
    /// A miss takes this long to be called one.
    pub timeout: Span,
    /// Without the monitor: so many user reports make an alarm.
    pub reports: u32,
    /// Mean time between reports when every user is affected.
    pub report_gap: Span,
    /// Sites from which the monitor must see a loss before it calls it one.
    pub observers: u32,
    /// False alarms in a year, for each service that something would be done about.
    pub false_alarms: u32,
    /// How long one lasts.
    pub false_lasts: Span,
}

/// Who does the work.
#[derive(Clone, Debug, PartialEq)]
pub struct People {
    /// Teams.
    pub teams: Vec<Team>,
    /// What they talk on.
    pub channel: Channel,
    /// Who says go.
    pub command: Command,
    /// What practice does.
    pub drill: Drill,
    /// What is practised again and again.
    pub drills: Vec<Exercise>,
    /// What is said to users; none: nothing.
    pub notice: Option<Notice>,
    /// Work on a stack that a team does not know takes this many times as long.
    pub unknown_stack: f64,
    /// Spread of every human duration: σ of the logarithm.
    pub sigma: f64,
}

/// People who do the same kind of work.
#[derive(Clone, Debug, PartialEq)]
pub struct Team {
    /// Key in the document.
    pub key: String,
    /// Name.
    pub name: Text,
    /// How many can work at once, when all are there.
    pub hands: u32,
    /// Stacks they know, sorted; empty: all.
    pub stacks: Vec<String>,
    /// Hours at which fewer are there. The first that covers a moment counts; outside all of them everybody is there.
    pub shifts: Vec<Shift>,
    /// From the moment the alarm is taken until those who are not there have come in; none: nobody is called.
    pub call_out: Option<Span>,
    /// Since their last drill when the run begins, whatever its size; none: never.
    pub drilled: Option<Span>,
    /// Position in the document.
    pub order: u32,
}

/// Hours at which fewer of a team are there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// Local time of day at which it begins.
    pub from: Span,
    /// Local time of day at which it ends; not after the beginning: on the next day.
    pub to: Span,
    /// Days on which it is so.
    pub days: Days,
    /// How many are there.
    pub hands: u32,
}

/// Days of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Days {
    /// All of them.
    Every,
    /// Monday to Friday.
    Work,
    /// Saturday and Sunday.
    Weekend,
}

impl Team {
    /// Whether they know a stack.
    #[must_use]
    pub fn knows(&self, stack: &str) -> bool {
        self.stacks.is_empty() || self.stacks.binary_search_by(|known| known.as_str().cmp(stack)).is_ok()
    }
}

impl super::World {
    /// Who starts a service's servers by hand: its own team, or the one that does so for all.
    #[must_use]
    pub fn boot_team(&self, service: ServiceId) -> TeamId {
        self[service].team.unwrap_or(self.controls.boot_team)
    }
}

/// What teams talk on during an incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    /// The service that carries it; none: the telephone.
    pub via: Vec<ServiceId>,
    /// Until everybody has moved to the fallback after it fails.
    pub switch: Span,
    /// The same where it was tried beforehand; none: it was not.
    pub tried: Option<Span>,
    /// People it holds; none: everybody.
    pub seats: Option<u32>,
    /// Manual work takes this many times as long until then, and half the excess afterwards.
    pub slow: f64,
}

/// Who says go. The three are exponential and follow each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// Mean time until somebody takes the alarm.
    pub ack: Span,
    /// Who may decide.
    pub authority: Authority,
    /// Mean time until somebody with authority is reached.
    pub escalate: Span,
    /// Mean time until they decide.
    pub decide: Span,
    /// One command with one priority exists this long after the decision; none: never.
    pub commander_after: Option<Span>,
    /// What comes first once there is a commander.
    pub priority: Priority,
}

/// Who may say go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authority {
    /// Somebody who has to be reached.
    Ask,
    /// Whoever takes the alarm: it was written down beforehand.
    Delegated,
}

/// What a commander goes by.
#[derive(Clone, Debug, PartialEq)]
pub enum Priority {
    /// These first, in this order, with what they lean on.
    Declared(Vec<ServiceId>),
    /// Most people helped for an hour of work first.
    Value,
    /// The lower tier first, with what it leans on.
    Tier,
}

/// A drill of the calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Exercise {
    /// What is lost in it.
    pub scope: Scope,
    /// From one to the next.
    pub every: Span,
    /// Since the last one when the run begins; none: any time of the round, by luck.
    pub last: Option<Span>,
    /// Working hours it takes, of everybody together.
    pub hours: f64,
    /// Who takes part.
    pub teams: Vec<TeamId>,
}

/// How large a loss is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Servers.
    Instance,
    /// A site.
    Site,
    /// A region.
    Region,
}

impl Scope {
    /// What the drill of it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Instance => "monkey",
            Self::Site => "gorilla",
            Self::Region => "kong",
        }
    }
}

/// What practice does.
#[derive(Clone, Debug, PartialEq)]
pub struct Drill {
    /// Time constant of forgetting.
    pub decay: Span,
    /// Manual work takes this many times as long for people who never practised.
    pub slow: f64,
    /// Probability that such people do a task wrong, and half of it again.
    pub error: f64,
    /// Probability that a task done wrong stops servers that were up.
    pub harm: f64,
}
