//! A key to which a *later* case key is wrapped for the reporter, who is not there when it is made.
//!
//! It is X25519 alone, 32 bytes, derived from the reporter's own key. The public key lies only inside the
//! sealed report, and without it what is wrapped here cannot be opened even by a quantum computer: that takes
//! somebody who has read the report before and has such a computer. When the reporter returns, the key is
//! wrapped anew under theirs.

use hpke::{Deserializable, Kem, Serializable, kem::X25519HkdfSha256 as X25519};

use crate::{
    context::Context,
    framing,
    sealed::{OpenError, SealError, Sealed},
    symmetric::SymmetricKey,
};

const INFO: &[u8] = b"safehold/reply-key/v1";

/// The public half: 32 bytes, kept inside the sealed report.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ReplyPublic([u8; 32]);

impl ReplyPublic {
    /// Reads the 32 bytes of a public key.
    ///
    /// # Errors
    /// [`SealError::PublicKey`] for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SealError> {
        <X25519 as Kem>::PublicKey::from_bytes(bytes).map_err(|_| SealError::PublicKey)?;
        bytes.try_into().map(Self).map_err(|_| SealError::PublicKey)
    }

    /// The bytes to keep.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The secret half, derived from the reporter's key whenever it is needed.
pub struct ReplySecret(SymmetricKey);

impl ReplySecret {
    /// The secret that belongs to a reporter's key.
    pub fn of(reporter: &SymmetricKey) -> Self {
        Self(reporter.derive("safehold/reply-key/v1"))
    }

    /// The public key that goes with it.
    pub fn public(&self) -> ReplyPublic {
        let (_, public) = X25519::derive_keypair(self.0.expose());
        let mut bytes = [0; 32];
        bytes.copy_from_slice(&public.to_bytes());
        ReplyPublic(bytes)
    }
}

/// Wraps a key to the reporter, for one place: 81 bytes.
///
/// # Errors
/// [`SealError`].
pub fn wrap_key_reply(to: &ReplyPublic, context: &Context, key: &SymmetricKey) -> Result<Sealed, SealError> {
    framing::wrap::<X25519>(&to.0, INFO, context, key)
}

/// Unwraps what [`wrap_key_reply`] wrapped.
///
/// # Errors
/// [`OpenError`] for another secret, another place or changed bytes.
pub fn unwrap_key_reply(
    secret: &ReplySecret,
    context: &Context,
    wrapped: &Sealed,
) -> Result<SymmetricKey, OpenError> {
    let (private, _) = X25519::derive_keypair(secret.0.expose());
    framing::unwrap::<X25519>(&private, INFO, context, wrapped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_reporter_opens_it_and_only_in_its_place() {
        let reporter = SymmetricKey::from_bytes([1; 32]);
        let secret = ReplySecret::of(&reporter);
        let key = SymmetricKey::from_bytes([2; 32]);
        let place = Context::new("case-key", &["a", "2"]);
        let public = ReplyPublic::from_bytes(secret.public().as_bytes()).unwrap();
        let wrapped = wrap_key_reply(&public, &place, &key).unwrap();
        assert_eq!(
            unwrap_key_reply(&secret, &place, &wrapped).unwrap().expose(),
            key.expose()
        );
        let other = ReplySecret::of(&SymmetricKey::from_bytes([3; 32]));
        assert!(unwrap_key_reply(&other, &place, &wrapped).is_err());
        assert!(unwrap_key_reply(&secret, &Context::new("case-key", &["a", "3"]), &wrapped).is_err());
        for place_of_flip in 0..wrapped.as_bytes().len() {
            let mut bytes = wrapped.as_bytes().to_vec();
            bytes[place_of_flip] ^= 1;
            assert!(unwrap_key_reply(&secret, &place, &Sealed::from_bytes(bytes)).is_err());
        }
    }
}
