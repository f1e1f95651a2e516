//! Random bytes, always from the operating system.

use std::convert::Infallible;

use hpke::rand_core::{TryCryptoRng, TryRng};

/// Fills the slice with random bytes.
///
/// Where the operating system cannot give any (no supported Linux does that), the process ends at
/// once: no key, id or cookie may be made without them, and there is no answer to give instead.
pub fn fill(bytes: &mut [u8]) {
    if getrandom::fill(bytes).is_err() {
        std::process::abort();
    }
}

/// So many random bytes: for ids (`CaseId::from_random(random::bytes())`), salts and tokens.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    fill(&mut bytes);
    bytes
}

/// The operating system as the generator that HPKE asks for.
pub(crate) struct Os;

impl TryRng for Os {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes(bytes()))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes(bytes()))
    }

    fn try_fill_bytes(&mut self, dest: &mut [u8]) -> Result<(), Infallible> {
        fill(dest);
        Ok(())
    }
}

impl TryCryptoRng for Os {}
