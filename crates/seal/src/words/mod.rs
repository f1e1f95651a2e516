//! The key of seven words that a reporter keeps (Statement R4.2: no account, no name).
//!
//! The words come from the EFF's long list: 7,776 words that are easy to say and write. Seven of them are
//! 90 bits. `list` has the words, `parse` reads what people type, `derive` makes keys of them.

mod derive;
mod list;
mod parse;

use std::fmt;

use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{
    context::Context,
    random,
    sealed::{OpenError, Sealed},
    symmetric::{SymmetricKey, open_small, seal_small},
};

pub use derive::WordsRoot;

const LABEL: &str = "safehold/words/v1";

/// How many words there are in a key.
pub const COUNT: usize = 7;

/// Seven words. Wiped when dropped; shown by [`Words::expose`] alone.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Words([u16; COUNT]);

/// Why a text is not a key of words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// There are more or fewer than seven words.
    #[error("there are {found} words, not 7")]
    Count {
        /// How many there seem to be.
        found: usize,
    },
    /// A word is not on the list, and not near exactly one that is.
    #[error("word {position} is not on the list")]
    Unknown {
        /// Which word, from 1.
        position: usize,
        /// Up to four words of the list that look like it, the most alike first.
        suggestions: Vec<&'static str>,
    },
}

impl Words {
    /// Seven random words.
    pub fn generate() -> Self {
        Self(std::array::from_fn(|_| random_index()))
    }

    /// Reads words as people type them: in any case, numbered, with commas, dots, hyphens, line ends or
    /// spaces between, run together or a little misspelt.
    pub fn parse(text: &str) -> Result<Self, WordsError> {
        parse::parse(text).map(Self)
    }

    /// The words with spaces between: to show once, and to nobody else.
    pub fn expose(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(COUNT * 10));
        for word in self.each() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        text
    }

    /// Sealed under a key, to be shown again until the person has kept them: always 47 bytes.
    pub fn seal(&self, by: &SymmetricKey, context: &Context) -> Sealed {
        let mut plain = Zeroizing::new([0_u8; COUNT * 2]);
        for (place, index) in plain.chunks_exact_mut(2).zip(self.0) {
            place.copy_from_slice(&index.to_le_bytes());
        }
        Sealed::from_bytes(seal_small(by, LABEL, context.as_bytes(), plain.as_slice()))
    }

    /// Opens what [`Words::seal`] sealed.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(by: &SymmetricKey, context: &Context, sealed: &Sealed) -> Result<Self, OpenError> {
        let plain = open_small(by, LABEL, context.as_bytes(), sealed.as_bytes())?;
        let mut words = Self([0; COUNT]);
        if plain.len() != COUNT * 2 {
            return Err(OpenError::Refused);
        }
        for (word, place) in words.0.iter_mut().zip(plain.chunks_exact(2)) {
            *word = place
                .try_into()
                .map(u16::from_le_bytes)
                .map_err(|_| OpenError::Refused)?;
        }
        Ok(words)
    }

    /// The words one by one, for a numbered list.
    pub fn each(&self) -> [&'static str; COUNT] {
        self.0.map(|index| list::get(index).shown)
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for Words {}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Words(secret)")
    }
}

/// A random place in the list. Numbers past the last whole multiple are drawn again, so none is likelier.
fn random_index() -> u16 {
    let length = list::length();
    let whole = u16::MAX - u16::MAX % length;
    loop {
        let drawn = u16::from_le_bytes(random::bytes());
        if drawn < whole {
            return drawn % length;
        }
    }
}
