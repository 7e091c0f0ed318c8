//! Any text ends in a scenario or in diagnostics, soon, whatever it is.

use std::time::Duration;

use bridge_engine::scenario::{Diagnostic, open};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const SMALL: &str = include_str!("scenarios/small.yaml");
const LARGE: &str = include_str!("scenarios/large.yaml");

/// Opens a text and checks what must hold of every answer.
fn sound(text: &str) -> Vec<Diagnostic> {
    match open(text) {
        Ok(scenario) => {
            let world = &scenario.world;
            assert!(world.pools.iter().all(|pool| !pool.panels.is_empty() && pool.servers > 0));
            assert!(world.services.iter().all(|service| !service.pools.is_empty()));
            assert!(scenario.warnings.len() <= 501);
            scenario.warnings
        }
        Err(errors) => {
            assert!(!errors.is_empty(), "refused without a reason");
            assert!(errors.len() <= 501);
            for error in &errors {
                assert!(error.line > 0 && error.column > 0);
                assert!(!error.message.en.is_empty() && !error.message.ko.is_empty(), "{error:?}");
            }
            errors
        }
    }
}

/// One careless change to a text.
fn mutate(text: &str, at: usize, kind: u8, filler: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let at = at % chars.len();
    let end = (at + filler.chars().count() + 1).min(chars.len());
    match kind % 4 {
        0 => drop(chars.drain(at..end)),
        1 => drop(chars.splice(at..at, filler.chars())),
        2 => drop(chars.splice(at..end, filler.chars())),
        _ => {
            let copy: Vec<char> = chars[at..end].to_vec();
            drop(chars.splice(at..at, copy));
        }
    }
    chars.into_iter().collect()
}

fn filler() -> impl Strategy<Value = String> {
    prop_oneof![
        "[\\x00-\\x7f]{0,8}",
        "\\PC{0,6}",
        Just("\n".to_owned()),
        Just(": {".to_owned()),
        Just("}, {".to_owned()),
        Just("[[".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("99999999999999999999".to_owned()),
        Just("-1e308".to_owned()),
        Just("0s".to_owned()),
        Just("null".to_owned()),
        Just("main".to_owned()),
        Just("&a *a".to_owned()),
        Just("!!str ".to_owned()),
        Just("|\n".to_owned()),
        Just("? ".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 600,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(0x6272_6964_6765),
        ..ProptestConfig::default()
    })]

    #[test]
    fn careless_changes(large: bool, changes in prop::collection::vec((any::<usize>(), any::<u8>(), filler()), 1..6)) {
        let mut text = if large { LARGE } else { SMALL }.to_owned();
        for (at, kind, filler) in changes {
            if !text.is_empty() {
                text = mutate(&text, at, kind, &filler);
            }
        }
        sound(&text);
    }

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        sound(&text);
    }

    #[test]
    fn any_punctuation(text in "[\\[\\]{},:\\-?&*!|>'\"%@`#\\n\\t ab~]{0,200}") {
        sound(&text);
    }
}

/// Huge texts, each the worst of its kind.
#[test]
#[allow(clippy::disallowed_methods, reason = "this test is about time")]
fn huge_texts_end_soon() {
    let n = 1_000_000;
    let names: String = (0..100_000).map(|i| format!("k{i}: {i}\n")).collect();
    let sites: String = (0..5000).map(|i| format!("  s{i}: {{}}\n")).collect();
    let services: String =
        (0..20_000).map(|i| format!("  s{i}: {{place: [[main, 1]], needs: [s{}, x{i}]}}\n", i + 1)).collect();
    let spread: String = (0..60_000).map(|i| format!("[a{i}, b, {{mean: 1m}}],")).collect();
    let texts = [
        ("a list of numbers", format!("[{}]", "1,".repeat(n))),
        ("open brackets", "[".repeat(n)),
        ("open braces", "{".repeat(n)),
        ("braces with keys", "{a: ".repeat(n)),
        ("nested block lists", "- ".repeat(n)),
        ("nested block maps", (0..3000).map(|i| format!("{}a:\n", " ".repeat(i))).collect()),
        ("a long key", format!("{}: 1", "a".repeat(n))),
        ("a long word", "a".repeat(4 * n)),
        ("a long quoted word", format!("\"{}\"", "a".repeat(4 * n))),
        ("an unclosed quote", format!("\"{}", "a ".repeat(n))),
        ("blank lines", "\n".repeat(4 * n)),
        ("comments", "# x\n".repeat(n)),
        ("question marks", "? ".repeat(n)),
        ("colons", ": ".repeat(n)),
        ("anchors", "- &a 1\n".repeat(n)),
        ("documents", "---\n".repeat(n)),
        ("directives", "%TAG ! tag:x\n".repeat(100_000)),
        ("unknown keys", names),
        ("many sites", format!("sites:\n{sites}")),
        ("many services", SMALL.replace("services:\n", &format!("services:\n{services}"))),
        (
            "many paths of fire",
            format!("sites: {{a: {{rooms: {{b: {{kind: hall}}}}, fire: {{spread: [{spread}]}}}}}}"),
        ),
        ("ups and panels", {
            let many = |kind: &str| (0..100_000).map(|i| format!("{kind}{i}: ,")).collect::<String>();
            format!("sites: {{a: {{power: {{ups: {{{}}}, panels: {{{}}}}}}}}}", many("u"), many("p"))
        }),
        ("places on many panels", {
            let panels: String = (0..90_000).map(|i| format!("p{i}: ,")).collect();
            let places = "[a, 1], [a/p77777, 1], ".repeat(60_000);
            format!(
                "sites: {{a: {{power: {{utility: {{u: }}, panels: {{{panels}}}}}}}}}\nservices: {{s: {{place: [{places}]}}}}"
            )
        }),
        ("many cords", SMALL.replace("[main, 10]", &format!("[main/{}, 10]", "pa+".repeat(n)))),
        ("many monitors", {
            let guards: String =
                (0..9000).map(|i| format!("  m{i}: {{role: monitor, place: [[main, 1]]}}\n")).collect();
            SMALL.replace("services:\n", &format!("services:\n{guards}"))
        }),
        ("many boot cycles", {
            let of = |i: usize| format!("  b{i}: {{boots: [b{}], place: [[main, 1]]}}\n", i ^ 1);
            SMALL.replace("services:\n", &format!("services:\n{}", (0..9000).map(of).collect::<String>()))
        }),
        ("too many bytes", " ".repeat(9 << 20)),
    ];
    let mut slow = Vec::new();
    for (what, text) in &texts {
        let start = std::time::Instant::now();
        sound(text);
        let took = start.elapsed();
        println!("{what}: {took:?}");
        if took > Duration::from_secs(5) {
            slow.push(format!("{what}: {took:?}"));
        }
    }
    assert!(slow.is_empty(), "{slow:?}");
}
