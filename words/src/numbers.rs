//! Numbers, money, lengths of time and moments, as each language writes them.

use super::{Locale, Msg};
use bridge_engine::world::Meta;
use bridge_engine::{Span, Time};

/// A large count in three figures: `38.2 M`, `3,820만`.
#[must_use]
pub fn count(locale: Locale, value: f64) -> String {
    let value = value.max(0.0);
    let steps: &[(f64, &str)] = match locale {
        Locale::En => &[(1e12, " tn"), (1e9, " bn"), (1e6, " M"), (1e3, " k")],
        Locale::Ko => &[(1e12, "조"), (1e8, "억"), (1e4, "만")],
    };
    let Some(&(unit, suffix)) = steps.iter().find(|s| value >= s.0 * 0.9995) else {
        return grouped(value.round());
    };
    let scaled = value / unit;
    let digits = if scaled < 9.995 {
        format!("{scaled:.2}")
    } else if scaled < 99.95 {
        format!("{scaled:.1}")
    } else {
        grouped(scaled.round())
    };
    format!("{digits}{suffix}")
}

/// A whole number in groups of three: `32,000`.
#[must_use]
pub fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::from(if value < 0.0 && digits != "0" { "−" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Hours and minutes, rounded towards nothing: `10:12`.
#[must_use]
pub fn duration(seconds: f64) -> String {
    let minutes = (seconds.abs() / 60.0).floor() as u64;
    let sign = if seconds < 0.0 && minutes > 0 { "−" } else { "" };
    format!("{sign}{}:{:02}", minutes / 60, minutes % 60)
}

/// An amount of money.
#[must_use]
pub fn money(locale: Locale, currency: &str, value: f64) -> String {
    let amount = count(locale, value);
    match (locale, currency) {
        (Locale::Ko, "KRW") => format!("{amount} 원"),
        (Locale::En, "KRW") => format!("₩ {amount}"),
        (_, "USD") => format!("$ {amount}"),
        (_, "EUR") => format!("€ {amount}"),
        (_, "JPY") => format!("¥ {amount}"),
        _ => format!("{amount} {currency}"),
    }
}

/// A moment on the run's own clock: `10:12`.
#[must_use]
pub fn clock(at: Time) -> String {
    let minutes = at.0 / 60_000_000;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// The moment that is written so: hours and minutes, and seconds if there are any. None: it is not written so.
#[must_use]
pub fn unclock(text: &str) -> Option<Time> {
    let mut parts = text.trim().split(':').map(|part| {
        let digits = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        part.parse::<u64>().ok().filter(|n| digits && *n < 100_000)
    });
    let (hours, minutes, seconds) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
    if parts.next().is_some() || minutes > 59 || seconds > 59 {
        return None;
    }
    Some(Time((hours * 3_600 + minutes * 60 + seconds) * 1_000_000))
}

/// A length of time in its two largest units.
#[must_use]
pub fn span(locale: Locale, length: Span) -> String {
    let seconds = length.0 / 1_000_000;
    let (days, hours, minutes, rest) =
        (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    let two = |a: u64, big: Msg, b: u64, small: Msg| {
        let first = locale.with(big, &[("n", &a.to_string())]);
        if b == 0 { first } else { format!("{first} {}", locale.with(small, &[("n", &b.to_string())])) }
    };
    if days > 0 {
        two(days, Msg::UnitDays, hours, Msg::UnitHours)
    } else if hours > 0 {
        two(hours, Msg::UnitHours, minutes, Msg::UnitMinutes)
    } else if minutes > 0 {
        two(minutes, Msg::UnitMinutes, rest, Msg::UnitSeconds)
    } else {
        locale.with(Msg::UnitSeconds, &[("n", &rest.to_string())])
    }
}

/// How long ago something was, in its largest unit: `3 min ago`.
#[must_use]
pub fn ago(locale: Locale, seconds: f64) -> String {
    let seconds = seconds.max(0.0) as u64;
    let unit = [86_400, 3_600, 60].into_iter().find(|unit| seconds >= *unit);
    unit.map_or_else(
        || locale.say(Msg::AgoNow),
        |unit| locale.with(Msg::Ago, &[("time", &span(locale, Span::from_secs(seconds / unit * unit)))]),
    )
}

/// Nobody counts more hours than these: ten days.
const MOST_HOURS: u64 = 240;

/// A length of time in hours and minutes: `126 h 9 m`; in days and hours where that is easier to grasp.
#[must_use]
pub fn hours(locale: Locale, length: Span) -> String {
    let minutes = length.0 / 60_000_000;
    if !(60..MOST_HOURS * 60).contains(&minutes) {
        return span(locale, length);
    }
    let (h, m) = ((minutes / 60).to_string(), (minutes % 60).to_string());
    locale.with(Msg::UnitHoursMinutes, &[("h", &h), ("m", &m)])
}

/// Local date and time of a moment: `Sun 16 Oct 01:31`, `10월 16일 (일) 01:31`.
#[must_use]
pub fn local(locale: Locale, meta: &Meta, at: Time) -> String {
    let seconds = meta.t0_unix + i64::from(meta.offset_minutes) * 60 + (at.0 / 1_000_000) as i64;
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (_, month, day) = civil(days);
    let weekday = (days + 4).rem_euclid(7) as usize;
    let (hour, minute) = (second / 3_600, second / 60 % 60);
    match locale {
        Locale::En => {
            format!("{} {day} {} {hour:02}:{minute:02}", WEEKDAYS_EN[weekday], MONTHS_EN[month as usize - 1])
        }
        Locale::Ko => format!("{month}월 {day}일 ({}) {hour:02}:{minute:02}", WEEKDAYS_KO[weekday]),
    }
}

const WEEKDAYS_EN: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const WEEKDAYS_KO: [&str; 7] = ["일", "월", "화", "수", "목", "금", "토"];
const MONTHS_EN: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Name of a zone that is so many minutes east of UTC: `UTC+9`.
#[must_use]
pub fn zone(offset_minutes: i32) -> String {
    let sign = if offset_minutes < 0 { '−' } else { '+' };
    let (hours, minutes) = (offset_minutes.abs() / 60, offset_minutes.abs() % 60);
    if minutes == 0 { format!("UTC{sign}{hours}") } else { format!("UTC{sign}{hours}:{minutes:02}") }
}

/// Year, month and day of a day counted from 1 January 1970, in the proleptic Gregorian calendar.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts() {
        for (value, en, ko) in [
            (0.0, "0", "0"),
            (999.0, "999", "999"),
            (9_999.0, "10.0 k", "1.00만"),
            (38_200_000.0, "38.2 M", "3,820만"),
            (41_100_000.0, "41.1 M", "4,110만"),
            (21_900_000_000.0, "21.9 bn", "219억"),
            (f64::NAN, "0", "0"),
        ] {
            assert_eq!(count(Locale::En, value), en);
            assert_eq!(count(Locale::Ko, value), ko);
        }
    }

    #[test]
    fn long_times_are_counted_in_days() {
        let length = |minutes: u64| Span::from_secs(minutes * 60);
        for (minutes, en, ko) in [
            (59, "59 m", "59분"),
            (127 * 60 + 30, "127 h 30 m", "127시간 30분"),
            (2_879 * 60 + 59, "119 d 23 h", "119일 23시간"),
        ] {
            assert_eq!(hours(Locale::En, length(minutes)), en);
            assert_eq!(hours(Locale::Ko, length(minutes)), ko);
        }
    }

    #[test]
    fn moments_are_read_as_they_are_written() {
        for at in [0, 60_000_000, 36_720_000_000, 456_060_000_000] {
            assert_eq!(unclock(&clock(Time(at))), Some(Time(at)));
        }
        assert_eq!(unclock(" 1:02:03 "), Some(Time(3_723_000_000)));
        for wrong in
            ["", "7", "7:60", "7:00:60", "-1:00", "1:2:3:4", "a:b", "1:", "999999:00", "+1:00", "１:00"]
        {
            assert_eq!(unclock(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn amounts() {
        assert_eq!(money(Locale::En, "KRW", 14.1e9), "₩ 14.1 bn");
        assert_eq!(money(Locale::Ko, "KRW", 14.1e9), "141억 원");
        assert_eq!(grouped(32_000.0), "32,000");
        assert_eq!(grouped(-1_000.0), "−1,000");
    }

    #[test]
    fn times() {
        assert_eq!(span(Locale::En, Span::from_mins(252)), "4 h 12 m");
        assert_eq!(span(Locale::Ko, Span::from_mins(252)), "4시간 12분");
        assert_eq!(span(Locale::En, Span::from_secs(45)), "45 s");
        assert_eq!(span(Locale::Ko, Span::from_hours(49)), "2일 1시간");
        assert_eq!(clock(Time(10 * 3_600_000_000 + 12 * 60_000_000)), "10:12");
    }

    #[test]
    fn dates() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(-1), (1969, 12, 31));
        assert_eq!(civil(11_016), (2000, 2, 29));
        let meta = Meta {
            id: String::new(),
            title: bridge_engine::world::Text::default(),
            summary: bridge_engine::world::Text::default(),
            t0_unix: 1_665_814_740,
            offset_minutes: 540,
            horizon: Time::ZERO,
            seed: 1,
        };
        let later = Time(10 * 3_600_000_000 + 12 * 60_000_000);
        assert_eq!(local(Locale::En, &meta, Time::ZERO), "Sat 15 Oct 15:19");
        assert_eq!(local(Locale::En, &meta, later), "Sun 16 Oct 01:31");
        assert_eq!(local(Locale::Ko, &meta, later), "10월 16일 (일) 01:31");
        assert_eq!(zone(540), "UTC+9");
        assert_eq!(zone(-210), "UTC−3:30");
    }
}
