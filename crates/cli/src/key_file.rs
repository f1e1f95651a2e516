//! The installation's own keys: a file beside the database and never in it, so that neither alone tells much.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use safehold_seal::{InstallationKeys, Zeroizing};

/// Where it lies.
pub fn path(data: &Path) -> PathBuf {
    data.join("installation.key")
}

/// Makes the data folder, readable by its owner only.
///
/// # Errors
/// If it cannot be made.
pub fn make_folder(data: &Path) -> anyhow::Result<()> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(data)
        .with_context(|| format!("the data folder {} cannot be made", data.display()))
}

/// Reads the keys.
///
/// # Errors
/// If the file is not there, is readable by others, or is not what it should be.
pub fn read(data: &Path) -> anyhow::Result<InstallationKeys> {
    let path = path(data);
    let at = path.display();
    let mode = fs::metadata(&path)
        .with_context(|| format!("the key file {at} cannot be read"))?
        .permissions()
        .mode();
    if mode & 0o077 != 0 {
        bail!(
            "the key file {at} can be read by others (mode {:03o}); run: chmod 600 {at}",
            mode & 0o777
        );
    }
    let text = Zeroizing::new(
        fs::read_to_string(&path).with_context(|| format!("the key file {at} cannot be read"))?,
    );
    InstallationKeys::parse(&text).with_context(|| format!("the key file {at} is not as it was made"))
}

/// Makes new keys, durable before they are used. If another process was quicker, its keys are the installation's.
///
/// # Errors
/// If the file cannot be written.
pub fn make(data: &Path) -> anyhow::Result<InstallationKeys> {
    let path = path(data);
    let at = path.display();
    let keys = InstallationKeys::generate();
    // The file gets its name when it is whole: another first start at the same moment must not read half of it.
    let unnamed = data.join(format!("installation.key.{}", std::process::id()));
    let made = write_whole(&unnamed, &keys)
        .and_then(|()| fs::hard_link(&unnamed, &path))
        .and_then(|()| fs::File::open(data)?.sync_all());
    fs::remove_file(&unnamed).ok();
    match made {
        Ok(()) => Ok(keys),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => read(data),
        Err(error) => Err(error).with_context(|| format!("the key file {at} cannot be made")),
    }
}

fn write_whole(path: &Path, keys: &InstallationKeys) -> io::Result<()> {
    // What a process with the same number left behind when it was killed was never used.
    fs::remove_file(path).ok();
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(keys.to_text().as_bytes())?;
    file.sync_all()
}
