//! `safehold recover`: somebody is let in again, or gets keys, with the recovery key or enough of its shares.

use std::{io::Read, process::ExitCode};

use anyhow::{Context, bail};
use clap::Args;
use safehold_app::{
    recovery::{self, Fault, GivenError, Use},
    team::{self, TeamMember},
};
use safehold_core::reference::Reference;
use safehold_seal::{LockParams, Zeroizing, share};

use crate::{config::Config, wiring};

/// What the command is told.
#[derive(Debug, Args)]
pub struct Recover {
    /// The e-mail address with which the member signs in.
    #[arg(long)]
    to: String,
    /// Why. Every lead and the independent recipient reads it.
    #[arg(long)]
    why: String,
    /// The eight letters that the member reads out to you on the telephone, if they asked for a new pass phrase: what
    /// they chose is theirs from then on. Without it, a member who has joined anew gets their keys.
    #[arg(long)]
    letters: Option<String>,
}

/// Reads the recovery key, or its shares one after the other, from standard input, so that none is in a list of
/// processes or a history.
///
/// # Errors
/// If what was typed is not the key, no reason is given, or there is no such member or ask.
pub async fn recover(config: &Config, what: &Recover) -> anyhow::Result<ExitCode> {
    let used = Use::at_the_machine(&what.why)?;
    let mut text = Zeroizing::new(String::new());
    std::io::stdin().read_to_string(&mut text)?;
    let typed = share::pieces(&text);
    wiring::must_be_there(config)?;
    let program = wiring::program(config, LockParams::default()).await?;
    let app = &program.app;
    let key = match recovery::unlock(app, &typed).await {
        Ok(key) => key,
        Err(error) => bail!(said(error)?),
    };
    let address = what.to.trim().to_lowercase();
    let members = team::list(app).await?;
    let member = members
        .iter()
        .find(|member| member.email == address && member.state != team::UserState::Left)
        .context("no member signs in with that address")?;
    let done = match &what.letters {
        Some(letters) => let_in(app, &key, member, letters, &used).await?,
        None => recovery::give_keys(app, &key, member.id, &used).await?,
    };
    app.store().quiesce().await;
    // How many are not for them is not said: that such a case exists is what they must not learn.
    println!("{} has keys to {} more cases now.", member.name, done.given);
    Ok(ExitCode::SUCCESS)
}

async fn let_in(
    app: &safehold_app::App,
    key: &safehold_seal::RecoveryKey,
    member: &TeamMember,
    letters: &str,
    used: &Use,
) -> anyhow::Result<recovery::Recovered> {
    let letters: Reference = letters
        .parse()
        .context("--letters takes eight letters, such as K7QP-3M2X")?;
    let asks = recovery::asks_of(app, member.id).await?;
    let ask = asks
        .iter()
        .find(|ask| ask.letters == letters)
        .context("nobody asked for a new pass phrase in their name with these letters: do not go on")?;
    Ok(recovery::let_in(app, key, ask.id, used).await?)
}

/// What was wrong with what was typed: which share, and how, and nothing of it.
fn said(error: GivenError) -> anyhow::Result<String> {
    let (place, fault) = match error {
        GivenError::TooFew { needed: 1, .. } => {
            return Ok("the recovery key is to come on standard input".to_owned());
        }
        GivenError::TooFew { needed, given } => {
            return Ok(format!(
                "{needed} shares are needed, one on each line of standard input, and {given} came"
            ));
        }
        GivenError::Wrong { place, fault } => (place + 1, fault),
        GivenError::App(error) => return Err(error.into()),
    };
    let why = match fault {
        Fault::Length { found, wanted } => {
            format!("has {found} letters and digits after its beginning, and should have {wanted}")
        }
        Fault::Letter { group } => format!("has a letter in group {group} that is never printed"),
        Fault::OtherKind => "is a whole key where shares are in use, or a share where one key is".to_owned(),
        Fault::Slip => "is not as it was printed: compare it letter by letter".to_owned(),
        Fault::Former => "is of a set that was replaced".to_owned(),
        Fault::Foreign => "is not of this installation".to_owned(),
        Fault::Twice => "was typed before".to_owned(),
    };
    Ok(format!("number {place} of what was typed {why}"))
}
