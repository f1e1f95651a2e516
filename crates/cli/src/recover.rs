//! `safehold recover`: keys for a member, from the recovery key.

use std::{io::Read, process::ExitCode};

use anyhow::{Context, bail};
use safehold_app::{recovery, team};
use safehold_seal::{LockParams, RecoveryKey, Zeroizing};

use crate::{config::Config, wiring};

/// Reads the recovery key from standard input, so that it is in no list of processes and no history, and gives the
/// member keys to every case from which they are not excluded.
///
/// # Errors
/// If the key is none, not ours, or there is no such member.
pub async fn recover(config: &Config, to: &str) -> anyhow::Result<ExitCode> {
    let mut text = Zeroizing::new(String::new());
    std::io::stdin().read_to_string(&mut text)?;
    let key = RecoveryKey::parse(&text).context("that is not a recovery key")?;
    wiring::must_be_there(config)?;
    let program = wiring::program(config, LockParams::default()).await?;
    let address = to.trim().to_lowercase();
    let members = team::list(&program.app).await?;
    let Some(member) = members.iter().find(|member| member.email == address) else {
        bail!("no member signs in with that address");
    };
    let done = recovery::give_keys(&program.app, &key, member.id).await?;
    program.app.store().quiesce().await;
    // How many are not for them is not said: that such a case exists is what they must not learn.
    println!("{} has keys to {} more cases now.", member.name, done.given);
    Ok(ExitCode::SUCCESS)
}
