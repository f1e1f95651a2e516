//! The only type of ciphertext, and what can go wrong in making or opening one.

use std::fmt;

use sha2::{Digest, Sha256};

/// Ciphertext. What `store` keeps in each `_sealed` column.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Sealed(Vec<u8>);

impl Sealed {
    /// Takes bytes that were sealed before; whether they are sound shows when they are opened.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes to store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes to store, without a copy.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// SHA-256 of the bytes: what a [`crate::Receipt`] vouches for.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(&self.0).into()
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({} bytes)", self.0.len())
    }
}

/// Why something was not sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// More than four gigabytes in one piece.
    #[error("too long to be sealed in one piece")]
    TooLong,
    /// The bytes are no X-Wing public key.
    #[error("not a reader's public key")]
    PublicKey,
    /// The pass phrase's parameters are outside what [`crate::LockParams`] allows.
    #[error("the parameters of the pass phrase's derivation are out of range")]
    Params,
    /// The library refused; with valid keys it has no reason to.
    #[error("the sealing library refused")]
    Library,
}

/// Why something sealed was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The bytes begin with a version that this program does not know.
    #[error("sealed in a form that this version does not know")]
    Version,
    /// Another key, another context, or bytes that were changed or cut. Which of them cannot be told.
    #[error("not sealed by this key for this purpose, or changed since")]
    Refused,
}
