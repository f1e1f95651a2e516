//! Secrets for authenticator apps.

use safehold_seal::{Zeroizing, totp};

use super::TeamError;
use crate::AppError;

/// A new secret for an authenticator app, as people type it, and as its address for a QR code.
///
/// # Errors
/// [`TeamError::App`].
pub fn new_totp(account: &str, issuer: &str) -> Result<NewTotp, TeamError> {
    let secret = totp::new_secret();
    let uri = totp::uri(&secret, account, issuer).map_err(|_| AppError::Broken("an authenticator secret"))?;
    Ok(NewTotp {
        typed: Zeroizing::new(totp::typed_secret(&secret)),
        uri: Zeroizing::new(uri),
    })
}

/// The same secret, shown again after a mistake in the form.
///
/// # Errors
/// [`TeamError::Code`] if it is none.
pub fn same_totp(typed: &str, account: &str, issuer: &str) -> Result<NewTotp, TeamError> {
    let secret = totp::parse_typed(typed).ok_or(TeamError::Code)?;
    let uri = totp::uri(&secret, account, issuer).map_err(|_| TeamError::Code)?;
    Ok(NewTotp {
        typed: Zeroizing::new(totp::typed_secret(&secret)),
        uri: Zeroizing::new(uri),
    })
}

/// A secret for an authenticator app.
pub struct NewTotp {
    /// As people type it.
    pub typed: Zeroizing<String>,
    /// As an address for a QR code.
    pub uri: Zeroizing<String>,
}
