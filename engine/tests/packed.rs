//! What opening a document came to, as bytes and back.

use bridge_engine::kernel::hash::Fnv;
use bridge_engine::run;
use bridge_engine::scenario::draft::Draft;
use bridge_engine::scenario::open;
use bridge_engine::scenario::packed::{Drafted, Opened, pack, unpack};
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

fn read(bytes: &[u8]) -> Option<Opened> {
    unpack(bytes)
}

#[test]
fn values_without_meaning_come_back() {
    for text in ["a: [b, {c: d}, [[]], ]\ne:\n", KAKAO, "a: [", ""] {
        let draft = Draft::read(text);
        assert_eq!(unpack::<Drafted>(&pack(&draft)).unwrap(), draft);
    }
    // However deep the lists, the stack is not.
    let head = pack(&Draft::read("a: b"))[..HEAD].to_vec();
    let deep: Vec<u8> = head.into_iter().chain([0]).chain([2, 1].repeat(100_000)).collect();
    assert!(unpack::<Drafted>(&signed(deep)).is_none());
}

#[test]
fn every_shipped_scenario_comes_back_and_runs_as_before() {
    let texts = shipped().unwrap();
    assert!(texts.len() > 10);
    for text in texts {
        let opened = open(&text);
        let back: Opened = unpack(&pack(&opened)).unwrap();
        assert_eq!(back, opened);
        let (before, after) = (opened.unwrap().world, back.unwrap().world);
        let hash = |world| run(world, &world.script, 1).hash();
        assert_eq!(hash(&after), hash(&before), "{}", before.meta.id);
    }
}

#[test]
fn everything_that_is_wrong_comes_back() {
    let opened = open(
        &KAKAO
            .replace("needs: [messenger, objstore]", "neds: [messenger, nowhere]")
            .replace("tier: 1", "teir: 1"),
    );
    assert!(
        opened.as_ref().is_err_and(|wrong| wrong.len() > 2 && wrong.iter().any(|d| d.suggestion.is_some()))
    );
    assert_eq!(read(&pack(&opened)).unwrap(), opened);
}

#[test]
fn damage_is_told() {
    let whole = pack(&open(KAKAO));
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
        let mut bytes = pack(&open(KAKAO));
        for (at, byte) in changes {
            let at = HEAD + at.index(bytes.len() - HEAD);
            bytes[at] = byte;
        }
        let _ = read(&signed(bytes.clone()));
        bytes.truncate(HEAD + cut.index(bytes.len() - HEAD));
        let _ = read(&signed(bytes));
    }
}
