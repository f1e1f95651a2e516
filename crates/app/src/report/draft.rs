//! A draft: sealed under the reporter's key at each change, and gone by itself when nobody returns.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use safehold_core::id::{CaseId, FileId, VisitId};
use safehold_seal::Sealed;
use safehold_store::{StoreError, Tx, files, visits};

use super::{DraftBody, Visit};
use crate::{App, AppError, AskedForm, keys};

/// A draft as it is now.
pub struct Draft {
    /// What was written so far.
    pub body: DraftBody,
    /// The form that asks.
    pub form: AskedForm,
    /// When it goes by itself if nothing is changed.
    pub expires_at: Timestamp,
    /// Whether the person has words to come back with.
    pub has_words: bool,
    version: i64,
}

impl Draft {
    /// The number of changes so far.
    pub fn version(&self) -> i64 {
        self.version
    }
}

/// What a visit leads to.
pub enum VisitState {
    /// A report that is being written.
    Draft(Box<Draft>),
    /// A report that was sent.
    Sent(CaseId),
}

/// Why a draft was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// It was sent, perhaps from another tab.
    #[error("the report was sent already")]
    AlreadySent(CaseId),
    /// It has expired, or was deleted.
    #[error("the draft is gone")]
    Gone,
    /// Anything else.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<StoreError> for ChangeError {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

/// How often a change is tried anew when another tab was quicker.
const ATTEMPTS: usize = 8;

/// What a visit leads to, or nothing if it has expired or was never stored.
///
/// # Errors
/// [`AppError`].
pub async fn load(app: &App, visit: &Visit) -> Result<Option<VisitState>, AppError> {
    let mut conn = app.store().read().await?;
    let Some(row) = visits::find(&mut conn, visit.id).await? else {
        return Ok(None);
    };
    if let Some(case) = row.case_id {
        return Ok(Some(VisitState::Sent(case)));
    }
    let Some(expires_at) = row.expires_at.filter(|at| *at > app.now()) else {
        return Ok(None);
    };
    let body = match &row.draft_sealed {
        Some(sealed) => keys::open(&visit.key, &keys::draft(visit.id), sealed)?,
        None => DraftBody::default(),
    };
    let form = match &row.form_digest {
        Some(digest) => app.asked_form(&mut conn, digest).await?,
        None => app.form().clone(),
    };
    Ok(Some(VisitState::Draft(Box::new(Draft {
        body,
        form,
        expires_at,
        has_words: row.lookup.is_some(),
        version: row.version,
    }))))
}

/// Changes a draft, and begins it if this is the first change. What another tab changed meanwhile stays: the
/// change is then made anew to what is there. Files that the draft names from now on stay, and those that it no longer
/// names are removed.
///
/// # Errors
/// [`ChangeError`]; nothing has changed then.
pub async fn change(
    app: &App,
    visit: &Visit,
    change: impl Fn(&mut DraftBody) + Send,
) -> Result<DraftBody, ChangeError> {
    for _ in 0..ATTEMPTS {
        let (mut body, version, form) = match load(app, visit).await? {
            Some(VisitState::Sent(case)) => return Err(ChangeError::AlreadySent(case)),
            Some(VisitState::Draft(draft)) => (draft.body, Some(draft.version), draft.form.digest),
            None => (DraftBody::default(), None, app.form().digest.clone()),
        };
        let before = file_ids(&body);
        change(&mut body);
        let after = file_ids(&body);
        let changed = FileChange {
            attached: after.difference(&before).copied().collect(),
            removed: before.difference(&after).copied().collect(),
        };
        let sealed = keys::seal(&visit.key, &keys::draft(visit.id), &body).map_err(AppError::from)?;
        match store(app, visit.id, version, form, (sealed, changed)).await {
            Ok(()) => return Ok(body),
            Err(ChangeError::App(AppError::Store(
                StoreError::ChangedSince | StoreError::Conflict { .. },
            ))) => {}
            Err(error) => return Err(error),
        }
    }
    // A visit whose draft has expired is still there for a moment, and cannot be begun anew.
    Err(ChangeError::Gone)
}

fn file_ids(body: &DraftBody) -> BTreeSet<FileId> {
    body.files.iter().map(|file| file.id).collect()
}

/// What a change does to the files of a draft.
struct FileChange {
    attached: Vec<FileId>,
    removed: Vec<FileId>,
}

impl FileChange {
    async fn store(&self, tx: &mut Tx, visit: VisitId) -> Result<(), ChangeError> {
        for file in &self.attached {
            if !files::attach_to_visit(tx, *file, visit).await? {
                return Err(AppError::Broken("a file of a draft is not there").into());
            }
        }
        for file in &self.removed {
            files::remove(tx, *file).await?;
        }
        Ok(())
    }
}

async fn store(
    app: &App,
    id: VisitId,
    version: Option<i64>,
    form_digest: String,
    (sealed, files): (Sealed, FileChange),
) -> Result<(), ChangeError> {
    let now = app.now();
    let expires_at = expiry(app, now);
    match version {
        Some(version) => {
            let change = visits::DraftChange {
                id,
                version,
                draft_sealed: sealed,
                form_digest,
                at: now,
                expires_at,
            };
            app.store()
                .write_with((change, files), |tx, (change, files)| {
                    Box::pin(async move {
                        visits::save_draft(tx, change).await?;
                        files.store(tx, change.id).await
                    })
                })
                .await
        }
        None => {
            app.store()
                .write_with(
                    (fresh(id, Some(sealed), &form_digest, now, expires_at), files),
                    |tx, (row, files)| {
                        Box::pin(async move {
                            visits::add(tx, row).await?;
                            files.store(tx, row.id).await
                        })
                    },
                )
                .await
        }
    }
}

/// A visit that begins now.
pub(super) fn fresh(
    id: VisitId,
    draft_sealed: Option<Sealed>,
    form_digest: &str,
    now: Timestamp,
    expires_at: Timestamp,
) -> visits::VisitRow {
    visits::VisitRow {
        id,
        lookup: None,
        key_sealed: None,
        words_sealed: None,
        draft_sealed,
        form_digest: Some(form_digest.to_owned()),
        version: 1,
        case_id: None,
        created_at: now,
        updated_at: now,
        expires_at: Some(expires_at),
        warned_at: None,
    }
}

/// When a draft that is changed now goes by itself.
pub(super) fn expiry(app: &App, now: Timestamp) -> Timestamp {
    now.saturating_add(SignedDuration::from_hours(24 * i64::from(app.rules().draft_days)))
        .unwrap_or(now)
}

/// Deletes a draft, because the person asks for it.
///
/// # Errors
/// [`ChangeError::AlreadySent`]: a report that was sent is not deleted, its withdrawal is asked for.
pub async fn forget(app: &App, visit: &Visit) -> Result<(), ChangeError> {
    if let Some(VisitState::Sent(case)) = load(app, visit).await? {
        return Err(ChangeError::AlreadySent(case));
    }
    let id = visit.id;
    app.store()
        .write(move |tx| {
            Box::pin(async move {
                visits::remove_draft(tx, id).await?;
                Ok::<_, ChangeError>(())
            })
        })
        .await
}
