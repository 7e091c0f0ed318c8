//! Dates with times, as ISO 8601 writes them.

use crate::scenario::diagnostic::Problem;
use crate::scenario::read::{Cx, Preset, Read, clip};
use crate::scenario::shape::{Shape, plain};
use crate::scenario::tree::At;

const ABOUT: (&str, &str) = ("a date and time with its offset", "시차가 붙은 날짜와 시각");
const EXAMPLES: &str = "2022-10-15T15:19+09:00";

/// A moment on the calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Unix time in seconds.
    pub unix: i64,
    /// Local time's offset from UTC in minutes.
    pub offset_minutes: i32,
}

impl Read for Moment {
    fn read(cx: &mut Cx<'_>, at: At) -> Self {
        Self::read_or(cx, at, "")
    }
    fn shape() -> Shape {
        plain("Moment", ABOUT, EXAMPLES)
    }
}

impl Preset for Moment {
    fn read_or(cx: &mut Cx<'_>, at: At, default: &'static str) -> Self {
        let text = if at == At::NOWHERE { Some(default) } else { cx.scalar(at) };
        let read = text.and_then(parse);
        if let (None, Some(text)) = (read, text) {
            cx.add(at, Problem::BadUnit { text: clip(text), about: ABOUT, examples: EXAMPLES });
        }
        read.unwrap_or_default()
    }
}

/// `YYYY-MM-DDTHH:MM[:SS](Z|±HH:MM)`.
fn parse(text: &str) -> Option<Moment> {
    let (date, time) = text.split_once(['T', ' '])?;
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let (clock, offset_minutes) = match time.strip_suffix('Z') {
        Some(clock) => (clock, 0),
        None => {
            let sign_at = time.rfind(['+', '-'])?;
            let (clock, offset) = time.split_at(sign_at);
            let [hours, minutes] = numbers(offset.get(1..)?, ':', [2, 2])?;
            let size = i32::try_from(hours * 60 + minutes).ok()?;
            (clock, if offset.starts_with('-') { -size } else { size })
        }
    };
    let [hour, minute, second] = if clock.len() > 5 {
        numbers(clock, ':', [2, 2, 2])?
    } else {
        numbers(clock, ':', [2, 2]).map(|[h, m]| [h, m, 0])?
    };
    let sane = (1900..=2200).contains(&year)
        && (1..=12).contains(&month)
        && (1..=days_in(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60
        && offset_minutes.abs() <= 14 * 60;
    let local = days_from_epoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
    sane.then_some(Moment { unix: local - i64::from(offset_minutes) * 60, offset_minutes })
}

/// Numbers of fixed widths between separators.
fn numbers<const N: usize>(text: &str, separator: char, widths: [usize; N]) -> Option<[i64; N]> {
    let mut parts = text.split(separator);
    let mut values = [0; N];
    for (value, width) in values.iter_mut().zip(widths) {
        let part =
            parts.next().filter(|part| part.len() == width && part.bytes().all(|b| b.is_ascii_digit()))?;
        *value = part.parse().ok()?;
    }
    parts.next().is_none().then_some(values)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 by the civil calendar: years begin in March, so that the leap day ends them.
fn days_from_epoch(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read() {
        let rows = [
            ("1970-01-01T00:00Z", 0, 0),
            ("2022-10-15T15:19+09:00", 1_665_814_740, 540),
            ("2000-02-29T23:59:59-03:30", 951_881_399, -210),
        ];
        for (text, unix, offset) in rows {
            let moment = parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(moment.offset_minutes, offset, "{text}");
            assert_eq!(moment.unix, unix, "{text}");
        }
    }

    #[test]
    fn impossible_moments_are_refused() {
        for text in [
            "",
            "2022-10-15",
            "2022-13-01T00:00Z",
            "2021-02-29T00:00Z",
            "2022-10-15T24:00Z",
            "2022-10-15T15:19",
            "2022-1-5T1:1Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
