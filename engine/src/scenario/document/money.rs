//! Money, users who leave, and outside companies.

use crate::scenario::quantity::{Duration, Factor, Interval, Money, MoneyRate, Persons, Ratio};
use crate::scenario::read::Name;
use crate::scenario::record::{choices, records};
use crate::world::{NoticeWhen, Text};

records! {
    /// What an outage costs, and what the company pays to keep it short.
    CostDoc {
        /// ISO 4217 code.
        currency: String = default "KRW";
        /// Sales with everything up.
        revenue: MoneyRate = required "22e9/d";
        /// Once, if anybody was affected.
        fixed: Money = default "0";
        /// An hour of one person's work, in an incident or a drill.
        hour: Money = default "0";
        /// What users are paid.
        compensation: CompensationDoc = empty;
        /// One server for a year, bought and run.
        server_year: Money = default "0";
        /// One building for a year.
        site_year: Money = default "0";
    }

    /// What users are paid: once each, for the most who found something broken for so long on end.
    CompensationDoc {
        /// For so long on end.
        after: Duration = default "1h";
        /// Share of them who pay for a service.
        paying: Ratio = default "0";
        /// To each of those.
        each: Money = default "0";
        /// Share of all of them who claim damages.
        claims: Ratio = default "0";
        /// For each claim.
        claim: Money = default "0";
    }

    /// How users leave during an outage and come back after it. Both take an exponential time.
    ChurnDoc {
        /// Services whose loss makes people leave. Left out, all.
        of: Vec<Name> = empty;
        /// Mean time for somebody who finds them broken to go elsewhere.
        leave: Interval = default "120h";
        /// With an honest notice out, leaving takes this many times as long.
        calm: Factor = default "2";
        /// Mean time for somebody who left to come back once they work.
        back: Interval = default "8h";
    }

    /// What is said to users once per incident, as soon as something they use is broken.
    NoticeDoc {
        /// The service it appears on. Left out, a place outside that is always there.
        via: Name = optional;
        /// Who writes it. Left out, the first team.
        team: Name = optional;
        /// Work to write it.
        write: Duration = default "30m";
        /// Who may publish it.
        when: NoticeWhen = default "decided";
        /// Where what it should appear on is down: until it is out elsewhere. Left out, it waits.
        elsewhere: Duration = optional;
        /// It says what is wrong; one that does not calms nobody.
        honest: bool = default "true";
    }

    /// An outside company that needs some of our services. What it loses is its own; what we owe it is ours.
    ThirdPartyDoc {
        /// Name. Left out, the key.
        name: Text = optional;
        /// What it cannot do without: it does as much as the least of these serves.
        needs: Vec<Name> = required "[auth]";
        /// People who use it.
        users: Persons = default "0";
        /// Its sales, in our currency.
        revenue: MoneyRate = default "0/d";
        /// Loss in a run for which nothing is owed.
        free: Duration = default "0s";
        /// What we owe for each day of loss beyond that.
        penalty: MoneyRate = default "0/d";
    }
}

choices! {
    NoticeWhen, "NoticeWhen", {
        "acknowledged" => Self::Acknowledged, "Whoever takes the alarm.";
        "decided" => Self::Decided, "Whoever decides.";
    }
}
