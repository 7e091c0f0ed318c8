//! Lines between sites, and from users to sites.

use crate::scenario::quantity::Duration;
use crate::scenario::read::{Cx, Name, Read};
use crate::scenario::record::records;
use crate::scenario::shape::{Shape, plain};
use crate::scenario::tree::At;

records! {
    /// What carries packets. Lines are carried by the services with the role `network`, each by itself as long as it can
    /// carry half its load; without such a service, by somebody outside who never fails. Packets go round through other
    /// sites; users carry nothing from site to site.
    NetworkDoc {
        /// Lines: `[site, site]` or `[site, users]`, with the service that carries the line as a third part where it is not
        /// any that has the role. Left out, every site has a line to every other. Without a line to `users`, users have
        /// one to every site.
        links: Vec<LinkDoc> = optional;
        /// A person's work to repair a line that was cut, or to lead packets round it.
        repair: Duration = default "4h";
        /// Who does that. Left out, the first team.
        team: Name = optional;
    }
}

/// A line: `[site, site]`, `[site, users]`, `[site, site, carrier]`.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkDoc {
    /// One end.
    pub from: Name,
    /// The other.
    pub to: Name,
    /// What carries it.
    pub via: Option<Name>,
}

impl Read for LinkDoc {
    fn read(cx: &mut Cx<'_>, at: At) -> Self {
        let items = cx.items(at);
        if !(2..=3).contains(&items.len()) {
            cx.wrong_parts(at, "[pangyo, anyang], [pangyo, users], [pangyo, anyang, backbone]");
        }
        let [from, to] = [0, 1].map(|part| items.get(part).copied().unwrap_or(At::NOWHERE));
        let (from, to) = (Name::read(cx, from), Name::read(cx, to));
        Self { from, to, via: items.get(2).map(|&via| Name::read(cx, via)) }
    }
    fn shape() -> Shape {
        let end = || plain("End", ("a site or ‘users’", "사이트 이름 또는 users"), "pangyo, users");
        let parts =
            vec![("a site", end()), ("a site, or `users`", end()), ("what carries it", Name::shape())];
        Shape::Tuple(parts, true)
    }
}
