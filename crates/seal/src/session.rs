//! The cookie of somebody who is signed in, and what only it can open.
//!
//! The database has a hash of the cookie, to find the session by, and the reader's secret sealed under
//! a key that comes from the cookie too. So the secret outlives a restart, yet nobody who has only the
//! database can read it.

use std::fmt;

use age_core::primitives::hkdf;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{
    context::Context,
    random,
    reader::ReaderSecret,
    sealed::{OpenError, Sealed},
    symmetric::{SymmetricKey, open_small, seal_small},
};

const LABEL: &str = "safehold/session-reader/v1";

/// A text that is not a session cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a session cookie")]
pub struct SessionError;

/// The secret in the cookie: 32 random bytes. Wiped when dropped.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct SessionCookie([u8; 32]);

impl SessionCookie {
    /// A new cookie.
    pub fn generate() -> Self {
        Self(random::bytes())
    }

    /// Reads the value of a cookie.
    pub fn parse(text: &str) -> Result<Self, SessionError> {
        let bytes = Zeroizing::new(BASE64.decode(text).map_err(|_| SessionError)?);
        <[u8; 32]>::try_from(bytes.as_slice())
            .map(Self)
            .map_err(|_| SessionError)
    }

    /// The value to set: 43 characters of base64url.
    pub fn expose(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE64.encode(self.0))
    }

    /// What the session's row is found by. It tells nothing of the cookie or of [`SessionCookie::key`].
    pub fn id_hash(&self) -> [u8; 32] {
        hkdf(&[], b"safehold/session-id/v1", &self.0)
    }

    /// The key for what is sealed in the session's row.
    pub fn key(&self) -> SymmetricKey {
        SymmetricKey::from_bytes(hkdf(&[], b"safehold/session-key/v1", &self.0))
    }

    /// A token for forms (against requests from other sites), which is as secret as the page that shows it.
    pub fn form_token(&self) -> String {
        BASE64.encode(hkdf(&[], b"safehold/session-form/v1", &self.0))
    }

    /// Seals a reader's secret for the session's row: 65 bytes.
    pub fn seal_reader(&self, context: &Context, secret: &ReaderSecret) -> Sealed {
        Sealed::from_bytes(seal_small(
            &self.key(),
            LABEL,
            context.as_bytes(),
            secret.expose(),
        ))
    }

    /// Opens what [`SessionCookie::seal_reader`] sealed.
    pub fn open_reader(&self, context: &Context, sealed: &Sealed) -> Result<ReaderSecret, OpenError> {
        let opened = open_small(&self.key(), LABEL, context.as_bytes(), sealed.as_bytes())?;
        let seed = <[u8; 32]>::try_from(opened.as_slice()).map_err(|_| OpenError::Refused)?;
        Ok(ReaderSecret::from_bytes(seed))
    }
}

impl fmt::Debug for SessionCookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionCookie(secret)")
    }
}
