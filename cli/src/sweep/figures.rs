//! What is kept of a run: one table for services, one for sites, one for the whole. A figure added here is swept,
//! written into parts, summarised and printed.

use bridge_engine::Time;
use bridge_engine::report::{Report, ServiceReport, SiteReport};
use bridge_engine::trace::Trace;

/// One figure of one run in 64 bits: microseconds for a moment, the bits of a non-negative number for an amount. Either way
/// greater is later or more, and "never" is later than anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell(pub u64);

impl Cell {
    /// It was due and did not happen before the run ended.
    pub const NEVER: Self = Self(u64::MAX);
    /// Nothing in this run called for it.
    pub const NOT_DUE: Self = Self(u64::MAX - 1);

    /// A moment that was due, or not.
    fn moment(due: bool, at: Option<Time>) -> Self {
        at.map_or(if due { Self::NEVER } else { Self::NOT_DUE }, |at| Self(at.0))
    }

    /// An amount, which is never negative.
    fn amount(value: f64) -> Self {
        if value.is_finite() && value >= 0.0 { Self((value + 0.0).to_bits()) } else { Self::NOT_DUE }
    }

    /// Whether it can stand for a figure of this kind, in a run of this length.
    #[must_use]
    pub fn is_sound(self, kind: Kind, horizon: Time) -> bool {
        match kind {
            _ if self == Self::NOT_DUE => true,
            Kind::Moment => self == Self::NEVER || self.0 <= horizon.0,
            _ => f64::from_bits(self.0).is_finite() && self.0 >> 63 == 0,
        }
    }

    /// The number it stands for, moments in seconds; none if it was not due or never happened.
    #[must_use]
    pub fn value(self, kind: Kind) -> Option<f64> {
        match kind {
            _ if self >= Self::NOT_DUE => None,
            Kind::Moment => Some(Time(self.0).secs()),
            _ => Some(f64::from_bits(self.0)),
        }
    }
}

/// How a figure is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Seconds after the scenario's `t0`; may never come.
    Moment,
    /// Seconds.
    Length,
    /// 0 to 1.
    Share,
    /// A number of something.
    Amount,
}

/// A figure of a subject, and where it is read.
pub struct Figure<T> {
    /// Its name in JSON and CSV, the same as that of `bridge run`.
    pub key: &'static str,
    /// What people call it, in English and Korean.
    pub name: [&'static str; 2],
    /// How it is read.
    pub kind: Kind,
    read: fn(&T) -> Cell,
}

impl<T> Figure<T> {
    /// The figure of a subject.
    pub fn of(&self, subject: &T) -> Cell {
        (self.read)(subject)
    }
}

/// A service in one run.
#[derive(Clone, Copy)]
pub struct ServiceSeen {
    report: ServiceReport,
    /// For a while it served nothing at all.
    out: bool,
    /// It has an objective and missed it.
    missed: bool,
}

/// Figures of a service.
pub const SERVICE: [Figure<ServiceSeen>; 8] = [
    Figure {
        key: "first_loss_s",
        name: ["First loss", "첫 장애"],
        kind: Kind::Moment,
        read: |s| Cell::moment(false, s.report.first_loss),
    },
    Figure { key: "detected_s", name: ["Known", "인지"], kind: Kind::Moment, read: detected },
    Figure { key: "decided_s", name: ["Decided", "결정"], kind: Kind::Moment, read: decided },
    Figure {
        key: "serving_again_s",
        name: ["Serving again", "일부 복구"],
        kind: Kind::Moment,
        read: serving_again,
    },
    Figure {
        key: "restored_s",
        name: ["Whole again", "완전 복구"],
        kind: Kind::Moment,
        read: |s| Cell::moment(s.report.first_loss.is_some(), s.report.restored),
    },
    Figure {
        key: "longest_loss_s",
        name: ["Longest loss", "가장 긴 장애"],
        kind: Kind::Length,
        read: |s| Cell::amount(s.report.longest_loss.secs()),
    },
    Figure {
        key: "availability",
        name: ["Availability", "가용률"],
        kind: Kind::Share,
        read: |s| Cell::amount(s.report.availability),
    },
    Figure {
        key: "user_minutes_lost",
        name: ["User-minutes lost", "잃은 이용자·분"],
        kind: Kind::Amount,
        read: |s| Cell::amount(s.report.user_minutes_lost),
    },
];

fn detected(service: &ServiceSeen) -> Cell {
    Cell::moment(service.report.first_loss.is_some(), service.report.detected)
}

fn decided(service: &ServiceSeen) -> Cell {
    Cell::moment(false, service.report.decided)
}

fn serving_again(service: &ServiceSeen) -> Cell {
    Cell::moment(service.out, service.report.serving_again)
}

/// Figures of a site.
pub const SITE: [Figure<SiteReport>; 3] = [
    Figure {
        key: "power_lost_s",
        name: ["Power lost", "전원 상실"],
        kind: Kind::Moment,
        read: |s| Cell::moment(false, s.power_lost),
    },
    Figure {
        key: "power_restored_s",
        name: ["First power", "첫 전원"],
        kind: Kind::Moment,
        read: |s| Cell::moment(s.power_lost.is_some(), s.power_restored),
    },
    Figure {
        key: "power_full_s",
        name: ["All power", "전체 전원"],
        kind: Kind::Moment,
        read: |s| Cell::moment(s.power_lost.is_some(), s.power_full),
    },
];

/// A whole run.
pub struct RunSeen {
    /// Its services, in the world's order.
    pub services: Vec<ServiceSeen>,
    /// What the engine says of it.
    pub report: Report,
}

/// Figures of the whole. `detected_s` and `decided_s` are the first of any service; `serving_again_s` is the last.
pub const TOTAL: [Figure<RunSeen>; 10] = [
    Figure {
        key: "first_loss_s",
        name: ["First loss", "첫 장애"],
        kind: Kind::Moment,
        read: |r| Cell::moment(false, r.report.total.first_loss),
    },
    Figure {
        key: "detected_s",
        name: ["Known", "인지"],
        kind: Kind::Moment,
        read: |r| r.due(detected).min().unwrap_or(Cell::NOT_DUE),
    },
    Figure {
        key: "decided_s",
        name: ["Decided", "결정"],
        kind: Kind::Moment,
        read: |r| r.due(decided).min().unwrap_or(Cell::NOT_DUE),
    },
    Figure {
        key: "serving_again_s",
        name: ["Serving again", "일부 복구"],
        kind: Kind::Moment,
        read: |r| r.due(serving_again).max().unwrap_or(Cell::NOT_DUE),
    },
    Figure {
        key: "restored_s",
        name: ["Whole again", "완전 복구"],
        kind: Kind::Moment,
        read: |r| Cell::moment(r.report.total.first_loss.is_some(), r.report.total.restored),
    },
    Figure {
        key: "longest_loss_s",
        name: ["Longest loss", "가장 긴 장애"],
        kind: Kind::Length,
        read: |r| Cell::amount(r.report.services.iter().map(|s| s.longest_loss.secs()).fold(0.0, f64::max)),
    },
    Figure {
        key: "services_hit",
        name: ["Services hit", "영향받은 서비스"],
        kind: Kind::Amount,
        read: |r| Cell::amount(r.report.total.services_hit as f64),
    },
    Figure {
        key: "peak_affected",
        name: ["Most people at once", "최대 동시 영향 인원"],
        kind: Kind::Amount,
        read: |r| Cell::amount(r.report.total.peak_affected),
    },
    Figure {
        key: "user_minutes_lost",
        name: ["User-minutes lost", "잃은 이용자·분"],
        kind: Kind::Amount,
        read: |r| Cell::amount(r.report.total.user_minutes_lost),
    },
    Figure {
        key: "money_lost",
        name: ["Money lost", "손실액"],
        kind: Kind::Amount,
        read: |r| r.report.total.money_lost.map_or(Cell::NOT_DUE, Cell::amount),
    },
];

/// Whether a subject was hit, came back and kept its promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fate {
    /// It lost some of its demand.
    pub lost: bool,
    /// It lost some and got all of it back for good.
    pub recovered: bool,
    /// It missed no objective.
    pub met: bool,
}

impl Fate {
    /// In three bits.
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.lost as u64 | (self.recovered as u64) << 1 | (self.met as u64) << 2
    }

    /// From three bits.
    #[must_use]
    pub const fn of(bits: u64) -> Self {
        Self { lost: bits & 1 != 0, recovered: bits & 2 != 0, met: bits & 4 != 0 }
    }

    /// Whether the bits can stand for one.
    #[must_use]
    pub const fn is_sound(bits: u64) -> bool {
        bits < 8 && bits & 3 != 2
    }
}

impl ServiceSeen {
    /// What became of it.
    #[must_use]
    pub const fn fate(&self) -> Fate {
        let lost = self.report.first_loss.is_some();
        Fate { lost, recovered: lost && self.report.restored.is_some(), met: !self.missed }
    }
}

impl RunSeen {
    /// Looks at a run.
    #[must_use]
    pub fn new(trace: &Trace, report: Report) -> Self {
        let services: Vec<ServiceSeen> = report
            .services
            .iter()
            .zip(&trace.shares)
            .map(|(of, share)| ServiceSeen {
                report: *of,
                out: share.points().iter().any(|point| point.1 <= 0.0),
                missed: of.rto_over_s.is_some_and(|over| over > 0.0),
            })
            .collect();
        Self { services, report }
    }

    /// What became of the whole.
    #[must_use]
    pub fn fate(&self) -> Fate {
        let total = &self.report.total;
        let lost = total.first_loss.is_some();
        let met = !self.services.iter().any(|service| service.missed);
        Fate { lost, recovered: lost && total.restored.is_some(), met }
    }

    /// What services say of themselves, where they have anything to say.
    fn due(&self, read: fn(&ServiceSeen) -> Cell) -> impl Iterator<Item = Cell> + '_ {
        self.services.iter().map(read).filter(|&cell| cell != Cell::NOT_DUE)
    }
}
