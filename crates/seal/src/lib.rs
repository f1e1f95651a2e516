//! Sealing: every key, ciphertext, pass phrase, signature and random byte of Safehold.
//!
//! Nothing here waits, reads a clock or touches a file. The primitives are those of age
//! (ChaCha20-Poly1305, HKDF-SHA-256), HPKE with X-Wing, Argon2id and Ed25519; what is ours is how
//! they are put together:
//!
//! - content is sealed under a [`SymmetricKey`], in an age v1 file ([`body`], [`mod@file`]);
//! - that key is wrapped for each reader ([`reader`]) or by another key ([`symmetric`]);
//! - a reader's secret is kept under a pass phrase ([`lock`]) and, while signed in, under a secret
//!   that only the cookie holds ([`session`]);
//! - a reporter's key comes from seven words ([`words`]);
//! - what the installation says about itself is signed ([`installation`], [`receipt`]).
//!
//! Every ciphertext is bound to a [`Context`], so that it opens only in the place it was made for.
//! Secrets are wiped when dropped and have no `Debug` that shows them. One limit is known: age keeps
//! the last, unfinished 64 KiB of plaintext in a buffer of its own that it does not wipe.

pub mod body;
mod container;
pub mod context;
pub mod file;
mod framing;
pub mod installation;
mod letters;
pub mod lock;
pub mod padding;
pub mod random;
pub mod reader;
pub mod receipt;
pub mod recovery;
pub mod reply;
pub mod sealed;
pub mod session;
pub mod share;
pub mod strength;
pub mod symmetric;
pub mod totp;
pub mod words;

pub use body::{Opened, open_body, seal_body};
pub use context::Context;
pub use file::{FileError, FileKey, FileOpener, FileSealer};
pub use installation::{InstallationError, InstallationKeys, VerifyKey};
pub use lock::{Lock, LockError, LockParams, UserSecrets, dummy_open};
pub use reader::{ReaderKeys, ReaderPublic, ReaderSecret, unwrap_key, wrap_key};
pub use receipt::{Receipt, ReceiptError};
pub use recovery::{RecoveryError, RecoveryKey};
pub use reply::{ReplyPublic, ReplySecret, unwrap_key_reply, wrap_key_reply};
pub use sealed::{OpenError, SealError, Sealed};
pub use session::SessionCookie;
pub use share::{CombineError, SetId, Share, ShareError};
pub use strength::{Strength, strength};
pub use symmetric::{SymmetricKey, unwrap_key_symmetric, wrap_key_symmetric};
pub use words::{Words, WordsError, WordsRoot};

/// What others need to hand pass phrases in: it has no `Debug` that shows it, and is wiped.
pub use secrecy::{ExposeSecret, SecretString};
/// A value that is wiped when dropped. Its `Debug` does show it: keep it out of structs that log.
pub use zeroize::Zeroizing;

/// The SHA-256 of something that is not secret, in hexadecimal, to find it by.
pub fn digest_hex(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    use std::fmt::Write;
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}
