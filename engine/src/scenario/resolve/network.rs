//! Lines.

use super::{Names, bad_target, find};
use crate::scenario::diagnostic::Thing;
use crate::scenario::document::{Document, LinkDoc};
use crate::scenario::read::{Cx, Name};
use crate::world::{Line, Link, Network, Role, Service, ServiceId, SiteId, World};

/// What stands for the users at the end of a line.
const USERS: &str = "users";

pub fn network(cx: &mut Cx<'_>, doc: &Document, names: &Names<'_>, services: &[Service]) -> Network {
    let from = &doc.network;
    let links: Option<Vec<Link>> =
        from.links.as_ref().map(|links| links.iter().filter_map(|doc| link(cx, names, doc)).collect());
    let carriers = services.iter().enumerate().filter(|(_, s)| s.role == Some(Role::Network));
    let first = super::people::first_team(doc, names);
    Network {
        users_everywhere: links.iter().flatten().all(|link| link.to.is_some()),
        links,
        carriers: carriers.map(|(i, _)| ServiceId::at(i)).collect(),
        repair: from.repair.span(),
        team: super::people::team(cx, names, from.team.as_ref(), first),
    }
}

fn link(cx: &mut Cx<'_>, names: &Names<'_>, doc: &LinkDoc) -> Option<Link> {
    let via = doc.via.as_ref().map(|via| find(cx, via, Thing::Service, &names.services).map(ServiceId::at));
    let (from, to) = match line(cx, names, &doc.from, Some(&doc.to))? {
        Line::Between(from, to) => (from, Some(to)),
        Line::Users(from) | Line::All(from) => (from, None),
    };
    Some(Link { from, to, via: via.flatten() })
}

/// Whether a world has lines that could be cut.
pub fn exists(world: &World, line: Line) -> bool {
    let Network { links, users_everywhere, .. } = &world.network;
    let link = |from, to: Option<SiteId>| {
        let joins = |l: &&Link| (l.from, l.to) == (from, to) || to == Some(l.from) && l.to == Some(from);
        links.iter().flatten().any(|l| joins(&l))
    };
    match line {
        Line::All(_) => true,
        Line::Users(site) => *users_everywhere || link(site, None),
        Line::Between(a, b) => links.is_none() || link(a, Some(b)),
    }
}

/// A line by its ends. One end given alone stands for all of its lines.
pub fn line(cx: &mut Cx<'_>, names: &Names<'_>, from: &Name, to: Option<&Name>) -> Option<Line> {
    let mut site = |name: &Name| find(cx, name, Thing::Site, &names.sites).map(SiteId::at);
    let Some(to) = to else { return site(from).map(Line::All) };
    if from.text == USERS || to.text == USERS {
        return site(if from.text == USERS { to } else { from }).map(Line::Users);
    }
    let (a, b) = (site(from)?, site(to)?);
    if a == b {
        bad_target(cx, to, "[pangyo, anyang]");
        return None;
    }
    Some(crate::run::between(a, b))
}
