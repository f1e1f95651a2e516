//! What a ciphertext is for, bound to it so that stored blobs cannot be swapped.

use sha2::{Digest, Sha256};

/// What a ciphertext is for: a kind and the ids of what it belongs to.
///
/// ```
/// # use safehold_seal::Context;
/// let context = Context::new("message-body", &["0a1b", "2c3d"]);
/// assert_ne!(context, Context::new("message-body", &["0a1b2c3d"]));
/// ```
///
/// A context is not secret. Put in it each id that a person with access to the database could
/// exchange: the row's own id, and that of the case it hangs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context(Vec<u8>);

impl Context {
    /// Makes a context. Each part goes in with its length, so no two lists of parts look alike.
    pub fn new(kind: &'static str, ids: &[&str]) -> Self {
        let mut bytes = b"safehold/context/v1".to_vec();
        for part in std::iter::once(kind).chain(ids.iter().copied()) {
            let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
            bytes.extend_from_slice(&length.to_be_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
        Self(bytes)
    }

    /// The encoding that goes into key derivations as it is.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The digest that goes inside bodies and files: always 32 bytes, so that ids do not show in sizes.
    pub(crate) fn digest(&self) -> [u8; 32] {
        Sha256::digest(&self.0).into()
    }
}
