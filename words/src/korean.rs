//! Korean particles, which change with the last sound of the word before them.

/// The particle of a pair such as `이/가`, `을/를`, `은/는`, `와/과` or `으로/로` that follows a word.
///
/// The form for a final consonant stands first, as dictionaries write it (`과/와` for "and").
#[must_use]
pub fn josa<'a>(word: &str, pair: &'a str) -> &'a str {
    let Some((closed, open)) = pair.split_once('/') else { return pair };
    let last = word.chars().rev().find(|c| c.is_alphanumeric());
    match last.map(|c| ending(c, word)) {
        Some(Ending::Closed) => closed,
        // "로" follows ㄹ as it follows a vowel: 서울로, 발전기로.
        Some(Ending::Rieul) if closed == "으로" => open,
        Some(Ending::Rieul) => closed,
        Some(Ending::Open) | None => open,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Ends in a vowel.
    Open,
    /// Ends in ㄹ.
    Rieul,
    /// Ends in another consonant.
    Closed,
}

fn ending(last: char, word: &str) -> Ending {
    match last {
        '가'..='힣' => match (last as u32 - '가' as u32) % 28 {
            0 => Ending::Open,
            8 => Ending::Rieul,
            _ => Ending::Closed,
        },
        // 영 일 이 삼 사 오 육 칠 팔 구
        '0' | '3' | '6' => Ending::Closed,
        '1' | '7' | '8' => Ending::Rieul,
        '2' | '4' | '5' | '9' => Ending::Open,
        _ => latin(last, word),
    }
}

/// A Latin word by how Koreans read it: letters one by one if it is in capitals or a single letter, else as a word.
fn latin(last: char, word: &str) -> Ending {
    let letters = word.rsplit(|c: char| !c.is_ascii_alphabetic()).find(|w| !w.is_empty()).unwrap_or_default();
    let spelt = letters.chars().all(|c| c.is_ascii_uppercase());
    match (spelt, last.to_ascii_lowercase()) {
        (_, 'l') | (true, 'r') => Ending::Rieul,
        (_, 'm' | 'n') => Ending::Closed,
        (false, 'b' | 'c' | 'k' | 'p' | 't') => Ending::Closed,
        (false, 'g') if letters.ends_with("ng") => Ending::Closed,
        _ => Ending::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::josa;

    #[test]
    fn subject_object_topic_and_direction() {
        for (word, pair, expected) in [
            ("메신저", "이/가", "가"),
            ("결제", "을/를", "를"),
            ("전원", "이/가", "이"),
            ("배터리", "은/는", "는"),
            ("판교", "으로/로", "로"),
            ("안양", "으로/로", "으로"),
            ("서울", "으로/로", "로"),
            ("서울", "이/가", "이"),
            ("검색", "과/와", "과"),
            ("지도", "과/와", "와"),
        ] {
            assert_eq!(josa(word, pair), expected, "{word} {pair}");
        }
    }

    #[test]
    fn digits_letters_and_what_stands_after_the_word() {
        for (word, pair, expected) in [
            ("전산실 1", "이/가", "이"),
            ("전산실 2", "이/가", "가"),
            ("배전반 7", "으로/로", "로"),
            ("배전반 A", "을/를", "를"),
            ("UPS", "이/가", "가"),
            ("KVM", "이/가", "이"),
            ("portal", "으로/로", "로"),
            ("net", "이/가", "이"),
            ("메신저 (대기)", "이/가", "가"),
            ("", "이/가", "가"),
        ] {
            assert_eq!(josa(word, pair), expected, "{word} {pair}");
        }
    }
}
