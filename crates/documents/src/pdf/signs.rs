//! Signs that the fonts of the PDF have no shape for. PDF/UA refuses a document with an empty box in place of a
//! letter, and rightly: nobody could read it. They are written as their Unicode number, such as `[U+1F600]`.

use std::fmt::Write;

use unicode_normalization::UnicodeNormalization;

use super::world;

/// So many signs without a space are more than a line holds: a hidden place to break is put between.
const LONGEST_WORD: usize = 48;

/// Makes texts fit to be set, and counts what could not be shown.
#[derive(Default)]
pub(super) struct Signs {
    /// How many signs were replaced.
    pub(super) unshown: usize,
    /// Only what every font has: for the second try.
    pub(super) plain_only: bool,
}

impl Signs {
    /// The text with every sign that can't be shown replaced.
    pub(super) fn fit(&mut self, text: &str) -> String {
        let mut fit = String::with_capacity(text.len());
        let mut run = 0;
        for sign in text.replace("\r\n", "\n").nfc() {
            if sign == '\n' || sign == '\t' || sign == ' ' {
                fit.push(if sign == '\n' { '\n' } else { ' ' });
                run = 0;
                continue;
            }
            if is_nothing(sign) {
                continue;
            }
            if run == LONGEST_WORD {
                fit.push('\u{200b}');
                run = 0;
            }
            run += 1;
            if self.shows(sign) {
                fit.push(sign);
            } else {
                self.unshown += 1;
                // Writing to a text cannot go wrong.
                let _ = write!(fit, "[U+{:04X}]", u32::from(sign));
                run += 7;
            }
        }
        fit
    }

    fn shows(&self, sign: char) -> bool {
        if self.plain_only {
            return sign.is_ascii_graphic() || ('\u{a1}'..='\u{24f}').contains(&sign);
        }
        !sign.is_control() && !is_private(sign) && world::can_show(sign)
    }
}

/// Signs that only steer how others look: they have no shape, and nothing is lost without them.
fn is_nothing(sign: char) -> bool {
    matches!(
        sign,
        '\u{200b}' | '\u{200d}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{ad}' | '\r' | '\0'
    )
}

/// Signs that mean something only by agreement, which no reader of the PDF has.
fn is_private(sign: char) -> bool {
    matches!(sign, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_fonts_have_stays_as_it_is() {
        let mut signs = Signs::default();
        for text in [
            "Zoë said “no”.\nThen…",
            "Łódź, Ελλάδα, Москва, שלום, مرحبا",
            "½ · € £",
        ] {
            assert_eq!(signs.fit(text), text.nfc().collect::<String>());
        }
        assert_eq!(signs.unshown, 0);
    }

    #[test]
    fn what_they_lack_is_written_as_its_number_and_counted() {
        let mut signs = Signs::default();
        assert_eq!(signs.fit("a\u{1f9ff}b"), "a[U+1F9FF]b");
        assert_eq!(signs.fit("\u{4e2d}"), "[U+4E2D]");
        assert_eq!(signs.fit("x\u{7}\u{e000}"), "x[U+0007][U+E000]");
        assert_eq!(signs.unshown, 4);
    }

    #[test]
    fn a_word_longer_than_a_line_can_break() {
        let long = "x".repeat(LONGEST_WORD + 1);
        let fit = Signs::default().fit(&long);
        assert!(fit.contains('\u{200b}'));
        assert_eq!(fit.replace('\u{200b}', ""), long);
    }
}
