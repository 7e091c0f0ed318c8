//! `bridge sweep` and `bridge merge` as people and programs meet them.
#![allow(clippy::unwrap_used, reason = "a test that cannot start its program has failed")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const KAKAO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/scenarios/kakao-2022.yaml");
const FORMS: [&[&str]; 6] = [
    &[],
    &["--lang", "ko"],
    &["--format", "json"],
    &["--format", "csv"],
    &["--each"],
    &["--each", "--format", "json"],
];

/// Runs it in a folder, in a terminal that says nothing of its language.
fn bridge_in(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bridge"));
    command.args(args).current_dir(folder);
    command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env_remove("LANG").output().unwrap()
}

fn bridge(args: &[&str]) -> Output {
    bridge_in(Path::new("."), args)
}

/// Standard output of a command that must succeed.
fn done(output: Output) -> String {
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{error}");
    assert_eq!(error, "", "nothing is drawn where no terminal is");
    String::from_utf8(output.stdout).unwrap()
}

/// A folder of a test's own, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn sweep(args: &[&str]) -> String {
    done(bridge(&[&["sweep", KAKAO][..], args].concat()))
}

/// Writes the parts of seeds 4..13 and returns their names.
fn parts(folder: &Path, of: usize) -> Vec<String> {
    (1..=of)
        .map(|index| {
            let shard = format!("{index}/{of}");
            done(bridge_in(folder, &["sweep", KAKAO, "--seeds", "4..13", "--shard", &shard]));
            format!("kakao-2022.{index}of{of}.part")
        })
        .collect()
}

fn merge(folder: &Path, parts: &[&str], args: &[&str]) -> Output {
    bridge_in(folder, &[&["merge"][..], parts, args].concat())
}

#[test]
fn any_number_of_threads_prints_the_same_bytes() {
    for form in FORMS {
        let with = |threads| sweep(&[&["--seeds", "1..20", "--threads", threads][..], form].concat());
        let one = with("1");
        assert!(one.len() > 1000 && one == with("2") && one == with("7"), "{form:?}");
    }
}

#[test]
fn parts_merge_to_the_bytes_of_the_whole_in_any_order() {
    let folder = folder("merged");
    let three = parts(&folder, 3);
    let [a, b, c] = [&three[0], &three[1], &three[2]].map(String::as_str);
    for form in FORMS {
        let whole = sweep(&[&["--seeds", "4..13"][..], form].concat());
        for order in [[a, b, c], [c, a, b], [b, c, a]] {
            assert!(done(merge(&folder, &order, form)) == whole, "{form:?} {order:?}");
        }
    }
    // Parts of different splits fit together too if they lie end to end: 4..8 is 1/2 and also 1/4 with 2/4.
    let (halves, quarters) = (parts(&folder, 2), parts(&folder, 4));
    let mixed = [quarters[1].as_str(), &halves[1], &quarters[0]];
    assert!(done(merge(&folder, &mixed, &[])) == sweep(&["--seeds", "4..13"]));
    // More parts than seeds: some are empty.
    let many = parts(&folder, 12);
    let many: Vec<&str> = many.iter().rev().map(String::as_str).collect();
    assert!(done(merge(&folder, &many, &[])) == sweep(&["--seeds", "4..13"]));
}

#[test]
fn a_seed_has_the_figures_of_its_own_run() {
    let swept: Value =
        serde_json::from_str(&sweep(&["--seeds", "6..8", "--each", "--format", "json"])).unwrap();
    let each = swept["each"].as_array().unwrap();
    assert_eq!(each.iter().map(|run| run["seed"].as_u64().unwrap()).collect::<Vec<_>>(), [6, 7, 8]);
    for run in each {
        let seed = run["seed"].to_string();
        let alone = done(bridge(&["run", KAKAO, "--format", "json", "--seed", &seed]));
        let alone: Value = serde_json::from_str(&alone).unwrap();
        assert_eq!((&run["trace_hash"], &run["events"]), (&alone["trace_hash"], &alone["events"]));
        for part in ["services", "sites"] {
            for (key, figures) in run[part].as_object().unwrap() {
                let figures = figures.get("figures").unwrap_or(figures).as_object().unwrap();
                for (figure, value) in figures {
                    let value = if value == "never" { &Value::Null } else { value };
                    assert_eq!(value, &alone[part][key][figure], "{part} {key} {figure}");
                }
            }
        }
        for figure in
            ["first_loss_s", "restored_s", "services_hit", "peak_affected", "user_minutes_lost", "money_lost"]
        {
            let number = |value: &Value| value.as_f64();
            assert_eq!(number(&run["total"]["figures"][figure]), number(&alone["total"][figure]), "{figure}");
        }
    }
}

#[test]
fn quantiles_are_those_of_the_seeds() {
    let swept: Value =
        serde_json::from_str(&sweep(&["--seeds", "1..40", "--each", "--format", "json"])).unwrap();
    let figure = "serving_again_s";
    let each = swept["each"].as_array().unwrap();
    let mut values: Vec<f64> =
        each.iter().filter_map(|run| run["services"]["messenger"]["figures"][figure].as_f64()).collect();
    values.sort_by(f64::total_cmp);
    let (due, found) = (values.len(), &swept["services"]["messenger"]["figures"][figure]);
    let rank = |percent: usize| values[(due * percent).div_ceil(100).max(1) - 1];
    assert_eq!(found["due"], due);
    for (name, percent) in [("min", 0), ("p5", 5), ("p50", 50), ("p95", 95), ("max", 100)] {
        assert_eq!(found[name], rank(percent), "{name}");
    }
    let lost = each.iter().filter(|run| run["services"]["messenger"]["lost"] == true).count();
    assert_eq!(swept["services"]["messenger"]["lost"]["seeds"], lost);
    assert_eq!(swept["services"]["messenger"]["lost"]["of"], 40);
    // Text and CSV say the same.
    let csv = sweep(&["--seeds", "1..40", "--format", "csv"]);
    let line = csv.lines().find(|line| line.starts_with("service,messenger,serving_again_s,")).unwrap();
    assert!(line.ends_with(&format!(",{}", rank(100))), "{line}");
    let columns = csv.lines().next().unwrap().split(',').count();
    assert!(csv.lines().all(|line| line.split(',').count() == columns));
}

#[test]
fn every_run_of_a_csv_has_every_column() {
    let csv = sweep(&["--seeds", "1..3", "--each"]);
    let columns = csv.lines().next().unwrap().split(',').count();
    assert!(csv.lines().all(|line| line.split(',').count() == columns));
    // 22 services, 3 sites and the whole, three times, and the head.
    assert_eq!(csv.lines().count(), 3 * 26 + 1);
}

#[test]
fn wrong_use_says_so() {
    let wrong: [&[&str]; 14] = [
        &["sweep", KAKAO],
        &["sweep", KAKAO, "--seeds", "3..1"],
        &["sweep", KAKAO, "--seeds", "1..=3"],
        &["sweep", KAKAO, "--seeds", "x"],
        &["sweep", KAKAO, "--seeds", "0..18446744073709551615"],
        &["sweep", KAKAO, "--seeds", "1..900000000"],
        &["sweep", KAKAO, "--seeds", "1..3", "--threads", "0"],
        &["sweep", KAKAO, "--seeds", "1..3", "--shard", "0/3"],
        &["sweep", KAKAO, "--seeds", "1..3", "--shard", "4/3"],
        &["sweep", KAKAO, "--seeds", "1..3", "--shard", "1/3", "--each"],
        &["sweep", KAKAO, "--seeds", "1..3", "--out", "x"],
        &["sweep", KAKAO, "--seeds", "1..3", "--each", "--format", "text"],
        &["sweep", "/no/such/file", "--seeds", "1..3"],
        &["merge"],
    ];
    for args in wrong {
        let output = bridge(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(!output.stderr.is_empty() && output.stdout.is_empty(), "{args:?}");
    }
    let broken = folder("wrong").join("broken.yaml");
    std::fs::write(&broken, "schema: bridge/1\n").unwrap();
    assert_eq!(bridge(&["sweep", broken.to_str().unwrap(), "--seeds", "1..3"]).status.code(), Some(1));
}

/// Merges, and expects to be refused with a sentence that has all these words.
fn refused(folder: &Path, parts: &[&str], code: i32, words: &[&str]) {
    for lang in ["en", "ko"] {
        let output = merge(folder, parts, &["--lang", lang]);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{parts:?} {error}");
        assert!(output.stdout.is_empty());
        let english = lang == "en";
        assert!(
            words.iter().all(|word| !english && word.contains(' ') || error.contains(word)),
            "{words:?} not in: {error}"
        );
    }
}

#[test]
fn parts_that_are_no_whole_are_refused() {
    let folder = folder("refused");
    let names = parts(&folder, 3);
    let [a, b, c] = [&names[0], &names[1], &names[2]].map(String::as_str);
    refused(&folder, &[a, c], 1, &[a, "7..9", "no part has seeds"]);
    refused(&folder, &[b, c], 1, &["4..6", "add the part"]);
    refused(&folder, &[a, b], 1, &["10..13", "add the part"]);
    refused(&folder, &[a, b, b, c], 1, &[b, "7..9", "leave one of the two files out"]);
    refused(&folder, &[a, "absent.part"], 2, &["absent.part"]);

    let sweep = |args: &[&str]| done(bridge_in(&folder, &[&["sweep"][..], args].concat()));
    sweep(&[KAKAO, "--seeds", "4..14", "--shard", "2/3", "--out", "seeds.part"]);
    refused(&folder, &[a, "seeds.part", c], 1, &["seeds.part", a, "with the same --seeds"]);

    let text = std::fs::read_to_string(KAKAO).unwrap();
    let scenario = |name: &str, text: String| {
        std::fs::write(folder.join(name), text).unwrap();
        sweep(&[name, "--seeds", "4..13", "--shard", "2/3", "--out", "other.part"]);
    };
    // A comment is not another scenario; one number is.
    scenario("comment.yaml", format!("{text}\n# the end\n"));
    assert_eq!(merge(&folder, &[a, "other.part", c], &[]).status.code(), Some(0));
    scenario("other.yaml", text.replace("infra: {hands: 110", "infra: {hands: 111"));
    refused(&folder, &[a, "other.part", c], 1, &["other.part", a, "another scenario"]);

    // A part by a program with other rules, and one whose file has another version.
    let bytes = std::fs::read(folder.join(b)).unwrap();
    let rules = replaced(&bytes, b"\"rules\":\"", b"\"rules\":\"x");
    std::fs::write(folder.join("rules.part"), sealed(rules)).unwrap();
    refused(&folder, &[a, "rules.part", c], 1, &["rules.part", a, "another version"]);
    std::fs::write(folder.join("next.part"), replaced(&bytes, b"-part/1", b"-part/2")).unwrap();
    refused(&folder, &[a, "next.part", c], 1, &["next.part", "2", "with this one"]);
}

/// The bytes with the first occurrence of some replaced.
fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = bytes.windows(from.len()).position(|window| window == from).unwrap();
    [&bytes[..at], to, &bytes[at + from.len()..]].concat()
}

/// With the check sum that belongs to the rest.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.truncate(bytes.len() - 8);
    let hash = bridge_engine::kernel::hash::Fnv::default().bytes(&bytes).finish();
    bytes.extend(hash.to_le_bytes());
    bytes
}

#[test]
fn hostile_parts_are_refused_in_peace() {
    let folder = folder("hostile");
    let names = parts(&folder, 1);
    let whole = std::fs::read(folder.join(&names[0])).unwrap();
    let line = whole.iter().position(|&byte| byte == b'\n').unwrap() + 1;
    let head = line + whole[line..].iter().position(|&byte| byte == b'\n').unwrap() + 1;
    let check = |bytes: &[u8], what: &str| {
        std::fs::write(folder.join("hostile.part"), bytes).unwrap();
        let output = merge(&folder, &["hostile.part"], &[]);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{what}: {error}");
        assert!(error.starts_with("bridge: hostile.part: "), "{what}: {error}");
    };
    // Cut anywhere, lengthened, a bit turned over anywhere.
    for cut in [0, 1, line - 1, line, line + 9, head - 1, head, head + 1, whole.len() - 9, whole.len() - 1] {
        check(&whole[..cut], &format!("cut at {cut}"));
    }
    check(&[&whole[..], b"x"].concat(), "longer");
    for at in (0..whole.len()).step_by(whole.len() / 40) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        check(&bytes, &format!("bit at {at}"));
    }
    // Well sealed lies.
    let lie = |from: &str, to: &str| check(&sealed(replaced(&whole, from.as_bytes(), to.as_bytes())), to);
    lie("\"count\":10", "\"count\":11");
    lie("\"count\":10", "\"count\":18446744073709551615");
    lie("\"skip\":0", "\"skip\":18446744073709551615");
    lie("\"last\":13", "\"last\":900000003");
    lie("\"last\":13", "\"last\":18446744073709551615");
    lie("\"first\":4", "\"first\":40");
    lie("\"services\":[", &format!("\"services\":[{}", "[".repeat(100_000)));
    lie("\"horizon\":", "\"horizon\":-");
    let column = |at: usize, word: u64| {
        let mut bytes = whole.clone();
        bytes[head + at * 8..][..8].copy_from_slice(&word.to_le_bytes());
        check(&sealed(bytes), &format!("word {at} is {word}"));
    };
    column(2, 2);
    column(3, 8);
    column(4, u64::MAX - 2);
    column(12, f64::INFINITY.to_bits());
    column(12, (-1.0_f64).to_bits());
    check(b"bridge-sweep-part/", "a magic word alone");
    check(&vec![b'7'; 1 << 20], "digits");
}
