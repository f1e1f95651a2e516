//! A report form, as an organisation may write it: refused with a place and a reason, or sound.
#![no_main]

use libfuzzer_sys::fuzz_target;
use safehold_core::form::Form;

fuzz_target!(|source: &str| {
    match Form::parse("fuzz.toml", source) {
        // What was accepted can be walked through from its first page.
        Ok(form) => {
            let answers = Default::default();
            let _ = form.visible_pages(&answers);
            let _ = form.first_incomplete(&answers);
            let _ = form.text_keys();
        }
        Err(problems) => assert!(!problems.list().is_empty() && !problems.to_string().is_empty()),
    }
});
