//! A stored lock that was changed: refused, and never an unbounded derivation.
#![no_main]

use libfuzzer_sys::fuzz_target;
use safehold_seal::{Lock, Sealed};
use secrecy::SecretString;

fuzz_target!(|data: &[u8]| {
    // Sound parameters of up to 256 MiB are taken at their word, and that is slow: keep to small ones here.
    let dear = data.get(1..5).is_some_and(|memory| memory > &[0, 0, 1, 0][..]);
    if !dear {
        assert!(
            Lock::open(
                &SecretString::from("pass phrase"),
                &Sealed::from_bytes(data.to_vec())
            )
            .is_err()
        );
    }
});
