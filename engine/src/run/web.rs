//! The web of needs: who leans on whom, worked out once for a run.
//!
//! Evaluation follows the condensed graph. Services stand in an order in which whatever is leant on comes before what
//! leans on it, circles together, so that a change is carried on by walking forwards from it and nothing else is looked
//! at. Hard closures are kept as rows of bits.

use crate::kernel::graph::components;
use crate::kernel::marks::{Marks, each};
use crate::kernel::order::sorted_by_key;
use crate::world::{ServiceId, World};

/// What leans on what.
pub(crate) struct Web {
    /// Services in the order of evaluation.
    order: Vec<ServiceId>,
    /// Where each service stands in it.
    place: Vec<u32>,
    /// By position: first and one past the last position of the circle, soft needs included, that it belongs to.
    circle: Vec<(u32, u32)>,
    /// Who needs a service, softly too.
    callers: Vec<Vec<ServiceId>>,
    /// Number of the hard circle that a service belongs to.
    knot: Vec<usize>,
    /// Hard closure of each knot, itself included: `width` words each.
    rows: Vec<u64>,
    width: usize,
}

impl Web {
    pub fn new(world: &World) -> Self {
        let n = world.services.len();
        let edges = |wanted: fn(&crate::world::Need) -> bool| -> Vec<Vec<usize>> {
            let needs = world.services.iter().map(|s| s.needs.iter().filter(|n| wanted(n)));
            needs.map(|needs| needs.map(|n| n.on.index()).collect()).collect()
        };
        let component = components(&edges(|_| true));
        let order = sorted_by_key((0..n).map(ServiceId::at).collect(), |s| component[s.index()]);
        let mut place = vec![0; n];
        order.iter().enumerate().for_each(|(at, service)| place[service.index()] = at as u32);
        let circle = circles(&order.iter().map(|s| component[s.index()]).collect::<Vec<_>>());
        let mut callers = vec![Vec::new(); n];
        for (i, service) in world.services.iter().enumerate() {
            service.needs.iter().for_each(|need| callers[need.on.index()].push(ServiceId::at(i)));
        }
        let hard = edges(|need| need.soft.is_none());
        let knot = components(&hard);
        let width = Marks::none(n).words().len();
        Self { order, place, circle, callers, rows: rows(&hard, &knot, width), knot, width }
    }

    /// How many services there are.
    pub const fn len(&self) -> usize {
        self.order.len()
    }

    /// The service at a position of the order of evaluation.
    pub fn at(&self, place: usize) -> ServiceId {
        self.order[place]
    }

    /// Where a service stands in the order of evaluation.
    pub fn place(&self, service: ServiceId) -> usize {
        self.place[service.index()] as usize
    }

    /// The positions of the circle, soft needs included, to which a position belongs; only itself if there is none.
    pub fn circle(&self, place: usize) -> std::ops::Range<usize> {
        let (first, end) = self.circle[place];
        first as usize..end as usize
    }

    /// Who needs a service, softly too.
    pub fn callers(&self, service: ServiceId) -> &[ServiceId] {
        &self.callers[service.index()]
    }

    /// Whether two services cannot serve without each other.
    pub fn tied(&self, a: ServiceId, b: ServiceId) -> bool {
        self.knot[a.index()] == self.knot[b.index()]
    }

    /// A service and everything it cannot serve without.
    fn row(&self, service: ServiceId) -> &[u64] {
        let first = self.knot[service.index()] * self.width;
        &self.rows[first..first + self.width]
    }

    /// Everything that a service cannot serve without, itself included, and that is in a set.
    pub fn closure_among(&self, service: ServiceId, set: &Marks, found: impl FnMut(usize)) {
        each(self.row(service).iter().zip(set.words()).map(|(row, set)| row & set), found);
    }
}

/// First and one past the last position of each position's group, given the groups in order.
fn circles(groups: &[usize]) -> Vec<(u32, u32)> {
    let mut circles = Vec::with_capacity(groups.len());
    for group in groups.chunk_by(|a, b| a == b) {
        let first = circles.len() as u32;
        circles.extend(group.iter().map(|_| (first, first + group.len() as u32)));
    }
    circles
}

/// Hard closures. A knot's number is higher than those of the knots that it leans on.
fn rows(hard: &[Vec<usize>], knot: &[usize], width: usize) -> Vec<u64> {
    let knots = knot.iter().max().map_or(0, |last| last + 1);
    let mut rows = vec![0; knots * width];
    for service in sorted_by_key((0..hard.len()).collect(), |&s| knot[s]) {
        let (below, own) = rows.split_at_mut(knot[service] * width);
        own[service / 64] |= 1 << (service % 64);
        for &on in hard[service].iter().filter(|&&on| knot[on] != knot[service]) {
            let from = knot[on] * width;
            own.iter_mut().zip(&below[from..from + width]).for_each(|(own, on)| *own |= on);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::{circles, rows};
    use crate::kernel::graph::components;

    #[test]
    fn closures_hold_everything_once_and_a_circle_shares_one() {
        // 0 → 1 → 2 → 1, 3 → 0, 4 alone.
        let hard = [vec![1], vec![2], vec![1], vec![0], vec![]];
        let knot = components(&hard);
        let rows = rows(&hard, &knot, 1);
        let closure = |s: usize| rows[knot[s]];
        assert_eq!([0, 1, 2, 3, 4].map(closure), [0b111, 0b110, 0b110, 0b1111, 0b10000]);
    }

    #[test]
    fn groups_stand_together() {
        assert_eq!(circles(&[0, 1, 1, 1, 2]), [(0, 1), (1, 4), (1, 4), (1, 4), (4, 5)]);
    }

    #[test]
    fn a_long_chain_is_closed() {
        let n = 1000;
        let hard: Vec<Vec<usize>> = (0..n).map(|i| if i + 1 < n { vec![i + 1] } else { vec![] }).collect();
        let knot = components(&hard);
        let width = n.div_ceil(64);
        let rows = rows(&hard, &knot, width);
        let size = |s: usize| -> u32 {
            rows[knot[s] * width..(knot[s] + 1) * width].iter().map(|w| w.count_ones()).sum()
        };
        assert_eq!([size(0), size(n - 1)], [n as u32, 1]);
    }
}
