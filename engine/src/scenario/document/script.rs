//! What goes wrong, and when.

use crate::scenario::quantity::Duration;
use crate::scenario::read::{Cx, Name, Read};
use crate::scenario::record::records;
use crate::scenario::shape::{Shape, plain};
use crate::scenario::tree::{At, Value};

records! {
    /// Something that goes wrong: a time and one action.
    IncidentDoc {
        /// When, after the beginning of the run.
        at: Duration = default "0s";
        /// Set fire to a room: `site/room`.
        ignite: Name = optional;
        /// Open a panel's breaker, or take away a utility feed: `site/element`.
        trip: Name = optional;
        /// A power element that fails and that nobody in the building can mend, `site/element`: a feed that is gone, generators
        /// that do not run, a UPS that gives nothing. For `lasts`, or left out for the rest of the run.
        fail: Name = optional;
        /// Stop all of a service's servers at a site: `service@site`; of several pools there only the second:
        /// `service@site/2`.
        crash: Name = optional;
        /// Stop one of a service's servers at a site, `service@site`: it comes up again after `controls.boot.time`.
        kill: Name = optional;
        /// Cut lines: all of a site's (`site`), those between two sites (`[site, site]`), or those between a site and the
        /// users (`[site, users]`).
        cut: LineDoc = optional;
        /// Make lines whole again; of a site, all that were cut.
        heal: LineDoc = optional;
        /// A shock of a region: `region/shock`.
        shock: Name = optional;
        /// How long a cut lasts. Left out, until people have repaired it; for a drill, an hour.
        lasts: Duration = optional;
        /// A drill: one server stops, `service@site`.
        monkey: Name = optional;
        /// A drill: all lines of a site are cut.
        gorilla: Name = optional;
        /// A drill: all lines of every site of a region are cut.
        kong: Name = optional;
        /// Everybody knows of the drill beforehand, and has said go.
        announced: bool = default "false";
        /// It is done by a mistaken command.
        mistake: bool = default "false";
        /// Whoever gave the mistaken command sees at once what it did.
        noticed: bool = default "true";
    }
}

/// Lines: of a site, or between two ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineDoc {
    /// Where it is written.
    pub spot: At,
    /// A site.
    pub from: Name,
    /// A site or the users; none: everything.
    pub to: Option<Name>,
}

const EXAMPLE: &str = "pangyo, [pangyo, anyang], [pangyo, users]";

impl Read for LineDoc {
    fn read(cx: &mut Cx<'_>, at: At) -> Self {
        if !matches!(cx.tree.value(at), Value::List(_)) {
            return Self { spot: at, from: Name::read(cx, at), to: None };
        }
        let items = cx.items(at);
        if items.len() != 2 {
            cx.wrong_parts(at, EXAMPLE);
        }
        let [from, to] = [0, 1].map(|part| items.get(part).copied().unwrap_or(At::NOWHERE));
        Self { spot: at, from: Name::read(cx, from), to: Some(Name::read(cx, to)) }
    }
    fn shape() -> Shape {
        let end = || plain("End", ("a site or ‘users’", "사이트 이름 또는 users"), "pangyo, users");
        Shape::OneOf(
            "Line",
            vec![Name::shape(), Shape::Tuple(vec![("a site", end()), ("a site, or `users`", end())], false)],
        )
    }
}
