//! What holders type, and whether it is the recovery key.

use safehold_seal::{
    ReaderPublic, RecoveryError, RecoveryKey, Share, ShareError, Zeroizing,
    share::{self, CombineError},
};
use safehold_store::Conn;

use super::{
    SharedOut,
    holders::{self, Settings},
};
use crate::{App, AppError, setup};

/// What is wrong with one of the texts that were typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It has another number of letters: how many there are, and how many there should be.
    Length {
        /// How many there are.
        found: usize,
        /// How many there should be.
        wanted: usize,
    },
    /// A letter that is never printed, in this group of four, from 1.
    Letter {
        /// Which group.
        group: usize,
    },
    /// It is a whole key where shares are in use, or a share where one key is.
    OtherKind,
    /// It is not as it was printed: a letter is another.
    Slip,
    /// It is whole, but of a set that was replaced.
    Former,
    /// It is whole, but belongs to another set, or was never given out here.
    Foreign,
    /// It was typed twice.
    Twice,
}

/// Why what was typed is not the recovery key.
#[derive(Debug, thiserror::Error)]
pub enum GivenError {
    /// Too few were typed.
    #[error("{needed} shares are needed, and {given} were typed")]
    TooFew {
        /// How many it takes; one if the key was never split.
        needed: u8,
        /// How many there are.
        given: usize,
    },
    /// One of them is wrong. Nothing was put together.
    #[error("what was typed in place {place} cannot be used")]
    Wrong {
        /// Which one, from 0.
        place: usize,
        /// Why.
        fault: Fault,
    },
    /// Anything else.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<safehold_store::StoreError> for GivenError {
    fn from(error: safehold_store::StoreError) -> Self {
        Self::App(error.into())
    }
}

/// Reads what holders typed, one text each, empty ones left out, and gives the recovery key of this installation or
/// says which text is wrong.
///
/// # Errors
/// [`GivenError`].
pub async fn unlock(app: &App, typed: &[Zeroizing<String>]) -> Result<RecoveryKey, GivenError> {
    let mut conn = app.store().read().await?;
    let public = setup::recovery_public(&mut conn)
        .await?
        .ok_or(AppError::Broken("there is no recovery key"))?;
    let settings = holders::load(&mut conn).await?;
    drop(conn);
    put_together(&public, &settings, settings.set.as_ref(), typed)
}

/// Whether this is the recovery key in force.
pub(crate) async fn ours(conn: &mut Conn, key: &RecoveryKey) -> Result<bool, AppError> {
    Ok(setup::recovery_public(conn).await? == Some(key.public()))
}

/// The same for a key that is not in force yet.
pub(super) fn put_together(
    public: &ReaderPublic,
    settings: &Settings,
    set: Option<&SharedOut>,
    typed: &[Zeroizing<String>],
) -> Result<RecoveryKey, GivenError> {
    let typed: Vec<(usize, &str)> = typed
        .iter()
        .enumerate()
        .map(|(place, text)| (place, text.trim()))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let Some(set) = set else {
        return whole_key(public, &typed);
    };
    let mut shares: Vec<(usize, Share)> = Vec::new();
    for (place, text) in &typed {
        let share = known(set, settings, text).map_err(|fault| GivenError::Wrong { place: *place, fault })?;
        if shares.iter().any(|(_, other)| other.number() == share.number()) {
            return Err(GivenError::Wrong {
                place: *place,
                fault: Fault::Twice,
            });
        }
        shares.push((*place, share));
    }
    let all: Vec<&Share> = shares.iter().map(|(_, share)| share).collect();
    if all.len() < set.needed.into() {
        return Err(GivenError::TooFew {
            needed: set.needed,
            given: all.len(),
        });
    }
    share::combine(&all, public).map_err(|error| match error {
        CombineError::TooFew { needed, given } => GivenError::TooFew { needed, given },
        CombineError::OtherSet { place } => wrong(&shares, place, Fault::Foreign),
        CombineError::Twice { place } => wrong(&shares, place, Fault::Twice),
        // Each was known by its digest, so what they give can be no other key.
        CombineError::OtherKey => {
            AppError::Broken("the shares that were given out do not fit the key").into()
        }
    })
}

fn wrong(shares: &[(usize, Share)], place: usize, fault: Fault) -> GivenError {
    GivenError::Wrong {
        place: shares.get(place).map_or(0, |(place, _)| *place),
        fault,
    }
}

fn whole_key(public: &ReaderPublic, typed: &[(usize, &str)]) -> Result<RecoveryKey, GivenError> {
    let Some((place, text)) = typed.first() else {
        return Err(GivenError::TooFew { needed: 1, given: 0 });
    };
    let key = RecoveryKey::parse(text)
        .map_err(|error| match error {
            RecoveryError::Length { .. } if Share::parse(text).is_ok() => Fault::OtherKind,
            RecoveryError::Length { found } => Fault::Length { found, wanted: 56 },
            RecoveryError::Letter { group } => Fault::Letter { group },
            RecoveryError::Checksum => Fault::Slip,
        })
        .and_then(|key| {
            if key.public() == *public {
                Ok(key)
            } else {
                Err(Fault::Foreign)
            }
        });
    key.map_err(|fault| GivenError::Wrong { place: *place, fault })
}

/// Reads one share, and says whether it is one of those that were given out.
pub(super) fn known(set: &SharedOut, settings: &Settings, text: &str) -> Result<Share, Fault> {
    let share = Share::parse(text).map_err(|error| match error {
        ShareError::Length { .. } if RecoveryKey::parse(text).is_ok() => Fault::OtherKind,
        ShareError::Length { found } => Fault::Length { found, wanted: 64 },
        ShareError::Letter { group } => Fault::Letter { group },
        ShareError::Checksum => Fault::Slip,
    })?;
    let name = share.set().to_string();
    if name != set.set {
        let is_former = settings.former.contains(&name);
        return Err(if is_former { Fault::Former } else { Fault::Foreign });
    }
    let digest = holders::digest_text(&share);
    let is_ours = set
        .holders
        .iter()
        .any(|holder| holder.number == share.number() && holder.digest == digest);
    if is_ours { Ok(share) } else { Err(Fault::Foreign) }
}
