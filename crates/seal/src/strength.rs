//! How easily a pass phrase is guessed, by zxcvbn. The sentences are found by `text`.

use zxcvbn::feedback::{Suggestion, Warning};

/// How easily a pass phrase is guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strength {
    /// 0 (at once) to 4 (very hard to guess). Less than 3 is too weak.
    pub score: u8,
    /// The key of what is wrong with it, such as `common-password`.
    pub warning: Option<&'static str>,
    /// The keys of what would help, such as `add-words`.
    pub suggestions: Vec<&'static str>,
}

/// Judges a pass phrase. `user_inputs` are words that others would try first: their name, their mail
/// address, the name of the organisation.
pub fn strength(pass: &str, user_inputs: &[&str]) -> Strength {
    // zxcvbn's time grows faster than the length, and a hundred characters decide.
    let start: String = pass.chars().take(100).collect();
    let start = zeroize::Zeroizing::new(start);
    let found = zxcvbn::zxcvbn(&start, user_inputs);
    let feedback = found.feedback();
    Strength {
        score: u8::from(found.score()),
        warning: feedback
            .and_then(zxcvbn::feedback::Feedback::warning)
            .map(warning_key),
        suggestions: feedback
            .map(|feedback| {
                feedback
                    .suggestions()
                    .iter()
                    .copied()
                    .map(suggestion_key)
                    .collect()
            })
            .unwrap_or_default(),
    }
}

/// All keys that [`Strength::warning`] may hold, for the test that `text` knows each.
pub const WARNING_KEYS: [&str; 14] = [
    "row-of-keys",
    "keyboard-pattern",
    "repeated-letters",
    "repeated-pattern",
    "top-10-password",
    "top-100-password",
    "common-password",
    "like-common-password",
    "sequence",
    "recent-year",
    "single-word",
    "date",
    "single-name",
    "common-name",
];

/// All keys that [`Strength::suggestions`] may hold.
pub const SUGGESTION_KEYS: [&str; 13] = [
    "use-a-few-words",
    "no-need-for-symbols",
    "add-words",
    "capitals-help-little",
    "all-capitals-help-little",
    "reversing-helps-little",
    "substitutions-help-little",
    "longer-keyboard-pattern",
    "avoid-repeats",
    "avoid-sequences",
    "avoid-recent-years",
    "avoid-your-years",
    "avoid-your-dates",
];

fn warning_key(warning: Warning) -> &'static str {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess => "row-of-keys",
        Warning::ShortKeyboardPatternsAreEasyToGuess => "keyboard-pattern",
        Warning::RepeatsLikeAaaAreEasyToGuess => "repeated-letters",
        Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => "repeated-pattern",
        Warning::ThisIsATop10Password => "top-10-password",
        Warning::ThisIsATop100Password => "top-100-password",
        Warning::ThisIsACommonPassword => "common-password",
        Warning::ThisIsSimilarToACommonlyUsedPassword => "like-common-password",
        Warning::SequencesLikeAbcAreEasyToGuess => "sequence",
        Warning::RecentYearsAreEasyToGuess => "recent-year",
        Warning::AWordByItselfIsEasyToGuess => "single-word",
        Warning::DatesAreOftenEasyToGuess => "date",
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess => "single-name",
        Warning::CommonNamesAndSurnamesAreEasyToGuess => "common-name",
    }
}

fn suggestion_key(suggestion: Suggestion) -> &'static str {
    match suggestion {
        Suggestion::UseAFewWordsAvoidCommonPhrases => "use-a-few-words",
        Suggestion::NoNeedForSymbolsDigitsOrUppercaseLetters => "no-need-for-symbols",
        Suggestion::AddAnotherWordOrTwo => "add-words",
        Suggestion::CapitalizationDoesntHelpVeryMuch => "capitals-help-little",
        Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase => "all-capitals-help-little",
        Suggestion::ReversedWordsArentMuchHarderToGuess => "reversing-helps-little",
        Suggestion::PredictableSubstitutionsDontHelpVeryMuch => "substitutions-help-little",
        Suggestion::UseALongerKeyboardPatternWithMoreTurns => "longer-keyboard-pattern",
        Suggestion::AvoidRepeatedWordsAndCharacters => "avoid-repeats",
        Suggestion::AvoidSequences => "avoid-sequences",
        Suggestion::AvoidRecentYears => "avoid-recent-years",
        Suggestion::AvoidYearsThatAreAssociatedWithYou => "avoid-your-years",
        Suggestion::AvoidDatesAndYearsThatAreAssociatedWithYou => "avoid-your-dates",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_common_password_is_weak_and_four_odd_words_are_strong() {
        let weak = strength("password1", &[]);
        assert_eq!((weak.score, weak.warning), (0, Some("common-password")));
        assert!(weak.suggestions.contains(&"add-words"));
        assert_eq!(strength("tunnel brisket ozone lavish", &[]).score, 4);
    }

    #[test]
    fn a_persons_own_name_counts_against_it() {
        let inputs = ["Marguerite Okonkwo"];
        assert!(strength("marguerite okonkwo", &inputs).score < strength("marguerite okonkwo", &[]).score);
    }

    #[test]
    fn every_key_found_is_listed() {
        for pass in [
            "qwerty",
            "aaaa",
            "abcabc",
            "1999",
            "letmein",
            "Marguerite",
            "11/11/1999",
            "P@ssw0rd",
            "drowssap",
        ] {
            let found = strength(pass, &[]);
            assert!(found.warning.is_none_or(|key| WARNING_KEYS.contains(&key)));
            assert!(found.suggestions.iter().all(|key| SUGGESTION_KEYS.contains(key)));
        }
    }
}
