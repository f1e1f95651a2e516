//! The statement, as somebody may write it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use safehold_core::statement::{Statement, paragraph_number};

fuzz_target!(|text: &str| {
    let _ = Statement::parse(text);
    for line in text.lines() {
        let _ = paragraph_number(line);
    }
});
