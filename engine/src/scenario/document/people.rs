//! Controls, teams and habits.

use super::NoticeDoc;
use crate::scenario::diagnostic::Problem;
use crate::scenario::quantity::{
    Ago, Duration, Effort, Factor, Hour, Interval, Number, Rate, Ratio, Sigma, Staff, Yearly,
};
use crate::scenario::read::{Cx, Entries, Name, Read, clip};
use crate::scenario::record::{choices, records};
use crate::scenario::shape::Shape;
use crate::scenario::tree::At;
use crate::world::{Authority, Days, Text};

records! {
    /// How loss is noticed, services are switched and servers are started. Each job is done by the services that have
    /// the role for it; when none can be reached, it becomes work for people.
    ControlsDoc {
        /// Noticing.
        detect: DetectDoc = empty;
        /// Switching to a standby.
        promote: PromoteDoc = empty;
        /// Turning users away from what is overloaded.
        throttle: ThrottleDoc = empty;
        /// Starting servers.
        boot: BootDoc = empty;
        /// Ways round a boot dependency.
        bypass: Bypasses = empty;
        /// Leading users to another site.
        dns: DnsDoc = empty;
        /// Doing without the store of settings.
        config: ConfigDoc = empty;
        /// Doing without the administrators' sign-in.
        admin: AdminDoc = empty;
        /// What is looked through once everything serves again.
        after: AfterDoc = empty;
    }

    /// How loss is noticed.
    DetectDoc {
        /// The monitor asks this often.
        poll: Interval = default "30s";
        /// So many misses in a row make an alarm.
        fails: Number = default "3";
        /// A miss takes this long to be called one.
        timeout: Duration = default "5s";
        /// Without the monitor: so many user reports make an alarm.
        reports: Number = default "20";
        /// Mean time between reports when every user is affected.
        report_gap: Interval = default "2m";
        /// Sites at which the monitor must stand and see a loss before it calls it one.
        observers: Number = default "1";
        /// False alarms in a year, for each service with a standby or a watchdog: the monitor takes it for down though it
        /// serves, and whatever acts on the monitor acts. Where more than one observer must agree there are none.
        false_alarms: Yearly = default "0";
        /// How long a false alarm lasts.
        false_lasts: Duration = default "10m";
    }

    /// How a standby is promoted.
    PromoteDoc {
        /// What keeps the controller from promoting one while the other side serves.
        guard: GuardKind = default "none";
        /// The third site, for `guard: witness`.
        witness: Name = optional;
        /// The controller's time, when it can be reached and its monitor sees.
        auto: Duration = default "2m";
        /// After a switch the controller makes no other one of the same service for so long, however much is lost: people
        /// may.
        hold_down: Duration = default "0s";
        /// A person's work without the controller.
        manual: Duration = default "55m";
        /// Who does that. Left out, the first team.
        team: Name = optional;
    }

    /// How users are turned away from what is overloaded and does not shed by itself.
    ThrottleDoc {
        /// A person's work.
        manual: Duration = default "15m";
        /// Who does that. Left out, the first team.
        team: Name = optional;
    }

    /// Leading users to another site, once a standby there was promoted: the job of the services with the role `dns`.
    DnsDoc {
        /// Checks that must fail before the names change.
        polls: Number = default "3";
        /// From one check to the next.
        every: Interval = default "30s";
        /// How long an answer is kept by those who asked.
        ttl: Duration = default "60s";
        /// A person's work without them: delegating the names to others, asking carriers.
        manual: Duration = default "2h";
        /// Who does that. Left out, the first team.
        team: Name = optional;
    }

    /// Doing without the store of settings: the services with the role `config`. While it is lost no machine switches or
    /// starts anything, and people write the settings of each service first.
    ConfigDoc {
        /// An expert's work to write one service's.
        manual: Duration = default "5m";
        /// Who does that. Left out, the first team.
        team: Name = optional;
    }

    /// Doing without the administrators' sign-in: the services with the role `admin`. While it is lost, a team's experts
    /// begin nothing before somebody has let them in another way, once for each team.
    AdminDoc {
        /// A person's work to let a team in: sealed passwords, consoles.
        break_glass: Duration = default "30m";
        /// A person's work to open the doors of a building with `doors: admin`.
        doors: Duration = default "1h";
    }

    /// How servers are started.
    BootDoc {
        /// What the deployment tool starts, when it and the registry serve.
        auto: Rate = default "500/10m";
        /// A person's work to start servers by hand.
        manual: Effort = default "3m/server";
        /// Who does that. Left out, the first team.
        team: Name = optional;
        /// A person's work to install empty servers by hand. The deployment tool installs at its own rate, `auto`.
        install: Effort = default "30m/server";
        /// From power-on to serving, one server, whoever starts it.
        time: Duration = default "5m";
    }

    /// Ways round a boot dependency: a hand-written configuration, a copy on a laptop.
    Bypasses {
        /// An expert's work for a dependency not named below. Left out, there is no other way.
        default: Duration = optional;
        /// Who does it. Left out, the first team.
        team: Name = optional;
        /// The dependencies people know how to do without: `waiting>waited-for: work`.
        edges: Edges = empty;
    }

    /// What is looked through once everything serves again.
    AfterDoc {
        /// A person's work to compare the data of a service that lost, restored, read through or wrote apart some of them
        /// with what should be there. Left out, nobody does.
        integrity: Duration = optional;
        /// A person's work to look over a service that started without something it boots from. Left out, nobody does.
        security: Duration = optional;
        /// Who does that. Left out, the first team.
        team: Name = optional;
    }

    /// Who does the work.
    PeopleDoc {
        /// What teams talk on.
        channel: ChannelDoc = empty;
        /// Who says go.
        command: CommandDoc = empty;
        /// Teams. Left out, one team of ten hands.
        teams: Entries<TeamDoc> = empty;
        /// What practice does.
        drill: DrillDoc = empty;
        /// What is practised again and again.
        drills: DrillsDoc = empty;
        /// What is said to users. Left out, nothing.
        notice: NoticeDoc = optional;
        /// Work on a stack that a team does not know takes this many times as long.
        unknown_stack: Factor = default "2";
        /// Spread of every human duration: σ of the logarithm.
        sigma: Sigma = default "0.2";
    }

    /// What teams talk on during an incident.
    ChannelDoc {
        /// The service that carries it. Left out, those with the role `chat`; without any, the telephone.
        via: Name = optional;
        /// Until everybody has moved to the fallback after it fails.
        switch: Duration = default "30m";
        /// The same where the fallback was tried beforehand and everybody knows it. Left out, it was not.
        tried: Duration = optional;
        /// People the fallback holds; those without a seat are as slow as before. Left out, everybody who is there.
        seats: Number = optional;
        /// Manual work takes this many times as long until then, and half the excess afterwards.
        slow: Factor = default "2";
    }

    /// Who says go: three exponential times, one after the other.
    CommandDoc {
        /// Mean time until somebody takes the alarm.
        ack: Duration = default "10m";
        /// Who may decide.
        authority: Authority = default "ask";
        /// Mean time until somebody with authority is reached.
        escalate: Duration = default "20m";
        /// Mean time until they decide.
        decide: Duration = default "30m";
        /// One command with one priority exists this long after the decision. Left out, never.
        commander_after: Duration = optional;
        /// What comes first once there is a commander. Left out, what has the lower `tier`.
        priority: PriorityDoc = empty;
    }

    /// People who do the same kind of work.
    TeamDoc {
        /// Name. Left out, the key.
        name: Text = optional;
        /// How many can work at once, when all are there.
        hands: Number = required "20";
        /// Stacks they know, as services name them. Left out, all.
        stacks: Vec<Name> = empty;
        /// Hours at which fewer are there. The first that covers a moment counts; outside all of them everybody is there.
        shifts: Vec<ShiftDoc> = empty;
        /// Once somebody has taken the alarm, those who are not there come in after this and stay until the incident is
        /// over. Left out, nobody is called.
        call_out: Duration = optional;
        /// Since their last drill, whatever its size. Left out, `drill.last`.
        drilled: Ago = optional;
    }

    /// Hours at which fewer of a team are there.
    ShiftDoc {
        /// Local hour at which it begins.
        from: Hour = required "22";
        /// Local hour at which it ends, on the next day if that is not after the beginning.
        to: Hour = required "7";
        /// How many are there.
        hands: Staff = required "3";
        /// Days on which it is so; hours after midnight are the new day's.
        days: Days = default "every";
    }

    /// What practice does. Skill decays from the last drill to the alarm.
    DrillDoc {
        /// Since the last drill, whatever its size, of teams that say nothing else.
        last: Ago = default "never";
        /// Time constant of forgetting.
        decay: Interval = default "180d";
        /// Manual work takes this many times as long for people who never practised.
        slow: Factor = default "1.8";
        /// Probability that such people do a task wrong, and half of it again.
        error: Ratio = default "0.1";
        /// Probability that a task done wrong stops a pool that was up, of the same service or of one that it needs.
        harm: Ratio = default "0";
    }

    /// What is practised again and again: `monkey`, `gorilla`, `kong`. A drill helps with what is no larger than itself.
    DrillsDoc {
        /// The loss of servers.
        monkey: ExerciseDoc = optional;
        /// The loss of a site: fewer than half of its servers are up.
        gorilla: ExerciseDoc = optional;
        /// The loss of a region: the same of several sites, and of all its sites together.
        kong: ExerciseDoc = optional;
    }

    /// A drill of the calendar.
    ExerciseDoc {
        /// From one to the next.
        every: Interval = required "90d";
        /// Since the last one when the run begins. Left out, any time of the round, by luck.
        last: Duration = optional;
        /// Working hours it takes, of everybody together.
        hours: Duration = required "200h";
        /// Who takes part. Left out, everybody.
        teams: Vec<Name> = empty;
    }
}

choices! {
    Authority, "Authority", {
        "ask" => Self::Ask, "Somebody who has to be reached.";
        "delegated" => Self::Delegated, "Whoever takes the alarm: it was written down beforehand.";
    }
    Days, "Days", {
        "every" => Self::Every, "Every day.";
        "work" => Self::Work, "Monday to Friday.";
        "weekend" => Self::Weekend, "Saturday and Sunday.";
    }
}

/// What comes first: services, or the word `value`.
#[derive(Clone, Debug, PartialEq)]
pub enum PriorityDoc {
    /// These.
    Declared(Vec<Name>),
    /// What is worth most.
    Value,
}

impl Read for PriorityDoc {
    fn read(cx: &mut Cx<'_>, at: At) -> Self {
        if cx.tree.text(at).is_some() {
            cx.choice(at, "value", &["value"]);
            return Self::Value;
        }
        Self::Declared(Vec::read(cx, at))
    }
    fn shape() -> Shape {
        let value = Shape::Choice("ByValue", &[("value", "Most people helped for an hour of work first.")]);
        Shape::OneOf("Priority", vec![Vec::<Name>::shape(), value])
    }
}

/// What keeps a controller from promoting a standby while the other side serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuardKind {
    /// Nothing.
    None,
    /// Stopping the other side first.
    Fence,
    /// A third site.
    Witness,
}

choices! {
    GuardKind, "Guard", {
        "none" => Self::None, "Nothing.";
        "fence" => Self::Fence, "It promotes only where it reaches every active server of the service, and stops them first.";
        "witness" => Self::Witness, "A third site decides: a side that does not reach it steps down and is not promoted.";
    }
}

/// Boot dependencies with ways round them: `waiting>waited-for: work`.
#[derive(Clone, Debug, PartialEq)]
pub struct Edges(pub Vec<EdgeDoc>);

/// One way round.
#[derive(Clone, Debug, PartialEq)]
pub struct EdgeDoc {
    /// Where it is written.
    pub spot: At,
    /// What waits.
    pub of: String,
    /// What it waits for.
    pub on: String,
    /// Work.
    pub effort: Duration,
}

impl Read for Edges {
    fn read(cx: &mut Cx<'_>, at: At) -> Self {
        let tree = cx.tree;
        let mut edges = Vec::new();
        for &spot in cx.map(at) {
            let effort = Duration::read(cx, spot);
            match tree.key(spot).split_once('>') {
                Some((of, on)) => {
                    edges.push(EdgeDoc { spot, of: of.trim().to_owned(), on: on.trim().to_owned(), effort });
                }
                None => {
                    cx.add(
                        spot,
                        Problem::BadTarget { text: clip(tree.key(spot)), wanted: "auth>registry: 4h" },
                    );
                }
            }
        }
        Self(edges)
    }
    fn shape() -> Shape {
        Shape::Map(Box::new(Duration::shape()))
    }
}
