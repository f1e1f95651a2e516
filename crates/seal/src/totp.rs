//! One-time codes of an authenticator app (RFC 6238, SHA-1, six digits, thirty seconds).

use totp_rs::{Builder, Totp};

use crate::random;

const STEP_S: i64 = 30;

/// Why there is no address for an authenticator app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TotpError {
    /// The secret is shorter than 128 bits, or the account has no name.
    #[error("the one-time secret or the account's name is not usable")]
    Unusable,
}

/// A new secret: 160 bits, as RFC 4226 recommends.
pub fn new_secret() -> Vec<u8> {
    random::bytes::<20>().to_vec()
}

/// The `otpauth:` address that goes into the QR code. It holds the secret: never log it.
pub fn uri(secret: &[u8], account: &str, issuer: &str) -> Result<String, TotpError> {
    // The colon is what separates the two in such an address.
    let account = account.replace(':', " ");
    let issuer = issuer.replace(':', " ");
    Builder::new()
        .with_secret(secret)
        .with_account_name(account)
        .with_issuer(Some(issuer))
        .build()
        .and_then(|totp| totp.to_url())
        .map_err(|_| TotpError::Unusable)
}

/// The secret in base 32, for those who type it instead of scanning.
pub fn typed_secret(secret: &[u8]) -> String {
    totp_rs::Secret::from(secret).to_base32()
}

/// Reads a secret in base 32, with or without spaces, in any case.
pub fn parse_typed(text: &str) -> Option<Vec<u8>> {
    let plain: String = text.chars().filter(|char| !char.is_whitespace()).collect();
    let secret = totp_rs::Secret::try_from_base32(plain.to_ascii_uppercase()).ok()?;
    Some(secret.as_bytes().to_vec())
}

/// Checks a code at a time in Unix seconds; gives the step it belongs to, to be kept as the last one.
///
/// The steps before and after the time's own are accepted, for clocks that are a little off. A step
/// not later than `last_step` is refused, so that a code seen over a shoulder cannot be used again.
pub fn check(secret: &[u8], code: &str, at_unix_s: i64, last_step: Option<i64>) -> Option<i64> {
    let code: String = code
        .chars()
        .filter(|char| !char.is_whitespace() && *char != '-')
        .collect();
    let totp = exact(secret)?;
    let now = at_unix_s.div_euclid(STEP_S);
    // All three are computed, so that the time taken does not tell which of them it was.
    let mut found = None;
    for step in [now - 1, now, now + 1] {
        let at = u64::try_from(step.checked_mul(STEP_S)?).ok()?;
        if totp.check(&code, at).is_some() && last_step.is_none_or(|last| step > last) {
            found = Some(step);
        }
    }
    found
}

/// The code of a time: for tests and demonstrations.
pub fn code_at(secret: &[u8], at_unix_s: i64) -> Option<String> {
    Some(
        exact(secret)?
            .generate(u64::try_from(at_unix_s).ok()?)
            .to_string(),
    )
}

fn exact(secret: &[u8]) -> Option<Totp> {
    Builder::new().with_secret(secret).with_skew(0).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_rfc_6238() {
        for (at, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code_at(SECRET, at).as_deref(), Some(code));
            assert_eq!(check(SECRET, code, at, None), Some(at / 30));
        }
    }

    #[test]
    fn a_code_is_good_one_step_early_and_late_and_no_more() {
        let code = code_at(SECRET, 3000).unwrap();
        for (at, found) in [
            (2939, None),
            (2970, Some(100)),
            (3029, Some(100)),
            (3059, Some(100)),
            (3060, None),
        ] {
            assert_eq!(check(SECRET, &code, at, None), found, "{at}");
        }
        assert_eq!(
            check(SECRET, &format!(" {} {} ", &code[..3], &code[3..]), 3000, None),
            Some(100)
        );
    }

    #[test]
    fn a_code_is_good_once() {
        let code = code_at(SECRET, 3000).unwrap();
        assert_eq!(check(SECRET, &code, 3000, Some(99)), Some(100));
        assert_eq!(check(SECRET, &code, 3000, Some(100)), None);
        assert_eq!(check(SECRET, &code, 3000, Some(101)), None);
    }

    #[test]
    fn other_texts_are_refused() {
        for code in ["", "287083", "28708", "2870820", "28708a", "२८७०८२"] {
            assert_eq!(check(SECRET, code, 59, None), None);
        }
        assert_eq!(check(b"short", "287082", 59, None), None);
        assert_eq!(check(SECRET, "287082", i64::MIN, None), None);
        assert_eq!(check(SECRET, "287082", i64::MAX, None), None);
    }

    #[test]
    fn the_address_names_issuer_and_account() {
        let uri = uri(SECRET, "ada@example.org", "Safehold: demo").unwrap();
        assert!(
            uri.starts_with("otpauth://totp/Safehold%20%20demo:ada%40example.org?secret=GEZDGNBVGY3TQOJQ"),
            "{uri}"
        );
        assert_eq!(typed_secret(SECRET), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }
}
