//! Quantities with units: one table says what each is called, how it is written, and what range is accepted.

use super::diagnostic::Problem;
use super::read::{Cx, Preset, Read, clip};
use super::shape::{ScalarShape, Shape};
use super::tree::At;
use crate::Span;

/// How a quantity is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// `30s`, `2h`, `1h30m`.
    Duration,
    /// `never` or a duration.
    Ago,
    /// `0.9` or `90%`.
    Ratio,
    /// `12`, `41.1M`, `1e9`.
    Count,
    /// The same, whole.
    Whole,
    /// `500kW`.
    Power,
    /// `3PB`.
    Bytes,
    /// `4GB/s`.
    ByteRate,
    /// `500/10m`.
    Rate,
    /// `10m/server`.
    Effort,
    /// `22e9/d`.
    MoneyRate,
}

macro_rules! quantities {
    ($($(#[doc = $doc:literal])* $name:ident: $notation:ident, $en:literal, $ko:literal, [$least:literal to $most:literal], $examples:literal;)*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $name(pub f64);

        impl $name {
            const SHAPE: ScalarShape = ScalarShape {
                name: stringify!($name),
                about: ($en, $ko),
                notation: Some(Notation::$notation),
                least: $least,
                most: $most,
                examples: $examples,
            };
        }

        impl Read for $name {
            fn read(cx: &mut Cx<'_>, at: At) -> Self {
                Self(cx.quantity(at, "", &Self::SHAPE))
            }
            fn shape() -> Shape {
                Shape::Scalar(Self::SHAPE)
            }
        }

        impl Preset for $name {
            fn read_or(cx: &mut Cx<'_>, at: At, default: &'static str) -> Self {
                Self(cx.quantity(at, default, &Self::SHAPE))
            }
        }
    )*};
}

quantities! {
    /// A length of time, in seconds.
    Duration: Duration, "a length of time", "시간 길이", ["0s" to "366d"], "30s, 2h, 1h30m, 4d";
    /// A length of time that something repeats at or is divided by, in seconds.
    Interval: Duration, "a length of time", "시간 길이", ["1ms" to "366d"], "30s, 2h, 1h30m, 4d";
    /// How long something lasts before it breaks, in seconds.
    Lifetime: Duration, "a length of time", "시간 길이", ["1s" to "36500d"], "1000h, 4y";
    /// How long a run is, in seconds.
    Horizon: Duration, "a length of time", "시간 길이", ["1s" to "366d"], "12h, 7d";
    /// How long ago something was, in seconds; infinite for never.
    Ago: Ago, "a length of time or ‘never’", "시간 길이 또는 never", ["0s" to "36500d"], "90d, never";
    /// A share, 0 to 1.
    Ratio: Ratio, "a share", "비율", ["0" to "1"], "0.9, 90%";
    /// A share that is not nothing.
    StageShare: Ratio, "a share", "비율", ["1%" to "1"], "0.25, 25%";
    /// A multiplier of time.
    Factor: Count, "a factor", "배수", ["1" to "1000"], "1.8";
    /// A temperature.
    Celsius: Count, "a temperature in °C", "섭씨 온도", ["1" to "1000"], "24, 38";
    /// How often something is tried again.
    Retries: Whole, "a number of retries", "재시도 횟수", ["0" to "100"], "0, 3";
    /// Spread of a lognormal.
    Sigma: Count, "a spread", "퍼짐(σ)", ["0" to "3"], "0.4";
    /// An hour of the day.
    Hour: Count, "an hour of the day", "하루 중의 시", ["0" to "24"], "21, 13.5";
    /// People.
    Persons: Count, "a number of people", "사람 수", ["0" to "1e11"], "41.1M, 500k";
    /// Servers of a pool.
    Servers: Whole, "a number of servers", "서버 수", ["1" to "1e9"], "4, 2500, 32k";
    /// Voters of a quorum.
    Voters: Whole, "a number of voters", "정족수 구성원 수", ["1" to "1e9"], "3, 5";
    /// Hands, crews, machines, tries.
    Number: Whole, "a whole number", "정수", ["1" to "1000000"], "1, 3, 60";
    /// Hands of a shift.
    Staff: Whole, "a whole number", "정수", ["0" to "1000000"], "3, 0";
    /// Servers kept in case.
    Spares: Whole, "a number of servers", "서버 수", ["0" to "1e9"], "0, 40";
    /// How often in a year.
    Yearly: Whole, "a number a year", "연간 횟수", ["0" to "10000"], "0, 12";
    /// Keys of a store.
    Keys: Count, "a number of keys", "키 개수", ["1" to "1e15"], "10M, 500k";
    /// A tier.
    Tier: Whole, "a tier", "등급", ["0" to "3"], "0, 1, 2, 3";
    /// A seed of randomness.
    Seed: Whole, "a whole number", "정수", ["0" to "9007199254740991"], "1, 42";
    /// Servers' worth of work.
    Load: Count, "servers' worth of work", "서버 몇 대분의 일", ["0" to "1e13"], "700, 1750.5";
    /// Power, in kW.
    Watts: Power, "a power", "전력", ["1W" to "100GW"], "500kW, 6 MW";
    /// Bytes.
    Bytes: Bytes, "an amount of data", "데이터 양", ["0B" to "1e6EB"], "40GB, 3PB";
    /// Bytes a second.
    ByteRate: ByteRate, "an amount of data per time", "시간당 데이터 양", ["1B/s" to "1EB/s"], "4GB/s, 400MB/s";
    /// Servers a second.
    Rate: Rate, "a number per time", "시간당 개수", ["1/366d" to "1e9/s"], "500/10m, 3/s";
    /// A person's work for one server, in seconds.
    Effort: Effort, "a length of time per server", "서버 한 대당 시간", ["1s/server" to "366d/server"], "10m/server";
    /// Money.
    Money: Count, "an amount of money", "금액", ["0" to "1e18"], "5e9, 400M";
    /// Money a day.
    MoneyRate: MoneyRate, "an amount of money per time", "시간당 금액", ["0/d" to "1e18/d"], "22e9/d, 5M/h";
}

macro_rules! spans {
    ($($name:ident)*) => {$(
        impl $name {
            /// The same, for the world.
            pub fn span(self) -> Span {
                Span::from_secs_f64(self.0)
            }
        }
    )*};
}

spans! { Duration Interval Lifetime Horizon Ago Effort }

macro_rules! wholes {
    ($($name:ident)*) => {$(
        impl $name {
            /// The same, for the world. The table's range keeps it exact.
            pub fn whole(self) -> u32 {
                self.0 as u32
            }
        }
    )*};
}

wholes! { Servers Voters Number Staff Tier Retries Spares Yearly }

/// Reads a quantity. None: not written that way.
pub fn parse(notation: Notation, text: &str) -> Option<f64> {
    let text = text.trim();
    match notation {
        Notation::Duration => duration(text),
        Notation::Ago if text == "never" => Some(f64::INFINITY),
        Notation::Ago => duration(text),
        Notation::Ratio => match text.strip_suffix('%') {
            Some(percent) => number(percent.trim_end()).map(|value| value / 100.0),
            None => number(text),
        },
        Notation::Count => with_unit(text, COUNTS),
        Notation::Whole => with_unit(text, COUNTS).map(snap).filter(|value| value.fract() == 0.0),
        Notation::Power => with_unit(text, POWERS),
        Notation::Bytes => with_unit(text, BYTES),
        Notation::ByteRate => per(text, BYTES, duration),
        Notation::Rate | Notation::MoneyRate => {
            let per_second = per(text, COUNTS, duration)?;
            // Money is counted by the day.
            Some(if notation == Notation::Rate { per_second } else { per_second * 86_400.0 })
        }
        Notation::Effort => duration(text.strip_suffix("/server")?.trim_end()),
    }
}

/// Decimal fractions of large units (`2.3k`) are off by a rounding error; the number meant is whole.
fn snap(value: f64) -> f64 {
    let whole = value.round();
    if (value - whole).abs() <= whole.abs() * 4.0 * f64::EPSILON { whole } else { value }
}

type Units = &'static [(&'static str, f64)];

const TIMES: Units = &[
    ("us", 1e-6),
    ("ms", 1e-3),
    ("s", 1.0),
    ("m", 60.0),
    ("h", 3600.0),
    ("d", 86_400.0),
    ("w", 604_800.0),
    ("y", 31_557_600.0),
];
const COUNTS: Units = &[("", 1.0), ("k", 1e3), ("M", 1e6), ("G", 1e9)];
const POWERS: Units = &[("W", 1e-3), ("kW", 1.0), ("MW", 1e3), ("GW", 1e6)];
const BYTES: Units = &[
    ("B", 1.0),
    ("kB", 1e3),
    ("MB", 1e6),
    ("GB", 1e9),
    ("TB", 1e12),
    ("PB", 1e15),
    ("EB", 1e18),
    ("KiB", 1024.0),
    ("MiB", 1_048_576.0),
    ("GiB", 1_073_741_824.0),
    ("TiB", 1_099_511_627_776.0),
    ("PiB", 1_125_899_906_842_624.0),
];

/// A plain number, finite.
fn number(text: &str) -> Option<f64> {
    let (value, rest) = leading_number(text)?;
    rest.is_empty().then_some(value)
}

/// A number with one of some units.
fn with_unit(text: &str, units: Units) -> Option<f64> {
    let (value, rest) = leading_number(text)?;
    let unit = rest.trim_start();
    units.iter().find(|(name, _)| *name == unit).map(|(_, scale)| value * scale)
}

/// An amount per time: `500/10m`, `4GB/s`.
fn per(text: &str, units: Units, time: fn(&str) -> Option<f64>) -> Option<f64> {
    let (amount, every) = text.split_once('/')?;
    let amount = with_unit(amount.trim_end(), units)?;
    let every = every.trim_start();
    let seconds =
        TIMES.iter().find(|(name, _)| *name == every).map(|(_, scale)| *scale).or_else(|| time(every))?;
    (seconds > 0.0).then(|| amount / seconds)
}

/// One or more numbers with units of time, largest first or not: `1h30m`.
fn duration(text: &str) -> Option<f64> {
    let mut rest = text;
    let mut total = 0.0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let (value, after) = leading_number(rest)?;
        let unit = after.trim_start();
        let end = unit.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(unit.len());
        let (name, next) = unit.split_at(end);
        let scale = TIMES.iter().find(|(unit, _)| *unit == name).map(|(_, scale)| *scale)?;
        total += value * scale;
        rest = next.trim_start();
    }
    Some(total)
}

/// A decimal number at the start of a text, and what follows it.
fn leading_number(text: &str) -> Option<(f64, &str)> {
    let mut left = Left(text.as_bytes());
    let is_negative = left.take(b"+-") == Some(b'-');
    let (mut mantissa, mut exponent, mut digits) = (0_u64, 0_i32, 0);
    let mut is_fraction = false;
    loop {
        if let Some(digit) = left.take(b"0123456789") {
            digits += 1;
            // Digits past the nineteenth cannot be told apart any more; only their number counts.
            if mantissa < 1_000_000_000_000_000_000 {
                mantissa = mantissa * 10 + u64::from(digit - b'0');
                exponent -= i32::from(is_fraction);
            } else {
                exponent += i32::from(!is_fraction);
            }
        } else if is_fraction || left.take(b".").is_none() {
            break;
        } else {
            is_fraction = true;
        }
    }
    let number = left.0;
    if left.take(b"eE").is_some() {
        let is_small = left.take(b"+-") == Some(b'-');
        let mut power = None;
        while let Some(digit) = left.take(b"0123456789") {
            power = Some((power.unwrap_or(0) * 10 + i32::from(digit - b'0')).min(MAX_POWER));
        }
        match power {
            Some(power) => exponent += if is_small { -power } else { power },
            // No exponent after all, but a unit.
            None => left.0 = number,
        }
    }
    let value = scaled(mantissa as f64, exponent);
    let rest = text.get(text.len() - left.0.len()..)?;
    (digits > 0 && value.is_finite()).then_some((if is_negative { -value } else { value }, rest))
}

/// What of a text has not been read.
struct Left<'a>(&'a [u8]);

impl Left<'_> {
    /// The next character, if it is one of these.
    fn take(&mut self, wanted: &[u8]) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        wanted.contains(&first).then(|| {
            self.0 = rest;
            first
        })
    }
}

/// No exponent beyond this makes a difference.
const MAX_POWER: i32 = 9999;

/// A number times a power of ten: exact for up to fifteen digits and powers up to 22, as every number in a scenario
/// should be, and the same on every machine beyond. The library's own reader brings ten kilobytes of tables.
fn scaled(mantissa: f64, exponent: i32) -> f64 {
    let mut value = mantissa;
    let mut left = exponent.unsigned_abs();
    while left > 0 && value != 0.0 && value.is_finite() {
        let step = left.min(22);
        let power = 10_u128.pow(step) as f64;
        value = if exponent < 0 { value / power } else { value * power };
        left -= step;
    }
    value
}

impl Cx<'_> {
    /// Reads a quantity, or says why not; zero for want of one, unless the table has a default.
    fn quantity(&mut self, at: At, default: &str, shape: &ScalarShape) -> f64 {
        let Some(notation) = shape.notation else { return 0.0 };
        if at == At::NOWHERE {
            return parse(notation, default).unwrap_or_default();
        }
        let Some(text) = self.scalar(at) else { return 0.0 };
        let Some(value) = parse(notation, text) else {
            self.add(at, Problem::BadUnit { text: clip(text), about: shape.about, examples: shape.examples });
            return 0.0;
        };
        let bound = |text| parse(notation, text).unwrap_or(f64::NAN);
        // A little slack, so that 1/366d written in another unit is still that.
        let within =
            value >= bound(shape.least) * (1.0 - 1e-12) && value <= bound(shape.most) * (1.0 + 1e-12);
        if within || (notation == Notation::Ago && value == f64::INFINITY) {
            return value;
        }
        self.add(at, Problem::OutOfRange { text: clip(text), least: shape.least, most: shape.most });
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(notation: Notation, rows: &[(&str, f64)]) {
        for (text, wanted) in rows {
            let value = parse(notation, text).unwrap_or_else(|| panic!("{text}"));
            assert!((value - wanted).abs() <= wanted.abs() * 1e-12, "{text}: {value}, not {wanted}");
        }
    }

    #[test]
    fn units_are_understood() {
        check(
            Notation::Duration,
            &[("30s", 30.0), ("1h30m", 5400.0), ("1.5h", 5400.0), ("4 d", 345_600.0), ("90 m", 5400.0)],
        );
        check(Notation::Duration, &[("0s", 0.0), ("250ms", 0.25), ("1h 30m", 5400.0), ("-5m", -300.0)]);
        check(Notation::Ratio, &[("0.9", 0.9), ("90%", 0.9), ("12.5 %", 0.125)]);
        check(Notation::Count, &[("41.1M", 41.1e6), ("1e9", 1e9), (".5", 0.5), ("7.", 7.0)]);
        check(Notation::Whole, &[("2.3k", 2300.0), ("41.1M", 41_100_000.0), ("5", 5.0)]);
        check(Notation::Power, &[("6 MW", 6000.0), ("500kW", 500.0)]);
        check(Notation::Bytes, &[("3PB", 3e15), ("1KiB", 1024.0)]);
        check(Notation::ByteRate, &[("4GB/s", 4e9), ("60MB/m", 1e6)]);
        check(Notation::Rate, &[("500/10m", 500.0 / 600.0), ("3/s", 3.0)]);
        check(Notation::Effort, &[("10m/server", 600.0)]);
        check(Notation::MoneyRate, &[("22e9/d", 22e9), ("1M/h", 24e6)]);
        assert_eq!(parse(Notation::Ago, "never"), Some(f64::INFINITY));
    }

    #[test]
    fn numbers_are_read_as_the_library_reads_them() {
        for text in [
            "0",
            "1",
            "41.1",
            "0.35",
            "1e9",
            "2.5E-3",
            "123456789.125",
            "1e22",
            "7e-22",
            "-0.07",
            "+3.",
            ".5",
            "22e9",
        ] {
            let wanted: f64 = text.parse().unwrap();
            assert_eq!(leading_number(text), Some((wanted, "")), "{text}");
        }
        assert_eq!(leading_number("5ex"), Some((5.0, "ex")));
        assert_eq!(leading_number("5e+"), Some((5.0, "e+")));
        assert_eq!(leading_number("1e99999999999"), None);
        assert_eq!(leading_number("1e-99999999999"), Some((0.0, "")));
        let long = "0.".to_owned() + &"9".repeat(5000);
        assert!(leading_number(&long).is_some_and(|(value, _)| (value - 1.0).abs() < 1e-12));
        assert_eq!(leading_number("."), None);
    }

    #[test]
    fn what_is_not_a_quantity_is_refused() {
        for text in
            ["", " ", "s", "30", "30 parsecs", "1h30", "nan", "inf", "1e999s", "--5s", "0x10s", "１s", "5ss"]
        {
            assert_eq!(parse(Notation::Duration, text), None, "{text}");
        }
        for text in ["1.5", "many", "1e400", "5 5"] {
            assert_eq!(parse(Notation::Whole, text), None, "{text}");
        }
        for text in ["500/0s", "500", "/s", "500/", "500/10"] {
            assert_eq!(parse(Notation::Rate, text), None, "{text}");
        }
    }
}
