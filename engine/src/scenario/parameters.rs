//! Model parameters: constants of nature or of habit. One set of them serves every scenario.
//!
//! A scenario states facts of a design: what stands where, how large it is, what leans on what, which rules the company
//! gave itself, who may enter, what was practised. What is listed here is not of that kind: how often gas fails on
//! lithium cells or how long a hand needs to start a server is the same for everybody. A person may change it to see what
//! follows; a scenario of the library may not, or each could be bent until it agrees with what is known.

/// `(record, key)`: the names of the reference, `docs/scenario.md`.
pub const PARAMETERS: &[(&str, &str)] = &[
    ("Backlog", "look"),
    ("Boot", "auto"),
    ("Boot", "install"),
    ("Boot", "manual"),
    ("Boot", "time"),
    ("Channel", "slow"),
    ("Churn", "back"),
    ("Churn", "calm"),
    ("Churn", "leave"),
    ("Config", "manual"),
    ("Conflicts", "effort"),
    ("Defaults", "crash_after"),
    ("Defaults", "crash_at"),
    ("Defaults", "kappa"),
    ("Defaults", "shed"),
    ("Defaults", "soft"),
    ("Defaults", "util_peak"),
    ("Detect", "report_gap"),
    ("Detect", "reports"),
    ("Dns", "manual"),
    ("Drill", "decay"),
    ("Drill", "error"),
    ("Drill", "harm"),
    ("Drill", "slow"),
    ("Early", "lead"),
    ("Early", "works"),
    ("Fire", "burn"),
    ("Fire", "ups_trip"),
    ("Gas", "works"),
    ("Gas", "works_lithium"),
    ("Generators", "p_start"),
    ("Generators", "p_transfer"),
    ("Generators", "start"),
    ("Hardware", "effort"),
    ("Heat", "breaks"),
    ("Heat", "broken"),
    ("Heat", "resume"),
    ("Heat", "rise"),
    ("Heat", "shutdown"),
    ("Heat", "supply"),
    ("Heat", "throttle"),
    ("Heat", "throttled"),
    ("Heat", "time"),
    ("Network", "repair"),
    ("Overcurrent", "breaker"),
    ("Overcurrent", "ups"),
    ("People", "sigma"),
    ("People", "unknown_stack"),
    ("Promote", "auto"),
    ("Promote", "manual"),
    ("Restore", "clean"),
    ("Restore", "inspect"),
    ("Restore", "recable"),
    ("Restore", "reclose"),
    ("Restore", "surge"),
    ("Retry", "backoff"),
    ("Retry", "max"),
    ("ServerPower", "idle"),
    ("ServerPower", "peak"),
    ("Throttle", "manual"),
    ("Water", "damage"),
];

/// Whether a key of a record is a model parameter.
#[must_use]
pub fn is_parameter(record: &str, key: &str) -> bool {
    PARAMETERS.contains(&(record, key))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::scenario::presets::PRESETS;
    use crate::scenario::quantity::parse;
    use crate::scenario::shape::{Presence, RecordShape, Shape};
    use crate::scenario::tree::{At, Tree, Value};

    /// Walks a document along the format and hands over every key of a record that is written.
    fn written(tree: &Tree, at: At, shape: &Shape, found: &mut dyn FnMut(&RecordShape, usize, At)) {
        match (shape, tree.value(at)) {
            (Shape::Record(record), Value::Map(_)) => {
                for (index, field) in record.fields.iter().enumerate() {
                    if let Some(value) = tree.get(at, field.key) {
                        found(record, index, value);
                        written(tree, value, &field.shape, found);
                    }
                }
            }
            (Shape::Map(of), Value::Map(entries)) => {
                entries.iter().for_each(|&entry| written(tree, entry, of, found));
            }
            (Shape::List(of), Value::List(items)) => {
                items.iter().for_each(|&item| written(tree, item, of, found));
            }
            (Shape::OneOf(_, ways), _) => ways.iter().for_each(|way| written(tree, at, way, found)),
            _ => {}
        }
    }

    /// The model parameters that a document sets to anything but their default.
    fn bent(text: &str) -> Vec<String> {
        let (tree, found) = Tree::read(text);
        assert!(found.is_empty(), "{found:?}");
        let mut bent = Vec::new();
        written(&tree, Tree::ROOT, &crate::scenario::shape(), &mut |record, index, value| {
            let field = &record.fields[index];
            if !is_parameter(record.name, field.key) {
                return;
            }
            let text = tree.text(value).unwrap_or_default();
            let default = match (field.presence, &field.shape) {
                (Presence::Default(default), Shape::Scalar(scalar)) => scalar
                    .notation
                    .map_or(text == default, |notation| parse(notation, text) == parse(notation, default)),
                (Presence::Default(default), _) => text == default,
                _ => false,
            };
            if !default {
                bent.push(format!("{}: {text}", tree.path(value)));
            }
        });
        bent
    }

    #[test]
    fn one_set_of_parameters_serves_every_scenario() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/scenarios");
        let mut read = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let bent = bent(&std::fs::read_to_string(&path).unwrap());
            assert!(bent.is_empty(), "{} sets model parameters: {bent:?}", path.display());
            read += 1;
        }
        assert!(read > 0);
        for (name, text) in PRESETS {
            assert!(bent(text).is_empty(), "{name}: {:?}", bent(text));
        }
    }

    #[test]
    fn a_bent_parameter_is_seen_wherever_it_is_written() {
        let text = "sites: {a: {fire: {ups_trip: 240s, gas: {works_lithium: 50%}}, power: {restore: {reclose: 1m}}}}\n\
                    controls: {boot: {time: 300s, manual: 4m/server}}\npeople: {sigma: 0.4}";
        assert_eq!(
            bent(text),
            [
                "sites.a.fire.gas.works_lithium: 50%",
                "sites.a.power.restore.reclose: 1m",
                "controls.boot.manual: 4m/server",
                "people.sigma: 0.4"
            ]
        );
    }

    #[test]
    fn every_parameter_is_a_key_with_a_value_of_its_own() {
        let mut left: Vec<(&str, &str)> = PARAMETERS.to_vec();
        let mut open = vec![crate::scenario::shape()];
        while let Some(shape) = open.pop() {
            match shape {
                Shape::Record(record) => {
                    for field in record.fields {
                        if matches!(field.presence, Presence::Default(_)) {
                            left.retain(|&known| known != (record.name, field.key));
                        }
                        open.push(field.shape);
                    }
                }
                Shape::List(of) | Shape::Map(of) => open.push(*of),
                Shape::OneOf(_, ways) => open.extend(ways),
                Shape::Tuple(parts, _) => open.extend(parts.into_iter().map(|part| part.1)),
                Shape::Scalar(_) | Shape::Choice(..) => {}
            }
        }
        assert!(left.is_empty(), "not in the format: {left:?}");
        assert!(PARAMETERS.is_sorted(), "in alphabetical order");
    }
}
