//! The program `safehold`.

use std::process::ExitCode;

fn main() -> ExitCode {
    safehold::run()
}
