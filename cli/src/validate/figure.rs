//! Figures as people write them: `8h`, `23h11m`, `90%`, `never`; and as the page prints them.

/// What a figure is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Seconds.
    Time,
    /// 0 to 1.
    Share,
    /// A number.
    Count,
    /// Whether one thing came before another: 1 or 0.
    Order,
}

/// Reads a figure: seconds for a time, 0 to 1 for a percentage, infinity for `never`.
pub fn read(text: &str) -> Option<f64> {
    if text == "never" {
        return Some(f64::INFINITY);
    }
    if let Some(percent) = text.strip_suffix('%') {
        return percent.trim_end().parse().ok().map(|share: f64| share / 100.0);
    }
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let mut rest = text;
    let mut sum = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, tail) = rest.split_at(digits);
        let unit = tail.chars().next()?;
        let seconds = match unit {
            's' => 1.0,
            'm' => 60.0,
            'h' => 3600.0,
            'd' => 86_400.0,
            _ => return None,
        };
        sum += number.parse::<f64>().ok()? * seconds;
        rest = &tail[unit.len_utf8()..];
    }
    Some(sum)
}

/// Prints a figure: `10:12` (hours and minutes), `93 %`, `4`, `never`.
pub fn print(kind: Kind, value: f64) -> String {
    match kind {
        _ if value.is_infinite() => "never".to_owned(),
        Kind::Time => {
            let minutes = (value / 60.0).round() as i64;
            let sign = if minutes < 0 { "−" } else { "" };
            format!("{sign}{}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
        }
        // Nothing is nothing, whatever its sign.
        Kind::Share | Kind::Order => format!("{:.0} %", (value * 100.0).round().abs()),
        Kind::Count => format!("{value:.0}"),
    }
}

/// Reads what [`print`] printed.
pub fn printed(text: &str) -> Option<f64> {
    let text = text.trim();
    let (sign, text) = text.strip_prefix('−').map_or((1.0, text), |rest| (-1.0, rest));
    if let Some((hours, minutes)) = text.split_once(':') {
        return Some(sign * (hours.parse::<f64>().ok()? * 3600.0 + minutes.parse::<f64>().ok()? * 60.0));
    }
    read(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_and_printed() {
        for (text, value) in
            [("8h", 28_800.0), ("23h11m", 83_460.0), ("90%", 0.9), ("12", 12.0), ("0.5", 0.5)]
        {
            assert_eq!(read(text), Some(value), "{text}");
        }
        assert_eq!(read("soon"), None);
        for (kind, value, text) in [
            (Kind::Time, 36_720.0, "10:12"),
            (Kind::Time, -600.0, "−0:10"),
            (Kind::Time, f64::INFINITY, "never"),
            (Kind::Share, 0.93, "93 %"),
            (Kind::Count, 4.0, "4"),
        ] {
            assert_eq!(print(kind, value), text);
            assert_eq!(printed(text), Some(value), "{text}");
        }
    }
}
