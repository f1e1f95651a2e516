//! The installation's keys, its receipts and the heads of its trace.

use jiff::Timestamp;
use proptest::prelude::*;
use safehold_core::reference::Reference;
use safehold_seal::{InstallationError, InstallationKeys, Receipt, ReceiptError, RecoveryKey, VerifyKey};

#[expect(clippy::unwrap_used, reason = "a helper of tests may stop at a surprise")]
fn receipt() -> Receipt {
    Receipt {
        number: "K7QP-3M2X".parse::<Reference>().unwrap(),
        at: "2026-11-24T09:30:00Z".parse().unwrap(),
        digest: [0xa5; 32],
    }
}

#[test]
fn keys_read_back_from_their_file() {
    let keys = InstallationKeys::generate();
    let text = keys.to_text();
    let crlf = text.replace('\n', "\r\n").replace(": ", " :\t");
    for text in [
        text.as_str(),
        &crlf,
        &format!("\u{feff}{}", text.replace('=', "")),
    ] {
        let read = InstallationKeys::parse(text).unwrap();
        assert_eq!(read.verify_key(), keys.verify_key());
        assert_eq!(read.sealing(), keys.sealing());
        assert_eq!(read.words_salt(), keys.words_salt());
    }
}

#[test]
fn errors_name_the_line_and_show_nothing_of_it() {
    let text = InstallationKeys::generate().to_text();
    let lines: Vec<&str> = text.lines().collect();
    let [.., signing, sealing, salt] = lines.as_slice() else {
        panic!("{}", lines.len())
    };
    for (text, expected) in [
        (String::new(), InstallationError::Missing { name: "signing" }),
        (
            format!("{signing}\n{salt}"),
            InstallationError::Missing { name: "sealing" },
        ),
        (
            format!("\n{signing}\nSECRET"),
            InstallationError::Line { line: 3 },
        ),
        (
            format!("{signing}\npassword: SECRET"),
            InstallationError::Line { line: 2 },
        ),
        (
            format!("{signing}\nsealing: SECRET"),
            InstallationError::Value {
                line: 2,
                name: "sealing",
            },
        ),
        (
            format!("{signing}\n{sealing}AAAA"),
            InstallationError::Value {
                line: 2,
                name: "sealing",
            },
        ),
        (
            format!("{signing}\n{salt}\n{signing}"),
            InstallationError::Twice {
                line: 3,
                name: "signing",
            },
        ),
    ] {
        let error = InstallationKeys::parse(&text).unwrap_err();
        assert_eq!(error, expected);
        assert!(!error.to_string().contains("SECRET"));
    }
}

#[test]
fn a_receipt_reads_as_documented_and_verifies() {
    let keys = InstallationKeys::generate();
    let text = keys.sign_receipt(&receipt());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[..3],
        [
            "safehold receipt v1",
            "number: K7QP-3M2X",
            "received: 2026-11-24T09:30:00Z"
        ]
    );
    assert_eq!(lines[3], format!("digest: {}", "a5".repeat(32)));
    assert!(lines[4].starts_with("signed: "));
    assert_eq!(Receipt::verify(&text, &keys.verify_key()), Ok(receipt()));
}

#[test]
fn a_receipt_survives_being_copied_and_mailed() {
    let keys = InstallationKeys::generate();
    let text = keys.sign_receipt(&receipt());
    let (start, end) = text.split_at(text.len() - 40);
    for copied in [
        format!("\r\n  {}  \r\n\r\n", text.replace('\n', "  \r\n\r\n ")),
        format!("> {}", text.trim_end().replace('\n', "\n> ")),
        format!("{start}\n   {end}"),
        text.replace("number: K7QP-3M2X", "Number : k7qp 3m2x")
            .replace("safehold receipt", "Safehold Receipt"),
        text.replace("a5a5", "A5A5").replace('=', ""),
    ] {
        assert_eq!(
            Receipt::verify(&copied, &keys.verify_key()),
            Ok(receipt()),
            "{copied}"
        );
    }
}

#[test]
fn a_changed_receipt_is_refused() {
    let keys = InstallationKeys::generate();
    let text = keys.sign_receipt(&receipt());
    for (from, to) in [("K7QP", "K7QQ"), ("09:30:00", "09:30:01"), ("a5a5", "a5a6")] {
        let changed = text.replacen(from, to, 1);
        assert_eq!(
            Receipt::verify(&changed, &keys.verify_key()),
            Err(ReceiptError::Signature)
        );
    }
    let other = InstallationKeys::generate();
    assert_eq!(
        Receipt::verify(&text, &other.verify_key()),
        Err(ReceiptError::Signature)
    );
    for name in ["number", "received", "digest", "signed"] {
        let lines = text.lines().filter(|line| !line.starts_with(name));
        let without = lines.collect::<Vec<_>>().join("\n");
        assert_eq!(
            Receipt::verify(&without, &keys.verify_key()),
            Err(ReceiptError::Missing { name })
        );
        let twice = format!("{text}\n{name}: x");
        assert_eq!(
            Receipt::verify(&twice, &keys.verify_key()),
            Err(ReceiptError::Line { name })
        );
        let line = text.lines().find(|line| line.starts_with(name)).unwrap();
        let emptied = text.replace(line, &format!("{name}: x"));
        assert_eq!(
            Receipt::verify(&emptied, &keys.verify_key()),
            Err(ReceiptError::Line { name })
        );
    }
    assert_eq!(Receipt::verify("", &keys.verify_key()), Err(ReceiptError::Title));
    assert_eq!(
        Receipt::verify("safehold receipt v2", &keys.verify_key()),
        Err(ReceiptError::Title)
    );
    assert!(Receipt::verify("safehold receipt v1\nx", &keys.verify_key()).is_err());
}

#[test]
fn every_flipped_byte_of_a_receipt_is_refused_or_harmless() {
    let keys = InstallationKeys::generate();
    let text = keys.sign_receipt(&receipt());
    for place in 0..text.len() {
        let mut changed = text.clone().into_bytes();
        changed[place] ^= 1;
        let Ok(changed) = String::from_utf8(changed) else {
            continue;
        };
        // What may differ is how it is written; what it says may not.
        if let Ok(read) = Receipt::verify(&changed, &keys.verify_key()) {
            assert_eq!(read, receipt(), "{place}");
        }
    }
}

#[test]
fn a_receipt_is_to_the_second() {
    let keys = InstallationKeys::generate();
    let exact = Receipt {
        at: Timestamp::from_millisecond(1_795_512_600_987).unwrap(),
        ..receipt()
    };
    let read = Receipt::verify(&keys.sign_receipt(&exact), &keys.verify_key()).unwrap();
    assert_eq!(read.at, Timestamp::from_second(1_795_512_600).unwrap());
}

#[test]
fn a_head_verifies_only_as_it_was_signed() {
    let keys = InstallationKeys::generate();
    let at = Timestamp::from_millisecond(1_795_512_600_987).unwrap();
    let signature = keys.sign_head(7, &[1; 32], at);
    let verify = keys.verify_key();
    assert_eq!(verify.verify_head(7, &[1; 32], at, &signature), Ok(()));
    assert!(verify.verify_head(8, &[1; 32], at, &signature).is_err());
    assert!(verify.verify_head(7, &[2; 32], at, &signature).is_err());
    assert!(
        verify
            .verify_head(7, &[1; 32], Timestamp::UNIX_EPOCH, &signature)
            .is_err()
    );
    let mut changed = signature;
    changed[10] ^= 1;
    assert!(verify.verify_head(7, &[1; 32], at, &changed).is_err());
}

#[test]
fn the_public_key_reads_back_from_its_text() {
    let key = InstallationKeys::generate().verify_key();
    let text = key.to_string();
    assert!(text.starts_with("safehold-verify-ed25519:"));
    assert_eq!(format!(" {text}\r\n").parse(), Ok(key));
    for text in ["", "safehold-verify-ed25519:", &text[1..], &text[..40]] {
        assert!(text.parse::<VerifyKey>().is_err());
    }
}

proptest! {
    #[test]
    fn any_text_is_answered_without_a_panic(text in "\\PC{0,120}", name in "(signing|sealing|number|signed|received)") {
        let keys = InstallationKeys::generate();
        let _ = InstallationKeys::parse(&format!("{name}: {text}\n{text}"));
        let _ = Receipt::verify(&format!("safehold receipt v1\n{name}: {text}\n{text}"), &keys.verify_key());
        let _ = RecoveryKey::parse(&text);
        let _ = format!("safehold-verify-ed25519:{text}").parse::<VerifyKey>();
    }
}

#[test]
fn what_tells_of_erasure_is_signed_for_that_alone() {
    let keys = InstallationKeys::generate();
    let text = "safehold erased v1\ncase 11111111111141118111111111111111\n";
    let signature = keys.sign_erasure(text);
    let key = keys.verify_key();
    assert!(key.verify_erasure(text, &signature).is_ok());
    assert!(key.verify_erasure(&text.replace('1', "2"), &signature).is_err());
    let other = InstallationKeys::generate().verify_key();
    assert!(other.verify_erasure(text, &signature).is_err());
    // The same bytes as something else are another thing.
    assert!(key.verify_export(text.as_bytes(), &signature).is_err());
    assert!(
        key.verify_erasure(text, &keys.sign_export(text.as_bytes()))
            .is_err()
    );
}
