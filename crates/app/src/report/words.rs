//! Words to come back with: made when they are first wanted, shown until the person says they have kept
//! them, and then nowhere.

use safehold_core::id::VisitId;
use safehold_seal::{Sealed, Words, WordsError, Zeroizing, unwrap_key_symmetric, wrap_key_symmetric};
use safehold_store::{StoreError, visits};

use super::{
    Visit,
    draft::{expiry, fresh},
};
use crate::{App, AppError, keys};

/// Words for the person.
pub enum WordsShown {
    /// These, to be kept.
    Show(Zeroizing<String>),
    /// The person has said that they have kept them; they cannot be shown again.
    Kept,
}

/// Why words led nowhere.
#[derive(Debug, thiserror::Error)]
pub enum ComeBackError {
    /// They are not seven words of the list. This says nothing of any report.
    #[error("not a key of words")]
    Words(#[source] WordsError),
    /// They open nothing: never given, or the draft has expired.
    #[error("these words open nothing")]
    Unknown,
    /// Anything else.
    #[error(transparent)]
    App(#[from] AppError),
}

/// Words that are made and not yet stored.
pub(super) struct NewWords {
    pub(super) text: Zeroizing<String>,
    pub(super) lookup: [u8; 32],
    pub(super) key_sealed: Sealed,
    pub(super) words_sealed: Sealed,
}

/// Makes words for a visit. The derivation is the expensive part, so it is done before any transaction.
pub(super) async fn make(app: &App, visit: &Visit) -> Result<NewWords, AppError> {
    let salt = *app.keys().words_salt();
    let visit = visit.clone();
    app.gate()
        .run(move || {
            let words = Words::generate();
            let root = words.derive(&salt);
            let text = words.expose();
            let words_sealed = words.seal(&visit.key, &keys::words_text(visit.id));
            let key_sealed = wrap_key_symmetric(&root.key, &keys::words_key(visit.id), &visit.key)?;
            Ok(NewWords {
                text,
                lookup: root.lookup,
                key_sealed,
                words_sealed,
            })
        })
        .await?
}

/// The words of a visit: made now if there are none, shown again until the person has kept them.
///
/// # Errors
/// [`AppError`].
pub async fn words(app: &App, visit: &Visit) -> Result<WordsShown, AppError> {
    if let Some(shown) = present(app, visit).await? {
        return Ok(shown);
    }
    let made = make(app, visit).await?;
    let id = visit.id;
    let now = app.now();
    let expires_at = expiry(app, now);
    let digest = app.form().digest.clone();
    let stored = app
        .store()
        .write_with((made, digest), move |tx, (made, digest)| {
            Box::pin(async move {
                if visits::find(tx, id).await?.is_none() {
                    visits::add(tx, &fresh(id, None, digest, now, expires_at)).await?;
                }
                visits::set_words(tx, id, &made.lookup, &made.key_sealed, &made.words_sealed).await?;
                Ok::<_, AppError>(made.text.clone())
            })
        })
        .await;
    match stored {
        Ok(text) => Ok(WordsShown::Show(text)),
        // Another tab was quicker: its words count.
        Err(AppError::Store(StoreError::ChangedSince | StoreError::Conflict { .. })) => present(app, visit)
            .await?
            .ok_or(AppError::Broken("words were neither stored nor there")),
        Err(error) => Err(error),
    }
}

async fn present(app: &App, visit: &Visit) -> Result<Option<WordsShown>, AppError> {
    let mut conn = app.store().read().await?;
    let row = visits::find(&mut conn, visit.id).await?;
    Ok(match row {
        Some(row) if row.lookup.is_some() => Some(match &row.words_sealed {
            Some(sealed) => {
                WordsShown::Show(Words::open(&visit.key, &keys::words_text(visit.id), sealed)?.expose())
            }
            None => WordsShown::Kept,
        }),
        _ => None,
    })
}

/// The person says that they have kept their words: from now on only they have them.
///
/// # Errors
/// [`AppError`].
pub async fn keep_words(app: &App, visit: &Visit) -> Result<(), AppError> {
    let id: VisitId = visit.id;
    app.store()
        .write(move |tx| {
            Box::pin(async move {
                visits::forget_words(tx, id).await?;
                Ok::<_, AppError>(())
            })
        })
        .await
}

/// Comes back with words, on any device.
///
/// Words that were never given take as long and are answered alike as those that were.
///
/// # Errors
/// [`ComeBackError`].
pub async fn come_back(app: &App, typed: &str) -> Result<Visit, ComeBackError> {
    let words = Words::parse(typed).map_err(ComeBackError::Words)?;
    let salt = *app.keys().words_salt();
    let root = app.gate().run(move || words.derive(&salt)).await?;
    let mut conn = app.store().read().await.map_err(AppError::from)?;
    let row = visits::find_by_lookup(&mut conn, &root.lookup)
        .await
        .map_err(AppError::from)?;
    let row = row.filter(|row| row.case_id.is_some() || row.expires_at.is_some_and(|at| at > app.now()));
    let (id, sealed) = row
        .and_then(|row| Some((row.id, row.key_sealed?)))
        .ok_or(ComeBackError::Unknown)?;
    let key = unwrap_key_symmetric(&root.key, &keys::words_key(id), &sealed).map_err(AppError::from)?;
    Ok(Visit { id, key })
}
