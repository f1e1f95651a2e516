//! `safehold check`: whether everything is as it should be.

use std::process::ExitCode;

use safehold_app::{recovery, setup, trace};
use safehold_seal::LockParams;
use safehold_store::trace::Verification;

use crate::{config::Config, wiring};

/// Looks at the database, the keys, the form and the trace, and prints a line for each.
///
/// # Errors
/// With the first thing that keeps the program from running at all.
pub async fn check(config: &Config) -> anyhow::Result<ExitCode> {
    wiring::must_be_there(config)?;
    let program = wiring::program(config, LockParams::default()).await?;
    let durability = program.app.store().durability().await?;
    println!(
        "database: journal {}, synchronous {}",
        durability.journal_mode, durability.synchronous
    );
    println!("durable: {}", if durability.is_durable() { "yes" } else { "NO" });
    println!("key: {}", program.app.verify_key());
    println!(
        "form: version {}, {} pages",
        program.app.form().form.version,
        program.app.form().form.pages.len()
    );
    let outward = program.app.outward();
    println!(
        "duties outward: version {}, {} bodies; bank holidays until {}",
        outward.rules.version,
        outward.rules.bodies.len(),
        outward.holidays.covers_until()
    );
    println!(
        "set up: {}",
        if setup::is_done(&program.app).await? {
            "yes"
        } else {
            "not yet"
        }
    );
    let waiting = recovery::count_waiting(&program.app).await?;
    if waiting > 0 {
        println!("cases that nobody who receives reports can open: {waiting} (see `safehold recover`)");
    }
    let trace_is_whole = match trace::verify(&program.app).await? {
        trace::Checked::Entries(Verification::Whole { size, .. }) => {
            println!("trace: whole, {size} entries");
            true
        }
        trace::Checked::Entries(Verification::Broken { seq, why }) => {
            println!("trace: NOT WHOLE from entry {seq} on ({why:?})");
            false
        }
        trace::Checked::HeadNotOurs { size } => {
            println!("trace: THE HEAD over {size} entries was not signed by this installation");
            false
        }
    };
    program.app.store().quiesce().await;
    Ok(if durability.is_durable() && trace_is_whole {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
