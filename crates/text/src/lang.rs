//! The languages that the program speaks.

/// A language of the program's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Lang {
    /// Plain British English.
    #[default]
    En,
    /// English made accented and longer, in brackets: for tests and for those who lay out pages.
    Pseudo,
    /// The same, written from right to left.
    PseudoRtl,
}

impl Lang {
    /// All languages, English first.
    pub const ALL: [Self; 3] = [Self::En, Self::Pseudo, Self::PseudoRtl];

    /// Finds a language by its tag. Any kind of English is ours; the pseudo-languages have the
    /// tags that CLDR gives them.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let tag = tag.trim().to_ascii_lowercase();
        match tag.as_str() {
            "en-xa" => Some(Self::Pseudo),
            "ar-xb" => Some(Self::PseudoRtl),
            "en" => Some(Self::En),
            other if other.starts_with("en-") => Some(Self::En),
            _ => None,
        }
    }

    /// The tag for the `lang` attribute of a page.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en-GB",
            Self::Pseudo => "en-XA",
            Self::PseudoRtl => "ar-XB",
        }
    }

    /// The direction for the `dir` attribute of a page.
    pub fn dir(self) -> &'static str {
        match self {
            Self::En | Self::Pseudo => "ltr",
            Self::PseudoRtl => "rtl",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_by_its_own_tag() {
        for lang in Lang::ALL {
            assert_eq!(Lang::from_tag(lang.tag()), Some(lang));
        }
        assert_eq!(Lang::from_tag("EN"), Some(Lang::En));
        assert_eq!(Lang::from_tag("cy"), None);
        assert_eq!(Lang::from_tag(""), None);
        assert_eq!(Lang::PseudoRtl.dir(), "rtl");
    }
}
