//! Locks: what a pass phrase opens, and what it does not.

use safehold_seal::{
    Lock, LockError, LockParams, ReaderKeys, SealError, Sealed, SecretString, SymmetricKey, UserSecrets,
    dummy_open, lock::new_recovery_codes, totp,
};

fn secrets() -> UserSecrets {
    let (_, reader) = ReaderKeys::generate();
    UserSecrets {
        reader,
        totp_secret: totp::new_secret(),
        recovery_codes: new_recovery_codes(10),
    }
}

fn pass(text: &str) -> SecretString {
    SecretString::from(text)
}

#[test]
fn a_lock_opens_with_its_pass_phrase_alone() {
    let secrets = secrets();
    let lock = Lock::close(&pass("correct horse"), &secrets, LockParams::weak_for_tests()).unwrap();
    let (opened, _) = Lock::open(&pass("correct horse"), &lock).unwrap();
    assert_eq!(opened.reader, secrets.reader);
    assert_eq!(opened.totp_secret, secrets.totp_secret);
    assert_eq!(opened.recovery_codes, secrets.recovery_codes);
    for wrong in ["", "correct hors", "Correct horse", "correct horse "] {
        assert_eq!(Lock::open(&pass(wrong), &lock).err(), Some(LockError::Refused));
    }
}

#[test]
fn the_same_letters_from_another_keyboard_open_it() {
    let lock = Lock::close(
        &pass("caf\u{e9} \u{fb01}ne"),
        &secrets(),
        LockParams::weak_for_tests(),
    )
    .unwrap();
    assert!(Lock::open(&pass("cafe\u{301} fine"), &lock).is_ok());
}

#[test]
fn a_changed_lock_is_refused() {
    let lock = Lock::close(&pass("correct horse"), &secrets(), LockParams::weak_for_tests()).unwrap();
    let bytes = lock.as_bytes();
    for place in 0..bytes.len() {
        let mut changed = bytes.to_vec();
        // The lowest bit, so that a changed parameter is still cheap to try.
        changed[place] ^= 1;
        assert!(
            Lock::open(&pass("correct horse"), &Sealed::from_bytes(changed)).is_err(),
            "{place}"
        );
        assert!(
            Lock::open(
                &pass("correct horse"),
                &Sealed::from_bytes(bytes[..place].to_vec())
            )
            .is_err()
        );
    }
}

#[test]
fn a_lock_cannot_ask_for_all_memory_or_time() {
    let lock = Lock::close(&pass("correct horse"), &secrets(), LockParams::weak_for_tests()).unwrap();
    for number in 0..3 {
        let mut greedy = lock.as_bytes().to_vec();
        greedy[1 + 4 * number..][..4].copy_from_slice(&[0xff; 4]);
        assert_eq!(
            Lock::open(&pass("correct horse"), &Sealed::from_bytes(greedy)).err(),
            Some(LockError::Refused)
        );
    }
    let too_much = LockParams {
        memory_kib: 1 << 30,
        ..LockParams::default()
    };
    assert_eq!(
        Lock::close(&pass("x"), &secrets(), too_much),
        Err(SealError::Params)
    );
    let too_little = LockParams {
        memory_kib: 4,
        ..LockParams::default()
    };
    assert_eq!(
        Lock::close(&pass("x"), &secrets(), too_little),
        Err(SealError::Params)
    );
}

#[test]
fn a_recovery_code_works_once_and_the_lock_closes_again() {
    let lock = Lock::close(&pass("correct horse"), &secrets(), LockParams::weak_for_tests()).unwrap();
    assert_eq!(Lock::params(&lock), Ok(LockParams::weak_for_tests()));
    let (mut opened, key) = Lock::open(&pass("correct horse"), &lock).unwrap();
    let code = opened.recovery_codes[3].clone();
    assert!(!opened.use_recovery_code(""));
    assert!(!opened.use_recovery_code("00000-0000"));
    assert!(opened.use_recovery_code(&format!(
        " {} ",
        code.to_lowercase().replace('0', "o").replace('-', " ")
    )));
    assert!(!opened.use_recovery_code(&code));

    let again = Lock::reclose(&key, &lock, &opened).unwrap();
    assert_eq!(
        again.as_bytes().len(),
        lock.as_bytes().len(),
        "the number of codes left does not show"
    );
    let (mut opened, _) = Lock::open(&pass("correct horse"), &again).unwrap();
    assert_eq!(opened.recovery_codes.len(), 9);
    assert!(!opened.use_recovery_code(&code));
}

#[test]
fn another_key_cannot_close_a_lock() {
    let secrets = secrets();
    let lock = Lock::close(&pass("correct horse"), &secrets, LockParams::weak_for_tests()).unwrap();
    let other = SymmetricKey::generate();
    assert_eq!(Lock::reclose(&other, &lock, &secrets), Err(LockError::Refused));
}

#[test]
fn recovery_codes_are_distinct_and_easy_to_read() {
    let codes = new_recovery_codes(50);
    let distinct: std::collections::HashSet<_> = codes.iter().collect();
    assert_eq!(distinct.len(), 50);
    assert!(
        codes
            .iter()
            .all(|code| code.len() == 11 && !code.contains(['I', 'L', 'O', 'U']))
    );
}

#[test]
fn the_dummy_does_the_same_work_with_the_usual_parameters() {
    assert_eq!(
        LockParams::default(),
        LockParams {
            memory_kib: 65_536,
            passes: 3,
            lanes: 1
        }
    );
    Lock::dummy_open_with(&pass("x"), LockParams::weak_for_tests());
    dummy_open(&pass("x"));
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_refused_without_a_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
        let _ = Lock::params(&Sealed::from_bytes([&[1], bytes.as_slice()].concat()));
        let lock = Sealed::from_bytes(bytes);
        let _ = Lock::params(&lock);
        assert!(Lock::reclose(&SymmetricKey::generate(), &lock, &secrets()).is_err());
    }
}
