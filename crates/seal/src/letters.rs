//! Bytes as letters that people write down and read out: Crockford's base 32 in groups of four.

use zeroize::Zeroizing;

/// No I, L, O or U, so that nothing is misread or spells a word.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Adds the letters of these bytes, eight for each five of them, in groups of four.
pub(crate) fn write(bytes: &[u8], text: &mut String) {
    for (group, five) in bytes.chunks(5).enumerate() {
        let bits = five.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        for place in 0..8 {
            if place % 4 == 0 && group + place > 0 {
                text.push('-');
            }
            let letter = usize::try_from((bits >> (35 - 5 * place)) & 31).unwrap_or_default();
            text.push(char::from(ALPHABET.get(letter).copied().unwrap_or(b'0')));
        }
    }
}

/// The letters alone, however they were typed: in any case and grouping, over several lines, and with the letters that
/// look like others.
pub(crate) fn plain(text: &str) -> Zeroizing<String> {
    let mut letters = Zeroizing::new(String::with_capacity(text.len()));
    letters.extend(
        text.chars()
            .filter(|char| !char.is_whitespace() && !matches!(char, '-' | '\u{2010}'..='\u{2015}' | '.'))
            .map(|char| match char.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            }),
    );
    letters
}

/// Why letters are no bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// There are too few or too many.
    Length(usize),
    /// The group of four, from 1, with a letter that is none of them.
    Letter(usize),
}

/// Reads `N` bytes; `N` is a multiple of five.
pub(crate) fn read<const N: usize>(letters: &str) -> Result<Zeroizing<[u8; N]>, Fault> {
    let found = letters.chars().count();
    if found * 5 != N * 8 {
        return Err(Fault::Length(found));
    }
    let mut bytes = Zeroizing::new([0; N]);
    let mut bits = 0_u64;
    let mut places = bytes.chunks_mut(5);
    for (place, char) in letters.chars().enumerate() {
        let value = ALPHABET.iter().position(|known| char::from(*known) == char);
        let value = value.ok_or(Fault::Letter(place / 4 + 1))?;
        bits = (bits << 5 | value as u64) & 0xff_ffff_ffff;
        if place % 8 == 7
            && let Some(five) = places.next()
            && let Some(low) = bits.to_be_bytes().last_chunk::<5>()
        {
            five.copy_from_slice(low);
        }
    }
    Ok(bytes)
}
