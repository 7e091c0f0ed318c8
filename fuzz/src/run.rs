//! What is held of every run: companies that open, with any numbers in them and anything done to them.

use bridge_engine::report::report;
use bridge_engine::scenario::open;
use bridge_engine::trace::{End, Subject, Trace};
use bridge_engine::why::why;
use bridge_engine::world::ServiceId;
use bridge_engine::{Time, World, run};

/// Companies to start from.
const COMPANIES: &[&str] = &[
    include_str!("../../engine/tests/scenarios/small.yaml"),
    include_str!("../../engine/tests/scenarios/large.yaml"),
    include_str!("../../assets/scenarios/kakao-2022.yaml"),
    include_str!("../../assets/scenarios/kakaotalk-2012.yaml"),
    include_str!("../../assets/scenarios/naver-2022.yaml"),
];

/// What a number of the document is replaced by.
const VALUES: &[&str] = &[
    "0",
    "1",
    "2",
    "3",
    "5",
    "7",
    "0s",
    "1ms",
    "1s",
    "90s",
    "20m",
    "3h",
    "9d",
    "366d",
    "0%",
    "1%",
    "50%",
    "99.9%",
    "100%",
    "0.5",
    "1e9",
    "1e-9",
    "1W",
    "5kW",
    "40 MW",
    "never",
    "1/10m",
    "3/s",
    "1B",
    "3PB",
    "1B/s",
    "4GB/s",
    "1m/server",
];

/// Most servers' places in a company: a run of a larger one is no different, only slower.
const MAX_POOLS: usize = 500;

/// Bytes as choices.
struct Choices<'a>(std::slice::Iter<'a, u8>);

impl Choices<'_> {
    fn byte(&mut self) -> Option<usize> {
        self.0.next().map(|&byte| usize::from(byte))
    }

    fn pick<'t, T>(&mut self, things: &'t [T]) -> Option<&'t T> {
        let (high, low) = (self.byte()?, self.byte()?);
        things.get((high << 8 | low) % things.len().max(1))
    }
}

/// Runs what the bytes choose: a company, new numbers in it, incidents.
///
/// # Panics
/// When something does not hold, which is what the search looks for.
pub fn any_run(data: &[u8]) {
    let mut choices = Choices(data.iter());
    let Some(&text) = choices.pick(COMPANIES) else { return };
    let edits = choices.byte().unwrap_or(0) % 8;
    let text = (0..edits).fold(text.to_owned(), |text, _| renumbered(text, &mut choices));
    let Ok(scenario) = open(&text) else { return };
    let world = scenario.world;
    if world.pools.len() > MAX_POOLS {
        return;
    }
    let Some(world) = afflicted(&text, &world, &mut choices) else { return };
    let seed = choices.byte().unwrap_or(1) as u64;
    let trace = run(&world, &world.script, seed);
    sound(&world, &trace);
    if trace.end == End::Horizon {
        assert_eq!(trace.hash(), run(&world, &world.script, seed).hash(), "the same run twice");
    }
}

/// The text with one of its numbers replaced.
fn renumbered(text: String, choices: &mut Choices<'_>) -> String {
    let bytes = text.as_bytes();
    let starts: Vec<usize> = (1..bytes.len())
        .filter(|&i| bytes[i].is_ascii_digit() && matches!(bytes[i - 1], b' ' | b'[' | b','))
        .collect();
    let (Some(&start), Some(value)) = (choices.pick(&starts), choices.pick(VALUES)) else { return text };
    let length =
        bytes[start..].iter().position(|b| matches!(b, b',' | b'}' | b']' | b'\n' | b' ')).unwrap_or(0);
    format!("{}{value}{}", &text[..start], &text[start + length..])
}

/// The company with a script of the bytes' choosing instead of its own. None if the script is none.
fn afflicted(text: &str, world: &World, choices: &mut Choices<'_>) -> Option<World> {
    let own = text.lines().position(|line| line.starts_with("script:"))?;
    let mut lines: Vec<String> = text.lines().take(own).map(str::to_owned).collect();
    lines.push("script:".to_owned());
    for _ in 0..choices.byte()? % 6 {
        let minute = choices.byte()? * choices.byte()? / 8;
        lines.push(format!("  - {{at: {minute}m, {}}}", incident(world, choices)?));
    }
    open(&lines.join("\n")).ok().map(|scenario| scenario.world)
}

fn incident(world: &World, choices: &mut Choices<'_>) -> Option<String> {
    let site = |id: bridge_engine::world::SiteId| &world[id].key;
    let kind = choices.byte()? % 8;
    Some(match kind {
        0 => {
            let room = choices.pick(&world.rooms)?;
            format!("ignite: {}/{}", site(room.site), room.key)
        }
        1 | 2 => {
            let element = choices.pick(&world.elements)?;
            let what = ["trip", "fail"][kind - 1];
            format!("{what}: {}/{}", site(element.site), element.key)
        }
        3 => {
            let pool = choices.pick(&world.pools)?;
            format!("crash: {}@{}", world[pool.service].key, site(pool.site))
        }
        4 => format!("cut: {}", choices.pick(&world.sites)?.key),
        5 => format!("shock: {}", choices.pick(&world.regions)?.key),
        6 => format!("gorilla: {}", choices.pick(&world.sites)?.key),
        _ => format!("monkey: {}", choices.pick(&world.services)?.key),
    })
}

fn sound(world: &World, trace: &Trace) {
    let mut before = Time::ZERO;
    for (i, event) in trace.events.iter().enumerate() {
        assert!(event.at >= before, "time goes backwards");
        before = event.at;
        assert!(event.causes.iter().all(|c| (c.0 as usize) < i), "an effect before its cause");
    }
    for series in trace.shares.iter().chain(&trace.own) {
        assert!(series.points().iter().all(|p| (0.0..=1.0).contains(&p.1)), "a share that is none");
    }
    for (pool, series) in world.pools.iter().zip(&trace.servers_up) {
        assert!(
            series.points().iter().all(|p| (0.0..=f64::from(pool.servers)).contains(&p.1)),
            "more servers than built"
        );
    }
    let report = report(world, trace);
    assert!(report.total.user_minutes_lost >= 0.0 && report.total.user_minutes_lost.is_finite());
    for i in 0..world.services.len() {
        for t in [Time(trace.horizon.0 / 5), trace.horizon] {
            let why = why(world, trace, Subject::Service(ServiceId::at(i)), t);
            assert!(why.chain.windows(2).all(|w| w[0] < w[1]), "a chain that goes backwards");
        }
    }
}
