//! Working copies: what each kind of file loses, and what stays to be seen and heard.

mod documents;
mod pictures;
mod sounds;

use safehold_app::{
    Zeroizing,
    files::{FileKind, WorkingCopy, working_copy},
};

/// What hides, in all of these: who, where, when and with what.
const HIDDEN: [&str; 4] = ["Wren Oakbarrow", "N51.4545", "2026:11:03 21:04", "Quill Phone 9"];

/// What stays, in all of these.
const SHOWN: &[u8] = b"what there is to see or hear";

fn hidden() -> Vec<u8> {
    HIDDEN.join("|").into_bytes()
}

fn has(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

fn copy(original: &[u8]) -> (FileKind, WorkingCopy) {
    let kind = FileKind::sniff(original).expect("a kind that is taken");
    (kind, working_copy(kind, Zeroizing::new(original.to_vec())))
}

/// The copy, which must be clean for certain.
#[track_caller]
fn clean(mime: &str, original: &[u8]) -> Vec<u8> {
    for word in HIDDEN {
        assert!(has(original, word.as_bytes()), "the original holds {word}");
    }
    let (kind, copy) = copy(original);
    assert_eq!(kind.mime(), mime);
    assert!(kind.can_be_cleaned(), "the desk is told beforehand");
    let WorkingCopy::Clean(bytes) = copy else {
        panic!("{mime} is not clean for certain")
    };
    assert_is_clean(&bytes);
    assert_eq!(FileKind::sniff(&bytes), Some(kind), "it is still what it was");
    bytes.to_vec()
}

#[track_caller]
fn assert_is_clean(bytes: &[u8]) {
    for word in HIDDEN {
        assert!(!has(bytes, word.as_bytes()), "the copy holds {word}");
    }
    assert!(has(bytes, SHOWN), "what there is to see or hear is gone");
}
fn riff(kind: [u8; 4], chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut list = kind.to_vec();
    for (id, content) in chunks {
        list.extend(*id);
        list.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
        list.extend(*content);
        if content.len() % 2 == 1 {
            list.push(0);
        }
    }
    let mut bytes = b"RIFF".to_vec();
    bytes.extend(u32::try_from(list.len()).unwrap().to_le_bytes());
    bytes.extend(list);
    bytes
}

/// A box of M4A, MP4 and MOV.
fn boxed(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = u32::try_from(content.len() + 8).unwrap().to_be_bytes().to_vec();
    bytes.extend(kind);
    bytes.extend(content);
    bytes
}

fn copy_of(original: &[u8]) -> WorkingCopy {
    copy(original).1
}

#[test]
fn what_can_hold_nothing_else_stays_as_it_is() {
    for (mime, original) in [
        ("audio/amr", [b"#!AMR\n".as_slice(), SHOWN].concat()),
        ("text/plain", SHOWN.to_vec()),
    ] {
        let (kind, copy) = copy(&original);
        assert_eq!(kind.mime(), mime);
        assert!(
            matches!(copy, WorkingCopy::Clean(same) if *same == original),
            "{mime}"
        );
    }
}

#[test]
fn what_cannot_be_cleaned_or_read_is_never_called_clean() {
    let gif = [b"GIF89a\x01\0\x01\0\0\0\0!\xfe\x3f".as_slice(), &hidden(), b"\0;"].concat();
    let heic = boxed(*b"ftyp", b"heic\0\0\0\0mif1heic");
    let mut webm = [b"\x1a\x45\xdf\xa3\x93\x42\x82\x84webm".as_slice(), &hidden()].concat();
    webm.resize(300, 0);
    for (mime, original, known) in [
        ("image/gif", gif, false),
        ("image/heif", heic, false),
        ("video/webm", webm, false),
        (
            "image/jpeg",
            [b"\xff\xd8\xff\xe1\x40\0".as_slice(), &hidden()].concat(),
            true,
        ),
        (
            "image/png",
            [b"\x89PNG\r\n\x1a\n\0\0\xff".as_slice(), &hidden()].concat(),
            true,
        ),
        (
            "application/pdf",
            [b"%PDF-1.7\n".as_slice(), &hidden()].concat(),
            true,
        ),
        (
            "audio/x-flac",
            [b"fLaC\0\0\xff\xff".as_slice(), &hidden()].concat(),
            true,
        ),
        (
            "audio/mpeg",
            [b"ID3\x04\0\0\0\0\x7f\x7f".as_slice(), &hidden()].concat(),
            true,
        ),
    ] {
        let (kind, copy) = copy(&original);
        assert_eq!(kind.mime(), mime);
        assert_eq!(kind.can_be_cleaned(), known, "{mime}");
        assert!(
            matches!(copy, WorkingCopy::AsItCame(same) if *same == original),
            "{mime}"
        );
    }
}
