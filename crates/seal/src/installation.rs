//! The keys of an installation: what it signs with, seals its own settings with, and salts words with.
//!
//! They are kept in a small text file beside the configuration, not in the database, so that a stolen
//! database alone has neither:
//!
//! ```text
//! # Safehold installation keys, version 1. Keep this file secret, and keep a copy of it offline.
//! signing: base64 of 32 bytes, the Ed25519 secret key
//! sealing: base64 of 32 bytes
//! words-salt: base64 of 32 bytes; without it no words open anything
//! ```

use std::{fmt, str::FromStr};

use base64::{
    Engine,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
    prelude::BASE64_STANDARD as BASE64,
};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::{random, receipt::Receipt, symmetric::SymmetricKey};

const HEAD_DOMAIN: &[u8] = b"safehold/trace-head/v1\0";
const RECEIPT_DOMAIN: &[u8] = b"safehold/receipt/v1\0";
const EXPORT_DOMAIN: &[u8] = b"safehold/export/v1\0";
const ERASURE_DOMAIN: &[u8] = b"safehold/erasure/v1\0";
const VERIFY_PREFIX: &str = "safehold-verify-ed25519:";

/// Base 64 as people hand it on: with or without the padding at its end.
const FORGIVING: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Why a file does not hold installation keys. Lines are counted from 1; content is never repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InstallationError {
    /// A line that is no comment and has none of the known names.
    #[error("line {line} is not `signing:`, `sealing:` or `words-salt:` followed by a key")]
    Line {
        /// Which line.
        line: usize,
    },
    /// A value that is not base64 of 32 bytes.
    #[error("line {line}: `{name}` is not base64 of 32 bytes")]
    Value {
        /// Which line.
        line: usize,
        /// Which of the three names.
        name: &'static str,
    },
    /// A name that was there before.
    #[error("line {line}: `{name}` is there twice")]
    Twice {
        /// Which line.
        line: usize,
        /// Which of the three names.
        name: &'static str,
    },
    /// A name that is not there.
    #[error("`{name}` is missing")]
    Missing {
        /// Which of the three names.
        name: &'static str,
    },
}

/// The keys of an installation. Wiped when dropped.
pub struct InstallationKeys {
    signing: SigningKey,
    sealing: SymmetricKey,
    words_salt: Zeroizing<[u8; 32]>,
}

impl InstallationKeys {
    /// New keys.
    pub fn generate() -> Self {
        Self::from_parts(&random::bytes(), random::bytes(), random::bytes())
    }

    fn from_parts(signing: &[u8; 32], sealing: [u8; 32], words_salt: [u8; 32]) -> Self {
        Self {
            signing: SigningKey::from_bytes(signing),
            sealing: SymmetricKey::from_bytes(sealing),
            words_salt: Zeroizing::new(words_salt),
        }
    }

    /// Reads the text of the keys' file.
    pub fn parse(text: &str) -> Result<Self, InstallationError> {
        let mut signing = None;
        let mut sealing = None;
        let mut words_salt = None;
        for (line, content) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let content = content.trim();
            if content.is_empty() || content.starts_with('#') {
                continue;
            }
            let (name, value) = content.split_once(':').ok_or(InstallationError::Line { line })?;
            let (name, place) = match name.trim_end() {
                "signing" => ("signing", &mut signing),
                "sealing" => ("sealing", &mut sealing),
                "words-salt" => ("words-salt", &mut words_salt),
                _ => return Err(InstallationError::Line { line }),
            };
            if place.is_some() {
                return Err(InstallationError::Twice { line, name });
            }
            let bytes = FORGIVING.decode(value.trim()).map(Zeroizing::new);
            let bytes = bytes.map_err(|_| InstallationError::Value { line, name })?;
            let bytes = <[u8; 32]>::try_from(bytes.as_slice());
            let bytes = bytes.map_err(|_| InstallationError::Value { line, name })?;
            *place = Some(Zeroizing::new(bytes));
        }
        let missing = |name| InstallationError::Missing { name };
        let signing = signing.ok_or(missing("signing"))?;
        let sealing = sealing.ok_or(missing("sealing"))?;
        let words_salt = words_salt.ok_or(missing("words-salt"))?;
        Ok(Self::from_parts(&signing, *sealing, *words_salt))
    }

    /// The text of the keys' file.
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(512));
        text.push_str(
            "# Safehold installation keys, version 1. Keep this file secret, and keep a copy of it offline.\n\
             # Without words-salt, nobody can come back to a report with their words.\n",
        );
        for (name, bytes) in [
            ("signing", self.signing.as_bytes()),
            ("sealing", self.sealing.expose()),
            ("words-salt", &self.words_salt),
        ] {
            text.push_str(name);
            text.push_str(": ");
            text.push_str(&Zeroizing::new(BASE64.encode(bytes)));
            text.push('\n');
        }
        text
    }

    /// The key for what belongs to the installation as a whole, such as the mail account's password.
    /// Use `derive` for each purpose.
    pub fn sealing(&self) -> &SymmetricKey {
        &self.sealing
    }

    /// The salt for [`crate::Words::derive`].
    pub fn words_salt(&self) -> &[u8; 32] {
        &self.words_salt
    }

    /// The public key that signatures are checked with, to be published.
    pub fn verify_key(&self) -> VerifyKey {
        VerifyKey(self.signing.verifying_key())
    }

    /// Signs a receipt: the text that a person can keep.
    pub fn sign_receipt(&self, receipt: &Receipt) -> String {
        let text = receipt.signed_text();
        let signature = self.signing.sign(&[RECEIPT_DOMAIN, text.as_bytes()].concat());
        format!("{text}signed: {}\n", BASE64.encode(signature.to_bytes()))
    }

    /// Signs the archive of a case file that leaves the installation.
    pub fn sign_export(&self, archive: &[u8]) -> [u8; 64] {
        self.signing.sign(&[EXPORT_DOMAIN, archive].concat()).to_bytes()
    }

    /// Signs what tells of erasure: a certificate, or the list of what was erased. Each begins with a title of its own.
    pub fn sign_erasure(&self, text: &str) -> [u8; 64] {
        self.signing
            .sign(&[ERASURE_DOMAIN, text.as_bytes()].concat())
            .to_bytes()
    }

    /// Signs the head of the trace: its number of entries, its root and when.
    pub fn sign_head(&self, size: u64, root: &[u8; 32], at: Timestamp) -> [u8; 64] {
        self.signing.sign(&head_bytes(size, root, at)).to_bytes()
    }
}

impl fmt::Debug for InstallationKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InstallationKeys(secret)")
    }
}

/// Another signature than this installation would give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not signed by this installation, or changed since")]
pub struct SignatureError;

/// A text that is not a public key of an installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an installation's public key: it begins with `safehold-verify-ed25519:`")]
pub struct VerifyKeyError;

/// The public key of an installation. As text: `safehold-verify-ed25519:` and base64.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyKey(VerifyingKey);

impl VerifyKey {
    /// Checks the signature of a head of the trace.
    pub fn verify_head(
        &self,
        size: u64,
        root: &[u8; 32],
        at: Timestamp,
        signature: &[u8; 64],
    ) -> Result<(), SignatureError> {
        self.verify(&head_bytes(size, root, at), signature)
    }

    /// Checks the signature of the archive of a case file.
    pub fn verify_export(&self, archive: &[u8], signature: &[u8; 64]) -> Result<(), SignatureError> {
        self.verify(&[EXPORT_DOMAIN, archive].concat(), signature)
    }

    /// Checks the signature of what tells of erasure.
    pub fn verify_erasure(&self, text: &str, signature: &[u8; 64]) -> Result<(), SignatureError> {
        self.verify(&[ERASURE_DOMAIN, text.as_bytes()].concat(), signature)
    }

    pub(crate) fn verify_receipt(&self, text: &str, signature: &[u8; 64]) -> Result<(), SignatureError> {
        self.verify(&[RECEIPT_DOMAIN, text.as_bytes()].concat(), signature)
    }

    fn verify(&self, message: &[u8], signature: &[u8; 64]) -> Result<(), SignatureError> {
        self.0
            .verify_strict(message, &Signature::from_bytes(signature))
            .map_err(|_| SignatureError)
    }
}

impl fmt::Display for VerifyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{VERIFY_PREFIX}{}", BASE64.encode(self.0.as_bytes()))
    }
}

impl FromStr for VerifyKey {
    type Err = VerifyKeyError;

    fn from_str(text: &str) -> Result<Self, VerifyKeyError> {
        let value = text.trim().strip_prefix(VERIFY_PREFIX).ok_or(VerifyKeyError)?;
        let bytes = FORGIVING.decode(value.trim()).map_err(|_| VerifyKeyError)?;
        let bytes = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| VerifyKeyError)?;
        VerifyingKey::from_bytes(&bytes)
            .map(Self)
            .map_err(|_| VerifyKeyError)
    }
}

/// Reads a signature in base64; spaces within are what mail programs put there.
pub(crate) fn parse_signature(text: &str) -> Option<[u8; 64]> {
    let text: String = text.chars().filter(|char| !char.is_whitespace()).collect();
    FORGIVING.decode(text).ok()?.try_into().ok()
}

fn head_bytes(size: u64, root: &[u8; 32], at: Timestamp) -> Vec<u8> {
    let at = at.as_millisecond();
    [HEAD_DOMAIN, &size.to_be_bytes(), root, &at.to_be_bytes()].concat()
}
