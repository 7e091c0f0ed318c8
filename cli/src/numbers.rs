//! Numbers as people read them.

/// Hours and minutes, rounded down.
pub fn duration(seconds: f64) -> String {
    let minutes = (seconds / 60.0).floor() as u64;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// A whole number in groups of three digits.
pub fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", value.max(0.0));
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
