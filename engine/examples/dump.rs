//! Prints a run's events.
fn main() {
    let mut args = std::env::args().skip(1);
    let text = std::fs::read_to_string(args.next().unwrap()).unwrap();
    let seed: u64 = args.next().map_or(1, |s| s.parse().unwrap());
    let world = match bridge_engine::scenario::open(&text) {
        Ok(s) => s.world,
        Err(e) => {
            for d in e {
                println!("{} {} {}", d.path, d.line, d.message.en);
            }
            return;
        }
    };
    let trace = bridge_engine::run(&world, &world.script, seed);
    for (i, e) in trace.events.iter().enumerate() {
        let s = match e.subject {
            bridge_engine::trace::Subject::Service(s) => world[s].key.clone(),
            bridge_engine::trace::Subject::Pool(p) => {
                format!("{}@{}", world[world[p].service].key, world[world[p].site].key)
            }
            other => format!("{other:?}"),
        };
        println!(
            "{i} {:.4}h {s} {:?} {:?}",
            e.at.secs() / 3600.0,
            e.change,
            e.causes.iter().map(|c| c.0).collect::<Vec<_>>()
        );
    }
    for (i, s) in world.services.iter().enumerate() {
        let p = |x: &bridge_engine::trace::Series| {
            x.points()
                .iter()
                .take(400)
                .map(|p| format!("{:.4}h:{:.4}", p.0.secs() / 3600.0, p.1))
                .collect::<Vec<_>>()
                .join(" ")
        };
        println!(
            "== {} share {}\n  amp {}\n  cap {}\n  p {}",
            s.key,
            p(&trace.shares[i]),
            p(&trace.amplification[i]),
            p(&trace.capacity[i]),
            p(&trace.failing[i])
        );
    }
}
