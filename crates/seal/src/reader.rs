//! The keys of those who read cases: X-Wing (ML-KEM-768 with X25519), used through HPKE.
//!
//! X-Wing is safe as long as one of its two halves is, so neither a flaw in the young ML-KEM nor a
//! quantum computer alone opens what was wrapped. A secret is its 32-byte seed, which also gives the
//! public key.

use std::fmt;

use hpke::{Deserializable, Kem, Serializable, kem::XWing};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{
    context::Context,
    framing, random,
    sealed::{OpenError, SealError, Sealed},
    symmetric::SymmetricKey,
};
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD as BASE64};

const INFO: &[u8] = b"safehold/case-key/v1";
const PUBLIC: usize = 1216;

/// Makes pairs of keys.
pub struct ReaderKeys;

impl ReaderKeys {
    /// A new pair.
    pub fn generate() -> (ReaderPublic, ReaderSecret) {
        let secret = ReaderSecret::from_bytes(random::bytes());
        (secret.public(), secret)
    }
}

/// The public key of a reader: case keys are wrapped to it.
#[derive(Clone, PartialEq, Eq)]
pub struct ReaderPublic(Box<[u8]>);

impl ReaderPublic {
    /// Reads the 1,216 bytes of a public key, and checks them.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SealError> {
        <XWing as Kem>::PublicKey::from_bytes(bytes).map_err(|_| SealError::PublicKey)?;
        Ok(Self(bytes.into()))
    }

    /// The bytes to store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for ReaderPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReaderPublic({PUBLIC} bytes)")
    }
}

/// The secret key of a reader. Wiped when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct ReaderSecret([u8; 32]);

impl ReaderSecret {
    /// A secret that was made before.
    pub fn from_bytes(seed: [u8; 32]) -> Self {
        Self(seed)
    }

    /// The bytes of the seed, for storing them inside something sealed.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// The public key that goes with this secret.
    pub fn public(&self) -> ReaderPublic {
        // A seed of 32 bytes is always a key, so the empty public key, which no wrap accepts, is not met.
        let bytes = self
            .private()
            .map(|key| XWing::sk_to_pk(&key).to_bytes().to_vec());
        ReaderPublic(bytes.unwrap_or_default().into())
    }

    fn private(&self) -> Result<<XWing as Kem>::PrivateKey, OpenError> {
        <XWing as Kem>::PrivateKey::from_bytes(&self.0).map_err(|_| OpenError::Refused)
    }
}

impl PartialEq for ReaderSecret {
    /// In constant time.
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for ReaderSecret {}

impl fmt::Debug for ReaderSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReaderSecret(secret)")
    }
}

impl Serialize for ReaderSecret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Zeroizing::new(BASE64.encode(self.0)))
    }
}

impl<'de> Deserialize<'de> for ReaderSecret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        let bytes = BASE64.decode(text.as_bytes()).map(Zeroizing::new);
        let bytes = bytes.map_err(|_| de::Error::custom("not a reader's secret"))?;
        let seed = <[u8; 32]>::try_from(bytes.as_slice());
        seed.map(Self)
            .map_err(|_| de::Error::custom("not a reader's secret"))
    }
}

/// Wraps a key to a reader, for one place: 1,169 bytes, `1 || encapsulated key || ciphertext`.
pub fn wrap_key(to: &ReaderPublic, context: &Context, key: &SymmetricKey) -> Result<Sealed, SealError> {
    framing::wrap::<XWing>(&to.0, INFO, context, key)
}

/// Unwraps what [`wrap_key`] wrapped to this reader.
pub fn unwrap_key(
    secret: &ReaderSecret,
    context: &Context,
    wrapped: &Sealed,
) -> Result<SymmetricKey, OpenError> {
    framing::unwrap::<XWing>(&secret.private()?, INFO, context, wrapped)
}
