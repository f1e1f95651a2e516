//! For tests only: throwaway databases, a mail server, a clock that tests move.
//!
//! Nothing here reports an error: set-up that doesn't work ends the test, saying what was missing.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test whose set-up doesn't work should stop there"
)]

#[cfg(feature = "app")]
pub mod app;
pub mod browser;
pub mod clock;
pub mod flood;
#[cfg(feature = "passkey")]
pub mod passkey;
pub mod postgres;
pub mod smtp;

/// What tests of the pages need to look past them; the pages themselves never do.
#[cfg(feature = "app")]
pub use {safehold_seal as seal, safehold_store as store};
