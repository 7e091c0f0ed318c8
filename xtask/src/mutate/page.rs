//! docs/mutations.md: each rule, and the tests that go red without it.

use super::runs::Red;
use super::table::Rule;
use crate::{Result, project};
use std::collections::BTreeMap;
use std::fmt::Write;

const PAGE: &str = "docs/mutations.md";
/// So many tests are named.
const NAMED: usize = 4;

const HEAD: &str = "\
# What each rule is missed by

Written by `cargo xtask mutate`, which switches the rules of the [model](model.md) off, one at a time, runs the engine's tests and notes
which go red; it fails if a rule is missed by none. The engine itself has no switches: they are put into a copy of it, at the places that
`xtask/src/mutate/rules.txt` names, and a test in every ordinary run holds that those places are still there and that every rule and every
mechanism has its row here. Properties try 40 inputs each; tests of the reader are left out, and slow tests are run only
where no quick one misses the rule. Of many tests those are named that miss the fewest other rules: they are about this one.
";

/// Writes the page.
pub fn write(rules: &[&Rule], found: &[Vec<Red>]) -> Result {
    let mut missed: BTreeMap<&Red, usize> = BTreeMap::new();
    found.iter().flatten().for_each(|red| *missed.entry(red).or_default() += 1);
    let mut text = HEAD.to_owned();
    let mut heading = "";
    for (rule, red) in rules.iter().zip(found) {
        if rule.heading != heading {
            heading = &rule.heading;
            write!(text, "\n## {heading}\n\n| Rule | | Red without it |\n|---|---|---|\n")?;
        }
        let mut tests: Vec<&Red> = red.iter().collect();
        tests.sort_by_key(|test| (missed[test], *test));
        let mut names: Vec<String> = tests.iter().take(NAMED).map(|red| format!("`{}`", red.test)).collect();
        if tests.len() > NAMED {
            names.push(format!("and {} more", tests.len() - NAMED));
        }
        let names = if names.is_empty() { "**nothing**".to_owned() } else { names.join(", ") };
        writeln!(text, "| `{}` | {} | {names} |", rule.name, rule.says)?;
    }
    std::fs::write(project::root().join(PAGE), text)?;
    println!("written to {PAGE}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mutate::table::Table;

    /// The words of a page between backquotes.
    fn quoted(line: &str) -> Vec<&str> {
        line.split('`').skip(1).step_by(2).collect()
    }

    #[test]
    fn every_rule_and_every_mechanism_has_its_row() {
        let page = std::fs::read_to_string(project::root().join(PAGE)).unwrap();
        let tests: String = ["engine/tests", "engine/src", "benches/sizes/src"]
            .iter()
            .flat_map(|folder| {
                let mut texts = Vec::new();
                crate::mutate::files(&project::root().join(folder), &mut |path| {
                    texts.push(std::fs::read_to_string(path).unwrap_or_default());
                    Ok(())
                })
                .unwrap();
                texts
            })
            .collect();
        let rows: BTreeMap<&str, Vec<&str>> = page
            .lines()
            .filter(|line| line.starts_with("| `"))
            .map(|line| (quoted(line)[0], quoted(line.rsplit_once(" | ").unwrap().1)))
            .collect();
        let rules = Table::read().unwrap().rules;
        for rule in &rules {
            let names = rows.get(rule.name.as_str()).map_or(&[][..], Vec::as_slice);
            assert!(!names.is_empty(), "{} is missed by no test: run cargo xtask mutate", rule.name);
            for name in names {
                let function = format!("fn {}(", name.rsplit("::").next().unwrap_or(name));
                assert!(tests.contains(&function), "there is no test {name}: run cargo xtask mutate");
            }
        }
        assert_eq!(rows.len(), rules.len(), "rows of rules that are gone: run cargo xtask mutate");
    }
}
