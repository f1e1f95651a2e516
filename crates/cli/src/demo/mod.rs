//! `safehold demo`: an invented organisation to look around in. Everything in it is made up, and plainly so.

pub mod cases;
pub mod people;

use std::{fs, io::Write, os::unix::fs::OpenOptionsExt, path::Path, process::ExitCode};

use anyhow::Context;
use safehold_app::{Clock, SystemClock, organisation, setup};
use safehold_core::statement::{EXAMPLES, Statement};
use safehold_seal::LockParams;

use crate::{
    config::Config,
    serve,
    wiring::{self, Program},
};

/// What is printed at each start; it lies beside the database, because pass phrases and words are nowhere else.
const NOTES: &str = "demo-sign-ins.txt";
/// Locked while the demonstration is being made.
const LOCK: &str = "demo.lock";

/// Serves the demonstration, and makes it first if it is not there yet.
///
/// # Errors
/// With what is wrong and what to do.
pub async fn demo(config: Config) -> anyhow::Result<ExitCode> {
    // A demonstration is for one person on one machine: a lock that opens at once is good enough.
    let lock = LockParams {
        memory_kib: 8 * 1024,
        passes: 1,
        lanes: 1,
    };
    let config = at_its_place(config);
    // Nobody reads the invented addresses, so links to join with are shown, whatever else is sent.
    let unsent = Config {
        smtp: None,
        ..config.clone()
    };
    let program = wiring::program(&unsent, lock).await?;
    let notes = config.data.join(NOTES);
    // A second start at the same moment waits here, and then finds everything made.
    let making = fs::File::create(config.data.join(LOCK))?;
    making.lock()?;
    if !setup::is_done(&program.app).await? {
        let text = make(&program)
            .await
            .context("the demonstration could not be made")?;
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&notes)?;
        file.write_all(text.as_bytes())?;
    }
    drop(making);
    let text = fs::read_to_string(&notes).with_context(|| {
        format!(
            "{} is missing: remove {} to begin anew",
            notes.display(),
            config.data.display()
        )
    })?;
    let text = people::with_codes(&text, program.app.now());
    serve::run(&config, program, move |_, out| Ok(write!(out, "\n{text}")?)).await
}

/// Prints the codes of the moment, for somebody who looks around without an authenticator app.
///
/// # Errors
/// If there is no demonstration yet.
pub fn codes(config: Config) -> anyhow::Result<ExitCode> {
    let notes = at_its_place(config).data.join(NOTES);
    let text = fs::read_to_string(&notes).with_context(|| {
        format!(
            "{} cannot be read: start the demonstration first",
            notes.display()
        )
    })?;
    print!("{}", people::codes(&text, SystemClock.now()));
    Ok(ExitCode::SUCCESS)
}

/// Beside the usual place, so that no demonstration is ever mixed with an organisation's own data.
fn at_its_place(mut config: Config) -> Config {
    if config.data == Path::new("data") {
        config.data = "data/demo".into();
        if config.database == "sqlite://data/safehold.db" {
            "sqlite://data/demo/safehold.db".clone_into(&mut config.database);
        }
    }
    config
}

/// Makes the organisation, its people and its cases; answers what to print.
async fn make(program: &Program) -> anyhow::Result<String> {
    let app = &program.app;
    let team = people::found(app).await?;
    let mut statements = Statement::parse_all(EXAMPLES)?;
    statements.sort_by_key(|statement| statement.published_on);
    for statement in statements {
        organisation::publish_as(
            app,
            None,
            statement.published_on,
            statement.title,
            statement.body,
            statement.changes,
        )
        .await?;
    }
    let words = cases::make(app, &team).await?;
    Ok(people::notes(&team, &words))
}
