//! English and Korean.

use bridge_engine::world::Text;
use bridge_words::Locale;
use clap::ValueEnum;

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// English.
    En,
    /// Korean.
    Ko,
}

impl From<Locale> for Language {
    fn from(locale: Locale) -> Self {
        match locale {
            Locale::En => Self::En,
            Locale::Ko => Self::Ko,
        }
    }
}

impl Language {
    /// What the terminal is set to.
    pub fn of_terminal() -> Self {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| {
            let value = std::env::var(name).ok()?;
            (!value.is_empty()).then_some(value)
        });
        if set.is_some_and(|value| value.starts_with("ko")) { Self::Ko } else { Self::En }
    }

    /// One of two.
    pub fn pick<T>(self, en: T, ko: T) -> T {
        match self {
            Self::En => en,
            Self::Ko => ko,
        }
    }

    /// The same for what the app says too.
    pub fn locale(self) -> Locale {
        self.pick(Locale::En, Locale::Ko)
    }

    /// The words in this language.
    pub fn of(self, text: &Text) -> &str {
        self.pick(&text.en, &text.ko)
    }
}
