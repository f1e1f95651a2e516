//! A wrapped key that was changed: refused, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use safehold_seal::{
    Context, ReaderPublic, ReaderSecret, Sealed, SymmetricKey, unwrap_key, unwrap_key_symmetric,
};

fuzz_target!(|data: &[u8]| {
    let context = Context::new("fuzz", &["1"]);
    let sealed = Sealed::from_bytes(data.to_vec());
    assert!(unwrap_key(&ReaderSecret::from_bytes([7; 32]), &context, &sealed).is_err());
    assert!(unwrap_key_symmetric(&SymmetricKey::from_bytes([7; 32]), &context, &sealed).is_err());
    let _ = ReaderPublic::from_bytes(data);
});
