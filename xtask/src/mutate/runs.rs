//! Test files that run with a rule switched off, several at once, each for a limited time.

use super::table::Rule;
use crate::Result;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// A test file that takes longer than this does not end, though it asks nothing.
const LIMIT: Duration = Duration::from_secs(150);
/// Nor do tests that ask so many times as much without a rule as with it, and so many millions of questions more: the same on a busy
/// machine as on an idle one.
const TIMES: u32 = 5;
const MORE: u32 = 50;
/// What a test may ask more than that by itself, before it is taken for one that does not end and not for a slow one.
const ALONE: u32 = 250;
/// Properties try so many inputs: enough to miss a rule, and the run stays short.
const CASES: &str = "40";

/// A test that costs this much is slow.
const SLOW: u32 = 10;

/// A test file, built.
pub struct Binary {
    pub name: String,
    path: PathBuf,
    /// Its package, where cargo would run it.
    home: PathBuf,
}

/// A test that failed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Red {
    pub file: String,
    pub test: String,
}

/// What a line of cargo's messages says was built, if it was a program.
pub fn built(line: &str) -> Option<Binary> {
    let path = |key: &str| {
        let text = line.split_once(&format!("\"{key}\":\""))?.1.split_once('"')?.0;
        Some(PathBuf::from(text.replace("\\\\", "\\")))
    };
    let (path, home) = (path("executable")?, path("manifest_path")?.parent()?.to_owned());
    let name = path.file_stem()?.to_string_lossy().rsplit_once('-')?.0.to_owned();
    Some(Binary { name, path, home })
}

/// The tests of a file that come to a rule.
struct Tests<'a> {
    rule: usize,
    binary: &'a Binary,
    names: Vec<String>,
    /// What they cost with every rule in force, in millions of questions.
    cost: u32,
}

/// How the tests of a file are run.
enum Way<'a> {
    /// All of them with every rule in force; what they ask goes into a file.
    Asking(&'a Path),
    /// Without a rule, as long as they ask no more than so many millions of questions.
    Without(&'a Rule, u32),
}

/// What became of tests of a file.
#[derive(Default)]
struct Ran {
    red: BTreeSet<Red>,
    /// Those that came to an end, and the one that did not.
    ended: Vec<String>,
    cut: Option<String>,
}

/// The tests that fail without each rule, in the order of their files. None may fail with all of them. A test that never comes to a rule
/// runs without it as it does with it, and is not run again; one that is slow only where no quick one misses the rule.
pub fn all(rules: &[&Rule], binaries: &[Binary], jobs: usize, folder: &Path) -> Result<Vec<Vec<Red>>> {
    let asked = parallel(binaries.len(), jobs, &|i| come_to(&binaries[i], folder))?;
    let tests = |rule: usize, slow: bool| {
        binaries.iter().zip(&asked).filter_map(move |(binary, asked)| {
            let of_rule = asked.of_rule.get(&rules[rule].name)?.iter();
            let names: Vec<String> =
                of_rule.filter(|test| slow == (asked.cost.get(*test) >= Some(&SLOW))).cloned().collect();
            let cost = names.iter().filter_map(|test| asked.cost.get(test)).sum();
            (!names.is_empty()).then_some(Tests { rule, binary, names, cost })
        })
    };
    let quick: Vec<Tests> = (0..rules.len()).flat_map(|rule| tests(rule, false)).collect();
    let found = parallel(quick.len(), jobs, &|i| {
        if i % 200 == 0 {
            eprintln!("{} %", 100 * i / quick.len());
        }
        let Tests { rule, binary, names, cost } = &quick[i];
        without(rules[*rule], binary, names, *cost)
    })?;
    let mut red = vec![Vec::new(); rules.len()];
    for (tests, found) in quick.iter().zip(found) {
        red[tests.rule].extend(found);
    }
    let missed: Vec<usize> = (0..rules.len()).filter(|&rule| red[rule].is_empty()).collect();
    eprintln!("{} rules are left to slow tests", missed.len());
    let found = parallel(missed.len(), jobs, &|i| {
        for tests in tests(missed[i], true) {
            for name in tests.names {
                let found = without(rules[missed[i]], tests.binary, &[name], tests.cost)?;
                if !found.is_empty() {
                    return Ok(found);
                }
            }
        }
        Ok(BTreeSet::new())
    })?;
    for (rule, found) in missed.into_iter().zip(found) {
        red[rule].extend(found);
    }
    Ok(red)
}

/// Which tests of a file come to each rule, and what each costs, in millions of questions.
#[derive(Default)]
struct Asked {
    of_rule: BTreeMap<String, Vec<String>>,
    cost: BTreeMap<String, u32>,
}

fn come_to(binary: &Binary, folder: &Path) -> Result<Asked> {
    let file = folder.with_file_name(format!("{}.asked", binary.name));
    std::fs::write(&file, "")?;
    let Ran { mut red, cut, .. } = run(binary, &[], &Way::Asking(&file))?;
    if let Some(test) = cut.or_else(|| Some(red.pop_first()?.test)) {
        return Err(format!("{test} in {} fails with every rule in force", binary.name).into());
    }
    let mut asked = Asked::default();
    for (rule, test) in std::fs::read_to_string(&file)?.lines().filter_map(|line| line.split_once(' ')) {
        if rule.is_empty() {
            *asked.cost.entry(test.to_owned()).or_default() += 1;
        } else {
            asked.of_rule.entry(rule.to_owned()).or_default().push(test.to_owned());
        }
    }
    Ok(asked)
}

/// Works through numbered jobs, so many at once.
fn parallel<T: Send + 'static>(
    count: usize,
    jobs: usize,
    work: &(dyn Fn(usize) -> Result<T> + Sync),
) -> Result<Vec<T>> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, T)>> = Mutex::new(Vec::new());
    let failed: Mutex<Option<String>> = Mutex::new(None);
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    if i >= count {
                        return;
                    }
                    match work(i) {
                        Ok(value) => done.lock().map(|mut done| done.push((i, value))).unwrap_or_default(),
                        Err(error) => {
                            next.store(count, Ordering::Relaxed);
                            if let Ok(mut failed) = failed.lock() {
                                *failed = Some(error.to_string());
                            }
                        }
                    }
                }
            });
        }
    });
    if let Some(error) = failed.into_inner()? {
        return Err(error.into());
    }
    let mut done = done.into_inner()?;
    done.sort_by_key(|of| of.0);
    Ok(done.into_iter().map(|of| of.1).collect())
}

/// The tests that fail without a rule. One that asks too much is run again by itself, for it may only be slow; if it does not end
/// then, it has failed, and the rest is left.
fn without(rule: &Rule, binary: &Binary, names: &[String], cost: u32) -> Result<BTreeSet<Red>> {
    let (mut red, mut left) = (BTreeSet::new(), names.to_vec());
    while !left.is_empty() {
        let mut ran = run(binary, &left, &Way::Without(rule, TIMES * cost + MORE))?;
        red.append(&mut ran.red);
        let Some(cut) = ran.cut else { break };
        let mut alone =
            run(binary, std::slice::from_ref(&cut), &Way::Without(rule, TIMES * cost + MORE + ALONE))?;
        red.append(&mut alone.red);
        if alone.cut.is_some() {
            red.insert(Red { file: binary.name.clone(), test: cut });
            break;
        }
        left.retain(|name| *name != cut && !ran.ended.contains(name));
    }
    Ok(red)
}

/// Runs tests of a file, all of them if none is named.
fn run(binary: &Binary, tests: &[String], way: &Way) -> Result<Ran> {
    let mut command = Command::new(&binary.path);
    command.current_dir(&binary.home);
    if !tests.is_empty() {
        command.arg("--exact").args(tests);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.env("PROPTEST_CASES", CASES).env("PROPTEST_RNG_SEED", "2022").env("RUST_BACKTRACE", "0");
    // A failure is noted here and nowhere else; what it looks like at its smallest does not matter.
    command.env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "true").env("PROPTEST_MAX_SHRINK_ITERS", "0");
    for name in ["BRIDGE_ASKED", "BRIDGE_OFF", "BRIDGE_MOST"] {
        command.env_remove(name);
    }
    match way {
        // Threads have the names of their tests only where there are several.
        Way::Asking(file) => command.env("BRIDGE_ASKED", file).args(["--test-threads", "2"]),
        Way::Without(rule, most) => {
            let most = u64::from(*most) * 1_000_000;
            command.env("BRIDGE_OFF", &rule.name).env("BRIDGE_MOST", most.to_string());
            command.args(["--test-threads", "1"])
        }
    };
    let mut child = command.spawn().map_err(|error| format!("{}: {error}", binary.path.display()))?;
    let reader = child.stdout.take().map(|mut stdout| {
        std::thread::spawn(move || {
            let mut text = String::new();
            let _ = stdout.read_to_string(&mut text);
            text
        })
    });
    let ended = wait(&mut child)?;
    let text = reader.and_then(|reader| reader.join().ok()).unwrap_or_default();
    let mut ran = Ran::default();
    for (test, ok) in results(&text) {
        if !ok {
            ran.red.insert(Red { file: binary.name.clone(), test: test.to_owned() });
        }
        ran.ended.push(test.to_owned());
    }
    if !ended && ran.red.is_empty() || cut_short(&text).is_some() {
        ran.cut = Some(cut_short(&text).unwrap_or(&binary.name).to_owned());
    }
    Ok(ran)
}

/// Waits for a test file; false if it failed or had to be stopped.
fn wait(child: &mut Child) -> Result<bool> {
    const STEP: Duration = Duration::from_millis(5);
    let mut left = LIMIT;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        let Some(less) = left.checked_sub(STEP) else {
            child.kill()?;
            child.wait()?;
            return Ok(false);
        };
        left = less;
        std::thread::sleep(STEP);
    }
}

/// The tests that ended, and whether well.
fn results(text: &str) -> impl Iterator<Item = (&str, bool)> {
    text.lines().filter_map(|line| {
        let (test, result) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
        match result {
            "ok" => Some((test, true)),
            "FAILED" => Some((test, false)),
            _ => None,
        }
    })
}

/// The test that was running when its file ended.
fn cut_short(text: &str) -> Option<&str> {
    text.lines().rev().find_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_read_by_name() {
        let text = "\nrunning 3 tests\ntest a::b ... ok\ntest c ... FAILED\ntest d ... ";
        assert_eq!(results(text).collect::<Vec<_>>(), [("a::b", true), ("c", false)]);
        assert_eq!(cut_short(text), Some("d"));
    }

    #[test]
    fn programs_are_found_among_what_was_built() {
        let line = r#"{"reason":"compiler-artifact","manifest_path":"/e/Cargo.toml","executable":"/t/debug/deps/power_forms-0f1e","fresh":true}"#;
        let found = built(line).unwrap();
        assert_eq!(
            (found.name.as_str(), found.path.to_str()),
            ("power_forms", Some("/t/debug/deps/power_forms-0f1e"))
        );
        assert!(built(r#"{"executable":null}"#).is_none());
    }
}
