//! The lock: a reader's secrets under their pass phrase.
//!
//! A closed lock is `1 || memory || passes || lanes || salt || sealed secrets`. The parameters of
//! Argon2id are inside, so that they can be raised later without losing anybody's key; they and the salt
//! are bound to what is sealed.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, Zeroizing};

use crate::{
    padding, random,
    reader::ReaderSecret,
    sealed::{OpenError, SealError, Sealed},
    symmetric::{SymmetricKey, open_small, seal_small},
};

const LABEL: &str = "safehold/lock/v1";
const VERSION: u8 = 1;
const HEAD: usize = 1 + 4 + 4 + 4 + 16;
/// No lock asks for more than this, so a changed blob cannot make the program take all memory.
const MOST_MEMORY_KIB: u32 = 256 * 1024;
const MOST_PASSES: u32 = 16;
const MOST_LANES: u32 = 4;
/// Crockford's base 32. Ten letters are 50 bits: plenty, as codes can only be tried at the form.
const CODE_LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What only the person who knows the pass phrase has. Wiped when dropped.
#[derive(Clone, Serialize, Deserialize)]
pub struct UserSecrets {
    /// The seed of the reader's key.
    pub reader: ReaderSecret,
    /// The secret shared with their authenticator app.
    pub totp_secret: Vec<u8>,
    /// The codes that stand in for a lost authenticator, each once.
    pub recovery_codes: Vec<String>,
}

impl UserSecrets {
    /// Takes out the recovery code that was typed, in whatever case and grouping; `false` if it is none
    /// of them. Afterwards close the lock again with [`Lock::reclose`].
    pub fn use_recovery_code(&mut self, typed: &str) -> bool {
        let typed = Zeroizing::new(plain_code(typed));
        let found = self.recovery_codes.iter().position(|code| {
            let code = Zeroizing::new(plain_code(code));
            code.as_bytes().ct_eq(typed.as_bytes()).into()
        });
        match found {
            Some(place) => {
                self.recovery_codes.remove(place).zeroize();
                true
            }
            None => false,
        }
    }
}

impl Drop for UserSecrets {
    fn drop(&mut self) {
        self.totp_secret.zeroize();
        self.recovery_codes.zeroize();
    }
}

impl fmt::Debug for UserSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UserSecrets(secret)")
    }
}

/// New recovery codes such as `K7QP3-M2X9D`: 50 random bits each.
pub fn new_recovery_codes(count: usize) -> Vec<String> {
    let code = |_| {
        let letters = random::bytes::<10>().map(|byte| CODE_LETTERS.get(usize::from(byte % 32)).copied());
        let mut code = String::with_capacity(11);
        for (place, letter) in letters.into_iter().flatten().enumerate() {
            if place == 5 {
                code.push('-');
            }
            code.push(char::from(letter));
        }
        code
    };
    (0..count).map(code).collect()
}

/// A code as it is compared: without hyphens and spaces, and with the look-alikes made one.
fn plain_code(code: &str) -> String {
    let letter = |char: char| match char.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(letter)
        .collect()
}

/// How dear each guess at a pass phrase is (RFC 9106).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockParams {
    /// Memory in KiB: 8 to 262,144.
    pub memory_kib: u32,
    /// Passes over it: 1 to 16.
    pub passes: u32,
    /// Lanes: 1 to 4.
    pub lanes: u32,
}

impl Default for LockParams {
    /// RFC 9106's second recommendation, with one lane because a server has other work for its cores.
    fn default() -> Self {
        Self {
            memory_kib: 64 * 1024,
            passes: 3,
            lanes: 1,
        }
    }
}

impl LockParams {
    /// Parameters that cost next to nothing. For tests only: a stolen lock made with them is soon open.
    pub fn weak_for_tests() -> Self {
        Self {
            memory_kib: 64,
            passes: 1,
            lanes: 1,
        }
    }

    fn checked(self) -> Option<Params> {
        let allowed = self.memory_kib <= MOST_MEMORY_KIB
            && (1..=MOST_PASSES).contains(&self.passes)
            && (1..=MOST_LANES).contains(&self.lanes);
        if !allowed {
            return None;
        }
        Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).ok()
    }
}

/// Why a lock did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LockError {
    /// Another pass phrase, or a lock that was changed. Which of them cannot be told.
    #[error("the pass phrase does not open this lock")]
    Refused,
    /// The lock is in a form that this version does not know.
    #[error("the lock is in a form that this version does not know")]
    Version,
    /// There was not enough memory for the derivation.
    #[error("not enough memory to derive the key from the pass phrase")]
    Memory,
}

impl From<OpenError> for LockError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Version => Self::Version,
            OpenError::Refused => Self::Refused,
        }
    }
}

/// Closes and opens locks. Each call with a pass phrase takes the memory and the time that
/// [`LockParams`] ask for: call it off the async threads, and not for many at once.
pub struct Lock;

impl Lock {
    /// Puts secrets under a pass phrase.
    pub fn close(
        pass: &SecretString,
        secrets: &UserSecrets,
        params: LockParams,
    ) -> Result<Sealed, SealError> {
        let derivation = params.checked().ok_or(SealError::Params)?;
        let mut head = Vec::with_capacity(HEAD);
        head.push(VERSION);
        for number in [params.memory_kib, params.passes, params.lanes] {
            head.extend_from_slice(&number.to_be_bytes());
        }
        let salt = random::bytes::<16>();
        head.extend_from_slice(&salt);
        let key = derive(pass, &salt, derivation).ok_or(SealError::Library)?;
        seal_secrets(&key, head, secrets)
    }

    /// Takes out the secrets, and the key that [`Lock::reclose`] needs.
    pub fn open(pass: &SecretString, lock: &Sealed) -> Result<(UserSecrets, SymmetricKey), LockError> {
        let parts = Parts::of(lock.as_bytes())?;
        let derivation = parts.params.checked().ok_or(LockError::Refused)?;
        let key = derive(pass, parts.salt, derivation).ok_or(LockError::Memory)?;
        Ok((open_secrets(&key, &parts)?, key))
    }

    /// What the lock was closed with: who signs in with less than today's parameters gets a new lock.
    pub fn params(lock: &Sealed) -> Result<LockParams, LockError> {
        Ok(Parts::of(lock.as_bytes())?.params)
    }

    /// Puts changed secrets under the same pass phrase, with the key that [`Lock::open`] gave.
    pub fn reclose(
        lock_key: &SymmetricKey,
        lock: &Sealed,
        secrets: &UserSecrets,
    ) -> Result<Sealed, LockError> {
        let parts = Parts::of(lock.as_bytes())?;
        // A key of another lock would seal what nobody could open again.
        open_secrets(lock_key, &parts)?;
        seal_secrets(lock_key, parts.head.to_vec(), secrets).map_err(|_| LockError::Refused)
    }

    /// Spends as much as [`Lock::open`] with the usual parameters: for a name that nobody has.
    pub fn dummy_open(pass: &SecretString) {
        Self::dummy_open_with(pass, LockParams::default());
    }

    /// Spends as much as [`Lock::open`] with these parameters.
    pub fn dummy_open_with(pass: &SecretString, params: LockParams) {
        let key = params.checked().and_then(|params| derive(pass, &[0; 16], params));
        std::hint::black_box(key);
    }
}

/// [`Lock::dummy_open`].
pub fn dummy_open(pass: &SecretString) {
    Lock::dummy_open(pass);
}

/// Argon2id of the pass phrase. NFKC first: the same letters typed on another keyboard are the same.
fn derive(pass: &SecretString, salt: &[u8], params: Params) -> Option<SymmetricKey> {
    let pass: Zeroizing<String> = Zeroizing::new(pass.expose_secret().nfkc().collect());
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(pass.as_bytes(), salt, key.as_mut_slice())
        .ok()?;
    Some(SymmetricKey::from_bytes(*key))
}

/// The secrets as JSON, padded, so that the number of recovery codes left does not show.
fn seal_secrets(key: &SymmetricKey, head: Vec<u8>, secrets: &UserSecrets) -> Result<Sealed, SealError> {
    let mut plain = Zeroizing::new(Vec::with_capacity(4096));
    serde_json::to_writer(&mut *plain, secrets).map_err(|_| SealError::Library)?;
    let length = usize::try_from(padding::padded(plain.len() as u64)).map_err(|_| SealError::TooLong)?;
    plain.resize(length, b' ');
    let sealed = seal_small(key, LABEL, &head, &plain);
    let mut lock = head;
    lock.extend_from_slice(&sealed);
    Ok(Sealed::from_bytes(lock))
}

fn open_secrets(key: &SymmetricKey, parts: &Parts<'_>) -> Result<UserSecrets, LockError> {
    let plain = open_small(key, LABEL, parts.head, parts.sealed)?;
    serde_json::from_slice(&plain).map_err(|_| LockError::Refused)
}

/// A closed lock taken apart.
struct Parts<'lock> {
    head: &'lock [u8],
    params: LockParams,
    salt: &'lock [u8],
    sealed: &'lock [u8],
}

impl<'lock> Parts<'lock> {
    fn of(lock: &'lock [u8]) -> Result<Self, LockError> {
        if *lock.first().ok_or(LockError::Refused)? != VERSION {
            return Err(LockError::Version);
        }
        Self::of_first_version(lock).ok_or(LockError::Refused)
    }

    fn of_first_version(lock: &'lock [u8]) -> Option<Self> {
        let (head, sealed) = lock.split_at_checked(HEAD)?;
        let (_, rest) = head.split_first()?;
        let (memory, rest) = rest.split_first_chunk()?;
        let (passes, rest) = rest.split_first_chunk()?;
        let (lanes, salt) = rest.split_first_chunk()?;
        let params = LockParams {
            memory_kib: u32::from_be_bytes(*memory),
            passes: u32::from_be_bytes(*passes),
            lanes: u32::from_be_bytes(*lanes),
        };
        Some(Self {
            head,
            params,
            salt,
            sealed,
        })
    }
}
