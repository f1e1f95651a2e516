//! Padding that lets the length of a ciphertext say little (Padmé, from the PURBs paper, PETS 2019).

/// The least length of what is inside a body or a file.
pub const FLOOR: u64 = 512;

/// The length that something of `length` bytes is padded to.
///
/// Lengths up to [`FLOOR`] all become that. Above it at most 12 % is added, and a length is told
/// to about `log2(log2(length))` bits.
pub fn padded(length: u64) -> u64 {
    if length <= FLOOR {
        return FLOOR;
    }
    let exponent = length.ilog2();
    let kept = exponent.ilog2() + 1;
    let mask = (1_u64 << (exponent - kept)) - 1;
    length.checked_add(mask).map_or(length, |raised| raised & !mask)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_follows_padme_above_the_floor() {
        for (length, expected) in [
            (0, 512),
            (512, 512),
            (513, 544),
            (544, 544),
            (1000, 1024),
            (2048, 2048),
            (2049, 2176),
            (65_536, 65_536),
            (65_537, 67_584),
            (20_000_000, 20_447_232),
            (u64::MAX, u64::MAX),
        ] {
            assert_eq!(padded(length), expected, "{length}");
        }
    }

    proptest::proptest! {
        #[test]
        fn padding_adds_at_most_an_eighth(length in FLOOR..1 << 40) {
            let padded = padded(length);
            assert!(padded >= length);
            assert!(padded - length <= length / 8);
            assert_eq!(super::padded(padded), padded);
        }
    }
}
