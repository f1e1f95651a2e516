//! A visit: what ties a person's pages together, on one device by a cookie and anywhere by their words.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use safehold_core::id::VisitId;
use safehold_seal::{SymmetricKey, Zeroizing, random};

/// The id of a visit and the reporter's key. The key is nowhere at rest in clear: it is in the cookie
/// of the device, or wrapped under the words.
#[derive(Clone)]
pub struct Visit {
    /// Which visit.
    pub id: VisitId,
    /// The reporter's key.
    pub key: SymmetricKey,
}

impl Visit {
    /// A new visit. Nothing is stored.
    pub fn begin() -> Self {
        Self {
            id: VisitId::from_random(random::bytes()),
            key: SymmetricKey::generate(),
        }
    }

    /// What the cookie holds: 64 characters.
    pub fn token(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new([0u8; 48]);
        let (id, key) = bytes.split_at_mut(16);
        id.copy_from_slice(self.id.as_bytes());
        key.copy_from_slice(self.key.expose());
        Zeroizing::new(BASE64.encode(bytes.as_slice()))
    }

    /// Reads what the cookie holds.
    pub fn from_token(token: &str) -> Option<Self> {
        let bytes = Zeroizing::new(BASE64.decode(token).ok()?);
        let (id, key) = bytes.split_first_chunk::<16>()?;
        let key: [u8; 32] = key.try_into().ok()?;
        let visit = Self {
            id: VisitId::from_random(*id),
            key: SymmetricKey::from_bytes(key),
        };
        // An id that is not of our making would not read back as it was.
        (visit.id.as_bytes() == id).then_some(visit)
    }

    /// A secret from which the web layer makes its tokens against forged forms.
    pub fn form_key(&self) -> SymmetricKey {
        self.key.derive("safehold/visit-form/v1")
    }
}

impl std::fmt::Debug for Visit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Visit")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_reads_back_and_others_do_not() {
        let visit = Visit::begin();
        let token = visit.token();
        let read = Visit::from_token(&token).unwrap();
        assert_eq!(read.id, visit.id);
        assert_eq!(read.key.expose(), visit.key.expose());
        for other in [
            "",
            "x",
            &token[1..],
            &token[..63],
            &format!("{}A", token.as_str()),
            &"_".repeat(64),
        ] {
            assert!(Visit::from_token(other).is_none());
        }
        assert!(!format!("{visit:?}").contains(&token[22..]));
    }
}
