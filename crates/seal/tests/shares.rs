//! The recovery key in shares: any few give it back, fewer do not, and what is wrong is said of the right one.

use proptest::prelude::*;
use safehold_seal::{
    RecoveryKey, Share,
    share::{self, CombineError, MOST_NEEDED, MOST_SHARES, SetId, ShareError},
};

/// Which shares are given, as bits, for a set of `needed` of `of`.
fn sets() -> impl Strategy<Value = (u8, u8, u16)> {
    (2..=MOST_NEEDED)
        .prop_flat_map(|needed| (Just(needed), needed..=MOST_SHARES))
        .prop_flat_map(|(needed, of)| (Just(needed), Just(of), 0..(1_u16 << of)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn as_many_as_are_needed_give_the_key_and_fewer_do_not((needed, of, chosen) in sets(), turn in 0..9_usize) {
        let key = RecoveryKey::generate();
        let made = share::split(&key, needed, of).unwrap();
        // As they come back from paper, in any order.
        let read: Vec<Share> = made.iter().map(|share| Share::parse(&share.to_text()).unwrap()).collect();
        let mut given: Vec<&Share> = read.iter().filter(|share| chosen >> (share.number() - 1) & 1 == 1).collect();
        let places = given.len().max(1);
        given.rotate_left(turn % places);
        let back = share::combine(&given, &key.public());
        if given.len() >= usize::from(needed) {
            prop_assert!(back.unwrap().secret() == key.secret());
        } else {
            let too_few = CombineError::TooFew { needed: if given.is_empty() { 2 } else { needed }, given: given.len() };
            prop_assert_eq!(back.unwrap_err(), too_few);
        }
    }

    #[test]
    fn each_slip_in_typing_is_noticed(place in 17..96_usize, letter in "[0-9A-HJKMNP-TV-Z]") {
        let made = share::split(&RecoveryKey::generate(), 2, 3).unwrap();
        let text = made[0].to_text();
        let now = &text[place..=place];
        if now != "-" && now != letter {
            let slip = format!("{}{letter}{}", &text[..place], &text[place + 1..]);
            prop_assert_eq!(Share::parse(&slip).unwrap_err(), ShareError::Checksum);
        }
    }

    #[test]
    fn whatever_is_typed_is_no_share_or_is_one(text in ".{0,120}") {
        drop(Share::parse(&text));
        drop(share::pieces(&text));
    }
}

#[test]
fn a_share_reads_back_however_it_is_typed() {
    let made = share::split(&RecoveryKey::generate(), 3, 5).unwrap();
    let share = &made[3];
    assert_eq!((share.number(), share.needed(), share.of()), (4, 3, 5));
    let text = share.to_text();
    assert_eq!(text.len(), 17 + 64 + 15);
    let typed = text.to_lowercase().replace('0', "o");
    for text in [
        text.as_str(),
        &typed,
        &text.replace('-', " \r\n"),
        text.split(' ').next_back().unwrap(),
    ] {
        assert_eq!(Share::parse(text).unwrap().digest(), share.digest(), "{text}");
    }
    assert_eq!(Share::parse("").unwrap_err(), ShareError::Length { found: 0 });
    assert_eq!(
        Share::parse(&text[..80]).unwrap_err(),
        ShareError::Length { found: 51 }
    );
    let other = text.replacen(&text[22..26], "ÜÜÜÜ", 1);
    assert_eq!(Share::parse(&other).unwrap_err(), ShareError::Letter { group: 2 });
    // The key itself is no share, and a share no key.
    let key = RecoveryKey::generate();
    assert!(Share::parse(&key.to_text()).is_err());
    assert!(RecoveryKey::parse(&text).is_err());
    assert!(!format!("{share:?}").contains(&text[40..60]));
}

#[test]
fn a_share_of_another_set_or_given_twice_is_named() {
    let key = RecoveryKey::generate();
    let ours = share::split(&key, 3, 5).unwrap();
    // The same key split again is another set: shares of the two do not fit together.
    let others = share::split(&key, 3, 5).unwrap();
    let foreign = share::combine(&[&ours[0], &ours[1], &others[2]], &key.public());
    assert_eq!(foreign.unwrap_err(), CombineError::OtherSet { place: 2 });
    let twice = share::combine(&[&ours[0], &ours[1], &ours[0]], &key.public());
    assert_eq!(twice.unwrap_err(), CombineError::Twice { place: 2 });
    // A whole set of somebody else's key gives nothing.
    let elsewhere = RecoveryKey::generate();
    let theirs = share::split(&elsewhere, 2, 2).unwrap();
    let wrong = share::combine(&[&theirs[0], &theirs[1]], &key.public());
    assert_eq!(wrong.unwrap_err(), CombineError::OtherKey);
}

#[test]
fn a_key_is_split_within_limits_only() {
    let key = RecoveryKey::generate();
    for (needed, of) in [(0, 3), (1, 3), (6, 9), (3, 2), (2, 10), (0, 0)] {
        assert!(share::split(&key, needed, of).is_err(), "{needed} of {of}");
    }
    for (needed, of) in [(2, 2), (2, 3), (5, 9), (5, 5)] {
        assert_eq!(share::split(&key, needed, of).unwrap().len(), usize::from(of));
    }
}

#[test]
fn no_share_alone_is_like_another_and_a_digest_tells_them_apart() {
    let key = RecoveryKey::generate();
    let made = share::split(&key, 2, 9).unwrap();
    let mut digests: Vec<_> = made.iter().map(Share::digest).collect();
    digests.sort_unstable();
    digests.dedup();
    assert_eq!(digests.len(), 9);
    assert!(made.iter().all(|share| share.set() == made[0].set()));
}

#[test]
fn several_shares_in_one_text_are_taken_apart() {
    let made = share::split(&RecoveryKey::generate(), 2, 3).unwrap();
    let texts: Vec<_> = made.iter().map(|share| share.to_text().to_string()).collect();
    for text in [
        texts.join("\n"),
        texts.join("\n\n").to_lowercase(),
        texts.join(" ").replace("-0", "-\n0"),
        texts.join("\r\n").replace("SAFEHOLD-SHARE-1 ", ""),
    ] {
        let found = share::pieces(&text);
        assert_eq!(found.len(), 3, "{text}");
        for (piece, share) in found.iter().zip(&made) {
            assert_eq!(Share::parse(piece).unwrap().digest(), share.digest());
        }
    }
    assert!(share::pieces(" \n ").is_empty());
}

#[test]
fn the_name_of_a_set_reads_back() {
    let made = share::split(&RecoveryKey::generate(), 2, 2).unwrap();
    let set = made[0].set();
    assert_eq!(set.to_string().parse::<SetId>(), Ok(set));
    for text in ["", "12345", "1234567", "-12345", "+12345", "GGGGGG"] {
        assert!(text.parse::<SetId>().is_err(), "{text}");
    }
}
