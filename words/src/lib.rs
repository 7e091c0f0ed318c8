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

/// A part of a message.
enum Piece {
    /// As written.
    Text(&'static str),
    /// An argument's value.
    Arg(&'static str),
    /// The Korean particle that follows an argument's value.
    Josa(&'static str, &'static str),
    /// One of several texts, by an argument's value.
    Select(&'static str, &'static [(&'static str, &'static [Self])], &'static [Self]),
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
        let table = match self {
            Self::En => &EN,
            Self::Ko => &KO,
        };
        let mut out = String::new();
        write_pieces(&mut out, table[message as usize], arguments);
        out
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

fn write_pieces(out: &mut String, pieces: &[Piece], arguments: &[(&str, &str)]) {
    let value = |name: &str| arguments.iter().find(|a| a.0 == name).map_or("", |a| a.1);
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Arg(name) => out.push_str(value(name)),
            Piece::Josa(name, pair) => out.push_str(josa(value(name), pair)),
            Piece::Select(name, cases, other) => {
                let wanted = value(name);
                let chosen = cases.iter().find(|case| case.0 == wanted).map_or(*other, |case| case.1);
                write_pieces(out, chosen, arguments);
            }
        }
    }
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
        for (i, (en, ko)) in EN.iter().zip(&KO).enumerate() {
            assert!(!en.is_empty() && !ko.is_empty(), "message {i}");
        }
        assert_eq!(Locale::Ko.say(Msg::Play), "재생");
        assert_eq!(Locale::En.say(Msg::Play), "Play");
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
