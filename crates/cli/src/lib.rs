//! The program: configuration, wiring and commands. `main.rs` only calls [`run`].

pub mod audit;
pub mod check;
pub mod config;
pub mod copy;
pub mod demo;
pub mod export;
pub mod key_file;
pub mod log;
pub mod receipt;
pub mod recover;
pub mod serve;
pub mod wiring;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Flags;

/// Safehold: report a concern, be answered, and see that something happened.
///
/// Configuration comes from a file (--config), from environment variables that begin with `SAFEHOLD_` (two underscores
/// for a dot: `SAFEHOLD_SMTP__HOST`), and from flags; later ones win. docs/configuration.md lists every key.
#[derive(Debug, Parser)]
#[command(name = "safehold", version, max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve an organisation. The first time, a link to set it up is printed.
    Serve,
    /// Serve an invented organisation with sign-ins and example cases, to look around.
    Demo {
        /// Print the codes of the moment for its sign-ins, and end.
        #[arg(long)]
        codes: bool,
    },
    /// Look whether everything is as it should be, and say what is not.
    Check,
    /// Copy the database (SQLite) to a new file while the program runs.
    Backup {
        /// The file to make.
        to: std::path::PathBuf,
    },
    /// Put a copy back into an empty place and look whether it is whole.
    Restore {
        /// The copy.
        from: std::path::PathBuf,
    },
    /// Say whether a receipt was signed by this installation.
    VerifyReceipt {
        /// The file with the receipt.
        file: std::path::PathBuf,
        /// The installation's public key, if this is another machine: `safehold-verify-ed25519:...`.
        #[arg(long)]
        key: Option<String>,
    },
    /// Say whether the archive of a case file is whole, and was signed by this installation.
    VerifyExport {
        /// The archive.
        file: std::path::PathBuf,
        /// The installation's public key, if this is another machine: `safehold-verify-ed25519:...`.
        #[arg(long)]
        key: Option<String>,
        /// The PDF, or a file of the case: say whether it is the one that the archive lists. Can be given again.
        #[arg(long = "with")]
        with: Vec<std::path::PathBuf>,
    },
    /// The trace of who did what.
    Audit {
        #[command(subcommand)]
        what: audit::Audit,
    },
    /// Let a member in again, or give them keys to the cases that they may read, with the recovery key or enough of its
    /// shares (read from standard input, one on each line). All leads are told.
    Recover(recover::Recover),
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match start(arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("safehold: {error:#}");
            // A wrong configuration is told apart from what went wrong while running.
            if error.is::<config::ConfigError>() {
                ExitCode::from(2)
            } else {
                ExitCode::FAILURE
            }
        }
    }
}

fn start(arguments: Arguments) -> anyhow::Result<ExitCode> {
    wiring::harden()?;
    if let Command::VerifyReceipt { file, key: Some(key) } = &arguments.command {
        return receipt::verify_with(file, key);
    }
    if let Command::VerifyExport {
        file,
        key: Some(key),
        with,
    } = &arguments.command
    {
        return export::verify_with(file, with, key);
    }
    let config = config::load(&arguments.flags)?;
    log::begin(&config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match arguments.command {
            Command::Serve => serve::serve(config).await,
            Command::Demo { codes: true } => demo::codes(config),
            Command::Demo { codes: false } => demo::demo(config).await,
            Command::Check => check::check(&config).await,
            Command::Backup { to } => copy::backup(&config, &to).await,
            Command::Restore { from } => copy::restore(&config, &from).await,
            Command::VerifyReceipt { file, .. } => receipt::verify_here(&config, &file),
            Command::VerifyExport { file, with, .. } => export::verify_here(&config, &file, &with),
            Command::Audit { what } => audit::audit(&config, what).await,
            Command::Recover(what) => recover::recover(&config, &what).await,
        }
    })
}
