//! The two halves of what is said of two cases, each where only the key of its case finds it.
//!
//! A half lies at a place derived from the key of its case and a number that counts up, so a reader asks for one place
//! after the other until nothing is there. It names the other case. The words in it are sealed under the other case's
//! key once more: whoever holds only one of the keys reads none of them, and what is erased with one case is gone from
//! both (decision 0024).

use std::collections::BTreeMap;

use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD as BASE64};
use safehold_core::{
    case::State,
    id::{CaseId, UserId},
    recipients::Standing,
};
use safehold_seal::{Sealed, SymmetricKey};
use safehold_store::{
    Conn, Tx,
    cases::reconciling,
    patterns::{self, Place},
};

use super::{
    super::{DeskError, Reader, Unlocked, unlock},
    body::{Body, Half},
};
use crate::{
    AppError,
    keys::{self, CaseKeys},
};

/// The most halves of one case under one key. Nobody comes near it; it ends a walk that would not end.
const MOST: u32 = 5_000;

/// The cases that were asked about so far: with their keys, or nothing for those that are not on the reader's desk.
#[derive(Default)]
pub(super) struct Others(BTreeMap<CaseId, Option<Unlocked>>);

impl Others {
    /// A case, if this reader can open it now and somebody has begun with it.
    pub(super) async fn find(
        &mut self,
        conn: &mut Conn,
        reader: &Reader,
        case: CaseId,
    ) -> Result<Option<&Unlocked>, DeskError> {
        let found = match self.0.remove(&case) {
            Some(known) => known,
            None => match unlock(conn, reader, case).await {
                Ok(unlocked) if unlocked.row.state != State::Received => Some(unlocked),
                Ok(_) | Err(DeskError::NotFound) => None,
                Err(error) => return Err(error),
            },
        };
        Ok(self.0.entry(case).or_insert(found).as_ref())
    }

    /// Lends a case out, so that what is said of it can be read with its own key. It is put back with [`Self::put`].
    pub(super) fn take(&mut self, case: CaseId) -> Option<Unlocked> {
        self.0.remove(&case).flatten()
    }

    /// Puts a case back.
    pub(super) fn put(&mut self, found: Unlocked) {
        self.0.insert(found.row.id, Some(found));
    }

    /// A case that was found before.
    pub(super) fn known(&self, case: CaseId) -> Option<&Unlocked> {
        self.0.get(&case).and_then(Option::as_ref)
    }
}

/// Something that was said of a case and another one.
pub(super) struct Said {
    pub(super) other: CaseId,
    pub(super) body: Body,
}

fn place(key: &SymmetricKey, number: u32) -> Place {
    *key.derive(&format!("pattern-place/{number}")).expose()
}

/// How many halves a case has under one of its keys: the number of the next.
pub(super) async fn count(conn: &mut Conn, key: &SymmetricKey) -> Result<u32, DeskError> {
    for number in 0..MOST {
        if patterns::find(conn, &place(key, number)).await?.is_none() {
            return Ok(number);
        }
    }
    Err(AppError::Broken("a case has too many links").into())
}

/// Everything that was said of a case and others that the reader can open now, oldest first. What was said of it and
/// any other case is left out as if it were not there.
pub(super) async fn read(
    conn: &mut Conn,
    reader: &Reader,
    case: CaseId,
    case_keys: &CaseKeys,
    others: &mut Others,
) -> Result<Vec<Said>, DeskError> {
    let mut said = Vec::new();
    for (epoch, key) in case_keys.epochs() {
        for number in 0..MOST {
            let Some(sealed) = patterns::find(conn, &place(key, number)).await? else {
                break;
            };
            let context = keys::pattern_half(case, epoch, number);
            let half: Half = keys::open(key, &context, &sealed).map_err(AppError::from)?;
            let Some(other) = others.find(conn, reader, half.other).await? else {
                continue;
            };
            // Whoever opens a case holds all of its keys; if one is missing, so are the words.
            let Ok(key) = other.keys.of(half.epoch) else {
                continue;
            };
            let words = BASE64
                .decode(&half.words)
                .map_err(|_| AppError::Broken("the words of a link"))?;
            let context = keys::pattern_words(half.other, case);
            said.push(Said {
                other: half.other,
                body: keys::open(key, &context, &Sealed::from_bytes(words)).map_err(AppError::from)?,
            });
        }
    }
    Ok(said)
}

/// One of two cases of which something is said.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) case: CaseId,
    /// The number of its new half.
    pub(super) number: u32,
    pub(super) epoch: i64,
    pub(super) key: &'a SymmetricKey,
}

impl<'a> Side<'a> {
    pub(super) fn new(unlocked: &'a Unlocked, number: u32) -> Result<Self, DeskError> {
        let row = &unlocked.row;
        Ok(Self {
            case: row.id,
            number,
            epoch: row.epoch,
            key: unlocked.keys.of(row.epoch)?,
        })
    }

    /// This side's half of what is said of it and the other.
    fn half(&self, other: &Self, body: &Body) -> Result<NewHalf, AppError> {
        let words = keys::seal(other.key, &keys::pattern_words(other.case, self.case), body)?;
        let half = Half {
            other: other.case,
            epoch: other.epoch,
            words: BASE64.encode(words.as_bytes()),
        };
        let context = keys::pattern_half(self.case, self.epoch, self.number);
        Ok(NewHalf {
            place: place(self.key, self.number),
            half_sealed: keys::seal(self.key, &context, &half)?,
        })
    }
}

/// A half that is about to be stored.
pub(super) struct NewHalf {
    place: Place,
    half_sealed: Sealed,
}

/// Both halves of what is said of two cases.
pub(super) fn pair(one: &Side<'_>, other: &Side<'_>, body: &Body) -> Result<[NewHalf; 2], AppError> {
    Ok([one.half(other, body)?, other.half(one, body)?])
}

/// Stores halves, if the reader still opens each of the cases with the key that they were made under.
///
/// # Errors
/// [`DeskError::Changed`] if they don't.
pub(super) async fn add(
    tx: &mut Tx,
    reader: UserId,
    cases: &[(CaseId, i64)],
    halves: &[NewHalf],
) -> Result<(), DeskError> {
    for (case, epoch) in cases {
        let row = reconciling::find_for_reconciling(tx, *case).await?;
        let is_open =
            row.is_some_and(|row| row.epoch == *epoch && row.holders.get(&reader) == Some(&Standing::Active));
        if !is_open {
            return Err(DeskError::Changed);
        }
    }
    for half in halves {
        patterns::add(tx, &half.place, &half.half_sealed).await?;
    }
    Ok(())
}

/// The places of all halves of a case, to remove them as it is erased. The other halves stay, with a random id in them
/// that leads nowhere and words that nothing opens any more.
pub(crate) async fn places_of(conn: &mut Conn, keys: &CaseKeys) -> Result<Vec<Place>, DeskError> {
    let mut places = Vec::new();
    for (_, key) in keys.epochs() {
        let count = count(conn, key).await?;
        places.extend((0..count).map(|number| place(key, number)));
    }
    Ok(places)
}
