//! What many runs have in common.

use rayon::prelude::*;

use super::figures::{Cell, Fate, Figure, Kind, SERVICE, SITE, TOTAL};
use super::statistics::{Share, quantile, wilson};
use super::{Plan, Rows};

/// Every figure of a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// In the plan's order.
    pub services: Vec<Subject>,
    /// In the plan's order.
    pub sites: Vec<Vec<Spread>>,
    /// The whole.
    pub total: Subject,
    /// Runs that were cut short.
    pub cut_short: u64,
}

/// A service, or the whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// Seeds at which it lost some of its demand.
    pub lost: Option<Share>,
    /// Of these, seeds at which it got all of it back for good. None if it never lost any.
    pub recovered: Option<Share>,
    /// Seeds at which it missed no objective. None if it has none.
    pub met: Option<Share>,
    /// Its figures, in the order of their table.
    pub figures: Vec<Spread>,
}

/// One figure over all seeds at which it was due. A figure that never came counts as later than all that did; a quantile
/// that falls on one is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Seeds at which it was due.
    pub due: u64,
    /// Of these, seeds at which it did not come before the run ended.
    pub never: u64,
    /// Least, 5 %, 50 %, 95 %, greatest.
    pub quantiles: [Option<f64>; 5],
}

/// Names of the quantiles.
pub const QUANTILES: [&str; 5] = ["min", "p5", "p50", "p95", "max"];
const PERCENT: [u8; 5] = [0, 5, 50, 95, 100];

impl Summary {
    /// Summarises a whole sweep.
    #[must_use]
    pub fn new(plan: &Plan, rows: &Rows) -> Self {
        let layout = rows.layout;
        let services: Vec<usize> = (0..layout.services).collect();
        let sites: Vec<usize> = (0..layout.sites).collect();
        Self {
            services: services
                .par_iter()
                .map(|&index| subject(rows, layout.service(index), plan.services[index].objective, &SERVICE))
                .collect(),
            sites: sites.par_iter().map(|&index| spreads(rows, layout.site(index), &SITE)).collect(),
            total: subject(rows, layout.total(), plan.has_objective(), &TOTAL),
            cut_short: rows.cut_short(),
        }
    }
}

fn subject<T>(rows: &Rows, at: usize, objective: bool, table: &[Figure<T>]) -> Subject {
    let count = |of: fn(Fate) -> bool| rows.column(at).filter(|&bits| of(Fate::of(bits))).count() as u64;
    let (all, lost) = (rows.len() as u64, count(|fate| fate.lost));
    Subject {
        lost: wilson(lost, all),
        recovered: wilson(count(|fate| fate.recovered), lost),
        met: if objective { wilson(count(|fate| fate.met), all) } else { None },
        figures: spreads(rows, at + 1, table),
    }
}

fn spreads<T>(rows: &Rows, at: usize, table: &[Figure<T>]) -> Vec<Spread> {
    table.iter().enumerate().map(|(index, figure)| spread(rows.column(at + index), figure.kind)).collect()
}

fn spread(column: impl Iterator<Item = u64>, kind: Kind) -> Spread {
    let mut due: Vec<Cell> = column.map(Cell).filter(|&cell| cell != Cell::NOT_DUE).collect();
    due.sort_unstable();
    let never = due.iter().rev().take_while(|&&cell| cell == Cell::NEVER).count();
    let quantiles = PERCENT.map(|percent| quantile(&due, percent).and_then(|cell| cell.value(kind)));
    Spread { due: due.len() as u64, never: never as u64, quantiles }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Kind, Spread, spread};

    #[test]
    fn what_never_came_is_later_than_all_that_did() {
        let second = 1_000_000;
        let mut cells: Vec<u64> = (1..=18).map(|n| n * second).collect();
        cells.extend([Cell::NEVER.0, Cell::NEVER.0, Cell::NOT_DUE.0]);
        let whole = spread(cells.iter().copied(), Kind::Moment);
        let quantiles = [Some(1.0), Some(1.0), Some(10.0), None, None];
        assert_eq!(whole, Spread { due: 20, never: 2, quantiles });
        cells.reverse();
        assert_eq!(spread(cells.into_iter(), Kind::Moment), whole, "whatever the order");
        let nothing = spread([Cell::NOT_DUE.0].into_iter(), Kind::Amount);
        assert_eq!(nothing, Spread { due: 0, never: 0, quantiles: [None; 5] });
    }

    #[test]
    fn amounts_sort_as_numbers() {
        let numbers = [3.5, 0.0, 1e300, 0.25, 1e-300];
        let found = spread(numbers.iter().map(|n: &f64| n.to_bits()), Kind::Amount);
        assert_eq!(found.quantiles, [Some(0.0), Some(0.0), Some(0.25), Some(1e300), Some(1e300)]);
    }
}
