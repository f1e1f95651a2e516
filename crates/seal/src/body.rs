//! Bodies: answers, messages, notes, names of files, drafts. Sealed in one piece.
//!
//! Inside the age file: a version byte, the digest of the [`Context`], the length as four bytes, the
//! content, and zeros up to the length that [`crate::padding`] gives.

use std::{
    io::{self, Read, Write},
    ops::Deref,
};

use zeroize::Zeroizing;

use crate::{
    container,
    context::Context,
    padding,
    sealed::{OpenError, SealError, Sealed},
    symmetric::SymmetricKey,
};

const LABEL: &str = "safehold/body/v1";
const VERSION: u8 = 1;
const FRAME: usize = 1 + 32 + 4;

/// Seals content under a key, for one place.
pub fn seal_body(key: &SymmetricKey, context: &Context, plain: &[u8]) -> Result<Sealed, SealError> {
    let length = u32::try_from(plain.len()).map_err(|_| SealError::TooLong)?;
    let inside = FRAME as u64 + u64::from(length);
    let padded = padding::padded(inside);
    let expected = usize::try_from(container::sealed_length(padded)).map_err(|_| SealError::TooLong)?;

    let sink = container::Sink::default();
    let mut writer = container::start(key, LABEL, &sink, expected)?;
    writer
        .write_all(&[VERSION])
        .and_then(|()| writer.write_all(&context.digest()))
        .and_then(|()| writer.write_all(&length.to_be_bytes()))
        .and_then(|()| writer.write_all(plain))
        .and_then(|()| write_zeros(&mut writer, padded - inside))
        .and_then(|()| writer.finish())
        .map_err(|_| SealError::Library)?;
    Ok(Sealed::from_bytes(sink.take()))
}

/// Opens what [`seal_body`] sealed, with the same key and context.
pub fn open_body(key: &SymmetricKey, context: &Context, sealed: &Sealed) -> Result<Opened, OpenError> {
    if !container::has_our_shape(sealed.as_bytes()) {
        return Err(OpenError::Refused);
    }
    let mut reader = container::open(key, LABEL, sealed.as_bytes())?;
    // The room is enough for all, so that no part of the plaintext stays behind where it grew from.
    let mut inside = Zeroizing::new(Vec::with_capacity(sealed.as_bytes().len()));
    reader.read_to_end(&mut inside).map_err(|_| OpenError::Refused)?;

    let (version, rest) = inside.split_first().ok_or(OpenError::Refused)?;
    if *version != VERSION {
        return Err(OpenError::Version);
    }
    let (digest, rest) = rest.split_first_chunk::<32>().ok_or(OpenError::Refused)?;
    if *digest != context.digest() {
        return Err(OpenError::Refused);
    }
    let (length, rest) = rest.split_first_chunk::<4>().ok_or(OpenError::Refused)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| OpenError::Refused)?;
    let (_, zeros) = rest.split_at_checked(length).ok_or(OpenError::Refused)?;
    if zeros.iter().any(|byte| *byte != 0) {
        return Err(OpenError::Refused);
    }
    Ok(Opened { inside, length })
}

/// The length of a sealed body with so much content.
pub fn sealed_body_length(content: u32) -> u64 {
    container::sealed_length(padding::padded(FRAME as u64 + u64::from(content)))
}

/// Content that was opened: a slice of bytes, wiped when dropped. It has no `Debug`.
pub struct Opened {
    inside: Zeroizing<Vec<u8>>,
    length: usize,
}

impl Deref for Opened {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.inside
            .get(FRAME..FRAME.saturating_add(self.length))
            .unwrap_or_default()
    }
}

impl AsRef<[u8]> for Opened {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

/// Writes so many zeros.
pub(crate) fn write_zeros(writer: &mut impl Write, count: u64) -> io::Result<()> {
    io::copy(&mut io::repeat(0).take(count), writer).map(|_| ())
}
