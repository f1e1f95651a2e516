//! What people type as their words: never more than seven of the list come out, and they read back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use safehold_seal::{Words, WordsError};

fuzz_target!(|text: &str| match Words::parse(text) {
    Ok(words) => {
        let again = Words::parse(&words.expose()).unwrap();
        assert_eq!(*again.expose(), *words.expose());
    }
    Err(WordsError::Unknown { position, .. }) => assert!((1..=7).contains(&position)),
    Err(_) => {}
});
