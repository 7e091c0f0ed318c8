//! What an outage costs, who leaves because of it, and who else it hits.

use super::{ServiceId, TeamId, Text};
use crate::Span;

/// What an outage costs, and what the company does to keep it short.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// ISO 4217 code.
    pub currency: String,
    /// Sales per day with everything up.
    pub revenue_per_day: f64,
    /// Once, if anybody was affected.
    pub fixed: f64,
    /// An hour of one person's work, in an incident or a drill.
    pub hour: f64,
    /// What users are paid.
    pub compensation: Compensation,
    /// One server for a year, bought and run.
    pub server_year: f64,
    /// One building for a year.
    pub site_year: f64,
}

/// What users are paid.
#[derive(Clone, Debug, PartialEq)]
pub struct Compensation {
    /// To those who find something broken for so long on end.
    pub after: Span,
    /// Share of them who pay for a service.
    pub paying: f64,
    /// To each of those.
    pub each: f64,
    /// Share of all of them who claim damages.
    pub claims: f64,
    /// For each claim.
    pub claim: f64,
}

/// How users leave and come back. All waits are exponential.
#[derive(Clone, Debug, PartialEq)]
pub struct Churn {
    /// Services whose loss makes people leave; empty: all.
    pub of: Vec<ServiceId>,
    /// Mean time for somebody who finds them broken to go elsewhere.
    pub leave: Span,
    /// With an honest notice out, leaving takes this many times as long.
    pub calm: f64,
    /// Mean time for somebody who left to come back once they work.
    pub back: Span,
}

/// What is said to users.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// The service it appears on; none: outside, and always there.
    pub via: Option<ServiceId>,
    /// Who writes it.
    pub team: TeamId,
    /// Work to write it.
    pub write: Span,
    /// Who may publish it.
    pub when: NoticeWhen,
    /// If what it should appear on is down: until it is out elsewhere; none: it waits.
    pub elsewhere: Option<Span>,
    /// It says what is wrong. One that does not calms nobody.
    pub honest: bool,
}

/// Who may publish a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeWhen {
    /// Whoever takes the alarm.
    Acknowledged,
    /// Whoever decides.
    Decided,
}

/// An outside company that needs some of our services.
#[derive(Clone, Debug, PartialEq)]
pub struct ThirdParty {
    /// Key in the document.
    pub key: String,
    /// Name.
    pub name: Text,
    /// What it cannot do without.
    pub needs: Vec<ServiceId>,
    /// People who use it.
    pub users: f64,
    /// Its sales per day, in our currency.
    pub revenue_per_day: f64,
    /// Loss in a run for which nothing is owed.
    pub free: Span,
    /// What is owed per day lost beyond that.
    pub penalty_per_day: f64,
    /// Position in the document.
    pub order: u32,
}
