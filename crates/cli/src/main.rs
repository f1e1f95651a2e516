//! The program `safehold`.

use std::process::ExitCode;

/// The system's allocator keeps what many threads once used: after a few sign-ins and uploads that was several times
/// what is in use (docs/performance.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    safehold::run()
}
