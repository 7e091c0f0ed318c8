//! The size of the site, file by file, and the ledger that remembers it.

use crate::{Result, process, project};
use flate2::{Compression, write::GzEncoder};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

/// Everything fetched on first view, gzipped.
const BUDGET: usize = 300_000;
const LEDGER: &str = "docs/size-ledger.md";
const HEAD: &str = "# Size ledger

What a first visit fetches, in bytes; the gzipped sum has a budget of 300,000. A row is a state of the project, by its
last commit (`+` means: with changes that were not committed). Written by `cargo xtask bench`.

| date | commit | wasm | gzip | JavaScript | gzip | rest | gzip | sum | gzip | of budget |
|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
";

/// One file of the site.
struct File {
    name: String,
    raw: usize,
    gzip: usize,
    /// It is fetched before anybody does anything.
    first_view: bool,
}

/// Raw and gzipped bytes.
#[derive(Clone, Copy, Default)]
struct Size {
    raw: usize,
    gzip: usize,
}

/// Prints the size of every file of the site and writes the sums into the ledger.
pub fn weigh(site: &Path) -> Result {
    let files = files(site)?;
    println!("\n{:<44} {:>10} {:>10}", "file", "raw", "gzip");
    for file in &files {
        let later = if file.first_view { "" } else { "  on demand" };
        println!("{:<44} {:>10} {:>10}{later}", file.name, file.raw, file.gzip);
    }
    let total = sum(&files, |_| true);
    println!("{:<44} {:>10} {:>10}", "fetched on first view", total.raw, total.gzip);
    if total.gzip <= BUDGET {
        println!("within the budget of {BUDGET} bytes, {} to spare", BUDGET - total.gzip);
    } else {
        println!("OVER the budget of {BUDGET} bytes by {}", total.gzip - BUDGET);
    }
    record(&files, total)
}

fn files(site: &Path) -> Result<Vec<File>> {
    let page = std::fs::read_to_string(site.join("index.html"))?;
    let mut files = Vec::new();
    let mut folders = vec![site.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(site)?.to_string_lossy().replace('\\', "/");
            let bytes = std::fs::read(&path)?;
            // The page names its files, and of the app the folder; what is split off it is fetched later.
            let (folder, file) = name.split_once('/').unwrap_or_default();
            let is_later = file.starts_with("split_") || file.starts_with("later");
            let of_app = !folder.is_empty() && page.contains(folder) && !is_later;
            let first_view = name == "index.html" || page.contains(&name) || of_app;
            files.push(File { raw: bytes.len(), gzip: gzipped(&bytes)?, first_view, name });
        }
    }
    files.sort_by_key(|file| std::cmp::Reverse(file.raw));
    Ok(files)
}

fn gzipped(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

fn sum(files: &[File], counts: impl Fn(&str) -> bool) -> Size {
    files
        .iter()
        .filter(|file| file.first_view && counts(&file.name))
        .fold(Size::default(), |sum, file| Size { raw: sum.raw + file.raw, gzip: sum.gzip + file.gzip })
}

fn record(files: &[File], total: Size) -> Result {
    let wasm = sum(files, |name| name.ends_with(".wasm"));
    let script = sum(files, |name| name.ends_with(".js"));
    let rest = sum(files, |name| !name.ends_with(".wasm") && !name.ends_with(".js"));
    let git = |arguments: &[&str]| process::read(process::command("git").args(arguments));
    let commit = git(&["log", "-1", "--format=%cs %h"])?;
    let (date, commit) = commit.trim().split_once(' ').ok_or("git log says nothing")?;
    let changed = git(&["status", "--porcelain", "--", ".", ":!docs"])?;
    let mark = if changed.trim().is_empty() { "" } else { "+" };
    let mut row = format!("| {date} | {commit}{mark} |");
    for size in [wasm, script, rest, total] {
        write!(row, " {} | {} |", size.raw, size.gzip)?;
    }
    write!(row, " {} % |", total.gzip * 100 / BUDGET)?;

    let path = project::root().join(LEDGER);
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    std::fs::create_dir_all(project::root().join("docs"))?;
    std::fs::write(&path, with_row(&before, commit, &row))?;
    println!("{LEDGER}: {row}");
    Ok(())
}

/// The ledger with a row added; an older row of the same commit gives way to it.
fn with_row(before: &str, commit: &str, row: &str) -> String {
    let start = format!("| {commit}");
    let is_entry = |line: &&str| {
        line.starts_with("| 2") && !line.split_once(' ').is_some_and(|(_, rest)| rest.contains(&start))
    };
    let rows = before.lines().filter(is_entry).chain([row]);
    rows.fold(HEAD.to_owned(), |mut text, row| {
        text.push_str(row);
        text.push('\n');
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_has_one_row() {
        let once = with_row("", "abc1234", "| 2026-11-23 | abc1234+ | 1 |");
        let twice = with_row(&once, "abc1234", "| 2026-11-23 | abc1234 | 2 |");
        let third = with_row(&twice, "def5678", "| 2026-11-24 | def5678 | 3 |");
        let rows: Vec<_> = third.lines().filter(|line| line.starts_with("| 2")).collect();
        assert_eq!(rows, ["| 2026-11-23 | abc1234 | 2 |", "| 2026-11-24 | def5678 | 3 |"]);
    }
}
