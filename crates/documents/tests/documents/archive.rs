//! The archive: whole and as it was signed, or what is wrong is named.

use safehold_documents::{
    Archive, ArchiveError, Ground, Passage,
    archive::{Check, Counts, FORMAT, Hash, Leaf, Trace, hex, sha256_hex},
    redact,
};
use sha2::{Digest, Sha256};

use crate::sample::{everywhere, layer, sample};

/// A stand-in for a key: it "signs" by hashing with a name. Real signatures are tested where the keys are.
struct Stamp(&'static str);

impl Stamp {
    fn stamp(&self, bytes: &[u8]) -> [u8; 64] {
        let half = Sha256::new_with_prefix(self.0).chain_update(bytes).finalize();
        let mut whole = [0; 64];
        whole[..32].copy_from_slice(&half);
        whole
    }

    fn head_bytes(size: u64, root: &Hash, at_ms: i64) -> Vec<u8> {
        [&size.to_be_bytes()[..], root, &at_ms.to_be_bytes()].concat()
    }
}

impl Check for Stamp {
    fn key(&self) -> String {
        self.0.to_owned()
    }
    fn archive(&self, bytes: &[u8], signature: &[u8; 64]) -> bool {
        self.stamp(bytes) == *signature
    }
    fn head(&self, size: u64, root: &Hash, at_ms: i64, signature: &[u8; 64]) -> bool {
        self.stamp(&Self::head_bytes(size, root, at_ms)) == *signature
    }
}

fn hash(parts: &[&[u8]]) -> Hash {
    Sha256::digest(parts.concat()).into()
}

/// A log of five entries, of which the second and the fifth are of the case.
fn trace(stamp: &Stamp) -> Trace {
    let case = "c".repeat(32);
    let texts: Vec<String> = (1..=5).map(|seq| format!("{{\"seq\":{seq}}}")).collect();
    let leaf = |seq: usize| {
        let case = if seq == 2 || seq == 5 { case.as_str() } else { "-" };
        hash(&[
            &[0],
            format!("{}\n{case}\n{}", 1000 + seq, texts[seq - 1]).as_bytes(),
        ])
    };
    let node = |left: &Hash, right: &Hash| hash(&[&[1], left, right]);
    let (one, three, four) = (leaf(1), leaf(3), leaf(4));
    let pair = node(&one, &leaf(2));
    let other = node(&three, &four);
    let four_of_them = node(&pair, &other);
    let root = node(&four_of_them, &leaf(5));
    let entry = |seq: usize, proof: &[Hash]| Leaf {
        seq: seq as u64,
        at_ms: 1000 + i64::try_from(seq).unwrap(),
        case: Some(case.clone()),
        leaf: texts[seq - 1].clone(),
        proof: proof.iter().map(|hash| hex(hash)).collect(),
    };
    Trace {
        size: 5,
        root: hex(&root),
        signed_at_ms: 2000,
        signature: hex(&stamp.stamp(&Stamp::head_bytes(5, &root, 2000))),
        entries: vec![entry(2, &[one, other, leaf(5)]), entry(5, &[four_of_them])],
    }
}

fn archive(stamp: &Stamp) -> Archive {
    let document = sample();
    Archive {
        format: FORMAT.to_owned(),
        counts: Counts::of(&document),
        document,
        pdf_sha256: sha256_hex(b"a PDF"),
        trace: trace(stamp),
        key: stamp.key(),
    }
}

fn signed(archive: &Archive, stamp: &Stamp) -> String {
    archive.sign(|bytes| stamp.stamp(bytes)).unwrap()
}

#[track_caller]
fn refused(text: &str, because: &ArchiveError) {
    let found = Archive::verify(text, &Stamp("riverbank"));
    assert_eq!(found.err().as_ref(), Some(because));
}

#[test]
fn a_whole_archive_is_good_and_says_what_it_lists() {
    let stamp = Stamp("riverbank");
    let text = signed(&archive(&stamp), &stamp);
    let read = Archive::verify(&text, &stamp).unwrap();
    assert!(read == archive(&stamp));
    assert_eq!(
        read.file_digests(),
        [("quentin-marlowe.jpg".to_owned(), "0f".repeat(32))]
    );
    assert_eq!(read.counts.entries, 4);
    assert_eq!(signed(&archive(&stamp), &stamp), text);
}

#[test]
fn any_change_is_found() {
    let stamp = Stamp("riverbank");
    let text = signed(&archive(&stamp), &stamp);
    refused(
        &text.replace("asked first", "asked last"),
        &ArchiveError::Signature,
    );
    refused(&text.replace("\n  ", "\n "), &ArchiveError::Written);
    refused(
        &text.replacen("{\n", "{\n  \"key\": \"x\",\n", 1),
        &ArchiveError::Written,
    );
    refused(&format!("{text}\n"), &ArchiveError::Written);
    refused(
        &text.replacen("\"signature\": \"", "\"other\": \"", 1),
        &ArchiveError::NoSignature,
    );
    refused("{}", &ArchiveError::Format);
    refused("", &ArchiveError::Json { line: 1 });
    let cut = &text[..text.len() / 2];
    assert!(matches!(
        Archive::verify(cut, &stamp),
        Err(ArchiveError::Json { .. })
    ));
    for at in (0..text.len()).step_by(97) {
        let mut bytes = text.clone().into_bytes();
        bytes[at] = if bytes[at] == b'a' { b'b' } else { b'a' };
        let Ok(changed) = String::from_utf8(bytes) else {
            continue;
        };
        assert!(Archive::verify(&changed, &stamp).is_err(), "byte {at}");
    }
}

#[test]
fn another_installation_is_named() {
    let other = Stamp("elsewhere");
    refused(
        &signed(&archive(&other), &other),
        &ArchiveError::OtherKey {
            key: "elsewhere".to_owned(),
        },
    );
}

#[test]
fn even_a_signed_archive_must_hold_what_it_says() {
    let stamp = Stamp("riverbank");
    let mut short = archive(&stamp);
    short.document.parts[1].entries.clear();
    refused(&signed(&short, &stamp), &ArchiveError::Counts);

    let mut wrong = archive(&stamp);
    wrong.trace.entries[1].leaf = "{}".to_owned();
    refused(&signed(&wrong, &stamp), &ArchiveError::TraceEntry { seq: 5 });

    let mut wrong = archive(&stamp);
    wrong.trace.entries[0].seq = 1;
    refused(&signed(&wrong, &stamp), &ArchiveError::TraceEntry { seq: 1 });

    let mut wrong = archive(&stamp);
    wrong.trace.entries[1].case = None;
    refused(&signed(&wrong, &stamp), &ArchiveError::OtherCase { seq: 5 });

    let mut wrong = archive(&stamp);
    wrong.trace.size = 6;
    refused(&signed(&wrong, &stamp), &ArchiveError::Head);
}

#[test]
fn what_is_taken_out_is_nowhere_in_its_bytes() {
    let stamp = Stamp("riverbank");
    let out = Passage::Entry {
        entry: "message/1".to_owned(),
    };
    let left = redact(
        &sample(),
        &[layer(
            Ground::ThirdParty,
            vec![everywhere("Quentin", "Person 1"), everywhere("Marlowe", ""), out],
        )],
    );
    let mut archive = archive(&stamp);
    archive.counts = Counts::of(&left.file);
    archive.document = left.file;
    let text = signed(&archive, &stamp);
    let all = text.to_lowercase();
    assert!(
        !all.contains("quentin") && !all.contains("marlowe") && !all.contains("please don't"),
        "{all}"
    );
    let read = Archive::verify(&text, &stamp).unwrap();
    assert_eq!(read.counts.removed_entries, 1);
    assert!(read.counts.removed_passages >= 3);
}
