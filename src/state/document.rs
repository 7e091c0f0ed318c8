//! The work as a file: the design as its author wrote it, with the incidents that are dropped on it now.

use super::{Open, Source, State};
use bridge_engine::World;
use bridge_engine::kernel::order::sorted;
use bridge_engine::scenario::draft::{Draft, Node, Path};
use bridge_engine::world::{Action, Incident, Line, Origin, PoolId, Scope, Script, SiteId};

/// The document; none if there is no reader of texts.
#[must_use]
pub fn document(state: &State) -> Option<String> {
    let open: &Open = &state.open;
    if **state.script() == open.world.script {
        return Some(open.source.text().to_owned());
    }
    let mut draft = Draft::clone(&*open.draft().ok()?);
    draft.set(&Path::keys(["script"]), Node::List(script(&open.world, state.script()))).then(|| draft.text())
}

/// A name for its file, from the scenario's own.
#[must_use]
pub fn file_name(source: &Source, world: &World) -> String {
    let edited = if source.edited.is_some() { "-edited" } else { "" };
    format!("{}{edited}.yaml", world.meta.id)
}

/// Incidents as the format writes them.
fn script(world: &World, script: &Script) -> Vec<Node> {
    let mut out = Vec::new();
    let mut rest = &script[..];
    while let Some(first) = rest.first() {
        let (region, count) = region_of(world, rest);
        out.push(item(world, first, region));
        rest = &rest[count..];
    }
    out
}

/// A drill of a whole region stands in a script as one cut a site: the region's name, and how many they are.
fn region_of<'a>(world: &'a World, rest: &[Incident]) -> (Option<&'a str>, usize) {
    let Some(first) = rest.first() else { return (None, 0) };
    if !matches!((first.origin, first.action), (Origin::Drill { scope: Scope::Region, .. }, Action::Cut(..)))
    {
        return (None, 1);
    }
    let Action::Cut(line, lasts) = first.action else { return (None, 1) };
    let region = world[line.site()].region;
    let all: Vec<SiteId> =
        (0..world.sites.len()).map(SiteId::at).filter(|&s| world[s].region == region).collect();
    let said: Vec<SiteId> = rest
        .iter()
        .take_while(|i| (i.at, i.origin) == (first.at, first.origin))
        .map_while(|i| match i.action {
            Action::Cut(Line::All(site), long) if long == lasts && world[site].region == region => Some(site),
            _ => None,
        })
        .collect();
    if sorted(said.clone(), &Ord::cmp) == all { (Some(&world[region].key), said.len()) } else { (None, 1) }
}

fn item(world: &World, incident: &Incident, region: Option<&str>) -> Node {
    let word = |text: &str| Node::Scalar(text.to_owned());
    let mut entries = vec![("at".to_owned(), Node::Scalar(time(incident.at.0)))];
    let drill = matches!(incident.origin, Origin::Drill { .. });
    let (verb, target, lasts) = match incident.action {
        Action::Ignite(room) => ("ignite", at(world, world[room].site, &world[room].key), None),
        Action::Trip(e) => ("trip", at(world, world[e].site, &world[e].key), None),
        Action::Fail(e, lasts) => ("fail", at(world, world[e].site, &world[e].key), lasts),
        Action::Crash(pool) => ("crash", pool_name(world, pool), None),
        Action::Kill(pool) => (if drill { "monkey" } else { "kill" }, pool_name(world, pool), None),
        Action::Cut(_, lasts) if region.is_some() => ("kong", word(region.unwrap_or_default()), lasts),
        Action::Cut(line, lasts) if drill => ("gorilla", word(&world[line.site()].key), lasts),
        Action::Cut(cut, lasts) => ("cut", line(world, cut), lasts),
        Action::Heal(healed) => ("heal", line(world, healed), None),
        Action::Shock(shock) => ("shock", word(&world[shock].key), None),
    };
    entries.push((verb.to_owned(), target));
    if let Some(lasts) = lasts {
        entries.push(("lasts".to_owned(), Node::Scalar(time(lasts.0))));
    }
    let mut flag = |key: &str, value: &str| entries.push((key.to_owned(), word(value)));
    match incident.origin {
        Origin::Chance | Origin::Drill { announced: false, .. } => {}
        Origin::Drill { announced: true, .. } => flag("announced", "true"),
        Origin::Mistake { noticed } => {
            flag("mistake", "true");
            if !noticed {
                flag("noticed", "false");
            }
        }
    }
    Node::Map(entries)
}

fn at(world: &World, site: SiteId, key: &str) -> Node {
    Node::Scalar(format!("{}/{key}", world[site].key))
}

/// `service@site`, and which of its pools there, where there are several.
fn pool_name(world: &World, id: PoolId) -> Node {
    let pool = &world[id];
    let (service, site) = (&world[pool.service], &world[pool.site].key);
    let here: Vec<PoolId> = service.pools.iter().copied().filter(|&p| world[p].site == pool.site).collect();
    let nth = here.iter().position(|&p| p == id).unwrap_or_default() + 1;
    let which = if here.len() > 1 { format!("/{nth}") } else { String::new() };
    Node::Scalar(format!("{}@{site}{which}", service.key))
}

fn line(world: &World, line: Line) -> Node {
    let site = |id: SiteId| Node::Scalar(world[id].key.clone());
    match line {
        Line::All(a) => site(a),
        Line::Between(a, b) => Node::List(vec![site(a), site(b)]),
        Line::Users(a) => Node::List(vec![site(a), Node::Scalar("users".to_owned())]),
    }
}

/// A length of time in the largest unit that needs no fraction; else in seconds.
fn time(micros: u64) -> String {
    const UNITS: [(u64, &str); 4] = [(86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")];
    let seconds = micros / 1_000_000;
    if !micros.is_multiple_of(1_000_000) {
        return format!("{seconds}.{:06}s", micros % 1_000_000);
    }
    let (length, unit) =
        UNITS.into_iter().find(|(length, _)| seconds.is_multiple_of(*length)).unwrap_or((1, "s"));
    if seconds == 0 { "0s".to_owned() } else { format!("{}{unit}", seconds / length) }
}
