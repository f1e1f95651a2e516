//! What is left of erased cases outside the database, so that a copy that is put back has them erased again.
//!
//! The list holds random ids and counts, sorted, and is signed as a whole. It lies in a file beside the database and in
//! none of its copies. The database is the truth while it is there: the list is written from it right after each
//! erasure, and again by every round. When a copy is put back, the list knows more than the copy does.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use jiff::Timestamp;
use safehold_core::{
    case::{Level, State},
    id::CaseId,
    trace::Traced,
};
use safehold_seal::VerifyKey;
use safehold_store::{
    Conn, StoreError,
    erasure::{self, Count},
};

use crate::{App, AppError, leave_trace};

/// The name of the file, in the folder with the key file.
pub const FILE_NAME: &str = "erased.txt";

const LIST_TITLE: &str = "safehold erased v1";
const CERTIFICATE_TITLE: &str = "safehold certificate of erasure v1";

/// Why the list could not be used.
#[derive(Debug, thiserror::Error)]
pub enum ErasedError {
    /// Its file.
    #[error("the list of what was erased cannot be read or written")]
    File(#[from] io::Error),
    /// It was changed, cut, or signed by another installation.
    #[error("the list of what was erased is not as this installation signed it")]
    NotOurs,
    /// A line is none that this version knows.
    #[error("line {0} of the list of what was erased cannot be read")]
    Line(usize),
    /// Anything else.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<StoreError> for ErasedError {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

/// Where the list is kept, and that one at a time writes it.
#[derive(Default)]
pub(crate) struct Place {
    path: OnceLock<PathBuf>,
    writing: tokio::sync::Mutex<()>,
}

/// The sort of a count: month, kind, outcome and level.
type Sort = (String, String, State, Option<Level>);

/// The list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    cases: BTreeSet<CaseId>,
    counts: BTreeMap<Sort, i64>,
}

impl List {
    fn add_counts(&mut self, counts: impl IntoIterator<Item = Count>) {
        for count in counts {
            let sort = (count.month, count.kind, count.outcome, count.level);
            let known = self.counts.entry(sort).or_default();
            // They only ever grow, so the greater is the later.
            *known = count.number.max(*known);
        }
    }

    fn rows(&self) -> Vec<Count> {
        self.counts
            .iter()
            .map(|((month, kind, outcome, level), number)| Count {
                month: month.clone(),
                kind: kind.clone(),
                outcome: *outcome,
                level: *level,
                number: *number,
            })
            .collect()
    }

    /// The list as it is written, without its signature.
    fn to_text(&self) -> String {
        let mut text = format!("{LIST_TITLE}\n");
        // Writing to a string cannot go wrong. Sorted, so that no order tells which case is in which count.
        for case in &self.cases {
            let _ = writeln!(text, "case {case}");
        }
        for count in self.rows() {
            let level = count.level.map_or("none", Level::key);
            let outcome = count.outcome.key();
            let _ = writeln!(
                text,
                "count {} {} {outcome} {level} {}",
                count.month, count.kind, count.number
            );
        }
        text
    }

    /// Reads a list that this installation signed.
    fn parse(signed: &str, key: &VerifyKey) -> Result<Self, ErasedError> {
        let (text, signature) = signed.rsplit_once("signed: ").ok_or(ErasedError::NotOurs)?;
        let signature = BASE64
            .decode(signature.trim())
            .ok()
            .and_then(|bytes| <[u8; 64]>::try_from(bytes).ok())
            .ok_or(ErasedError::NotOurs)?;
        key.verify_erasure(text, &signature)
            .map_err(|_| ErasedError::NotOurs)?;
        let mut list = Self::default();
        for (number, line) in (1..).zip(text.lines()) {
            let words: Vec<_> = line.split(' ').collect();
            let known = match words.as_slice() {
                _ if number == 1 => (line == LIST_TITLE).then_some(()),
                ["case", id] => id.parse().ok().map(|id| {
                    list.cases.insert(id);
                }),
                ["count", month, kind, outcome, level, count] => {
                    read_count(month, kind, outcome, level, count).map(|count| list.add_counts([count]))
                }
                _ => None,
            };
            known.ok_or(ErasedError::Line(number))?;
        }
        Ok(list)
    }
}

fn read_count(month: &str, kind: &str, outcome: &str, level: &str, number: &str) -> Option<Count> {
    Some(Count {
        month: month.to_owned(),
        kind: kind.to_owned(),
        outcome: State::from_key(outcome)?,
        level: match level {
            "none" => None,
            level => Some(Level::from_key(level)?),
        },
        number: number.parse().ok()?,
    })
}

/// Keeps the list in this folder from now on, erases again what came back with a copy, and says how many cases that
/// were. Nothing is served before this was done.
///
/// # Errors
/// [`ErasedError`]. A list that is not as it was signed is never written over: somebody has to look.
pub async fn keep_in(app: &App, folder: &Path) -> Result<usize, ErasedError> {
    let path = app.erased().path.get_or_init(|| folder.join(FILE_NAME)).clone();
    let list = read_file(&path, &app.verify_key())?;
    let mut again = 0;
    for case in list.cases.iter().copied() {
        let now = app.now();
        let was_there = app
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    let was_there = erasure::erase_again(tx, case).await?;
                    if was_there {
                        leave_trace(tx, now, None, Some(case), Traced::ErasedAgain).await?;
                    }
                    Ok::<_, AppError>(was_there)
                })
            })
            .await?;
        again += usize::from(was_there);
    }
    let counts = list.rows();
    app.store()
        .write_with(counts, |tx, counts| {
            Box::pin(async move {
                for count in &*counts {
                    erasure::raise_count(tx, count).await?;
                }
                Ok::<_, AppError>(())
            })
        })
        .await?;
    write_out(app).await?;
    Ok(again)
}

/// Writes the list, if there is something that it does not hold yet.
///
/// # Errors
/// [`ErasedError`].
pub async fn write_out(app: &App) -> Result<(), ErasedError> {
    let Some(path) = app.erased().path.get() else {
        return Ok(());
    };
    let _one = app.erased().writing.lock().await;
    let mut conn = app.store().read().await?;
    let known = in_database(&mut conn).await?;
    drop(conn);
    let before = read_file(path, &app.verify_key())?;
    let mut list = before.clone();
    list.cases.extend(&known.cases);
    list.add_counts(known.rows());
    if list == before {
        return Ok(());
    }
    let text = list.to_text();
    let signature = BASE64.encode(app.keys().sign_erasure(&text));
    let (path, whole) = (path.clone(), format!("{text}signed: {signature}\n"));
    tokio::task::spawn_blocking(move || put(&path, &whole))
        .await
        .map_err(|_| AppError::Task)??;
    Ok(())
}

async fn in_database(conn: &mut Conn) -> Result<List, ErasedError> {
    let mut list = List {
        cases: erasure::list_erased(conn).await?.into_iter().collect(),
        counts: BTreeMap::new(),
    };
    list.add_counts(erasure::list_counts(conn).await?);
    Ok(list)
}

fn read_file(path: &Path, key: &VerifyKey) -> Result<List, ErasedError> {
    match fs::read_to_string(path) {
        Ok(text) => List::parse(&text, key),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(List::default()),
        Err(error) => Err(error.into()),
    }
}

/// The old list or the new one is there at every moment, whole.
fn put(path: &Path, text: &str) -> io::Result<()> {
    let beside = path.with_extension("new");
    // Ids and counts are nobody's but the operator's business.
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    match path.parent() {
        Some(folder) => fs::File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

/// A few lines that say that a case was erased, when and on what basis, signed by the installation.
pub(crate) fn certificate(app: &App, case: CaseId, seq: u64, at: Timestamp, basis: &str) -> String {
    let text = format!(
        "{CERTIFICATE_TITLE}\ncase: {case}\nerased at: {at}\nbecause: {basis}\nconfirmed by: two people\n\
         entry of the trace: {seq}\n"
    );
    let signature = BASE64.encode(app.keys().sign_erasure(&text));
    format!("{text}signed: {signature}\n")
}

/// Whether a certificate is as this installation signed it.
pub fn verify_certificate(text: &str, key: &VerifyKey) -> bool {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let Some((signed, signature)) = text.rsplit_once("signed: ") else {
        return false;
    };
    let signature = BASE64
        .decode(signature.trim())
        .ok()
        .and_then(|bytes| <[u8; 64]>::try_from(bytes).ok());
    signed.starts_with(CERTIFICATE_TITLE)
        && signature.is_some_and(|signature| key.verify_erasure(signed, &signature).is_ok())
}
