//! What is said when a sweep cannot be run or parts cannot be joined: which file, why, and what to do.

use std::path::{Path, PathBuf};

use bridge_cli::sweep::merge::Refusal;
use bridge_cli::sweep::part::Unreadable;
use bridge_cli::sweep::rows::TooLarge;

use crate::language::Language;
use crate::{Outcome, output};

/// More seeds than memory is spent on.
pub fn too_large(TooLarge { most }: TooLarge, language: Language) -> String {
    language.pick(
        format!("too many seeds to keep in memory: at most {most} of this scenario in one sweep"),
        format!("시드가 너무 많아 메모리에 담을 수 없습니다. 이 시나리오는 한 번에 {most}개까지 됩니다"),
    )
}

/// A file that is no part.
pub fn unreadable(path: &Path, error: &Unreadable, language: Language) -> Outcome {
    let file = path.display();
    let why = match error {
        Unreadable::Io(error) => {
            return Outcome::Unusable(language.pick(
                format!("cannot read {file}: {error}"),
                format!("{file} 파일을 읽을 수 없습니다: {error}"),
            ));
        }
        Unreadable::NotAPart => language.pick(
            format!("{file}: not a part of a sweep; parts are what `bridge sweep --shard` writes"),
            format!("{file}: 스윕의 부분 파일이 아닙니다. 부분 파일은 `bridge sweep --shard`로 만듭니다"),
        ),
        Unreadable::Version(version) => language.pick(
            format!(
                "{file}: a part file of version {version}, which this program does not read; run its shard \
                 again with this one"
            ),
            format!("{file}: 이 프로그램이 읽지 못하는 버전({version})의 부분 파일입니다. 이 프로그램으로 다시 만드세요"),
        ),
        Unreadable::Broken => language.pick(
            format!("{file}: damaged or cut off; copy it again, or run its shard again"),
            format!("{file}: 손상되었거나 잘린 파일입니다. 다시 복사하거나 해당 부분을 다시 실행하세요"),
        ),
        Unreadable::TooLarge(error) => format!("{file}: {}", too_large(*error, language)),
    };
    say(&why)
}

/// Parts that are no whole.
pub fn refused(files: &[PathBuf], refusal: &Refusal, language: Language) -> Outcome {
    let name = |index: usize| files.get(index).map(|path| path.display().to_string()).unwrap_or_default();
    let why = match refusal {
        Refusal::Nothing => language.pick("no parts", "부분 파일이 없습니다").to_owned(),
        Refusal::Scenario([one, other]) => {
            let (one, other) = (name(*one), name(*other));
            language.pick(
                format!(
                    "{other}: of another scenario than {one}; run its shard again with the same document"
                ),
                format!("{other}: {one} 파일과 다른 시나리오의 결과입니다. 같은 문서로 다시 실행하세요"),
            )
        }
        Refusal::Rules([one, other]) => {
            let (one, other) = (name(*one), name(*other));
            language.pick(
                format!(
                    "{other}: written by another version of this program than {one}, whose runs may differ; run \
                     both shards again with one version"
                ),
                format!(
                    "{other}: {one} 파일과 다른 버전의 프로그램으로 만들어 실행 결과가 다를 수 있습니다. 한 버전으로 둘 다 다시 실행하세요"
                ),
            )
        }
        Refusal::Seeds([one, other]) => {
            let (one, other) = (name(*one), name(*other));
            language.pick(
                format!("{other}: of a sweep over other seeds than {one}; run its shard again with the same --seeds"),
                format!("{other}: {one} 파일과 시드 범위가 다릅니다. 같은 --seeds로 다시 실행하세요"),
            )
        }
        Refusal::Overlap([one, other], seeds) => {
            let (one, other) = (name(*one), name(*other));
            language.pick(
                format!("{other}: has seeds {seeds}, as {one} has; leave one of the two files out"),
                format!("{other}: 시드 {seeds} 결과가 {one} 파일에도 있습니다. 둘 중 하나를 빼세요"),
            )
        }
        Refusal::Missing(seeds) => {
            let file = name(0);
            language.pick(
                format!("{file}: no part has seeds {seeds} of the sweep it belongs to; add the part that has them"),
                format!("{file}: 같은 스윕의 시드 {seeds} 결과가 어느 파일에도 없습니다. 빠진 부분 파일을 추가하세요"),
            )
        }
    };
    say(&why)
}

fn say(why: &str) -> Outcome {
    output::complain(&format!("bridge: {why}\n"));
    Outcome::ScenarioErrors
}
