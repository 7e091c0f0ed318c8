//! Everything the app says, in Korean and English.
//!
//! Messages come from `assets/locales`, turned into tables by the build; a message that is missing in one language does
//! not build.

pub mod bridges;
pub mod events;
pub mod format;
mod korean;
pub mod numbers;
pub mod states;

use bridge_engine::world::Text;
pub use korean::josa;

include!(concat!(env!("OUT_DIR"), "/messages.rs"));
include!("marks.rs");

/// Messages one after another, and where each begins.
type Texts = (&'static str, &'static [u16]);

#[cfg(target_family = "wasm")]
static ARRIVED: std::sync::OnceLock<&[Texts; 2]> = std::sync::OnceLock::new();

/// What is said in rooms that come later can be said from now on. A browser has those texts only where something that comes
/// later calls this; natively they are always here.
pub fn arrive() {
    #[cfg(target_family = "wasm")]
    ARRIVED.get_or_init(|| &LATER);
}

#[cfg(target_family = "wasm")]
fn later() -> Option<&'static [Texts; 2]> {
    ARRIVED.get().copied()
}

#[cfg(not(target_family = "wasm"))]
const fn later() -> Option<&'static [Texts; 2]> {
    Some(&LATER)
}

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// Korean.
    Ko,
}

impl Locale {
    /// The language a tag such as `ko-KR` asks for, if it is one of ours.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "ko" => Some(Self::Ko),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// Its tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ko => "ko",
        }
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::En => Self::Ko,
            Self::Ko => Self::En,
        }
    }

    /// A message without arguments.
    #[must_use]
    pub fn say(self, message: Msg) -> String {
        self.with(message, &[])
    }

    /// A message with arguments.
    #[must_use]
    pub fn with(self, message: Msg, arguments: &[(&str, &str)]) -> String {
        let mut out = String::new();
        write(&mut out, &mut self.text(message), arguments, true);
        out
    }

    /// A message and all that follow; nothing if it comes later and is not here.
    fn text(self, message: Msg) -> &'static str {
        let (at, first) = (message as usize, FIRST[0].1.len());
        let (tables, at) = if at < first { (Some(&FIRST), at) } else { (later(), at - first) };
        let Some((text, begins)) = tables.map(|tables| tables[self as usize]) else { return "" };
        begins.get(at).and_then(|begin| text.get(usize::from(*begin)..)).unwrap_or_default()
    }

    /// The scenario author's words.
    #[must_use]
    pub fn name(self, text: &Text) -> &str {
        match self {
            Self::En => &text.en,
            Self::Ko => &text.ko,
        }
    }
}

/// Writes a message up to its end, or only passes over it.
fn write(out: &mut String, left: &mut &str, arguments: &[(&str, &str)], wanted: bool) {
    let value = |name: &str| arguments.iter().find(|a| a.0 == name).map_or("", |a| a.1);
    while let Some((text, mark)) = up_to(left, |c| c <= OTHER) {
        if wanted {
            out.push_str(text);
        }
        match mark {
            END => return,
            ARG | JOSA => {
                let said = value(word(left));
                let said = if mark == ARG { said } else { josa(said, word(left)) };
                if wanted {
                    out.push_str(said);
                }
            }
            SELECT => {
                let said = value(word(left));
                let mut open = wanted;
                while !left.starts_with(OTHER) && !left.is_empty() {
                    let key = word(left);
                    let chosen = open && key == said;
                    write(out, left, arguments, chosen);
                    open &= !chosen;
                }
                up_to(left, |c| c == OTHER);
                write(out, left, arguments, open);
            }
            _ => {}
        }
    }
}

/// A name, key or pair.
fn word<'a>(left: &mut &'a str) -> &'a str {
    up_to(left, |c| c == STOP).map_or("", |found| found.0)
}

/// What stands before a mark, and the mark; both are passed.
fn up_to<'a>(left: &mut &'a str, is_mark: impl Fn(char) -> bool) -> Option<(&'a str, char)> {
    let at = left.bytes().position(|byte| is_mark(char::from(byte)))?;
    let (text, rest) = left.split_at(at);
    let mut rest = rest.chars();
    let mark = rest.next()?;
    *left = rest.as_str();
    Some((text, mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags() {
        assert_eq!(Locale::from_tag("ko-KR"), Some(Locale::Ko));
        assert_eq!(Locale::from_tag("EN"), Some(Locale::En));
        assert_eq!(Locale::from_tag("de"), None);
    }

    #[test]
    fn no_message_is_empty_and_none_is_left_in_english() {
        for (text, begins) in FIRST.into_iter().chain(LATER) {
            for (i, &begin) in begins.iter().enumerate() {
                assert!(!text[usize::from(begin)..].starts_with(END), "message {i}");
            }
        }
        assert_eq!(Locale::Ko.say(Msg::Play), "재생");
        assert_eq!(Locale::En.say(Msg::Play), "Play");
        assert_eq!(Locale::En.say(Msg::ScoreDetect), "To detect");
    }

    #[test]
    fn arguments_particles_and_plurals() {
        let said = |l: Locale, n: &str| l.with(Msg::IncidentsCount, &[("n", n)]);
        assert_eq!(said(Locale::En, "1"), "1 incident");
        assert_eq!(said(Locale::En, "2"), "2 incidents");
        assert_eq!(Locale::Ko.with(Msg::WhyTitleDown, &[("name", "메신저")]), "메신저는 왜 멈췄나요?");
        assert_eq!(Locale::Ko.with(Msg::WhyTitleDown, &[("name", "검색")]), "검색은 왜 멈췄나요?");
    }
}
