//! Numbers as people read them.

/// Hours and minutes, rounded towards nothing.
pub fn duration(seconds: f64) -> String {
    let minutes = (seconds.abs() / 60.0).floor() as u64;
    let sign = if seconds < 0.0 && minutes > 0 { "−" } else { "" };
    format!("{sign}{}:{:02}", minutes / 60, minutes % 60)
}

/// A whole number in groups of three digits.
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
