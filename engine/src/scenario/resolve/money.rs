//! Money, users who leave, and outside companies.

use super::people::team;
use super::{Names, find, named};
use crate::kernel::order::sorted;
use crate::scenario::diagnostic::Thing;
use crate::scenario::document::{ChurnDoc, CostDoc, Document, NoticeDoc};
use crate::scenario::read::{Cx, Name};
use crate::world::{Churn, Compensation, Cost, Notice, ServiceId, TeamId, ThirdParty};

pub fn cost(from: &CostDoc) -> Cost {
    let paid = &from.compensation;
    Cost {
        currency: from.currency.clone(),
        revenue_per_day: from.revenue.0,
        fixed: from.fixed.0,
        hour: from.hour.0,
        compensation: Compensation {
            after: paid.after.span(),
            paying: paid.paying.0,
            each: paid.each.0,
            claims: paid.claims.0,
            claim: paid.claim.0,
        },
        server_year: from.server_year.0,
        site_year: from.site_year.0,
    }
}

pub fn churn(cx: &mut Cx<'_>, from: &ChurnDoc, names: &Names<'_>) -> Churn {
    Churn {
        of: services(cx, &from.of, names),
        leave: from.leave.span(),
        calm: from.calm.0,
        back: from.back.span(),
    }
}

pub fn notice(cx: &mut Cx<'_>, from: &NoticeDoc, names: &Names<'_>, first: TeamId) -> Notice {
    let via = from.via.as_ref().and_then(|via| find(cx, via, Thing::Service, &names.services));
    Notice {
        via: via.map(ServiceId::at),
        team: team(cx, names, from.team.as_ref(), first),
        write: from.write.span(),
        when: from.when,
        elsewhere: from.elsewhere.map(|wait| wait.span()),
        honest: from.honest,
    }
}

pub fn third_parties(cx: &mut Cx<'_>, doc: &Document, names: &Names<'_>) -> Vec<ThirdParty> {
    let mut parties = Vec::with_capacity(doc.third_parties.0.len());
    for (order, entry) in doc.third_parties.0.iter().enumerate() {
        let from = &entry.value;
        parties.push(ThirdParty {
            key: entry.key.clone(),
            name: named(from.name.as_ref(), &entry.key),
            needs: services(cx, &from.needs, names),
            users: from.users.0,
            revenue_per_day: from.revenue.0,
            free: from.free.span(),
            penalty_per_day: from.penalty.0,
            order: order as u32,
        });
    }
    sorted(parties, &|a, b| a.key.cmp(&b.key))
}

/// Services by name, in their own order, each once.
fn services(cx: &mut Cx<'_>, list: &[Name], names: &Names<'_>) -> Vec<ServiceId> {
    let mut found: Vec<ServiceId> = Vec::with_capacity(list.len());
    for name in list {
        found.extend(find(cx, name, Thing::Service, &names.services).map(ServiceId::at));
    }
    let mut found = sorted(found, &Ord::cmp);
    found.dedup();
    found
}
