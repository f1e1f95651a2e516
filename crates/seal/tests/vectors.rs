//! Each kind of sealed thing as the first version made it. They stay, and each still opens.
//!
//! A new form gets new files beside these: `cargo test -p safehold-seal --test vectors -- --ignored`
//! writes those that are missing.

use std::{fs, path::PathBuf};

use safehold_core::reference::Reference;
use safehold_seal::{
    Context, FileKey, FileSealer, InstallationKeys, Lock, LockParams, ReaderSecret, Receipt, RecoveryKey,
    Sealed, SecretString, SessionCookie, Share, SymmetricKey, UserSecrets, Words, file::open_all, open_body,
    seal_body, share, unwrap_key, unwrap_key_symmetric, wrap_key, wrap_key_symmetric,
};

const WORDS: &str = "crinkle yo-yo swampland iguana t-shirt unwired paddling";
const BODY: &[u8] = "Two adults were outside after dusk. Ünïcode too.".as_bytes();
const COOKIE: &str = "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk";

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/vectors")
        .join(name)
}

#[expect(clippy::unwrap_used, reason = "a helper of tests may stop at a surprise")]
fn bytes(name: &str) -> Vec<u8> {
    fs::read(path(name)).unwrap()
}

#[expect(clippy::unwrap_used, reason = "a helper of tests may stop at a surprise")]
fn text(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap()
}

fn sealed(name: &str) -> Sealed {
    Sealed::from_bytes(bytes(name))
}

fn key() -> SymmetricKey {
    SymmetricKey::from_bytes([1; 32])
}

fn case_key() -> SymmetricKey {
    SymmetricKey::from_bytes([2; 32])
}

fn reader() -> ReaderSecret {
    ReaderSecret::from_bytes([3; 32])
}

fn context() -> Context {
    Context::new("vector", &["0123456789abcdef0123456789abcdef", "second"])
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<Vec<_>>()
        .concat()
}

#[test]
fn the_first_body_opens() {
    assert_eq!(
        &*open_body(&key(), &context(), &sealed("body-v1.age")).unwrap(),
        BODY
    );
}

#[test]
fn the_first_wrap_opens() {
    assert_eq!(
        unwrap_key(&reader(), &context(), &sealed("wrap-v1.bin")).unwrap(),
        case_key()
    );
}

#[test]
fn the_first_public_key_is_that_of_its_seed() {
    assert_eq!(reader().public().as_bytes(), bytes("reader-public-v1.bin"));
}

#[test]
fn the_first_symmetric_wrap_opens() {
    assert_eq!(
        unwrap_key_symmetric(&key(), &context(), &sealed("symmetric-wrap-v1.bin")).unwrap(),
        case_key()
    );
}

#[test]
fn the_first_session_opens() {
    let cookie = SessionCookie::parse(COOKIE).unwrap();
    assert_eq!(
        cookie.open_reader(&context(), &sealed("session-v1.bin")).unwrap(),
        reader()
    );
}

#[test]
fn the_first_lock_opens() {
    let (secrets, _) = Lock::open(&SecretString::from("a pass phrase"), &sealed("lock-v1.bin")).unwrap();
    assert_eq!(secrets.reader, reader());
    assert_eq!(secrets.totp_secret, [4; 20]);
    assert_eq!(secrets.recovery_codes, ["K7QP3-M2X9D"]);
}

#[test]
fn the_first_file_opens() {
    let opened = open_all(
        &FileKey::from_key(key()),
        &context(),
        bytes("file-v1.age").chunks(100),
    )
    .unwrap();
    assert_eq!(**opened, *BODY.repeat(20));
}

#[test]
fn the_first_installation_keys_verify_their_receipt() {
    let keys = InstallationKeys::parse(&text("installation-v1.txt")).unwrap();
    let receipt = Receipt::verify(&text("receipt-v1.txt"), &keys.verify_key()).unwrap();
    assert_eq!(receipt, first_receipt());
    let at = first_receipt().at;
    assert_eq!(hex(&keys.sign_head(7, &[5; 32], at)), text("head-v1.txt").trim());
}

#[test]
fn the_first_words_still_lead_to_the_same_keys() {
    assert_eq!(derived(), text("words-v1.txt"));
}

/// Made by another program than ours, from the formula: so the field and the places of the bytes are as they are said to
/// be.
#[test]
fn the_first_shares_give_the_first_recovery_key() {
    let key = RecoveryKey::parse(&text("recovery-v1.txt")).unwrap();
    let shares: Vec<Share> = share::pieces(&text("shares-v1.txt"))
        .iter()
        .map(|piece| Share::parse(piece).unwrap())
        .collect();
    assert_eq!(shares.len(), 5);
    for [a, b, c] in [[0, 1, 2], [4, 2, 0], [1, 3, 4]] {
        let given = [&shares[a], &shares[b], &shares[c]];
        let back = share::combine(&given, &key.public()).unwrap();
        assert_eq!(back.secret(), key.secret());
    }
}

#[test]
fn the_first_recovery_key_is_read() {
    assert_eq!(
        RecoveryKey::parse(&text("recovery-v1.txt"))
            .unwrap()
            .secret()
            .expose()
            .len(),
        32
    );
    let key = RecoveryKey::parse(&text("recovery-v1.txt")).unwrap();
    assert_eq!(
        unwrap_key(key.secret(), &context(), &sealed("recovery-wrap-v1.bin")).unwrap(),
        case_key()
    );
}

#[expect(clippy::unwrap_used, reason = "a helper of tests may stop at a surprise")]
fn first_receipt() -> Receipt {
    Receipt {
        number: "K7QP-3M2X".parse::<Reference>().unwrap(),
        at: "2026-11-24T09:30:00Z".parse().unwrap(),
        digest: [6; 32],
    }
}

#[expect(clippy::unwrap_used, reason = "a helper of tests may stop at a surprise")]
fn derived() -> String {
    let root = Words::parse(WORDS).unwrap().derive(&[7; 32]);
    let sub = root.key.derive("sub");
    format!(
        "lookup {}\nkey {}\nsub {}\n",
        hex(&root.lookup),
        hex(root.key.expose()),
        hex(sub.expose())
    )
}

#[test]
#[ignore = "writes files: run it when a new form has come"]
fn write_missing_vectors() {
    let write = |name: &str, content: &[u8]| {
        if !path(name).exists() {
            fs::write(path(name), content).unwrap();
        }
    };
    write(
        "body-v1.age",
        seal_body(&key(), &context(), BODY).unwrap().as_bytes(),
    );
    write(
        "wrap-v1.bin",
        wrap_key(&reader().public(), &context(), &case_key())
            .unwrap()
            .as_bytes(),
    );
    write("reader-public-v1.bin", reader().public().as_bytes());
    write(
        "symmetric-wrap-v1.bin",
        wrap_key_symmetric(&key(), &context(), &case_key())
            .unwrap()
            .as_bytes(),
    );
    let cookie = SessionCookie::parse(COOKIE).unwrap();
    write(
        "session-v1.bin",
        cookie.seal_reader(&context(), &reader()).as_bytes(),
    );
    let secrets = UserSecrets {
        reader: reader(),
        totp_secret: vec![4; 20],
        recovery_codes: vec!["K7QP3-M2X9D".to_owned()],
    };
    let lock = Lock::close(
        &SecretString::from("a pass phrase"),
        &secrets,
        LockParams::weak_for_tests(),
    );
    write("lock-v1.bin", lock.unwrap().as_bytes());
    let mut sealer = FileSealer::new(&FileKey::from_key(key()), &context()).unwrap();
    let mut file = sealer.push(&BODY.repeat(20)).unwrap();
    file.extend(sealer.finish().unwrap());
    write("file-v1.age", &file);
    let keys = InstallationKeys::generate();
    write("installation-v1.txt", keys.to_text().as_bytes());
    let keys = InstallationKeys::parse(&text("installation-v1.txt")).unwrap();
    write("receipt-v1.txt", keys.sign_receipt(&first_receipt()).as_bytes());
    write(
        "head-v1.txt",
        hex(&keys.sign_head(7, &[5; 32], first_receipt().at)).as_bytes(),
    );
    write("words-v1.txt", derived().as_bytes());
    write("recovery-v1.txt", RecoveryKey::generate().to_text().as_bytes());
    let recovery = RecoveryKey::parse(&text("recovery-v1.txt")).unwrap();
    write(
        "recovery-wrap-v1.bin",
        wrap_key(&recovery.public(), &context(), &case_key())
            .unwrap()
            .as_bytes(),
    );
}
