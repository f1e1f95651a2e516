//! The keys of those who read cases: X-Wing (ML-KEM-768 with X25519), used through HPKE.
//!
//! X-Wing is safe as long as one of its two halves is, so neither a flaw in the young ML-KEM nor a
//! quantum computer alone opens what was wrapped. A secret is its 32-byte seed, which also gives the
//! public key.

use std::fmt;

use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, Serializable, aead::ChaCha20Poly1305, kdf::HkdfSha256, kem::XWing,
    single_shot_open, single_shot_seal_with_rng,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{
    context::Context,
    random,
    sealed::{OpenError, SealError, Sealed},
    symmetric::SymmetricKey,
};
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD as BASE64};

const INFO: &[u8] = b"safehold/case-key/v1";
const VERSION: u8 = 1;
const PUBLIC: usize = 1216;
const ENCAPSULATED: usize = 1120;

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
    let public = <XWing as Kem>::PublicKey::from_bytes(&to.0).map_err(|_| SealError::PublicKey)?;
    let (encapsulated, ciphertext) = single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &OpModeS::Base,
        &public,
        INFO,
        key.expose(),
        context.as_bytes(),
        &mut random::Os,
    )
    .map_err(|_| SealError::Library)?;
    let encapsulated = encapsulated.to_bytes();
    let mut wrapped = Vec::with_capacity(1 + encapsulated.len() + ciphertext.len());
    wrapped.push(VERSION);
    wrapped.extend_from_slice(&encapsulated);
    wrapped.extend_from_slice(&ciphertext);
    Ok(Sealed::from_bytes(wrapped))
}

/// Unwraps what [`wrap_key`] wrapped to this reader.
pub fn unwrap_key(
    secret: &ReaderSecret,
    context: &Context,
    wrapped: &Sealed,
) -> Result<SymmetricKey, OpenError> {
    let (version, rest) = wrapped.as_bytes().split_first().ok_or(OpenError::Refused)?;
    if *version != VERSION {
        return Err(OpenError::Version);
    }
    let (encapsulated, ciphertext) = rest.split_at_checked(ENCAPSULATED).ok_or(OpenError::Refused)?;
    let encapsulated =
        <XWing as Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| OpenError::Refused)?;
    let opened = single_shot_open::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &OpModeR::Base,
        &secret.private()?,
        &encapsulated,
        INFO,
        ciphertext,
        context.as_bytes(),
    )
    .map_err(|_| OpenError::Refused)?;
    let opened = Zeroizing::new(opened);
    let key = <[u8; 32]>::try_from(opened.as_slice()).map_err(|_| OpenError::Refused)?;
    Ok(SymmetricKey::from_bytes(key))
}
