//! Bodies, wraps and sessions: round trips, and everything else refused.

use proptest::prelude::*;
use safehold_seal::{
    Context, OpenError, ReaderKeys, ReaderPublic, ReaderSecret, SealError, Sealed, SessionCookie,
    SymmetricKey, body::sealed_body_length, open_body, padding, seal_body, unwrap_key, unwrap_key_symmetric,
    wrap_key, wrap_key_symmetric,
};

fn here() -> Context {
    Context::new("message", &["case", "message"])
}

fn elsewhere() -> [Context; 4] {
    [
        Context::new("message", &["case", "other"]),
        Context::new("note", &["case", "message"]),
        Context::new("message", &["casemessage"]),
        Context::new("message", &["case", "message", ""]),
    ]
}

/// Tries every blob that is one flipped bit per byte away, every cut, and one byte more.
#[expect(clippy::indexing_slicing, reason = "a helper of tests may stop at a surprise")]
fn every_change_is_refused(sealed: &Sealed, opens: impl Fn(&Sealed) -> bool) {
    assert!(opens(sealed));
    let bytes = sealed.as_bytes();
    for place in 0..bytes.len() {
        let mut changed = bytes.to_vec();
        changed[place] ^= 1 << (place % 8);
        assert!(!opens(&Sealed::from_bytes(changed)), "flipped at {place}");
        assert!(
            !opens(&Sealed::from_bytes(bytes[..place].to_vec())),
            "cut at {place}"
        );
    }
    assert!(!opens(&Sealed::from_bytes([bytes, &[0]].concat())));
}

#[test]
fn a_body_opens_only_with_its_key_in_its_place() {
    let key = SymmetricKey::generate();
    let sealed = seal_body(&key, &here(), b"what happened").unwrap();
    assert_eq!(&*open_body(&key, &here(), &sealed).unwrap(), b"what happened");
    for context in elsewhere() {
        assert_eq!(open_body(&key, &context, &sealed).err(), Some(OpenError::Refused));
    }
    assert_eq!(
        open_body(&SymmetricKey::generate(), &here(), &sealed).err(),
        Some(OpenError::Refused)
    );
    assert_eq!(
        open_body(&key.derive("other"), &here(), &sealed).err(),
        Some(OpenError::Refused)
    );
}

#[test]
fn a_changed_body_is_refused() {
    let key = SymmetricKey::generate();
    let sealed = seal_body(&key, &here(), b"what happened").unwrap();
    every_change_is_refused(&sealed, |sealed| open_body(&key, &here(), sealed).is_ok());
}

#[test]
fn a_body_is_an_age_file_with_one_stanza() {
    let sealed = seal_body(&SymmetricKey::generate(), &here(), b"").unwrap();
    let header = sealed.as_bytes().split(|byte| *byte == b'\n').take(4);
    let header: Vec<String> = header
        .map(|line| String::from_utf8(line.to_vec()).unwrap())
        .collect();
    assert_eq!(header[0], "age-encryption.org/v1");
    assert!(header[1].starts_with("-> safehold-sym-v1 "));
    assert_eq!(header[2].len(), 43);
    assert!(header[3].starts_with("--- "));
}

#[test]
fn the_length_of_a_body_tells_only_its_bucket() {
    let key = SymmetricKey::generate();
    let mut length = 0;
    // Each bucket's first and last lengths, and one between, up to some kilobytes.
    while length < 6000 {
        let inside = length + 37;
        let bucket = usize::try_from(padding::padded(inside as u64)).unwrap();
        let expected = bucket + 188;
        for length in [length, length + (bucket - inside) / 2, bucket - 37] {
            let sealed = seal_body(&key, &here(), &vec![b'x'; length]).unwrap();
            assert_eq!(sealed.as_bytes().len(), expected, "{length}");
            assert_eq!(
                sealed_body_length(u32::try_from(length).unwrap()),
                expected as u64
            );
        }
        length = bucket - 37 + 1;
    }
}

#[test]
fn long_bodies_come_back_whole() {
    let key = SymmetricKey::generate();
    for length in [65_499, 65_500, 65_536, 200_000] {
        let plain: Vec<u8> = (0..length).map(|place: u32| (place % 251) as u8).collect();
        let sealed = seal_body(&key, &here(), &plain).unwrap();
        assert_eq!(sealed.as_bytes().len() as u64, sealed_body_length(length));
        assert!(*open_body(&key, &here(), &sealed).unwrap() == plain[..]);
    }
}

#[test]
fn sealing_twice_gives_nothing_alike() {
    let key = SymmetricKey::generate();
    let [one, two] = [0, 1].map(|_| seal_body(&key, &here(), b"the same").unwrap());
    let same = one
        .as_bytes()
        .iter()
        .zip(two.as_bytes())
        .skip(172)
        .filter(|(one, two)| one == two)
        .count();
    assert!(same < 20);
    assert_ne!(one.digest(), two.digest());
}

#[test]
fn a_wrapped_key_opens_only_for_its_reader_in_its_place() {
    let (public, secret) = ReaderKeys::generate();
    let key = SymmetricKey::generate();
    let wrapped = wrap_key(&public, &here(), &key).unwrap();
    assert_eq!(wrapped.as_bytes().len(), 1169);
    assert_eq!(unwrap_key(&secret, &here(), &wrapped).unwrap(), key);
    for context in elsewhere() {
        assert_eq!(unwrap_key(&secret, &context, &wrapped), Err(OpenError::Refused));
    }
    let (_, other) = ReaderKeys::generate();
    assert_eq!(unwrap_key(&other, &here(), &wrapped), Err(OpenError::Refused));
    every_change_is_refused(&wrapped, |wrapped| unwrap_key(&secret, &here(), wrapped).is_ok());
}

#[test]
fn the_public_key_comes_from_the_seed() {
    let (public, secret) = ReaderKeys::generate();
    let again = ReaderSecret::from_bytes(*secret.expose());
    assert_eq!(again.public(), public);
    assert_eq!(ReaderPublic::from_bytes(public.as_bytes()).unwrap(), public);
    assert_eq!(
        ReaderPublic::from_bytes(&public.as_bytes()[1..]),
        Err(SealError::PublicKey)
    );
    // ML-KEM's coefficients are less than 3329: twelve set bits are no coefficient (FIPS 203, 7.2).
    assert_eq!(ReaderPublic::from_bytes(&[0xff; 1216]), Err(SealError::PublicKey));
}

#[test]
fn a_key_wrapped_by_a_key_opens_only_in_its_place() {
    let by = SymmetricKey::generate();
    let key = SymmetricKey::generate();
    let wrapped = wrap_key_symmetric(&by, &here(), &key).unwrap();
    assert_eq!(wrapped.as_bytes().len(), 65);
    assert_eq!(unwrap_key_symmetric(&by, &here(), &wrapped).unwrap(), key);
    for context in elsewhere() {
        assert_eq!(
            unwrap_key_symmetric(&by, &context, &wrapped),
            Err(OpenError::Refused)
        );
    }
    assert_eq!(
        unwrap_key_symmetric(&key, &here(), &wrapped),
        Err(OpenError::Refused)
    );
    every_change_is_refused(&wrapped, |wrapped| {
        unwrap_key_symmetric(&by, &here(), wrapped).is_ok()
    });
}

#[test]
fn a_readers_secret_in_a_session_opens_only_with_the_cookie() {
    let cookie = SessionCookie::generate();
    let (_, secret) = ReaderKeys::generate();
    let sealed = cookie.seal_reader(&here(), &secret);
    let sent = cookie.expose();
    assert_eq!(sent.len(), 43);
    let returned = SessionCookie::parse(&sent).unwrap();
    assert_eq!(returned.id_hash(), cookie.id_hash());
    assert_eq!(returned.form_token(), cookie.form_token());
    assert_eq!(returned.open_reader(&here(), &sealed).unwrap(), secret);
    let stranger = SessionCookie::generate();
    assert_ne!(stranger.id_hash(), cookie.id_hash());
    assert_eq!(stranger.open_reader(&here(), &sealed), Err(OpenError::Refused));
    for context in elsewhere() {
        assert_eq!(cookie.open_reader(&context, &sealed), Err(OpenError::Refused));
    }
    every_change_is_refused(&sealed, |sealed| cookie.open_reader(&here(), sealed).is_ok());
    for text in ["", "x", &sent[1..], &format!("{}=", &*sent), &"é".repeat(20)] {
        assert!(SessionCookie::parse(text).is_err());
    }
}

#[test]
fn a_wrap_is_not_taken_for_a_session_or_the_other_way_round() {
    let cookie = SessionCookie::generate();
    let (_, secret) = ReaderKeys::generate();
    let session = cookie.seal_reader(&here(), &secret);
    assert!(unwrap_key_symmetric(&cookie.key(), &here(), &session).is_err());
    let wrapped = wrap_key_symmetric(&cookie.key(), &here(), &SymmetricKey::generate()).unwrap();
    assert!(cookie.open_reader(&here(), &wrapped).is_err());
}

#[test]
fn derived_keys_differ_by_label() {
    let key = SymmetricKey::from_bytes([7; 32]);
    assert_eq!(key.derive("a"), key.derive("a"));
    assert_ne!(key.derive("a"), key.derive("b"));
    assert_ne!(key.derive(""), key);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_body_comes_back(plain in proptest::collection::vec(any::<u8>(), 0..3000)) {
        let key = SymmetricKey::generate();
        let sealed = seal_body(&key, &here(), &plain).unwrap();
        let opened = open_body(&key, &here(), &sealed).unwrap();
        prop_assert_eq!(&*opened, plain.as_slice());
        prop_assert!(!plain.is_empty() || opened.is_empty());
    }

    #[test]
    fn any_bytes_are_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..1500)) {
        let key = SymmetricKey::from_bytes([1; 32]);
        let secret = ReaderSecret::from_bytes([1; 32]);
        let mut headed = b"age-encryption.org/v1\n-> safehold-sym-v1 ".to_vec();
        headed.extend_from_slice(&bytes);
        let mut versioned = vec![1];
        versioned.extend_from_slice(&bytes);
        for bytes in [bytes, headed, versioned] {
            let sealed = Sealed::from_bytes(bytes);
            prop_assert!(open_body(&key, &here(), &sealed).is_err());
            prop_assert!(unwrap_key(&secret, &here(), &sealed).is_err());
            prop_assert!(unwrap_key_symmetric(&key, &here(), &sealed).is_err());
        }
    }

    #[test]
    fn any_changed_header_is_refused_without_a_panic(
        changes in proptest::collection::vec((0_usize..172, "[ -~\n]"), 1..40),
    ) {
        let key = SymmetricKey::generate();
        let sealed = seal_body(&key, &here(), b"what happened").unwrap();
        let mut changed = sealed.as_bytes().to_vec();
        for (place, char) in changes {
            changed[place] = char.as_bytes()[0];
        }
        if changed != sealed.as_bytes() {
            prop_assert!(open_body(&key, &here(), &Sealed::from_bytes(changed)).is_err());
        }
    }
}
