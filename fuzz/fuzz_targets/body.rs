//! A stored body that was changed: refused, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use safehold_seal::{Context, Sealed, SymmetricKey, open_body, seal_body};

fuzz_target!(|data: &[u8]| {
    let key = SymmetricKey::from_bytes([7; 32]);
    let context = Context::new("fuzz", &["1"]);
    assert!(open_body(&key, &context, &Sealed::from_bytes(data.to_vec())).is_err());
    let sealed = seal_body(&key, &context, data).unwrap();
    assert_eq!(&*open_body(&key, &context, &sealed).unwrap(), data);
    // One changed byte, wherever the input says, is refused.
    let mut bytes = sealed.into_bytes();
    let place = data.iter().fold(0usize, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(usize::from(*byte))
    });
    let place = place % bytes.len();
    bytes[place] ^= 1;
    assert!(open_body(&key, &context, &Sealed::from_bytes(bytes)).is_err());
});
