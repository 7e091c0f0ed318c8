//! `bridge` as people and programs meet it.
#![allow(clippy::unwrap_used, reason = "a test that cannot start its program has failed")]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const KAKAO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/scenarios/kakao-2022.yaml");
const REFERENCE: &str = include_str!("../../docs/scenario.md");
const KOREAN: &str = include_str!("../../docs/scenario.ko.md");
const MARK: &str =
    "<!-- From here on written by `bridge schema --markdown`; a test checks that it is current. -->\n\n";
const KOREAN_MARK: &str = "<!-- 여기부터는 `bridge schema --markdown --lang ko`가 쓴 내용이고, 최신인지 테스트가 확인합니다. -->\n\n";

fn bridge(args: &[&str]) -> Output {
    bridge_with(args, "")
}

/// Runs it with a text on standard input, in a terminal that says nothing of its language.
fn bridge_with(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bridge"))
        .args(args)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env_remove("LANG")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read has closed it already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_str(out(output)).unwrap()
}

/// The document at the head of the reference.
fn example() -> &'static str {
    example_of(REFERENCE)
}

fn example_of(page: &str) -> &str {
    page.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap()
}

fn is_korean(text: &str) -> bool {
    text.chars().any(|c| ('가'..='힣').contains(&c))
}

#[test]
fn a_run_in_json_has_every_promised_key() {
    let run = bridge(&["run", KAKAO, "--format", "json"]);
    assert_eq!(run.status.code(), Some(0), "{}", err(&run));
    let run = json(&run);
    for key in [
        "scenario",
        "seed",
        "horizon_s",
        "trace_hash",
        "events",
        "services",
        "sites",
        "teams",
        "total",
        "findings",
    ] {
        assert!(!run[key].is_null(), "{key}");
    }
    let times =
        ["first_loss_s", "detected_s", "acknowledged_s", "decided_s", "switched_s", "serving_again_s"];
    for key in times.into_iter().chain(["restored_s", "lost_s", "down_s", "longest_loss_s", "nines"]) {
        assert!(run["services"]["messenger"][key].is_number(), "{key}");
        assert!(run["services"]["mq"].get(key).is_some(), "{key} is null where it did not happen");
    }
    for key in ["availability", "user_minutes_lost"] {
        assert!(run["services"]["messenger"][key].is_number(), "{key}");
    }
    assert_eq!(run["services"]["messenger"]["objective"]["rto_met"], false);
    let seconds = |value: &Value| value.as_f64().unwrap();
    let pieces = run["services"]["messenger"]["waterfall"].as_array().unwrap().iter();
    let sum: f64 = pieces.map(|p| seconds(&p["to_s"]) - seconds(&p["from_s"])).sum();
    assert!((sum - seconds(&run["services"]["messenger"]["lost_s"])).abs() < 1e-3);
    assert!(
        run["jobs"].as_array().unwrap().iter().any(|job| job["task"] == "boot" && job["team"] == "infra")
    );
    assert!(run["sites"]["pangyo"]["power_lost_s"].is_number());
    assert!(run["sites"]["pangyo"]["power_restored_s"].is_number());
    assert!(run["sites"]["gasan"]["power_lost_s"].is_null());
    assert!(run["findings"].as_array().unwrap().iter().all(|finding| finding["code"].is_string()));
}

#[test]
fn the_same_seed_is_the_same_run_and_another_is_not() {
    let run = |seed| bridge(&["run", KAKAO, "--format", "json", "--seed", seed]);
    let first = run("5");
    assert_eq!(out(&first), out(&run("5")));
    assert_ne!(json(&first)["trace_hash"], json(&run("6"))["trace_hash"]);
    assert_eq!(json(&first)["seed"], 5);
}

#[test]
fn a_run_in_words_is_in_the_language_asked_for() {
    let english = bridge(&["run", KAKAO]);
    assert!(
        out(&english).contains("Messenger") && out(&english).contains("Broken bridges"),
        "{}",
        out(&english)
    );
    let korean = bridge(&["run", KAKAO, "--lang", "ko"]);
    assert!(out(&korean).contains("메신저") && out(&korean).contains("끊긴 다리"), "{}", out(&korean));
}

#[test]
fn the_example_of_the_reference_is_without_fault() {
    let check = bridge_with(&["check", "-"], example());
    assert_eq!(check.status.code(), Some(0));
    assert_eq!(out(&check), "A small shop: no errors, warnings: 0 (services: 3, sites: 2)\n");
    assert_eq!(bridge_with(&["run", "-"], example()).status.code(), Some(0));
}

#[test]
fn every_error_is_printed_with_place_and_suggestion() {
    let text = example().replace("needs: [db]", "need: [db]").replace("users: 50k", "users: many");
    let check = bridge_with(&["check", "-"], &text);
    assert_eq!(check.status.code(), Some(1));
    assert_eq!(out(&check), "");
    let lines: Vec<&str> = err(&check).lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with("<stdin>:3:17 error[bad-unit] demand.users: "), "{}", lines[0]);
    assert!(lines[1].starts_with("<stdin>:12:5 error[unknown-key] services.shop.need: "), "{}", lines[1]);
    assert!(lines[1].ends_with("— did you mean ‘needs’?"), "{}", lines[1]);

    for command in ["check", "run"] {
        let found = bridge_with(&[command, "-", "--format", "json"], &text);
        assert_eq!(found.status.code(), Some(1));
        let error = &json(&found)["errors"][1];
        assert_eq!(error["code"], "unknown-key");
        assert_eq!((&error["line"], &error["column"]), (&12.into(), &5.into()));
        assert_eq!(error["path"], "services.shop.need");
        assert_eq!(error["suggestion"], "did you mean ‘needs’?");
    }
}

#[test]
fn wrong_use_is_told_apart_from_a_wrong_scenario() {
    for args in [&["run"][..], &["run", "/no/such/file"], &["walk", "x"], &[], &["run", "-", "--seed", "x"]] {
        let output = bridge(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(!err(&output).is_empty() && out(&output).is_empty(), "{args:?}");
    }
    assert_eq!(bridge_with(&["check", "-"], "").status.code(), Some(1));
}

#[test]
fn the_reference_is_current() {
    let pages = [
        (REFERENCE, MARK, &["schema", "--markdown", "--lang", "en"], "scenario.md"),
        (KOREAN, KOREAN_MARK, &["schema", "--markdown", "--lang", "ko"], "scenario.ko.md"),
    ];
    for (page, mark, args, file) in pages {
        let (_, committed) = page.split_once(mark).unwrap();
        let printed = bridge(args);
        assert!(
            out(&printed) == committed,
            "write `bridge {}` below the mark in docs/{file}",
            args.join(" ")
        );
    }
}

#[test]
fn the_korean_reference_has_the_same_example_and_is_korean_throughout() {
    let bare = |page| -> Vec<String> {
        let lines = example_of(page).lines();
        lines.map(|line| line.split(" # ").next().unwrap().trim_end().to_owned()).collect()
    };
    assert_eq!(bare(KOREAN), bare(REFERENCE));
    let parts = |page: &str| -> Vec<usize> {
        page.split("\n## ").map(|part| part.lines().filter(|line| line.starts_with('|')).count()).collect()
    };
    assert_eq!(parts(KOREAN), parts(REFERENCE));
    let mut rows = KOREAN.lines().filter(|line| line.starts_with("| "));
    assert_eq!(rows.find(|row| !is_korean(row.rsplit('|').nth(1).unwrap_or(row)) && !is_quantity(row)), None);
}

/// A row of the last table, whose last column is a number.
fn is_quantity(row: &str) -> bool {
    row.split('|').count() == 7 && is_korean(row)
}

#[test]
fn the_schema_in_korean_describes_everything_in_korean() {
    let (english, korean) = (json(&bridge(&["schema"])), json(&bridge(&["schema", "--lang", "ko"])));
    let mut left = vec![(&english, &korean)];
    let mut descriptions = 0;
    while let Some((english, korean)) = left.pop() {
        if let (Value::Object(one), Value::Object(other)) = (english, korean) {
            assert!(one.keys().eq(other.keys()));
            for (key, value) in one {
                match (value.as_str(), other[key].as_str()) {
                    (Some(_), Some(text)) if key == "description" => {
                        descriptions += 1;
                        assert!(text.lines().all(is_korean), "{text}");
                    }
                    _ => left.push((value, &other[key])),
                }
            }
        } else if let (Value::Array(one), Value::Array(other)) = (english, korean) {
            assert_eq!(one.len(), other.len());
            left.extend(one.iter().zip(other));
        } else {
            assert!(english == korean || is_korean(&korean.to_string()), "{korean}");
        }
    }
    assert!(descriptions > 400, "{descriptions}");
}

#[test]
fn the_schema_is_whole() {
    let schema = json(&bridge(&["schema"]));
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let mut left = vec![&schema];
    let mut references = 0;
    while let Some(value) = left.pop() {
        match value {
            Value::Object(map) => {
                if let Some(name) = map.get("$ref").and_then(Value::as_str) {
                    references += 1;
                    assert!(schema.pointer(name.trim_start_matches('#')).is_some(), "{name}");
                }
                left.extend(map.values());
            }
            Value::Array(items) => left.extend(items),
            _ => {}
        }
    }
    assert!(references > 50, "{references}");
}

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/validation.toml");
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/validation.md");

/// Fingerprints of the scenarios exactly; figures as far as a few seeds can tell.
#[test]
fn the_validation_is_current() {
    let found = bridge(&["validate", TABLE, "--seeds", "40", "--against", PAGE]);
    assert!(found.status.success(), "run `cargo xtask validate`:\n{}", err(&found));
}

#[test]
fn a_stale_validation_is_seen() {
    let folder = std::env::temp_dir().join(format!("bridge-validate-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("scenarios")).unwrap();
    let (table, page) = (folder.join("validation.toml"), folder.join("page.md"));
    let scenario = "schema: bridge/1\nmeta: {id: x, horizon: 1d}\ndemand: {users: 1}\nsites: {a: {}}\n\
                    services: {s: {users: 1, place: [[a, 10]]}}\nscript: [{crash: s@a}]\n";
    let check = |window: &str| {
        format!(
            "[[incident]]\nscenario = \"x\"\ncheck = [{{ what = \"s\", measure = \"whole s\", published = \"1:00\", \
             source = \"M\", window = {window} }}]\n"
        )
    };
    let validate = |option: &str| {
        let paths = [table.to_str().unwrap(), page.to_str().unwrap()];
        bridge(&["validate", paths[0], "--seeds", "20", option, paths[1]])
    };
    std::fs::write(folder.join("scenarios/x.yaml"), scenario).unwrap();
    std::fs::write(&table, check("[\"0m\", \"3h\"]")).unwrap();
    std::fs::write(&page, "by hand\n").unwrap();
    assert_eq!(validate("--into").status.code(), Some(2), "a page without marks is left alone");
    let marks: Vec<&str> =
        include_str!("../../docs/validation.md").lines().filter(|l| l.starts_with("<!--")).collect();
    std::fs::write(&page, format!("by hand\n\n{}\n\nby hand too\n", marks.join("\n"))).unwrap();
    assert!(validate("--into").status.success());
    let written = std::fs::read_to_string(&page).unwrap();
    assert!(
        written.starts_with("by hand\n") && written.ends_with("by hand too\n") && written.contains("inside")
    );
    assert!(validate("--against").status.success(), "{}", err(&validate("--against")));

    let told = |what: &str| {
        let found = validate("--against");
        assert!(found.status.code() == Some(2) && err(&found).contains(what), "{}", err(&found));
    };
    std::fs::write(&table, check("[\"2h\", \"3h\"]")).unwrap();
    told("“s” has changed");
    std::fs::write(&table, check("[\"0m\", \"3h\"]")).unwrap();
    std::fs::write(folder.join("scenarios/x.yaml"), scenario.replace("10]", "200]")).unwrap();
    told("the scenario has changed");
    told("“s” was");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_would_have_helped_is_said_to_people_and_to_programs() {
    let plain = json(&bridge(&["run", KAKAO, "--format", "json"]));
    assert!(plain.get("mends").is_none(), "only where it is asked for");
    let run = bridge(&["run", KAKAO, "--mends", "--format", "json"]);
    assert_eq!(run.status.code(), Some(0), "{}", err(&run));
    let run = json(&run);
    let mends = &run["mends"];
    let each = mends["each"].as_array().unwrap();
    let money = |one: &Value| one["saved"]["money"].as_f64().unwrap();
    assert!(each.windows(2).all(|w| money(&w[0]) >= money(&w[1])), "most first");
    let guards = each.iter().find(|one| one["code"] == "guard-shares-fate").unwrap();
    let kinds: Vec<&str> =
        guards["mends"].as_array().unwrap().iter().map(|m| m["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["place", "place", "place"]);
    assert!(guards["saved"]["services"]["messenger"]["down_s"].as_f64().unwrap() > 4.0 * 3600.0);
    assert!(money(&mends["together"]) > money(&each[0]));
    assert_eq!(mends["untried"], 0);

    let english = bridge(&["run", KAKAO, "--mends"]);
    assert!(out(&english).contains("What would have helped") && out(&english).contains("all of these"));
    let korean = bridge(&["run", KAKAO, "--mends", "--lang", "ko"]);
    assert!(out(&korean).contains("무엇이 도움이 되었을까") && out(&korean).contains("모두 함께"));
    // Nothing to mend is no error.
    let quiet = example().split("script:").next().unwrap();
    let quiet = bridge_with(&["run", "-", "--mends"], quiet);
    assert_eq!(quiet.status.code(), Some(0));
    assert!(out(&quiet).contains("Nothing to mend"), "{}", out(&quiet));
}

#[test]
fn why_is_answered_for_anything_with_a_name() {
    let ask = |subject: &str, at: &str| bridge(&["why", KAKAO, subject, "--at", at, "--format", "json"]);
    let answer = json(&ask("messenger", "3h"));
    assert_eq!((&answer["subject"], &answer["at_s"]), (&"service:messenger".into(), &10_800.0.into()));
    let chain = answer["chain"].as_array().unwrap();
    assert_eq!(chain[0]["subject"], "room:pangyo/bat");
    assert!(chain.windows(2).all(|w| w[0]["at_s"].as_f64() <= w[1]["at_s"].as_f64()));
    let kinds: Vec<&str> =
        answer["blockers"].as_array().unwrap().iter().map(|b| b["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["promotion", "promotion", "promotion", "routes"]);
    assert_eq!(answer["blockers"][0]["subject"], "service:kv");
    // A clock as reports print it is as good as a length of time.
    assert_eq!(out(&ask("messenger", "3:00")), out(&ask("messenger", "180m")));
    for subject in
        ["pangyo", "site:pangyo", "pangyo/bat", "pangyo/ua", "photo@pangyo", "infra", "organisation"]
    {
        let answer = ask(subject, "12h");
        assert_eq!(answer.status.code(), Some(0), "{subject}: {}", err(&answer));
    }
    let english = bridge(&["why", KAKAO, "messenger", "--at", "3h"]);
    assert!(
        out(&english).contains("What has to come back first") && out(&english).contains("Key store promoted")
    );
    let korean = bridge(&["why", KAKAO, "messenger", "--at", "3h", "--lang", "ko"]);
    assert!(out(&korean).contains("먼저 갖춰져야 할 것") && out(&korean).contains("키 저장소"));
    for wrong in [
        &["nobody", "--at", "3h"][..],
        &["messenger", "--at", "soon"],
        &["messenger", "--at", "900h"],
        &["messenger"],
    ] {
        let answer = bridge(&[&["why", KAKAO], wrong].concat());
        assert_eq!(answer.status.code(), Some(2), "{wrong:?}");
        assert!(!err(&answer).is_empty() && out(&answer).is_empty());
    }
    let broken = bridge_with(&["why", "-", "shop", "--at", "1h"], &example().replace("needs:", "need:"));
    assert_eq!(broken.status.code(), Some(1));
}
