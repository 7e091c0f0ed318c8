//! `bridge sweep` and `bridge merge`.

mod csv;
mod json;
mod refusals;
mod text;

use std::path::{Path, PathBuf};

use bridge_cli::sweep::merge;
use bridge_cli::sweep::part::{Head, Part};
use bridge_cli::sweep::{Plan, Rows, Seeds, Shard, Summary};
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::ThreadPool;

use crate::language::Language;
use crate::{Common, Format, Outcome, output, problems};

/// More threads than any machine has cores, and few enough to start.
const MOST_THREADS: i64 = 1024;

/// What `bridge sweep` is told.
#[derive(Args)]
pub struct Sweep {
    /// Scenario document, YAML or JSON; - for standard input
    file: PathBuf,
    /// First and last seed, both included: 1..1000
    #[arg(long, value_name = "A..B")]
    seeds: Seeds,
    /// Threads; without it, one a core. The output is the same for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=MOST_THREADS))]
    threads: Option<u32>,
    /// Run only the i-th of n parts of the seeds and write a part file, for `bridge merge`
    #[arg(long, value_name = "I/N", conflicts_with_all = ["format", "each"])]
    shard: Option<Shard>,
    /// Name of the part file; without it, the scenario's name with i and n
    #[arg(long, value_name = "PART", requires = "shard")]
    out: Option<PathBuf>,
    #[command(flatten)]
    print: Print,
}

/// What `bridge merge` is told.
#[derive(Args)]
pub struct Merge {
    /// Part files, in any order
    #[arg(required = true, value_name = "PART")]
    parts: Vec<PathBuf>,
    #[command(flatten)]
    print: Print,
}

/// How figures are printed.
#[derive(Args)]
struct Print {
    /// A table for people, JSON or CSV for programs; without it a table, or CSV with --each
    #[arg(long, value_enum)]
    format: Option<Form>,
    /// Every seed's own figures: beside the summary in JSON, in its place in CSV
    #[arg(long)]
    each: bool,
    /// Language of what is said; without it, the terminal's for text and English otherwise
    #[arg(long, value_enum)]
    lang: Option<Language>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
    Csv,
}

impl Print {
    fn form(&self) -> Form {
        self.format.unwrap_or(if self.each { Form::Csv } else { Form::Text })
    }

    fn language(&self) -> Language {
        let ambient = || if self.form() == Form::Text { Language::of_terminal() } else { Language::En };
        self.lang.unwrap_or_else(ambient)
    }

    /// Refuses what cannot be printed, before anything has been run for it.
    fn check(&self) -> Result<(), Outcome> {
        if self.each && self.form() == Form::Text {
            let language = self.language();
            return Err(Outcome::Unusable(
                language
                    .pick(
                        "--each prints CSV or JSON: add --format csv or --format json",
                        "--each는 CSV나 JSON으로만 출력합니다. --format csv 또는 --format json을 쓰세요",
                    )
                    .to_owned(),
            ));
        }
        Ok(())
    }
}

/// Runs every seed and prints what they have in common, or writes a part.
pub fn sweep(options: &Sweep) -> Outcome {
    sweep_or_end(options).unwrap_or_else(|outcome| outcome)
}

fn sweep_or_end(options: &Sweep) -> Result<Outcome, Outcome> {
    options.print.check()?;
    let language = options.print.language();
    let format = if options.print.form() == Form::Json { Format::Json } else { Format::Text };
    let scenario = problems::load(&Common { file: options.file.clone(), format, lang: Some(language) })?;
    let pool = pool(options.threads)?;
    let plan = Plan::new(&scenario.world, options.seeds);
    let stretch = options.shard.unwrap_or(Shard::WHOLE).stretch(plan.seeds);
    let bar = progress(stretch.count);
    let rows = pool.install(|| Rows::run(&scenario.world, &plan, stretch, || bar.inc(1)));
    bar.finish_and_clear();
    let rows = rows.map_err(|error| Outcome::Unusable(refusals::too_large(error, language)))?;
    let Some(shard) = options.shard else { return Ok(print(&options.print, &pool, &plan, &rows)) };
    let name = || format!("{}.{}of{}.part", plan.scenario, shard.index, shard.of).into();
    let path = options.out.clone().unwrap_or_else(name);
    Ok(write(&Part { head: Head::new(plan, stretch), rows }, shard, &path, language))
}

fn write(part: &Part, shard: Shard, path: &Path, language: Language) -> Outcome {
    let file = path.display();
    if let Err(error) = part.write(path) {
        return Outcome::Unusable(language.pick(
            format!("cannot write {file}: {error}"),
            format!("{file} 파일을 쓸 수 없습니다: {error}"),
        ));
    }
    let (count, seeds) = (part.head.stretch.count, part.head.plan.seeds);
    output::text(&language.pick(
        format!("{file}: part {shard} of seeds {seeds}, runs: {count}\n"),
        format!("{file}: 시드 {seeds} 중 {shard} 부분, 실행 {count}회\n"),
    ))
}

/// Joins parts and prints what their seeds have in common.
pub fn merge(options: &Merge) -> Outcome {
    merge_or_end(options).unwrap_or_else(|outcome| outcome)
}

fn merge_or_end(options: &Merge) -> Result<Outcome, Outcome> {
    options.print.check()?;
    let language = options.print.language();
    let mut parts = Vec::new();
    for path in &options.parts {
        let part = Part::read(path).map_err(|error| refusals::unreadable(path, &error, language))?;
        parts.push(part);
    }
    let (plan, rows) =
        merge::merge(parts).map_err(|refusal| refusals::refused(&options.parts, &refusal, language))?;
    Ok(print(&options.print, &pool(None)?, &plan, &rows))
}

fn pool(threads: Option<u32>) -> Result<ThreadPool, Outcome> {
    let threads = threads.unwrap_or_default() as usize;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|error| Outcome::Unusable(format!("cannot start threads: {error}")))
}

/// A bar on standard error, if somebody looks at it there.
fn progress(count: u64) -> ProgressBar {
    let bar = ProgressBar::new(count);
    match ProgressStyle::with_template("{bar:40} {pos}/{len}  {per_sec}  {eta}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn print(how: &Print, pool: &ThreadPool, plan: &Plan, rows: &Rows) -> Outcome {
    let summary = pool.install(|| Summary::new(plan, rows));
    match (how.form(), how.each) {
        (Form::Text, _) => output::text(&text::result(plan, &summary, how.language())),
        (Form::Json, each) => output::stream(|to| json::write(plan, &summary, each.then_some(rows), to)),
        (Form::Csv, false) => output::text(&csv::summary(plan, &summary)),
        (Form::Csv, true) => output::stream(|to| csv::each(plan, rows, to)),
    }
}
