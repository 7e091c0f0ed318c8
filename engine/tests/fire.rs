//! Fire rules that no other test looks at.

mod common;

use bridge_engine::trace::Change;
use common::{first, play, world};

fn building(gas: &str) -> String {
    format!(
        "schema: bridge/1\nmeta: {{id: x, horizon: 2d}}\ndemand: {{users: 1}}\n\
         sites:\n  a:\n    rooms: {{h: {{kind: hall}}}}\n    fire: {{gas: {gas}, water: {{decide: 30m}}}}\n\
         \x20   power: {{utility: {{u: {{}}}}, panels: {{p: {{room: h}}}}}}\n\
         services: {{s: {{place: [[a, 1]]}}}}\nscript: [{{ignite: a/h}}]\n"
    )
}

#[test]
fn without_gas_only_water_puts_a_fire_out() {
    // The same luck decides on water either way; gas that fails only delays it.
    let [none, fails, works] =
        ["{fitted: false, works: 1}", "{delay: 2m, works: 0}", "{works: 1}"].map(|gas| {
            let trace = play(&world(&building(gas)), 7);
            let at =
                |wanted: fn(Change) -> bool| first(&trace, |_, change| wanted(change)).map(|event| event.at);
            (at(|c| matches!(c, Change::Gas { .. })), at(|c| c == Change::CutOrdered))
        });
    assert!(none.0.is_none() && fails.0.is_some() && works.0.is_some());
    assert_eq!(works.1, None);
    let delay = fails.1.zip(none.1).map(|(late, soon)| late.since(soon).secs());
    assert_eq!(delay, Some(120.0));
}
