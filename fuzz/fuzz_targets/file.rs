//! A stored file that was changed, in pieces of any length: refused, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use safehold_seal::{Context, FileKey, FileOpener, FileSealer, SymmetricKey};

fuzz_target!(|data: &[u8]| {
    let key = FileKey::from_key(SymmetricKey::from_bytes([7; 32]));
    let context = Context::new("fuzz", &["1"]);
    let step = data.first().map_or(1, |byte| usize::from(*byte) + 1);

    let mut opener = FileOpener::new(&key, &context);
    let pushed = data
        .chunks(step)
        .try_for_each(|piece| opener.push(piece).map(drop));
    assert!(pushed.is_err() || opener.finish().is_err());

    let mut sealer = FileSealer::new(&key, &context).unwrap();
    let mut sealed = Vec::new();
    for piece in data.chunks(step) {
        sealed.extend(sealer.push(piece).unwrap());
    }
    sealed.extend(sealer.finish().unwrap());
    let mut opener = FileOpener::new(&key, &context);
    let mut opened = Vec::new();
    for piece in sealed.chunks(step) {
        opened.extend_from_slice(&opener.push(piece).unwrap());
    }
    opened.extend_from_slice(&opener.finish().unwrap());
    assert_eq!(opened, data);
});
