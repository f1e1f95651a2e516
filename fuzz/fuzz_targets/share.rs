//! What a holder types as their share: it is none, or reads back as it is printed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use safehold_seal::{Share, share};

fuzz_target!(|text: &str| {
    if let Ok(share) = Share::parse(text) {
        let again = Share::parse(&share.to_text()).unwrap();
        assert_eq!(again.digest(), share.digest());
        assert!(share.needed() <= share.of() && share.number() <= share.of());
    }
    for piece in share::pieces(text) {
        drop(Share::parse(&piece));
    }
});
