//! Parts to a whole.

use super::part::{Head, Part};
use super::{Plan, Rows, Seeds};

/// Why parts are no whole. Files are positions in the list that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing was given.
    Nothing,
    /// Parts of different scenarios.
    Scenario([usize; 2]),
    /// Parts that programs with different rules have written.
    Rules([usize; 2]),
    /// Parts of sweeps over different seeds.
    Seeds([usize; 2]),
    /// Seeds that are in both.
    Overlap([usize; 2], Seeds),
    /// Seeds that are in none.
    Missing(Seeds),
}

/// Joins parts, in whatever order they are given.
///
/// # Errors
/// When they are not each seed's row exactly once, of the same scenario under the same rules.
pub fn merge(parts: Vec<Part>) -> Result<(Plan, Rows), Refusal> {
    let mut parts: Vec<(usize, Part)> = parts.into_iter().enumerate().collect();
    let Some((_, first)) = parts.first() else { return Err(Refusal::Nothing) };
    let first = first.head.clone();
    for (index, part) in &parts {
        same(&first, &part.head, [0, *index])?;
    }
    parts.sort_by_key(|(_, part)| (part.head.stretch.skip, part.head.stretch.count));
    let plan = first.plan;
    let seeds =
        |from: u64, to: u64| Seeds { first: plan.seeds.first + from, last: plan.seeds.first + (to - 1) };
    let mut whole: Option<Rows> = None;
    let (mut next, mut before) = (0, 0);
    for (index, part) in parts {
        let stretch = part.head.stretch;
        if stretch.count > 0 && stretch.skip < next {
            let end = next.min(stretch.skip + stretch.count);
            return Err(Refusal::Overlap([before, index], seeds(stretch.skip, end)));
        }
        if stretch.skip > next {
            return Err(Refusal::Missing(seeds(next, stretch.skip)));
        }
        if stretch.count > 0 {
            (next, before) = (stretch.skip + stretch.count, index);
        }
        match &mut whole {
            None => whole = Some(part.rows),
            Some(whole) => whole.append(part.rows),
        }
    }
    if next < plan.seeds.count() {
        return Err(Refusal::Missing(seeds(next, plan.seeds.count())));
    }
    whole.map(|rows| (plan, rows)).ok_or(Refusal::Nothing)
}

fn same(one: &Head, other: &Head, files: [usize; 2]) -> Result<(), Refusal> {
    if one.plan.fingerprint != other.plan.fingerprint {
        return Err(Refusal::Scenario(files));
    }
    if one.program != other.program || one.plan.rules != other.plan.rules {
        return Err(Refusal::Rules(files));
    }
    if one.plan.seeds != other.plan.seeds {
        return Err(Refusal::Seeds(files));
    }
    // Whatever else differs was not written by this program from the same scenario.
    if one.plan == other.plan { Ok(()) } else { Err(Refusal::Scenario(files)) }
}
