//! Files, sealed and opened piece by piece.

use proptest::prelude::*;
use safehold_seal::{
    Context, FileError, FileKey, FileOpener, FileSealer, SymmetricKey,
    file::{open_all, sealed_file_length},
};

fn here() -> Context {
    Context::new("file", &["case", "file"])
}

#[expect(clippy::unwrap_used, reason = "a helper of tests may stop at a surprise")]
fn seal(key: &FileKey, plain: &[u8], piece: usize) -> Vec<u8> {
    let mut sealer = FileSealer::new(key, &here()).unwrap();
    let mut all = Vec::new();
    for piece in plain.chunks(piece) {
        all.extend(sealer.push(piece).unwrap());
    }
    all.extend(sealer.finish().unwrap());
    all
}

fn content(length: usize) -> Vec<u8> {
    (0..=250).cycle().take(length).collect()
}

#[test]
fn files_of_any_length_come_back_from_any_pieces() {
    let key = FileKey::generate();
    for length in [0, 1, 400, 475, 476, 65_535, 65_536, 65_537, 131_072, 300_000] {
        let plain = content(length);
        for (piece_in, piece_out) in [
            (7_000, 100_000),
            (65_536, 65_552),
            (1 << 20, 1_000),
            (999, 1 << 20),
        ] {
            let sealed = seal(&key, &plain, piece_in);
            assert_eq!(sealed.len() as u64, sealed_file_length(length as u64), "{length}");
            let opened = open_all(&key, &here(), sealed.chunks(piece_out)).unwrap();
            assert!(*opened == plain, "{length} {piece_in} {piece_out}");
        }
    }
}

#[test]
fn a_small_file_opens_byte_by_byte() {
    let key = FileKey::generate();
    let sealed = seal(&key, b"small", 2);
    assert_eq!(**open_all(&key, &here(), sealed.chunks(1)).unwrap(), *b"small");
}

#[test]
fn a_file_streams_with_little_in_memory() {
    let key = FileKey::generate();
    let mut sealer = FileSealer::new(&key, &here()).unwrap();
    let mut opener = FileOpener::new(&key, &here());
    let (mut given, mut between, mut back) = (0, 0, 0);
    let piece = content(16 * 1024);
    for _ in 0..512 {
        given += piece.len();
        let ready = sealer.push(&piece).unwrap();
        between += ready.len();
        assert!(
            given - given.min(between) <= 3 * 64 * 1024,
            "held back when sealing"
        );
        back += opener.push(&ready).unwrap().len();
        assert!(between - back <= 3 * 64 * 1024, "held back when opening");
    }
    back += opener.push(&sealer.finish().unwrap()).unwrap().len();
    back += opener.finish().unwrap().len();
    assert_eq!(back, given);
}

#[test]
fn a_file_opens_only_with_its_key_in_its_place() {
    let key = FileKey::generate();
    let sealed = seal(&key, b"content", 100);
    for (key, context) in [
        (FileKey::generate(), here()),
        (key.clone(), Context::new("file", &["case", "other"])),
        (key.clone(), Context::new("note", &["case", "file"])),
    ] {
        assert_eq!(open_all(&key, &context, [&sealed]), Err(FileError::Refused));
    }
    let copy = FileKey::from_key(SymmetricKey::from_bytes(*key.as_key().expose()));
    assert!(open_all(&copy, &here(), [&sealed]).is_ok());
}

#[test]
fn a_body_is_not_taken_for_a_file() {
    let key = SymmetricKey::generate();
    let sealed = safehold_seal::seal_body(&key, &here(), b"content").unwrap();
    assert!(open_all(&FileKey::from_key(key.clone()), &here(), [sealed.as_bytes()]).is_err());
    let file = seal(&FileKey::from_key(key.clone()), b"content", 100);
    assert!(safehold_seal::open_body(&key, &here(), &safehold_seal::Sealed::from_bytes(file)).is_err());
}

#[test]
fn a_changed_or_cut_file_is_refused() {
    let key = FileKey::generate();
    let sealed = seal(&key, b"content", 100);
    for place in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[place] ^= 1 << (place % 8);
        assert!(open_all(&key, &here(), [&changed]).is_err(), "flipped at {place}");
        assert!(
            open_all(&key, &here(), [&sealed[..place]]).is_err(),
            "cut at {place}"
        );
    }
    assert!(open_all(&key, &here(), [&sealed[..], &[0]]).is_err());
}

#[test]
fn a_long_file_cut_at_a_chunk_is_refused_at_the_end() {
    let key = FileKey::generate();
    let sealed = seal(&key, &content(300_000), 100_000);
    for chunks in 0..4 {
        let cut = 172 + chunks * 65_552;
        assert_eq!(
            open_all(&key, &here(), [&sealed[..cut]]),
            Err(FileError::Refused),
            "{chunks}"
        );
    }
    let swapped = [
        &sealed[..172],
        &sealed[172 + 65_552..172 + 2 * 65_552],
        &sealed[172..172 + 65_552],
    ]
    .concat();
    assert_eq!(open_all(&key, &here(), [&swapped]), Err(FileError::Refused));
}

#[test]
fn nothing_more_comes_after_an_error() {
    let key = FileKey::generate();
    let mut sealed = seal(&key, &content(300_000), 100_000);
    sealed[200] ^= 1;
    let mut opener = FileOpener::new(&key, &here());
    assert_eq!(opener.push(&sealed), Err(FileError::Refused));
    assert_eq!(opener.push(&[]), Err(FileError::Refused));
    assert_eq!(opener.finish(), Err(FileError::Refused));
}

#[test]
fn the_length_of_a_file_tells_only_its_bucket() {
    let key = FileKey::generate();
    for first in [0, 476, 100_000, 262_144] {
        let size = sealed_file_length(first);
        let last = (first..first + 100_000)
            .take_while(|length| sealed_file_length(*length) == size)
            .last()
            .unwrap();
        assert!(last > first);
        for length in [first, first.midpoint(last), last] {
            let plain = content(usize::try_from(length).unwrap());
            assert_eq!(seal(&key, &plain, 1 << 16).len() as u64, size, "{length}");
        }
    }
    assert_ne!(sealed_file_length(475), sealed_file_length(476));
    assert!(sealed_file_length(20_000_000) < 20_500_000);
    assert!(sealed_file_length(u64::MAX) == u64::MAX);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_file_comes_back(
        plain in proptest::collection::vec(any::<u8>(), 0..5000),
        piece_in in 1_usize..3000,
        piece_out in 1_usize..3000,
    ) {
        let key = FileKey::generate();
        let sealed = seal(&key, &plain, piece_in);
        prop_assert_eq!(&**open_all(&key, &here(), sealed.chunks(piece_out)).unwrap(), plain.as_slice());
    }

    #[test]
    fn any_bytes_are_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..1500)) {
        let key = FileKey::generate();
        let start = &seal(&key, b"", 1)[..172];
        prop_assert!(open_all(&key, &here(), [&bytes]).is_err());
        prop_assert!(open_all(&key, &here(), [start, &bytes]).is_err());
    }
}
