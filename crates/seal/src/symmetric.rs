//! Keys of 32 bytes, keys derived from them, and small things sealed by them.

use std::fmt;

use age_core::primitives::{aead_decrypt, aead_encrypt, hkdf};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{
    context::Context,
    random,
    sealed::{OpenError, SealError, Sealed},
};

/// A secret key of 32 bytes: a case's, a draft's, a lock's. Wiped when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct SymmetricKey([u8; 32]);

impl SymmetricKey {
    /// A random key.
    pub fn generate() -> Self {
        Self(random::bytes())
    }

    /// A key that was made before.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes of the key, for storing them inside something sealed.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Another key, for another use: HKDF-SHA-256 with the label. Who has it does not have this one.
    #[must_use]
    pub fn derive(&self, label: &str) -> Self {
        let info = [b"safehold/derive/v1/", label.as_bytes()].concat();
        Self(hkdf(&[], &info, &self.0))
    }
}

impl PartialEq for SymmetricKey {
    /// In constant time.
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for SymmetricKey {}

impl fmt::Debug for SymmetricKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SymmetricKey(secret)")
    }
}

/// Wraps a key by another: 65 bytes.
pub fn wrap_key_symmetric(
    by: &SymmetricKey,
    context: &Context,
    key: &SymmetricKey,
) -> Result<Sealed, SealError> {
    Ok(Sealed::from_bytes(seal_small(
        by,
        "safehold/symmetric-wrap/v1",
        context.as_bytes(),
        &key.0,
    )))
}

/// Unwraps what [`wrap_key_symmetric`] wrapped.
pub fn unwrap_key_symmetric(
    by: &SymmetricKey,
    context: &Context,
    wrapped: &Sealed,
) -> Result<SymmetricKey, OpenError> {
    let opened = open_small(
        by,
        "safehold/symmetric-wrap/v1",
        context.as_bytes(),
        wrapped.as_bytes(),
    )?;
    let key = <[u8; 32]>::try_from(opened.as_slice()).map_err(|_| OpenError::Refused)?;
    Ok(SymmetricKey(key))
}

/// The first byte of everything that [`seal_small`] makes.
const VERSION: u8 = 1;
const SALT: usize = 16;

/// `1 || salt || encrypt[HKDF[salt, label || 0 || bound](key)](plain)`.
///
/// As in age, each ciphertext has a key of its own, derived with a random salt, so the nonce can be
/// zero. What the ciphertext is bound to goes into the derivation.
pub(crate) fn seal_small(key: &SymmetricKey, label: &str, bound: &[u8], plain: &[u8]) -> Vec<u8> {
    let salt = random::bytes::<SALT>();
    let once = once_key(key, label, bound, &salt);
    let mut sealed = Vec::with_capacity(1 + SALT + plain.len() + 16);
    sealed.push(VERSION);
    sealed.extend_from_slice(&salt);
    sealed.extend_from_slice(&aead_encrypt(&once, plain));
    sealed
}

/// Opens what [`seal_small`] sealed.
pub(crate) fn open_small(
    key: &SymmetricKey,
    label: &str,
    bound: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let (version, rest) = sealed.split_first().ok_or(OpenError::Refused)?;
    if *version != VERSION {
        return Err(OpenError::Version);
    }
    let (salt, ciphertext) = rest.split_at_checked(SALT).ok_or(OpenError::Refused)?;
    let length = ciphertext.len().checked_sub(16).ok_or(OpenError::Refused)?;
    let once = once_key(key, label, bound, salt);
    aead_decrypt(&once, length, ciphertext)
        .map(Zeroizing::new)
        .map_err(|_| OpenError::Refused)
}

fn once_key(key: &SymmetricKey, label: &str, bound: &[u8], salt: &[u8]) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(hkdf(salt, &[label.as_bytes(), &[0], bound].concat(), &key.0))
}
