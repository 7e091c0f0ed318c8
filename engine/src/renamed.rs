//! Names are names: under others, with the luck they had, a company's runs are the same to the bit.
//!
//! Luck is drawn by names. Here every name of a document gets a mark in front, which leaves their order as it is, and streams are
//! drawn by the names without it ([`known_as`]). Names in another order, and with luck of their own: `tests/renamed.rs`.

#[allow(dead_code, reason = "each test uses its own part")]
#[path = "../tests/common/company.rs"]
mod company;
#[allow(dead_code, reason = "each test uses its own part")]
#[path = "../tests/common/rewrite.rs"]
mod rewrite;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use crate::report::report;
use crate::scenario::{self, shape};
use crate::{World, run};

/// No key of the library or of a generated company has it.
const MARK: char = '가';

/// The name by which luck is drawn.
pub(crate) fn known_as(name: &str) -> String {
    name.replace(MARK, "")
}

fn open(text: &str) -> World {
    scenario::open(text).unwrap_or_else(|found| panic!("{found:#?}")).world
}

/// A company, and the same with a mark on every name.
fn pair(text: &str) -> [World; 2] {
    let document = rewrite::read(text);
    let mut names = BTreeSet::new();
    rewrite::names(&document, &shape(), &mut names);
    let marked: BTreeMap<String, String> =
        names.into_iter().map(|name| (name.clone(), format!("{MARK}{name}"))).collect();
    let other = open(&rewrite::renamed(&document, &shape(), &marked).text());
    assert!(other.services.iter().all(|s| s.key.starts_with(MARK)));
    [open(text), other]
}

fn same([a, b]: &[World; 2], seed: u64) {
    let (mine, theirs) = (run(a, &a.script, seed), run(b, &b.script, seed));
    assert!(mine == theirs, "another trace");
    assert_eq!(mine.hash(), theirs.hash());
    assert_eq!(format!("{:?}", report(a, &mine)), format!("{:?}", report(b, &theirs)));
}

#[test]
fn the_library_is_the_same_under_other_names_with_the_same_luck() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/scenarios");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let worlds = pair(&std::fs::read_to_string(entry.unwrap().path()).unwrap());
        (1..=5).for_each(|seed| same(&worlds, seed));
        seen += 1;
    }
    assert!(seen > 5);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn any_company_is_the_same_under_other_names_with_the_same_luck(company in company::company(), hazards in any::<bool>()) {
        let company = company::Company { hazards, ..company };
        let mut worlds = pair(&company.text(&company.in_order()));
        company.afflict(&mut worlds[0]);
        worlds[1].script = worlds[0].script.clone();
        same(&worlds, company.seed);
    }
}
