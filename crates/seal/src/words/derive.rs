//! The keys that come from words.
//!
//! Words are random, so unlike a pass phrase they need no slow derivation to be safe: at 90 bits, even a
//! derivation of one microsecond and a million machines would take tens of millions of years for half of
//! them. The little Argon2id here (two megabytes, once) costs us about a millisecond, and multiplies a
//! thief's work by a thousand should a few of the words be seen. See docs/decisions.

use std::fmt;

use age_core::primitives::hkdf;
use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

use super::{Words, list};
use crate::symmetric::SymmetricKey;

const MEMORY_KIB: u32 = 2048;

/// What words give: something to find the report by, and a key to open it with.
pub struct WordsRoot {
    /// What the report is found by. It tells nothing of the key.
    pub lookup: [u8; 32],
    /// The key that opens the draft, or unwraps the case's key. Use `derive` for each purpose.
    pub key: SymmetricKey,
}

impl fmt::Debug for WordsRoot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WordsRoot(secret)")
    }
}

impl Words {
    /// Derives what the words give in this installation, whose salt is
    /// [`crate::InstallationKeys::words_salt`]. Takes about a millisecond and two megabytes.
    pub fn derive(&self, salt: &[u8; 32]) -> WordsRoot {
        let mut letters = Zeroizing::new(String::with_capacity(super::COUNT * 10));
        for index in self.0 {
            letters.push_str(&list::get(index).letters);
            letters.push(' ');
        }
        let mut stretched = Zeroizing::new([0; 32]);
        let done = Params::new(MEMORY_KIB, 1, 1, Some(32)).and_then(|params| {
            Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(
                letters.as_bytes(),
                salt,
                stretched.as_mut_slice(),
            )
        });
        if done.is_err() {
            // The parameters are constants that the tests use, so what is missing is two megabytes of
            // memory; an allocation that fails elsewhere ends the process just so.
            std::process::abort();
        }
        WordsRoot {
            lookup: hkdf(&[], b"safehold/words-lookup/v1", stretched.as_slice()),
            key: SymmetricKey::from_bytes(hkdf(&[], b"safehold/words-key/v1", stretched.as_slice())),
        }
    }
}
