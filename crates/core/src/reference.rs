//! The reference of a case: short, random, easy to say on the phone, and never a count.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Crockford's base 32: no I, L, O or U, so that nothing is misread or spells a word.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A case reference such as `K7QP-3M2X` (40 random bits; Statement 4.2, R4.2e).
///
/// It says nothing of how many cases there are or when this one came.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference([u8; 8]);

/// A text that is not a case reference.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a case reference")]
pub struct ReferenceError;

impl Reference {
    /// Makes a reference from five random bytes.
    pub fn from_random(bytes: [u8; 5]) -> Self {
        let bits = bytes.iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
        let mut letters = [b'0'; 8];
        for (place, letter) in letters.iter_mut().enumerate() {
            let value = (bits >> (35 - 5 * place)) & 31;
            *letter = ALPHABET
                .get(usize::try_from(value).unwrap_or(0))
                .copied()
                .unwrap_or(b'0');
        }
        Self(letters)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, letter) in self.0.iter().enumerate() {
            if place == 4 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(*letter))?;
        }
        Ok(())
    }
}

impl FromStr for Reference {
    type Err = ReferenceError;

    /// Reads a reference as people type it: in any case, with or without hyphen and spaces,
    /// and with the letters that Crockford's alphabet leaves out.
    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        let mut letters = [b'0'; 8];
        let mut count = 0;
        for char in text.chars().filter(|char| !char.is_whitespace() && *char != '-') {
            let letter = match char.to_ascii_uppercase() {
                'O' => b'0',
                'I' | 'L' => b'1',
                other => u8::try_from(other).map_err(|_| ReferenceError)?,
            };
            if !ALPHABET.contains(&letter) {
                return Err(ReferenceError);
            }
            *letters.get_mut(count).ok_or(ReferenceError)? = letter;
            count += 1;
        }
        if count == letters.len() {
            Ok(Self(letters))
        } else {
            Err(ReferenceError)
        }
    }
}

impl TryFrom<String> for Reference {
    type Error = ReferenceError;

    fn try_from(text: String) -> Result<Self, ReferenceError> {
        text.parse()
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> Self {
        reference.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_reads_back_however_it_is_typed() {
        let reference = Reference::from_random([0xff, 0x00, 0x10, 0x80, 0x01]);
        assert_eq!(reference.to_string(), "ZW01-1001");
        let typed = reference
            .to_string()
            .to_lowercase()
            .replace('-', " ")
            .replace('0', "o");
        assert_eq!(typed.parse(), Ok(reference));
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "K7QP", "K7QP-3M2U", "K7QP-3M2XX", "K7QP-3M2é"] {
            assert_eq!(text.parse::<Reference>(), Err(ReferenceError));
        }
    }
}
