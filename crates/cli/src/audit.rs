//! `safehold audit`: the trace, verified, printed as a head, and compared with a head that was printed before.

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::{Context, bail};
use clap::Subcommand;
use safehold_app::{App, trace};
use safehold_seal::LockParams;
use safehold_store::trace::Verification;

use crate::{config::Config, wiring};

/// What to do with the trace.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Prove it whole, or name the first entry that is not what it was.
    Verify,
    /// Print its signed head, to be kept elsewhere and compared later.
    Head,
    /// Say whether the trace still holds all that an earlier head covers.
    CheckHead {
        /// The file with the head.
        file: PathBuf,
    },
}

/// Does it.
///
/// # Errors
/// If the database cannot be used, or a head cannot be read.
pub async fn audit(config: &Config, what: Audit) -> anyhow::Result<ExitCode> {
    wiring::must_be_there(config)?;
    let program = wiring::program(config, LockParams::default()).await?;
    let app = &program.app;
    let code = match what {
        Audit::Verify => verify(app).await?,
        Audit::Head => {
            print!("{}", trace::sign_head(app).await?.to_text());
            ExitCode::SUCCESS
        }
        Audit::CheckHead { file } => {
            let text =
                fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
            check_head(app, &text).await?
        }
    };
    app.store().quiesce().await;
    Ok(code)
}

async fn verify(app: &App) -> anyhow::Result<ExitCode> {
    Ok(match trace::verify(app).await? {
        trace::Checked::Entries(Verification::Whole { size, covered, .. }) => {
            println!("Whole: {size} entries, {covered} of them under a signed head.");
            ExitCode::SUCCESS
        }
        trace::Checked::Entries(Verification::Broken { seq, why }) => {
            println!("Not whole: entry {seq} is the first that is not what it was ({why:?}).");
            ExitCode::FAILURE
        }
        trace::Checked::HeadNotOurs { size } => {
            println!("Not whole: the head over {size} entries was not signed by this installation.");
            ExitCode::FAILURE
        }
    })
}

async fn check_head(app: &App, text: &str) -> anyhow::Result<ExitCode> {
    let Some(head) = trace::SignedHead::parse(text) else {
        bail!("that is not a head as `safehold audit head` prints it");
    };
    // What came after the head is looked at too, so that whoever asks learns of any change.
    if verify(app).await? != ExitCode::SUCCESS {
        return Ok(ExitCode::FAILURE);
    }
    Ok(match trace::check_head(app, &head).await? {
        trace::HeadCheck::Holds => {
            println!(
                "Good: the trace holds all {} entries that this head covers, unchanged.",
                head.size
            );
            ExitCode::SUCCESS
        }
        trace::HeadCheck::NotOurs => {
            println!("Not good: this head was not signed by this installation.");
            ExitCode::FAILURE
        }
        trace::HeadCheck::Changed => {
            println!("Not good: the trace is not what it was when this head was printed.");
            ExitCode::FAILURE
        }
    })
}
