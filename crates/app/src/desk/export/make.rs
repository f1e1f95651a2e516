//! Making a copy: the pass phrase once more, the digests of the files, the layers, both documents, and the copy kept
//! sealed as it left. Plaintext is in memory only.

use std::sync::Arc;

use safehold_core::{
    id::{CaseId, EventId, RequestId},
    trace::Traced,
};
use safehold_documents::{
    Archive, CaseFile, Layer,
    archive::{Counts, Digesting, FORMAT, sha256_hex},
    redact, render,
};
use safehold_seal::{SecretString, Zeroizing};
use safehold_store::requests;

use super::{
    MOST_IN_A_LINE, admit,
    body::{CopyNote, CopyStep, LayerUsed},
    checks::record,
    layers::{LayerState, LayerView, copies, layers},
    proof,
    views::{FileDigest, Sheet},
};
use crate::{
    App, AppError,
    desk::{CaseOpened, DeskError, OpenedCase, open, unlock},
    files::{self, FileError, Opening, Owner, Upload},
    leave_trace,
    report::{EventBody, FileNote, MessageBody},
    sessions,
    sign_in::{SignInError, SignedIn},
};

/// How much is sealed at a time.
const PIECE_BYTES: usize = 64 * 1024;

/// Why no copy was made or handed out. What was typed is kept.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// It does not say for what or whom.
    #[error("the copy needs a purpose")]
    Purpose,
    /// The pass phrase is not theirs.
    #[error("the pass phrase is not right")]
    Pass,
    /// A layer that was chosen is not agreed to by a second person, or was changed since.
    #[error("a chosen layer is not agreed to")]
    Layer,
    /// The case has more files than it can keep, or the copy is larger than a file can be.
    #[error("there is no room to keep the copy")]
    NoRoom,
    /// Words that a layer takes out are not where they were, nor anywhere else: somebody must look at it again.
    #[error("a passage of a chosen layer is not found")]
    Lost,
    /// Nobody has begun with the case.
    #[error("the case was not opened yet")]
    NotBegun,
    /// Anything else.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

crate::desk::from_what_desk_errors_hold!(MakeError);

impl From<FileError> for MakeError {
    fn from(error: FileError) -> Self {
        match error {
            FileError::App(error) => error.into(),
            FileError::TooMany { .. } | FileError::TooLarge { .. } => Self::NoRoom,
            // What we make ourselves is a PDF and a text, and it belongs to a case.
            FileError::Empty | FileError::Kind | FileError::AlreadySent | FileError::Gone => {
                AppError::Broken("a copy could not be kept").into()
            }
        }
    }
}

/// What copy is wanted.
pub struct Wanted {
    /// For what or whom.
    pub purpose: String,
    /// Without what.
    pub layers: Vec<EventId>,
    /// The pass phrase of who makes it: needed unless they have just shown who they are.
    pub pass: Option<SecretString>,
    /// The request of somebody about what is kept of them that it is for, if it is for one.
    pub request: Option<RequestId>,
}

/// Makes a copy and keeps it. `write` puts the case into words.
///
/// # Errors
/// [`MakeError`]; nothing is kept then.
pub async fn make(
    app: &App,
    me: &SignedIn,
    case: CaseId,
    wanted: Wanted,
    write: impl FnOnce(&Sheet<'_>) -> CaseFile + Send,
) -> Result<EventId, MakeError> {
    let reader = &me.reader;
    admit(reader)?;
    let purpose = wanted.purpose.trim().to_owned();
    if purpose.is_empty() || purpose.chars().count() > MOST_IN_A_LINE {
        return Err(MakeError::Purpose);
    }
    prove(app, me, case, wanted.pass).await?;
    if let Some(request) = wanted.request {
        let mut conn = app.store().read().await?;
        if requests::find_for(&mut conn, reader.id, request).await?.is_none() {
            return Err(DeskError::NotFound.into());
        }
    }
    let CaseOpened::Full(opened) = open::open(app, reader, case).await? else {
        return Err(MakeError::NotBegun);
    };
    let known = layers(&opened.history);
    let chosen = chosen(&known, &wanted.layers)?;
    let digests = digests(app, &opened).await?;
    let sheet = Sheet {
        case: &opened,
        files: &digests,
        made_at: app.now(),
        made_by: &reader.name,
        purpose: &purpose,
        layers: &chosen,
    };
    let file = write(&sheet);
    let contents: Vec<Layer> = chosen.iter().map(|layer| layer.content.clone()).collect();
    let used = chosen
        .iter()
        .map(|layer| LayerUsed {
            layer: layer.id,
            version: layer.version,
            name: layer.content.name.clone(),
        })
        .collect();
    let made = documents(app, case, file, contents).await?;
    let pdf = keep(app, case, "case-file.pdf", &made.pdf).await?;
    let archive = match keep(app, case, "case-file.json", &made.archive).await {
        Ok(archive) => archive,
        Err(error) => {
            files::discard(app, vec![pdf.id]).await;
            return Err(error);
        }
    };
    let kept = vec![pdf.id, archive.id];
    let step = CopyStep::Made {
        copy: Box::new(CopyNote {
            purpose,
            layers: used,
            pdf_sha256: sha256_hex(&made.pdf),
            archive_sha256: sha256_hex(&made.archive),
            entries: made.counts.entries,
            removed_entries: made.counts.removed_entries,
            removed_passages: made.counts.removed_passages,
            unshown: made.unshown,
            request: wanted.request,
            pdf,
            archive,
        }),
    };
    let mut conn = app.store().read().await?;
    let unlocked = unlock(&mut conn, reader, case).await;
    drop(conn);
    let done = match unlocked {
        Ok(unlocked) => record(app, reader, unlocked, &step, Traced::Exported, Vec::new()).await,
        Err(error) => Err(error),
    };
    if done.is_err() {
        files::discard(app, kept).await;
    }
    Ok(done?)
}

/// The layers that were chosen, each agreed to.
fn chosen<'a>(known: &'a [LayerView], wanted: &[EventId]) -> Result<Vec<&'a LayerView>, MakeError> {
    wanted
        .iter()
        .map(|id| {
            known
                .iter()
                .find(|layer| layer.id == *id && matches!(layer.state, LayerState::Agreed { .. }))
                .ok_or(MakeError::Layer)
        })
        .collect()
}

/// Asks who it is once more, unless they have just shown it. Someone at a desk that was left open can't.
async fn prove(app: &App, me: &SignedIn, case: CaseId, pass: Option<SecretString>) -> Result<(), MakeError> {
    let mut conn = app.store().read().await?;
    // For a case that is not theirs, the answer is the same whatever the pass phrase.
    unlock(&mut conn, &me.reader, case).await?;
    drop(conn);
    if sessions::is_proven(app, &me.reader) {
        return Ok(());
    }
    match sessions::prove(app, me, pass.ok_or(MakeError::Pass)?).await {
        Ok(()) => Ok(()),
        Err(SignInError::Refused) => Err(MakeError::Pass),
        Err(SignInError::App(error)) => Err(error.into()),
    }
}

/// Every file of the case: those of the report, of messages, and of what was sent to bodies outside or came from them.
/// Copies that were made are not among them.
fn notes(opened: &OpenedCase) -> impl Iterator<Item = &FileNote> {
    let sent = opened.messages.iter().flat_map(|message| match &message.body {
        MessageBody::Text { files, .. } => files.as_slice(),
        MessageBody::Wishes { .. }
        | MessageBody::ConsentWithdrawn { .. }
        | MessageBody::Confidential
        | MessageBody::AskToWithdraw { .. } => &[],
    });
    let recorded = opened.history.iter().flat_map(|entry| match &entry.body {
        EventBody::Duty { files, .. } => files.as_slice(),
        EventBody::Acted { .. }
        | EventBody::Excluded { .. }
        | EventBody::Shared { .. }
        | EventBody::Emergency { .. }
        | EventBody::Entered { .. }
        | EventBody::Copied { .. }
        | EventBody::Kept { .. } => &[],
    });
    opened.report.files.iter().chain(sent).chain(recorded)
}

impl FileDigest {
    /// The files of a case, without their digests: for a preview.
    pub fn without_digests(opened: &OpenedCase) -> Vec<Self> {
        notes(opened).map(|note| Self::of(note, String::new())).collect()
    }

    fn of(note: &FileNote, sha256: String) -> Self {
        Self {
            id: note.id,
            name: note.name.clone(),
            kind: note.kind.clone(),
            size_bytes: note.size_bytes,
            about: note.about.clone(),
            sha256,
        }
    }
}

/// Opens each file, piece by piece, for its digest.
async fn digests(app: &App, opened: &OpenedCase) -> Result<Vec<FileDigest>, MakeError> {
    let mut digests = Vec::new();
    for note in notes(opened) {
        let mut opening = Opening::begin(app, note);
        let mut digest = Digesting::default();
        while let Some(piece) = opening.next().await? {
            digest.push(&piece);
        }
        digests.push(FileDigest::of(note, digest.hex()));
    }
    Ok(digests)
}

/// What was made.
struct Made {
    pdf: Zeroizing<Vec<u8>>,
    archive: Zeroizing<Vec<u8>>,
    counts: Counts,
    unshown: usize,
}

async fn documents(app: &App, case: CaseId, file: CaseFile, layers: Vec<Layer>) -> Result<Made, MakeError> {
    let trace = proof::of_case(app, case).await?;
    let left = redact(&file, &layers);
    drop(file);
    if left.lost > 0 {
        return Err(MakeError::Lost);
    }
    let left = Arc::new(left.file);
    let for_pdf = Arc::clone(&left);
    let pdf = app
        .gate()
        .run(move || render(&for_pdf))
        .await?
        .map_err(|_| AppError::Broken("the case file could not be made a PDF"))?;
    let counts = Counts::of(&left);
    let archive = Archive {
        format: FORMAT.to_owned(),
        document: CaseFile::clone(&left),
        counts,
        pdf_sha256: sha256_hex(&pdf.bytes),
        trace,
        key: app.verify_key().to_string(),
    };
    let text = archive
        .sign(|bytes| app.keys().sign_export(bytes))
        .ok_or(AppError::Broken("the case file could not be made an archive"))?;
    Ok(Made {
        pdf: pdf.bytes,
        archive: Zeroizing::new(text.into_bytes()),
        counts,
        unshown: pdf.unshown,
    })
}

async fn keep(app: &App, case: CaseId, name: &str, bytes: &[u8]) -> Result<FileNote, MakeError> {
    let mut upload = Upload::begin(app, Owner::Case(case)).await?;
    for piece in bytes.chunks(PIECE_BYTES) {
        if let Err(error) = upload.push(piece).await {
            upload.abandon().await;
            return Err(error.into());
        }
    }
    Ok(upload.finish(name).await?)
}

/// One of the documents of a copy, as it left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Document {
    /// The PDF.
    Pdf,
    /// The signed archive.
    Archive,
}

/// Hands a kept copy out once more. It is in the trace first.
///
/// # Errors
/// [`MakeError::Pass`]; [`DeskError::NotFound`] if there is no such copy for this reader.
pub async fn open_copy(
    app: &App,
    me: &SignedIn,
    case: CaseId,
    copy: EventId,
    document: Document,
    pass: Option<SecretString>,
) -> Result<Zeroizing<Vec<u8>>, MakeError> {
    let reader = &me.reader;
    admit(reader)?;
    prove(app, me, case, pass).await?;
    let CaseOpened::Full(opened) = open::open(app, reader, case).await? else {
        return Err(DeskError::NotFound.into());
    };
    let found = copies(&opened.history)
        .into_iter()
        .find(|known| known.id == copy)
        .ok_or(DeskError::NotFound)?;
    let note = match document {
        Document::Pdf => &found.note.pdf,
        Document::Archive => &found.note.archive,
    };
    let (who, now, file) = (reader.id, app.now(), note.id);
    app.store()
        .write(move |tx| {
            Box::pin(leave_trace(
                tx,
                now,
                Some(who),
                Some(case),
                Traced::FileOpened { file },
            ))
        })
        .await?;
    Ok(Opening::begin(app, note).whole().await?)
}
