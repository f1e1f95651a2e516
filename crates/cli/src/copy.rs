//! Copies of the database: made while the program runs, put back, and looked through.

use std::{fs, path::Path, process::ExitCode};

use anyhow::{Context, bail};
use safehold_app::{erased, trace};
use safehold_seal::LockParams;
use safehold_store::{Store, StoreConfig, trace::Verification};

use crate::{config::Config, key_file, wiring};

/// Copies the database to a new file. The key file is not in it: keep that elsewhere.
///
/// # Errors
/// If the file is there already, or the database is not SQLite.
pub async fn backup(config: &Config, to: &Path) -> anyhow::Result<ExitCode> {
    if to.exists() {
        bail!("{} is there already", to.display());
    }
    wiring::must_be_there(config)?;
    let store = Store::open(&StoreConfig::new(config.database.clone()))
        .await
        .context("the database cannot be used")?;
    store.backup_to(to).await.context("the copy was not made")?;
    store.quiesce().await;
    println!("Copied to {}.", to.display());
    println!(
        "Keep {} too, in another place: without it the copy is of no use.",
        key_file::path(&config.data).display()
    );
    Ok(ExitCode::SUCCESS)
}

/// Puts a copy back where there is no database, and looks whether it is whole.
///
/// # Errors
/// If there is a database already, the key file is missing, or the copy is not whole.
pub async fn restore(config: &Config, from: &Path) -> anyhow::Result<ExitCode> {
    let Some(file) = config.sqlite_file().map(Path::to_owned) else {
        bail!("a copy can be put back into SQLite only; for PostgreSQL use its own tools");
    };
    if file.exists() {
        bail!(
            "there is a database at {} already: move it away first",
            file.display()
        );
    }
    if !key_file::path(&config.data).exists() {
        bail!(
            "put the key file back first, at {}",
            key_file::path(&config.data).display()
        );
    }
    if let Some(folder) = file.parent() {
        key_file::make_folder(folder)?;
    }
    let beside = file.with_extension("restoring");
    fs::copy(from, &beside).with_context(|| format!("{} cannot be copied", from.display()))?;
    fs::File::open(&beside)?.sync_all()?;
    fs::rename(&beside, &file)?;
    let program = wiring::program(config, LockParams::default()).await?;
    let found = trace::verify(&program.app).await?;
    program.app.store().quiesce().await;
    let trace::Checked::Entries(Verification::Whole { size, .. }) = found else {
        bail!("the copy is in place, but its trace is not whole: see safehold audit verify");
    };
    println!("Restored. The trace is whole: {size} entries.");
    match program.erased_again {
        0 => {}
        1 => println!("1 case that had been erased came back with the copy. It is erased again."),
        more => println!("{more} cases that had been erased came back with the copy. They are erased again."),
    }
    if !config.data.join(erased::FILE_NAME).exists() {
        println!(
            "There was no {} here. If cases were ever erased, put the newest one back and start again: they are in this copy.",
            erased::FILE_NAME
        );
    }
    Ok(ExitCode::SUCCESS)
}
