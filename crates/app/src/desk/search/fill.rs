//! Opening cases for a shelf: all of them once, newest first, and then those that changed.

use std::{collections::BTreeMap, sync::Arc};

use safehold_core::{
    case::State,
    id::{CaseId, UserId},
    trace::{TraceEntry, Traced},
};
use safehold_seal::ReaderSecret;
use safehold_store::{
    Conn,
    cases::{self, CaseFilter},
    shelf::{self as stored, SealedCase},
    trace,
};

use super::{
    doc::Doc,
    gather,
    shelf::{Inside, Shelf, Stage},
};
use crate::{
    App, AppError, AskedForm,
    desk::{Entry, Reader, Unlocked, open, unlock_read, visit},
    leave_trace,
    messages::{Message, messages_of},
    report::ReportBody,
};

/// How many cases are opened at a time: few enough that whoever waits for a turn waits a few milliseconds.
const BATCH: usize = 32;
/// The first are fewer still, so that somebody who waits sees something soon.
const FIRST_BATCH: usize = 8;
/// How many entries of the trace are read at a time.
const PAGE: u32 = 1_000;
/// More changes than this are not looked at one by one: the list is taken up anew.
const MOST_CHANGED: usize = 200;

/// Who opens cases, and with what. The secret is wiped when it is dropped.
#[derive(Clone)]
pub(super) struct Opener {
    pub(super) who: UserId,
    secret: ReaderSecret,
}

impl Opener {
    pub(super) fn of(reader: &Reader) -> Self {
        Self {
            who: reader.id,
            secret: reader.secret.clone(),
        }
    }
}

/// A case with everything in it but files.
pub(super) struct Opened {
    pub(super) row: cases::CaseRow,
    pub(super) form: Option<AskedForm>,
    /// Nothing for a case that nobody has begun with: the question of conflict comes before anything is opened.
    pub(super) content: Option<(ReportBody, Vec<Message>, Vec<Entry>)>,
}

/// What came of opening several cases.
pub(super) struct Batch<T> {
    pub(super) read: Vec<(CaseId, T)>,
    /// Those that are the reader's and could not be read.
    pub(super) broken: Vec<CaseId>,
}

/// Opens these cases, of those that are on the reader's desk now, and makes something of each, away from the threads
/// that answer requests.
pub(super) async fn read<T: Send + 'static>(
    app: &App,
    opener: &Opener,
    ids: &[CaseId],
    make: impl Fn(Opened) -> T + Send + 'static,
) -> Result<Batch<T>, AppError> {
    let mut conn = app.store().read().await?;
    let sealed = stored::open_many(&mut conn, opener.who, ids).await?;
    let mut forms: BTreeMap<String, AskedForm> = BTreeMap::new();
    for case in &sealed {
        let digest = &case.row.form_digest;
        if !forms.contains_key(digest)
            && let Ok(form) = app.asked_form(&mut conn, digest).await
        {
            forms.insert(digest.clone(), form);
        }
    }
    drop(conn);
    let opener = opener.clone();
    tokio::task::spawn_blocking(move || {
        let mut batch = Batch {
            read: Vec::with_capacity(sealed.len()),
            broken: Vec::new(),
        };
        for case in sealed {
            let id = case.row.id;
            match open_one(case, &opener.secret, &forms) {
                Ok(opened) => batch.read.push((id, make(opened))),
                Err(error) => {
                    // One case that cannot be read keeps no other from being found.
                    tracing::error!(case.id = %id, error.kind = %error, "a case could not be opened for a search");
                    batch.broken.push(id);
                }
            }
        }
        batch
    })
    .await
    .map_err(|_| AppError::Task)
}

fn open_one(
    case: SealedCase,
    secret: &ReaderSecret,
    forms: &BTreeMap<String, AskedForm>,
) -> Result<Opened, AppError> {
    let form = forms.get(&case.row.form_digest).cloned();
    if case.row.state == State::Received {
        return Ok(Opened {
            row: case.row,
            form,
            content: None,
        });
    }
    let Unlocked { row, keys } = unlock_read(case.row, &case.wraps, secret)?;
    let report = case.report.ok_or(AppError::Broken("a case has no report"))?;
    let nobody = BTreeMap::new();
    let content = open::content_of(row.id, &keys, &nobody, &report, case.events)?;
    let messages = messages_of(row.id, &keys, &nobody, case.messages)?;
    Ok(Opened {
        row,
        form,
        content: Some((content.report, messages, content.history)),
    })
}

fn doc(opened: Opened) -> Doc {
    let Some((report, messages, history)) = &opened.content else {
        return Doc::new(&opened.row, &[], &[]);
    };
    let labels = opened.form.map(|form| form.words).unwrap_or_default();
    let pieces = gather::pieces(report, messages, history, &labels);
    Doc::new(&opened.row, &pieces, &gather::categories(report, history))
}

/// Fills a shelf, if nobody does already, without anybody waiting for it.
pub(super) fn begin(app: &App, shelf: &Arc<Shelf>, opener: Opener) {
    if !shelf.claims() {
        return;
    }
    let (app, shelf) = (app.clone(), Arc::clone(shelf));
    tokio::spawn(async move {
        let stage = match fill(&app, &shelf, &opener).await {
            Ok(()) => Stage::Done,
            Err(error) => {
                tracing::error!(error.kind = %error, "a shelf for searching could not be filled");
                Stage::Failed
            }
        };
        shelf.reach(stage);
        // Something may have come to be wanted between the last look and the end.
        if stage == Stage::Done {
            begin(&app, &shelf, opener);
        }
    });
}

async fn fill(app: &App, shelf: &Arc<Shelf>, opener: &Opener) -> Result<(), AppError> {
    {
        let _turn = shelf.turn.lock().await;
        let is_listed = shelf.inside().known.is_some();
        if !is_listed {
            list(app, shelf).await?;
        }
    }
    let mut size = FIRST_BATCH;
    loop {
        let _turn = shelf.turn.lock().await;
        let batch = shelf.inside().next_batch(size);
        size = BATCH;
        if batch.is_empty() {
            return Ok(());
        }
        let opened = read(app, opener, &batch, doc).await?;
        shelf.inside().put(&batch, opened.read, &opened.broken);
        if !app.shelves().make_room(shelf) {
            shelf.inside().give_up_rest();
        }
    }
}

/// Takes up the list of cases anew. The trace tells of it before any of them is opened.
async fn list(app: &App, shelf: &Shelf) -> Result<(), AppError> {
    let mut conn = app.store().read().await?;
    // Read first: what changes from here on is known to be newer than the list.
    let known = trace::tip(&mut conn).await?.size;
    let held = stored::list_held(&mut conn, shelf.who).await?;
    drop(conn);
    let count = {
        let mut inside = shelf.inside();
        let count = inside.take_list(&held);
        // Only once it is noted is anything opened.
        inside.known = None;
        count
    };
    note(app, shelf.who, count).await?;
    let mut inside = shelf.inside();
    inside.known = Some(known);
    inside.swept = known;
    Ok(())
}

/// Leaves a trace of what is looked through.
async fn note(app: &App, who: UserId, cases: usize) -> Result<(), AppError> {
    if cases == 0 {
        return Ok(());
    }
    let now = app.now();
    let cases = u64::try_from(cases).unwrap_or(u64::MAX);
    app.store()
        .write(move |tx| {
            Box::pin(leave_trace(
                tx,
                now,
                Some(who),
                None,
                Traced::LookedThrough { cases },
            ))
        })
        .await
}

/// Cases that changed since an entry of the trace, and the last entry; nothing if there are too many to look at.
async fn changed(conn: &mut Conn, known: u64) -> Result<Option<(Vec<CaseId>, u64)>, AppError> {
    let mut found = Vec::new();
    let mut upto = known;
    loop {
        let page = stored::list_changed(conn, upto, PAGE).await?;
        let Some(last) = page.last() else { break };
        upto = last.seq;
        for entry in &page {
            let told: TraceEntry =
                serde_json::from_str(&entry.leaf).map_err(|_| AppError::Broken("a trace entry"))?;
            if !visit::only_reads(&told.what) && !found.contains(&entry.case_id) {
                found.push(entry.case_id);
            }
        }
        if found.len() > MOST_CHANGED {
            return Ok(None);
        }
    }
    Ok(Some((found, upto)))
}

/// Brings a shelf to where the database is now: what changed is opened again, and what is no longer the reader's goes,
/// before anything is looked for.
pub(super) async fn refresh(app: &App, shelf: &Arc<Shelf>, opener: &Opener) -> Result<(), AppError> {
    let _turn = shelf.turn.lock().await;
    let Some(known) = shelf.inside().known else {
        return Ok(());
    };
    let mut conn = app.store().read().await?;
    let Some((changed, upto)) = changed(&mut conn, known).await? else {
        drop(conn);
        forget_all(&mut shelf.inside());
        list(app, shelf).await?;
        begin(app, shelf, opener.clone());
        return Ok(());
    };
    drop(conn);
    // What still waits to be opened will be opened as it is then.
    let again: Vec<CaseId> = {
        let inside = shelf.inside();
        changed.into_iter().filter(|id| !inside.waits_for(*id)).collect()
    };
    let opened = read(app, opener, &again, doc).await?;
    let begun = opened.read.iter().filter(|(_, doc)| doc.is_begun).count();
    note(app, opener.who, begun).await?;
    {
        let mut inside = shelf.inside();
        inside.put(&again, opened.read, &opened.broken);
        inside.known = Some(upto.max(known));
    }
    // Keys come and go by other ways too, such as the end of emergency access.
    let mut conn = app.store().read().await?;
    let count = cases::count_for(&mut conn, opener.who, &CaseFilter::default()).await?;
    drop(conn);
    let is_all = usize::try_from(count).is_ok_and(|count| count == shelf.inside().len());
    if !is_all {
        list(app, shelf).await?;
        begin(app, shelf, opener.clone());
    }
    if !app.shelves().make_room(shelf) {
        shelf.inside().give_up_rest();
    }
    Ok(())
}

fn forget_all(inside: &mut Inside) {
    inside.take_list(&[]);
}
