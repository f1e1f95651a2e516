//! `safehold verify-receipt`: receipts, and certificates of erasure.

use std::{fs, path::Path, process::ExitCode};

use anyhow::Context;
use safehold_app::erased;
use safehold_seal::{Receipt, VerifyKey};

use crate::{config::Config, key_file};

/// Verifies with a key that was given: on any machine, without a database.
///
/// # Errors
/// If the file cannot be read or the key is none.
pub fn verify_with(file: &Path, key: &str) -> anyhow::Result<ExitCode> {
    let key: VerifyKey = key
        .trim()
        .parse()
        .context("the key begins with safehold-verify-ed25519:")?;
    verify(file, &key)
}

/// Verifies with the key of this installation.
///
/// # Errors
/// If a file cannot be read.
pub fn verify_here(config: &Config, file: &Path) -> anyhow::Result<ExitCode> {
    verify(file, &key_file::read(&config.data)?.verify_key())
}

fn verify(file: &Path, key: &VerifyKey) -> anyhow::Result<ExitCode> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    if erased::verify_certificate(&text, key) {
        println!("Good: this installation signed this certificate of erasure.");
        return Ok(ExitCode::SUCCESS);
    }
    match Receipt::verify(&text, key) {
        Ok(receipt) => {
            println!("Good: report {} was received at {}.", receipt.number, receipt.at);
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            println!("Not good: {error}.");
            Ok(ExitCode::FAILURE)
        }
    }
}
