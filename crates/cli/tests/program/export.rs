//! `safehold verify-export`: the archive of a case file, on a machine that has nothing but the file and the key.

use std::{
    fs,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use safehold_documents::{
    Archive, CaseFile, Entry, Fact, Field, Labels, Part, Text,
    archive::{Counts, FORMAT, Leaf, Trace, hex, sha256_hex},
};
use safehold_seal::InstallationKeys;

use crate::{safehold, text};

/// A case file with one file in it.
fn document(file_digest: &str) -> CaseFile {
    let field = Field {
        id: "sha256".to_owned(),
        label: "SHA-256".to_owned(),
        text: Text::new(file_digest),
        own: false,
    };
    CaseFile {
        lang: "en-GB".to_owned(),
        title: "Case file K7QP-3M2X".to_owned(),
        organisation: "Riverbank Collective".to_owned(),
        made_at: "2026-11-24T12:30:00Z".to_owned(),
        front: vec![Fact {
            id: "reference".to_owned(),
            label: "Reference".to_owned(),
            text: Text::new("K7QP-3M2X"),
        }],
        parts: vec![Part {
            id: "files".to_owned(),
            heading: "Files".to_owned(),
            note: String::new(),
            entries: vec![Entry {
                id: "file/1".to_owned(),
                heading: Text::new("heron.jpg"),
                at: None,
                about: Text::default(),
                fields: vec![field],
                removed: Vec::new(),
            }],
        }],
        labels: Labels {
            contents: "Contents".to_owned(),
            page: "{page}".to_owned(),
            nothing: "Nothing".to_owned(),
            removed: vec!["left out".to_owned(); 3],
            removed_entry: "Left out.".to_owned(),
            signs: "{count}".to_owned(),
        },
    }
}

/// A log with one entry: its root is that entry's hash.
fn trace(keys: &InstallationKeys) -> Trace {
    let (at, leaf) = (1_000, "{\"what\":\"received\"}");
    let case = "c".repeat(32);
    let root = safehold_seal::digest_hex(&[b"\0", format!("{at}\n{case}\n{leaf}").as_bytes()].concat());
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(root.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    }
    let signed_at = Timestamp::from_millisecond(2_000).unwrap();
    Trace {
        size: 1,
        root,
        signed_at_ms: 2_000,
        signature: hex(&keys.sign_head(1, &bytes, signed_at)),
        entries: vec![Leaf {
            seq: 1,
            at_ms: at,
            case: Some(case),
            leaf: leaf.to_owned(),
            proof: Vec::new(),
        }],
    }
}

struct Copied {
    folder: tempfile::TempDir,
    key: String,
    archive: String,
}

impl Copied {
    fn new() -> Self {
        let keys = InstallationKeys::generate();
        let document = document(&sha256_hex(b"a picture"));
        let archive = Archive {
            format: FORMAT.to_owned(),
            counts: Counts::of(&document),
            document,
            pdf_sha256: sha256_hex(b"a PDF"),
            trace: trace(&keys),
            key: keys.verify_key().to_string(),
        };
        Self {
            folder: tempfile::tempdir().unwrap(),
            key: keys.verify_key().to_string(),
            archive: archive.sign(|bytes| keys.sign_export(bytes)).unwrap(),
        }
    }

    fn put(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    /// Verifies on a machine without an installation.
    fn verify(&self, archive: &str, key: &str, with: &[&Path]) -> (Option<i32>, String) {
        let file = self.put("case-file.json", archive.as_bytes());
        let mut arguments = vec!["verify-export", file.to_str().unwrap(), "--key", key];
        for path in with {
            arguments.extend(["--with", path.to_str().unwrap()]);
        }
        let output = safehold(Path::new("/nowhere"), &arguments);
        (output.status.code(), text(&output))
    }
}

#[test]
fn an_archive_and_its_files_are_verified_with_nothing_but_the_key() {
    let copied = Copied::new();
    let pdf = copied.put("copy.pdf", b"a PDF");
    let picture = copied.put("picture.jpg", b"a picture");
    let (code, said) = copied.verify(&copied.archive, &copied.key, &[&pdf, &picture]);
    assert_eq!(code, Some(0), "{said}");
    for line in [
        "Good: \"Case file K7QP-3M2X\"",
        "Entries: 1.",
        "is its PDF",
        "is the file \"heron.jpg\"",
    ] {
        assert!(said.contains(line), "no {line:?} in {said}");
    }
    let other = copied.put("other.jpg", b"another picture");
    let (code, said) = copied.verify(&copied.archive, &copied.key, &[&other]);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("is neither its PDF nor a file that it lists"),
        "{said}"
    );
}

#[test]
fn what_is_wrong_with_an_archive_is_named() {
    let copied = Copied::new();
    let whole = copied.archive.as_str();
    let changed = whole.replace("heron", "stork");
    let cut = &whole[..whole.len() - 10];
    let spaced = whole.replace("\n  ", "\n ");
    let other = InstallationKeys::generate().verify_key().to_string();
    for (archive, key, wrong) in [
        (
            changed.as_str(),
            copied.key.as_str(),
            "the signature does not fit",
        ),
        (cut, &copied.key, "it is not JSON, or is cut off"),
        (&spaced, &copied.key, "it is not written as it was made"),
        (whole, &other, "it says that it was signed with another key"),
        ("{}", &copied.key, "it is not a case file of Safehold"),
    ] {
        let (code, said) = copied.verify(archive, key, &[]);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(&format!("Not good: {wrong}")), "{said}");
    }
    let (code, said) = copied.verify(whole, "no key", &[]);
    assert_eq!(code, Some(1), "{said}");
}
