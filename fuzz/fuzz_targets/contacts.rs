//! The list of places that help, and the organisation, as somebody may write them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use safehold_core::{contacts, organisation::Organisation};

fuzz_target!(|text: &str| {
    let _ = contacts::from_toml(text);
    let _ = Organisation::from_toml(text);
});
