//! Templates: designs to start from. Each can be run as it is, is hurt by what happens to it, comes back, and has bridges
//! to mend.

use bridge_engine::report::report;
use bridge_engine::scenario::open;

#[test]
fn every_template_is_hurt_comes_back_and_has_something_to_mend() {
    let mut seen = 0;
    for file in std::fs::read_dir("../assets/templates").unwrap() {
        let path = file.unwrap().path();
        let scenario = open(&std::fs::read_to_string(&path).unwrap());
        let world = scenario.unwrap_or_else(|errors| panic!("{}: {errors:?}", path.display())).world;
        assert_eq!(path.file_stem().and_then(|name| name.to_str()), Some(world.meta.id.as_str()));
        let mut back = 0;
        for seed in 1..=20 {
            let trace = bridge_engine::run(&world, &world.script, seed);
            let report = report(&world, &trace);
            let total = report.total;
            back += u32::from(total.first_loss.is_none() || total.restored.is_some());
            if seed == world.meta.seed {
                assert!(total.user_minutes_lost > 0.0 && !report.findings.is_empty(), "{}", world.meta.id);
                assert!(report.yearly.is_some_and(|yearly| yearly.total() > 0.0), "{}", world.meta.id);
            }
        }
        // Not where a hall burns down with all that stands in it.
        assert!(back >= 15, "{}: {back} of 20", world.meta.id);
        seen += 1;
    }
    assert_eq!(seen, 6);
}
