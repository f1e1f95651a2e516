//! `safehold verify-export`.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use safehold_documents::{
    Archive,
    archive::{Check, Digesting, Hash},
};
use safehold_seal::VerifyKey;

use crate::{config::Config, key_file};

/// An installation's public key, for the archive and the head of the trace in it.
struct ByKey(VerifyKey);

impl Check for ByKey {
    fn key(&self) -> String {
        self.0.to_string()
    }

    fn archive(&self, bytes: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_export(bytes, signature).is_ok()
    }

    fn head(&self, size: u64, root: &Hash, at_ms: i64, signature: &[u8; 64]) -> bool {
        let at = jiff::Timestamp::from_millisecond(at_ms);
        at.is_ok_and(|at| self.0.verify_head(size, root, at, signature).is_ok())
    }
}

/// Verifies with a key that was given: on any machine, without a database.
///
/// # Errors
/// If a file cannot be read or the key is none.
pub fn verify_with(file: &Path, with: &[PathBuf], key: &str) -> anyhow::Result<ExitCode> {
    let key: VerifyKey = key
        .trim()
        .parse()
        .context("the key begins with safehold-verify-ed25519:")?;
    verify(file, with, key)
}

/// Verifies with the key of this installation.
///
/// # Errors
/// If a file cannot be read.
pub fn verify_here(config: &Config, file: &Path, with: &[PathBuf]) -> anyhow::Result<ExitCode> {
    verify(file, with, key_file::read(&config.data)?.verify_key())
}

fn verify(file: &Path, with: &[PathBuf], key: VerifyKey) -> anyhow::Result<ExitCode> {
    let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let Ok(text) = String::from_utf8(bytes) else {
        println!("Not good: it is not text, so it is not an archive.");
        return Ok(ExitCode::FAILURE);
    };
    let archive = match Archive::verify(&text, &ByKey(key)) {
        Ok(archive) => archive,
        Err(error) => {
            println!("Not good: {error}.");
            return Ok(ExitCode::FAILURE);
        }
    };
    let counts = archive.counts;
    println!(
        "Good: \"{}\", made at {}, as this installation signed it.",
        archive.document.title, archive.document.made_at
    );
    println!(
        "Entries: {}. Entries left out: {}. Passages left out of the others: {}.",
        counts.entries, counts.removed_entries, counts.removed_passages
    );
    println!(
        "Entries of the trace: {}, under a head that covers {}.",
        archive.trace.entries.len(),
        archive.trace.size
    );
    let listed = archive.file_digests();
    println!(
        "Files that it lists: {}. Its PDF: {}",
        listed.len(),
        archive.pdf_sha256
    );
    let mut all_are_its = true;
    for path in with {
        let digest = digest(path)?;
        let name = path.display();
        if digest == archive.pdf_sha256 {
            println!("Good: {name} is its PDF.");
        } else if let Some((of, _)) = listed.iter().find(|(_, known)| *known == digest) {
            println!("Good: {name} is the file \"{of}\".");
        } else {
            println!("Not good: {name} is neither its PDF nor a file that it lists.");
            all_are_its = false;
        }
    }
    Ok(if all_are_its {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn digest(path: &Path) -> anyhow::Result<String> {
    let unreadable = || format!("{} cannot be read", path.display());
    let mut file = File::open(path).with_context(unreadable)?;
    let mut digest = Digesting::default();
    let mut piece = vec![0; 64 * 1024];
    loop {
        let long = file.read(&mut piece).with_context(unreadable)?;
        if long == 0 {
            return Ok(digest.hex());
        }
        digest.push(piece.get(..long).unwrap_or_default());
    }
}
