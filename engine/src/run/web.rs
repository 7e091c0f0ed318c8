//! The web of needs: who leans on whom, worked out once for a run.
//!
//! Evaluation follows the condensed graph. Services stand in an order in which whatever is leant on comes before what
//! leans on it, circles together, so that a change is carried on by walking forwards from it and nothing else is looked
//! at. Hard closures are kept as bits, 64 services a word, without the words in which there are none: a service of a large
//! company leans on few of the others.

use crate::kernel::graph::components;
use crate::kernel::marks::{Marks, each_in};
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
    closures: Closures,
}

/// The hard closure of each knot, itself included.
struct Closures {
    /// First word of each knot, and one past the last of all.
    first: Vec<usize>,
    /// Which word of a set of all services, and its bits; in order.
    words: Vec<(u32, u64)>,
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
        Self { order, place, circle, callers, closures: Closures::new(&hard, &knot), knot }
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

    /// Everything that a service cannot serve without, itself included.
    pub fn closure(&self, service: ServiceId, mut found: impl FnMut(usize)) {
        for &(at, word) in self.closures.of(self.knot[service.index()]) {
            each_in(at as usize, word, &mut found);
        }
    }

    /// The same as far as it is in a set.
    pub fn closure_among(&self, service: ServiceId, set: &Marks, mut found: impl FnMut(usize)) {
        let words = set.words();
        for &(at, word) in self.closures.of(self.knot[service.index()]) {
            each_in(at as usize, word & words[at as usize], &mut found);
        }
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

impl Closures {
    /// A knot's number is higher than those of the knots that it leans on.
    fn new(hard: &[Vec<usize>], knot: &[usize]) -> Self {
        let mut closures = Self { first: vec![0], words: Vec::new() };
        let members = sorted_by_key((0..hard.len()).collect(), |&s| knot[s]);
        // The words of one closure: which of them there are, and their bits.
        let mut used = Marks::none(hard.len().div_ceil(64));
        let mut bits = vec![0_u64; hard.len().div_ceil(64)];
        for members in members.chunk_by(|&a, &b| knot[a] == knot[b]) {
            for &service in members {
                used.insert(service / 64);
                bits[service / 64] |= 1 << (service % 64);
                for &on in hard[service].iter().filter(|&&on| knot[on] != knot[service]) {
                    for &(at, word) in closures.of(knot[on]) {
                        used.insert(at as usize);
                        bits[at as usize] |= word;
                    }
                }
            }
            while let Some(at) = used.take_first() {
                closures.words.push((at as u32, std::mem::take(&mut bits[at])));
            }
            closures.first.push(closures.words.len());
        }
        closures
    }

    fn of(&self, knot: usize) -> &[(u32, u64)] {
        &self.words[self.first[knot]..self.first[knot + 1]]
    }
}

#[cfg(test)]
mod tests {
    use super::{Closures, circles};
    use crate::kernel::graph::components;

    #[test]
    fn closures_hold_everything_once_and_a_circle_shares_one() {
        // 0 → 1 → 2 → 1, 3 → 0, 4 alone.
        let hard = [vec![1], vec![2], vec![1], vec![0], vec![]];
        let knot = components(&hard);
        let closures = Closures::new(&hard, &knot);
        let closure = |s: usize| closures.of(knot[s])[0].1;
        assert_eq!([0, 1, 2, 3, 4].map(closure), [0b111, 0b110, 0b110, 0b1111, 0b10000]);
        assert_eq!(closures.words.len(), 4, "one word for each knot");
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
        let closures = Closures::new(&hard, &knot);
        let size = |s: usize| -> u32 { closures.of(knot[s]).iter().map(|w| w.1.count_ones()).sum() };
        assert_eq!([size(0), size(n - 1)], [n as u32, 1]);
    }

    #[test]
    fn what_few_lean_on_takes_few_words() {
        // Many, each of which leans on the first of them alone.
        let n = 10_000;
        let hard: Vec<Vec<usize>> = (0..n).map(|i| if i > 0 { vec![0] } else { vec![] }).collect();
        let closures = Closures::new(&hard, &components(&hard));
        assert!(closures.words.len() <= 2 * n, "{}", closures.words.len());
    }
}
