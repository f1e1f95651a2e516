//! How a key is wrapped to a public key: single-shot HPKE (RFC 9180) in base mode with HKDF-SHA-256 and
//! ChaCha20-Poly1305, as `1 || encapsulated key || ciphertext`. What differs is the KEM and what the wrap is for.

use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, Serializable, aead::ChaCha20Poly1305, kdf::HkdfSha256,
    single_shot_open, single_shot_seal_with_rng,
};
use zeroize::Zeroizing;

use crate::{
    context::Context,
    random,
    sealed::{OpenError, SealError, Sealed},
    symmetric::SymmetricKey,
};

const VERSION: u8 = 1;

/// Wraps a key to a public key, for one place. `info` says what kind of wrap it is.
pub(crate) fn wrap<K: Kem>(
    to: &[u8],
    info: &[u8],
    context: &Context,
    key: &SymmetricKey,
) -> Result<Sealed, SealError> {
    let public = K::PublicKey::from_bytes(to).map_err(|_| SealError::PublicKey)?;
    let (encapsulated, ciphertext) = single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, K>(
        &OpModeS::Base,
        &public,
        info,
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

/// Unwraps what [`wrap`] wrapped with the same `info`.
pub(crate) fn unwrap<K: Kem>(
    private: &K::PrivateKey,
    info: &[u8],
    context: &Context,
    wrapped: &Sealed,
) -> Result<SymmetricKey, OpenError> {
    let (version, rest) = wrapped.as_bytes().split_first().ok_or(OpenError::Refused)?;
    if *version != VERSION {
        return Err(OpenError::Version);
    }
    let (encapsulated, ciphertext) = rest
        .split_at_checked(<K::EncappedKey as Serializable>::size())
        .ok_or(OpenError::Refused)?;
    let encapsulated = K::EncappedKey::from_bytes(encapsulated).map_err(|_| OpenError::Refused)?;
    let opened = single_shot_open::<ChaCha20Poly1305, HkdfSha256, K>(
        &OpModeR::Base,
        private,
        &encapsulated,
        info,
        ciphertext,
        context.as_bytes(),
    )
    .map_err(|_| OpenError::Refused)?;
    let opened = Zeroizing::new(opened);
    let key = Zeroizing::new(<[u8; 32]>::try_from(opened.as_slice()).map_err(|_| OpenError::Refused)?);
    Ok(SymmetricKey::from_bytes(*key))
}
