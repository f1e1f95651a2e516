//! The organisation's recovery key, as a text to print and keep away from the computer.
//!
//! ```text
//! SAFEHOLD-RECOVERY-1 0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ-0123-4567-89AB-CDEF-GHJK-MNPQ
//! ```
//!
//! The groups are Crockford's base 32 of the 32-byte seed and three bytes of its digest, so a slip in
//! typing is noticed before anybody thinks that the key is lost.

use std::fmt;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{
    letters,
    reader::{ReaderKeys, ReaderPublic, ReaderSecret},
};

/// The prefix as it reads once letters that look like digits were made digits.
const PREFIX: &str = "SAFEH01DREC0VERY1";
const CHECK: usize = 3;
const BYTES: usize = 32 + CHECK;

/// Why a text is not a recovery key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryError {
    /// It has too few or too many letters.
    #[error("a recovery key has 56 letters and digits after its prefix, not {found}")]
    Length {
        /// How many there are.
        found: usize,
    },
    /// It has something that no recovery key has.
    #[error("group {group} of the recovery key has a letter that no recovery key has")]
    Letter {
        /// In which group of four, from 1.
        group: usize,
    },
    /// A letter is another than was printed.
    #[error("the recovery key is not as it was printed")]
    Checksum,
}

/// The pair of keys whose secret is kept offline.
pub struct RecoveryKey(ReaderSecret);

impl RecoveryKey {
    /// A new pair.
    pub fn generate() -> Self {
        Self(ReaderKeys::generate().1)
    }

    /// The public key, to wrap each case key to.
    pub fn public(&self) -> ReaderPublic {
        self.0.public()
    }

    /// The secret key, to open with.
    pub fn secret(&self) -> &ReaderSecret {
        &self.0
    }

    /// The text to print: one line.
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new([0; BYTES]);
        let (seed, check) = bytes.split_at_mut(32);
        seed.copy_from_slice(self.0.expose());
        check.copy_from_slice(&checksum(self.0.expose()));
        let mut text = Zeroizing::new(String::with_capacity(100));
        text.push_str("SAFEHOLD-RECOVERY-1 ");
        letters::write(bytes.as_slice(), &mut text);
        text
    }

    /// Reads the text as people type it: in any case and grouping, over several lines, with or without
    /// the prefix, and with the letters that look like others.
    pub fn parse(text: &str) -> Result<Self, RecoveryError> {
        let plain = letters::plain(text);
        let bytes = letters::read::<BYTES>(plain.strip_prefix(PREFIX).unwrap_or(&plain)).map_err(
            |fault| match fault {
                letters::Fault::Length(found) => RecoveryError::Length { found },
                letters::Fault::Letter(group) => RecoveryError::Letter { group },
            },
        )?;
        let (seed, check) = bytes.split_first_chunk::<32>().ok_or(RecoveryError::Checksum)?;
        if *check != checksum(seed) {
            return Err(RecoveryError::Checksum);
        }
        Ok(Self(ReaderSecret::from_bytes(*seed)))
    }

    /// The pair with this seed: what shares give back together.
    pub(crate) fn from_seed(seed: [u8; 32]) -> Self {
        Self(ReaderSecret::from_bytes(seed))
    }

    /// The pair whose secret was sealed before, for a change of keys.
    pub fn from_secret(secret: ReaderSecret) -> Self {
        Self(secret)
    }
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryKey(secret)")
    }
}

fn checksum(seed: &[u8; 32]) -> [u8; CHECK] {
    let digest = Sha256::new()
        .chain_update(b"safehold/recovery-check/v1")
        .chain_update(seed)
        .finalize();
    digest.first_chunk().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_key_reads_back_however_it_is_typed() {
        let key = RecoveryKey::generate();
        let text = key.to_text();
        assert_eq!(text.len(), 20 + 56 + 13);
        let typed = text
            .to_lowercase()
            .replace('0', "o")
            .replace('1', "l")
            .replacen('l', "1", 1);
        for text in [
            text.as_str(),
            &typed,
            &text.replace('-', " \r\n"),
            text.split(' ').next_back().unwrap(),
        ] {
            assert_eq!(RecoveryKey::parse(text).unwrap().secret(), key.secret(), "{text}");
        }
    }

    #[test]
    fn each_slip_is_noticed() {
        let text = RecoveryKey::generate().to_text();
        for place in 20..text.len() {
            let mut slip: Vec<char> = text.chars().collect();
            if slip[place] == '-' {
                continue;
            }
            slip[place] = if slip[place] == 'Z' { 'Y' } else { 'Z' };
            let slip: String = slip.into_iter().collect();
            assert_eq!(RecoveryKey::parse(&slip).unwrap_err(), RecoveryError::Checksum);
        }
        assert_eq!(
            RecoveryKey::parse("").unwrap_err(),
            RecoveryError::Length { found: 0 }
        );
        assert_eq!(
            RecoveryKey::parse(&text[..80]).unwrap_err(),
            RecoveryError::Length { found: 48 }
        );
        let other = text.replacen(&text[25..29], "ÜÜÜÜ", 1);
        assert_eq!(
            RecoveryKey::parse(&other).unwrap_err(),
            RecoveryError::Letter { group: 2 }
        );
    }
}
