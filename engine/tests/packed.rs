//! A scenario and its run, as bytes and back.

use bridge_engine::Trace;
use bridge_engine::kernel::hash::Fnv;
use bridge_engine::report::scores;
use bridge_engine::run;
use bridge_engine::scenario::packed::{Ran, pack, unpack};
use bridge_engine::scenario::{Scenario, open};
use proptest::prelude::*;

const KAKAO: &str = include_str!("../../assets/scenarios/kakao-2022.yaml");
/// Stamp and checksum.
const HEAD: usize = 16;

fn shipped() -> std::io::Result<Vec<String>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/scenarios");
    let files = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let yaml = files
        .iter()
        .map(std::fs::DirEntry::path)
        .filter(|path| path.extension().is_some_and(|e| e == "yaml"));
    yaml.map(std::fs::read_to_string).collect()
}

fn read(bytes: &[u8]) -> Option<Scenario> {
    unpack(bytes)
}

#[test]
fn every_shipped_scenario_comes_back_with_its_run() {
    let texts = shipped().unwrap();
    assert!(texts.len() > 10);
    for text in texts {
        let opened = open(&text).unwrap();
        let back = read(&pack(&opened)).unwrap();
        assert_eq!(back, opened);
        let trace = run(&back.world, &back.world.script, 1);
        let told = scores(&back.world, &trace);
        let ran: Ran = (trace.hash(), (trace, told));
        assert_eq!(unpack::<Ran>(&pack(&ran)).unwrap(), ran, "{}", back.world.meta.id);
        assert_eq!(ran.0, run(&opened.world, &opened.world.script, 1).hash(), "{}", back.world.meta.id);
        // What is seen of it leaves out loads, losses and causes.
        let (seen, whole) = (ran.1.0.seen(), &ran.1.0);
        assert_eq!((&seen.shares, &seen.affected), (&whole.shares, &whole.affected));
        assert_eq!((&seen.servers_up, &seen.hands), (&whole.servers_up, &whole.hands));
        let told = |trace: &Trace| {
            let told = trace.events.iter().filter(|e| e.change.is_told());
            told.map(|e| (e.at, e.subject, e.change)).collect::<Vec<_>>()
        };
        assert_eq!(told(&seen), told(whole));
        assert_eq!(seen.events.len(), told(whole).len());
        for (seen, whole) in seen.pools.iter().zip(&whole.pools) {
            assert!(seen.points().iter().map(|p| (p.0, p.1)).eq(whole.points().iter().map(|p| (p.0, p.1))));
        }
        assert!(seen.events.iter().all(|event| event.causes.is_empty()));
        assert!(seen.amplification.iter().chain(&seen.energised).all(|series| series.points().len() == 1));
    }
}

#[test]
fn damage_is_told() {
    let whole = pack(&open(KAKAO).unwrap());
    assert!(read(&whole).is_some());
    for at in 0..whole.len() {
        assert!(read(&whole[..at]).is_none(), "{at} bytes of it");
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        assert!(read(&bytes).is_none(), "byte {at} is another");
    }
    let longer: Vec<u8> = whole.iter().copied().chain([0]).collect();
    assert!(read(&longer).is_none());
}

/// With a checksum that fits.
fn signed(mut bytes: Vec<u8>) -> Vec<u8> {
    let sum = Fnv::default().bytes(&bytes[HEAD..]).finish().to_le_bytes();
    bytes[HEAD / 2..HEAD].copy_from_slice(&sum);
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    /// Bytes that no build wrote end in something or in nothing, never in a panic or in memory without bounds.
    #[test]
    fn any_bytes_are_read(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20), cut in any::<prop::sample::Index>()) {
        let mut bytes = pack(&open(KAKAO).unwrap());
        for (at, byte) in changes {
            let at = HEAD + at.index(bytes.len() - HEAD);
            bytes[at] = byte;
        }
        let _ = read(&signed(bytes.clone()));
        bytes.truncate(HEAD + cut.index(bytes.len() - HEAD));
        let _ = read(&signed(bytes));
    }
}
