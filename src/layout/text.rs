//! How wide words are, without asking a browser: good enough to decide where to cut them.

/// Width of a text in a system font of a size, in pixels. A little too wide rather than too narrow.
#[must_use]
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| advance(c) * size).sum()
}

fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.30,
        'f' | 't' | 'r' | ' ' | '(' | ')' | '-' | '·' => 0.37,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.90,
        'A'..='Z' => 0.68,
        c if c.is_ascii() => 0.58,
        '\u{1100}'.. => 1.0,
        _ => 0.62,
    }
}

/// The text, cut with an ellipsis where it does not fit a width.
#[must_use]
pub fn fit(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut left = room - width(".", size) * 2.0;
    let kept: String = text
        .chars()
        .take_while(|c| {
            left -= advance(*c) * size;
            left >= 0.0
        })
        .collect();
    if kept.is_empty() { kept } else { format!("{}…", kept.trim_end()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fits_or_is_cut() {
        assert_eq!(fit("auth", 11.0, 60.0), "auth");
        assert_eq!(fit("messenger", 11.0, 40.0), "mess…");
        assert_eq!(fit("메신저", 11.0, 34.0), "메신저");
        assert_eq!(fit("메신저 서비스", 11.0, 34.0), "메신…");
        assert_eq!(fit("auth", 11.0, 3.0), "");
        for room in [5.0, 12.0, 20.0, 37.0] {
            assert!(width(&fit("registry 저장소", 11.0, room), 11.0) <= room + 4.0);
        }
    }
}
