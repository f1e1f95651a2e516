//! Words as people type them.

use proptest::prelude::*;
use safehold_seal::{Context, SymmetricKey, Words, WordsError};

const SHOWN: &str = "crinkle drop-down swampland iguana t-shirt unwired paddling";

#[expect(clippy::unwrap_used, reason = "a helper of tests may stop at a surprise")]
fn words() -> Words {
    Words::parse(SHOWN).unwrap()
}

fn reads(typed: &str) {
    assert_eq!(Words::parse(typed).as_ref(), Ok(&words()), "{typed:?}");
}

#[test]
fn words_are_shown_as_the_list_has_them() {
    assert_eq!(*words().expose(), SHOWN);
    assert_eq!(words().each().join(" "), SHOWN);
}

#[test]
fn case_spaces_numbers_and_punctuation_do_not_matter() {
    reads("  Crinkle DROP-DOWN\tswampland\r\n\r\niguana   T-shirt unwired paddling.\n");
    reads("crinkle, drop-down, swampland, iguana, t-shirt, unwired, paddling");
    reads("1. crinkle\n2. drop-down\n3. swampland\n4. iguana\n5. t-shirt\n6. unwired\n7. paddling");
    reads("1crinkle2drop-down3swampland4iguana5t-shirt6unwired7paddling");
    reads("crinkle-drop-down-swampland-iguana-t-shirt-unwired-paddling");
    reads("“crinkle” (drop‑down) swampland/iguana; t–shirt… unwired_paddling");
    reads("crínkle dröp-down swampland igua\u{200b}na t-shirt un\u{ad}wired paddling");
}

#[test]
fn words_run_together_or_apart_are_read() {
    reads("crinkle dropdown swampland iguana tshirt unwired paddling");
    reads("crinkle drop down swamp land iguana t shirt unwired paddling");
    reads("crinkledropdown swamplandiguana tshirt unwiredpaddling");
    reads("crinkledropdownswamplandiguanatshirtunwiredpaddling");
    reads("CrinkleDrop-downSwampland iguanaT-shirtUnwiredPaddling");
}

#[test]
fn near_misspellings_are_read() {
    reads("crinkel drop-down swampland iguana t-shirt unwired paddling");
    reads("crinckle dropdwon swamplnd iguanna tshirt unwirred paddlingg");
    reads("crinkle drop-down swammpland ihuana t-shirt unwired paddlimg");
}

#[test]
fn an_ambiguous_word_is_asked_about() {
    let typed = SHOWN.replace("iguana", "stany");
    let Err(WordsError::Unknown {
        position,
        suggestions,
    }) = Words::parse(&typed)
    else {
        panic!("read")
    };
    assert_eq!((position, suggestions.len()), (4, 4));
    assert!(
        ["stand", "stank", "stony"]
            .iter()
            .all(|word| suggestions.contains(word)),
        "{suggestions:?}"
    );
}

#[test]
fn the_start_of_a_word_is_completed_in_suggestions() {
    let typed = SHOWN.replace("swampland", "swampl");
    let Err(WordsError::Unknown {
        position,
        suggestions,
    }) = Words::parse(&typed)
    else {
        panic!("read")
    };
    assert_eq!(position, 3);
    assert!(suggestions.contains(&"swampland"), "{suggestions:?}");
}

#[test]
fn a_word_that_looks_like_none_has_no_suggestions() {
    let typed = SHOWN.replace("iguana", "zzzzzzzzzz");
    assert_eq!(
        Words::parse(&typed),
        Err(WordsError::Unknown {
            position: 4,
            suggestions: vec![]
        })
    );
}

#[test]
fn too_few_and_too_many_words_are_counted() {
    let count = |typed: &str| match Words::parse(typed) {
        Err(WordsError::Count { found }) => found,
        other => panic!("{other:?}"),
    };
    assert_eq!(count(""), 0);
    assert_eq!(count("1. 2. 3."), 0);
    assert_eq!(count("crinkle drop-down iguana"), 3);
    assert_eq!(count(&format!("{SHOWN} crinkle")), 8);
    assert_eq!(count(&"zzzz ".repeat(20)), 20);
    assert_eq!(count(&"zzzz ".repeat(8)), 8);
    assert_eq!(count(&"iguana ".repeat(100)), 100);
    assert_eq!(count(&"iguana ".repeat(1000)), 1000);
}

#[test]
fn words_derive_the_same_however_they_were_typed() {
    let salt = [3; 32];
    let shown = words().derive(&salt);
    let typed = Words::parse("CRINKEL dropdown swamp-land iguana tshirt unwired paddling")
        .unwrap()
        .derive(&salt);
    assert_eq!(typed.lookup, shown.lookup);
    assert_eq!(typed.key, shown.key);
    assert_ne!(shown.key.expose(), &shown.lookup);
    let elsewhere = words().derive(&[4; 32]);
    assert_ne!(elsewhere.lookup, shown.lookup);
    assert_ne!(elsewhere.key, shown.key);
}

#[test]
fn the_order_of_words_matters() {
    let turned = Words::parse("paddling unwired t-shirt iguana swampland drop-down crinkle").unwrap();
    assert_ne!(turned, words());
    assert_ne!(turned.derive(&[3; 32]).lookup, words().derive(&[3; 32]).lookup);
}

#[test]
fn generated_words_are_spread_over_the_list() {
    let drawn: Vec<_> = (0..2000).flat_map(|_| Words::generate().each()).collect();
    let distinct: std::collections::HashSet<_> = drawn.iter().collect();
    // 14,000 draws from 7,775 leave out about one in six.
    assert!((6200..6700).contains(&distinct.len()), "{}", distinct.len());
}

#[test]
fn a_letter_left_out_finds_its_word_or_asks() {
    let mut found = 0;
    let mut wrong = 0;
    let all: Vec<&str> = (0..200).flat_map(|_| Words::generate().each()).collect();
    for (place, word) in all.iter().enumerate() {
        // One letter left out, somewhere after the first.
        let gone = 1 + place % (word.len() - 1);
        let misspelt = format!("{}{}", &word[..gone], &word[gone + 1..]);
        let typed = format!("iguana iguana iguana iguana iguana iguana {misspelt}");
        if let Ok(read) = Words::parse(&typed) {
            if read.each()[6] == *word {
                found += 1;
            } else {
                wrong += 1;
            }
        }
    }
    // Three in ten leave something that is as near to another word: then we ask, with both.
    assert!(found * 100 > all.len() * 65, "{found} of {} found", all.len());
    assert!(wrong * 100 < all.len() * 5, "{wrong} of {} wrong", all.len());
}

proptest! {
    #[test]
    fn generated_words_read_back(gap in "[ ,.\\-\n\t0-9]{1,3}", upper in any::<bool>()) {
        let words = Words::generate();
        let typed = words.each().join(&gap);
        let typed = if upper { typed.to_uppercase() } else { typed };
        prop_assert_eq!(Words::parse(&typed), Ok(words));
    }

    #[test]
    fn any_text_is_answered_without_a_panic(text in "\\PC{0,200}") {
        let _ = Words::parse(&text);
    }

    #[test]
    fn any_letters_are_answered_without_a_panic(text in "[a-z -]{0,300}") {
        let _ = Words::parse(&text);
    }
}

#[test]
fn sealed_words_open_with_their_key_and_place_alone() {
    let (key, place) = (SymmetricKey::generate(), Context::new("words", &["1"]));
    let sealed = words().seal(&key, &place);
    assert_eq!(Words::open(&key, &place, &sealed).unwrap(), words());
    assert_eq!(sealed.as_bytes().len(), 47);
    assert!(Words::open(&SymmetricKey::generate(), &place, &sealed).is_err());
    assert!(Words::open(&key, &Context::new("words", &["2"]), &sealed).is_err());
}
