//! The recovery key split among several holders: any few of the shares give it back, fewer tell nothing of it.
//!
//! ```text
//! SAFEHOLD-SHARE-1 0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ-0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ
//! ```
//!
//! The groups are Crockford's base 32 of 40 bytes: the set that the share belongs to (3), how many are needed and how
//! many there are (4 bits each), which one this is (1), its 32 bytes, and three bytes of a digest of all that. So a slip
//! in typing, a share of another set and one that was given twice are each known for what they are, before anything is
//! put together. The mathematics is Shamir's over GF(256), from `vsss-rs` (decision 0027).

use std::{fmt, str::FromStr};

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use vsss_rs::Gf256;
use zeroize::Zeroizing;

use crate::{letters, random, reader::ReaderPublic, recovery::RecoveryKey};

/// The prefix as it reads once letters that look like digits were made digits.
const PREFIX: &str = "SAFEH01DSHARE1";
const CHECK: usize = 3;
/// Everything but the check.
const BODY: usize = 37;
const BYTES: usize = BODY + CHECK;

/// Fewer would be one person alone.
pub const LEAST_NEEDED: u8 = 2;
/// More are hardly ever brought together in a hurry.
pub const MOST_NEEDED: u8 = 5;
/// More holders are more drawers to look in.
pub const MOST_SHARES: u8 = 9;

/// Which shares belong together: random, and on each of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SetId([u8; 3]);

/// A text that names no set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a set of shares")]
pub struct SetIdError;

impl fmt::Display for SetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02X}"))
    }
}

impl fmt::Debug for SetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SetId({self})")
    }
}

impl FromStr for SetId {
    type Err = SetIdError;

    fn from_str(text: &str) -> Result<Self, SetIdError> {
        let number = u32::from_str_radix(text, 16).map_err(|_| SetIdError)?;
        let is_plain = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let [_, rest @ ..] = number.to_be_bytes();
        if is_plain { Ok(Self(rest)) } else { Err(SetIdError) }
    }
}

/// Why a text is not a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// It has too few or too many letters.
    #[error("a share has 64 letters and digits after its prefix, not {found}")]
    Length {
        /// How many there are.
        found: usize,
    },
    /// It has something that no share has.
    #[error("group {group} of the share has a letter that no share has")]
    Letter {
        /// In which group of four, from 1.
        group: usize,
    },
    /// A letter is another than was printed.
    #[error("the share is not as it was printed")]
    Checksum,
}

/// Why shares gave no key. Places are counted from 0, as the shares were given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CombineError {
    /// There are too few.
    #[error("{needed} shares are needed, and {given} were given")]
    TooFew {
        /// How many it takes.
        needed: u8,
        /// How many there are.
        given: usize,
    },
    /// One belongs to another set than the first.
    #[error("share {place} belongs to another set")]
    OtherSet {
        /// Which.
        place: usize,
    },
    /// One is there twice.
    #[error("share {place} was given before")]
    Twice {
        /// Which.
        place: usize,
    },
    /// What they give together is not the key that was asked for.
    #[error("the shares do not give the recovery key of this installation")]
    OtherKey,
}

/// A key cannot be split like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the key is split into up to 9 shares of which 2 to 5 are needed")]
pub struct SplitError;

/// One share. Wiped when dropped; it never prints but by [`Share::to_text`].
pub struct Share(Zeroizing<[u8; BODY]>);

impl Share {
    /// To which set it belongs.
    pub fn set(&self) -> SetId {
        let [a, b, c, ..] = *self.0;
        SetId([a, b, c])
    }

    /// How many of its set give the key.
    pub fn needed(&self) -> u8 {
        let [_, _, _, counts, ..] = *self.0;
        counts >> 4
    }

    /// How many there are in its set.
    pub fn of(&self) -> u8 {
        let [_, _, _, counts, ..] = *self.0;
        counts & 15
    }

    /// Which one it is, from 1.
    pub fn number(&self) -> u8 {
        let [_, _, _, _, number, ..] = *self.0;
        number
    }

    /// What may be kept to know this very share again. The share holds 256 random bits, so nobody finds it from this.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::new()
            .chain_update(b"safehold/share/v1")
            .chain_update(self.0.as_slice())
            .finalize()
            .into()
    }

    /// The text to print: one line.
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new([0; BYTES]);
        let (body, check) = bytes.split_at_mut(BODY);
        body.copy_from_slice(self.0.as_slice());
        check.copy_from_slice(&checksum(&self.0));
        let mut text = Zeroizing::new(String::with_capacity(100));
        text.push_str("SAFEHOLD-SHARE-1 ");
        letters::write(bytes.as_slice(), &mut text);
        text
    }

    /// Reads the text as people type it, see [`RecoveryKey::parse`].
    pub fn parse(text: &str) -> Result<Self, ShareError> {
        let plain = letters::plain(text);
        let letters = plain.strip_prefix(PREFIX).unwrap_or(&plain);
        let bytes = letters::read::<BYTES>(letters).map_err(|fault| match fault {
            letters::Fault::Length(found) => ShareError::Length { found },
            letters::Fault::Letter(group) => ShareError::Letter { group },
        })?;
        let (body, check) = bytes.split_first_chunk::<BODY>().ok_or(ShareError::Checksum)?;
        if *check != checksum(body) {
            return Err(ShareError::Checksum);
        }
        let share = Self(Zeroizing::new(*body));
        let is_possible = (LEAST_NEEDED..=MOST_NEEDED).contains(&share.needed())
            && (share.needed()..=MOST_SHARES).contains(&share.of())
            && (1..=share.of()).contains(&share.number());
        if is_possible {
            Ok(share)
        } else {
            Err(ShareError::Checksum)
        }
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Share({} of {}, secret)", self.number(), self.of())
    }
}

fn checksum(body: &[u8; BODY]) -> [u8; CHECK] {
    let digest = Sha256::new()
        .chain_update(b"safehold/share-check/v1")
        .chain_update(body)
        .finalize();
    digest.first_chunk().copied().unwrap_or_default()
}

/// Splits a key into `of` shares, of which any `needed` give it back.
///
/// # Errors
/// [`SplitError`] unless 2 to 5 are needed of up to 9.
pub fn split(key: &RecoveryKey, needed: u8, of: u8) -> Result<Vec<Share>, SplitError> {
    if !(LEAST_NEEDED..=MOST_NEEDED).contains(&needed) || !(needed..=MOST_SHARES).contains(&of) {
        return Err(SplitError);
    }
    let set: [u8; 3] = random::bytes();
    let values = Gf256::split_bytes(needed.into(), of.into(), key.secret().expose(), random::Os)
        .map_err(|_| SplitError)?;
    values
        .into_iter()
        .map(Zeroizing::new)
        .map(|value| {
            let (number, value) = value.split_first().ok_or(SplitError)?;
            let mut body = Zeroizing::new([0; BODY]);
            let (head, tail) = body.split_at_mut(5);
            let [a, b, c] = set;
            head.copy_from_slice(&[a, b, c, needed << 4 | of, *number]);
            if tail.len() != value.len() {
                return Err(SplitError);
            }
            tail.copy_from_slice(value);
            Ok(Share(body))
        })
        .collect()
}

/// Puts shares together, and gives the key only if it is the one that is asked for.
///
/// # Errors
/// [`CombineError`].
pub fn combine(shares: &[&Share], wanted: &ReaderPublic) -> Result<RecoveryKey, CombineError> {
    let Some(first) = shares.first() else {
        return Err(CombineError::TooFew {
            needed: LEAST_NEEDED,
            given: 0,
        });
    };
    for (place, share) in shares.iter().enumerate() {
        if share.set() != first.set() || share.needed() != first.needed() || share.of() != first.of() {
            return Err(CombineError::OtherSet { place });
        }
        if shares
            .iter()
            .take(place)
            .any(|other| other.number() == share.number())
        {
            return Err(CombineError::Twice { place });
        }
    }
    if shares.len() < first.needed().into() {
        return Err(CombineError::TooFew {
            needed: first.needed(),
            given: shares.len(),
        });
    }
    let values: Zeroizing<Vec<Vec<u8>>> = Zeroizing::new(
        shares
            .iter()
            .take(first.needed().into())
            .map(|share| share.0.iter().skip(4).copied().collect())
            .collect(),
    );
    let seed = Gf256::combine_bytes(values.as_slice()).map(Zeroizing::new);
    let seed = seed.map_err(|_| CombineError::OtherKey)?;
    let seed = <[u8; 32]>::try_from(seed.as_slice()).map_err(|_| CombineError::OtherKey)?;
    let key = RecoveryKey::from_seed(seed);
    if key.public().as_bytes().ct_eq(wanted.as_bytes()).into() {
        Ok(key)
    } else {
        Err(CombineError::OtherKey)
    }
}

/// Takes a text apart that may hold several shares: at each prefix, or else at each line.
pub fn pieces(text: &str) -> Vec<Zeroizing<String>> {
    const BEGIN: &str = "SAFEHOLD-";
    let upper = Zeroizing::new(text.to_ascii_uppercase());
    let mut starts: Vec<usize> = upper.match_indices(BEGIN).map(|(at, _)| at).collect();
    if starts.is_empty() {
        return text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(|line| Zeroizing::new(line.to_owned()))
            .collect();
    }
    starts.push(text.len());
    starts
        .windows(2)
        .filter_map(|ends| match ends {
            [from, to] => text
                .get(*from..*to)
                .map(|piece| Zeroizing::new(piece.trim().to_owned())),
            _ => None,
        })
        .collect()
}
