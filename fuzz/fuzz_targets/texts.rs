//! Texts that come back from people or disks: receipts, recovery keys, installation files, cookies.
#![no_main]

use libfuzzer_sys::fuzz_target;
use safehold_seal::{InstallationKeys, Receipt, RecoveryKey, SessionCookie};

fuzz_target!(|text: &str| {
    let _ = Receipt::parse(text);
    if let Ok(recovery) = RecoveryKey::parse(text) {
        let again = RecoveryKey::parse(&recovery.to_text()).unwrap();
        assert_eq!(again.to_text(), recovery.to_text());
    }
    if let Ok(keys) = InstallationKeys::parse(text) {
        let again = InstallationKeys::parse(&keys.to_text()).unwrap();
        assert_eq!(again.to_text(), keys.to_text());
    }
    let _ = SessionCookie::parse(text);
});
