//! Secrets do not show when a struct that holds them is printed.

use safehold_seal::{
    FileKey, InstallationKeys, ReaderKeys, RecoveryKey, Sealed, SessionCookie, SymmetricKey, UserSecrets,
    Words,
};

#[test]
fn debug_shows_nothing_of_a_secret() {
    let (public, reader) = ReaderKeys::generate();
    let words = Words::parse("iguana iguana iguana iguana iguana iguana iguana").unwrap();
    let root = words.derive(&[0; 32]);
    let secrets = UserSecrets {
        reader: reader.clone(),
        totp_secret: vec![77; 20],
        recovery_codes: vec!["77777-77777".into()],
    };
    for (shown, expected) in [
        (
            format!("{:?}", SymmetricKey::from_bytes([77; 32])),
            "SymmetricKey(secret)",
        ),
        (
            format!("{:?}", FileKey::from_key(SymmetricKey::from_bytes([77; 32]))),
            "FileKey(secret)",
        ),
        (format!("{reader:?}"), "ReaderSecret(secret)"),
        (format!("{public:?}"), "ReaderPublic(1216 bytes)"),
        (format!("{words:?}"), "Words(secret)"),
        (format!("{root:?}"), "WordsRoot(secret)"),
        (format!("{secrets:?}"), "UserSecrets(secret)"),
        (
            format!("{:?}", SessionCookie::generate()),
            "SessionCookie(secret)",
        ),
        (
            format!("{:?}", InstallationKeys::generate()),
            "InstallationKeys(secret)",
        ),
        (format!("{:?}", RecoveryKey::generate()), "RecoveryKey(secret)"),
        (
            format!("{:?}", Sealed::from_bytes(vec![77; 20])),
            "Sealed(20 bytes)",
        ),
    ] {
        assert_eq!(shown, expected);
    }
}
